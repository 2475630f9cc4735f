from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("residents", "0002_first_policy"),
    ]

    operations = [
        migrations.AddField(
            model_name="dwelling",
            name="use",
            field=models.CharField(
                choices=[("home", "mieszkanie"), ("empty", "niezamieszkany"), ("business", "firma albo lokal użytkowy")],
                default="home",
                max_length=8,
                verbose_name="przeznaczenie",
            ),
        ),
    ]
