"""How long drafts and papers of applications are kept, as data that a clerk changes beside every other period (L22, R26)."""

from datetime import date

from django.db import migrations

SOURCE = "Art. 5 ust. 1 lit. e RODO (ograniczenie przechowywania); okres przyjęty przy uruchomieniu portalu"
DAYS = {"card_draft": 30, "card_document": 30, "card_refused_photo": 30}


def add(apps, schema_editor):
    period = apps.get_model("office", "RetentionPeriod")
    for kind, days in DAYS.items():
        period.objects.get_or_create(
            kind=kind, valid_from=date(2026, 1, 1), defaults={"days": days, "source": SOURCE, "needs_confirmation": True}
        )


class Migration(migrations.Migration):
    dependencies = [("resident_card", "0002_first_policy_and_packages"), ("office", "0003_first_periods")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
