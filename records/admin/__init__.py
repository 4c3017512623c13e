"""The admin: a second way into the rows, beside files, that never overwrites what it did not show.

`apps.RecordAdminConfig.ready` imports the rooms: this package must stay light, since Django reads
it before the models are there.
"""
