"""Which screens one application asks, in order: an answer decides the next, and nobody is asked what the town hall knows.

Answers lie in `Application.details` by screen, as JSON of what the screen's form gave. Pure functions: nothing is stored here.
"""

from collections.abc import Iterator
from datetime import date

from resident_card.models import Application, Basis, CardPolicy, PackageType, Photo
from resident_card.statuses import PhotoStatus
from residents.models import Person
from residents.rules import age_on

Kind = Basis.Kind
OF_AGE, STUDENT_UNTIL = 18, 25  # R1, R10
PROVED_BY_PAPER = (Kind.TAX, Kind.FOSTER, Kind.DISABILITY, Kind.SCHOOL)  # registration is checked by the office itself (1.1)


def steps_of(application: Application, policy: CardPolicy, day: date) -> list[str]:
    """Codes of the screens, by the answers given so far. `resident_card.forms.applying.FORMS` says what each asks."""
    return list(_steps(application, policy, day))


def _steps(application, policy, day) -> Iterator[str]:
    if application.package.is_base:
        yield from _for_oneself(application) if is_for_oneself(application) else _for_child(application, day)
    elif application.package.condition == PackageType.Condition.PUPIL:
        yield "legitymacja"
    elif application.package.condition == PackageType.Condition.LARGE_FAMILY:
        yield "rodzina"
    if asked_documents(application, day):
        yield "dokumenty"
    if application.package.is_base and gets_card(application, policy, day):
        yield "zdjecie"
        yield "karta"


def _for_oneself(application):
    if application.person.born_on is None or "dane" in application.details:
        yield "dane"
    yield "podstawa"
    kind = application.details.get("podstawa", {}).get("kind")
    if kind == Kind.REGISTERED_FOR_A_TIME:
        yield "zameldowanie"
    if kind == Kind.TAX:
        yield "pit"
    yield "adres"


def _for_child(application, day):
    if application.person is None or "dziecko" in application.details:
        yield "dziecko"
    yield "opieka"
    age = age_of(application.person, day)
    if age is not None and age >= OF_AGE:
        yield "nauka"


def is_for_oneself(application: Application) -> bool:
    return application.person_id == application.applicant_id


def age_of(person: Person | None, day: date) -> int | None:
    return age_on(person.born_on, day) if person and person.born_on else None


def gets_card(application: Application, policy: CardPolicy, day: date) -> bool:
    """R9: below the card's age there is no card, so neither a photo nor plastic is asked for."""
    age = age_of(application.person, day)
    return age is None or age >= policy.card_age


def bases_of(application: Application, day: date) -> list[dict]:
    """What the answers amount to: fields of `Basis`, in the order in which a clerk checks them."""
    details = application.details
    if not application.package.is_base:
        return _bases_of_package(application)
    if not is_for_oneself(application):
        return _bases_of_child(details)
    kind = details.get("podstawa", {}).get("kind")
    if kind == Kind.TAX:
        return [{"kind": kind, **details.get("pit", {})}]
    if kind == Kind.REGISTERED_FOR_A_TIME:
        return [{"kind": kind, **details.get("zameldowanie", {})}]
    return [{"kind": kind}] if kind == Kind.REGISTERED else []


def _bases_of_child(details):
    care, study = details.get("opieka", {}).get("kind"), details.get("nauka", {})
    return [{"kind": kind} for kind in [care] if kind] + ([study] if study.get("kind") else [])


def _bases_of_package(application):
    details = application.details
    if "legitymacja" in details:
        return [{"kind": Kind.SCHOOL, **details["legitymacja"]}]
    return [{"kind": Kind.FOSTER}] if details.get("rodzina", {}).get("is_foster") else []


def asked_documents(application: Application, day: date) -> list[Basis.Kind]:
    """The bases that a paper has to show; each needs at least one file."""
    return [Kind(basis["kind"]) for basis in bases_of(application, day) if basis["kind"] in PROVED_BY_PAPER]


def missing(application: Application, policy: CardPolicy, day: date) -> list[str]:
    """Screens that still lack an answer, a document or the photo, in order. Empty: it may be sent."""
    return [step for step in steps_of(application, policy, day) if not _is_answered(application, step, day)]


def _is_answered(application, step, day):
    if step == "dokumenty":
        have = {one.basis for one in application.files.all() if one.file_id}
        return set(asked_documents(application, day)) <= have
    if step == "zdjecie":
        return photo_of(application) is not None
    return step in application.details


def photo_of(application: Application) -> Photo | None:
    """The newest photo of the person that nobody has refused; None when one is still needed."""
    if application.person is None:
        return None
    return application.person.card_photos.exclude(status=PhotoStatus.REFUSED).order_by("-sent_at").first()


def newest_photo(person: Person) -> Photo | None:
    """The last one sent, whatever was said of it; of two sent at one moment the one that stands."""
    photos = person.card_photos.select_related("file")
    return max(photos, key=lambda one: (one.sent_at, one.status != PhotoStatus.REFUSED), default=None)
