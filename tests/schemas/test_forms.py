"""A page as a Django form: drawn by the house's renderer, checked once, nothing typed lost, whole without JavaScript."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from schemas.computed import Context
from schemas.forms import page_form
from tests.schemas.conftest import DAY, PESEL


def page_of(do_1, code, answers, data=None, files=None, **more):
    return page_form(
        do_1, do_1.page(code), answers=answers, day=DAY, data=QueryDict(data) if data is not None else None, files=files, **more
    )


def outside_templates(html):
    return re.sub(r"<template>.*?</template>", "", html, flags=re.S)


def test_a_good_page_gives_its_answers(do_1):
    form = page_of(do_1, "rola", {"reason": "first"}, "role=owner&payer=person")

    assert form.is_valid()
    assert form.cleaned_data == {"role": "owner", "payer": "person"}


def test_a_wrong_answer_comes_back_as_typed_with_words_beside_it(do_1):
    form = page_of(do_1, "dane", {"payer": "person"}, "first-name=Anna&last-name=Z&pesel=9009051583")

    html = str(form)

    assert form.errors == {"pesel": ["Numer PESEL ma 11 cyfr, wpisano 10."]}
    assert 'value="9009051583"' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_pesel_helptext id_pesel_error"' in html


def test_a_kept_pesel_never_returns_to_the_page(do_1):
    """S55"""
    html = str(page_of(do_1, "dane", {"payer": "person", "pesel": PESEL}))

    assert PESEL not in html
    assert "Zapisany numer: 90•••••••36." in html


@pytest.mark.parametrize("name", ["pesel", "nip"])
def test_numbers_of_people_and_firms_open_a_keyboard_of_digits_and_are_not_offered_again(do_1, name):
    payer = {"pesel": "person", "nip": "company"}[name]
    html = str(page_of(do_1, "dane", {"payer": payer}))

    box = re.search(rf'<input[^>]*name="{name}"[^>]*>', html).group()
    assert 'inputmode="numeric"' in box
    assert 'autocomplete="off"' in box


def test_names_carry_the_token_that_lets_a_browser_fill_them(do_1):
    """WCAG 1.3.5"""
    html = str(page_of(do_1, "dane", {"payer": "person"}))

    assert re.search(r'name="first-name"[^>]*autocomplete="given-name"', html)
    assert re.search(r'name="phone"[^>]*autocomplete="tel"', html)
    assert "(nieobowiązkowe)" in html


def test_a_date_is_three_boxes_and_keeps_what_was_typed_in_each(do_1):
    form = page_of(do_1, "data", {"reason": "first"}, "first-day_day=31&first-day_month=2&first-day_year=2026")

    html = str(form)

    assert form.errors == {"first-day": ["Takiego dnia nie ma w kalendarzu. Sprawdź dzień i miesiąc."]}
    assert [re.search(rf'name="first-day_{part}" value="(\d+)"', html)[1] for part in ("day", "month", "year")] == [
        "31",
        "2",
        "2026",
    ]
    assert re.search(r'<label for="id_first-day_0">Dzień</label>', html)


def test_a_kept_date_and_address_return_to_their_boxes(do_1, anna_answers):
    day, address = str(page_of(do_1, "data", anna_answers)), str(page_of(do_1, "adres", anna_answers))

    assert [re.search(rf'name="first-day_{part}" value="(\d+)"', day)[1] for part in ("day", "month", "year")] == [
        "20",
        "2",
        "2026",
    ]
    assert 'name="address_street" value="Batorego"' in address
    assert 'name="address_flat" value="3"' in address
    assert address.count('<option value="Batorego"></option>') == 1
    assert "js/residents/address.js" in address and "<script" not in day


def test_a_radio_is_tied_to_its_hint(do_1):
    html = str(page_of(do_1, "powod", {}))

    assert 'aria-describedby="id_reason_0_hint"' in html
    assert re.search(r'<p class="option__hint" id="id_reason_0_hint">Masz na to 14\xa0dni', html)


def test_notes_stand_between_questions_and_hidden_ones_do_not(do_1):
    html = str(page_of(do_1, "data", {"reason": "first"}))

    assert "w\u00a0ciągu 14\u00a0dni" in html
    assert "do 10. dnia" not in html


def test_a_question_that_waits_for_its_condition_lies_in_a_template_that_nobody_sees(do_1):
    html = str(page_of(do_1, "kompost", {"reason": "first"}))

    assert 'name="compost-volume"' in html
    assert 'name="compost-volume"' not in outside_templates(html)
    assert "data-shown-when" in html


def test_without_javascript_the_page_is_asked_again_with_the_new_question_and_nothing_is_lost(do_1):
    form = page_of(do_1, "kompost", {"reason": "first"}, "house=yes")

    html = outside_templates(str(form))

    assert form.errors == {"composting": ["To pytanie doszło po Twojej odpowiedzi powyżej. Uzupełnij je, proszę."]}
    assert re.search(r'name="house" value="yes"[^>]*checked', html)
    assert 'name="composting"' in html


def test_an_optional_question_brought_up_by_an_answer_is_shown_before_going_on(make_form):
    form = make_form(
        {"code": "pet", "kind": "yes_no", "label": "Czy masz psa?"},
        {
            "code": "name", "kind": "short_text", "label": "Jak się wabi?", "is_required": False,
            "shown_when": {"rows": [{"asked": "pet", "operator": "is", "value": "yes"}]},
        },
    )  # fmt: skip
    first = page_form(form, form.pages[0], answers={}, data=QueryDict("pet=yes"))
    again = page_form(form, form.pages[0], answers={}, data=QueryDict("pet=yes&_asked=name&name="))

    assert first.errors == {"name": ["To pytanie doszło po Twojej odpowiedzi powyżej. Uzupełnij je, proszę."]}
    assert again.is_valid()
    assert again.cleaned_data == {"pet": "yes"}


def test_a_script_that_hides_a_question_sends_no_answer_to_it(do_1):
    form = page_of(do_1, "kompost", {"reason": "first", "composting": "yes"}, "house=no")

    assert form.is_valid()
    assert form.cleaned_data == {"house": "no"}


def test_a_computed_field_shows_what_can_be_counted_so_far_or_what_is_missing(do_1, anna_answers):
    context = Context(DAY)

    assert "96,00\u00a0zł (3\u00a0os.)" in str(page_of(do_1, "oplata", anna_answers, context=context))
    for half in ({"reason": "first"}, {"reason": "first", "residents-count": "trzy"}):
        assert "Wpisz, ile osób mieszka w\u00a0domu." in str(page_of(do_1, "oplata", half, context=context))
    assert "note--computed" not in str(page_of(do_1, "oplata", anna_answers))


def test_files_come_by_one_field_and_the_form_says_it_has_them(do_1):
    upload = MultiValueDict({"attachments": [SimpleUploadedFile("a.pdf", b"x"), SimpleUploadedFile("b.pdf", b"x")]})
    form = page_of(do_1, "zalaczniki", {"reason": "first"}, "", upload)

    assert form.has_files
    assert form.is_valid()
    assert [file.name for file in form.uploads("attachments")] == ["a.pdf", "b.pdf"]
    assert re.search(r'<input type="file" name="attachments"[^>]*multiple', str(form))


def test_nothing_in_a_page_needs_an_inline_style_or_script(do_1, anna_answers):
    for page in do_1.pages:
        html = str(page_of(do_1, page.code, anna_answers))
        assert "style=" not in html
        assert "<script>" not in html
        assert not re.search(r"\son\w+=", html)
