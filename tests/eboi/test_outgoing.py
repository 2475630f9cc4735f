"""What leaves the office: numbers of its own, the 14 days computed from dates, letters from templates, two letters of a forwarding."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.utils import InternalError, ProgrammingError
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from eboi import placeholders
from eboi.actions import cases, outgoing, register, rulings
from eboi.models import Case, CaseMessage, LetterTemplate, OutgoingLetter
from eboi.statuses import CallStatus, CaseStatus
from office.models import PersonalDataRead
from office.transitions import Refused
from tests.factories import TUESDAY, at, make_case, make_colleague, make_letter, make_person, make_unit

pytestmark = pytest.mark.django_db
REGISTER = reverse("admin:eboi_outgoingletter_changelist")
Kind, Channel = OutgoingLetter.Kind, OutgoingLetter.Channel


@pytest.fixture
def desk(client, sign_in):
    return lambda clerk: sign_in(client, clerk)


@pytest.fixture
def case(dariusz):
    """In progress, of Anna whose identity is confirmed."""
    case = make_case(make_person(mail_address="ul. Batorego 12a, Pruszcz Gdański"), dariusz)
    cases.take_up(case, by=dariusz, moment=TUESDAY)
    case.person.identity_confirmations.create(level="desk", how="dowód", confirmed_by=dariusz.subject, at=TUESDAY)
    return case


@pytest.fixture
def decision(case, dariusz):
    """Signed on 24 November."""
    written = rulings.draft_decision(case, ruling="Ustalam.", reasons="Bo.", by=make_colleague(case.unit), moment=TUESDAY)
    rulings.sign_decision(written, by=dariusz, moment=TUESDAY)
    return written


def verb(thing, name):
    return reverse(f"admin:eboi_{thing._meta.model_name}_verb", args=[thing.pk, name])


def press(browser, thing, name, **typed):
    return browser.post(verb(thing, name), {"seen": thing.status, **typed})


def text_of(answer):
    return answer.content.decode().replace("\xa0", " ")


def entries():
    return [(letter.rpo, letter.kind) for letter in OutgoingLetter.objects.order_by("number")]


# Numbers


def test_what_leaves_has_numbers_of_its_own(case, decision, dariusz):
    """L9: the outgoing register knows nothing of RPW."""
    rulings.send_decision(decision, channel="post", sent_on=date(2026, 11, 25), by=dariusz, moment=at(date(2026, 11, 25)))
    outgoing.register_outgoing(
        channel="plain", recipient="Starosta", subject="Odpowiedź", unit=case.unit, by=dariusz, moment=at(date(2027, 1, 2))
    )

    assert entries() == [("RPO/1/2026", "decision"), ("RPO/1/2027", "letter")]
    assert case.letters.get().rpw == "RPW/1/2026"


@pytest.mark.parametrize("given, why", [({"recipient": " "}, "adresata"), ({"sent_on": date(2026, 12, 1)}, "z przyszłości")])
def test_an_entry_without_its_parts_is_refused_and_takes_no_number(case, dariusz, given, why):
    typed = {"channel": "post", "recipient": "Starosta", "subject": "Odpowiedź", "unit": case.unit, **given}

    with pytest.raises(Refused, match=why):
        outgoing.register_outgoing(**typed, by=dariusz, moment=TUESDAY)

    assert not OutgoingLetter.objects.exists()


def test_an_entry_of_the_register_stays(case, dariusz):
    """The database refuses, whoever asks."""
    outgoing.send_to_party(case, kind=Kind.LETTER, channel="post", subject="Pismo", by=dariusz, moment=TUESDAY)

    with pytest.raises((ProgrammingError, InternalError), match="Cannot delete"):
        OutgoingLetter.objects.all().delete()


# Decisions and calls on their way


def test_a_decision_is_sent_lies_uncollected_and_is_served_by_its_dates(desk, case, decision, dariusz):
    """L14: no job makes the fiction; the page names its day from the first notice on, and the verb accepts it from that day on."""
    rulings.send_decision(decision, channel="post", sent_on=date(2026, 11, 25), by=dariusz, moment=at(date(2026, 11, 25)))
    letter = OutgoingLetter.objects.get()
    outgoing.note_first_notice(letter, day=date(2026, 11, 26), by=dariusz, moment=at(date(2026, 11, 26)))
    days = {"channel": "post", "sent_on": letter.sent_on, "first_notice_on": letter.first_notice_on, "proof": "zwrotka 7"}

    with pytest.raises(Refused, match=r"10\sgrudnia 2026"):
        rulings.record_delivery(decision, **days, by=dariusz, moment=at(date(2026, 12, 9)))
    delivery = rulings.record_delivery(decision, **days, by=dariusz, moment=at(date(2026, 12, 20)))

    assert (delivery.effective_on, delivery.letter) == (date(2026, 12, 10), letter)
    assert OutgoingLetter.objects.count() == 1
    case.refresh_from_db()
    assert case.status == CaseStatus.SERVED


def test_the_page_of_the_case_names_the_day_of_the_fiction(desk, dariusz):
    """L14"""
    now = timezone.now()
    case = make_case(make_person(), dariusz, moment=now - timedelta(days=10))
    cases.take_up(case, by=dariusz, moment=now)
    case.person.identity_confirmations.create(level="desk", how="dowód", confirmed_by=dariusz.subject, at=now)
    written = rulings.draft_decision(case, ruling="Ustalam.", reasons="Bo.", by=make_colleague(case.unit), moment=now)
    rulings.sign_decision(written, by=dariusz, moment=now)
    browser, today = desk(dariusz), timezone.localdate()

    case.refresh_from_db()
    press(browser, case, "send_decision", sent_on=today, channel="post")
    press(browser, case, "note_first_notice", day=today)

    page = text_of(browser.get(reverse("admin:eboi_case_change", args=[case.pk])))
    assert "nieodebrane wywoła skutek doręczenia" in page
    assert str(today) in text_of(browser.get(verb(case, "record_delivery")))


def test_at_the_counter_the_entry_is_made_with_the_delivery(decision, dariusz):
    day = date(2026, 11, 25)

    delivery = rulings.record_delivery(decision, channel="in_person", sent_on=day, collected_on=day, by=dariusz, moment=at(day))

    assert (delivery.letter.rpo, delivery.letter.channel) == ("RPO/1/2026", "in_person")


@pytest.mark.parametrize(
    "channel, days, why",
    [
        ("post", {"collected_on": date(2026, 11, 26)}, "zwrotki"),
        ("ade", {"collected_on": date(2026, 11, 26)}, "identyfikator dowodu"),
        ("in_person", {"first_notice_on": date(2026, 11, 26)}, "dzień odbioru"),
    ],
)
def test_each_way_has_its_own_proof(decision, dariusz, channel, days, why):
    """L14"""
    with pytest.raises(Refused, match=why):
        rulings.record_delivery(
            decision, channel=channel, sent_on=date(2026, 11, 25), **days, by=dariusz, moment=at(date(2027, 1, 5))
        )


@pytest.mark.parametrize(
    "channel, day, why",
    [
        ("in_person", date(2026, 11, 25), "tylko przy poczcie"),
        ("post", date(2026, 11, 20), "wcześniejsze"),
        ("post", date(2026, 12, 24), "późniejsze"),
    ],
)
def test_a_first_notice_that_can_not_be_is_refused(case, dariusz, channel, day, why):
    letter = outgoing.send_to_party(case, kind=Kind.LETTER, channel=channel, subject="Pismo", by=dariusz, moment=TUESDAY)

    with pytest.raises(Refused, match=why):
        outgoing.note_first_notice(letter, day=day, by=dariusz, moment=at(date(2026, 12, 1)))


def test_the_first_notice_is_entered_once(case, dariusz):
    letter = outgoing.send_to_party(case, kind=Kind.LETTER, channel="post", subject="Pismo", by=dariusz, moment=TUESDAY)
    outgoing.note_first_notice(letter, day=date(2026, 11, 24), by=dariusz, moment=TUESDAY)

    with pytest.raises(Refused, match="Ktoś był szybszy"):
        outgoing.note_first_notice(letter, day=date(2026, 11, 24), by=dariusz, moment=TUESDAY)


def test_whoever_wrote_the_decision_does_not_sign_it(case, dariusz):
    """L13: a second person has read it (decision 0022)."""
    written = rulings.draft_decision(case, ruling="Ustalam.", reasons="Bo.", by=dariusz, moment=TUESDAY)

    with pytest.raises(Refused, match="inny niż jej autor"):
        rulings.sign_decision(written, by=dariusz, moment=TUESDAY)


def test_of_two_clerks_with_one_draft_the_slower_is_told_and_loses_no_word(desk, dariusz):
    case = make_case(make_person(), dariusz, moment=timezone.now())
    cases.take_up(case, by=dariusz, moment=timezone.now())
    browser = desk(dariusz)
    rulings.draft_decision(case, ruling="Gabrieli.", reasons="Bo.", by=make_colleague(case.unit), moment=timezone.now())

    answer = press(
        browser, case, "draft_decision", ruling="Dariusza słowo w słowo.", reasons="Bo.", legal_basis="art. 1", revision="0"
    )

    assert "Ktoś był szybszy" in text_of(answer)
    assert "Dariusza słowo w słowo." in text_of(answer)
    assert Case.objects.get().decision.ruling == "Gabrieli."


def test_of_two_managers_the_slower_does_not_overrule_the_faster(case, dariusz):
    gabriela = make_colleague(case.unit)
    gabriela.name = "Gabriela"
    other = type(gabriela).objects.create(email="henryk@pruszcz.example", name="Henryk", is_staff=True)
    make_unit(other)
    stale = Case.objects.get(pk=case.pk)
    cases.assign(case, officer=gabriela, by=dariusz, moment=TUESDAY)

    with pytest.raises(Refused, match="Ktoś był szybszy"):
        cases.assign(stale, officer=other, by=dariusz, moment=TUESDAY)

    case.refresh_from_db()
    assert case.officer == gabriela


# Notices and forwarding


def test_a_notice_of_delay_leaves_through_the_register(case, dariusz):
    """L6"""
    cases.extend(case, new_date=date(2027, 1, 20), reason="Oględziny.", channel="ade", by=dariusz, moment=TUESDAY)

    letter = OutgoingLetter.objects.get()
    assert (letter.kind, letter.channel, letter.recipient, letter.address) == (
        "delay", "ade", "Anna Kowalska", "ul. Batorego 12a, Pruszcz Gdański",
    )  # fmt: skip
    assert "Oględziny." in letter.text
    assert "Służy ponaglenie." in letter.text


def test_a_forwarding_sends_two_letters_with_the_reason(case, dariusz):
    """L15: to the authority and to the party, who reads it in the portal as well."""
    cases.forward(case, authority="Starosta Gdański", reason="Drogą zarządza powiat.", by=dariusz, moment=TUESDAY)

    assert entries() == [("RPO/1/2026", "forwarding"), ("RPO/2/2026", "forwarded")]
    assert [letter.recipient for letter in OutgoingLetter.objects.order_by("number")] == ["Starosta Gdański", "Anna Kowalska"]
    assert "Drogą zarządza powiat." in CaseMessage.objects.get().text


def test_a_forwarding_without_a_reason_is_refused_and_nothing_leaves(case, dariusz):
    """L15: KPA art. 65 § 1 wants one in the notice."""
    with pytest.raises(Refused, match="Podaj powód"):
        cases.forward(case, authority="Starosta", reason=" ", by=dariusz, moment=TUESDAY)

    assert not OutgoingLetter.objects.exists()


# A letter in a case that is there already


def test_an_answer_on_paper_keeps_the_day_on_which_it_came(case, dariusz):
    """L7: in time is judged by the day of receipt, not by the day on which the clerk gets to it."""
    call = rulings.draft_call(case, missing="Umowa.", by=dariusz, moment=TUESDAY)
    rulings.send_call(call, by=dariusz, moment=TUESDAY)
    day = date(2026, 11, 27)
    rulings.record_call_service(
        call, channel="post", proof="zwrotka 1", sent_on=day, collected_on=day, by=dariusz, moment=at(day, 15)
    )
    with pytest.raises(Refused, match="nie ma pisma strony"):
        rulings.accept_answer_on_paper(call, by=dariusz, moment=at(day, 16))
    letter = make_letter(case.person, at(date(2026, 12, 4), 15))
    cases.attach_letter(letter, case=case, by=dariusz, moment=at(date(2026, 12, 7)))

    rulings.accept_answer_on_paper(call, by=dariusz, moment=at(date(2026, 12, 8)))

    case.refresh_from_db()
    assert (case.status, call.status) == (CaseStatus.IN_PROGRESS, CallStatus.CURED)
    assert (call.answer, call.answered_at) == (f"Pismo {letter.rpw}", at(date(2026, 12, 4), 15))


def test_a_paper_that_came_too_late_cures_nothing(case, dariusz):
    """L7"""
    call = rulings.draft_call(case, missing="Umowa.", by=dariusz, moment=TUESDAY)
    rulings.send_call(call, by=dariusz, moment=TUESDAY)
    day = date(2026, 11, 27)
    rulings.record_call_service(call, channel="post", proof="1", sent_on=day, collected_on=day, by=dariusz, moment=at(day, 15))
    late = make_letter(case.person, at(date(2026, 12, 5)))
    cases.attach_letter(late, case=case, by=dariusz, moment=at(date(2026, 12, 7)))

    with pytest.raises(Refused, match="w terminie"):
        rulings.accept_answer_on_paper(call, by=dariusz, moment=at(date(2026, 12, 8)))


def test_a_letter_is_put_into_a_case_by_its_mark_and_only_of_the_clerks_units(desk, case, dariusz):
    """S17"""
    letter = make_letter(unit=case.unit, moment=timezone.now())
    register.direct(letter, unit=case.unit, by=dariusz, moment=timezone.now())
    browser = desk(dariusz)

    refused = press(browser, letter, "attach_to_case", mark="FN.3120.1.2026")
    press(browser, letter, "attach_to_case", mark=case.mark.lower())

    assert "nie ma sprawy FN.3120.1.2026" in text_of(refused)
    letter.refresh_from_db()
    assert letter.case == case


# Templates


def template(**fields):
    given = {"name": "Prośba", "title": "Wezwanie {znak sprawy}", "text": "Szanowna Pani {strona}, termin: {termin}."}
    return LetterTemplate(**{**given, **fields})


@pytest.mark.parametrize(
    "text, fault",
    [
        ("Dzień dobry {imie psa}.", "Nie ma pola „imie psa”"),
        ("Kwota {", "nie ma pary"),
        ("Kwota }", "nie ma pary"),
        ("{strona.account.password}", "Nie ma pola „strona.account.password”"),
        ("{}", "Nie ma pola „”"),
    ],
)
def test_a_gap_that_nobody_knows_is_refused_by_its_name(text, fault):
    with pytest.raises(ValidationError, match=fault):
        template(text=text).full_clean()


def test_a_template_never_runs_as_a_template_of_django(case, dariusz):
    """S43: what a clerk writes is text, and so is what a resident calls herself."""
    case.person.last_name = "{prowadzi}{% debug %}"
    case.due_on = date(2026, 12, 28)
    values = placeholders.values_of(case, case.matter.terms.get(), date(2026, 12, 1))

    filled = placeholders.fill("{{nawias}} {strona} {termin}", values)

    assert filled == "{nawias} Anna {prowadzi}{% debug %} 28\xa0grudnia 2026\xa0r."
    assert placeholders.faults("{% now 'Y' %}")
    assert placeholders.fill("{% now 'Y' %}", values) == "(brak: % now 'Y' %)"


@given(st.text(alphabet="{}ab ęś\n", max_size=40), st.text(max_size=20))
def test_any_text_is_filled_or_refused_and_never_breaks(text, name):
    """What passes the check is filled with nothing left over, and a value is never read again."""
    values = dict.fromkeys(placeholders.GAPS, name or "x")

    filled = placeholders.fill(text, values)

    if not placeholders.faults(text):
        assert len(filled) <= len(text) + text.count("{") * len(name or "x")
    assert placeholders.fill("{strona}", {"strona": text}) == (text or "(brak: strona)")


def test_saving_at_the_desk_says_what_is_wrong_beside_the_field_and_shows_the_letter(desk, dariusz):
    browser, add = desk(dariusz), reverse("admin:eboi_lettertemplate_add")
    typed = {"name": "Prośba", "title": "Prośba o dokument", "text": "Pani {stronaa}, proszę.", "is_in_use": "on"}

    refused = browser.post(add, typed)
    browser.post(add, {**typed, "text": "Pani {strona}, proszę."})

    assert "Nie ma pola „stronaa”" in text_of(refused)
    assert "Pani {stronaa}, proszę." in text_of(refused)
    stored = LetterTemplate.objects.get()
    assert "Pani Anna Kowalska, proszę." in text_of(browser.get(reverse("admin:eboi_lettertemplate_change", args=[stored.pk])))


def test_a_letter_from_a_template_is_read_before_it_goes(desk, dariusz):
    """S42: the e-mail tells nothing of it; the party reads it in the portal."""
    case = make_case(make_person(), dariusz, moment=timezone.now())
    chosen = template()
    chosen.save()
    browser = desk(dariusz)

    shown = press(browser, case, "write_letter", template=chosen.pk, channel="post")
    assert not OutgoingLetter.objects.exists()
    assert "Szanowna Pani Anna Kowalska" in text_of(shown)
    form = shown.context["form"]
    press(
        browser, case, "write_letter", template=chosen.pk, channel="post", title=form["title"].value(), text=form["text"].value()
    )

    letter = OutgoingLetter.objects.get()
    assert (letter.subject, letter.case) == (f"Wezwanie {case.mark}", case)
    assert "Szanowna Pani Anna Kowalska" in CaseMessage.objects.get().text
    pdf = browser.get(reverse("admin:eboi_case_letter", args=[case.pk, letter.pk]))
    assert pdf["Content-Type"] == "application/pdf"


def test_a_letter_with_a_hole_does_not_leave(case, dariusz):
    with pytest.raises(Refused, match="adres strony"):
        outgoing.write_letter(
            case, title="Pismo", text="Na adres (brak: adres strony).", channel="post", by=dariusz, moment=TUESDAY
        )


def test_a_template_of_another_unit_is_not_offered(case):
    template(unit=make_unit(symbol="FN", name="Finanse")).save()

    assert not LetterTemplate.objects.for_unit(case.unit).exists()


# The register on the desk


def test_the_register_shows_the_clerk_only_what_left_their_units(desk, case, dariusz, make_account):
    """S17 S24"""
    from pruszcz_portal import roles

    letter = outgoing.send_to_party(case, kind=Kind.LETTER, channel="post", subject="Pismo", by=dariusz, moment=TUESDAY)
    other = make_account("gosia@pruszcz.example", "Gosia", roles.CASE_OFFICER)
    make_unit(other, symbol="FN", name="Finanse")

    assert letter.rpo in text_of(desk(dariusz).get(REGISTER))
    browser = desk(other)
    assert letter.rpo not in text_of(browser.get(REGISTER))
    assert browser.get(reverse("admin:eboi_outgoingletter_change", args=[letter.pk])).status_code == 302


def test_celina_enters_what_leaves_and_finds_it_by_its_number(desk, celina):
    unit = make_unit()
    browser, today = desk(celina), timezone.localdate()
    typed = {
        "unit": unit.pk,
        "channel": "plain",
        "sent_on": today,
        "recipient": "Starosta",
        "address": "",
        "subject": "Odpowiedź",
    }

    answer = browser.post(reverse("admin:eboi_outgoingletter_add"), typed)

    letter = OutgoingLetter.objects.get()
    assert answer.status_code == 302
    assert (letter.number, letter.registered_by) == (1, celina.subject)
    assert "Starosta" in text_of(browser.get(REGISTER, {"q": letter.rpo}))
    assert "Starosta" not in text_of(browser.get(REGISTER, {"q": f"RPO/2/{today.year}"}))


def test_the_outgoing_register_as_a_file_tells_each_person(desk, case, decision, dariusz):
    """S28 S41"""
    day = date(2026, 11, 25)
    rulings.record_delivery(decision, channel="post", proof="=1", sent_on=day, collected_on=day, by=dariusz, moment=at(day))
    browser = desk(dariusz)

    lines = b"".join(browser.get(reverse("admin:eboi_outgoingletter_export", args=["csv"])).streaming_content).decode("utf-8-sig")

    assert lines.splitlines()[1] == (
        'RPO/1/2026;2026-11-25;poczta, za potwierdzeniem odbioru;decyzja;Anna Kowalska;"ul. Batorego 12a, Pruszcz Gdański";'
        f'"Decyzja, {case.mark}";OS;{case.mark};;2026-11-25;\'=1'
    ).replace('"', "")
    assert PersonalDataRead.objects.filter(what__startswith="plik:", person=case.person_id).count() == 1
    sheet = browser.get(reverse("admin:eboi_outgoingletter_export", args=["xlsx"]))
    assert b"".join(sheet.streaming_content).startswith(b"PK")


def test_a_look_up_by_name_is_written_down_for_whom_it_showed(desk, case, dariusz):
    """S28: a mark or a number names no person, a name does."""
    browser, queue = desk(dariusz), reverse("admin:eboi_case_changelist")
    make_case(make_person(last_name="Wójcik"), dariusz)

    browser.get(queue, {"q": case.mark, "stan": "wszystkie"})
    assert not PersonalDataRead.objects.exists()
    browser.get(queue, {"q": "kowalska"})

    read = PersonalDataRead.objects.get()
    assert (read.person, read.what) == (case.person_id, "wyszukanie po nazwisku")


def test_the_register_asks_no_more_questions_for_more_rows(desk, case, dariusz):
    """F19"""
    from django.test.utils import CaptureQueriesContext

    browser = desk(dariusz)

    def asked():
        browser.get(REGISTER)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            browser.get(REGISTER)
        return len(seen)

    outgoing.send_to_party(case, kind=Kind.LETTER, channel="post", subject="Pismo", by=dariusz, moment=TUESDAY)
    one = asked()
    for _ in range(3):
        outgoing.send_to_party(case, kind=Kind.LETTER, channel="post", subject="Pismo", by=dariusz, moment=TUESDAY)

    assert asked() == one <= 8
