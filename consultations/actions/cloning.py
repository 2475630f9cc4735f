"""The next consultation from an earlier one: everything but dates, order and voices."""

import uuid
from datetime import datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from consultations.models import BudgetRules, CollectingChannel, Consultation, ConsultedDocument, Instrument, Material, Paragraph
from office import files
from office.transitions import Refused
from schemas.models import Definition
from schemas.twin import build, describe

KEPT = (
    "summary", "basis", "purpose", "subject", "decided_so_far", "addressees", "addressees_limit", "addressees_source", "unit", "contact",
    "place", "results_method", "results_where", "integrity", "integrity_reason",
)  # fmt: skip
KEPT_OF_RULES = (
    "pot_grosze", "project_most_grosze", "ballot_type", "card", "rule", "rule_options", "tie_rules", "draw_announcement",
    "least_age", "guardian_below", "age_source", "source",
)  # fmt: skip


@transaction.atomic
def clone(consultation, *, title: str, slug: str, by, moment: datetime) -> Consultation:
    """A draft by `by`. Questions come as a draft of their own form, so that an edit of one never touches the other. Refused: slug taken."""
    if Consultation.objects.filter(slug=slug).exists():
        raise Refused(_("Taki adres mają już inne konsultacje."))
    same = {name: getattr(consultation, name) for name in KEPT}
    new = Consultation.objects.create(
        title=title, slug=slug, drafted_by=by.subject, edited_by=[str(by.subject)], cloned_from=consultation, **same
    )
    for channel in consultation.channels.all():
        CollectingChannel.objects.create(consultation=new, kind=channel.kind, rule=channel.rule, where=channel.where)
    for material in consultation.materials.select_related("file"):
        _clone_material(material, new, by)
    for instrument in consultation.instruments.select_related("definition"):
        _clone_instrument(instrument, new)
    return new


def _clone_material(material, new, by) -> None:
    """A link as it is; a file as a copy, when it was found clean."""
    if material.file is None:
        Material.objects.create(consultation=new, order=material.order, title=material.title, url=material.url)
    elif material.file.is_clean:
        content = files.path_of(material.file).read_bytes()
        upload = SimpleUploadedFile(material.file.name, content, content_type=material.file.media_type)
        copy = files.store(upload, owner=by)
        Material.objects.create(consultation=new, order=material.order, title=material.title, file=copy)


def _clone_instrument(instrument, new) -> None:
    copy = Instrument.objects.create(
        consultation=new, code=instrument.code, kind=instrument.kind, title=instrument.title, intro=instrument.intro,
        audience=instrument.audience, order=instrument.order, moderation=instrument.moderation, definition=_clone_form(instrument),
    )  # fmt: skip
    if document := ConsultedDocument.objects.filter(instrument=instrument).first():
        _clone_document(document, copy)
    if rules := BudgetRules.objects.filter(instrument=instrument).first():
        BudgetRules.objects.create(instrument=copy, **{name: getattr(rules, name) for name in KEPT_OF_RULES})


def _clone_form(instrument) -> Definition | None:
    if instrument.definition is None:
        return None
    latest = instrument.definition.versions.order_by("-number").first()
    form = Definition.objects.create(code=f"{instrument.code[:40]}-{uuid.uuid4().hex[:8]}", title=instrument.definition.title)
    if latest:
        build(form, 1, describe(latest))
    return form


def _clone_document(document, copy) -> None:
    new = ConsultedDocument.objects.create(instrument=copy, title=document.title)
    Paragraph.objects.bulk_create(
        Paragraph(document=new, order=one.order, number=one.number, heading=one.heading, text=one.text)
        for one in document.paragraphs.all()
    )
