"""What this room holds on a person, for that person (GDPR art. 15 and 20)."""

from typing import Any

from residents.models import Person


def personal_data(person: Person) -> dict[str, Any]:
    """Plain values under Polish names; times in UTC. Rooms above hold more: the roof may gather theirs beside it."""
    return {
        "osoba": _person(person),
        "potwierdzenia_tozsamosci": list(person.identity_confirmations.values("level", "how", "at", "revoked_at")),
        "gospodarstwa": [
            {"adres": str(one.household), "od": one.since, "do": one.until}
            for one in person.memberships.select_related("household__dwelling__address")
        ],
        "zamieszkanie": list(person.residency_proofs.values("basis", "valid_from", "valid_to")),
        "zgody": list(person.consents.values("purpose", "channel", "wording", "source", "given_at", "withdrawn_at")),
        "regulaminy": list(person.terms_acceptances.values("terms__kind", "terms__version", "at")),
        "zadania": list(person.data_requests.values("kind", "text", "asked_at", "due_on", "answer", "answered_at")),
    }


def _person(person):
    return {
        "imie": person.first_name,
        "nazwisko": person.last_name,
        "pesel": person.pesel,
        "data_urodzenia": person.born_on,
        "email": person.email,
        "telefon": person.phone,
        "adres_do_korespondencji": person.mail_address,
        "w_kartotece_od": person.created_at,
    }
