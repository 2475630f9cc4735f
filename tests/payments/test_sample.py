"""The demonstration: an account no bank takes, each state of a payment, and nothing twice."""

import pytest
from django.core.management import call_command

from payments import zbp
from payments.models import Entry, Payment, TownAccount


@pytest.mark.django_db
def test_the_demonstration_has_a_payment_of_each_kind_and_is_loaded_once():
    for _time in range(2):
        call_command("load_sample_data")

    accounts = list(TownAccount.objects.all())
    assert all(one.is_sample and not zbp.is_nrb(one.number) for one in accounts)
    assert len({one.purpose for one in accounts}) == len(accounts) and {"card-duplicate", "stamp-duty"} <= {
        one.purpose for one in accounts
    }
    assert sorted(Payment.objects.filter(purpose="card-duplicate").values_list("payer__first_name", "status")) == [
        ("Anna", "due"), ("Bartek", "due"), ("Bartek", "paid"),  # his lost plastic card costs a duplicate
    ]  # fmt: skip
    assert sorted(Entry.objects.filter(payment__purpose="card-duplicate").values_list("kind", flat=True)) == [
        "cash",
        "reversal",
        "transfer",
        "transfer",
    ]
