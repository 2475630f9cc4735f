"""When two spellings are one e-mail address."""

import unicodedata


def fold_address(text: str) -> str:
    """The address as it is compared: no spaces around, no capitals, full-width letters as plain ones, a domain in its ASCII form.

    ValueError when a domain can not be one, or when letters of another alphabet, which look like ours, stand anywhere.
    """
    folded = unicodedata.normalize("NFKC", text).strip().casefold()
    if any(letter.isalpha() and not unicodedata.name(letter, "").startswith("LATIN") for letter in folded):
        raise ValueError("letters of another alphabet")
    name, _at, domain = folded.rpartition("@")
    return f"{name}@{domain.encode('idna').decode()}"
