"""What everybody may read: what the town says now and said before; who is signed in may write back where the sender allows."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from announcements import languages
from announcements.actions import replies
from announcements.forms import ReplyForm
from announcements.models import Announcement, Attachment, Topic
from announcements.reading import shown_to
from announcements.statuses import PUBLIC
from office import files
from office.transitions import Refused
from residents.models import AddressPoint
from residents.rules import person_of
from ui.text import clean_text
from ui.visitors import same_for_visitors

PAGE = 25


@require_safe
@same_for_visitors
def home(request):
    """The newest first, of all topics and streets or of one."""
    topic = Topic.objects.filter(code=request.GET.get("temat", "")[:50]).first()
    street = clean_text(request.GET.get("ulica", ""))[:120]
    shown = shown_to(topic=topic, street=street).select_related("sender", "topic").prefetch_related("translations")
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    picked = {
        "topics": Topic.objects.all(),
        "topic": topic,
        "street": street,
        "streets": AddressPoint.objects.streets(),
        "tongues": languages.FURTHER.values(),
    }
    return render(request, "announcements/home.html", {"page": page, **picked})


@require_http_methods(["GET", "HEAD", "POST"])
def announcement(request, pk):
    """Stays as it was sent; what followed it is told above it."""
    shown = (
        Announcement.objects.public()
        .select_related("sender", "topic", "references", "followed_by")
        .prefetch_related("translations")
    )
    found = get_object_or_404(shown, pk=pk, is_exercise=False)
    person = person_of(request.user)
    form = ReplyForm(request.POST or None, request.FILES or None) if person and _takes_replies(found) else None
    if request.method == "POST" and form and form.is_valid() and _replied(request, found, person, form):
        return redirect("announcements:announcement", found.pk)
    status = 422 if form and form.is_bound else 200
    return render(request, "announcements/announcement.html", _page(found, person, form), status=status)


def _takes_replies(found):
    is_over = found.expires_at and found.expires_at <= timezone.now()
    return found.accepts_replies and found.sender.accepts_replies and not is_over


def _replied(request, found, person, form) -> bool:
    data, now = form.cleaned_data, timezone.now()
    try:
        replies.reply(found, person=person, text=data["text"], photo=data["photo"], by=request.user, moment=now)
    except Refused as refused:
        form.add_error(None, str(refused))
    except ValidationError as wrong:
        form.add_error("photo", wrong)
    else:
        messages.success(request, _("Wysłano do nadawcy. Damy znać, gdy odpowie."))
        return True
    return False


def _page(found, person, form):
    follower = getattr(found, "followed_by", None)
    return {
        "announcement": found, "translations": found.translated(), "areas": found.areas.select_related("address"), "attachments": found.attachments.select_related("file"),
        "next": follower if follower and follower.status in PUBLIC else None,
        "has_expired": found.expires_at and found.expires_at <= timezone.now(), "form": form,
        "may_reply_after_sign_in": person is None and _takes_replies(found),
        "replies": found.replies.filter(person=person).order_by("sent_at") if person else [],
    }  # fmt: skip


@require_safe
def attachment(request, pk, number):
    """A photo or a PDF of what was sent. Only one that a scan found clean (S52)."""
    public = Attachment.objects.filter(announcement__in=Announcement.objects.public().filter(is_exercise=False))
    found = get_object_or_404(public.select_related("file"), pk=number, announcement=pk)
    try:
        return files.open_for_clerk(found.file)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("announcements:announcement", pk)
