"""Cases past their archive category: listed, agreed to by two people and the state archive, destroyed whole, one by one (L22)."""

import csv
import io
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError, ProgrammingError
from django.urls import reverse
from django.utils import timezone

from eboi.actions import cases, correspondence, disposal, filing, outgoing, register, rulings, service
from eboi.models import (
    Case,
    Delivery,
    Disposal,
    DisposalItem,
    IncomingLetter,
    JrwaClass,
    OutgoingLetter,
    Receipt,
    Submission,
    WasteRate,
)
from eboi.removals import REMOVALS
from eboi.statuses import DisposalStatus
from office import files, retention
from office.models import RetentionPeriod, RetentionRun, StatusChange, StoredFile
from office.retention import Removal
from office.transitions import Refused
from pruszcz_portal import roles
from tests.eboi.conftest import pdf_upload
from tests.factories import LONG_AGO, WARSAW, at, make_case, make_colleague, make_letter, make_matter, make_person, make_unit
from tests.pruszcz_portal.test_erasing import places_of

ENDED = datetime(2020, 6, 1, 10, tzinfo=WARSAW)  # B5: kept to the end of 2025
NOW = timezone.now()
TODAY = timezone.localdate()
DISPOSED = [removal for removal in REMOVALS if removal.kind == "disposed_case"]
SECRET = "Słowa-których-nikt-nie-odtworzy"


@pytest.fixture
def archivist(db, make_account):
    return make_account("zenon@pruszcz.example", "Zenon Kruk", roles.ARCHIVIST)


@pytest.fixture
def ended(dariusz):
    """`ended(...)`: a case that was settled on that day, in a class of that category."""

    def ended(moment=ENDED, category="B5", person=None):
        matter = make_matter(
            make_unit(dariusz), code=f"m-{category.lower()}", jrwa=f"3{JrwaClass.objects.count()}{category[-1:]}"
        )
        JrwaClass.objects.filter(pk=matter.jrwa_id).update(category=category)
        case = make_case(person or make_person(), dariusz, moment=moment, matter=matter)
        cases.take_up(case, by=dariusz, moment=moment)
        cases.complete(case, outcome="Przyjęto.", by=dariusz, moment=moment)
        return case

    return ended


def consented(archivist, dariusz, moment=NOW - timedelta(days=20), **given):
    """A list with both agreements, old enough for the night."""
    listed = disposal.list_past(by=archivist, moment=moment)
    disposal.approve(listed, by=dariusz, moment=moment)
    words = {"archive": "AP Gdańsk", "number": "OBR.1", "consent_on": timezone.localdate(moment), **given}
    disposal.record_consent(listed, **words, by=archivist, moment=moment)
    return listed


def night():
    return retention.run(DISPOSED, moment=timezone.now())


# What is past its category


@pytest.mark.django_db
@pytest.mark.parametrize(
    "category, closed, day, is_past",
    [
        ("B5", date(2026, 12, 31), date(2031, 12, 31), False),
        ("B5", date(2026, 12, 31), date(2032, 1, 1), True),
        ("B5", date(2027, 1, 1), date(2032, 12, 31), False),
        ("B10", date(2026, 3, 1), date(2036, 12, 31), False),
        ("B10", date(2026, 3, 1), date(2037, 1, 1), True),
        ("BE5", date(2026, 3, 1), date(2032, 1, 1), True),
        ("A", date(2020, 1, 2), date(2200, 1, 1), False),
        ("Bc", date(2020, 1, 2), date(2200, 1, 1), False),
        ("", date(2020, 1, 2), date(2200, 1, 1), False),
        ("B0", date(2020, 1, 2), date(2200, 1, 1), False),
    ],
)
def test_years_are_counted_from_the_january_after_the_end_and_a_stays_for_ever(ended, category, closed, day, is_past):
    """L22"""
    case = ended(at(closed, 23, 59), category)

    assert list(Case.objects.past_category(day)) == ([case] if is_past else [])


@pytest.mark.django_db
def test_a_move_in_later_years_counts_anew(ended):
    """A decision settled in one year and final in the next is kept from the next."""
    case = ended()
    StatusChange.objects.create(
        object_type="eboi.case",
        object_id=case.pk,
        from_status="served",
        to_status="final",
        side="system",
        at=at(date(2021, 1, 2)),
    )

    assert not Case.objects.past_category(date(2026, 6, 1)).exists()
    assert Case.objects.past_category(date(2027, 1, 1)).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("dispute", ["in_progress", "waiting_party", "suspended", "decided", "served", "appeal", "held"])
def test_what_goes_on_or_is_disputed_never_is_past(ended, dariusz, dispute):
    """L22"""
    case = ended()
    if dispute == "held":
        disposal.hold(case, reason="Skarga do sądu.", by=dariusz, moment=NOW)
    elif dispute == "appeal":
        Case.objects.filter(pk=case.pk).update(appealed_on=date(2020, 7, 1))
    else:
        Case.objects.filter(pk=case.pk).update(status=dispute)

    assert not Case.objects.past_category(date(2200, 1, 1)).exists()


# The list


@pytest.mark.django_db
def test_whoever_made_the_list_does_not_approve_it(ended, archivist):
    ended()
    listed = disposal.list_past(by=archivist, moment=NOW)

    with pytest.raises(Refused, match="ktoś inny"):
        disposal.approve(listed, by=archivist, moment=NOW)

    with pytest.raises(IntegrityError, match="eboi_disposal_by_two"), transaction.atomic():
        Disposal.objects.filter(pk=listed.pk).update(approved_by=archivist.subject)


@pytest.mark.django_db
def test_a_category_that_is_only_recalled_destroys_nothing(ended, archivist, dariusz):
    case = ended()
    JrwaClass.objects.filter(pk=case.jrwa_id).update(needs_confirmation=True)
    listed = disposal.list_past(by=archivist, moment=NOW)

    with pytest.raises(Refused, match="do potwierdzenia"):
        disposal.approve(listed, by=dariusz, moment=NOW)

    assert "(do potwierdzenia)" in listed.items.get().source


@pytest.mark.django_db
@pytest.mark.parametrize(
    "given, why",
    [
        ({"number": " "}, "jakim pismem"),
        ({"archive": ""}, "jakim pismem"),
        ({"consent_on": TODAY + timedelta(days=1)}, "późniejsza niż dziś"),
        ({"consent_on": TODAY - timedelta(days=1)}, "wcześniejsza niż spis"),
    ],
)
def test_a_consent_has_its_archive_its_mark_and_its_day(ended, archivist, dariusz, given, why):
    ended()
    listed = disposal.list_past(by=archivist, moment=NOW)
    disposal.approve(listed, by=dariusz, moment=NOW)

    with pytest.raises(Refused, match=why):
        disposal.record_consent(
            listed, **{"archive": "AP", "number": "1", "consent_on": TODAY, **given}, by=archivist, moment=NOW
        )

    listed.refresh_from_db()
    assert listed.status == DisposalStatus.APPROVED


@pytest.mark.django_db
def test_be_waits_for_the_expertise_of_the_archive(ended, archivist, dariusz):
    ended(category="BE5")

    with pytest.raises(Refused, match="ekspertyzy"):
        consented(archivist, dariusz)

    listed = Disposal.objects.get()
    given = {"archive": "AP", "number": "1", "consent_on": TODAY, "expertise": "E.7"}
    disposal.record_consent(listed, **given, by=archivist, moment=NOW)
    assert listed.status == DisposalStatus.CONSENTED


@pytest.mark.django_db
def test_a_case_stands_on_one_list_and_a_dropped_list_gives_it_back(ended, archivist):
    case = ended()
    first = disposal.list_past(by=archivist, moment=NOW)
    with pytest.raises(Refused, match="nie ma spraw"):
        disposal.list_past(by=archivist, moment=NOW)

    disposal.drop(first, reason="Kontrola RIO.", by=archivist, moment=NOW)

    second = disposal.list_past(by=archivist, moment=NOW)
    assert (second.items.get().case, str(second)) == (case, f"BRAK/2/{TODAY.year}")


@pytest.mark.django_db
def test_the_database_takes_no_case_of_category_a(ended, archivist):
    """Control: also when the verbs are passed by."""
    ended()
    listed = disposal.list_past(by=archivist, moment=NOW)

    with pytest.raises(IntegrityError, match="eboi_never_a"), transaction.atomic():
        listed.items.update(category="A")


# Destroying


@pytest.fixture
def whole(do_1, kowalska, anna, dariusz, answers, time_machine):
    """A case with everything that a case can hold, settled by a decision that turned final in 2020."""
    began = datetime(2020, 3, 2, 10, tzinfo=WARSAW)
    JrwaClass.objects.filter(pk=do_1.jrwa_id).update(category="B5")
    WasteRate.objects.update(valid_from=LONG_AGO)
    kowalska.identity_confirmations.create(level="desk", how="dowód", confirmed_by=dariusz.subject, at=began)
    draft = filing.open_draft(kowalska, do_1, moment=began)
    filing.save_answers(draft, {**answers, "first-day": "2020-03-01", "remarks": SECRET}, revision=draft.revision, by=anna)
    filing.attach(draft, "attachments", pdf_upload(f"{SECRET}.pdf"), by=anna)
    draft.refresh_from_db()
    time_machine.move_to(began)
    filing.submit(draft, by=anna, key=uuid4(), revision=draft.revision, sign_in_method="totp", moment=began)
    case = cases.open_case(IncomingLetter.objects.get(), matter=do_1, officer=dariusz, by=dariusz, moment=began)
    paper = make_letter(kowalska, began, subject=SECRET, letter_mark=SECRET[:60])
    cases.attach_letter(paper, case=case, by=dariusz, moment=began)
    register.add_scan(paper, upload=pdf_upload(f"{SECRET}-skan.pdf"), by=dariusz, moment=began)
    cases.take_up(case, by=dariusz, moment=began)
    correspondence.write_to_office(case, text=SECRET, by=anna, moment=began)
    correspondence.add_note(case, text=SECRET, by=dariusz, moment=began)
    correspondence.add_document(case, title=SECRET, upload=pdf_upload(f"{SECRET}-2.pdf"), by=anna, moment=began)
    cases.extend(case, new_date=date(2020, 5, 4), reason=SECRET, by=dariusz, moment=began)
    day = date(2020, 3, 4)
    delay = OutgoingLetter.objects.get()
    service.record_arrival(delay, collected_on=day, proof_file=pdf_upload(f"{SECRET}-3.pdf"), by=dariusz, moment=at(day))
    outgoing.write_letter(case, title=SECRET, text=SECRET, channel="plain", by=dariusz, moment=began)
    call = rulings.draft_call(case, missing=SECRET, by=dariusz, moment=at(day))
    rulings.send_call(call, by=dariusz, moment=at(day))
    rulings.answer_call(call, text=SECRET, by=anna, moment=at(day, 14))
    decision = rulings.draft_decision(case, ruling=SECRET, reasons=SECRET, by=make_colleague(case.unit), moment=at(day, 15))
    rulings.sign_decision(decision, by=dariusz, moment=at(day, 16))
    rulings.record_delivery(decision, channel="in_person", sent_on=day, collected_on=day, by=dariusz, moment=at(day, 17))
    rulings.make_final(case, moment=at(date(2020, 4, 1)))
    time_machine.move_to(NOW)
    return Case.objects.get(pk=case.pk)


@pytest.mark.django_db
def test_nothing_of_a_destroyed_case_can_be_read_anywhere(whole, archivist, dariusz, django_capture_on_commit_callbacks):
    """L22: neither in a column, nor in an opened cipher, nor in a history, nor on the disk; its letters keep number and day."""
    before = places_of([SECRET])
    paths = [files.path_of(stored) for stored in StoredFile.objects.all()]
    letters = sorted(IncomingLetter.objects.values_list("number", "received_at"))
    sent = sorted(OutgoingLetter.objects.values_list("number", "sent_on", "kind"))
    listed, mark = consented(archivist, dariusz), whole.mark

    with django_capture_on_commit_callbacks(execute=True):
        protocols = night()

    assert before >= {
        "eboi.Submission", "eboi.CaseMessage", "eboi.Document", "eboi.Deadline", "eboi.DefectCall", "eboi.Decision", "eboi.OutgoingLetter",
        "eboi.IncomingLetter", "office.StoredFile", "eboi.DefectCallEvent", "eboi.DecisionEvent", "eboi.DeadlineEvent",
        "eboi.OutgoingLetterEvent", "eboi.IncomingLetterEvent",
    }  # fmt: skip
    assert places_of([SECRET]) == set()
    assert len(paths) == 4 and not any(path.exists() for path in paths)
    assert not (Case.objects.exists() or Submission.objects.exists() or Receipt.objects.exists() or Delivery.objects.exists())
    assert sorted(IncomingLetter.objects.values_list("number", "received_at")) == letters
    assert sorted(OutgoingLetter.objects.values_list("number", "sent_on", "kind")) == sent
    assert {letter.status for letter in IncomingLetter.objects.all()} == {"destroyed"}
    item = DisposalItem.objects.get()
    assert (item.mark, item.files, item.case, item.ended_on) == (mark, 4, None, date(2020, 4, 1))
    listed.refresh_from_db()
    assert (listed.status, listed.done_on) == (DisposalStatus.DONE, TODAY)
    assert [(one.kind, one.removed) for one in protocols] == [("disposed_case", 1)]


@pytest.mark.django_db
@pytest.mark.parametrize("stage", ["listed", "approved", "too lately"])
def test_without_both_agreements_and_their_days_the_night_destroys_nothing(ended, archivist, dariusz, stage):
    """L22: the consent of the state archive, and the days in which the list may still be dropped."""
    ended()
    if stage == "too lately":
        consented(archivist, dariusz, moment=NOW - timedelta(days=13))
    else:
        listed = disposal.list_past(by=archivist, moment=NOW - timedelta(days=20))
        if stage == "approved":
            disposal.approve(listed, by=dariusz, moment=NOW - timedelta(days=20))

    assert night() == []
    assert Case.objects.count() == 1


@pytest.mark.django_db
def test_the_verb_itself_refuses_what_has_no_consent(ended, archivist, dariusz):
    """The last guard, behind the choice of the night."""
    ended()
    listed = disposal.list_past(by=archivist, moment=NOW)

    with pytest.raises(Refused, match="nie można teraz"):
        disposal.destroy(listed.items.get(), moment=NOW)

    assert Case.objects.count() == 1


@pytest.mark.django_db
def test_control_with_both_agreements_it_does(ended, archivist, dariusz):
    ended()
    consented(archivist, dariusz)

    assert len(night()) == 1
    assert not Case.objects.exists()


@pytest.mark.django_db
def test_without_a_period_in_force_nothing_is_destroyed(ended, archivist, dariusz):
    ended()
    consented(archivist, dariusz)
    RetentionPeriod.objects.filter(kind="disposed_case").update(valid_to=date(2026, 1, 2))

    assert night() == [] and Case.objects.count() == 1


@pytest.mark.django_db
def test_a_dispute_that_begins_after_the_consent_stops_its_case_alone(ended, archivist, dariusz):
    """L22: and the list is done once the dispute is over."""
    disputed, other = ended(), ended()
    listed = consented(archivist, dariusz)
    disposal.hold(disputed, reason="Skarga do sądu.", by=dariusz, moment=NOW)

    night()
    with pytest.raises(Refused, match="nie można teraz"):
        disposal.destroy(DisposalItem.objects.get(case=disputed), moment=NOW)

    assert list(Case.objects.all()) == [disputed]
    listed.refresh_from_db()
    assert listed.status == DisposalStatus.CONSENTED
    disposal.release(disputed, by=dariusz, moment=NOW)
    night()
    listed.refresh_from_db()
    assert listed.status == DisposalStatus.DONE and not Case.objects.exists()
    assert other.mark in DisposalItem.objects.values_list("mark", flat=True)


@pytest.mark.django_db
def test_a_case_is_destroyed_whole_or_not_at_all(whole, archivist, dariusz):
    """D1: something in the middle fails; nothing is lost, on the disk neither. Then it goes."""
    consented(archivist, dariusz)
    before, paths = places_of([SECRET]), [files.path_of(stored) for stored in StoredFile.objects.all()]
    fail = "create function refuse() returns trigger as $$ begin raise exception 'disk full'; end $$ language plpgsql;"
    with connection.cursor() as cursor:
        cursor.execute(fail + "create trigger refuse before delete on eboi_case for each row execute function refuse()")

    try:
        assert night() == []
        assert places_of([SECRET]) == before and all(path.exists() for path in paths)
        assert Receipt.objects.exists() and DisposalItem.objects.get().destroyed_at is None
    finally:
        with connection.cursor() as cursor:
            cursor.execute("drop trigger refuse on eboi_case; drop function refuse()")
    night()
    assert not Case.objects.exists()


@pytest.mark.django_db
def test_a_night_cut_short_keeps_what_it_did_and_the_next_one_goes_on(ended, archivist, dariusz):
    """L22: the process ends after two of three."""
    for _number in range(3):
        ended()
    listed, done = consented(archivist, dariusz), []

    def killed_at_the_third(item):
        if len(done) == 2:
            raise KeyboardInterrupt
        DISPOSED[0].remove(item)
        done.append(item)

    with pytest.raises(KeyboardInterrupt):
        retention.run([Removal("disposed_case", disposal.agreed_before, killed_at_the_third, alone=True)], moment=timezone.now())
    assert (Case.objects.count(), listed.items.filter(destroyed_at__isnull=False).count()) == (1, 2)

    night()

    listed.refresh_from_db()
    assert (Case.objects.count(), listed.status) == (0, DisposalStatus.DONE)
    assert RetentionRun.objects.get().removed == 1


@pytest.mark.django_db
def test_control_in_one_transaction_the_same_end_takes_everything_back(ended, archivist, dariusz):
    ended(), ended()
    consented(archivist, dariusz)

    def killed_at_the_second(item):
        if DisposalItem.objects.filter(destroyed_at__isnull=False).exists():
            raise KeyboardInterrupt
        DISPOSED[0].remove(item)

    with pytest.raises(KeyboardInterrupt):
        retention.run([Removal("disposed_case", disposal.agreed_before, killed_at_the_second)], moment=timezone.now())

    assert Case.objects.count() == 2


@pytest.mark.django_db
def test_what_stays_of_a_case_never_changes(ended, archivist, dariusz):
    ended()
    listed = consented(archivist, dariusz)
    night()

    for change in (lambda: listed.items.update(mark="OS.1"), lambda: listed.items.all().delete()):
        with pytest.raises((InternalError, ProgrammingError), match="Cannot"), transaction.atomic():
            change()
    with pytest.raises(Refused):
        disposal.drop(Disposal.objects.get(), reason="Pomyłka.", by=archivist, moment=NOW)


# The protocol and the desk


@pytest.mark.django_db
def test_the_protocol_says_marks_and_days_and_is_the_same_each_time(whole, client, sign_in, archivist, dariusz):
    """L22: no name, no word of what the case held."""
    listed, name = consented(archivist, dariusz), str(whole.person)
    night()
    desk = sign_in(client, archivist)

    def protocol(kind):
        answer = desk.get(reverse("admin:eboi_disposal_protocol", args=[listed.pk, kind]))
        return b"".join(answer.streaming_content) if answer.streaming else answer.content

    row = next(csv.DictReader(io.StringIO(protocol("csv").decode("utf-8-sig")), delimiter=";"))
    assert (row["Znak sprawy"], row["Kategoria"], row["Zakończona"], row["Przechowywana do końca"], row["Plików"]) == (
        whole.mark, "B5", "2020-04-01", "2025", "4",
    )  # fmt: skip
    assert row["Zniszczono"] == TODAY.isoformat()
    assert SECRET not in str(row) and name not in str(row)
    assert protocol("csv") == protocol("csv")
    assert protocol("pdf").startswith(b"%PDF") and protocol("pdf") == protocol("pdf")


@pytest.mark.django_db
def test_zenon_lists_dariusz_approves_and_the_consent_is_entered(ended, client, sign_in, archivist, dariusz):
    """L22: and Zenon sees marks, never a case."""
    case = ended()
    zenon = sign_in(client, archivist)
    add = reverse("admin:eboi_disposal_add")
    assert "Na spis trafi 1" in zenon.get(add).content.decode()
    zenon.post(add)
    listed = Disposal.objects.get()
    page = reverse("admin:eboi_disposal_change", args=[listed.pk])
    verb = lambda name: reverse("admin:eboi_disposal_verb", args=[listed.pk, name])  # noqa: E731
    shown = zenon.get(page).content.decode()
    assert case.mark in shown and "Kowalska" not in shown and "Zatwierdź spis" not in shown
    assert zenon.post(verb("approve"), {"seen": "draft"}).status_code == 403
    assert zenon.get(reverse("admin:eboi_case_change", args=[case.pk])).status_code in (302, 403, 404)

    manager = sign_in(client.__class__(), dariusz)
    assert "Zatwierdź spis" in manager.get(page).content.decode()
    manager.post(verb("approve"), {"seen": "draft"})
    typed = {"seen": "approved", "archive": "AP Gdańsk", "number": "", "consent_on": TODAY}
    wrong = zenon.post(verb("record_consent"), typed)
    assert wrong.status_code == 422 and "AP Gdańsk" in wrong.content.decode()
    zenon.post(verb("record_consent"), {**typed, "number": "OBR.421.7"})

    listed.refresh_from_db()
    assert (listed.status, listed.consent_number) == (DisposalStatus.CONSENTED, "OBR.421.7")
    assert "OBR.421.7" in zenon.get(page).content.decode()


@pytest.mark.django_db
def test_an_empty_list_is_refused_in_words(client, sign_in, archivist):
    answer = sign_in(client, archivist).post(reverse("admin:eboi_disposal_add"))

    assert "Dziś nie ma spraw" in answer.content.decode()
    assert not Disposal.objects.exists()


@pytest.mark.django_db
def test_dariusz_holds_a_case_from_its_page(ended, client, sign_in, dariusz):
    case = ended()
    desk, page = sign_in(client, dariusz), reverse("admin:eboi_case_change", args=[case.pk])
    verb = lambda name: reverse("admin:eboi_case_verb", args=[case.pk, name])  # noqa: E731

    desk.post(verb("hold"), {"seen": case.status, "reason": "Skarga do WSA."})
    held = desk.get(page).content.decode()
    desk.post(verb("release"), {"seen": case.status})

    assert verb("release") in held and verb("hold") not in held
    assert verb("hold") in desk.get(page).content.decode()
