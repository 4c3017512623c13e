"""The record in the formats of other programs: tables, calendars, references, linked data.

Rows, editions and selections come in, text goes out; requests and answers stay with the views.
"""

LICENSE = "https://creativecommons.org/licenses/by/4.0/"
