"""What I choose to hear, and what was sent to me. Everything is found through `Follower.objects.of(user)`."""

import json

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from announcements import browsers, delivery, fan_out, languages
from announcements.actions import following
from announcements.actions.following import WrongCode
from announcements.forms import ChoicesForm, LanguageForm, PhoneCodeForm, PhoneForm, PlaceForm, QuietForm, channels_of
from announcements.models import Announcement, Endpoint, Follower, Place, Topic
from office.models import Channel, Message
from office.transitions import Refused
from residents.views import person_required

PAGE = 25
LARGEST_SUBSCRIPTION = 4096


@person_required
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request):
    """Topics by channel, places, quiet hours, ways of delivery; each part a form of its own, saved by itself."""
    if request.method == "POST":
        return _saved(request)
    return _page(request, _follower(request))


def _follower(request):
    """Mine; before the first choice one that is not stored, so that looking changes nothing."""
    return Follower.objects.of(request.user).first() or Follower(person=request.person)


def _saved(request):
    follower = following.follower_of(request.person, moment=timezone.now())
    part = request.POST.get("czesc", "")
    if part not in SAVES:
        raise Http404
    form = FORMS[part](follower, request.POST)
    if form.is_valid():
        try:
            SAVES[part](follower, form, timezone.now())
        except WrongCode as wrong:
            wrong.count_try()
            form.add_error(None, str(wrong))
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, DONE[part]())
            return redirect("announcements:mine")
    return _page(request, follower, **{part: form}, status=422)


FORMS = {
    "tematy": lambda follower, data=None: ChoicesForm(data, follower=follower, channels=channels_of(follower)),
    "miejsce": lambda follower, data=None: PlaceForm(data),
    "cisza": lambda follower, data=None: QuietForm(data, initial={"start": follower.quiet_from, "end": follower.quiet_to}),
    "jezyk": lambda follower, data=None: LanguageForm(data, initial={"language": follower.language}),
    "telefon": lambda follower, data=None: PhoneForm(data),
    "kod": lambda follower, data=None: PhoneCodeForm(data),
}
SAVES = {
    "tematy": lambda follower, form, moment: following.choose(follower, wanted=form.wanted(), moment=moment),
    "miejsce": lambda follower, form, moment: following.add_place(follower, **form.chosen()),
    "cisza": lambda follower, form, moment: following.set_quiet(follower, **form.cleaned_data),
    "jezyk": lambda follower, form, moment: following.set_language(follower, **form.cleaned_data),
    "telefon": lambda follower, form, moment: following.ask_phone(follower, phone=form.cleaned_data["phone"], moment=moment),
    "kod": lambda follower, form, moment: following.confirm_phone(follower, code=form.cleaned_data["code"], moment=moment),
}
DONE = {
    "tematy": lambda: _("Zapisano tematy."),
    "miejsce": lambda: _("Dodano miejsce."),
    "cisza": lambda: _("Zapisano godziny ciszy."),
    "jezyk": lambda: _("Zapisano język wiadomości."),
    "telefon": lambda: _("Wysłaliśmy kod. Wpisz go poniżej."),
    "kod": lambda: _("Numer potwierdzony. Teraz wybierz SMS przy tematach."),
}


def _page(request, follower, status=200, **forms):
    is_new = follower._state.adding
    ways = [] if is_new else list(follower.endpoints.filter(confirmed_at__isnull=False).order_by("channel", "made_at"))
    shown = {
        "follower": follower, "is_new": is_new, "ways": ways, "places": [] if is_new else list(follower.places.select_related("address")),
        "statutory": Topic.objects.filter(is_statutory=True), "tongues": languages.FURTHER.values(), "push_key": browsers.public_key(), "has_sms": Channel.SMS in settings.OFFICE_CARRIERS,
        "awaits_code": not is_new and following.awaits_code(follower, moment=timezone.now()),
        **{name: forms.get(name) or build(follower) for name, build in FORMS.items()},
    }  # fmt: skip
    return render(request, "announcements/mine.html", shown, status=status)


@login_required
@require_POST
def drop_place(request, pk):
    get_object_or_404(Place.objects.filter(follower__in=Follower.objects.of(request.user)), pk=pk).delete()
    messages.success(request, _("Usunięto miejsce."))
    return redirect("announcements:mine")


@login_required
@require_POST
def drop_way(request, pk):
    """No more on this telephone or in this browser. The account's own address stays: it may only be chosen nowhere."""
    mine = Endpoint.objects.filter(follower__in=Follower.objects.of(request.user)).exclude(channel=Channel.EMAIL)
    get_object_or_404(mine, pk=pk).delete()
    messages.success(request, _("Usunięto."))
    return redirect("announcements:mine")


@login_required
@require_POST
def ask_alive(request, pk):
    """My address was given up, and I say that it lives."""
    mine = get_object_or_404(
        Endpoint.objects.filter(follower__in=Follower.objects.of(request.user), channel=Channel.EMAIL), pk=pk
    )
    try:
        following.ask_alive(mine, moment=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Wysłaliśmy list. Otwórz odnośnik, który w nim jest, a komunikaty znów będą przychodzić."))
    return redirect("announcements:mine")


@require_http_methods(["GET", "HEAD", "POST"])
def alive(request, mark):
    """Of whoever holds the letter. A look changes nothing (S36): programs that open links for people confirm nothing."""
    refusal = ""
    if request.method == "POST":
        try:
            following.confirm_alive(mark, moment=timezone.now())
        except Refused as refused:
            refusal = str(refused)
    shown = {"is_done": request.method == "POST" and not refusal, "refusal": refusal}
    return render(request, "announcements/alive.html", shown, status=409 if refusal else 200)


@person_required
@require_POST
def add_browser(request):
    """From the page's script: the permission that this browser gave; words for anything that is none."""
    try:
        given = json.loads(request.body[:LARGEST_SUBSCRIPTION])
        following.add_browser(
            following.follower_of(request.person, moment=timezone.now()), subscription=given, moment=timezone.now()
        )
    except (ValueError, Refused) as wrong:
        return JsonResponse({"error": str(wrong) if isinstance(wrong, Refused) else _("Nie udało się.")})
    return JsonResponse({"error": ""})


@login_required
@require_safe
def told(request):
    """What was sent to me and whether it arrived."""
    endpoints = Endpoint.objects.filter(follower__in=Follower.objects.of(request.user)).values("pk")
    sent = Message.objects.filter(endpoint__in=endpoints).select_related("body").order_by("-created_at")
    page = Paginator(sent, PAGE).get_page(request.GET.get("page"))
    announced = Announcement.objects.in_bulk([message.about_id for message in page if message.event == fan_out.EVENT])
    return render(request, "announcements/told.html", {"page": page, "rows": [_row(one, announced) for one in page]})


def _row(message, announced):
    """A title for each: an announcement's own; of waste what a letter, an SMS or a notification says first."""
    status, announcement = delivery.status_of(message), announced.get(message.about_id)
    title = announcement.title_in_chain if announcement else _first_words(message)
    return {"message": message, "announcement": announcement, "title": title, "status": status, "tone": TONES[status]}


def _first_words(message) -> str:
    if message.channel == Channel.PUSH:
        return json.loads(message.content.text)["title"]
    return message.content.subject or message.content.text


TONES = {
    delivery.DeliveryStatus.CREATED: "neutral", delivery.DeliveryStatus.SENDING: "neutral", delivery.DeliveryStatus.SENT: "good",
    delivery.DeliveryStatus.DELIVERED: "good", delivery.DeliveryStatus.NOT_DELIVERED: "urgent",
    delivery.DeliveryStatus.TEMPORARY_FAILURE: "warn", delivery.DeliveryStatus.PERMANENT_FAILURE: "urgent",
}  # fmt: skip


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request, token, topic):
    """The way out in a letter. A mail program posts here without asking (RFC 8058), so the secret in the address is the whole proof; a
    look changes nothing (S36), and the same page comes for an unknown secret."""
    topic = Topic.objects.filter(code=topic, is_statutory=False).first()
    follower = Follower.objects.filter(token=token).first()
    if request.method == "POST" and topic and follower:
        following.leave(follower, topic, channel=Channel.EMAIL, moment=timezone.now())
    shown = {"topic": topic, "is_done": request.method == "POST", "is_known": bool(topic and follower)}
    return render(request, "announcements/leave.html", shown)


@require_safe
def worker(request):
    """The service worker must stand where its scope is; its code lies with the other scripts."""
    path = settings.BASE_DIR / "static" / "js" / "announcements" / "worker.js"
    return HttpResponse(path.read_bytes(), content_type="text/javascript; charset=utf-8")
