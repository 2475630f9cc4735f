"""Moving what is stored from old data keys to the current one, table by table, while the portal works."""

from base64 import b64decode
from collections.abc import Iterator

import pgtrigger
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import models, transaction
from django.db.models import ExpressionWrapper, F, Value

from accounts import keys
from accounts.adapter import SecondFactorAdapter
from accounts.encryption import EncryptedField, decrypt_bytes, encrypt, key_number

BATCH = 500


def encrypted_fields() -> Iterator[tuple[type[models.Model], EncryptedField]]:
    """Every encrypted column of every installed table."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            for field in model._meta.local_fields:
                if isinstance(field, EncryptedField):
                    yield model, field


def rotate(model: type[models.Model], field: EncryptedField) -> int:
    """Re-seal what an older key sealed in this column; returns how many. Rows are locked while they move."""
    done, last = 0, None
    while True:
        moved, last = _rotate_batch(model, field, last)
        done += moved
        if last is None:
            return done


@transaction.atomic
def _rotate_batch(model, field, after):
    rows = model._base_manager.filter(**{f"{field.name}__isnull": False}).order_by("pk")
    if after is not None:
        rows = rows.filter(pk__gt=after)
    sealed = ExpressionWrapper(F(field.name), output_field=models.BinaryField())
    batch = list(rows.annotate(_sealed=sealed).select_for_update(of=("self",)).values_list("pk", "_sealed")[:BATCH])
    current, _ = keys.current("data")
    old = [(pk, value) for pk, value in batch if key_number(value) != current]
    with pgtrigger.ignore():  # rows that may never change are only sealed anew: what they say stays the same
        for pk, value in old:
            _store(model, field, pk, value)
    return len(old), batch[-1][0] if len(batch) == BATCH else None


def _store(model, field, pk, value):
    context = field.context.encode()
    renewed = encrypt(decrypt_bytes(value, context), context)
    model._base_manager.filter(pk=pk).update(**{field.name: Value(renewed, output_field=models.BinaryField())})


def rotate_second_factors() -> int:
    """Re-seal the secrets of apps and recovery codes, which allauth keeps inside its own JSON. Returns how many."""
    return sum(_rotate_factor(pk) for pk in Authenticator.objects.exclude(type="webauthn").values_list("pk", flat=True))


@transaction.atomic
def _rotate_factor(pk) -> int:
    factor = Authenticator.objects.select_for_update().get(pk=pk)
    current, _ = keys.current("data")
    old = [name for name in ("secret", "seed") if name in factor.data and key_number(b64decode(factor.data[name])) != current]
    adapter = SecondFactorAdapter()
    for name in old:
        factor.data[name] = adapter.encrypt(adapter.decrypt(factor.data[name]))
    if old:
        Authenticator.objects.filter(pk=pk).update(data=factor.data)
    return len(old)
