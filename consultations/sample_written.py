"""What the demonstration shows of written voices: letters to two documents, answers, one published report. Made up, by verbs only."""

import uuid

from accounts.models import User
from consultations.actions import remarks, reports, rulings, voices
from consultations.actions.documents import paragraphs_in
from consultations.actions.remarks import Author, Point
from consultations.models import CollectingChannel, ConsultedDocument, Instrument, InstrumentKind, Moderation, Paragraph

Kind = CollectingChannel.Kind
STREET_TEXT = """§ 1. Nawierzchnia
Jezdnia będzie z asfaltu, chodniki i zjazdy z kostki w kolorze piaskowym.
§ 2 ust. 1. Drzewa
Między jezdnią a chodnikiem po stronie parzystej rośnie szpaler lip drobnolistnych co 9 m.
§ 2 ust. 2. Miejsca do parkowania
Po stronie nieparzystej jest 20 miejsc równoległych, w tym 2 dla osób z niepełnosprawnością.
§ 3. Rowery
Rowery jadą pasem po prawej stronie jezdni, oddzielonym linią ciągłą.
§ 4. Przejścia
Przejścia są przy przedszkolu, przy przychodni i przy stadionie. Każde jest oświetlone i wyniesione."""
LANDSCAPE_TEXT = """§ 1. Zakres
Uchwała określa zasady sytuowania szyldów, tablic i urządzeń reklamowych w całym mieście.
§ 2 ust. 1. Tablice przy drogach
Przy drogach powiatowych i gminnych nie stawia się tablic większych niż 3 m².
§ 2 ust. 2. Szyldy
Na elewacji wolno umieścić jeden szyld każdej firmy, nie wyżej niż nad parterem.
§ 3. Dostosowanie
Istniejące tablice i szyldy dostosowuje się w ciągu 24 miesięcy."""
STREET_REMARKS = [
    ("§ 2 ust. 1", "Proszę o drzewa także po stronie nieparzystej, choćby kosztem kilku miejsc do parkowania."),
    ("§ 3", "Sama linia nie ochroni dzieci. Ścieżka powinna być na poziomie chodnika."),
    ("§ 4", "Brakuje przejścia przy przystanku, ludzie i tak tam przechodzą."),
    (None, "Dziękuję, że projekt da się przeczytać bez słownika."),
]
LANDSCAPE_LETTERS = [
    (Kind.EMAIL, -35, "", ("§ 2 ust. 2", "Sklep na rogu ma dwie elewacje. Powinien mieć prawo do dwóch szyldów.")),
    (
        Kind.POST,
        -30,
        "Stowarzyszenie Nad Radunią",
        ("§ 2 ust. 1", "3 m² to wciąż za dużo nad rzeką. Proponujemy zakaz w pasie 50 m od Raduni."),
    ),
    (Kind.BOX, -25, "", ("§ 3", "24 miesiące to za krótko dla małych firm. Proszę o 36.")),
    (Kind.BOX, -20, "", ("§ 3", "Proszę wydłużyć czas dla małych firm do 36 miesięcy.")),
    (Kind.POST, -3, "", (None, "Popieram uchwałę.")),  # late: the term was a week before
]
NGO_ANSWERS = [
    ("młodzie", "accepted", "Dodajemy zadanie „Popołudnia dla młodzieży”. W projekcie budżetu jest na nie 60 000 zł."),
    (
        "Termin",
        "partly",
        "Oferty będzie można składać o tydzień dłużej. Dalej nie możemy przesunąć, bo umowy muszą ruszyć od lutego.",
    ),
]
OTHERWISE = ("not_applicable", "Przekazaliśmy tę uwagę do referatu, który prowadzi sprawę. Program współpracy jej nie obejmuje.")


def collect(town) -> None:
    """While voices are collected: a document open now with remarks of the portal, one closed with letters keyed at the desk."""
    street = _document(town.street, "Projekt przebudowy ulicy Sportowej", STREET_TEXT, Moderation.AFTER)
    for number, text in STREET_REMARKS:
        remarks.send(street, points=[_point(street, number, text)], author=Author(), key=uuid.uuid4())
    landscape = _document(town.landscape, "Projekt uchwały krajobrazowej", LANDSCAPE_TEXT, Moderation.BEFORE)
    for channel, day, organisation, (number, text) in LANDSCAPE_LETTERS:
        remarks.register(
            landscape, channel=channel, received_on=town.day(day), points=[_point(landscape, number, text)],
            author=Author(organisation=organisation), is_organisation=bool(organisation), by=_clerk(), moment=town.now,
        )  # fmt: skip


def _document(consultation, title, text, moderation):
    instrument = Instrument.objects.create(
        consultation=consultation, code="uwagi", kind=InstrumentKind.REMARKS, title="Uwagi do projektu", order=9, moderation=moderation,
        intro="Przeczytaj projekt i napisz, co w nim zmienić. Nie trzeba zakładać konta.",
    )  # fmt: skip
    document = ConsultedDocument.objects.create(instrument=instrument, title=title)
    read = enumerate(paragraphs_in(text), start=1)
    Paragraph.objects.bulk_create(
        Paragraph(document=document, order=order, number=number, heading=heading, text=said)
        for order, (number, heading, said) in read
    )
    return instrument


def _point(instrument, number, text):
    return Point(text, instrument.document.paragraphs.get(number=number) if number else None)


def _clerk():
    return User.objects.get(email="celina@pruszcz.example")


def answer(town) -> None:
    """After the closing: one consultation with its answers and report, one half-way, so that the desk has something to do."""
    _report_on(town)
    half = list(town.landscape.voices.considered().filter(remark__isnull=False).order_by("remark__received_at"))
    for voice in half:
        voices.redact(voice, public_text=voice.original, by=_clerk(), moment=town.now)
    for voice in half[:3]:
        voices.release(voice, by=town.editor, moment=town.now)
    group = voices.gather(half[2:], title="Czas na dostosowanie dla małych firm", by=town.editor, moment=town.now)
    reasons = "Małe firmy dostaną 36 miesięcy, pozostałe 24."
    rulings.rule(group, outcome="partly", reasons=reasons, by=town.editor)


def _report_on(town):
    moment = town.at(-31)
    for voice in town.ngo.voices.select_related("instrument"):
        voices.redact(voice, public_text=voice.original, by=_clerk(), moment=moment)
        voices.release(voice, by=town.editor, moment=moment)
    for voice in town.ngo.voices.considered():
        outcome, reasons = next(((one, why) for word, one, why in NGO_ANSWERS if word in voice.original), OTHERWISE)
        rulings.approve(rulings.rule(voice, outcome=outcome, reasons=reasons, by=town.editor), by=town.approver, moment=moment)
    report = reports.draft(town.ngo, by=town.editor, moment=moment)
    report = reports.write(
        report, by=town.editor,
        position="Program współpracy na przyszły rok będzie miał zadanie dla młodzieży i dłuższy termin składania ofert. Dziękujemy za głosy.",
        next_steps="Projekt uchwały trafi do Rady Miasta w listopadzie. Konkurs ofert ogłosimy w grudniu.",
        method_note="To przykład do pokazu: organizacje i odpowiedzi są zmyślone.",
    )  # fmt: skip
    reports.publish(reports.submit(report, by=town.editor, moment=moment), by=town.approver, moment=moment)
