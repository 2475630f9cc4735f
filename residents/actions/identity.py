"""Who the person is: seen at the desk, tied to an account by a code. docs/decisions/0004 says why it is done so."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from office.transitions import Refused
from residents.actions import one_time
from residents.actions.merging import merge
from residents.models import DeskCode, IdentityConfirmation, IdentityLevel, Person
from residents.rules import is_identity_confirmed, is_own_or_family, policy

CODE_PURPOSE = "residents.desk_code"
SEEN_ELSEWHERE = gettext_lazy("Ten numer PESEL potwierdziła już dokumentem inna osoba w kartotece. Wyszukaj ją po numerze PESEL.")


@transaction.atomic
def confirm_identity_at_desk(
    person: Person, *, how: str, by: User, moment: datetime, account_shown: bool = False
) -> IdentityConfirmation:
    """A clerk has seen the document (`how`: which) of the person who stands at the desk.

    For a person with an account the clerk must also have seen that account open (`account_shown`), or else give a desk
    code: a document proves who stands here, not whose account it is. Refused for oneself and one's household (L11), and
    when the PESEL belongs to someone else who has shown a document.
    """
    person = _locked(person)
    _guard_desk(person, by, moment)
    if person.account_id and not account_shown:
        raise Refused(_("Ta osoba ma konto. Poproś, żeby je przy Tobie otworzyła, albo wydaj kod z urzędu."))
    return _confirm(person, how, by.subject, moment)


@transaction.atomic
def issue_desk_code(person: Person, *, by: User, moment: datetime) -> str:
    """A code of 8 letters and digits, shown this once, for a person whose document the clerk has just seen.

    It ends the person's earlier codes. Refused for oneself and one's household (L11), and when the account of the person
    is confirmed already.
    """
    person = _locked(person)
    _guard_desk(person, by, moment)
    if person.account_id and is_identity_confirmed(person):
        raise Refused(_("Tożsamość tej osoby jest już potwierdzona i połączona z kontem. Kod nie jest potrzebny."))
    person.desk_codes.open_at(moment).update(expires_at=moment)
    code = one_time.new_code()
    expires_at = moment + timedelta(days=policy(localdate(moment)).desk_code_days)
    DeskCode.objects.create(
        person=person, code_lookup=one_time.code_lookup(code, CODE_PURPOSE), issued_by=by.subject, issued_at=moment, expires_at=expires_at
    )  # fmt: skip
    return one_time.in_print(code)


def redeem_desk_code(account: User, code: str, *, moment: datetime) -> Person:
    """Tie the account to the person whom the desk saw, and confirm the identity. Returns that person.

    The account must already have declared the same PESEL (without one: the same name), so a lost slip of paper is worth
    nothing to the finder. The account's declared person is merged into the desk's. A wrong, foreign or used code reads
    the same. Every try counts, also when it is refused; after so many in an hour the account waits (S5).
    """
    one_time.count_try(account, moment)
    return _redeem(account, code, moment)


@transaction.atomic
def revoke_confirmation(confirmation: IdentityConfirmation, *, by: User, moment: datetime) -> None:
    """Take back a confirmation given by mistake. Its row stays; the PESEL is a mere claim again when none other stands."""
    person = _locked(confirmation.person)
    _guard_desk(person, by, moment, pesel=False)
    IdentityConfirmation.objects.standing().filter(pk=confirmation.pk).update(revoked_at=moment)
    if not is_identity_confirmed(person):
        person.pesel_seen_at = None
        person.save(update_fields=["pesel_seen_at"])


@transaction.atomic
def detach_account(person: Person, *, by: User, moment: datetime) -> None:
    """Part the person from an account they can no longer open; a desk code then ties the new one. Cases stay with the person."""
    person = _locked(person)
    _guard_desk(person, by, moment, pesel=False)
    person.desk_codes.open_at(moment).update(expires_at=moment)
    person.account = None
    person.save(update_fields=["account"])


def _locked(person):
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if person.merged_into_id:
        raise Refused(_("Tę osobę połączono z inną. Otwórz tamtą."))
    return person


def _guard_desk(person, by, moment, pesel=True):
    if is_own_or_family(by, person, localdate(moment)):
        raise Refused(_("Swoich spraw i spraw domowników nie załatwia się samemu. Poproś inną osobę z urzędu."))
    if pesel and _seen_elsewhere(person):
        raise Refused(SEEN_ELSEWHERE)


def _seen_elsewhere(person):
    others = Person.objects.filter(pesel_lookup=person.pesel_lookup, pesel_seen_at__isnull=False).exclude(pk=person.pk)
    return person.pesel_lookup is not None and others.exists()


def _confirm(person, how, subject, moment):
    if person.pesel:
        person.pesel_seen_at = moment
        _save_seen(person)
    return IdentityConfirmation.objects.create(person=person, level=IdentityLevel.DESK, how=how, confirmed_by=subject, at=moment)


def _save_seen(person):
    try:
        with transaction.atomic():
            person.save(update_fields=["pesel_seen_at"])
    except IntegrityError as error:  # another desk was faster by a moment
        raise Refused(SEEN_ELSEWHERE) from error


@transaction.atomic
def _redeem(account, code, moment):
    declared = Person.objects.select_for_update(of=("self",)).filter(account=account).first()
    desk_code = (
        DeskCode.objects.select_for_update(of=("self",))
        .filter(code_lookup=one_time.code_lookup(code, CODE_PURPOSE), used_at=None)
        .first()
    )
    if declared is None or desk_code is None or not _meets(declared, desk_code.person):
        raise Refused(_("Kod nie pasuje do danych na tym koncie. Sprawdź kod, imię, nazwisko i numer PESEL."))
    if desk_code.expires_at <= moment:
        raise Refused(_("Ten kod stracił ważność. W urzędzie dostaniesz nowy."))
    person = _locked(desk_code.person)
    if _seen_elsewhere(person):
        raise Refused(_("Tego kodu nie można już użyć. Zgłoś się z dokumentem do urzędu."))
    if person != declared:
        merge(declared, into=person, account=account, moment=moment)
    DeskCode.objects.filter(pk=desk_code.pk).update(used_at=moment)
    _confirm(person, _("dokument pokazany w urzędzie, kod wpisany na koncie"), desk_code.issued_by, moment)
    return person


def _meets(declared, person):
    """Whether the account's owner has said of themselves what the desk knows of the person, who has no other account."""
    if person.account_id not in (None, declared.account_id):
        return False
    if person.pesel_lookup is not None:
        return declared.pesel_lookup is not None and bytes(declared.pesel_lookup) == bytes(person.pesel_lookup)
    return declared.search == person.search
