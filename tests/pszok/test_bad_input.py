"""3.7 at the point: what people type in place of a code, a volume and a count."""

import pytest

from tests.pszok.test_gate import gate, post_line, text_of, visit  # noqa: F401 fixtures
from tests.pszok.test_gate import phone as phone
from tests.pszok.test_search import HOME

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("typed", ["99 99 99", "999999", "17 O1 O7", "١٧٠١٠٧", "17 01 07 " * 40, "<script>", "\u202e170107"])
def test_a_code_that_the_point_does_not_take_is_answered_with_names_to_choose_from(client, typed):
    answer = client.get(HOME, {"co": typed})

    assert answer.status_code == 200
    assert "Czysty gruz: 2000" not in text_of(answer)


@pytest.mark.parametrize(("fraction", "typed"), [("izolacje", {"litres": "6000,1"}), ("izolacje", {"litres": "6.0001"}), ("opony", {"pieces": "2.5"}), ("opony", {"pieces": "2,5"})])  # fmt: skip
def test_cubic_metres_and_half_pieces_are_told_beside_the_field(client, gate, visit, fraction, typed):  # noqa: F811
    answer = post_line(client, visit, fraction, **typed)

    assert answer.status_code == 422
    assert "Wpisz całe liczby, bez przecinka" in text_of(answer)
    assert next(iter(typed.values())) in text_of(answer)
