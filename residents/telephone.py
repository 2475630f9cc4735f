"""How a telephone number is written for people."""

import re


def phone_in_words(number: str) -> str:
    """„+48123456789” as people read it: „123 456 789”; others in groups of three after the sign."""
    if re.fullmatch(r"\+48[0-9]{9}", number):
        return f"{number[3:6]} {number[6:9]} {number[9:]}"
    return number
