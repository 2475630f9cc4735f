"""What is collected apart everywhere in Poland, and ash and bulky waste; the town changes and adds its own."""

from django.db import migrations

FRACTIONS = [
    ("zmieszane", "Zmieszane", "czarny pojemnik"),
    ("bio", "Bioodpady", "brązowy worek lub pojemnik"),
    ("papier", "Papier", "niebieski worek lub pojemnik"),
    ("szklo", "Szkło", "zielony worek lub pojemnik"),
    ("plastik", "Metale i tworzywa sztuczne", "żółty worek lub pojemnik"),
    ("popiol", "Popiół", "szary pojemnik"),
    ("gabaryty", "Gabaryty", "wystaw przed posesję"),
]


def write(apps, schema_editor):
    fraction = apps.get_model("announcements", "Fraction")
    for order, (code, name, colour) in enumerate(FRACTIONS, start=1):
        fraction.objects.create(code=code, name=name, colour=colour, order=order)


class Migration(migrations.Migration):
    dependencies = [("announcements", "0002_first_topics")]

    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
