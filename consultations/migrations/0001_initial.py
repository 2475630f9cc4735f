import accounts.at_once
import accounts.encryption
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("office", "0006_one_text_for_many"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("residents", "0004_where_an_address_is"),
        ("schemas", "0002_survey_kinds"),
    ]

    operations = [
        accounts.at_once.AtOnce(
            operations=[
                migrations.CreateModel(
                    name="LegalBasis",
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
                        ("code", models.SlugField(verbose_name="kod")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("free", "konsultacje z mieszkańcami"),
                                    ("budget", "budżet obywatelski"),
                                    ("ngo", "z organizacjami pozarządowymi"),
                                    ("planning", "planowanie przestrzenne"),
                                    ("revitalisation", "rewitalizacja"),
                                    ("strategy", "strategia rozwoju"),
                                    ("environment", "ochrona środowiska"),
                                ],
                                max_length=16,
                                verbose_name="rodzaj",
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="nazwa")),
                        (
                            "minimum_days",
                            models.PositiveSmallIntegerField(default=0, verbose_name="najmniej dni zbierania głosów"),
                        ),
                        (
                            "notice_days",
                            models.PositiveSmallIntegerField(default=0, verbose_name="dni od ogłoszenia do otwarcia"),
                        ),
                        ("announced_in", models.JSONField(default=list, verbose_name="gdzie trzeba ogłosić")),
                        ("activity_groups", models.JSONField(default=list, verbose_name="formy, po jednej z grupy")),
                        ("needed_channels", models.JSONField(default=list, verbose_name="drogi, po jednej z grupy")),
                        ("report_days", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="dni na raport")),
                        ("is_binding", models.BooleanField(default=False, verbose_name="wynik wiąże")),
                        ("effect", models.TextField(verbose_name="co znaczy wynik")),
                    ],
                    options={
                        "verbose_name": "podstawa prawna",
                        "verbose_name_plural": "podstawy prawne",
                        "ordering": ["kind", "-valid_from"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                                ),
                                name="consultations_legalbasis_dates_in_order",
                            ),
                            models.UniqueConstraint(fields=("code", "valid_from"), name="consultations_basis_once"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Consultation",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("slug", models.SlugField(max_length=80, unique=True, verbose_name="adres")),
                        ("title", models.CharField(max_length=200, verbose_name="tytuł")),
                        ("summary", models.CharField(max_length=300, verbose_name="w jednym zdaniu")),
                        ("order_number", models.CharField(blank=True, max_length=60, verbose_name="zarządzenie")),
                        ("order_on", models.DateField(blank=True, null=True, verbose_name="zarządzenie z dnia")),
                        ("order_url", models.URLField(blank=True, verbose_name="zarządzenie w BIP")),
                        ("purpose", models.TextField(blank=True, verbose_name="po co pytamy")),
                        ("subject", models.TextField(blank=True, verbose_name="o czym rozmawiamy")),
                        (
                            "decided_so_far",
                            models.TextField(blank=True, verbose_name="co już postanowiono, a co zależy od głosów"),
                        ),
                        ("addressees", models.JSONField(default=list, verbose_name="kogo pytamy")),
                        ("addressees_limit", models.CharField(blank=True, max_length=300, verbose_name="zawężenie")),
                        ("addressees_source", models.CharField(blank=True, max_length=300, verbose_name="podstawa zawężenia")),
                        ("unit", models.CharField(blank=True, max_length=200, verbose_name="komórka prowadząca")),
                        ("contact", models.CharField(blank=True, max_length=200, verbose_name="kontakt")),
                        ("place", models.CharField(blank=True, max_length=200, verbose_name="miejsce")),
                        ("results_method", models.TextField(blank=True, verbose_name="jak ustalimy wynik")),
                        ("results_where", models.TextField(blank=True, verbose_name="gdzie ogłosimy wynik")),
                        (
                            "integrity",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (0, "odpowiedzi otwarte"),
                                    (1, "potwierdzony kontakt"),
                                    (2, "mieszkaniec, który to oświadcza"),
                                    (3, "potwierdzone zamieszkanie"),
                                ],
                                default=0,
                                verbose_name="kto odpowiada",
                            ),
                        ),
                        ("integrity_reason", models.CharField(blank=True, max_length=300, verbose_name="dlaczego pytamy o dane")),
                        ("opens_at", models.DateTimeField(blank=True, null=True, verbose_name="otwarcie")),
                        ("closes_at", models.DateTimeField(blank=True, null=True, verbose_name="zamknięcie")),
                        ("report_promised_on", models.DateField(blank=True, null=True, verbose_name="raport obiecany na")),
                        ("interim_results_open", models.BooleanField(default=False, verbose_name="wyniki cząstkowe jawne")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "projekt"),
                                    ("approved", "zatwierdzone"),
                                    ("announced", "ogłoszone"),
                                    ("suspended", "wstrzymane"),
                                    ("under_analysis", "w opracowaniu"),
                                    ("report_published", "z ogłoszonym raportem"),
                                    ("archived", "w archiwum"),
                                    ("cancelled", "odwołane"),
                                ],
                                default="draft",
                                max_length=20,
                                verbose_name="stan",
                            ),
                        ),
                        ("drafted_by", models.UUIDField(editable=False, null=True, verbose_name="kto przygotował")),
                        ("edited_by", models.JSONField(default=list, editable=False, verbose_name="kto zmieniał projekt")),
                        ("approved_by", models.UUIDField(editable=False, null=True, verbose_name="kto zatwierdził")),
                        ("announced_at", models.DateTimeField(editable=False, null=True, verbose_name="ogłoszone w portalu")),
                        ("is_sample", models.BooleanField(default=False, editable=False, verbose_name="przykład")),
                        (
                            "cloned_from",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                to="consultations.consultation",
                            ),
                        ),
                        (
                            "basis",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="consultations.legalbasis",
                                verbose_name="podstawa prawna",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "konsultacje",
                        "verbose_name_plural": "konsultacje",
                        "ordering": ["-opens_at", "-id"],
                        "permissions": [
                            ("approve_consultation", "zatwierdza, wstrzymuje, przedłuża i odwołuje konsultacje"),
                            ("moderate_voice", "przegląda i ukrywa głosy"),
                            ("release_voice", "jako druga osoba dopuszcza głosy do publikacji"),
                            ("view_original_voice", "czyta głosy przed usunięciem danych osobowych"),
                            ("key_paper", "rejestruje i wpisuje formularze papierowe"),
                            ("settle_envelope", "rozstrzyga głosy wstrzymane do wyjaśnienia"),
                            ("write_ruling", "pisze stanowiska wobec głosów"),
                            ("approve_ruling", "zatwierdza stanowiska i raporty"),
                            ("see_results", "czyta wyniki zbiorcze"),
                            ("export_results", "pobiera dane w postaci zastępczej"),
                            ("export_everything", "pobiera dane pełne"),
                            ("run_tally", "liczy głosy budżetu obywatelskiego i losuje"),
                        ],
                        "indexes": [models.Index(fields=["status", "closes_at"], name="consultatio_status_6f5757_idx")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "status__in",
                                        [
                                            "draft",
                                            "approved",
                                            "announced",
                                            "suspended",
                                            "under_analysis",
                                            "report_published",
                                            "archived",
                                            "cancelled",
                                        ],
                                    )
                                ),
                                name="consultations_consultation_status",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("opens_at__lt", models.F("closes_at"))),
                                name="consultations_opens_before_it_closes",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status__in", ["draft"]),
                                    models.Q(
                                        ("approved_by__isnull", False), ("closes_at__isnull", False), ("opens_at__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="consultations_approved_has_a_calendar",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("approved_by__isnull", True),
                                    models.Q(("approved_by", models.F("drafted_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="consultations_two_people",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Instrument",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("code", models.SlugField(max_length=40, verbose_name="kod")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("survey", "ankieta"),
                                    ("remarks", "uwagi do dokumentu"),
                                    ("budget", "głosowanie na projekty"),
                                ],
                                max_length=10,
                                verbose_name="rodzaj",
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="nazwa")),
                        ("intro", models.TextField(blank=True, verbose_name="wstęp")),
                        ("audience", models.CharField(blank=True, max_length=120, verbose_name="dla kogo")),
                        ("order", models.PositiveSmallIntegerField(default=1, verbose_name="kolejność")),
                        (
                            "moderation",
                            models.CharField(
                                choices=[
                                    ("before", "przed publikacją"),
                                    ("after", "po publikacji"),
                                    ("private", "głosów nie publikujemy pojedynczo"),
                                ],
                                default="before",
                                max_length=8,
                                verbose_name="przeglądanie głosów",
                            ),
                        ),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="instruments",
                                to="consultations.consultation",
                                verbose_name="konsultacje",
                            ),
                        ),
                        (
                            "definition",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="schemas.definition",
                                verbose_name="wzór pytań",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "narzędzie",
                        "verbose_name_plural": "narzędzia",
                        "ordering": ["order", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("consultation", "code"), name="consultations_instrument_code"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "survey"), _negated=True), ("definition__isnull", False), _connector="OR"
                                ),
                                name="consultations_survey_has_questions",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Batch",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("number", models.PositiveIntegerField(verbose_name="numer")),
                        ("day", models.DateField(verbose_name="dzień")),
                        ("count", models.PositiveIntegerField(verbose_name="głosów")),
                        ("ballots_root", models.CharField(max_length=64, verbose_name="korzeń głosów")),
                        ("commitments_root", models.CharField(max_length=64, verbose_name="korzeń potwierdzeń")),
                        ("previous", models.CharField(blank=True, max_length=64, verbose_name="poprzednia głowa")),
                        ("head", models.CharField(max_length=64, verbose_name="głowa łańcucha")),
                        ("is_final", models.BooleanField(default=False, verbose_name="ostatnia")),
                        (
                            "instrument",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="batches",
                                to="consultations.instrument",
                                verbose_name="narzędzie",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "zapieczętowana partia",
                        "verbose_name_plural": "zapieczętowane partie",
                        "ordering": ["instrument", "number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("instrument", "number"), name="consultations_batch_number")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BudgetRules",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("pot_grosze", models.PositiveBigIntegerField(verbose_name="pula w groszach")),
                        (
                            "project_most_grosze",
                            models.PositiveBigIntegerField(
                                blank=True, null=True, verbose_name="największy koszt projektu w groszach"
                            ),
                        ),
                        (
                            "ballot_type",
                            models.CharField(
                                choices=[
                                    ("approval", "zaznaczenie projektów"),
                                    ("choose-1", "jeden projekt"),
                                    ("cumulative", "podział punktów"),
                                    ("scoring", "ocena projektów"),
                                    ("ordinal", "kolejność projektów"),
                                ],
                                max_length=12,
                                verbose_name="karta",
                            ),
                        ),
                        ("card", models.JSONField(default=dict, verbose_name="zasady karty")),
                        ("rule", models.CharField(max_length=40, verbose_name="zasada liczenia")),
                        ("rule_options", models.JSONField(blank=True, default=dict, verbose_name="warianty zasady")),
                        ("tie_rules", models.JSONField(default=list, verbose_name="zasady przy remisie")),
                        (
                            "draw_announcement",
                            models.CharField(blank=True, max_length=300, verbose_name="jawna wartość do losowania"),
                        ),
                        ("least_age", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="najniższy wiek")),
                        (
                            "guardian_below",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="zgoda opiekuna poniżej wieku"),
                        ),
                        ("age_source", models.CharField(blank=True, max_length=300, verbose_name="podstawa zasad wieku")),
                        ("meta", models.JSONField(blank=True, default=dict, verbose_name="nagłówek Pabulib")),
                        ("source", models.CharField(blank=True, max_length=300, verbose_name="podstawa")),
                        (
                            "instrument",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="budget",
                                to="consultations.instrument",
                                verbose_name="głosowanie",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "zasady budżetu obywatelskiego",
                        "verbose_name_plural": "zasady budżetu obywatelskiego",
                    },
                ),
                migrations.CreateModel(
                    name="CalendarChange",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("old_closes_at", models.DateTimeField(verbose_name="dotychczas")),
                        ("new_closes_at", models.DateTimeField(verbose_name="teraz")),
                        ("reason", models.TextField(verbose_name="powód")),
                        ("by", models.UUIDField(verbose_name="kto")),
                        ("at", models.DateTimeField(verbose_name="kiedy")),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="calendar_changes",
                                to="consultations.consultation",
                                verbose_name="konsultacje",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "zmiana terminu",
                        "verbose_name_plural": "zmiany terminu",
                        "ordering": ["at"],
                    },
                ),
                migrations.CreateModel(
                    name="Announcement",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "about",
                            models.CharField(
                                choices=[
                                    ("opening", "rozpoczęcie"),
                                    ("extension", "przedłużenie"),
                                    ("suspension", "wstrzymanie"),
                                    ("resumption", "wznowienie"),
                                    ("cancellation", "odwołanie"),
                                    ("report", "raport"),
                                ],
                                default="opening",
                                max_length=12,
                                verbose_name="o czym",
                            ),
                        ),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("bip", "Biuletyn Informacji Publicznej"),
                                    ("portal", "strona miasta"),
                                    ("board", "tablica ogłoszeń"),
                                    ("press", "prasa"),
                                    ("customary", "w sposób zwyczajowo przyjęty"),
                                ],
                                max_length=10,
                                verbose_name="gdzie",
                            ),
                        ),
                        ("announced_on", models.DateField(verbose_name="dnia")),
                        ("url", models.URLField(blank=True, verbose_name="adres")),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="uwagi")),
                        ("recorded_by", models.UUIDField(editable=False, null=True, verbose_name="kto wpisał")),
                        (
                            "proof",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="announcement_proofs",
                                to="office.storedfile",
                                verbose_name="dowód",
                            ),
                        ),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="announcements",
                                to="consultations.consultation",
                                verbose_name="konsultacje",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ogłoszenie",
                        "verbose_name_plural": "ogłoszenia",
                        "ordering": ["announced_on", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="Activity",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("remarks", "zbieranie uwag"),
                                    ("meeting", "spotkanie otwarte"),
                                    ("panel", "panel ekspertów"),
                                    ("workshop", "warsztat"),
                                    ("outdoor", "spotkanie w terenie"),
                                    ("survey", "ankieta"),
                                    ("interview", "wywiady i punkt informacyjny"),
                                ],
                                max_length=10,
                                verbose_name="forma",
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="nazwa")),
                        ("starts_at", models.DateTimeField(verbose_name="początek")),
                        ("ends_at", models.DateTimeField(blank=True, null=True, verbose_name="koniec")),
                        ("place", models.CharField(max_length=200, verbose_name="miejsce")),
                        ("note", models.TextField(blank=True, verbose_name="opis")),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="activities",
                                to="consultations.consultation",
                                verbose_name="konsultacje",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "spotkanie albo inna forma",
                        "verbose_name_plural": "spotkania i inne formy",
                        "ordering": ["starts_at"],
                    },
                ),
                migrations.CreateModel(
                    name="Follower",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("email", accounts.encryption.EncryptedTextField(context="consultations_follower.email", max_length=254)),
                        ("email_lookup", models.BinaryField(max_length=32)),
                        ("token_hash", models.BinaryField(max_length=32, unique=True)),
                        ("asked_at", models.DateTimeField()),
                        ("confirmed_at", models.DateTimeField(null=True)),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="followers",
                                to="consultations.consultation",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("consultation", "email_lookup"), name="consultations_follower_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FollowersTold",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("occasion", models.CharField(max_length=60)),
                        ("at", models.DateTimeField()),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="told", to="consultations.consultation"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("consultation", "occasion"), name="consultations_told_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Export",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "profile",
                            models.CharField(
                                choices=[("full", "pełny"), ("pseudonymised", "w postaci zastępczej"), ("public", "publiczny")],
                                max_length=14,
                                verbose_name="zakres",
                            ),
                        ),
                        (
                            "format",
                            models.CharField(
                                choices=[
                                    ("csv", "CSV"),
                                    ("xlsx", "XLSX"),
                                    ("jsonl", "JSON Lines"),
                                    ("pb", "Pabulib"),
                                    ("zip", "komplet do sprawdzenia"),
                                ],
                                max_length=6,
                                verbose_name="format",
                            ),
                        ),
                        ("as_of", models.DateField(verbose_name="stan na dzień")),
                        ("purpose", models.CharField(max_length=300, verbose_name="po co")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("queued", "czeka"),
                                    ("running", "powstaje"),
                                    ("done", "gotowy"),
                                    ("failed", "nie udał się"),
                                    ("expired", "wygasł"),
                                ],
                                default="queued",
                                max_length=10,
                                verbose_name="stan",
                            ),
                        ),
                        ("done_rows", models.PositiveIntegerField(default=0, verbose_name="gotowe wiersze")),
                        ("all_rows", models.PositiveIntegerField(default=0, verbose_name="wszystkie wiersze")),
                        ("lease_until", models.DateTimeField(editable=False, null=True)),
                        ("sha256", models.CharField(blank=True, max_length=64, verbose_name="skrót")),
                        ("manifest", models.JSONField(default=dict, verbose_name="metryka")),
                        ("signature", models.CharField(blank=True, max_length=200, verbose_name="podpis")),
                        ("failure", models.CharField(blank=True, max_length=300, verbose_name="co się nie udało")),
                        ("ordered_by", models.UUIDField(null=True, verbose_name="kto zamówił")),
                        ("ordered_at", models.DateTimeField(verbose_name="zamówiony")),
                        ("expires_at", models.DateTimeField(verbose_name="wygasa")),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="exports",
                                to="consultations.consultation",
                                verbose_name="konsultacje",
                            ),
                        ),
                        (
                            "file",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="consultation_export",
                                to="office.storedfile",
                                verbose_name="plik",
                            ),
                        ),
                        (
                            "instrument",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="consultations.instrument",
                                verbose_name="narzędzie",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "plik z danymi",
                        "verbose_name_plural": "pliki z danymi",
                        "ordering": ["-ordered_at"],
                        "indexes": [models.Index(fields=["status", "lease_until"], name="consultatio_status_2c46db_idx")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("status__in", ["queued", "running", "done", "failed", "expired"])),
                                name="consultations_export_status",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Envelope",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("token_mark", models.BinaryField(max_length=32)),
                        ("commitment", models.BinaryField(max_length=32)),
                        ("sealed", models.BinaryField(null=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "odebrany, czeka na zapieczętowanie"),
                                    ("held", "wstrzymany do wyjaśnienia"),
                                    ("admitted", "dopuszczony po wyjaśnieniu"),
                                    ("listed", "zapieczętowany i policzony"),
                                    ("refused", "niedopuszczony"),
                                ],
                                default="waiting",
                                max_length=10,
                                verbose_name="stan",
                            ),
                        ),
                        ("held_for", models.JSONField(default=list, verbose_name="dlaczego wstrzymany")),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("online", "przez portal"),
                                    ("box", "urna albo skrzynka"),
                                    ("post", "poczta"),
                                    ("email", "e-mail"),
                                    ("e_delivery", "e-Doręczenia albo ePUAP"),
                                    ("desk", "w urzędzie"),
                                    ("meeting", "na spotkaniu"),
                                    ("phone", "telefonicznie"),
                                ],
                                max_length=12,
                                verbose_name="droga",
                            ),
                        ),
                        (
                            "batch",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="envelopes",
                                to="consultations.batch",
                                verbose_name="partia",
                            ),
                        ),
                        (
                            "instrument",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="envelopes",
                                to="consultations.instrument",
                                verbose_name="narzędzie",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "koperta z głosem",
                        "verbose_name_plural": "koperty z głosami",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state__in", ["waiting", "held", "admitted"])),
                                fields=["instrument"],
                                name="consultations_unsealed",
                            ),
                            models.Index(fields=["batch"], name="consultatio_batch_i_a21741_idx"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("instrument", "token_mark"), name="consultations_one_envelope_a_token"
                            ),
                            models.UniqueConstraint(fields=("instrument", "commitment"), name="consultations_commitment_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["waiting", "held", "admitted", "listed", "refused"]),
                                    models.Q(
                                        models.Q(("batch__isnull", False), ("sealed__isnull", True), ("state", "listed")),
                                        models.Q(("batch__isnull", True), ("sealed__isnull", True), ("state", "refused")),
                                        models.Q(
                                            ("batch__isnull", True),
                                            ("sealed__isnull", False),
                                            ("state__in", ["waiting", "held", "admitted"]),
                                        ),
                                        _connector="OR",
                                    ),
                                ),
                                name="consultations_envelope_is_sealed_or_listed",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Draw",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("candidates", models.JSONField(verbose_name="między")),
                        ("chain_head", models.CharField(max_length=64, verbose_name="głowa łańcucha przy zamknięciu")),
                        ("public_value", models.CharField(max_length=200, verbose_name="jawna wartość")),
                        ("seed", models.CharField(max_length=64, verbose_name="ziarno")),
                        ("order", models.JSONField(verbose_name="kolejność")),
                        ("by", models.UUIDField(verbose_name="kto")),
                        ("at", models.DateTimeField(verbose_name="kiedy")),
                        (
                            "instrument",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="draws",
                                to="consultations.instrument",
                                verbose_name="głosowanie",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "losowanie",
                        "verbose_name_plural": "losowania",
                        "ordering": ["at"],
                        "constraints": [
                            models.UniqueConstraint(fields=("instrument", "candidates"), name="consultations_one_draw_a_tie")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ConsultedDocument",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("title", models.CharField(max_length=300, verbose_name="tytuł")),
                        (
                            "file",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="office.storedfile",
                                verbose_name="plik",
                            ),
                        ),
                        (
                            "instrument",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="document",
                                to="consultations.instrument",
                                verbose_name="narzędzie",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "dokument",
                        "verbose_name_plural": "dokumenty",
                    },
                ),
                migrations.CreateModel(
                    name="BudgetRulesEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("pot_grosze", models.PositiveBigIntegerField(verbose_name="pula w groszach")),
                        (
                            "project_most_grosze",
                            models.PositiveBigIntegerField(
                                blank=True, null=True, verbose_name="największy koszt projektu w groszach"
                            ),
                        ),
                        (
                            "ballot_type",
                            models.CharField(
                                choices=[
                                    ("approval", "zaznaczenie projektów"),
                                    ("choose-1", "jeden projekt"),
                                    ("cumulative", "podział punktów"),
                                    ("scoring", "ocena projektów"),
                                    ("ordinal", "kolejność projektów"),
                                ],
                                max_length=12,
                                verbose_name="karta",
                            ),
                        ),
                        ("card", models.JSONField(default=dict, verbose_name="zasady karty")),
                        ("rule", models.CharField(max_length=40, verbose_name="zasada liczenia")),
                        ("rule_options", models.JSONField(blank=True, default=dict, verbose_name="warianty zasady")),
                        ("tie_rules", models.JSONField(default=list, verbose_name="zasady przy remisie")),
                        (
                            "draw_announcement",
                            models.CharField(blank=True, max_length=300, verbose_name="jawna wartość do losowania"),
                        ),
                        ("least_age", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="najniższy wiek")),
                        (
                            "guardian_below",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="zgoda opiekuna poniżej wieku"),
                        ),
                        ("age_source", models.CharField(blank=True, max_length=300, verbose_name="podstawa zasad wieku")),
                        ("meta", models.JSONField(blank=True, default=dict, verbose_name="nagłówek Pabulib")),
                        ("source", models.CharField(blank=True, max_length=300, verbose_name="podstawa")),
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
                                to="consultations.budgetrules",
                            ),
                        ),
                        (
                            "instrument",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="consultations.instrument",
                                verbose_name="głosowanie",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Ballot",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("online", "przez portal"),
                                    ("box", "urna albo skrzynka"),
                                    ("post", "poczta"),
                                    ("email", "e-mail"),
                                    ("e_delivery", "e-Doręczenia albo ePUAP"),
                                    ("desk", "w urzędzie"),
                                    ("meeting", "na spotkaniu"),
                                    ("phone", "telefonicznie"),
                                ],
                                max_length=12,
                                verbose_name="droga",
                            ),
                        ),
                        ("answers", models.JSONField(verbose_name="odpowiedzi")),
                        (
                            "version",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="schemas.version",
                                verbose_name="wersja",
                            ),
                        ),
                        (
                            "batch",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ballots",
                                to="consultations.batch",
                                verbose_name="partia",
                            ),
                        ),
                        (
                            "instrument",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ballots",
                                to="consultations.instrument",
                                verbose_name="narzędzie",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "głos",
                        "verbose_name_plural": "głosy",
                        "indexes": [models.Index(fields=["instrument", "batch", "id"], name="consultatio_instrum_8d9e14_idx")],
                    },
                ),
                migrations.CreateModel(
                    name="AnswerCell",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("question", models.CharField(max_length=50)),
                        ("row", models.CharField(blank=True, max_length=50)),
                        ("option", models.CharField(blank=True, max_length=50)),
                        ("number", models.BigIntegerField(null=True)),
                        ("text", models.TextField(blank=True)),
                        (
                            "ballot",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="cells", to="consultations.ballot"
                            ),
                        ),
                        (
                            "instrument",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="consultations.instrument"
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["instrument", "question", "option"], include=("ballot",), name="consultations_cell_count"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("ballot", "question", "row", "option"), name="consultations_cell_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InstrumentEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ("code", models.SlugField(db_index=False, max_length=40, verbose_name="kod")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("survey", "ankieta"),
                                    ("remarks", "uwagi do dokumentu"),
                                    ("budget", "głosowanie na projekty"),
                                ],
                                max_length=10,
                                verbose_name="rodzaj",
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="nazwa")),
                        ("intro", models.TextField(blank=True, verbose_name="wstęp")),
                        ("audience", models.CharField(blank=True, max_length=120, verbose_name="dla kogo")),
                        ("order", models.PositiveSmallIntegerField(default=1, verbose_name="kolejność")),
                        (
                            "moderation",
                            models.CharField(
                                choices=[
                                    ("before", "przed publikacją"),
                                    ("after", "po publikacji"),
                                    ("private", "głosów nie publikujemy pojedynczo"),
                                ],
                                default="before",
                                max_length=8,
                                verbose_name="przeglądanie głosów",
                            ),
                        ),
                        (
                            "consultation",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="consultations.consultation",
                                verbose_name="konsultacje",
                            ),
                        ),
                        (
                            "definition",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="schemas.definition",
                                verbose_name="wzór pytań",
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
                                to="consultations.instrument",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="InstrumentVersion",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "edit",
                            models.CharField(
                                choices=[
                                    ("first", "pierwsza"),
                                    ("cosmetic", "poprawka brzmienia"),
                                    ("additive", "dodane pytania albo odpowiedzi"),
                                    ("breaking", "zmienione pytania"),
                                ],
                                max_length=10,
                                verbose_name="rodzaj zmiany",
                            ),
                        ),
                        ("changes", models.JSONField(default=list, verbose_name="co zmieniono")),
                        ("approved_by", models.UUIDField(null=True, verbose_name="kto zatwierdził")),
                        ("approved_at", models.DateTimeField(verbose_name="kiedy")),
                        ("collected_until", models.DateTimeField(blank=True, null=True, verbose_name="przyjmowana do")),
                        (
                            "instrument",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="consultations.instrument",
                                verbose_name="narzędzie",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="schemas.version",
                                verbose_name="wersja pytań",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "wersja ankiety",
                        "verbose_name_plural": "wersje ankiet",
                        "ordering": ["approved_at", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("instrument", "version"), name="consultations_instrumentversion_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ConsultationEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ("slug", models.SlugField(db_index=False, max_length=80, verbose_name="adres")),
                        ("title", models.CharField(max_length=200, verbose_name="tytuł")),
                        ("summary", models.CharField(max_length=300, verbose_name="w jednym zdaniu")),
                        ("order_number", models.CharField(blank=True, max_length=60, verbose_name="zarządzenie")),
                        ("order_on", models.DateField(blank=True, null=True, verbose_name="zarządzenie z dnia")),
                        ("order_url", models.URLField(blank=True, verbose_name="zarządzenie w BIP")),
                        ("purpose", models.TextField(blank=True, verbose_name="po co pytamy")),
                        ("subject", models.TextField(blank=True, verbose_name="o czym rozmawiamy")),
                        (
                            "decided_so_far",
                            models.TextField(blank=True, verbose_name="co już postanowiono, a co zależy od głosów"),
                        ),
                        ("addressees", models.JSONField(default=list, verbose_name="kogo pytamy")),
                        ("addressees_limit", models.CharField(blank=True, max_length=300, verbose_name="zawężenie")),
                        ("addressees_source", models.CharField(blank=True, max_length=300, verbose_name="podstawa zawężenia")),
                        ("unit", models.CharField(blank=True, max_length=200, verbose_name="komórka prowadząca")),
                        ("contact", models.CharField(blank=True, max_length=200, verbose_name="kontakt")),
                        ("place", models.CharField(blank=True, max_length=200, verbose_name="miejsce")),
                        ("results_method", models.TextField(blank=True, verbose_name="jak ustalimy wynik")),
                        ("results_where", models.TextField(blank=True, verbose_name="gdzie ogłosimy wynik")),
                        (
                            "integrity",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (0, "odpowiedzi otwarte"),
                                    (1, "potwierdzony kontakt"),
                                    (2, "mieszkaniec, który to oświadcza"),
                                    (3, "potwierdzone zamieszkanie"),
                                ],
                                default=0,
                                verbose_name="kto odpowiada",
                            ),
                        ),
                        ("integrity_reason", models.CharField(blank=True, max_length=300, verbose_name="dlaczego pytamy o dane")),
                        ("opens_at", models.DateTimeField(blank=True, null=True, verbose_name="otwarcie")),
                        ("closes_at", models.DateTimeField(blank=True, null=True, verbose_name="zamknięcie")),
                        ("report_promised_on", models.DateField(blank=True, null=True, verbose_name="raport obiecany na")),
                        ("interim_results_open", models.BooleanField(default=False, verbose_name="wyniki cząstkowe jawne")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "projekt"),
                                    ("approved", "zatwierdzone"),
                                    ("announced", "ogłoszone"),
                                    ("suspended", "wstrzymane"),
                                    ("under_analysis", "w opracowaniu"),
                                    ("report_published", "z ogłoszonym raportem"),
                                    ("archived", "w archiwum"),
                                    ("cancelled", "odwołane"),
                                ],
                                default="draft",
                                max_length=20,
                                verbose_name="stan",
                            ),
                        ),
                        ("drafted_by", models.UUIDField(editable=False, null=True, verbose_name="kto przygotował")),
                        ("edited_by", models.JSONField(default=list, editable=False, verbose_name="kto zmieniał projekt")),
                        ("approved_by", models.UUIDField(editable=False, null=True, verbose_name="kto zatwierdził")),
                        ("announced_at", models.DateTimeField(editable=False, null=True, verbose_name="ogłoszone w portalu")),
                        ("is_sample", models.BooleanField(default=False, editable=False, verbose_name="przykład")),
                        (
                            "cloned_from",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="consultations.consultation",
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
                                to="consultations.consultation",
                            ),
                        ),
                        (
                            "basis",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="consultations.legalbasis",
                                verbose_name="podstawa prawna",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Material",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("order", models.PositiveSmallIntegerField(default=1, verbose_name="kolejność")),
                        ("title", models.CharField(max_length=200, verbose_name="tytuł")),
                        ("url", models.URLField(blank=True, verbose_name="adres")),
                        ("added_on", models.DateField(editable=False, null=True, verbose_name="dodano")),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="materials",
                                to="consultations.consultation",
                                verbose_name="konsultacje",
                            ),
                        ),
                        (
                            "file",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="consultation_material",
                                to="office.storedfile",
                                verbose_name="plik",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "materiał",
                        "verbose_name_plural": "materiały",
                        "ordering": ["order", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("file__isnull", False), models.Q(("url", ""), _negated=True), _connector="XOR"
                                ),
                                name="consultations_material_file_or_address",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PaperForm",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("registry_number", models.CharField(max_length=40, verbose_name="numer rejestru")),
                        ("sheet_id", models.CharField(blank=True, max_length=40, verbose_name="numer arkusza")),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("online", "przez portal"),
                                    ("box", "urna albo skrzynka"),
                                    ("post", "poczta"),
                                    ("email", "e-mail"),
                                    ("e_delivery", "e-Doręczenia albo ePUAP"),
                                    ("desk", "w urzędzie"),
                                    ("meeting", "na spotkaniu"),
                                    ("phone", "telefonicznie"),
                                ],
                                max_length=12,
                                verbose_name="droga",
                            ),
                        ),
                        ("received_on", models.DateField(verbose_name="wpłynął dnia")),
                        ("postmarked_on", models.DateField(blank=True, null=True, verbose_name="stempel z dnia")),
                        (
                            "particulars",
                            accounts.encryption.EncryptedJSONField(
                                blank=True,
                                context="consultations_paperform.particulars",
                                null=True,
                                verbose_name="dane z formularza",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("registered", "zarejestrowany"),
                                    ("to_complete", "do uzupełnienia"),
                                    ("keyed", "wpisany"),
                                    ("verified", "sprawdzony"),
                                    ("counted", "policzony"),
                                    ("late", "po terminie"),
                                    ("rejected", "nieważny"),
                                ],
                                default="registered",
                                max_length=12,
                                verbose_name="stan",
                            ),
                        ),
                        ("defect", models.CharField(blank=True, max_length=300, verbose_name="brak albo powód")),
                        ("complete_until", models.DateField(blank=True, null=True, verbose_name="uzupełnić do")),
                        ("registered_by", models.UUIDField(editable=False, verbose_name="kto zarejestrował")),
                        ("verified_by", models.UUIDField(editable=False, null=True, verbose_name="kto sprawdził")),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="paper_forms",
                                to="consultations.consultation",
                                verbose_name="konsultacje",
                            ),
                        ),
                        (
                            "instrument",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="paper_forms",
                                to="consultations.instrument",
                                verbose_name="narzędzie",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="residents.person",
                                verbose_name="osoba",
                            ),
                        ),
                        (
                            "scan",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="paper_form",
                                to="office.storedfile",
                                verbose_name="skan",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "formularz papierowy",
                        "verbose_name_plural": "formularze papierowe",
                        "ordering": ["registry_number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("consultation", "registry_number"), name="consultations_paper_number"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "status__in",
                                        ["registered", "to_complete", "keyed", "verified", "counted", "late", "rejected"],
                                    )
                                ),
                                name="consultations_paper_status",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status__in", ["rejected", "to_complete"]), _negated=True),
                                    models.Q(("defect", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="consultations_paper_defect_is_named",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="KeyingPass",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("number", models.PositiveSmallIntegerField(verbose_name="które wpisanie")),
                        ("clerk", models.UUIDField(verbose_name="kto wpisał")),
                        (
                            "answers",
                            accounts.encryption.EncryptedJSONField(
                                context="consultations_keyingpass.answers", null=True, verbose_name="odpowiedzi"
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="kiedy")),
                        (
                            "form",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="passes",
                                to="consultations.paperform",
                                verbose_name="formularz",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "wpisanie formularza",
                        "verbose_name_plural": "wpisania formularzy",
                        "constraints": [
                            models.UniqueConstraint(fields=("form", "number"), name="consultations_pass_number"),
                            models.UniqueConstraint(fields=("form", "clerk"), name="consultations_pass_by_another_clerk"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PaperFormEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ("registry_number", models.CharField(max_length=40, verbose_name="numer rejestru")),
                        ("sheet_id", models.CharField(blank=True, max_length=40, verbose_name="numer arkusza")),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("online", "przez portal"),
                                    ("box", "urna albo skrzynka"),
                                    ("post", "poczta"),
                                    ("email", "e-mail"),
                                    ("e_delivery", "e-Doręczenia albo ePUAP"),
                                    ("desk", "w urzędzie"),
                                    ("meeting", "na spotkaniu"),
                                    ("phone", "telefonicznie"),
                                ],
                                max_length=12,
                                verbose_name="droga",
                            ),
                        ),
                        ("received_on", models.DateField(verbose_name="wpłynął dnia")),
                        ("postmarked_on", models.DateField(blank=True, null=True, verbose_name="stempel z dnia")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("registered", "zarejestrowany"),
                                    ("to_complete", "do uzupełnienia"),
                                    ("keyed", "wpisany"),
                                    ("verified", "sprawdzony"),
                                    ("counted", "policzony"),
                                    ("late", "po terminie"),
                                    ("rejected", "nieważny"),
                                ],
                                default="registered",
                                max_length=12,
                                verbose_name="stan",
                            ),
                        ),
                        ("defect", models.CharField(blank=True, max_length=300, verbose_name="brak albo powód")),
                        ("complete_until", models.DateField(blank=True, null=True, verbose_name="uzupełnić do")),
                        ("registered_by", models.UUIDField(editable=False, verbose_name="kto zarejestrował")),
                        ("verified_by", models.UUIDField(editable=False, null=True, verbose_name="kto sprawdził")),
                        (
                            "consultation",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="consultations.consultation",
                                verbose_name="konsultacje",
                            ),
                        ),
                        (
                            "instrument",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="consultations.instrument",
                                verbose_name="narzędzie",
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
                                to="consultations.paperform",
                            ),
                        ),
                        (
                            "scan",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="office.storedfile",
                                verbose_name="skan",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Paragraph",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("order", models.PositiveSmallIntegerField(verbose_name="kolejność")),
                        ("number", models.CharField(max_length=30, verbose_name="oznaczenie")),
                        ("heading", models.CharField(blank=True, max_length=200, verbose_name="nagłówek")),
                        ("text", models.TextField(verbose_name="treść")),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="paragraphs",
                                to="consultations.consulteddocument",
                                verbose_name="dokument",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "jednostka tekstu",
                        "verbose_name_plural": "jednostki tekstu",
                        "ordering": ["order"],
                        "constraints": [
                            models.UniqueConstraint(fields=("document", "number"), name="consultations_paragraph_number")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Participation",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "face",
                            models.CharField(
                                choices=[("person", "Person"), ("contact", "Contact"), ("particulars", "Particulars")],
                                max_length=12,
                            ),
                        ),
                        ("nullifier", models.BinaryField(max_length=32)),
                        (
                            "instrument",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="participations",
                                to="consultations.instrument",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "udział",
                        "verbose_name_plural": "udziały",
                        "constraints": [
                            models.UniqueConstraint(fields=("instrument", "nullifier"), name="consultations_one_voice")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Project",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("code", models.CharField(max_length=40, verbose_name="numer na karcie")),
                        ("order", models.PositiveIntegerField(default=1, verbose_name="kolejność")),
                        ("name", models.CharField(max_length=1000, verbose_name="nazwa")),
                        ("description", models.TextField(blank=True, verbose_name="opis")),
                        ("cost_grosze", models.PositiveBigIntegerField(verbose_name="koszt w groszach")),
                        ("place", models.CharField(blank=True, max_length=300, verbose_name="miejsce")),
                        (
                            "latitude",
                            models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True, verbose_name="szerokość"),
                        ),
                        (
                            "longitude",
                            models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True, verbose_name="długość"),
                        ),
                        ("categories", models.JSONField(blank=True, default=list, verbose_name="kategorie")),
                        ("withdrawn_reason", models.CharField(blank=True, max_length=300, verbose_name="wycofany, bo")),
                        ("official", models.JSONField(blank=True, default=dict, verbose_name="wynik ogłoszony w źródle")),
                        ("extra", models.JSONField(blank=True, default=dict, verbose_name="inne kolumny źródła")),
                        (
                            "instrument",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="projects",
                                to="consultations.instrument",
                                verbose_name="głosowanie",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "projekt",
                        "verbose_name_plural": "projekty",
                        "ordering": ["order", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("instrument", "code"), name="consultations_project_code"),
                            models.CheckConstraint(
                                condition=models.Q(("cost_grosze__gt", 0)), name="consultations_project_costs_something"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProjectEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ("code", models.CharField(max_length=40, verbose_name="numer na karcie")),
                        ("order", models.PositiveIntegerField(default=1, verbose_name="kolejność")),
                        ("name", models.CharField(max_length=1000, verbose_name="nazwa")),
                        ("description", models.TextField(blank=True, verbose_name="opis")),
                        ("cost_grosze", models.PositiveBigIntegerField(verbose_name="koszt w groszach")),
                        ("place", models.CharField(blank=True, max_length=300, verbose_name="miejsce")),
                        (
                            "latitude",
                            models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True, verbose_name="szerokość"),
                        ),
                        (
                            "longitude",
                            models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True, verbose_name="długość"),
                        ),
                        ("categories", models.JSONField(blank=True, default=list, verbose_name="kategorie")),
                        ("withdrawn_reason", models.CharField(blank=True, max_length=300, verbose_name="wycofany, bo")),
                        ("official", models.JSONField(blank=True, default=dict, verbose_name="wynik ogłoszony w źródle")),
                        ("extra", models.JSONField(blank=True, default=dict, verbose_name="inne kolumny źródła")),
                        (
                            "instrument",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="consultations.instrument",
                                verbose_name="głosowanie",
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
                                to="consultations.project",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Remark",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "author",
                            accounts.encryption.EncryptedJSONField(
                                context="consultations_remark.author", verbose_name="dane autora"
                            ),
                        ),
                        ("is_organisation", models.BooleanField(default=False, verbose_name="w imieniu organizacji albo firmy")),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("online", "przez portal"),
                                    ("box", "urna albo skrzynka"),
                                    ("post", "poczta"),
                                    ("email", "e-mail"),
                                    ("e_delivery", "e-Doręczenia albo ePUAP"),
                                    ("desk", "w urzędzie"),
                                    ("meeting", "na spotkaniu"),
                                    ("phone", "telefonicznie"),
                                ],
                                max_length=12,
                                verbose_name="droga",
                            ),
                        ),
                        ("registry_number", models.CharField(blank=True, max_length=40, verbose_name="numer rejestru")),
                        (
                            "letter",
                            accounts.encryption.EncryptedJSONField(
                                context="consultations_remark.letter", default=dict, verbose_name="treść pisma"
                            ),
                        ),
                        ("received_at", models.DateTimeField(verbose_name="wpłynęła")),
                        ("postmarked_on", models.DateField(blank=True, null=True, verbose_name="stempel z dnia")),
                        ("is_late", models.BooleanField(default=False, verbose_name="po terminie")),
                        ("keyed_by", models.UUIDField(editable=False, null=True, verbose_name="kto wpisał")),
                        (
                            "instrument",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="remarks",
                                to="consultations.instrument",
                                verbose_name="narzędzie",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="residents.person",
                                verbose_name="osoba",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="schemas.version",
                                verbose_name="wersja formularza",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "pismo z uwagami",
                        "verbose_name_plural": "pisma z uwagami",
                        "ordering": ["received_at"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("registry_number", ""), _negated=True),
                                fields=("instrument", "registry_number"),
                                name="consultations_remark_number",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RemarkEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        (
                            "author",
                            accounts.encryption.EncryptedJSONField(
                                context="consultations_remark.author", verbose_name="dane autora"
                            ),
                        ),
                        ("is_organisation", models.BooleanField(default=False, verbose_name="w imieniu organizacji albo firmy")),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("online", "przez portal"),
                                    ("box", "urna albo skrzynka"),
                                    ("post", "poczta"),
                                    ("email", "e-mail"),
                                    ("e_delivery", "e-Doręczenia albo ePUAP"),
                                    ("desk", "w urzędzie"),
                                    ("meeting", "na spotkaniu"),
                                    ("phone", "telefonicznie"),
                                ],
                                max_length=12,
                                verbose_name="droga",
                            ),
                        ),
                        ("registry_number", models.CharField(blank=True, max_length=40, verbose_name="numer rejestru")),
                        (
                            "letter",
                            accounts.encryption.EncryptedJSONField(
                                context="consultations_remark.letter", default=dict, verbose_name="treść pisma"
                            ),
                        ),
                        ("received_at", models.DateTimeField(verbose_name="wpłynęła")),
                        ("postmarked_on", models.DateField(blank=True, null=True, verbose_name="stempel z dnia")),
                        ("is_late", models.BooleanField(default=False, verbose_name="po terminie")),
                        ("keyed_by", models.UUIDField(editable=False, null=True, verbose_name="kto wpisał")),
                        (
                            "instrument",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="consultations.instrument",
                                verbose_name="narzędzie",
                            ),
                        ),
                        (
                            "person",
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
                                to="consultations.remark",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="schemas.version",
                                verbose_name="wersja formularza",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="RemarkFile",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("is_scan", models.BooleanField(default=False, verbose_name="skan pisma")),
                        ("public_name", models.CharField(blank=True, max_length=120, verbose_name="nazwa do publikacji")),
                        ("named_by", models.UUIDField(editable=False, null=True, verbose_name="kto przejrzał")),
                        ("released_by", models.UUIDField(editable=False, null=True, verbose_name="kto dopuścił")),
                        (
                            "file",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="remark_file",
                                to="office.storedfile",
                                verbose_name="plik",
                            ),
                        ),
                        (
                            "remark",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="consultations.remark",
                                verbose_name="pismo",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "załącznik pisma",
                        "verbose_name_plural": "załączniki pism",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("released_by__isnull", True),
                                    models.Q(
                                        models.Q(("released_by", models.F("named_by")), _negated=True),
                                        models.Q(("public_name", ""), _negated=True),
                                        ("is_scan", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="consultations_remarkfile_two_people",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Report",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("number", models.PositiveSmallIntegerField(verbose_name="wersja")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "projekt"),
                                    ("review", "do zatwierdzenia"),
                                    ("published", "ogłoszony"),
                                    ("superseded", "zastąpiony nowszym"),
                                    ("withdrawn", "wycofany"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="stan",
                            ),
                        ),
                        ("position", models.TextField(blank=True, verbose_name="stanowisko miasta")),
                        ("next_steps", models.TextField(blank=True, verbose_name="co dalej")),
                        ("method_note", models.TextField(blank=True, verbose_name="uwagi o metodzie")),
                        ("frozen", models.JSONField(default=dict, verbose_name="zamrożone liczby")),
                        ("frozen_sha256", models.CharField(blank=True, max_length=64, verbose_name="skrót liczb")),
                        ("bip_url", models.URLField(blank=True, verbose_name="adres w BIP")),
                        ("author", models.UUIDField(editable=False, verbose_name="autor")),
                        ("approver", models.UUIDField(editable=False, null=True, verbose_name="zatwierdził")),
                        ("published_at", models.DateTimeField(editable=False, null=True, verbose_name="ogłoszony")),
                        ("withdrawn_reason", models.TextField(blank=True, verbose_name="dlaczego wycofany")),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reports",
                                to="consultations.consultation",
                                verbose_name="konsultacje",
                            ),
                        ),
                        (
                            "pdf",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="consultation_report",
                                to="office.storedfile",
                                verbose_name="PDF",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "raport",
                        "verbose_name_plural": "raporty",
                        "ordering": ["consultation", "-number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("consultation", "number"), name="consultations_report_number"),
                            models.UniqueConstraint(
                                condition=models.Q(("status", "published")),
                                fields=("consultation",),
                                name="consultations_one_current_report",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("status__in", ["draft", "review", "published", "superseded", "withdrawn"])),
                                name="consultations_report_status",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("approver__isnull", True),
                                    models.Q(("approver", models.F("author")), _negated=True),
                                    _connector="OR",
                                ),
                                name="consultations_report_two_people",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReportEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ("number", models.PositiveSmallIntegerField(verbose_name="wersja")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "projekt"),
                                    ("review", "do zatwierdzenia"),
                                    ("published", "ogłoszony"),
                                    ("superseded", "zastąpiony nowszym"),
                                    ("withdrawn", "wycofany"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="stan",
                            ),
                        ),
                        ("position", models.TextField(blank=True, verbose_name="stanowisko miasta")),
                        ("next_steps", models.TextField(blank=True, verbose_name="co dalej")),
                        ("method_note", models.TextField(blank=True, verbose_name="uwagi o metodzie")),
                        ("frozen", models.JSONField(default=dict, verbose_name="zamrożone liczby")),
                        ("frozen_sha256", models.CharField(blank=True, max_length=64, verbose_name="skrót liczb")),
                        ("bip_url", models.URLField(blank=True, verbose_name="adres w BIP")),
                        ("author", models.UUIDField(editable=False, verbose_name="autor")),
                        ("approver", models.UUIDField(editable=False, null=True, verbose_name="zatwierdził")),
                        ("published_at", models.DateTimeField(editable=False, null=True, verbose_name="ogłoszony")),
                        ("withdrawn_reason", models.TextField(blank=True, verbose_name="dlaczego wycofany")),
                        (
                            "consultation",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="consultations.consultation",
                                verbose_name="konsultacje",
                            ),
                        ),
                        (
                            "pdf",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="office.storedfile",
                                verbose_name="PDF",
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
                                to="consultations.report",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ResultAccess",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("reader", models.UUIDField(null=True, verbose_name="kto")),
                        ("what", models.CharField(max_length=200, verbose_name="co")),
                        ("is_interim", models.BooleanField(default=False, verbose_name="przed zamknięciem")),
                        ("at", models.DateTimeField(verbose_name="kiedy")),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="accesses",
                                to="consultations.consultation",
                                verbose_name="konsultacje",
                            ),
                        ),
                        (
                            "export",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="accesses",
                                to="consultations.export",
                                verbose_name="plik",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "wgląd w wyniki",
                        "verbose_name_plural": "wglądy w wyniki",
                        "ordering": ["-at"],
                    },
                ),
                migrations.CreateModel(
                    name="SeenMark",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("mark", models.CharField(max_length=40)),
                        ("voices", models.PositiveIntegerField()),
                        (
                            "instrument",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="consultations.instrument"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("instrument", "mark"), name="consultations_seen_mark_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Settlement",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("is_admitted", models.BooleanField(verbose_name="dopuszczony")),
                        ("reason", models.TextField(verbose_name="uzasadnienie")),
                        ("proposed_by", models.UUIDField(verbose_name="pierwsza osoba")),
                        ("confirmed_by", models.UUIDField(null=True, verbose_name="druga osoba")),
                        ("day", models.DateField(verbose_name="dzień")),
                        (
                            "envelope",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="settlement",
                                to="consultations.envelope",
                                verbose_name="koperta",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "rozstrzygnięcie wstrzymanego głosu",
                        "verbose_name_plural": "rozstrzygnięcia wstrzymanych głosów",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("confirmed_by__isnull", True),
                                    models.Q(("confirmed_by", models.F("proposed_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="consultations_settlement_two_people",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SurveyDraft",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("owner_mark", models.BinaryField(max_length=32, null=True)),
                        ("resume_mark", models.BinaryField(max_length=32, null=True)),
                        ("sealed", models.BinaryField()),
                        ("saved_on", models.DateField()),
                        (
                            "instrument",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="drafts", to="consultations.instrument"
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schemas.version"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("instrument", "owner_mark"), name="consultations_draft_of_owner"),
                            models.UniqueConstraint(fields=("instrument", "resume_mark"), name="consultations_draft_of_link"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("owner_mark__isnull", False), ("resume_mark__isnull", False), _connector="OR"
                                ),
                                name="consultations_draft_has_a_holder",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SuspicionLimits",
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
                        ("device_voices", models.PositiveIntegerField(default=6, verbose_name="głosów z jednego urządzenia")),
                        ("network_voices", models.PositiveIntegerField(default=40, verbose_name="głosów z jednej sieci")),
                        (
                            "network_voices_a_device",
                            models.PositiveIntegerField(default=3, verbose_name="a przy tym średnio na urządzenie w tej sieci"),
                        ),
                        (
                            "network_most",
                            models.PositiveIntegerField(
                                default=200, verbose_name="głosów z jednej sieci bez względu na urządzenia"
                            ),
                        ),
                        (
                            "burst_network",
                            models.PositiveIntegerField(default=20, verbose_name="głosów z jednej sieci w dziesięć minut"),
                        ),
                        (
                            "burst_voices",
                            models.PositiveIntegerField(default=300, verbose_name="wszystkich głosów w dziesięć minut"),
                        ),
                        ("oldest_age", models.PositiveSmallIntegerField(default=115, verbose_name="najwyższy wiek")),
                    ],
                    options={
                        "verbose_name": "próg sprawdzania głosów",
                        "verbose_name_plural": "progi sprawdzania głosów",
                        "ordering": ["-valid_from"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                                ),
                                name="consultations_suspicionlimits_dates_in_order",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TallyRun",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("rule", models.CharField(max_length=40, verbose_name="zasada")),
                        ("rule_version", models.PositiveSmallIntegerField(verbose_name="wersja zasady")),
                        ("is_what_if", models.BooleanField(default=False, verbose_name="dla porównania")),
                        ("inputs_sha256", models.CharField(max_length=64, verbose_name="skrót danych")),
                        ("result", models.JSONField(verbose_name="wynik")),
                        ("by", models.UUIDField(null=True, verbose_name="kto")),
                        ("at", models.DateTimeField(verbose_name="kiedy")),
                        (
                            "instrument",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tallies",
                                to="consultations.instrument",
                                verbose_name="głosowanie",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "liczenie głosów",
                        "verbose_name_plural": "liczenia głosów",
                        "ordering": ["at"],
                    },
                ),
                migrations.CreateModel(
                    name="TextCorrection",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("field", models.CharField(max_length=40, verbose_name="pole")),
                        ("old", models.TextField(verbose_name="było")),
                        ("new", models.TextField(verbose_name="jest")),
                        ("reason", models.CharField(max_length=300, verbose_name="powód")),
                        ("by", models.UUIDField(verbose_name="kto")),
                        ("at", models.DateTimeField(verbose_name="kiedy")),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="corrections",
                                to="consultations.consultation",
                                verbose_name="konsultacje",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "sprostowanie",
                        "verbose_name_plural": "sprostowania",
                        "ordering": ["at"],
                    },
                ),
                migrations.CreateModel(
                    name="TextRemoval",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("question", models.CharField(max_length=50, verbose_name="pytanie")),
                        ("reason", models.CharField(max_length=300, verbose_name="powód")),
                        ("by", models.UUIDField(verbose_name="kto")),
                        ("at", models.DateTimeField(verbose_name="kiedy")),
                        (
                            "ballot",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="removals",
                                to="consultations.ballot",
                                verbose_name="głos",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "usunięcie tekstu",
                        "verbose_name_plural": "usunięcia tekstów",
                        "constraints": [
                            models.UniqueConstraint(fields=("ballot", "question"), name="consultations_removal_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="UrnSession",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("opened_on", models.DateField(verbose_name="dnia")),
                        ("place", models.CharField(max_length=200, verbose_name="gdzie")),
                        ("members", models.TextField(verbose_name="kto otwierał")),
                        ("taken_out", models.PositiveIntegerField(verbose_name="wyjęto formularzy")),
                        ("note", models.TextField(blank=True, verbose_name="uwagi")),
                        ("recorded_by", models.UUIDField(editable=False, verbose_name="kto wpisał")),
                        (
                            "instrument",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="urn_sessions",
                                to="consultations.instrument",
                                verbose_name="narzędzie",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "otwarcie urny",
                        "verbose_name_plural": "otwarcia urn",
                        "ordering": ["opened_on", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="VoiceGroup",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("title", models.CharField(max_length=200, verbose_name="czego dotyczą")),
                        ("summary", models.TextField(blank=True, verbose_name="streszczenie")),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="voice_groups",
                                to="consultations.consultation",
                                verbose_name="konsultacje",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "grupa głosów",
                        "verbose_name_plural": "grupy głosów",
                        "ordering": ["title"],
                    },
                ),
                migrations.CreateModel(
                    name="Voice",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("question", models.CharField(blank=True, max_length=50, verbose_name="pytanie")),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("online", "przez portal"),
                                    ("box", "urna albo skrzynka"),
                                    ("post", "poczta"),
                                    ("email", "e-mail"),
                                    ("e_delivery", "e-Doręczenia albo ePUAP"),
                                    ("desk", "w urzędzie"),
                                    ("meeting", "na spotkaniu"),
                                    ("phone", "telefonicznie"),
                                ],
                                max_length=12,
                                verbose_name="droga",
                            ),
                        ),
                        ("is_late", models.BooleanField(default=False, verbose_name="po terminie")),
                        ("original", models.TextField(verbose_name="treść")),
                        ("public_text", models.TextField(blank=True, verbose_name="treść do publikacji")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("received", "do przejrzenia"),
                                    ("redacted", "czeka na drugą osobę"),
                                    ("published", "opublikowany"),
                                    ("hidden", "ukryty"),
                                ],
                                default="received",
                                max_length=10,
                                verbose_name="stan",
                            ),
                        ),
                        ("hidden_reason", models.CharField(blank=True, max_length=300, verbose_name="dlaczego ukryty")),
                        ("redacted_by", models.UUIDField(editable=False, null=True, verbose_name="kto przejrzał")),
                        ("released_by", models.UUIDField(editable=False, null=True, verbose_name="kto dopuścił")),
                        ("sort_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("search", django.contrib.postgres.search.SearchVectorField(editable=False, null=True)),
                        ("original_search", django.contrib.postgres.search.SearchVectorField(editable=False, null=True)),
                        ("folded", models.TextField(blank=True, editable=False)),
                        (
                            "ballot",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="consultations.ballot",
                                verbose_name="głos",
                            ),
                        ),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="voices",
                                to="consultations.consultation",
                                verbose_name="konsultacje",
                            ),
                        ),
                        (
                            "instrument",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="voices",
                                to="consultations.instrument",
                                verbose_name="narzędzie",
                            ),
                        ),
                        (
                            "paragraph",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="voices",
                                to="consultations.paragraph",
                                verbose_name="do",
                            ),
                        ),
                        (
                            "remark",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="voices",
                                to="consultations.remark",
                                verbose_name="pismo",
                            ),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="voices",
                                to="consultations.voicegroup",
                                verbose_name="grupa",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "głos pisemny",
                        "verbose_name_plural": "głosy pisemne",
                        "ordering": ["sort_key"],
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(fields=["search"], name="consultations_voice_search"),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["original_search"], name="consultations_voice_original"
                            ),
                            models.Index(fields=["consultation", "status", "sort_key"], name="consultatio_consult_75e618_idx"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("status__in", ["received", "redacted", "published", "hidden"])),
                                name="consultations_voice_status",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ballot__isnull", True), ("remark__isnull", False)),
                                    models.Q(("ballot__isnull", False), ("remark__isnull", True)),
                                    _connector="OR",
                                ),
                                name="consultations_voice_has_one_source",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("released_by__isnull", True),
                                    models.Q(("released_by", models.F("redacted_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="consultations_voice_two_people",
                            ),
                            models.UniqueConstraint(fields=("ballot", "question"), name="consultations_voice_of_answer"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Ruling",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("accepted", "uwzględniony"),
                                    ("partly", "uwzględniony w części"),
                                    ("rejected", "nieuwzględniony"),
                                    ("not_applicable", "nie dotyczy przedmiotu konsultacji"),
                                    ("covered", "już jest w projekcie"),
                                ],
                                max_length=14,
                                verbose_name="rozstrzygnięcie",
                            ),
                        ),
                        ("reasons", models.TextField(verbose_name="uzasadnienie")),
                        (
                            "status",
                            models.CharField(
                                choices=[("draft", "projekt"), ("approved", "zatwierdzone")],
                                default="draft",
                                max_length=10,
                                verbose_name="stan",
                            ),
                        ),
                        ("author", models.UUIDField(verbose_name="autor")),
                        ("approver", models.UUIDField(null=True, verbose_name="zatwierdził")),
                        ("approved_at", models.DateTimeField(null=True, verbose_name="kiedy")),
                        ("answered", models.PositiveIntegerField(default=0, editable=False, verbose_name="głosów")),
                        ("search", django.contrib.postgres.search.SearchVectorField(editable=False, null=True)),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rulings",
                                to="consultations.consultation",
                                verbose_name="konsultacje",
                            ),
                        ),
                        (
                            "voice",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ruling",
                                to="consultations.voice",
                                verbose_name="głos",
                            ),
                        ),
                        (
                            "group",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ruling",
                                to="consultations.voicegroup",
                                verbose_name="grupa",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "stanowisko",
                        "verbose_name_plural": "stanowiska",
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(fields=["search"], name="consultations_ruling_search"),
                            models.Index(
                                fields=["consultation", "status", "outcome", "-answered", "id"], name="consultations_ruling_first"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("voice__isnull", False), ("group__isnull", False), _connector="XOR"),
                                name="consultations_ruling_on_a_voice_or_a_group",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("status__in", ["draft", "approved"])), name="consultations_ruling_status"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("status", "draft"), ("approver__isnull", False), _connector="OR"),
                                name="consultations_ruling_approved_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("approver__isnull", True),
                                    models.Q(("approver", models.F("author")), _negated=True),
                                    _connector="OR",
                                ),
                                name="consultations_ruling_two_people",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="VoiceFile",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "file",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="voice_file", to="office.storedfile"
                            ),
                        ),
                        (
                            "instrument",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="voice_files",
                                to="consultations.instrument",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "plik do głosu",
                        "verbose_name_plural": "pliki do głosów",
                    },
                ),
                migrations.CreateModel(
                    name="VoiceFlag",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("reason", models.CharField(max_length=300, verbose_name="powód")),
                        ("at", models.DateTimeField(verbose_name="kiedy")),
                        ("resolved_at", models.DateTimeField(blank=True, null=True, verbose_name="załatwione")),
                        ("resolved_by", models.UUIDField(null=True, verbose_name="kto załatwił")),
                        (
                            "voice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="flags",
                                to="consultations.voice",
                                verbose_name="głos",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "zgłoszenie głosu",
                        "verbose_name_plural": "zgłoszenia głosów",
                        "ordering": ["at"],
                    },
                ),
                migrations.CreateModel(
                    name="VoiceEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ("question", models.CharField(blank=True, max_length=50, verbose_name="pytanie")),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("online", "przez portal"),
                                    ("box", "urna albo skrzynka"),
                                    ("post", "poczta"),
                                    ("email", "e-mail"),
                                    ("e_delivery", "e-Doręczenia albo ePUAP"),
                                    ("desk", "w urzędzie"),
                                    ("meeting", "na spotkaniu"),
                                    ("phone", "telefonicznie"),
                                ],
                                max_length=12,
                                verbose_name="droga",
                            ),
                        ),
                        ("is_late", models.BooleanField(default=False, verbose_name="po terminie")),
                        ("original", models.TextField(verbose_name="treść")),
                        ("public_text", models.TextField(blank=True, verbose_name="treść do publikacji")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("received", "do przejrzenia"),
                                    ("redacted", "czeka na drugą osobę"),
                                    ("published", "opublikowany"),
                                    ("hidden", "ukryty"),
                                ],
                                default="received",
                                max_length=10,
                                verbose_name="stan",
                            ),
                        ),
                        ("hidden_reason", models.CharField(blank=True, max_length=300, verbose_name="dlaczego ukryty")),
                        ("redacted_by", models.UUIDField(editable=False, null=True, verbose_name="kto przejrzał")),
                        ("released_by", models.UUIDField(editable=False, null=True, verbose_name="kto dopuścił")),
                        ("sort_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                        (
                            "ballot",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="consultations.ballot",
                                verbose_name="głos",
                            ),
                        ),
                        (
                            "consultation",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="consultations.consultation",
                                verbose_name="konsultacje",
                            ),
                        ),
                        (
                            "instrument",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="consultations.instrument",
                                verbose_name="narzędzie",
                            ),
                        ),
                        (
                            "paragraph",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="consultations.paragraph",
                                verbose_name="do",
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
                                to="consultations.voice",
                            ),
                        ),
                        (
                            "remark",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="consultations.remark",
                                verbose_name="pismo",
                            ),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="consultations.voicegroup",
                                verbose_name="grupa",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="RulingEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("accepted", "uwzględniony"),
                                    ("partly", "uwzględniony w części"),
                                    ("rejected", "nieuwzględniony"),
                                    ("not_applicable", "nie dotyczy przedmiotu konsultacji"),
                                    ("covered", "już jest w projekcie"),
                                ],
                                max_length=14,
                                verbose_name="rozstrzygnięcie",
                            ),
                        ),
                        ("reasons", models.TextField(verbose_name="uzasadnienie")),
                        (
                            "status",
                            models.CharField(
                                choices=[("draft", "projekt"), ("approved", "zatwierdzone")],
                                default="draft",
                                max_length=10,
                                verbose_name="stan",
                            ),
                        ),
                        ("author", models.UUIDField(verbose_name="autor")),
                        ("approver", models.UUIDField(null=True, verbose_name="zatwierdził")),
                        ("approved_at", models.DateTimeField(null=True, verbose_name="kiedy")),
                        ("answered", models.PositiveIntegerField(default=0, editable=False, verbose_name="głosów")),
                        (
                            "consultation",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="consultations.consultation",
                                verbose_name="konsultacje",
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
                                to="consultations.ruling",
                            ),
                        ),
                        (
                            "voice",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="consultations.voice",
                                verbose_name="głos",
                            ),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="consultations.voicegroup",
                                verbose_name="grupa",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="CollectingChannel",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("online", "przez portal"),
                                    ("box", "urna albo skrzynka"),
                                    ("post", "poczta"),
                                    ("email", "e-mail"),
                                    ("e_delivery", "e-Doręczenia albo ePUAP"),
                                    ("desk", "w urzędzie"),
                                    ("meeting", "na spotkaniu"),
                                    ("phone", "telefonicznie"),
                                ],
                                max_length=12,
                                verbose_name="droga",
                            ),
                        ),
                        (
                            "rule",
                            models.CharField(
                                choices=[
                                    ("server_time", "decyduje czas serwera"),
                                    ("receipt", "decyduje data wpływu do urzędu"),
                                    ("postmark", "decyduje data stempla pocztowego"),
                                ],
                                max_length=12,
                                verbose_name="kiedy głos jest w terminie",
                            ),
                        ),
                        ("where", models.CharField(blank=True, max_length=300, verbose_name="dokąd")),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="channels",
                                to="consultations.consultation",
                                verbose_name="konsultacje",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "droga zbierania głosów",
                        "verbose_name_plural": "drogi zbierania głosów",
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("consultation", "kind"), name="consultations_channel_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ChainEntry",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("number", models.PositiveIntegerField(verbose_name="numer")),
                        ("kind", models.CharField(max_length=40, verbose_name="rodzaj")),
                        ("day", models.DateField(verbose_name="dzień")),
                        ("payload", models.JSONField(verbose_name="treść")),
                        ("payload_sha256", models.CharField(max_length=64, verbose_name="skrót treści")),
                        ("previous", models.CharField(blank=True, max_length=64, verbose_name="poprzedni skrót")),
                        ("hash", models.CharField(max_length=64, verbose_name="skrót")),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="chain",
                                to="consultations.consultation",
                                verbose_name="konsultacje",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "wpis dziennika",
                        "verbose_name_plural": "dziennik konsultacji",
                        "ordering": ["consultation", "number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("consultation", "number"), name="consultations_chain_number")
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="chainentry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="4fd748d09f9c2b4e8e1c4048a304bac4888c83ec",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_788ee",
                            table="consultations_chainentry",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="calendarchange",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="fcbd9eb44d13120c0242c6e756a289648e4c3843",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_b4a86",
                            table="consultations_calendarchange",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="instrument",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "consultations_instrumentevent" ("audience", "code", "consultation_id", "definition_id", "id", "intro", "kind", "moderation", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title") VALUES (NEW."audience", NEW."code", NEW."consultation_id", NEW."definition_id", NEW."id", NEW."intro", NEW."kind", NEW."moderation", NEW."order", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."title"); RETURN NULL;',
                            hash="b84ef8f4d7221746383e18e61df37e883295c767",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_65037",
                            table="consultations_instrument",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="instrument",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "consultations_instrumentevent" ("audience", "code", "consultation_id", "definition_id", "id", "intro", "kind", "moderation", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title") VALUES (NEW."audience", NEW."code", NEW."consultation_id", NEW."definition_id", NEW."id", NEW."intro", NEW."kind", NEW."moderation", NEW."order", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."title"); RETURN NULL;',
                            hash="2e33cad339943b7f535c14be6ee582654529bc0a",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c75c3",
                            table="consultations_instrument",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="envelope",
                    trigger=pgtrigger.compiler.Trigger(
                        name="settled_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.\"state\" IN ('listed', 'refused'))",
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="601998a96cbbcad00a32a275fd355436351b949f",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_settled_stays_e5e24",
                            table="consultations_envelope",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="envelope",
                    trigger=pgtrigger.compiler.Trigger(
                        name="marks_stay",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."instrument_id" IS DISTINCT FROM (NEW."instrument_id") OR OLD."token_mark" IS DISTINCT FROM (NEW."token_mark") OR OLD."commitment" IS DISTINCT FROM (NEW."commitment") OR OLD."channel" IS DISTINCT FROM (NEW."channel"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="2912da48be99096b429bd44f0b88eafb937ed009",
                            operation="UPDATE",
                            pgid="pgtrigger_marks_stay_2f5f0",
                            table="consultations_envelope",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="draw",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="869b175d3d58daa759b52c1eb0031c440e08c0b7",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_07a4c",
                            table="consultations_draw",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="budgetrules",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "consultations_budgetrulesevent" ("age_source", "ballot_type", "card", "draw_announcement", "guardian_below", "id", "instrument_id", "least_age", "meta", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pot_grosze", "project_most_grosze", "rule", "rule_options", "source", "tie_rules") VALUES (NEW."age_source", NEW."ballot_type", NEW."card", NEW."draw_announcement", NEW."guardian_below", NEW."id", NEW."instrument_id", NEW."least_age", NEW."meta", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pot_grosze", NEW."project_most_grosze", NEW."rule", NEW."rule_options", NEW."source", NEW."tie_rules"); RETURN NULL;',
                            hash="a83591c59764f17d1b1ab8a9528f9af5e895f3a5",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_bf9af",
                            table="consultations_budgetrules",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="budgetrules",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "consultations_budgetrulesevent" ("age_source", "ballot_type", "card", "draw_announcement", "guardian_below", "id", "instrument_id", "least_age", "meta", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pot_grosze", "project_most_grosze", "rule", "rule_options", "source", "tie_rules") VALUES (NEW."age_source", NEW."ballot_type", NEW."card", NEW."draw_announcement", NEW."guardian_below", NEW."id", NEW."instrument_id", NEW."least_age", NEW."meta", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pot_grosze", NEW."project_most_grosze", NEW."rule", NEW."rule_options", NEW."source", NEW."tie_rules"); RETURN NULL;',
                            hash="dcbc40ead776cdb348642dff5ec7d61b996836f5",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_df85f",
                            table="consultations_budgetrules",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="batch",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="e551de83e88a3da177d418ffa9af60c0eccf2b14",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_607a1",
                            table="consultations_batch",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="ballot",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="6187bcd1496a67cd657d3fbe47da86f126b79300",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_39c8a",
                            table="consultations_ballot",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="consultation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "consultations_consultationevent" ("addressees", "addressees_limit", "addressees_source", "announced_at", "approved_by", "basis_id", "cloned_from_id", "closes_at", "contact", "decided_so_far", "drafted_by", "edited_by", "id", "integrity", "integrity_reason", "interim_results_open", "is_sample", "opens_at", "order_number", "order_on", "order_url", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "purpose", "report_promised_on", "results_method", "results_where", "slug", "status", "subject", "summary", "title", "unit") VALUES (NEW."addressees", NEW."addressees_limit", NEW."addressees_source", NEW."announced_at", NEW."approved_by", NEW."basis_id", NEW."cloned_from_id", NEW."closes_at", NEW."contact", NEW."decided_so_far", NEW."drafted_by", NEW."edited_by", NEW."id", NEW."integrity", NEW."integrity_reason", NEW."interim_results_open", NEW."is_sample", NEW."opens_at", NEW."order_number", NEW."order_on", NEW."order_url", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place", NEW."purpose", NEW."report_promised_on", NEW."results_method", NEW."results_where", NEW."slug", NEW."status", NEW."subject", NEW."summary", NEW."title", NEW."unit"); RETURN NULL;',
                            hash="df26ff9f94d917d69d9dad798d14ffc4f2f203e4",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_c7113",
                            table="consultations_consultation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="consultation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "consultations_consultationevent" ("addressees", "addressees_limit", "addressees_source", "announced_at", "approved_by", "basis_id", "cloned_from_id", "closes_at", "contact", "decided_so_far", "drafted_by", "edited_by", "id", "integrity", "integrity_reason", "interim_results_open", "is_sample", "opens_at", "order_number", "order_on", "order_url", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "purpose", "report_promised_on", "results_method", "results_where", "slug", "status", "subject", "summary", "title", "unit") VALUES (NEW."addressees", NEW."addressees_limit", NEW."addressees_source", NEW."announced_at", NEW."approved_by", NEW."basis_id", NEW."cloned_from_id", NEW."closes_at", NEW."contact", NEW."decided_so_far", NEW."drafted_by", NEW."edited_by", NEW."id", NEW."integrity", NEW."integrity_reason", NEW."interim_results_open", NEW."is_sample", NEW."opens_at", NEW."order_number", NEW."order_on", NEW."order_url", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place", NEW."purpose", NEW."report_promised_on", NEW."results_method", NEW."results_where", NEW."slug", NEW."status", NEW."subject", NEW."summary", NEW."title", NEW."unit"); RETURN NULL;',
                            hash="15e857ffa131739124e3a512f058d3e290623b46",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_1617e",
                            table="consultations_consultation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="paperform",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "consultations_paperformevent" ("channel", "complete_until", "consultation_id", "defect", "id", "instrument_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postmarked_on", "received_on", "registered_by", "registry_number", "scan_id", "sheet_id", "status", "verified_by") VALUES (NEW."channel", NEW."complete_until", NEW."consultation_id", NEW."defect", NEW."id", NEW."instrument_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."postmarked_on", NEW."received_on", NEW."registered_by", NEW."registry_number", NEW."scan_id", NEW."sheet_id", NEW."status", NEW."verified_by"); RETURN NULL;',
                            hash="04efdb3326b0b7344e46899e47410a8792e92eb1",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_0c961",
                            table="consultations_paperform",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="paperform",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."channel" IS DISTINCT FROM (NEW."channel") OR OLD."complete_until" IS DISTINCT FROM (NEW."complete_until") OR OLD."consultation_id" IS DISTINCT FROM (NEW."consultation_id") OR OLD."defect" IS DISTINCT FROM (NEW."defect") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."instrument_id" IS DISTINCT FROM (NEW."instrument_id") OR OLD."postmarked_on" IS DISTINCT FROM (NEW."postmarked_on") OR OLD."received_on" IS DISTINCT FROM (NEW."received_on") OR OLD."registered_by" IS DISTINCT FROM (NEW."registered_by") OR OLD."registry_number" IS DISTINCT FROM (NEW."registry_number") OR OLD."scan_id" IS DISTINCT FROM (NEW."scan_id") OR OLD."sheet_id" IS DISTINCT FROM (NEW."sheet_id") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."verified_by" IS DISTINCT FROM (NEW."verified_by"))',
                            func='INSERT INTO "consultations_paperformevent" ("channel", "complete_until", "consultation_id", "defect", "id", "instrument_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postmarked_on", "received_on", "registered_by", "registry_number", "scan_id", "sheet_id", "status", "verified_by") VALUES (NEW."channel", NEW."complete_until", NEW."consultation_id", NEW."defect", NEW."id", NEW."instrument_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."postmarked_on", NEW."received_on", NEW."registered_by", NEW."registry_number", NEW."scan_id", NEW."sheet_id", NEW."status", NEW."verified_by"); RETURN NULL;',
                            hash="31467deb698c645b7e4c31d3f69fb72fabac0e1e",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_644f8",
                            table="consultations_paperform",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="participation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="5a3942a28b3dd886659a7705129a01214d16ccdb",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_56d60",
                            table="consultations_participation",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="project",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "consultations_projectevent" ("categories", "code", "cost_grosze", "description", "extra", "id", "instrument_id", "latitude", "longitude", "name", "official", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "withdrawn_reason") VALUES (NEW."categories", NEW."code", NEW."cost_grosze", NEW."description", NEW."extra", NEW."id", NEW."instrument_id", NEW."latitude", NEW."longitude", NEW."name", NEW."official", NEW."order", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place", NEW."withdrawn_reason"); RETURN NULL;',
                            hash="9d26c7fdf76774bfa1195e962ff6401dc93cd40b",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_3804f",
                            table="consultations_project",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="project",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "consultations_projectevent" ("categories", "code", "cost_grosze", "description", "extra", "id", "instrument_id", "latitude", "longitude", "name", "official", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "withdrawn_reason") VALUES (NEW."categories", NEW."code", NEW."cost_grosze", NEW."description", NEW."extra", NEW."id", NEW."instrument_id", NEW."latitude", NEW."longitude", NEW."name", NEW."official", NEW."order", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place", NEW."withdrawn_reason"); RETURN NULL;',
                            hash="1aee58c15f98b8ebc5eea60d8a7fe886574fef57",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_d18d2",
                            table="consultations_project",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="remark",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "consultations_remarkevent" ("author", "channel", "id", "instrument_id", "is_late", "is_organisation", "keyed_by", "letter", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postmarked_on", "received_at", "registry_number", "version_id") VALUES (NEW."author", NEW."channel", NEW."id", NEW."instrument_id", NEW."is_late", NEW."is_organisation", NEW."keyed_by", NEW."letter", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."postmarked_on", NEW."received_at", NEW."registry_number", NEW."version_id"); RETURN NULL;',
                            hash="e2e92a298dd00b1ae732faf31cd4b86c25614d4d",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_b6db9",
                            table="consultations_remark",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="remark",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "consultations_remarkevent" ("author", "channel", "id", "instrument_id", "is_late", "is_organisation", "keyed_by", "letter", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postmarked_on", "received_at", "registry_number", "version_id") VALUES (NEW."author", NEW."channel", NEW."id", NEW."instrument_id", NEW."is_late", NEW."is_organisation", NEW."keyed_by", NEW."letter", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."postmarked_on", NEW."received_at", NEW."registry_number", NEW."version_id"); RETURN NULL;',
                            hash="a6357b22af4928d0c15bae729b80cf65e34c1a8b",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c1e07",
                            table="consultations_remark",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="report",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "consultations_reportevent" ("approver", "author", "bip_url", "consultation_id", "frozen", "frozen_sha256", "id", "method_note", "next_steps", "number", "pdf_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "published_at", "status", "withdrawn_reason") VALUES (NEW."approver", NEW."author", NEW."bip_url", NEW."consultation_id", NEW."frozen", NEW."frozen_sha256", NEW."id", NEW."method_note", NEW."next_steps", NEW."number", NEW."pdf_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."published_at", NEW."status", NEW."withdrawn_reason"); RETURN NULL;',
                            hash="424998185deb5fdbf594f6db8158736752355698",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_dff0b",
                            table="consultations_report",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="report",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "consultations_reportevent" ("approver", "author", "bip_url", "consultation_id", "frozen", "frozen_sha256", "id", "method_note", "next_steps", "number", "pdf_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "published_at", "status", "withdrawn_reason") VALUES (NEW."approver", NEW."author", NEW."bip_url", NEW."consultation_id", NEW."frozen", NEW."frozen_sha256", NEW."id", NEW."method_note", NEW."next_steps", NEW."number", NEW."pdf_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."published_at", NEW."status", NEW."withdrawn_reason"); RETURN NULL;',
                            hash="b073353a162914109ec3f494d9cec07486879858",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_5f6cd",
                            table="consultations_report",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="resultaccess",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="c901484e48d846554b60c06ba8f249d9316fbfef",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_53bfc",
                            table="consultations_resultaccess",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="tallyrun",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="cec882a4ce80b5b6b69ab725286c4f498a3e7258",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_fb622",
                            table="consultations_tallyrun",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="textcorrection",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="2e41e9685138ff8dec78162142bb157ad3e888e9",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_2b477",
                            table="consultations_textcorrection",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="voice",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "consultations_voiceevent" ("ballot_id", "channel", "consultation_id", "group_id", "hidden_reason", "id", "instrument_id", "is_late", "original", "paragraph_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_text", "question", "redacted_by", "released_by", "remark_id", "sort_key", "status") VALUES (NEW."ballot_id", NEW."channel", NEW."consultation_id", NEW."group_id", NEW."hidden_reason", NEW."id", NEW."instrument_id", NEW."is_late", NEW."original", NEW."paragraph_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_text", NEW."question", NEW."redacted_by", NEW."released_by", NEW."remark_id", NEW."sort_key", NEW."status"); RETURN NULL;',
                            hash="79d81578411ec12d5027fb0bdf21073410a8b69f",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_ab5d1",
                            table="consultations_voice",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="voice",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."ballot_id" IS DISTINCT FROM (NEW."ballot_id") OR OLD."channel" IS DISTINCT FROM (NEW."channel") OR OLD."consultation_id" IS DISTINCT FROM (NEW."consultation_id") OR OLD."group_id" IS DISTINCT FROM (NEW."group_id") OR OLD."hidden_reason" IS DISTINCT FROM (NEW."hidden_reason") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."instrument_id" IS DISTINCT FROM (NEW."instrument_id") OR OLD."is_late" IS DISTINCT FROM (NEW."is_late") OR OLD."original" IS DISTINCT FROM (NEW."original") OR OLD."paragraph_id" IS DISTINCT FROM (NEW."paragraph_id") OR OLD."public_text" IS DISTINCT FROM (NEW."public_text") OR OLD."question" IS DISTINCT FROM (NEW."question") OR OLD."redacted_by" IS DISTINCT FROM (NEW."redacted_by") OR OLD."released_by" IS DISTINCT FROM (NEW."released_by") OR OLD."remark_id" IS DISTINCT FROM (NEW."remark_id") OR OLD."sort_key" IS DISTINCT FROM (NEW."sort_key") OR OLD."status" IS DISTINCT FROM (NEW."status"))',
                            func='INSERT INTO "consultations_voiceevent" ("ballot_id", "channel", "consultation_id", "group_id", "hidden_reason", "id", "instrument_id", "is_late", "original", "paragraph_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_text", "question", "redacted_by", "released_by", "remark_id", "sort_key", "status") VALUES (NEW."ballot_id", NEW."channel", NEW."consultation_id", NEW."group_id", NEW."hidden_reason", NEW."id", NEW."instrument_id", NEW."is_late", NEW."original", NEW."paragraph_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_text", NEW."question", NEW."redacted_by", NEW."released_by", NEW."remark_id", NEW."sort_key", NEW."status"); RETURN NULL;',
                            hash="6eaf31065217b82563e77610857b65a66a2ddd52",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_180c4",
                            table="consultations_voice",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="ruling",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "consultations_rulingevent" ("answered", "approved_at", "approver", "author", "consultation_id", "group_id", "id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reasons", "status", "voice_id") VALUES (NEW."answered", NEW."approved_at", NEW."approver", NEW."author", NEW."consultation_id", NEW."group_id", NEW."id", NEW."outcome", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reasons", NEW."status", NEW."voice_id"); RETURN NULL;',
                            hash="a8f5e861458cfa7cf3ee3d7246062d2b95b823c5",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_42d12",
                            table="consultations_ruling",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="ruling",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."answered" IS DISTINCT FROM (NEW."answered") OR OLD."approved_at" IS DISTINCT FROM (NEW."approved_at") OR OLD."approver" IS DISTINCT FROM (NEW."approver") OR OLD."author" IS DISTINCT FROM (NEW."author") OR OLD."consultation_id" IS DISTINCT FROM (NEW."consultation_id") OR OLD."group_id" IS DISTINCT FROM (NEW."group_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."outcome" IS DISTINCT FROM (NEW."outcome") OR OLD."reasons" IS DISTINCT FROM (NEW."reasons") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."voice_id" IS DISTINCT FROM (NEW."voice_id"))',
                            func='INSERT INTO "consultations_rulingevent" ("answered", "approved_at", "approver", "author", "consultation_id", "group_id", "id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reasons", "status", "voice_id") VALUES (NEW."answered", NEW."approved_at", NEW."approver", NEW."author", NEW."consultation_id", NEW."group_id", NEW."id", NEW."outcome", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reasons", NEW."status", NEW."voice_id"); RETURN NULL;',
                            hash="26ebe27d70ace7ef9898708a06771d25cea1b255",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_450d1",
                            table="consultations_ruling",
                            when="AFTER",
                        ),
                    ),
                ),
            ],
        ),
    ]
