"""The pages of a cashier: one huge answer, nothing of a person beyond it, nothing counted twice."""

import io
from datetime import date, timedelta

import pytest
import segno
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from resident_card.actions.discounts import CHECK_LIFE
from resident_card.models import CardCheck, CardMedium, PackageGrant, PartnerUser, Redemption
from resident_card.numbers import in_fours, new_number
from resident_card.statuses import MediumStatus
from residents.models import pesel_lookup
from tests.factories import live_together, make_person
from tests.resident_card.cast import make_holder
from tests.resident_card.counters import good_today, make_cashier, make_offer, make_point
from tests.resident_card.faces import accepted_photo

TILL = "/karta/sprawdz/"
PESEL = "85041512349"
SECRETS = (
    PESEL,
    "Tajemnicka",
    "Nad Radunią",
    "1985-04-15",
    "15.04.1985",
    "kwietnia",
    "anna@example.com",
    "500100200",
    "Pakiet",
)


@pytest.fixture
def point(db):
    return make_point()


@pytest.fixture
def piotr(point, make_account):
    make_account("piotr@example.com")
    return make_cashier(point)


@pytest.fixture
def phone(anna):
    """Anna with everything that a partner must not learn."""
    person = make_person(
        anna, "Anna", "Tajemnicka", born_on=date(1985, 4, 15), pesel=PESEL, pesel_lookup=pesel_lookup(PESEL), email=anna.email, phone="500100200"
    )  # fmt: skip
    live_together(person)
    holder = make_holder(person, moment=timezone.now())
    good_today(person)
    return holder


@pytest.fixture
def till(client, sign_in, piotr):
    return sign_in(client, piotr, strong=False)


def show(till, text):
    return till.post(TILL, {"code": text}, follow=True)


def check_of(phone, till):
    show(till, phone.shows(timezone.now()))
    return CardCheck.objects.order_by("-at")[0]


def address(check):
    return reverse("resident_card:card_check", args=[check.pk])


def answers_of(offer, **others):
    return {"offer": offer.pk, "for_whom": "1+0", "is_that_person": "on", **others}


def test_a_good_card_says_yes_with_face_first_name_and_discount(till, phone, point):
    offer = make_offer(point, limit=5)
    accepted_photo(phone.medium.person)

    page = show(till, phone.shows(timezone.now()))

    body = page.content.decode()
    assert page.redirect_chain and page.status_code == 200
    assert "TAK" in body and "Anna" in body and offer.title in body and "użyto 0 z 5" in body
    assert "no-store" in page["Cache-Control"]
    face = till.get(reverse("resident_card:face", args=[CardCheck.objects.get().pk]))
    assert face.status_code == 200 and "no-store" in face["Cache-Control"]


def test_no_answer_tells_more_than_a_partner_may_know(till, phone, point):
    """R49: every answer of a whole visit, each refusal included; headers and addresses too."""
    offer = make_offer(point, limit=1)
    accepted_photo(phone.medium.person)
    check = check_of(phone, till)
    here = address(check)
    seen = [
        show(till, phone.shows(timezone.now())),
        till.get(here),
        till.get(reverse("resident_card:face", args=[check.pk])),
        till.post(here, {}),
        till.post(here, answers_of(offer), follow=True),
        till.post(here, answers_of(offer), follow=True),
        till.get(TILL),
        show(till, in_fours(phone.medium.number)),
        till.post(reverse("resident_card:undo_redemption", args=[Redemption.objects.get().pk]), follow=True),
    ]
    for change in (
        {"status": MediumStatus.BLOCKED}, {"status": MediumStatus.REPLACED}, {"status": MediumStatus.READY}, {"status": MediumStatus.CANCELLED},
    ):  # fmt: skip
        CardMedium.objects.update(**change)
        seen += [show(till, phone.medium.number), till.get(here), till.post(here, answers_of(offer))]
    CardMedium.objects.update(status=MediumStatus.ACTIVE)
    PackageGrant.objects.update(revoked_at=timezone.now())
    seen += [show(till, phone.medium.number), till.get(here), till.post(here, answers_of(offer))]

    told = "\n".join(_all_of(answer) for answer in seen)
    assert [secret for secret in SECRETS if secret in told] == []
    assert "Anna" in told, "the control: what may be seen is seen"


def _all_of(answer):
    body = answer.getvalue() if answer.streaming else answer.content
    return f"{answer.wsgi_request.get_full_path()}\n{answer.headers}\n{body.decode(errors='replace')}"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"status": MediumStatus.BLOCKED}, "zablokowana"),
        ({"status": MediumStatus.REPLACED}, "zastąpiona nową"),
        ({"status": MediumStatus.READY}, "nie jest jeszcze wydana"),
    ],
)
def test_a_bad_card_says_no_and_why_and_nothing_of_its_person(till, phone, point, change, words):
    """R43"""
    make_offer(point)
    CardMedium.objects.update(**change)

    body = show(till, phone.medium.number).content.decode()

    assert "NIE" in body and words in body
    assert "Anna" not in body


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param(new_number(), "Nie ma takiej karty", id="unknown"),
        pytest.param("KARTA-GDANSKA 8812", "nie jest kod Karty mieszkańca Pruszcza", id="another city's"),
        pytest.param("https://gdansk.example/karta/123456789012", "adres strony", id="an address"),
        pytest.param("PKM1." + "A" * 10_000, "za długi", id="ten kilobytes"),
        pytest.param("١٢٣٤٥٦٧٨٩٠١٢", "innego alfabetu", id="other digits"),
        pytest.param("12345678901З", "12 cyfr", id="a Cyrillic letter for three"),
        pytest.param("12345", "wpisano 5", id="too short"),
        pytest.param("", "Zeskanuj kartę", id="nothing"),
        pytest.param("123456789012\x00", "Znaki", id="a null"),
    ],
)
def test_what_is_no_card_is_answered_in_words(till, point, text, words):
    """3.7"""
    answer = show(till, text)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not CardCheck.objects.exists()


def test_a_number_with_spaces_inside_is_the_same_number(till, phone, point):
    """3.7"""
    make_offer(point)

    assert "TAK" in show(till, f" {in_fours(phone.medium.number)} ").content.decode()


def test_a_photograph_of_the_screen_is_as_good_as_a_scan(till, phone, point):
    make_offer(point)
    drawn = io.BytesIO()
    segno.make(phone.shows(timezone.now()), error="m", micro=False).save(drawn, kind="png", scale=6)

    page = till.post(TILL, {"photo": SimpleUploadedFile("kod.png", drawn.getvalue())}, follow=True)

    assert "TAK" in page.content.decode()
    assert CardCheck.objects.get().nonce


def test_a_photograph_without_a_code_is_answered_in_words(till, point):
    answer = till.post(TILL, {"photo": SimpleUploadedFile("kod.png", b"nothing")})

    assert "nie da się odczytać" in answer.content.decode()


def test_a_discount_is_counted_after_the_yes_to_the_face_and_only_once(till, phone, point):
    """R46; double click and stale form."""
    offer = make_offer(point, limit=1)
    check = check_of(phone, till)

    refused = till.post(address(check), answers_of(offer, is_that_person=""))
    assert "zaznacz, że to ta osoba" in refused.content.decode()
    assert not Redemption.objects.exists()

    for _press in range(2):
        assert till.post(address(check), answers_of(offer)).status_code == 302
    assert Redemption.objects.count() == 1
    assert "Zaliczone" in till.get(address(check)).content.decode()


def test_nothing_is_counted_when_the_session_has_ended(till, phone, point):
    offer = make_offer(point)
    check = check_of(phone, till)
    till.logout()

    answer = till.post(address(check), answers_of(offer))

    assert answer.status_code == 302 and "/konto/" in answer.url
    assert not Redemption.objects.exists()


def test_a_card_blocked_after_the_scan_turns_the_page_into_a_no(till, phone, point):
    """R29, R72"""
    offer = make_offer(point)
    accepted_photo(phone.medium.person)
    check = check_of(phone, till)
    CardMedium.objects.update(status=MediumStatus.BLOCKED)

    answer = till.post(address(check), answers_of(offer))

    assert answer.status_code == 409
    assert "zablokowana" in answer.content.decode() and "Anna" not in answer.content.decode()
    assert not Redemption.objects.exists()
    assert till.get(reverse("resident_card:face", args=[check.pk])).status_code == 404


def test_after_ten_minutes_name_and_face_are_gone(till, phone, point):
    make_offer(point)
    accepted_photo(phone.medium.person)
    check = check_of(phone, till)
    CardCheck.objects.update(at=check.at - CHECK_LIFE - timedelta(seconds=1))

    page = till.get(address(check)).content.decode()

    assert "Minęło 10 minut" in page and "Anna" not in page
    assert till.get(reverse("resident_card:face", args=[check.pk])).status_code == 404


def test_a_photo_that_nobody_accepted_is_not_shown(till, phone, point):
    """R23"""
    make_offer(point)
    accepted_photo(phone.medium.person, status="pending")
    check = check_of(phone, till)

    assert "Brak zdjęcia" in till.get(address(check)).content.decode()
    assert till.get(reverse("resident_card:face", args=[check.pk])).status_code == 404


def test_the_check_of_one_cashier_is_not_there_for_another(client, till, phone, point, sign_in, make_account):
    make_offer(point)
    check = check_of(phone, till)
    make_account("halina@example.com")
    halina = sign_in(client.__class__(), make_cashier(point, "halina@example.com"), strong=False)

    assert halina.get(address(check)).status_code == 404
    assert halina.get(reverse("resident_card:face", args=[check.pk])).status_code == 404
    assert halina.post(address(check), answers_of(point.offers.get())).status_code == 404


def test_who_is_no_partner_finds_a_page_that_says_so_and_verifies_nothing(client, sign_in, ewa, phone, point):
    make_offer(point)
    stranger = sign_in(client, ewa)

    assert "nie sprawdza kart" in stranger.get(TILL).content.decode()
    assert stranger.post(TILL, {"code": phone.medium.number}).status_code == 403
    assert not CardCheck.objects.exists()


def test_access_that_ended_yesterday_is_no_access(till, phone, point):
    make_offer(point)
    check = check_of(phone, till)
    PartnerUser.objects.update(valid_to=timezone.localdate() - timedelta(days=1))

    assert till.post(TILL, {"code": phone.medium.number}).status_code == 403
    assert "Anna" not in till.get(address(check)).content.decode()


def test_a_point_is_chosen_once_and_remembered(till, point, piotr):
    PartnerUser.objects.create(
        email=piotr.email, user=piotr, point=make_point(name="Pływalnia Raduńska"), invited_by=piotr.subject, invited_at=timezone.now(),
        accepted_at=timezone.now(),
    )  # fmt: skip
    assert "punkcie jesteś" in till.get(TILL).content.decode()

    till.post(reverse("resident_card:points"), {"point": point.pk})

    assert "Kod albo numer karty" in till.get(TILL).content.decode()


def test_a_point_of_somebody_else_is_not_chosen(till, point):
    other = make_point("Kino")

    assert till.post(reverse("resident_card:points"), {"point": other.pk}).status_code == 422


def test_a_mistake_is_taken_back_on_the_page(till, phone, point):
    """R48"""
    offer = make_offer(point, limit=1)
    till.post(address(check_of(phone, till)), answers_of(offer))

    till.post(reverse("resident_card:undo_redemption", args=[Redemption.objects.get().pk]))

    assert Redemption.objects.get().reversed_at
    assert "użyto 0 z 1" in show(till, phone.shows(timezone.now())).content.decode()


def test_hundreds_of_looks_in_a_minute_are_stopped(till, phone, point):
    make_offer(point)

    answers = [till.post(TILL, {"code": new_number()}).status_code for _try in range(62)]

    assert answers[:60] == [422] * 60
    assert answers[-1] == 429


def test_an_invitation_is_accepted_by_the_account_with_that_address(client, sign_in, ewa, point):
    PartnerUser.objects.create(email="ewa@example.com", point=point, invited_by=ewa.subject, invited_at=timezone.now())
    hers = sign_in(client, ewa)
    assert "zaprasza Cię" in hers.get(TILL).content.decode()

    hers.post(reverse("resident_card:accept_invitation"))

    assert "Kod albo numer karty" in hers.get(TILL).content.decode()
