import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from ui.fields import CleanCharField
from ui.text import clean_text


def test_what_can_not_be_seen_is_dropped_and_the_rest_stays():
    """S43: NUL, control characters, lone surrogates, marks that turn the reading direction."""
    assert clean_text("An\x00na\u202e \ud800Kowal\u200bska\x1b[31m") == "Anna Kowalska[31m"
    assert clean_text("Z\u0307o\u0301łć") == "Żółć"
    assert clean_text("a\tb\u00a0c\u2028d") == "a b c d"


def test_a_longer_text_keeps_its_lines():
    field = CleanCharField(multiline=True)

    assert field.clean("Dzień dobry,\r\n\r\nproszę\x0b o odpis.  \n") == "Dzień dobry,\n\nproszę o odpis."


@given(st.text(alphabet=st.characters()), st.booleans())
def test_any_text_comes_out_clean_and_cleaning_twice_is_once(text, multiline):
    """S43"""
    cleaned = clean_text(text, multiline=multiline)

    assert clean_text(cleaned, multiline=multiline) == cleaned
    assert not any(unicodedata.category(letter) in ("Cc", "Cs") and letter not in "\n\t" for letter in cleaned)
    cleaned.encode()
