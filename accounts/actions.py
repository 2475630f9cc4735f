"""What is done to accounts: of staff by the administrator, of nobody by the night."""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import PhoneProof, RoleGrant, User
from accounts.sessions import end_sessions

CONFIRM_WITHIN = timedelta(days=7)


class Refused(Exception):
    """Why it was not done, in Polish."""


@transaction.atomic
def hire(*, email: str, name: str, position: str, roles: list[Group], by: User | None, moment: datetime | None = None) -> User:
    """Make or turn an account into one of staff. They set a password by „Nie pamiętam hasła” and a second step at first entry (S3).

    `by`: None for who has a shell on the server, as for the first two administrators; their roles hold at once.
    """
    user = User.objects.filter(email=email.lower()).first() or User.objects.create_user(email)
    _refuse_own(user, by)
    address, _new = EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"primary": True, "verified": False})
    if not address.verified:
        user.set_unusable_password()  # whoever typed a clerk's address before its owner did knows no way in
    user.name, user.position, user.is_staff, user.is_active = name, position, True, True
    user.save()
    if by is None:
        user.groups.set(roles)
    else:
        set_roles(user, roles, by=by, moment=moment or timezone.now())
    return user


@transaction.atomic
def dismiss(user: User, *, by: User) -> None:
    """No longer staff: roles and rights gone, every session ended at once (S14, S24). The account stays the person's own."""
    _refuse_own(user, by)
    user.is_staff = user.is_superuser = False
    user.save(update_fields=["is_staff", "is_superuser"])
    user.groups.clear()
    user.user_permissions.clear()
    user.role_grants.waiting().update(decided_by=by.subject, decided_at=timezone.now())
    end_sessions(user)


@transaction.atomic
def set_roles(user: User, roles: list[Group], *, by: User, moment: datetime) -> None:
    """Take every other role away at once; each new one waits until somebody else confirms it. Nobody changes their own (S25)."""
    _refuse_own(user, by)
    User.objects.select_for_update().get(pk=user.pk)
    held = set(user.groups.all())
    user.groups.remove(*(held - set(roles)))
    for role in set(roles) - held:
        if not user.role_grants.waiting().filter(group=role).exists():
            RoleGrant.objects.create(user=user, group=role, asked_by=by.subject, asked_at=moment)


@transaction.atomic
def confirm_role(grant: RoleGrant, *, by: User, moment: datetime) -> None:
    """The second person agrees: from now on the role works (S24, S25). Refused to who asked and to whose role it is."""
    _refuse_own(grant.user, by)
    if grant.asked_by == by.subject:
        raise Refused(_("Tę rolę nadajesz Ty. Potwierdzić musi ją ktoś inny."))
    _decide(grant, by=by, moment=moment, is_confirmed=True)
    if not User.objects.select_for_update().filter(pk=grant.user_id, is_staff=True, is_active=True).exists():
        raise Refused(_("To konto nie należy już do pracownika."))
    grant.user.groups.add(grant.group)


@transaction.atomic
def refuse_role(grant: RoleGrant, *, by: User, moment: datetime) -> None:
    """The role is not given. Also for who asked for it by mistake."""
    _refuse_own(grant.user, by)
    _decide(grant, by=by, moment=moment, is_confirmed=False)


def _decide(grant, *, by, moment, is_confirmed):
    """Of two who decide at once the slower is refused."""
    waiting = RoleGrant.objects.waiting().filter(pk=grant.pk)
    if not waiting.update(decided_by=by.subject, decided_at=moment, is_confirmed=is_confirmed):
        raise Refused(_("Ktoś był szybszy: o tej roli już rozstrzygnięto."))


@transaction.atomic
def forget_second_step(user: User, *, by: User) -> None:
    """For who lost phone, key and paper codes and showed a document: they set a new one up at the next sign-in."""
    _refuse_own(user, by)
    Authenticator.objects.filter(user=user).delete()
    end_sessions(user)


def _refuse_own(user: User, by: User | None) -> None:
    if by is not None and user.pk == by.pk:
        raise Refused(_("Własnych uprawnień nikt nie zmienia. Poproś drugiego administratora."))


def forget_the_ended(*, moment: datetime) -> dict[str, int]:
    """Remove sessions that can not be used any more, their rows in the list of sessions, codes of a day ago, and sign-ups nobody confirmed.

    An unconfirmed sign-up is no account: its code lived fifteen minutes. Removing it frees the address for its owner.
    """
    sessions = SessionStore.get_model_class().objects
    ended, _kinds = sessions.filter(expire_date__lt=moment).delete()
    listed, _kinds = UserSession.objects.exclude(session_key__in=sessions.values("session_key")).delete()
    PhoneProof.objects.filter(asked_at__lt=moment - timedelta(days=1)).delete()
    waiting = User.objects.filter(last_login=None, is_staff=False, date_joined__lt=moment - CONFIRM_WITHIN)
    unconfirmed = waiting.exclude(emailaddress__verified=True)
    count = unconfirmed.count()
    unconfirmed.delete()
    return {"sessions": ended, "listed": listed, "unconfirmed": count}
