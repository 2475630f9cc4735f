import accounts.at_once
import accounts.encryption
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.operations
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import resident_card.models.packages
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("office", "0006_one_text_for_many"),
        ("payments", "0002_ledger"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("residents", "0004_where_an_address_is"),
    ]

    operations = [
        django.contrib.postgres.operations.BtreeGistExtension(),
        accounts.at_once.AtOnce(
            operations=[
                migrations.CreateModel(
                    name="Family",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("made_at", models.DateTimeField(verbose_name="założona")),
                    ],
                    options={
                        "verbose_name": "konto rodzinne",
                        "verbose_name_plural": "konta rodzinne",
                        "permissions": [("manage_family", "prowadzi konta rodzinne przy okienku")],
                    },
                ),
                migrations.CreateModel(
                    name="PackageType",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("code", models.SlugField(unique=True, verbose_name="kod")),
                        ("name", models.CharField(max_length=80, verbose_name="nazwa")),
                        ("summary", models.CharField(max_length=300, verbose_name="co daje")),
                        ("order", models.PositiveSmallIntegerField(default=1, verbose_name="kolejność")),
                        ("is_base", models.BooleanField(default=False, verbose_name="podstawowy")),
                        (
                            "grant",
                            models.CharField(
                                choices=[("automatic", "sam"), ("requested", "na wniosek")],
                                max_length=10,
                                verbose_name="przyznawany",
                            ),
                        ),
                        (
                            "validity",
                            models.CharField(
                                choices=[
                                    ("yearly_end", "do stałego dnia w roku, najdłużej rok"),
                                    ("school_year", "do dnia w następnym roku szkolnym"),
                                    ("with_base", "tak długo jak pakiet podstawowy"),
                                ],
                                max_length=16,
                                verbose_name="ważność",
                            ),
                        ),
                        ("validity_options", models.JSONField(blank=True, default=dict, verbose_name="parametry ważności")),
                        (
                            "condition",
                            models.CharField(
                                choices=[
                                    ("none", "brak"),
                                    ("age", "wiek"),
                                    ("adult_at_address", "dorosły mieszkający pod adresem"),
                                    ("pupil", "uczeń"),
                                    ("large_family", "rodzina z trojgiem dzieci"),
                                ],
                                default="none",
                                max_length=18,
                                verbose_name="warunek",
                            ),
                        ),
                        ("least_age", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="od wieku")),
                        ("most_age", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="do wieku")),
                        ("is_offered", models.BooleanField(default=True, verbose_name="dostępny")),
                        ("source", models.CharField(blank=True, max_length=300, verbose_name="podstawa")),
                        ("needs_confirmation", models.BooleanField(default=False, verbose_name="do potwierdzenia")),
                    ],
                    options={
                        "verbose_name": "pakiet",
                        "verbose_name_plural": "pakiety",
                        "ordering": ["order"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("is_base", True)), fields=("is_base",), name="resident_card_one_base_package"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Partner",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("name", models.CharField(max_length=150, verbose_name="nazwa")),
                        ("nip", models.CharField(blank=True, max_length=10, verbose_name="NIP")),
                        ("agreement", models.CharField(max_length=60, verbose_name="numer umowy")),
                        ("agreed_from", models.DateField(verbose_name="umowa od")),
                        ("agreed_to", models.DateField(blank=True, null=True, verbose_name="umowa do")),
                        ("contact", models.CharField(blank=True, max_length=200, verbose_name="kontakt")),
                        ("url", models.URLField(blank=True, verbose_name="strona")),
                        ("is_sample", models.BooleanField(default=False, verbose_name="przykład")),
                    ],
                    options={
                        "verbose_name": "partner",
                        "verbose_name_plural": "partnerzy",
                        "ordering": ["name"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("agreed_to__isnull", True), ("agreed_to__gte", models.F("agreed_from")), _connector="OR"
                                ),
                                name="resident_card_agreement_dates_in_order",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PartnerPoint",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("name", models.CharField(max_length=150, verbose_name="nazwa punktu")),
                        ("address", models.CharField(max_length=200, verbose_name="adres")),
                        ("is_active", models.BooleanField(default=True, verbose_name="czynny")),
                        (
                            "partner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="points",
                                to="resident_card.partner",
                                verbose_name="partner",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "punkt partnera",
                        "verbose_name_plural": "punkty partnerów",
                        "ordering": ["partner", "name"],
                    },
                ),
                migrations.CreateModel(
                    name="Offer",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "subject",
                            models.CharField(
                                help_text="Na przykład „bilet na basen”. Zniżki na to samo nie łączą się: mieszkaniec dostaje lepszą.",
                                max_length=80,
                                verbose_name="na co",
                            ),
                        ),
                        (
                            "title",
                            models.CharField(
                                help_text="Na przykład „20 % taniej” albo „wejście bezpłatne”.",
                                max_length=150,
                                verbose_name="zniżka",
                            ),
                        ),
                        ("description", models.TextField(blank=True, verbose_name="szczegóły")),
                        ("category", models.CharField(max_length=60, verbose_name="dziedzina")),
                        (
                            "percent",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="Według niego wybieramy lepszą zniżkę. Wejście bezpłatne to 100.",
                                null=True,
                                verbose_name="procent",
                            ),
                        ),
                        (
                            "limit",
                            models.PositiveSmallIntegerField(
                                blank=True, help_text="Puste: bez ograniczeń.", null=True, verbose_name="ile razy"
                            ),
                        ),
                        (
                            "limit_per",
                            models.CharField(
                                choices=[("person", "osobę"), ("family", "rodzinę")],
                                default="person",
                                max_length=6,
                                verbose_name="na",
                            ),
                        ),
                        (
                            "limit_period",
                            models.CharField(
                                choices=[("day", "dzień"), ("month", "miesiąc"), ("year", "rok"), ("once", "raz")],
                                default="year",
                                max_length=5,
                                verbose_name="w ciągu",
                            ),
                        ),
                        ("valid_from", models.DateField(verbose_name="od")),
                        (
                            "valid_to",
                            models.DateField(
                                blank=True, help_text="Włącznie. Puste: tak długo jak umowa.", null=True, verbose_name="do"
                            ),
                        ),
                        (
                            "package",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="offers",
                                to="resident_card.packagetype",
                                verbose_name="dla pakietu",
                            ),
                        ),
                        (
                            "partner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="offers",
                                to="resident_card.partner",
                                verbose_name="partner",
                            ),
                        ),
                        (
                            "points",
                            models.ManyToManyField(
                                related_name="offers", to="resident_card.partnerpoint", verbose_name="w punktach"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "oferta",
                        "verbose_name_plural": "oferty",
                        "ordering": ["subject", "title"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                                ),
                                name="resident_card_offer_dates_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("percent__isnull", True),
                                    models.Q(("percent__gte", 1), ("percent__lte", 100)),
                                    _connector="OR",
                                ),
                                name="resident_card_offer_percent",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("limit__isnull", True), ("limit__gte", 1), _connector="OR"),
                                name="resident_card_offer_limit",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PartnerEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("name", models.CharField(max_length=150, verbose_name="nazwa")),
                        ("nip", models.CharField(blank=True, max_length=10, verbose_name="NIP")),
                        ("agreement", models.CharField(max_length=60, verbose_name="numer umowy")),
                        ("agreed_from", models.DateField(verbose_name="umowa od")),
                        ("agreed_to", models.DateField(blank=True, null=True, verbose_name="umowa do")),
                        ("contact", models.CharField(blank=True, max_length=200, verbose_name="kontakt")),
                        ("url", models.URLField(blank=True, verbose_name="strona")),
                        ("is_sample", models.BooleanField(default=False, verbose_name="przykład")),
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
                                to="resident_card.partner",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="PartnerUser",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                        ("invited_by", models.UUIDField(verbose_name="kto zaprosił")),
                        ("invited_at", models.DateTimeField(verbose_name="zaproszono")),
                        ("accepted_at", models.DateTimeField(blank=True, null=True, verbose_name="przyjęto")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="ostatni dzień")),
                        (
                            "point",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="users",
                                to="resident_card.partnerpoint",
                                verbose_name="punkt",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="partner_points",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="konto",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "sprawdzający u partnera",
                        "verbose_name_plural": "sprawdzający u partnerów",
                        "ordering": ["email"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("valid_to__isnull", True)),
                                fields=("email", "point"),
                                name="resident_card_partner_user_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("accepted_at__isnull", True), ("user__isnull", True)),
                                    models.Q(("accepted_at__isnull", False), ("user__isnull", False)),
                                    _connector="OR",
                                ),
                                name="resident_card_partner_user_accepted_by_an_account",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PartnerUserEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                        ("invited_by", models.UUIDField(verbose_name="kto zaprosił")),
                        ("invited_at", models.DateTimeField(verbose_name="zaproszono")),
                        ("accepted_at", models.DateTimeField(blank=True, null=True, verbose_name="przyjęto")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="ostatni dzień")),
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
                                to="resident_card.partneruser",
                            ),
                        ),
                        (
                            "point",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="resident_card.partnerpoint",
                                verbose_name="punkt",
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
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Photo",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("pending", "czeka na sprawdzenie"),
                                    ("accepted", "przyjęte"),
                                    ("refused", "do wymiany"),
                                ],
                                default="pending",
                                max_length=10,
                                verbose_name="stan",
                            ),
                        ),
                        (
                            "failed_rule",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("current", "zdjęcie jest aktualne"),
                                    ("face", "twarz zajmuje około dwóch trzecich zdjęcia"),
                                    ("light", "twarz jest równo oświetlona"),
                                    ("background", "tło jest jasne i jednolite"),
                                    ("uncovered", "bez nakrycia głowy i ciemnych okularów"),
                                ],
                                max_length=12,
                                verbose_name="czego nie spełnia",
                            ),
                        ),
                        ("sent_at", models.DateTimeField(verbose_name="przesłane")),
                        ("reviewed_by", models.UUIDField(null=True, verbose_name="kto sprawdził")),
                        ("reviewed_at", models.DateTimeField(null=True, verbose_name="sprawdzone")),
                        (
                            "file",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="card_photo",
                                to="office.storedfile",
                                verbose_name="plik",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="card_photos",
                                to="residents.person",
                                verbose_name="osoba",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "zdjęcie do karty",
                        "verbose_name_plural": "zdjęcia do kart",
                        "ordering": ["-sent_at"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("status", "pending")),
                                fields=("person",),
                                name="resident_card_one_photo_to_review",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("status", "refused"), ("failed_rule", ""), _connector="XOR"),
                                name="resident_card_refused_photo_names_rule",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PhotoEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("pending", "czeka na sprawdzenie"),
                                    ("accepted", "przyjęte"),
                                    ("refused", "do wymiany"),
                                ],
                                default="pending",
                                max_length=10,
                                verbose_name="stan",
                            ),
                        ),
                        (
                            "failed_rule",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("current", "zdjęcie jest aktualne"),
                                    ("face", "twarz zajmuje około dwóch trzecich zdjęcia"),
                                    ("light", "twarz jest równo oświetlona"),
                                    ("background", "tło jest jasne i jednolite"),
                                    ("uncovered", "bez nakrycia głowy i ciemnych okularów"),
                                ],
                                max_length=12,
                                verbose_name="czego nie spełnia",
                            ),
                        ),
                        ("sent_at", models.DateTimeField(verbose_name="przesłane")),
                        ("reviewed_by", models.UUIDField(null=True, verbose_name="kto sprawdził")),
                        ("reviewed_at", models.DateTimeField(null=True, verbose_name="sprawdzone")),
                        (
                            "file",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="office.storedfile",
                                verbose_name="plik",
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
                                to="resident_card.photo",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="CardMedium",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("app", "w telefonie"), ("plastic", "plastikowa")], max_length=8, verbose_name="rodzaj"
                            ),
                        ),
                        ("number", models.CharField(max_length=12, unique=True, verbose_name="numer karty")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("unpaid", "czeka na opłatę"),
                                    ("ordered", "zamówiona"),
                                    ("ready", "do odbioru"),
                                    ("active", "aktywna"),
                                    ("blocked", "zablokowana"),
                                    ("replaced", "zastąpiona"),
                                    ("cancelled", "anulowana"),
                                ],
                                default="ordered",
                                max_length=10,
                                verbose_name="stan",
                            ),
                        ),
                        ("public_key", models.BinaryField(null=True, verbose_name="klucz telefonu")),
                        ("device", models.CharField(blank=True, max_length=80, verbose_name="urządzenie")),
                        ("made_at", models.DateTimeField(verbose_name="założona")),
                        ("activated_at", models.DateTimeField(null=True, verbose_name="aktywna od")),
                        ("ended_at", models.DateTimeField(null=True, verbose_name="zablokowana albo zastąpiona")),
                        ("end_reason", models.CharField(blank=True, max_length=200, verbose_name="powód")),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="card_media",
                                to="residents.person",
                                verbose_name="osoba",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "karta",
                        "verbose_name_plural": "karty",
                        "permissions": [
                            ("block_card", "blokuje karty"),
                            ("issue_plastic", "drukuje i wydaje karty plastikowe"),
                            ("verify_card", "sprawdza ważność karty"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("status", "active")),
                                fields=("person", "kind"),
                                name="resident_card_one_active_medium",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status__in", ["unpaid", "ordered", "ready", "active", "blocked", "replaced", "cancelled"])
                                ),
                                name="resident_card_medium_status",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("number__regex", "^[0-9]{12}$")), name="resident_card_number_has_12_digits"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PrintBatch",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("number", models.PositiveIntegerField(unique=True, verbose_name="numer")),
                        ("made_by", models.UUIDField(verbose_name="kto")),
                        ("made_at", models.DateTimeField(verbose_name="kiedy")),
                    ],
                    options={
                        "verbose_name": "partia do druku",
                        "verbose_name_plural": "partie do druku",
                        "ordering": ["-number"],
                    },
                ),
                migrations.CreateModel(
                    name="PlasticOrder",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("first", "pierwsza karta"),
                                    ("lost", "zgubiona"),
                                    ("destroyed", "zniszczona"),
                                    ("faulty", "wadliwa"),
                                    ("new_name", "zmiana nazwiska"),
                                ],
                                max_length=10,
                                verbose_name="powód",
                            ),
                        ),
                        ("ordered_at", models.DateTimeField(verbose_name="zamówiona")),
                        ("collected_at", models.DateTimeField(null=True, verbose_name="odebrana")),
                        ("collected_by", models.CharField(blank=True, max_length=150, verbose_name="kto odebrał")),
                        ("shown", models.CharField(blank=True, max_length=200, verbose_name="co okazano")),
                        ("issued_by", models.UUIDField(null=True, verbose_name="kto wydał")),
                        (
                            "medium",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="order",
                                to="resident_card.cardmedium",
                                verbose_name="karta",
                            ),
                        ),
                        (
                            "payment",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="payments.payment",
                                verbose_name="opłata",
                            ),
                        ),
                        (
                            "batch",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="orders",
                                to="resident_card.printbatch",
                                verbose_name="partia",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "zamówienie karty",
                        "verbose_name_plural": "zamówienia kart",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("reason__in", ["lost", "destroyed"]), _negated=True),
                                    ("payment__isnull", False),
                                    _connector="OR",
                                ),
                                name="resident_card_duplicate_is_paid_for",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlasticOrderEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("first", "pierwsza karta"),
                                    ("lost", "zgubiona"),
                                    ("destroyed", "zniszczona"),
                                    ("faulty", "wadliwa"),
                                    ("new_name", "zmiana nazwiska"),
                                ],
                                max_length=10,
                                verbose_name="powód",
                            ),
                        ),
                        ("ordered_at", models.DateTimeField(verbose_name="zamówiona")),
                        ("collected_at", models.DateTimeField(null=True, verbose_name="odebrana")),
                        ("collected_by", models.CharField(blank=True, max_length=150, verbose_name="kto odebrał")),
                        ("shown", models.CharField(blank=True, max_length=200, verbose_name="co okazano")),
                        ("issued_by", models.UUIDField(null=True, verbose_name="kto wydał")),
                        (
                            "medium",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="resident_card.cardmedium",
                                verbose_name="karta",
                            ),
                        ),
                        (
                            "payment",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="payments.payment",
                                verbose_name="opłata",
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
                                to="resident_card.plasticorder",
                            ),
                        ),
                        (
                            "batch",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="resident_card.printbatch",
                                verbose_name="partia",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="OfferCount",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("holder", models.UUIDField()),
                        ("period", models.DateField()),
                        ("used", models.PositiveIntegerField(default=0)),
                        (
                            "offer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="counts", to="resident_card.offer"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("offer", "holder", "period"), name="resident_card_offer_count")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Redemption",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("uses", models.PositiveSmallIntegerField(default=1, verbose_name="ile razy")),
                        ("key", models.UUIDField()),
                        ("by", models.UUIDField(verbose_name="kto sprawdził")),
                        ("at", models.DateTimeField(verbose_name="kiedy")),
                        ("reversed_at", models.DateTimeField(null=True, verbose_name="cofnięto")),
                        (
                            "count",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="resident_card.offercount",
                            ),
                        ),
                        (
                            "medium",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="resident_card.cardmedium",
                                verbose_name="karta",
                            ),
                        ),
                        (
                            "offer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="redemptions",
                                to="resident_card.offer",
                                verbose_name="oferta",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="redemptions",
                                to="residents.person",
                                verbose_name="osoba",
                            ),
                        ),
                        (
                            "point",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="redemptions",
                                to="resident_card.partnerpoint",
                                verbose_name="punkt",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "użycie zniżki",
                        "verbose_name_plural": "użycia zniżek",
                        "ordering": ["-at"],
                        "indexes": [models.Index(fields=["person", "-at"], name="resident_ca_person__75ac4c_idx")],
                        "constraints": [models.UniqueConstraint(fields=("point", "key"), name="resident_card_redemption_once")],
                    },
                ),
                migrations.CreateModel(
                    name="SeenCode",
                    fields=[
                        ("nonce", models.CharField(max_length=16, primary_key=True, serialize=False)),
                        ("seen_at", models.DateTimeField(db_index=True)),
                        (
                            "medium",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="resident_card.cardmedium"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Application",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("mark", models.CharField(blank=True, max_length=20, verbose_name="numer")),
                        (
                            "details",
                            accounts.encryption.EncryptedJSONField(
                                context="resident_card_application.details", default=dict, verbose_name="dane z wniosku"
                            ),
                        ),
                        ("is_paper", models.BooleanField(default=False, verbose_name="papierowy")),
                        ("registry_number", models.CharField(blank=True, max_length=40, verbose_name="numer z rejestru")),
                        ("wants_plastic", models.BooleanField(default=False, verbose_name="chce kartę plastikową")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "szkic"),
                                    ("submitted", "złożony"),
                                    ("in_review", "sprawdzany"),
                                    ("needs_correction", "do poprawy"),
                                    ("approved", "przyjęty"),
                                    ("rejected", "odrzucony"),
                                    ("withdrawn", "wycofany"),
                                ],
                                default="draft",
                                max_length=18,
                                verbose_name="stan",
                            ),
                        ),
                        ("revision", models.PositiveIntegerField(default=0)),
                        ("started_at", models.DateTimeField(verbose_name="rozpoczęty")),
                        ("saved_at", models.DateTimeField(verbose_name="zapisany")),
                        ("submitted_at", models.DateTimeField(null=True, verbose_name="złożony")),
                        ("due_on", models.DateField(null=True, verbose_name="rozpatrzyć do")),
                        ("decided_at", models.DateTimeField(null=True, verbose_name="rozpatrzony")),
                        ("decision_reason", models.TextField(blank=True, verbose_name="uzasadnienie")),
                        ("correction", models.TextField(blank=True, verbose_name="co poprawić")),
                        (
                            "applicant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="filed_card_applications",
                                to="residents.person",
                                verbose_name="wnioskodawca",
                            ),
                        ),
                        (
                            "dwelling",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="residents.dwelling",
                                verbose_name="adres",
                            ),
                        ),
                        (
                            "officer",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="sprawdza",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="card_applications",
                                to="residents.person",
                                verbose_name="dla kogo",
                            ),
                        ),
                        (
                            "package",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, to="resident_card.packagetype", verbose_name="pakiet"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "wniosek o kartę",
                        "verbose_name_plural": "wnioski o kartę",
                        "ordering": ["due_on", "submitted_at"],
                        "permissions": [
                            ("decide_application", "rozpatruje wnioski o kartę"),
                            ("enter_paper_application", "wpisuje wnioski papierowe"),
                        ],
                        "indexes": [models.Index(fields=["status", "due_on"], name="resident_ca_status_05a508_idx")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("status__in", ("draft", "submitted", "in_review", "needs_correction"))),
                                fields=("person", "package"),
                                name="resident_card_one_live_application",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status__in", ["draft", "withdrawn"]), ("person__isnull", False), _connector="OR"
                                ),
                                name="resident_card_filed_for_somebody",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("mark", ""), _negated=True),
                                fields=("mark",),
                                name="resident_card_application_mark",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "status__in",
                                        [
                                            "draft",
                                            "submitted",
                                            "in_review",
                                            "needs_correction",
                                            "approved",
                                            "rejected",
                                            "withdrawn",
                                        ],
                                    )
                                ),
                                name="resident_card_application_status",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ApplicationFile",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "basis",
                            models.CharField(
                                choices=[
                                    ("registered", "zameldowanie na pobyt stały"),
                                    ("registered_for_a_time", "zameldowanie na pobyt czasowy"),
                                    ("tax", "PIT w Urzędzie Skarbowym w Pruszczu Gdańskim"),
                                    ("child", "dziecko osoby uprawnionej"),
                                    ("foster", "rodzina zastępcza albo rodzinny dom dziecka"),
                                    ("disability", "orzeczenie o niepełnosprawności"),
                                    ("school", "legitymacja szkolna albo studencka"),
                                ],
                                max_length=24,
                                verbose_name="do podstawy",
                            ),
                        ),
                        ("flaw", models.CharField(blank=True, max_length=300, verbose_name="co jest nie tak")),
                        ("deleted_on", models.DateField(null=True, verbose_name="usunięty")),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="files",
                                to="resident_card.application",
                                verbose_name="wniosek",
                            ),
                        ),
                        (
                            "file",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="card_application_file",
                                to="office.storedfile",
                                verbose_name="plik",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "dokument do wniosku",
                        "verbose_name_plural": "dokumenty do wniosków",
                    },
                ),
                migrations.CreateModel(
                    name="Basis",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("registered", "zameldowanie na pobyt stały"),
                                    ("registered_for_a_time", "zameldowanie na pobyt czasowy"),
                                    ("tax", "PIT w Urzędzie Skarbowym w Pruszczu Gdańskim"),
                                    ("child", "dziecko osoby uprawnionej"),
                                    ("foster", "rodzina zastępcza albo rodzinny dom dziecka"),
                                    ("disability", "orzeczenie o niepełnosprawności"),
                                    ("school", "legitymacja szkolna albo studencka"),
                                ],
                                max_length=24,
                                verbose_name="podstawa",
                            ),
                        ),
                        ("tax_form", models.CharField(blank=True, max_length=6, verbose_name="rodzaj PIT")),
                        ("tax_year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="za rok")),
                        ("has_filing_proof", models.BooleanField(default=False, verbose_name="pieczęć urzędu albo UPO")),
                        ("valid_from", models.DateField(blank=True, null=True, verbose_name="od")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="do")),
                        ("confirmed_by", models.UUIDField(null=True, verbose_name="kto sprawdził")),
                        ("confirmed_on", models.DateField(null=True, verbose_name="sprawdzono")),
                        ("seen_in_original", models.BooleanField(default=False, verbose_name="okazano oryginał")),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="bases",
                                to="resident_card.application",
                                verbose_name="wniosek",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "podstawa",
                        "verbose_name_plural": "podstawy",
                        "constraints": [
                            models.UniqueConstraint(fields=("application", "kind"), name="resident_card_basis_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "tax"), _negated=True),
                                    models.Q(("tax_year__isnull", False), models.Q(("tax_form", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="resident_card_tax_says_year",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CardCheck",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("nonce", models.CharField(blank=True, max_length=16)),
                        ("at", models.DateTimeField(db_index=True)),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                            ),
                        ),
                        (
                            "medium",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="resident_card.cardmedium"
                            ),
                        ),
                        (
                            "point",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="resident_card.partnerpoint"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("nonce", ""), _negated=True),
                                fields=("nonce",),
                                name="resident_card_check_once_a_code",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CardMediumEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("app", "w telefonie"), ("plastic", "plastikowa")], max_length=8, verbose_name="rodzaj"
                            ),
                        ),
                        ("number", models.CharField(max_length=12, verbose_name="numer karty")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("unpaid", "czeka na opłatę"),
                                    ("ordered", "zamówiona"),
                                    ("ready", "do odbioru"),
                                    ("active", "aktywna"),
                                    ("blocked", "zablokowana"),
                                    ("replaced", "zastąpiona"),
                                    ("cancelled", "anulowana"),
                                ],
                                default="ordered",
                                max_length=10,
                                verbose_name="stan",
                            ),
                        ),
                        ("public_key", models.BinaryField(null=True, verbose_name="klucz telefonu")),
                        ("device", models.CharField(blank=True, max_length=80, verbose_name="urządzenie")),
                        ("made_at", models.DateTimeField(verbose_name="założona")),
                        ("activated_at", models.DateTimeField(null=True, verbose_name="aktywna od")),
                        ("ended_at", models.DateTimeField(null=True, verbose_name="zablokowana albo zastąpiona")),
                        ("end_reason", models.CharField(blank=True, max_length=200, verbose_name="powód")),
                        (
                            "person",
                            models.ForeignKey(
                                db_constraint=False,
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
                                to="resident_card.cardmedium",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="CardPolicy",
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
                        ("card_age", models.PositiveSmallIntegerField(default=7, verbose_name="karta dziecka od urodzin")),
                        (
                            "invitation_days",
                            models.PositiveSmallIntegerField(default=30, verbose_name="dni ważności zaproszenia"),
                        ),
                        (
                            "decision_working_days",
                            models.PositiveSmallIntegerField(default=5, verbose_name="dni robocze na decyzję"),
                        ),
                        (
                            "duplicate_fee_grosze",
                            models.PositiveIntegerField(default=2000, verbose_name="opłata za duplikat w groszach"),
                        ),
                        (
                            "pit_year_before_until_month",
                            models.PositiveSmallIntegerField(default=3, verbose_name="PIT sprzed dwóch lat do miesiąca"),
                        ),
                        (
                            "reversal_minutes",
                            models.PositiveSmallIntegerField(default=15, verbose_name="minuty na cofnięcie zniżki"),
                        ),
                        ("notice_days", models.JSONField(default=list, verbose_name="przypomnienia, dni przed końcem")),
                    ],
                    options={
                        "verbose_name": "zasady karty",
                        "verbose_name_plural": "zasady karty",
                        "ordering": ["-valid_from"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                                ),
                                name="resident_card_cardpolicy_dates_in_order",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FamilyAct",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("what", models.CharField(max_length=200, verbose_name="co zrobiono")),
                        ("at", models.DateTimeField(verbose_name="kiedy")),
                        (
                            "actor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="residents.person"
                            ),
                        ),
                        (
                            "family",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="acts", to="resident_card.family"
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="residents.person"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "czynność w cudzym imieniu",
                        "verbose_name_plural": "czynności w cudzym imieniu",
                        "ordering": ["-at"],
                    },
                ),
                migrations.CreateModel(
                    name="Invitation",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "email",
                            accounts.encryption.EncryptedTextField(
                                context="resident_card_invitation.email", max_length=254, null=True
                            ),
                        ),
                        ("email_lookup", models.BinaryField(max_length=32, null=True)),
                        ("token_hash", models.BinaryField(max_length=32, unique=True)),
                        ("sent_at", models.DateTimeField(verbose_name="wysłane")),
                        ("expires_at", models.DateTimeField(verbose_name="ważne do")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("sent", "wysłane"),
                                    ("confirmed", "przyjęte"),
                                    ("declined", "odrzucone"),
                                    ("expired", "wygasło"),
                                    ("called_back", "cofnięte"),
                                ],
                                default="sent",
                                max_length=12,
                                verbose_name="stan",
                            ),
                        ),
                        ("invited_by", models.UUIDField(verbose_name="kto zaprosił")),
                        (
                            "family",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="invitations",
                                to="resident_card.family",
                                verbose_name="konto rodzinne",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="residents.person",
                                verbose_name="osoba",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "zaproszenie",
                        "verbose_name_plural": "zaproszenia",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("status__in", ["sent", "confirmed", "declined", "expired", "called_back"])),
                                name="resident_card_invitation_status",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("status", "sent")),
                                fields=("email_lookup",),
                                name="resident_card_one_open_invitation_an_address",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InvitationEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ("sent_at", models.DateTimeField(verbose_name="wysłane")),
                        ("expires_at", models.DateTimeField(verbose_name="ważne do")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("sent", "wysłane"),
                                    ("confirmed", "przyjęte"),
                                    ("declined", "odrzucone"),
                                    ("expired", "wygasło"),
                                    ("called_back", "cofnięte"),
                                ],
                                default="sent",
                                max_length=12,
                                verbose_name="stan",
                            ),
                        ),
                        ("invited_by", models.UUIDField(verbose_name="kto zaprosił")),
                        (
                            "family",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="resident_card.family",
                                verbose_name="konto rodzinne",
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
                                to="resident_card.invitation",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Membership",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("administrator", "prowadzi konto rodzinne"),
                                    ("adult", "dorosły"),
                                    ("child", "dziecko"),
                                ],
                                max_length=14,
                                verbose_name="rola",
                            ),
                        ),
                        ("joined_at", models.DateTimeField(verbose_name="od")),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="potwierdzone")),
                        ("left_at", models.DateTimeField(blank=True, null=True, verbose_name="do")),
                        (
                            "family",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to="resident_card.family",
                                verbose_name="konto rodzinne",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="family_memberships",
                                to="residents.person",
                                verbose_name="osoba",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "członek rodziny",
                        "verbose_name_plural": "członkowie rodziny",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("left_at__isnull", True)),
                                fields=("person",),
                                name="resident_card_one_family_at_a_time",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MembershipEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("administrator", "prowadzi konto rodzinne"),
                                    ("adult", "dorosły"),
                                    ("child", "dziecko"),
                                ],
                                max_length=14,
                                verbose_name="rola",
                            ),
                        ),
                        ("joined_at", models.DateTimeField(verbose_name="od")),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="potwierdzone")),
                        ("left_at", models.DateTimeField(blank=True, null=True, verbose_name="do")),
                        (
                            "family",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="resident_card.family",
                                verbose_name="konto rodzinne",
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
                                to="resident_card.membership",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="PackageGrant",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("valid_from", models.DateField(verbose_name="od")),
                        ("valid_to", models.DateField(verbose_name="do")),
                        ("granted_at", models.DateTimeField(verbose_name="przyznany")),
                        ("granted_by", models.UUIDField(blank=True, null=True, verbose_name="kto przyznał")),
                        ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="odebrany")),
                        ("revoked_by", models.UUIDField(blank=True, null=True, verbose_name="kto odebrał")),
                        ("revoked_reason", models.CharField(blank=True, max_length=300, verbose_name="dlaczego odebrany")),
                        (
                            "application",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="grants",
                                to="resident_card.application",
                                verbose_name="z wniosku",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="package_grants",
                                to="residents.person",
                                verbose_name="osoba",
                            ),
                        ),
                        (
                            "package",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="grants",
                                to="resident_card.packagetype",
                                verbose_name="pakiet",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "przyznany pakiet",
                        "verbose_name_plural": "przyznane pakiety",
                        "ordering": ["valid_from"],
                        "permissions": [("revoke_grant", "odbiera pakiety")],
                        "indexes": [models.Index(fields=["package", "valid_to"], name="resident_ca_package_8b1ab1_idx")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("valid_to__gte", models.F("valid_from"))),
                                name="resident_card_grant_dates_in_order",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("revoked_at__isnull", True)),
                                expressions=[
                                    ("person", "="),
                                    ("package", "="),
                                    (
                                        resident_card.models.packages.DateRange(
                                            "valid_from",
                                            "valid_to",
                                            django.contrib.postgres.fields.ranges.RangeBoundary(
                                                inclusive_lower=True, inclusive_upper=True
                                            ),
                                        ),
                                        "&&",
                                    ),
                                ],
                                name="resident_card_grants_do_not_overlap",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PackageNotice",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("days_before", models.PositiveSmallIntegerField()),
                        ("posted_at", models.DateTimeField()),
                        (
                            "grant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="notices",
                                to="resident_card.packagegrant",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("grant", "days_before"), name="resident_card_notice_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PackageGrantEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ("valid_from", models.DateField(verbose_name="od")),
                        ("valid_to", models.DateField(verbose_name="do")),
                        ("granted_at", models.DateTimeField(verbose_name="przyznany")),
                        ("granted_by", models.UUIDField(blank=True, null=True, verbose_name="kto przyznał")),
                        ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="odebrany")),
                        ("revoked_by", models.UUIDField(blank=True, null=True, verbose_name="kto odebrał")),
                        ("revoked_reason", models.CharField(blank=True, max_length=300, verbose_name="dlaczego odebrany")),
                        (
                            "application",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="resident_card.application",
                                verbose_name="z wniosku",
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
                                to="resident_card.packagegrant",
                            ),
                        ),
                        (
                            "package",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="resident_card.packagetype",
                                verbose_name="pakiet",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ApplicationEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ("mark", models.CharField(blank=True, max_length=20, verbose_name="numer")),
                        (
                            "details",
                            accounts.encryption.EncryptedJSONField(
                                context="resident_card_application.details", default=dict, verbose_name="dane z wniosku"
                            ),
                        ),
                        ("is_paper", models.BooleanField(default=False, verbose_name="papierowy")),
                        ("registry_number", models.CharField(blank=True, max_length=40, verbose_name="numer z rejestru")),
                        ("wants_plastic", models.BooleanField(default=False, verbose_name="chce kartę plastikową")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "szkic"),
                                    ("submitted", "złożony"),
                                    ("in_review", "sprawdzany"),
                                    ("needs_correction", "do poprawy"),
                                    ("approved", "przyjęty"),
                                    ("rejected", "odrzucony"),
                                    ("withdrawn", "wycofany"),
                                ],
                                default="draft",
                                max_length=18,
                                verbose_name="stan",
                            ),
                        ),
                        ("revision", models.PositiveIntegerField(default=0)),
                        ("started_at", models.DateTimeField(verbose_name="rozpoczęty")),
                        ("saved_at", models.DateTimeField(verbose_name="zapisany")),
                        ("submitted_at", models.DateTimeField(null=True, verbose_name="złożony")),
                        ("due_on", models.DateField(null=True, verbose_name="rozpatrzyć do")),
                        ("decided_at", models.DateTimeField(null=True, verbose_name="rozpatrzony")),
                        ("decision_reason", models.TextField(blank=True, verbose_name="uzasadnienie")),
                        ("correction", models.TextField(blank=True, verbose_name="co poprawić")),
                        (
                            "applicant",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="residents.person",
                                verbose_name="wnioskodawca",
                            ),
                        ),
                        (
                            "dwelling",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="residents.dwelling",
                                verbose_name="adres",
                            ),
                        ),
                        (
                            "officer",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="sprawdza",
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
                                verbose_name="dla kogo",
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
                                to="resident_card.application",
                            ),
                        ),
                        (
                            "package",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="resident_card.packagetype",
                                verbose_name="pakiet",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="OfferEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        (
                            "subject",
                            models.CharField(
                                help_text="Na przykład „bilet na basen”. Zniżki na to samo nie łączą się: mieszkaniec dostaje lepszą.",
                                max_length=80,
                                verbose_name="na co",
                            ),
                        ),
                        (
                            "title",
                            models.CharField(
                                help_text="Na przykład „20 % taniej” albo „wejście bezpłatne”.",
                                max_length=150,
                                verbose_name="zniżka",
                            ),
                        ),
                        ("description", models.TextField(blank=True, verbose_name="szczegóły")),
                        ("category", models.CharField(max_length=60, verbose_name="dziedzina")),
                        (
                            "percent",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="Według niego wybieramy lepszą zniżkę. Wejście bezpłatne to 100.",
                                null=True,
                                verbose_name="procent",
                            ),
                        ),
                        (
                            "limit",
                            models.PositiveSmallIntegerField(
                                blank=True, help_text="Puste: bez ograniczeń.", null=True, verbose_name="ile razy"
                            ),
                        ),
                        (
                            "limit_per",
                            models.CharField(
                                choices=[("person", "osobę"), ("family", "rodzinę")],
                                default="person",
                                max_length=6,
                                verbose_name="na",
                            ),
                        ),
                        (
                            "limit_period",
                            models.CharField(
                                choices=[("day", "dzień"), ("month", "miesiąc"), ("year", "rok"), ("once", "raz")],
                                default="year",
                                max_length=5,
                                verbose_name="w ciągu",
                            ),
                        ),
                        ("valid_from", models.DateField(verbose_name="od")),
                        (
                            "valid_to",
                            models.DateField(
                                blank=True, help_text="Włącznie. Puste: tak długo jak umowa.", null=True, verbose_name="do"
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
                                to="resident_card.offer",
                            ),
                        ),
                        (
                            "package",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="resident_card.packagetype",
                                verbose_name="dla pakietu",
                            ),
                        ),
                        (
                            "partner",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="resident_card.partner",
                                verbose_name="partner",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="partner",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "resident_card_partnerevent" ("agreed_from", "agreed_to", "agreement", "contact", "id", "is_sample", "name", "nip", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "url") VALUES (NEW."agreed_from", NEW."agreed_to", NEW."agreement", NEW."contact", NEW."id", NEW."is_sample", NEW."name", NEW."nip", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."url"); RETURN NULL;',
                            hash="2b4ee9aabd61e6bab6aff6e9d3cb2745002ba8ff",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_a6c8c",
                            table="resident_card_partner",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="partner",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "resident_card_partnerevent" ("agreed_from", "agreed_to", "agreement", "contact", "id", "is_sample", "name", "nip", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "url") VALUES (NEW."agreed_from", NEW."agreed_to", NEW."agreement", NEW."contact", NEW."id", NEW."is_sample", NEW."name", NEW."nip", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."url"); RETURN NULL;',
                            hash="12c83cc95f26076cd6af31dfbada89b97efe465c",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e075b",
                            table="resident_card_partner",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="cardmedium",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "resident_card_cardmediumevent" ("activated_at", "device", "end_reason", "ended_at", "id", "kind", "made_at", "number", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_key", "status") VALUES (NEW."activated_at", NEW."device", NEW."end_reason", NEW."ended_at", NEW."id", NEW."kind", NEW."made_at", NEW."number", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_key", NEW."status"); RETURN NULL;',
                            hash="18b358884e2b5fdab47942b59f1a52d7e6d8b68e",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_2d378",
                            table="resident_card_cardmedium",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="cardmedium",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "resident_card_cardmediumevent" ("activated_at", "device", "end_reason", "ended_at", "id", "kind", "made_at", "number", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_key", "status") VALUES (NEW."activated_at", NEW."device", NEW."end_reason", NEW."ended_at", NEW."id", NEW."kind", NEW."made_at", NEW."number", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_key", NEW."status"); RETURN NULL;',
                            hash="3976d8e71b23e9ed95422ba5bab7caafeb916864",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_1b2cb",
                            table="resident_card_cardmedium",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="invitation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "resident_card_invitationevent" ("expires_at", "family_id", "id", "invited_by", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_at", "status") VALUES (NEW."expires_at", NEW."family_id", NEW."id", NEW."invited_by", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."sent_at", NEW."status"); RETURN NULL;',
                            hash="0f87b63fb8fa5268633fcf009a967cb1d0ca5dc5",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_8a9dc",
                            table="resident_card_invitation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="invitation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."expires_at" IS DISTINCT FROM (NEW."expires_at") OR OLD."family_id" IS DISTINCT FROM (NEW."family_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."invited_by" IS DISTINCT FROM (NEW."invited_by") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."sent_at" IS DISTINCT FROM (NEW."sent_at") OR OLD."status" IS DISTINCT FROM (NEW."status"))',
                            func='INSERT INTO "resident_card_invitationevent" ("expires_at", "family_id", "id", "invited_by", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_at", "status") VALUES (NEW."expires_at", NEW."family_id", NEW."id", NEW."invited_by", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."sent_at", NEW."status"); RETURN NULL;',
                            hash="ec52f1f4201e49a9b3968a736b08508bc78eca95",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_2a0ec",
                            table="resident_card_invitation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="membership",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "resident_card_membershipevent" ("confirmed_at", "family_id", "id", "joined_at", "left_at", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role") VALUES (NEW."confirmed_at", NEW."family_id", NEW."id", NEW."joined_at", NEW."left_at", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."role"); RETURN NULL;',
                            hash="b2d5728a58cf184cab5e9cbcdc6e85951e1ae672",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_21d9e",
                            table="resident_card_membership",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="membership",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "resident_card_membershipevent" ("confirmed_at", "family_id", "id", "joined_at", "left_at", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role") VALUES (NEW."confirmed_at", NEW."family_id", NEW."id", NEW."joined_at", NEW."left_at", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."role"); RETURN NULL;',
                            hash="9add568204a17bc24a9948bc8f69b302b5279e0f",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_5da88",
                            table="resident_card_membership",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="packagegrant",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "resident_card_packagegrantevent" ("application_id", "granted_at", "granted_by", "id", "package_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "revoked_by", "revoked_reason", "valid_from", "valid_to") VALUES (NEW."application_id", NEW."granted_at", NEW."granted_by", NEW."id", NEW."package_id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."revoked_at", NEW."revoked_by", NEW."revoked_reason", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                            hash="05bb39e675f55f1a8a13c3a8ccfa16791a170e4e",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_3bee7",
                            table="resident_card_packagegrant",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="packagegrant",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "resident_card_packagegrantevent" ("application_id", "granted_at", "granted_by", "id", "package_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "revoked_by", "revoked_reason", "valid_from", "valid_to") VALUES (NEW."application_id", NEW."granted_at", NEW."granted_by", NEW."id", NEW."package_id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."revoked_at", NEW."revoked_by", NEW."revoked_reason", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                            hash="f604b646c4ffb0b2fef61694e83d30a6d6b0e43c",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_01d3c",
                            table="resident_card_packagegrant",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="application",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "resident_card_applicationevent" ("applicant_id", "correction", "decided_at", "decision_reason", "details", "due_on", "dwelling_id", "id", "is_paper", "mark", "officer_id", "package_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "registry_number", "revision", "saved_at", "started_at", "status", "submitted_at", "wants_plastic") VALUES (NEW."applicant_id", NEW."correction", NEW."decided_at", NEW."decision_reason", NEW."details", NEW."due_on", NEW."dwelling_id", NEW."id", NEW."is_paper", NEW."mark", NEW."officer_id", NEW."package_id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."registry_number", NEW."revision", NEW."saved_at", NEW."started_at", NEW."status", NEW."submitted_at", NEW."wants_plastic"); RETURN NULL;',
                            hash="b244c2316109b110feb45ccb4e8e494df34adb2e",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_06aa5",
                            table="resident_card_application",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="application",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "resident_card_applicationevent" ("applicant_id", "correction", "decided_at", "decision_reason", "details", "due_on", "dwelling_id", "id", "is_paper", "mark", "officer_id", "package_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "registry_number", "revision", "saved_at", "started_at", "status", "submitted_at", "wants_plastic") VALUES (NEW."applicant_id", NEW."correction", NEW."decided_at", NEW."decision_reason", NEW."details", NEW."due_on", NEW."dwelling_id", NEW."id", NEW."is_paper", NEW."mark", NEW."officer_id", NEW."package_id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."registry_number", NEW."revision", NEW."saved_at", NEW."started_at", NEW."status", NEW."submitted_at", NEW."wants_plastic"); RETURN NULL;',
                            hash="e9f1b57bcd00d4c4ee700f80acc7957ef464e913",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_1b858",
                            table="resident_card_application",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="offer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "resident_card_offerevent" ("category", "description", "id", "limit", "limit_per", "limit_period", "package_id", "partner_id", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "subject", "title", "valid_from", "valid_to") VALUES (NEW."category", NEW."description", NEW."id", NEW."limit", NEW."limit_per", NEW."limit_period", NEW."package_id", NEW."partner_id", NEW."percent", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."subject", NEW."title", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                            hash="16c4d70ab85904534cd284cd2c8b5edc28a2058f",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_9c729",
                            table="resident_card_offer",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="offer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "resident_card_offerevent" ("category", "description", "id", "limit", "limit_per", "limit_period", "package_id", "partner_id", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "subject", "title", "valid_from", "valid_to") VALUES (NEW."category", NEW."description", NEW."id", NEW."limit", NEW."limit_per", NEW."limit_period", NEW."package_id", NEW."partner_id", NEW."percent", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."subject", NEW."title", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                            hash="291cda9ae11f699d34dd1f9ce68bd65ea34abb44",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_ad9cd",
                            table="resident_card_offer",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="partneruser",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "resident_card_partneruserevent" ("accepted_at", "email", "id", "invited_at", "invited_by", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "point_id", "user_id", "valid_to") VALUES (NEW."accepted_at", NEW."email", NEW."id", NEW."invited_at", NEW."invited_by", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."point_id", NEW."user_id", NEW."valid_to"); RETURN NULL;',
                            hash="95c7140ac58fcf076689cb3987f5eae124412136",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_414d1",
                            table="resident_card_partneruser",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="partneruser",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "resident_card_partneruserevent" ("accepted_at", "email", "id", "invited_at", "invited_by", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "point_id", "user_id", "valid_to") VALUES (NEW."accepted_at", NEW."email", NEW."id", NEW."invited_at", NEW."invited_by", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."point_id", NEW."user_id", NEW."valid_to"); RETURN NULL;',
                            hash="e53d646576358d09d43bdab3cede71763f39e90b",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_cd446",
                            table="resident_card_partneruser",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="photo",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "resident_card_photoevent" ("failed_rule", "file_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reviewed_at", "reviewed_by", "sent_at", "status") VALUES (NEW."failed_rule", NEW."file_id", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reviewed_at", NEW."reviewed_by", NEW."sent_at", NEW."status"); RETURN NULL;',
                            hash="dce000c26a1cb095874a27184c2e678d135cc5a1",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_f8e08",
                            table="resident_card_photo",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="photo",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "resident_card_photoevent" ("failed_rule", "file_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reviewed_at", "reviewed_by", "sent_at", "status") VALUES (NEW."failed_rule", NEW."file_id", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reviewed_at", NEW."reviewed_by", NEW."sent_at", NEW."status"); RETURN NULL;',
                            hash="1ddbbe13f73485ecbc0fbbe0f54917b47640e3a4",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a5843",
                            table="resident_card_photo",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="plasticorder",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "resident_card_plasticorderevent" ("batch_id", "collected_at", "collected_by", "id", "issued_by", "medium_id", "ordered_at", "payment_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "shown") VALUES (NEW."batch_id", NEW."collected_at", NEW."collected_by", NEW."id", NEW."issued_by", NEW."medium_id", NEW."ordered_at", NEW."payment_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."shown"); RETURN NULL;',
                            hash="6d72d1f284fe0b536178cc54fc849c804f633159",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_4128c",
                            table="resident_card_plasticorder",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="plasticorder",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "resident_card_plasticorderevent" ("batch_id", "collected_at", "collected_by", "id", "issued_by", "medium_id", "ordered_at", "payment_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "shown") VALUES (NEW."batch_id", NEW."collected_at", NEW."collected_by", NEW."id", NEW."issued_by", NEW."medium_id", NEW."ordered_at", NEW."payment_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."shown"); RETURN NULL;',
                            hash="12217d51a2c0f60a58a7e472822c9d200f38cc1b",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_cbe6b",
                            table="resident_card_plasticorder",
                            when="AFTER",
                        ),
                    ),
                ),
            ],
        ),
    ]
