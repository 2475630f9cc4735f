"""Limits that the ballot box starts with, as dated data: when people look at a crowd of voices, how long the key lives (C36, C39)."""

from datetime import date

from django.db import migrations

SINCE = date(2026, 1, 1)
SOURCE = "ustalenie startowe portalu; urząd sprawdza i wpisuje własne"


def add(apps, schema_editor):
    limits, period = apps.get_model("consultations", "SuspicionLimits"), apps.get_model("office", "RetentionPeriod")
    if not limits.objects.exists():
        limits.objects.create(valid_from=SINCE, source=SOURCE, needs_confirmation=True)
    period.objects.get_or_create(
        kind="ballot_key", valid_from=SINCE, defaults={"days": 90, "source": SOURCE, "needs_confirmation": True}
    )


class Migration(migrations.Migration):
    dependencies = [("consultations", "0003_first_bases"), ("office", "0003_first_periods")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
