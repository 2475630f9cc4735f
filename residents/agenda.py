"""What the register of persons tells the roof."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from office.compiled import compiled
from residents import rules
from residents.models import DataRequest, Person, Terms
from ui.agenda import AgendaItem, Kind, SearchEntry


def agenda(person: Person, moment: datetime) -> list[AgendaItem]:
    """An answer to a request about data, new terms to read: nothing more, for an unconfirmed identity hinders nobody yet."""
    rows = [
        AgendaItem(
            kind=Kind.DUE,
            title=_("Odpowiedź urzędu: %(what)s") % {"what": request.get_kind_display()},
            url=reverse("residents:rights"),
            due_on=request.due_on,
        )
        for request in _waiting(person=person.pk)
    ]
    if rules.terms_to_accept(person, localdate(moment)):
        title = _("Przeczytaj nowy regulamin albo klauzulę")
        rows.append(AgendaItem(kind=Kind.WAITING, title=title, url=reverse("residents:new_terms"), tone="warn"))
    return rows


@compiled
def _waiting(*, person: UUID) -> QuerySet[DataRequest]:
    return DataRequest.objects.waiting().filter(person=person).only("kind", "due_on")


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
