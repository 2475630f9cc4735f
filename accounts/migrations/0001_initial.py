import accounts.at_once
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        accounts.at_once.AtOnce(
            operations=[migrations.CreateModel(
                name='User',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('password', models.CharField(max_length=128, verbose_name='password')),
                    ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                    ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                    ('subject', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='oznaczenie w historii')),
                    ('email', models.EmailField(max_length=254, unique=True, verbose_name='adres e-mail')),
                    ('name', models.CharField(blank=True, help_text='Pracownika, tak jak pod pismem. Mieszkańcy mają swoje dane w kartotece.', max_length=120, verbose_name='imię i nazwisko')),
                    ('position', models.CharField(blank=True, max_length=120, verbose_name='stanowisko')),
                    ('is_active', models.BooleanField(default=True, verbose_name='aktywne')),
                    ('is_staff', models.BooleanField(default=False, verbose_name='pracownik urzędu')),
                    ('date_joined', models.DateTimeField(auto_now_add=True, verbose_name='utworzone')),
                    ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                    ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                ],
                options={
                    'verbose_name': 'konto',
                    'verbose_name_plural': 'konta',
                    'constraints': [models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='accounts_user_email_is_lower_case')],
                },
            ), migrations.CreateModel(
                name='PhoneProof',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('phone', models.CharField(blank=True, max_length=16)),
                    ('phone_lookup', models.BinaryField(max_length=32)),
                    ('code_lookup', models.BinaryField(max_length=32)),
                    ('asked_at', models.DateTimeField(db_index=True)),
                    ('tries', models.PositiveSmallIntegerField(default=0)),
                    ('used_at', models.DateTimeField(null=True)),
                    ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ), migrations.CreateModel(
                name='RoleEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('group', models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='auth.group')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('user', models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='RoleGrant',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('asked_by', models.UUIDField(verbose_name='kto nadaje')),
                    ('asked_at', models.DateTimeField(verbose_name='nadana')),
                    ('decided_by', models.UUIDField(null=True, verbose_name='kto rozstrzygnął')),
                    ('decided_at', models.DateTimeField(null=True, verbose_name='rozstrzygnięta')),
                    ('is_confirmed', models.BooleanField(default=False, verbose_name='potwierdzona')),
                    ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='auth.group', verbose_name='rola')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='role_grants', to=settings.AUTH_USER_MODEL, verbose_name='pracownik')),
                ],
                options={
                    'verbose_name': 'nadanie roli',
                    'verbose_name_plural': 'nadania ról',
                    'ordering': ['-asked_at', '-id'],
                    'permissions': [('confirm_rolegrant', 'potwierdza role nadane przez kogoś innego')],
                    'default_permissions': ('view',),
                    'constraints': [models.UniqueConstraint(condition=models.Q(('decided_at', None)), fields=('user', 'group'), name='accounts_one_waiting_grant'), models.CheckConstraint(condition=models.Q(('is_confirmed', False), models.Q(('decided_by__isnull', False), models.Q(('decided_by', models.F('asked_by')), _negated=True)), _connector='OR'), name='accounts_grant_by_two_people'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('is_confirmed', False)), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='accounts_grant_decided_by_somebody')],
                },
            ), migrations.CreateModel(
                name='SignInPhone',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('phone', models.CharField(max_length=16, unique=True, verbose_name='telefon do logowania')),
                    ('confirmed_at', models.DateTimeField(verbose_name='potwierdzony')),
                    ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='sign_in_phone', to=settings.AUTH_USER_MODEL, verbose_name='konto')),
                ],
                options={
                    'verbose_name': 'telefon do logowania',
                    'verbose_name_plural': 'telefony do logowania',
                    'constraints': [models.CheckConstraint(condition=models.Q(('phone__regex', '^\\+48[0-9]{9}$')), name='accounts_phone_is_folded')],
                },
            ), migrations.CreateModel(
                name='UserEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('subject', models.UUIDField(default=uuid.uuid4, editable=False, verbose_name='oznaczenie w historii')),
                    ('name', models.CharField(blank=True, help_text='Pracownika, tak jak pod pismem. Mieszkańcy mają swoje dane w kartotece.', max_length=120, verbose_name='imię i nazwisko')),
                    ('position', models.CharField(blank=True, max_length=120, verbose_name='stanowisko')),
                    ('is_active', models.BooleanField(default=True, verbose_name='aktywne')),
                    ('is_staff', models.BooleanField(default=False, verbose_name='pracownik urzędu')),
                    ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='subject_name_position_is_active_is_staff_is_superuser_events', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='RoleOfUser',
                fields=[
                ],
                options={
                    'verbose_name': 'rola pracownika',
                    'verbose_name_plural': 'role pracowników',
                    'proxy': True,
                    'indexes': [],
                    'constraints': [],
                },
                bases=('accounts.user_groups',),
            ), pgtrigger.migrations.AddTrigger(
                model_name='user',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_userevent" ("is_active", "is_staff", "is_superuser", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "subject") VALUES (NEW."is_active", NEW."is_staff", NEW."is_superuser", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."subject"); RETURN NULL;', hash='3bb3c1036515af904f902ff6715bb52862faafd3', operation='INSERT', pgid='pgtrigger_insert_insert_3867c', table='accounts_user', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='user',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."is_staff" IS DISTINCT FROM (NEW."is_staff") OR OLD."is_superuser" IS DISTINCT FROM (NEW."is_superuser") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."position" IS DISTINCT FROM (NEW."position") OR OLD."subject" IS DISTINCT FROM (NEW."subject"))', func='INSERT INTO "accounts_userevent" ("is_active", "is_staff", "is_superuser", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "subject") VALUES (NEW."is_active", NEW."is_staff", NEW."is_superuser", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."subject"); RETURN NULL;', hash='14a4d49129b175d8fe6a2b7f2f66da551b6fc410', operation='UPDATE', pgid='pgtrigger_update_update_0e890', table='accounts_user', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='rolegrant',
                trigger=pgtrigger.compiler.Trigger(name='decided_is_fixed', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."decided_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='d68e3d7861017822cc971fab6a74af21cb080a74', operation='UPDATE', pgid='pgtrigger_decided_is_fixed_16514', table='accounts_rolegrant', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='rolegrant',
                trigger=pgtrigger.compiler.Trigger(name='grant_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='77417989bc3e17fb5e806af7c33d9ef311e085ad', operation='DELETE', pgid='pgtrigger_grant_stays_c54be', table='accounts_rolegrant', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='roleofuser',
                trigger=pgtrigger.compiler.Trigger(name='given_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_roleevent" ("group_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "user_id") VALUES (NEW."group_id", NEW."id", _pgh_attach_context(), NOW(), \'given\', NEW."user_id"); RETURN NULL;', hash='7ad5f09dbea2424278138a2b5c88b2741f38db74', operation='INSERT', pgid='pgtrigger_given_insert_6f3a7', table='accounts_user_groups', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='roleofuser',
                trigger=pgtrigger.compiler.Trigger(name='taken_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_roleevent" ("group_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "user_id") VALUES (OLD."group_id", OLD."id", _pgh_attach_context(), NOW(), \'taken\', OLD."user_id"); RETURN NULL;', hash='8b0df86836374294d619c42a626c06b479d9a762', operation='DELETE', pgid='pgtrigger_taken_delete_aeaf0', table='accounts_user_groups', when='AFTER')),
            )],
        ),
    ]
