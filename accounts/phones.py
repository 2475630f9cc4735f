"""A telephone number in the place of the e-mail at sign-in (R21): proven by a code, one number for one account, the owner told of each change.

The code proves a number and nothing else: it opens no account, and signing in asks for the same password and second step (S9).
Letters leave through the post room of a room above, which the roof names (`settings.POST_ROOM`), as it names the carriers.
"""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Count, F, Q
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from accounts.actions import Refused
from accounts.encryption import lookup
from accounts.models import PhoneProof, SignInPhone, User
from accounts.telephone import check_phone

CODE_LIFE = timedelta(minutes=10)
TRIES = 3
DAY = timedelta(days=1)
# SMS a day: nobody runs up the town's bill (S5). The network address has its own budget in sign_in_settings.
OF_ACCOUNT, OF_NUMBER, OF_TOWN = 4, 3, 500
LOCK = 0x7E1E  # one code at a time is asked for or confirmed, so that counts and owners are exact


def is_offered() -> bool:
    """Whether this installation has a carrier of SMS."""
    return "sms" in settings.OFFICE_CARRIERS


def check_sign_in_phone(text: str) -> str:
    """The number as it is compared. ValidationError for what is none, and for one abroad: there an SMS costs what its owner likes."""
    try:
        number = check_phone(text)
    except ValidationError as wrong:
        is_short = wrong.code == "length" and not text.strip().startswith(("+", "00"))
        raise (
            ValidationError(_("Polski numer telefonu ma 9 cyfr, wpisano %(count)d."), "length", wrong.params)
            if is_short
            else wrong
        ) from None
    if not number.startswith("+48"):
        raise ValidationError(_("Do logowania przyjmujemy tylko numery polskie, zaczynające się od +48."), "abroad")
    return number


def address_of(phone: str) -> str:
    """The e-mail of the account that proved the number; one that nobody has when there is none, so that all goes on alike (S7)."""
    found = SignInPhone.objects.filter(phone=phone).values_list("user__email", flat=True).first()
    return found or "nobody@nobody.invalid"


@transaction.atomic
def ask(user: User, *, phone: str, moment: datetime) -> None:
    """Send a code to the number, whether or not another account has it. Refused when it is proven here already, and above the budgets."""
    _one_at_a_time()
    if SignInPhone.objects.filter(user=user, phone=phone).exists():
        raise Refused(_("Ten numer jest już potwierdzony na Twoim koncie."))
    mark = lookup(phone, "accounts.sign_in_phone")
    _refuse_too_many(user, mark, moment)
    code = f"{secrets.randbelow(10**6):06}"
    PhoneProof.objects.create(user=user, phone=phone, phone_lookup=mark, code_lookup=_mark(user, code), asked_at=moment)
    _post("accounts/phone_code", to=phone, channel="sms", context={"code": code}, recipient=user.subject)


def awaited(user: User, *, moment: datetime) -> PhoneProof | None:
    """The last code sent, while it still works."""
    last = PhoneProof.objects.filter(user=user).order_by("-asked_at", "-pk").first()
    return last if last and last.used_at is None and last.tries < TRIES and last.asked_at > moment - CODE_LIFE else None


def confirm(user: User, *, code: str, moment: datetime) -> SignInPhone:
    """The code makes the number this account's; who had it before loses it and is told. Refused when wrong, late, or after three tries."""
    proof = awaited(user, moment=moment)
    counted = proof and PhoneProof.objects.filter(pk=proof.pk, used_at=None, tries__lt=TRIES).update(tries=F("tries") + 1)
    if not proof or not counted:  # counted before it is looked at: fifty guesses at once are no more than three
        raise Refused(_("Ten kod już nie działa. Poproś o nowy."))
    if bytes(proof.code_lookup) != _mark(user, "".join(code.split())):
        raise Refused(_("Kod się nie zgadza. Sprawdź SMS i wpisz go jeszcze raz."))
    return _take(proof, moment)


@transaction.atomic
def _take(proof, moment):
    _one_at_a_time()
    if not PhoneProof.objects.filter(pk=proof.pk, used_at=None).update(used_at=moment):
        raise Refused(_("Ten kod już nie działa. Poproś o nowy."))
    for earlier in SignInPhone.objects.filter(phone=proof.phone).select_related("user"):
        earlier.delete()
        _tell(earlier.user, "phone_taken_over", proof.phone, moment)
    mine, is_new = SignInPhone.objects.update_or_create(user=proof.user, defaults={"phone": proof.phone, "confirmed_at": moment})
    _tell(proof.user, "phone_added" if is_new else "phone_changed", proof.phone, moment)
    return mine


@transaction.atomic
def remove(user: User, *, moment: datetime) -> None:
    """From now on the account is entered by its e-mail alone."""
    _one_at_a_time()
    for mine in SignInPhone.objects.filter(user=user):
        mine.delete()
        _tell(user, "phone_removed", mine.phone, moment)


def _refuse_too_many(user, mark, moment):
    sent = PhoneProof.objects.filter(asked_at__gt=moment - DAY)
    of = sent.aggregate(account=Count("pk", Q(user=user)), number=Count("pk", Q(phone_lookup=mark)), town=Count("pk"))
    if of["account"] >= OF_ACCOUNT or of["number"] >= OF_NUMBER or of["town"] >= OF_TOWN:
        raise Refused(_("Wysłaliśmy dziś już kilka kodów. Spróbuj jutro."))


def _one_at_a_time():
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [LOCK])


def _mark(user, code) -> bytes:
    return lookup(f"{user.pk}:{code}", "accounts.phone_code")


def _tell(user, event, phone, moment):
    """S15, to the account's e-mail: enough of the number to know it by, not the number."""
    _post(f"accounts/{event}", to=user.email, context={"end": phone[-3:], "when": moment}, recipient=user.subject)


def _post(event: str, **letter: Any) -> None:
    import_string(settings.POST_ROOM)(event=event, **letter)
