"""The family account: it appears by itself, people join and leave it, and somebody always answers for the children (R12-R20).

Each verb that changes who belongs locks the family first, so that two who leave at the same moment stand in line (R18).
"""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import User
from office.transitions import Refused
from resident_card import family_mails as mails
from resident_card import rules
from resident_card.models import Family, Membership
from residents.models import Person

ADMINISTRATOR, ADULT, CHILD = Membership.Role.ADMINISTRATOR, Membership.Role.ADULT, Membership.Role.CHILD


def family_of(person: Person) -> Family | None:
    """The family account that the person belongs to now; None for who applied for nobody but themselves."""
    return Family.objects.filter(memberships__in=Membership.objects.standing().filter(person=person)).first()


def guardians_of(child: Person) -> list[Person]:
    """Who answers for the child: the administrators of its family account, longest there first. Nobody for an adult's name on no account."""
    here = Membership.objects.standing().filter(family__memberships__in=Membership.objects.standing().filter(person=child))
    guardians = (
        here.filter(role=ADMINISTRATOR).exclude(person=child).select_related("person__account").order_by("joined_at", "pk")
    )
    return [membership.person for membership in guardians]


@transaction.atomic
def add_child(*, administrator: Person, child: Person, by: User, moment: datetime) -> Membership:
    """The child belongs to the administrator's family account, which appears by itself with the first person added. Twice is once.

    Refused: to who is no adult or does not administer the account they belong to; for a child of another family account.
    """
    if not rules.is_adult(administrator, localdate(moment)):
        raise Refused(_("Konto rodzinne prowadzi osoba pełnoletnia."))
    if child == administrator:
        raise Refused(_("Siebie nie dodaje się do własnego konta rodzinnego."))
    family = family_run_by(administrator, moment)
    if here := Membership.objects.standing().filter(family=family, person=child).first():
        return here
    return _joined(family, child, CHILD, moment)


def family_run_by(administrator, moment) -> Family:
    """Their family, locked; made when they belong to none. The lock on the person keeps two windows from making two."""
    Person.objects.select_for_update(of=("self",)).get(pk=administrator.pk)
    own = Membership.objects.standing().filter(person=administrator).first()
    if own is None:
        family = Family.objects.create(made_at=moment)
        _joined(family, administrator, ADMINISTRATOR, moment, confirmed_at=moment)
        return family
    family = Family.objects.select_for_update().get(pk=own.family_id)
    if not Membership.objects.standing().filter(person=administrator, family=family, role=ADMINISTRATOR).exists():
        raise Refused(_("Do konta rodzinnego dodaje ten, kto je prowadzi. Poproś tę osobę."))
    return family


def _joined(family, person, role, moment, confirmed_at=None) -> Membership:
    try:
        with transaction.atomic():
            return Membership.objects.create(family=family, person=person, role=role, joined_at=moment, confirmed_at=confirmed_at)
    except IntegrityError as clash:
        raise Refused(_("Ta osoba należy już do innego konta rodzinnego. Najpierw musi się z niego odłączyć.")) from clash


def own_membership(user: User) -> Membership:
    """Refused to who belongs to no family account."""
    own = Membership.objects.standing().filter(person__account=user).select_related("person", "family").first()
    if own is None:
        raise Refused(_("Nie masz jeszcze konta rodzinnego."))
    return own


def joined_by_consent(family: Family, person: Person, moment: datetime) -> Membership:
    """An adult said yes: a newcomer joins, who came of age stays (R20), a child of 16 or more remains a child with a sign-in of their own."""
    member = Membership.objects.standing().filter(family=family, person=person).first()
    if member is None:
        return _joined(family, person, ADULT, moment, confirmed_at=moment)
    if rules.waits_to_come_of_age(member, localdate(moment)):
        member.role, member.confirmed_at = ADULT, moment
        member.save(update_fields=["role", "confirmed_at"])
    return member


@transaction.atomic
def stay_of_age(member: Membership, *, by: User, moment: datetime) -> Membership:
    """Who came of age stays on the account as an adult; only now the administrator may act for them again (R20).

    Theirs alone to say, or a clerk's with their signature. Refused to everybody else, the administrator above all; before the 18th birthday.
    """
    member = _locked(member)
    if not rules.waits_to_come_of_age(member, localdate(moment)):
        raise Refused(_("Tę osobę dopisano już jako dorosłą albo nie ma ona jeszcze 18 lat."))
    if member.person.account_id != by.pk:
        _guard_desk(member.person, by)
    return joined_by_consent(member.family, member.person, moment)


@transaction.atomic
def join_on_paper(*, administrator: Person, person: Person, by: User, moment: datetime) -> Membership:
    """A clerk joins the accounts of a paper application, on which an adult's signature is their consent. Twice is once.

    Refused: without the right to keep family accounts or for one's own; an adult whom the town knows at another address (R12).
    """
    _guard_desk(person, by)
    _guard_desk(administrator, by)
    if not rules.is_adult(person, localdate(moment)):
        return add_child(administrator=administrator, child=person, by=by, moment=moment)
    if not rules.is_adult(administrator, localdate(moment)) or person == administrator:
        raise Refused(_("Konto rodzinne prowadzi inna, pełnoletnia osoba."))
    family = family_run_by(administrator, moment)
    if not rules.may_live_with_administrator(person, family, localdate(moment)):
        raise Refused(_("Ta osoba jest zapisana pod innym adresem niż osoba, która prowadzi konto rodzinne."))
    return joined_by_consent(family, person, moment)


@transaction.atomic
def detach(member: Membership, *, by: User, moment: datetime) -> None:
    """The person leaves at once, by their own hand or the administrator's; card, packages and counters stay theirs (R17).

    The others are told by e-mail. Refused: to a minor's own hand, to everybody else, and to the last administrator while minors remain (R18).
    """
    member = _locked(member)
    own = own_membership(by)
    is_own, is_run = own.pk == member.pk, own.family_id == member.family_id and own.role == ADMINISTRATOR
    if not (is_own or is_run):
        raise Refused(_("Odłączyć może ta osoba albo ten, kto prowadzi konto rodzinne."))
    if is_own and not rules.is_adult(member.person, localdate(moment)):
        raise Refused(_("Do ukończenia 18 lat odłącza osoba, która prowadzi konto rodzinne."))
    end(member, moment)
    if not is_own:
        mails.tell(member.person, "family_detached")
    elif is_run:
        mails.tell_adults(member.family, "family_left")
    else:
        mails.tell_administrators(member.family, "family_left")


@transaction.atomic
def detach_at_desk(member: Membership, *, by: User, moment: datetime) -> None:
    """As `detach`, by a clerk with the signature of the person or of the administrator; for who has no account (R17, R18)."""
    member = _locked(member)
    _guard_desk(member.person, by)
    end(member, moment)
    mails.tell(member.person, "family_detached")
    mails.tell_administrators(member.family, "family_left")


@transaction.atomic
def hand_over(member: Membership, *, by: User, moment: datetime) -> None:
    """Another adult runs the account from now on, and who ran it is an adult of it (R18). Refused unless that adult has confirmed."""
    member = _locked(member)
    own = own_membership(by)
    if own.family_id != member.family_id or own.role != ADMINISTRATOR or own.pk == member.pk:
        raise Refused(_("Prowadzenie przekazuje innej osobie ten, kto prowadzi konto rodzinne."))
    if member.role != ADULT or not member.confirmed_at:
        raise Refused(_("Konto rodzinne może przejąć tylko dorosły, który do niego dołączył."))
    Membership.objects.filter(pk=own.pk).update(role=ADULT)
    Membership.objects.filter(pk=member.pk).update(role=ADMINISTRATOR)
    mails.tell(member.person, "family_handed_over")


@transaction.atomic
def appoint(member: Membership, *, reason: str, by: User, moment: datetime) -> None:
    """A clerk gives a family account that nobody administers an administrator: an adult of it who signed that they agree (R18).

    Every adult is told; the reason stays with the membership and its history. Refused: where somebody administers already, for whom is no
    adult or has not joined, without the right to keep family accounts, and for the clerk's own family.
    """
    member = _locked(member)
    _guard_desk(member.person, by)
    if Membership.objects.standing().filter(family=member.family_id, role=ADMINISTRATOR).exists():
        raise Refused(_("To konto rodzinne ktoś już prowadzi. Prowadzenie przekazuje ta osoba."))
    if not may_administer(member, localdate(moment)):
        raise Refused(_("Konto rodzinne może prowadzić tylko dorosły, który do niego dołączył."))
    member.role, member.role_reason = ADMINISTRATOR, reason
    member.save(update_fields=["role", "role_reason"])
    mails.tell(member.person, "family_handed_over")
    mails.tell_adults(member.family, "family_appointed", besides=member.person)


def may_administer(member: Membership, day) -> bool:
    """An adult of the account by their own consent. Who came of age here has to say first that they stay (R20)."""
    return member.role == ADULT and member.confirmed_at is not None and rules.is_adult(member.person, day)


def end(member: Membership, moment: datetime) -> None:
    """The membership has ended. Refused for the last administrator while minors remain (R18)."""
    _guard_last(member, moment)
    _end(member, moment)


def ended_by_death(person: Person, moment: datetime) -> None:
    """The person is of no family any more; whoever joined first of the adults runs the account then (Q20). Nobody can refuse this."""
    member = Membership.objects.standing().filter(person=person).first()
    if member is None:
        return
    member = _locked(member)
    _end(member, moment)
    left = Membership.objects.standing().filter(family=member.family_id)
    if member.role == ADMINISTRATOR and not left.filter(role=ADMINISTRATOR).exists():
        heir = (
            left.filter(role=ADULT, confirmed_at__isnull=False)
            .select_related("person__account")
            .order_by("joined_at", "pk")
            .first()
        )
        if heir:
            Membership.objects.filter(pk=heir.pk).update(role=ADMINISTRATOR)
            mails.tell(heir.person, "family_handed_over")


def _locked(member) -> Membership:
    """The membership as it is now, with its family locked. Refused when it has ended."""
    Family.objects.select_for_update().get(pk=member.family_id)
    found = Membership.objects.standing().filter(pk=member.pk).select_related("person__account", "family").first()
    if found is None:
        raise Refused(_("Ta osoba nie należy już do tego konta rodzinnego."))
    return found


def _guard_desk(person, by):
    if not by.has_perm("resident_card.manage_family"):
        raise Refused(_("To może zrobić tylko ta osoba albo urząd, z jej podpisem."))
    if rules.is_own_or_familys(by, person):
        raise Refused(_("Swoich spraw i spraw rodziny nie załatwia się samemu. Poproś inną osobę z urzędu."))


def _guard_last(member, moment):
    if member.role != ADMINISTRATOR:
        return
    others = Membership.objects.standing().filter(family=member.family_id).exclude(pk=member.pk).select_related("person")
    minors = any(other.role == CHILD and not rules.is_adult(other.person, localdate(moment)) for other in others)
    if minors and not any(other.role == ADMINISTRATOR for other in others):
        raise Refused(_("Na koncie są dzieci, więc ktoś musi je prowadzić. Najpierw przekaż prowadzenie innemu dorosłemu."))


def _end(member, moment):
    Membership.objects.filter(pk=member.pk).update(left_at=moment)
