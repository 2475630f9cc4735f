"""The account's own pages: overview, sessions, how much of a session is left."""

import time

from allauth.account import views as account
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import phones
from accounts.decorators import recent_sign_in_required
from accounts.models import SignInPhone
from accounts.rules import is_strongly_signed_in
from accounts.sessions import SEEN_AT, WARNING, end_sessions, limits
from accounts.strength import factors_of, take_way_back
from accounts.telephone import phone_in_words
from accounts.user_agents import device
from accounts.views.signing_in import TooManyTries


@login_required
@never_cache
@require_safe
def overview(request):
    """„Konto i bezpieczeństwo”: what is set, what is missing, one link to each change."""
    take_way_back(request)
    factors = factors_of(request.user)
    codes = factors["recovery_codes"]
    phone = SignInPhone.objects.filter(user=request.user).values_list("phone", flat=True).first()
    context = {
        "phone": phone and phone_in_words(phone),
        "has_sms": phones.is_offered(),
        "passkeys": factors["webauthn"],
        "app": next(iter(factors["totp"]), None),
        "codes_left": len(codes[0].wrap().get_unused_codes()) if codes else 0,
        "session_count": UserSession.objects.filter(user=request.user).count(),
        "is_strong": is_strongly_signed_in(request),
        "has_factor": bool(factors["webauthn"] or factors["totp"]),
    }
    return render(request, "account/overview.html", context)


@login_required
@never_cache
@require_safe
def sessions(request):
    """S14: where the account is signed in now."""
    rows = UserSession.objects.purge_and_list(request.user)
    current = request.session.session_key
    shown = [{"row": row, "device": device(row.user_agent), "is_current": row.session_key == current} for row in rows]
    shown.sort(key=lambda entry: (not entry["is_current"], -entry["row"].last_seen_at.timestamp()))
    return render(request, "usersessions/usersession_list.html", {"sessions": shown})


@login_required
@require_POST
@recent_sign_in_required
def end_other_sessions(request):
    ended = end_sessions(request.user, keep=request.session.session_key)
    messages.success(
        request, _("Zakończyliśmy inne sesje. Konto jest otwarte tylko tutaj.") if ended else _("Nie było innych sesji.")
    )
    return redirect("usersessions_list")


@login_required
@require_POST
@recent_sign_in_required
def end_session(request, pk):
    row = get_object_or_404(UserSession.objects.filter(user=request.user).exclude(session_key=request.session.session_key), pk=pk)
    row.end()
    messages.success(request, _("Zakończyliśmy tę sesję."))
    return redirect("usersessions_list")


@never_cache
@require_http_methods(["GET", "POST"])
def session_state(request):
    """S13: seconds left, as JSON. A POST is a sign of life and extends the idle time; a GET changes nothing."""
    if not request.user.is_authenticated:
        return JsonResponse({"left": 0, "warning": WARNING, "may_be_extended": False})
    if request.method == "POST":
        request.session[SEEN_AT] = int(time.time())
    left = limits(request)
    return JsonResponse({"left": left.left, "warning": WARNING, "may_be_extended": left.may_be_extended})


@method_decorator(never_cache, name="dispatch")
class ChangePasswordView(TooManyTries, account.PasswordChangeView):
    """S14: all other sessions end."""

    def form_valid(self, form):
        response = super().form_valid(form)
        end_sessions(self.request.user, keep=self.request.session.session_key)
        return response


@method_decorator(never_cache, name="dispatch")
class CompleteResetView(account.CompletePasswordResetView):
    """S14: a new password after „nie pamiętam hasła” ends every session of the account."""

    def form_valid(self, form):
        response = super().form_valid(form)
        end_sessions(self._process.user)
        return response


class ConfirmByPasswordView(TooManyTries, account.ReauthenticateView):
    pass


@method_decorator(recent_sign_in_required, name="dispatch")
class ChangeAddressView(account.EmailView):
    """S15. One address; the new one counts after its code."""
