"""What is done to accounts of staff."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.sessions import end_sessions


class Refused(Exception):
    """Why it was not done, in Polish."""


@transaction.atomic
def hire(*, email: str, name: str, position: str, roles: list[Group], by: User | None) -> User:
    """Make or turn an account into one of staff. They set a password by „Nie pamiętam hasła” and a second step at first entry (S3)."""
    user = User.objects.filter(email=email.lower()).first() or User.objects.create_user(email)
    _refuse_own(user, by)
    address, _new = EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"primary": True, "verified": False})
    if not address.verified:
        user.set_unusable_password()  # whoever typed a clerk's address before its owner did knows no way in
    user.name, user.position, user.is_staff, user.is_active = name, position, True, True
    user.save()
    user.groups.set(roles)
    return user


@transaction.atomic
def dismiss(user: User, *, by: User) -> None:
    """No longer staff: roles and rights gone, every session ended at once (S14, S24). The account stays the person's own."""
    _refuse_own(user, by)
    user.is_staff = user.is_superuser = False
    user.save(update_fields=["is_staff", "is_superuser"])
    user.groups.clear()
    user.user_permissions.clear()
    end_sessions(user)


@transaction.atomic
def set_roles(user: User, roles: list[Group], *, by: User) -> None:
    """Give exactly these roles. Nobody changes their own (S25)."""
    _refuse_own(user, by)
    user.groups.set(roles)


@transaction.atomic
def forget_second_step(user: User, *, by: User) -> None:
    """For who lost phone, key and paper codes and showed a document: they set a new one up at the next sign-in."""
    _refuse_own(user, by)
    Authenticator.objects.filter(user=user).delete()
    end_sessions(user)


def _refuse_own(user: User, by: User | None) -> None:
    if by is not None and user.pk == by.pk:
        raise Refused(_("Własnych uprawnień nikt nie zmienia. Poproś drugiego administratora."))
