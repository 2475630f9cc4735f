"""How many messages a text makes (3GPP TS 23.038). Apart from the carrier, so that the desk does not load its HTTP client."""

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = frozenset("^{}\\[~]|€\f")  # two places each (3GPP TS 23.038)


def parts_of(text: str) -> tuple[int, bool]:
    """(how many messages are paid for, whether letters outside GSM 7-bit make them short): 160 places in one and 153 in each of several,
    or 70 and 67 once one Polish letter is there."""
    if all(char in BASIC or char in EXTENDED for char in text):
        places, one, each = sum(2 if char in EXTENDED else 1 for char in text), 160, 153
        is_short = False
    else:
        places, one, each, is_short = len(text.encode("utf-16-be")) // 2, 70, 67, True
    return (1 if places <= one else -(-places // each)), is_short
