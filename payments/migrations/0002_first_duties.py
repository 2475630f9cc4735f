"""Stamp duties and exemptions as recalled and as read on pages of other offices: a clerk checks each row against the act."""

from datetime import date

from django.db import migrations

FROM = date(2007, 1, 1)  # ustawa z 16 listopada 2006 r. came into force
ACT = "ustawa z 16 listopada 2006 r. o opłacie skarbowej, załącznik"
DUTIES = [
    ("certificate-arrears", "zaświadczenie o niezaleganiu w podatkach albo o wysokości zaległości", 2100, f"{ACT}, część II"),
    ("certificate", "zaświadczenie", 1700, f"{ACT}, część II"),
    ("power-of-attorney", "złożenie pełnomocnictwa", 1700, f"{ACT}, część IV"),
]
EXEMPT = [
    ("spouse", "pełnomocnictwo dla męża albo żony"),
    ("ascendant", "pełnomocnictwo dla rodzica, dziadka albo babci"),
    ("descendant", "pełnomocnictwo dla dziecka albo wnuka"),
    ("sibling", "pełnomocnictwo dla brata albo siostry"),
    ("local-government", "jednostka samorządu terytorialnego"),
]


def write(apps, schema_editor):
    duty, exemption = (apps.get_model("payments", name) for name in ("StampDuty", "DutyExemption"))
    for code, name, grosze, source in DUTIES:
        duty.objects.create(code=code, name=name, amount_grosze=grosze, source=source, valid_from=FROM, needs_confirmation=True)
    for code, name in EXEMPT:
        exemption.objects.create(
            duty="power-of-attorney", code=code, name=name, source=f"{ACT}, część IV, zwolnienia", valid_from=FROM,
            needs_confirmation=True,
        )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_initial")]

    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
