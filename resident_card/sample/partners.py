"""Three made-up partners with offers, Piotr who verifies cards at the pool, and a few uses of a family. Made through the verbs."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.timezone import localdate

from accounts.models import User
from office.transitions import Refused
from resident_card.actions import discounts, partners
from resident_card.discounts import discounts_of
from resident_card.models import CardMedium, Offer, PackageType, Partner, PartnerPoint, PartnerUser
from resident_card.statuses import MediumStatus
from residents.models import Person

SINCE = date(2026, 1, 1)
BASE, SENIOR, LARGE = "mieszkanca", "seniora", "duzej-rodziny"
YEAR, MONTH, FAMILY = Offer.Period.YEAR, Offer.Period.MONTH, Offer.Per.FAMILY
PARTNERS: list[dict[str, Any]] = [
    {
        "name": "Pływalnia nad Radunią", "agreement": "KM/P/1/2026", "url": "https://plywalnia.example/",
        "points": [("kasa główna", "ul. Wodna 3"), ("sauna", "ul. Wodna 3, wejście B")],
        "offers": [
            ("kasa główna", BASE, "sport", "bilet na basen", "20 % taniej", 20, {}, "Bilet normalny, jedno wejście do 90 minut."),
            ("kasa główna", SENIOR, "sport", "bilet na basen", "połowa ceny", 50, {}, "Bilet normalny, jedno wejście do 90 minut."),
            ("kasa główna", BASE, "sport", "wejście na próbę", "bezpłatnie", 100, {"limit": 1}, "Raz w roku, o każdej porze."),
            ("kasa główna", LARGE, "sport", "karnet rodzinny", "30 % taniej", 30, {"limit": 4, "limit_per": FAMILY, "limit_period": MONTH}, ""),
            ("sauna", SENIOR, "sport", "sauna", "połowa ceny", 50, {"limit": 5, "limit_period": MONTH}, "W dni powszednie do 15:00."),
        ],
    },
    {
        "name": "Kino Młyn", "agreement": "KM/P/2/2026", "url": "",
        "points": [("kasa kina", "ul. Chopina 14")],
        "offers": [
            ("kasa kina", BASE, "kultura", "bilet do kina", "5 zł taniej", None, {}, "Na każdy seans poza premierami."),
            ("kasa kina", LARGE, "kultura", "poranek rodzinny", "drugi bilet bezpłatny", 50, {"limit": 10, "limit_per": FAMILY, "limit_period": YEAR}, "W niedziele do południa."),
        ],
    },
    {
        "name": "Księgarnia Przy Rynku", "agreement": "KM/P/3/2026", "url": "",
        "points": [("sklep", "ul. Grunwaldzka 7")],
        "offers": [
            ("sklep", BASE, "nauka", "książki i podręczniki", "10 % taniej", 10, {}, "Na wszystko, także na zamówienie."),
            ("sklep", SENIOR, "nauka", "książki i podręczniki", "15 % taniej", 15, {}, "We wtorki i czwartki."),
        ],
    },
]  # fmt: skip


def load(moment: datetime) -> None:
    """Partners on the first load; a family's uses once somebody holds a card. What is there already is left as it is."""
    if not Partner.objects.exists():
        for known in PARTNERS:
            _partner(**known)
        _cashier(moment)
    _uses(moment)


def _partner(name, agreement, url, points, offers):
    partner = Partner.objects.create(name=name, agreement=agreement, url=url, agreed_from=SINCE, is_sample=True)
    made = {title: PartnerPoint.objects.create(partner=partner, name=title, address=address) for title, address in points}
    packages = {package.code: package for package in PackageType.objects.all()}
    for point, package, category, subject, title, percent, limit, description in offers:
        offer = Offer.objects.create(
            partner=partner, package=packages[package], category=category, subject=subject, title=title, percent=percent,
            description=description, valid_from=SINCE, **limit,
        )  # fmt: skip
        offer.points.add(made[point])


def _cashier(moment):
    """Piotr at the pool's desk has accepted; at the sauna his invitation has ended."""
    pool = Partner.objects.get(agreement="KM/P/1/2026")
    lech, piotr = (User.objects.get(email=f"{name}@pruszcz.example") for name in ("lech", "piotr"))
    partners.invite(pool, email=piotr.email, points=list(pool.points.all()), by=lech, moment=moment)
    partners.accept(piotr, moment=moment)
    sauna = PartnerUser.objects.get(user=piotr, point__name="sauna")
    partners.end_access(sauna, last_day=localdate(moment) - timedelta(days=1), by=lech, day=localdate(moment))


def _uses(moment):
    """Anna was at the pool last week and the week before. Nothing while she has no card, or none that works there."""
    anna = Person.objects.filter(account__email="anna@pruszcz.example").first()
    medium = CardMedium.objects.select_related("person").filter(person=anna, status=MediumStatus.ACTIVE).first()
    point = PartnerPoint.objects.filter(name="kasa główna", partner__agreement="KM/P/1/2026").first()
    if medium is None or point is None or anna.redemptions.exists():
        return
    piotr = User.objects.get(email="piotr@pruszcz.example")
    for days in (12, 5):
        _used(medium, point, piotr, moment - timedelta(days=days))


def _used(medium, point, piotr, moment):
    try:
        first = discounts_of(medium, point, localdate(moment))[0]
        check = discounts.check_card(medium.number, point=point, by=piotr, moment=moment)
        discounts.redeem(check, first.offer, by=piotr, moment=moment)
    except Refused:
        return  # her package had not begun by then
