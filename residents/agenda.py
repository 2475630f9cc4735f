"""What the register of persons tells the roof."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from residents.models import DataRequest, Person, Terms, TermsAcceptance
from ui.agenda import AgendaItem, Beside, Kind, SearchEntry


def _columns(*, day: date) -> dict[str, Any]:
    waiting = DataRequest.objects.waiting().filter(person=OuterRef("pk")).order_by("due_on")
    seen = TermsAcceptance.objects.filter(person=OuterRef(OuterRef("pk"))).values("terms")
    new = Terms.objects.filter(pk__in=Terms.objects.current(day).values("pk")).exclude(pk__in=seen)
    return {"asked": ArraySubquery(waiting.values(row=JSONObject(kind="kind", due_on="due_on"))), "has_new_terms": Exists(new)}


def _values(user, moment: datetime) -> dict[str, Any]:
    return {"day": localdate(moment)}


def _rows(person: Person, told: Mapping[str, Any], moment: datetime) -> Iterator[AgendaItem]:
    """An answer to a request about data, new terms to read: nothing more, for an unconfirmed identity hinders nobody yet."""
    for asked in told["asked"]:
        title = _("Odpowiedź urzędu: %(what)s") % {"what": DataRequest.Kind(asked["kind"]).label}
        due_on = date.fromisoformat(asked["due_on"])
        yield AgendaItem(kind=Kind.DUE, title=title, url=reverse("residents:rights"), due_on=due_on)
    if told["has_new_terms"]:
        title = _("Przeczytaj nowy regulamin albo klauzulę")
        yield AgendaItem(kind=Kind.WAITING, title=title, url=reverse("residents:new_terms"), tone="warn")


beside = Beside(columns=_columns, values=_values, rows=_rows)


def search_entries(moment: datetime) -> list[SearchEntry]:
    mine = [
        SearchEntry(
            title=_("Moje dane"),
            text=_("Co urząd o mnie wie, jak to poprawić i jak potwierdzić tożsamość."),
            url=reverse("residents:my_data"),
            keywords="pesel adres telefon tożsamość kod z urzędu zameldowanie sprostowanie",
        ),
        SearchEntry(
            title=_("Kto oglądał moje dane"),
            text=_("Kto z urzędu otwierał moje dane, kiedy i po co."),
            url=reverse("residents:who_looked"),
            keywords="rodo prywatność wgląd podgląd",
        ),
        SearchEntry(
            title=_("Zgody"),
            text=_("Na jakie wiadomości się zgadzam i jak to zmienić."),
            url=reverse("residents:consents"),
            keywords="wycofanie zgody sms e-mail powiadomienia",
        ),
    ]
    return mine + [_entry(terms) for terms in Terms.objects.current(localdate(moment))]


def _entry(terms):
    name = "terms_service" if terms.kind == Terms.Kind.SERVICE else "terms_privacy"
    return SearchEntry(
        title=terms.get_kind_display().capitalize(),
        text=_("Obowiązująca wersja: %(version)s.") % {"version": terms.version},
        url=reverse(f"residents:{name}"),
    )
