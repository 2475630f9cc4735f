"""S1, S2: what is taken as a password, and how it is kept."""

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher, identify_hasher
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import User
from tests.conftest import PASSWORD

GOOD = [
    "most nad Radunią 1905",
    "cztery rude koty tańczą",
    "correct horse battery staple",
    "śśśżżżźźźćććńńńąąą",
    " spacja na początku ",
    "x7$Lq0!vRw2#",
    "długie " * 18,
]
BAD = {
    "password_too_short": ["", "krótkie", "jedenaście1"],
    "password_too_long": ["ab cd ef gh " * 11],
    "password_too_common": ["password1234", "qwertyuiop12", "aaaaaaaaaaaaaaa", "123456789012", "haslo1234567", "zaq12wsxcde3", "abcdefghijkl", "!!!Mateusz2024!!!"],
    "password_too_close": ["pruszcz-gdański-2026", "PortalMieszkańca1", "anna.kowalska1990", "Urząd Miasta 83000"],
}  # fmt: skip


@pytest.mark.parametrize("password", GOOD)
def test_long_passwords_of_any_kind_are_taken(password):
    """S1: no rules about kinds of characters."""
    validate_password(password, User(email="anna.kowalska@example.com"))


@pytest.mark.parametrize(("code", "password"), [(code, password) for code, passwords in BAD.items() for password in passwords])
def test_short_common_and_local_passwords_are_refused(code, password):
    """S1"""
    with pytest.raises(ValidationError) as refusal:
        validate_password(password, User(email="anna.kowalska@example.com"))

    assert code in [error.code for error in refusal.value.error_list]


def test_the_refusal_says_how_many_characters_were_typed():
    with pytest.raises(ValidationError) as refusal:
        validate_password("krótkie")

    assert refusal.value.messages[0] == "Hasło ma mieć co najmniej 12 znaków, wpisano 7."


@pytest.mark.parametrize(("name", "field"), [("account_signup", "password1"), ("account_login", "password")])
def test_password_fields_allow_pasting_and_password_managers(client, db, name, field):
    """S1: paste allowed."""
    page = client.get(reverse(name)).content.decode()

    assert "onpaste" not in page
    assert 'autocomplete="off"' not in page.partition(f'name="{field}"')[2].partition(">")[0]
    assert "maxlength" not in page.partition(f'name="{field}"')[2].partition(">")[0]


def test_new_passwords_are_kept_as_argon2id(anna):
    """S2"""
    assert identify_hasher(anna.password).algorithm == "argon2"
    assert anna.password.startswith("argon2$argon2id$")


def test_an_old_hash_is_renewed_at_sign_in(client, anna):
    """S2"""
    User.objects.filter(pk=anna.pk).update(password=PBKDF2PasswordHasher().encode(PASSWORD, "salt-of-old-days", 1000))

    client.post(reverse("account_login"), {"login": anna.email, "password": PASSWORD})

    anna.refresh_from_db()
    assert anna.password.startswith("argon2$argon2id$")
