"""Verbs: begin a form, publish a version, take the next one from it, copy it, withdraw it, load one from a file."""

from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from office.transitions import Refused
from schemas.consistency import faults, foreign_conditions
from schemas.definition import compile_version
from schemas.models import Definition, Version
from schemas.twin import build, describe


class Inconsistent(Refused):
    """The version can not be published; `reasons` name everything that has to be put right."""

    def __init__(self, reasons: list[str]):
        super().__init__(" ".join(reasons))
        self.reasons = reasons


@transaction.atomic
def publish(version: Version, *, in_force_from=None, by, moment) -> Version:
    """Fix the version for good; from now on, or from the day `in_force_from`, people answer it. `by` is a User, or None for sample data.

    Refuses a version already published, a day that has passed, and (Inconsistent) one that is empty or contradicts itself or its
    predecessors. Until its day people answer the version before it.
    """
    version = _locked(version)
    if not version.is_draft:
        raise Refused(_("Ta wersja jest już ogłoszona."))
    if in_force_from and in_force_from < localdate(moment):
        raise Refused(_("Ten dzień już minął. Wpisz dzisiejszy albo późniejszy."))
    earlier = version.definition.versions.filter(published_at__isnull=False)
    if reasons := [*foreign_conditions(version), *faults(compile_version(version), map(compile_version, earlier))]:
        raise Inconsistent(reasons)
    version.title = version.title or version.definition.title
    version.published_at, version.published_by, version.in_force_from = moment, _subject(by), in_force_from
    version.save(update_fields=["title", "published_at", "published_by", "in_force_from"])
    return version


@transaction.atomic
def first_version(definition: Definition, *, by) -> Version:
    """An empty draft of a form that has no version yet; refused otherwise."""
    definition = Definition.objects.select_for_update().get(pk=definition.pk)
    if definition.versions.exists():
        raise Refused(_("Ten wzór ma już wersję. Otwórz ją i załóż następną."))
    return Version.objects.create(definition=definition, number=1)


@transaction.atomic
def next_version(version: Version, *, by) -> Version:
    """A draft with everything the published version says, to be changed. Refused while another draft of the form exists."""
    definition = Definition.objects.select_for_update().get(pk=version.definition_id)
    if draft := definition.versions.drafts().first():
        raise Refused(_("Jest już szkic wersji %(number)d. Dokończ go albo usuń.") % {"number": draft.number})
    newest = definition.versions.latest("number")
    return build(definition, newest.number + 1, describe(version))


@transaction.atomic
def clone_definition(definition: Definition, *, code: str, title: str, by) -> Version:
    """Another form under its own code, with a draft of all that the one in force says (or else the newest version).

    Refused when the code is taken, or when there is nothing to copy. Codes of questions stay, answers are not shared.
    """
    source = definition.current() or definition.versions.order_by("-number").first()
    if source is None:
        raise Refused(_("Ten wzór nie ma jeszcze żadnej wersji, więc nie ma czego skopiować."))
    copy, is_new = Definition.objects.get_or_create(code=code, defaults={"title": title})
    if not is_new:
        raise Refused(_("Kod „%(code)s” ma już inny wzór. Wybierz inny.") % {"code": code})
    return build(copy, 1, {**describe(source), "title": title})


@transaction.atomic
def withdraw(version: Version, *, by, moment) -> Version:
    """Nobody starts to answer it any more; what was answered stays. Refused for a draft and for one withdrawn before."""
    version = _locked(version)
    if version.is_draft:
        raise Refused(_("Szkicu się nie wycofuje, można go usunąć."))
    if version.withdrawn_at:
        raise Refused(_("Ta wersja jest już wycofana."))
    version.withdrawn_at, version.withdrawn_by = moment, _subject(by)
    version.save(update_fields=["withdrawn_at", "withdrawn_by"])
    return version


@transaction.atomic
def load_definition(data: dict[str, Any], *, by, moment) -> Version:
    """The published version that a description (`schemas.twin`) names by code and number; made and published when missing.

    Safe to repeat. Refuses a description that differs from what is already stored under that number, and an inconsistent one.
    """
    definition, _created = Definition.objects.get_or_create(code=data["code"], defaults={"title": data["title"]})
    definition = Definition.objects.select_for_update().get(pk=definition.pk)
    version = definition.versions.filter(number=data["number"]).first() or build(definition, data["number"], data)
    if describe(version) != {**data, "number": version.number}:
        raise Refused(_("Wersja %(number)d jest już zapisana z inną treścią. Nadaj nowy numer.") % {"number": version.number})
    return publish(version, by=by, moment=moment) if version.is_draft else version


def _locked(version: Version) -> Version:
    """The row as it is now, held until commit. Edits of the version's parts wait for it (see `stays_once_published`)."""
    return Version.objects.select_for_update(of=("self",)).select_related("definition").get(pk=version.pk)


def _subject(by):
    return by.subject if by else None
