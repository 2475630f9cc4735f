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
    ]

    operations = [
        accounts.at_once.AtOnce(
            operations=[migrations.CreateModel(
                name='Checkout',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('amount_grosze', models.PositiveIntegerField(verbose_name='kwota w groszach')),
                    ('status', models.CharField(choices=[('started', 'wybrana'), ('registered', 'czeka na operatora'), ('paid', 'zapłacona'), ('abandoned', 'przerwana')], default='started', max_length=10, verbose_name='stan')),
                    ('begun_at', models.DateTimeField(verbose_name='rozpoczęta')),
                    ('registered_at', models.DateTimeField(blank=True, null=True, verbose_name='przekazana operatorowi')),
                    ('paid_at', models.DateTimeField(blank=True, null=True, verbose_name='potwierdzona')),
                    ('token', models.CharField(blank=True, editable=False, max_length=100, verbose_name='token')),
                    ('order_id', models.BigIntegerField(blank=True, null=True, unique=True, verbose_name='numer u operatora')),
                    ('confirmation', models.CharField(blank=True, max_length=20, null=True, unique=True, verbose_name='numer potwierdzenia')),
                    ('busy_until', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('asked_at', models.DateTimeField(blank=True, null=True, verbose_name='ostatnie pytanie do operatora')),
                    ('trouble', models.CharField(blank=True, max_length=200, verbose_name='co się nie zgadza')),
                    ('payer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checkouts', to='residents.person', verbose_name='kto płaci')),
                ],
                options={
                    'verbose_name': 'płatność internetowa',
                    'verbose_name_plural': 'płatności internetowe',
                    'ordering': ['-begun_at'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['started', 'registered', 'paid', 'abandoned'])), name='payments_checkout_status'), models.CheckConstraint(condition=models.Q(('amount_grosze__gt', 0)), name='payments_checkout_is_something'), models.CheckConstraint(condition=models.Q(models.Q(('confirmation__isnull', False), ('order_id__isnull', False), ('paid_at__isnull', False), ('status', 'paid')), models.Q(('status', 'paid'), _negated=True), _connector='OR'), name='payments_paid_checkout_has_its_proof')],
                },
            ), migrations.CreateModel(
                name='DutyExemption',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('valid_from', models.DateField(verbose_name='obowiązuje od')),
                    ('valid_to', models.DateField(blank=True, help_text='Włącznie. Puste: bezterminowo.', null=True, verbose_name='obowiązuje do')),
                    ('source', models.CharField(help_text='Ustawa, uchwała albo zarządzenie, z numerem.', max_length=300, verbose_name='podstawa')),
                    ('needs_confirmation', models.BooleanField(default=False, help_text='Źródła jeszcze nie sprawdzono; mieszkaniec zobaczy ten znak.', verbose_name='do potwierdzenia')),
                    ('duty', models.SlugField(max_length=40, verbose_name='kod opłaty')),
                    ('code', models.SlugField(max_length=40, verbose_name='kod zwolnienia')),
                    ('name', models.CharField(max_length=120, verbose_name='kto jest zwolniony')),
                ],
                options={
                    'verbose_name': 'zwolnienie z opłaty skarbowej',
                    'verbose_name_plural': 'zwolnienia z opłaty skarbowej',
                    'ordering': ['duty', 'code', '-valid_from'],
                    'abstract': False,
                    'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='payments_dutyexemption_dates_in_order'), models.UniqueConstraint(fields=('duty', 'code', 'valid_from'), name='payments_exemption_once_a_day')],
                },
            ), migrations.CreateModel(
                name='Payment',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('mark', models.CharField(max_length=20, unique=True, verbose_name='numer')),
                    ('purpose', models.SlugField(max_length=40, verbose_name='na co')),
                    ('title', models.CharField(max_length=140, verbose_name='tytułem')),
                    ('amount_grosze', models.PositiveIntegerField(verbose_name='kwota w groszach')),
                    ('due_on', models.DateField(blank=True, null=True, verbose_name='termin')),
                    ('status', models.CharField(choices=[('due', 'do zapłaty'), ('paid', 'zapłacona'), ('cancelled', 'anulowana')], default='due', max_length=10, verbose_name='stan')),
                    ('asked_at', models.DateTimeField(verbose_name='wystawiona')),
                    ('payer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='residents.person', verbose_name='kto płaci')),
                    ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='payments.townaccount', verbose_name='rachunek')),
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
                    ('kind', models.CharField(choices=[('cash', 'gotówka'), ('transfer', 'przelew'), ('online', 'płatność internetowa'), ('refund', 'zwrot'), ('reversal', 'storno')], max_length=10, verbose_name='rodzaj')),
                    ('amount_grosze', models.IntegerField(verbose_name='kwota w groszach')),
                    ('received_on', models.DateField(verbose_name='dzień wpłaty')),
                    ('evidence', models.CharField(max_length=60, verbose_name='dowód księgowy')),
                    ('again', models.PositiveSmallIntegerField(default=0, editable=False)),
                    ('reason', models.CharField(blank=True, max_length=300, verbose_name='powód')),
                    ('by', models.UUIDField(blank=True, null=True, verbose_name='kto zaksięgował')),
                    ('at', models.DateTimeField(verbose_name='kiedy')),
                    ('reverses', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversed_by', to='payments.entry', verbose_name='stornuje')),
                    ('payment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='payments.payment', verbose_name='płatność')),
                ],
                options={
                    'verbose_name': 'zapis księgowy',
                    'verbose_name_plural': 'zapisy księgowe',
                    'ordering': ['at'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('kind', 'reversal'), _negated=True), fields=('kind', 'evidence', 'again'), name='payments_evidence_once'), models.CheckConstraint(condition=models.Q(models.Q(('amount_grosze__lt', 0), ('kind', 'reversal'), ('reverses__isnull', False), models.Q(('reason', ''), _negated=True)), models.Q(('amount_grosze__lt', 0), ('kind', 'refund'), ('reverses__isnull', True), models.Q(('reason', ''), _negated=True)), models.Q(models.Q(('kind__in', ('reversal', 'refund')), _negated=True), ('amount_grosze__gt', 0), ('reverses__isnull', True)), _connector='OR'), name='payments_reversal_names_its_entry'), models.CheckConstraint(condition=models.Q(('kind__in', ('online', 'refund')), ('by__isnull', False), _connector='OR'), name='payments_who_booked_by_hand')],
                },
            ), migrations.CreateModel(
                name='CheckoutLine',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('amount_grosze', models.PositiveIntegerField(verbose_name='kwota w groszach')),
                    ('is_live', models.BooleanField(default=True, editable=False)),
                    ('checkout', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='payments.checkout', verbose_name='płatność internetowa')),
                    ('payment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='payments.payment', verbose_name='płatność')),
                ],
                options={
                    'verbose_name': 'pozycja koszyka',
                    'verbose_name_plural': 'pozycje koszyka',
                    'ordering': ['pk'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('is_live', True)), fields=('payment',), name='payments_in_one_live_basket'), models.UniqueConstraint(fields=('checkout', 'payment'), name='payments_once_in_a_basket'), models.CheckConstraint(condition=models.Q(('amount_grosze__gt', 0)), name='payments_line_is_something')],
                },
            ), migrations.CreateModel(
                name='ProviderEvent',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('provider', models.CharField(max_length=20, verbose_name='operator')),
                    ('event_id', models.CharField(max_length=96, verbose_name='podpis')),
                    ('kind', models.CharField(choices=[('payment', 'wpłata'), ('refund', 'zwrot')], max_length=10, verbose_name='rodzaj')),
                    ('session', models.CharField(max_length=100, verbose_name='sesja')),
                    ('order_id', models.BigIntegerField(verbose_name='numer u operatora')),
                    ('grosze', models.BigIntegerField(verbose_name='kwota w groszach')),
                    ('currency', models.CharField(max_length=3, verbose_name='waluta')),
                    ('received_at', models.DateTimeField(verbose_name='odebrane')),
                    ('outcome', models.CharField(choices=[('waiting', 'czeka'), ('settled', 'rozliczone'), ('repeated', 'powtórzone'), ('unknown', 'nieznana sesja'), ('mismatch', 'kwota albo waluta się nie zgadza'), ('declined', 'operator nie potwierdził'), ('second', 'druga wpłata za to samo')], default='waiting', max_length=10, verbose_name='wynik')),
                    ('handled_at', models.DateTimeField(blank=True, null=True, verbose_name='obsłużone')),
                    ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='próby')),
                ],
                options={
                    'verbose_name': 'wiadomość operatora',
                    'verbose_name_plural': 'wiadomości operatora',
                    'ordering': ['-received_at'],
                    'indexes': [models.Index(condition=models.Q(('outcome', 'waiting')), fields=['received_at'], name='payments_event_waiting')],
                    'constraints': [models.UniqueConstraint(fields=('provider', 'event_id'), name='payments_event_once')],
                },
            ), migrations.CreateModel(
                name='Refund',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('amount_grosze', models.PositiveIntegerField(verbose_name='kwota w groszach')),
                    ('reason', models.CharField(max_length=300, verbose_name='powód')),
                    ('status', models.CharField(choices=[('asked', 'do zatwierdzenia'), ('released', 'zatwierdzony'), ('sent', 'zlecony operatorowi'), ('done', 'zwrócony'), ('rejected', 'nieudany'), ('withdrawn', 'wycofany')], default='asked', max_length=10, verbose_name='stan')),
                    ('asked_by', models.UUIDField(verbose_name='kto zlecił')),
                    ('asked_at', models.DateTimeField(verbose_name='zlecony')),
                    ('released_by', models.UUIDField(blank=True, null=True, verbose_name='kto zatwierdził')),
                    ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='wysłany do operatora')),
                    ('done_at', models.DateTimeField(blank=True, null=True, verbose_name='zwrócony')),
                    ('trouble', models.CharField(blank=True, max_length=200, verbose_name='co się nie zgadza')),
                    ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='refunds', to='payments.checkoutline', verbose_name='z jakiej wpłaty')),
                ],
                options={
                    'verbose_name': 'zwrot',
                    'verbose_name_plural': 'zwroty',
                    'ordering': ['-asked_at'],
                    'permissions': [('ask_refund', 'zleca zwroty'), ('release_refund', 'zatwierdza zwroty')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['asked', 'released', 'sent', 'done', 'rejected', 'withdrawn'])), name='payments_refund_status'), models.CheckConstraint(condition=models.Q(('amount_grosze__gt', 0), models.Q(('reason', ''), _negated=True)), name='payments_refund_is_something'), models.CheckConstraint(condition=models.Q(('released_by', None), models.Q(('released_by', models.F('asked_by')), _negated=True), _connector='OR'), name='payments_refund_by_two_people'), models.CheckConstraint(condition=models.Q(('status__in', ('asked', 'withdrawn')), ('released_by__isnull', False), _connector='OR'), name='payments_refund_was_released')],
                },
            ), migrations.CreateModel(
                name='StampDuty',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('valid_from', models.DateField(verbose_name='obowiązuje od')),
                    ('valid_to', models.DateField(blank=True, help_text='Włącznie. Puste: bezterminowo.', null=True, verbose_name='obowiązuje do')),
                    ('source', models.CharField(help_text='Ustawa, uchwała albo zarządzenie, z numerem.', max_length=300, verbose_name='podstawa')),
                    ('needs_confirmation', models.BooleanField(default=False, help_text='Źródła jeszcze nie sprawdzono; mieszkaniec zobaczy ten znak.', verbose_name='do potwierdzenia')),
                    ('code', models.SlugField(max_length=40, verbose_name='kod')),
                    ('name', models.CharField(max_length=120, verbose_name='za co')),
                    ('amount_grosze', models.PositiveIntegerField(verbose_name='kwota w groszach')),
                    ('pay_days', models.PositiveSmallIntegerField(default=3, help_text='Od złożenia pisma.', verbose_name='dni na zapłatę')),
                ],
                options={
                    'verbose_name': 'opłata skarbowa',
                    'verbose_name_plural': 'opłaty skarbowe',
                    'ordering': ['code', '-valid_from'],
                    'abstract': False,
                    'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='payments_stampduty_dates_in_order'), models.CheckConstraint(condition=models.Q(('amount_grosze__gt', 0)), name='payments_duty_is_something'), models.UniqueConstraint(fields=('code', 'valid_from'), name='payments_duty_once_a_day')],
                },
            ), migrations.CreateModel(
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
                name='PaymentEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                    ('mark', models.CharField(max_length=20, verbose_name='numer')),
                    ('purpose', models.SlugField(db_index=False, max_length=40, verbose_name='na co')),
                    ('title', models.CharField(max_length=140, verbose_name='tytułem')),
                    ('amount_grosze', models.PositiveIntegerField(verbose_name='kwota w groszach')),
                    ('due_on', models.DateField(blank=True, null=True, verbose_name='termin')),
                    ('status', models.CharField(choices=[('due', 'do zapłaty'), ('paid', 'zapłacona'), ('cancelled', 'anulowana')], default='due', max_length=10, verbose_name='stan')),
                    ('asked_at', models.DateTimeField(verbose_name='wystawiona')),
                    ('payer', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='residents.person', verbose_name='kto płaci')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='payments.payment')),
                    ('account', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='payments.townaccount', verbose_name='rachunek')),
                ],
                options={
                    'abstract': False,
                },
            ), pgtrigger.migrations.AddTrigger(
                model_name='townaccount',
                trigger=pgtrigger.compiler.Trigger(name='number_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."purpose" IS DISTINCT FROM (NEW."purpose") OR OLD."number" IS DISTINCT FROM (NEW."number"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='aa087964e9b49c373eb3b16d18cbbd60fda585e8', operation='UPDATE', pgid='pgtrigger_number_stays_37d1d', table='payments_townaccount', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='checkout',
                trigger=pgtrigger.compiler.Trigger(name='basket_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."amount_grosze" IS DISTINCT FROM (NEW."amount_grosze") OR OLD."begun_at" IS DISTINCT FROM (NEW."begun_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='cc642ee2aea222128e85c0812adb02a8e7f3174e', operation='UPDATE', pgid='pgtrigger_basket_stays_73033', table='payments_checkout', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='entry',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='dff7ef170e1fb52ca49f8bde2e52788fd7eade17', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_28380', table='payments_entry', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='checkoutline',
                trigger=pgtrigger.compiler.Trigger(name='line_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."checkout_id" IS DISTINCT FROM (NEW."checkout_id") OR OLD."payment_id" IS DISTINCT FROM (NEW."payment_id") OR OLD."amount_grosze" IS DISTINCT FROM (NEW."amount_grosze"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='6a18e832acee6ead178b787a65f66d1df67bc115', operation='UPDATE', pgid='pgtrigger_line_stays_03cab', table='payments_checkoutline', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='refund',
                trigger=pgtrigger.compiler.Trigger(name='refund_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."line_id" IS DISTINCT FROM (NEW."line_id") OR OLD."amount_grosze" IS DISTINCT FROM (NEW."amount_grosze") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."asked_by" IS DISTINCT FROM (NEW."asked_by") OR OLD."asked_at" IS DISTINCT FROM (NEW."asked_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='abaa624f5de715926647a2dee7789c96d8049360', operation='UPDATE', pgid='pgtrigger_refund_stays_9992b', table='payments_refund', when='BEFORE')),
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
