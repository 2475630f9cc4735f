"""Corrections of the calendar move down to the office, where the resident card counts working days too."""

from django.db import migrations

MOVE = """
insert into office_holidayoverride (day, is_day_off, name, source)
select day, is_day_off, name, source from eboi_holidayoverride
"""


class Migration(migrations.Migration):
    dependencies = [("eboi", "0004_accessibility_request"), ("office", "0005_holiday_override")]

    operations = [migrations.RunSQL(MOVE, migrations.RunSQL.noop), migrations.DeleteModel("HolidayOverride")]
