"""What tests of the card start from: packages, a holder with a card on a phone that can sign. A transactional test finds no rows of migrations,
so everything is made here when it is missing."""

import base64
import secrets
from dataclasses import dataclass
from datetime import date
from importlib import import_module

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.apps import apps

from resident_card.models import CardMedium, CardPolicy, PackageGrant, PackageType
from resident_card.numbers import new_number
from resident_card.statuses import MediumStatus
from residents.models import Person
from tests.factories import TUESDAY, live_together, make_person

BASE = "mieszkanca"
GPSZOK = "gpszok"


def make_packages():
    """The policy and the five packages that the portal starts with."""
    if not CardPolicy.objects.exists():
        import_module("resident_card.migrations.0002_first_policy_and_packages").write(apps, None)


@dataclass
class Phone:
    """A phone with its key, as the browser holds it."""

    medium: CardMedium
    key: ec.EllipticCurvePrivateKey

    def shows(self, moment, nonce=None) -> str:
        """The code on its screen at that moment, as static/js/resident_card/card.js makes it."""
        nonce = nonce or base64.b32encode(secrets.token_bytes(10)).decode()
        signed = f"PKM1.{self.medium.number}.{int(moment.timestamp())}.{nonce}"
        return f"{signed}.{self.sign(signed.encode())}"

    def sign(self, content: bytes) -> str:
        r, s = decode_dss_signature(self.key.sign(content, ec.ECDSA(hashes.SHA256())))
        return base64.b32encode(r.to_bytes(32, "big") + s.to_bytes(32, "big")).decode().rstrip("=")


def make_phone(person, moment=TUESDAY, status=MediumStatus.ACTIVE) -> Phone:
    key = ec.generate_private_key(ec.SECP256R1())
    public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    medium = CardMedium.objects.create(
        person=person,
        kind=CardMedium.Kind.APP,
        number=new_number(),
        status=status,
        public_key=public,
        made_at=moment,
        activated_at=moment,
    )
    return Phone(medium, key)


def grant(person, code=BASE, since=date(2026, 6, 1), until=date(2027, 5, 31), moment=TUESDAY) -> PackageGrant:
    package = PackageType.objects.get(code=code)
    return PackageGrant.objects.create(person=person, package=package, valid_from=since, valid_to=until, granted_at=moment)


def make_holder(person: Person | None = None, packages=(BASE, GPSZOK), moment=TUESDAY) -> Phone:
    """An adult at an address of their own, with a card on the phone and these packages."""
    make_packages()
    person = person or make_person(born_on=date(1985, 4, 15))
    if not person.memberships.exists():
        live_together(person)
    for code in packages:
        grant(person, code, moment=moment)
    return make_phone(person, moment)
