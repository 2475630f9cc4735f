"""A face for a card, as a reviewer left it."""

from django.db import transaction
from django.utils import timezone

from office import files
from resident_card.models import Photo
from tests.office.samples import picture


def accepted_photo(person, status="accepted") -> Photo:
    with transaction.atomic():
        stored = files.store_own(picture(size=(320, 400)), name="twarz.jpg", media_type="image/jpeg")
    return Photo.objects.create(person=person, file=stored, status=status, sent_at=timezone.now(), reviewed_at=timezone.now())
