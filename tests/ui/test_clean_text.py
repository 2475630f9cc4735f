import unicodedata

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from ui.fields import CleanCharField
from ui.text import clean_text, hidden_letter


def test_what_can_not_be_seen_is_dropped_and_the_rest_stays():
    """S43: NUL, control characters, lone surrogates, marks that turn the reading direction."""
    assert clean_text("An\x00na\u202e \ud800Kowal\u200bska\x1b[31m") == "Anna Kowalska[31m"
    assert clean_text("Z\u0307o\u0301łć") == "Żółć"
    assert clean_text("a\tb\u00a0c\u2028d") == "a b c d"


def test_a_longer_text_keeps_its_lines():
    field = CleanCharField(multiline=True)

    assert field.clean("Dzień dobry,\r\n\r\nproszę o odpis.  \n") == "Dzień dobry,\n\nproszę o odpis."


@pytest.mark.parametrize(
    "pasted",
    [
        "\u202a+48 123 456 789\u202c",
        "\u2068+48 123\u2069 456 789",
        "+48\u00ad 123\u200b 456\u2060 789\ufeff",
        "\u200e+48 123 456 789",
    ],
)
def test_marks_that_phones_and_pages_leave_around_a_text_go_in_silence(pasted):
    assert CleanCharField().clean(pasted) == "+48 123 456 789"


def test_a_family_of_emoji_stays_whole():
    assert CleanCharField().clean("rodzina 👨\u200d👩\u200d👧 \u2764\ufe0f") == "rodzina 👨\u200d👩\u200d👧 \u2764\ufe0f"


@pytest.mark.parametrize(
    "letter", ["\x00", "\x07", "\x0b", "\x1b", "\x7f", "\x85", "\u202d", "\u202e", "\u2063", "\ufffa", "\U000e0041"]
)
def test_a_hidden_character_is_refused_with_its_place(letter):
    """S43: nothing is dropped behind the back of who typed it, and nobody can be shown another text than the one kept."""
    with pytest.raises(ValidationError) as refused:
        CleanCharField().clean(f"Proszę o odpis aktu{letter} urodzenia")

    (message,) = refused.value.messages
    assert message == (
        f"Za „o odpis aktu” jest znak, którego nie widać (U+{ord(letter):04X}). Usuń to miejsce i wpisz je od nowa."
    )


def test_a_hidden_character_at_the_beginning_is_named_so():
    with pytest.raises(ValidationError, match=r"Na początku jest znak, którego nie widać \(U\+0000\)"):
        CleanCharField().clean("\x00Anna")


def test_the_place_in_a_long_text_is_quoted_by_its_last_words():
    assert hidden_letter("słowo " * 1000 + "ostatnie wyrazy\x07 i dalej") == ("U+0007", "słowo ostatnie wyrazy")


@given(st.text(alphabet=st.characters()), st.booleans())
def test_any_text_comes_out_clean_and_cleaning_twice_is_once(text, multiline):
    """S43"""
    cleaned = clean_text(text, multiline=multiline)

    assert clean_text(cleaned, multiline=multiline) == cleaned
    assert hidden_letter(text) or hidden_letter(cleaned) is None
    assert not any(unicodedata.category(letter) in ("Cc", "Cs") and letter not in "\n\t" for letter in cleaned)
    cleaned.encode()
