"""An application in plain words: what was answered, where it stands, what comes next."""

from dataclasses import dataclass
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from office.transitions import history_of
from resident_card import steps
from resident_card.forms.applying import FORMS
from resident_card.models import Basis
from resident_card.statuses import ApplicationStatus as Status
from ui.words import counted, days_left, days_tone, long_date

TONES = {
    Status.DRAFT: "warn", Status.SUBMITTED: "info", Status.IN_REVIEW: "info", Status.NEEDS_CORRECTION: "warn",
    Status.APPROVED: "good", Status.REJECTED: "urgent", Status.WITHDRAWN: "neutral",
}  # fmt: skip


@dataclass(frozen=True)
class Section:
    step: str
    title: str
    lines: list[tuple[str, str]]


def tone_of(application) -> str:
    return TONES[Status(application.status)]


def status_sentence(application) -> str:
    """One sentence for the applicant; the term is the office's, and it is named."""
    due = long_date(application.due_on) if application.due_on else ""
    return {
        Status.DRAFT: _("Wniosek jest zaczęty i czeka na Ciebie."),
        Status.SUBMITTED: _("Wniosek jest w urzędzie. Odpowiemy do %(due)s") % {"due": due},
        Status.IN_REVIEW: _("Pracownik urzędu sprawdza wniosek. Odpowiemy do %(due)s") % {"due": due},
        Status.NEEDS_CORRECTION: _("Urząd prosi o poprawkę. Wymień to, co jest wskazane, i wyślij wniosek jeszcze raz."),
        Status.APPROVED: _("Wniosek przyjęty."),
        Status.REJECTED: _("Wniosek odrzucony. Powód jest poniżej."),
        Status.WITHDRAWN: _("Wniosek wycofany."),
    }[Status(application.status)]


def progress_of(application) -> list[dict]:
    """Sent, checked, decided: what was and what comes, with the moments from history."""
    at = {change.to_status: change.at for change in history_of(application)}
    decided = application.status in (Status.APPROVED, Status.REJECTED, Status.WITHDRAWN)
    checked = decided or application.status != Status.SUBMITTED
    return [
        {"title": _("Wniosek wysłany"), "state": "done", "at": application.submitted_at},
        {"title": _("Urząd sprawdza"), "state": _state(decided, checked), "at": at.get(Status.IN_REVIEW)},
        {"title": _("Decyzja"), "state": "done" if decided else "waiting", "at": application.decided_at},
    ]


def _state(is_done, is_reached):
    return "done" if is_done else "current" if is_reached else "waiting"


def answers_in_words(application, policy, day) -> list[Section]:
    """„Sprawdź odpowiedzi”: each screen that was asked, with what was answered."""
    asked = steps.steps_of(application, policy, day)
    return [Section(step, _title(step), list(_lines(application, step, day))) for step in asked]


def _title(step):
    return str(FORMS[step].title)


def _lines(application, step, day):
    if step == "dokumenty":
        for one in application.files.all():
            if one.file_id:
                yield capfirst(one.get_basis_display()), one.file.name
        return
    if step in ("dziecko", "dane"):
        yield from _identity(application)
        return
    fields = FORMS[step].base_fields
    for name, value in application.details.get(step, {}).items():
        if name in fields and value not in ("", None):
            yield str(fields[name].label), _in_words(fields[name], value)


def _identity(application):
    person = application.person
    if person is None:
        return
    yield _("Imię i nazwisko"), str(person)
    yield _("PESEL"), person.masked_pesel or _("bez numeru PESEL")
    if person.born_on:
        yield _("Data urodzenia"), long_date(person.born_on)


def _in_words(field, value):
    choices = dict(getattr(field, "choices", ()) or ())
    if value in choices:
        return str(choices[value])
    if isinstance(value, bool):
        return _("tak") if value else _("nie")
    try:
        return long_date(date.fromisoformat(value))
    except (TypeError, ValueError):
        return str(value)


def basis_in_words(basis) -> str:
    """For the clerk and for the proof of residency: the kind with what makes it checkable."""
    if basis.kind == Basis.Kind.TAX:
        return _("%(form)s za %(year)s") % {"form": basis.tax_form, "year": basis.tax_year}
    if basis.valid_to:
        return _("%(kind)s do %(day)s") % {"kind": basis.get_kind_display(), "day": long_date(basis.valid_to)}
    return str(basis.get_kind_display())


@dataclass(frozen=True)
class Countdown:
    text: str
    tone: str


def countdown(application, today: date, calendar) -> Countdown:
    """„zostały 3 dni robocze”, „termin mija dziś”, „po terminie o 2 dni”; nothing runs while the applicant mends or once it is decided."""
    if application.status == Status.NEEDS_CORRECTION:
        return Countdown(_("czeka na wnioskodawcę"), "neutral")
    if application.status not in (Status.SUBMITTED, Status.IN_REVIEW) or application.due_on is None:
        return Countdown(_("zakończony"), "neutral")
    left = calendar.working_days_between(today, application.due_on)
    if left < 0:
        return Countdown(_("po terminie o %(days)s") % {"days": counted(-left, "dzień", "dni", "dni")}, "urgent")
    return Countdown(days_left(left, working=True), days_tone(left))
