"""The confirmation of a payment made online, as tagged PDF: what the ledger holds, in the words of the day it was paid."""

from pathlib import Path

from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from office.pdf import render_pdf
from payments.models import Checkout, zlotys
from ui.words import long_date

TEMPLATE = Path(__file__).parent / "pdf" / "confirmation.typ"
OFFICE = "Urząd Miasta Pruszcz Gdański"
ADDRESS = "ul. Grunwaldzka 20, 83-000 Pruszcz Gdański"


def confirmation_pdf(basket: Checkout) -> bytes:
    """Of a paid basket; the same file at any time, for its day is that of the payment."""
    return render_pdf(TEMPLATE, told(basket))


def told(basket: Checkout) -> dict:
    """Names no bank and no account: nobody has told them to us."""
    day = localdate(basket.paid_at)
    rows = [
        (_("Wpłacający"), str(basket.payer)),
        (_("Potwierdzono"), f"{long_date(day)}, {localtime(basket.paid_at):%H:%M}"),
        (_("Sposób"), _("płatność internetowa, Przelewy24 (PayPro S.A.)")),
        (_("Numer u operatora"), str(basket.order_id)),
    ]  # fmt: skip
    lines = basket.lines.select_related("payment").order_by("pk")
    return {
        "title": _("Potwierdzenie wpłaty"), "number": basket.confirmation, "iso_day": day.isoformat(), "office": OFFICE, "address": ADDRESS,
        "lines": [{"title": one.payment.title, "mark": one.payment.mark, "sum": zlotys(one.amount_grosze)} for one in lines],
        "sum": zlotys(basket.amount_grosze), "rows": [{"term": term, "value": value} for term, value in rows],
        "note": _("Potwierdzenie mówi, co wpłynęło w dniu wpłaty. Późniejsze zwroty są widoczne w portalu przy każdej płatności."),
    }  # fmt: skip
