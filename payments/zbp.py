"""The code of a transfer that Polish bank apps read (Związek Banków Polskich, recommendation of 3 December 2013): nine fields, a pipe between.

NIP, country, account, grosze, recipient, title and three fields for the sender's own use. At most 160 characters, which the limits of
the fields and eight pipes come to exactly. Amounts are integer grosze: a float times a hundred loses a grosz now and then.
"""

import io
from dataclasses import dataclass, field

import segno
from stdnum.iso7064 import mod_97_10
from stdnum.pl import nip

TOWN_NIP = "5930206827"
NRB_LENGTH = 26
LONGEST_NAME, LONGEST_TITLE = 20, 32
MOST_GROSZE = 999_999  # 9999,99 zł: six digits
LONGEST = 160
LIMITS = {"name": LONGEST_NAME, "title": LONGEST_TITLE, "ref": 20, "invobill": 12, "reserved": 24}


class NotInCode(ValueError):
    """What the code can not say; whoever pays copies the data by hand."""


def is_nrb(number: str) -> bool:
    """26 digits whose first two are right: modulo 97 with the country after the number."""
    return _is_digits(number, NRB_LENGTH) and mod_97_10.is_valid(f"{number[2:]}PL{number[:2]}")


def is_nip(number: str) -> bool:
    """Ten digits, the last of them right; written without dashes, as the code wants it."""
    return _is_digits(number, 10) and nip.is_valid(number)


def _is_digits(text: str, length: int) -> bool:
    return len(text) == length and text.isascii() and text.isdigit()


@dataclass(frozen=True, kw_only=True)
class TransferCode:
    """One transfer. Raises NotInCode for an amount that is none or above 9999,99 zł, wrong check digits, a field too long or with a pipe.

    `nip` may be empty when the recipient is a person. `is_sample`: an account whose check digits are wrong on purpose, so that every bank
    refuses the transfer; a right one is then refused here.
    """

    account: str
    grosze: int
    name: str
    title: str
    nip: str = TOWN_NIP
    ref: str = ""
    invobill: str = ""
    reserved: str = ""
    is_sample: bool = field(default=False, repr=False)

    def __post_init__(self):
        _check_amount(self.grosze)
        if not _is_digits(self.account, NRB_LENGTH) or is_nrb(self.account) == self.is_sample:
            raise NotInCode("check digits of the account")
        if self.nip and not is_nip(self.nip):
            raise NotInCode("check digits of the NIP")
        for name, limit in LIMITS.items():
            _check_text(name, getattr(self, name), limit)
        if not (self.name and self.title):
            raise NotInCode("a transfer has a recipient and a title")

    def __str__(self) -> str:
        parts = [self.nip, "PL", self.account, f"{self.grosze:06}", self.name, self.title, self.ref, self.invobill, self.reserved]
        return "|".join(parts)


def _check_amount(grosze):
    if type(grosze) is not int:
        raise TypeError("grosze are an integer")
    if not 0 < grosze <= MOST_GROSZE:
        raise NotInCode("from 1 grosz to 9999,99 zł")


def _check_text(name, text, limit):
    if len(text) > limit:
        raise NotInCode(f"{name} is longer than {limit}")
    if "|" in text or not text.isprintable() or text != text.strip():
        raise NotInCode(f"{name} holds a character that the code can not")


def fitted(text: str, limit: int) -> str:
    """As much of the text as a field holds, whole words where one fits; a pipe, which would part the fields, becomes a slash."""
    text = " ".join("".join(letter for letter in text.replace("|", "/") if letter.isprintable() or letter.isspace()).split())
    if len(text) <= limit:
        return text
    whole, _space, _rest = text[: limit + 1].rpartition(" ")
    return whole or text[:limit]


def svg(code: TransferCode) -> bytes:
    """Black on white with the quiet zone, so that it reads in the dark scheme too. UTF-8 and error correction M, as apps expect."""
    return _drawn(code, "svg", xmldecl=False, omitsize=True)


def png(code: TransferCode) -> bytes:
    """For the gallery of a phone that can not photograph its own screen."""
    return _drawn(code, "png", scale=12)


def _drawn(code, kind, **how):
    picture = io.BytesIO()
    drawn = segno.make(str(code), error="m", boost_error=False, encoding="utf-8", micro=False)
    drawn.save(picture, kind=kind, border=4, dark="black", light="white", **how)
    return picture.getvalue()
