import accounts.at_once
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('residents', '0001_initial'),
        ('residents', '0002_first_policy'),
    ]

    operations = [
        accounts.at_once.AtOnce(
            operations=[migrations.CreateModel(
                name='TownAccount',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('valid_from', models.DateField(verbose_name='obowiązuje od')),
                    ('valid_to', models.DateField(blank=True, help_text='Włącznie. Puste: bezterminowo.', null=True, verbose_name='obowiązuje do')),
                    ('source', models.CharField(help_text='Ustawa, uchwała albo zarządzenie, z numerem.', max_length=300, verbose_name='podstawa')),
                    ('needs_confirmation', models.BooleanField(default=False, help_text='Źródła jeszcze nie sprawdzono; mieszkaniec zobaczy ten znak.', verbose_name='do potwierdzenia')),
                    ('purpose', models.SlugField(max_length=40, verbose_name='na co')),
                    ('number', models.CharField(max_length=26, verbose_name='numer rachunku')),
                    ('owner', models.CharField(max_length=100, verbose_name='właściciel')),
                    ('short_owner', models.CharField(blank=True, help_text='Kod mieści 20 znaków. Puste: początek nazwy.', max_length=20, verbose_name='właściciel w kodzie QR')),
                    ('is_sample', models.BooleanField(default=False, verbose_name='przykładowy')),
                ],
                options={
                    'verbose_name': 'rachunek miasta',
                    'verbose_name_plural': 'rachunki miasta',
                    'ordering': ['purpose', '-valid_from'],
                    'abstract': False,
                    'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='payments_townaccount_dates_in_order'), models.CheckConstraint(condition=models.Q(('number__regex', '^[0-9]{26}$')), name='payments_account_has_26_digits')],
                },
            ), migrations.CreateModel(
                name='Payment',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('mark', models.CharField(max_length=20, unique=True, verbose_name='numer')),
                    ('purpose', models.SlugField(max_length=40, verbose_name='na co')),
                    ('title', models.CharField(max_length=140, verbose_name='tytułem')),
                    ('amount_grosze', models.PositiveIntegerField(verbose_name='kwota w groszach')),
                    ('payer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='residents.person', verbose_name='kto płaci')),
                    ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='payments.townaccount', verbose_name='rachunek')),
                    ('due_on', models.DateField(blank=True, null=True, verbose_name='termin')),
                    ('status', models.CharField(choices=[('due', 'do zapłaty'), ('paid', 'zapłacona'), ('cancelled', 'anulowana')], default='due', max_length=10, verbose_name='stan')),
                    ('asked_at', models.DateTimeField(verbose_name='wystawiona')),
                ],
                options={
                    'verbose_name': 'płatność',
                    'verbose_name_plural': 'płatności',
                    'ordering': ['-asked_at'],
                    'permissions': [('book_entry', 'księguje wpłaty gotówką i przelewem')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['due', 'paid', 'cancelled'])), name='payments_payment_status'), models.CheckConstraint(condition=models.Q(('amount_grosze__gt', 0)), name='payments_amount_is_something')],
                },
            ), migrations.CreateModel(
                name='Entry',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('payment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='payments.payment', verbose_name='płatność')),
                    ('kind', models.CharField(choices=[('cash', 'gotówka'), ('transfer', 'przelew'), ('reversal', 'storno')], max_length=10, verbose_name='rodzaj')),
                    ('amount_grosze', models.IntegerField(verbose_name='kwota w groszach')),
                    ('received_on', models.DateField(verbose_name='dzień wpłaty')),
                    ('evidence', models.CharField(max_length=60, verbose_name='dowód księgowy')),
                    ('again', models.PositiveSmallIntegerField(default=0, editable=False)),
                    ('reverses', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversed_by', to='payments.entry', verbose_name='stornuje')),
                    ('reason', models.CharField(blank=True, max_length=300, verbose_name='powód')),
                    ('by', models.UUIDField(verbose_name='kto zaksięgował')),
                    ('at', models.DateTimeField(verbose_name='kiedy')),
                ],
                options={
                    'verbose_name': 'zapis księgowy',
                    'verbose_name_plural': 'zapisy księgowe',
                    'ordering': ['at'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('kind', 'reversal'), _negated=True), fields=('kind', 'evidence', 'again'), name='payments_evidence_once'), models.CheckConstraint(condition=models.Q(models.Q(('amount_grosze__lt', 0), ('kind', 'reversal'), ('reverses__isnull', False), models.Q(('reason', ''), _negated=True)), models.Q(models.Q(('kind', 'reversal'), _negated=True), ('amount_grosze__gt', 0), ('reverses__isnull', True)), _connector='OR'), name='payments_reversal_names_its_entry')],
                },
            ), migrations.CreateModel(
                name='PaymentEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='payments.payment')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                    ('mark', models.CharField(max_length=20, verbose_name='numer')),
                    ('purpose', models.SlugField(db_index=False, max_length=40, verbose_name='na co')),
                    ('title', models.CharField(max_length=140, verbose_name='tytułem')),
                    ('amount_grosze', models.PositiveIntegerField(verbose_name='kwota w groszach')),
                    ('payer', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='residents.person', verbose_name='kto płaci')),
                    ('account', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='payments.townaccount', verbose_name='rachunek')),
                    ('due_on', models.DateField(blank=True, null=True, verbose_name='termin')),
                    ('status', models.CharField(choices=[('due', 'do zapłaty'), ('paid', 'zapłacona'), ('cancelled', 'anulowana')], default='due', max_length=10, verbose_name='stan')),
                    ('asked_at', models.DateTimeField(verbose_name='wystawiona')),
                ],
                options={
                    'abstract': False,
                },
            ), pgtrigger.migrations.AddTrigger(
                model_name='townaccount',
                trigger=pgtrigger.compiler.Trigger(name='number_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."purpose" IS DISTINCT FROM (NEW."purpose") OR OLD."number" IS DISTINCT FROM (NEW."number"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='aa087964e9b49c373eb3b16d18cbbd60fda585e8', operation='UPDATE', pgid='pgtrigger_number_stays_37d1d', table='payments_townaccount', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='entry',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='dff7ef170e1fb52ca49f8bde2e52788fd7eade17', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_28380', table='payments_entry', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='payment',
                trigger=pgtrigger.compiler.Trigger(name='what_was_asked_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."mark" IS DISTINCT FROM (NEW."mark") OR OLD."purpose" IS DISTINCT FROM (NEW."purpose") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."amount_grosze" IS DISTINCT FROM (NEW."amount_grosze") OR OLD."account_id" IS DISTINCT FROM (NEW."account_id") OR OLD."due_on" IS DISTINCT FROM (NEW."due_on") OR OLD."asked_at" IS DISTINCT FROM (NEW."asked_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='c38156c7fcbdea071acb4abb7622ba0ab7c58868', operation='UPDATE', pgid='pgtrigger_what_was_asked_stays_3f6dd', table='payments_payment', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='payment',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "payments_paymentevent" ("account_id", "amount_grosze", "asked_at", "due_on", "id", "mark", "payer_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "status", "title") VALUES (NEW."account_id", NEW."amount_grosze", NEW."asked_at", NEW."due_on", NEW."id", NEW."mark", NEW."payer_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."purpose", NEW."status", NEW."title"); RETURN NULL;', hash='0dcf2dd5b8a4ccf6b69ed02f088fb83bd5fb92a5', operation='INSERT', pgid='pgtrigger_insert_insert_24a65', table='payments_payment', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='payment',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "payments_paymentevent" ("account_id", "amount_grosze", "asked_at", "due_on", "id", "mark", "payer_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "status", "title") VALUES (NEW."account_id", NEW."amount_grosze", NEW."asked_at", NEW."due_on", NEW."id", NEW."mark", NEW."payer_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."purpose", NEW."status", NEW."title"); RETURN NULL;', hash='ce2bfa40dcc19a7ccb4d49b64b65349ab28aaac6', operation='UPDATE', pgid='pgtrigger_update_update_dd546', table='payments_payment', when='AFTER')),
            )],
        ),
    ]
