"""The forms besides DO-1 as people fill them, from the first screen to the receipt; and as clerks make their next versions."""

import json
import uuid
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from eboi import sample_catalogue
from eboi.actions import filing
from eboi.models import MatterType, Submission
from residents.models import AddressPoint
from residents.models.places import address_key
from schemas.actions import next_version, publish
from schemas.conditions import set_condition
from schemas.definition import compiled
from schemas.models import Definition, Question
from schemas.twin import describe
from tests.eboi.conftest import pdf_upload
from tests.factories import TUESDAY, make_person

BATOREGO = {"street": "Batorego", "number": "2", "flat": ""}
HOUSE = {"owner": "person", "business": "no", "protected": "no"}
SPRUCE = {"plant": "tree", "species-group": "other", "species": "świerk", "girth": 90, "more": "no"}


@pytest.fixture
def catalogue(db, dariusz):
    AddressPoint.objects.create(
        terc="2204011", simc="0934960", ulic="00753", street="Batorego", number="2", search=address_key("Batorego", "2"),
        latitude=Decimal("54.25930"), longitude=Decimal("18.63530"),
    )  # fmt: skip
    sample_catalogue.load(TUESDAY)
    return MatterType.objects


@pytest.fixture
def file_it(catalogue, anna):
    """Anna files the matter with these answers, and with one file under each question named in `files`."""
    kowalska = make_person(anna, "Anna", "Kowalska")

    def file_it(code, answers, files=()):
        draft = filing.open_draft(kowalska, catalogue.get(code=code), moment=TUESDAY)
        filing.save_answers(draft, {**draft.answers, **answers}, revision=draft.revision, by=anna)
        for question in files:
            filing.attach(draft, question, pdf_upload(f"{question}.pdf"), by=anna)
        draft.refresh_from_db()
        filing.submit(draft, by=anna, key=uuid.uuid4(), revision=draft.revision, sign_in_method="totp", moment=TUESDAY)
        return Submission.objects.get(pk=draft.pk)

    return file_it


def test_a_general_letter_is_filed_to_the_unit_that_takes_letters(file_it):
    answers = {
        "subject": "Ławka",
        "content": "Proszę o ławkę przy placu zabaw.",
        "payer": "person",
        "proxy": "no",
        "delivery": "portal",
    }

    filed = file_it("pismo", answers, files=["attachments"])

    assert filed.receipt and filed.letter.rpw.startswith("RPW/")
    assert filed.letter.subject == "Pismo ogólne"
    assert filed.letter.attachments_count == 1


def test_a_letter_in_somebodys_name_needs_the_mandate(file_it):
    answers = {
        "subject": "Ławka", "content": "Proszę o ławkę przy placu zabaw.", "payer": "person", "proxy": "yes", "principal": "Jan Nowak",
        "delivery": "portal",
    }  # fmt: skip

    with pytest.raises(filing.Incomplete) as refused:
        file_it("pismo", answers)

    assert list(refused.value.errors) == ["mandate"]


def test_a_matter_by_letter_is_filed_under_its_own_name(file_it):
    answers = {"content": "Składam skargę na hałas.", "payer": "person", "proxy": "no", "delivery": "portal"}

    filed = file_it("skarga", answers)

    assert filed.letter.subject == "Skarga na działanie urzędu"
    assert filed.letter.matter.code == "skarga"


def test_a_letter_left_as_its_card_begins_it_is_not_sent(file_it, client, sign_in, anna):
    with pytest.raises(filing.Incomplete) as refused:
        file_it("skarga", {"payer": "person", "proxy": "no", "delivery": "portal"})

    page = sign_in(client, anna).get(reverse("eboi:review", args=[Submission.objects.get().pk])).content.decode()
    assert list(refused.value.errors) == ["content"]
    assert "na razie jest tu tylko jej początek" in page.replace("\u00a0", " ")


def test_a_certificate_of_no_arrears_is_asked_for(file_it):
    answers = {
        "what": "none",
        "purpose": "kredyt",
        "payer": "person",
        "pesel": "85041512345",
        "spouse": "no",
        "proxy": "no",
        "delivery": "desk",
    }

    filed = file_it("niezaleganie", answers, files=["payment-proof"])

    assert filed.answers["what"] == "none"
    assert filed.matter.terms.get().fee_grosze == 2100


def test_a_certificate_for_a_firm_asks_for_its_number_and_no_pesel(file_it):
    answers = {"what": "amount", "purpose": "przetarg", "payer": "company", "proxy": "no", "delivery": "portal", "company-name": "Mosty sp. z o.o.",
               "nip": "5930206827", "representative": "Anna Kowalska, prezes"}  # fmt: skip

    filed = file_it("niezaleganie", answers)

    assert "pesel" not in filed.answers and filed.receipt.body["applicant"]


TREE = {**HOUSE, **SPRUCE, "address": BATOREGO, "plot": "123/4, obręb 8", "co-owners": "no", "truth": True}


def test_a_tree_notice_is_filed_with_the_limits_by_which_it_was_judged(file_it):
    filed = file_it("drzewa-zgloszenie", TREE, files=["sketch"])

    verdict = filed.computed["verdict"]
    assert verdict["value"]["verdict"] == "notice"
    assert verdict["basis"] == "Świerk: obwód 90 cm, granica 50 cm: zgłoszenie."


@pytest.mark.parametrize("change", [{"girth": 50}, {"business": "yes"}, {"plant": "fruit"}])
def test_what_is_no_matter_for_a_notice_is_not_filed_as_one(file_it, change):
    with pytest.raises(filing.Incomplete) as refused:
        file_it("drzewa-zgloszenie", {**TREE, **change}, files=["sketch"])

    assert list(refused.value.errors) == ["verdict"]
    assert not Submission.objects.filed().exists()


@pytest.mark.parametrize("girth", ["-5", "0", "99999999999", "1e3", "90 cm", "dziewięćdziesiąt", "٩٠", "9" * 5000])
def test_a_hostile_girth_is_refused_beside_its_field(catalogue, anna, client, sign_in, girth):
    draft = filing.open_draft(make_person(anna), catalogue.get(code="drzewa-zgloszenie"), moment=timezone.now())
    page = sign_in(client, anna)
    typed = {**SPRUCE, "girth": girth, "_asked": ["species-group", "species", "girth"]}

    answer = page.post(reverse("eboi:page", args=[draft.pk, "rosliny"]), {**typed, "seen": _seen(draft, "rosliny")})

    assert answer.status_code == 200
    assert 'href="#id_girth"' in answer.content.decode()


def test_a_day_in_the_past_can_not_be_planned(file_it):
    with pytest.raises(filing.Incomplete) as refused:
        file_it("drzewa-zgloszenie", {**TREE, "planned": "2020-01-01"}, files=["sketch"])

    assert "nie wcześniejszy niż" in refused.value.errors["planned"]


def test_the_screen_with_the_verdict_lets_nobody_on_who_need_not_notify(catalogue, anna, client, sign_in):
    draft = filing.open_draft(make_person(anna), catalogue.get(code="drzewa-zgloszenie"), moment=timezone.now())
    filing.save_answers(draft, {**HOUSE, **SPRUCE, "girth": 30}, revision=draft.revision, by=anna)
    address = reverse("eboi:page", args=[draft.pk, "wynik"])

    answer = sign_in(client, anna).post(address, {"seen": _seen(draft, "wynik")})

    assert answer.status_code == 200
    assert "Nie trzeba nic zgłaszać." in answer.content.decode().replace("\u00a0", " ")


def _seen(draft, code):
    from eboi.views.drafts import seen_on

    return seen_on(draft, compiled(draft.form_version_id).page(code))


# New versions, made as the desk makes them


@pytest.mark.parametrize("code", sample_catalogue.FORMS)
def test_every_form_has_a_next_version_with_other_words_order_and_conditions(catalogue, celina, code):
    definition = Definition.objects.get(code=code)
    old = describe(definition.current())
    draft = next_version(definition.current(), by=celina)
    asked = list(Question.objects.filter(page__version=draft).exclude(kind__in=["note", "computed"]))
    first, last = next(one for one in asked if one.kind in ("choice", "yes_no", "short_text")), asked[-1]
    Question.objects.filter(pk=first.pk).update(label="Nowe słowa")
    Question.objects.filter(pk=last.pk).update(order=99)
    set_condition(last, needs_all=True, rows=[(first, "answered", "")], by=celina)

    publish(draft, by=celina, moment=TUESDAY)

    form = compiled(definition.current().pk)
    assert (form.version, form.questions[first.code].label) == (2, "Nowe słowa")
    assert form.questions[last.code].shown_when.rows[0].asked == first.code
    assert describe(definition.versions.get(number=1)) == old


@pytest.mark.parametrize("code", sample_catalogue.FORMS)
def test_every_form_prints(catalogue, client, code):
    """L34"""
    assert client.get(reverse("schemas:paper", args=[code])).status_code == 200
    assert client.get(reverse("schemas:paper_pdf", args=[code, 1])).content[:5] == b"%PDF-"


@pytest.mark.parametrize("code", sample_catalogue.FORMS)
def test_what_the_files_say_is_what_is_stored(catalogue, code):
    told = json.loads((sample_catalogue.DATA / "forms" / f"{code}.json").read_text())

    assert describe(Definition.objects.get(code=code).current()) == told
