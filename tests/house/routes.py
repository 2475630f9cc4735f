"""Every address of the portal, read from the URLconf itself, so that a new one can not be forgotten."""

from dataclasses import dataclass

from django.urls import URLResolver, get_resolver


@dataclass(frozen=True)
class Route:
    name: str  # with namespaces: "eboi:submit"; the pattern itself where an address has no name
    pattern: str
    arguments: tuple[str, ...]

    @property
    def is_desk(self):
        return self.name.startswith("admin:") or self.pattern.startswith("urzad/")


def routes(patterns=None, prefix="", namespace="", inherited=()):
    for entry in patterns if patterns is not None else get_resolver().url_patterns:
        pattern = prefix + str(entry.pattern).lstrip("^")
        arguments = (*inherited, *entry.pattern.converters, *getattr(entry.pattern.regex, "groupindex", {}))
        arguments = tuple(dict.fromkeys(arguments))
        if isinstance(entry, URLResolver):
            inner = ":".join(part for part in (namespace, entry.namespace) if part)
            yield from routes(entry.url_patterns, pattern, inner, arguments)
        else:
            name = ":".join(part for part in (namespace, entry.name) if part) if entry.name else pattern
            yield Route(name, pattern, arguments)
