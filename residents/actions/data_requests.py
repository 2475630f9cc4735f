"""A person's rights over their data that need a human answer (L21)."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import User
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


def months_later(day, months):
    """The same day so many months on; the last of the month when there is no such day (KPA art. 57 § 3)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return day.replace(year=year, month=month + 1, day=last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
