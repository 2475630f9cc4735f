"""The consultations of the demonstration: one open, one in analysis, one that is over. Texts are our own and marked as a sample.

Made by verbs only, in the order in which it happened, so that days and history agree. Other parts of the room add to VOICES what
happened while voices were collected, and to AFTERWARDS what followed the closing; each is called with the Town.
"""

import json
from collections.abc import Callable
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils.timezone import localdate

from accounts.models import User
from consultations import rules, sample_voices, sample_written
from consultations.actions import calendar
from consultations.models import (
    Activity,
    ActivityKind,
    AnnouncedIn,
    Announcement,
    CollectingChannel,
    Consultation,
    Instrument,
    InstrumentKind,
    LegalBasis,
    Material,
)
from office import files
from office.pdf import render_pdf
from schemas.actions import load_definition

DATA = Path(settings.BASE_DIR) / "sample_data"
STREET, LANDSCAPE, NGO = "ulica-sportowa", "uchwala-krajobrazowa", "program-ngo-2027"
VOICES: list[Callable[["Town"], None]] = [sample_voices.tell, sample_written.collect]
AFTERWARDS: list[Callable[["Town"], None]] = [sample_written.answer]
Kind, Rule = CollectingChannel.Kind, CollectingChannel.Rule


@transaction.atomic
def load(moment: datetime) -> None:
    """All three, once; nothing when the first is there already."""
    if not Consultation.objects.filter(slug=STREET).exists():
        Town(moment).live()


class Town:
    """What happened in the weeks before `now`."""

    def __init__(self, now: datetime):
        self.now, self.today = now, localdate(now)
        self.editor = User.objects.get(email="dariusz@pruszcz.example")
        self.approver = User.objects.get(email="zofia@pruszcz.example")
        self.texts = json.loads((DATA / "consultations" / "texts.json").read_text(encoding="utf-8"))

    def live(self):
        self.ngo = self._announced(NGO, first=-75, days=14)
        self.landscape = self._announced(LANDSCAPE, first=-40, days=28)
        self.street = self._announced(STREET, first=-6, days=21)
        for tell in VOICES:
            tell(self)
        for ended, promised in ((self.ngo, -30), (self.landscape, 20)):
            self._closed(ended, promised)
        for tell in AFTERWARDS:
            tell(self)

    def day(self, days: int):
        return self.today + timedelta(days=days)

    def at(self, days: int, hour: int = 10) -> datetime:
        return rules.opening_of(self.day(days), time(hour))

    def _announced(self, slug, *, first, days) -> Consultation:
        """Drafted, approved by a second person and announced two days before its first day."""
        consultation = self._drafted(slug, first, days)
        calendar.approve(consultation, by=self.approver, moment=self.at(first - 3))
        consultation.refresh_from_db()
        for channel in (AnnouncedIn.BIP, AnnouncedIn.BOARD):
            Announcement.objects.create(
                consultation=consultation, channel=channel, announced_on=self.day(first - 2), recorded_by=self.editor.subject,
                url="https://bip.pruszcz-gdanski.pl/" if channel == AnnouncedIn.BIP else "", note="przykład",
            )  # fmt: skip
        return calendar.announce(consultation, by=self.editor, moment=self.at(first - 2))

    def _drafted(self, slug, first, days) -> Consultation:
        given: dict[str, Any] = dict(self.texts[slug])
        given["basis"] = LegalBasis.objects.valid_on(self.today).get(code=given["basis"])
        consultation = Consultation.objects.create(
            slug=slug, order_on=self.day(first - 10), order_url="https://bip.pruszcz-gdanski.pl/", opens_at=self.at(first, 0),
            closes_at=rules.closing_of(self.day(first + days - 1)), report_promised_on=self.day(first + days + 30),
            drafted_by=self.editor.subject, edited_by=[str(self.editor.subject)], is_sample=True, **given,
        )  # fmt: skip
        self._doors(consultation)
        self._things_to_answer(consultation)
        self._things_to_read(consultation)
        self._meetings(consultation, first)
        return consultation

    def _doors(self, consultation):
        for kind, rule, where in (
            (Kind.ONLINE, Rule.SERVER_TIME, ""),
            (Kind.BOX, Rule.RECEIPT, "skrzynka w holu urzędu, ul. Grunwaldzka 20"),
            (Kind.POST, Rule.RECEIPT, "Urząd Miasta, ul. Grunwaldzka 20, 83-000 Pruszcz Gdański"),
            (Kind.EMAIL, Rule.SERVER_TIME, "konsultacje@pruszcz.example"),
        ):
            CollectingChannel.objects.create(consultation=consultation, kind=kind, rule=rule, where=where)

    def _things_to_answer(self, consultation):
        surveys = {
            STREET: [("ankieta", "ulica-sportowa", "dla mieszkańców")],
            LANDSCAPE: [
                ("mieszkancy", "krajobraz-mieszkancy", "dla mieszkańców"),
                ("firmy", "krajobraz-firmy", "dla firm"),
            ],
            NGO: [("ankieta", "program-ngo", "dla organizacji")],
        }
        for order, (code, form, audience) in enumerate(surveys[consultation.slug], start=1):
            data = json.loads((DATA / "consultations" / f"{form}.json").read_text(encoding="utf-8"))
            version = load_definition(data, by=None, moment=self.now)
            Instrument.objects.create(
                consultation=consultation, code=code, kind=InstrumentKind.SURVEY, title=version.title, intro=version.intro,
                audience=audience, order=order, definition=version.definition,
            )  # fmt: skip

    def _things_to_read(self, consultation):
        content = render_pdf(
            DATA / "letters" / "letter.typ",
            {"title": consultation.title, "paragraphs": [consultation.subject, *consultation.decided_so_far.split("\n\n")]},
        )
        upload = SimpleUploadedFile("opis.pdf", content, content_type="application/pdf")
        stored = files.store_own(upload.read(), name="opis.pdf")
        Material.objects.create(consultation=consultation, order=1, title="Opis projektu na jednej stronie", file=stored)
        Material.objects.create(
            consultation=consultation, order=2, title="Zarządzenie o konsultacjach", url="https://bip.pruszcz-gdanski.pl/"
        )

    def _meetings(self, consultation, first):
        if consultation.slug == STREET:
            walk = {"kind": ActivityKind.OUTDOOR, "title": "Spacer z projektantem", "place": "zbiórka przy stadionie"}
            Activity.objects.create(
                consultation=consultation, starts_at=self.at(first + 9, 17), ends_at=self.at(first + 9, 18),
                note="Pokażemy w terenie, gdzie mogą być drzewa i przejścia.", **walk,
            )  # fmt: skip
        Activity.objects.create(
            consultation=consultation, kind=ActivityKind.MEETING, title="Spotkanie otwarte", starts_at=self.at(first + 11, 17),
            ends_at=self.at(first + 11, 19), place="sala 1, Urząd Miasta, ul. Grunwaldzka 20", note="Tłumacz języka migowego po zgłoszeniu.",
        )  # fmt: skip

    def _closed(self, consultation, promised):
        calendar.close_collecting(consultation, by=self.editor, moment=self.now, report_promised_on=self.day(promised))
        consultation.refresh_from_db()
