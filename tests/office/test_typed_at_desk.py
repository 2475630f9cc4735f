"""S13 at the clerks' desk: a session ends while a form is being typed, and nothing typed is lost, sent by itself or shown to another."""

import time
import uuid

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from accounts import kept
from accounts.kept import mark_of
from tests.factories import make_unit
from tests.office.errands import Errand, ErrandAdmin, Status
from tests.office.test_admin_buttons import allow

LONG = "Uzasadnienie, które pisze się długo. " * 200


@pytest.fixture
def errand(db, settings):
    settings.ROOT_URLCONF = "tests.office.errands"
    with connection.schema_editor() as editor:
        editor.create_model(Errand)
    return Errand.objects.create(id=uuid.uuid4(), status=Status.OPEN)


@pytest.fixture
def clerk(errand, celina):
    allow(celina, "view_errand", "lead_errand")
    return celina


@pytest.fixture
def desk(clerk, client, sign_in):
    return sign_in(client, clerk)


@pytest.fixture
def unit(db):
    return make_unit()


def page(errand):
    return f"/urzad/office/errand/{errand.pk}/czynnosc/finish/"


def typed_in(client, url, **typed):
    """What the browser would post from the page as it is drawn now."""
    body = client.get(url).content.decode()
    mark = body.partition('name="typed_by" value="')[2].partition('"')[0]
    return {**typed, "seen": Status.OPEN, "typed_by": mark}


def end_session_in_the_database():
    Session.objects.all().delete()


def said(response):
    return " ".join(str(one) for one in get_messages(response.wsgi_request))


def test_a_verb_typed_when_the_session_ended_comes_back_filled_and_was_not_done(desk, errand, clerk, sign_in):
    typed = typed_in(desk, page(errand), answer=LONG)
    end_session_in_the_database()

    answer = desk.post(page(errand), typed)

    assert answer.status_code == 302
    assert Errand.objects.get().status == Status.OPEN
    sign_in(desk, clerk)
    again = desk.get(page(errand))
    assert again.context["form"]["answer"].value() == LONG
    assert "jeszcze nie zostało wysłane" in again.content.decode()
    assert "Plików" not in again.content.decode()
    assert Errand.objects.get().status == Status.OPEN
    assert desk.post(page(errand), typed_in(desk, page(errand), answer=LONG)).status_code == 302
    assert Errand.objects.get().answer == LONG.strip()
    assert kept.KEY not in desk.session


def test_what_celina_typed_is_never_shown_to_dariusz(desk, errand, clerk, dariusz, sign_in):
    allow(dariusz, "view_errand", "lead_errand")
    typed = typed_in(desk, page(errand), answer=LONG)
    end_session_in_the_database()
    desk.post(page(errand), typed)

    sign_in(desk, dariusz)
    seen = desk.get(page(errand))

    assert seen.context["form"]["answer"].value() is None
    assert kept.KEY not in desk.session
    sign_in(desk, clerk)
    assert desk.get(page(errand)).context["form"]["answer"].value() is None


def test_without_the_mark_of_who_typed_nothing_is_kept(desk, errand):
    typed = typed_in(desk, page(errand), answer=LONG)
    end_session_in_the_database()

    for mark in ("", "nobody", typed["typed_by"][:-1] + "x"):
        desk.post(page(errand), {**typed, "typed_by": mark})
        assert kept.KEY not in desk.session


def test_it_lies_encrypted_and_for_an_hour(desk, errand, clerk, sign_in, time_machine):
    typed = typed_in(desk, page(errand), answer=f"{LONG} 44051401359")
    end_session_in_the_database()
    desk.post(page(errand), typed)

    assert "44051401359" not in str(dict(desk.session.items()))
    time_machine.move_to(time.time() + kept.KEEP + 1)
    sign_in(desk, clerk)
    assert desk.get(page(errand)).context["form"]["answer"].value() is None


def test_more_than_a_long_decision_is_not_kept_and_that_is_said(desk, errand):
    typed = typed_in(desk, page(errand), answer="a" * (kept.LONGEST_OF_STAFF + 1))
    end_session_in_the_database()

    answer = desk.post(page(errand), typed)

    assert kept.KEY not in desk.session
    assert "nie udało się przechować" in said(answer)


def test_files_are_to_be_chosen_again_and_that_is_said(desk, errand, clerk, sign_in):
    typed = typed_in(desk, page(errand), answer=LONG)
    end_session_in_the_database()
    desk.post(page(errand), {**typed, "scan": SimpleUploadedFile("pismo.pdf", b"%PDF-1.4")})

    sign_in(desk, clerk)

    assert "wybierz je jeszcze raz" in desk.get(page(errand)).content.decode()


def test_a_case_that_moved_meanwhile_is_told_with_the_text_still_there(desk, errand, clerk, sign_in):
    typed = typed_in(desk, page(errand), answer=LONG)
    end_session_in_the_database()
    desk.post(page(errand), typed)
    Errand.objects.update(status=Status.DONE)

    sign_in(desk, clerk)
    again = desk.get(page(errand))

    assert again.status_code == 409
    assert again.context["form"]["answer"].value() == LONG
    assert "stan sprawy zmienił się" in again.content.decode()


def test_a_form_drawn_before_signing_in_again_elsewhere_comes_back_and_is_not_refused_as_void(errand, clerk, sign_in):
    """The form's token changed with the new sign-in; that used to be a page that says that it was lost."""
    desk = sign_in(Client(enforce_csrf_checks=True), clerk)
    typed = typed_in(desk, page(errand), answer=LONG)

    answer = desk.post(page(errand), {**typed, "csrfmiddlewaretoken": "z" * 64})

    assert (answer.status_code, answer["Location"]) == (302, page(errand))
    assert desk.get(page(errand)).context["form"]["answer"].value() == LONG
    assert Errand.objects.get().status == Status.OPEN


def test_a_void_form_of_another_is_refused_and_kept_for_nobody(errand, clerk, dariusz, sign_in):
    desk = sign_in(Client(enforce_csrf_checks=True), dariusz)

    answer = desk.post(page(errand), {"answer": LONG, "typed_by": mark_of(clerk), "csrfmiddlewaretoken": "z" * 64})

    assert answer.status_code == 403
    assert kept.KEY not in desk.session


def test_a_form_of_the_desk_comes_back_filled_with_its_rows_and_saves_nothing(client, celina, unit, sign_in):
    url = f"/urzad/eboi/unit/{unit.pk}/change/"
    celina.user_permissions.set(Permission.objects.filter(codename__in=["change_unit", "view_unit", "add_unitmember"]))
    desk = sign_in(client, celina)
    rows = {"members-TOTAL_FORMS": "1", "members-INITIAL_FORMS": "0", "members-0-user": str(celina.pk), "members-0-unit": ""}
    typed = typed_in(desk, url, name="Referat, którego nazwę ktoś właśnie pisze", **rows)
    end_session_in_the_database()

    desk.post(url, typed)
    sign_in(desk, celina)
    again = desk.get(url)

    assert again.context["adminform"].form["name"].value() == "Referat, którego nazwę ktoś właśnie pisze"
    body = again.content.decode()
    assert f'<option value="{celina.pk}" selected>' in body
    assert "jeszcze nie zostało wysłane" in body
    unit.refresh_from_db()
    assert unit.name != "Referat, którego nazwę ktoś właśnie pisze"
    assert not unit.members.exists()


def test_every_form_of_the_desk_carries_the_mark():
    """A desk that does not show what was typed would lose it."""
    from accounts.desk import ShowsTyped

    without = [str(desk) for model, desk in admin.site._registry.items() if not isinstance(desk, ShowsTyped)]

    assert without == ["accounts.RoleGrantAdmin"]  # nothing is typed there
    assert isinstance(ErrandAdmin(Errand, admin.site), ShowsTyped)
