"""docs/permissions.md: who of the staff may do what, drawn from the table of roles and compared in CI."""

from django.contrib.auth.models import Permission
from django.utils import translation

from pruszcz_portal.roles import ROLES

HEAD = """# Who of the staff may do what

Drawn by `manage.py draw_permissions` from `pruszcz_portal/roles.py`; do not edit by hand. A clerk's rights are those of all their roles.
A right to see cases or letters reaches only the clerk's own units (`UnitMember`), and never their own or their household's case (L11);
who registers or directs letters sees the whole register.
Residents have no permissions: they see what is theirs, everything else answers 404.
"""


def table() -> str:
    """One row for each permission that any role has; needs the permissions in the database."""
    names = sorted({name for rights in ROLES.values() for name in rights})
    lines = [_row("right", "in words", *ROLES), _row(*["---"] * (len(ROLES) + 2))]
    with translation.override("pl"):
        words = _words()
        lines += [
            _row(f"`{name}`", words[name], *("yes" if name in rights else "" for rights in ROLES.values())) for name in names
        ]
    return f"{HEAD}\n" + "\n".join(lines) + "\n"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _words() -> dict[str, str]:
    """Permissions as the models name them; Django's own four in Polish."""
    verbs = {"add": "dodaje", "change": "zmienia", "delete": "usuwa", "view": "widzi"}
    found = {}
    for permission in Permission.objects.select_related("content_type"):
        verb, _, model = permission.codename.partition("_")
        own = verb in verbs and model == permission.content_type.model
        words = f"{verbs[verb]}: {permission.content_type.name}" if own else permission.name
        found[f"{permission.content_type.app_label}.{permission.codename}"] = words
    return found
