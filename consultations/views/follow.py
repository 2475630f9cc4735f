"""Following a consultation by e-mail: ask, confirm, leave. A link in a letter shows a button, because mail programs open links by themselves."""

from allauth.core.internal.ratelimit import consume_or_429
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from consultations.actions import followers
from consultations.forms import FollowForm
from consultations.models import Consultation

BUDGET = {"follow": "20/h/ip"}  # S46: a stranger may not have us write to half the town


def _public(slug):
    return get_object_or_404(Consultation.objects.public(), slug=slug)


@require_http_methods(["GET", "HEAD", "POST"])
def follow(request, slug):
    found = _public(slug)
    form = FollowForm(request.POST or None, initial={"email": getattr(request.user, "email", "")})
    if request.method == "POST" and form.is_valid():
        if refusal := consume_or_429(request, app="consultations", action="follow", config=BUDGET):
            return refusal
        email = form.cleaned_data["email"]
        is_mine = request.user.is_authenticated and _is_confirmed_address(request.user, email)
        followers.follow(found, email=email, moment=timezone.now(), is_proven=is_mine)
        return redirect(f"{reverse('consultations:follow_asked', args=[slug])}{'?gotowe=1' if is_mine else ''}")
    return render(request, "consultations/follow.html", {"consultation": found, "form": form}, status=422 if form.errors else 200)


def _is_confirmed_address(user, email) -> bool:
    return user.emailaddress_set.filter(verified=True, email__iexact=email).exists()


@require_safe
def follow_asked(request, slug):
    """What happens now. The same for a new address, a known one and a made-up one."""
    context = {"consultation": _public(slug), "is_done": request.GET.get("gotowe") == "1"}
    return render(request, "consultations/follow_asked.html", context)


@sensitive_variables("secret")
@require_http_methods(["GET", "HEAD", "POST"])
def follow_confirm(request, secret):
    follower = followers.found_by(secret)
    if follower and request.method == "POST":
        followers.confirm(follower, moment=timezone.now())
    is_confirmed = bool(follower and follower.confirmed_at)
    context = {"follower": follower, "is_confirmed": is_confirmed, "secret": secret}
    return render(request, "consultations/follow_confirm.html", context)


@csrf_exempt
@sensitive_variables("secret")
@require_http_methods(["GET", "HEAD", "POST"])
def follow_leave(request, secret):
    """RFC 8058: a POST from the mail program needs no cookie; the secret itself is the right to leave."""
    follower = followers.found_by(secret)
    if follower and request.method == "POST":
        followers.leave(follower)
        return render(request, "consultations/follow_leave.html", {"follower": None, "consultation": follower.consultation})
    return render(request, "consultations/follow_leave.html", {"follower": follower, "secret": secret})
