"""Which version of the questions a survey asks: a next one is put to use by a second person, with what it changes (4.5)."""

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from consultations.models import Consultation, Instrument, InstrumentKind, InstrumentVersion
from consultations.statuses import ConsultationStatus
from office import compiled as sql
from office.transitions import Refused
from schemas.comparison import carried_over, difference, heaviest
from schemas.definition import compiled

Edit = InstrumentVersion.Edit


@transaction.atomic
def put_to_use(instrument, version, *, by, moment) -> InstrumentVersion:
    """Ask this published version from now on. Forms of the version before are still taken, unless the change is breaking.

    Refused: to whoever published it, for a version of other questions, not published or older than the one in use, and for a
    budget once its voting has begun.
    """
    instrument = Instrument.objects.select_for_update(of=("self",)).select_related("consultation").get(pk=instrument.pk)
    before = in_use(instrument)
    _guard(instrument, version, before, by)
    changes = difference(compiled(before.version_id), compiled(version.pk)) if before else []
    edit = Edit(heaviest(changes).value) if before else Edit.FIRST
    if edit == Edit.BREAKING:
        instrument.versions.filter(collected_until__isnull=True).update(collected_until=moment)
    return InstrumentVersion.objects.create(
        instrument=instrument, version=version, edit=edit, changes=[change.text for change in changes], approved_by=by.subject,
        approved_at=moment,
    )  # fmt: skip


def _guard(instrument, version, before, by) -> None:
    if version.definition_id != instrument.definition_id or version.is_draft or version.withdrawn_at:
        raise Refused(_("Ta wersja nie jest ogłoszoną wersją pytań tego narzędzia."))
    if before and version.number <= before.version.number:
        raise Refused(_("Ankieta pyta już o tę albo nowszą wersję."))
    if version.published_by == by.subject:
        raise Refused(_("Wersję do ankiety wprowadza inna osoba niż ta, która ją ogłosiła."))
    has_begun = Consultation.objects.filter(pk=instrument.consultation_id).exclude(status=ConsultationStatus.DRAFT).exists()
    if instrument.kind == InstrumentKind.BUDGET and has_begun:
        raise Refused(_("Karta do głosowania nie zmienia się po zatwierdzeniu konsultacji."))


def in_use(instrument) -> InstrumentVersion | None:
    """The version that is asked now."""
    return instrument.versions.select_related("version").order_by("-version__number").first()


def is_collected(instrument, version_id, moment) -> bool:
    """Whether a form of that version is still taken as it is, stale or not."""
    found = next(_used(instrument=instrument.pk, version=version_id), None)
    return found is not None and (found.collected_until is None or found.collected_until > moment)


def carry_over(draft, version_id) -> None:
    """Bring a draft to a newer version: answers stay, and what changed in meaning is to be confirmed."""
    _stands, asked = carried_over(compiled(draft.version_id), compiled(version_id), draft.answers)
    draft.to_confirm = [code for code in asked if code in draft.answers]
    draft.version_id = version_id


@sql.compiled
def _used(*, instrument: UUID, version: UUID) -> QuerySet[InstrumentVersion]:
    return InstrumentVersion.objects.filter(instrument=instrument, version=version).only("collected_until")
