"""The cast. Anna and Bartek are residents, Celina is a clerk of the kancelaria, Dariusz runs cases and leads them,
Ewa is a stranger with an account, Franek stands at the desk (later: at the gate)."""

import functools

import pytest
from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.http import HttpRequest

from accounts.models import User
from announcements import banner
from pruszcz_portal import roles

PASSWORD = "most nad Radunią 1905"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@functools.cache
def hashed_password() -> str:
    return make_password(PASSWORD)


def make_user(email: str, name: str = "", *role_names: str, **fields) -> User:
    """An account with a confirmed address and the password PASSWORD; with roles it is a member of staff."""
    user = User.objects.create(email=email, name=name, password=hashed_password(), is_staff=bool(role_names), **fields)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    if role_names:
        roles.sync_roles()
        user.groups.set(Group.objects.filter(name__in=role_names))
    return user


@pytest.fixture(autouse=True)
def no_alerts():
    """Alerts that an earlier test left in this process's memory are none of this one's; who sends one forgets by itself."""
    banner.MEMORY.keep((), seconds=3600)


@pytest.fixture
def anna(db):
    return make_user("anna@example.com")


@pytest.fixture
def bartek(db):
    return make_user("bartek@example.com")


@pytest.fixture
def celina(db):
    return make_user("celina@pruszcz.example", "Celina Nowak", roles.KANCELARIA, position="referentka w kancelarii")


@pytest.fixture
def dariusz(db):
    return make_user(
        "dariusz@pruszcz.example",
        "Dariusz Lis",
        roles.CASE_OFFICER,
        roles.MANAGER,
        roles.SIGNATORY,
        position="kierownik referatu",
    )


@pytest.fixture
def ewa(db):
    return make_user("ewa@example.com")


@pytest.fixture
def franek(db):
    return make_user("franek@pruszcz.example", "Franciszek Wilk", roles.IDENTITY_DESK, position="punkt obsługi mieszkańca")


@pytest.fixture
def make_account(db):
    """`make_account(email, name, *roles)` for a test that needs one more person."""
    return make_user


@pytest.fixture
def sign_in():
    """`sign_in(client, user)` signs in with password and TOTP, `strong=False` with the password alone. Returns the client."""

    def go(client, user, strong=True):
        client.force_login(user, backend="accounts.backends.Backend")
        request = HttpRequest()
        request.session, request.user = client.session, user
        record_authentication(request, user, method="password")
        if strong:
            totp = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
            totp = totp or TOTP.activate(user, TOTP_SECRET).instance
            record_authentication(request, user, method="mfa", id=totp.pk, type=totp.type)
        request.session.save()
        return client

    return go
