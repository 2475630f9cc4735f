"""The tax officers' desk."""

from dues.admin import imports, payers, postings, tables

__all__ = ["imports", "payers", "postings", "tables"]
