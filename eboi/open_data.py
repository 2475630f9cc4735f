"""The catalogue as JSON: what every matter asks, costs and takes, as in force on a day, with how it was before (L51, L52).

Keys are English and stay; texts are Polish as on the card. Amounts are grosze. A reader meets `version` first: it grows when a
key changes its meaning.
"""

from datetime import date

from django.conf import settings
from django.urls import reverse

from eboi.models import MatterTerms, MatterType
from eboi.search import offered
from schemas.models import Version

VERSION = 1
TEXTS = ("legal_basis", "who", "documents", "resident_term", "term_note", "appeal", "authority", "privacy")


def catalogue(day: date) -> dict:
    """Every offered matter with its card in force on the day, by name. Two queries and one for the forms."""
    matters = offered(day)
    cards = newest_cards(day)
    versions = _form_versions()
    return {
        "version": VERSION, "on": day.isoformat(), "url": _url("eboi:matters_json"),
        "matters": [_whole(matter, cards[matter.pk], versions) for matter in matters],
    }  # fmt: skip


def newest_cards(day: date) -> dict[int, MatterTerms]:
    """Of each matter the card in force on the day; of two the later."""
    cards = MatterTerms.objects.valid_on(day).select_related("matter__unit", "matter__form", "matter__jrwa")
    return {card.matter_id: card for card in cards.order_by("valid_from", "pk")}


def _form_versions() -> dict[int, int]:
    """The version in force of every form: the newest that is published and not withdrawn."""
    return dict(Version.objects.in_force().order_by("number").values_list("definition_id", "number"))


def matter_twin(matter: MatterType, card: MatterTerms, history) -> dict:
    """One matter; `history`: all its cards, the newest first."""
    version = matter.form.current()
    versions = {matter.form_id: version.number} if version else {}
    return {"version": VERSION, **_whole(matter, card, versions), "history": [_short(one) for one in history]}


def _whole(matter: MatterType, card: MatterTerms, versions: dict[int, int]) -> dict:
    known = card.matter
    return {
        "code": matter.code, "name": matter.name, "summary": matter.summary, "theme": matter.theme,
        "url": _url("eboi:matter", matter.code), "json": _url("eboi:matter_json", matter.code),
        "unit": {"symbol": known.unit.symbol, "name": known.unit.name, "contact": known.unit.contact},
        "jrwa": known.jrwa.symbol,
        "form": {"code": known.form.code, "version": versions.get(known.form_id)},
        "card": {**{name: getattr(card, name) for name in TEXTS}, **_short(card)},
    }  # fmt: skip


def _short(card: MatterTerms) -> dict:
    """What changes from card to card and people compare: fee, terms, validity, source."""
    return {
        "valid_from": card.valid_from.isoformat(), "valid_to": card.valid_to.isoformat() if card.valid_to else None,
        "fee": {"text": card.fee, "grosze": card.fee_grosze, "account": card.fee_account},
        "office_term": {"count": card.term_count, "unit": card.term_unit}, "appeal_days": card.appeal_days,
        "source": card.source, "needs_confirmation": card.needs_confirmation,
    }  # fmt: skip


def _url(name: str, *args) -> str:
    return settings.PORTAL_URL + reverse(name, args=args)
