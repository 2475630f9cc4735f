"""What the point needs on its first day. Marked „do potwierdzenia”: the town checks each row and adds its own.

The limits are read from two pages of different ages; the older group is kept as ended history (Q5, Q6).
"""

from datetime import date, time
from importlib import import_module

from django.db import migrations

from office.polish import fold

CATALOGUE = date(2020, 1, 6)
CATALOGUE_SOURCE = "rozporządzenie Ministra Klimatu z 2 stycznia 2020 r. w sprawie katalogu odpadów (Dz.U. 2020 poz. 10)"
FROM = date(2026, 1, 1)
OLDER = {"valid_from": date(2022, 1, 1), "valid_to": date(2025, 12, 31), "source": "strona miasta z grudnia 2022 r.; numer uchwały do wskazania"}
NEWER = {"valid_from": FROM, "source": "strona prowadzącego punkt; numer uchwały do wskazania"}
SOFT = {"opony": {"soft_most_pieces": 8}}
POINT = {
    "name": "GPSZOK przy ul. Kupieckiej",
    "address": "ul. Kupiecka 16, 83-000 Pruszcz Gdański",
    "operator": "PURUM",
    "phone": "58 773 24 01",
    "note": "Auto rozładowujesz samodzielnie. Weź ze sobą kartę mieszkańca albo dokument.",
}
HOURS = [*((weekday, time(9, 30), time(17)) for weekday in (1, 2, 3, 4)), (5, time(8), time(14))]
LIMITS = [
    ("Odpady budowlane i rozbiórkowe razem", "kg", 500, ["gruz", "budowlane", "izolacje"], OLDER),
    ("Styropian", "litres", 6000, ["izolacje"], OLDER),
    ("Czysty gruz", "kg", 2000, ["gruz"], NEWER),
    ("Zmieszane odpady budowlane", "kg", 500, ["budowlane"], NEWER),
    ("Styropian i wełna mineralna", "litres", 6000, ["izolacje"], NEWER),
]


def write(apps, schema_editor):
    _point(apps)
    fractions = _fractions(apps)
    codes = _codes(apps, fractions)
    _things(apps, fractions, codes)
    for name, measure, amount, slugs, dated in LIMITS:
        rule = apps.get_model("pszok", "LimitRule").objects.create(
            name=name, measure=measure, amount=amount, needs_confirmation=True, **dated
        )
        rule.fractions.set([fractions[slug] for slug in slugs])


def _point(apps):
    point = apps.get_model("pszok", "Point").objects.create(code="kupiecka", **POINT)
    for weekday, opens, closes in HOURS:
        apps.get_model("pszok", "OpeningHours").objects.create(
            point=point, weekday=weekday, opens=opens, closes=closes, valid_from=FROM, needs_confirmation=True,
            source="strona prowadzącego punkt",
        )


def _fractions(apps):
    first = import_module("pszok.migrations._first_fractions")
    rows = [(slug, name, {"packing": text, "soft_most_kg": 1000, **SOFT.get(slug, {})}) for slug, name, text in first.FRACTIONS]
    rows += [(slug, name, {"is_accepted": False, "refused_because": text}) for slug, name, text in first.NEVER_TAKEN]
    make = apps.get_model("pszok", "Fraction").objects.create
    return {
        slug: make(code=slug, name=name, picture=slug, order=order, **fields)
        for order, (slug, name, fields) in enumerate(rows, start=1)
    }


def _codes(apps, fractions):
    """By fraction and code as it is written: 20 01 99 stands for needles and for ash alike."""
    made = {}
    defaults = set()
    for written, name, slug in import_module("pszok.migrations._first_fractions").CODES:
        made[slug, written] = apps.get_model("pszok", "WasteCode").objects.create(
            code=written.replace(" ", "").rstrip("*"), is_hazardous=written.endswith("*"), name=name, fraction=fractions[slug],
            is_default=slug not in defaults, valid_from=CATALOGUE, source=CATALOGUE_SOURCE, needs_confirmation=True,
        )
        defaults.add(slug)
    return made


def _things(apps, fractions, codes):
    item = apps.get_model("pszok", "WasteItem")
    item.objects.bulk_create(
        item(
            name=name, synonyms=synonyms, search=fold(f"{name}, {synonyms}" if synonyms else name), fraction=fractions[slug],
            code=codes[slug, code] if code else None, hint=hint,
        )
        for name, synonyms, slug, code, hint in import_module("pszok.migrations._first_things").THINGS
    )


class Migration(migrations.Migration):
    dependencies = [("pszok", "0001_initial")]

    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
