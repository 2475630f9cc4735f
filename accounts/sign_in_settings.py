"""Settings of signing in: allauth, passwords, second factors, sessions. Read by `pruszcz_portal.settings`."""

import os

# Passwords (S1, S2)
PASSWORD_HASHERS = [
    "accounts.passwords.Argon2idHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",  # only to upgrade old hashes at sign-in (S2)
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "accounts.passwords.LengthValidator"},
    {"NAME": "accounts.passwords.CommonPasswordValidator"},
    {"NAME": "accounts.passwords.ContextWordsValidator"},
]
# One backend: allauth's, which checks a password once and spends the same time on an unknown address (S7).
AUTHENTICATION_BACKENDS = ["accounts.backends.Backend"]

# A session row that no one came back to is removed a day later; accounts.sessions ends it long before that (S13).
SESSION_COOKIE_AGE = 24 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# Accounts
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_CHANGE_EMAIL = True  # one address; a new one counts after its code is typed in
ACCOUNT_PREVENT_ENUMERATION = True  # S7
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True  # S15: every change is told to the address that was there before
ACCOUNT_SESSION_REMEMBER = False  # the cookie ends with the browser, the session by accounts.sessions (S13)
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"
ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD = None  # ours is in accounts.forms: allauth's needs an inline style

# Codes by e-mail: one use, three tries, bound to the browser that asked (S8, S10). A sign-in code lives three minutes;
# the codes that prove an address live fifteen, because some mail servers hold back a first letter that long.
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 180
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 900
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = False
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 900

# Asking again before what matters (S15)
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300

# Budgets per address of the network and per account, counted in PostgreSQL (S5)
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "20/m/ip,5/5m/key",
    "signup": "20/m/ip,100/h/ip",
    "signup_address": "3/10m/key",
    "request_login_code": "20/m/ip,3/5m/key",
    "reset_password": "20/m/ip,3/5m/key",
    "reset_password_from_key": "20/m/ip",
    "confirm_code": "20/m/ip",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    "manage_email": "10/m/user",
    "confirm_email": "3/10m/key",
    "sign_in_phone": "20/h/ip,10/h/user",  # SMS; what a day allows is in accounts.phones
}
# How many proxies stand before the portal and append to X-Forwarded-For (S6): 0 on a bare machine, 1 behind our nginx.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("TRUSTED_PROXY_COUNT", "0"))

# Second factors
MFA_ADAPTER = "accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_TRUST_ENABLED = False
MFA_TOTP_TOLERANCE = 1  # a clock up to half a minute wrong
MFA_RECOVERY_CODE_COUNT = 10
USERSESSIONS_TRACK_ACTIVITY = False  # accounts.sessions keeps the moment of the last visit, at most once a minute

_FORMS = "accounts.forms."
ACCOUNT_FORMS = {
    "login": _FORMS + "SignInForm",
    "signup": _FORMS + "SignUpForm",
    "add_email": _FORMS + "NewAddressForm",
    "change_password": _FORMS + "ChangePasswordForm",
    "set_password": _FORMS + "SetPasswordForm",
    "reset_password": _FORMS + "ResetPasswordForm",
    "reset_password_from_key": _FORMS + "NewPasswordForm",
    "reauthenticate": _FORMS + "ConfirmByPasswordForm",
    "request_login_code": _FORMS + "RequestCodeForm",
    "confirm_login_code": _FORMS + "SignInCodeForm",
    "confirm_email_verification_code": _FORMS + "AddressCodeForm",
    "confirm_password_reset_code": _FORMS + "ResetCodeForm",
}
MFA_FORMS = {
    "authenticate": _FORMS + "SecondStepForm",
    "reauthenticate": _FORMS + "ConfirmByCodeForm",
    "activate_totp": _FORMS + "ActivateAppForm",
    "deactivate_totp": _FORMS + "RemoveAppForm",
    "generate_recovery_codes": _FORMS + "NewRecoveryCodesForm",
    "add_webauthn": _FORMS + "AddPasskeyForm",
    "edit_webauthn": _FORMS + "RenamePasskeyForm",
}
