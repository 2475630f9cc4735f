from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("residents", "0003_use_of_a_dwelling"),
    ]

    operations = [
        migrations.AddField(
            model_name="addresspoint",
            name="latitude",
            field=models.DecimalField(
                blank=True, decimal_places=6, max_digits=8, null=True, verbose_name="szerokość geograficzna"
            ),
        ),
        migrations.AddField(
            model_name="addresspoint",
            name="longitude",
            field=models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True, verbose_name="długość geograficzna"),
        ),
    ]
