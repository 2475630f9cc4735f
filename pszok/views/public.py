"""„Czy przyjmą to dziś?”, and the limits as public data with dates."""

from django.shortcuts import render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from pszok import answers, changes, dwellings, search
from pszok.hours import Timetable
from pszok.models import LimitRule, OpeningHours
from ui.visitors import same_for_visitors


@require_safe
@same_for_visitors
def home(request):
    """One question and its answer; without a question, what the point is and when it is open. Works as a plain GET."""
    now = timezone.now()
    today = localdate(now)
    point, timetable = _point(today)
    opening = answers.Opening.at(timetable, now)
    heaps, things = search.heaps_on(today), search.things_of_today()
    dwelling = dwellings.home_of(request.user, today)
    asked = _asked(request)
    context = {
        **asked, **_answered(asked, heaps, things, opening, dwelling), "opening": opening, "things": things, "today": today,
        "taken": [heap.fraction for heap in heaps if heap.fraction.is_accepted], "refused": [heap.fraction for heap in heaps if not heap.fraction.is_accepted],
        "point": point, "week": changes.week_of(timetable, today), "next_week": changes.next_week(timetable, today),
        "exceptions": timetable.ahead(today), "has_home": dwelling is not None,
        "unsure": any(row.needs_confirmation for row in timetable.hours),
    }  # fmt: skip
    response = render(request, "pszok/home.html", context)
    response.stays_true = opening.changes_in
    return response


def _point(today):
    """The point and all its hours, of today and to come, in two queries. Without any hours there is no point to speak of."""
    hours = tuple(OpeningHours.objects.select_related("point").order_by("point", "weekday", "opens"))
    if not hours:
        return None, Timetable((), {})
    point = hours[0].point
    exceptions = {one.day: one for one in point.exceptions.filter(day__gte=today)}
    return point, Timetable(tuple(row for row in hours if row.point_id == point.pk), exceptions)


def _asked(request):
    return {
        "question": request.GET.get("co", "").replace("\0", "").strip()[: search.LONGEST],
        "picked": request.GET.get("frakcja", "").replace("\0", "")[: search.LONGEST],
    }


def _answered(asked, heaps, things, opening, dwelling):
    """The answer, and what else it may have been about."""
    by_code = (heap for heap in heaps if heap.fraction.code == asked["picked"])
    picked = next(by_code, None) or search.code_typed(asked["question"], heaps)
    found = search.find(asked["question"], things) if asked["question"] and not picked else search.Found(None, [])
    used = dwellings.used_by(dwelling) if dwelling and (picked or found.answer) else None
    today = localdate(opening.now)
    if picked:
        inside = [thing for thing in things if thing.fraction_id == picked.fraction.pk]
        return {"answer": answers.about_heap(picked, opening, today, used), "inside": inside}
    if found.answer:
        return {"answer": answers.about_thing(found.answer, heaps, opening, today, used), "others": found.others}
    return {"answer": None, "others": found.others}


@require_safe
@same_for_visitors
def limits(request):
    """Limits of today, those ahead and those that ended, and what changed on which day."""
    today = localdate(timezone.now())
    rules = list(LimitRule.objects.prefetch_related("fractions").order_by("-valid_from", "pk"))
    return render(
        request, "pszok/limits.html", {"current": changes.in_force(rules, today), "steps": changes.steps_of(rules, today)}
    )
