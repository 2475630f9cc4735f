"""The topics that the portal starts with; the town renames and adds its own."""

from django.db import migrations

LAW = "Ten komunikat wysyłamy wszystkim, których dotyczy, bo obowiązek nakłada na miasto prawo. Nie można z niego zrezygnować."
TOPICS = [
    ("ostrzezenia", "Ostrzeżenia", "Zagrożenie życia, zdrowia albo mienia: powódź, wichura, skażenie, pożar.", LAW),
    ("awarie", "Awarie i przerwy w dostawach", "Woda, prąd, gaz, ciepło: co, gdzie i do kiedy.", ""),
    ("drogi", "Drogi i komunikacja", "Zamknięte ulice, objazdy, zmiany w autobusach.", ""),
    ("odpady", "Odpady", "Zmienione terminy odbioru, GPSZOK, zbiórki.", ""),
    ("urzad", "Urząd i podatki", "Godziny urzędu, terminy podatków i opłat.", ""),
    ("kultura", "Kultura i sport", "Koncerty, zajęcia, zawody w mieście.", ""),
]


def write(apps, schema_editor):
    topic = apps.get_model("announcements", "Topic")
    for order, (code, name, summary, why) in enumerate(TOPICS, start=1):
        topic.objects.create(code=code, name=name, summary=summary, order=order, is_statutory=bool(why), why_statutory=why)


class Migration(migrations.Migration):
    dependencies = [("announcements", "0001_initial")]

    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
