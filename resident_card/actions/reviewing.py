"""The card desk's verbs: take up, look at the photo, ask for a correction, decide. The first of two clerks wins, the other reads it (R7, R8, R24, R79)."""

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from office.transitions import CLERK, Refused, StaleStatus, move
from resident_card import conditions, mails, rules, steps
from resident_card.actions import applying, media, packages, plastic
from resident_card.models import Application, ApplicationFile, Basis, Membership, PackageType, Photo, PlasticOrder
from resident_card.readable import basis_in_words
from resident_card.statuses import ApplicationStatus, PhotoStatus
from residents.actions import grant_residency, join_household
from residents.models import HouseholdMember, Person
from ui.text import clean_text

DECIDED = ("officer", "decided_at", "decision_reason")  # with the status, in one statement


@transaction.atomic
def take(application, *, by, moment) -> Application:
    """Take the application for review. Refused for one's own, one's household's and family's (R7), as every verb here."""
    found = impartial(application, by, moment, ApplicationStatus.SUBMITTED)
    found.officer = by
    move(found, ApplicationStatus.IN_REVIEW, by=by, moment=moment, along=["officer"])
    return found


@transaction.atomic
def put_back(application, *, by, moment) -> Application:
    """Leave it for another clerk; the term runs on."""
    found = impartial(application, by, moment, ApplicationStatus.IN_REVIEW)
    found.officer = None
    move(found, ApplicationStatus.SUBMITTED, by=by, moment=moment, along=["officer"])
    return found


@transaction.atomic
def accept_photo(application, *, by, moment, **ticked) -> Application:
    """All five rules are ticked: the photo may be seen at gates and partners (R23, R24). Refused while its file waits for the scanner."""
    found = impartial(application, by, moment, ApplicationStatus.IN_REVIEW)
    if not all(ticked.values()) or set(ticked) != set(Photo.Rule.values):
        raise Refused(_("Przyjęte zdjęcie spełnia wszystkie pięć warunków. Jeśli któregoś nie spełnia, odrzuć je."))
    _judge(found, PhotoStatus.ACCEPTED, "", by, moment)
    return found


@transaction.atomic
def refuse_photo(application, *, failed_rule, by, moment) -> Application:
    """The photo breaks this rule; a correction then asks for another one, naming it (R24)."""
    found = impartial(application, by, moment, ApplicationStatus.IN_REVIEW)
    _judge(found, PhotoStatus.REFUSED, failed_rule, by, moment)
    return found


def _judge(application, to, failed_rule, by, moment):
    photo = application.person.card_photos.filter(status=PhotoStatus.PENDING).select_related("file").first()
    if photo is None:
        raise Refused(_("Nie ma zdjęcia, które czeka na sprawdzenie."))
    if not photo.file.is_clean:
        raise Refused(_("Zdjęcie czeka na sprawdzenie antywirusowe. Spróbuj za chwilę."))
    photo.failed_rule, photo.reviewed_by, photo.reviewed_at = failed_rule, by.subject, moment
    move(photo, to, by=by, moment=moment, along=["failed_rule", "reviewed_by", "reviewed_at"])


@transaction.atomic
def ask_correction(application, *, reason, flaws, lacking="", by, moment) -> Application:
    """Send it back with what is wrong, paper by paper; a refused photo goes along by itself. The applicant replaces only that (R6).

    `flaws` by the id of the paper, `lacking`: a kind of basis that nobody has shown yet. Refused when nothing is to be replaced.
    """
    found = impartial(application, by, moment, ApplicationStatus.IN_REVIEW)
    for attached in found.files.all():
        ApplicationFile.objects.filter(pk=attached.pk).update(flaw=clean_text(flaws.get(attached.pk, ""))[:300])
    if lacking:
        ApplicationFile.objects.create(application=found, basis=lacking, flaw=_("tego dokumentu brakuje"))
    if not applying.lacks_of(_again(found)):
        raise Refused(
            _("Wskaż dokument do poprawy albo odrzuć zdjęcie. Jeśli nie ma czego poprawić, przyjmij albo odrzuć wniosek.")
        )
    found.correction = clean_text(reason, multiline=True)
    move(found, ApplicationStatus.NEEDS_CORRECTION, by=by, moment=moment, note=found.correction, along=["correction"])
    mails.tell(found, "application_correction")
    return found


def _again(application):
    return Application.objects.select_related("person", "package").get(pk=application.pk)


@transaction.atomic
def record_correction(application, *, by, moment) -> Application:
    """What was to be corrected was shown at the desk (R27): the papers count as seen, the term begins anew. The photo still has to be added."""
    found = impartial(application, by, moment, ApplicationStatus.NEEDS_CORRECTION)
    flagged = found.files.exclude(flaw="")
    found.bases.filter(kind__in=flagged.values("basis")).update(seen_in_original=True)
    flagged.update(flaw="")
    if applying.lacks_of(_again(found)):
        raise Refused(_("Dodaj nowe zdjęcie w miejsce odrzuconego."))
    found.due_on, found.correction = applying.due_on(localdate(moment)), ""
    move(found, ApplicationStatus.SUBMITTED, by=by, side=CLERK, moment=moment, along=["due_on", "correction"])
    return found


@transaction.atomic
def record_original(application, *, bases, by, moment) -> Application:
    """The original of a paper was shown in person and given back; nothing is scanned (R27)."""
    found = impartial(application, by, moment, ApplicationStatus.IN_REVIEW)
    found.bases.filter(kind__in=bases).update(seen_in_original=True)
    return found


@transaction.atomic
def reject(application, *, reason, by, moment) -> Application:
    """Turn the application down with a reason that the applicant reads. A new one may follow."""
    found = impartial(application, by, moment, ApplicationStatus.IN_REVIEW, ApplicationStatus.NEEDS_CORRECTION)
    found.officer, found.decided_at, found.decision_reason = by, moment, clean_text(reason, multiline=True)
    if not found.decision_reason:
        raise Refused(_("Napisz, dlaczego odrzucasz wniosek."))
    move(found, ApplicationStatus.REJECTED, by=by, moment=moment, note=found.decision_reason, along=DECIDED)
    applying.forget_pending_photo(found.person)
    mails.tell(found, "application_rejected")
    return found


@transaction.atomic
def approve(application, *, by, moment) -> Application:
    """Accept the application: its bases are confirmed and what was asked for is given, all or nothing.

    The base: household, proof of residency, exactly one card on the phone and one grant, with what comes by itself (R8); below the card's age
    neither card nor grant (R9). Sent twice, it is done once: the second reads that somebody was quicker.
    Refused: papers or photo not yet looked at, and as packages, households and the card refuse.
    """
    found, day = impartial(application, by, moment, ApplicationStatus.IN_REVIEW), localdate(moment)
    _guard_looked_at(found, day)
    found.bases.update(confirmed_by=by.subject, confirmed_on=day)
    found.officer, found.decided_at, found.decision_reason = by, moment, ""
    move(found, ApplicationStatus.APPROVED, by=by, moment=moment, along=DECIDED)
    if found.package.is_base:
        _settle(found, by, moment)
    else:
        _give(found, by, moment)
    mails.tell(found, "application_approved")
    return found


def _guard_looked_at(application, day):
    """R23: a card goes with an accepted photo. What a clerk could not open nobody has looked at."""
    if waiting := [one for one in application.files.select_related("file") if one.file and not one.file.is_clean]:
        raise Refused(_("Plik „%(name)s” czeka na sprawdzenie antywirusowe.") % {"name": waiting[0].file.name})
    unseen = {one.kind for one in application.bases.all() if not one.seen_in_original} & set(steps.PROVED_BY_PAPER)
    if unseen - {one.basis for one in application.files.all() if one.file_id}:
        raise Refused(_("Brakuje dokumentu. Poproś o poprawkę albo odnotuj, że okazano oryginał."))
    needs_photo = application.package.is_base and steps.gets_card(application, rules.policy(day), day)
    newest = steps.newest_photo(application.person)
    if needs_photo and (newest is None or newest.status != PhotoStatus.ACCEPTED):
        raise Refused(_("Najpierw sprawdź zdjęcie: przyjmij je albo odrzuć i poproś o nowe."))


def _settle(application, by, moment):
    """The resident: at home there, proved, with the card and the base."""
    person, day = application.person, localdate(moment)
    if application.applicant_id != person.pk and not rules.has_base(application.applicant, day):
        raise Refused(_("Najpierw rozpatrz wniosek osoby, która prosi o kartę dla dziecka: sama nie ma jeszcze karty."))
    if application.dwelling is None:
        raise Refused(_("Nie wiadomo, gdzie ta osoba mieszka. Poproś o nowy wniosek z adresem."))
    _house(application, by, day)
    given = None
    if steps.gets_card(application, rules.policy(day), day):
        given = packages.grant(person, application.package, application=application, day=day, moment=moment, by=by)
        media.make_app_card(person, moment=moment)
        _order_plastic(application, by, moment)
    _prove(application, given, by, day)


def _order_plastic(application, by, moment):
    """The first plastic card is free and goes to print with the approval; whoever has had one asks for another on the page of cards (R28)."""
    if application.wants_plastic and plastic.may_be_first(application.person):
        plastic.order(application.person, reason=PlasticOrder.Reason.FIRST, by=by, moment=moment)


def _house(application, by, day):
    """Occupancy is dated from the approval; who lives there already goes on living there."""
    person, home = application.person, application.dwelling
    if HouseholdMember.objects.on(day).filter(person=person, household__dwelling=home).exists():
        return
    join_household(person, home, since=day, by=by, beside=_beside(application, day))


def _beside(application, day) -> Person | None:
    """Somebody of the family account who lives there: one family, one household."""
    families = Membership.objects.standing().filter(person=application.person).values("family")
    family = Membership.objects.standing().filter(family__in=families).exclude(person=application.person).values("person")
    there = HouseholdMember.objects.on(day).filter(person__in=family, household__dwelling=application.dwelling)
    found = there.select_related("person").order_by("since", "pk").first()
    return found.person if found else None


def _prove(application, given, by, day):
    bases = list(application.bases.all())
    words = ", ".join(basis_in_words(basis) for basis in bases)
    lasts = any(basis.kind == Basis.Kind.REGISTERED for basis in bases)
    until = None if lasts or given is None else given.valid_to
    words = _("Karta mieszkańca, wniosek %(mark)s: %(bases)s") % {"mark": application.mark, "bases": words}
    grant_residency(application.person, basis=words[:200], by=by, day=day, dwelling=application.dwelling, until=until)


def _give(application, by, moment):
    """The package asked for; one for a large family to everybody of it who holds a base (R38)."""
    day = localdate(moment)
    who = application.applicant if application.package.condition == PackageType.Condition.LARGE_FAMILY else application.person
    packages.grant(who, application.package, application=application, day=day, moment=moment, by=by)
    for other in _rest_of_family(application, day):
        packages.grant(other, application.package, application=application, day=day, moment=moment, by=by)


def _rest_of_family(application, day):
    if application.package.condition != PackageType.Condition.LARGE_FAMILY:
        return []
    families = Membership.objects.standing().filter(person=application.applicant).values("family")
    members = Membership.objects.standing().filter(family__in=families).exclude(person=application.applicant)
    people = [one.person for one in members.select_related("person").order_by("pk")]
    return [one for one in people if rules.has_base(one, day) and conditions.holds(application.package, one, day)]


def impartial(application, by, moment, *statuses) -> Application:
    """The application, locked until commit, for a clerk who has nothing to do with it (R7). StaleStatus when somebody was quicker (R79)."""
    related = ("package", "person", "applicant__account", "dwelling")
    found = Application.objects.select_for_update(of=("self",)).select_related(*related).get(pk=application.pk)
    if rules.close_to(by, localdate(moment)) & {found.person_id, found.applicant_id}:
        raise Refused(
            _("Własnych wniosków, wniosków rodziny i domowników nie rozpatruje się samemu. Poproś inną osobę z urzędu.")
        )
    if found.status not in statuses:
        words = _("Ktoś był szybszy: wniosek %(mark)s ma już stan „%(status)s”.")
        raise StaleStatus(words % {"mark": found.mark, "status": found.get_status_display()})
    return found
