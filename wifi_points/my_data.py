"""What the register of hotspots knows of a person: only who builds them. Reports of faults carry nobody (L53)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from ui.my_data import Held
from wifi_points.models import Installer

NOT_TOLD: dict[str, str] = {}
CONTRACT = "Firmę i adres instalatora urząd przechowuje z umową, także po jej końcu (trwałość projektu, do potwierdzenia)."


def my_data(person: Any, moment: datetime) -> Iterator[Held]:
    address = person.account.email if person.account_id else ""
    yield Held(
        title=_("Instalator sieci WiFi"), rows=Installer.objects.filter(email=address).exclude(email=""), stays=_(CONTRACT),
        columns=("email", "company", "invited_at"),
    )  # fmt: skip
