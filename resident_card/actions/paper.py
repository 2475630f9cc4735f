"""What came on paper, entered by a clerk: the person is found or entered, originals were shown and are recorded as seen (R27)."""

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from office.transitions import CLERK, Refused
from resident_card import rules, steps
from resident_card.actions import applying
from resident_card.actions.families import add_child
from resident_card.actions.reviewing import impartial
from resident_card.models import Application, Photo
from resident_card.photos import store_photo
from resident_card.statuses import LIVE, ApplicationStatus
from residents.actions import correct_person, declare_person
from residents.models import Person
from residents.rules import is_identity_confirmed
from ui.text import clean_text

PERSON = ("first_name", "last_name", "pesel", "born_on")


@transaction.atomic
def enter(package, *, person, applicant_pesel="", details, registry_number, photo=None, seen, by, moment) -> Application:
    """A paper application with the number of the town's register. `person`: names, pesel, born_on; `details` as on the screens.

    `seen`: the originals lay on the desk. For a child `applicant_pesel` names the parent, who is in the register already.
    Refused: a live application for the same person (R5), no base of the parent, one's own and family's (R7), as sending refuses.
    """
    day = localdate(moment)
    who = _person(person, by, moment)
    applicant = _applicant(applicant_pesel, who, day)
    if rules.close_to(by, day) & {who.pk, applicant.pk}:
        raise Refused(
            _("Własnych wniosków, wniosków rodziny i domowników nie rozpatruje się samemu. Poproś inną osobę z urzędu.")
        )
    _guard_one_live(who, package)
    if applicant != who:
        add_child(administrator=applicant, child=who, by=by, moment=moment)
    entered = Application.objects.create(
        package=package, applicant=applicant, person=who, details=details, is_paper=True, registry_number=clean_text(registry_number),
        started_at=moment, saved_at=moment,
    )  # fmt: skip
    _guard_adult(applicant, day)
    applying.write_bases(entered, day)
    entered.bases.update(seen_in_original=seen)
    if photo:
        _add_photo(who, photo, by, moment)
    return applying.register(entered, by=by, side=CLERK, moment=moment)


@transaction.atomic
def add_photo(application, *, photo, by, moment) -> Application:
    """A photo brought to the desk, scanned there. ValidationError names the rule that failed (R22)."""
    found = impartial(application, by, moment, *LIVE)
    if found.status == ApplicationStatus.DRAFT:
        raise Refused(_("Ten wniosek nie jest jeszcze złożony."))
    _add_photo(found.person, photo, by, moment)
    return found


def _add_photo(person, photo, by, moment):
    stored = store_photo(photo, owner=by)
    applying.forget_pending_photo(person)
    Photo.objects.create(person=person, file=stored, sent_at=moment)


def _person(given, by, moment) -> Person:
    """Whom the desk has seen with this PESEL, or who declared it with the same name; else somebody new in the register."""
    known = (
        Person.objects.standing().with_pesel(given["pesel"]).order_by("created_at")
        if given.get("pesel")
        else Person.objects.none()
    )
    same = [one for one in known if one.pesel_seen_at or _is_named(one, given)]
    if not same:
        return declare_person(account=None, **{name: given.get(name) for name in PERSON}, by=by, moment=moment)
    found = max(same, key=lambda one: one.pesel_seen_at is not None)
    if not _is_named(found, given) and not is_identity_confirmed(found):
        correct_person(found, first_name=given["first_name"], last_name=given["last_name"], by=by, moment=moment)
    return found


def _is_named(person, given):
    return (person.first_name.casefold(), person.last_name.casefold()) == (
        given["first_name"].casefold(),
        given["last_name"].casefold(),
    )


def _applicant(pesel, person, day) -> Person:
    if not pesel:
        return person
    parent = Person.objects.standing().with_pesel(pesel).order_by(F("pesel_seen_at").desc(nulls_last=True), "created_at").first()
    if parent is None or not applying.has_or_asks_for_base(parent, day):
        raise Refused(_("Rodzic o tym numerze PESEL nie ma karty ani wniosku o nią. Wpisz najpierw jego wniosek."))
    return parent


def _guard_one_live(person, package):
    if (
        live := Application.objects.filter(person=person, package=package, status__in=LIVE)
        .exclude(status=ApplicationStatus.DRAFT)
        .first()
    ):
        raise Refused(_("Ta osoba ma już wniosek %(mark)s w toku.") % {"mark": live.mark})
    for draft in Application.objects.filter(person=person, package=package, status=ApplicationStatus.DRAFT):
        applying.throw_away(draft)  # begun in the portal and overtaken by paper


def _guard_adult(applicant, day):
    age = steps.age_of(applicant, day)
    if age is not None and age < steps.OF_AGE:
        raise Refused(_("O kartę występuje osoba, która skończyła 18 lat. Podaj PESEL rodzica."))
