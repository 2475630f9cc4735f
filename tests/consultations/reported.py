"""One consultation with everything written: a document with its file, a letter, a released voice and file, an answer, a report."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from consultations.actions import reports
from consultations.models import Consultation, Remark, Voice
from consultations.statuses import ConsultationStatus
from office.files import store_own
from tests.consultations import cast
from tests.consultations.written import answer_all, make_document, publish_voice, write_to


def make_reported(slug="zakonczone", *, voices_count=1, person=None) -> Consultation:
    """Published with report number 1. Made by two clerks of its own."""
    one, other = (User.objects.get_or_create(email=f"{name}@pruszcz.example")[0] for name in ("halina", "igor"))
    document = make_document(cast.make_consultation(slug=slug))
    with transaction.atomic():
        document.document.file = store_own(b"%PDF-1.4 projekt", name="projekt.pdf")
        document.document.save()
        sheet = store_own(b"%PDF-1.4 szkic", name="szkic.pdf")
    for voice in write_to(document, *[f"Chcę {n} drzew." for n in range(1, voices_count + 1)], person=person):
        publish_voice(voice, first=one, second=other)
    remark = Remark.objects.get(instrument=document)
    remark.files.create(file=sheet, public_name="Szkic", named_by=one.subject, released_by=other.subject)
    past = timezone.now() - timedelta(minutes=1)
    Consultation.objects.filter(slug=slug).update(closes_at=past, status=ConsultationStatus.UNDER_ANALYSIS)
    consultation = Consultation.objects.get(slug=slug)
    answer_all(consultation, author=one, approver=other)
    report = reports.draft(consultation, by=one, moment=timezone.now())
    report = reports.write(report, position="Posadzimy.", next_steps="W marcu.", by=one)
    reports.publish(reports.submit(report, by=one, moment=timezone.now()), by=other, moment=timezone.now())
    return Consultation.objects.get(slug=slug)


def arguments_of(consultation) -> dict[str, dict]:
    """The parts of the address of each page of what is written."""
    slug = {"slug": consultation.slug}
    document, numbered = {**slug, "code": "uwagi"}, {**slug, "number": 1}
    remark = Remark.objects.get(instrument__consultation=consultation)
    return {
        **{f"consultations:{name}": document for name in ("document", "document_file", "remark")},
        **{f"consultations:{name}": slug for name in ("voices", "what_we_did", "report")},
        **{f"consultations:{name}": numbered for name in ("report_version", "report_pdf", "report_csv")},
        "consultations:remark_sent": {"pk": remark.pk},
        "consultations:remark_file": {"pk": remark.files.get().pk},
        "consultations:voice_flag": {"pk": Voice.objects.published().filter(consultation=consultation).first().pk},
    }
