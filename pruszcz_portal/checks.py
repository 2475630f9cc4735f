"""What must be in order before the portal serves real people (S61): in production the start is refused otherwise.

`problems()` is asked by the web server and by Celery when they start, and by every `manage.py` command as Django's
system check, so that nothing runs half-configured. Each line names the variable to set; docs/operations.md explains them.
"""

import os
import re
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.core.exceptions import ImproperlyConfigured

MODES = ("demo", "tests", "production")
SHORTEST_SECRET = 50
SENDING_BACKENDS = ("django.core.mail.backends.smtp.EmailBackend",)
P24_URLS = ("https://secure.przelewy24.pl", "https://sandbox.przelewy24.pl")
KEY_KINDS = ("data", "lookup", "sign")

Problem = tuple[str, str]


def problems() -> list[Problem]:
    """(variable, what is wrong with it) for all that is unsafe; empty outside production, but for a misspelt mode."""
    if settings.PORTAL_MODE not in MODES:
        return [("PORTAL_MODE", f"is '{settings.PORTAL_MODE}'; it must be one of {', '.join(MODES)}.")]
    if not settings.IS_PRODUCTION:
        return []
    return [problem for rule in RULES for problem in rule()]


def refuse_unsafe_start() -> None:
    """ImproperlyConfigured with every problem at once, so that one restart is enough to mend them all."""
    if found := problems():
        raise ImproperlyConfigured(refusal(found))


def refusal(found: list[Problem]) -> str:
    return "The portal does not start:\n" + "\n".join(f"  {name} {what}" for name, what in found)


@register(Tags.security)
def safe_settings(app_configs, **kwargs) -> list[Error]:
    return [Error(f"{name} {what}", id=f"portal.{name}") for name, what in problems()]


def _secret_key() -> Iterator[Problem]:
    try:
        secret = settings.SECRET_KEY
    except ImproperlyConfigured:
        secret = ""
    if not secret:
        yield "SECRET_KEY", "is not set. Give at least 50 random characters, or a file of them in SECRET_KEY_FILE."
    elif secret == settings.SAMPLE_SECRET or secret.startswith("django-insecure-"):
        yield "SECRET_KEY", "is the sample of the demonstration, which everybody can read. Give an own one."
    elif len(secret) < SHORTEST_SECRET or len(set(secret)) < 10:
        yield "SECRET_KEY", "is too simple. Give at least 50 random characters."
    if settings.SAMPLE_SECRET in settings.SECRET_KEY_FALLBACKS:
        yield "SECRET_KEY_FALLBACKS", "holds the sample of the demonstration. Remove it."


def _debug() -> Iterator[Problem]:
    if settings.DEBUG:
        yield "DEBUG", "is on. Its error pages show settings and data to anyone."


def _hosts() -> Iterator[Problem]:
    if not settings.ALLOWED_HOSTS:
        yield "ALLOWED_HOSTS", "is not set. Name the portal's own host names, separated by commas."
    elif any(host in ("*", ".") for host in settings.ALLOWED_HOSTS):
        yield "ALLOWED_HOSTS", "lets any name in. Name the portal's own host names."


def _address() -> Iterator[Problem]:
    address = urlsplit(settings.PORTAL_URL)
    if address.scheme != "https" or not address.hostname:
        yield "PORTAL_URL", f"is '{settings.PORTAL_URL}'; links in letters need an address that begins with https://."


def _services() -> Iterator[Problem]:
    for name in ("DATABASE_URL", "REDIS_URL"):
        if not (os.environ.get(name) or os.environ.get(f"{name}_FILE")):
            yield name, "is not set. In production PostgreSQL and Redis are never started by the portal itself."


def _keys() -> Iterator[Problem]:
    folder = Path(settings.KEYS_DIR)
    if not folder.is_dir():
        yield "KEYS_DIR", f"({folder}) does not exist. Lay the keys down as docs/operations.md says."
        return
    if _readable_by_others(folder):
        yield "KEYS_DIR", f"({folder}) is open to other users of the host. chmod 700 it."
    for kind in KEY_KINDS:
        if not any(folder.glob(f"{kind}-*.key")):
            yield "KEYS_DIR", f"({folder}) holds no {kind}-1.key."
    for key in sorted(folder.glob("*.key")):
        if _readable_by_others(key):
            yield "KEYS_DIR", f"({folder}): {key.name} is readable by other users of the host. chmod 600 it."


def _private_files() -> Iterator[Problem]:
    folder = Path(settings.PRIVATE_FILES_DIR).resolve()
    if not os.environ.get("PRIVATE_FILES_DIR"):
        yield "PRIVATE_FILES_DIR", "is not set. Name a folder for residents' papers, outside all that a web server shows."
    elif not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
        yield "PRIVATE_FILES_DIR", f"({folder}) is not a folder that the portal may write."
    elif any(_lies_in(folder, Path(shown)) for shown in (settings.STATIC_ROOT, settings.BASE_DIR / "static", settings.LEAFLET)):
        yield "PRIVATE_FILES_DIR", f"({folder}) lies in a folder that is shown to everybody."
    elif folder.stat().st_mode & stat.S_IRWXO:
        yield "PRIVATE_FILES_DIR", f"({folder}) is open to other users of the host. chmod 750 it."


def _mail() -> Iterator[Problem]:
    if settings.EMAIL_BACKEND not in SENDING_BACKENDS:
        yield "EMAIL_BACKEND", f"is {settings.EMAIL_BACKEND}, which sends nothing. Leave it unset."


def _proxies() -> Iterator[Problem]:
    """S6: counted wrongly, limits of sign-in would put the whole town into one bucket, or believe a forged address."""
    if not os.environ.get("TRUSTED_PROXY_COUNT"):
        yield "TRUSTED_PROXY_COUNT", "is not set. Give the number of proxies before the portal: 1 behind the sample nginx."


def _reports() -> Iterator[Problem]:
    """Whoever guesses the address could tell that a warning arrived which did not."""
    token = settings.SMSAPI_REPORT_TOKEN
    if token and not re.fullmatch(r"[A-Za-z0-9_-]{32,128}", token):
        yield (
            "SMSAPI_REPORT_TOKEN",
            "is no secret for an address. Give 32 to 128 random letters, digits, _ or -, or leave it unset.",
        )


def _payments_online() -> Iterator[Problem]:
    """Half a contract would take a payer to a page that then forgets the money; another host would be given our key."""
    missing = [name for name in ("P24_MERCHANT_ID", "P24_API_KEY", "P24_CRC") if not getattr(settings, name)]
    if len(missing) == 3:
        return
    for name in missing:
        yield name, "is not set, though other settings of Przelewy24 are. Give all three, or none to take no money online."
    if settings.P24_URL not in P24_URLS:
        yield "P24_URL", f"is '{settings.P24_URL}'; it must be one of {', '.join(P24_URLS)}."


RULES: list[Callable[[], Iterator[Problem]]] = [
    _secret_key,
    _debug,
    _hosts,
    _address,
    _services,
    _keys,
    _private_files,
    _mail,
    _proxies,
    _reports,
    _payments_online,
]


def _readable_by_others(path: Path) -> bool:
    return bool(path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))


def _lies_in(folder: Path, shown: Path) -> bool:
    return folder.is_relative_to(shown.resolve())
