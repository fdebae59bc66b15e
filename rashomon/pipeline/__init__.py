"""The one place that knows the order of the stages: read, parse, code, resolve, amend, link, and what is stored when.

`coding` does what needs no store, `running` all of it. Nothing is imported here: who only codes waits for no database.
"""
