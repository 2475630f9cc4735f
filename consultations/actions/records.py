"""What the desk writes down beside a consultation: announcements with their proof, materials to read."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from consultations.models import Announcement, Material
from consultations.statuses import ConsultationStatus
from office import files
from office.transitions import Refused


@transaction.atomic
def record_announcement(
    consultation, *, about: str, channel: str, announced_on: date, url: str = "", upload=None, note: str = "", by, day: date
) -> Announcement:
    """Where and when people were told, with an address or a file as proof (C7). Refused without proof, for a draft, for a day to come.

    Raises ValidationError for a file that can not be taken.
    """
    if consultation.status == ConsultationStatus.DRAFT:
        raise Refused(_("Ogłoszenia wpisuje się po zatwierdzeniu projektu."))
    if announced_on > day:
        raise Refused(_("Wpisz dzień, w którym ogłoszenie naprawdę się ukazało."))
    if not url and not upload:
        raise Refused(_("Dodaj dowód: adres strony albo plik, na przykład zdjęcie tablicy."))
    proof = files.store(upload, owner=by) if upload else None
    return Announcement.objects.create(
        consultation=consultation, about=about, channel=channel, announced_on=announced_on, url=url, proof=proof, note=note,
        recorded_by=by.subject,
    )  # fmt: skip


@transaction.atomic
def add_material(consultation, *, title: str, url: str = "", upload=None, by, day: date) -> Material:
    """Something to read. One that comes after the announcement carries its day, so that who answered earlier sees it is new.

    Raises ValidationError for a file that can not be taken.
    """
    if bool(url) == bool(upload):
        raise Refused(_("Podaj adres albo wybierz plik, jedno z dwojga."))
    last = consultation.materials.order_by("-order").first()
    return Material.objects.create(
        consultation=consultation, order=last.order + 1 if last else 1, title=title, url=url,
        file=files.store(upload, owner=by) if upload else None, added_on=day if consultation.announced_at else None,
    )  # fmt: skip
