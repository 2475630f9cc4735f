from datetime import date

from schemas.checking import canonical, check_all, check_page
from schemas.computed import Context
from tests.schemas.conftest import DAY


def test_a_complete_declaration_is_kept_as_it_was_and_its_fee_is_counted(do_1, anna_answers):
    checked = check_all(do_1, anna_answers, context=Context(DAY))

    assert checked.errors == {}
    assert checked.answers == anna_answers
    assert checked.computed["fee"].text == "96,00 zł"
