"""My packages and those of my children: what works now, until when, what sleeps and why, what may be asked for."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from resident_card import rules
from resident_card.models import PackageGrant, PackageType
from resident_card.standing import State, standings
from resident_card.views.of_age import settled_first

TONES = {
    State.ACTIVE: "good", State.SUSPENDED: "warn", State.WAITING: "info", State.ENDED: "neutral", State.REVOKED: "urgent",
    State.NONE: "neutral",
}  # fmt: skip


@login_required
@settled_first
@require_safe
def my_packages(request):
    day = timezone.localdate()
    people = list(rules.in_care_of(request.user, day).order_by("born_on"))
    grants = PackageGrant.objects.filter(person__in=people)
    types = list(PackageType.objects.all())
    sections = [
        {"person": one, "rows": [_row(found) for found in standings(types, [g for g in grants if g.person_id == one.pk], day)]}
        for one in people
    ]
    return render(request, "resident_card/cards/packages.html", {"sections": sections, "today": day})


def _row(standing):
    return {"standing": standing, "tone": TONES[standing.state], "word": standing.state.label, "state": standing.state.value}
