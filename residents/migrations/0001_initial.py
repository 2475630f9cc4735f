import accounts.at_once
import accounts.encryption
import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('office', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        accounts.at_once.AtOnce(
            operations=[migrations.CreateModel(
                name='Consent',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('purpose', models.CharField(max_length=60, verbose_name='cel')),
                    ('channel', models.CharField(choices=[('email', 'e-mail'), ('sms', 'SMS'), ('push', 'powiadomienie')], max_length=10, verbose_name='kanał')),
                    ('wording', models.TextField(verbose_name='treść zgody')),
                    ('source', models.CharField(max_length=60, verbose_name='skąd')),
                    ('given_at', models.DateTimeField(verbose_name='wyrażona')),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='wycofana')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='residents.person')),
                ],
                options={
                    'verbose_name': 'zgoda',
                    'verbose_name_plural': 'zgody',
                    'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('person', 'purpose', 'channel'), name='residents_one_open_consent')],
                },
            ), migrations.CreateModel(
                name='IdentityConfirmation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('level', models.CharField(choices=[('declared', 'podana przez mieszkańca'), ('desk', 'potwierdzona w urzędzie'), ('electronic', 'potwierdzona elektronicznie')], max_length=12, verbose_name='poziom')),
                    ('how', models.CharField(max_length=200, verbose_name='jak')),
                    ('confirmed_by', models.UUIDField(null=True, verbose_name='kto potwierdził')),
                    ('at', models.DateTimeField(verbose_name='kiedy')),
                    ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='cofnięte')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='identity_confirmations', to='residents.person', verbose_name='osoba')),
                ],
                options={
                    'verbose_name': 'potwierdzenie tożsamości',
                    'verbose_name_plural': 'potwierdzenia tożsamości',
                    'constraints': [models.CheckConstraint(condition=models.Q(('level', 'declared'), _negated=True), name='residents_confirmation_is_more_than_declared')],
                },
            ), migrations.CreateModel(
                name='StreetPlace',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('street', models.CharField(max_length=120, verbose_name='ulica')),
                    ('search', models.CharField(editable=False, max_length=140, unique=True)),
                    ('latitude', models.DecimalField(decimal_places=6, max_digits=8, verbose_name='szerokość geograficzna')),
                    ('longitude', models.DecimalField(decimal_places=6, max_digits=9, verbose_name='długość geograficzna')),
                    ('source', models.CharField(max_length=200, verbose_name='skąd to wiadomo')),
                    ('licence', models.CharField(max_length=120, verbose_name='licencja')),
                ],
                options={
                    'verbose_name': 'położenie ulicy',
                    'verbose_name_plural': 'położenia ulic',
                    'ordering': ['search'],
                },
            ), migrations.CreateModel(
                name='StreetPlaceEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('street', models.CharField(max_length=120, verbose_name='ulica')),
                    ('search', models.CharField(editable=False, max_length=140)),
                    ('latitude', models.DecimalField(decimal_places=6, max_digits=8, verbose_name='szerokość geograficzna')),
                    ('longitude', models.DecimalField(decimal_places=6, max_digits=9, verbose_name='długość geograficzna')),
                    ('source', models.CharField(max_length=200, verbose_name='skąd to wiadomo')),
                    ('licence', models.CharField(max_length=120, verbose_name='licencja')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='residents.streetplace')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='Terms',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('valid_from', models.DateField(verbose_name='obowiązuje od')),
                    ('valid_to', models.DateField(blank=True, help_text='Włącznie. Puste: bezterminowo.', null=True, verbose_name='obowiązuje do')),
                    ('source', models.CharField(help_text='Ustawa, uchwała albo zarządzenie, z numerem.', max_length=300, verbose_name='podstawa')),
                    ('needs_confirmation', models.BooleanField(default=False, help_text='Źródła jeszcze nie sprawdzono; mieszkaniec zobaczy ten znak.', verbose_name='do potwierdzenia')),
                    ('kind', models.CharField(choices=[('service', 'regulamin'), ('privacy', 'klauzula informacyjna')], max_length=10, verbose_name='rodzaj')),
                    ('version', models.CharField(max_length=20, verbose_name='wersja')),
                    ('text', models.TextField(verbose_name='treść')),
                ],
                options={
                    'verbose_name': 'regulamin lub klauzula',
                    'verbose_name_plural': 'regulaminy i klauzule',
                    'abstract': False,
                    'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='residents_terms_dates_in_order'), models.UniqueConstraint(fields=('kind', 'version'), name='residents_terms_kind_version')],
                },
            ), migrations.CreateModel(
                name='TermsAcceptance',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField(verbose_name='kiedy')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='terms_acceptances', to='residents.person')),
                    ('terms', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='residents.terms')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('person', 'terms'), name='residents_terms_accepted_once')],
                },
            ), migrations.CreateModel(
                name='AddressPoint',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('terc', models.CharField(max_length=7, verbose_name='TERC')),
                    ('simc', models.CharField(max_length=7, verbose_name='SIMC')),
                    ('ulic', models.CharField(max_length=5, verbose_name='ULIC')),
                    ('street', models.CharField(max_length=120, verbose_name='ulica')),
                    ('number', models.CharField(max_length=12, verbose_name='numer domu')),
                    ('latitude', models.DecimalField(blank=True, decimal_places=6, max_digits=8, null=True, verbose_name='szerokość geograficzna')),
                    ('longitude', models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True, verbose_name='długość geograficzna')),
                    ('is_sample', models.BooleanField(default=False, verbose_name='przykładowy')),
                    ('search', models.CharField(db_index=True, editable=False, max_length=140)),
                ],
                options={
                    'verbose_name': 'punkt adresowy',
                    'verbose_name_plural': 'punkty adresowe',
                    'permissions': [('import_addresses', 'Wczytuje punkty adresowe z pliku')],
                    'constraints': [models.UniqueConstraint(fields=('terc', 'simc', 'ulic', 'number'), name='residents_addresspoint_teryt')],
                },
            ), migrations.CreateModel(
                name='DeskCodeTry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(fields=['account', 'at'], name='residents_d_account_295181_idx')],
                },
            ), migrations.CreateModel(
                name='Dwelling',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('use', models.CharField(choices=[('home', 'mieszkanie'), ('empty', 'niezamieszkany'), ('business', 'firma albo lokal użytkowy')], default='home', max_length=8, verbose_name='przeznaczenie')),
                    ('flat', models.CharField(blank=True, max_length=12, verbose_name='numer lokalu')),
                    ('address', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dwellings', to='residents.addresspoint', verbose_name='punkt adresowy')),
                ],
                options={
                    'verbose_name': 'lokal',
                    'verbose_name_plural': 'lokale',
                    'constraints': [models.UniqueConstraint(fields=('address', 'flat'), name='residents_dwelling_address_flat')],
                },
            ), migrations.CreateModel(
                name='Household',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('dwelling', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='households', to='residents.dwelling', verbose_name='lokal')),
                ],
                options={
                    'verbose_name': 'gospodarstwo domowe',
                    'verbose_name_plural': 'gospodarstwa domowe',
                },
            ), migrations.CreateModel(
                name='Person',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('first_name', models.CharField(max_length=60, verbose_name='imię')),
                    ('last_name', models.CharField(max_length=80, verbose_name='nazwisko')),
                    ('search', models.CharField(db_index=True, editable=False, max_length=150)),
                    ('pesel', accounts.encryption.EncryptedTextField(blank=True, context='residents_person.pesel', null=True, verbose_name='PESEL')),
                    ('pesel_lookup', models.BinaryField(db_index=True, max_length=32, null=True)),
                    ('pesel_seen_at', models.DateTimeField(editable=False, null=True, verbose_name='PESEL sprawdzony z dokumentem')),
                    ('born_on', models.DateField(blank=True, null=True, verbose_name='data urodzenia')),
                    ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail do kontaktu')),
                    ('phone', models.CharField(blank=True, max_length=20, verbose_name='telefon')),
                    ('mail_address', models.CharField(blank=True, max_length=200, verbose_name='adres do korespondencji')),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('account', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='person', to=settings.AUTH_USER_MODEL, verbose_name='konto')),
                    ('merged_into', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged_from', to='residents.person', verbose_name='połączona z')),
                ],
                options={
                    'verbose_name': 'osoba',
                    'verbose_name_plural': 'osoby',
                    'permissions': [('confirm_identity', 'Potwierdza tożsamość i wydaje kody z urzędu'), ('reveal_pesel', 'Odsłania pełny PESEL')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('pesel_seen_at__isnull', False)), fields=('pesel_lookup',), name='residents_one_person_per_seen_pesel'), models.CheckConstraint(condition=models.Q(models.Q(('pesel__isnull', True), ('pesel_lookup__isnull', True)), models.Q(('pesel__isnull', False), ('pesel_lookup__isnull', False)), _connector='OR'), name='residents_pesel_with_its_lookup'), models.CheckConstraint(condition=models.Q(('merged_into__isnull', True), models.Q(('account__isnull', True), ('pesel__isnull', True), models.Q(('merged_into', models.F('id')), _negated=True)), _connector='OR'), name='residents_merged_person_is_empty')],
                },
            ), migrations.CreateModel(
                name='IdentityConfirmationEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('level', models.CharField(choices=[('declared', 'podana przez mieszkańca'), ('desk', 'potwierdzona w urzędzie'), ('electronic', 'potwierdzona elektronicznie')], max_length=12, verbose_name='poziom')),
                    ('how', models.CharField(max_length=200, verbose_name='jak')),
                    ('confirmed_by', models.UUIDField(null=True, verbose_name='kto potwierdził')),
                    ('at', models.DateTimeField(verbose_name='kiedy')),
                    ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='cofnięte')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='residents.identityconfirmation')),
                    ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='residents.person', verbose_name='osoba')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='HouseholdMember',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('since', models.DateField(verbose_name='od')),
                    ('until', models.DateField(blank=True, null=True, verbose_name='do')),
                    ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='residents.household', verbose_name='gospodarstwo')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='residents.person', verbose_name='osoba')),
                ],
                options={
                    'verbose_name': 'domownik',
                    'verbose_name_plural': 'domownicy',
                    'constraints': [models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('person',), name='residents_one_household_at_a_time'), models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='residents_householdmember_dates_in_order')],
                },
            ), migrations.CreateModel(
                name='DeskCode',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('code_lookup', models.BinaryField(max_length=32, unique=True)),
                    ('issued_by', models.UUIDField(verbose_name='wydał')),
                    ('issued_at', models.DateTimeField(verbose_name='wydany')),
                    ('expires_at', models.DateTimeField(verbose_name='ważny do')),
                    ('used_at', models.DateTimeField(blank=True, null=True, verbose_name='użyty')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='desk_codes', to='residents.person', verbose_name='osoba')),
                ],
                options={
                    'verbose_name': 'kod z urzędu',
                    'verbose_name_plural': 'kody z urzędu',
                },
            ), migrations.CreateModel(
                name='DataRequest',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('kind', models.CharField(choices=[('correction', 'sprostowanie danych'), ('restriction', 'ograniczenie przetwarzania'), ('objection', 'sprzeciw wobec przetwarzania'), ('erasure', 'usunięcie danych')], max_length=12, verbose_name='o co')),
                    ('text', accounts.encryption.EncryptedTextField(context='residents_datarequest.text', verbose_name='uzasadnienie')),
                    ('asked_at', models.DateTimeField(verbose_name='wpłynęło')),
                    ('due_on', models.DateField(verbose_name='odpowiedź do')),
                    ('extended_why', models.TextField(blank=True, verbose_name='powód późniejszej odpowiedzi')),
                    ('is_granted', models.BooleanField(null=True, verbose_name='uwzględnione')),
                    ('answer', accounts.encryption.EncryptedTextField(context='residents_datarequest.answer', null=True, verbose_name='odpowiedź')),
                    ('answered_by', models.UUIDField(null=True, verbose_name='kto odpowiedział')),
                    ('answered_at', models.DateTimeField(null=True, verbose_name='odpowiedziano')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='data_requests', to='residents.person', verbose_name='osoba')),
                ],
                options={
                    'verbose_name': 'żądanie dotyczące danych',
                    'verbose_name_plural': 'żądania dotyczące danych',
                    'ordering': ['due_on'],
                    'permissions': [('answer_data_request', 'Odpowiada na żądania dotyczące danych')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answer__isnull', True), ('answered_at__isnull', True), ('answered_by__isnull', True), ('is_granted__isnull', True)), models.Q(('answer__isnull', False), ('answered_at__isnull', False), ('answered_by__isnull', False), ('is_granted__isnull', False)), _connector='OR'), name='residents_datarequest_answered_whole')],
                },
            ), migrations.CreateModel(
                name='DataCopy',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('asked_at', models.DateTimeField(verbose_name='zamówiona')),
                    ('tries', models.PositiveSmallIntegerField(default=0)),
                    ('lease_until', models.DateTimeField(null=True)),
                    ('failed_at', models.DateTimeField(null=True, verbose_name='nie udała się')),
                    ('made_at', models.DateTimeField(null=True, verbose_name='gotowa')),
                    ('taken_at', models.DateTimeField(null=True, verbose_name='pobrana')),
                    ('file', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='data_copy', to='office.storedfile', verbose_name='plik')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='data_copies', to='residents.person', verbose_name='osoba')),
                ],
                options={
                    'verbose_name': 'kopia danych',
                    'verbose_name_plural': 'kopie danych',
                    'ordering': ['-asked_at'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('failed_at__isnull', True), ('made_at__isnull', True)), fields=('person',), name='residents_one_copy_waits'), models.CheckConstraint(condition=models.Q(models.Q(('file__isnull', True), ('made_at__isnull', True)), models.Q(('file__isnull', False), ('made_at__isnull', False)), _connector='OR'), name='residents_made_copy_has_its_file')],
                },
            ), migrations.CreateModel(
                name='ConsentEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('purpose', models.CharField(max_length=60, verbose_name='cel')),
                    ('channel', models.CharField(choices=[('email', 'e-mail'), ('sms', 'SMS'), ('push', 'powiadomienie')], max_length=10, verbose_name='kanał')),
                    ('wording', models.TextField(verbose_name='treść zgody')),
                    ('source', models.CharField(max_length=60, verbose_name='skąd')),
                    ('given_at', models.DateTimeField(verbose_name='wyrażona')),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='wycofana')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='residents.consent')),
                    ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='residents.person')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='PersonEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                    ('first_name', models.CharField(max_length=60, verbose_name='imię')),
                    ('last_name', models.CharField(max_length=80, verbose_name='nazwisko')),
                    ('search', models.CharField(editable=False, max_length=150)),
                    ('pesel', accounts.encryption.EncryptedTextField(blank=True, context='residents_person.pesel', null=True, verbose_name='PESEL')),
                    ('pesel_lookup', models.BinaryField(max_length=32, null=True)),
                    ('pesel_seen_at', models.DateTimeField(editable=False, null=True, verbose_name='PESEL sprawdzony z dokumentem')),
                    ('born_on', models.DateField(blank=True, null=True, verbose_name='data urodzenia')),
                    ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail do kontaktu')),
                    ('phone', models.CharField(blank=True, max_length=20, verbose_name='telefon')),
                    ('mail_address', models.CharField(blank=True, max_length=200, verbose_name='adres do korespondencji')),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('account', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='konto')),
                    ('merged_into', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='residents.person', verbose_name='połączona z')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='residents.person')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='Purpose',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('valid_from', models.DateField(verbose_name='obowiązuje od')),
                    ('valid_to', models.DateField(blank=True, help_text='Włącznie. Puste: bezterminowo.', null=True, verbose_name='obowiązuje do')),
                    ('source', models.CharField(help_text='Ustawa, uchwała albo zarządzenie, z numerem.', max_length=300, verbose_name='podstawa')),
                    ('needs_confirmation', models.BooleanField(default=False, help_text='Źródła jeszcze nie sprawdzono; mieszkaniec zobaczy ten znak.', verbose_name='do potwierdzenia')),
                    ('code', models.SlugField(max_length=60, verbose_name='kod')),
                    ('name', models.CharField(max_length=200, verbose_name='cel')),
                    ('legal_basis', models.CharField(max_length=300, verbose_name='podstawa prawna')),
                    ('needs_consent', models.BooleanField(default=False, verbose_name='wymaga zgody')),
                    ('wording', models.TextField(blank=True, help_text='Dokładnie to, na co mieszkaniec się zgadza.', verbose_name='treść zgody')),
                ],
                options={
                    'verbose_name': 'cel przetwarzania',
                    'verbose_name_plural': 'rejestr celów przetwarzania',
                    'abstract': False,
                    'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='residents_purpose_dates_in_order'), models.UniqueConstraint(fields=('code', 'valid_from'), name='residents_purpose_code_from'), models.CheckConstraint(condition=models.Q(('needs_consent', False), models.Q(('wording', ''), _negated=True), _connector='OR'), name='residents_purpose_consent_has_its_wording')],
                },
            ), migrations.CreateModel(
                name='RegisterPolicy',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('valid_from', models.DateField(verbose_name='obowiązuje od')),
                    ('valid_to', models.DateField(blank=True, help_text='Włącznie. Puste: bezterminowo.', null=True, verbose_name='obowiązuje do')),
                    ('source', models.CharField(help_text='Ustawa, uchwała albo zarządzenie, z numerem.', max_length=300, verbose_name='podstawa')),
                    ('needs_confirmation', models.BooleanField(default=False, help_text='Źródła jeszcze nie sprawdzono; mieszkaniec zobaczy ten znak.', verbose_name='do potwierdzenia')),
                    ('desk_code_days', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(90)], verbose_name='ważność kodu z urzędu w dniach')),
                    ('desk_code_tries', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(20)], verbose_name='prób wpisania kodu na godzinę')),
                    ('consent_age', models.PositiveSmallIntegerField(verbose_name='wiek, od którego wystarcza własna zgoda')),
                    ('answer_months', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(3)], verbose_name='miesięcy na odpowiedź o danych')),
                    ('extension_months', models.PositiveSmallIntegerField(default=2, help_text='RODO art. 12 ust. 3: o dwa, z podaniem powodu w ciągu pierwszego miesiąca.', validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(2)], verbose_name='o ile miesięcy najwyżej można ją przesunąć')),
                ],
                options={
                    'verbose_name': 'zasady kartoteki',
                    'verbose_name_plural': 'zasady kartoteki',
                    'abstract': False,
                    'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='residents_registerpolicy_dates_in_order')],
                },
            ), migrations.CreateModel(
                name='ResidencyProof',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('basis', models.CharField(max_length=200, verbose_name='na jakiej podstawie')),
                    ('granted_by', models.UUIDField(verbose_name='kto stwierdził')),
                    ('valid_from', models.DateField(verbose_name='ważne od')),
                    ('valid_to', models.DateField(blank=True, null=True, verbose_name='ważne do')),
                    ('dwelling', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='residents.dwelling', verbose_name='lokal')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='residency_proofs', to='residents.person', verbose_name='osoba')),
                ],
                options={
                    'verbose_name': 'potwierdzenie zamieszkania',
                    'verbose_name_plural': 'potwierdzenia zamieszkania',
                    'permissions': [('grant_residency', 'Stwierdza zamieszkanie w mieście')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='residents_residencyproof_dates_in_order')],
                },
            ), migrations.CreateModel(
                name='ResidencyProofEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                    ('basis', models.CharField(max_length=200, verbose_name='na jakiej podstawie')),
                    ('granted_by', models.UUIDField(verbose_name='kto stwierdził')),
                    ('valid_from', models.DateField(verbose_name='ważne od')),
                    ('valid_to', models.DateField(blank=True, null=True, verbose_name='ważne do')),
                    ('dwelling', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='residents.dwelling', verbose_name='lokal')),
                    ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='residents.person', verbose_name='osoba')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='residents.residencyproof')),
                ],
                options={
                    'abstract': False,
                },
            ), pgtrigger.migrations.AddTrigger(
                model_name='streetplace',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "residents_streetplaceevent" ("id", "latitude", "licence", "longitude", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "search", "source", "street") VALUES (NEW."id", NEW."latitude", NEW."licence", NEW."longitude", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."search", NEW."source", NEW."street"); RETURN NULL;', hash='8301eb4585f99a3294b6c8bbb2a4f211b12b366e', operation='INSERT', pgid='pgtrigger_insert_insert_2381a', table='residents_streetplace', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='streetplace',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "residents_streetplaceevent" ("id", "latitude", "licence", "longitude", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "search", "source", "street") VALUES (NEW."id", NEW."latitude", NEW."licence", NEW."longitude", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."search", NEW."source", NEW."street"); RETURN NULL;', hash='b4f2ce0e819bfc7b9a1c1d65ad137203a98ef30c', operation='UPDATE', pgid='pgtrigger_update_update_19421', table='residents_streetplace', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='streetplace',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "residents_streetplaceevent" ("id", "latitude", "licence", "longitude", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "search", "source", "street") VALUES (OLD."id", OLD."latitude", OLD."licence", OLD."longitude", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."search", OLD."source", OLD."street"); RETURN NULL;', hash='84f00fabc1609505207485a6919f9da6c961efc5', operation='DELETE', pgid='pgtrigger_delete_delete_03300', table='residents_streetplace', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='person',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "residents_personevent" ("account_id", "born_on", "created_at", "email", "first_name", "id", "last_name", "mail_address", "merged_into_id", "pesel", "pesel_lookup", "pesel_seen_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "search") VALUES (NEW."account_id", NEW."born_on", NEW."created_at", NEW."email", NEW."first_name", NEW."id", NEW."last_name", NEW."mail_address", NEW."merged_into_id", NEW."pesel", NEW."pesel_lookup", NEW."pesel_seen_at", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."search"); RETURN NULL;', hash='e8e576a45c38b44e8744af142b5b448c8b1e0dc0', operation='INSERT', pgid='pgtrigger_insert_insert_e6acb', table='residents_person', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='person',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "residents_personevent" ("account_id", "born_on", "created_at", "email", "first_name", "id", "last_name", "mail_address", "merged_into_id", "pesel", "pesel_lookup", "pesel_seen_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "search") VALUES (NEW."account_id", NEW."born_on", NEW."created_at", NEW."email", NEW."first_name", NEW."id", NEW."last_name", NEW."mail_address", NEW."merged_into_id", NEW."pesel", NEW."pesel_lookup", NEW."pesel_seen_at", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."search"); RETURN NULL;', hash='a39c7e92f7195059aed1648e4a21dd0e1c0746af', operation='UPDATE', pgid='pgtrigger_update_update_39e95', table='residents_person', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='person',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "residents_personevent" ("account_id", "born_on", "created_at", "email", "first_name", "id", "last_name", "mail_address", "merged_into_id", "pesel", "pesel_lookup", "pesel_seen_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "search") VALUES (OLD."account_id", OLD."born_on", OLD."created_at", OLD."email", OLD."first_name", OLD."id", OLD."last_name", OLD."mail_address", OLD."merged_into_id", OLD."pesel", OLD."pesel_lookup", OLD."pesel_seen_at", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."phone", OLD."search"); RETURN NULL;', hash='0f6a5b89adf91957085c8f4e5262525f92680524', operation='DELETE', pgid='pgtrigger_delete_delete_27330', table='residents_person', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='identityconfirmation',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "residents_identityconfirmationevent" ("at", "confirmed_by", "how", "id", "level", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at") VALUES (NEW."at", NEW."confirmed_by", NEW."how", NEW."id", NEW."level", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."revoked_at"); RETURN NULL;', hash='2e667318e2f33e1c43fee444dcca1468a4d75101', operation='INSERT', pgid='pgtrigger_insert_insert_86628', table='residents_identityconfirmation', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='identityconfirmation',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "residents_identityconfirmationevent" ("at", "confirmed_by", "how", "id", "level", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at") VALUES (NEW."at", NEW."confirmed_by", NEW."how", NEW."id", NEW."level", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."revoked_at"); RETURN NULL;', hash='17e9ff621f3434b3d9b9fff04951b2e8f1eeb2b4', operation='UPDATE', pgid='pgtrigger_update_update_b3b2e', table='residents_identityconfirmation', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='identityconfirmation',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "residents_identityconfirmationevent" ("at", "confirmed_by", "how", "id", "level", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at") VALUES (OLD."at", OLD."confirmed_by", OLD."how", OLD."id", OLD."level", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."revoked_at"); RETURN NULL;', hash='7b18728556e60629955a4431839f1c35a63cfdc0', operation='DELETE', pgid='pgtrigger_delete_delete_c44ba', table='residents_identityconfirmation', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='consent',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "residents_consentevent" ("channel", "given_at", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "source", "withdrawn_at", "wording") VALUES (NEW."channel", NEW."given_at", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."purpose", NEW."source", NEW."withdrawn_at", NEW."wording"); RETURN NULL;', hash='d1b3145072851cc549a642067c20e43d506f9e90', operation='INSERT', pgid='pgtrigger_insert_insert_e6652', table='residents_consent', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='consent',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "residents_consentevent" ("channel", "given_at", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "source", "withdrawn_at", "wording") VALUES (NEW."channel", NEW."given_at", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."purpose", NEW."source", NEW."withdrawn_at", NEW."wording"); RETURN NULL;', hash='4f5e99fe30fe753dfb2cf5577f94f3c86d3f4b42', operation='UPDATE', pgid='pgtrigger_update_update_0e3c2', table='residents_consent', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='consent',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "residents_consentevent" ("channel", "given_at", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "source", "withdrawn_at", "wording") VALUES (OLD."channel", OLD."given_at", OLD."id", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."purpose", OLD."source", OLD."withdrawn_at", OLD."wording"); RETURN NULL;', hash='d1ea0e5f6e878faee0c2a997e9e0d97d98f32b9f', operation='DELETE', pgid='pgtrigger_delete_delete_34fd9', table='residents_consent', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='residencyproof',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "residents_residencyproofevent" ("basis", "dwelling_id", "granted_by", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from", "valid_to") VALUES (NEW."basis", NEW."dwelling_id", NEW."granted_by", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."valid_from", NEW."valid_to"); RETURN NULL;', hash='8f883228f5b6f7828e2acb50551fd92590965918', operation='INSERT', pgid='pgtrigger_insert_insert_b8ad7', table='residents_residencyproof', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='residencyproof',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "residents_residencyproofevent" ("basis", "dwelling_id", "granted_by", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from", "valid_to") VALUES (NEW."basis", NEW."dwelling_id", NEW."granted_by", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."valid_from", NEW."valid_to"); RETURN NULL;', hash='0910440378441714a58d50fe649822ffb0a35c6d', operation='UPDATE', pgid='pgtrigger_update_update_9182b', table='residents_residencyproof', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='residencyproof',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "residents_residencyproofevent" ("basis", "dwelling_id", "granted_by", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from", "valid_to") VALUES (OLD."basis", OLD."dwelling_id", OLD."granted_by", OLD."id", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."valid_from", OLD."valid_to"); RETURN NULL;', hash='5e7f1c5545d72bfec708d4a44b905f5db7da3d2c', operation='DELETE', pgid='pgtrigger_delete_delete_4c576', table='residents_residencyproof', when='AFTER')),
            )],
        ),
    ]
