"""The pages of the gate: only on an enrolled device with a shift, nothing of a person but what the operator needs (R89, R90)."""

import io
import json
import re
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
import segno
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from office.models import PersonalDataRead
from pruszcz_portal import roles
from pszok.actions import shifts, visits
from pszok.models import GateDevice, Point, Visit
from pszok.views.gate import face_token
from pszok.views.shifts import COOKIE
from resident_card.models import PackageType
from residents.actions import declare_person
from residents.models import Dwelling
from tests.factories import live_together, make_person
from tests.house.routes import routes
from tests.pszok.cast import (
    gate_arguments_of,
    give_face,
    let_in,
    line,
    make_gate,
    make_holder_today,
    make_limit,
    make_point,
    put_on_duty,
)
from tests.resident_card.cast import grant

pytestmark = pytest.mark.django_db
GATE_ROUTES = [route for route in routes() if route.name.startswith("pszok:gate")]
MINUTE = timedelta(minutes=1)
PESEL = "85041512345"


@pytest.fixture
def gate(client):
    return put_on_duty(client, make_gate())


@pytest.fixture
def phone(gate):
    return make_holder_today()


@pytest.fixture
def visit(gate, phone):
    now = timezone.now()
    return visits.open_by_card(phone.shows(now), gate=gate, moment=now)


def page(name, *args, **kwargs):
    return reverse(f"pszok:{name}", args=args, kwargs=kwargs)


def text_of(answer):
    """As it is read: without the spaces that do not break."""
    return answer.content.decode().replace("\xa0", " ").replace("&nbsp;", " ")


def post_line(client, visit, fraction="gruz", **typed):
    code = line(fraction).code
    return client.post(page("gate_line", visit.pk, fraction), {"code": code, **typed})


def close(client, visit, key=None, lines=None):
    visit.refresh_from_db()
    return client.post(page("gate_summary", visit.pk), {"key": str(key or uuid4()), "lines": json.dumps(lines or visit.draft)})


# Devices and shifts


def test_the_cookie_is_kept_from_scripts_other_sites_and_plain_http(client, settings, make_account):
    settings.SESSION_COOKIE_SECURE = True
    walentyna = make_account("walentyna@pruszcz.example", "Walentyna Rek", roles.PSZOK_SUPERVISOR)
    device = shifts.add_device(point=make_point(), name="Tablet", by=walentyna, moment=timezone.now())

    answer = client.post(page("gate"), {"code": shifts.code_of(device, timezone.now())})

    cookie = answer.cookies[COOKIE]
    assert (cookie["httponly"], cookie["secure"], cookie["samesite"], cookie["path"]) == (True, True, "Strict", "/gpszok/bramka/")
    assert bytes(GateDevice.objects.get().secret_hash) == shifts.hash_of(cookie.value)


def test_without_a_device_there_is_only_the_page_that_asks_for_its_code(client, gate, phone):
    arguments, stranger = gate_arguments_of(gate, let_in(gate, phone.medium.person)), Client()

    for route in GATE_ROUTES:
        answer = stranger.get(reverse(route.name, kwargs=arguments.get(route.name)))
        assert answer.status_code in ((200,) if route.name == "pszok:gate" else (404, 405)), route.name


def test_without_a_shift_every_page_leads_to_the_pin_and_back(client, gate, visit):
    shifts.sign_off(gate.device)

    answer = client.get(page("gate_summary", visit.pk))

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(page("gate_shift"))
    assert str(visit.pk) in answer.headers["Location"]


def test_visits_of_another_point_are_not_found(client, gate, phone):
    person = phone.medium.person
    give_face(person)
    arguments = gate_arguments_of(gate, let_in(gate, person), face_token(person, gate))
    other = Point.objects.create(code="inny", name="Inny punkt", address="ul. Inna 1")
    put_on_duty(client, make_gate(point=other))

    for name in (
        "gate_visit",
        "gate_line",
        "gate_summary",
        "gate_refuse",
        "gate_receipt",
        "gate_drop_line",
        "gate_face",
        "gate_pin",
    ):
        assert client.get(reverse(f"pszok:{name}", kwargs=arguments[f"pszok:{name}"])).status_code == 404, name


def test_a_revoked_device_loses_its_next_request(client, gate, visit, make_account):
    walentyna = make_account("walentyna@pruszcz.example", "Walentyna Rek", roles.PSZOK_SUPERVISOR)

    shifts.revoke(gate.device, by=walentyna, moment=timezone.now())

    assert client.get(page("gate_visit", visit.pk)).status_code == 404


def test_a_shift_that_ends_in_the_middle_of_a_line_brings_back_what_was_typed(client, gate, visit):
    GateDevice.objects.update(seen_at=timezone.now() - 21 * MINUTE)

    to_names = post_line(client, visit, kg="340", scale_ticket="W/9").headers["Location"]
    put_on_duty(client, gate)
    back = client.get(
        re.sub(".*dalej=", "", to_names).replace("%2F", "/").replace("%3F", "?").replace("%3D", "=").replace("%26", "&")
    )

    assert 'value="340"' in text_of(back)
    assert "W/9" in text_of(back) or "W%2F9" in text_of(back)


@pytest.mark.parametrize(
    ("name", "typed", "shown"),
    [
        (
            "gate_document",
            {"street": "Nad Radunią", "number": "5", "flat": "12a", "reason": "Awaria"},
            ["Nad Radunią", "12a"],
        ),
        ("gate_turn_away", {"why": "vehicle"}, ['value="vehicle"', "checked"]),
    ],
)
def test_a_shift_that_ends_over_a_document_or_a_refusal_brings_it_back(client, gate, name, typed, shown):
    """3.7: nothing typed is lost, and what was seen has to be seen anew."""
    GateDevice.objects.update(seen_at=timezone.now() - 21 * MINUTE)

    to_names = client.post(page(name), {**typed, "document_seen": "on"}).headers["Location"]
    put_on_duty(client, gate)
    back = text_of(client.get(parse_qs(urlsplit(to_names).query)["dalej"][0]))

    assert [one for one in shown if one not in back] == []
    assert name != "gate_document" or ("document_seen" in back and 'name="document_seen" checked' not in back)


def test_a_shift_leads_nowhere_outside_the_gate(client, gate):
    for there in ("https://zly.example/", "//zly.example", "/konto/", "/gpszok/bramka/../../konto/"):
        answer = client.get(page("gate_shift"), {"dalej": there})
        assert set(re.findall(r"dalej=([^\"&]+)", text_of(answer))) == {page("gate")}


def test_too_many_codes_a_minute_are_refused(client):
    answers = [client.post(page("gate"), {"code": f"ZLY KOD {number}"}).status_code for number in range(12)]

    assert answers[:10] == [422] * 10
    assert 429 in answers


# What a page shows of a person


def test_no_page_of_the_gate_shows_pesel_documents_birth_contact_or_other_packages(client, gate, make_account):
    """R89: every response of a whole visit is searched, refusals included."""
    account = make_account("anna@example.com", "Anna")
    person = declare_person(
        account=account,
        first_name="Anna",
        last_name="Kowalska",
        pesel=PESEL,
        phone="+48501502503",
        by=account,
        moment=timezone.now(),
    )
    live_together(person)
    phone = make_holder_today(person)
    other = PackageType.objects.exclude(code__in=["mieszkanca", "gpszok"])[0]
    grant(person, other.code, date(2020, 1, 1), date(2099, 1, 1))
    give_face(person)
    seen, now = [], timezone.now()

    def look(answer):
        seen.append(b"".join(answer.streaming_content) if answer.streaming else answer.content)
        return answer

    look(client.get(page("gate")))
    look(client.post(page("gate_scan"), {"text": phone.medium.number}))
    look(client.post(page("gate_scan"), {"text": phone.shows(now)}))
    visit = Visit.objects.get()
    look(client.get(page("gate_visit", visit.pk)))
    look(client.get(page("gate_line", visit.pk, "gruz")))
    look(post_line(client, visit, kg="0,5"))
    look(post_line(client, visit, kg="2500"))
    look(post_line(client, visit, kg="500", end="1"))
    look(client.get(page("gate_summary", visit.pk)))
    look(client.get(page("gate_refuse", visit.pk)))
    look(client.get(page("gate")))
    look(close(client, visit))
    look(client.get(page("gate_receipt", visit.pk)))
    look(client.post(page("gate_scan"), {"text": phone.shows(now)}))

    assert any(b"Kowalska" in one for one in seen)  # the walk sees the person at all
    packages = {grant.package.name for grant in person.package_grants.select_related("package")}
    secrets = [PESEL, "•", "501502503", "501 502 503", "anna@example.com", "1985", *packages]
    told = [(secret, number) for number, one in enumerate(seen) for secret in secrets if secret.encode() in one]
    assert told == []


def test_the_receipt_and_the_list_of_open_visits_name_nobody(client, gate, visit):
    """R65, R89"""
    post_line(client, visit, kg="100")
    start = text_of(client.get(page("gate")))
    close(client, visit)
    receipt = text_of(client.get(page("gate_receipt", visit.pk)))

    assert str(visit.dwelling) in start
    for text in (start, receipt):
        assert "Kowalska" not in text


def test_each_operator_who_sees_the_person_is_written_down_once_a_visit(client, gate, visit):
    """R90"""
    put_on_duty(client, make_gate(name="Robert Las"))

    for _ in range(3):
        client.get(page("gate_visit", visit.pk))

    purposes = [read.purpose for read in PersonalDataRead.objects.filter(person=visit.person_id)]
    assert sorted("Robert Las" in one for one in purposes) == [False, True]


def test_a_face_opens_only_on_its_device_and_only_when_accepted(client, gate):
    """R23, R89"""
    phone = make_holder_today()
    photo = give_face(phone.medium.person)
    shown = text_of(client.post(page("gate_scan"), {"text": phone.medium.number}))
    face = re.search(r'src="(/gpszok/bramka/twarz/[^"]+)"', shown)[1]

    assert client.get(face)["Content-Type"] == "image/jpeg"
    other = Client()
    put_on_duty(other, make_gate())
    assert other.get(face).status_code == 404
    type(photo).objects.filter(pk=photo.pk).update(status="pending")
    assert client.get(face).status_code == 404
    assert "Poproś o dokument" in text_of(client.post(page("gate_scan"), {"text": phone.medium.number}))


# A card, a picture, a document


def test_a_bare_number_shows_the_photo_first_and_opens_after_a_yes(client, gate, phone):
    """R71"""
    first = client.post(page("gate_scan"), {"text": phone.medium.number})
    assert "Czy to ta osoba?" in text_of(first)
    assert not Visit.objects.exists()

    client.post(page("gate_scan"), {"text": phone.medium.number, "face_matches": "True"})

    assert Visit.objects.get().proof == "card"


def test_a_photograph_of_the_code_is_read_by_the_server(client, gate, phone):
    picture = io.BytesIO()
    segno.make(phone.shows(timezone.now())).save(picture, kind="png", scale=6, border=4)

    answer = client.post(page("gate_scan"), {"picture": SimpleUploadedFile("kod.png", picture.getvalue(), "image/png")})

    assert answer.headers["Location"] == page("gate_visit", Visit.objects.get().pk)


@pytest.mark.parametrize("text", ["https://zly.example/x", "PKM1." + "A" * 10_000, "12345", "١٢٣٤٥٦٧٨٩٠١٢"])
def test_what_is_no_card_is_refused_in_words_and_opens_nothing(client, gate, text):
    """3.7"""
    answer = client.post(page("gate_scan"), {"text": text})

    assert answer.status_code == 409
    assert "gate-answer--no" in text_of(answer)
    assert not Visit.objects.exists()


def test_a_number_with_a_slip_stays_in_the_box_and_a_spent_code_does_not(client, gate, phone):
    screen = phone.shows(timezone.now())
    client.post(page("gate_scan"), {"text": screen})

    assert "PKM1" not in text_of(client.post(page("gate_scan"), {"text": screen}))
    assert 'value="1234 5678 9012"' in text_of(client.post(page("gate_scan"), {"text": "1234 5678 9012"}))


def test_a_document_opens_a_visit_of_a_dwelling_in_the_register_only(client, gate, phone):
    """R51, 3.6: another spelling of a flat is no other limit."""
    form = {"street": "ul. nad raduNIĄ", "number": "5", "flat": "1", "document_seen": "on"}

    unknown = client.post(page("gate_document"), {**form, "flat": "1a"})
    without = client.post(page("gate_document"), {**form, "document_seen": ""})
    opened = client.post(page("gate_document"), form)

    assert "Znane numery: 1." in text_of(unknown)
    assert without.status_code == 422
    assert opened.headers["Location"] == page("gate_visit", Visit.objects.get().pk)
    assert Dwelling.objects.count() == 1


def test_a_refusal_at_the_gate_keeps_its_reason(client, gate):
    """R52"""
    client.post(page("gate_turn_away"), {"why": "allotment"})

    assert Visit.objects.get().refusal == "allotment"


# Lines


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("0", "więcej niż zero"),
        ("-1", "ujemna"),
        ("0.4", "bez przecinka"),
        ("0,5", "Pół tony to 500"),
        ("1e9", "samą liczbę"),
        ("1000000000", "To za dużo"),
        ("99999", "To za dużo"),
        ("NaN", "samą liczbę"),
        ("1O0", "litera O"),
        ("٣٠٠", "innego alfabetu"),
        ("9" * 500, "To za dużo"),
    ],
)
def test_a_slip_in_an_amount_has_its_words_and_stays_typed(client, gate, visit, typed, words):
    """R55, 3.7"""
    answer = post_line(client, visit, kg=typed)

    assert answer.status_code == 422
    assert words in text_of(answer)
    visit.refresh_from_db()
    assert visit.draft == []


def test_thousands_may_be_typed_with_spaces(client, gate, visit):
    post_line(client, visit, kg="1 200")

    visit.refresh_from_db()
    assert visit.draft[0]["kg"] == 1200


def test_tonnes_typed_as_kilograms_are_asked_about_again(client, gate, visit):
    """3.7"""
    asked = post_line(client, visit, "zielone", kg="3501", is_estimated="on")
    assert "ponad 3500 kg" in text_of(asked)

    post_line(client, visit, "zielone", kg="3501", is_estimated="on", heavy_confirmed="on")

    visit.refresh_from_db()
    assert visit.draft[0]["kg"] == 3501


def test_over_the_limit_the_remainder_is_offered_and_taken_by_one_press(client, gate, visit):
    """R59"""
    offered = text_of(post_line(client, visit, kg="2300"))
    assert "Zmieści się jeszcze 2000" in offered

    post_line(client, visit, kg="2300", rest="1")
    close(client, visit)

    assert visit.lines.get().kg == 2000
    assert visit.refused_amounts.get().kg == 300


def test_what_stands_in_the_same_visit_counts_before_the_close(client, gate, visit):
    """R56, R59"""
    post_line(client, visit, kg="1900")

    assert "Zmieści się jeszcze 100" in text_of(post_line(client, visit, kg="300"))


def test_with_nothing_left_the_line_is_kept_as_turned_away(client, gate, visit):
    post_line(client, visit, kg="2000")

    answer = post_line(client, visit, kg="50")
    assert "Limit jest wyczerpany" in text_of(answer)
    post_line(client, visit, kg="50", rest="1")

    close(client, visit)
    assert (visit.lines.get().kg, visit.refused_amounts.get().kg) == (2000, 50)


def test_a_limit_in_litres_offers_litres_and_asks_to_weigh_that_part(client, gate, visit):
    answer = text_of(post_line(client, visit, "izolacje", kg="30", litres="7000", rest="1"))
    assert 'name="litres" value="6000"' in answer

    post_line(client, visit, "izolacje", kg="25", litres="6000", refused_litres="1000")
    close(client, visit)

    assert (visit.lines.get().litres, visit.lines.get().kg, visit.refused_amounts.get().litres) == (6000, 25, 1000)


def test_a_line_is_changed_in_its_place_and_dropped(client, gate, visit):
    post_line(client, visit, kg="100")
    post_line(client, visit, "opony", pieces="2")

    post_line(client, visit, kg="150", pozycja="0")
    client.post(page("gate_drop_line", visit.pk, 1))

    visit.refresh_from_db()
    assert [row["kg"] for row in visit.draft] == [150]


def test_large_loads_are_told_and_not_stopped(client, gate, visit):
    """Q9: above eight tyres or a tonne."""
    post_line(client, visit, "opony", pieces="9")

    assert "Opony: 9 szt." in text_of(client.get(page("gate_summary", visit.pk)))
    assert close(client, visit).status_code == 302


# Closing


def test_a_summary_pressed_twice_leads_twice_to_one_receipt(client, gate, visit):
    """R69"""
    post_line(client, visit, kg="100")
    visit.refresh_from_db()
    key, lines = uuid4(), visit.draft

    first, second = close(client, visit, key, lines), close(client, visit, key, lines)
    other = close(client, visit, key, [{**lines[0], "kg": 200}])

    assert first.headers["Location"] == second.headers["Location"] == page("gate_receipt", visit.pk)
    assert other.status_code == 409
    assert visit.lines.count() == 1


def test_a_limit_used_up_meanwhile_leaves_the_summary_as_it_was(client, gate, visit, phone):
    """R68: the refusal shows the lines and leads to what still fits."""
    post_line(client, visit, kg="1500")
    now = timezone.now()
    neighbour = visits.open_by_card(phone.shows(now), gate=gate, moment=now)
    post_line(client, neighbour, kg="1000")
    close(client, neighbour)

    answer = close(client, visit)

    assert answer.status_code == 409
    assert "zostało 1000 kg" in text_of(answer)
    assert "pozycja=0" in text_of(answer)
    visit.refresh_from_db()
    assert visit.draft[0]["kg"] == 1500


@pytest.mark.parametrize(
    "lines", ["", "[]", "{}", "[1]", '[{"kg": "100"}]', '[{"fraction": 1, "code": 1, "kg": -5}]', '[{"fraction": 1, "code": 1, "kg": 1.5}]', '[{"fraction": 1, "x": 2}]']
)  # fmt: skip
def test_a_body_that_no_page_of_ours_sends_posts_nothing(client, gate, visit, lines):
    answer = client.post(page("gate_summary", visit.pk), {"key": str(uuid4()), "lines": lines})

    assert answer.status_code == 409
    assert not visit.lines.exists()


def test_a_summary_without_a_key_is_refused(client, gate, visit):
    post_line(client, visit, kg="100")
    visit.refresh_from_db()

    assert client.post(page("gate_summary", visit.pk), {"lines": json.dumps(visit.draft)}).status_code == 409


def test_a_visit_that_is_over_leads_to_its_receipt(client, gate, visit):
    client.post(page("gate_refuse", visit.pk), {"why": "unsorted"})

    for name in ("gate_visit", "gate_summary", "gate_refuse"):
        assert client.get(page(name, visit.pk)).headers["Location"] == page("gate_receipt", visit.pk)
    assert "nieposegregowane" in text_of(client.get(page("gate_receipt", visit.pk)))


# Queries


@pytest.mark.parametrize("copies", [1, 3])
def test_no_page_of_the_gate_needs_more_queries_than_eight(client, gate, phone, visit, copies):
    give_face(phone.medium.person)
    visit = visits.keep_line(visit, line(kg=100))
    arguments = gate_arguments_of(gate, visit, face_token(phone.medium.person, gate))
    for _ in range(copies - 1):
        visits.keep_line(visit, line("opony", pieces=1))
        now = timezone.now()
        visits.open_by_card(phone.shows(now), gate=gate, moment=now)
    counts = {}

    for route in GATE_ROUTES:
        url = reverse(route.name, kwargs=arguments.get(route.name))
        client.get(url)
        with CaptureQueriesContext(connection) as seen:
            answer = client.get(url)
        if answer.status_code == 200:
            counts[route.name] = len(seen)

    assert {name: count for name, count in counts.items() if count > 8} == {}
    assert {"pszok:gate", "pszok:gate_visit", "pszok:gate_line", "pszok:gate_summary"} <= set(counts)


STATEMENTS = 12  # F4: from the scan to the closed visit with two limits, both requests whole


def test_from_the_scan_to_a_closed_visit_with_two_limits_there_are_few_statements(client, gate):
    """Cars wait at the gate: everything that the two requests of a visit ask of the database is counted, device and shift included."""
    make_limit(5000, "gruz", name="Razem")
    phone = make_holder_today(make_person(email="anna@example.com"))
    lines = json.dumps([line(kg=100).as_json()])

    with CaptureQueriesContext(connection) as seen:
        where = client.post(page("gate_scan"), {"text": phone.shows(timezone.now())}).headers["Location"]
        client.post(f"{where}podsumowanie/", {"key": str(uuid4()), "lines": lines})

    asked = [one["sql"] for one in seen.captured_queries if "SAVEPOINT" not in one["sql"]]  # which a test has for a transaction
    assert Visit.objects.get().status == "closed"
    assert len(asked) <= STATEMENTS, "\n".join(one[:90] for one in asked)
