"""The town's answers: written by one, approved by another, one for each voice, none missing."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from consultations.actions import rulings, voices
from consultations.actions.reports import unanswered_sentences
from consultations.models import Report, Ruling, Voice
from consultations.statuses import ReportStatus, RulingStatus
from office.transitions import Refused, history_of
from tests.consultations.written import make_document, write_to

NOW = timezone.now


@pytest.fixture
def document(open_consultation):
    return make_document(open_consultation)


def ruled(subject, by, **more):
    return rulings.rule(subject, **{"outcome": "rejected", "reasons": "Nie ma na to miejsca.", "by": by, **more})


def test_an_answer_is_written_by_one_and_approved_by_another(document, dariusz, zofia):
    """C23"""
    (voice,) = write_to(document, "Chcę drzew.")

    ruling = ruled(voice, dariusz)
    with pytest.raises(Refused):
        rulings.approve(ruling, by=dariusz, moment=NOW())
    rulings.approve(ruling, by=zofia, moment=NOW())

    ruling.refresh_from_db()
    assert (ruling.author, ruling.approver, ruling.status) == (dariusz.subject, zofia.subject, RulingStatus.APPROVED)
    assert history_of(ruling).get().actor == zofia.subject


def test_the_database_itself_refuses_one_person_in_both_roles(document, dariusz):
    """C23"""
    (voice,) = write_to(document, "Chcę drzew.")
    ruling = ruled(voice, dariusz)

    with pytest.raises(IntegrityError), transaction.atomic():
        Ruling.objects.filter(pk=ruling.pk).update(approver=dariusz.subject)
    with pytest.raises(IntegrityError), transaction.atomic():
        Ruling.objects.filter(pk=ruling.pk).update(status=RulingStatus.APPROVED)


def test_whoever_wrote_last_is_the_author_and_can_not_approve(document, dariusz, zofia):
    (voice,) = write_to(document, "Chcę drzew.")
    ruled(voice, dariusz)

    rewritten = ruled(voice, zofia, reasons="Jednak nie.")

    assert Ruling.objects.count() == 1 and rewritten.author == zofia.subject
    with pytest.raises(Refused):
        rulings.approve(rewritten, by=zofia, moment=NOW())


def test_an_answer_rewritten_while_it_was_read_is_not_approved_unread(document, dariusz, zofia):
    (voice,) = write_to(document, "Chcę drzew.")
    opened = ruled(voice, dariusz)
    ruled(voice, dariusz, reasons="Zupełnie inne słowa.")

    with pytest.raises(Refused):
        rulings.approve(opened, by=zofia, moment=NOW())
    assert Ruling.objects.get().status == RulingStatus.DRAFT


def test_an_answer_needs_reasons_and_a_group_needs_voices(document, dariusz, maria_group):
    (voice,) = write_to(document, "Chcę drzew.")

    with pytest.raises(Refused):
        ruled(voice, dariusz, reasons=" \n ")
    with pytest.raises(Refused):
        ruled(maria_group, dariusz)


@pytest.fixture
def maria_group(document):
    return document.consultation.voice_groups.create(title="Pusta grupa")


def test_the_queue_holds_what_waits_and_an_answer_to_a_group_answers_each_of_its_voices(document, dariusz, zofia):
    """C23, I7"""
    first, second, third = write_to(document, "Chcę drzew.", "Proszę o drzewa.", "Chcę fontanny.")
    group = voices.gather([first, second], title="Drzewa", by=dariusz, moment=NOW())
    waiting = document.consultation.voices.unanswered
    assert waiting().count() == 3

    ruling = ruled(group, dariusz)
    assert waiting().count() == 3
    rulings.approve(ruling, by=zofia, moment=NOW())

    assert list(waiting()) == [Voice.objects.get(pk=third.pk)]
    (sentence,) = unanswered_sentences(document.consultation)
    assert third.mark in sentence and "1\xa0głos nie ma" in sentence


def test_many_unanswered_voices_are_counted_and_the_first_ones_named(document):
    """C23: which says which."""
    write_to(document, *[f"Głos numer {n}." for n in range(14)])

    (sentence,) = unanswered_sentences(document.consultation)

    assert sentence.startswith("14\xa0głosów") and "jeszcze 4" in sentence
    assert sum(voice.mark in sentence for voice in Voice.objects.all()) == 10


def test_an_approved_answer_is_reopened_with_a_reason_but_not_under_a_published_report(document, dariusz, zofia):
    (voice,) = write_to(document, "Chcę drzew.")
    ruling = rulings.approve(ruled(voice, dariusz), by=zofia, moment=NOW())
    report = Report.objects.create(
        consultation=document.consultation, number=1, author=dariusz.subject, status=ReportStatus.PUBLISHED
    )

    with pytest.raises(Refused):
        rulings.reopen(ruling, reason="Błąd.", by=zofia, moment=NOW())
    report.delete()
    rulings.reopen(ruling, reason="Błąd w numerze działki.", by=zofia, moment=NOW())

    assert Ruling.objects.get().approver is None
    assert history_of(ruling).last().note == "Błąd w numerze działki."


def test_approving_many_leaves_ones_own(document, dariusz, zofia):
    first, second = write_to(document, "Pierwszy.", "Drugi.")
    drafts = [ruled(first, dariusz), ruled(second, zofia)]

    assert rulings.approve_all(drafts, by=zofia, moment=NOW()) == 1
    assert Ruling.objects.filter(status=RulingStatus.APPROVED).get().voice_id == first.pk


def test_a_draft_may_be_thrown_away_an_approved_answer_not(document, dariusz, zofia):
    first, second = write_to(document, "Pierwszy.", "Drugi.")
    rulings.discard(ruled(first, dariusz), by=dariusz)
    approved = rulings.approve(ruled(second, dariusz), by=zofia, moment=NOW())

    with pytest.raises(Refused):
        rulings.discard(approved, by=dariusz)
    assert Ruling.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_voice_put_into_a_group_while_it_is_answered_ends_with_one_answer(document, dariusz):
    """I7: the row of the voice is held by both verbs, so one of them is refused."""
    endings = []
    for n in range(12):
        (voice,) = write_to(document, f"Głos {n}.")
        endings.append(_answered_or_gathered(voice, dariusz))

    assert {ending for ending in endings if ending != "one"} == set()


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_on_the_voice_both_answers_stand(document, dariusz, monkeypatch):
    """Control of I7: both verbs look, then both write, and the voice has an answer of its own beside that of its group."""
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **options: rows.all())
    (voice,) = write_to(document, "Chcę drzew.")

    assert _answered_or_gathered(voice, dariusz, before_writing=threading.Barrier(2, timeout=5)) == "both or none"


def _answered_or_gathered(voice, by, before_writing=None):
    _race(
        lambda: ruled(voice, by),
        lambda: voices.gather([voice], title="Razem", by=by, moment=NOW()),
        before_writing=before_writing,
    )
    is_grouped = Voice.objects.get(pk=voice.pk).group_id is not None
    return "one" if is_grouped != Ruling.objects.filter(voice=voice).exists() else "both or none"


def test_an_approved_answer_remembers_how_many_voices_in_time_it_answers(document, dariusz, zofia):
    """N12"""
    *in_time, late = write_to(document, "Głos 1.", "Głos 2.", "Głos 3.")
    Voice.objects.filter(pk=late.pk).update(is_late=True)
    ruling = ruled(voices.gather([*in_time, late], title="Drzewa", by=dariusz, moment=NOW()), dariusz)

    rulings.approve(ruling, by=zofia, moment=NOW())

    assert Ruling.objects.get().answered == 2


@pytest.mark.django_db(transaction=True)
def test_a_voice_that_leaves_a_group_while_its_answer_is_approved_is_counted_where_it_ends(document, dariusz, zofia):
    """I7: the group's row is held by both verbs."""
    assert {_approved_or_left(document, dariusz, zofia) for _n in range(8)} == {"true"}


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_on_the_group_an_answer_counts_a_voice_that_has_left(document, dariusz, zofia, monkeypatch):
    """Control of the test above."""
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **options: rows.all())

    assert _approved_or_left(document, dariusz, zofia, before_writing=threading.Barrier(2, timeout=5)) == "false"


def _approved_or_left(document, author, approver, before_writing=None):
    first, second = write_to(document, "Chcę drzew.", "Chcę ich więcej.")
    group = voices.gather([first, second], title="Drzewa", by=author, moment=NOW())
    ruling = ruled(group, author)
    _race(
        lambda: rulings.approve(ruling, by=approver, moment=NOW()), lambda: voices.take_out(second, by=author),
        before_writing=before_writing,
    )  # fmt: skip
    return "true" if Ruling.objects.get(pk=ruling.pk).answered == group.voices.count() else "false"


def _race(*verbs, before_writing=None):
    start = threading.Barrier(2)
    written = ('INSERT INTO "consultations_ruling"', 'UPDATE "consultations_ruling"', 'UPDATE "consultations_voice"')
    seen = threading.local()

    def meet(execute, sql, *rest):
        """Both wait for each other once they have read all that they judge by."""
        if before_writing and sql.startswith(written) and not hasattr(seen, "met"):
            seen.met = True
            before_writing.wait()
        return execute(sql, *rest)

    def run(verb):
        start.wait()
        try:
            with connection.execute_wrapper(meet):
                verb()
        except Refused:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[verb]) for verb in verbs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
