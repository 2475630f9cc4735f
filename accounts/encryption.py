"""Encryption of data at rest, keyed look-up and signatures (S54).

A sealed value is `version (1 byte) | key number (2) | nonce (12) | AES-256-GCM ciphertext and tag`. The context is
authenticated with it, so a value moved to another column does not open. Keys lie in `accounts.keys`.
"""

import hashlib
import hmac
import json
import os
from typing import Any

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django import forms
from django.core import validators
from django.core.exceptions import FieldError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from accounts import keys

VERSION = 1
HEADER = 3
NONCE = 12


class Unreadable(Exception):
    """The stored value does not open: damaged, moved to another place, or its key is gone."""


def encrypt(text: str | bytes, context: bytes) -> bytes:
    """Seal a text under the current data key. Opens only with the same context."""
    number, key = keys.current("data")
    header = bytes([VERSION]) + number.to_bytes(2, "big")
    nonce = os.urandom(NONCE)
    content = text.encode() if isinstance(text, str) else text
    return header + nonce + AESGCM(key).encrypt(nonce, content, header + context)


def decrypt(sealed: bytes, context: bytes) -> str:
    """The text that `encrypt` sealed. Raises Unreadable, never returns half a value."""
    return decrypt_bytes(sealed, context).decode()


def decrypt_bytes(sealed: bytes, context: bytes) -> bytes:
    """As `decrypt`, for what was sealed as bytes."""
    sealed = bytes(sealed)
    header, nonce, content = sealed[:HEADER], sealed[HEADER : HEADER + NONCE], sealed[HEADER + NONCE :]
    if len(sealed) < HEADER + NONCE + 16 or header[0] != VERSION:
        raise Unreadable("not a sealed value")
    try:
        return AESGCM(keys.key("data", key_number(sealed))).decrypt(nonce, content, header + context)
    except (InvalidTag, KeyError) as error:
        raise Unreadable(f"sealed with data key {key_number(sealed)}") from error


def key_number(sealed: bytes) -> int:
    """Which data key sealed this value."""
    return int.from_bytes(bytes(sealed[1:HEADER]), "big")


def lookup(text: str, purpose: str) -> bytes:
    """32 bytes by which equal texts are found without being readable: HMAC-SHA-256, separate for each purpose."""
    _, key = keys.current("lookup")
    return hmac.new(key, purpose.encode() + b"\0" + text.encode(), hashlib.sha256).digest()


def sign(content: bytes) -> tuple[str, bytes]:
    """Name of the signing key and its Ed25519 signature (64 bytes) of the content."""
    number, key = keys.current("sign")
    return f"sign-{number}", Ed25519PrivateKey.from_private_bytes(key).sign(content)


def verify(key_id: str, signature: bytes, content: bytes) -> bool:
    """Whether the signature was made by that key of ours over exactly this content."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key(key_id)).verify(bytes(signature), content)
    except (InvalidSignature, KeyError, ValueError):
        return False
    return True


def public_key(key_id: str) -> bytes:
    """The 32 public bytes of a signing key, for anyone who checks our signatures. KeyError for an unknown name."""
    kind, _, number = key_id.partition("-")
    if kind != "sign" or not (number.isascii() and number.isdigit()):
        raise KeyError(key_id)
    return Ed25519PrivateKey.from_private_bytes(keys.key("sign", int(number))).public_key().public_bytes_raw()


class EncryptedField(models.BinaryField):
    """A column sealed under the data key and bound to its place.

    The context is `table.column` of the first model that held the field and is written into the migration, so a
    renamed table and the history copies of a row still open. Only `isnull` may be asked of it: to find a value, keep
    its `lookup` beside it.
    """

    empty_values = list(validators.EMPTY_VALUES)

    def __init__(self, *args: Any, context: str = "", **kwargs: Any):
        self.context = context
        kwargs.setdefault("editable", True)
        super().__init__(*args, **kwargs)

    def contribute_to_class(self, cls, name, **kwargs):
        super().contribute_to_class(cls, name, **kwargs)
        if not self.context and not cls._meta.abstract:
            self.context = f"{cls._meta.db_table}.{self.column}"

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("editable", None)
        if not self.editable:
            kwargs["editable"] = False
        return name, path, args, {**kwargs, "context": self.context}

    def get_lookup(self, lookup_name):
        if lookup_name != "isnull":
            raise FieldError(f"{self.context} is encrypted; search its keyed lookup instead")
        return super().get_lookup(lookup_name)

    def get_db_prep_value(self, value, connection, prepared=False):
        sealed = None if value is None else encrypt(self.to_text(value), self.context.encode())
        return super().get_db_prep_value(sealed, connection, prepared)

    def from_db_value(self, value, expression, connection):
        return None if value is None else self.from_text(decrypt(value, self.context.encode()))

    def check(self, **kwargs):
        return models.Field.check(self, **kwargs)  # a text may be the default, unlike of a BinaryField

    def get_default(self):
        return models.Field.get_default(self)

    def to_python(self, value):
        return value

    def value_to_string(self, obj):
        raise FieldError(f"{self.context} is encrypted and is not written to fixtures")

    def to_text(self, value):
        return value

    def from_text(self, text):
        return text


class EncryptedTextField(EncryptedField):
    """A text that is readable only with the data key."""

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": forms.CharField, "max_length": self.max_length, **kwargs})


class EncryptedJSONField(EncryptedField):
    """Anything JSON can say, readable only with the data key. None is stored as NULL."""

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": forms.JSONField, "encoder": DjangoJSONEncoder, **kwargs})

    def to_text(self, value):
        return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)

    def from_text(self, text):
        return json.loads(text)
