from schemas.checking import check_all
from schemas.computed import Context
from schemas.readable import readable
from tests.schemas.conftest import DAY, PESEL


def lines(sections, title):
    return {line.code: line.text for section in sections if section.title == title for line in section.lines}


def test_answers_read_as_a_person_would_say_them(do_1, anna_answers):
    checked = check_all(do_1, anna_answers, context=Context(DAY))

    sections = readable(do_1, checked.answers, checked.computed)

    assert [section.title for section in sections][:3] == [
        "Dlaczego składasz deklarację",
        "Od kiedy",
        "Kim jesteś dla tej nieruchomości",
    ]
    assert lines(sections, "Od kiedy") == {"first-day": "20\u00a0lutego 2026\u00a0r."}
    assert lines(sections, "Dane płacącego") == {
        "first-name": "Anna", "last-name": "Żółkowska", "pesel": "90•••••••36", "phone": "123 456 789",
    }  # fmt: skip
    assert lines(sections, "Gdzie powstają odpady") == {"address": "Batorego 12a m. 3"}
    assert lines(sections, "Kompostowanie") == {
        "house": "tak", "composting": "tak", "compost-volume": "800", "compost-statement": "oświadczono",
    }  # fmt: skip
    assert lines(sections, "Twoja opłata") == {"fee": "96,00 zł (3 os.)"}
    assert lines(sections, "Załączniki") == {"attachments": "nie podano", "remarks": "nie podano"}


def test_stored_computed_values_read_the_same(do_1, anna_answers):
    stored = {"fee": {"value": {"grosze": 9600}, "text": "96,00 zł", "basis": ""}}

    assert lines(readable(do_1, anna_answers, stored), "Twoja opłata") == {"fee": "96,00 zł"}
    assert lines(readable(do_1, anna_answers), "Twoja opłata") == {"fee": "wyliczymy po wypełnieniu formularza"}


def test_pesel_is_masked_unless_asked_whole(do_1, anna_answers):
    """S55 L23"""
    masked, whole = readable(do_1, anna_answers), readable(do_1, anna_answers, whole_pesel=True)

    assert PESEL not in str(masked)
    assert lines(whole, "Dane płacącego")["pesel"] == PESEL


def test_a_pesel_half_typed_is_not_shown_either(do_1, anna_answers):
    """S55: a number with one digit missing gives away as much."""
    sections = readable(do_1, {**anna_answers, "pesel": PESEL[:10]})

    assert lines(sections, "Dane płacącego")["pesel"] == "•" * 10


def test_files_and_choices_are_named(make_form):
    form = make_form(
        {
            "code": "c",
            "kind": "choices",
            "label": "Kolory",
            "options": [{"code": "r", "label": "czerwony"}, {"code": "b", "label": "biały"}],
        },
        {"code": "f", "kind": "file", "label": "Plik"},
    )
    file = {"id": "1", "name": "plan.pdf", "size": 1_400_000, "sha256": "0" * 64, "media_type": "application/pdf"}

    sections = readable(form, {"c": ["r", "b"], "f": [file]})

    assert [line.text for line in sections[0].lines] == ["czerwony; biały", "plan.pdf (1,4\u00a0MB)"]


def test_a_half_typed_draft_of_any_shape_can_be_read(do_1, anna_answers):
    rough = {
        **anna_answers,
        "first-day": {"day": "3", "month": "", "year": ""},
        "residents-count": "trzy",
        "house": "być może",
        "address": "x",
    }

    sections = readable(do_1, rough)

    assert lines(sections, "Od kiedy") == {"first-day": "3"}
