"""The example file is one that the portal takes, in both formats; the demonstration shows each state."""

from datetime import date

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils.timezone import localdate

from dues import sample
from dues.models import Import, Instalment, Liability
from dues.rules import Table
from dues.story import lines_of
from residents.models import Person
from tests.dues.cast import row, write_file

pytestmark = pytest.mark.django_db
FOLDER = sample.FILE.parent


def test_both_examples_say_the_same(capsys):
    columns = ("liability__number", "number", "principal_grosze", "paid_principal_grosze")
    call_command("import_dues", str(FOLDER / "naleznosci.csv"), as_of=date(2026, 11, 24), load=True)
    said = list(Instalment.objects.order_by("pk").values_list(*columns))

    call_command("import_dues", str(FOLDER / "naleznosci.jsonl"), as_of=date(2026, 11, 24), load=True)

    assert len(said) == 12 and list(Instalment.objects.order_by("pk").values_list(*columns)) == said
    assert "{'new': 0, 'same': 12, 'changed': 0}" in capsys.readouterr().out.splitlines()[-1]


def test_the_command_says_what_is_wrong(tmp_path):
    with pytest.raises(CommandError, match="błędów: 1"):
        call_command("import_dues", str(write_file(tmp_path, row(principal="x"))), as_of=date(2026, 11, 24), load=True)
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_dues", str(tmp_path / "nie-ma"), as_of=date(2026, 11, 24))
    assert not Liability.objects.exists()


@pytest.mark.parametrize(
    ("text", "months", "moved"),
    [("2026-11-16", 0, "2026-11-16"), ("2026-11-16", 2, "2027-01-16"), ("2026-03-16", -4, "2025-11-16"), ("2026-12", 1, "2027-01"), ("2026", 2, "2027"), ("2026", 1, "2026")],
)  # fmt: skip
def test_the_example_moves_with_the_months(text, months, moved):
    assert sample._later(text, months) == moved


def test_the_demonstration_shows_each_state_and_is_loaded_once():
    for _time in range(2):
        call_command("load_sample_data")

    anna = Person.objects.get(account__email="anna@pruszcz.example")
    lines = lines_of(anna.pk, localdate(), Table.on(localdate()))
    assert {one.state for one in lines} == {"po terminie", "do zapłaty", "zapłacona", "nadpłata"}
    assert any(one.pending_grosze for one in lines) and any(one.interest_grosze for one in lines)
    assert Import.objects.count() == 1
