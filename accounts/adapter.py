"""What allauth asks of us: words, mails, secrets of second factors, who is asked again."""

import base64
import smtplib
from typing import Any

import segno
import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMultiAlternatives
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.encryption import decrypt, encrypt
from accounts.rules import has_recently_signed_in

log = structlog.get_logger(__name__)

# Letters without which the person can not go on; all others are notices after the fact.
LETTERS_WAITED_FOR = frozenset({
    "email_confirmation", "email_confirmation_signup", "account_already_exists", "unknown_account", "login_code",
    "password_reset_code",
})  # fmt: skip
MAIL_IS_DOWN = "accounts:mail_is_down"
FACTOR_CONTEXT = b"mfa_authenticator.data"
MAIN_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("To konto jest wyłączone. Napisz do urzędu, jeżeli to pomyłka."),
        "duplicate_email": _("To jest już adres tego konta."),
        "email_password_mismatch": _("Adres e-mail, telefon lub hasło się nie zgadza."),
        "email_taken": _("Tego adresu nie możemy przypisać do konta."),
        "enter_current_password": _("To nie jest obecne hasło."),
        "incorrect_code": _("Ten kod się nie zgadza. Sprawdź, czy przepisano wszystkie znaki z ostatniego kodu."),
        "incorrect_password": _("To hasło się nie zgadza."),
        "too_many_login_attempts": _("Za dużo nieudanych prób. Odczekaj pięć minut albo użyj klucza dostępu."),
        "rate_limited": _("Za dużo prób w krótkim czasie. Odczekaj kilka minut."),
        "invalid_login": _("Adres e-mail, telefon lub hasło się nie zgadza."),
        "same_as_current": _("Nowe hasło musi być inne niż obecne."),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Send one letter now. When the mail server does not answer, a code's page says so; a notice is only logged.

        After a failure nobody waits for that server again for half a minute, or a few sign-ups would hold every thread (S65).
        """
        event = template_prefix.rpartition("/")[2]
        try:
            if cache.get(MAIL_IS_DOWN):
                raise ConnectionError("the mail server did not answer a moment ago")
            letter(event, email, context).send()
        except (OSError, smtplib.SMTPException) as error:
            log.exception("letter_not_sent", message_event=event)
            if isinstance(error, OSError) and not isinstance(error, smtplib.SMTPException):
                cache.add(MAIL_IS_DOWN, True, timeout=30)
            if event in LETTERS_WAITED_FOR:
                raise ImmediateHttpResponse(render(self.request, "account/mail_unavailable.html", status=503)) from None

    def is_reauthentication_required(self, *, app: str, **kwargs) -> bool:
        """S15: who showed a password or a second factor in the last five minutes is not asked again."""
        return not has_recently_signed_in(self.request)

    def get_reauthentication_methods(self, user) -> list[dict]:
        """The surest way first."""
        words = {
            "mfa_reauthenticate:webauthn": gettext("Kluczem dostępu"),
            "mfa_reauthenticate": gettext("Kodem z aplikacji"),
            "reauthenticate": gettext("Hasłem"),
        }
        offered = {method["id"]: method for method in super().get_reauthentication_methods(user)}
        return [{**offered[name], "description": text} for name, text in words.items() if name in offered]

    def get_client_ip(self, request) -> str:
        """S6: the address our own proxy saw. A request that came past the proxies has only the address it came from."""
        forwarded = request.headers.get("x-forwarded-for", "").split(",")
        count = settings.ALLAUTH_TRUSTED_PROXY_COUNT
        if count and len(forwarded) < count:
            return request.META.get("REMOTE_ADDR", "") or "0.0.0.0"  # noqa: S104  only a name of the bucket
        return super().get_client_ip(request)

    def _get_login_attempts_cache_key(self, request, typed="", **credentials):
        """A number has its own budget of wrong passwords: one shared with the address would tell whose the number is (S7)."""
        return super()._get_login_attempts_cache_key(request, **({"email": typed} if typed else credentials))

    def get_password_change_redirect_url(self, request) -> str:
        return reverse("account_overview")

    def get_email_verification_redirect_url(self, email_address) -> str:
        return reverse("account_overview" if self.request.user.is_authenticated else "account_login")


def letter(event: str, email: str, context: dict[str, Any]) -> EmailMultiAlternatives:
    """One of templates/emails/accounts/. Nothing but a code or a link in it (S42)."""
    context = {**context, "email": email, "portal_url": settings.PORTAL_URL}
    subject = " ".join(render_to_string(f"emails/accounts/{event}.subject.txt", context).split())
    text = render_to_string(f"emails/accounts/{event}.txt", context).strip() + "\n"
    message = EmailMultiAlternatives(subject, text, settings.DEFAULT_FROM_EMAIL, [email])
    html = render_to_string(f"emails/accounts/{event}.html", {**context, "subject": subject, "text": text})
    message.attach_alternative(html, "text/html")
    return message


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _(
            "Pracownik urzędu musi mieć choć jeden drugi krok. Najpierw dodaj nowy, potem usuń ten."
        ),
        "cannot_generate_recovery_codes": _("Kody zapasowe dostaje konto, które ma klucz dostępu albo aplikację z kodami."),
        "incorrect_code": _("Ten kod się nie zgadza. Kod z aplikacji zmienia się co 30 sekund, wpisz najnowszy."),
        "unverified_email": _("Najpierw potwierdź adres e-mail kodem, który wysłaliśmy."),
        "add_email_blocked": _("Przy włączonym drugim kroku nie można dodać adresu."),
    }

    def encrypt(self, text: str) -> str:
        """Secrets of factors lie in the database only sealed (S54)."""
        return base64.b64encode(encrypt(text, FACTOR_CONTEXT)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(base64.b64decode(encrypted_text), FACTOR_CONTEXT)

    def get_totp_issuer(self) -> str:
        return "Pruszcz Gdański"

    def build_totp_svg(self, url: str) -> str:
        """Drawn into the page itself, so that the policy needs no data: addresses."""
        code = segno.make(url, error="m")
        return code.svg_inline(scale=5, border=4, light="#fff", dark="#000", svgclass="qr", lineclass=None, omitsize=True)

    def generate_authenticator_name(self, user, type) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Klucz %(number)d") % {"number": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": "Portal mieszkańca Pruszcz Gdański"}

    def can_delete_authenticator(self, authenticator) -> bool:
        """S3: a member of staff keeps at least one main factor."""
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=MAIN_FACTORS).exclude(pk=authenticator.pk)
        return not authenticator.user.is_staff or others.exists()
