"""The applicant's verbs: a draft kept screen by screen, sent once, taken back, mended where the office asked (R1-R6, R10, R11).

A draft may be gone on with on another device: `revision` grows with each save, and a stale one never overwrites.
"""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from office import files, idempotency
from office.numbering import next_number
from office.transitions import RESIDENT, Refused, move
from office.working_days import Calendar
from resident_card import mails, rules, steps
from resident_card.actions.families import add_child
from resident_card.models import Application, ApplicationFile, Basis, Membership, Photo
from resident_card.photos import store_photo
from resident_card.statuses import LIVE, ApplicationStatus, PhotoStatus
from residents.actions import correct_person, declare_person, dwelling_at
from residents.models import AddressPoint, Dwelling, HouseholdMember, Person

SERIES, SUBSTITUTES = "KM", "KM-C"
MOST_FILES = 10
SENT = ("mark", "submitted_at", "due_on", "dwelling", "wants_plastic", "details", "saved_at")  # with the status, in one statement


class StaleDraft(Refused):
    """Another device or tab saved this draft after the page was opened; nothing was overwritten."""


class Incomplete(Refused):
    """Something is still to be answered; `missing` names the screens."""

    def __init__(self, missing):
        super().__init__(_("Wniosek nie jest jeszcze kompletny."))
        self.missing = missing


# The draft


@transaction.atomic
def open_draft(applicant, package, *, person, moment) -> Application:
    """The live application for this person and package, or a new draft (R5). `person` None: a child who is yet to be named.

    Refused: the package comes by itself or is not offered, the applicant is under 18 (R1), is a stranger to the person, or has no card and no
    application of their own when they ask for a child; a package without a working base (R34).
    """
    Person.objects.select_for_update(of=("self",), no_key=True).get(pk=applicant.pk)  # two tabs get one draft
    live = Application.objects.filter(package=package, person=person, status__in=LIVE).select_related("package")
    begun = (live if person else live.filter(applicant=applicant)).first()
    if begun:
        return _own(begun, applicant)
    _guard_may_apply(applicant, package, person, localdate(moment))
    return Application.objects.create(package=package, applicant=applicant, person=person, started_at=moment, saved_at=moment)


def _own(begun, applicant):
    """What another guardian began is theirs; who asks learns that it is under way and nothing more."""
    if begun.applicant_id != applicant.pk:
        raise Refused(_("Wniosek dla tej osoby jest już złożony albo rozpoczęty przez kogoś innego z rodziny."))
    return begun


def _guard_may_apply(applicant, package, person, day):
    if not package.is_offered or package.grant != package.Grant.REQUESTED:
        raise Refused(_("O ten pakiet nie trzeba występować."))
    if applicant.born_on is not None and not rules.is_adult(applicant, day):
        raise Refused(_("O kartę występuje osoba, która skończyła 18 lat. O kartę dla młodszych prosi rodzic."))
    if person not in (None, applicant) and not rules.may_act_for(applicant, person, day):
        raise Refused(_("Za tę osobę nie możesz złożyć wniosku. Dorosły składa go sam."))
    if package.is_base and person != applicant and not has_or_asks_for_base(applicant, day):
        raise Refused(_("Najpierw złóż wniosek o własną kartę. Potem od razu możesz złożyć wniosek dla dziecka."))
    if not package.is_base and not rules.has_base(person or applicant, day):
        raise Refused(_("Ten pakiet działa razem z Pakietem Mieszkańca. Najpierw potrzebna jest karta."))


def has_or_asks_for_base(person, day) -> bool:
    """1.2: who applies for a child is eligible themselves: holds the base, or has applied for it."""
    sent = [ApplicationStatus.SUBMITTED, ApplicationStatus.IN_REVIEW, ApplicationStatus.NEEDS_CORRECTION]
    asked = Application.objects.filter(person=person, package__is_base=True, status__in=sent)
    return rules.has_base(person, day) or asked.exists()


@transaction.atomic
def save_step(application, step, answers, *, revision, by, moment):
    """Keep one screen. Refused (StaleDraft) unless `revision` is the one now stored, and once the application was sent."""
    locked = _draft(application, by)
    if locked.revision != revision:
        raise StaleDraft(_("Na innym urządzeniu albo w innej karcie zapisano w międzyczasie inne odpowiedzi."))
    return _kept(application, locked, {**locked.details, step: answers}, moment)


@transaction.atomic
def save_own_data(application, answers, *, pesel, revision, by, moment) -> Application:
    """R11: what the applicant says of themselves goes to the register, as a claim until a document is seen."""
    born_on = answers["born_on"]
    changes = {"pesel": pesel} if pesel else {"born_on": _as_day(born_on)}
    if application.applicant.born_on != _as_day(born_on) or pesel:
        correct_person(application.applicant, by=by, moment=moment, **changes)
    return save_step(application, "dane", answers, revision=revision, by=by, moment=moment)


@transaction.atomic
def save_child(application, answers, *, pesel, first_name, last_name, revision, by, moment) -> Application:
    """Name the child: it enters the register and the applicant's family account, which appears with it. Said again, it is corrected.

    A child of one's own family account with the same PESEL is that child; whose number a stranger's child has, nobody is told.
    Refused when the child has an application already (R5), and as `open_draft` refuses.
    """
    data = {"first_name": first_name, "last_name": last_name, "pesel": pesel or None, "born_on": _as_day(answers["born_on"])}
    child = application.person or _child_with(pesel, application.applicant)
    if child is None:
        child = declare_person(account=None, **data, by=by, moment=moment)
        add_child(administrator=application.applicant, child=child, by=by, moment=moment)
    elif application.person_id:
        correct_person(child, by=by, moment=moment, **(data if pesel or not child.pesel else {**data, "pesel": child.pesel}))
    _guard_one_live(application, child)
    Application.objects.filter(pk=application.pk).update(person=child)
    application.person = child
    application.person.refresh_from_db()
    return save_step(application, "dziecko", answers, revision=revision, by=by, moment=moment)


def _child_with(pesel, applicant):
    if not pesel:
        return None
    families = Membership.objects.standing().filter(person=applicant).values("family")
    mine = Membership.objects.standing().filter(family__in=families, role=Membership.Role.CHILD).values("person")
    return Person.objects.with_pesel(pesel).filter(pk__in=mine).first()


def _guard_one_live(application, child):
    others = Application.objects.filter(person=child, package=application.package, status__in=LIVE).exclude(pk=application.pk)
    if others.exists():
        raise Refused(_("To dziecko ma już wniosek o ten pakiet. Znajdziesz go na stronie karty."))


def _as_day(text):
    return date.fromisoformat(text)


@transaction.atomic
def add_document(application, kind, upload, *, by, moment) -> ApplicationFile:
    """Take a paper in. Never stale: it adds and overwrites nothing. ValidationError for a file that can not be kept."""
    locked = _draft(application, by)
    if locked.files.count() >= MOST_FILES:
        raise Refused(_("Do wniosku można dołączyć najwyżej 10 plików."))
    added = ApplicationFile.objects.create(application=locked, basis=kind, file=files.store(upload, owner=by))
    _kept(application, locked, locked.details, moment)
    return added


@transaction.atomic
def remove_document(attached, *, by, moment) -> None:
    """Take a paper out of a draft, for good."""
    locked = _draft(attached.application, by)
    _remove_file(attached)
    attached.delete()
    _kept(attached.application, locked, locked.details, moment)


@transaction.atomic
def send_photo(application, upload, *, by, moment) -> Photo:
    """A photo for the person of the draft, or in place of the refused one. An earlier one that nobody has seen yet goes away.

    ValidationError names the rule that failed (R22). Refused when nobody asks for a photo now.
    """
    locked = _locked(application, by)
    if locked.status not in (ApplicationStatus.DRAFT, ApplicationStatus.NEEDS_CORRECTION) or locked.person is None:
        raise Refused(_("Zdjęcia nie można teraz zmienić."))
    stored = store_photo(upload, owner=by)
    forget_pending_photo(locked.person)
    return Photo.objects.create(person=locked.person, file=stored, sent_at=moment)


def forget_pending_photo(person) -> None:
    """A photo that no clerk has looked at yet is nobody's record: it goes with its file."""
    for photo in person.card_photos.filter(status=PhotoStatus.PENDING).select_related("file"):
        stored = photo.file
        photo.delete()
        files.remove(stored)


@transaction.atomic
def discard(application, *, by) -> None:
    """Throw a draft and its files away. Refused once it was sent: then it is taken back."""
    throw_away(_draft(application, by))


def throw_away(draft) -> None:
    """The draft with its files, whoever asks: its author, or the night when its time is over (L22)."""
    for attached in draft.files.select_related("file"):
        _remove_file(attached)
    if draft.person and draft.package.is_base:
        forget_pending_photo(draft.person)
    draft.delete()


def _remove_file(attached):
    stored, attached.file = attached.file, None
    attached.save(update_fields=["file"])
    if stored:
        files.remove(stored)


# Sending


@transaction.atomic
def submit(application, *, by, key, revision, moment) -> Application:
    """Send the application, all or nothing: its bases, its number (KM/12/2026) and the day by which it is decided. The same key again: the same one.

    Refused: KeyReused for the key of something else, StaleDraft when the answers changed since they were checked, Incomplete, under 18 (R1),
    sent before.
    """
    body, reply = {"application": str(application.pk), "revision": revision}, {"application": str(application.pk)}
    if before := idempotency.replay(key, by=by, body=body, reply=reply):
        return Application.objects.get(pk=UUID(before["application"]))
    sent = _draft(application, by)
    if sent.revision != revision:
        raise StaleDraft(_("Odpowiedzi zmieniły się po otwarciu tej strony. Sprawdź je jeszcze raz i wtedy wyślij."))
    day = localdate(moment)
    _guard_complete(sent, day)
    write_bases(sent, day)
    drop_unasked(sent, day)
    return register(sent, by=by, moment=moment)


def _guard_complete(application, day):
    policy = rules.policy(day)
    if lacking := steps.missing(application, policy, day):
        raise Incomplete(lacking)
    if not rules.is_adult(application.applicant, day):
        raise Refused(_("O kartę występuje osoba, która skończyła 18 lat."))
    if application.package.is_base and not steps.bases_of(application, day):
        raise Refused(_("Podaj, co łączy Cię z miastem: zameldowanie na stałe, zameldowanie czasowe albo PIT."))


def write_bases(application, day) -> None:
    """What was answered, as rows that a clerk confirms one by one."""
    application.bases.all().delete()
    Basis.objects.bulk_create([Basis(application=application, **_typed(fields)) for fields in steps.bases_of(application, day)])


def _typed(fields):
    days = {name: _as_day(fields[name]) for name in ("valid_from", "valid_to") if fields.get(name)}
    return {**{name: value for name, value in fields.items() if value is not None}, **days}


def drop_unasked(application, day) -> None:
    """A file under a basis that in the end was not given is nobody's to keep."""
    for attached in application.files.exclude(basis__in=steps.asked_documents(application, day)).select_related("file"):
        _remove_file(attached)
        attached.delete()


def register(sent, *, by, moment, side=RESIDENT) -> Application:
    """Number, term and address; the number is taken last. Called with the row locked, in the transaction of sending."""
    day = localdate(moment)
    sent.dwelling = _dwelling_of(sent, day)
    sent.wants_plastic = sent.details.get("karta", {}).get("wants_plastic") == "yes"
    sent.submitted_at = sent.saved_at = moment
    sent.due_on = due_on(day)
    if sent.details.get("dane", sent.details.get("dziecko", {})).get("has_no_pesel"):
        sent.details["substitute"] = _substitute_of(sent, day)
    sent.mark = f"{SERIES}/{next_number(SERIES, day.year)}/{day.year}"
    move(sent, ApplicationStatus.SUBMITTED, by=by, moment=moment, along=SENT, side=side)
    mails.tell(sent, "application_submitted")
    return sent


def due_on(day):
    """The last of the working days that the town gives itself (Q17)."""
    return Calendar.of_office().after_working_days(day, rules.policy(day).decision_working_days)


def _substitute_of(application, day) -> str:
    """R11: a number in place of PESEL, flagged by its letter; the same person keeps theirs, nobody gets it again."""
    earlier = Application.objects.filter(person=application.person).exclude(pk=application.pk)
    known = (one.details.get("substitute") for one in earlier)
    return next(filter(None, known), None) or f"C/{next_number(SUBSTITUTES, day.year)}/{day.year}"


def _dwelling_of(application, day) -> Dwelling | None:
    """The typed address, or that of the applicant, with whom a child lives (1.2). Refused when neither is known."""
    if address := application.details.get("adres"):
        point = AddressPoint.objects.at(address["street"], address["number"]).order_by("pk").first()
        if point is None:
            raise Refused(_("Tego adresu nie ma już w rejestrze miasta. Sprawdź go jeszcze raz."))
        return dwelling_at(point, address["flat"])
    return home_of(application.applicant, day)


def home_of(person, day) -> Dwelling | None:
    """Where the person lives by the register, or says so in an application under way."""
    here = HouseholdMember.objects.on(day).filter(person=person).select_related("household__dwelling").first()
    if here:
        return here.household.dwelling
    asked = Application.objects.filter(person=person, package__is_base=True, dwelling__isnull=False, status__in=LIVE).first()
    return asked.dwelling if asked else None


# After sending


@transaction.atomic
def withdraw(application, *, by, moment) -> Application:
    """Take a sent application back. Refused once it is decided. Its files go with the others, when their time is over (R26)."""
    locked = _locked(application, by)
    if locked.status == ApplicationStatus.DRAFT:
        raise Refused(_("Tego wniosku jeszcze nie wysłano. Możesz usunąć szkic."))
    locked.decided_at = moment
    move(locked, ApplicationStatus.WITHDRAWN, by=by, moment=moment, along=["decided_at"])
    if locked.package.is_base:
        forget_pending_photo(locked.person)
    return locked


@transaction.atomic
def replace_document(attached, upload, *, by, moment) -> ApplicationFile:
    """R6: a new file in place of the one that a clerk flagged. Refused for any other."""
    locked = _locked(attached.application, by)
    attached = ApplicationFile.objects.select_for_update(of=("self",)).select_related("file").get(pk=attached.pk)
    if locked.status != ApplicationStatus.NEEDS_CORRECTION or not attached.flaw:
        raise Refused(_("Tego dokumentu nie trzeba zmieniać."))
    old, attached.file, attached.flaw = attached.file, files.store(upload, owner=by), ""
    attached.save(update_fields=["file", "flaw"])
    if old:
        files.remove(old)
    return attached


@transaction.atomic
def send_again(application, *, by, moment) -> Application:
    """Everything that was asked for is replaced: the application goes back to the office with a new term. Refused while something lacks."""
    locked = _locked(application, by)
    if lacks_of(locked):
        raise Refused(_("Najpierw wymień wszystko, o co prosi urząd."))
    locked.due_on, locked.correction = due_on(localdate(moment)), ""
    move(locked, ApplicationStatus.SUBMITTED, by=by, side=RESIDENT, moment=moment, along=["due_on", "correction"])
    return locked


def lacks_of(application) -> dict:
    """What is still to be replaced: flagged documents, and whether the photo is."""
    flagged = [one for one in application.files.all() if one.flaw]
    newest = steps.newest_photo(application.person) if application.package.is_base else None
    photo = newest if newest and newest.status == PhotoStatus.REFUSED else None
    return {"files": flagged, "photo": photo} if flagged or photo else {}


# Loading under lock


def _locked(application, by) -> Application:
    locked = Application.objects.select_for_update(of=("self",)).select_related("package", "person", "applicant__account").filter(pk=application.pk).first()  # fmt: skip
    if locked is None:
        raise Refused(_("Tego szkicu już nie ma: usunięto go na innym urządzeniu albo w innej karcie."))
    if by is not None and locked.applicant.account_id != by.pk:
        raise Refused(_("To nie jest Twój wniosek."))
    return locked


def _draft(application, by) -> Application:
    locked = _locked(application, by)
    if locked.status != ApplicationStatus.DRAFT:
        raise Refused(_("Ten wniosek jest już wysłany i nie można go zmienić."))
    return locked


def _kept(application, locked, details, moment) -> Application:
    locked.details, locked.saved_at = details, moment
    locked.revision += 1
    try:
        locked.save(update_fields=["details", "saved_at", "revision"])
    except IntegrityError as clash:
        raise Refused(_("Dla tej osoby jest już wniosek o ten pakiet.")) from clash
    application.details, application.revision, application.saved_at = locked.details, locked.revision, locked.saved_at
    return application
