"""Addresses of static files."""

from functools import lru_cache

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Asks the manifest once a process for each name: it is read at the start and does not change afterwards."""

    support_js_module_import_aggregation = True  # a module imports another by its hashed name too

    url = lru_cache(maxsize=1000)(CompressedManifestStaticFilesStorage.url)
