import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("office", "0005_holiday_override"),
    ]

    operations = [
        migrations.CreateModel(
            name="MessageBody",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("subject", models.CharField(blank=True, max_length=200)),
                ("text", models.TextField()),
                ("html", models.TextField(blank=True)),
            ],
        ),
        migrations.RemoveIndex(
            model_name="message",
            name="office_message_waiting",
        ),
        migrations.AddField(
            model_name="message",
            name="endpoint",
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name="message",
            name="leave_url",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="message",
            name="urgency",
            field=models.PositiveSmallIntegerField(
                choices=[(0, "ostrzeżenie"), (1, "list"), (2, "wiadomość do wielu")], default=1, verbose_name="pilność"
            ),
        ),
        migrations.AlterField(
            model_name="message",
            name="text",
            field=models.TextField(blank=True, verbose_name="treść"),
        ),
        migrations.AddField(
            model_name="message",
            name="body",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="messages", to="office.messagebody"
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("state__in", ["queued", "sending", "failed"])),
                fields=["urgency", "next_attempt_at"],
                name="office_message_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("body__isnull", True), models.Q(("text", ""), _negated=True)),
                    models.Q(("body__isnull", False), ("html", ""), ("subject", ""), ("text", "")),
                    _connector="OR",
                ),
                name="office_message_says_it_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.UniqueConstraint(
                condition=models.Q(("endpoint__isnull", False)),
                fields=("about_id", "endpoint"),
                name="office_message_once_an_endpoint",
            ),
        ),
    ]
