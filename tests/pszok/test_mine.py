"""What an occupant sees of the dwelling's waste, and the dispute of an entry (R57, R64-R66)."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from office.models import Message
from office.transitions import Refused
from pruszcz_portal import roles
from pruszcz_portal.agenda import agenda_of
from pszok.actions import corrections, disputes
from pszok.models import Dispute, VisitLine
from pszok.quantities import amount_in_words
from pszok.statuses import DisputeStatus
from residents.models import HouseholdMember, Person
from tests.factories import TUESDAY, at, live_together, make_person
from tests.pszok.cast import hand_in, line, make_gate, make_point
from tests.resident_card.cast import make_holder

pytestmark = pytest.mark.django_db
MINE = reverse("pszok:mine")
BORN = date(1985, 4, 15)


@pytest.fixture
def now(monkeypatch):
    """Tuesday, half past nine, for the views."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: TUESDAY)


@pytest.fixture
def home(anna, bartek):
    make_point()
    people = make_person(anna, "Anna", born_on=BORN), make_person(bartek, "Bartek", born_on=BORN)
    live_together(*people)
    return people


@pytest.fixture
def visit(home):
    """Anna brings 340 kg of rubble and a cubic metre of polystyrene."""
    gate = make_gate()
    return hand_in(make_holder(home[0]), gate, line("gruz", kg=340), line("izolacje", kg=20, litres=1000))


@pytest.fixture
def walentyna(make_account):
    return make_account("walentyna@pruszcz.example", "Walentyna Rek", roles.PSZOK_SUPERVISOR)


def test_a_household_sees_what_was_brought_and_what_is_left_but_not_who_came(visit, bartek, client, sign_in, now):
    page = sign_in(client, bartek).get(MINE).content.decode()

    assert "340\xa0kg" in page and "1660\xa0kg" in page and "5\xa0m³" in page
    assert "Anna" not in page


def test_who_moves_finds_the_balance_of_the_new_dwelling_and_leaves_the_old_one_behind(visit, home, anna, client, sign_in, now):
    HouseholdMember.objects.filter(person=home[0]).update(until=TUESDAY.date() - timedelta(days=1))
    live_together(home[0], since=TUESDAY.date())

    page = sign_in(client, anna).get(MINE).content.decode()

    assert "340\xa0kg" not in page and "2000\xa0kg" in page
    assert client.get(reverse("pszok:visit", args=[visit.pk])).status_code == 404


def test_a_minor_sees_nothing(visit, home, make_account, client, sign_in, now):
    young = make_account("kasia@example.com")
    person = make_person(young, "Kasia", born_on=date(2009, 11, 25))
    HouseholdMember.objects.create(household=home[0].memberships.get().household, person=person, since=BORN)

    page = sign_in(client, young).get(MINE)
    receipt = client.get(reverse("pszok:visit", args=[visit.pk]))

    assert "Nie ma mieszkania do pokazania" in page.content.decode()
    assert receipt.status_code == 404


def test_a_stranger_finds_no_receipt(visit, ewa, client, sign_in, now):
    answer = sign_in(client, ewa).get(reverse("pszok:visit", args=[visit.pk]))

    assert answer.status_code == 404


def test_a_dispute_is_taken_until_the_seventh_day_and_not_on_the_eighth(visit, home, anna):
    late = at(TUESDAY.date() + timedelta(days=8), 0, 1)
    with pytest.raises(Refused, match="7 dni"):
        disputes.open_dispute(visit, person=home[0], text="Gruzu było 34 kg.", by=anna, moment=late)

    dispute = disputes.open_dispute(visit, person=home[0], text="Gruzu było 34 kg.", by=anna, moment=late - timedelta(minutes=2))

    assert dispute.status == DisputeStatus.OPEN


def test_an_empty_dispute_is_answered_beside_the_field_and_a_written_one_is_taken(visit, anna, client, sign_in, now):
    mine, address = sign_in(client, anna), reverse("pszok:dispute", args=[visit.pk])

    empty = mine.post(address, {"text": " "})
    written = mine.post(address, {"text": "Gruzu było 34 kg."}, follow=True)

    assert (empty.status_code, "Napisz, co się nie zgadza." in empty.content.decode()) == (422, True)
    assert "Rozpatrujemy ją" in written.content.decode()


def test_a_dispute_does_not_stand_in_the_way_of_the_next_visit(visit, home, anna, now):
    disputes.open_dispute(visit, person=home[0], text="Za dużo.", by=anna, moment=TUESDAY)

    again = hand_in(make_holder(home[1]), make_gate(), line("gruz", kg=10))

    assert again.lines.count() == 1


def test_a_second_dispute_of_one_visit_is_refused(visit, home, anna, bartek, now):
    disputes.open_dispute(visit, person=home[0], text="Za dużo.", by=anna, moment=TUESDAY)

    with pytest.raises(Refused, match="ma już reklamację"):
        disputes.open_dispute(visit, person=home[1], text="Za mało.", by=bartek, moment=TUESDAY)


def test_what_anna_wrote_is_not_read_by_the_rest_of_the_household(visit, home, anna, bartek, client, sign_in, now):
    disputes.open_dispute(visit, person=home[0], text="Bartek tego nie przywiózł.", by=anna, moment=TUESDAY)

    page = sign_in(client, bartek).get(reverse("pszok:visit", args=[visit.pk])).content.decode()

    assert "Rozpatrujemy ją" in page
    assert "tego nie przywiózł" not in page


def test_words_alone_do_not_uphold_a_dispute_and_a_correction_does(visit, home, anna, walentyna, now):
    dispute = disputes.open_dispute(visit, person=home[0], text="Było 34 kg.", by=anna, moment=TUESDAY)
    with pytest.raises(Refused, match="Najpierw popraw"):
        disputes.uphold(dispute, answer="Racja.", by=walentyna, moment=TUESDAY)

    rubble = VisitLine.objects.get(visit=visit, fraction__code="gruz")
    corrections.correct_line(rubble, kg=34, reason="pomyłka", by=walentyna, moment=TUESDAY)
    disputes.uphold(dispute, answer="Racja, poprawione.", by=walentyna, moment=TUESDAY)

    assert dispute.status == DisputeStatus.UPHELD
    letter = Message.objects.get(event="pszok/dispute_answered")
    assert letter.address == anna.email


def test_only_who_supervises_the_point_answers_and_never_without_words(visit, home, anna, celina, walentyna, now):
    dispute = disputes.open_dispute(visit, person=home[0], text="Było 34 kg.", by=anna, moment=TUESDAY)

    with pytest.raises(Refused):
        disputes.dismiss(dispute, answer="Nie.", by=celina, moment=TUESDAY)
    with pytest.raises(Refused, match="Napisz odpowiedź"):
        disputes.dismiss(dispute, answer="  ", by=walentyna, moment=TUESDAY)


def test_anna_withdraws_her_own_dispute_and_bartek_can_not(visit, home, anna, bartek, client, sign_in, now):
    dispute = disputes.open_dispute(visit, person=home[0], text="Za dużo.", by=anna, moment=TUESDAY)
    address = reverse("pszok:withdraw_dispute", args=[visit.pk])

    strange = sign_in(client, bartek).post(address)
    own = sign_in(client, anna).post(address)

    dispute.refresh_from_db()
    assert (strange.status_code, own.status_code, dispute.status) == (404, 302, DisputeStatus.WITHDRAWN)


def test_signed_in_the_answer_says_what_is_left_of_my_limit(visit, bartek, client, sign_in, now):
    page = sign_in(client, bartek).get(reverse("pszok:home"), {"co": "gruz"}).content.decode()

    assert "Twojemu mieszkaniu zostało 1660\xa0kg" in page


@pytest.mark.parametrize(
    ("amount", "measure", "words"),
    [
        (6000, "litres", "6 m³"), (4500, "litres", "4,5 m³"), (6001, "litres", "6001 litrów"), (900, "litres", "900 litrów"),
        (-1500, "litres", "\u22121,5 m³"), (-300, "kg", "\u2212300 kg"), (12_345, "kg", "12 345 kg"), (2, "pieces", "2 sztuki"),
    ],
)  # fmt: skip
def test_amounts_are_said_in_one_unit_and_never_rounded(amount, measure, words):
    """R55"""
    assert amount_in_words(amount, measure).replace("\xa0", " ") == words


# „Co u mnie”


def rows_of(user, moment=TUESDAY):
    return [row for rows in agenda_of(user, moment).values() for row in rows if row.url == MINE]


def test_co_u_mnie_tells_a_household_what_is_left_of_limits_that_were_begun(visit, anna, bartek):
    """Slice 8: the balance, whoever of the household came; a limit nobody has touched is not told of."""
    hers, his = rows_of(anna), rows_of(bartek)

    assert hers == his
    assert [row.text.replace("\xa0", " ") for row in hers] == ["Czysty gruz: 1660 kg; Styropian i wełna mineralna: 5 m³"]
    assert hers[0].due_on == date(2026, 12, 31)


def test_co_u_mnie_tells_nothing_of_waste_to_a_minor_a_visitor_and_in_the_next_year(visit, home, anna, bartek, make_account):
    """3.4, R58"""
    Person.objects.filter(pk=home[1].pk).update(born_on=date(2009, 1, 1))
    stranger = make_account("obcy@example.com")
    make_person(stranger)

    assert rows_of(anna)
    assert rows_of(bartek) == rows_of(stranger) == rows_of(anna, at(date(2027, 1, 2))) == []


def test_co_u_mnie_follows_the_dwelling_of_today(visit, home, anna):
    """R57: who moves finds the limits of the new home."""
    HouseholdMember.objects.filter(person=home[0]).update(until=TUESDAY.date() - timedelta(days=1))
    live_together(home[0], since=TUESDAY.date())

    assert rows_of(anna) == []


def test_a_dispute_typed_when_the_session_ended_waits_behind_the_sign_in_and_is_not_sent(visit, anna, client, sign_in, now):
    """3.7"""
    at = reverse("pszok:dispute", args=[visit.pk])

    client.post(at, {"text": "Gruzu było 34 kg, a nie 340."})
    sign_in(client, anna)
    back = client.get(at).content.decode()

    assert "Gruzu było 34 kg, a nie 340." in back
    assert not Dispute.objects.exists()
    assert client.get(reverse("pszok:dispute", args=[visit.pk])).status_code == 200
