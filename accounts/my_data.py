"""What the way in holds on the owner of an account: the account, its addresses, keys and open browsers (GDPR art. 15, 17)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from accounts.actions import Refused
from accounts.models import PhoneProof, RoleGrant, SignInPhone, User
from accounts.sessions import end_sessions
from ui.my_data import Held

NOT_TOLD = {
    "accounts.RoleOfUser": "mirror of a clerk's roles, told as role grants",
    "accounts.RoleEvent": "history of a clerk's roles, kept by the database for the audit",
    "admin.LogEntry": "what a clerk did at the desk: the town's record of work, not data on a resident",
    "pghistory.MiddlewareEvents": "a view of histories of other tables, no table",
}
STAFF = "dokumentacja nadawania uprawnień do systemu (Krajowe Ramy Interoperacyjności), do potwierdzenia"


def my_data(person: Any, moment: datetime) -> Iterator[Held]:
    account = person.account_id
    yield Held(
        title=_("Konto"), rows=User.objects.filter(pk=account), columns=("email", "name", "position", "date_joined", "last_login"),
    )  # fmt: skip
    yield Held(
        title=_("Adresy e-mail konta"), rows=EmailAddress.objects.filter(user=account),
        columns=("email", "verified", "primary"), labels={"email": _("adres"), "verified": _("potwierdzony"), "primary": _("główny")},
    )  # fmt: skip
    yield Held(title=_("Telefon do logowania"), rows=SignInPhone.objects.filter(user=account), columns=("phone", "confirmed_at"))
    yield Held(
        title=_("Kody wysłane, by potwierdzić telefon do logowania"), rows=PhoneProof.objects.filter(user=account),
        columns=("phone", "asked_at", "used_at"), labels={"phone": _("telefon"), "asked_at": _("wysłano"), "used_at": _("użyto")},
    )  # fmt: skip
    yield Held(  # the secrets themselves are no use to anybody but a thief
        title=_("Klucze i kody drugiego kroku"), rows=Authenticator.objects.filter(user=account),
        columns=("type", "created_at", "last_used_at"), labels={"type": _("rodzaj"), "created_at": _("dodano"), "last_used_at": _("ostatnio użyto")},
    )  # fmt: skip
    yield Held(
        title=_("Urządzenia i sesje"), rows=UserSession.objects.filter(user=account), columns=("user_agent", "ip", "created_at", "last_seen_at"),
        labels={"user_agent": _("przeglądarka"), "ip": _("adres sieci"), "created_at": _("zalogowano"), "last_seen_at": _("ostatnio")},
    )  # fmt: skip
    yield Held(
        title=_("Role pracownika"), rows=RoleGrant.objects.filter(user=account), stays=STAFF,
        columns=("group__name", "asked_at", "decided_at", "is_confirmed"), labels={"group__name": _("rola")},
    )  # fmt: skip


def guard_forgetting(account: User) -> None:
    """Refused for staff: an account with rights is first taken from its owner by the administrator."""
    if account.is_staff or account.is_superuser:
        raise Refused(_("To konto pracownika urzędu. Usunie je administrator, gdy odbierze Ci role."))


@transaction.atomic
def forget_account(account: User) -> None:
    """No way in stays, nor the address. The row goes; when something of the town's points at it, it stays empty and closed."""
    guard_forgetting(account)
    end_sessions(account)
    for model in (EmailAddress, Authenticator, UserSession, SignInPhone):
        model.objects.filter(user=account).delete()
    PhoneProof.objects.filter(user=account).update(user=None, phone="")
    number = account.pk  # a deleted row forgets it
    try:
        with transaction.atomic():
            LogEntry.objects.filter(user=account).delete()
            account.delete()
    except ProtectedError:
        _empty(account)
    User.pgh_event_model.objects.filter(pgh_obj=number).delete()  # type: ignore[attr-defined]


def _empty(account):
    account.email, account.name, account.position = f"{account.subject}@usuniete.invalid", "", ""
    account.is_active = False
    account.set_unusable_password()
    account.save()
