"""The supervisor's desk of the gate: devices with their codes, who works there, visits with consents and corrections."""

import pytest
from django.urls import reverse
from django.utils import timezone

from office.models import PersonalDataRead
from pruszcz_portal import roles
from pszok.actions import shifts
from pszok.models import GateDevice, GateOperator, LimitRule, QuotaBalance, Visit
from tests.factories import TUESDAY
from tests.pszok.cast import arrive, hand_in, line, make_gate, make_point
from tests.resident_card.cast import make_holder

pytestmark = pytest.mark.django_db


@pytest.fixture
def walentyna(make_account):
    return make_account("walentyna@pruszcz.example", "Walentyna Rek", roles.PSZOK_SUPERVISOR)


@pytest.fixture
def desk(client, sign_in, walentyna):
    return sign_in(client, walentyna)


def page(model, what="changelist", *args):
    return reverse(f"admin:pszok_{model}_{what}", args=args)


def press(desk, obj, name, **typed):
    seen = str(getattr(obj, "status", ""))
    return desk.post(page(obj._meta.model_name, "verb", obj.pk, name), {"seen": seen, **typed})


def test_a_supervisor_adds_a_device_and_reads_its_code_until_it_is_used(desk):
    answer = desk.post(page("gatedevice", "add"), {"point": make_point().pk, "name": "Tablet przy wadze"}, follow=True)
    device = GateDevice.objects.get()
    code = shifts.code_of(device, timezone.now())

    assert code in answer.content.decode()
    shifts.enrol(code, moment=timezone.now())
    assert code not in desk.get(page("gatedevice", "change", device.pk)).content.decode()


def test_a_device_gets_a_new_code_or_is_revoked(desk):
    device = make_gate().device

    assert press(desk, device, "new_code").status_code == 302
    device.refresh_from_db()
    assert shifts.code_of(device, timezone.now())
    assert press(desk, device, "revoke").status_code == 302
    device.refresh_from_db()
    assert device.revoked_at


def test_a_supervisor_adds_an_operator_and_sets_a_new_pin(desk):
    point = make_point()

    weak = desk.post(page("gateoperator", "add"), {"point": point.pk, "name": "Franek", "pin": "123456"})
    desk.post(page("gateoperator", "add"), {"point": point.pk, "name": "Franek", "pin": "246801"})
    franek = GateOperator.objects.get()
    press(desk, franek, "set_pin", pin="975310")
    franek.refresh_from_db()

    assert "zbyt łatwo" in weak.content.decode()
    device = make_gate(point).device
    assert shifts.sign_on(device, franek, pin="975310", moment=timezone.now())
    assert "975310" not in desk.get(page("gateoperator", "change", franek.pk)).content.decode()
    assert press(desk, franek, "end_operator").status_code == 302


def test_a_visit_shows_its_lines_and_each_look_is_written_down(desk, walentyna):
    """R90"""
    phone = make_holder()
    visit = hand_in(phone, make_gate(), line(kg=300))

    shown = desk.get(page("visit", "change", visit.pk)).content.decode()

    assert "300 kg" in shown
    assert "300 / 2000 kg" in shown
    assert PersonalDataRead.objects.filter(person=visit.person_id, reader=walentyna.subject).exists()
    assert desk.get(page("visit")).status_code == 200
    for which in ("poza", "korekty", "czesc"):
        assert desk.get(page("visit"), {"co": which}).status_code == 200


def test_a_line_is_corrected_by_a_button_with_a_reason(desk):
    """R63"""
    visit = hand_in(make_holder(), make_gate(), line(kg=300))

    refused = press(desk, visit, "correct_line", line=visit.lines.get().pk, kg="30", reason="")
    press(desk, visit, "correct_line", line=visit.lines.get().pk, kg="30", reason="Zero za dużo")

    assert refused.status_code == 422
    assert QuotaBalance.objects.get().used == 30
    assert "Zero za dużo" in desk.get(page("visit", "change", visit.pk)).content.decode()


def test_a_consent_over_the_limit_is_given_at_an_open_visit(desk):
    visit = arrive(make_holder(), make_gate())
    rule = LimitRule.objects.get(name="Czysty gruz")

    press(desk, visit, "allow_over", rule=rule.pk, amount="100", reason="Powódź")

    assert QuotaBalance.objects.get().most == 2100
    assert "Powódź" in desk.get(page("visit", "change", visit.pk)).content.decode()


def test_who_does_not_supervise_sees_neither_devices_nor_visits(client, sign_in, celina):
    gate = make_gate()
    visit = arrive(make_holder(), gate, TUESDAY)
    desk = sign_in(client, celina)

    for model, pk in (("gatedevice", gate.device.pk), ("gateoperator", gate.operator.pk), ("visit", visit.pk)):
        assert desk.get(page(model)).status_code == 403
        assert desk.get(page(model, "change", pk)).status_code in (302, 403)
    assert desk.get(page("gatedevice", "add")).status_code == 403
    assert Visit.objects.get().status == "open"
