"""Who came is forgotten after 13 months (Q24), as data that a clerk changes beside every other period."""

from datetime import date

from django.db import migrations

SOURCE = "Art. 5 ust. 1 lit. e RODO (ograniczenie przechowywania); okres przyjęty przy uruchomieniu portalu"
MONTHS_13 = 396  # days


def add(apps, schema_editor):
    period = apps.get_model("office", "RetentionPeriod")
    for kind in ("waste_visit_person", "waste_dispute"):
        period.objects.get_or_create(
            kind=kind, valid_from=date(2026, 1, 1), defaults={"days": MONTHS_13, "source": SOURCE, "needs_confirmation": True}
        )


class Migration(migrations.Migration):
    dependencies = [("pszok", "0002_first_waste_data"), ("office", "0003_first_periods")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
