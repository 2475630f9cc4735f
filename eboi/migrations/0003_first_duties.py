"""Every form that asks about a proxy carries the duty on a power of attorney; to be checked by a clerk as all recalled law is."""

from datetime import date

from django.db import migrations


def write(apps, schema_editor):
    apps.get_model("eboi", "MatterDuty").objects.create(
        matter=None, duty="power-of-attorney", question="proxy", answer="yes", exempting="proxy-relation",
        valid_from=date(2007, 1, 1), needs_confirmation=True,
        source="ustawa z 16 listopada 2006 r. o opłacie skarbowej, art. 1 ust. 1 pkt 2",
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("eboi", "0002_first_rules")]

    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
