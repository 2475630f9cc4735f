"""Linking a payer by a code, reminders and the calendar, and who looked at one's dues."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import strong_sign_in_required
from dues import calendars, story
from dues.actions import links, reminding
from dues.forms import LeadForm, LinkForm
from dues.models import Payer, Preference
from dues.rules import Table
from office.models import Channel, PersonalDataRead
from office.transitions import Refused
from residents import reads
from residents.models import Purpose
from residents.views import person_required

PAGE = 25
CHANNELS = (Channel.EMAIL, Channel.SMS)


@person_required
@strong_sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def link(request):
    form = LinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            links.redeem_code(request.person, form.cleaned_data["code"], moment=timezone.now())
        except Refused as why:
            form.add_error("code", str(why))
        else:
            messages.success(request, _("Połączono. Tu są Twoje należności."))
            return redirect("dues:mine")
    return render(request, "dues/link.html", {"form": form}, status=422 if form.errors else 200)


@person_required
@require_http_methods(["GET", "HEAD", "POST"])
def reminders(request):
    """How many days ahead, on which channels, and the address of the calendar."""
    preference = reminding.preference_of(request.person)
    form = LeadForm(request.POST or None, initial={"days": preference.lead_days})
    if request.method == "POST" and form.is_valid():
        reminding.set_lead(request.person, days=form.cleaned_data["days"])
        messages.success(request, _("Zapisano."))
        return redirect("dues:reminders")
    given = set(request.person.consents.standing().filter(purpose=reminding.PURPOSE).values_list("channel", flat=True))
    purpose = Purpose.objects.valid_on(localdate()).filter(code=reminding.PURPOSE).order_by("-valid_from").first()
    page = {
        "form": form, "purpose": purpose, "channels": [(channel, channel in given) for channel in CHANNELS],
        "calendar_url": request.build_absolute_uri(f"{reverse('dues:calendar')}?klucz={preference.token}"),
    }  # fmt: skip
    return render(request, "dues/reminders.html", page, status=422 if form.errors else 200)


@person_required
@require_POST
def new_address(request):
    reminding.new_address(request.person)
    messages.success(request, _("Kalendarz ma nowy adres. Stary już nie działa."))
    return redirect("dues:reminders")


@require_safe
def calendar(request):
    """For a calendar program, which signs in nowhere: the key is in the query, which logs leave out. A wrong one is 404."""
    preference = Preference.objects.filter(token=request.GET.get("klucz", "")[:40]).first()
    if preference is None:
        raise Http404
    today = localdate()
    lines = story.lines_of(preference.person_id, today, Table.on(today))
    answer = HttpResponse(calendars.of_dues(lines, request.build_absolute_uri), content_type="text/calendar; charset=utf-8")
    answer["Cache-Control"] = "private, no-store"
    return answer


@person_required
@require_safe
def who_looked(request):
    """Looks of the office at the payers linked to this person, also before the link (S28, L42)."""
    mine = Payer.objects.of(request.user).values("pk")
    about = Q(object_type="dues.payer", object_id__in=mine) | Q(person__in=mine)
    rows = PersonalDataRead.objects.filter(about).exclude(reader=request.user.subject)
    page = Paginator(rows.order_by("-at", "-pk"), PAGE).get_page(request.GET.get("page"))
    return render(request, "dues/who_looked.html", {"page": page, "looks": reads.described(page)})
