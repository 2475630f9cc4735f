import accounts.at_once
import django.core.validators
import django.db.models.deletion
import dues.models.reminders
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('office', '0001_initial'),
        ('payments', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('residents', '0001_initial'),
    ]

    operations = [
        accounts.at_once.AtOnce(
            operations=[migrations.CreateModel(
                name='Import',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('name', models.CharField(max_length=120, verbose_name='plik')),
                    ('format', models.CharField(choices=[('csv', 'CSV'), ('jsonl', 'JSON')], max_length=5, verbose_name='format')),
                    ('sha256', models.CharField(max_length=64, verbose_name='skrót SHA-256')),
                    ('size', models.PositiveIntegerField(verbose_name='rozmiar w bajtach')),
                    ('as_of', models.DateField(help_text='Dzień, z którego system podatkowy zrobił plik.', verbose_name='stan na dzień')),
                    ('status', models.CharField(choices=[('checking', 'sprawdzamy'), ('refused', 'odrzucony, ma błędy'), ('checked', 'sprawdzony, czeka na wczytanie'), ('loading', 'wczytujemy'), ('loaded', 'wczytany'), ('dropped', 'porzucony')], default='checking', max_length=10, verbose_name='stan')),
                    ('uploaded_by', models.UUIDField(null=True, verbose_name='wgrał')),
                    ('uploaded_at', models.DateTimeField(verbose_name='wgrany')),
                    ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='zakończony')),
                    ('lease_until', models.DateTimeField(editable=False, null=True)),
                    ('tries', models.PositiveSmallIntegerField(default=0, editable=False)),
                    ('rows', models.PositiveIntegerField(default=0, verbose_name='wierszy')),
                    ('errors', models.PositiveIntegerField(default=0, verbose_name='błędów')),
                    ('first_errors', models.JSONField(default=list, editable=False)),
                    ('counts', models.JSONField(default=dict, editable=False)),
                    ('failure', models.CharField(blank=True, max_length=300, verbose_name='co się nie udało')),
                    ('errors_file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='due_import_errors', to='office.storedfile')),
                    ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='due_imports', to='office.storedfile')),
                ],
                options={
                    'verbose_name': 'import należności',
                    'verbose_name_plural': 'importy należności',
                    'ordering': ['-uploaded_at'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['checking', 'refused', 'checked', 'loading', 'loaded', 'dropped'])), name='dues_import_status')],
                },
            ), migrations.CreateModel(
                name='Included',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('imported', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='dues.import', verbose_name='import')),
                    ('payment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='payments.payment', verbose_name='płatność')),
                ],
            ), migrations.CreateModel(
                name='InterestRate',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('valid_from', models.DateField(verbose_name='obowiązuje od')),
                    ('valid_to', models.DateField(blank=True, help_text='Włącznie. Puste: bezterminowo.', null=True, verbose_name='obowiązuje do')),
                    ('source', models.CharField(help_text='Ustawa, uchwała albo zarządzenie, z numerem.', max_length=300, verbose_name='podstawa')),
                    ('needs_confirmation', models.BooleanField(default=False, help_text='Źródła jeszcze nie sprawdzono; mieszkaniec zobaczy ten znak.', verbose_name='do potwierdzenia')),
                    ('percent', models.DecimalField(decimal_places=2, max_digits=5, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='procent w roku')),
                ],
                options={
                    'verbose_name': 'stawka odsetek za zwłokę',
                    'verbose_name_plural': 'stawki odsetek za zwłokę',
                    'ordering': ['-valid_from'],
                    'abstract': False,
                    'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='dues_interestrate_dates_in_order')],
                },
            ), migrations.CreateModel(
                name='InterestTerms',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('valid_from', models.DateField(verbose_name='obowiązuje od')),
                    ('valid_to', models.DateField(blank=True, help_text='Włącznie. Puste: bezterminowo.', null=True, verbose_name='obowiązuje do')),
                    ('source', models.CharField(help_text='Ustawa, uchwała albo zarządzenie, z numerem.', max_length=300, verbose_name='podstawa')),
                    ('needs_confirmation', models.BooleanField(default=False, help_text='Źródła jeszcze nie sprawdzono; mieszkaniec zobaczy ten znak.', verbose_name='do potwierdzenia')),
                    ('letter_grosze', models.PositiveIntegerField(help_text='Tyle pobiera poczta za traktowanie listu jako poleconego.', verbose_name='opłata za polecenie listu, w groszach')),
                    ('letters', models.PositiveSmallIntegerField(help_text='Odsetek, które tej sumy nie przekraczają, się nie nalicza.', verbose_name='ile takich opłat to za mało')),
                    ('rounding_grosze', models.PositiveSmallIntegerField(help_text='100: do pełnych złotych, połówka w górę.', validators=[django.core.validators.MinValueValidator(1)], verbose_name='zaokrąglenie w groszach')),
                    ('year_days', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(360), django.core.validators.MaxValueValidator(366)], verbose_name='dni w roku')),
                    ('term_moves', models.BooleanField(help_text='Ordynacja podatkowa art. 12 § 5.', verbose_name='termin w dzień wolny przechodzi na następny roboczy')),
                ],
                options={
                    'verbose_name': 'zasady liczenia odsetek',
                    'verbose_name_plural': 'zasady liczenia odsetek',
                    'ordering': ['-valid_from'],
                    'abstract': False,
                    'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='dues_interestterms_dates_in_order')],
                },
            ), migrations.CreateModel(
                name='Kind',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('valid_from', models.DateField(verbose_name='obowiązuje od')),
                    ('valid_to', models.DateField(blank=True, help_text='Włącznie. Puste: bezterminowo.', null=True, verbose_name='obowiązuje do')),
                    ('source', models.CharField(help_text='Ustawa, uchwała albo zarządzenie, z numerem.', max_length=300, verbose_name='podstawa')),
                    ('needs_confirmation', models.BooleanField(default=False, help_text='Źródła jeszcze nie sprawdzono; mieszkaniec zobaczy ten znak.', verbose_name='do potwierdzenia')),
                    ('code', models.SlugField(max_length=40, unique=True, verbose_name='kod w systemie podatkowym')),
                    ('name', models.CharField(max_length=100, verbose_name='nazwa')),
                    ('legal_basis', models.CharField(max_length=300, verbose_name='podstawa prawna')),
                    ('purpose', models.SlugField(help_text='Nazwa z rachunków miasta, na przykład podatki.', max_length=40, verbose_name='na który rachunek')),
                    ('bears_interest', models.BooleanField(default=True, verbose_name='z odsetkami za zwłokę')),
                    ('order', models.PositiveSmallIntegerField(default=100, verbose_name='kolejność')),
                ],
                options={
                    'verbose_name': 'rodzaj należności',
                    'verbose_name_plural': 'rodzaje należności',
                    'ordering': ['order', 'name'],
                    'abstract': False,
                    'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='dues_kind_dates_in_order')],
                },
            ), migrations.CreateModel(
                name='Liability',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('number', models.CharField(max_length=40, unique=True, verbose_name='numer w systemie podatkowym')),
                    ('period', models.CharField(max_length=20, verbose_name='za okres')),
                    ('subject', models.CharField(blank=True, max_length=160, verbose_name='przedmiot')),
                    ('decision', models.CharField(blank=True, max_length=80, verbose_name='decyzja albo deklaracja')),
                    ('basis', models.JSONField(default=list, verbose_name='podstawa obliczenia')),
                    ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='dues.kind', verbose_name='rodzaj')),
                    ('payer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='liabilities', to='dues.payer', verbose_name='płatnik')),
                ],
                options={
                    'verbose_name': 'należność',
                    'verbose_name_plural': 'należności',
                },
            ), migrations.CreateModel(
                name='Instalment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveSmallIntegerField(verbose_name='rata')),
                    ('due_on', models.DateField(verbose_name='termin')),
                    ('principal_grosze', models.IntegerField(verbose_name='należność główna w groszach')),
                    ('paid_principal_grosze', models.IntegerField(default=0, verbose_name='wpłacono na należność główną')),
                    ('paid_interest_grosze', models.IntegerField(default=0, verbose_name='wpłacono na odsetki')),
                    ('liability', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='instalments', to='dues.liability', verbose_name='należność')),
                ],
                options={
                    'verbose_name': 'rata',
                    'verbose_name_plural': 'raty',
                    'ordering': ['due_on', 'pk'],
                    'indexes': [models.Index(condition=models.Q(('paid_principal_grosze__lt', models.F('principal_grosze'))), fields=['due_on'], name='dues_instalment_open')],
                    'constraints': [models.UniqueConstraint(fields=('liability', 'number'), name='dues_instalment_once'), models.CheckConstraint(condition=models.Q(('paid_interest_grosze__gte', 0), ('paid_principal_grosze__gte', 0), ('principal_grosze__gte', 0)), name='dues_instalment_never_below_nothing')],
                },
            ), migrations.CreateModel(
                name='Change',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('instalment', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='rata')),
                    ('before', models.JSONField(verbose_name='przed')),
                    ('after', models.JSONField(verbose_name='po')),
                    ('at', models.DateTimeField(verbose_name='kiedy')),
                    ('imported', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='dues.import', verbose_name='import')),
                    ('liability', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='dues.liability', verbose_name='należność')),
                ],
                options={
                    'verbose_name': 'zmiana należności',
                    'verbose_name_plural': 'zmiany należności',
                    'ordering': ['-pk'],
                },
            ), migrations.CreateModel(
                name='Payer',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('number', models.CharField(max_length=40, unique=True, verbose_name='numer płatnika')),
                    ('name', models.CharField(max_length=160, verbose_name='nazwisko i imię albo nazwa')),
                    ('search', models.CharField(editable=False, max_length=160)),
                    ('pesel_lookup', models.BinaryField(max_length=32, null=True)),
                ],
                options={
                    'verbose_name': 'płatnik',
                    'verbose_name_plural': 'płatnicy',
                    'permissions': [('link_payer', 'Wydaje kody łączące płatnika z kontem i odłącza konto')],
                    'indexes': [models.Index(fields=['search'], name='dues_payer_search_d2a01a_idx'), models.Index(fields=['pesel_lookup'], name='dues_payer_pesel_l_a716fc_idx')],
                },
            ), migrations.CreateModel(
                name='LinkCode',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('for_search', models.CharField(editable=False, max_length=160)),
                    ('code_lookup', models.BinaryField(max_length=32, unique=True)),
                    ('issued_by', models.UUIDField(verbose_name='wydał')),
                    ('issued_at', models.DateTimeField(verbose_name='wydany')),
                    ('expires_at', models.DateTimeField(verbose_name='ważny do')),
                    ('used_at', models.DateTimeField(blank=True, null=True, verbose_name='użyty')),
                    ('payer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='link_codes', to='dues.payer', verbose_name='płatnik')),
                ],
                options={
                    'verbose_name': 'kod łączący płatnika z kontem',
                    'verbose_name_plural': 'kody łączące płatników z kontami',
                },
            ), migrations.CreateModel(
                name='PayerLink',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('method', models.CharField(choices=[('desk_code', 'kod z urzędu')], max_length=12, verbose_name='jak')),
                    ('verified_by', models.UUIDField(null=True, verbose_name='kto sprawdził')),
                    ('since', models.DateTimeField(verbose_name='od')),
                    ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='do')),
                    ('ended_by', models.UUIDField(null=True, verbose_name='kto odłączył')),
                    ('payer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='dues.payer', verbose_name='płatnik')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payer_links', to='residents.person', verbose_name='osoba')),
                ],
                options={
                    'verbose_name': 'połączenie płatnika z osobą',
                    'verbose_name_plural': 'połączenia płatników z osobami',
                    'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('payer',), name='dues_payer_is_one_person')],
                },
            ), migrations.CreateModel(
                name='PayerLinkEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('method', models.CharField(choices=[('desk_code', 'kod z urzędu')], max_length=12, verbose_name='jak')),
                    ('verified_by', models.UUIDField(null=True, verbose_name='kto sprawdził')),
                    ('since', models.DateTimeField(verbose_name='od')),
                    ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='do')),
                    ('ended_by', models.UUIDField(null=True, verbose_name='kto odłączył')),
                    ('payer', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='dues.payer', verbose_name='płatnik')),
                    ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='residents.person', verbose_name='osoba')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='dues.payerlink')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='Posting',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('day', models.DateField(verbose_name='dzień wpłaty')),
                    ('principal_grosze', models.IntegerField(verbose_name='na należność główną')),
                    ('interest_grosze', models.IntegerField(verbose_name='na odsetki')),
                    ('posted_at', models.DateTimeField(verbose_name='zaliczono')),
                    ('included_by', models.UUIDField(blank=True, null=True, verbose_name='kto potwierdził ujęcie')),
                    ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='payments.entry', verbose_name='zapis księgi')),
                    ('included_in', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='dues.import', verbose_name='ujęte w imporcie')),
                    ('instalment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='postings', to='dues.instalment', verbose_name='rata')),
                ],
                options={
                    'verbose_name': 'wpłata z portalu',
                    'verbose_name_plural': 'wpłaty z portalu',
                    'ordering': ['-posted_at'],
                    'permissions': [('include_posting', 'Potwierdza, że wpłata jest już w systemie podatkowym')],
                    'constraints': [models.UniqueConstraint(fields=('entry', 'instalment'), name='dues_entry_posted_once')],
                },
            ), migrations.CreateModel(
                name='Preference',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('lead_days', models.PositiveSmallIntegerField(default=7, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)], verbose_name='ile dni wcześniej')),
                    ('token', models.CharField(default=dues.models.reminders.new_token, editable=False, max_length=40, unique=True)),
                    ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='due_preference', to='residents.person')),
                ],
            ), migrations.CreateModel(
                name='Quote',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('day', models.DateField(verbose_name='odsetki na dzień')),
                    ('payment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='payments.payment', verbose_name='płatność')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='due_quotes', to='residents.person', verbose_name='osoba')),
                ],
                options={
                    'verbose_name': 'wycena',
                    'verbose_name_plural': 'wyceny',
                },
            ), migrations.CreateModel(
                name='PostedEntry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('surplus_grosze', models.IntegerField(verbose_name='nadpłata w groszach')),
                    ('at', models.DateTimeField(verbose_name='zaliczono')),
                    ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='payments.entry', verbose_name='zapis księgi')),
                    ('quote', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posted', to='dues.quote', verbose_name='wycena')),
                ],
            ), migrations.CreateModel(
                name='QuoteLine',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('principal_grosze', models.IntegerField(verbose_name='należność główna')),
                    ('interest_grosze', models.IntegerField(verbose_name='odsetki')),
                    ('instalment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='quote_lines', to='dues.instalment', verbose_name='rata')),
                    ('quote', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='dues.quote', verbose_name='wycena')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('quote', 'instalment'), name='dues_instalment_once_in_a_quote')],
                },
            ), migrations.CreateModel(
                name='Reminder',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('channel', models.CharField(max_length=10)),
                    ('at', models.DateTimeField()),
                    ('instalment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='dues.instalment')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='due_reminders', to='residents.person')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('instalment', 'person', 'channel'), name='dues_reminded_once')],
                },
            ), pgtrigger.migrations.AddTrigger(
                model_name='included',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8eac6aa2094d6ab57c4946cc6d0222ec8575cb2d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_bbf79', table='dues_included', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='change',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ea14e5b834cfd4029f4db602987351996f6c1583', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9f082', table='dues_change', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='payerlink',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "dues_payerlinkevent" ("ended_at", "ended_by", "id", "method", "payer_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "verified_by") VALUES (NEW."ended_at", NEW."ended_by", NEW."id", NEW."method", NEW."payer_id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."since", NEW."verified_by"); RETURN NULL;', hash='a044b0459076e204ef2644b9db143d3e4d4c395d', operation='INSERT', pgid='pgtrigger_insert_insert_e47f3', table='dues_payerlink', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='payerlink',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "dues_payerlinkevent" ("ended_at", "ended_by", "id", "method", "payer_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "verified_by") VALUES (NEW."ended_at", NEW."ended_by", NEW."id", NEW."method", NEW."payer_id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."since", NEW."verified_by"); RETURN NULL;', hash='0a98fd286671e52b5df7edad511ae95409638933', operation='UPDATE', pgid='pgtrigger_update_update_f751a', table='dues_payerlink', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='payerlink',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "dues_payerlinkevent" ("ended_at", "ended_by", "id", "method", "payer_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "verified_by") VALUES (OLD."ended_at", OLD."ended_by", OLD."id", OLD."method", OLD."payer_id", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."since", OLD."verified_by"); RETURN NULL;', hash='6110a54489d7dd06414dda73891d00c79adb415d', operation='DELETE', pgid='pgtrigger_delete_delete_bc044', table='dues_payerlink', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='posting',
                trigger=pgtrigger.compiler.Trigger(name='posted_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."instalment_id" IS DISTINCT FROM (NEW."instalment_id") OR OLD."entry_id" IS DISTINCT FROM (NEW."entry_id") OR OLD."day" IS DISTINCT FROM (NEW."day") OR OLD."principal_grosze" IS DISTINCT FROM (NEW."principal_grosze") OR OLD."interest_grosze" IS DISTINCT FROM (NEW."interest_grosze") OR OLD."posted_at" IS DISTINCT FROM (NEW."posted_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='6379629f2f31b18b981de200a938faf84ba50615', operation='UPDATE', pgid='pgtrigger_posted_stays_f3c0b', table='dues_posting', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='posting',
                trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='288b34dade2de25e896be1d8e0b1f7a38d472f43', operation='DELETE', pgid='pgtrigger_never_deleted_79aff', table='dues_posting', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='quote',
                trigger=pgtrigger.compiler.Trigger(name='what_was_quoted_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."payment_id" IS DISTINCT FROM (NEW."payment_id") OR OLD."day" IS DISTINCT FROM (NEW."day"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='fc004aa35cb146e18ca679752eaa2e195509caac', operation='UPDATE', pgid='pgtrigger_what_was_quoted_stays_a438e', table='dues_quote', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='postedentry',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='fbd7940934f929b2e904dea07552d0e0b0d3f2c4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_36c71', table='dues_postedentry', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='quoteline',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='89a6af234196f670bfa603e9124e4302d8dca8cb', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c0043', table='dues_quoteline', when='BEFORE')),
            )],
        ),
    ]
