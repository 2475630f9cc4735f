"""Tying a payer to a person: a code given at the desk to whom a clerk saw with a document, typed in that person's account (L42)."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dues.models import LinkCode, Payer, PayerLink
from dues.models.payers import pesel_lookup
from office.polish import fold
from office.transitions import Refused
from residents.actions import one_time
from residents.models import Person
from residents.rules import policy
from ui.text import clean_text

WRONG = "Kod nie pasuje do danych na tym koncie. Sprawdź kod, imię, nazwisko i numer PESEL."
CODE_PURPOSE = "dues.link_code"


@transaction.atomic
def issue_code(payer: Payer, *, first_name: str, last_name: str, by, moment: datetime) -> str:
    """A code, shown this once, for whom the clerk has just seen with a document: the payer, or who may speak for a firm.

    It ends the payer's earlier codes. Refused while somebody is linked: that link is ended first, on purpose.
    """
    payer = Payer.objects.select_for_update(of=("self",)).get(pk=payer.pk)
    if payer.links.standing().exists():
        raise Refused(_("Ten płatnik jest już połączony z kontem. Najpierw odłącz tamto konto."))
    payer.link_codes.open_at(moment).update(expires_at=moment)
    code = one_time.new_code()
    LinkCode.objects.create(
        payer=payer, for_search=fold(clean_text(f"{last_name} {first_name}")), code_lookup=one_time.code_lookup(code, CODE_PURPOSE),
        issued_by=by.subject, issued_at=moment, expires_at=moment + timedelta(days=policy(localdate(moment)).desk_code_days),
    )  # fmt: skip
    return one_time.in_print(code)


def redeem_code(person: Person, code: str, *, moment: datetime) -> PayerLink:
    """Link the payer of the code to the person of this account. A wrong, foreign, used or stale code reads nearly the same.

    The account must carry the PESEL of the payer, where the tax system told one, and the name of the document that the clerk saw.
    Every try counts, also a refused one, together with tries of identity codes (S5).
    """
    account: Any = person.account  # who types has one
    one_time.count_try(account, moment)
    return _redeem(person, code, moment)


@transaction.atomic
def _redeem(person, code, moment):
    found = LinkCode.objects.select_for_update(of=("self",)).filter(
        code_lookup=one_time.code_lookup(code, CODE_PURPOSE), used_at=None
    )
    link_code = found.select_related("payer").first()
    if link_code is None or not _meets(person, link_code):
        raise Refused(_(WRONG))
    if link_code.expires_at <= moment:
        raise Refused(_("Ten kod stracił ważność. W urzędzie dostaniesz nowy."))
    payer = Payer.objects.select_for_update(of=("self",)).get(pk=link_code.payer_id)
    if payer.links.standing().exists():
        raise Refused(_("Tego kodu nie można już użyć. Zgłoś się z dokumentem do urzędu."))
    LinkCode.objects.filter(pk=link_code.pk).update(used_at=moment)
    return link(payer, person, method=PayerLink.Method.DESK_CODE, verified_by=link_code.issued_by, moment=moment)


def link(payer: Payer, person: Person, *, method: str, verified_by: UUID | None, moment: datetime) -> PayerLink:
    """Tie a locked payer to the person. `method`: by what it was proved that they are one; `verified_by`: the clerk who saw it, if one did."""
    return PayerLink.objects.create(payer=payer, person=person, method=method, verified_by=verified_by, since=moment)


def _meets(person, link_code) -> bool:
    known = link_code.payer.pesel_lookup
    if known is not None and (not person.pesel or pesel_lookup(person.pesel) != bytes(known)):
        return False
    return sorted(person.search.split()) == sorted(link_code.for_search.split())


@transaction.atomic
def end_link(payer: Payer, *, by, moment: datetime) -> None:
    """The person sees nothing of this payer any more; the row stays. Ending what has ended changes nothing."""
    payer.links.standing().update(ended_at=moment, ended_by=by.subject)
