import accounts.at_once
import accounts.encryption
import announcements.languages
import announcements.models.followers
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
        ('residents', '0001_initial'),
    ]

    operations = [
        accounts.at_once.AtOnce(
            operations=[migrations.CreateModel(
                name='Choice',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('channel', models.CharField(choices=[('email', 'e-mail'), ('sms', 'SMS'), ('push', 'powiadomienie')], max_length=10)),
                    ('follower', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='choices', to='announcements.follower')),
                    ('topic', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='choices', to='announcements.topic')),
                ],
                options={
                    'indexes': [models.Index(fields=['topic', 'channel'], name='announcemen_topic_i_3d6793_idx')],
                    'constraints': [models.UniqueConstraint(fields=('follower', 'topic', 'channel'), name='announcements_choice_once')],
                },
            ), migrations.CreateModel(
                name='Collection',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('planned_day', models.DateField(verbose_name='pierwotny dzień')),
                    ('day', models.DateField(db_index=True, verbose_name='dzień')),
                    ('uid', models.UUIDField(editable=False)),
                    ('sequence', models.PositiveSmallIntegerField(default=0, editable=False)),
                    ('cancelled_at', models.DateTimeField(editable=False, null=True, verbose_name='odwołany')),
                    ('change_reason', models.CharField(blank=True, max_length=200, verbose_name='powód zmiany')),
                    ('fraction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='collections', to='announcements.fraction', verbose_name='frakcja')),
                    ('route', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='collections', to='announcements.route', verbose_name='trasa')),
                ],
                options={
                    'verbose_name': 'termin odbioru',
                    'verbose_name_plural': 'terminy odbioru',
                    'ordering': ['day', 'fraction__order'],
                    'constraints': [models.UniqueConstraint(fields=('route', 'fraction', 'planned_day'), name='announcements_collection_once')],
                },
            ), migrations.CreateModel(
                name='Fraction',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.SlugField(unique=True, verbose_name='kod')),
                    ('name', models.CharField(max_length=80, unique=True, verbose_name='nazwa')),
                    ('colour', models.CharField(blank=True, max_length=40, verbose_name='kolor worka lub pojemnika')),
                    ('order', models.PositiveSmallIntegerField(default=1, verbose_name='kolejność')),
                ],
                options={
                    'verbose_name': 'odbierana frakcja',
                    'verbose_name_plural': 'odbierane frakcje',
                    'ordering': ['order'],
                },
            ), migrations.CreateModel(
                name='Route',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('area', models.CharField(max_length=40, verbose_name='rejon')),
                    ('building', models.CharField(choices=[('house', 'dom jednorodzinny'), ('block', 'budynek wielorodzinny')], max_length=5, verbose_name='zabudowa')),
                    ('schedule', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='routes', to='announcements.schedule', verbose_name='harmonogram')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('schedule', 'area', 'building'), name='announcements_route_once')],
                },
            ), migrations.CreateModel(
                name='ScheduleEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                    ('name', models.CharField(max_length=120, verbose_name='nazwa')),
                    ('valid_from', models.DateField(verbose_name='od')),
                    ('valid_to', models.DateField(verbose_name='do')),
                    ('source', models.CharField(max_length=300, verbose_name='podstawa')),
                    ('is_sample', models.BooleanField(default=False, verbose_name='przykładowy')),
                    ('published_at', models.DateTimeField(editable=False, null=True, verbose_name='ogłoszony')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='announcements.schedule')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='Sender',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.SlugField(unique=True, verbose_name='kod')),
                    ('name', models.CharField(max_length=120, verbose_name='nadawca')),
                    ('contact', models.CharField(max_length=200, verbose_name='kontakt')),
                    ('may_alert', models.BooleanField(default=False, verbose_name='wydaje ostrzeżenia')),
                    ('accepts_replies', models.BooleanField(default=False, verbose_name='przyjmuje odpowiedzi')),
                    ('is_active', models.BooleanField(default=True, verbose_name='czynny')),
                    ('topics', models.ManyToManyField(related_name='senders', to='announcements.topic', verbose_name='tematy')),
                ],
                options={
                    'verbose_name': 'nadawca',
                    'verbose_name_plural': 'nadawcy',
                    'ordering': ['name'],
                },
            ), migrations.CreateModel(
                name='SenderMember',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('sender', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='announcements.sender', verbose_name='nadawca')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='kto')),
                ],
                options={
                    'verbose_name': 'osoba nadawcy',
                    'verbose_name_plural': 'osoby nadawcy',
                    'constraints': [models.UniqueConstraint(fields=('sender', 'user'), name='announcements_sender_member_once')],
                },
            ), migrations.CreateModel(
                name='Topic',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.SlugField(unique=True, verbose_name='kod')),
                    ('name', models.CharField(max_length=80, verbose_name='nazwa')),
                    ('summary', models.CharField(max_length=200, verbose_name='o czym')),
                    ('order', models.PositiveSmallIntegerField(default=1, verbose_name='kolejność')),
                    ('is_statutory', models.BooleanField(default=False, verbose_name='z obowiązku')),
                    ('why_statutory', models.CharField(blank=True, max_length=300, verbose_name='dlaczego nie można zrezygnować')),
                    ('is_offered', models.BooleanField(default=True, verbose_name='do wyboru')),
                ],
                options={
                    'verbose_name': 'temat',
                    'verbose_name_plural': 'tematy',
                    'ordering': ['order', 'name'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('is_statutory', False), models.Q(('why_statutory', ''), _negated=True), _connector='OR'), name='announcements_statutory_topic_says_why')],
                },
            ), migrations.CreateModel(
                name='Translation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('language', models.CharField(choices=announcements.languages.further, max_length=2, verbose_name='język')),
                    ('title', models.CharField(max_length=120, verbose_name='tytuł')),
                    ('text', models.TextField(max_length=5000, verbose_name='treść')),
                    ('short_text', models.CharField(max_length=160, verbose_name='treść SMS i powiadomienia')),
                    ('made_of', models.CharField(editable=False, max_length=64)),
                    ('announcement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='translations', to='announcements.announcement', verbose_name='komunikat')),
                ],
                options={
                    'verbose_name': 'tłumaczenie',
                    'verbose_name_plural': 'tłumaczenia',
                    'ordering': ['pk'],
                    'constraints': [models.UniqueConstraint(fields=('announcement', 'language'), name='announcements_translation_once')],
                },
            ), migrations.CreateModel(
                name='TranslationEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('language', models.CharField(choices=announcements.languages.further, max_length=2, verbose_name='język')),
                    ('title', models.CharField(max_length=120, verbose_name='tytuł')),
                    ('text', models.TextField(max_length=5000, verbose_name='treść')),
                    ('short_text', models.CharField(max_length=160, verbose_name='treść SMS i powiadomienia')),
                    ('made_of', models.CharField(editable=False, max_length=64)),
                    ('announcement', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='announcements.announcement', verbose_name='komunikat')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='announcements.translation')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='WasteCalendar',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('token', models.CharField(default=announcements.models.followers.new_token, editable=False, max_length=40, unique=True)),
                    ('made_at', models.DateTimeField()),
                    ('address', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='residents.addresspoint')),
                    ('follower', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='waste_calendars', to='announcements.follower')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('follower', 'address'), name='announcements_calendar_once')],
                },
            ), migrations.CreateModel(
                name='Announcement',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('kind', models.CharField(choices=[('info', 'wiadomość'), ('alert', 'ostrzeżenie'), ('waste', 'odpady')], default='info', max_length=5, verbose_name='rodzaj')),
                    ('title', models.CharField(max_length=120, verbose_name='tytuł')),
                    ('text', models.TextField(max_length=5000, verbose_name='treść')),
                    ('short_text', models.CharField(max_length=160, verbose_name='treść SMS i powiadomienia')),
                    ('status', models.CharField(choices=[('draft', 'szkic'), ('review', 'do sprawdzenia'), ('scheduled', 'zaplanowany'), ('sending', 'w wysyłce'), ('sent', 'wysłany'), ('superseded', 'zastąpiony'), ('cancelled', 'odwołany'), ('dropped', 'zaniechany')], default='draft', max_length=10, verbose_name='stan')),
                    ('scheduled_for', models.DateTimeField(blank=True, null=True, verbose_name='wyślij o')),
                    ('expires_at', models.DateTimeField(blank=True, null=True, verbose_name='ważny do')),
                    ('message_type', models.CharField(choices=[('alert', 'pierwszy'), ('update', 'aktualizacja'), ('cancel', 'odwołanie')], default='alert', max_length=6, verbose_name='w łańcuchu')),
                    ('severity', models.CharField(blank=True, choices=[('Extreme', 'skrajne zagrożenie'), ('Severe', 'poważne zagrożenie'), ('Moderate', 'umiarkowane zagrożenie'), ('Minor', 'małe zagrożenie')], max_length=8, verbose_name='jak groźne')),
                    ('urgency', models.CharField(blank=True, choices=[('Immediate', 'działaj natychmiast'), ('Expected', 'w ciągu godziny'), ('Future', 'w najbliższym czasie')], max_length=9, verbose_name='jak pilne')),
                    ('certainty', models.CharField(blank=True, choices=[('Observed', 'już trwa'), ('Likely', 'prawdopodobne'), ('Possible', 'możliwe')], max_length=8, verbose_name='jak pewne')),
                    ('category', models.CharField(blank=True, choices=[('Geo', 'geologia, wstrząsy'), ('Met', 'pogoda, powódź'), ('Safety', 'bezpieczeństwo'), ('Fire', 'pożar'), ('Health', 'zdrowie'), ('Env', 'środowisko, skażenie'), ('Transport', 'drogi i transport'), ('Infra', 'woda, prąd, gaz, ciepło'), ('Other', 'inne')], max_length=9, verbose_name='czego dotyczy')),
                    ('is_exercise', models.BooleanField(default=False, verbose_name='ćwiczenia')),
                    ('accepts_replies', models.BooleanField(default=False, verbose_name='można odpowiedzieć')),
                    ('review_note', models.CharField(blank=True, max_length=500, verbose_name='uwagi sprawdzającego')),
                    ('created_at', models.DateTimeField(verbose_name='utworzony')),
                    ('sent_at', models.DateTimeField(editable=False, null=True, verbose_name='wysłany')),
                    ('audience', models.PositiveIntegerField(editable=False, null=True, verbose_name='odbiorców')),
                    ('references', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followed_by', to='announcements.announcement', verbose_name='dotyczy')),
                    ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='napisał')),
                    ('sender', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='announcements', to='announcements.sender', verbose_name='nadawca')),
                    ('topic', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='announcements', to='announcements.topic', verbose_name='temat')),
                ],
                options={
                    'verbose_name': 'komunikat',
                    'verbose_name_plural': 'komunikaty',
                    'ordering': ['-created_at'],
                    'permissions': [('write_announcement', 'pisze komunikaty'), ('release_announcement', 'sprawdza i wypuszcza komunikaty'), ('release_alert', 'wypuszcza ostrzeżenia, jako jedna z dwóch osób'), ('moderate_reply', 'odpowiada mieszkańcom na odpowiedzi')],
                    'indexes': [models.Index(fields=['status', 'scheduled_for'], name='announcemen_status_dcf117_idx'), models.Index(condition=models.Q(('sent_at__isnull', False)), fields=['-sent_at'], name='announcements_sent')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'review', 'scheduled', 'sending', 'sent', 'superseded', 'cancelled', 'dropped'])), name='announcements_announcement_status'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'alert'), _negated=True), models.Q(('expires_at__isnull', False), models.Q(('severity', ''), _negated=True), models.Q(('urgency', ''), _negated=True), models.Q(('certainty', ''), _negated=True), models.Q(('category', ''), _negated=True)), _connector='OR'), name='announcements_alert_says_how_grave_and_until_when'), models.CheckConstraint(condition=models.Q(models.Q(('message_type', 'alert'), ('references__isnull', True)), models.Q(models.Q(('message_type', 'alert'), _negated=True), ('references__isnull', False)), _connector='OR'), name='announcements_update_names_what_it_updates')],
                },
            ), migrations.CreateModel(
                name='AnnouncementEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                    ('kind', models.CharField(choices=[('info', 'wiadomość'), ('alert', 'ostrzeżenie'), ('waste', 'odpady')], default='info', max_length=5, verbose_name='rodzaj')),
                    ('title', models.CharField(max_length=120, verbose_name='tytuł')),
                    ('text', models.TextField(max_length=5000, verbose_name='treść')),
                    ('short_text', models.CharField(max_length=160, verbose_name='treść SMS i powiadomienia')),
                    ('status', models.CharField(choices=[('draft', 'szkic'), ('review', 'do sprawdzenia'), ('scheduled', 'zaplanowany'), ('sending', 'w wysyłce'), ('sent', 'wysłany'), ('superseded', 'zastąpiony'), ('cancelled', 'odwołany'), ('dropped', 'zaniechany')], default='draft', max_length=10, verbose_name='stan')),
                    ('scheduled_for', models.DateTimeField(blank=True, null=True, verbose_name='wyślij o')),
                    ('expires_at', models.DateTimeField(blank=True, null=True, verbose_name='ważny do')),
                    ('message_type', models.CharField(choices=[('alert', 'pierwszy'), ('update', 'aktualizacja'), ('cancel', 'odwołanie')], default='alert', max_length=6, verbose_name='w łańcuchu')),
                    ('severity', models.CharField(blank=True, choices=[('Extreme', 'skrajne zagrożenie'), ('Severe', 'poważne zagrożenie'), ('Moderate', 'umiarkowane zagrożenie'), ('Minor', 'małe zagrożenie')], max_length=8, verbose_name='jak groźne')),
                    ('urgency', models.CharField(blank=True, choices=[('Immediate', 'działaj natychmiast'), ('Expected', 'w ciągu godziny'), ('Future', 'w najbliższym czasie')], max_length=9, verbose_name='jak pilne')),
                    ('certainty', models.CharField(blank=True, choices=[('Observed', 'już trwa'), ('Likely', 'prawdopodobne'), ('Possible', 'możliwe')], max_length=8, verbose_name='jak pewne')),
                    ('category', models.CharField(blank=True, choices=[('Geo', 'geologia, wstrząsy'), ('Met', 'pogoda, powódź'), ('Safety', 'bezpieczeństwo'), ('Fire', 'pożar'), ('Health', 'zdrowie'), ('Env', 'środowisko, skażenie'), ('Transport', 'drogi i transport'), ('Infra', 'woda, prąd, gaz, ciepło'), ('Other', 'inne')], max_length=9, verbose_name='czego dotyczy')),
                    ('is_exercise', models.BooleanField(default=False, verbose_name='ćwiczenia')),
                    ('accepts_replies', models.BooleanField(default=False, verbose_name='można odpowiedzieć')),
                    ('review_note', models.CharField(blank=True, max_length=500, verbose_name='uwagi sprawdzającego')),
                    ('created_at', models.DateTimeField(verbose_name='utworzony')),
                    ('sent_at', models.DateTimeField(editable=False, null=True, verbose_name='wysłany')),
                    ('audience', models.PositiveIntegerField(editable=False, null=True, verbose_name='odbiorców')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='announcements.announcement')),
                    ('references', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='announcements.announcement', verbose_name='dotyczy')),
                    ('written_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='napisał')),
                    ('sender', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='announcements.sender', verbose_name='nadawca')),
                    ('topic', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='announcements.topic', verbose_name='temat')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='Area',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('town', 'całe miasto'), ('street', 'ulica'), ('address', 'adres'), ('circle', 'miejsce i promień')], max_length=7, verbose_name='rodzaj')),
                    ('street', models.CharField(blank=True, max_length=120, verbose_name='ulica')),
                    ('latitude', models.DecimalField(blank=True, decimal_places=6, max_digits=8, null=True, verbose_name='szerokość geograficzna')),
                    ('longitude', models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True, verbose_name='długość geograficzna')),
                    ('radius_m', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(50), django.core.validators.MaxValueValidator(10000)], verbose_name='promień w metrach')),
                    ('address', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='residents.addresspoint', verbose_name='adres')),
                    ('announcement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='areas', to='announcements.announcement', verbose_name='komunikat')),
                ],
                options={
                    'verbose_name': 'obszar',
                    'verbose_name_plural': 'obszary',
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('address__isnull', True), ('kind', 'town'), ('radius_m__isnull', True), ('street', '')), models.Q(('address__isnull', True), ('kind', 'street'), ('radius_m__isnull', True), models.Q(('street', ''), _negated=True)), models.Q(('address__isnull', False), ('kind', 'address'), ('radius_m__isnull', True), ('street', '')), models.Q(('address__isnull', True), ('kind', 'circle'), ('street', ''), ('latitude__isnull', False), ('longitude__isnull', False), ('radius_m__isnull', False)), _connector='OR'), name='announcements_area_is_one_kind')],
                },
            ), migrations.CreateModel(
                name='Attachment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('caption', models.CharField(max_length=200, verbose_name='opis')),
                    ('announcement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='announcements.announcement', verbose_name='komunikat')),
                    ('file', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='announcement_attachment', to='office.storedfile', verbose_name='plik')),
                ],
                options={
                    'verbose_name': 'załącznik',
                    'verbose_name_plural': 'załączniki',
                },
            ), migrations.CreateModel(
                name='CollectionChange',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('from_day', models.DateField()),
                    ('to_day', models.DateField(null=True)),
                    ('reason', models.CharField(max_length=200)),
                    ('by', models.UUIDField()),
                    ('at', models.DateTimeField()),
                    ('audience', models.PositiveIntegerField(default=0)),
                    ('collection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='announcements.collection')),
                ],
            ), migrations.CreateModel(
                name='Follower',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('token', models.CharField(default=announcements.models.followers.new_token, editable=False, max_length=40, unique=True)),
                    ('language', models.CharField(choices=announcements.languages.offered, db_default='pl', default='pl', max_length=2, verbose_name='język wiadomości')),
                    ('quiet_from', models.TimeField(blank=True, null=True, verbose_name='cisza od')),
                    ('quiet_to', models.TimeField(blank=True, null=True, verbose_name='cisza do')),
                    ('made_at', models.DateTimeField(verbose_name='od')),
                    ('person', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='announcement_follower', to='residents.person', verbose_name='osoba')),
                ],
                options={
                    'verbose_name': 'odbiorca',
                    'verbose_name_plural': 'odbiorcy',
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('quiet_from__isnull', True), ('quiet_to__isnull', True)), models.Q(('quiet_from__isnull', False), ('quiet_to__isnull', False), models.Q(('quiet_from', models.F('quiet_to')), _negated=True)), _connector='OR'), name='announcements_quiet_hours_are_whole')],
                },
            ), migrations.CreateModel(
                name='Endpoint',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('channel', models.CharField(choices=[('email', 'e-mail'), ('sms', 'SMS'), ('push', 'powiadomienie')], max_length=10, verbose_name='kanał')),
                    ('address', models.CharField(max_length=254, verbose_name='adres')),
                    ('push', accounts.encryption.EncryptedJSONField(context='announcements_endpoint.push', null=True)),
                    ('push_lookup', models.BinaryField(max_length=32, null=True)),
                    ('confirmed_at', models.DateTimeField(null=True, verbose_name='potwierdzony')),
                    ('suppressed_at', models.DateTimeField(null=True, verbose_name='wstrzymany')),
                    ('suppressed_why', models.CharField(blank=True, max_length=200, verbose_name='dlaczego wstrzymany')),
                    ('made_at', models.DateTimeField(verbose_name='od')),
                    ('follower', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='endpoints', to='announcements.follower', verbose_name='odbiorca')),
                ],
                options={
                    'verbose_name': 'droga dostarczenia',
                    'verbose_name_plural': 'drogi dostarczenia',
                    'constraints': [models.UniqueConstraint(condition=models.Q(('channel', 'push'), _negated=True), fields=('follower', 'channel', 'address'), name='announcements_endpoint_once'), models.UniqueConstraint(condition=models.Q(('channel', 'push')), fields=('push_lookup',), name='announcements_browser_once'), models.CheckConstraint(condition=models.Q(('channel', 'push'), ('push__isnull', True), _connector='XOR'), name='announcements_push_has_its_keys')],
                },
            ), migrations.CreateModel(
                name='ChoiceEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('channel', models.CharField(choices=[('email', 'e-mail'), ('sms', 'SMS'), ('push', 'powiadomienie')], max_length=10)),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='announcements.choice')),
                    ('follower', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='announcements.follower')),
                    ('topic', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='announcements.topic')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='MissedCollection',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('reported_at', models.DateTimeField(verbose_name='zgłoszono')),
                    ('settled_at', models.DateTimeField(editable=False, null=True, verbose_name='załatwiono')),
                    ('outcome', models.CharField(blank=True, max_length=300, verbose_name='co zrobiono')),
                    ('address', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='residents.addresspoint', verbose_name='adres')),
                    ('collection', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='missed', to='announcements.collection', verbose_name='termin')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='residents.person', verbose_name='kto zgłosił')),
                ],
                options={
                    'verbose_name': 'nieodebrane odpady',
                    'verbose_name_plural': 'nieodebrane odpady',
                    'ordering': ['-reported_at'],
                    'permissions': [('settle_missedcollection', 'Załatwia zgłoszenia nieodebranych odpadów')],
                    'constraints': [models.UniqueConstraint(fields=('address', 'collection'), name='announcements_missed_once_an_address')],
                },
            ), migrations.CreateModel(
                name='MissedCollectionEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                    ('reported_at', models.DateTimeField(verbose_name='zgłoszono')),
                    ('settled_at', models.DateTimeField(editable=False, null=True, verbose_name='załatwiono')),
                    ('outcome', models.CharField(blank=True, max_length=300, verbose_name='co zrobiono')),
                    ('address', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='residents.addresspoint', verbose_name='adres')),
                    ('collection', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='announcements.collection', verbose_name='termin')),
                    ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='residents.person', verbose_name='kto zgłosił')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='announcements.missedcollection')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='PhoneCode',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('phone', models.CharField(max_length=20)),
                    ('code_lookup', models.BinaryField(max_length=32)),
                    ('sent_at', models.DateTimeField(db_index=True)),
                    ('tries', models.PositiveSmallIntegerField(default=0)),
                    ('used_at', models.DateTimeField(null=True)),
                    ('follower', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='announcements.follower')),
                ],
            ), migrations.CreateModel(
                name='Place',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('town', 'całe miasto'), ('street', 'ulica'), ('address', 'adres')], max_length=7)),
                    ('street', models.CharField(blank=True, max_length=120, verbose_name='ulica')),
                    ('address', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='residents.addresspoint', verbose_name='adres')),
                    ('follower', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='places', to='announcements.follower')),
                ],
                options={
                    'indexes': [models.Index(fields=['street'], name='announcemen_street_b20183_idx'), models.Index(fields=['address'], name='announcemen_address_80a3ca_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('address__isnull', True), ('kind', 'town'), ('street', '')), models.Q(('address__isnull', True), ('kind', 'street'), models.Q(('street', ''), _negated=True)), models.Q(('address__isnull', False), ('kind', 'address'), models.Q(('street', ''), _negated=True)), _connector='OR'), name='announcements_place_is_one_kind'), models.UniqueConstraint(fields=('follower', 'kind', 'street', 'address'), name='announcements_place_once', nulls_distinct=False)],
                },
            ), migrations.CreateModel(
                name='Release',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField(verbose_name='kiedy')),
                    ('announcement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='releases', to='announcements.announcement', verbose_name='komunikat')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='kto')),
                ],
                options={
                    'verbose_name': 'wypuszczenie',
                    'verbose_name_plural': 'wypuszczenia',
                    'constraints': [models.UniqueConstraint(fields=('announcement', 'by'), name='announcements_release_by_two_people')],
                },
            ), migrations.CreateModel(
                name='Reminder',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('days_before', models.PositiveSmallIntegerField(validators=[django.core.validators.MaxValueValidator(7)], verbose_name='ile dni wcześniej')),
                    ('at', models.TimeField(verbose_name='o której')),
                    ('channel', models.CharField(choices=[('email', 'e-mail'), ('sms', 'SMS'), ('push', 'powiadomienie')], max_length=10, verbose_name='jak')),
                    ('address', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='waste_reminders', to='residents.addresspoint', verbose_name='adres')),
                    ('follower', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='announcements.follower')),
                    ('fraction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='announcements.fraction', verbose_name='frakcja')),
                ],
                options={
                    'indexes': [models.Index(fields=['address', 'fraction'], name='announcemen_address_ea10aa_idx')],
                    'constraints': [models.UniqueConstraint(fields=('follower', 'address', 'fraction', 'days_before', 'at', 'channel'), name='announcements_reminder_once'), models.CheckConstraint(condition=models.Q(('days_before__lte', 7)), name='announcements_reminder_within_a_week')],
                },
            ), migrations.CreateModel(
                name='ReminderSent',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('day', models.DateField()),
                    ('at', models.DateTimeField()),
                    ('reminder', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sent', to='announcements.reminder')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('reminder', 'day'), name='announcements_reminded_once')],
                },
            ), migrations.CreateModel(
                name='Reply',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('text', models.TextField(max_length=2000, verbose_name='treść')),
                    ('status', models.CharField(choices=[('new', 'nowa'), ('answered', 'z odpowiedzią'), ('closed', 'zamknięta')], default='new', max_length=8, verbose_name='stan')),
                    ('answer', models.TextField(blank=True, max_length=2000, verbose_name='odpowiedź')),
                    ('sent_at', models.DateTimeField(verbose_name='wysłana')),
                    ('answered_at', models.DateTimeField(editable=False, null=True, verbose_name='odpowiedziano')),
                    ('announcement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='announcements.announcement', verbose_name='komunikat')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='announcement_replies', to='residents.person', verbose_name='kto')),
                    ('photo', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='announcement_reply', to='office.storedfile', verbose_name='zdjęcie')),
                ],
                options={
                    'verbose_name': 'odpowiedź mieszkańca',
                    'verbose_name_plural': 'odpowiedzi mieszkańców',
                    'ordering': ['-sent_at'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['new', 'answered', 'closed'])), name='announcements_reply_status')],
                },
            ), migrations.CreateModel(
                name='ReplyEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                    ('text', models.TextField(max_length=2000, verbose_name='treść')),
                    ('status', models.CharField(choices=[('new', 'nowa'), ('answered', 'z odpowiedzią'), ('closed', 'zamknięta')], default='new', max_length=8, verbose_name='stan')),
                    ('answer', models.TextField(blank=True, max_length=2000, verbose_name='odpowiedź')),
                    ('sent_at', models.DateTimeField(verbose_name='wysłana')),
                    ('answered_at', models.DateTimeField(editable=False, null=True, verbose_name='odpowiedziano')),
                    ('announcement', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='announcements.announcement', verbose_name='komunikat')),
                    ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='residents.person', verbose_name='kto')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='announcements.reply')),
                    ('photo', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='office.storedfile', verbose_name='zdjęcie')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='CollectionEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('planned_day', models.DateField(verbose_name='pierwotny dzień')),
                    ('day', models.DateField(verbose_name='dzień')),
                    ('uid', models.UUIDField(editable=False)),
                    ('sequence', models.PositiveSmallIntegerField(default=0, editable=False)),
                    ('cancelled_at', models.DateTimeField(editable=False, null=True, verbose_name='odwołany')),
                    ('change_reason', models.CharField(blank=True, max_length=200, verbose_name='powód zmiany')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='announcements.collection')),
                    ('fraction', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='announcements.fraction', verbose_name='frakcja')),
                    ('route', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='announcements.route', verbose_name='trasa')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='Schedule',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('name', models.CharField(max_length=120, verbose_name='nazwa')),
                    ('valid_from', models.DateField(verbose_name='od')),
                    ('valid_to', models.DateField(verbose_name='do')),
                    ('source', models.CharField(max_length=300, verbose_name='podstawa')),
                    ('is_sample', models.BooleanField(default=False, verbose_name='przykładowy')),
                    ('published_at', models.DateTimeField(editable=False, null=True, verbose_name='ogłoszony')),
                ],
                options={
                    'verbose_name': 'harmonogram odbioru',
                    'verbose_name_plural': 'harmonogramy odbioru',
                    'ordering': ['-valid_from', '-published_at'],
                    'permissions': [('publish_schedule', 'Ogłasza harmonogramy i przekłada terminy odbioru')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__gte', models.F('valid_from'))), name='announcements_schedule_dates_in_order', violation_error_message='Harmonogram kończy się przed swoim początkiem.')],
                },
            ), migrations.CreateModel(
                name='RouteAddress',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('address', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='residents.addresspoint', verbose_name='adres')),
                    ('route', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='addresses', to='announcements.route')),
                    ('schedule', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='announcements.schedule')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('schedule', 'address'), name='announcements_address_on_one_route')],
                },
            ), pgtrigger.migrations.AddTrigger(
                model_name='schedule',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "announcements_scheduleevent" ("id", "is_sample", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "source", "valid_from", "valid_to") VALUES (NEW."id", NEW."is_sample", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."published_at", NEW."source", NEW."valid_from", NEW."valid_to"); RETURN NULL;', hash='a9861c36b1a8d62fc23d9380a789b09e248de32a', operation='INSERT', pgid='pgtrigger_insert_insert_ae026', table='announcements_schedule', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='schedule',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "announcements_scheduleevent" ("id", "is_sample", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "source", "valid_from", "valid_to") VALUES (NEW."id", NEW."is_sample", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."published_at", NEW."source", NEW."valid_from", NEW."valid_to"); RETURN NULL;', hash='6b9553fb0dacf254776f025105e5cfae54d50a86', operation='UPDATE', pgid='pgtrigger_update_update_4b269', table='announcements_schedule', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='missedcollection',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "announcements_missedcollectionevent" ("address_id", "collection_id", "id", "outcome", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reported_at", "settled_at") VALUES (NEW."address_id", NEW."collection_id", NEW."id", NEW."outcome", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reported_at", NEW."settled_at"); RETURN NULL;', hash='b13c759fd8ac11cdad7a83ef89657379dd9570ea', operation='INSERT', pgid='pgtrigger_insert_insert_f07a8', table='announcements_missedcollection', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='missedcollection',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "announcements_missedcollectionevent" ("address_id", "collection_id", "id", "outcome", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reported_at", "settled_at") VALUES (NEW."address_id", NEW."collection_id", NEW."id", NEW."outcome", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reported_at", NEW."settled_at"); RETURN NULL;', hash='83e80e8de490f676b0487068e766ab402ee65786', operation='UPDATE', pgid='pgtrigger_update_update_1ff16', table='announcements_missedcollection', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='reply',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "announcements_replyevent" ("announcement_id", "answer", "answered_at", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "photo_id", "sent_at", "status", "text") VALUES (NEW."announcement_id", NEW."answer", NEW."answered_at", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."photo_id", NEW."sent_at", NEW."status", NEW."text"); RETURN NULL;', hash='f4b922601a2aeb2ac592ddc3662f77b1782d4487', operation='INSERT', pgid='pgtrigger_insert_insert_d7e7f', table='announcements_reply', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='reply',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "announcements_replyevent" ("announcement_id", "answer", "answered_at", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "photo_id", "sent_at", "status", "text") VALUES (NEW."announcement_id", NEW."answer", NEW."answered_at", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."photo_id", NEW."sent_at", NEW."status", NEW."text"); RETURN NULL;', hash='17c2450354673b5f995a5e849d418947a476eaf3', operation='UPDATE', pgid='pgtrigger_update_update_c52dc', table='announcements_reply', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='collection',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "announcements_collectionevent" ("cancelled_at", "change_reason", "day", "fraction_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_day", "route_id", "sequence", "uid") VALUES (NEW."cancelled_at", NEW."change_reason", NEW."day", NEW."fraction_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."planned_day", NEW."route_id", NEW."sequence", NEW."uid"); RETURN NULL;', hash='15c64ba975782dd48e0f38fd626eef464b170d6a', operation='UPDATE', pgid='pgtrigger_update_update_3f3eb', table='announcements_collection', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='choice',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "announcements_choiceevent" ("channel", "follower_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "topic_id") VALUES (NEW."channel", NEW."follower_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."topic_id"); RETURN NULL;', hash='037c875e32841cdd44eca56b43eec9b95f81d9d2', operation='INSERT', pgid='pgtrigger_insert_insert_986ff', table='announcements_choice', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='choice',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "announcements_choiceevent" ("channel", "follower_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "topic_id") VALUES (OLD."channel", OLD."follower_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."topic_id"); RETURN NULL;', hash='bd489d94cd49c1d7a221e09ccc58b04a2a689483', operation='DELETE', pgid='pgtrigger_delete_delete_5ef33', table='announcements_choice', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='announcement',
                trigger=pgtrigger.compiler.Trigger(name='sent_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.sent_at IS NOT NULL AND ROW(OLD.kind, OLD.sender_id, OLD.topic_id, OLD.title, OLD.text, OLD.short_text, OLD.severity, OLD.urgency, OLD.certainty, OLD.expires_at, OLD.references_id, OLD.message_type, OLD.is_exercise, OLD.sent_at) IS DISTINCT FROM ROW(NEW.kind, NEW.sender_id, NEW.topic_id, NEW.title, NEW.text, NEW.short_text, NEW.severity, NEW.urgency, NEW.certainty, NEW.expires_at, NEW.references_id, NEW.message_type, NEW.is_exercise, NEW.sent_at))', func="RAISE EXCEPTION 'an announcement that was sent stays as it is';", hash='310ce467329c9b2ae09a380d76e344a16a074598', operation='UPDATE', pgid='pgtrigger_sent_stays_befd3', table='announcements_announcement', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='announcement',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "announcements_announcementevent" ("accepts_replies", "audience", "category", "certainty", "created_at", "expires_at", "id", "is_exercise", "kind", "message_type", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "references_id", "review_note", "scheduled_for", "sender_id", "sent_at", "severity", "short_text", "status", "text", "title", "topic_id", "urgency", "written_by_id") VALUES (NEW."accepts_replies", NEW."audience", NEW."category", NEW."certainty", NEW."created_at", NEW."expires_at", NEW."id", NEW."is_exercise", NEW."kind", NEW."message_type", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."references_id", NEW."review_note", NEW."scheduled_for", NEW."sender_id", NEW."sent_at", NEW."severity", NEW."short_text", NEW."status", NEW."text", NEW."title", NEW."topic_id", NEW."urgency", NEW."written_by_id"); RETURN NULL;', hash='10bc253b55d56843cd236a8ccee02462dafa7f28', operation='INSERT', pgid='pgtrigger_insert_insert_232fc', table='announcements_announcement', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='announcement',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "announcements_announcementevent" ("accepts_replies", "audience", "category", "certainty", "created_at", "expires_at", "id", "is_exercise", "kind", "message_type", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "references_id", "review_note", "scheduled_for", "sender_id", "sent_at", "severity", "short_text", "status", "text", "title", "topic_id", "urgency", "written_by_id") VALUES (NEW."accepts_replies", NEW."audience", NEW."category", NEW."certainty", NEW."created_at", NEW."expires_at", NEW."id", NEW."is_exercise", NEW."kind", NEW."message_type", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."references_id", NEW."review_note", NEW."scheduled_for", NEW."sender_id", NEW."sent_at", NEW."severity", NEW."short_text", NEW."status", NEW."text", NEW."title", NEW."topic_id", NEW."urgency", NEW."written_by_id"); RETURN NULL;', hash='2e1aaa9704d6c50aca13f44f84d64d586fd80547', operation='UPDATE', pgid='pgtrigger_update_update_e6ac9', table='announcements_announcement', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='translation',
                trigger=pgtrigger.compiler.Trigger(name='translation_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF EXISTS (SELECT 1 FROM announcements_announcement told\n                   WHERE told.id IN (OLD.announcement_id, NEW.announcement_id) AND told.sent_at IS NOT NULL) THEN\n            RAISE EXCEPTION 'an announcement that was sent stays as it is';\n        END IF;\n        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n        RETURN NEW;\n    ", hash='a4b22e65f13c5e28d8630b04e2ecaaef0aad21e8', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_translation_stays_3b591', table='announcements_translation', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='translation',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "announcements_translationevent" ("announcement_id", "id", "language", "made_of", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "short_text", "text", "title") VALUES (NEW."announcement_id", NEW."id", NEW."language", NEW."made_of", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."short_text", NEW."text", NEW."title"); RETURN NULL;', hash='1fb5ea9d8bb359f9c90871b88145c73a470c1b0e', operation='INSERT', pgid='pgtrigger_insert_insert_0aa4c', table='announcements_translation', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='translation',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "announcements_translationevent" ("announcement_id", "id", "language", "made_of", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "short_text", "text", "title") VALUES (NEW."announcement_id", NEW."id", NEW."language", NEW."made_of", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."short_text", NEW."text", NEW."title"); RETURN NULL;', hash='dba1bf4458937ce957715cc0a56c4a1007590f7d', operation='UPDATE', pgid='pgtrigger_update_update_adf1f', table='announcements_translation', when='AFTER')),
            )],
        ),
    ]
