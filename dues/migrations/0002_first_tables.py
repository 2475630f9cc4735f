"""Kinds of dues, rates and the consent to reminders for the first day. Everything here is recalled, so everything is „do potwierdzenia”."""

from datetime import date

from django.db import migrations

FROM = date(2026, 1, 1)
RECALLED = "znane z pamięci, źródła nie sprawdzono"
LOCAL_TAX = "ustawa o podatkach i opłatach lokalnych, uchwała rady miasta"
KINDS = [  # code, name, legal basis, account, interest
    ("nieruchomosc", "Podatek od nieruchomości", LOCAL_TAX, "podatki", True),
    ("rolny", "Podatek rolny", "ustawa o podatku rolnym", "podatki", True),
    ("lesny", "Podatek leśny", "ustawa o podatku leśnym", "podatki", True),
    ("lzp", "Łączne zobowiązanie pieniężne", "ustawa o podatku rolnym art. 6c", "podatki", True),
    ("transport", "Podatek od środków transportowych", LOCAL_TAX, "podatki", True),
    ("odpady", "Opłata za gospodarowanie odpadami", "ustawa o utrzymaniu czystości i porządku w gminach", "odpady", True),
    ("inne", "Inna opłata", "wskazana w decyzji albo umowie", "podatki", False),
]  # fmt: skip
RATES = [  # first day, per cent a year; each holds until the next
    (date(2022, 9, 8), "16.50"), (date(2023, 9, 7), "15.00"), (date(2023, 10, 5), "14.50"), (date(2025, 5, 8), "13.50"),
    (date(2025, 7, 3), "13.00"), (date(2025, 9, 4), "12.50"), (date(2025, 10, 9), "12.00"), (date(2025, 11, 6), "11.50"),
    (date(2025, 12, 4), "11.00"),
]  # fmt: skip
WORDING = (
    "Zgadzam się, aby Urząd Miasta Pruszcz Gdański przypominał mi tym kanałem o zbliżających się terminach podatków i opłat. "
    "Zgodę mogę wycofać w każdej chwili."
)


def write(apps, schema_editor):
    kind, rate, terms = (apps.get_model("dues", name) for name in ("Kind", "InterestRate", "InterestTerms"))
    unsure = {"source": RECALLED, "needs_confirmation": True}
    for order, (code, name, basis, purpose, interest) in enumerate(KINDS, start=1):
        kind.objects.create(code=code, name=name, legal_basis=basis, purpose=purpose, bears_interest=interest, order=order * 10, valid_from=FROM, **unsure)
    for since, percent in RATES:
        rate.objects.create(valid_from=since, percent=percent, **unsure)
    terms.objects.create(
        valid_from=date(2022, 9, 8), letter_grosze=290, letters=3, rounding_grosze=100, year_days=365, term_moves=True,
        source="Ordynacja podatkowa art. 12 § 5, art. 54 § 1, art. 56, art. 63 § 1; kwota z pamięci", needs_confirmation=True,
    )
    apps.get_model("residents", "Purpose").objects.create(
        code="przypomnienia-o-naleznosciach", name="Przypomnienia o terminach podatków i opłat", legal_basis="art. 6 ust. 1 lit. a RODO",
        needs_consent=True, wording=WORDING, valid_from=FROM, source="ustalenie startowe portalu", needs_confirmation=True,
    )


class Migration(migrations.Migration):
    dependencies = [("dues", "0001_initial"), ("residents", "0002_first_policy")]

    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
