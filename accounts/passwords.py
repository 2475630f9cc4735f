"""What the portal accepts as a password (S1): length above all, no rules about kinds of characters."""

import re
import unicodedata

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.password_validation import CommonPasswordValidator as DjangoCommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

SHORTEST = 12
LONGEST = 128
CONTEXT_WORDS = (
    "pruszczgdanski", "pruszcz", "gdanski", "gdansk", "radunia", "urzadmiasta", "urzad", "miasto", "miasta", "portal",
    "mieszkaniec", "mieszkanca", "konsultacje", "eboi", "gpszok", "pszok", "karta",
)  # fmt: skip
POLISH_FAVOURITES = frozenset({
    "haslo", "haslohaslo", "mojehaslo", "misiek", "polska", "kocham", "kochamcie", "mateusz", "bartek", "kasia", "agnieszka",
    "monika", "karolina", "marcin", "lukasz", "zaqwsx", "zaqwsxcde", "qwerty", "qwertyuiop", "asdfghjkl", "lechia",
    "lechiagdansk", "legia", "wisla", "samsung", "komputer", "internet", "matrix", "krokodyl", "jaroslaw", "gdynia", "warszawa",
})  # fmt: skip
KEYBOARD_RUNS = (
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "01234567890123456789",
    "1qaz2wsx3edc4rfv5tgb6yhn",
    "zaq12wsxcde34rfvbgt56yhn",
)
LETTERS_OF_ITS_OWN = 6


class Argon2idHasher(Argon2PasswordHasher):
    """Argon2id with 19 MiB, two passes, one lane (OWASP's figures): Django's 100 MiB a hash would let a few dozen
    sign-ins at once take the memory of the whole server."""

    time_cost = 2
    memory_cost = 19 * 1024  # KiB
    parallelism = 1


def folded(text: str) -> str:
    """Lower case, without diacritics and without anything but letters and digits."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("ł", "l"))
    return re.sub(r"[^a-z0-9]", "", plain)


class LengthValidator:
    """12 to 128 characters, spaces included."""

    def validate(self, password, user=None):
        if len(password) < SHORTEST:
            raise ValidationError(
                _("Hasło ma mieć co najmniej %(least)d znaków, wpisano %(count)d."),
                code="password_too_short",
                params={"least": SHORTEST, "count": len(password)},
            )
        if len(password) > LONGEST:
            raise ValidationError(
                _("Hasło może mieć najwyżej %(most)d znaków, wpisano %(count)d."),
                code="password_too_long",
                params={"most": LONGEST, "count": len(password)},
            )

    def get_help_text(self):
        return _("Co najmniej 12 znaków. Najłatwiej zapamiętać kilka zwykłych słów.")


class CommonPasswordValidator(DjangoCommonPasswordValidator):
    """Refuses the lists everyone tries first, also with digits or signs put around a word, and runs of keys."""

    def validate(self, password, user=None):
        core = re.sub(r"^[\d\W_]+|[\d\W_]+$", "", password.lower())
        if self._is_common(password.lower()) or self._is_common(core) or is_run(folded(password)):
            raise ValidationError(
                _("To hasło jest na listach haseł, od których zaczyna każdy włamywacz. Wybierz inne."), code="password_too_common"
            )

    def _is_common(self, text):
        return not text or text in self.passwords or folded(text) in POLISH_FAVOURITES

    def get_help_text(self):
        return ""


def is_run(text: str) -> bool:
    """Few different characters, or a walk along the keyboard or the alphabet."""
    return len(set(text)) < 5 or any(text in run + run or text in (run + run)[::-1] for run in KEYBOARD_RUNS)


class ContextWordsValidator:
    """Refuses a password of which, without the town, the portal and the person's own address, too little is left."""

    def validate(self, password, user=None):
        left = folded(password)
        for word in sorted({*CONTEXT_WORDS, *_words_of(user)}, key=len, reverse=True):
            left = left.replace(word, "")
        if len(re.sub(r"\d", "", left)) < LETTERS_OF_ITS_OWN:
            raise ValidationError(
                _("Tego hasła łatwo się domyślić z nazwy miasta, portalu albo adresu e-mail. Dodaj słowa nie do zgadnięcia."),
                code="password_too_close",
            )

    def get_help_text(self):
        return ""


def _words_of(user):
    texts = [getattr(user, "email", "") or "", getattr(user, "name", "") or ""]
    words = {folded(part) for text in texts for part in re.split(r"[\W\d_]+", text)}
    return {word for word in words if len(word) >= 4}
