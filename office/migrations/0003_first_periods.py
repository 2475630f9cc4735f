"""The periods that the portal starts with, as data: a clerk ends them and adds the next ones (L22)."""

from datetime import date

from django.db import migrations

SOURCE = "Art. 5 ust. 1 lit. e RODO (ograniczenie przechowywania); okres przyjęty przy uruchomieniu portalu"
YEAR = 365
PERIODS = {"draft": 30, "upload": 1, "request_key": 30, "accessibility_request": 5 * YEAR}


def add(apps, schema_editor):
    period = apps.get_model("office", "RetentionPeriod")
    for kind, days in PERIODS.items():
        period.objects.get_or_create(
            kind=kind, valid_from=date(2026, 1, 1), defaults={"days": days, "source": SOURCE, "needs_confirmation": True}
        )


class Migration(migrations.Migration):
    dependencies = [("office", "0002_polish_order")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
