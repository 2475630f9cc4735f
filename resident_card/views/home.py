"""The front page that the door „Karta i GPSZOK” opens: what a card gives, and for who has signed in, where theirs stands with one next step."""

from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from resident_card import applications
from resident_card.models import CardMedium, PackageType
from resident_card.readable import status_sentence, tone_of
from resident_card.statuses import ApplicationStatus, MediumStatus
from resident_card.views.of_age import settled_first
from ui.visitors import same_for_visitors


@require_safe
@same_for_visitors
@settled_first
def home(request):
    page = {"packages": PackageType.objects.filter(is_offered=True)}
    if request.mine is not None:
        page |= _mine(request.mine, timezone.localdate())
    return render(request, "resident_card/home.html", page)


def _mine(person, day):
    found = list(applications.recent_of(person, day))
    card = CardMedium.objects.filter(person=person, status=MediumStatus.ACTIVE).first()
    rows = [{"application": one, "text": f"{one.mark}. {status_sentence(one)}" if one.mark else status_sentence(one), "tone": tone_of(one), "title": title_of(one)} for one in found]  # fmt: skip
    return {"rows": rows, "card": card, "next": _next_step(found, card), "today": day}


def title_of(application) -> str:
    """For whom and what: „Pakiet Mieszkańca: Zosia Kowalska”."""
    who = application.person or _("dziecko")
    return f"{application.package}: {who}"


def _next_step(found, card):
    """The one thing to do now: mend, go on, show the card, or apply. None while the office works."""
    mend = next((one for one in found if one.status == ApplicationStatus.NEEDS_CORRECTION), None)
    if mend:
        return {
            "text": _("Popraw wniosek %(mark)s") % {"mark": mend.mark},
            "url": reverse("resident_card:correct", args=[mend.pk]),
        }
    draft = next((one for one in found if one.status == ApplicationStatus.DRAFT), None)
    if draft:
        return {"text": _("Dokończ wniosek"), "url": reverse("resident_card:application", args=[draft.pk])}
    if card:
        return _card_page()
    own = any(one.person_id == one.applicant_id and one.package.is_base for one in found)
    return None if own else {"text": _("Złóż wniosek o kartę"), "url": reverse("resident_card:apply")}


def _card_page():
    try:
        return {"text": _("Pokaż kartę"), "url": reverse("resident_card:my_card")}
    except NoReverseMatch:
        return None
