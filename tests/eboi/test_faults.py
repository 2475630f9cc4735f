"""A street lamp that is out: told by anybody, taken for the same one nearby, ordered within hours, answered, and forgotten who told."""

from datetime import timedelta
from decimal import Decimal
from math import asin, cos, degrees, radians, sin

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from eboi import faults, sample_catalogue
from eboi.actions import faults as verbs
from eboi.models import Fault, FaultRule, MatterType
from eboi.removals import REMOVALS, unsent_faults_older_than
from eboi.statuses import FaultStatus
from office import retention
from office.models import Message, RetentionPeriod, StoredFile
from office.transitions import Refused
from residents.models import AddressPoint
from residents.models.places import address_key
from tests.eboi.conftest import pdf_upload
from tests.factories import TUESDAY, make_person
from tests.resident_card.applicants import picture

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HERE = (54.25926, 18.63529)
EARTH = 6_371_000


def away(metres, bearing=0.0, start=HERE):
    """The place so many metres from here: an independent way round the sphere."""
    lat, lon, far, turn = radians(start[0]), radians(start[1]), metres / EARTH, radians(bearing)
    there = asin(sin(lat) * cos(far) + cos(lat) * sin(far) * cos(turn))
    east = sin(turn) * sin(far) * cos(lat) / (cos(far) - sin(lat) * sin(there))
    return degrees(there), degrees(lon + east)


def point(place):
    return {"how": "point", "point": {"lat": f"{place[0]:.5f}", "lon": f"{place[1]:.5f}"}}


@pytest.fixture
def lamps(db, dariusz):
    sample_catalogue.load(TUESDAY)
    return MatterType.objects.get(code="awaria-oswietlenia")


@pytest.fixture
def draft(lamps):
    def draft(moment=TUESDAY, **told):
        begun = verbs.begin(lamps, moment=moment)
        return verbs.keep(begun, {"how": "pole", "pole": "PG/23/4", "kind": "off", "danger": "no", **told})

    return draft


@pytest.fixture
def told(draft):
    return lambda moment=TUESDAY, **said: verbs.send(draft(moment, **said), moment=moment)


def at(name, *args):
    return reverse(f"eboi:{name}", args=args)


# Telling


def walk(client, **first):
    """A stranger fills both screens; gives the answer after the second."""
    answer = client.post(at("fault_begin", "awaria-oswietlenia"), {"how": "pole", "pole": "PG/23/4", "_asked": ["pole"], **first})
    if answer.status_code != 302:
        return answer
    return client.post(answer.url, {"kind": "off", "danger": "no"})


def test_a_stranger_tells_of_a_lamp_without_an_account(lamps, client):
    answer = walk(client)
    found = Fault.objects.get()
    assert answer.url == at("fault_review", found.pk)
    assert "PG/23/4" in client.get(answer.url).content.decode()

    sent = client.post(answer.url)

    found.refresh_from_db()
    page = client.get(sent.url).content.decode()
    assert (found.status, found.number, found.pole) == (FaultStatus.NEW, 1, "pg234")
    assert found.mark in page and "Dziękujemy" in page
    assert Client().get(sent.url).status_code == 200  # of whoever holds the address


def test_nothing_is_stored_before_the_first_screen_is_sent(lamps, client):
    """S36"""
    client.get(at("fault_begin", "awaria-oswietlenia"))

    assert not Fault.objects.exists()


def test_without_a_script_the_question_that_came_up_is_asked_again(lamps, client):
    answer = client.post(at("fault_begin", "awaria-oswietlenia"), {"how": "pole"})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "To pytanie doszło po Twojej odpowiedzi powyżej" in page


def test_another_browser_does_not_find_what_is_not_sent(lamps, client):
    """S16"""
    walk(client)
    found = Fault.objects.get()

    other = Client()
    addresses = [at("fault", found.pk), at("fault_review", found.pk), at("fault_page", found.pk, "gdzie")]
    assert [other.get(address).status_code for address in addresses] == [404, 404, 404]
    assert other.post(at("fault_review", found.pk)).status_code == 404


def test_sending_twice_is_one_fault_with_one_number(draft):
    begun = draft()

    first, second = verbs.send(begun, moment=TUESDAY), verbs.send(begun, moment=TUESDAY)

    assert (first.pk, first.number) == (second.pk, second.number)
    with pytest.raises(Refused):
        verbs.keep(begun, {})


def test_a_matter_that_takes_no_faults_has_no_such_page(lamps, client):
    assert client.get(at("fault_begin", "do-1")).status_code == 404
    with pytest.raises(Refused):
        verbs.begin(MatterType.objects.get(code="do-1"), moment=TUESDAY)


def test_too_many_from_one_address_have_to_wait(lamps, client):
    """S46"""
    statuses = [walk(client).status_code for _number in range(21)]

    assert statuses[:20] == [302] * 20
    assert statuses[20] == 429


@pytest.mark.parametrize(
    "typed, words",
    [
        ({"how": "point", "point_lat": "18.63529", "point_lon": "54.25926"}, "zamienione miejscami"),
        ({"how": "point", "point_lat": "52.2297", "point_lon": "21.0122"}, "poza miastem"),
        ({"how": "point", "point_lat": "9" * 50_000, "point_lon": "1"}, "obie współrzędne"),
        ({"how": "pole", "pole": "\u202e4/32/GP"}, "nie widać"), ({"how": "pole", "pole": "x" * 31}, "najwyżej"), ({"how": "lot"}, "Wybierz"),
        ({"how": "address", "address_street": "Nieznana", "address_number": "1"}, "nieznana"), ({"how": ""}, "Wybierz jedną odpowiedź"),
    ],
)  # fmt: skip
def test_a_hostile_or_mistaken_place_is_told_beside_its_field(lamps, client, typed, words):
    answer = walk(client, _asked=["pole", "address", "point"], **typed)

    assert answer.status_code == 200
    assert words.lower() in answer.content.decode().lower()
    assert not Fault.objects.told().exists()


def test_a_refused_photograph_leaves_the_rest_and_the_good_one_stays(lamps, client):
    """S47"""
    bad = pdf_upload("zly.pdf")
    bad.file, bad.size = type(bad.file)(b"MZ nie pdf"), 10
    first = client.post(at("fault_begin", lamps.code), {"how": "pole", "pole": "PG/1", "_asked": ["pole"]})

    answer = client.post(first.url, {"kind": "off", "danger": "no", "photo": [pdf_upload("dobry.pdf"), bad], "details": "Ciemno"})

    page = answer.content.decode()
    assert "zly.pdf" in page and "dobry.pdf" in page and "Ciemno" in page
    assert [one.file.name for one in Fault.objects.get().files.all()] == ["dobry.pdf"]
    client.post(first.url, {"kind": "off", "danger": "no", "detach": str(Fault.objects.get().files.get().file_id)})
    assert not Fault.objects.get().files.exists()


def test_what_was_never_sent_goes_with_its_photographs(lamps, client):
    """L22"""
    first = client.post(at("fault_begin", lamps.code), {"how": "pole", "pole": "PG/1", "_asked": ["pole"]})
    client.post(first.url, {"kind": "off", "danger": "no", "photo": [pdf_upload()]})
    stays = Fault.objects.get()
    verbs.send(stays, moment=timezone.now())
    client.post(at("fault_begin", lamps.code), {"how": "pole", "pole": "PG/2", "_asked": ["pole"]})

    old = list(unsent_faults_older_than(timezone.now() + DAY))
    for one in old:
        verbs.throw_away(one)

    assert [one.pk for one in Fault.objects.all()] == [stays.pk]
    with pytest.raises(Refused):
        verbs.throw_away(stays)


# The same one nearby


@pytest.mark.parametrize("metres, is_same", [(0, True), (30, True), (49, True), (52, False), (500, False)])
@pytest.mark.parametrize("bearing", [0, 90, 225])
def test_another_within_fifty_metres_is_shown_before_sending(draft, told, metres, is_same, bearing):
    other = told(**point(HERE))
    mine = draft(**point(away(metres, bearing)))
    for name, value in faults.place_of(mine.answers).items():
        setattr(mine, name, value)

    found = faults.similar(mine, TUESDAY + HOUR)

    assert [one for one, _far in found] == ([other] if is_same else [])
    assert all(abs(far - metres) <= 2 for _one, far in found)


@pytest.mark.parametrize("spelled", ["PG/23/4", "pg 23 4", "PG-23.4", " pg23/4"])
def test_the_same_pole_is_the_same_however_it_is_spelled(told, draft, spelled):
    other = told()
    mine = draft(pole=spelled)
    for name, value in faults.place_of(mine.answers).items():
        setattr(mine, name, value)

    assert faults.similar(mine, TUESDAY + HOUR) == [(other, None)]


def test_an_address_stands_where_its_house_does(told, draft, lamps):
    AddressPoint.objects.create(
        terc="2204011", simc="0934960", ulic="00753", street="Batorego", number="2", search=address_key("Batorego", "2"),
        latitude=Decimal("54.25930"), longitude=Decimal("18.63530"),
    )  # fmt: skip
    address = {"terc": "2204011", "simc": "0934960", "ulic": "00753", "street": "Batorego", "number": "2", "flat": ""}
    other = told(how="address", address=address)
    mine = draft(**point(HERE))
    for name, value in faults.place_of(mine.answers).items():
        setattr(mine, name, value)

    assert other.place == "Batorego 2"
    assert [one for one, _far in faults.similar(mine, TUESDAY + HOUR)] == [other]


@pytest.mark.parametrize("change", ["old", "repaired", "no rule"])
def test_what_is_old_or_repaired_or_without_a_rule_is_not_the_same(told, lamps, dariusz, change):
    other = told()
    if change == "repaired":
        verbs.repair(other, note="Działa.", by=dariusz, moment=TUESDAY)
    if change == "no rule":
        FaultRule.objects.all().delete()
    mine = Fault(matter=lamps, pole="pg234")

    assert faults.similar(mine, TUESDAY + (8 * DAY if change == "old" else HOUR)) == []


def test_radius_and_days_are_data(told, lamps):
    other = told(**point(HERE))
    FaultRule.objects.create(
        matter=lamps, radius_m=200, days=30, urgent_hours=2, usual_hours=24, valid_from=TUESDAY.date(), source="nowe zasady"
    )
    there = away(150)
    mine = Fault(matter=lamps, latitude=Decimal(f"{there[0]:.5f}"), longitude=Decimal(f"{there[1]:.5f}"))

    assert [one for one, _far in faults.similar(mine, TUESDAY + 20 * DAY)] == [other]


@given(st.floats(0, 200), st.floats(0, 360), st.integers(1, 200))
def test_the_box_in_degrees_never_misses_a_place_within_the_radius(metres, bearing, radius):
    """The query asks for a box; a place within the radius but outside the box would be lost."""
    there = away(min(metres, radius), bearing)
    mine = Fault(latitude=Decimal(str(HERE[0])), longitude=Decimal(str(HERE[1])))

    latitudes, longitudes = _box(mine, radius)

    assert float(latitudes[0]) - 1e-9 <= there[0] <= float(latitudes[1]) + 1e-9
    assert float(longitudes[0]) - 1e-9 <= there[1] <= float(longitudes[1]) + 1e-9


def _box(fault, radius):
    found = dict(_leaves(faults._about(fault, radius)))
    return found["latitude__range"], found["longitude__range"]


def _leaves(query):
    for child in query.children:
        if isinstance(child, tuple):
            yield child
        else:
            yield from _leaves(child)


def test_bartek_adds_his_voice_and_his_danger_makes_it_urgent(told, draft, client):
    other = told()
    mine = draft(danger="yes")

    verbs.join(mine, other, moment=TUESDAY + HOUR)

    other.refresh_from_db()
    page = client.get(at("fault", mine.pk)).content.decode()
    assert (mine.status, Fault.objects.get(pk=mine.pk).status) == (FaultStatus.DRAFT, FaultStatus.JOINED)
    assert other.is_urgent and other.due_at == TUESDAY + 5 * HOUR
    assert other.mark in page and "Dopisaliśmy Cię" in page


def test_a_fault_repaired_meanwhile_takes_no_more_voices(told, draft, dariusz):
    other = told()
    verbs.repair(other, note="Działa.", by=dariusz, moment=TUESDAY)

    with pytest.raises(Refused, match="już załatwiona"):
        verbs.join(draft(), other, moment=TUESDAY)


def test_the_page_before_sending_shows_the_other_and_joins_it(told, client):
    other = told(timezone.now() - HOUR)
    answer = walk(client)

    page = client.get(answer.url).content.decode()
    joined = client.post(answer.url, {"same": str(other.pk)})

    assert "Czy to ta sama usterka?" in page and other.mark in page
    assert other.joined.count() == 1
    assert joined.status_code == 302


# The office


def test_a_danger_is_told_to_the_unit_at_once_and_comes_first(told, dariusz):
    usual, urgent = told(), told(pole="PG/99", danger="yes")

    assert (usual.due_at, urgent.due_at) == (TUESDAY + 72 * HOUR, TUESDAY + 4 * HOUR)
    assert list(Fault.objects.standing()) == [urgent, usual]


def test_an_urgent_fault_sends_a_link_to_those_who_handle_faults(told, celina):
    from django.contrib.auth.models import Permission

    celina.user_permissions.add(Permission.objects.get(codename="handle_fault"))
    celina.is_staff = True
    celina.save()
    from eboi.models import Unit, UnitMember

    UnitMember.objects.get_or_create(unit=Unit.objects.get(symbol="ID"), user=celina)

    told(danger="yes", details="Wisi kabel przy furtce Nowaków.")

    letter = Message.objects.get(event="eboi/fault_urgent", address=celina.email)
    assert "Nowak" not in letter.subject + letter.text


def test_who_left_an_address_is_told_and_then_it_is_gone(told, draft, dariusz, client):
    """L22 S42"""
    other = told(email="anna@example.com")
    joined = verbs.join(draft(email="bartek@example.com"), other, moment=TUESDAY)

    verbs.repair(other, note="Wymieniono lampę.", by=dariusz, moment=TUESDAY + DAY)

    assert sorted(Message.objects.filter(event="eboi/fault_repaired").values_list("address", flat=True)) == [
        "anna@example.com",
        "bartek@example.com",
    ]
    assert ["email" in Fault.objects.get(pk=one.pk).answers for one in (other, joined)] == [False, False]
    page = client.get(at("fault", joined.pk)).content.decode()
    assert "Wymieniono lampę." in page and "example.com" not in page


def test_the_page_of_a_report_names_nobody_and_draws_nothing_hostile(told, client):
    """S43"""
    found = told(email="anna@example.com", where="<script>alert(1)</script>", details="Sąsiad Nowak")

    page = client.get(at("fault", found.pk)).content.decode()

    assert "anna@example.com" not in page and "Nowak" not in page and "<script>alert" not in page


def test_the_demonstration_shows_a_lamp_in_each_state(db):
    call_command("load_sample_data")

    states = set(Fault.objects.values_list("status", flat=True))
    assert states == {FaultStatus.NEW, FaultStatus.REPAIRED, FaultStatus.JOINED}


# Whose it is, and for how long


def held_of(person):
    from eboi.my_data import my_data

    return {held.code: list(held.values()) for held in my_data(person, TUESDAY) if held.code.startswith("eboi.fault")}


def test_a_report_is_told_to_whom_its_address_is_confirmed_and_to_nobody_else(told, draft, anna, bartek):
    """L21: also in capitals, also joined to another report, also begun and not sent; never by an address that is only typed."""
    first = told(email="ANNA@example.com ")
    verbs.join(draft(email="anna@example.com"), first, moment=TUESDAY)
    draft(email="anna@example.com", details="Nie wysłano.")
    told(email="ewa@example.com")
    bartek.emailaddress_set.update(verified=False)
    told(email="bartek@example.com")

    rows = held_of(make_person(anna))["eboi.fault"]

    assert [row["answers"]["email"].strip().lower() for row in rows] == ["anna@example.com"] * 3
    assert held_of(make_person(bartek, "Bartek", "Kowalski"))["eboi.fault"] == []
    assert held_of(make_person())["eboi.fault"] == []


def test_the_address_is_not_readable_in_the_row(told):
    """S54"""
    found = told(email="anna@example.com")

    with connection.cursor() as cursor:
        cursor.execute("select row_to_json(f)::text from eboi_fault f where id = %s", [found.pk])
        assert "anna" not in cursor.fetchone()[0].lower()
    assert len(Fault.objects.get(pk=found.pk).email_lookup) == 32


def test_erasing_takes_address_and_photographs_and_leaves_the_broken_lamp(lamps, draft, anna, dariusz):
    """L21: the lamp is still out, so the report stays; nobody is written to any more."""
    from eboi.my_data import forget

    begun = draft(email="anna@example.com", details="Ciemno.")
    verbs.attach(begun, "photos", picture())
    sent = verbs.send(begun, moment=TUESDAY)
    unsent = draft(email="anna@example.com")

    forget(make_person(anna), by=anna, moment=TUESDAY)

    stays = Fault.objects.get(pk=sent.pk)
    assert (stays.status, stays.email_lookup, stays.answers.get("email"), stays.files.count()) == (FaultStatus.NEW, None, None, 0)
    assert stays.answers["details"] == "Ciemno." and not Fault.objects.filter(pk=unsent.pk).exists()
    assert not StoredFile.objects.exists()
    verbs.repair(stays, note="Wymieniono.", by=dariusz, moment=TUESDAY)
    assert not Message.objects.filter(event="eboi/fault_repaired").exists()


def removed(kind, moment):
    return [run.removed for run in retention.run([one for one in REMOVALS if one.kind == kind], moment=moment)]


def test_an_address_nobody_answered_goes_after_its_period_and_the_report_stays(told):
    """L22"""
    days = timedelta(days=RetentionPeriod.objects.get(kind="fault_address").days)
    found = told(email="anna@example.com")

    assert removed("fault_address", TUESDAY + days) == []
    assert removed("fault_address", TUESDAY + days + DAY) == [1]

    found = Fault.objects.get(pk=found.pk)
    assert (found.status, found.email_lookup, "email" in found.answers) == (FaultStatus.NEW, None, False)


def test_a_closed_report_goes_after_its_period_with_those_joined_to_it_and_an_open_one_stays(told, draft, dariusz):
    """L22"""
    days = timedelta(days=RetentionPeriod.objects.get(kind="fault").days)
    closed, standing = told(), told(pole="PG/99/1")
    verbs.join(draft(), closed, moment=TUESDAY)
    verbs.join(draft(pole="PG/99/1"), standing, moment=TUESDAY)
    verbs.repair(closed, note="Wymieniono.", by=dariusz, moment=TUESDAY)

    assert removed("fault", TUESDAY + days) == []
    assert removed("fault", TUESDAY + days + DAY) == [2]

    assert set(Fault.objects.values_list("status", flat=True)) == {FaultStatus.NEW, FaultStatus.JOINED}
