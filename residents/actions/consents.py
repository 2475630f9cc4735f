"""What a person agreed to, and what they were shown."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from office.models import Channel
from office.transitions import Refused
from residents.models import Consent, Person, Purpose, Terms, TermsAcceptance
from residents.rules import age_on, policy


@transaction.atomic
def give_consent(person: Person, *, purpose: str, channel: Channel | str, source: str, moment: datetime) -> Consent:
    """Consent to a purpose (its code in the register) on one channel, with the wording of the day. Twice is once (L25).

    Refused for a purpose that does not rest on consent (L19) and below the age from which one consents alone (L27).
    """
    day = localdate(moment)
    asked = Purpose.objects.valid_on(day).filter(code=purpose, needs_consent=True).order_by("-valid_from").first()
    if asked is None:
        raise Refused(_("Ten cel nie wymaga zgody albo już nie obowiązuje."))
    if person.born_on and age_on(person.born_on, day) < policy(day).consent_age:
        raise Refused(_("Na to zgadza się rodzic albo opiekun."))
    consent, _made = Consent.objects.get_or_create(
        person=person, purpose=asked.code, channel=Channel(channel), withdrawn_at=None,
        defaults={"wording": asked.wording, "source": source, "given_at": moment},
    )  # fmt: skip
    return consent


@transaction.atomic
def withdraw_consent(consent: Consent, *, moment: datetime) -> None:
    """As easy as giving it: one step, no reason asked. Withdrawing twice changes nothing."""
    Consent.objects.standing().filter(pk=consent.pk).update(withdrawn_at=moment)


@transaction.atomic
def accept_terms(person: Person, *, terms: Terms, moment: datetime) -> TermsAcceptance:
    """The person accepted this version of the terms, or was shown this version of the clause. The first time counts."""
    acceptance, _made = TermsAcceptance.objects.get_or_create(person=person, terms=terms, defaults={"at": moment})
    return acceptance
