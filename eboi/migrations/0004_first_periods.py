"""How long reports of faults and agreed lists of cases are kept: periods as data that clerks end and begin anew."""

from datetime import date

from django.db import migrations

SOURCE = "Art. 5 ust. 1 lit. e RODO (ograniczenie przechowywania); okres przyjęty w portalu"
PERIODS = {
    "fault_address": (365, SOURCE),
    "fault": (3 * 365, SOURCE),
    "disposed_case": (14, "Czas na odstąpienie po wpisaniu zgody archiwum; przyjęty w portalu"),
}


def write(apps, schema_editor):
    period = apps.get_model("office", "RetentionPeriod")
    for kind, (days, source) in PERIODS.items():
        dated = {"days": days, "source": source, "needs_confirmation": True}
        period.objects.get_or_create(kind=kind, valid_from=date(2026, 1, 1), defaults=dated)


class Migration(migrations.Migration):
    dependencies = [("eboi", "0003_first_duties"), ("office", "0004_more_periods")]

    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
