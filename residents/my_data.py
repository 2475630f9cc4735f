"""What the register of persons holds on a person (GDPR art. 15, 17)."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from residents.models import DataCopy, DataRequest, DeskCode, DeskCodeTry, Person
from ui.my_data import Held

NOT_TOLD: dict[str, str] = {}
PARTY = "Imię, nazwisko, PESEL i adres strony należą do akt i rozliczeń, które zostają."


def my_data(person: Person, moment: datetime) -> Iterator[Held]:
    """The person first: their row stays only while something that stays needs the name (`residents.actions.forget_owner`)."""
    yield Held(
        title=_("Kim jestem"), rows=Person.objects.filter(pk=person.pk), stays=_(PARTY),
        columns=("first_name", "last_name", "pesel", "born_on", "email", "phone", "mail_address", "created_at"),
        labels={"created_at": _("w kartotece od")},
    )  # fmt: skip
    yield Held(
        title=_("Potwierdzenia tożsamości"), rows=person.identity_confirmations.all(), columns=("level", "how", "at", "revoked_at"),
    )  # fmt: skip
    yield Held(
        title=_("Gospodarstwa domowe"), rows=person.memberships.all(), columns=(f"{HOME}__street", f"{HOME}__number", f"{FLAT}__flat", "since", "until"),
        labels={f"{HOME}__street": _("ulica"), f"{HOME}__number": _("numer"), f"{FLAT}__flat": _("lokal")},
    )  # fmt: skip
    yield Held(title=_("Zamieszkanie w mieście"), rows=person.residency_proofs.all(), columns=("basis", "valid_from", "valid_to"))
    yield Held(
        title=_("Zgody"), rows=person.consents.order_by("-given_at"), kept="withdrawn_consent",
        columns=("purpose", "channel", "wording", "source", "given_at", "withdrawn_at"),
    )  # fmt: skip
    yield Held(
        title=_("Regulaminy i klauzule, które mi pokazano"), rows=person.terms_acceptances.all(), columns=("terms__kind", "terms__version", "at"),
        labels={"terms__kind": _("rodzaj"), "terms__version": _("wersja")},
    )  # fmt: skip
    yield from _asked(person)


HOME, FLAT = "household__dwelling__address", "household__dwelling"


def _asked(person: Person) -> Iterator[Held]:
    yield Held(
        title=_("Moje żądania dotyczące danych"), rows=DataRequest.objects.filter(person=person), kept="data_request",
        columns=("kind", "text", "asked_at", "due_on", "extended_why", "is_granted", "answer", "answered_at"),
    )  # fmt: skip
    yield Held(
        title=_("Kopie danych"),
        rows=DataCopy.objects.filter(person=person),
        kept="data_copy",
        columns=("asked_at", "made_at", "taken_at"),
    )
    yield Held(
        title=_("Kody z urzędu"),
        rows=DeskCode.objects.filter(person=person),
        kept="desk_code",
        columns=("issued_at", "expires_at", "used_at"),
    )
    yield Held(
        title=_("Próby wpisania kodu"), rows=DeskCodeTry.objects.filter(account=person.account_id), kept="desk_code_try", columns=("at",), labels={"at": _("kiedy")},
    )  # fmt: skip
