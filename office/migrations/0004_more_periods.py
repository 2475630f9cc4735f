"""Periods for the kinds that had none, as data: a clerk ends them and adds the next ones (L22)."""

from datetime import date

from django.db import migrations

SOURCE = "Art. 5 ust. 1 lit. e RODO (ograniczenie przechowywania); okres przyjęty w portalu"
YEAR = 365
PERIODS = {
    "sent_message": (2 * YEAR, "KRI § 21: dowody działania systemu 2 lata; okres przyjęty w portalu"),
    "mailbox": (30, SOURCE),
    "data_copy": (7, SOURCE),
    "data_request": (3 * YEAR, "Rozliczalność, art. 5 ust. 2 RODO; okres przyjęty w portalu"),
    "withdrawn_consent": (3 * YEAR, "Rozliczalność, art. 5 ust. 2 i art. 7 ust. 1 RODO; okres przyjęty w portalu"),
    "desk_code": (30, SOURCE),
    "desk_code_try": (2, SOURCE),
    "card_application": (5 * YEAR, "Regulamin karty i rozliczenie ulg; okres przyjęty w portalu"),
    "card_redemption": (3 * YEAR, "Rozliczenie zniżek z partnerami; okres przyjęty w portalu"),
    "announcement_reply": (YEAR, SOURCE),
    "phone_code": (2, SOURCE),
}


def add(apps, schema_editor):
    period = apps.get_model("office", "RetentionPeriod")
    for kind, (days, source) in PERIODS.items():
        period.objects.get_or_create(
            kind=kind, valid_from=date(2026, 1, 1), defaults={"days": days, "source": source, "needs_confirmation": True}
        )


class Migration(migrations.Migration):
    dependencies = [("office", "0003_first_periods")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
