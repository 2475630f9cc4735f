import accounts.at_once
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        accounts.at_once.AtOnce(
            operations=[migrations.CreateModel(
                name='ConditionGroup',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('needs_all', models.BooleanField(default=True, verbose_name='wszystkie warunki')),
                    ('page', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='shown_when', to='schemas.page')),
                    ('question', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='shown_when', to='schemas.question')),
                ],
                options={
                    'verbose_name': 'warunek pokazania',
                    'verbose_name_plural': 'warunki pokazania',
                    'constraints': [models.CheckConstraint(condition=models.Q(('question__isnull', True), ('page__isnull', True), _connector='XOR'), name='schemas_condition_has_one_target')],
                },
            ), migrations.CreateModel(
                name='Definition',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.SlugField(unique=True, verbose_name='kod')),
                    ('title', models.CharField(max_length=200, verbose_name='nazwa')),
                ],
                options={
                    'verbose_name': 'wzór',
                    'verbose_name_plural': 'wzory',
                },
            ), migrations.CreateModel(
                name='MatrixRow',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('order', models.PositiveSmallIntegerField(verbose_name='kolejność')),
                    ('code', models.SlugField(verbose_name='kod')),
                    ('label', models.CharField(max_length=300, verbose_name='wiersz')),
                    ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='schemas.question', verbose_name='pytanie')),
                ],
                options={
                    'verbose_name': 'wiersz tabeli',
                    'verbose_name_plural': 'wiersze tabeli',
                    'ordering': ['order', 'id'],
                    'constraints': [models.UniqueConstraint(fields=('question', 'code'), name='schemas_matrixrow_code')],
                },
            ), migrations.CreateModel(
                name='Option',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('order', models.PositiveSmallIntegerField(verbose_name='kolejność')),
                    ('code', models.SlugField(verbose_name='kod')),
                    ('label', models.CharField(max_length=300, verbose_name='odpowiedź')),
                    ('hint', models.CharField(blank=True, max_length=300, verbose_name='podpowiedź')),
                    ('takes_text', models.BooleanField(default=False, verbose_name='z miejscem na tekst')),
                    ('is_exclusive', models.BooleanField(default=False, verbose_name='wyklucza inne')),
                    ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='options', to='schemas.question', verbose_name='pytanie')),
                ],
                options={
                    'verbose_name': 'odpowiedź',
                    'verbose_name_plural': 'odpowiedzi',
                    'ordering': ['order', 'id'],
                    'constraints': [models.UniqueConstraint(fields=('question', 'code'), name='schemas_option_code')],
                },
            ), migrations.CreateModel(
                name='Page',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('order', models.PositiveSmallIntegerField(verbose_name='kolejność')),
                    ('code', models.SlugField(verbose_name='kod')),
                    ('title', models.CharField(max_length=200, verbose_name='tytuł')),
                    ('intro', models.TextField(blank=True, verbose_name='wstęp')),
                    ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pages', to='schemas.version', verbose_name='wersja')),
                ],
                options={
                    'verbose_name': 'ekran',
                    'verbose_name_plural': 'ekrany',
                    'ordering': ['order', 'id'],
                    'constraints': [models.UniqueConstraint(fields=('version', 'code'), name='schemas_page_code')],
                },
            ), migrations.CreateModel(
                name='Question',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('order', models.PositiveSmallIntegerField(verbose_name='kolejność')),
                    ('code', models.SlugField(verbose_name='kod')),
                    ('kind', models.CharField(choices=[('short_text', 'krótki tekst'), ('long_text', 'dłuższy tekst'), ('number', 'liczba całkowita'), ('date', 'data'), ('choice', 'jeden z wielu'), ('choices', 'kilka z wielu'), ('scale', 'skala'), ('matrix', 'tabela: jedna odpowiedź w wierszu'), ('ranking', 'kolejność'), ('yes_no', 'tak albo nie'), ('statement', 'oświadczenie albo zgoda'), ('pesel', 'PESEL'), ('nip', 'NIP'), ('phone', 'telefon'), ('email', 'e-mail'), ('address', 'adres w mieście'), ('point', 'miejsce na mapie (współrzędne)'), ('file', 'załącznik'), ('computed', 'wyliczane'), ('note', 'objaśnienie')], max_length=20, verbose_name='rodzaj')),
                    ('label', models.CharField(max_length=300, verbose_name='pytanie')),
                    ('hint', models.TextField(blank=True, verbose_name='podpowiedź')),
                    ('is_required', models.BooleanField(default=True, verbose_name='wymagane')),
                    ('minimum', models.IntegerField(blank=True, null=True, verbose_name='najmniej')),
                    ('maximum', models.IntegerField(blank=True, null=True, verbose_name='najwięcej')),
                    ('minimum_label', models.CharField(blank=True, max_length=100, verbose_name='co znaczy początek skali')),
                    ('maximum_label', models.CharField(blank=True, max_length=100, verbose_name='co znaczy koniec skali')),
                    ('has_no_opinion', models.BooleanField(default=False, verbose_name='z odpowiedzią „nie mam zdania”')),
                    ('earliest', models.CharField(blank=True, max_length=10, verbose_name='najwcześniej')),
                    ('latest', models.CharField(blank=True, max_length=10, verbose_name='najpóźniej')),
                    ('computed_by', models.CharField(blank=True, max_length=60, verbose_name='wyliczane przez')),
                    ('autocomplete', models.CharField(blank=True, max_length=40, verbose_name='podpowiedź przeglądarki')),
                    ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='schemas.page', verbose_name='ekran')),
                ],
                options={
                    'verbose_name': 'pytanie',
                    'verbose_name_plural': 'pytania',
                    'ordering': ['page__order', 'page', 'order', 'id'],
                    'constraints': [models.UniqueConstraint(fields=('page', 'code'), name='schemas_question_code'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'computed'), models.Q(('computed_by', ''), _negated=True)), models.Q(models.Q(('kind', 'computed'), _negated=True), ('computed_by', '')), _connector='OR'), name='schemas_question_computed_names_its_function', violation_error_message='Pole wyliczane musi wskazywać, co je wylicza; inne pytania nie mogą.')],
                },
            ), migrations.CreateModel(
                name='Version',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('number', models.PositiveIntegerField(verbose_name='wersja')),
                    ('title', models.CharField(blank=True, help_text='Puste: nazwa wzoru.', max_length=200, verbose_name='nazwa w tej wersji')),
                    ('intro', models.TextField(blank=True, verbose_name='wstęp')),
                    ('instruction', models.TextField(blank=True, verbose_name='pouczenie')),
                    ('source', models.CharField(blank=True, max_length=300, verbose_name='podstawa')),
                    ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='opublikowana')),
                    ('published_by', models.UUIDField(blank=True, editable=False, null=True, verbose_name='kto ogłosił')),
                    ('in_force_from', models.DateField(blank=True, null=True, verbose_name='obowiązuje od')),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='wycofana')),
                    ('withdrawn_by', models.UUIDField(blank=True, editable=False, null=True, verbose_name='kto wycofał')),
                    ('definition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='schemas.definition', verbose_name='wzór')),
                ],
                options={
                    'verbose_name': 'wersja wzoru',
                    'verbose_name_plural': 'wersje wzorów',
                    'ordering': ['definition', '-number'],
                    'permissions': [('publish_version', 'ogłasza i wycofuje wersje wzorów')],
                    'constraints': [models.UniqueConstraint(fields=('definition', 'number'), name='schemas_version_number'), models.UniqueConstraint(condition=models.Q(('published_at__isnull', True)), fields=('definition',), name='schemas_version_one_draft'), models.CheckConstraint(condition=models.Q(('withdrawn_at__isnull', True), ('published_at__isnull', False), _connector='OR'), name='schemas_version_withdrawn_was_published')],
                },
            ), migrations.CreateModel(
                name='Condition',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('operator', models.CharField(choices=[('is', 'jest'), ('is_not', 'nie jest'), ('includes', 'zawiera'), ('at_least', 'co najmniej'), ('at_most', 'co najwyżej'), ('answered', 'wypełniono')], max_length=12, verbose_name='porównanie')),
                    ('value', models.CharField(blank=True, max_length=100, verbose_name='wartość')),
                    ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='schemas.conditiongroup')),
                    ('asked', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='conditions_on_it', to='schemas.question', verbose_name='pytanie')),
                ],
                options={
                    'verbose_name': 'wiersz warunku',
                    'verbose_name_plural': 'wiersze warunku',
                    'ordering': ['id'],
                },
            ), pgtrigger.migrations.AddTrigger(
                model_name='definition',
                trigger=pgtrigger.compiler.Trigger(name='code_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."code" IS DISTINCT FROM (NEW."code"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='a00e7042cfce50f09a8485722c31cb180a9657af', operation='UPDATE', pgid='pgtrigger_code_stays_92924', table='schemas_definition', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='question',
                trigger=pgtrigger.compiler.Trigger(name='published_stays', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE fixed timestamptz;', func="IF TG_OP <> 'INSERT' THEN SELECT published_at INTO fixed FROM schemas_version WHERE id = (SELECT version_id FROM schemas_page WHERE id = OLD.page_id) FOR SHARE; IF fixed IS NOT NULL THEN RAISE EXCEPTION 'a published version does not change' USING ERRCODE = 'restrict_violation'; END IF; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; SELECT published_at INTO fixed FROM schemas_version WHERE id = (SELECT version_id FROM schemas_page WHERE id = NEW.page_id) FOR SHARE; IF fixed IS NOT NULL THEN RAISE EXCEPTION 'a published version does not change' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;", hash='b41c041160e141274544d12db0b4984100e23101', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_published_stays_b9781', table='schemas_question', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='option',
                trigger=pgtrigger.compiler.Trigger(name='published_stays', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE fixed timestamptz;', func="IF TG_OP <> 'INSERT' THEN SELECT published_at INTO fixed FROM schemas_version WHERE id = (SELECT p.version_id FROM schemas_question q JOIN schemas_page p ON p.id = q.page_id WHERE q.id = OLD.question_id) FOR SHARE; IF fixed IS NOT NULL THEN RAISE EXCEPTION 'a published version does not change' USING ERRCODE = 'restrict_violation'; END IF; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; SELECT published_at INTO fixed FROM schemas_version WHERE id = (SELECT p.version_id FROM schemas_question q JOIN schemas_page p ON p.id = q.page_id WHERE q.id = NEW.question_id) FOR SHARE; IF fixed IS NOT NULL THEN RAISE EXCEPTION 'a published version does not change' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;", hash='528fd3a73b4fe709968572d0c898d03114495770', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_published_stays_a023c', table='schemas_option', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='matrixrow',
                trigger=pgtrigger.compiler.Trigger(name='published_stays', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE fixed timestamptz;', func="IF TG_OP <> 'INSERT' THEN SELECT published_at INTO fixed FROM schemas_version WHERE id = (SELECT p.version_id FROM schemas_question q JOIN schemas_page p ON p.id = q.page_id WHERE q.id = OLD.question_id) FOR SHARE; IF fixed IS NOT NULL THEN RAISE EXCEPTION 'a published version does not change' USING ERRCODE = 'restrict_violation'; END IF; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; SELECT published_at INTO fixed FROM schemas_version WHERE id = (SELECT p.version_id FROM schemas_question q JOIN schemas_page p ON p.id = q.page_id WHERE q.id = NEW.question_id) FOR SHARE; IF fixed IS NOT NULL THEN RAISE EXCEPTION 'a published version does not change' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;", hash='b88226e818808000ab28f1a8278e1c0412914e08', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_published_stays_569c0', table='schemas_matrixrow', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='conditiongroup',
                trigger=pgtrigger.compiler.Trigger(name='published_stays', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE fixed timestamptz;', func="IF TG_OP <> 'INSERT' THEN SELECT published_at INTO fixed FROM schemas_version WHERE id = COALESCE((SELECT p.version_id FROM schemas_question q JOIN schemas_page p ON p.id = q.page_id WHERE q.id = OLD.question_id), (SELECT version_id FROM schemas_page WHERE id = OLD.page_id)) FOR SHARE; IF fixed IS NOT NULL THEN RAISE EXCEPTION 'a published version does not change' USING ERRCODE = 'restrict_violation'; END IF; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; SELECT published_at INTO fixed FROM schemas_version WHERE id = COALESCE((SELECT p.version_id FROM schemas_question q JOIN schemas_page p ON p.id = q.page_id WHERE q.id = NEW.question_id), (SELECT version_id FROM schemas_page WHERE id = NEW.page_id)) FOR SHARE; IF fixed IS NOT NULL THEN RAISE EXCEPTION 'a published version does not change' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;", hash='15d9eabf148eec43f4e714c898b953c4de80ebb1', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_published_stays_830bf', table='schemas_conditiongroup', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='condition',
                trigger=pgtrigger.compiler.Trigger(name='published_stays', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE fixed timestamptz;', func="IF TG_OP <> 'INSERT' THEN SELECT published_at INTO fixed FROM schemas_version WHERE id = (SELECT COALESCE(qp.version_id, gp.version_id) FROM schemas_conditiongroup g LEFT JOIN schemas_question q ON q.id = g.question_id LEFT JOIN schemas_page qp ON qp.id = q.page_id LEFT JOIN schemas_page gp ON gp.id = g.page_id WHERE g.id = OLD.group_id) FOR SHARE; IF fixed IS NOT NULL THEN RAISE EXCEPTION 'a published version does not change' USING ERRCODE = 'restrict_violation'; END IF; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; SELECT published_at INTO fixed FROM schemas_version WHERE id = (SELECT COALESCE(qp.version_id, gp.version_id) FROM schemas_conditiongroup g LEFT JOIN schemas_question q ON q.id = g.question_id LEFT JOIN schemas_page qp ON qp.id = q.page_id LEFT JOIN schemas_page gp ON gp.id = g.page_id WHERE g.id = NEW.group_id) FOR SHARE; IF fixed IS NOT NULL THEN RAISE EXCEPTION 'a published version does not change' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;", hash='bc16af4a574d2204ad146e4e36a34f1e7cfa5e29', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_published_stays_17e8b', table='schemas_condition', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='version',
                trigger=pgtrigger.compiler.Trigger(name='published_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."published_at" IS NOT NULL)', declare='DECLARE probe schemas_version%ROWTYPE;', func="IF TG_OP = 'DELETE' OR OLD.withdrawn_at IS NOT NULL THEN RAISE EXCEPTION 'a published version does not change' USING ERRCODE = 'restrict_violation'; END IF; probe := NEW; probe.withdrawn_at := NULL; probe.withdrawn_by := NULL; IF probe IS DISTINCT FROM OLD THEN RAISE EXCEPTION 'a published version does not change' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;", hash='069e392f6d326d78780aee3d2484dbc65e029d66', operation='UPDATE OR DELETE', pgid='pgtrigger_published_stays_59bc9', table='schemas_version', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='page',
                trigger=pgtrigger.compiler.Trigger(name='published_stays', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE fixed timestamptz;', func="IF TG_OP <> 'INSERT' THEN SELECT published_at INTO fixed FROM schemas_version WHERE id = OLD.version_id FOR SHARE; IF fixed IS NOT NULL THEN RAISE EXCEPTION 'a published version does not change' USING ERRCODE = 'restrict_violation'; END IF; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; SELECT published_at INTO fixed FROM schemas_version WHERE id = NEW.version_id FOR SHARE; IF fixed IS NOT NULL THEN RAISE EXCEPTION 'a published version does not change' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;", hash='6ba8aca301fd349d530489471eedfd1d54d0b3da', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_published_stays_1415d', table='schemas_page', when='BEFORE')),
            )],
        ),
    ]
