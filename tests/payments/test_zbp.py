"""The code of a transfer: nine fields, integer grosze, nothing that a bank would refuse."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payments import zbp
from tests.payments.cast import NUMBER, WRONG_NUMBER

NAME, TITLE = "Miasto Pruszcz Gd.", "PL/12/2026 Duplikat karty"
# What is printable in Polish: letters, digits, marks; no pipe, no space at an end.
WORDS = st.text(st.characters(categories=["L", "N", "P"], exclude_characters="|"), min_size=1)


def code(**fields):
    return zbp.TransferCode(**{"account": NUMBER, "grosze": 2000, "name": NAME, "title": TITLE, **fields})


def read(text):
    """The fields as a bank's app parts them; an own reading, so that the writer is not checked by itself."""
    nip, country, account, amount, name, title, ref, invobill, reserved = text.split("|")
    assert (country, len(amount)) == ("PL", 6)
    return {
        "nip": nip, "account": account, "grosze": int(amount), "name": name, "title": title, "ref": ref, "invobill": invobill,
        "reserved": reserved,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "written"),
    [
        ({}, "5930206827|PL|82102052260000610204177895|002000|Miasto Pruszcz Gd.|PL/12/2026 Duplikat karty|||"),
        ({"grosze": 1}, "5930206827|PL|82102052260000610204177895|000001|Miasto Pruszcz Gd.|PL/12/2026 Duplikat karty|||"),
        ({"grosze": 999_999, "nip": ""}, "|PL|82102052260000610204177895|999999|Miasto Pruszcz Gd.|PL/12/2026 Duplikat karty|||"),
        (
            {"grosze": 1999, "title": "Żółć 1/2026", "ref": "a", "invobill": "b", "reserved": "c"},
            "5930206827|PL|82102052260000610204177895|001999|Miasto Pruszcz Gd.|Żółć 1/2026|a|b|c",
        ),
    ],
)
def test_the_code_is_written_as_banks_read_it(fields, written):
    assert str(code(**fields)) == written


@given(
    grosze=st.integers(1, zbp.MOST_GROSZE), name=WORDS, title=WORDS, ref=st.just("") | WORDS, invobill=st.just("") | WORDS,
    reserved=st.just("") | WORDS,
)  # fmt: skip
def test_what_is_written_is_read_back_and_fits(grosze, **texts):
    fields = {"grosze": grosze, **{name: text[: zbp.LIMITS[name]] for name, text in texts.items()}}

    written = str(code(**fields))

    assert read(written) == {"nip": zbp.TOWN_NIP, "account": NUMBER, **fields}
    assert len(written) <= zbp.LONGEST


@given(text=st.text(), limit=st.sampled_from(sorted(zbp.LIMITS.values())))
def test_any_text_is_cut_to_what_a_field_takes(text, limit):
    cut = zbp.fitted(text, limit)

    assert len(cut) <= limit
    assert read(str(code(reserved=cut[:24])))["reserved"] == cut[:24].strip() or cut[:24] != cut[:24].strip()


def test_words_stay_whole_where_one_fits():
    assert zbp.fitted("PL/12/2026 Duplikat karty mieszkańca miasta", 32) == "PL/12/2026 Duplikat karty"
    assert zbp.fitted("Konstantynopolitańczykowianeczka bis", 20) == "Konstantynopolitańcz"
    assert zbp.fitted("a|b\n c\u202e", 20) == "a/b c"


@pytest.mark.parametrize("grosze", [0, -1, 1_000_000])
def test_a_sum_that_six_digits_do_not_hold_is_refused(grosze):
    with pytest.raises(zbp.NotInCode):
        code(grosze=grosze)


@pytest.mark.parametrize("grosze", [20.0, 19.99, "2000", True])
def test_grosze_are_an_integer_and_nothing_else(grosze):
    """A float times a hundred is how a grosz gets lost."""
    with pytest.raises(TypeError):
        code(grosze=grosze)


@pytest.mark.parametrize(
    "wrong",
    [
        {"account": WRONG_NUMBER},
        {"account": NUMBER[:-1]},
        {"account": NUMBER.replace("8", "٨")},
        {"nip": "5930206828"},
        {"nip": "593-020-68-27"},
        {"name": "x" * 21},
        {"name": ""},
        {"title": "x" * 33},
        {"title": ""},
        {"title": "a|b"},
        {"title": "a\nb"},
        {"ref": "x" * 21},
        {"invobill": "x" * 13},
        {"reserved": "x" * 25},
    ],
)
def test_what_a_bank_would_refuse_is_refused_here(wrong):
    with pytest.raises(zbp.NotInCode):
        code(**wrong)


def test_the_number_of_a_sample_must_be_wrong():
    assert WRONG_NUMBER in str(code(account=WRONG_NUMBER, is_sample=True))
    with pytest.raises(zbp.NotInCode):
        code(is_sample=True)


@pytest.mark.parametrize("place", range(26))
def test_one_wrong_digit_of_an_account_is_seen(place):
    for digit in set("0123456789") - {NUMBER[place]}:
        assert not zbp.is_nrb(NUMBER[:place] + digit + NUMBER[place + 1 :])


def test_the_pictures_are_drawn_black_on_white_with_a_quiet_zone():
    drawn = zbp.svg(code()).decode()

    assert drawn.startswith("<svg") and 'fill="#fff"' in drawn and 'stroke="#000"' in drawn
    assert zbp.png(code()).startswith(b"\x89PNG")
