"""What the report says in sentences: rules of channels, what the numbers may and may not be taken for (C16, C27, C38)."""

from consultations.models import IntegrityLevel

HIDDEN = "ukryte"  # the size of a small group of people
CAVEATS = {
    IntegrityLevel.OPEN: "Odpowiedzieć mógł każdy, bez podawania danych, także więcej niż raz. Liczby mówią o odpowiedziach, nie o osobach, "
    "i nie pokazują, co myślą wszyscy mieszkańcy.",
    IntegrityLevel.CONTACT: "Każda odpowiedź ma potwierdzony adres e-mail, ale nie wiemy, kto odpowiadał. Liczby mówią o odpowiedziach, "
    "nie o osobach, i nie pokazują, co myślą wszyscy mieszkańcy.",
    IntegrityLevel.DECLARED: "Każda osoba oświadczyła, że mieszka w mieście, i mogła odpowiedzieć raz. Nie sprawdzaliśmy tego w rejestrach. "
    "Odpowiadali ci, którzy chcieli, więc wynik nie jest próbą losową.",
    IntegrityLevel.PROVEN: "Zamieszkanie każdej osoby było potwierdzone i każda mogła odpowiedzieć raz. Odpowiadali ci, którzy chcieli, "
    "więc wynik nie jest próbą losową.",
}  # fmt: skip
RULES = {
    "server_time": "decyduje czas serwera", "receipt": "decyduje data wpływu do urzędu", "postmark": "decyduje data stempla pocztowego",
}  # fmt: skip
PLACES = {
    "received": "Wpłynęło", "considered": "Uwzględniono w obliczeniach", "late": "Po terminie", "to_complete": "Do uzupełnienia",
    "rejected": "Nieważne", "refused": "Niedopuszczone po wyjaśnieniu", "waiting": "W toku",
}  # fmt: skip


def integrity_caveat(consultation) -> str:
    return CAVEATS[IntegrityLevel(consultation.integrity)]


def channel_rule(door) -> str:
    return RULES[door.rule]


def hundredths(count: int, whole: int) -> str:
    """'37,5%' of a whole, by integers alone; a dash where there is nothing to take a share of."""
    if not whole:
        return "–"  # noqa: RUF001  a dash between nothing
    tenths = (1000 * count + whole // 2) // whole
    return f"{tenths // 10},{tenths % 10}%"
