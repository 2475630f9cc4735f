"""The e-BOI of the demonstration: the catalogue of matters (`sample_catalogue`) and a case in each state a clerk meets. Made by verbs only."""

import uuid
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils.timezone import localdate, localtime

from accounts.models import User
from eboi import sample_catalogue
from eboi.actions import cases, correspondence, faults, filing, register, rulings
from eboi.models import IncomingLetter, LetterTemplate, MatterType, Submission
from eboi.models.filing import LetterChannel
from office.pdf import render_pdf
from residents.actions import confirm_identity_at_desk
from residents.models import AddressPoint, Person
from residents.rules import is_identity_confirmed

DATA = Path(settings.BASE_DIR) / "sample_data"
ACT = "ustawa z 13 września 1996 r. o utrzymaniu czystości i porządku w gminach"


TEMPLATES = (
    {
        "name": "Prośba o wyjaśnienie", "title": "Prośba o wyjaśnienie w sprawie {znak sprawy}",
        "text": "Dzień dobry,\n\nprowadzimy sprawę {znak sprawy} ({rodzaj sprawy}), którą otrzymaliśmy {data wpływu} Prosimy o wyjaśnienie:\n\n"
        "…\n\nMożna odpisać w portalu, listem albo przyjść do nas: {komórka}, {kontakt}.\n\n{prowadzi}\n{stanowisko}",
    },
    {
        "name": "Informacja o przebiegu sprawy", "title": "Informacja o sprawie {znak sprawy}",
        "text": "Dzień dobry,\n\nsprawą {znak sprawy} zajmuje się {prowadzi}, {komórka}. Termin załatwienia: {termin}\n\n"
        "{pouczenie o ponagleniu}",
    },
)  # fmt: skip


@transaction.atomic
def load(moment: datetime) -> None:
    """The catalogue, and when the register is empty, its first letters and cases. What is there already is left as it is."""
    sample_catalogue.load(moment)
    if not IncomingLetter.objects.exists():
        _Town(MatterType.objects.get(code="do-1"), moment).live()


class _Town:
    """What happened in the weeks before `now`, told in order, so that numbers and dates agree."""

    def __init__(self, matter, now):
        self.matter, self.now = matter, now
        self.celina, self.dariusz, self.zofia, self.anna = (
            User.objects.get(email=f"{name}@pruszcz.example") for name in ("celina", "dariusz", "zofia", "anna")
        )

    def live(self):
        self._settled_and_late()
        self._anna_mends_her_letter()
        self._decided()
        self._anna_is_asked()
        self._new_and_suspended()
        self._only_registered()
        self._dark_street()
        LetterTemplate.objects.bulk_create(LetterTemplate(**fields) for fields in TEMPLATES)

    def ago(self, days, hour=10):
        return localtime(self.now - timedelta(days=days)).replace(hour=hour, minute=20, second=0, microsecond=0)

    def person(self, first_name):
        return Person.objects.get(first_name=first_name)

    def letter(self, sender, days, **fields):
        given = {"channel": LetterChannel.PAPER, "subject": "Deklaracja DO-1", "sender_name": str(sender), "sender": sender}
        return register.register_letter(
            **{**given, **fields}, received_at=self.ago(days, 9), by=self.celina, moment=self.ago(days)
        )

    def case(self, letter, days, *, officer=None):
        """Opened and, unless it is to stay new, taken up by its officer."""
        officer = officer or self.dariusz
        moment = self.ago(days, 11)
        return cases.open_case(letter, matter=self.matter, officer=officer, by=officer, moment=moment)

    def taken_up(self, sender, days, *, officer=None):
        case = self.case(self.letter(sender, days), days, officer=officer)
        cases.take_up(case, by=officer or self.dariusz, moment=self.ago(days, 12))
        return case

    def filed(self, days, **answers):
        """Anna files in the portal, with an attachment."""
        person, moment = self.person("Anna"), self.ago(days, 19)
        draft = filing.open_draft(person, self.matter, moment=moment)
        filing.save_answers(draft, {**self._answers(person), **answers}, revision=draft.revision, by=self.anna)
        draft.refresh_from_db()
        filing.attach(draft, "attachments", _letter("Wyjaśnienie do deklaracji", answers["remarks"]), by=self.anna)
        filing.submit(draft, by=self.anna, key=uuid.uuid4(), revision=draft.revision, sign_in_method="totp", moment=moment)
        return Submission.objects.get(pk=draft.pk).letter

    def _answers(self, person):
        home = AddressPoint.objects.at("Batorego", "2").get()
        return {
            "role": "owner", "payer": "person", "first-name": person.first_name, "last-name": person.last_name,
            "pesel": person.pesel, "house": "yes", "composting": "no", "truth": True,
            "address": {"street": home.street, "number": home.number, "flat": ""},
        }  # fmt: skip

    def _settled_and_late(self):
        self.taken_up(self.person("Bartek"), 44)
        done = self.taken_up(self.person("Zofia"), 40, officer=self.celina)
        outcome = "Przyjęto deklarację. Opłata od przyszłego miesiąca: 64,00 zł."
        cases.complete(done, outcome=outcome, by=self.celina, moment=self.ago(33))

    def _anna_mends_her_letter(self):
        letter = self.filed(36, **{"reason": "change", "change-day": _iso(self.ago(38)), "residents-count": 3,
                                   "remarks": "W domu zamieszkała moja mama."})  # fmt: skip
        case = self.case(letter, 35)
        cases.take_up(case, by=self.dariusz, moment=self.ago(35, 12))
        call = rulings.draft_call(
            case, missing="Brakuje strony z oświadczeniem o kompostowniku.", by=self.dariusz, moment=self.ago(34)
        )
        rulings.send_call(call, by=self.dariusz, moment=self.ago(34, 11))
        rulings.record_call_service(
            call, channel="post", sent_on=localdate(self.ago(34)), collected_on=localdate(self.ago(31)), proof="zwrotka 0001",
            by=self.dariusz, moment=self.ago(30),
        )  # fmt: skip
        paper = [("Oświadczenie", _letter("Oświadczenie", "Oświadczam, że kompostuję bioodpady."))]
        rulings.answer_call(call, text="Dosyłam brakującą stronę.", uploads=paper, by=self.anna, moment=self.ago(26, 21))
        correspondence.write_to_resident(
            case, text="Dziękujemy, oświadczenie dotarło. Sprawdzamy deklarację.", by=self.dariusz, moment=self.ago(25)
        )
        correspondence.add_note(case, text="Porównać z ewidencją ludności.", by=self.dariusz, moment=self.ago(25, 11))

    def _decided(self):
        """Celina's husband: she is kept out, Dariusz decides."""
        marek = self.person("Marek")
        if not is_identity_confirmed(marek):
            confirm_identity_at_desk(marek, how="dowód osobisty", by=self.dariusz, moment=self.ago(28))
        case = self.taken_up(marek, 27)
        decision = rulings.draft_decision(
            case, ruling="Ustalam opłatę za gospodarowanie odpadami w wysokości 64,00 zł miesięcznie.",
            reasons="W domu mieszkają dwie osoby, a stawka wynosi 32,00 zł od osoby.", legal_basis=f"art. 6o {ACT}, art. 104 KPA",
            by=self.dariusz, moment=self.ago(20),
        )  # fmt: skip
        rulings.sign_decision(decision, by=self.zofia, moment=self.ago(18))
        day = localdate(self.ago(12))
        rulings.record_delivery(
            decision,
            channel="in_person",
            sent_on=day,
            collected_on=day,
            proof="podpis na kopii",
            by=self.dariusz,
            moment=self.ago(12),
        )

    def _anna_is_asked(self):
        letter = self.filed(16, **{"reason": "correction", "correction-day": _iso(self.ago(20)), "residents-count": 4,
                                   "correction-why": "Pomyłka w liczbie osób.", "remarks": "Poprawiam liczbę osób."})  # fmt: skip
        case = self.case(letter, 15)
        cases.take_up(case, by=self.dariusz, moment=self.ago(15, 12))
        call = rulings.draft_call(
            case, missing="Prosimy podać, od kiedy mieszka czwarta osoba.", by=self.dariusz, moment=self.ago(6)
        )
        rulings.send_call(call, by=self.dariusz, moment=self.ago(6, 11))
        day = localdate(self.ago(4))
        rulings.record_call_service(
            call,
            channel="post",
            sent_on=localdate(self.ago(6)),
            collected_on=day,
            proof="zwrotka 0002",
            by=self.dariusz,
            moment=self.ago(3),
        )

    def _new_and_suspended(self):
        case = self.taken_up(self.person("Zofia"), 9, officer=self.dariusz)
        cases.suspend(case, reason="Czekamy na postanowienie spadkowe.", by=self.dariusz, moment=self.ago(4))
        self.case(self.letter(self.person("Bartek"), 5), 5)

    def _only_registered(self):
        self.filed(1, **{"reason": "change", "change-day": _iso(self.ago(3)), "residents-count": 2, "composting": "yes",
                         "compost-volume": 300, "compost-statement": True, "remarks": "Syn wyjechał na studia."})  # fmt: skip
        named = {"sender_name": "Firma Mosty sp. z o.o.", "subject": "Oferta szkoleń"}
        offer = self.letter(None, 1, **named, channel=LetterChannel.EMAIL)
        register.note(offer, reason="Oferta handlowa, bez sprawy.", by=self.celina, moment=self.ago(1, 13))
        self.letter(None, 1, sender_name="Kowalska Janina", attachments_count=1)

    def _dark_street(self):
        """A lamp that is out, told by two; a danger; and one that works again."""
        lamps = MatterType.objects.get(code="awaria-oswietlenia")
        repaired = self._fault(lamps, 12, how="pole", pole="PG/114/7", kind="flickers")
        faults.send_on(repaired, note="Naprawę zleciliśmy firmie od oświetlenia.", by=self.dariusz, moment=self.ago(11))
        faults.repair(repaired, note="Wymieniono oprawę.", by=self.dariusz, moment=self.ago(9))
        out = self._fault(lamps, 2, how="pole", pole="PG/23/4", kind="off", where="Przy przejściu dla pieszych.")
        same = self._fault_draft(lamps, 1, how="pole", pole="pg 23 4", kind="off")
        faults.join(same, out, moment=self.ago(1, 21))
        point = {"lat": "54.25926", "lon": "18.63529"}
        self._fault(lamps, 0, how="point", point=point, kind="damaged", danger="yes", details="Otwarta skrzynka, widać kable.")

    def _fault(self, matter, days, **told):
        return faults.send(self._fault_draft(matter, days, **told), moment=self.now - timedelta(days=days, hours=1))

    def _fault_draft(self, matter, days, **told):
        draft = faults.begin(matter, moment=self.now - timedelta(days=days, hours=1, minutes=5))
        return faults.keep(draft, {"danger": "no", **told})


def _iso(moment):
    return localdate(moment).isoformat()


def _letter(title, *paragraphs):
    content = render_pdf(DATA / "letters" / "letter.typ", {"title": title, "paragraphs": list(paragraphs)})
    return SimpleUploadedFile(f"{title}.pdf", content, content_type="application/pdf")
