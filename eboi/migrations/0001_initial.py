import accounts.at_once
import accounts.encryption
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("office", "0005_holiday_override"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("residents", "0003_use_of_a_dwelling"),
        ("schemas", "0002_survey_kinds"),
    ]

    operations = [
        accounts.at_once.AtOnce(
            operations=[
                migrations.CreateModel(
                    name="Unit",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("symbol", models.CharField(max_length=10, unique=True, verbose_name="symbol")),
                        ("name", models.CharField(max_length=120, verbose_name="nazwa")),
                        ("contact", models.CharField(blank=True, max_length=200, verbose_name="kontakt")),
                    ],
                    options={
                        "verbose_name": "komórka organizacyjna",
                        "verbose_name_plural": "komórki organizacyjne",
                    },
                ),
                migrations.CreateModel(
                    name="AccessibilityRequest",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("number", models.CharField(max_length=20, unique=True, verbose_name="numer")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("access", "popraw stronę albo dokument, żeby dało się z nich korzystać"),
                                    ("other_way", "przekaż mi treść w inny sposób"),
                                ],
                                max_length=10,
                                verbose_name="o co",
                            ),
                        ),
                        ("page", models.CharField(max_length=300, verbose_name="strona albo dokument")),
                        (
                            "problem",
                            accounts.encryption.EncryptedTextField(
                                context="eboi_accessibilityrequest.problem", verbose_name="na czym polega problem"
                            ),
                        ),
                        (
                            "other_way",
                            accounts.encryption.EncryptedTextField(
                                context="eboi_accessibilityrequest.other_way", null=True, verbose_name="w jaki inny sposób"
                            ),
                        ),
                        (
                            "name",
                            accounts.encryption.EncryptedTextField(
                                context="eboi_accessibilityrequest.name", verbose_name="kto prosi"
                            ),
                        ),
                        (
                            "contact_by",
                            models.CharField(
                                choices=[("email", "e-mailem"), ("phone", "telefonicznie"), ("post", "listem")],
                                max_length=5,
                                verbose_name="jak odpowiedzieć",
                            ),
                        ),
                        (
                            "contact",
                            accounts.encryption.EncryptedTextField(
                                context="eboi_accessibilityrequest.contact", verbose_name="kontakt"
                            ),
                        ),
                        ("asked_at", models.DateTimeField(verbose_name="wpłynęło")),
                        ("due_on", models.DateField(verbose_name="odpowiedź do")),
                        ("extended_why", models.TextField(blank=True, verbose_name="powód nowego terminu")),
                        ("answered_at", models.DateTimeField(null=True, verbose_name="odpowiedziano")),
                        ("is_granted", models.BooleanField(null=True, verbose_name="uwzględnione")),
                        (
                            "answer",
                            accounts.encryption.EncryptedTextField(
                                context="eboi_accessibilityrequest.answer", null=True, verbose_name="odpowiedź"
                            ),
                        ),
                        ("answered_by", models.UUIDField(null=True, verbose_name="kto odpowiedział")),
                    ],
                    options={
                        "verbose_name": "żądanie dostępności",
                        "verbose_name_plural": "żądania dostępności",
                        "ordering": ["due_on", "asked_at"],
                        "permissions": [("answer_accessibilityrequest", "odpowiada na żądania dostępności")],
                        "default_permissions": ("view",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("answer__isnull", True),
                                        ("answered_at__isnull", True),
                                        ("answered_by__isnull", True),
                                        ("is_granted__isnull", True),
                                    ),
                                    models.Q(
                                        ("answer__isnull", False),
                                        ("answered_at__isnull", False),
                                        ("answered_by__isnull", False),
                                        ("is_granted__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="eboi_accessibility_answered_whole",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="JrwaClass",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("valid_from", models.DateField(verbose_name="obowiązuje od")),
                        (
                            "valid_to",
                            models.DateField(
                                blank=True, help_text="Włącznie. Puste: bezterminowo.", null=True, verbose_name="obowiązuje do"
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                help_text="Ustawa, uchwała albo zarządzenie, z numerem.", max_length=300, verbose_name="podstawa"
                            ),
                        ),
                        (
                            "needs_confirmation",
                            models.BooleanField(
                                default=False,
                                help_text="Źródła jeszcze nie sprawdzono; mieszkaniec zobaczy ten znak.",
                                verbose_name="do potwierdzenia",
                            ),
                        ),
                        ("symbol", models.CharField(max_length=10, verbose_name="symbol")),
                        ("name", models.CharField(max_length=200, verbose_name="hasło")),
                        ("category", models.CharField(max_length=6, verbose_name="kategoria archiwalna")),
                    ],
                    options={
                        "verbose_name": "klasa JRWA",
                        "verbose_name_plural": "klasy JRWA",
                        "ordering": ["symbol", "-valid_from"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                                ),
                                name="eboi_jrwaclass_dates_in_order",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MatterType",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("code", models.SlugField(unique=True, verbose_name="kod")),
                        ("name", models.CharField(max_length=200, verbose_name="nazwa")),
                        ("summary", models.CharField(max_length=200, verbose_name="w jednym zdaniu")),
                        ("keywords", models.CharField(blank=True, max_length=300, verbose_name="słowa do wyszukiwania")),
                        ("is_offered", models.BooleanField(default=True, verbose_name="dostępna w portalu")),
                        (
                            "form",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, to="schemas.definition", verbose_name="formularz"
                            ),
                        ),
                        (
                            "jrwa",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, to="eboi.jrwaclass", verbose_name="klasa JRWA"
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, to="eboi.unit", verbose_name="prowadzi"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "rodzaj sprawy",
                        "verbose_name_plural": "rodzaje spraw",
                    },
                ),
                migrations.CreateModel(
                    name="Case",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("year", models.PositiveSmallIntegerField(verbose_name="rok")),
                        ("number", models.PositiveIntegerField(verbose_name="numer kolejny")),
                        ("mark", models.CharField(max_length=40, unique=True, verbose_name="znak sprawy")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("new", "nowa"),
                                    ("in_progress", "w toku"),
                                    ("waiting_party", "czeka na mieszkańca"),
                                    ("suspended", "zawieszona"),
                                    ("decided", "rozstrzygnięta"),
                                    ("served", "decyzja doręczona"),
                                    ("final", "decyzja ostateczna"),
                                    ("completed", "załatwiona bez decyzji"),
                                    ("left_unconsidered", "pozostawiona bez rozpoznania"),
                                    ("withdrawn", "wycofana"),
                                    ("forwarded", "przekazana według właściwości"),
                                ],
                                default="new",
                                max_length=20,
                                verbose_name="stan",
                            ),
                        ),
                        ("received_on", models.DateField(verbose_name="data wpływu")),
                        ("opened_at", models.DateTimeField(verbose_name="założona")),
                        ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="zakończona")),
                        ("outcome", models.TextField(blank=True, verbose_name="jak załatwiono")),
                        ("appealed_on", models.DateField(blank=True, null=True, verbose_name="odwołanie z dnia")),
                        (
                            "officer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="prowadzi",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cases",
                                to="residents.person",
                                verbose_name="strona",
                            ),
                        ),
                        (
                            "jrwa",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, to="eboi.jrwaclass", verbose_name="klasa JRWA"
                            ),
                        ),
                        (
                            "matter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, to="eboi.mattertype", verbose_name="rodzaj sprawy"
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, to="eboi.unit", verbose_name="komórka"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "sprawa",
                        "verbose_name_plural": "sprawy",
                        "permissions": [
                            ("register_letter", "rejestruje przesyłki wpływające"),
                            ("direct_letter", "kieruje przesyłki do komórek"),
                            ("open_case", "zakłada sprawy"),
                            ("handle_case", "prowadzi sprawy swojej komórki"),
                            ("assign_case", "przydziela sprawy i przedłuża terminy"),
                            ("sign_decision", "podpisuje decyzje"),
                        ],
                        "indexes": [
                            models.Index(fields=["person", "-opened_at"], name="eboi_case_person__e35e7a_idx"),
                            models.Index(fields=["unit", "status"], name="eboi_case_unit_id_b4280d_idx"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("unit", "jrwa", "year", "number"), name="eboi_case_number"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "status__in",
                                        [
                                            "new",
                                            "in_progress",
                                            "waiting_party",
                                            "suspended",
                                            "decided",
                                            "served",
                                            "final",
                                            "completed",
                                            "left_unconsidered",
                                            "withdrawn",
                                            "forwarded",
                                        ],
                                    )
                                ),
                                name="eboi_case_status",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CaseMessage",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("from_resident", "od mieszkańca"),
                                    ("from_office", "od urzędu"),
                                    ("note", "notatka wewnętrzna"),
                                ],
                                max_length=14,
                                verbose_name="rodzaj",
                            ),
                        ),
                        ("text", models.TextField(verbose_name="treść")),
                        ("author", models.UUIDField(verbose_name="kto napisał")),
                        ("at", models.DateTimeField(verbose_name="kiedy")),
                        ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="przeczytano")),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="messages",
                                to="eboi.case",
                                verbose_name="sprawa",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "wiadomość w sprawie",
                        "verbose_name_plural": "wiadomości w sprawie",
                        "ordering": ["at"],
                    },
                ),
                migrations.CreateModel(
                    name="Deadline",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("started_on", models.DateField(verbose_name="dzień zdarzenia")),
                        ("term_count", models.PositiveSmallIntegerField(null=True, verbose_name="termin")),
                        (
                            "term_unit",
                            models.CharField(
                                blank=True,
                                choices=[("days", "dni"), ("weeks", "tygodnie"), ("months", "miesiące"), ("years", "lata")],
                                max_length=10,
                                verbose_name="jednostka",
                            ),
                        ),
                        ("fixed_on", models.DateField(blank=True, null=True, verbose_name="nowy termin")),
                        ("due_on", models.DateField(verbose_name="ostatni dzień")),
                        ("reason", models.TextField(blank=True, verbose_name="powód przedłużenia")),
                        ("set_by", models.UUIDField(null=True, verbose_name="kto wyznaczył")),
                        ("set_at", models.DateTimeField(verbose_name="kiedy")),
                        ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="zamknięty")),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deadlines",
                                to="eboi.case",
                                verbose_name="sprawa",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "termin",
                        "verbose_name_plural": "terminy",
                        "ordering": ["set_at", "id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("closed_at__isnull", True)), fields=["due_on"], name="eboi_deadline_open"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("closed_at__isnull", True)), fields=("case",), name="eboi_one_open_deadline"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("term_count__isnull", False), ("fixed_on__isnull", False), _connector="OR"),
                                name="eboi_deadline_has_inputs",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DeadlineEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("started_on", models.DateField(verbose_name="dzień zdarzenia")),
                        ("term_count", models.PositiveSmallIntegerField(null=True, verbose_name="termin")),
                        (
                            "term_unit",
                            models.CharField(
                                blank=True,
                                choices=[("days", "dni"), ("weeks", "tygodnie"), ("months", "miesiące"), ("years", "lata")],
                                max_length=10,
                                verbose_name="jednostka",
                            ),
                        ),
                        ("fixed_on", models.DateField(blank=True, null=True, verbose_name="nowy termin")),
                        ("due_on", models.DateField(verbose_name="ostatni dzień")),
                        ("reason", models.TextField(blank=True, verbose_name="powód przedłużenia")),
                        ("set_by", models.UUIDField(null=True, verbose_name="kto wyznaczył")),
                        ("set_at", models.DateTimeField(verbose_name="kiedy")),
                        ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="zamknięty")),
                        (
                            "case",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="eboi.case",
                                verbose_name="sprawa",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="eboi.deadline",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Decision",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "status",
                            models.CharField(
                                choices=[("draft", "projekt"), ("approved", "podpisana")],
                                default="draft",
                                max_length=10,
                                verbose_name="stan",
                            ),
                        ),
                        ("authority", models.CharField(max_length=200, verbose_name="organ")),
                        ("decided_on", models.DateField(blank=True, null=True, verbose_name="data wydania")),
                        ("party", models.CharField(max_length=200, verbose_name="strona")),
                        ("legal_basis", models.TextField(verbose_name="podstawa prawna")),
                        ("ruling", models.TextField(verbose_name="rozstrzygnięcie")),
                        ("reasons", models.TextField(verbose_name="uzasadnienie")),
                        ("instruction", models.TextField(verbose_name="pouczenie")),
                        ("signatory_name", models.CharField(blank=True, max_length=120, verbose_name="podpisuje")),
                        ("signatory_position", models.CharField(blank=True, max_length=120, verbose_name="stanowisko")),
                        ("signed_by", models.UUIDField(null=True)),
                        ("drafted_by", models.UUIDField()),
                        (
                            "case",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decision",
                                to="eboi.case",
                                verbose_name="sprawa",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "decyzja",
                        "verbose_name_plural": "decyzje",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("status__in", ["draft", "approved"])), name="eboi_decision_status"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status", "draft"),
                                    models.Q(
                                        ("decided_on__isnull", False),
                                        ("signed_by__isnull", False),
                                        models.Q(("signatory_name", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="eboi_signed_decision_is_complete",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DecisionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        (
                            "status",
                            models.CharField(
                                choices=[("draft", "projekt"), ("approved", "podpisana")],
                                default="draft",
                                max_length=10,
                                verbose_name="stan",
                            ),
                        ),
                        ("authority", models.CharField(max_length=200, verbose_name="organ")),
                        ("decided_on", models.DateField(blank=True, null=True, verbose_name="data wydania")),
                        ("party", models.CharField(max_length=200, verbose_name="strona")),
                        ("legal_basis", models.TextField(verbose_name="podstawa prawna")),
                        ("ruling", models.TextField(verbose_name="rozstrzygnięcie")),
                        ("reasons", models.TextField(verbose_name="uzasadnienie")),
                        ("instruction", models.TextField(verbose_name="pouczenie")),
                        ("signatory_name", models.CharField(blank=True, max_length=120, verbose_name="podpisuje")),
                        ("signatory_position", models.CharField(blank=True, max_length=120, verbose_name="stanowisko")),
                        ("signed_by", models.UUIDField(null=True)),
                        ("drafted_by", models.UUIDField()),
                        (
                            "case",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="eboi.case",
                                verbose_name="sprawa",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="eboi.decision",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="DefectCall",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "projekt"),
                                    ("sent", "wysłane"),
                                    ("served", "doręczone"),
                                    ("cured", "uzupełnione"),
                                    ("lapsed", "termin minął"),
                                    ("called_off", "nieaktualne"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="stan",
                            ),
                        ),
                        ("missing", models.TextField(verbose_name="czego brakuje")),
                        ("days", models.PositiveSmallIntegerField(default=7, verbose_name="dni na uzupełnienie")),
                        ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="wysłane")),
                        ("served_on", models.DateField(blank=True, null=True, verbose_name="doręczone")),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="ostatni dzień")),
                        ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="odpowiedź")),
                        ("answer", models.TextField(blank=True, verbose_name="odpowiedź strony")),
                        ("taken_back_at", models.DateTimeField(blank=True, null=True, verbose_name="cofnięte")),
                        ("taken_back_why", models.TextField(blank=True, verbose_name="dlaczego cofnięte")),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="calls",
                                to="eboi.case",
                                verbose_name="sprawa",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "wezwanie do uzupełnienia",
                        "verbose_name_plural": "wezwania do uzupełnienia",
                        "ordering": ["sent_at"],
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("days__gte", 7)), name="eboi_call_at_least_seven_days"),
                            models.CheckConstraint(
                                condition=models.Q(("status__in", ["draft", "sent", "served", "cured", "lapsed", "called_off"])),
                                name="eboi_call_status",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("status__in", ["draft", "sent", "served"])),
                                fields=("case",),
                                name="eboi_one_open_call",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DefectCallEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "projekt"),
                                    ("sent", "wysłane"),
                                    ("served", "doręczone"),
                                    ("cured", "uzupełnione"),
                                    ("lapsed", "termin minął"),
                                    ("called_off", "nieaktualne"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="stan",
                            ),
                        ),
                        ("missing", models.TextField(verbose_name="czego brakuje")),
                        ("days", models.PositiveSmallIntegerField(default=7, verbose_name="dni na uzupełnienie")),
                        ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="wysłane")),
                        ("served_on", models.DateField(blank=True, null=True, verbose_name="doręczone")),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="ostatni dzień")),
                        ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="odpowiedź")),
                        ("answer", models.TextField(blank=True, verbose_name="odpowiedź strony")),
                        ("taken_back_at", models.DateTimeField(blank=True, null=True, verbose_name="cofnięte")),
                        ("taken_back_why", models.TextField(blank=True, verbose_name="dlaczego cofnięte")),
                        (
                            "case",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="eboi.case",
                                verbose_name="sprawa",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="eboi.defectcall",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Delivery",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("ade", "e-Doręczenia"),
                                    ("post", "poczta, za potwierdzeniem odbioru"),
                                    ("in_person", "odbiór w urzędzie"),
                                ],
                                max_length=10,
                                verbose_name="sposób",
                            ),
                        ),
                        ("sent_on", models.DateField(verbose_name="wysłano")),
                        ("collected_on", models.DateField(blank=True, null=True, verbose_name="odebrano")),
                        ("first_notice_on", models.DateField(blank=True, null=True, verbose_name="pierwsze zawiadomienie")),
                        ("effective_on", models.DateField(verbose_name="skutek doręczenia")),
                        ("proof", models.CharField(blank=True, max_length=200, verbose_name="dowód")),
                        ("recorded_by", models.UUIDField()),
                        (
                            "call",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deliveries",
                                to="eboi.defectcall",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deliveries",
                                to="eboi.case",
                                verbose_name="sprawa",
                            ),
                        ),
                        (
                            "decision",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deliveries",
                                to="eboi.decision",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "doręczenie",
                        "verbose_name_plural": "doręczenia",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("call__isnull", True), ("decision__isnull", True), _connector="XOR"),
                                name="eboi_delivery_of_one_letter",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Document",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("title", models.CharField(max_length=200, verbose_name="tytuł")),
                        ("is_from_office", models.BooleanField(default=False, verbose_name="pismo urzędu")),
                        ("added_by", models.UUIDField(verbose_name="kto dodał")),
                        ("added_at", models.DateTimeField(verbose_name="kiedy")),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="documents",
                                to="eboi.case",
                                verbose_name="sprawa",
                            ),
                        ),
                        (
                            "file",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, to="office.storedfile", verbose_name="plik"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "dokument w sprawie",
                        "verbose_name_plural": "dokumenty w sprawie",
                        "ordering": ["added_at"],
                    },
                ),
                migrations.CreateModel(
                    name="Submission",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "status",
                            models.CharField(
                                choices=[("draft", "szkic"), ("submitted", "złożone")],
                                default="draft",
                                max_length=12,
                                verbose_name="stan",
                            ),
                        ),
                        (
                            "answers",
                            accounts.encryption.EncryptedJSONField(
                                context="eboi_submission.answers", default=dict, verbose_name="odpowiedzi"
                            ),
                        ),
                        ("computed", models.JSONField(default=dict, verbose_name="wyliczone")),
                        ("revision", models.PositiveIntegerField(default=0)),
                        ("started_at", models.DateTimeField(auto_now_add=True, verbose_name="rozpoczęto")),
                        ("saved_at", models.DateTimeField(auto_now=True, verbose_name="zapisano")),
                        ("received_at", models.DateTimeField(null=True, verbose_name="wpłynęło")),
                        ("sign_in_method", models.CharField(blank=True, max_length=40, verbose_name="sposób logowania")),
                        (
                            "identity_level",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("declared", "podana przez mieszkańca"),
                                    ("desk", "potwierdzona w urzędzie"),
                                    ("electronic", "potwierdzona elektronicznie"),
                                ],
                                max_length=12,
                                verbose_name="tożsamość",
                            ),
                        ),
                        (
                            "form_version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="schemas.version",
                                verbose_name="wersja formularza",
                            ),
                        ),
                        (
                            "matter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, to="eboi.mattertype", verbose_name="sprawa"
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="submissions",
                                to="residents.person",
                                verbose_name="osoba",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "zgłoszenie",
                        "verbose_name_plural": "zgłoszenia",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("status", "draft")),
                                fields=("person", "matter"),
                                name="eboi_one_draft_per_matter",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("status__in", ["draft", "submitted"])), name="eboi_submission_status"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("status", "draft"), ("received_at__isnull", False), _connector="OR"),
                                name="eboi_submitted_has_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IncomingLetter",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("year", models.PositiveSmallIntegerField(verbose_name="rok")),
                        ("number", models.PositiveIntegerField(verbose_name="numer")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("registered", "zarejestrowane"),
                                    ("directed", "skierowane do wydziału"),
                                    ("attached", "w aktach sprawy"),
                                    ("noted", "bez zakładania sprawy"),
                                ],
                                default="registered",
                                max_length=12,
                                verbose_name="stan",
                            ),
                        ),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("portal", "portal"),
                                    ("paper", "papier"),
                                    ("email", "e-mail"),
                                    ("desk", "do protokołu w urzędzie"),
                                    ("ade", "e-Doręczenia"),
                                ],
                                max_length=10,
                                verbose_name="wpłynęło przez",
                            ),
                        ),
                        ("received_at", models.DateTimeField(verbose_name="wpłynęło")),
                        ("sender_name", models.CharField(max_length=200, verbose_name="nadawca")),
                        ("subject", models.CharField(max_length=200, verbose_name="czego dotyczy")),
                        ("letter_on", models.DateField(blank=True, null=True, verbose_name="data pisma")),
                        ("letter_mark", models.CharField(blank=True, max_length=60, verbose_name="znak pisma")),
                        ("attachments_count", models.PositiveSmallIntegerField(default=0, verbose_name="załączników")),
                        ("registered_at", models.DateTimeField(verbose_name="zarejestrowane")),
                        ("registered_by", models.UUIDField(null=True, verbose_name="zarejestrował")),
                        (
                            "case",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="letters",
                                to="eboi.case",
                                verbose_name="sprawa",
                            ),
                        ),
                        (
                            "sender",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="letters",
                                to="residents.person",
                                verbose_name="osoba",
                            ),
                        ),
                        (
                            "matter",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="eboi.mattertype",
                                verbose_name="rodzaj sprawy",
                            ),
                        ),
                        (
                            "submission",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="letter",
                                to="eboi.submission",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="eboi.unit",
                                verbose_name="skierowane do",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "przesyłka wpływająca",
                        "verbose_name_plural": "rejestr przesyłek wpływających",
                        "ordering": ["-year", "-number"],
                        "indexes": [models.Index(fields=["unit", "status"], name="eboi_incomi_unit_id_c5be24_idx")],
                        "constraints": [
                            models.UniqueConstraint(fields=("year", "number"), name="eboi_rpw_number"),
                            models.CheckConstraint(
                                condition=models.Q(("status__in", ["registered", "directed", "attached", "noted"])),
                                name="eboi_letter_status",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "attached"), _negated=True), ("case__isnull", False), _connector="OR"
                                ),
                                name="eboi_attached_letter_has_case",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Exclusion",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("clerk", models.UUIDField(verbose_name="pracownik")),
                        ("tried_by", models.UUIDField(null=True, verbose_name="kto próbował")),
                        ("tried", models.CharField(max_length=60, verbose_name="czynność")),
                        ("at", models.DateTimeField(verbose_name="kiedy")),
                        (
                            "case",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="exclusions",
                                to="eboi.case",
                                verbose_name="sprawa",
                            ),
                        ),
                        (
                            "letter",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="exclusions",
                                to="eboi.incomingletter",
                                verbose_name="przesyłka",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "wyłączenie pracownika",
                        "verbose_name_plural": "wyłączenia pracowników",
                        "ordering": ["-at"],
                    },
                ),
                migrations.CreateModel(
                    name="MatterTerms",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("valid_from", models.DateField(verbose_name="obowiązuje od")),
                        (
                            "valid_to",
                            models.DateField(
                                blank=True, help_text="Włącznie. Puste: bezterminowo.", null=True, verbose_name="obowiązuje do"
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                help_text="Ustawa, uchwała albo zarządzenie, z numerem.", max_length=300, verbose_name="podstawa"
                            ),
                        ),
                        (
                            "needs_confirmation",
                            models.BooleanField(
                                default=False,
                                help_text="Źródła jeszcze nie sprawdzono; mieszkaniec zobaczy ten znak.",
                                verbose_name="do potwierdzenia",
                            ),
                        ),
                        ("legal_basis", models.CharField(max_length=300, verbose_name="podstawa prawna")),
                        ("who", models.TextField(verbose_name="kto i kiedy")),
                        ("documents", models.TextField(verbose_name="co przygotować")),
                        ("fee", models.CharField(max_length=200, verbose_name="opłata")),
                        ("term_count", models.PositiveSmallIntegerField(verbose_name="termin urzędu")),
                        (
                            "term_unit",
                            models.CharField(
                                choices=[("days", "dni"), ("weeks", "tygodnie"), ("months", "miesiące"), ("years", "lata")],
                                default="months",
                                max_length=10,
                                verbose_name="jednostka terminu",
                            ),
                        ),
                        ("appeal", models.TextField(verbose_name="odwołanie")),
                        ("appeal_days", models.PositiveSmallIntegerField(default=14, verbose_name="dni na odwołanie")),
                        (
                            "authority",
                            models.CharField(
                                default="Burmistrz Pruszcza Gdańskiego", max_length=200, verbose_name="organ wydający decyzję"
                            ),
                        ),
                        ("decision_instruction", models.TextField(blank=True, verbose_name="pouczenie decyzji")),
                        ("delay_instruction", models.TextField(blank=True, verbose_name="pouczenie o ponagleniu")),
                        ("privacy", models.TextField(verbose_name="klauzula informacyjna")),
                        (
                            "matter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="terms",
                                to="eboi.mattertype",
                                verbose_name="sprawa",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "karta usługi",
                        "verbose_name_plural": "karty usług",
                        "ordering": ["matter", "-valid_from"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                                ),
                                name="eboi_matterterms_dates_in_order",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Pause",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "why",
                            models.CharField(
                                choices=[
                                    ("defect", "czeka na uzupełnienie przez stronę"),
                                    ("suspension", "postępowanie zawieszone"),
                                ],
                                max_length=12,
                                verbose_name="powód",
                            ),
                        ),
                        ("since", models.DateField(verbose_name="od")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="do")),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pauses",
                                to="eboi.case",
                                verbose_name="sprawa",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "przerwa w biegu terminu",
                        "verbose_name_plural": "przerwy w biegu terminu",
                        "ordering": ["since"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until__isnull", True)), fields=("case",), name="eboi_one_open_pause"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"),
                                name="eboi_pause_in_order",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Scan",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("added_by", models.UUIDField(verbose_name="kto dodał")),
                        ("added_at", models.DateTimeField(verbose_name="kiedy")),
                        (
                            "file",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, to="office.storedfile", verbose_name="plik"
                            ),
                        ),
                        (
                            "letter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="scans",
                                to="eboi.incomingletter",
                                verbose_name="przesyłka",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "skan przesyłki",
                        "verbose_name_plural": "skany przesyłek",
                        "ordering": ["added_at"],
                    },
                ),
                migrations.CreateModel(
                    name="Receipt",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("body", models.JSONField(verbose_name="treść")),
                        ("salt", models.BinaryField(max_length=32)),
                        ("sha256", models.CharField(max_length=64)),
                        ("key_id", models.CharField(max_length=40)),
                        ("signature", models.BinaryField(max_length=64)),
                        ("issued_at", models.DateTimeField(verbose_name="wystawiono")),
                        (
                            "submission",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="receipt", to="eboi.submission"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "urzędowe potwierdzenie odbioru",
                        "verbose_name_plural": "urzędowe potwierdzenia odbioru",
                    },
                ),
                migrations.CreateModel(
                    name="Attachment",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("question", models.SlugField(verbose_name="pytanie")),
                        ("added_at", models.DateTimeField(auto_now_add=True)),
                        ("file", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to="office.storedfile")),
                        (
                            "submission",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="attachments", to="eboi.submission"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "załącznik",
                        "verbose_name_plural": "załączniki",
                        "ordering": ["added_at"],
                    },
                ),
                migrations.CreateModel(
                    name="IncomingLetterEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ("year", models.PositiveSmallIntegerField(verbose_name="rok")),
                        ("number", models.PositiveIntegerField(verbose_name="numer")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("registered", "zarejestrowane"),
                                    ("directed", "skierowane do wydziału"),
                                    ("attached", "w aktach sprawy"),
                                    ("noted", "bez zakładania sprawy"),
                                ],
                                default="registered",
                                max_length=12,
                                verbose_name="stan",
                            ),
                        ),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("portal", "portal"),
                                    ("paper", "papier"),
                                    ("email", "e-mail"),
                                    ("desk", "do protokołu w urzędzie"),
                                    ("ade", "e-Doręczenia"),
                                ],
                                max_length=10,
                                verbose_name="wpłynęło przez",
                            ),
                        ),
                        ("received_at", models.DateTimeField(verbose_name="wpłynęło")),
                        ("sender_name", models.CharField(max_length=200, verbose_name="nadawca")),
                        ("subject", models.CharField(max_length=200, verbose_name="czego dotyczy")),
                        ("letter_on", models.DateField(blank=True, null=True, verbose_name="data pisma")),
                        ("letter_mark", models.CharField(blank=True, max_length=60, verbose_name="znak pisma")),
                        ("attachments_count", models.PositiveSmallIntegerField(default=0, verbose_name="załączników")),
                        ("registered_at", models.DateTimeField(verbose_name="zarejestrowane")),
                        ("registered_by", models.UUIDField(null=True, verbose_name="zarejestrował")),
                        (
                            "case",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="eboi.case",
                                verbose_name="sprawa",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="eboi.incomingletter",
                            ),
                        ),
                        (
                            "sender",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="residents.person",
                                verbose_name="osoba",
                            ),
                        ),
                        (
                            "matter",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="eboi.mattertype",
                                verbose_name="rodzaj sprawy",
                            ),
                        ),
                        (
                            "submission",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="eboi.submission",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="eboi.unit",
                                verbose_name="skierowane do",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="CaseEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ("year", models.PositiveSmallIntegerField(verbose_name="rok")),
                        ("number", models.PositiveIntegerField(verbose_name="numer kolejny")),
                        ("mark", models.CharField(max_length=40, verbose_name="znak sprawy")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("new", "nowa"),
                                    ("in_progress", "w toku"),
                                    ("waiting_party", "czeka na mieszkańca"),
                                    ("suspended", "zawieszona"),
                                    ("decided", "rozstrzygnięta"),
                                    ("served", "decyzja doręczona"),
                                    ("final", "decyzja ostateczna"),
                                    ("completed", "załatwiona bez decyzji"),
                                    ("left_unconsidered", "pozostawiona bez rozpoznania"),
                                    ("withdrawn", "wycofana"),
                                    ("forwarded", "przekazana według właściwości"),
                                ],
                                default="new",
                                max_length=20,
                                verbose_name="stan",
                            ),
                        ),
                        ("received_on", models.DateField(verbose_name="data wpływu")),
                        ("opened_at", models.DateTimeField(verbose_name="założona")),
                        ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="zakończona")),
                        ("outcome", models.TextField(blank=True, verbose_name="jak załatwiono")),
                        ("appealed_on", models.DateField(blank=True, null=True, verbose_name="odwołanie z dnia")),
                        (
                            "officer",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="prowadzi",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="residents.person",
                                verbose_name="strona",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="eboi.case",
                            ),
                        ),
                        (
                            "jrwa",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="eboi.jrwaclass",
                                verbose_name="klasa JRWA",
                            ),
                        ),
                        (
                            "matter",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="eboi.mattertype",
                                verbose_name="rodzaj sprawy",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="eboi.unit",
                                verbose_name="komórka",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="UnitMember",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="members",
                                to="eboi.unit",
                                verbose_name="komórka",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="units",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="pracownik",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "pracownik komórki",
                        "verbose_name_plural": "pracownicy komórek",
                        "constraints": [models.UniqueConstraint(fields=("unit", "user"), name="eboi_unitmember_once")],
                    },
                ),
                migrations.CreateModel(
                    name="WasteRate",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("valid_from", models.DateField(verbose_name="obowiązuje od")),
                        (
                            "valid_to",
                            models.DateField(
                                blank=True, help_text="Włącznie. Puste: bezterminowo.", null=True, verbose_name="obowiązuje do"
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                help_text="Ustawa, uchwała albo zarządzenie, z numerem.", max_length=300, verbose_name="podstawa"
                            ),
                        ),
                        (
                            "needs_confirmation",
                            models.BooleanField(
                                default=False,
                                help_text="Źródła jeszcze nie sprawdzono; mieszkaniec zobaczy ten znak.",
                                verbose_name="do potwierdzenia",
                            ),
                        ),
                        (
                            "method",
                            models.CharField(
                                choices=[
                                    ("person", "od osoby"),
                                    ("household", "od gospodarstwa domowego"),
                                    ("water", "od zużytej wody, za m³"),
                                    ("area", "od powierzchni, za m²"),
                                ],
                                max_length=10,
                                verbose_name="metoda",
                            ),
                        ),
                        ("grosze", models.PositiveIntegerField(verbose_name="stawka w groszach")),
                        (
                            "compost_relief_grosze",
                            models.PositiveIntegerField(default=0, verbose_name="ulga za kompostownik w groszach"),
                        ),
                        ("is_sample", models.BooleanField(default=False, verbose_name="stawka przykładowa")),
                    ],
                    options={
                        "verbose_name": "stawka opłaty za odpady",
                        "verbose_name_plural": "stawki opłaty za odpady",
                        "ordering": ["method", "-valid_from"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                                ),
                                name="eboi_wasterate_dates_in_order",
                            )
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="deadline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "eboi_deadlineevent" ("case_id", "closed_at", "due_on", "fixed_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "set_at", "set_by", "started_on", "term_count", "term_unit") VALUES (NEW."case_id", NEW."closed_at", NEW."due_on", NEW."fixed_on", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."set_at", NEW."set_by", NEW."started_on", NEW."term_count", NEW."term_unit"); RETURN NULL;',
                            hash="9c207518b3bb3cad58bcf9797489a0e699fe18c7",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_ac538",
                            table="eboi_deadline",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="deadline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "eboi_deadlineevent" ("case_id", "closed_at", "due_on", "fixed_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "set_at", "set_by", "started_on", "term_count", "term_unit") VALUES (NEW."case_id", NEW."closed_at", NEW."due_on", NEW."fixed_on", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."set_at", NEW."set_by", NEW."started_on", NEW."term_count", NEW."term_unit"); RETURN NULL;',
                            hash="e002a5d5e5224998aa1cb38a61dcd9be9fa7ada4",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_47cca",
                            table="eboi_deadline",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="decision",
                    trigger=pgtrigger.compiler.Trigger(
                        name="signed_is_fixed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.\"status\" = 'approved')",
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="7982de5ca6490d41d408127b055670afe4f1f167",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_signed_is_fixed_8936a",
                            table="eboi_decision",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="decision",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "eboi_decisionevent" ("authority", "case_id", "decided_on", "drafted_by", "id", "instruction", "legal_basis", "party", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reasons", "ruling", "signatory_name", "signatory_position", "signed_by", "status") VALUES (NEW."authority", NEW."case_id", NEW."decided_on", NEW."drafted_by", NEW."id", NEW."instruction", NEW."legal_basis", NEW."party", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reasons", NEW."ruling", NEW."signatory_name", NEW."signatory_position", NEW."signed_by", NEW."status"); RETURN NULL;',
                            hash="752dc41e19b7603eedba8d2f8804111a9f50f3d4",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_c3dd7",
                            table="eboi_decision",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="decision",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "eboi_decisionevent" ("authority", "case_id", "decided_on", "drafted_by", "id", "instruction", "legal_basis", "party", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reasons", "ruling", "signatory_name", "signatory_position", "signed_by", "status") VALUES (NEW."authority", NEW."case_id", NEW."decided_on", NEW."drafted_by", NEW."id", NEW."instruction", NEW."legal_basis", NEW."party", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reasons", NEW."ruling", NEW."signatory_name", NEW."signatory_position", NEW."signed_by", NEW."status"); RETURN NULL;',
                            hash="b54000683afc821a2eeaeb0928a9ac7b2d3a5418",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_757be",
                            table="eboi_decision",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="defectcall",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "eboi_defectcallevent" ("answer", "answered_at", "case_id", "days", "due_on", "id", "missing", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_at", "served_on", "status", "taken_back_at", "taken_back_why") VALUES (NEW."answer", NEW."answered_at", NEW."case_id", NEW."days", NEW."due_on", NEW."id", NEW."missing", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."sent_at", NEW."served_on", NEW."status", NEW."taken_back_at", NEW."taken_back_why"); RETURN NULL;',
                            hash="26a19a7d8ea19ba48ab31ce7c2df6b518e2151fb",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_62415",
                            table="eboi_defectcall",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="defectcall",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "eboi_defectcallevent" ("answer", "answered_at", "case_id", "days", "due_on", "id", "missing", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_at", "served_on", "status", "taken_back_at", "taken_back_why") VALUES (NEW."answer", NEW."answered_at", NEW."case_id", NEW."days", NEW."due_on", NEW."id", NEW."missing", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."sent_at", NEW."served_on", NEW."status", NEW."taken_back_at", NEW."taken_back_why"); RETURN NULL;',
                            hash="8a3febb75a5327ea4e56efc1004b8974869a17a2",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_ee333",
                            table="eboi_defectcall",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="submission",
                    trigger=pgtrigger.compiler.Trigger(
                        name="filed_is_fixed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.status = 'submitted' AND ROW(OLD.status, OLD.matter_id, OLD.form_version_id, OLD.answers, OLD.computed, OLD.received_at, OLD.sign_in_method, OLD.identity_level) IS DISTINCT FROM ROW(NEW.status, NEW.matter_id, NEW.form_version_id, NEW.answers, NEW.computed, NEW.received_at, NEW.sign_in_method, NEW.identity_level))",
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="e5da3bd0fcef83766acfb66a760873b661c4045d",
                            operation="UPDATE",
                            pgid="pgtrigger_filed_is_fixed_6de5c",
                            table="eboi_submission",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="submission",
                    trigger=pgtrigger.compiler.Trigger(
                        name="filed_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.\"status\" = 'submitted')",
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="c5f163a5b83d328e8126a17f9a8b1c21156019f8",
                            operation="DELETE",
                            pgid="pgtrigger_filed_stays_266c8",
                            table="eboi_submission",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="receipt",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="306f055cfcc7f6d6ccff62d8977e2d2f6ee287a5",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_c55cd",
                            table="eboi_receipt",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="incomingletter",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "eboi_incomingletterevent" ("attachments_count", "case_id", "channel", "id", "letter_mark", "letter_on", "matter_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_at", "registered_at", "registered_by", "sender_id", "sender_name", "status", "subject", "submission_id", "unit_id", "year") VALUES (NEW."attachments_count", NEW."case_id", NEW."channel", NEW."id", NEW."letter_mark", NEW."letter_on", NEW."matter_id", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."received_at", NEW."registered_at", NEW."registered_by", NEW."sender_id", NEW."sender_name", NEW."status", NEW."subject", NEW."submission_id", NEW."unit_id", NEW."year"); RETURN NULL;',
                            hash="82b2edfae357e811c4e5f8a2b3401447524bde4d",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_e542f",
                            table="eboi_incomingletter",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="incomingletter",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "eboi_incomingletterevent" ("attachments_count", "case_id", "channel", "id", "letter_mark", "letter_on", "matter_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_at", "registered_at", "registered_by", "sender_id", "sender_name", "status", "subject", "submission_id", "unit_id", "year") VALUES (NEW."attachments_count", NEW."case_id", NEW."channel", NEW."id", NEW."letter_mark", NEW."letter_on", NEW."matter_id", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."received_at", NEW."registered_at", NEW."registered_by", NEW."sender_id", NEW."sender_name", NEW."status", NEW."subject", NEW."submission_id", NEW."unit_id", NEW."year"); RETURN NULL;',
                            hash="c1fca697d510919cbf4dc915b473d64fcf876b53",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_bfce4",
                            table="eboi_incomingletter",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="case",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "eboi_caseevent" ("appealed_on", "closed_at", "id", "jrwa_id", "mark", "matter_id", "number", "officer_id", "opened_at", "outcome", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_on", "status", "unit_id", "year") VALUES (NEW."appealed_on", NEW."closed_at", NEW."id", NEW."jrwa_id", NEW."mark", NEW."matter_id", NEW."number", NEW."officer_id", NEW."opened_at", NEW."outcome", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."received_on", NEW."status", NEW."unit_id", NEW."year"); RETURN NULL;',
                            hash="5da1246b7f39c908be7e613efa470668fd8cbb55",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_ea71b",
                            table="eboi_case",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="case",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "eboi_caseevent" ("appealed_on", "closed_at", "id", "jrwa_id", "mark", "matter_id", "number", "officer_id", "opened_at", "outcome", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_on", "status", "unit_id", "year") VALUES (NEW."appealed_on", NEW."closed_at", NEW."id", NEW."jrwa_id", NEW."mark", NEW."matter_id", NEW."number", NEW."officer_id", NEW."opened_at", NEW."outcome", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."received_on", NEW."status", NEW."unit_id", NEW."year"); RETURN NULL;',
                            hash="fdeff8a373ae7b293cdae1e5f6490bb5cc6e6e17",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a4b79",
                            table="eboi_case",
                            when="AFTER",
                        ),
                    ),
                ),
            ],
        ),
    ]
