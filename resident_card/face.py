"""What a card shows: whose it is, its number, the packages that work today, the accepted photo (R23)."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse

from resident_card.models import CardMedium, PackageGrant, Photo
from resident_card.numbers import in_fours
from resident_card.statuses import MediumStatus, PhotoStatus
from residents.models import Person


@dataclass(frozen=True)
class Face:
    """`media` are all cards of the person, the newest first. `medium` is the active one on the phone; None when there is none."""

    person: Person
    media: list[CardMedium]
    grants: list[PackageGrant]
    photo: Photo | None
    medium: CardMedium | None = field(init=False)

    def __post_init__(self):
        active = (one for one in self.media if one.kind == CardMedium.Kind.APP and one.status == MediumStatus.ACTIVE)
        object.__setattr__(self, "medium", next(active, None))

    @property
    def number(self) -> str:
        return in_fours(self.medium.number) if self.medium else ""

    @property
    def packages(self) -> list[str]:
        return [grant.package.name for grant in self.grants]

    @property
    def has_phone(self) -> bool:
        return bool(self.medium and self.medium.public_key)

    @property
    def place_in_phone(self) -> str:
        """Which card the page in the phone opens, when it holds several. A fragment never leaves the browser."""
        return f"#{self.person.pk}"

    @property
    def told(self) -> str:
        """For the script of the page, which keeps it on the phone: static/js/resident_card/card.js."""
        key = hashlib.sha256(bytes(self.medium.public_key)).hexdigest() if self.medium and self.medium.public_key else ""
        told = {
            "person": str(self.person.pk), "name": str(self.person), "number": self.medium.number if self.medium else "", "key": key,
            "packages": [[one.package.name, one.valid_to.isoformat()] for one in self.grants],
            "photo": reverse("resident_card:card_photo", args=[self.person.pk]) if self.photo else "",
        }  # fmt: skip
        return json.dumps(told)


def face_of(person: Person, day: date) -> Face:
    """In three queries."""
    media = CardMedium.objects.filter(person=person).select_related("order__payment").order_by("-made_at")
    grants = PackageGrant.objects.effective_on(day).filter(person=person).select_related("package").order_by("package__order")
    return Face(person, list(media), list(grants), accepted_photo(person))


def accepted_photo(person: Person) -> Photo | None:
    """The newest accepted photo, scanned and found clean: nothing else is ever printed or shown (R23)."""
    accepted = Photo.objects.filter(person=person, status=PhotoStatus.ACCEPTED, file__scan_state="clean")
    return accepted.select_related("file").order_by("-reviewed_at").first()
