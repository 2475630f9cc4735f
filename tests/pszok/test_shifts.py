"""Who stands at the gate: a device enrolled once by a supervisor, an operator with a PIN."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from office.transitions import Refused
from pruszcz_portal import roles
from pszok import rules
from pszok.actions import shifts
from pszok.models import GateDevice, GateOperator
from tests.conftest import make_user
from tests.factories import TUESDAY
from tests.pszok.cast import make_point

PIN, WRONG = "246801", "135790"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def walentyna(db):
    return make_user("walentyna@pruszcz.example", "Walentyna Rek", roles.PSZOK_SUPERVISOR)


@pytest.fixture
def device(walentyna):
    return shifts.add_device(point=make_point(), name="Tablet przy wadze", by=walentyna, moment=TUESDAY)


@pytest.fixture
def franek(walentyna):
    return shifts.add_operator(point=make_point(), name="Franciszek Wilk", pin=PIN, by=walentyna)


def sign_on(device, franek, pin=PIN, moment=TUESDAY):
    return shifts.sign_on(device, franek, pin=pin, moment=moment)


def test_a_device_is_enrolled_by_a_code_once_and_only_hashes_are_kept(device):
    code = shifts.code_of(device, TUESDAY)

    enrolled, secret = shifts.enrol(code.lower(), moment=TUESDAY + 14 * MINUTE)
    with pytest.raises(Refused, match="nie działa"):
        shifts.enrol(code, moment=TUESDAY + 14 * MINUTE)

    assert shifts.device_of(secret) == enrolled == device
    row = GateDevice.objects.values().get()
    assert not [value for value in row.values() if secret in str(value) or code.replace(" ", "") in str(value)]
    assert shifts.code_of(enrolled, TUESDAY) is None


@pytest.mark.parametrize("code", ["", "AAAA BBBB CCCC", "1234"])
def test_a_code_that_is_none_enrols_nothing(device, code):
    with pytest.raises(Refused, match="nie działa"):
        shifts.enrol(code, moment=TUESDAY)


def test_a_code_lives_a_quarter_of_an_hour(device):
    code = shifts.code_of(device, TUESDAY)

    with pytest.raises(Refused, match="minął jego czas"):
        shifts.enrol(code, moment=TUESDAY + 16 * MINUTE)
    assert shifts.code_of(device, TUESDAY + 16 * MINUTE) is None


def test_a_revoked_device_is_shut_out_at_once(device, walentyna, franek):
    enrolled, secret = shifts.enrol(shifts.code_of(device, TUESDAY), moment=TUESDAY)
    sign_on(enrolled, franek)

    shifts.revoke(enrolled, by=walentyna, moment=TUESDAY)

    assert shifts.device_of(secret) is None
    with pytest.raises(Refused, match="wycofane"):
        shifts.new_code(enrolled, by=walentyna, moment=TUESDAY)


def test_only_a_supervisor_adds_devices_and_operators(celina):
    point = make_point()

    with pytest.raises(Refused, match="nadzorująca"):
        shifts.add_device(point=point, name="Tablet", by=celina, moment=TUESDAY)
    with pytest.raises(Refused, match="nadzorująca"):
        shifts.add_operator(point=point, name="Franek", pin=PIN, by=celina)


def test_a_pin_begins_a_shift_and_is_kept_as_argon2id(device, franek):
    sign_on(device, franek)

    assert rules.operator_of(device, TUESDAY) == franek
    assert franek.pin_hash.startswith("argon2$argon2id$")


def test_a_shift_ends_after_twenty_idle_minutes_and_after_twelve_hours(device, franek):
    sign_on(device, franek)

    assert rules.operator_of(device, TUESDAY + 20 * MINUTE) == franek
    assert rules.operator_of(device, TUESDAY + 21 * MINUTE) is None
    shifts.touch(device, moment=TUESDAY + 19 * MINUTE)
    assert rules.operator_of(device, TUESDAY + 38 * MINUTE) == franek
    shifts.touch(device, moment=TUESDAY + timedelta(hours=12))
    assert rules.operator_of(device, TUESDAY + timedelta(hours=12) + MINUTE) is None


def test_five_wrong_pins_lock_the_name_for_a_quarter_of_an_hour(device, franek):
    for left in (4, 3, 2, 1):
        with pytest.raises(Refused, match=f"prób: {left}"):
            sign_on(device, franek, WRONG)
    with pytest.raises(Refused, match="piąty"):
        sign_on(device, franek, WRONG)

    with pytest.raises(Refused, match="zablokowany"):
        sign_on(device, franek)
    assert sign_on(device, franek, moment=TUESDAY + 16 * MINUTE)


def test_a_right_pin_forgets_the_wrong_ones_and_a_new_one_ends_the_lock(device, franek, walentyna):
    with pytest.raises(Refused):
        sign_on(device, franek, WRONG)
    sign_on(device, franek)
    assert GateOperator.objects.get().wrong_pins == 0
    for _ in range(5):
        with pytest.raises(Refused):
            sign_on(device, franek, WRONG)

    shifts.set_pin(franek, pin="975310", by=walentyna)

    assert sign_on(device, franek, "975310")


@pytest.mark.parametrize("pin", ["12345", "1234567", "12345a", "111111", "123456", "987654", "", "١٢٣٤٥٨"])
def test_a_pin_is_six_digits_and_no_row(walentyna, pin):
    with pytest.raises(Refused, match="PIN"):
        shifts.add_operator(point=make_point(), name="Franek", pin=pin, by=walentyna)


def test_who_no_longer_works_here_is_signed_off_at_once(device, franek, walentyna):
    sign_on(device, franek)

    shifts.end_operator(franek, by=walentyna, moment=TUESDAY)

    device.refresh_from_db()
    assert rules.operator_of(device, TUESDAY) is None
    with pytest.raises(Refused, match="nie pracuje"):
        sign_on(device, franek)


@pytest.mark.django_db(transaction=True)
def test_guesses_at_many_devices_at_once_are_counted_all():
    """The row is locked while a PIN is checked: ten guesses at once are five counted and five that find the lock."""
    walentyna = make_user("walentyna@pruszcz.example", "Walentyna Rek", roles.PSZOK_SUPERVISOR)
    device = shifts.add_device(point=make_point(), name="Tablet", by=walentyna, moment=TUESDAY)
    franek = shifts.add_operator(point=device.point, name="Franek", pin=PIN, by=walentyna)

    def guess(_number):
        try:
            sign_on(device, franek, WRONG)
        except Refused as refused:
            return str(refused)
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        told = list(pool.map(guess, range(10)))

    assert sum("zablokowany" in one for one in told) == 5
    assert sum("piąty" in one for one in told) == 1
