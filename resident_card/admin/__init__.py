"""The clerks' desk, one module a noun; each is imported here so that Django finds it."""

from importlib import import_module
from pkgutil import iter_modules

for module in iter_modules(__path__):
    import_module(f"{__name__}.{module.name}")
