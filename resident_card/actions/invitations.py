"""Somebody is asked by e-mail to join a family account, or gets a sign-in of their own on it (R12-R15, R19, R80).

Whoever confirms, declines, calls back or lets expire locks the invitation first: of two at the same moment the slower finds it settled.
A link is a secret of which only the hash is kept; before it is confirmed nothing of the invited person is known here but what was typed.
"""

import hashlib
import secrets
from datetime import datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.addresses import fold_address
from accounts.encryption import lookup
from accounts.models import User
from office.transitions import RESIDENT, Refused, move
from resident_card import family_mails as mails
from resident_card import rules
from resident_card.actions import endings, families
from resident_card.models import Family, Invitation, Membership
from resident_card.statuses import InvitationStatus
from residents.actions import declare_person
from residents.actions.forgetting import forget_person
from residents.actions.merging import merge
from residents.models import Person
from residents.rules import is_identity_confirmed

LEAST_AGE_TO_SIGN_IN = 16  # R19


class InvitationGone(Refused):
    """Used, unknown or out of date: whoever holds the link is told no more than that (R14)."""

    def __init__(self):
        super().__init__(_("To zaproszenie nie jest już ważne."))


@transaction.atomic
def invite(
    *, administrator: Person, first_name: str, last_name: str, pesel: str, email: str, by: User, moment: datetime
) -> Invitation:
    """Ask an adult at the administrator's address to join (R12). The family account appears by itself when there is none.

    Refused: to who does not administer their family account or whose address the town does not know; for a minor; for somebody
    who belongs already; for an address that the administrator, a member or another open invitation uses. Whether an account uses
    the address is never told: the account that confirms has to be the invited person's own.
    """
    day = timezone.localdate(moment)
    if rules.dwelling_of(administrator, day) is None:
        raise Refused(_("Najpierw złóż wniosek o kartę. Zaprosisz dorosłych, którzy mieszkają pod tym samym adresem."))
    family = families.family_run_by(administrator, moment)
    person = declare_person(account=None, first_name=first_name, last_name=last_name, pesel=pesel, by=by, moment=moment)
    if not rules.is_adult(person, day):
        raise Refused(_("Ta osoba nie ma jeszcze 18 lat. Dziecko dodasz we wniosku o kartę."))
    if Membership.objects.standing().filter(family=family, person__pesel_lookup=person.pesel_lookup).exists():
        raise Refused(_("Osoba o tym numerze PESEL należy już do Twojego konta rodzinnego."))
    return _sent(Invitation(family=family, person=person, invited_by=by.subject), email, moment)


@transaction.atomic
def invite_member(member: Membership, *, email: str, by: User, moment: datetime) -> Invitation:
    """A child of 16 or more, or who has come of age without an account, gets a sign-in of their own (R19, R20).

    Refused: to anyone but the administrator; below 16; to who has an account; for a confirmed identity, which only the desk joins.
    """
    administrator = families.own_membership(by)
    family = families.family_run_by(administrator.person, moment)
    person = member.person
    if member.family_id != family.pk or member.left_at:
        raise Refused(_("Ta osoba nie należy do Twojego konta rodzinnego."))
    if person.account_id is not None:
        raise Refused(_("Ta osoba ma już własne konto."))
    if not rules.is_aged(person, LEAST_AGE_TO_SIGN_IN, timezone.localdate(moment)):
        raise Refused(_("Własne logowanie jest możliwe od ukończenia 16 lat."))
    _guard_unconfirmed(person)
    if Invitation.objects.open().filter(person=person).exists():
        raise Refused(_("Do tej osoby wysłano już zaproszenie. Możesz wysłać je jeszcze raz albo cofnąć."))
    return _sent(Invitation(family=family, person=person, invited_by=by.subject), email, moment)


@transaction.atomic
def send_again(invitation: Invitation, *, by: User, moment: datetime) -> Invitation:
    """A new link and thirty days from now; the link before stops working. Refused when the invitation is settled or out of date."""
    invitation = _locked(invitation, moment)
    return _posted(invitation, moment)


@transaction.atomic
def call_back(invitation: Invitation, *, by: User, moment: datetime) -> None:
    """The administrator thinks better of it: the link stops working and what was typed is deleted."""
    invitation = _locked(invitation, moment)
    move(invitation, InvitationStatus.CALLED_BACK, by=by, moment=moment)
    _forget(invitation, moment)


def found_by(secret: str, moment: datetime) -> Invitation | None:
    """The invitation that a link opens now; None for a used, an unknown and an expired one alike (R14)."""
    found = Invitation.objects.open().filter(token_hash=_hash(secret), expires_at__gt=moment)
    return found.select_related("person", "family").first()


def waiting_for(user: User, moment: datetime) -> list[Invitation]:
    """Those that the owner of the account's address has not answered."""
    return list(
        Invitation.objects.open().filter(email_lookup=address_mark(user.email), expires_at__gt=moment).order_by("sent_at")
    )


@transaction.atomic
def confirm(invitation: Invitation, *, by: User, moment: datetime) -> Membership:
    """The signed-in owner of the address joins: what was typed and what they say of themselves become one person.

    Refused (InvitationGone) when it is settled or out of date; when another address signed in, the person is another one, is no
    adult, lives elsewhere, or belongs to another family account.
    """
    invitation = _locked(invitation, moment)
    family = Family.objects.select_for_update().get(pk=invitation.family_id)
    own, invited = Person.objects.of(by).first(), invitation.person
    if address_mark(by.email) != bytes(invitation.email_lookup or b""):
        raise Refused(_("To zaproszenie wysłano na inny adres e-mail. Zaloguj się na konto z tym adresem."))
    if own is None:
        raise Refused(_("Najpierw podaj swoje dane."))
    member = Membership.objects.standing().filter(family=family, person=invited).first()
    _guard_confirming(own, invited, member, family, moment)
    move(invitation, InvitationStatus.CONFIRMED, by=by, moment=moment)
    Invitation.objects.filter(pk=invitation.pk).update(email=None, email_lookup=None)
    person = _made_one(own, invited, member, by, moment)
    joined = families.joined_by_consent(family, person, moment)
    mails.tell_administrators(family, "family_joined", besides=person)
    return joined


@transaction.atomic
def decline(invitation: Invitation, *, moment: datetime) -> None:
    """Whoever holds the link says no, without an account: what was typed is deleted at once and the administrator is told."""
    invitation = _locked(invitation, moment)
    move(invitation, InvitationStatus.DECLINED, by=None, side=RESIDENT, moment=moment)
    _forget(invitation, moment)
    mails.tell_administrators(invitation.family, "family_declined")


def expire_all(*, moment: datetime) -> int:
    """Each night: invitations that nobody answered in time, and the data typed in them, are gone (R13). Returns how many."""
    late = Invitation.objects.open().filter(expires_at__lte=moment)
    return sum(expire(one, moment=moment) for one in late)


@transaction.atomic
def expire(invitation: Invitation, *, moment: datetime) -> bool:
    """False when somebody has settled it meanwhile: of a click and this exactly one succeeds (R80)."""
    invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if invitation.status != InvitationStatus.SENT or invitation.expires_at > moment:
        return False
    move(invitation, InvitationStatus.EXPIRED, by=None, moment=moment)
    _forget(invitation, moment)
    mails.tell_administrators(invitation.family, "family_expired")
    return True


def _sent(invitation, email, moment) -> Invitation:
    invitation.email = _checked_address(email)
    invitation.email_lookup = address_mark(invitation.email)
    members = Membership.objects.standing().filter(family=invitation.family, person__account__isnull=False)
    if invitation.email_lookup in {
        address_mark(member.person.account.email) for member in members.select_related("person__account")
    }:
        raise Refused(_("Tego adresu używa już ktoś z Twojego konta rodzinnego. Każdy dorosły musi mieć własny."))
    try:
        with transaction.atomic():
            return _posted(invitation, moment)
    except IntegrityError as clash:
        raise Refused(_("Na ten adres czeka już zaproszenie. Każdy dorosły musi mieć własny adres e-mail.")) from clash


def _posted(invitation, moment) -> Invitation:
    """Stored with a fresh secret and written to its address."""
    secret = secrets.token_urlsafe(32)
    invitation.token_hash = _hash(secret)
    invitation.sent_at, invitation.expires_at = moment, _end(moment)
    invitation.save()
    mails.invite(invitation, secret)
    return invitation


def _end(moment) -> datetime:
    """The first moment that is too late: the last day counts whole, in Warsaw (R13)."""
    day = timezone.localdate(moment)
    last = day + timedelta(days=rules.policy(day).invitation_days)
    return timezone.make_aware(datetime.combine(last + timedelta(days=1), time.min))


def _checked_address(email) -> str:
    try:
        return fold_address(email)
    except ValueError:
        raise Refused(_("Ten adres zawiera litery z innego alfabetu. Wpisz go z klawiatury jeszcze raz.")) from None


def address_mark(email: str) -> bytes:
    """By what an invitation and an account of one address are found to be of one address."""
    try:
        folded = fold_address(email)
    except ValueError:  # an old account's address that no invitation could be sent to
        folded = email.lower()
    return lookup(folded, "resident_card.invitation_email")


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def _locked(invitation, moment) -> Invitation:
    """The row as it is now, ours until commit; refused when it is settled or its last day has passed."""
    found = Invitation.objects.select_for_update(of=("self",)).select_related("family", "person").get(pk=invitation.pk)
    if found.status != InvitationStatus.SENT or found.expires_at <= moment:
        raise InvitationGone
    return found


def _guard_unconfirmed(person):
    """A document was seen at the desk, so no letter may give an account to that identity (docs/decisions/0004)."""
    if is_identity_confirmed(person):
        raise Refused(
            _("Tożsamość tej osoby potwierdził urząd. Konto połączy z nią kod z urzędu, wydany tej osobie z dokumentem.")
        )


def _guard_confirming(own, invited, member, family, moment):
    day = timezone.localdate(moment)
    if not _is_one_person(own, invited):
        raise Refused(
            _(
                "To zaproszenie jest dla kogoś innego: dane w zaproszeniu nie zgadzają się z Twoimi. Zapytaj osobę, która je wysłała."
            )
        )
    if own != invited:
        _guard_unconfirmed(invited)
    if own.born_on is None or (member is None and not rules.is_adult(own, day)):
        raise Refused(_("Dołączyć w ten sposób może osoba pełnoletnia z numerem PESEL. Uzupełnij go na stronie „Moje dane”."))
    if Membership.objects.standing().filter(person=own).exclude(family=family).exists():
        raise Refused(_("Należysz już do innego konta rodzinnego. Najpierw odłącz się od niego."))
    if not rules.may_live_with_administrator(own, family, day):
        raise Refused(
            _("Urząd ma Cię zapisanego pod innym adresem niż osoba, która zaprasza. Najpierw zgłoś zmianę adresu w urzędzie.")
        )


def _is_one_person(own, invited) -> bool:
    """By PESEL when both have one, else by name and day of birth."""
    if own.pesel_lookup and invited.pesel_lookup:
        return bytes(own.pesel_lookup) == bytes(invited.pesel_lookup)
    return (own.search, own.born_on or invited.born_on) == (invited.search, invited.born_on or own.born_on)


def _made_one(own, invited, member, by, moment) -> Person:
    """One row for one human: of a newcomer the account's own stays, of a member the one that holds card and grants."""
    if own == invited:
        return own
    declared, into = (own, invited) if member and not is_identity_confirmed(own) else (invited, own)
    merge(declared, into=into, account=by, moment=moment)
    return into


def _forget(invitation, moment):
    """Nothing of the invited stays in the invitation; a person typed only for it is deleted, a member stays as they were."""
    typed = invitation.person
    Invitation.objects.filter(pk=invitation.pk).update(person=None, email=None, email_lookup=None)
    Invitation.pgh_event_model.objects.filter(pgh_obj=invitation.pk).update(person=None)  # type: ignore[attr-defined]
    if (
        typed
        and typed.account_id is None
        and not Membership.objects.filter(person=typed).exists()
        and not is_identity_confirmed(typed)
    ):
        endings.forget_applications(typed, moment)
        forget_person(typed)
