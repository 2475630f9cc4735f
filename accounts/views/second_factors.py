"""Setting up, showing and removing passkeys, the app with codes and recovery codes."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.totp.internal import flows as totp_flows
from allauth.mfa.webauthn import views as webauthn
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.internal import flows as webauthn_flows
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from accounts.strength import forget_factor, record_factor, take_way_back, way_back
from accounts.views.signing_in import TooManyTries
from accounts.webauthn import as_attribute


class LeadsOn:
    """After a set-up: to the fresh recovery codes, then back to the page that asked for the second step."""

    def go_on(self, *, has_new_codes):
        if has_new_codes:
            return redirect("mfa_view_recovery_codes")
        return redirect(take_way_back(self.request) or "account_overview")


class AddPasskeyView(LeadsOn, webauthn.AddWebAuthnView):
    def get_context_data(self, **kwargs):
        context = super(webauthn.AddWebAuthnView, self).get_context_data(**kwargs)
        context["passkey_options"] = as_attribute({"js_data": {"creation": auth.begin_registration(self.request.user, True)}})
        return context

    def form_valid(self, form):
        data = form.cleaned_data
        key, codes = webauthn_flows.add_authenticator(self.request, name=data["name"], credential=data["credential"])
        record_factor(self.request, key)
        return self.go_on(has_new_codes=codes)


class RemovePasskeyView(webauthn.RemoveWebAuthnView):
    def form_valid(self, form):
        key = self.object
        if not get_adapter().can_delete_authenticator(key):
            messages.error(self.request, get_adapter().error_messages["cannot_delete_authenticator"])
            return redirect("mfa_list_webauthn")
        key_id = key.pk
        webauthn_flows.remove_authenticator(self.request, key)
        forget_factor(self.request, key_id)
        return HttpResponseRedirect(self.get_success_url())


class ConfirmByPasskeyView(webauthn.ReauthenticateWebAuthnView):
    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        alternatives = self.get_reauthentication_alternatives()
        return {**context, "passkey_options": as_attribute(context), "reauthentication_alternatives": alternatives}

    def form_invalid(self, form):
        for message in form.errors.get("credential", []):
            messages.error(self.request, message)
        return HttpResponseRedirect(self.request.get_full_path())


class ActivateAppView(TooManyTries, LeadsOn, totp.ActivateTOTPView):
    def form_valid(self, form):
        app, codes = totp_flows.activate_totp(self.request, form)
        record_factor(self.request, app)
        return self.go_on(has_new_codes=codes)


class RemoveAppView(totp.DeactivateTOTPView):
    def form_valid(self, form):
        app_id = self.authenticator.pk
        response = super().form_valid(form)
        forget_factor(self.request, app_id)
        return response


@method_decorator(never_cache, name="dispatch")
class RecoveryCodesView(recovery.ViewRecoveryCodesView):
    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "way_back": way_back(self.request) or reverse("account_overview")}


class DownloadCodesView(recovery.DownloadRecoveryCodesView):
    def render_to_response(self, context, **kwargs):
        response = super().render_to_response(context, **kwargs)
        response["Content-Disposition"] = 'attachment; filename="kody-zapasowe-pruszcz-gdanski.txt"'
        return response


class ConfirmByCodeView(TooManyTries, mfa.ReauthenticateView):
    pass
