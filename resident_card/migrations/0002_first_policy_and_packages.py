"""What the card needs on its first day. Marked „do potwierdzenia”: the town checks each row and adds its own."""

from datetime import date

from django.db import migrations

FROM = date(2026, 1, 1)
SITE = "strona miasta o Karcie mieszkańca"
BASE_END = {"month": 5, "day": 31, "renew_from_month": 4, "renew_from_day": 1, "renewed_by_register": ["registered"]}  # R35, Q4
PACKAGES = [
    {
        "code": "mieszkanca", "name": "Pakiet Mieszkańca", "is_base": True, "grant": "requested", "validity": "yearly_end",
        "validity_options": BASE_END,
        "summary": "Bezpłatny autobus 107 i linia 307, zniżki u partnerów, tańsze bilety do kultury, nauki i sportu.",
    },
    {
        "code": "gpszok", "name": "Pakiet GPSZOK", "grant": "automatic", "validity": "with_base", "condition": "adult_at_address",
        "least_age": 18, "summary": "Oddajesz odpady w punkcie przy ul. Kupieckiej 16 i widzisz, ile zostało z limitu mieszkania.",
        "source": "żadna strona miasta nie nazywa tego pakietu; ustalenie startowe portalu (Q1)",
    },
    {
        "code": "seniora", "name": "Pakiet Seniora", "grant": "automatic", "validity": "with_base", "condition": "age", "least_age": 60,
        "summary": "Połowa ceny na basenach, w saunie, na siłowni i lodowisku oraz bezpłatny wywóz dużych sprzętów do GPSZOK.",
    },
    {
        "code": "duzej-rodziny", "name": "Pakiet Dużej Rodziny", "grant": "requested", "validity": "with_base",
        "condition": "large_family", "summary": "Sport i rekreacja w obiektach miasta dla rodzin z co najmniej trojgiem dzieci.",
    },
    {
        "code": "przejazdow", "name": "Pakiet Bezpłatnych Przejazdów", "grant": "requested", "validity": "school_year",
        "validity_options": {"month": 10, "day": 31, "starts_month": 9, "starts_day": 1, "renews_under": 18}, "condition": "pupil", "least_age": 7, "most_age": 20,
        "summary": "Bezpłatne przejazdy uczniów liniami 132, 200, 205, 207, 232 i N5.",
    },
]  # fmt: skip


def write(apps, schema_editor):
    apps.get_model("resident_card", "CardPolicy").objects.create(
        valid_from=FROM, source="ustalenie startowe portalu według stron miasta", needs_confirmation=True, notice_days=[60, 30, 7]
    )
    package = apps.get_model("resident_card", "PackageType")
    for order, fields in enumerate(PACKAGES, start=1):
        package.objects.create(order=order, needs_confirmation=True, **{"source": SITE, **fields})


class Migration(migrations.Migration):
    dependencies = [("resident_card", "0001_initial")]

    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
