"""What everybody may read: what the town says now and said before."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from announcements.models import Announcement

PAGE = 25


@require_safe
def home(request):
    """The newest first; a warning that holds now stands above them."""
    now = timezone.now()
    shown = Announcement.objects.public().filter(is_exercise=False).select_related("sender", "topic").order_by("-sent_at")
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    return render(request, "announcements/home.html", {"page": page, "alerts": Announcement.objects.active_alerts(now)})


@require_safe
def announcement(request, pk):
    """Stays as it was sent; what followed it is told above it."""
    shown = Announcement.objects.public().select_related("sender", "topic", "references", "followed_by")
    found = get_object_or_404(shown, pk=pk, is_exercise=False)
    return render(
        request, "announcements/announcement.html", {"announcement": found, "areas": found.areas.select_related("address")}
    )
