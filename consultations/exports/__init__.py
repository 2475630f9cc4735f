"""Files of results: what each profile holds (`tables`, `privacy`), and how each format is written (`sheets`, `workbook`, `bundle`).

The same order of an old day gives the same bytes: rows stand by random id, batches and versions up to that day are read, nothing
says when it was written. A text removed since, or a change of moderation, is recorded and makes a new version.
"""
