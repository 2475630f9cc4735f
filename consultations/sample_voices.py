"""What people of the demonstration answered: made up, always the same, taken into the boxes by the same verb as every voice."""

import random
from datetime import timedelta

from consultations import ballot_box
from consultations.actions import versions
from consultations.models import CollectingChannel, Participation
from schemas.checking import check_all
from schemas.computed import Context
from schemas.definition import compiled
from schemas.models import Kind

SEED = 1367
TEXTS = {
    "ulica-sportowa": (
        "Przy przedszkolu latem nie ma cienia. Drzewa są ważniejsze niż kilka miejsc do parkowania.",
        "Proszę o przejście przy stadionie, bo dzieci biegną na trening między samochodami.",
        "Na zakręcie koło sklepu po deszczu stoi woda.",
        "Chodnik jest tak wąski, że nie mija się wózków.",
        "Zostawcie miejsca dla osób z niepełnosprawnością przy przychodni.",
    ),
    "uchwala-krajobrazowa": (
        "Banery na płotach przy wjeździe do miasta zasłaniają widok na kościół.",
        "Małe sklepy potrzebują więcej czasu na wymianę szyldów.",
        "Nad Radunią nie powinno być żadnych reklam.",
        "Światło z ekranu przy rondzie oślepia kierowców.",
        "Prosimy o wzory szyldów, które na pewno będą zgodne z uchwałą.",
    ),
    "program-ngo-2027": (
        "Brakuje zadania dla organizacji, które pracują z młodzieżą po południu.",
        "Termin składania ofert w grudniu jest za krótki.",
    ),
}  # fmt: skip
NAMES = (
    "Stowarzyszenie Nad Radunią", "Klub Sportowy Czarni", "Fundacja Dobry Sąsiad", "Koło Gospodyń Miejskich", "Towarzystwo Miłośników Pruszcza",
    "Klub Seniora Wrzos", "Stowarzyszenie Zielone Podwórka", "Fundacja Razem", "Uczniowski Klub Wioślarski", "Chór Kantylena",
    "Hufiec Harcerski",
)  # fmt: skip
HOW_MANY = {
    ("ulica-sportowa", "ankieta"): (44, 4),
    ("uchwala-krajobrazowa", "mieszkancy"): (58, 6),
    ("uchwala-krajobrazowa", "firmy"): (9, 1),
    ("program-ngo-2027", "ankieta"): (11, 1),
}  # fmt: skip  voices, days


def tell(town) -> None:
    """Voices of each survey day by day, sealed each night; the last few of the open one still wait."""
    for consultation in (town.ngo, town.landscape, town.street):
        for survey in consultation.instruments.select_related("consultation").filter(kind="survey"):
            count, days = HOW_MANY[consultation.slug, survey.code]
            _answer(survey, count, days)


def _answer(survey, count, days) -> None:
    chance = random.Random(f"{SEED} {survey.code} {survey.consultation.slug}")  # noqa: S311  made up, and the same each time
    version = versions.in_use(survey).version
    for number in range(count):
        answers = _answers(compiled(version.pk), survey.consultation, chance, number)
        ballot_box.accept(
            survey, token=f"przykład {number}", answers=answers, version=version, in_time=True, channel=CollectingChannel.Kind.ONLINE,
            faces=[(Participation.Face.CONTACT, f"przyklad-{number}@example.com")] if survey.consultation.integrity else [],
        )  # fmt: skip
        night, is_last_of_day = divmod(number + 1, max(1, (count - 3) // days))
        if is_last_of_day == 0 and night <= days:
            ballot_box.seal(survey, moment=survey.consultation.opens_at + timedelta(days=night, minutes=10))


def _answers(form, consultation, chance, number):
    """Plausible answers of one person; only what they would be asked."""
    given = {code: _pick(question, consultation, chance, number) for code, question in form.questions.items()}
    day = consultation.opens_at.date()
    return check_all(form, {code: value for code, value in given.items() if value}, context=Context(day=day)).answers


def _pick(question, consultation, chance, number):
    codes = [option.code for option in question.options]
    weights = range(len(codes) + 1, 1, -1)
    if question.kind == Kind.CHOICE:
        return chance.choices(codes, weights)[0]
    if question.kind == Kind.CHOICES:
        asked = [code for code in codes if not question.option(code).is_exclusive]
        return sorted(set(chance.choices(asked, k=chance.randint(1, 2))), key=asked.index)
    if question.kind == Kind.SHORT_TEXT:
        return NAMES[number % len(NAMES)]
    if question.kind == Kind.LONG_TEXT:
        return chance.choice(TEXTS[consultation.slug]) if chance.random() < 0.35 else None
    return None
