"""The document: one summit with everything under it as plain data.

A document is a dict shaped as RECORD's summit file: texts are `{en, ko, ja}` maps, references are
slugs or keys, what is empty is left out. `schema` says the shape once; `validate` and `checks`
judge a document; `read` and `write` move it from and to the rows; `compare` tells two apart and
merges them; `canonical` gives its text and digest; `formats` brings an old one up to date.
"""
