"""Dues of the demonstration: the example file of the tax system, taken in by the same verbs as at the desk; Anna linked, one part paid."""

import csv
import io
import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils.timezone import localdate

from accounts.models import User
from dues.actions import imports, links, paying
from dues.models import Import, Instalment, Payer
from payments import actions as till
from payments.models import Entry, TownAccount
from payments.sample import NUMBER
from residents.actions import give_consent
from residents.models import Person

FILE = settings.BASE_DIR / "sample_data" / "dues" / "naleznosci.csv"
WRITTEN = date(2026, 11, 24)  # the day of which the example file tells


def load(moment: datetime) -> None:
    """On the first load everything; what is there already is left as it is. Not one transaction: a file is loaded in its own."""
    _accounts()
    if not Import.objects.exists():
        teresa = User.objects.get(email="teresa@pruszcz.example")
        _take_in(teresa, moment)
        _anna(teresa, moment)


def _accounts():
    row = {
        "number": NUMBER, "owner": "Gmina Miejska Pruszcz Gdański", "short_owner": "Miasto Pruszcz Gd.", "is_sample": True,
        "needs_confirmation": True, "source": "rachunek zmyślony",
    }  # fmt: skip
    for purpose in ("podatki", "odpady"):
        TownAccount.objects.get_or_create(purpose=purpose, valid_from=date(2026, 1, 1), defaults=row)


def _take_in(teresa, moment):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / FILE.name
        path.write_text(_moved(FILE.read_text(encoding="utf-8"), localdate(moment)), encoding="utf-8")
        made = imports.take_in(path, name=FILE.name, as_of=localdate(moment), by=teresa, moment=moment)
    imports.run(made.pk, moment=moment)
    imports.load(Import.objects.get(pk=made.pk), by=teresa, moment=moment)
    imports.run(made.pk, moment=moment)


def _moved(text: str, today: date) -> str:
    """The file as if it had been written this month."""
    months = (today.year - WRITTEN.year) * 12 + today.month - WRITTEN.month
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    periods, terms = rows[0].index("okres"), rows[0].index("termin")
    for row in rows[1:]:
        row[terms], row[periods] = _later(row[terms], months), _later(row[periods], months)
    told = io.StringIO()
    csv.writer(told, delimiter=";").writerows(rows)
    return told.getvalue()


def _later(text: str, months: int) -> str:
    """„2026-11-16” or „2026-11” so many months on; a year alone goes with November."""
    month = int(text[:4]) * 12 + (int(text[5:7]) if len(text) > 4 else 11) - 1 + months
    return f"{month // 12}-{month % 12 + 1:02}{text[7:]}"[: len(text)]


def _anna(teresa, moment):
    """Linked by a code at the desk a month ago; the forest tax asked for and half of it paid by transfer."""
    anna = Person.objects.get(account__email="anna@pruszcz.example")
    before = moment - timedelta(days=30)
    code = links.issue_code(Payer.objects.get(number="100123"), first_name="Anna", last_name="Kowalska", by=teresa, moment=before)
    links.redeem_code(anna, code, moment=before)
    give_consent(anna, purpose="przypomnienia-o-naleznosciach", channel="email", source="portal", moment=before)
    forest = Instalment.objects.get(liability__number="LES/2026/00007")
    (payment,) = paying.ask_to_pay(anna, chosen=[forest.pk], by=anna.account, moment=moment - timedelta(days=3))
    till.book(
        payment, kind=Entry.Kind.TRANSFER, amount_grosze=1200, received_on=localdate(moment - timedelta(days=2)), evidence="WB 228/2026 poz. 7",
        by=User.objects.get(email="grazyna@pruszcz.example"), moment=moment - timedelta(days=1),
    )  # fmt: skip
    paying.settle_entries(moment=moment)
