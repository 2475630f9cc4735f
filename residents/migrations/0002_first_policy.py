"""What the register needs on its first day. Marked „do potwierdzenia”: the town checks each row and adds its own."""

from datetime import date

from django.db import migrations

FROM = date(2026, 1, 1)
MESSAGES = (
    "Zgadzam się, aby Urząd Miasta Pruszcz Gdański wysyłał mi tym kanałem wiadomości o tym, co dzieje się w mieście. "
    "Zgodę mogę wycofać w każdej chwili."
)
SURVEYS = (
    "Zgadzam się, aby Urząd Miasta Pruszcz Gdański zapraszał mnie tym kanałem do konsultacji i ankiet. "
    "Zgodę mogę wycofać w każdej chwili."
)
PURPOSES = [
    ("sprawy", "Załatwianie spraw w urzędzie i doręczanie pism", "art. 6 ust. 1 lit. c i e RODO, KPA", ""),
    ("odpady", "Opłata za odpady", "art. 6 ust. 1 lit. c RODO, ustawa o utrzymaniu czystości i porządku w gminach", ""),
    ("ostrzezenia", "Ostrzeżenia o zagrożeniu życia, zdrowia lub mienia", "art. 6 ust. 1 lit. d i e RODO", ""),
    ("wiadomosci", "Wiadomości z miasta", "art. 6 ust. 1 lit. a RODO", MESSAGES),
    ("konsultacje", "Zaproszenia do konsultacji i ankiet", "art. 6 ust. 1 lit. a RODO", SURVEYS),
]  # fmt: skip


def write(apps, schema_editor):
    apps.get_model("residents", "RegisterPolicy").objects.create(
        valid_from=FROM,
        source="ustalenie startowe portalu; wiek: art. 8 RODO; termin odpowiedzi: art. 12 ust. 3 RODO",
        needs_confirmation=True,
        desk_code_days=30,
        desk_code_tries=5,
        consent_age=16,
        answer_months=1,
    )
    purpose = apps.get_model("residents", "Purpose")
    for code, name, basis, wording in PURPOSES:
        purpose.objects.create(
            code=code,
            name=name,
            legal_basis=basis,
            needs_consent=bool(wording),
            wording=wording,
            valid_from=FROM,
            source="ustalenie startowe portalu",
            needs_confirmation=True,
        )


class Migration(migrations.Migration):
    dependencies = [("residents", "0001_initial")]

    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
