"""What is sealed stays sealed (S54, S61)."""

import json
import stat

import pytest
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import connection, models
from django.test.utils import isolate_apps

from accounts import keys
from accounts.encryption import (
    EncryptedJSONField,
    EncryptedTextField,
    Unreadable,
    decrypt,
    encrypt,
    key_number,
    lookup,
    public_key,
    sign,
    verify,
)
from accounts.rotation import rotate

PESEL = "02070803628"


@pytest.fixture(autouse=True)
def own_keys(settings, tmp_path):
    settings.KEYS_DIR = tmp_path / "keys"


@pytest.fixture
def letters(db):
    """A table with two sealed columns."""
    with isolate_apps("accounts"):

        class Letter(models.Model):
            body = EncryptedTextField(null=True)
            answers = EncryptedJSONField(default=dict)

            class Meta:
                app_label = "accounts"

        with connection.schema_editor() as editor:
            editor.create_model(Letter)
        yield Letter


def stored(column):
    with connection.cursor() as cursor:
        cursor.execute(f"select {column} from accounts_letter order by id")
        return [bytes(value) for (value,) in cursor.fetchall()]


def test_a_sealed_text_opens_in_its_own_place_only():
    """S54: the context is authenticated."""
    sealed = encrypt(PESEL, b"residents_person.pesel")

    assert PESEL.encode() not in sealed
    assert decrypt(sealed, b"residents_person.pesel") == PESEL
    with pytest.raises(Unreadable):
        decrypt(sealed, b"residents_person.phone")


def test_the_same_text_is_sealed_differently_each_time():
    assert encrypt(PESEL, b"a") != encrypt(PESEL, b"a")


@pytest.mark.parametrize("place", [0, 1, 2, 3, 14, 15, -1])
def test_a_changed_byte_is_noticed(place):
    sealed = bytearray(encrypt(PESEL, b"a"))
    sealed[place] ^= 1

    with pytest.raises(Unreadable):
        decrypt(bytes(sealed), b"a")


@pytest.mark.parametrize("rubbish", [b"", b"\x01", PESEL.encode(), b"\x01" * 30])
def test_rubbish_does_not_open(rubbish):
    with pytest.raises(Unreadable):
        decrypt(rubbish, b"a")


def test_lookup_finds_equal_texts_of_one_purpose_only():
    """S54: exact search without a readable value."""
    assert lookup(PESEL, "pesel") == lookup(PESEL, "pesel")
    assert lookup(PESEL, "pesel") != lookup(PESEL, "phone")
    assert lookup("ab", "c") != lookup("b", "ca")
    assert len(lookup(PESEL, "pesel")) == 32


def test_a_signature_holds_for_exactly_the_signed_content():
    key_id, signature = sign("Urzędowe poświadczenie".encode())

    assert key_id == "sign-1"
    assert len(signature) == 64
    assert verify(key_id, signature, "Urzędowe poświadczenie".encode())
    assert not verify(key_id, signature, b"Urzedowe poswiadczenie")
    assert not verify("sign-9", signature, "Urzędowe poświadczenie".encode())
    assert not verify("data-1", signature, b"")
    assert len(public_key("sign-1")) == 32


def test_an_old_signature_holds_after_a_new_signing_key():
    key_id, signature = sign(b"receipt")

    keys.make("sign")

    assert verify(key_id, signature, b"receipt")
    assert sign(b"receipt")[0] == "sign-2"


def test_a_missing_key_is_made_once_and_closed_to_others(settings):
    """S61"""
    first = keys.current("data")

    path = settings.KEYS_DIR / "data-1.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(settings.KEYS_DIR.stat().st_mode) == 0o700
    assert keys.current("data") == first
    assert [p.name for p in settings.KEYS_DIR.iterdir()] == ["data-1.key"]


def test_production_makes_no_keys_and_refuses_open_ones(settings, tmp_path):
    """S61"""
    settings.IS_PRODUCTION = True
    with pytest.raises(ImproperlyConfigured):
        encrypt(PESEL, b"a")

    settings.KEYS_DIR = tmp_path / "laid-down"
    settings.KEYS_DIR.mkdir()
    path = settings.KEYS_DIR / "data-1.key"
    path.write_bytes(b"k" * 32)
    path.chmod(0o644)
    with pytest.raises(ImproperlyConfigured):
        encrypt(PESEL, b"a")

    path.chmod(0o640)
    assert decrypt(encrypt(PESEL, b"a"), b"a") == PESEL


def test_a_key_of_the_wrong_length_is_refused(settings):
    settings.KEYS_DIR.mkdir()
    (settings.KEYS_DIR / "data-1.key").write_bytes(b"short")

    with pytest.raises(ImproperlyConfigured):
        encrypt(PESEL, b"a")


def test_a_key_laid_down_later_is_found_without_a_restart(settings):
    sealed_at_home = encrypt(PESEL, b"a")
    other_host = settings.KEYS_DIR
    keys.make("data")
    sealed_under_two = encrypt(PESEL, b"a")
    second = (other_host / "data-2.key").read_bytes()
    (other_host / "data-2.key").unlink()
    keys._keys.cache_clear()
    assert key_number(encrypt(PESEL, b"a")) == 1

    (other_host / "data-2.key").write_bytes(second)

    assert decrypt(sealed_under_two, b"a") == PESEL
    assert decrypt(sealed_at_home, b"a") == PESEL


def test_columns_hold_no_readable_text(letters):
    """S54"""
    letters.objects.create(body=f"PESEL {PESEL}", answers={"pesel": PESEL, "liczba": 3})

    letter = letters.objects.get()

    assert letter.body == f"PESEL {PESEL}"
    assert letter.answers == {"pesel": PESEL, "liczba": 3}
    assert all(PESEL.encode() not in value for value in stored("body") + stored("answers"))


def test_empty_and_missing_texts_come_back_as_they_were(letters):
    letters.objects.create(body=None)
    letters.objects.create(body="")

    assert list(letters.objects.order_by("pk").values_list("body", "answers")) == [(None, {}), ("", {})]
    assert letters.objects.filter(body__isnull=True).count() == 1


def test_bulk_writes_are_sealed_too(letters):
    letters.objects.bulk_create([letters(body=PESEL), letters(body="b")])
    letters.objects.filter(body__isnull=False).update(answers={"pesel": PESEL})
    rows = list(letters.objects.order_by("pk"))
    rows[1].body = PESEL
    letters.objects.bulk_update(rows, ["body"])

    assert [row.body for row in letters.objects.order_by("pk")] == [PESEL, PESEL]
    assert all(PESEL.encode() not in value for value in stored("body") + stored("answers"))


def test_a_sealed_column_refuses_search(letters):
    with pytest.raises(FieldError):
        letters.objects.filter(body=PESEL).exists()


def test_a_sealed_column_keeps_its_context_when_copied(letters):
    """History tables copy fields; what was sealed in the first table opens there."""
    copy = letters._meta.get_field("body").clone()

    assert copy.context == "accounts_letter.body"


def test_forms_see_ordinary_fields(letters):
    body, answers = (letters._meta.get_field(name).formfield() for name in ("body", "answers"))

    assert body.clean(" Żółć ") == "Żółć"
    assert answers.clean(json.dumps({"a": 1})) == {"a": 1}


def test_rotation_moves_every_value_to_the_new_key(letters):
    """S54: rotation."""
    for body in (PESEL, None, "b"):
        letters.objects.create(body=body)
    keys.make("data")
    letters.objects.create(body="new")

    moved = rotate(letters, letters._meta.get_field("body"))

    assert moved == 2
    assert [row.body for row in letters.objects.order_by("pk")] == [PESEL, None, "b", "new"]
    assert {key_number(value) for value in map(bytes, filter(None, stored_or_none("body")))} == {2}
    assert rotate(letters, letters._meta.get_field("body")) == 0


def test_rotation_walks_more_rows_than_one_batch(letters, monkeypatch):
    monkeypatch.setattr("accounts.rotation.BATCH", 2)
    letters.objects.bulk_create([letters(body=str(n)) for n in range(5)])
    keys.make("data")

    assert rotate(letters, letters._meta.get_field("body")) == 5
    assert [row.body for row in letters.objects.order_by("pk")] == ["0", "1", "2", "3", "4"]


def stored_or_none(column):
    with connection.cursor() as cursor:
        cursor.execute(f"select {column} from accounts_letter order by id")
        return [value for (value,) in cursor.fetchall()]
