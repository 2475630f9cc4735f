"""Anna walks the screens: forms keep what was typed, errors stand beside their field, sending asks for a second step."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from pruszcz_portal.agenda import agenda_of
from resident_card.actions import applying
from resident_card.models import Application, Photo
from resident_card.statuses import ApplicationStatus
from tests.factories import make_person
from tests.resident_card import applicants
from tests.resident_card.cast import make_packages


@pytest.fixture
def kowalska(anna):
    make_packages()
    applicants.make_street()
    return make_person(anna, born_on=applicants.BORN)


@pytest.fixture
def mine(client, anna, kowalska, sign_in):
    return sign_in(client, anna)


def step(application, code):
    return reverse("resident_card:step", args=[application.pk, code])


def test_anna_applies_from_the_door_to_the_confirmation(mine, kowalska):
    now = timezone.localdate()
    assert reverse("resident_card:apply") in mine.get(reverse("resident_card:home")).content.decode()
    mine.post(reverse("resident_card:apply"), {"dla": "ja"})
    draft = Application.objects.get()
    screens = [
        ("podstawa", {"kind": "tax"}),
        ("pit", {"tax_form": "PIT-37", "tax_year": str(now.year - 1), "has_filing_proof": "on"}),
        ("adres", {"street": "Batorego", "number": "12/3", "flat": ""}),
        ("dokumenty", {"tax": applicants.paper()}),
        ("zdjecie", {"photo": applicants.picture()}),
        ("karta", {"wants_plastic": "yes"}),
    ]
    for place, (code, data) in enumerate(screens):
        draft.refresh_from_db()
        answer = mine.post(step(draft, code), {**data, "revision": draft.revision})
        after = (
            step(draft, screens[place + 1][0]) if place + 1 < len(screens) else reverse("resident_card:review", args=[draft.pk])
        )
        assert (answer.status_code, answer.headers.get("Location")) == (302, after), code

    draft.refresh_from_db()
    checked = mine.get(reverse("resident_card:review", args=[draft.pk])).content.decode()
    assert all(words in checked for words in ("PIT-37", "Batorego", "Tak, poproszę też plastikową", "pit.pdf", "Wyślij wniosek"))
    answer = mine.post(
        reverse("resident_card:review", args=[draft.pk]), {"key": uuid.uuid4(), "revision": draft.revision}, follow=True
    )

    draft.refresh_from_db()
    assert answer.redirect_chain == [(reverse("resident_card:sent", args=[draft.pk]), 302)]
    assert f"KM/1/{now.year}" in answer.content.decode()
    assert (draft.status, draft.wants_plastic) == (ApplicationStatus.SUBMITTED, True)


def test_sending_asks_for_a_second_step_and_comes_back(client, anna, kowalska, sign_in):
    """S9"""
    draft = applicants.filled(kowalska, moment=timezone.now())
    weak = sign_in(client, anna, strong=False)

    shown = weak.get(reverse("resident_card:review", args=[draft.pk])).content.decode()
    answer = weak.post(reverse("resident_card:review", args=[draft.pk]), {"key": uuid.uuid4(), "revision": draft.revision})

    assert "Wyślij wniosek" not in shown
    assert answer.headers["Location"].startswith(reverse("strong_sign_in"))
    assert Application.objects.get().status == ApplicationStatus.DRAFT


def test_an_error_stands_beside_its_field_and_nothing_typed_is_lost(mine, kowalska):
    draft = applicants.begun(kowalska)
    mine.post(step(draft, "podstawa"), {"kind": "registered_for_a_time", "revision": 0})

    answer = mine.post(step(draft, "zameldowanie"), {"valid_from": "2027-02-01", "valid_to": "2027-01-01", "revision": 1})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="id_valid_to_error"' in page
    assert 'value="2027-02-01"' in page


def test_another_devices_answer_is_shown_before_it_is_overwritten(mine, kowalska, anna):
    draft = applicants.begun(kowalska)
    applying.save_step(draft, "podstawa", {"kind": "tax"}, revision=0, by=anna, moment=timezone.now())

    told = mine.post(step(draft, "podstawa"), {"kind": "registered", "revision": 0})
    draft.refresh_from_db()
    assert (told.status_code, draft.details["podstawa"]["kind"]) == (409, "tax")
    mine.post(step(draft, "podstawa"), {"kind": "registered", "revision": draft.revision})

    draft.refresh_from_db()
    assert draft.details["podstawa"]["kind"] == "registered"


def test_good_files_stay_when_one_is_refused(mine, kowalska, anna):
    draft = applicants.begun(kowalska)
    for code, answers in applicants.TAX.items():
        applying.save_step(draft, code, answers, revision=draft.revision, by=anna, moment=timezone.now())

    answer = mine.post(
        step(draft, "dokumenty"), {"tax": [applicants.paper("dobry.pdf"), applicants.paper("zly.exe")], "revision": 2}
    )

    assert answer.status_code == 422
    assert "zly.exe" in answer.content.decode()
    assert [one.file.name for one in draft.files.all()] == ["dobry.pdf"]


def test_of_fifty_files_ten_are_kept_and_the_limit_is_told_once(mine, kowalska, anna):
    """3.7"""
    draft = applicants.begun(kowalska)
    for code, answers in applicants.TAX.items():
        applying.save_step(draft, code, answers, revision=draft.revision, by=anna, moment=timezone.now())

    answer = mine.post(step(draft, "dokumenty"), {"tax": [applicants.paper() for _ in range(50)], "revision": 2})

    assert answer.status_code == 422
    assert answer.context["form"].errors["tax"] == ["Do wniosku można dołączyć najwyżej 10 plików."]
    assert draft.files.count() == 10


def test_a_photo_is_not_asked_for_twice(mine, kowalska):
    draft = applicants.begun(kowalska)
    mine.post(step(draft, "zdjecie"), {"photo": applicants.picture()})

    again = mine.post(step(draft, "zdjecie"), {})

    assert again.status_code == 302
    assert Photo.objects.count() == 1


def test_a_draft_goes_on_at_its_first_open_screen(mine, kowalska, anna):
    draft = applicants.begun(kowalska)
    applying.save_step(draft, "podstawa", {"kind": "registered"}, revision=0, by=anna, moment=timezone.now())

    assert mine.get(reverse("resident_card:application", args=[draft.pk])).headers["Location"] == step(draft, "adres")


def test_a_draft_is_thrown_away_and_a_sent_application_taken_back(mine, kowalska):
    draft = applicants.begun(kowalska)
    mine.post(reverse("resident_card:withdraw", args=[draft.pk]))
    assert not Application.objects.exists()

    done = applicants.sent(kowalska, moment=timezone.now())
    mine.post(reverse("resident_card:withdraw", args=[done.pk]))

    done.refresh_from_db()
    assert done.status == ApplicationStatus.WITHDRAWN
    assert not Photo.objects.exists()


def test_co_u_mnie_tells_where_an_application_stands_beside_the_persons_row(kowalska, django_assert_max_num_queries):
    """In no query of its own: the rooms are asked in one statement, e-BOI and consultations in three."""
    now = timezone.now()
    done = applicants.sent(kowalska, moment=now)
    applicants.begun(kowalska, person=None)

    with django_assert_max_num_queries(4):
        items = [item for rows in agenda_of(kowalska.account, now).values() for item in rows]

    assert {item.title for item in items} == {f"Urząd odpowie na wniosek {done.mark}", "Dokończ wniosek: Pakiet Mieszkańca"}
    assert next(item.due_on for item in items if item.due_on) == done.due_on


def test_what_was_typed_on_a_screen_when_the_session_ended_waits_behind_the_sign_in(mine, kowalska, anna, sign_in):
    """3.7: nothing typed is lost; it is shown, not stored, and sealed in the meantime."""
    draft = applicants.begun(kowalska)
    typed = {"street": "Batorego", "number": "12/3", "flat": "", "revision": draft.revision}
    mine.logout()

    to_sign_in = mine.post(step(draft, "adres"), typed)
    sealed = str(dict(mine.session))
    back = sign_in(mine, anna).get(step(draft, "adres")).content.decode()
    draft.refresh_from_db()

    assert to_sign_in.headers["Location"].endswith(f"?next={step(draft, 'adres')}")
    assert "Batorego" not in sealed
    assert 'value="12/3"' in back and "Batorego" in back
    assert "adres" not in draft.details
