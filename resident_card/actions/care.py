"""What an administrator does for others on the family account; another adult reads each such act (R16)."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import User
from office.models import Channel
from office.transitions import Refused
from resident_card import rules
from resident_card.models import FamilyAct, Membership
from residents import actions
from residents.models import Person, Purpose

CONTACT = ("phone", "mail_address")  # an e-mail is each adult's own, and where one lives needs proof (3.6)


@transaction.atomic
def change_contact(member: Membership, *, phone: str, mail_address: str, by: User, moment: datetime) -> Person:
    """Change telephone and address for letters of a child or of an adult who agreed to it. Refused to everybody but the administrator,
    and for who came of age and has not confirmed (R20)."""
    actor = _guard(member, by, moment)
    typed = {"phone": phone, "mail_address": mail_address}
    changed = actions.correct_person(member.person, by=by, moment=moment, **typed)
    words = {"phone": _("telefon"), "mail_address": _("adres do korespondencji")}
    if names := [words[name] for name in CONTACT if getattr(changed, name) != getattr(member.person, name)]:
        note_act(actor, member.person, _("zmiana danych: %(what)s") % {"what": ", ".join(names)}, moment)
    return changed


@transaction.atomic
def set_consent(member: Membership, *, purpose: str, channel: str, is_given: bool, by: User, moment: datetime) -> None:
    """Give or withdraw a consent in the name of the person; both sides of it are noted for them. Refused as changing contact data is,
    and for what asks no consent."""
    actor = _guard(member, by, moment)
    person, channel = member.person, Channel(channel)
    if is_given:
        actions.give_consent(person, purpose=purpose, channel=channel, source=_("konto rodzinne"), moment=moment)
    elif standing := person.consents.standing().filter(purpose=purpose, channel=channel).first():
        actions.withdraw_consent(standing, moment=moment)
    else:
        return
    what = _("zgoda wyrażona: %(name)s, %(channel)s") if is_given else _("zgoda wycofana: %(name)s, %(channel)s")
    note_act(actor, person, what % {"name": _name(purpose, moment), "channel": channel.label}, moment)


def note_act(actor: Person, person: Person, what: str, moment: datetime) -> None:
    """For the adult's list „Co zrobiono w moim imieniu”. A child's guardian answers for the child, so nothing is listed."""
    member = Membership.objects.standing().filter(person=person).first()
    if member and actor != person and rules.is_adult(person, localdate(moment)):
        FamilyAct.objects.create(family=member.family, person=person, actor=actor, what=what[:200], at=moment)


def _guard(member, by, moment) -> Person:
    actor = Person.objects.of(by).first()
    if actor is None or not rules.may_act_for(actor, member.person, localdate(moment)):
        raise Refused(
            _(
                "Możesz to zrobić tylko jako osoba prowadząca konto rodzinne, za dziecko albo za dorosłego, który się na to zgodził."
            )
        )
    return actor


def _name(purpose, moment) -> str:
    found = Purpose.objects.valid_on(localdate(moment)).filter(code=purpose).order_by("-valid_from").first()
    return found.name if found else purpose
