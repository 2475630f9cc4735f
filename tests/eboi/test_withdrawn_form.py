"""A form withdrawn while Anna's draft is open: the draft stays, she is told what is different, and goes on in the new one."""

import copy
import uuid

import pytest
from django.urls import reverse

from eboi.actions import filing
from eboi.models import Receipt, Submission
from schemas.actions import load_definition, withdraw
from schemas.models import Version
from tests.eboi.conftest import DO_1
from tests.factories import TUESDAY


@pytest.fixture
def anna_at(client, sign_in, anna):
    return sign_in(client, anna)


def at(name, *args):
    return reverse(f"eboi:{name}", args=args)


def new_version():
    """Number 2: a new required question, another wording of the statement, one question gone."""
    form = copy.deepcopy(DO_1)
    form["number"] = 2
    pages = {page["code"]: page for page in form["pages"]}
    pages["rola"]["questions"].append(
        {"code": "since-year", "kind": "number", "label": "Od którego roku jesteś właścicielem?", "minimum": 1900}
    )
    pages["zalaczniki"]["questions"] = [one for one in pages["zalaczniki"]["questions"] if one["code"] != "remarks"]
    pages["pouczenie"]["questions"][-1]["label"] = "Dane są prawdziwe. Wiem, że za nieprawdę grozi kara."
    return load_definition(form, by=None, moment=TUESDAY)


@pytest.fixture
def withdrawn(filled, celina):
    new_version()
    withdraw(Version.objects.get(definition__code="do-1", number=1), by=celina, moment=TUESDAY)
    return Submission.objects.get(pk=filled.pk)


def test_every_page_of_the_draft_leads_to_what_has_changed(withdrawn, anna_at):
    for address in (at("draft", withdrawn.pk), at("review", withdrawn.pk), at("page", withdrawn.pk, "powod")):
        assert anna_at.get(address).url == at("renew", withdrawn.pk)

    page = anna_at.get(at("renew", withdrawn.pk)).content.decode().replace("\u00a0", " ")

    assert "Nowe pytanie, na które trzeba odpowiedzieć: „Od którego roku jesteś właścicielem?”." in page
    assert "Nie ma już „Czy chcesz coś dodać?”." in page
    assert "Na to odpowiesz jeszcze raz" in page and "Za nieprawdę" not in page
    assert "Kowalska" in page
    assert Submission.objects.get(pk=withdrawn.pk).form_version.number == 1  # reading changes nothing (S36)


def test_anna_goes_on_in_the_new_version_with_her_answers(withdrawn, anna_at, answers):
    answer = anna_at.post(at("renew", withdrawn.pk))

    moved = Submission.objects.get(pk=withdrawn.pk)
    assert answer.url == at("draft", withdrawn.pk)
    assert (moved.form_version.number, moved.pk) == (2, withdrawn.pk)
    assert moved.answers == {code: value for code, value in answers.items() if code != "truth"}
    assert anna_at.get(answer.url).url == at("page", withdrawn.pk, "rola")


def test_what_was_typed_on_the_old_page_is_kept_before_she_is_told(withdrawn, anna_at):
    answer = anna_at.post(
        at("page", withdrawn.pk, "dane"), {"first-name": "Anna Maria", "last-name": "Kowalska", "pesel": "", "seen": "stare"}
    )

    kept = Submission.objects.get(pk=withdrawn.pk)
    assert answer.status_code in (302, 409)
    if answer.status_code == 409:
        from eboi.views.drafts import seen_on
        from schemas.definition import compiled

        screen = compiled(kept.form_version_id).page("dane")
        typed = {"first-name": "Anna Maria", "last-name": "Kowalska", "pesel": "", "seen": seen_on(kept, screen)}
        answer = anna_at.post(at("page", withdrawn.pk, "dane"), typed)
        kept.refresh_from_db()
    assert answer.url == at("renew", withdrawn.pk)
    assert kept.answers["first-name"] == "Anna Maria"


def test_a_withdrawn_form_is_not_filed(withdrawn, anna, anna_at):
    with pytest.raises(filing.FormWithdrawn):
        filing.submit(withdrawn, by=anna, key=uuid.uuid4(), revision=withdrawn.revision, sign_in_method="totp", moment=TUESDAY)

    answer = anna_at.post(at("review", withdrawn.pk), {"key": str(uuid.uuid4()), "revision": str(withdrawn.revision)})

    assert answer.url == at("renew", withdrawn.pk)
    assert not Receipt.objects.exists()


def test_without_a_new_form_the_draft_stays_and_shows_its_answers(filled, celina, anna_at):
    withdraw(Version.objects.get(definition__code="do-1"), by=celina, moment=TUESDAY)

    page = anna_at.get(at("renew", filled.pk)).content.decode()
    answer = anna_at.post(at("renew", filled.pk))

    assert "Formularz jest wycofany" in page and "Kowalska" in page
    assert answer.url == at("renew", filled.pk)
    assert Submission.objects.get(pk=filled.pk).answers["last-name"] == "Kowalska"


def test_a_draft_on_a_form_that_holds_needs_nothing(filled, anna, anna_at):
    new_version()

    assert anna_at.get(at("renew", filled.pk)).url == at("draft", filled.pk)
    assert filing.bring_up_to_date(filled, by=anna).form_version.number == 1


def test_a_strangers_draft_is_neither_shown_nor_moved(withdrawn, client, sign_in, bartek):
    """S16"""
    from tests.factories import make_person

    make_person(bartek, "Bartek", "Kowalski")
    stranger = sign_in(client, bartek)

    assert stranger.get(at("renew", withdrawn.pk)).status_code == 404
    assert stranger.post(at("renew", withdrawn.pk)).status_code == 404
    assert Submission.objects.get(pk=withdrawn.pk).form_version.number == 1
