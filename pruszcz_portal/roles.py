"""Who of the staff may do what: roles as named sets of permissions (`manage.py sync_roles` writes them as groups).

Code asks `has_perm`, never a name from here. A role is a literal list, so a change of rights is a reviewed change of
this file; a right taken away here is gone at the next request after `sync_roles` (S24).
"""

from django.contrib.auth.models import Group, Permission
from django.db import transaction

KANCELARIA = "Kancelaria"
CASE_OFFICER = "Referent sprawy"
MANAGER = "Kierownik"
SIGNATORY = "Podpisujący decyzje"
DPO = "Inspektor ochrony danych"
AUDITOR = "Audytor"
ADMIN = "Administrator portalu"
IDENTITY_DESK = "Punkt potwierdzania tożsamości"

ROLES: dict[str, list[str]] = {
    KANCELARIA: [],
    CASE_OFFICER: [],
    MANAGER: [],
    SIGNATORY: [],
    DPO: [],
    AUDITOR: [],  # reads, never changes
    ADMIN: [  # settings and accounts of staff, no personal data of residents
        "auth.view_group",
    ],
    IDENTITY_DESK: [],
}


class UnknownPermission(Exception):
    """A role names a permission that no installed room declares."""


@transaction.atomic
def sync_roles() -> None:
    """Make the groups exactly what the table says. Safe to repeat; groups that are not in the table are left alone."""
    known = {f"{p.content_type.app_label}.{p.codename}": p for p in Permission.objects.select_related("content_type")}
    for role, names in ROLES.items():
        if unknown := sorted(set(names) - set(known)):
            raise UnknownPermission(f"{role}: {', '.join(unknown)}")
        group, _ = Group.objects.get_or_create(name=role)
        group.permissions.set([known[name] for name in names])
