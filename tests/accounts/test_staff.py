"""Accounts of staff: made, given roles, dismissed - never by themselves."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import actions, keys
from accounts.encryption import key_number
from accounts.models import RoleGrant, RoleOfUser, User
from pruszcz_portal import roles
from pruszcz_portal.roles import ROLES, UnknownPermission, sync_roles
from tests.conftest import PASSWORD, TOTP_SECRET
from tests.factories import TUESDAY


@pytest.fixture
def ada(make_account):
    return make_account("ada@pruszcz.example", "Ada Admin", roles.ADMIN)


def test_roles_are_exactly_what_the_table_says_however_often_it_is_read(db):
    sync_roles()
    Group.objects.get(name=roles.AUDITOR).permissions.clear()
    sync_roles()

    written = {
        group.name: sorted(f"{p.content_type.app_label}.{p.codename}" for p in group.permissions.select_related("content_type"))
        for group in Group.objects.all()
    }
    assert written == {role: sorted(names) for role, names in ROLES.items()}


def test_a_misspelt_permission_is_refused_and_nothing_is_changed(db, monkeypatch):
    sync_roles()
    monkeypatch.setitem(ROLES, roles.AUDITOR, ["office.view_everythin"])

    with pytest.raises(UnknownPermission, match=r"Audytor: office\.view_everythin"):
        sync_roles()
    assert Group.objects.get(name=roles.AUDITOR).permissions.count() > 0


def test_the_auditor_changes_nothing():
    """The auditor reads."""
    assert [name for name in ROLES[roles.AUDITOR] if ".view_" not in name] == []


def test_the_first_administrator_is_hired_from_the_shell_and_sets_a_password_by_a_code(client, db):
    cache.clear()
    call_command("hire", "Ada@Pruszcz.example", "Ada Admin", roles.ADMIN)
    ada = User.objects.get()
    assert (ada.email, ada.is_staff, ada.has_usable_password()) == ("ada@pruszcz.example", True, False)

    client.post(reverse("account_reset_password"), {"email": ada.email})
    client.post(reverse("account_confirm_password_reset_code"), {"code": mail.outbox[-1].body.split("\n")[2].strip()})
    client.post(reverse("account_complete_password_reset"), {"password1": PASSWORD})
    response = client.post(reverse("account_login"), {"login": ada.email, "password": PASSWORD})

    assert response.status_code == 302


def test_nobody_is_hired_into_a_role_that_does_not_exist(db):
    with pytest.raises(CommandError, match="nie ma roli: Burmistrz"):
        call_command("hire", "ada@pruszcz.example", "Ada", "Burmistrz")


def test_ada_hires_a_clerk_on_the_desk(client, ada, sign_in):
    clerk_role = Group.objects.get(name=roles.KANCELARIA)
    sign_in(client, ada)

    response = client.post(
        reverse("admin:accounts_user_add"),
        {"email": "Nowa@Pruszcz.example", "name": "Nowa Osoba", "position": "referentka", "groups": [clerk_role.pk]},
    )

    assert response.status_code == 302
    nowa = User.objects.get(email="nowa@pruszcz.example")
    assert (nowa.name, nowa.is_staff, nowa.groups.count()) == ("Nowa Osoba", True, 0)
    assert [grant.group.name for grant in nowa.role_grants.waiting()] == [roles.KANCELARIA]


@pytest.fixture
def olek(make_account):
    return make_account("olek@pruszcz.example", "Olek Drugi", roles.ADMIN)


@pytest.fixture
def nowa(ada):
    """Hired by Ada into the kancelaria; nobody has confirmed it."""
    role = Group.objects.get(name=roles.KANCELARIA)
    return actions.hire(email="nowa@pruszcz.example", name="Nowa", position="referentka", roles=[role], by=ada, moment=TUESDAY)


def test_a_role_works_only_once_a_second_person_has_confirmed_it(client, ada, olek, nowa, sign_in):
    """S25 S24"""
    register = reverse("admin:eboi_incomingletter_changelist")
    browser = sign_in(client, nowa)
    assert browser.get(register).status_code == 403

    actions.confirm_role(nowa.role_grants.get(), by=olek, moment=TUESDAY)

    assert browser.get(register).status_code == 200
    grant = nowa.role_grants.get()
    assert (grant.asked_by, grant.decided_by, grant.is_confirmed) == (ada.subject, olek.subject, True)


def test_who_gave_the_role_does_not_confirm_it(ada, nowa):
    """S25: neither by the verb nor, should the verb ever forget it, in the database."""
    grant = nowa.role_grants.get()

    with pytest.raises(actions.Refused, match="ktoś inny"):
        actions.confirm_role(grant, by=ada, moment=TUESDAY)
    with pytest.raises(IntegrityError, match="accounts_grant_by_two_people"), transaction.atomic():
        RoleGrant.objects.update(decided_by=ada.subject, decided_at=TUESDAY, is_confirmed=True)

    assert nowa.groups.count() == 0


def test_nobody_confirms_a_role_of_their_own(ada, olek):
    """S25"""
    actions.set_roles(olek, [*olek.groups.all(), Group.objects.get(name=roles.DPO)], by=ada, moment=TUESDAY)

    with pytest.raises(actions.Refused, match="Własnych uprawnień"):
        actions.confirm_role(olek.role_grants.get(), by=olek, moment=TUESDAY)


def test_a_role_is_taken_away_by_one_person_and_at_once(ada, celina):
    """S24"""
    actions.set_roles(celina, [], by=ada, moment=TUESDAY)

    assert celina.groups.count() == 0
    assert not celina.role_grants.exists()


def test_a_decided_grant_is_a_log_that_never_changes(olek, nowa):
    grant = nowa.role_grants.get()
    actions.refuse_role(grant, by=olek, moment=TUESDAY)

    with pytest.raises(actions.Refused, match="Ktoś był szybszy"):
        actions.confirm_role(grant, by=olek, moment=TUESDAY)
    for change in (lambda: RoleGrant.objects.update(is_confirmed=True), lambda: RoleGrant.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert nowa.groups.count() == 0


def test_a_role_of_somebody_dismissed_meanwhile_is_not_confirmed(ada, olek, nowa):
    grant = nowa.role_grants.get()
    actions.dismiss(nowa, by=ada)

    with pytest.raises(actions.Refused):
        actions.confirm_role(grant, by=olek, moment=TUESDAY)

    assert nowa.groups.count() == 0


def test_olek_confirms_on_the_desk_and_both_stand_in_the_log(client, olek, nowa, sign_in):
    """S25"""
    browser, page = sign_in(client, olek), reverse("admin:accounts_rolegrant_changelist")
    assert "Nowa" in browser.get(page).content.decode()

    browser.post(page, {"action": "confirm", "_selected_action": [nowa.role_grants.get().pk]})

    assert [group.name for group in nowa.groups.all()] == [roles.KANCELARIA]
    log = browser.get(f"{page}?stan=potwierdzone").content.decode()
    assert "Ada Admin" in log
    assert "Olek Drugi" in log
    assert "Nowa" not in browser.get(page).content.decode().split('id="changelist"')[1]


def test_ada_sees_that_a_role_waits(client, ada, nowa, sign_in):
    page = sign_in(client, ada).get(reverse("admin:accounts_user_changelist")).content.decode()

    assert "Kancelaria (czeka na potwierdzenie)" in page


def test_ada_sees_staff_only_and_can_not_change_herself(client, ada, celina, anna, sign_in):
    """S25"""
    sign_in(client, ada)
    page = client.get(reverse("admin:accounts_user_changelist")).content.decode()

    assert "Celina Nowak" in page
    assert anna.email not in page
    assert client.get(reverse("admin:accounts_user_change", args=[anna.pk])).status_code == 302
    own = client.get(reverse("admin:accounts_user_change", args=[ada.pk]))
    assert 'name="groups"' not in own.content.decode()
    assert client.post(reverse("admin:accounts_user_change", args=[ada.pk]), {"name": "x"}).status_code == 403


def test_nobody_changes_their_own_rights(ada):
    """S25"""
    with pytest.raises(actions.Refused):
        actions.set_roles(ada, list(Group.objects.all()), by=ada, moment=TUESDAY)
    with pytest.raises(actions.Refused):
        actions.forget_second_step(ada, by=ada)


def test_a_dismissed_clerk_is_out_at_once(client, ada, celina, sign_in):
    """S14, S24"""
    sign_in(client, celina)
    assert client.get(reverse("admin:index")).status_code == 200

    actions.dismiss(celina, by=ada)

    assert client.get(reverse("admin:index")).status_code == 302
    celina.refresh_from_db()
    assert (celina.is_staff, celina.groups.count()) == (False, 0)


def test_a_lost_phone_is_forgotten_from_the_desk(client, ada, celina, sign_in):
    sign_in(Client(), celina)
    sign_in(client, ada)

    data = {"action": "forget_second_step", "_selected_action": [celina.pk]}
    client.post(reverse("admin:accounts_user_changelist"), data)

    assert Authenticator.objects.filter(user=celina).count() == 0


def test_the_database_remembers_who_got_and_lost_a_role(ada, celina):
    """S58: kept by triggers."""
    actions.dismiss(celina, by=ada)

    events = RoleOfUser.pgh_event_model.objects.filter(user_id=celina.pk).order_by("pgh_id")
    assert [event.pgh_label for event in events] == ["given", "taken"]
    assert [event.is_staff for event in User.pgh_event_model.objects.filter(pgh_obj=celina).order_by("pgh_id")] == [True, False]


def test_rotation_reaches_the_secrets_of_second_factors(client, anna, sign_in, settings, tmp_path):
    """S54: rotation."""
    settings.KEYS_DIR = tmp_path / "keys"
    sign_in(client, anna)
    keys.make("data")

    call_command("rotate_keys")

    factor = Authenticator.objects.get(user=anna, type="totp")
    from base64 import b64decode

    assert key_number(b64decode(factor.data["secret"])) == 2
    assert factor.wrap().validate_code("000000") is False
    from accounts.adapter import SecondFactorAdapter

    assert SecondFactorAdapter().decrypt(factor.data["secret"]) == TOTP_SECRET


def test_a_new_secret_key_signs_nobody_out_while_the_old_one_is_kept(client, anna, sign_in, settings):
    """S61: rotation with SECRET_KEY_FALLBACKS."""
    sign_in(client, anna)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "an entirely new secret of at least fifty characters, made today"
    assert client.get(reverse("account_overview")).status_code == 200

    settings.SECRET_KEY_FALLBACKS = []
    settings.SECRET_KEY = "and another one, without keeping what was there before it at all"

    assert client.get(reverse("account_overview")).status_code == 302


def test_the_night_forgets_ended_sessions_and_unconfirmed_sign_ups(client, anna, bartek, sign_in, time_machine):
    cache.clear()
    time_machine.move_to("2026-11-22 12:00:00+01:00", tick=False)
    client.post(reverse("account_login"), {"login": anna.email, "password": PASSWORD})
    squatter = User.objects.create_user("bartek.squatter@example.com")
    fresh = User.objects.create_user("fresh@example.com")
    User.objects.update(date_joined="2026-11-10T12:00:00Z")
    User.objects.filter(pk=fresh.pk).update(date_joined="2026-11-22T11:00:00Z")
    time_machine.shift(25 * 60 * 60)
    sign_in(Client(), bartek)

    done = actions.forget_the_ended(moment=timezone.now())

    assert done == {"sessions": 1, "listed": 1, "unconfirmed": 1}
    assert set(User.objects.all()) == {anna, bartek, fresh}
    assert squatter.pk not in User.objects.values_list("pk", flat=True)
    assert actions.forget_the_ended(moment=timezone.now()) == {"sessions": 0, "listed": 0, "unconfirmed": 0}


def test_what_one_person_left_half_typed_is_not_for_the_next(client, anna, bartek, sign_in, time_machine):
    """S13: two people at one computer."""
    cache.clear()
    time_machine.move_to("2026-11-22 12:00:00+01:00", tick=False)
    client.post(reverse("account_login"), {"login": anna.email, "password": PASSWORD})
    time_machine.shift(15 * 60)
    client.get(reverse("home"))
    session = client.session
    session["typed"] = "Anny"
    session.save()

    client.post(reverse("account_login"), {"login": bartek.email, "password": PASSWORD})

    assert "typed" not in client.session
    assert client.get(reverse("account_overview")).status_code == 200


def test_rights_are_asked_in_one_statement_and_are_those_that_django_finds(celina, django_assert_num_queries):
    celina.user_permissions.add(Permission.objects.get(codename="handle_fault"))
    fresh = User.objects.get(pk=celina.pk)

    with django_assert_num_queries(1):
        found = fresh.get_all_permissions()
        assert fresh.has_perm("eboi.handle_fault") and not fresh.has_perm("eboi.handle_fault", fresh)

    assert found == ModelBackend().get_all_permissions(User.objects.get(pk=celina.pk))
    fresh.is_active = False
    assert fresh.get_all_permissions() == set()
