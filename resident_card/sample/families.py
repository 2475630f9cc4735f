"""Anna's family of the demonstration: two children, a grown-up cousin joined on paper, an adult who was asked. Made through verbs."""

from datetime import datetime, timedelta

from accounts.models import User
from resident_card.actions import care, families, invitations
from resident_card.models import Membership
from residents.actions import declare_person
from residents.models import Person

ZOSIA, KACPER, IRENA, PIOTR = "16301000016", "09271400027", "52030800053", "83022100031"  # correct PESEL numbers of nobody


def load(moment: datetime) -> None:
    """What is there already is left as it is."""
    if not Membership.objects.exists():
        _annas_family(moment - timedelta(days=12))


def _annas_family(then):
    account, clerk = (User.objects.get(email=f"{name}@pruszcz.example") for name in ("anna", "hanna"))
    anna = Person.objects.get(account=account)
    for first_name, pesel in (("Zosia", ZOSIA), ("Kacper", KACPER)):
        child = declare_person(account=None, first_name=first_name, last_name="Kowalska" if pesel == ZOSIA else "Kowalski",
                               pesel=pesel, by=account, moment=then)  # fmt: skip
        families.add_child(administrator=anna, child=child, by=account, moment=then)
    irena = declare_person(account=None, first_name="Irena", last_name="Kowalska", pesel=IRENA, by=clerk, moment=then)
    joined = families.join_on_paper(administrator=anna, person=irena, by=clerk, moment=then + timedelta(days=1))
    care.change_contact(joined, phone="+48501502504", mail_address="", by=account, moment=then + timedelta(days=3))
    invitations.invite(
        administrator=anna, first_name="Piotr", last_name="Kowalski", pesel=PIOTR, email="piotr@pruszcz.example", by=account,
        moment=then + timedelta(days=8),
    )  # fmt: skip
