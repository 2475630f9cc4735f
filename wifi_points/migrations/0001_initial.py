import accounts.at_once
import django.contrib.postgres.constraints
import django.contrib.postgres.operations
import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
import wifi_points.models.faults
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('office', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        django.contrib.postgres.operations.BtreeGistExtension(
        ),
        accounts.at_once.AtOnce(
            operations=[migrations.CreateModel(
                name='Installer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('email', models.EmailField(max_length=254, unique=True, verbose_name='adres e-mail')),
                    ('company', models.CharField(max_length=120, verbose_name='firma')),
                    ('invited_by', models.UUIDField(verbose_name='kto zaprosił')),
                    ('invited_at', models.DateTimeField(verbose_name='kiedy')),
                ],
                options={
                    'verbose_name': 'instalator',
                    'verbose_name_plural': 'instalatorzy',
                    'ordering': ['company'],
                },
            ), migrations.CreateModel(
                name='Programme',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=120, unique=True, verbose_name='nazwa')),
                    ('fund', models.CharField(max_length=120, verbose_name='źródło pieniędzy')),
                    ('voucher_euro', models.PositiveIntegerField(blank=True, null=True, verbose_name='bon w euro')),
                    ('grant_number', models.CharField(blank=True, max_length=60, verbose_name='numer umowy')),
                    ('grant_signed_on', models.DateField(blank=True, null=True, verbose_name='umowa z dnia')),
                    ('duty_from', models.DateField(blank=True, help_text='Dzień, od którego program liczy obowiązek, na przykład uruchomienie sieci. Puste: obowiązek jeszcze nie biegnie.', null=True, verbose_name='utrzymanie liczone od')),
                    ('reminded_of', models.DateField(blank=True, editable=False, null=True, verbose_name='przypomniano o końcu')),
                    ('source', models.CharField(max_length=300, verbose_name='skąd to wiadomo')),
                    ('needs_confirmation', models.BooleanField(default=True, verbose_name='do potwierdzenia')),
                    ('is_sample', models.BooleanField(default=False, verbose_name='przykładowy')),
                ],
                options={
                    'verbose_name': 'program',
                    'verbose_name_plural': 'programy',
                    'ordering': ['name'],
                },
            ), migrations.CreateModel(
                name='AccessPoint',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('number', models.PositiveSmallIntegerField(verbose_name='numer punktu')),
                    ('kind', models.CharField(choices=[('town-hall', 'urząd, budynek administracji'), ('health', 'przychodnia, szpital'), ('square', 'plac'), ('park', 'park'), ('street', 'ulica'), ('stop', 'przystanek'), ('metro', 'metro'), ('railway', 'dworzec kolejowy'), ('airport', 'lotnisko'), ('sport', 'hala sportowa, stadion'), ('school', 'szkoła, uczelnia'), ('library', 'biblioteka'), ('culture', 'muzeum, ośrodek kultury'), ('sights', 'zabytek, miejsce turystyczne'), ('shopping', 'centrum handlowe'), ('other', 'inne')], max_length=10, verbose_name='rodzaj miejsca')),
                    ('place', models.CharField(help_text='Jak mówią mieszkańcy: „Park nad Radunią, altana”.', max_length=100, verbose_name='miejsce')),
                    ('address', models.CharField(blank=True, max_length=120, verbose_name='ulica i numer')),
                    ('latitude', models.DecimalField(decimal_places=6, max_digits=8, verbose_name='szerokość geograficzna')),
                    ('longitude', models.DecimalField(decimal_places=6, max_digits=8, verbose_name='długość geograficzna')),
                    ('is_indoor', models.BooleanField(verbose_name='w budynku')),
                    ('brand', models.CharField(max_length=60, verbose_name='marka')),
                    ('model', models.CharField(max_length=60, verbose_name='model')),
                    ('serial', models.CharField(max_length=60, verbose_name='numer seryjny')),
                    ('mac', models.CharField(max_length=17, validators=[django.core.validators.RegexValidator('\\A[0-9a-f]{2}(:[0-9a-f]{2}){5}\\Z', 'Adres MAC ma postać aa:bb:cc:dd:ee:ff.')], verbose_name='adres MAC')),
                    ('installed_on', models.DateField(blank=True, null=True, verbose_name='zamontowany dnia')),
                    ('removed_on', models.DateField(blank=True, null=True, verbose_name='zdjęty dnia')),
                    ('replaced_by', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaces', to='wifi_points.accesspoint', verbose_name='zastąpiony przez')),
                    ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='points', to='wifi_points.network', verbose_name='sieć')),
                ],
                options={
                    'verbose_name': 'punkt dostępu',
                    'verbose_name_plural': 'punkty dostępu',
                    'ordering': ['network__number', 'number'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('removed_on', None)), fields=('network', 'number'), name='wifi_points_point_number_once'), models.UniqueConstraint(condition=models.Q(('removed_on', None)), fields=('serial',), name='wifi_points_serial_once'), models.UniqueConstraint(condition=models.Q(('removed_on', None)), fields=('mac',), name='wifi_points_mac_once')],
                },
            ), migrations.CreateModel(
                name='Network',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('number', models.PositiveSmallIntegerField(unique=True, verbose_name='numer sieci')),
                    ('name', models.CharField(max_length=100, validators=[django.core.validators.RegexValidator('\\A[A-Za-z0-9][A-Za-z0-9 .,()/-]*\\Z', 'Nazwa sieci: litery bez polskich znaków, cyfry, spacje i . , ( ) / -')], verbose_name='nazwa sieci')),
                    ('ssid', models.CharField(default='WiFi4EU', max_length=32, verbose_name='nazwa w telefonie (SSID)')),
                    ('portal_url', models.CharField(max_length=200, unique=True, validators=[django.core.validators.RegexValidator('\\Ahttps?://[0-9a-z][0-9a-z.-]*(:[0-9]{1,5})?(/[0-9a-z./-]*)?\\Z', 'Adres zaczyna się od https:// i ma tylko małe litery, cyfry oraz znaki - . : /')], verbose_name='adres strony powitalnej')),
                    ('network_identifier', models.UUIDField(blank=True, help_text='Nadaje go portal Komisji, osobno każdej sieci.', null=True, unique=True, verbose_name='identyfikator z portalu UE')),
                    ('status', models.CharField(choices=[('planned', 'w budowie'), ('confirmed', 'potwierdzona przez instalatora'), ('revision', 'do poprawy'), ('approved', 'zatwierdzona'), ('live', 'uruchomiona'), ('closed', 'zlikwidowana')], default='planned', max_length=10, verbose_name='stan')),
                    ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='wersja')),
                    ('is_self_testing', models.BooleanField(default=True, editable=False, verbose_name='autotest włączony')),
                    ('probing', models.CharField(choices=[('http', 'strona powitalna (HTTP albo HTTPS)'), ('tcp', 'samo połączenie TCP'), ('none', 'bez sprawdzania')], default='http', max_length=4, verbose_name='sprawdzanie')),
                    ('confirmed_by', models.UUIDField(blank=True, editable=False, null=True, verbose_name='kto potwierdził')),
                    ('confirmed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='potwierdzona')),
                    ('live_since', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='działa od')),
                    ('closed_on', models.DateField(blank=True, editable=False, null=True, verbose_name='zlikwidowana dnia')),
                    ('is_sample', models.BooleanField(default=False, verbose_name='przykładowa')),
                    ('installer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='networks', to='wifi_points.installer', verbose_name='instalator')),
                    ('replaced_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaces', to='wifi_points.network', verbose_name='zastąpiona przez')),
                    ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='networks', to='wifi_points.programme', verbose_name='program')),
                ],
                options={
                    'verbose_name': 'sieć',
                    'verbose_name_plural': 'sieci',
                    'ordering': ['number'],
                    'permissions': [('approve_network', 'zatwierdza sieci WiFi'), ('keep_network', 'opiekuje się sieciami WiFi: awarie, pomiary, dowody')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['planned', 'confirmed', 'revision', 'approved', 'live', 'closed'])), name='wifi_points_network_status'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'live'), _negated=True), models.Q(('is_self_testing', False), ('live_since__isnull', False), ('network_identifier__isnull', False)), _connector='OR'), name='wifi_points_live_is_complete')],
                },
            ), migrations.CreateModel(
                name='InventoryLoad',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField(verbose_name='kiedy')),
                    ('by', models.UUIDField(verbose_name='kto wczytał')),
                    ('sha256', models.CharField(max_length=64, verbose_name='skrót pliku')),
                    ('version', models.PositiveIntegerField(verbose_name='wersja sieci')),
                    ('new', models.PositiveIntegerField(verbose_name='nowych')),
                    ('changed', models.PositiveIntegerField(verbose_name='zmienionych')),
                    ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inventory_loads', to='wifi_points.network', verbose_name='sieć')),
                ],
                options={
                    'verbose_name': 'wczytanie wykazu',
                    'verbose_name_plural': 'wczytania wykazów',
                    'ordering': ['-at', '-pk'],
                },
            ), migrations.CreateModel(
                name='CaptiveCheck',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField(verbose_name='kiedy')),
                    ('sha256', models.CharField(max_length=64, verbose_name='skrót strony')),
                    ('mistakes', models.PositiveIntegerField(verbose_name='błędów')),
                    ('by', models.UUIDField(verbose_name='kto sprawdził')),
                    ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='captive_checks', to='wifi_points.network', verbose_name='sieć')),
                ],
                options={
                    'verbose_name': 'sprawdzenie strony powitalnej',
                    'verbose_name_plural': 'sprawdzenia stron powitalnych',
                    'ordering': ['-at'],
                },
            ), migrations.CreateModel(
                name='AccessPointEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                    ('number', models.PositiveSmallIntegerField(verbose_name='numer punktu')),
                    ('kind', models.CharField(choices=[('town-hall', 'urząd, budynek administracji'), ('health', 'przychodnia, szpital'), ('square', 'plac'), ('park', 'park'), ('street', 'ulica'), ('stop', 'przystanek'), ('metro', 'metro'), ('railway', 'dworzec kolejowy'), ('airport', 'lotnisko'), ('sport', 'hala sportowa, stadion'), ('school', 'szkoła, uczelnia'), ('library', 'biblioteka'), ('culture', 'muzeum, ośrodek kultury'), ('sights', 'zabytek, miejsce turystyczne'), ('shopping', 'centrum handlowe'), ('other', 'inne')], max_length=10, verbose_name='rodzaj miejsca')),
                    ('place', models.CharField(help_text='Jak mówią mieszkańcy: „Park nad Radunią, altana”.', max_length=100, verbose_name='miejsce')),
                    ('address', models.CharField(blank=True, max_length=120, verbose_name='ulica i numer')),
                    ('latitude', models.DecimalField(decimal_places=6, max_digits=8, verbose_name='szerokość geograficzna')),
                    ('longitude', models.DecimalField(decimal_places=6, max_digits=8, verbose_name='długość geograficzna')),
                    ('is_indoor', models.BooleanField(verbose_name='w budynku')),
                    ('brand', models.CharField(max_length=60, verbose_name='marka')),
                    ('model', models.CharField(max_length=60, verbose_name='model')),
                    ('serial', models.CharField(max_length=60, verbose_name='numer seryjny')),
                    ('mac', models.CharField(max_length=17, validators=[django.core.validators.RegexValidator('\\A[0-9a-f]{2}(:[0-9a-f]{2}){5}\\Z', 'Adres MAC ma postać aa:bb:cc:dd:ee:ff.')], verbose_name='adres MAC')),
                    ('installed_on', models.DateField(blank=True, null=True, verbose_name='zamontowany dnia')),
                    ('removed_on', models.DateField(blank=True, null=True, verbose_name='zdjęty dnia')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='wifi_points.accesspoint')),
                    ('replaced_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='wifi_points.accesspoint', verbose_name='zastąpiony przez')),
                    ('network', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='wifi_points.network', verbose_name='sieć')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='Norm',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('valid_from', models.DateField(verbose_name='obowiązuje od')),
                    ('valid_to', models.DateField(blank=True, help_text='Włącznie. Puste: bezterminowo.', null=True, verbose_name='obowiązuje do')),
                    ('source', models.CharField(help_text='Ustawa, uchwała albo zarządzenie, z numerem.', max_length=300, verbose_name='podstawa')),
                    ('needs_confirmation', models.BooleanField(default=False, help_text='Źródła jeszcze nie sprawdzono; mieszkaniec zobaczy ten znak.', verbose_name='do potwierdzenia')),
                    ('code', models.CharField(choices=[('duty-months', 'ile miesięcy trzeba utrzymać sieć'), ('evidence-months', 'ile miesięcy po obowiązku trzymać dowody'), ('least-mbps', 'najmniejsza prędkość, Mb/s'), ('small-cell', 'od ilu sesji publikujemy miesiąc'), ('remind-days', 'ile dni przed końcem obowiązku albo gwarancji przypomnieć')], max_length=16, verbose_name='co')),
                    ('value', models.PositiveIntegerField(verbose_name='ile')),
                ],
                options={
                    'verbose_name': 'norma',
                    'verbose_name_plural': 'normy',
                    'ordering': ['code', '-valid_from'],
                    'abstract': False,
                    'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='wifi_points_norm_dates_in_order')],
                },
            ), migrations.CreateModel(
                name='Outage',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('started_at', models.DateTimeField(verbose_name='od')),
                    ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='do')),
                    ('cause', models.CharField(choices=[('unknown', 'jeszcze nieznana'), ('power', 'brak prądu'), ('uplink', 'łącze operatora'), ('device', 'urządzenie'), ('portal', 'strona powitalna'), ('settings', 'konfiguracja'), ('works', 'prace w terenie'), ('vandalism', 'uszkodzenie przez kogoś')], default='unknown', max_length=10, verbose_name='przyczyna')),
                    ('seen_by', models.CharField(choices=[('probe', 'portal, przy sprawdzaniu'), ('report', 'zgłoszenie'), ('officer', 'opiekun')], max_length=8, verbose_name='kto zauważył')),
                    ('note', models.CharField(blank=True, max_length=300, verbose_name='uwagi')),
                    ('access_point', models.ForeignKey(blank=True, help_text='Puste: cała sieć.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='outages', to='wifi_points.accesspoint', verbose_name='punkt')),
                    ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outages', to='wifi_points.network', verbose_name='sieć')),
                ],
                options={
                    'verbose_name': 'awaria',
                    'verbose_name_plural': 'awarie',
                    'ordering': ['-started_at'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('ended_at', None), ('ended_at__gt', models.F('started_at')), _connector='OR'), name='wifi_points_outage_ends_after_start'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('access_point__isnull', False)), expressions=[('access_point', '='), (wifi_points.models.faults.MomentRange('started_at', 'ended_at'), '&&')], name='wifi_points_outages_of_a_point_apart'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('access_point__isnull', True)), expressions=[('network', '='), (wifi_points.models.faults.MomentRange('started_at', 'ended_at'), '&&')], name='wifi_points_outages_of_a_network_apart')],
                },
            ), migrations.CreateModel(
                name='OutageEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                    ('started_at', models.DateTimeField(verbose_name='od')),
                    ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='do')),
                    ('cause', models.CharField(choices=[('unknown', 'jeszcze nieznana'), ('power', 'brak prądu'), ('uplink', 'łącze operatora'), ('device', 'urządzenie'), ('portal', 'strona powitalna'), ('settings', 'konfiguracja'), ('works', 'prace w terenie'), ('vandalism', 'uszkodzenie przez kogoś')], default='unknown', max_length=10, verbose_name='przyczyna')),
                    ('seen_by', models.CharField(choices=[('probe', 'portal, przy sprawdzaniu'), ('report', 'zgłoszenie'), ('officer', 'opiekun')], max_length=8, verbose_name='kto zauważył')),
                    ('note', models.CharField(blank=True, max_length=300, verbose_name='uwagi')),
                    ('access_point', models.ForeignKey(blank=True, db_constraint=False, help_text='Puste: cała sieć.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='wifi_points.accesspoint', verbose_name='punkt')),
                    ('network', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='wifi_points.network', verbose_name='sieć')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='wifi_points.outage')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='Probe',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('at', models.DateTimeField(verbose_name='kiedy')),
                    ('outcome', models.CharField(choices=[('up', 'działa'), ('slow', 'działa, ale wolno'), ('timeout', 'nie odpowiada na czas'), ('refused', 'odmawia połączenia'), ('certificate', 'zły certyfikat'), ('redirect', 'przekierowuje gdzie indziej'), ('rubbish', 'odpowiada czymś innym niż strona'), ('failing', 'odpowiada błędem'), ('no-name', 'nie ma takiej nazwy w DNS'), ('not-allowed', 'adres spoza dozwolonych')], max_length=12, verbose_name='wynik')),
                    ('milliseconds', models.PositiveIntegerField(verbose_name='ms')),
                    ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='probes', to='wifi_points.network', verbose_name='sieć')),
                ],
                options={
                    'verbose_name': 'sprawdzenie',
                    'verbose_name_plural': 'sprawdzenia',
                    'ordering': ['-at'],
                    'indexes': [models.Index(fields=['network', '-at'], name='wifi_points_network_389c90_idx')],
                },
            ), migrations.CreateModel(
                name='ProbeHost',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('valid_from', models.DateField(verbose_name='obowiązuje od')),
                    ('valid_to', models.DateField(blank=True, help_text='Włącznie. Puste: bezterminowo.', null=True, verbose_name='obowiązuje do')),
                    ('source', models.CharField(help_text='Ustawa, uchwała albo zarządzenie, z numerem.', max_length=300, verbose_name='podstawa')),
                    ('needs_confirmation', models.BooleanField(default=False, help_text='Źródła jeszcze nie sprawdzono; mieszkaniec zobaczy ten znak.', verbose_name='do potwierdzenia')),
                    ('host', models.CharField(max_length=120, verbose_name='host')),
                    ('port', models.PositiveIntegerField(default=443, verbose_name='port')),
                ],
                options={
                    'verbose_name': 'host do sprawdzania',
                    'verbose_name_plural': 'hosty do sprawdzania',
                    'ordering': ['host', 'port'],
                    'abstract': False,
                    'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='wifi_points_probehost_dates_in_order')],
                },
            ), migrations.CreateModel(
                name='NetworkEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                    ('number', models.PositiveSmallIntegerField(verbose_name='numer sieci')),
                    ('name', models.CharField(max_length=100, validators=[django.core.validators.RegexValidator('\\A[A-Za-z0-9][A-Za-z0-9 .,()/-]*\\Z', 'Nazwa sieci: litery bez polskich znaków, cyfry, spacje i . , ( ) / -')], verbose_name='nazwa sieci')),
                    ('ssid', models.CharField(default='WiFi4EU', max_length=32, verbose_name='nazwa w telefonie (SSID)')),
                    ('portal_url', models.CharField(max_length=200, validators=[django.core.validators.RegexValidator('\\Ahttps?://[0-9a-z][0-9a-z.-]*(:[0-9]{1,5})?(/[0-9a-z./-]*)?\\Z', 'Adres zaczyna się od https:// i ma tylko małe litery, cyfry oraz znaki - . : /')], verbose_name='adres strony powitalnej')),
                    ('network_identifier', models.UUIDField(blank=True, help_text='Nadaje go portal Komisji, osobno każdej sieci.', null=True, verbose_name='identyfikator z portalu UE')),
                    ('status', models.CharField(choices=[('planned', 'w budowie'), ('confirmed', 'potwierdzona przez instalatora'), ('revision', 'do poprawy'), ('approved', 'zatwierdzona'), ('live', 'uruchomiona'), ('closed', 'zlikwidowana')], default='planned', max_length=10, verbose_name='stan')),
                    ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='wersja')),
                    ('is_self_testing', models.BooleanField(default=True, editable=False, verbose_name='autotest włączony')),
                    ('probing', models.CharField(choices=[('http', 'strona powitalna (HTTP albo HTTPS)'), ('tcp', 'samo połączenie TCP'), ('none', 'bez sprawdzania')], default='http', max_length=4, verbose_name='sprawdzanie')),
                    ('confirmed_by', models.UUIDField(blank=True, editable=False, null=True, verbose_name='kto potwierdził')),
                    ('confirmed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='potwierdzona')),
                    ('live_since', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='działa od')),
                    ('closed_on', models.DateField(blank=True, editable=False, null=True, verbose_name='zlikwidowana dnia')),
                    ('is_sample', models.BooleanField(default=False, verbose_name='przykładowa')),
                    ('installer', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='wifi_points.installer', verbose_name='instalator')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='wifi_points.network')),
                    ('replaced_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='wifi_points.network', verbose_name='zastąpiona przez')),
                    ('programme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='wifi_points.programme', verbose_name='program')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='Requirement',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('valid_from', models.DateField(verbose_name='obowiązuje od')),
                    ('valid_to', models.DateField(blank=True, help_text='Włącznie. Puste: bezterminowo.', null=True, verbose_name='obowiązuje do')),
                    ('source', models.CharField(help_text='Ustawa, uchwała albo zarządzenie, z numerem.', max_length=300, verbose_name='podstawa')),
                    ('needs_confirmation', models.BooleanField(default=False, help_text='Źródła jeszcze nie sprawdzono; mieszkaniec zobaczy ten znak.', verbose_name='do potwierdzenia')),
                    ('code', models.SlugField(max_length=30, verbose_name='kod')),
                    ('text', models.CharField(max_length=300, verbose_name='wymaganie')),
                    ('is_mandatory', models.BooleanField(default=True, verbose_name='warunek uruchomienia')),
                ],
                options={
                    'verbose_name': 'wymaganie',
                    'verbose_name_plural': 'wymagania',
                    'ordering': ['-is_mandatory', 'code', '-valid_from'],
                    'abstract': False,
                    'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='wifi_points_requirement_dates_in_order')],
                },
            ), migrations.CreateModel(
                name='Evidence',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('note', models.CharField(max_length=300, verbose_name='czym to wykazano')),
                    ('by', models.UUIDField(verbose_name='kto dodał')),
                    ('at', models.DateTimeField(verbose_name='kiedy')),
                    ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='wifi_evidence', to='office.storedfile', verbose_name='plik')),
                    ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='wifi_points.network', verbose_name='sieć')),
                    ('requirement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='wifi_points.requirement', verbose_name='wymaganie')),
                ],
                options={
                    'verbose_name': 'dowód',
                    'verbose_name_plural': 'dowody',
                    'ordering': ['-at'],
                },
            ), migrations.CreateModel(
                name='SpeedTest',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('measured_at', models.DateTimeField(verbose_name='zmierzono')),
                    ('down_mbps', models.DecimalField(decimal_places=2, max_digits=7, validators=[django.core.validators.MinValueValidator(0)], verbose_name='pobieranie, Mb/s')),
                    ('up_mbps', models.DecimalField(blank=True, decimal_places=2, max_digits=7, null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='wysyłanie, Mb/s')),
                    ('is_imported', models.BooleanField(default=False, verbose_name='z pliku')),
                    ('by', models.UUIDField(verbose_name='kto wpisał')),
                    ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='speed_tests', to='wifi_points.network', verbose_name='sieć')),
                ],
                options={
                    'verbose_name': 'pomiar prędkości',
                    'verbose_name_plural': 'pomiary prędkości',
                    'ordering': ['-measured_at'],
                    'constraints': [models.UniqueConstraint(fields=('network', 'measured_at'), name='wifi_points_one_speed_a_moment')],
                },
            ), migrations.CreateModel(
                name='Ticket',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('status', models.CharField(choices=[('new', 'zgłoszone'), ('confirmed', 'potwierdzona awaria'), ('dismissed', 'punkt działał'), ('repaired', 'naprawione')], default='new', max_length=10, verbose_name='stan')),
                    ('opened_at', models.DateTimeField(verbose_name='pierwsze zgłoszenie')),
                    ('access_point', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tickets', to='wifi_points.accesspoint', verbose_name='punkt')),
                    ('outage', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tickets', to='wifi_points.outage', verbose_name='awaria')),
                ],
                options={
                    'verbose_name': 'zgłoszenie usterki',
                    'verbose_name_plural': 'zgłoszenia usterek',
                    'ordering': ['-opened_at'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('status__in', ['new', 'confirmed'])), fields=('access_point',), name='wifi_points_one_open_ticket'), models.CheckConstraint(condition=models.Q(('status__in', ['new', 'confirmed', 'dismissed', 'repaired'])), name='wifi_points_ticket_status')],
                },
            ), migrations.CreateModel(
                name='FaultReport',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('fault', models.CharField(choices=[('no-network', 'nie widać sieci'), ('no-page', 'nie otwiera się strona powitalna'), ('no-internet', 'jest połączenie, ale nie ma internetu'), ('slow', 'działa bardzo wolno')], max_length=12, verbose_name='co się dzieje')),
                    ('at', models.DateTimeField(verbose_name='kiedy')),
                    ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='wifi_points.ticket', verbose_name='zgłoszenie')),
                ],
                options={
                    'verbose_name': 'głos o usterce',
                    'verbose_name_plural': 'głosy o usterkach',
                    'ordering': ['at'],
                },
            ), migrations.CreateModel(
                name='TicketEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                    ('status', models.CharField(choices=[('new', 'zgłoszone'), ('confirmed', 'potwierdzona awaria'), ('dismissed', 'punkt działał'), ('repaired', 'naprawione')], default='new', max_length=10, verbose_name='stan')),
                    ('opened_at', models.DateTimeField(verbose_name='pierwsze zgłoszenie')),
                    ('access_point', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='wifi_points.accesspoint', verbose_name='punkt')),
                    ('outage', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='wifi_points.outage', verbose_name='awaria')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='wifi_points.ticket')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='UsageMonth',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('month', models.DateField(verbose_name='miesiąc')),
                    ('sessions', models.PositiveIntegerField(verbose_name='sesje')),
                    ('gigabytes', models.DecimalField(decimal_places=2, max_digits=10, validators=[django.core.validators.MinValueValidator(0)], verbose_name='GB')),
                    ('peak_users', models.PositiveIntegerField(verbose_name='najwięcej naraz')),
                    ('access_point', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='usage', to='wifi_points.accesspoint', verbose_name='punkt')),
                ],
                options={
                    'verbose_name': 'miesiąc użycia',
                    'verbose_name_plural': 'miesiące użycia',
                    'ordering': ['-month'],
                    'constraints': [models.UniqueConstraint(fields=('access_point', 'month'), name='wifi_points_one_usage_a_month'), models.CheckConstraint(condition=models.Q(('month__day', 1)), name='wifi_points_month_is_its_first_day')],
                },
            ), migrations.CreateModel(
                name='Warranty',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('starts_on', models.DateField(verbose_name='gwarancja od')),
                    ('ends_on', models.DateField(verbose_name='gwarancja do')),
                    ('company', models.CharField(max_length=120, verbose_name='kto udzielił')),
                    ('contact', models.CharField(max_length=200, verbose_name='jak zgłosić usterkę')),
                    ('by', models.UUIDField(verbose_name='kto wpisał')),
                    ('at', models.DateTimeField(verbose_name='wpisano')),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='wycofano')),
                    ('reminded_of', models.DateField(blank=True, null=True, verbose_name='przypomniano o końcu')),
                    ('access_point', models.ForeignKey(blank=True, help_text='Puste: cała sieć.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='warranties', to='wifi_points.accesspoint', verbose_name='punkt')),
                    ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='wifi_warranties', to='office.storedfile', verbose_name='plik')),
                    ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='warranties', to='wifi_points.network', verbose_name='sieć')),
                ],
                options={
                    'verbose_name': 'gwarancja',
                    'verbose_name_plural': 'gwarancje',
                    'ordering': ['ends_on', 'network__number'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='wifi_points_warranty_days_in_order')],
                },
            ), migrations.CreateModel(
                name='WarrantyEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                    ('starts_on', models.DateField(verbose_name='gwarancja od')),
                    ('ends_on', models.DateField(verbose_name='gwarancja do')),
                    ('company', models.CharField(max_length=120, verbose_name='kto udzielił')),
                    ('contact', models.CharField(max_length=200, verbose_name='jak zgłosić usterkę')),
                    ('by', models.UUIDField(verbose_name='kto wpisał')),
                    ('at', models.DateTimeField(verbose_name='wpisano')),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='wycofano')),
                    ('reminded_of', models.DateField(blank=True, null=True, verbose_name='przypomniano o końcu')),
                    ('access_point', models.ForeignKey(blank=True, db_constraint=False, help_text='Puste: cała sieć.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='wifi_points.accesspoint', verbose_name='punkt')),
                    ('file', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='office.storedfile', verbose_name='plik')),
                    ('network', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='wifi_points.network', verbose_name='sieć')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='wifi_points.warranty')),
                ],
                options={
                    'abstract': False,
                },
            ), pgtrigger.migrations.AddTrigger(
                model_name='inventoryload',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='67b60aadb381bf45fe772aa8be8974a5f6dd61e9', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_24b5d', table='wifi_points_inventoryload', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='accesspoint',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "wifi_points_accesspointevent" ("address", "brand", "id", "installed_on", "is_indoor", "kind", "latitude", "longitude", "mac", "model", "network_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "removed_on", "replaced_by_id", "serial") VALUES (NEW."address", NEW."brand", NEW."id", NEW."installed_on", NEW."is_indoor", NEW."kind", NEW."latitude", NEW."longitude", NEW."mac", NEW."model", NEW."network_id", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place", NEW."removed_on", NEW."replaced_by_id", NEW."serial"); RETURN NULL;', hash='8047524e2ceec999a33ee205f1ef38f683d267bb', operation='INSERT', pgid='pgtrigger_insert_insert_bd758', table='wifi_points_accesspoint', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='accesspoint',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "wifi_points_accesspointevent" ("address", "brand", "id", "installed_on", "is_indoor", "kind", "latitude", "longitude", "mac", "model", "network_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "removed_on", "replaced_by_id", "serial") VALUES (NEW."address", NEW."brand", NEW."id", NEW."installed_on", NEW."is_indoor", NEW."kind", NEW."latitude", NEW."longitude", NEW."mac", NEW."model", NEW."network_id", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place", NEW."removed_on", NEW."replaced_by_id", NEW."serial"); RETURN NULL;', hash='c1a09148bf28b2c40214ee323ca9ccbf853b4ded', operation='UPDATE', pgid='pgtrigger_update_update_3747f', table='wifi_points_accesspoint', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='outage',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "wifi_points_outageevent" ("access_point_id", "cause", "ended_at", "id", "network_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seen_by", "started_at") VALUES (NEW."access_point_id", NEW."cause", NEW."ended_at", NEW."id", NEW."network_id", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."seen_by", NEW."started_at"); RETURN NULL;', hash='abbd15c4a5e44ea82618b526721ab43627a61297', operation='INSERT', pgid='pgtrigger_insert_insert_cbcad', table='wifi_points_outage', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='outage',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "wifi_points_outageevent" ("access_point_id", "cause", "ended_at", "id", "network_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seen_by", "started_at") VALUES (NEW."access_point_id", NEW."cause", NEW."ended_at", NEW."id", NEW."network_id", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."seen_by", NEW."started_at"); RETURN NULL;', hash='8ce08b57292ca38272de60c193b64c8c39a15632', operation='UPDATE', pgid='pgtrigger_update_update_03d90', table='wifi_points_outage', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='network',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "wifi_points_networkevent" ("closed_on", "confirmed_at", "confirmed_by", "id", "installer_id", "is_sample", "is_self_testing", "live_since", "name", "network_identifier", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "portal_url", "probing", "programme_id", "replaced_by_id", "ssid", "status", "version") VALUES (NEW."closed_on", NEW."confirmed_at", NEW."confirmed_by", NEW."id", NEW."installer_id", NEW."is_sample", NEW."is_self_testing", NEW."live_since", NEW."name", NEW."network_identifier", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."portal_url", NEW."probing", NEW."programme_id", NEW."replaced_by_id", NEW."ssid", NEW."status", NEW."version"); RETURN NULL;', hash='54c10788ab74c04501bf005f50452b7d0403ac30', operation='INSERT', pgid='pgtrigger_insert_insert_9583a', table='wifi_points_network', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='network',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "wifi_points_networkevent" ("closed_on", "confirmed_at", "confirmed_by", "id", "installer_id", "is_sample", "is_self_testing", "live_since", "name", "network_identifier", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "portal_url", "probing", "programme_id", "replaced_by_id", "ssid", "status", "version") VALUES (NEW."closed_on", NEW."confirmed_at", NEW."confirmed_by", NEW."id", NEW."installer_id", NEW."is_sample", NEW."is_self_testing", NEW."live_since", NEW."name", NEW."network_identifier", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."portal_url", NEW."probing", NEW."programme_id", NEW."replaced_by_id", NEW."ssid", NEW."status", NEW."version"); RETURN NULL;', hash='540e20724e6d53602e3030ef7e6cfc182b166f10', operation='UPDATE', pgid='pgtrigger_update_update_9b8b8', table='wifi_points_network', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='ticket',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "wifi_points_ticketevent" ("access_point_id", "id", "opened_at", "outage_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "status") VALUES (NEW."access_point_id", NEW."id", NEW."opened_at", NEW."outage_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."status"); RETURN NULL;', hash='7846f69dd184ded6b9560c635fabe131e460cf52', operation='INSERT', pgid='pgtrigger_insert_insert_7343d', table='wifi_points_ticket', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='ticket',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "wifi_points_ticketevent" ("access_point_id", "id", "opened_at", "outage_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "status") VALUES (NEW."access_point_id", NEW."id", NEW."opened_at", NEW."outage_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."status"); RETURN NULL;', hash='a1f65cc6d187fb196568c6cfe3fe097aa9a943e3', operation='UPDATE', pgid='pgtrigger_update_update_644c4', table='wifi_points_ticket', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='warranty',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "wifi_points_warrantyevent" ("access_point_id", "at", "by", "company", "contact", "ends_on", "file_id", "id", "network_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reminded_of", "starts_on", "withdrawn_at") VALUES (NEW."access_point_id", NEW."at", NEW."by", NEW."company", NEW."contact", NEW."ends_on", NEW."file_id", NEW."id", NEW."network_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reminded_of", NEW."starts_on", NEW."withdrawn_at"); RETURN NULL;', hash='1e922d38be454d5188790a33b66e6af8eea9fbb7', operation='INSERT', pgid='pgtrigger_insert_insert_deb2e', table='wifi_points_warranty', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='warranty',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "wifi_points_warrantyevent" ("access_point_id", "at", "by", "company", "contact", "ends_on", "file_id", "id", "network_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reminded_of", "starts_on", "withdrawn_at") VALUES (NEW."access_point_id", NEW."at", NEW."by", NEW."company", NEW."contact", NEW."ends_on", NEW."file_id", NEW."id", NEW."network_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reminded_of", NEW."starts_on", NEW."withdrawn_at"); RETURN NULL;', hash='57752586cef8fa9a7a171472453a1b5c15ad3615', operation='UPDATE', pgid='pgtrigger_update_update_0f5d8', table='wifi_points_warranty', when='AFTER')),
            )],
        ),
    ]
