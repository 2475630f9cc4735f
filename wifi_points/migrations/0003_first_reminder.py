"""How many days before its end a warranty is told of."""

from datetime import date

from django.db import migrations


def write(apps, schema_editor):
    norm = apps.get_model("wifi_points", "Norm")
    norm.objects.create(
        code="remind-days", value=90, valid_from=date(2026, 1, 1), needs_confirmation=True,
        source="ustalenie startowe portalu; urząd sprawdza i wpisuje własne",
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("wifi_points", "0002_first_norms_and_requirements")]

    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
