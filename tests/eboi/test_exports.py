"""The registers as files: exact content, only the clerk's own rows, formulas disarmed, each person told."""

from datetime import date

import pytest
from django.urls import reverse

from eboi.actions import cases
from office.models import PersonalDataRead
from pruszcz_portal import roles
from tests.factories import TUESDAY, at, make_case, make_letter, make_person, make_unit

pytestmark = pytest.mark.django_db


def lines_of(answer):
    return b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()


def test_the_register_of_letters_as_a_file(client, sign_in, celina):
    """S41"""
    make_letter(sender_name="=HYPERLINK(1)", subject="Oferta; pilna", letter_on=date(2026, 11, 20), moment=TUESDAY)
    browser = sign_in(client, celina)

    answer = browser.get(reverse("admin:eboi_incomingletter_export", args=["csv"]))

    assert lines_of(answer) == [
        "RPW;Data wpływu;Sposób;Nadawca;Czego dotyczy;Data pisma;Znak pisma;Załączników;Komórka;Znak sprawy;Stan",
        'RPW/1/2026;2026-11-24 09:30:00;papier;\'=HYPERLINK(1);"Oferta; pilna";2026-11-20;;0;;;zarejestrowane',
    ]


def test_the_list_of_cases_as_a_file_names_only_the_clerks_own(client, sign_in, dariusz, make_account):
    """S17 S28"""
    anna = make_person()
    case = make_case(anna, dariusz)
    other = make_account("gosia@pruszcz.example", "Gosia", roles.CASE_OFFICER)
    make_unit(other, symbol="FN", name="Finanse")
    cases.withdraw(make_case(anna, dariusz), by=None, reason="Pomyłka.", moment=at(date(2026, 11, 25)))
    url = reverse("admin:eboi_case_export", args=["csv"])

    own = lines_of(sign_in(client, dariusz).get(url, {"stan": "wszystkie"}))
    active = lines_of(client.get(url))
    reads = list(PersonalDataRead.objects.values_list("person", "what"))
    foreign = lines_of(sign_in(client, other).get(url))

    assert own[1:] == [
        f"1;{case.mark};Deklaracja o odpadach;Anna Kowalska;2026-11-24;2026-11-24;Dariusz Lis;nowa;2026-12-28;;",
        "2;OS.3160.2.2026;Deklaracja o odpadach;Anna Kowalska;2026-11-24;2026-11-24;Dariusz Lis;wycofana;;2026-11-25;Pomyłka.",
    ]
    assert len(active) == 2
    assert reads == [(anna.pk, "plik: spis-spraw")] * 2
    assert len(foreign) == 1


def test_a_sheet_for_excel(client, sign_in, celina):
    make_letter()

    answer = sign_in(client, celina).get(reverse("admin:eboi_incomingletter_export", args=["xlsx"]))

    assert b"".join(answer.streaming_content).startswith(b"PK")
    assert client.get(reverse("admin:eboi_incomingletter_export", args=["pdf"])).status_code == 404
