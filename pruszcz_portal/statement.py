"""The accessibility statement's data (L30, L31): dates, contacts and status in a file, not in the page."""

import os
import tomllib
from functools import cache
from pathlib import Path

DEFAULT = Path(__file__).with_name("accessibility.toml")


@cache
def statement():
    """The parsed file; read once per process, so a change needs a restart."""
    path = Path(os.environ.get("ACCESSIBILITY_STATEMENT", DEFAULT))
    return tomllib.loads(path.read_text(encoding="utf-8"))
