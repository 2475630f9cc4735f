"""A person's rights over their data that need a human answer (L21)."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import User
from office.outbox import post
from office.transitions import Refused
from residents.models import DataRequest, Person
from residents.rules import is_own_or_family, policy


@transaction.atomic
def ask_about_data(person: Person, *, kind: str, text: str, moment: datetime) -> DataRequest:
    """Put the request in the queue with the day by which the answer is due. Refused while an equal one waits."""
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if person.data_requests.waiting().filter(kind=kind).exists():
        raise Refused(_("Takie żądanie już czeka na odpowiedź."))
    day = localdate(moment)
    return DataRequest.objects.create(
        person=person, kind=kind, text=text, asked_at=moment, due_on=months_later(day, policy(day).answer_months)
    )


@transaction.atomic
def answer_data_request(request: DataRequest, *, is_granted: bool, answer: str, by: User, moment: datetime) -> None:
    """Answer for good, in words the person reads. Refused without words, twice, and for one's own or household's (L11)."""
    if not answer.strip():
        raise Refused(_("Napisz odpowiedź. Odmowa musi mieć uzasadnienie."))
    if is_own_or_family(by, request.person, localdate(moment)):
        raise Refused(_("Swoich spraw i spraw domowników nie załatwia się samemu. Poproś inną osobę z urzędu."))
    answered = {"is_granted": is_granted, "answer": answer, "answered_by": by.subject, "answered_at": moment}
    if not DataRequest.objects.waiting().filter(pk=request.pk).update(**answered):
        raise Refused(_("Na to żądanie ktoś już odpowiedział."))
    _tell(request, "request_answered")


@transaction.atomic
def extend_data_request(request: DataRequest, *, reason: str, by: User, moment: datetime) -> None:
    """Put the answer off, once, by as many months as the policy allows, with the reason that the person reads (GDPR art. 12 (3)).

    Refused without a reason, twice, after the first month is over (the person has to hear of it within that month), and for one's own
    or household's.
    """
    day, why = localdate(moment), reason.strip()
    rules = policy(day)
    if not why:
        raise Refused(_("Napisz, dlaczego odpowiedź musi poczekać. Mieszkaniec to przeczyta."))
    if is_own_or_family(by, request.person, day):
        raise Refused(_("Swoich spraw i spraw domowników nie załatwia się samemu. Poproś inną osobę z urzędu."))
    if request.due_on < day or not rules.extension_months:
        raise Refused(
            _("Termin już minął. O późniejszej odpowiedzi trzeba powiadomić w ciągu pierwszego miesiąca; odpowiedz od razu.")
        )
    later = months_later(localdate(request.asked_at), rules.answer_months + rules.extension_months)
    fresh = DataRequest.objects.waiting().filter(pk=request.pk, extended_why="")
    if not fresh.update(due_on=later, extended_why=why):
        raise Refused(_("Ten termin już raz przesunięto albo ktoś już odpowiedział."))
    _tell(request, "request_extended")


def _tell(request: DataRequest, event: str) -> None:
    """A link and not a word of the content (S42). Who has no address is written to on paper."""
    person = request.person
    if address := person.account.email if person.account_id else person.email:
        path = reverse("residents:rights")
        post(event=f"residents/{event}", to=address, context={"path": path}, recipient=person.pk, about=request)


def months_later(day, months):
    """The same day so many months on; the last of the month when there is no such day (KPA art. 57 § 3)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return day.replace(year=year, month=month + 1, day=last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
