import accounts.at_once
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        # The account's packages before the rooms: each of their steps draws anew all that hangs on the account.
        ('account', '0009_emailaddress_unique_primary_email'),
        ('accounts', '0001_initial'),
        ('mfa', '0003_authenticator_type_uniq'),
        ('usersessions', '0001_initial'),
    ]

    operations = [
        accounts.at_once.AtOnce(
            operations=[migrations.CreateModel(
                name='AcceptedRequest',
                fields=[
                    ('key', models.UUIDField(primary_key=True, serialize=False)),
                    ('actor', models.UUIDField()),
                    ('body_hash', models.BinaryField(max_length=32)),
                    ('reply', models.JSONField(null=True)),
                    ('at', models.DateTimeField(auto_now_add=True, db_index=True)),
                ],
            ), migrations.CreateModel(
                name='AuditSeal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('day', models.DateField(unique=True, verbose_name='dzień')),
                    ('rows', models.PositiveIntegerField(verbose_name='wpisów')),
                    ('previous', models.CharField(blank=True, max_length=64, verbose_name='poprzedni skrót')),
                    ('digest', models.CharField(max_length=64, verbose_name='skrót')),
                    ('at', models.DateTimeField(auto_now_add=True, verbose_name='zapieczętowano')),
                ],
                options={
                    'verbose_name': 'pieczęć rejestru',
                    'verbose_name_plural': 'pieczęcie rejestru',
                    'ordering': ['-day'],
                },
            ), migrations.CreateModel(
                name='Counter',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('series', models.CharField(max_length=60)),
                    ('year', models.PositiveSmallIntegerField()),
                    ('last', models.PositiveIntegerField(default=0)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('series', 'year'), name='office_counter_series_year')],
                },
            ), migrations.CreateModel(
                name='Erasure',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('person', models.UUIDField(verbose_name='oznaczenie osoby')),
                    ('by_owner', models.BooleanField(verbose_name='na własne żądanie, z konta')),
                    ('by', models.UUIDField(null=True, verbose_name='kto usunął')),
                    ('letter', models.CharField(blank=True, max_length=60, verbose_name='na podstawie pisma')),
                    ('lines', models.JSONField(verbose_name='co usunięto i co zostało')),
                    ('removed', models.PositiveIntegerField(verbose_name='usunięto wierszy')),
                    ('stayed', models.PositiveIntegerField(verbose_name='zostało wierszy')),
                    ('at', models.DateTimeField(verbose_name='kiedy')),
                ],
                options={
                    'verbose_name': 'protokół usunięcia danych osoby',
                    'verbose_name_plural': 'protokoły usunięcia danych osób',
                    'ordering': ['-at'],
                    'default_permissions': ('view',),
                },
            ), migrations.CreateModel(
                name='HolidayOverride',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('day', models.DateField(unique=True, verbose_name='dzień')),
                    ('is_day_off', models.BooleanField(verbose_name='dzień wolny')),
                    ('name', models.CharField(max_length=100, verbose_name='nazwa')),
                    ('source', models.CharField(max_length=300, verbose_name='podstawa')),
                ],
                options={
                    'verbose_name': 'korekta kalendarza',
                    'verbose_name_plural': 'korekty kalendarza',
                    'ordering': ['-day'],
                },
            ), migrations.CreateModel(
                name='MailboxItem',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('channel', models.CharField(choices=[('email', 'e-mail'), ('sms', 'SMS'), ('push', 'powiadomienie')], max_length=10)),
                    ('address', models.CharField(max_length=254)),
                    ('subject', models.CharField(blank=True, max_length=200)),
                    ('text', models.TextField()),
                    ('html', models.TextField(blank=True)),
                    ('message_id', models.CharField(blank=True, max_length=200)),
                    ('at', models.DateTimeField(auto_now_add=True)),
                ],
                options={
                    'ordering': ['-at', '-id'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('message_id', ''), _negated=True), fields=('message_id', 'address'), name='office_mailbox_item_once')],
                },
            ), migrations.CreateModel(
                name='Message',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('channel', models.CharField(choices=[('email', 'e-mail'), ('sms', 'SMS'), ('push', 'powiadomienie')], max_length=10, verbose_name='kanał')),
                    ('address', models.CharField(max_length=254, verbose_name='adres')),
                    ('event', models.CharField(max_length=80, verbose_name='zdarzenie')),
                    ('subject', models.CharField(blank=True, max_length=200, verbose_name='temat')),
                    ('text', models.TextField(blank=True, verbose_name='treść')),
                    ('html', models.TextField(blank=True, verbose_name='treść HTML')),
                    ('urgency', models.PositiveSmallIntegerField(choices=[(0, 'ostrzeżenie'), (1, 'list'), (2, 'wiadomość do wielu')], default=1, verbose_name='pilność')),
                    ('endpoint', models.UUIDField(null=True)),
                    ('leave_url', models.CharField(blank=True, max_length=200)),
                    ('recipient', models.UUIDField(null=True, verbose_name='odbiorca')),
                    ('about_type', models.CharField(blank=True, max_length=60, verbose_name='dotyczy')),
                    ('about_id', models.UUIDField(null=True, verbose_name='oznaczenie')),
                    ('state', models.CharField(choices=[('queued', 'czeka'), ('sending', 'w wysyłce'), ('sent', 'wysłana'), ('failed', 'ponawiana'), ('dead', 'niedoręczalna')], default='queued', max_length=10, verbose_name='stan')),
                    ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='próby')),
                    ('next_attempt_at', models.DateTimeField(verbose_name='następna próba')),
                    ('lease', models.UUIDField(null=True)),
                    ('lease_until', models.DateTimeField(null=True)),
                    ('error', models.CharField(blank=True, max_length=300, verbose_name='błąd')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='utworzona')),
                    ('sent_at', models.DateTimeField(null=True, verbose_name='wysłana')),
                    ('arrived', models.BooleanField(null=True, verbose_name='doręczona')),
                    ('reported_at', models.DateTimeField(null=True, verbose_name='raport')),
                    ('body', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='office.messagebody')),
                ],
                options={
                    'verbose_name': 'wiadomość wychodząca',
                    'verbose_name_plural': 'wiadomości wychodzące',
                    'ordering': ['-created_at'],
                    'permissions': [('retry_message', 'Ponowne wysłanie wiadomości')],
                    'indexes': [models.Index(condition=models.Q(('state__in', ['queued', 'sending', 'failed'])), fields=['urgency', 'next_attempt_at'], name='office_message_waiting'), models.Index(fields=['about_type', 'about_id'], name='office_mess_about_t_a5b122_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'sending', 'sent', 'failed', 'dead'])), name='office_message_state'), models.CheckConstraint(condition=models.Q(models.Q(('body__isnull', True), models.Q(('text', ''), _negated=True)), models.Q(('body__isnull', False), ('html', ''), ('subject', ''), ('text', '')), _connector='OR'), name='office_message_says_it_once'), models.UniqueConstraint(condition=models.Q(('endpoint__isnull', False)), fields=('about_id', 'endpoint'), name='office_message_once_an_endpoint')],
                },
            ), migrations.CreateModel(
                name='MessageBody',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('subject', models.CharField(blank=True, max_length=200)),
                    ('text', models.TextField()),
                    ('html', models.TextField(blank=True)),
                ],
            ), migrations.CreateModel(
                name='PersonalDataRead',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('reader', models.UUIDField(verbose_name='kto')),
                    ('person', models.UUIDField(verbose_name='czyje')),
                    ('what', models.CharField(max_length=200, verbose_name='co')),
                    ('purpose', models.CharField(max_length=200, verbose_name='w jakim celu')),
                    ('object_type', models.CharField(blank=True, max_length=60, verbose_name='rodzaj')),
                    ('object_id', models.UUIDField(null=True, verbose_name='oznaczenie')),
                    ('at', models.DateTimeField(auto_now_add=True, verbose_name='kiedy')),
                ],
                options={
                    'verbose_name': 'odczyt danych osobowych',
                    'verbose_name_plural': 'odczyty danych osobowych',
                    'ordering': ['-at'],
                    'indexes': [models.Index(fields=['person', '-at'], name='office_pers_person_cbf8dd_idx'), models.Index(fields=['reader', '-at'], name='office_pers_reader_42852e_idx')],
                },
            ), migrations.CreateModel(
                name='RetentionPeriod',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('valid_from', models.DateField(verbose_name='obowiązuje od')),
                    ('valid_to', models.DateField(blank=True, help_text='Włącznie. Puste: bezterminowo.', null=True, verbose_name='obowiązuje do')),
                    ('source', models.CharField(help_text='Ustawa, uchwała albo zarządzenie, z numerem.', max_length=300, verbose_name='podstawa')),
                    ('needs_confirmation', models.BooleanField(default=False, help_text='Źródła jeszcze nie sprawdzono; mieszkaniec zobaczy ten znak.', verbose_name='do potwierdzenia')),
                    ('kind', models.CharField(max_length=60, verbose_name='rodzaj')),
                    ('days', models.PositiveIntegerField(verbose_name='dni')),
                ],
                options={
                    'verbose_name': 'okres przechowywania',
                    'verbose_name_plural': 'okresy przechowywania',
                    'ordering': ['kind', '-valid_from'],
                    'abstract': False,
                    'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='office_retentionperiod_dates_in_order')],
                },
            ), migrations.CreateModel(
                name='RetentionRun',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(max_length=60, verbose_name='rodzaj')),
                    ('older_than', models.DateTimeField(verbose_name='starsze niż')),
                    ('removed', models.PositiveIntegerField(verbose_name='usunięto')),
                    ('at', models.DateTimeField(auto_now_add=True, verbose_name='kiedy')),
                    ('period', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='office.retentionperiod', verbose_name='okres')),
                ],
                options={
                    'verbose_name': 'protokół usunięcia',
                    'verbose_name_plural': 'protokoły usunięć',
                    'ordering': ['-at'],
                },
            ), migrations.CreateModel(
                name='StatusChange',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('object_type', models.CharField(max_length=60, verbose_name='rodzaj')),
                    ('object_id', models.UUIDField(verbose_name='obiekt')),
                    ('from_status', models.CharField(max_length=40, verbose_name='z')),
                    ('to_status', models.CharField(max_length=40, verbose_name='na')),
                    ('side', models.CharField(max_length=20, verbose_name='strona')),
                    ('actor', models.UUIDField(null=True, verbose_name='kto')),
                    ('note', models.TextField(blank=True, verbose_name='uwaga')),
                    ('at', models.DateTimeField(verbose_name='kiedy')),
                ],
                options={
                    'verbose_name': 'zmiana stanu',
                    'verbose_name_plural': 'historia zmian stanu',
                    'ordering': ['at', 'id'],
                    'indexes': [models.Index(fields=['object_type', 'object_id', 'at'], name='office_stat_object__6565f7_idx'), models.Index(fields=['at'], name='office_stat_at_56d8c8_idx')],
                },
            ), migrations.CreateModel(
                name='StoredFile',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('name', models.CharField(max_length=120, verbose_name='nazwa')),
                    ('media_type', models.CharField(max_length=100, verbose_name='rodzaj')),
                    ('size', models.PositiveIntegerField(verbose_name='rozmiar w bajtach')),
                    ('sha256', models.CharField(max_length=64, verbose_name='skrót SHA-256')),
                    ('warnings', models.JSONField(blank=True, default=list, verbose_name='uwagi')),
                    ('owner', models.UUIDField(null=True, verbose_name='wniósł')),
                    ('scan_state', models.CharField(choices=[('pending', 'czeka na sprawdzenie'), ('clean', 'sprawdzony'), ('infected', 'zakażony'), ('failed', 'nie udało się sprawdzić')], default='pending', max_length=10, verbose_name='sprawdzenie')),
                    ('scan_note', models.CharField(blank=True, max_length=200, verbose_name='wynik sprawdzenia')),
                    ('scan_attempts', models.PositiveSmallIntegerField(default=0, verbose_name='próby sprawdzenia')),
                    ('scanned_at', models.DateTimeField(null=True, verbose_name='sprawdzony')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='wniesiony')),
                ],
                options={
                    'verbose_name': 'plik',
                    'verbose_name_plural': 'pliki',
                    'permissions': [('rescan_storedfile', 'Ponowne sprawdzenie pliku')],
                    'indexes': [models.Index(condition=models.Q(('scan_state__in', ['pending', 'failed'])), fields=['created_at'], name='office_file_to_scan'), models.Index(fields=['owner', 'created_at'], name='office_stor_owner_14d441_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('scan_state__in', ['pending', 'clean', 'infected', 'failed'])), name='office_file_scan_state')],
                },
            ), pgtrigger.migrations.AddTrigger(
                model_name='auditseal',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6cd2e2697d27688f8addaeff37ea5a97e727c3d9', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_43107', table='office_auditseal', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='erasure',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='dacc59b31b2c681c245635e8170dde013ddf1856', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6588f', table='office_erasure', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='personaldataread',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6d5ac91e19015eeb2353583719e7b9ee99dc50bd', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5ad7d', table='office_personaldataread', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='statuschange',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='293f0e7153f9060328d9d2606d78febedc19abf0', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_77055', table='office_statuschange', when='BEFORE')),
            )],
        ),
    ]
