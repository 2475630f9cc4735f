"""Signing up and in. allauth's flows; here only what the town wants otherwise."""

import uuid
from http import HTTPStatus
from urllib.parse import quote

from allauth.account import views as account
from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.core import ratelimit
from allauth.decorators import rate_limit
from allauth.mfa.base import views as mfa
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_GET

from accounts.models import User
from accounts.rules import is_strongly_signed_in
from accounts.strength import factors_of, remember_way_back, take_way_back, way_back
from accounts.webauthn import as_attribute

code_entry_limit = method_decorator(rate_limit(action="confirm_code"), name="dispatch")


class TooManyTries:
    """A form that was refused for the number of tries answers 429, so that programs understand it too (S5)."""

    def form_invalid(self, form):
        response = super().form_invalid(form)
        if any(form.has_error(name, code) for name in form.errors for code in ("too_many_login_attempts", "rate_limited")):
            response.status_code = HTTPStatus.TOO_MANY_REQUESTS
        return response


class SignInView(TooManyTries, account.LoginView):
    pass


class SignUpView(account.SignupView):
    """S7: an address that already has an account gets the same page after the same time; the letter tells its owner."""

    def form_valid(self, form):
        if refusal := ratelimit.consume_or_429(self.request, action="signup_address", key=form.cleaned_data["email"]):
            return refusal
        if form.is_from_a_program:
            return redirect("account_login")
        if form.account_already_exists:
            make_and_take_back(form.cleaned_data["password1"])
        response = super().form_valid(form)
        if self.user:
            record_authentication(self.request, self.user, method="password")
        return response


def make_and_take_back(password: str) -> None:
    """The same work as making an account, undone: how long an answer took must not tell whether there was one (S7)."""
    with transaction.atomic():
        user = User.objects.create_user(f"{uuid.uuid4()}@nobody.invalid", password)
        EmailAddress.objects.create(user=user, email=user.email, primary=True)
        user.save()
        transaction.set_rollback(True)


class RequestCodeView(TooManyTries, account.RequestLoginCodeView):
    pass


@code_entry_limit
class SignInCodeView(account.ConfirmLoginCodeView):
    pass


@code_entry_limit
class AddressCodeView(account.ConfirmEmailVerificationCodeView):
    pass


@code_entry_limit
class ResetCodeView(account.ConfirmPasswordResetCodeView):
    pass


class SecondStepView(TooManyTries, mfa.AuthenticateView):
    """The second step of signing in: passkey, app or recovery code."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return {**context, "passkey_options": as_attribute(context), "factors": factors_of(self.stage.login.user)}


@require_GET
def strong_sign_in(request):
    """Why a second step is needed and how to take it. Comes back to `next`; who already took it goes on at once."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    remember_way_back(request, request.GET.get("next", ""))
    if is_strongly_signed_in(request):
        return redirect(take_way_back(request) or "account_overview")
    context = {"factors": factors_of(request.user), "here_quoted": quote(way_back(request) or reverse("account_overview"))}
    return render(request, "account/strong_sign_in.html", context)
