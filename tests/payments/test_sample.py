"""The demonstration: an account no bank takes, each state of a payment, and nothing twice."""

import pytest
from django.core.management import call_command

from payments import zbp
from payments.models import Entry, Payment, TownAccount


@pytest.mark.django_db
def test_the_demonstration_has_a_payment_of_each_kind_and_is_loaded_once():
    for _time in range(2):
        call_command("load_sample_data")

    assert all(account.is_sample and not zbp.is_nrb(account.number) for account in TownAccount.objects.all())
    duplicates = Payment.objects.filter(purpose="card-duplicate")
    assert sorted(duplicates.values_list("payer__first_name", "status")) == [
        ("Anna", "due"), ("Bartek", "due"), ("Bartek", "paid"),  # his lost plastic card costs a duplicate
    ]  # fmt: skip
    assert sorted(Entry.objects.filter(payment__in=duplicates).values_list("kind", flat=True)) == [
        "cash",
        "reversal",
        "transfer",
        "transfer",
    ]
