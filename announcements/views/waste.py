"""Days of waste at an address, a person's reminders of them, the calendar for a phone, „nie odebrano”."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from announcements import waste_ics
from announcements.actions import reminding, waste
from announcements.actions.following import follower_of
from announcements.forms import ReminderForm, WasteAddressForm
from announcements.models import Collection, Follower, MissedCollection, Place, Reminder, WasteCalendar
from office.transitions import Refused
from residents.models import AddressPoint
from residents.views import person_required
from ui.visitors import same_for_visitors


@require_safe
def home(request):
    """Which address? One's own are a tap away; any other of the town is found by its street and number."""
    form = WasteAddressForm(request.GET if "street" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("announcements:waste_at", form.chosen().pk)
    mine = Place.objects.filter(follower__in=Follower.objects.of(request.user), kind=Place.Kind.ADDRESS)
    shown = {"form": form, "places": mine.select_related("address") if request.user.is_authenticated else []}
    return render(request, "announcements/waste.html", shown, status=422 if form.errors else 200)


@require_safe
@same_for_visitors
def at(request, pk):
    """What is collected at the address from today on, by month, and the last week, for who was not served."""
    address, today = get_object_or_404(AddressPoint, pk=pk), localdate()
    told = MissedCollection.objects.filter(collection=OuterRef("pk"), address=address)
    days = list(waste_ics.days_of(address).filter(day__gte=today - waste.REPORT_DAYS).annotate(is_told=Exists(told)))
    coming, past = [one for one in days if one.day >= today], [one for one in days if one.day <= today and not one.cancelled_at]
    shown = {"address": address, "coming": coming, "next": _next(coming)}
    return render(request, "announcements/waste_at.html", {**shown, "past": past[::-1], "today": today})


def _next(coming):
    """Everything that is taken on the first day of those to come."""
    standing = [one for one in coming if not one.cancelled_at]
    return [one for one in standing if one.day == standing[0].day]


@person_required
@require_http_methods(["GET", "HEAD", "POST"])
def reminders(request, pk):
    """Mine at this address: what I am reminded of and when, and the address of my calendar."""
    address, moment = get_object_or_404(AddressPoint, pk=pk), timezone.now()
    follower = follower_of(request.person, moment=moment) if request.method == "POST" else _follower(request)
    form = ReminderForm(request.POST or None, follower=follower, address=address)
    if form.is_bound and form.is_valid():
        try:
            reminding.add_reminders(follower, address=address, **form.cleaned_data, moment=moment)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Zapisano. Przypomnimy."))
            return redirect("announcements:waste_reminders", pk)
    return _reminders_page(request, follower, address, form)


def _follower(request):
    return Follower.objects.of(request.user).first() or Follower(person=request.person)


def _reminders_page(request, follower, address, form):
    is_new = follower._state.adding
    mine = [] if is_new else follower.reminders.filter(address=address).select_related("fraction")
    calendar = None if is_new else follower.waste_calendars.filter(address=address).first()
    path = reverse("announcements:waste_ics", args=[calendar.token]) if calendar else ""
    shown = {
        "address": address, "form": form, "calendar": calendar, "calendar_url": request.build_absolute_uri(path) if path else "",
        "reminders": sorted(mine, key=lambda one: (one.fraction.order, -one.days_before, one.at)),
    }  # fmt: skip
    return render(request, "announcements/waste_reminders.html", shown, status=422 if form.errors else 200)


@login_required
@require_POST
def drop_reminder(request, pk):
    mine = Reminder.objects.filter(follower__in=Follower.objects.of(request.user)).select_related("follower__person")
    reminder = get_object_or_404(mine, pk=pk)
    reminding.drop_reminder(reminder, moment=timezone.now())
    messages.success(request, _("Usunięto przypomnienie."))
    return redirect("announcements:waste_reminders", reminder.address_id)


@person_required
@require_POST
def make_calendar(request, pk):
    """The first one, or a new one in place of one that became known to others."""
    address, moment = get_object_or_404(AddressPoint, pk=pk), timezone.now()
    reminding.make_calendar(follower_of(request.person, moment=moment), address=address, moment=moment)
    messages.success(request, _("Gotowe. Poprzedni adres kalendarza, jeśli był, już nie działa."))
    return redirect("announcements:waste_reminders", pk)


@person_required
@require_POST
def missed(request, pk, collection):
    """One tap: nobody came for it."""
    address, moment = get_object_or_404(AddressPoint, pk=pk), timezone.now()
    one = get_object_or_404(Collection.objects.in_force().at(address), pk=collection)
    try:
        _missed, is_new = waste.report_missed(one, address=address, person=request.person, moment=moment)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        told = _("Przekazaliśmy firmie, która odbiera odpady.") if is_new else _("To już zgłoszono z tego adresu. Firma wie.")
        messages.success(request, told)
    return redirect("announcements:waste_at", pk)


@require_safe
def calendar(request, token):
    """For a phone that has the secret; nobody signs in there. Not kept by anything between."""
    mine = get_object_or_404(WasteCalendar.objects.select_related("address", "follower"), token=token)
    now = timezone.now()
    answer = HttpResponse(
        waste_ics.calendar_of(mine, day=localdate(now), moment=now), content_type="text/calendar; charset=utf-8"
    )
    answer["Cache-Control"] = "private, no-store"
    answer["Content-Disposition"] = 'inline; filename="odpady.ics"'
    return answer
