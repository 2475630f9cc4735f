"""Addresses of accounts under /konto/. The names are allauth's, because its flows look them up."""

from allauth.account import views as account
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.webauthn import views as webauthn
from django.urls import path

from accounts.views import account as own
from accounts.views import phone, second_factors, signing_in

urlpatterns = [
    path("", own.overview, name="account_overview"),
    path("", own.overview, name="mfa_index"),
    # In and out
    path("zaloz/", signing_in.SignUpView.as_view(), name="account_signup"),
    path("zaloguj/", signing_in.SignInView.as_view(), name="account_login"),
    path("zaloguj/kod/", signing_in.RequestCodeView.as_view(), name="account_request_login_code"),
    path("zaloguj/kod/wpisz/", signing_in.SignInCodeView.as_view(), name="account_confirm_login_code"),
    path("zaloguj/klucz/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("zaloguj/drugi-krok/", signing_in.SecondStepView.as_view(), name="mfa_authenticate"),
    path("drugi-krok/", signing_in.strong_sign_in, name="strong_sign_in"),
    path("wyloguj/", account.logout, name="account_logout"),
    path("wylaczone/", account.account_inactive, name="account_inactive"),
    # Asked again
    path("potwierdz/haslem/", own.ConfirmByPasswordView.as_view(), name="account_reauthenticate"),
    path("potwierdz/kodem/", second_factors.ConfirmByCodeView.as_view(), name="mfa_reauthenticate"),
    path("potwierdz/kluczem/", second_factors.ConfirmByPasskeyView.as_view(), name="mfa_reauthenticate_webauthn"),
    # Address, telephone and password
    path("e-mail/", own.ChangeAddressView.as_view(), name="account_email"),
    path("e-mail/kod/", signing_in.AddressCodeView.as_view(), name="account_email_verification_sent"),
    path("telefon/", phone.phone, name="account_phone"),
    path("telefon/kod/", phone.code, name="account_phone_code"),
    path("telefon/usun/", phone.remove, name="account_phone_remove"),
    path("haslo/", own.ChangePasswordView.as_view(), name="account_change_password"),
    path("haslo/ustaw/", account.password_set, name="account_set_password"),
    path("haslo/nie-pamietam/", account.password_reset, name="account_reset_password"),
    path("haslo/nie-pamietam/kod/", signing_in.ResetCodeView.as_view(), name="account_confirm_password_reset_code"),
    path("haslo/nie-pamietam/nowe/", own.CompleteResetView.as_view(), name="account_complete_password_reset"),
    path("haslo/nie-pamietam/gotowe/", account.password_reset_from_key_done, name="account_password_reset_completed"),
    # Second factors
    path("klucze/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("klucze/dodaj/", second_factors.AddPasskeyView.as_view(), name="mfa_add_webauthn"),
    path("klucze/<int:pk>/nazwa/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("klucze/<int:pk>/usun/", second_factors.RemovePasskeyView.as_view(), name="mfa_remove_webauthn"),
    path("aplikacja/", second_factors.ActivateAppView.as_view(), name="mfa_activate_totp"),
    path("aplikacja/usun/", second_factors.RemoveAppView.as_view(), name="mfa_deactivate_totp"),
    path("kody-zapasowe/", second_factors.RecoveryCodesView.as_view(), name="mfa_view_recovery_codes"),
    path("kody-zapasowe/nowe/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("kody-zapasowe/pobierz/", second_factors.DownloadCodesView.as_view(), name="mfa_download_recovery_codes"),
    # Sessions
    path("sesje/", own.sessions, name="usersessions_list"),
    path("sesje/zakoncz-inne/", own.end_other_sessions, name="end_other_sessions"),
    path("sesje/<int:pk>/zakoncz/", own.end_session, name="end_session"),
    path("sesja/", own.session_state, name="session_state"),
]
