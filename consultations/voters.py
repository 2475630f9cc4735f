"""Who may answer at each level of certainty, by which faces they are known, and what is noted of where a voice came from.

A voice is always of the person who is signed in, or of the mailbox whose code was typed: no page takes the name of somebody else,
so whoever sees the registers can not vote for the people in them (C37).
"""

import ipaddress
import secrets
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.rules import is_strongly_signed_in
from consultations.faces import Faces, faces_of, particulars_of
from consultations.models import Addressee, IntegrityLevel
from residents.models import Person, ResidencyProof
from residents.rules import age_on, person_of

DEVICE_COOKIE, DEVICE_DAYS = "urzadzenie", 90
LEVEL_WORDS = {
    IntegrityLevel.OPEN: gettext_lazy(
        "Może odpowiedzieć każdy, bez podawania danych. Wyniki mówią o odpowiedziach, nie o osobach."
    ),
    IntegrityLevel.CONTACT: gettext_lazy(
        "Na koniec prosimy o adres e-mail i wysyłamy kod: z jednego adresu przyjmujemy jeden głos."
    ),
    IntegrityLevel.DECLARED: gettext_lazy("Prosimy o zalogowanie i oświadczenie o zamieszkaniu: każda osoba oddaje jeden głos."),
    IntegrityLevel.PROVEN: gettext_lazy(
        "Głosują osoby, których zamieszkanie potwierdził urząd, zalogowane dwustopniowo: każda oddaje jeden głos."
    ),
}


@dataclass(frozen=True)
class Obstacle:
    """Why this visitor can not answer yet, and where to mend it."""

    text: str
    link_text: str
    url: str


def voter_of(request) -> Person | None:
    """The person who is signed in, asked once a request."""
    if not hasattr(request, "voter"):
        request.voter = person_of(request.user)
    return request.voter


def home_of(request, day) -> dict[str, Any]:
    """Name and home as the register knows them, asked once a request; empty when it knows none."""
    if not hasattr(request, "voters_home"):
        person = voter_of(request)
        request.voters_home = particulars_of(person, day) if person else {}
    return request.voters_home


def obstacle(request, consultation, day) -> Obstacle | None:
    """None for whoever may answer; what is asked only at the end (a code, a declaration) is no obstacle."""
    if consultation.integrity < IntegrityLevel.DECLARED:
        return None
    here = urlencode({"next": request.path})
    if not request.user.is_authenticated:
        return Obstacle(
            _("Żeby oddać głos, zaloguj się albo załóż konto."), _("Zaloguj się"), f"{reverse('account_login')}?{here}"
        )
    person = voter_of(request)
    if person is None:
        text = _("Powiedz najpierw, kim jesteś: imię i nazwisko. Zajmie to minutę.")
        return Obstacle(text, _("Podaj dane"), f"{reverse('residents:onboarding')}?{here}")
    if consultation.integrity == IntegrityLevel.PROVEN:
        return _proof_missing(request, person, day, here)
    return None


def _proof_missing(request, person, day, here) -> Obstacle | None:
    if not ResidencyProof.objects.valid_on(day).filter(person=person).exists():
        text = _("Urząd nie potwierdził jeszcze, że mieszkasz w mieście. Przyjdź z dokumentem albo zagłosuj na papierze.")
        return Obstacle(text, _("Moje dane"), reverse("residents:my_data"))
    if not is_strongly_signed_in(request):
        text = _("To głosowanie wymaga drugiego kroku logowania: kodu z aplikacji albo klucza dostępu.")
        return Obstacle(text, _("Przejdź do drugiego kroku"), f"{reverse('strong_sign_in')}?{here}")
    return None


def known_email(request) -> str:
    """The confirmed address of whoever is signed in; "" for others."""
    if not request.user.is_authenticated:
        return ""
    address = EmailAddress.objects.filter(user=request.user, verified=True).order_by("-primary", "pk").first()
    return address.email if address else ""


def asks_residents(consultation) -> bool:
    return Addressee.RESIDENTS in consultation.addressees


def faces_for(request, consultation, day, *, email: str = "", declared: dict[str, Any] | None = None) -> Faces:
    """Every face that this level marks. `declared`: {"street", "number", "flat"} typed in the declaration."""
    if consultation.integrity == IntegrityLevel.OPEN:
        return []
    person = voter_of(request)
    if consultation.integrity == IntegrityLevel.CONTACT:
        return faces_of(person, email=email)
    return faces_of(
        person, particulars=home_of(request, day) or {**(declared or {}), "name": str(person), "born_year": _year(person)}
    )


def _year(person) -> int | None:
    return person.born_on.year if person.born_on else None


# Where a voice came from


def marks_of(request, day) -> dict[str, Any]:
    """For `suspicion`: `ballot_box` keeps keyed marks of these, inside the sealed envelope, and forgets them at the sealing."""
    person = voter_of(request)
    marks = {"network": _network(get_adapter().get_client_ip(request)), "device": _device(request)}
    return {**marks, "age": age_on(person.born_on, day)} if person and person.born_on else marks


def _network(address: str) -> str:
    """One home: an IPv4 address, or the /64 of an IPv6 one."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return ""
    return str(ipaddress.ip_network(f"{ip}/64", strict=False)) if ip.version == 6 else str(ip)


def _device(request) -> str:
    """The browser's own mark, or what kind of browser it is when it keeps no cookies."""
    if cookie := request.COOKIES.get(DEVICE_COOKIE, ""):
        return cookie[:64]
    return "bez ciasteczka " + sha256(request.headers.get("User-Agent", "").encode()).hexdigest()


def mark_device(request, response, *, secure: bool) -> None:
    """A random mark for this browser, known to consultations alone."""
    if DEVICE_COOKIE not in request.COOKIES:
        response.set_cookie(
            DEVICE_COOKIE, secrets.token_urlsafe(16), max_age=DEVICE_DAYS * 86_400, path=reverse("consultations:home"),
            secure=secure, httponly=True, samesite="Lax",
        )  # fmt: skip
