"""Suggestions for an address being typed: public facts of the town, no personal data."""

from allauth.core.internal import ratelimit
from django.http import JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from residents.address_choice import numbers_of, similar_streets
from residents.models import AddressPoint, Dwelling
from residents.models.places import street_key
from ui.text import clean_text

RATES = {"addresses": "120/m/ip"}
MOST = 12


@require_safe
def addresses(request):
    """`?ulica=kos` answers streets; with `&numery` the numbers of that street; with `&numer=12` the flats of the house (S46)."""
    if not ratelimit.consume(request, app="residents", action="addresses", config=RATES, limit_get=True):
        return JsonResponse({"error": _("Za dużo zapytań. Wpisz adres ręcznie.")}, status=429)
    street = clean_text(request.GET.get("ulica", "")[:120])
    if number := clean_text(request.GET.get("numer", "")[:12]):
        return JsonResponse({"flats": _flats(street, number)})
    if "numery" in request.GET:
        return JsonResponse({"numbers": numbers_of(street)})
    return JsonResponse({"streets": _streets(street)})


def _streets(typed):
    key = street_key(typed)
    beginning = [name for name in AddressPoint.objects.streets() if any(word.startswith(key) for word in _tails(name))]
    return (beginning if key else [])[:MOST] or similar_streets(typed)


def _tails(name):
    """A street is met from the beginning of any of its words: „kossaka” meets „Wojciecha Kossaka”."""
    words = street_key(name).split()
    return [" ".join(words[place:]) for place in range(len(words))]


def _flats(street, number):
    flats = Dwelling.objects.filter(address__in=AddressPoint.objects.at(street, number)).values_list("flat", flat=True)
    return sorted((flat for flat in flats if flat), key=lambda flat: (len(flat), flat))
