"""Discounts for everybody to find, and what of them a family has used."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from office import audit
from office.polish import fold
from resident_card import discounts, rules
from resident_card.models import Membership, Offer, PackageGrant, PackageType, Redemption
from resident_card.views.of_age import settled_first
from residents.models import Person
from ui.visitors import same_for_visitors

LONGEST_QUESTION = 100  # characters
PAGE = 25


def open_offers(day):
    """Every offer that holds on the day at a point that works, with what a page says of it; in two queries."""
    found = Offer.objects.open_on(day).filter(points__is_active=True).select_related("partner", "package").distinct()
    return found.order_by("category", "subject", "-percent", "title").prefetch_related("points")


@require_safe
@same_for_visitors
def offers(request):
    """All discounts, by words, field and package. Whether one has a card matters to nobody here."""
    day = timezone.localdate()
    everything = list(open_offers(day))
    asked = {name: request.GET.get(name, "")[:LONGEST_QUESTION] for name in ("q", "dziedzina", "pakiet")}
    found = [offer for offer in everything if _fits(offer, asked)]
    page = {
        "asked": asked, "found": found, "is_asked": any(asked.values()),
        "categories": sorted({offer.category for offer in everything}, key=fold),
        "packages": sorted({offer.package for offer in everything}, key=lambda package: package.order),
        "own_packages": _own_packages(request.user, day),
    }  # fmt: skip
    return render(request, "resident_card/partners/offers.html", page)


def _fits(offer: Offer, asked: dict[str, str]) -> bool:
    if asked["dziedzina"] and offer.category != asked["dziedzina"]:
        return False
    if asked["pakiet"] and offer.package.code != asked["pakiet"]:
        return False
    where = " ".join(f"{point.name} {point.address}" for point in offer.points.all())
    text = fold(
        f"{offer.subject} {offer.title} {offer.description} {offer.category} {offer.partner.name} {offer.package.name} {where}"
    )
    return all(word in text for word in fold(asked["q"]).split())


def _own_packages(user, day) -> set[str]:
    person = Person.objects.of(user).first()
    return rules.packages_of(person, day) if person else set()


@require_safe
@same_for_visitors
def offer(request, pk):
    """One discount: where, for whom, how often, until when, and how to get the card."""
    day = timezone.localdate()
    found = get_object_or_404(open_offers(day), pk=pk)
    others = [
        other for other in open_offers(day).filter(partner=found.partner, subject__iexact=found.subject) if other.pk != found.pk
    ]
    page = {
        "offer": found, "points": [point for point in found.points.all() if point.is_active], "others": others,
        "has_package": found.package.code in _own_packages(request.user, day),
        "base": None if found.package.is_base else PackageType.objects.filter(is_base=True).first(),
    }  # fmt: skip
    return render(request, "resident_card/partners/offer.html", page)


# What a family has used


@login_required
@settled_first
@require_safe
def used_discounts(request):
    """My own; `?osoba=` those of a child or an adult whose account I administer. An adult reads afterwards that I looked (R16)."""
    mine = request.mine
    people = _people(request.user, mine)
    person = _asked_for(request, people)
    used = Redemption.objects.filter(person=person).select_related("offer", "point__partner").order_by("-at")
    if person and person != mine:
        audit.record_read(reader=request.user, person=person.pk, what=_("użyte zniżki"), purpose=_("konto rodzinne"))
    page = {
        "people": people,
        "person": person,
        "is_own": person == mine,
        "page": Paginator(used, PAGE).get_page(request.GET.get("page")),
    }
    page["left"] = _left(person, timezone.localdate()) if person else []
    return render(request, "resident_card/partners/mine.html", page)


def _people(user, mine) -> list[Person]:
    """Me first, then those for whom I may act: children, and adults who agreed (R16, R20)."""
    if mine is None:
        return []
    here = Membership.objects.standing().filter(family__memberships__in=Membership.objects.standing().filter(person=mine))
    members = list(here.select_related("person").order_by("joined_at", "pk"))
    own = next((one for one in members if one.person_id == mine.pk), None)
    day = timezone.localdate()
    return [mine, *(one.person for one in members if own and rules.acts_for(own, one, day))]


def _asked_for(request, people) -> Person | None:
    asked = request.GET.get("osoba", "")
    if not asked:
        return people[0] if people else None
    found = next((person for person in people if str(person.pk) == asked), None)
    if found is None:
        raise Http404
    return found


def _left(person, day) -> list[discounts.Discount]:
    """What remains of the discounts that are counted, among those the person's packages give."""
    works = PackageGrant.objects.effective_on(day).filter(person=person).order_by()
    found = open_offers(day).filter(package__in=works.values("package"), limit__isnull=False)
    return discounts.as_they_stand(found, person, day)
