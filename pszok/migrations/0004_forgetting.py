"""Who came is forgotten after 13 months (Q24): a period as data, and a card visit that no longer knows its person needs no card."""

from datetime import date

from django.db import migrations, models
from django.db.models import Q

SOURCE = "Art. 5 ust. 1 lit. e RODO (ograniczenie przechowywania); okres przyjęty przy uruchomieniu portalu"
MONTHS_13 = 396  # days
NAME = "pszok_card_visit_has_its_card"


def add(apps, schema_editor):
    period = apps.get_model("office", "RetentionPeriod")
    for kind in ("waste_visit_person", "waste_dispute"):
        period.objects.get_or_create(
            kind=kind, valid_from=date(2026, 1, 1), defaults={"days": MONTHS_13, "source": SOURCE, "needs_confirmation": True}
        )


class Migration(migrations.Migration):
    dependencies = [("pszok", "0003_gate"), ("office", "0003_first_periods")]

    operations = [
        migrations.RemoveConstraint(model_name="visit", name=NAME),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=~Q(proof="card") | Q(medium__isnull=False) | Q(person__isnull=True), name=NAME
            ),
        ),
        migrations.RunPython(add, migrations.RunPython.noop),
    ]
