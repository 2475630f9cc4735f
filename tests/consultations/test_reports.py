"""The report: one click, the same numbers everywhere, two people, never gone."""

import csv
import io
import json
import re
import uuid
from datetime import timedelta

import pypdf
import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consultations import chain
from consultations.actions import reports, rulings, voices
from consultations.models import AnnouncedIn, Announcement, Envelope, IntegrityLevel, Moderation, PaperForm, Report, Settlement
from consultations.report import figures
from consultations.report.pdf import report_pdf
from consultations.report.told import told
from consultations.statuses import ConsultationStatus, EnvelopeState, PaperStatus, Phase, ReportStatus
from office.transitions import Refused
from tests.consultations import cast, opened
from tests.consultations.cast import AUTHOR
from tests.consultations.written import answer_all, list_ballots, make_document, write_to

NOW = timezone.now


@pytest.fixture
def town(db):
    """Closed and under analysis: 7 ballots (5 online, 2 on paper), forms rejected, late and to complete, one held and refused
    envelope, a letter in time with two points and one late."""
    consultation = cast.make_consultation(title="Przebudowa ulicy „Sportowej” & okolic")
    survey, document = cast.make_survey(consultation), make_document(consultation, moderation=Moderation.AFTER)
    list_ballots(
        survey, *[{"trees": "yes", "travel": ["foot", "bike"]}] * 3, {"trees": "no"}, {"trees": "any", "why": "Latem za gorąco."}
    )
    list_ballots(survey, {"trees": "yes"}, {"travel": ["car"]}, channel="box")
    (
        _paper(survey, PaperStatus.LATE),
        _paper(survey, PaperStatus.REJECTED, defect="brak podpisu"),
        _paper(survey, PaperStatus.TO_COMPLETE, defect="brak adresu"),
    )
    refused = Envelope.objects.create(
        instrument=survey, token_mark=b"1" * 32, commitment=b"2" * 32, state=EnvelopeState.REFUSED, channel="online"
    )
    Settlement.objects.create(
        envelope=refused,
        is_admitted=False,
        reason="65 urządzeń",
        proposed_by=uuid.uuid4(),
        confirmed_by=uuid.uuid4(),
        day=timezone.localdate(),
    )
    write_to(document, "Chcę <b>drzew</b> & ławek.", "Nie chcę parkingu.")
    _close(consultation, document)
    return consultation


def _paper(survey, status, **more):
    return PaperForm.objects.create(
        consultation=survey.consultation, instrument=survey, registry_number=uuid.uuid4().hex[:8], channel="box",
        received_on=timezone.localdate(), status=status, registered_by=AUTHOR, **more,
    )  # fmt: skip


def _close(consultation, document):
    """The term passes, a late letter comes, the town begins to work."""
    past = timezone.now() - timedelta(minutes=1)
    type(consultation).objects.filter(pk=consultation.pk).update(closes_at=past)
    write_to(document, "Spóźniony głos.")
    type(consultation).objects.filter(pk=consultation.pk).update(status=ConsultationStatus.UNDER_ANALYSIS)
    consultation.refresh_from_db()
    PaperForm.objects.filter(status=PaperStatus.TO_COMPLETE).update(status=PaperStatus.TO_COMPLETE)


def settle_papers(town):
    PaperForm.objects.filter(consultation=town, status=PaperStatus.TO_COMPLETE).update(status=PaperStatus.REJECTED)


def drafted(town, by):
    report = reports.draft(town, by=by, moment=NOW())
    return reports.write(report, position="Posadzimy drzewa.", next_steps="Projekt w marcu 2027 r.", by=by)


@pytest.fixture
def published(town, dariusz, zofia):
    settle_papers(town)
    answer_all(town, author=dariusz, approver=zofia)
    report = reports.submit(drafted(town, dariusz), by=dariusz, moment=NOW())
    return reports.publish(report, by=zofia, moment=NOW())


# Figures


def test_one_click_after_closing_freezes_every_number(town, dariusz):
    """C22, C18, C19, I1"""
    frozen = reports.draft(town, by=dariusz, moment=NOW()).frozen

    online, post, box, email = frozen["channels"]
    assert (online["considered"], online["late"], online["refused"], online["received"]) == (6, 1, 1, 8)
    assert (box["considered"], box["late"], box["rejected"], box["to_complete"], box["received"]) == (2, 1, 1, 1, 5)
    assert post["received"] == email["received"] == 0
    assert frozen["totals"]["received"] == sum(frozen["totals"][place] for place in figures.PLACES) == 13
    assert frozen["rejections"] == [{"reason": "brak podpisu", "count": 1}]
    assert frozen["held"] == {"held": 1, "admitted": 0, "refused": 1}
    assert frozen["remarks"] == {"received": 2, "considered": 1, "late": 1, "organisations": 0}


def test_each_question_says_of_how_many_and_lists_what_nobody_chose(town, dariusz):
    survey = reports.draft(town, by=dariusz, moment=NOW()).frozen["instruments"][0]

    trees, travel, why = survey["questions"]
    assert survey["ballots"] == 7
    assert [(one["code"], one["count"]) for one in trees["options"]] == [("yes", 4), ("no", 1), ("any", 1)]
    assert (trees["asked"], trees["answered"]) == (7, 6)
    assert [(one["code"], one["count"]) for one in travel["options"]] == [("foot", 3), ("bike", 3), ("car", 1)]
    assert travel["answered"] == 4
    assert why["options"] == [] and why["answered"] == 1


@pytest.mark.parametrize(
    ("level", "word"),
    [(IntegrityLevel.OPEN, "answers"), (IntegrityLevel.CONTACT, "answers"), (IntegrityLevel.DECLARED, "people")],
)
def test_the_report_says_what_its_numbers_are(db, level, word):
    """C38"""
    consultation = cast.make_consultation(ConsultationStatus.UNDER_ANALYSIS, Phase.CLOSED, integrity=level)

    frozen = figures.freeze(consultation, NOW())

    assert frozen["integrity"]["counts"] == word
    assert ("nie o osobach" in frozen["integrity"]["caveat"]) == (word == "answers")


def test_freezing_twice_gives_the_same_figures(town):
    """I6"""
    one, two = figures.freeze(town, NOW()), figures.freeze(town, NOW() + timedelta(hours=1))

    assert figures.same_figures(one, two)
    assert figures.digest(json.loads(json.dumps(one))) == figures.digest(one)


def test_a_small_group_of_people_has_no_size_in_the_report(db):
    """N2: who answered, by sex or age, is told only in groups that single nobody out; the page of results says the same."""
    survey = opened.make_opened(12)

    questions = {one["code"]: one for one in figures.freeze(survey.consultation, NOW())["instruments"][0]["questions"]}

    told_sizes = [line["count"] for line in questions["sex"]["options"] if line["count"] is not None]
    assert all(size == 0 or size >= 5 for size in told_sizes)
    assert None in [line["count"] for line in questions["age"]["options"]]


# The same numbers everywhere


def _html_text(page):
    from html import unescape

    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page))).replace("\xa0", " ")


def _pdf_text(content):
    text = "".join(page.extract_text() + " " for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    return re.sub(r"\s+", " ", text).replace("\xad", "")


def test_page_pdf_and_csv_hold_the_same_numbers(client, published):
    """B12, C22, I6"""
    slug = published.consultation.slug
    page = client.get(reverse("consultations:report", args=[slug])).content.decode()
    sheet = b"".join(client.get(reverse("consultations:report_csv", args=[slug, 1])).streaming_content).decode("utf-8-sig")
    pdf = _pdf_text(report_pdf(published))
    rows = list(csv.DictReader(io.StringIO(sheet), delimiter=";"))
    html = _html_text(page)

    counts = {(row["Część"], row["Nazwa"], row["Odpowiedź"]): (row["Liczba"], row["Z ilu"]) for row in rows}
    assert counts["Pytania", "Czy chcesz drzew wzdłuż ulicy?", "Tak"] == ("4", "6")
    for line in told(published)["instruments"][0]["questions"][0]["options"]:
        assert f"{line['label']} {line['count']} {line['share']}" in html
        assert re.search(rf"{line['label']}\s*{line['count']}\s*{re.escape(line['share'])}", pdf)
    for channel in told(published)["channels"]:
        cells = " ".join(str(count) for count in channel["counts"])
        assert f"{channel['label']} {channel['rule']} {cells}" in html
        assert cells in pdf
    for channel in published.frozen["channels"]:
        assert counts["Drogi", channel["label"], "Wpłynęło"][0] == str(channel["received"])
    assert sum(int(row["Liczba"]) for row in rows if row["Część"] == "Stanowiska") == published.frozen["voices"]["considered"]


def test_the_report_holds_everything_that_it_must(client, published):
    """C22, C27: subject, dates, forms, channels, counts, voices, position on each, outcome, next steps, author, date; I10: the head."""
    text = _html_text(client.get(reverse("consultations:report", args=[published.consultation.slug])).content.decode())
    pdf = _pdf_text(report_pdf(published))

    for said in ("Układ ulicy.", "Ankieta o ulicy", "Uwagi do projektu uchwały", "Nie chcę parkingu.", "Zrobimy to w przyszłym roku.", "Posadzimy drzewa.",
                 "Projekt w marcu 2027 r.", "Dariusz Lis", "Zofia Wrona", "Wynik jest opinią mieszkańców."):  # fmt: skip
        assert said in text, said
        assert said.replace(" ", "") in pdf.replace(" ", ""), said
    assert published.frozen["chain"]["head"] in text or published.frozen["chain"]["head"] == ""


def test_what_people_wrote_is_text_and_never_markup(client, published):
    page = client.get(reverse("consultations:report", args=[published.consultation.slug])).content.decode()

    assert "<b>drzew</b>" not in page and "&lt;b&gt;drzew&lt;/b&gt;" in page


def test_the_pdf_is_accessible_and_archival(published):
    """L34: PDF/UA-1 and PDF/A-3a, like the receipt."""
    reader = pypdf.PdfReader(io.BytesIO(report_pdf(published)))

    metadata = reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata and "<pdfaid:part>3</pdfaid:part>" in metadata
    assert reader.trailer["/Root"]["/Lang"] == "pl-PL" and reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_a_text_that_typst_can_not_draw_breaks_no_report(town, dariusz):
    report = reports.draft(town, by=dariusz, moment=NOW())
    report = reports.write(report, position="😀 #let x = 1 *gwiazdka* $x$ @kto <a> \\ _", next_steps="\n\n漢字\n", by=dariusz)

    assert "#let x = 1 *gwiazdka*" in _pdf_text(report_pdf(report))


# Publishing


def test_it_is_not_published_while_a_voice_has_no_approved_answer_and_says_which(town, dariusz, zofia):
    """C23, I7"""
    settle_papers(town)
    waiting = list(town.voices.unanswered())
    report = reports.submit(drafted(town, dariusz), by=dariusz, moment=NOW())

    with pytest.raises(reports.Incomplete) as refusal:
        reports.publish(report, by=zofia, moment=NOW())

    assert len(waiting) == 3
    assert all(voice.mark in str(refusal.value) for voice in waiting)
    assert Report.objects.get().status == ReportStatus.REVIEW


def test_a_draft_answer_is_no_answer_and_a_late_voice_waits_for_none(town, dariusz, zofia):
    """C18, C23"""
    settle_papers(town)
    answer_all(town, author=dariusz, approver=zofia)
    ruling = town.rulings.first()
    rulings.reopen(ruling, reason="Poprawka.", by=zofia, moment=NOW())
    report = reports.submit(drafted(town, dariusz), by=dariusz, moment=NOW())

    with pytest.raises(reports.Incomplete) as refusal:
        reports.publish(report, by=zofia, moment=NOW())

    assert "1\xa0głos nie ma" in str(refusal.value)


def test_nothing_unsettled_is_overtaken(town, dariusz, zofia):
    """Rules of the ballot box: a form to complete, a voice prepared and not released."""
    answer_all(town, author=dariusz, approver=zofia)
    voice = town.voices.considered().filter(ballot=None).first()
    voices.redact(voice, public_text="Chcę drzew.", by=dariusz, moment=NOW())
    report = reports.submit(drafted(town, dariusz), by=dariusz, moment=NOW())

    missing = reports.what_is_missing(report, moment=NOW())

    assert any("Formularze papierowe" in one for one in missing) and any("drugą osobę" in one for one in missing)


def test_figures_that_changed_since_the_review_are_counted_again_first(town, dariusz, zofia):
    settle_papers(town)
    answer_all(town, author=dariusz, approver=zofia)
    report = reports.submit(drafted(town, dariusz), by=dariusz, moment=NOW())
    list_ballots(town.instruments.get(kind="survey"), {"trees": "no"}, channel="box")

    with pytest.raises(reports.Incomplete) as refusal:
        reports.publish(report, by=zofia, moment=NOW())
    assert "Liczby zmieniły się" in str(refusal.value)

    reports.send_back(report, reason="Nowe liczby.", by=zofia, moment=NOW())
    again = reports.submit(Report.objects.get(), by=dariusz, moment=NOW())
    assert reports.publish(again, by=zofia, moment=NOW()).frozen["instruments"][0]["ballots"] == 8


def test_nobody_publishes_their_own_report_and_the_database_agrees(town, dariusz, zofia):
    settle_papers(town)
    answer_all(town, author=dariusz, approver=zofia)
    report = reports.submit(drafted(town, dariusz), by=dariusz, moment=NOW())

    with pytest.raises(Refused):
        reports.publish(report, by=dariusz, moment=NOW())
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.update(approver=dariusz.subject)


def test_without_the_towns_words_it_goes_to_nobody(town, dariusz):
    """C22"""
    report = reports.draft(town, by=dariusz, moment=NOW())

    with pytest.raises(reports.Incomplete) as refusal:
        reports.submit(report, by=dariusz, moment=NOW())
    assert len(refusal.value.missing) == 2


def test_publishing_moves_the_consultation_and_leaves_its_mark(client, published):
    """C25, I10: announced, in the chain, with its PDF kept."""
    consultation = published.consultation
    consultation.refresh_from_db()

    assert consultation.status == ConsultationStatus.REPORT_PUBLISHED
    entry = consultation.chain.get(kind="report")
    assert entry.payload["figures_sha256"] == published.frozen_sha256 == figures.digest(published.frozen)
    assert chain.faults(consultation) == []
    assert Announcement.objects.filter(consultation=consultation, about="report", channel=AnnouncedIn.PORTAL).exists()
    answer = client.get(reverse("consultations:report_pdf", args=[consultation.slug, 1]))
    assert b"".join(answer.streaming_content).startswith(b"%PDF-1.7")


def test_before_closing_there_is_no_report_and_never_two_drafts(open_consultation, town, dariusz):
    with pytest.raises(Refused):
        reports.draft(open_consultation, by=dariusz, moment=NOW())
    reports.draft(town, by=dariusz, moment=NOW())
    with pytest.raises(Refused):
        reports.draft(town, by=dariusz, moment=NOW())


# Afterwards


def test_a_newer_version_supersedes_and_the_older_stays_to_be_read(client, published, dariusz, zofia):
    """C25"""
    consultation = published.consultation
    newer = reports.draft(consultation, by=dariusz, moment=NOW())
    assert newer.position == "Posadzimy drzewa."
    reports.write(newer, position="Posadzimy więcej drzew.", next_steps="Projekt w kwietniu.", by=dariusz)
    reports.publish(reports.submit(newer, by=dariusz, moment=NOW()), by=zofia, moment=NOW())

    current = client.get(reverse("consultations:report", args=[consultation.slug])).content.decode()
    older = client.get(reverse("consultations:report_version", args=[consultation.slug, 1])).content.decode()

    assert "więcej drzew" in current and "Wersje raportu" in current
    assert "zastąpiła ją nowsza" in older and "Posadzimy drzewa." in older
    assert "nieaktualna" in _pdf_text(client.get(reverse("consultations:report_pdf", args=[consultation.slug, 1])).content)


def test_a_withdrawn_report_stays_visible_as_withdrawn(client, published, zofia):
    """C25"""
    consultation = published.consultation
    with pytest.raises(Refused):
        reports.withdraw(published, reason=" ", by=zofia, moment=NOW())

    reports.withdraw(published, reason="Błąd w tabeli.", by=zofia, moment=NOW())

    page = client.get(reverse("consultations:report", args=[consultation.slug])).content.decode()
    consultation.refresh_from_db()
    assert "wycofany" in page and "Błąd w\xa0tabeli." in page.replace("Błąd w tabeli", "Błąd w\xa0tabeli")
    assert consultation.status == ConsultationStatus.UNDER_ANALYSIS
    assert [entry.kind for entry in consultation.chain.order_by("number")] == ["report", "report_withdrawn"]


def test_the_address_in_bip_is_kept_with_its_day(client, published, dariusz):
    """C25"""
    reports.record_bip(published, url="https://bip.pruszcz-gdanski.pl/artykul/1", announced_on=timezone.localdate(), by=dariusz)

    assert Announcement.objects.filter(about="report", channel=AnnouncedIn.BIP).get().url.endswith("/1")
    assert (
        "bip.pruszcz-gdanski.pl/artykul/1"
        in client.get(reverse("consultations:report", args=[published.consultation.slug])).content.decode()
    )


def test_a_draft_is_nobodys_business_outside(client, town, dariusz):
    drafted(town, dariusz)
    slug = town.slug

    assert "Raportu jeszcze nie ma" in client.get(reverse("consultations:report", args=[slug])).content.decode()
    for name in ("report_version", "report_pdf", "report_csv"):
        assert client.get(reverse(f"consultations:{name}", args=[slug, 1])).status_code == 404


def test_a_promised_day_is_told_before_the_report(client, db):
    """C24"""
    consultation = cast.make_consultation(
        ConsultationStatus.UNDER_ANALYSIS, Phase.CLOSED, report_promised_on=timezone.localdate() + timedelta(days=9)
    )

    page = client.get(reverse("consultations:report", args=[consultation.slug])).content.decode()

    assert "Obiecaliśmy go" in page


def test_the_page_of_a_report_needs_few_queries(published, anna, sign_in, django_assert_max_num_queries):
    mine = sign_in(Client(), anna)
    url = reverse("consultations:report", args=[published.consultation.slug])
    mine.get(url)

    with django_assert_max_num_queries(9):
        mine.get(url)
