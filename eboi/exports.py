"""The registers as an official keeps them: header and rows. Only what the asking clerk may see is handed in."""

from django.utils.timezone import localtime

from eboi.statuses import ACTIVE

REGISTER_COLUMNS = [
    "RPW", "Data wpływu", "Sposób", "Nadawca", "Czego dotyczy", "Data pisma", "Znak pisma", "Załączników", "Komórka",
    "Znak sprawy", "Stan",
]  # fmt: skip
OUTGOING_COLUMNS = [
    "RPO", "Wysłano", "Sposób", "Rodzaj", "Adresat", "Adres", "Czego dotyczy", "Komórka", "Znak sprawy", "Pierwsze zawiadomienie",
    "Doręczono", "Dowód",
]  # fmt: skip
CASE_COLUMNS = [
    "Lp.", "Znak sprawy", "Rodzaj sprawy", "Strona", "Data wpływu", "Data założenia", "Prowadzi", "Stan", "Termin",
    "Data zakończenia", "Jak załatwiono",
]  # fmt: skip


def register_rows(letters):
    """Rejestr przesyłek wpływających, by number."""
    for letter in letters.select_related("unit", "case").order_by("year", "number").iterator(chunk_size=500):
        yield [
            letter.rpw, localtime(letter.received_at), letter.get_channel_display(), letter.sender_name, letter.subject,
            letter.letter_on, letter.letter_mark, letter.attachments_count, letter.unit.symbol if letter.unit else "",
            letter.case.mark if letter.case else "", letter.get_status_display(),
        ]  # fmt: skip


def outgoing_rows(letters):
    """Rejestr przesyłek wychodzących, by number. The deliveries come with a chunk of letters, not with each."""
    found = (
        letters.prefetch_related(None).prefetch_related("deliveries").select_related("unit", "case").order_by("year", "number")
    )
    for letter in found.iterator(chunk_size=500):
        served = list(letter.deliveries.all())
        yield [
            letter.rpo, letter.sent_on, letter.get_channel_display(), letter.get_kind_display(), letter.recipient, letter.address,
            letter.subject, letter.unit.symbol, letter.case.mark if letter.case else "", letter.first_notice_on,
            served[-1].effective_on if served else None, _proof(served[-1]) if served else "",
        ]  # fmt: skip


def _proof(delivery):
    return delivery.proof or ("skan w portalu" if delivery.proof_file_id else "")


def case_rows(cases):
    """Spis spraw: per unit, class and year, by number. `cases` comes with its terms (`with_term`)."""
    found = cases.select_related("matter", "person", "officer").order_by("unit__symbol", "jrwa__symbol", "year", "number")
    for place, case in enumerate(found.iterator(chunk_size=500), start=1):
        yield [
            place, case.mark, case.matter.name, str(case.person), case.received_on, localtime(case.opened_at).date(),
            str(case.officer), case.get_status_display(), case.due_on if case.status in ACTIVE else None,
            localtime(case.closed_at).date() if case.closed_at else None, case.outcome,
        ]  # fmt: skip
