"""One human, two rows: the declared person of an account becomes the person whom the desk knows."""

from datetime import datetime

import pghistory.models
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import User
from office.transitions import Refused
from residents.models import Person, TermsAcceptance
from residents.rules import is_identity_confirmed


def merge(declared: Person, *, into: Person, account: User, moment: datetime) -> None:
    """Everything that points at `declared` points at `into`, which takes the account and its fresher contact data.

    `declared` stays as an empty row that names its successor, so that audit and history keep their meaning. Called
    within the transaction of a desk code only. Refused for a confirmed `declared`, and when both hold something of which
    there may be one (then a clerk looks at both).
    """
    if is_identity_confirmed(declared):
        raise Refused(_("To konto ma już potwierdzoną tożsamość innej osoby. Zgłoś się z dokumentem do urzędu."))
    contact = {name: getattr(declared, name) or getattr(into, name) for name in ("email", "phone", "mail_address")}
    _settle_own(declared, into, moment)
    _repoint(declared, into)
    _empty(declared, into)
    for name, value in contact.items():
        setattr(into, name, value)
    into.account = account
    into.save()


def _settle_own(declared, into, moment):
    """What may stand only once is closed on the declared side before it moves."""
    declared.desk_codes.open_at(moment).update(expires_at=moment)
    for consent in declared.consents.standing():
        if into.consents.standing().filter(purpose=consent.purpose, channel=consent.channel).exists():
            declared.consents.filter(pk=consent.pk).update(withdrawn_at=moment)
    if into.memberships.filter(until__isnull=True).exists():
        declared.memberships.filter(until__isnull=True).update(until=localdate(moment))


def _repoint(declared, into):
    try:
        with transaction.atomic():
            for field in _fields_naming_a_person():
                field.model._base_manager.filter(**{field.name: declared}).update(**{field.name: into})
    except IntegrityError as error:
        raise Refused(_("W kartotece są dwa wpisy, których nie da się połączyć samym kodem. Zgłoś się do urzędu.")) from error
    declared.terms_acceptances.exclude(terms__in=TermsAcceptance.objects.filter(person=into).values("terms")).update(person=into)


def _fields_naming_a_person():
    """Foreign keys of every room, found by their relation: this room need not know the rooms above it.

    Not the history copies, which tell what was, and not the acceptance of terms, which both may have.
    """
    for relation in Person._meta.get_fields(include_hidden=True):
        model = getattr(relation, "related_model", None)
        is_ours = relation.auto_created and not relation.concrete and not relation.many_to_many
        if is_ours and not issubclass(model, pghistory.models.Event) and model is not TermsAcceptance:
            yield relation.field


def _empty(declared, into):
    declared.account = declared.pesel = declared.pesel_lookup = declared.pesel_seen_at = None
    declared.email = declared.phone = declared.mail_address = ""
    declared.merged_into = into
    declared.save()
