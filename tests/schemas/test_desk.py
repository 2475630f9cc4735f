"""The builder on the desk: drafts are edited, published versions are only read, nobody without the right sees them."""

import pytest
from django.test import Client
from django.urls import reverse

from schemas.actions import next_version
from schemas.models import Definition, Page, Question, Version
from tests.schemas.conftest import PESEL


@pytest.fixture
def desk(dariusz, sign_in):
    return sign_in(Client(), dariusz)


@pytest.fixture
def published(do_1):
    return Version.objects.get()


@pytest.fixture
def draft(published):
    return next_version(published, by=None)


def url(name, *args):
    return reverse(f"admin:schemas_{name}", args=args)


def test_a_form_is_built_from_nothing_and_published(desk, functions, db):
    desk.post(url("definition_add"), {"title": "Wniosek o psa", "code": "pies", **inline("versions", 0)})
    definition = Definition.objects.get(code="pies")
    desk.post(url("definition_verb", definition.pk, "first_version"), {"seen": ""})
    version = definition.versions.get()
    pages = {"pages-0-order": "1", "pages-0-code": "dane", "pages-0-title": "Dane"}
    desk.post(url("version_change", version.pk), {**TEXTS, **inline("pages", 1), **pages})
    page = version.pages.get()
    questions = {
        "questions-0-order": "1",
        "questions-0-code": "imie",
        "questions-0-kind": "short_text",
        "questions-0-label": "Imię psa",
    }
    desk.post(
        url("page_change", page.pk),
        {"order": "1", "code": "dane", "title": "Dane", "intro": "", **inline("questions", 1), **questions},
    )

    answer = desk.post(url("version_verb", version.pk, "publish"), {"seen": ""}, follow=True)

    assert "Wersja jest ogłoszona." in answer.content.decode()
    assert definition.current() == version


TEXTS = {"title": "", "intro": "", "instruction": "", "source": ""}


def inline(name, count):
    return {f"{name}-TOTAL_FORMS": str(count), f"{name}-INITIAL_FORMS": "0"}


def test_a_published_version_is_shown_and_not_changed(desk, published):
    page = desk.get(url("version_change", published.pk))
    refused = desk.post(url("version_change", published.pk), {**TEXTS, "title": "Inny", **inline("pages", 0)})

    html = page.content.decode()
    assert 'name="title"' not in html
    assert "Załóż następną wersję" in html and "Ogłoś wersję" not in html
    assert refused.status_code == 403


@pytest.mark.parametrize("part", [Page, Question])
def test_parts_of_a_published_version_are_shown_and_not_changed(desk, published, part):
    name = part._meta.model_name
    one = part.objects.first()

    assert 'name="code"' not in desk.get(url(f"{name}_change", one.pk)).content.decode()
    assert desk.post(url(f"{name}_change", one.pk), {"code": "x"}).status_code == 403
    assert desk.post(url(f"{name}_delete", one.pk), {"post": "yes"}).status_code == 403


def test_a_draft_says_what_has_to_be_put_right_before_publishing(desk, draft):
    Question.objects.filter(page__version=draft, code="fee").update(computed_by="guess")

    html = desk.get(url("version_change", draft.pk)).content.decode()
    answer = desk.post(url("version_verb", draft.pk, "publish"), {"seen": ""})

    reason = "Pole „fee” wylicza „guess”, a program nie zna takiej nazwy."
    assert reason in html
    assert answer.status_code == 409 and reason in answer.content.decode()


def test_the_next_version_is_one_press_away(desk, published):
    desk.post(url("version_verb", published.pk, "next_version"), {"seen": ""})

    assert list(published.definition.versions.values_list("number", flat=True)) == [2, 1]


def test_a_condition_is_picked_from_menus(desk, draft):
    question = Question.objects.get(page__version=draft, code="remarks")
    role = Question.objects.get(page__version=draft, code="role")

    page = desk.get(url("question_verb", question.pk, "set_condition"))
    desk.post(
        url("question_verb", question.pk, "set_condition"), {"seen": "", "needs_all": "all", "row_1": f"{role.pk}|is|manager"}
    )

    assert f'<option value="{role.pk}|is|manager">' in page.content.decode()
    html = desk.get(url("question_change", question.pk)).content.decode()
    assert "w pytaniu 7 zaznaczono „zarządca albo inna osoba, która włada nieruchomością”." in html


def test_a_computed_question_without_a_name_is_refused_beside_the_field(desk, draft):
    question = Question.objects.get(page__version=draft, code="remarks")
    data = {"order": "2", "code": "remarks", "kind": "computed", "label": "X", "hint": "", **inline("options", 0)}

    answer = desk.post(url("question_change", question.pk), data)

    assert "Pole wyliczane musi wskazywać, co je wylicza" in answer.content.decode()


def test_the_preview_walks_through_the_form_and_keeps_nothing(desk, draft):
    address = url("version_preview", draft.pk)

    first = desk.get(address)
    second = desk.post(address, {"_page": "powod", "_kept": "{}", "reason": "end"})
    wrong = desk.post(address, {"_page": "dane", "_kept": '{"payer": "person"}', "pesel": "123"})
    end = desk.post(
        address, {"_page": "pouczenie", "_kept": f'{{"reason": "end", "payer": "person", "pesel": "{PESEL}"}}', "truth": "on"}
    )

    assert "Dlaczego składasz deklarację" in first.content.decode()
    assert "Kiedy wyprowadziła się ostatnia osoba?" in second.content.decode()
    assert wrong.status_code == 422 and "Numer PESEL ma 11 cyfr, wpisano 3." in wrong.content.decode()
    assert "90•••••••36" in end.content.decode() and PESEL not in end.content.decode()


@pytest.mark.parametrize("kept", ["", "[]", "{", '{"reason": {}}', "nonsense"])
def test_a_forged_preview_is_answered(desk, draft, kept):
    answer = desk.post(url("version_preview", draft.pk), {"_page": "powod", "_kept": kept, "reason": "first"})

    assert answer.status_code == 200
    assert desk.post(url("version_preview", draft.pk), {"_page": "nie-ma"}).status_code == 404


def test_a_draft_has_its_sheets_on_the_desk(desk, draft):
    html = desk.get(url("version_paper", draft.pk)).content.decode()
    pdf = desk.get(url("version_paper_pdf", draft.pk))

    assert "DO-1/2/" in html
    assert pdf.content.startswith(b"%PDF-")


@pytest.mark.parametrize("name", ["version_change", "version_preview", "version_paper", "version_paper_pdf"])
def test_staff_without_the_right_and_residents_see_no_drafts(draft, celina, anna, sign_in, name):
    clerk, resident = sign_in(Client(), celina), sign_in(Client(), anna)

    assert clerk.get(url(name, draft.pk)).status_code in (403, 404)
    assert resident.get(url(name, draft.pk), follow=True).status_code == 404
    assert Client().get(url(name, draft.pk)).status_code == 302


# Surveys -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def survey_draft(survey):
    return next_version(Version.objects.get(pk=survey.version_id), by=None)


def test_the_difference_to_the_version_before_is_read_before_publishing(desk, survey_draft):
    before = desk.get(url("version_change", survey_draft.pk)).content.decode()
    Question.objects.filter(page__version=survey_draft, code="who").update(label="Kim jesteś dla tej ulicy?")
    reworded = desk.get(url("version_change", survey_draft.pk)).content.decode()
    Question.objects.filter(page__version=survey_draft, code="walk").delete()
    broken = desk.get(url("version_change", survey_draft.pk)).content.decode()

    assert "Nic. Szkic mówi to samo." in before
    assert "Inne słowa: „Kim jesteś?” to teraz „Kim jesteś dla tej ulicy?”." in reworded and "poprawka brzmienia" in reworded
    assert "Nie ma już „Kiedy możesz przyjść na spacer badawczy?”." in broken
    assert "zostanie zapytany o to, co się zmieniło" in broken


def test_a_question_that_looks_like_pesel_warns_and_forbids_nothing(desk, survey_draft):
    """C5"""
    Question.objects.filter(page__version=survey_draft, code="persons").update(label="Podaj swój nr PESEL")

    html = desk.get(url("version_change", survey_draft.pk)).content.decode()

    assert "„Podaj swój nr PESEL” wygląda na pytanie o PESEL." in html
    assert "Szkic jest spójny i można go ogłosić." in html


def test_flags_rows_and_days_are_edited_beside_the_question(desk, survey_draft):
    quality = Question.objects.get(page__version=survey_draft, code="quality")
    since = Question.objects.get(page__version=survey_draft, code="since")

    table = desk.get(url("question_change", quality.pk)).content.decode()
    day = desk.get(url("question_change", since.pk)).content.decode()
    desk.post(url("question_change", since.pk), {**question_data(since), "latest": "dziś", "earliest": "1945-03-22"})

    assert 'name="rows-0-code"' in table and 'name="options-0-takes_text"' in table
    assert 'name="latest" value="dziś"' in day
    since.refresh_from_db()
    assert (since.earliest, since.latest) == ("1945-03-22", "today")


def test_a_hidden_character_in_a_question_is_refused_beside_it(desk, survey_draft):
    since = Question.objects.get(page__version=survey_draft, code="since")

    answer = desk.post(url("question_change", since.pk), {**question_data(since), "label": "Od kiedy\u202e tu mieszkasz?"})

    assert "Za „Od kiedy” jest znak, którego nie widać (U+202E)." in answer.content.decode()


def question_data(question):
    texts = {
        "hint": "",
        "minimum": "",
        "maximum": "",
        "minimum_label": "",
        "maximum_label": "",
        "computed_by": "",
        "autocomplete": "",
    }
    own = {"order": question.order, "code": question.code, "kind": question.kind, "label": question.label}
    return {**texts, **own, **inline("options", 0), **inline("rows", 0)}


def test_a_form_is_copied_under_another_code(desk, survey):
    source = Definition.objects.get(code="sportowa")

    desk.post(url("definition_verb", source.pk, "clone_definition"), {"seen": "", "code": "grunwaldzka", "title": "Grunwaldzka"})
    taken = desk.post(url("definition_verb", source.pk, "clone_definition"), {"seen": "", "code": "sportowa", "title": "Inna"})

    assert Definition.objects.get(code="grunwaldzka").versions.get().is_draft
    assert "Kod „sportowa” ma już inny wzór. Wybierz inny." in taken.content.decode()


def test_a_condition_on_a_scale_is_picked_from_its_numbers(desk, survey_draft):
    walk = Question.objects.get(page__version=survey_draft, code="walk")
    safety = Question.objects.get(page__version=survey_draft, code="safety")

    html = desk.get(url("question_verb", walk.pk, "set_condition")).content.decode()

    assert f'<option value="{safety.pk}|at_most|2">' in html
    assert f'<option value="{safety.pk}|is|no-opinion">' in html
    assert f'<option value="{safety.pk}|at_least|no-opinion">' not in html
