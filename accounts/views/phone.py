"""A telephone number in the place of the e-mail at sign-in: proven by a code from an SMS, changed, taken away."""

from allauth.decorators import rate_limit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts import phones
from accounts.actions import Refused
from accounts.decorators import recent_sign_in_required
from accounts.forms import PhoneCodeForm, SignInPhoneForm
from accounts.models import SignInPhone
from accounts.telephone import phone_in_words


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@recent_sign_in_required
@rate_limit(action="sign_in_phone")
def phone(request):
    """The number, and the form for a new one. A code is sent alike to a number that another account has (S7)."""
    form = SignInPhoneForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and phones.is_offered() and form.is_valid():
        try:
            phones.ask(request.user, phone=form.cleaned_data["phone"], moment=timezone.now())
        except Refused as why:
            form.add_error("phone", str(why))
        else:
            return redirect("account_phone_code")
    mine = SignInPhone.objects.filter(user=request.user).first()
    context = {"form": form, "mine": mine and phone_in_words(mine.phone), "has_sms": phones.is_offered()}
    return render(request, "account/phone.html", context, status=422 if form.errors else 200)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@recent_sign_in_required
@rate_limit(action="confirm_code")
def code(request):
    """The code from the SMS."""
    proof = phones.awaited(request.user, moment=timezone.now())
    if proof is None and request.method != "POST":
        return redirect("account_phone")
    form = PhoneCodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            phones.confirm(request.user, code=form.cleaned_data["code"], moment=timezone.now())
        except Refused as why:
            form.add_error("code", str(why))
        else:
            messages.success(request, _("Od teraz zalogujesz się także tym numerem telefonu."))
            return redirect("account_overview")
    context = {"form": form, "phone": proof and phone_in_words(proof.phone)}
    return render(request, "account/phone_code.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
@recent_sign_in_required
def remove(request):
    phones.remove(request.user, moment=timezone.now())
    messages.success(request, _("Numer usunięty. Do konta zalogujesz się adresem e-mail."))
    return redirect("account_overview")
