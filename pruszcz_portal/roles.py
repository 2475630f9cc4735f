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
    KANCELARIA: [
        "eboi.direct_letter",
        "eboi.register_letter",
        "eboi.view_incomingletter",
        "office.rescan_storedfile",
        "office.retry_message",
        "office.view_message",
        "office.view_storedfile",
        "residents.add_person",
        "residents.change_person",
        "residents.confirm_identity",
        "residents.grant_residency",
        "residents.reveal_pesel",
        "residents.view_addresspoint",
        "residents.view_person",
        "residents.view_terms",
    ],
    CASE_OFFICER: [
        "eboi.handle_case",
        "eboi.open_case",
        "eboi.view_case",
        "eboi.view_incomingletter",
        "residents.reveal_pesel",
        "residents.view_addresspoint",
        "residents.view_person",
    ],
    MANAGER: [
        "eboi.add_matterterms",
        "eboi.add_wasterate",
        "eboi.assign_case",
        "eboi.change_matterterms",
        "eboi.change_wasterate",
        "eboi.view_case",
        "eboi.view_exclusion",
        "eboi.view_incomingletter",
        "eboi.view_matterterms",
        "eboi.view_mattertype",
        "eboi.view_wasterate",
        "residents.add_registerpolicy",
        "residents.view_addresspoint",
        "residents.view_person",
        "residents.view_registerpolicy",
        "schemas.add_definition",
        "schemas.add_option",
        "schemas.add_page",
        "schemas.add_question",
        "schemas.add_version",
        "schemas.change_definition",
        "schemas.change_option",
        "schemas.change_page",
        "schemas.change_question",
        "schemas.change_version",
        "schemas.delete_option",
        "schemas.delete_page",
        "schemas.delete_question",
        "schemas.delete_version",
        "schemas.publish_version",
        "schemas.view_definition",
        "schemas.view_option",
        "schemas.view_page",
        "schemas.view_question",
        "schemas.view_version",
    ],
    SIGNATORY: [
        "eboi.sign_decision",
        "eboi.view_case",
    ],
    DPO: [
        "eboi.view_exclusion",
        "office.add_retentionperiod",
        "office.change_retentionperiod",
        "office.view_auditseal",
        "office.view_personaldataread",
        "office.view_retentionperiod",
        "office.view_retentionrun",
        "office.view_statuschange",
        "residents.add_purpose",
        "residents.add_terms",
        "residents.answer_data_request",
        "residents.view_datarequest",
        "residents.view_person",
        "residents.view_purpose",
        "residents.view_registerpolicy",
        "residents.view_terms",
    ],
    AUDITOR: [  # reads, never changes
        "eboi.view_exclusion",
        "eboi.view_holidayoverride",
        "eboi.view_jrwaclass",
        "eboi.view_matterterms",
        "eboi.view_mattertype",
        "eboi.view_unit",
        "eboi.view_wasterate",
        "office.view_auditseal",
        "office.view_personaldataread",
        "office.view_retentionperiod",
        "office.view_retentionrun",
        "office.view_statuschange",
        "residents.view_addresspoint",
        "residents.view_purpose",
        "residents.view_registerpolicy",
        "residents.view_terms",
    ],
    ADMIN: [  # settings and accounts of staff, no personal data of residents
        "accounts.add_user",
        "accounts.change_user",
        "accounts.view_user",
        "eboi.add_holidayoverride",
        "eboi.add_jrwaclass",
        "eboi.add_mattertype",
        "eboi.add_unit",
        "eboi.add_unitmember",
        "eboi.change_holidayoverride",
        "eboi.change_jrwaclass",
        "eboi.change_mattertype",
        "eboi.change_unit",
        "eboi.change_unitmember",
        "eboi.delete_holidayoverride",
        "eboi.delete_unitmember",
        "eboi.view_holidayoverride",
        "eboi.view_jrwaclass",
        "eboi.view_mattertype",
        "eboi.view_unit",
        "eboi.view_unitmember",
        "residents.add_registerpolicy",
        "residents.add_terms",
        "residents.import_addresses",
        "residents.view_addresspoint",
        "residents.view_purpose",
        "residents.view_registerpolicy",
        "residents.view_terms",
    ],
    IDENTITY_DESK: [
        "residents.add_person",
        "residents.change_person",
        "residents.confirm_identity",
        "residents.grant_residency",
        "residents.view_addresspoint",
        "residents.view_person",
    ],
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
