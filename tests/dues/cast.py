"""What tests of dues start from: rates that do not change, accounts of the town, Anna's payer with a liability, a file and its import."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from django.utils import timezone

from dues.actions import imports, links
from dues.importing.columns import COLUMNS
from dues.models import Import, Instalment, InterestRate, InterestTerms, Kind, Liability, Payer
from payments.models import TownAccount
from tests.factories import LONG_AGO, SOURCE, TUESDAY, make_person
from tests.payments.cast import NUMBER, make_account

TODAY = date(2026, 11, 24)
HEADER = ";".join(column.title for column in COLUMNS)
ANNA_PESEL = "85041512345"
BASIS = {"what": "Grunt", "quantity": "600 m2", "rate": "0,73", "grosze": 43_800}


def make_tables(percent="14.60", least=290):
    """One rate for ever: 14,60 % a year is 4 grosze a day from each hundred złotych."""
    InterestRate.objects.all().delete()
    InterestTerms.objects.all().delete()
    InterestRate.objects.create(percent=Decimal(percent), valid_from=LONG_AGO, source=SOURCE)
    InterestTerms.objects.create(
        letter_grosze=least, letters=3, rounding_grosze=100, year_days=365, term_moves=True, valid_from=LONG_AGO, source=SOURCE
    )
    for purpose in ("podatki", "odpady"):
        if not TownAccount.objects.filter(purpose=purpose).exists():
            make_account(NUMBER, purpose=purpose)


def make_payer(person=None, number="P-1", name="Kowalska Anna", moment=TUESDAY, by=None):
    from dues.models import PayerLink

    payer = Payer.objects.create(number=number, name=name, search="kowalska anna")
    if person:
        PayerLink.objects.create(payer=payer, person=person, method="desk_code", since=moment)
    return payer


def make_liability(payer, number="N-1", kind="nieruchomosc", period="2026", **fields):
    return Liability.objects.create(payer=payer, number=number, kind=Kind.objects.get(code=kind), period=period, **fields)


def make_instalment(liability, principal=10_000, due_on=date(2026, 11, 16), number=None, **fields):
    number = number or liability.instalments.count() + 1
    return Instalment.objects.create(liability=liability, number=number, due_on=due_on, principal_grosze=principal, **fields)


def annas(anna, principal=10_000, due_on=date(2026, 11, 16), **fields):
    """Anna's person and one instalment of hers."""
    person = make_person(anna)
    return person, make_instalment(make_liability(make_payer(person)), principal, due_on, **fields)


def row(**cells):
    """A line of the file, by names of columns."""
    usual = {
        "payer_number": "P-1", "payer_name": "Kowalska Anna", "liability": "N-1", "kind": "nieruchomosc", "period": "2026",
        "instalment": "1", "due_on": "2026-11-16", "principal": "142,00",
    }  # fmt: skip
    return ";".join({**usual, **cells}.get(column.name, "") for column in COLUMNS)


def write_file(folder, *rows, header=HEADER, encoding="utf-8"):
    path = Path(folder) / "plik.csv"
    path.write_bytes("\r\n".join([header, *rows, ""]).encode(encoding))
    return path


def take_in(path, by, as_of=None, moment=None):
    """The file as the worker has checked it."""
    moment = moment or timezone.now()
    made = imports.take_in(path, name=path.name, as_of=as_of or timezone.localdate(moment), by=by, moment=moment)
    imports.run(made.pk, moment=moment)
    return Import.objects.get(pk=made.pk)


def load(imported, by, moment=None):
    moment = moment or timezone.now()
    imports.load(imported, by=by, moment=moment)
    imports.run(imported.pk, moment=moment)
    return Import.objects.get(pk=imported.pk)


def give_code(payer, by, first_name="Anna", last_name="Kowalska", moment=TUESDAY):
    return links.issue_code(payer, first_name=first_name, last_name=last_name, by=by, moment=moment)


def arguments_of(person, copies=1):
    """For the guards that walk every address of the house; `copies` of what lists show."""
    make_tables()
    payer = make_payer(person, number=f"P-{person.pk.hex[:8]}", name=str(person))
    liability = make_liability(payer, number=f"N-{person.pk.hex[:8]}", subject=str(person), basis=[BASIS] * copies)
    for _number in range(copies):
        make_instalment(liability, due_on=timezone.localdate() - timedelta(days=40))
        make_instalment(liability, due_on=timezone.localdate() + timedelta(days=40))
    return {"dues:liability": {"pk": liability.pk}}
