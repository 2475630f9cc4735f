import accounts.at_once
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
        ("pghistory", "0007_auto_20250421_0444"),
        ("resident_card", "0003_first_periods"),
        ("residents", "0004_where_an_address_is"),
    ]

    operations = [
        accounts.at_once.AtOnce(
            operations=[
                migrations.CreateModel(
                    name="Point",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("code", models.SlugField(unique=True, verbose_name="kod")),
                        ("name", models.CharField(max_length=120, verbose_name="nazwa")),
                        ("address", models.CharField(max_length=200, verbose_name="adres")),
                        ("operator", models.CharField(blank=True, max_length=150, verbose_name="prowadzi")),
                        ("phone", models.CharField(blank=True, max_length=40, verbose_name="telefon")),
                        ("note", models.TextField(blank=True, verbose_name="jak dojechać")),
                    ],
                    options={
                        "verbose_name": "punkt",
                        "verbose_name_plural": "punkty",
                    },
                ),
                migrations.CreateModel(
                    name="GateOperator",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("name", models.CharField(max_length=120, verbose_name="imię i nazwisko")),
                        ("pin_hash", models.CharField(max_length=200)),
                        ("wrong_pins", models.PositiveSmallIntegerField(default=0)),
                        ("locked_until", models.DateTimeField(blank=True, null=True)),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="do")),
                        (
                            "user",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="konto",
                            ),
                        ),
                        (
                            "point",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="operators",
                                to="pszok.point",
                                verbose_name="punkt",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "pracownik bramki",
                        "verbose_name_plural": "pracownicy bramki",
                        "ordering": ["name"],
                    },
                ),
                migrations.CreateModel(
                    name="GateDevice",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("name", models.CharField(max_length=80, verbose_name="nazwa")),
                        ("secret_hash", models.BinaryField(max_length=32, null=True, unique=True)),
                        ("code_hash", models.BinaryField(max_length=32, null=True, unique=True)),
                        ("code_expires_at", models.DateTimeField(null=True)),
                        ("enrolled_by", models.UUIDField(verbose_name="kto dodał")),
                        ("enrolled_at", models.DateTimeField(verbose_name="kiedy")),
                        ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="wycofane")),
                        ("signed_on_at", models.DateTimeField(null=True, verbose_name="od kiedy")),
                        ("seen_at", models.DateTimeField(null=True)),
                        (
                            "operator",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="pszok.gateoperator",
                                verbose_name="przy bramce",
                            ),
                        ),
                        (
                            "point",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="devices",
                                to="pszok.point",
                                verbose_name="punkt",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "urządzenie bramki",
                        "verbose_name_plural": "urządzenia bramki",
                        "permissions": [("supervise_point", "nadzoruje punkt: urządzenia, odstępstwa, korekty")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("operator", None), ("seen_at", None), ("signed_on_at", None)),
                                    models.Q(
                                        ("operator__isnull", False),
                                        ("revoked_at", None),
                                        ("seen_at__isnull", False),
                                        ("signed_on_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="pszok_shift_is_whole",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Visit",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "proof",
                            models.CharField(
                                choices=[("card", "karta"), ("document", "dokument")], max_length=8, verbose_name="na podstawie"
                            ),
                        ),
                        ("rules_on", models.DateField(verbose_name="limity z dnia")),
                        ("opened_at", models.DateTimeField(verbose_name="początek")),
                        ("outside_hours_reason", models.CharField(blank=True, max_length=200, verbose_name="poza godzinami, bo")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("open", "w toku"),
                                    ("closed", "zakończona"),
                                    ("refused", "odmowa"),
                                    ("abandoned", "porzucona"),
                                ],
                                default="open",
                                max_length=10,
                                verbose_name="stan",
                            ),
                        ),
                        (
                            "refusal",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("not_resident", "nie mieszka w mieście"),
                                    ("business", "odpady z działalności gospodarczej"),
                                    ("allotment", "odpady z ogrodu działkowego"),
                                    ("outside", "odpady spoza miasta"),
                                    ("unsorted", "odpady nieposegregowane"),
                                    ("not_listed", "tych odpadów punkt nie przyjmuje"),
                                    ("over_limit", "limit na ten rok jest wyczerpany"),
                                    ("vehicle", "nieodpowiedni pojazd"),
                                    ("unsafe", "niebezpieczne opakowanie"),
                                ],
                                max_length=14,
                                verbose_name="powód odmowy",
                            ),
                        ),
                        ("closed_at", models.DateTimeField(null=True, verbose_name="koniec")),
                        ("close_key", models.UUIDField(null=True, unique=True)),
                        ("close_hash", models.BinaryField(max_length=32, null=True)),
                        ("draft", models.JSONField(default=list)),
                        (
                            "device",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="pszok.gatedevice",
                                verbose_name="urządzenie",
                            ),
                        ),
                        (
                            "dwelling",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="waste_visits",
                                to="residents.dwelling",
                                verbose_name="mieszkanie",
                            ),
                        ),
                        (
                            "medium",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="resident_card.cardmedium",
                                verbose_name="karta",
                            ),
                        ),
                        (
                            "operator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visits",
                                to="pszok.gateoperator",
                                verbose_name="przyjmuje",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="residents.person",
                                verbose_name="osoba",
                            ),
                        ),
                        (
                            "point",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visits",
                                to="pszok.point",
                                verbose_name="punkt",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "wizyta",
                        "verbose_name_plural": "wizyty",
                        "ordering": ["-opened_at"],
                        "indexes": [
                            models.Index(fields=["dwelling", "-opened_at"], name="pszok_visit_dwellin_626a97_idx"),
                            models.Index(fields=["point", "opened_at"], name="pszok_visit_point_i_49c4fe_idx"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("status__in", ["open", "closed", "refused", "abandoned"])),
                                name="pszok_visit_status",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("status", "refused"), ("refusal", ""), _connector="XOR"),
                                name="pszok_refused_visit_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("proof", "card"), _negated=True),
                                    ("medium__isnull", False),
                                    ("person__isnull", True),
                                    _connector="OR",
                                ),
                                name="pszok_card_visit_has_its_card",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "closed"), _negated=True), ("dwelling__isnull", False), _connector="OR"
                                ),
                                name="pszok_closed_visit_has_a_dwelling",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Dispute",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("text", models.TextField(verbose_name="co się nie zgadza")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("open", "rozpatrywana"),
                                    ("upheld", "uznana"),
                                    ("dismissed", "nieuznana"),
                                    ("withdrawn", "wycofana"),
                                ],
                                default="open",
                                max_length=10,
                                verbose_name="stan",
                            ),
                        ),
                        ("opened_at", models.DateTimeField(verbose_name="zgłoszona")),
                        ("answer", models.TextField(blank=True, verbose_name="odpowiedź")),
                        ("answered_at", models.DateTimeField(null=True, verbose_name="kiedy")),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="residents.person",
                                verbose_name="zgłasza",
                            ),
                        ),
                        (
                            "visit",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="dispute",
                                to="pszok.visit",
                                verbose_name="wizyta",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "reklamacja wpisu",
                        "verbose_name_plural": "reklamacje wpisów",
                        "ordering": ["-opened_at"],
                    },
                ),
                migrations.CreateModel(
                    name="Fraction",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("code", models.SlugField(unique=True, verbose_name="kod")),
                        ("name", models.CharField(max_length=80, verbose_name="nazwa")),
                        ("picture", models.CharField(max_length=40, verbose_name="obrazek")),
                        ("order", models.PositiveSmallIntegerField(default=1, verbose_name="kolejność")),
                        ("packing", models.TextField(blank=True, verbose_name="jak przygotować")),
                        ("is_accepted", models.BooleanField(default=True, verbose_name="przyjmowana")),
                        (
                            "refused_because",
                            models.CharField(blank=True, max_length=300, verbose_name="dlaczego nie przyjmujemy"),
                        ),
                        ("soft_most_kg", models.PositiveIntegerField(blank=True, null=True, verbose_name="ostrzeżenie od kg")),
                        (
                            "soft_most_pieces",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="ostrzeżenie od sztuk"),
                        ),
                    ],
                    options={
                        "verbose_name": "frakcja",
                        "verbose_name_plural": "frakcje",
                        "ordering": ["order"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_accepted", True), models.Q(("refused_because", ""), _negated=True), _connector="OR"
                                ),
                                name="pszok_refused_fraction_says_why",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LimitRule",
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
                        ("name", models.CharField(max_length=120, verbose_name="nazwa")),
                        (
                            "measure",
                            models.CharField(
                                choices=[("kg", "kg"), ("litres", "litry"), ("pieces", "sztuki")],
                                max_length=6,
                                verbose_name="miara",
                            ),
                        ),
                        ("amount", models.PositiveIntegerField(verbose_name="ile")),
                        ("period_years", models.PositiveSmallIntegerField(default=1, verbose_name="na ile lat")),
                        (
                            "scope",
                            models.CharField(
                                choices=[("dwelling", "na mieszkanie")],
                                default="dwelling",
                                max_length=8,
                                verbose_name="czego dotyczy",
                            ),
                        ),
                        (
                            "surplus_grosze",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="cena nadwyżki za jednostkę"),
                        ),
                        ("fractions", models.ManyToManyField(related_name="limits", to="pszok.fraction", verbose_name="frakcje")),
                    ],
                    options={
                        "verbose_name": "limit",
                        "verbose_name_plural": "limity",
                        "ordering": ["-valid_from", "name"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                                ),
                                name="pszok_limitrule_dates_in_order",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LimitRuleEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
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
                        ("name", models.CharField(max_length=120, verbose_name="nazwa")),
                        (
                            "measure",
                            models.CharField(
                                choices=[("kg", "kg"), ("litres", "litry"), ("pieces", "sztuki")],
                                max_length=6,
                                verbose_name="miara",
                            ),
                        ),
                        ("amount", models.PositiveIntegerField(verbose_name="ile")),
                        ("period_years", models.PositiveSmallIntegerField(default=1, verbose_name="na ile lat")),
                        (
                            "scope",
                            models.CharField(
                                choices=[("dwelling", "na mieszkanie")],
                                default="dwelling",
                                max_length=8,
                                verbose_name="czego dotyczy",
                            ),
                        ),
                        (
                            "surplus_grosze",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="cena nadwyżki za jednostkę"),
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
                                to="pszok.limitrule",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="WasteCode",
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
                        ("code", models.CharField(max_length=6, verbose_name="kod")),
                        ("is_hazardous", models.BooleanField(default=False, verbose_name="niebezpieczny")),
                        ("name", models.CharField(max_length=300, verbose_name="rodzaj odpadu")),
                        ("is_default", models.BooleanField(default=False, verbose_name="domyślny")),
                        (
                            "fraction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="codes",
                                to="pszok.fraction",
                                verbose_name="frakcja",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "kod odpadu",
                        "verbose_name_plural": "kody odpadów",
                        "ordering": ["code"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                                ),
                                name="pszok_wastecode_dates_in_order",
                            ),
                            models.UniqueConstraint(fields=("code", "fraction", "valid_from"), name="pszok_code_once"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OutboundTransfer",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("day", models.DateField(verbose_name="dzień")),
                        ("kg", models.PositiveIntegerField(verbose_name="kg")),
                        ("recipient", models.CharField(max_length=200, verbose_name="instalacja")),
                        ("recipient_address", models.CharField(max_length=200, verbose_name="adres instalacji")),
                        (
                            "process",
                            models.CharField(
                                help_text="R1-R13 albo D1-D15.",
                                max_length=4,
                                verbose_name="proces odzysku albo unieszkodliwiania",
                            ),
                        ),
                        ("note_number", models.CharField(blank=True, max_length=60, verbose_name="numer karty przekazania")),
                        ("entered_by", models.UUIDField(editable=False, verbose_name="kto wpisał")),
                        ("entered_at", models.DateTimeField(editable=False, verbose_name="wpisano")),
                        ("cancelled_at", models.DateTimeField(editable=False, null=True, verbose_name="unieważniono")),
                        (
                            "cancelled_reason",
                            models.CharField(blank=True, editable=False, max_length=300, verbose_name="powód unieważnienia"),
                        ),
                        (
                            "point",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="transfers",
                                to="pszok.point",
                                verbose_name="punkt",
                            ),
                        ),
                        (
                            "code",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="pszok.wastecode",
                                verbose_name="kod odpadu",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "przekazanie odpadów",
                        "verbose_name_plural": "przekazania odpadów",
                        "ordering": ["-day"],
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("kg__gt", 0)), name="pszok_transfer_weighs_something"),
                            models.CheckConstraint(
                                condition=models.Q(("process__regex", "^(R([1-9]|1[0-3])|D([1-9]|1[0-5]))$")),
                                name="pszok_transfer_process",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OpeningHours",
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
                        ("weekday", models.PositiveSmallIntegerField(verbose_name="dzień tygodnia")),
                        ("opens", models.TimeField(verbose_name="od")),
                        ("closes", models.TimeField(verbose_name="do")),
                        (
                            "point",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="hours",
                                to="pszok.point",
                                verbose_name="punkt",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "godziny otwarcia",
                        "verbose_name_plural": "godziny otwarcia",
                        "ordering": ["weekday", "opens"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                                ),
                                name="pszok_openinghours_dates_in_order",
                            ),
                            models.CheckConstraint(condition=models.Q(("weekday__lte", 6)), name="pszok_hours_weekday"),
                            models.CheckConstraint(
                                condition=models.Q(("opens__lt", models.F("closes"))), name="pszok_hours_in_order"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OpeningException",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("day", models.DateField(verbose_name="dzień")),
                        ("opens", models.TimeField(blank=True, null=True, verbose_name="od")),
                        ("closes", models.TimeField(blank=True, null=True, verbose_name="do")),
                        ("reason", models.CharField(max_length=200, verbose_name="powód")),
                        (
                            "point",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="exceptions",
                                to="pszok.point",
                                verbose_name="punkt",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "wyjątek w godzinach",
                        "verbose_name_plural": "wyjątki w godzinach",
                        "ordering": ["-day"],
                        "constraints": [
                            models.UniqueConstraint(fields=("point", "day"), name="pszok_exception_day"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closes__isnull", True), ("opens__isnull", True)),
                                    ("opens__lt", models.F("closes")),
                                    _connector="OR",
                                ),
                                name="pszok_exception_in_order",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GateOperatorEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ("name", models.CharField(max_length=120, verbose_name="imię i nazwisko")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="do")),
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
                                to="pszok.gateoperator",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="konto",
                            ),
                        ),
                        (
                            "point",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="pszok.point",
                                verbose_name="punkt",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="GateDeviceEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ("name", models.CharField(max_length=80, verbose_name="nazwa")),
                        ("secret_hash", models.BinaryField(max_length=32, null=True)),
                        ("code_hash", models.BinaryField(max_length=32, null=True)),
                        ("code_expires_at", models.DateTimeField(null=True)),
                        ("enrolled_by", models.UUIDField(verbose_name="kto dodał")),
                        ("enrolled_at", models.DateTimeField(verbose_name="kiedy")),
                        ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="wycofane")),
                        ("signed_on_at", models.DateTimeField(null=True, verbose_name="od kiedy")),
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
                                to="pszok.gatedevice",
                            ),
                        ),
                        (
                            "operator",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="pszok.gateoperator",
                                verbose_name="przy bramce",
                            ),
                        ),
                        (
                            "point",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="pszok.point",
                                verbose_name="punkt",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="QuotaBalance",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("period", models.PositiveSmallIntegerField()),
                        ("most", models.PositiveIntegerField()),
                        ("used", models.PositiveIntegerField(default=0)),
                        (
                            "dwelling",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="quota_balances",
                                to="residents.dwelling",
                            ),
                        ),
                        (
                            "rule",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="balances", to="pszok.limitrule"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("rule", "dwelling", "period"), name="pszok_balance_once"),
                            models.CheckConstraint(
                                condition=models.Q(("used__lte", models.F("most"))), name="pszok_balance_within_limit"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="QuotaAllowance",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("amount", models.PositiveIntegerField(verbose_name="ile ponad limit")),
                        ("reason", models.CharField(max_length=300, verbose_name="powód")),
                        ("by", models.UUIDField(verbose_name="kto")),
                        ("at", models.DateTimeField(verbose_name="kiedy")),
                        (
                            "balance",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="allowances", to="pszok.quotabalance"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "zgoda ponad limit",
                        "verbose_name_plural": "zgody ponad limit",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0), models.Q(("reason", ""), _negated=True)),
                                name="pszok_allowance_says_why",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RefusedAmount",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("not_resident", "nie mieszka w mieście"),
                                    ("business", "odpady z działalności gospodarczej"),
                                    ("allotment", "odpady z ogrodu działkowego"),
                                    ("outside", "odpady spoza miasta"),
                                    ("unsorted", "odpady nieposegregowane"),
                                    ("not_listed", "tych odpadów punkt nie przyjmuje"),
                                    ("over_limit", "limit na ten rok jest wyczerpany"),
                                    ("vehicle", "nieodpowiedni pojazd"),
                                    ("unsafe", "niebezpieczne opakowanie"),
                                ],
                                max_length=14,
                                verbose_name="powód",
                            ),
                        ),
                        ("kg", models.PositiveIntegerField(null=True, verbose_name="kg")),
                        ("litres", models.PositiveIntegerField(null=True, verbose_name="litry")),
                        ("pieces", models.PositiveIntegerField(null=True, verbose_name="sztuki")),
                        (
                            "fraction",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="pszok.fraction",
                                verbose_name="frakcja",
                            ),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="refused_amounts",
                                to="pszok.visit",
                                verbose_name="wizyta",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "nieprzyjęty odpad",
                        "verbose_name_plural": "nieprzyjęte odpady",
                    },
                ),
                migrations.CreateModel(
                    name="DisputeEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ("text", models.TextField(verbose_name="co się nie zgadza")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("open", "rozpatrywana"),
                                    ("upheld", "uznana"),
                                    ("dismissed", "nieuznana"),
                                    ("withdrawn", "wycofana"),
                                ],
                                default="open",
                                max_length=10,
                                verbose_name="stan",
                            ),
                        ),
                        ("opened_at", models.DateTimeField(verbose_name="zgłoszona")),
                        ("answer", models.TextField(blank=True, verbose_name="odpowiedź")),
                        ("answered_at", models.DateTimeField(null=True, verbose_name="kiedy")),
                        (
                            "person",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="residents.person",
                                verbose_name="zgłasza",
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
                                to="pszok.dispute",
                            ),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="pszok.visit",
                                verbose_name="wizyta",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="VisitEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        (
                            "proof",
                            models.CharField(
                                choices=[("card", "karta"), ("document", "dokument")], max_length=8, verbose_name="na podstawie"
                            ),
                        ),
                        ("rules_on", models.DateField(verbose_name="limity z dnia")),
                        ("opened_at", models.DateTimeField(verbose_name="początek")),
                        ("outside_hours_reason", models.CharField(blank=True, max_length=200, verbose_name="poza godzinami, bo")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("open", "w toku"),
                                    ("closed", "zakończona"),
                                    ("refused", "odmowa"),
                                    ("abandoned", "porzucona"),
                                ],
                                default="open",
                                max_length=10,
                                verbose_name="stan",
                            ),
                        ),
                        (
                            "refusal",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("not_resident", "nie mieszka w mieście"),
                                    ("business", "odpady z działalności gospodarczej"),
                                    ("allotment", "odpady z ogrodu działkowego"),
                                    ("outside", "odpady spoza miasta"),
                                    ("unsorted", "odpady nieposegregowane"),
                                    ("not_listed", "tych odpadów punkt nie przyjmuje"),
                                    ("over_limit", "limit na ten rok jest wyczerpany"),
                                    ("vehicle", "nieodpowiedni pojazd"),
                                    ("unsafe", "niebezpieczne opakowanie"),
                                ],
                                max_length=14,
                                verbose_name="powód odmowy",
                            ),
                        ),
                        ("closed_at", models.DateTimeField(null=True, verbose_name="koniec")),
                        ("close_key", models.UUIDField(null=True)),
                        ("close_hash", models.BinaryField(max_length=32, null=True)),
                        (
                            "device",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="pszok.gatedevice",
                                verbose_name="urządzenie",
                            ),
                        ),
                        (
                            "dwelling",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="residents.dwelling",
                                verbose_name="mieszkanie",
                            ),
                        ),
                        (
                            "medium",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="resident_card.cardmedium",
                                verbose_name="karta",
                            ),
                        ),
                        (
                            "operator",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="pszok.gateoperator",
                                verbose_name="przyjmuje",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
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
                                to="pszok.visit",
                            ),
                        ),
                        (
                            "point",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="pszok.point",
                                verbose_name="punkt",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="VisitLine",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("day", models.DateField(verbose_name="dzień")),
                        ("sequence", models.PositiveSmallIntegerField(verbose_name="pozycja")),
                        ("kg", models.IntegerField(null=True, verbose_name="kg")),
                        ("litres", models.IntegerField(null=True, verbose_name="litry")),
                        ("pieces", models.IntegerField(null=True, verbose_name="sztuki")),
                        ("is_estimated", models.BooleanField(default=False, verbose_name="szacunek")),
                        ("is_for_reuse", models.BooleanField(default=False, verbose_name="do ponownego użycia")),
                        (
                            "storage_confirmed",
                            models.BooleanField(default=False, verbose_name="odłożono do magazynu odpadów niebezpiecznych"),
                        ),
                        ("scale_ticket", models.CharField(blank=True, max_length=40, verbose_name="kwit z wagi")),
                        ("reason", models.CharField(blank=True, max_length=300, verbose_name="powód korekty")),
                        ("by", models.UUIDField(verbose_name="kto")),
                        ("at", models.DateTimeField(verbose_name="kiedy")),
                        (
                            "fraction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="pszok.fraction",
                                verbose_name="frakcja",
                            ),
                        ),
                        (
                            "point",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="pszok.point"),
                        ),
                        (
                            "reverses",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reversed_by",
                                to="pszok.visitline",
                                verbose_name="storno do",
                            ),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="pszok.visit",
                                verbose_name="wizyta",
                            ),
                        ),
                        (
                            "code",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="pszok.wastecode",
                                verbose_name="kod",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "przyjęty odpad",
                        "verbose_name_plural": "przyjęte odpady",
                        "ordering": ["visit", "sequence"],
                        "indexes": [
                            models.Index(
                                fields=["day", "code"], include=("kg", "point", "is_for_reuse"), name="pszok_line_day_code"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("visit", "sequence"), name="pszok_line_sequence"),
                            models.UniqueConstraint(
                                condition=models.Q(models.Q(("scale_ticket", ""), _negated=True), ("reverses__isnull", True)),
                                fields=("point", "day", "scale_ticket"),
                                name="pszok_ticket_feeds_one_line",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("reverses__isnull", False),
                                    models.Q(
                                        models.Q(("kg__isnull", True), ("kg__gt", 0), _connector="OR"),
                                        models.Q(("litres__isnull", True), ("litres__gt", 0), _connector="OR"),
                                        models.Q(("pieces__isnull", True), ("pieces__gt", 0), _connector="OR"),
                                        models.Q(
                                            ("kg__isnull", False),
                                            ("litres__isnull", False),
                                            ("pieces__isnull", False),
                                            _connector="OR",
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="pszok_line_weighs_something",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("reverses__isnull", True), models.Q(("reason", ""), _negated=True), _connector="OR"
                                ),
                                name="pszok_reversal_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="QuotaEntry",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("amount", models.IntegerField()),
                        (
                            "balance",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="pszok.quotabalance"
                            ),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="quota_entries", to="pszok.visitline"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("line", "balance"), name="pszok_entry_once")],
                    },
                ),
                migrations.CreateModel(
                    name="OutboundTransferEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ("day", models.DateField(verbose_name="dzień")),
                        ("kg", models.PositiveIntegerField(verbose_name="kg")),
                        ("recipient", models.CharField(max_length=200, verbose_name="instalacja")),
                        ("recipient_address", models.CharField(max_length=200, verbose_name="adres instalacji")),
                        (
                            "process",
                            models.CharField(
                                help_text="R1-R13 albo D1-D15.",
                                max_length=4,
                                verbose_name="proces odzysku albo unieszkodliwiania",
                            ),
                        ),
                        ("note_number", models.CharField(blank=True, max_length=60, verbose_name="numer karty przekazania")),
                        ("entered_by", models.UUIDField(editable=False, verbose_name="kto wpisał")),
                        ("entered_at", models.DateTimeField(editable=False, verbose_name="wpisano")),
                        ("cancelled_at", models.DateTimeField(editable=False, null=True, verbose_name="unieważniono")),
                        (
                            "cancelled_reason",
                            models.CharField(blank=True, editable=False, max_length=300, verbose_name="powód unieważnienia"),
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
                                to="pszok.outboundtransfer",
                            ),
                        ),
                        (
                            "point",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="pszok.point",
                                verbose_name="punkt",
                            ),
                        ),
                        (
                            "code",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="pszok.wastecode",
                                verbose_name="kod odpadu",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="WasteItem",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("name", models.CharField(max_length=80, unique=True, verbose_name="nazwa")),
                        ("synonyms", models.CharField(blank=True, max_length=300, verbose_name="inne nazwy")),
                        ("search", models.CharField(db_index=True, editable=False, max_length=400)),
                        ("hint", models.CharField(blank=True, max_length=300, verbose_name="wskazówka")),
                        (
                            "code",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="pszok.wastecode",
                                verbose_name="kod",
                            ),
                        ),
                        (
                            "fraction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="pszok.fraction",
                                verbose_name="frakcja",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "odpad",
                        "verbose_name_plural": "wyszukiwarka odpadów",
                        "ordering": ["name"],
                    },
                ),
                migrations.CreateModel(
                    name="YearlyReport",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("year", models.PositiveSmallIntegerField(verbose_name="rok")),
                        ("version", models.PositiveSmallIntegerField(verbose_name="wersja")),
                        ("figures", models.JSONField(verbose_name="liczby")),
                        ("figures_sha256", models.CharField(max_length=64, verbose_name="skrót")),
                        ("made_by", models.UUIDField(verbose_name="kto")),
                        ("made_at", models.DateTimeField(verbose_name="kiedy")),
                    ],
                    options={
                        "verbose_name": "sprawozdanie roczne",
                        "verbose_name_plural": "sprawozdania roczne",
                        "ordering": ["-year", "-version"],
                        "permissions": [("make_report", "sporządza sprawozdania roczne")],
                        "constraints": [models.UniqueConstraint(fields=("year", "version"), name="pszok_report_version")],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="yearlyreport",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="d41135ea9da09814385b5dfb1d6d89ee981b2482",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_6facb",
                            table="pszok_yearlyreport",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="limitrule",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "pszok_limitruleevent" ("amount", "id", "measure", "name", "needs_confirmation", "period_years", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scope", "source", "surplus_grosze", "valid_from", "valid_to") VALUES (NEW."amount", NEW."id", NEW."measure", NEW."name", NEW."needs_confirmation", NEW."period_years", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."scope", NEW."source", NEW."surplus_grosze", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                            hash="510cb595f3a661f5f123efb996a5cf3388b9cdb9",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_6044f",
                            table="pszok_limitrule",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="limitrule",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "pszok_limitruleevent" ("amount", "id", "measure", "name", "needs_confirmation", "period_years", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scope", "source", "surplus_grosze", "valid_from", "valid_to") VALUES (NEW."amount", NEW."id", NEW."measure", NEW."name", NEW."needs_confirmation", NEW."period_years", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."scope", NEW."source", NEW."surplus_grosze", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                            hash="d1e65e8cd3b2929a969fbe520d722f8c633e1103",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_3dcff",
                            table="pszok_limitrule",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="gateoperator",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "pszok_gateoperatorevent" ("ended_at", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "point_id", "user_id") VALUES (NEW."ended_at", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."point_id", NEW."user_id"); RETURN NULL;',
                            hash="1cd21b80c3d3af6b6b726a20d8784b093312d1a3",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_bd3bb",
                            table="pszok_gateoperator",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="gateoperator",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."ended_at" IS DISTINCT FROM (NEW."ended_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."point_id" IS DISTINCT FROM (NEW."point_id") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id"))',
                            func='INSERT INTO "pszok_gateoperatorevent" ("ended_at", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "point_id", "user_id") VALUES (NEW."ended_at", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."point_id", NEW."user_id"); RETURN NULL;',
                            hash="067e2d90d5ac102c9af164e4ba2dd308559864c9",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e0708",
                            table="pszok_gateoperator",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="gatedevice",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "pszok_gatedeviceevent" ("code_expires_at", "code_hash", "enrolled_at", "enrolled_by", "id", "name", "operator_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "point_id", "revoked_at", "secret_hash", "signed_on_at") VALUES (NEW."code_expires_at", NEW."code_hash", NEW."enrolled_at", NEW."enrolled_by", NEW."id", NEW."name", NEW."operator_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."point_id", NEW."revoked_at", NEW."secret_hash", NEW."signed_on_at"); RETURN NULL;',
                            hash="08f6ebb98349d60d2891e02d60eb036deae2cede",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_ec672",
                            table="pszok_gatedevice",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="gatedevice",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."code_expires_at" IS DISTINCT FROM (NEW."code_expires_at") OR OLD."code_hash" IS DISTINCT FROM (NEW."code_hash") OR OLD."enrolled_at" IS DISTINCT FROM (NEW."enrolled_at") OR OLD."enrolled_by" IS DISTINCT FROM (NEW."enrolled_by") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."operator_id" IS DISTINCT FROM (NEW."operator_id") OR OLD."point_id" IS DISTINCT FROM (NEW."point_id") OR OLD."revoked_at" IS DISTINCT FROM (NEW."revoked_at") OR OLD."secret_hash" IS DISTINCT FROM (NEW."secret_hash") OR OLD."signed_on_at" IS DISTINCT FROM (NEW."signed_on_at"))',
                            func='INSERT INTO "pszok_gatedeviceevent" ("code_expires_at", "code_hash", "enrolled_at", "enrolled_by", "id", "name", "operator_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "point_id", "revoked_at", "secret_hash", "signed_on_at") VALUES (NEW."code_expires_at", NEW."code_hash", NEW."enrolled_at", NEW."enrolled_by", NEW."id", NEW."name", NEW."operator_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."point_id", NEW."revoked_at", NEW."secret_hash", NEW."signed_on_at"); RETURN NULL;',
                            hash="81f7403a702a874b13295403b43400af999ee33c",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_eacce",
                            table="pszok_gatedevice",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="quotaallowance",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="0068cf790a87fcf148f4f99048e437b60ec98fc8",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_492ab",
                            table="pszok_quotaallowance",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="visit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "pszok_visitevent" ("close_hash", "close_key", "closed_at", "device_id", "dwelling_id", "id", "medium_id", "opened_at", "operator_id", "outside_hours_reason", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "point_id", "proof", "refusal", "rules_on", "status") VALUES (NEW."close_hash", NEW."close_key", NEW."closed_at", NEW."device_id", NEW."dwelling_id", NEW."id", NEW."medium_id", NEW."opened_at", NEW."operator_id", NEW."outside_hours_reason", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."point_id", NEW."proof", NEW."refusal", NEW."rules_on", NEW."status"); RETURN NULL;',
                            hash="ac7c4ef3d066dfbcdd6a26d4b17c88f5d1aaebb3",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_cd02a",
                            table="pszok_visit",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="visit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."close_hash" IS DISTINCT FROM (NEW."close_hash") OR OLD."close_key" IS DISTINCT FROM (NEW."close_key") OR OLD."closed_at" IS DISTINCT FROM (NEW."closed_at") OR OLD."device_id" IS DISTINCT FROM (NEW."device_id") OR OLD."dwelling_id" IS DISTINCT FROM (NEW."dwelling_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."medium_id" IS DISTINCT FROM (NEW."medium_id") OR OLD."opened_at" IS DISTINCT FROM (NEW."opened_at") OR OLD."operator_id" IS DISTINCT FROM (NEW."operator_id") OR OLD."outside_hours_reason" IS DISTINCT FROM (NEW."outside_hours_reason") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."point_id" IS DISTINCT FROM (NEW."point_id") OR OLD."proof" IS DISTINCT FROM (NEW."proof") OR OLD."refusal" IS DISTINCT FROM (NEW."refusal") OR OLD."rules_on" IS DISTINCT FROM (NEW."rules_on") OR OLD."status" IS DISTINCT FROM (NEW."status"))',
                            func='INSERT INTO "pszok_visitevent" ("close_hash", "close_key", "closed_at", "device_id", "dwelling_id", "id", "medium_id", "opened_at", "operator_id", "outside_hours_reason", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "point_id", "proof", "refusal", "rules_on", "status") VALUES (NEW."close_hash", NEW."close_key", NEW."closed_at", NEW."device_id", NEW."dwelling_id", NEW."id", NEW."medium_id", NEW."opened_at", NEW."operator_id", NEW."outside_hours_reason", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."point_id", NEW."proof", NEW."refusal", NEW."rules_on", NEW."status"); RETURN NULL;',
                            hash="619ad03b4c87d99b87650bb1b9442d56ca720b1c",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a1927",
                            table="pszok_visit",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dispute",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "pszok_disputeevent" ("answer", "answered_at", "id", "opened_at", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "status", "text", "visit_id") VALUES (NEW."answer", NEW."answered_at", NEW."id", NEW."opened_at", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."status", NEW."text", NEW."visit_id"); RETURN NULL;',
                            hash="250c8a14fae5d4a7535fc0a10d3e648f151f633b",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_641d6",
                            table="pszok_dispute",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dispute",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "pszok_disputeevent" ("answer", "answered_at", "id", "opened_at", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "status", "text", "visit_id") VALUES (NEW."answer", NEW."answered_at", NEW."id", NEW."opened_at", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."status", NEW."text", NEW."visit_id"); RETURN NULL;',
                            hash="22e8ef5174c75f6289a14cba25559898d0e1b2e9",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_4a4b2",
                            table="pszok_dispute",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="quotaentry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="5004a1117f90ca3b971b14f4784ce17b5559e8eb",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_3c789",
                            table="pszok_quotaentry",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="visitline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="038a60b487f2ff75eb211772316b52cc81f59ac8",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_72473",
                            table="pszok_visitline",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="outboundtransfer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "pszok_outboundtransferevent" ("cancelled_at", "cancelled_reason", "code_id", "day", "entered_at", "entered_by", "id", "kg", "note_number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "point_id", "process", "recipient", "recipient_address") VALUES (NEW."cancelled_at", NEW."cancelled_reason", NEW."code_id", NEW."day", NEW."entered_at", NEW."entered_by", NEW."id", NEW."kg", NEW."note_number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."point_id", NEW."process", NEW."recipient", NEW."recipient_address"); RETURN NULL;',
                            hash="bdbe9e86e20f0220e6f3b19d6898abc2da5e0cb4",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_7bf4b",
                            table="pszok_outboundtransfer",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="outboundtransfer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "pszok_outboundtransferevent" ("cancelled_at", "cancelled_reason", "code_id", "day", "entered_at", "entered_by", "id", "kg", "note_number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "point_id", "process", "recipient", "recipient_address") VALUES (NEW."cancelled_at", NEW."cancelled_reason", NEW."code_id", NEW."day", NEW."entered_at", NEW."entered_by", NEW."id", NEW."kg", NEW."note_number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."point_id", NEW."process", NEW."recipient", NEW."recipient_address"); RETURN NULL;',
                            hash="c2d88ee20c36ec9e828f81efd6dc6c1fd94426d7",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_eecb3",
                            table="pszok_outboundtransfer",
                            when="AFTER",
                        ),
                    ),
                ),
            ],
        ),
    ]
