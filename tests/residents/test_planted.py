"""S54, S57: a PESEL that went through every page and verb of this room lies nowhere in the clear."""

import base64
import io
import logging
import re
import zipfile

import pytest
from django.core.cache import cache
from django.core.mail import send_mail
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from pruszcz_portal.tasks import sweep_copies
from residents import actions
from residents.models import DeskCode, Person
from tests.planted import Planted, bell, forms_of, planted  # noqa: F401  a fixture
from tests.residents.conftest import policy  # noqa: F401

CONTROL = pytest.mark.parametrize("where", ["column", "bytes", "session", "cache", "valkey", "log", "letter"])


def test_no_path_of_the_register_leaves_a_pesel_behind(planted, anna, celina, sign_in, policy):  # noqa: F811
    """S54, L23: onboarding with and without mistakes, correction, look-up, paper entry, code, merge, reveal, copy, request."""
    home, desk = sign_in(Client(), anna), sign_in(Client(), celina)
    onboard_with_mistakes(home, planted)
    by_paper(desk, planted)
    person = meet_by_code(home, desk, planted)
    see_everything(home, desk, person, planted)

    person.refresh_from_db()
    assert person.pesel == planted.pesel
    planted.nowhere()


def onboard_with_mistakes(home, planted):  # noqa: F811
    address = reverse("residents:onboarding")
    home.post(address, {"first_name": "", "last_name": "Kowalska", "pesel": planted.pesel, "shown": ""})
    home.post(address, {"first_name": "Anna", "last_name": "Kowalska", "pesel": "85041512345", "shown": ""})
    grouped = f"{planted.pesel[:6]} {planted.pesel[6:]}"
    saved = home.post(
        reverse("residents:identity"), {"first_name": "Anna", "last_name": "Kowalska", "pesel": grouped}, follow=True
    )
    planted.saw(saved, "my data")
    home.post(reverse("residents:contact"), {"mail_address": planted.marker})


def by_paper(desk, planted):  # noqa: F811
    entered = desk.post(
        reverse("admin:residents_person_add"),
        {"first_name": "Anna", "last_name": "Kowalska", "pesel": planted.pesel},
        follow=True,
    )
    planted.saw(entered, "the person's page at the desk")
    paper = Person.objects.get(account=None)
    correct = reverse("admin:residents_person_verb", args=[paper.pk, "correct_person"])
    planted.saw(desk.get(correct), "the form of correction")
    desk.post(correct, {"seen": "", "first_name": "Anna", "last_name": "Kowalska", "pesel": planted.pesel})
    look_up = reverse("admin:residents_person_changelist")
    planted.saw(desk.get(look_up), "the look-up")


def meet_by_code(home, desk, planted):  # noqa: F811
    paper = Person.objects.get(account=None)
    given = desk.post(reverse("admin:residents_person_once", args=[paper.pk, "issue_desk_code"]))
    code = re.search(r"<strong>([A-Z2-9]{4}-[A-Z2-9]{4})</strong>", given.content.decode())[1]
    home.post(reverse("residents:desk_code"), {"code": planted.pesel})  # a PESEL typed where the code belongs
    planted.saw(home.post(reverse("residents:desk_code"), {"code": code}, follow=True), "my data after the code")
    assert DeskCode.objects.get().used_at
    return paper


def see_everything(home, desk, person, planted):  # noqa: F811
    desk.post(reverse("admin:residents_person_changelist"), {"text": planted.pesel})
    desk.post(reverse("admin:residents_person_once", args=[person.pk, "reveal_pesel"]), {"purpose": "próba"})
    home.post(reverse("residents:rights"), {"kind": "erasure", "text": f"Usuńcie mój PESEL {planted.pesel}."})
    home.post(reverse("my_copy"))
    sweep_copies()
    copied = home.get(reverse("my_copy_file", args=[person.data_copies.get().pk]))
    assert planted.pesel in zipfile.ZipFile(io.BytesIO(copied.getvalue())).read("moje-dane.json").decode()
    for name in ("my_data", "who_looked", "consents", "identity", "contact", "desk_code", "new_terms"):
        planted.saw(home.get(reverse(f"residents:{name}")), name)
    for name in ("residents_person_change", "residents_datarequest_changelist"):
        args = [person.pk] if name.endswith("change") else []
        planted.saw(desk.get(reverse(f"admin:{name}", args=args)), name)


def test_a_failure_in_the_middle_tells_no_pesel_to_the_log(planted, anna, sign_in, policy):  # noqa: F811
    """S57: the database fails while a PESEL is being saved."""
    home = sign_in(Client(raise_request_exception=False), anna)
    actions.declare_person(
        account=anna, first_name="Anna", last_name="Kowalska", mail_address=planted.marker, by=anna, moment=timezone.now()
    )
    with connection.cursor() as cursor:
        cursor.execute("alter table residents_desk" + "code rename to residents_away")
    try:
        failed = home.post(reverse("residents:identity"), {"first_name": "Anna", "last_name": "Kowalska", "pesel": planted.pesel})
    finally:
        with connection.cursor() as cursor:
            cursor.execute("alter table residents_away rename to residents_desk" + "code")

    assert failed.status_code == 503
    planted.saw(failed, "the error page")
    planted.nowhere()


@CONTROL
def test_the_search_finds_a_pesel_in_every_hiding_place(planted, anna, client, where):  # noqa: F811
    """The control: each place is really searched, in each way a text may lie there."""
    actions.declare_person(
        account=anna, first_name="Anna", last_name="Kowalska", mail_address=planted.marker, by=anna, moment=timezone.now()
    )
    hide(planted.pesel, where, client)

    with pytest.raises(AssertionError, match="the planted PESEL lies in"):
        planted.nowhere()


def hide(pesel, where, client):
    if where == "column":
        User.objects.update(name=pesel)
    elif where == "bytes":
        Person.objects.update(search="x")
        DeskCode.objects.create(
            person=Person.objects.get(), code_lookup=f"x{pesel}".encode(), issued_by=Person.objects.get().pk,
            issued_at=timezone.now(), expires_at=timezone.now(),
        )  # fmt: skip
    elif where == "session":
        session = client.session
        session["typed"] = {"pesel": pesel, "much": "o" * 4000}
        session.save()
    elif where == "cache":
        cache.set("typed", {"pesel": pesel})
    elif where == "valkey":
        bell().set("planted-control", f"ab{pesel}", ex=20)
    elif where == "log":
        logging.getLogger("residents").debug("typed", extra={"pesel": pesel})
    elif where == "letter":
        send_mail("Sprawa", f"Numer {pesel}", "portal@pruszcz.example", ["anna@example.com"])


def test_the_command_line_prints_no_pesel(db, capsys):
    """Sample people have numbers; what the command says holds none."""
    said = io.StringIO()
    call_command("load_sample_data", stdout=said)

    numbers = [person.pesel for person in Person.objects.filter(pesel__isnull=False)]
    assert len(numbers) == 9
    assert not any(number in said.getvalue() + capsys.readouterr().out for number in numbers)


def test_the_search_looks_for_base64_at_every_offset():
    for skip in range(6):
        for after in range(4):
            text = b"z" * skip + Planted.pesel.encode() + b"q" * after
            assert any(form in base64.b64encode(text) for form in forms_of(Planted.pesel))
