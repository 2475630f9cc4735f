"""What the register of persons tells the roof."""

from datetime import date, datetime
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from office.compiled import compiled
from residents.models import DataRequest, Person, Terms, TermsAcceptance
from ui.agenda import AgendaItem, Kind, SearchEntry


def agenda(person: Person, moment: datetime) -> list[AgendaItem]:
    """An answer to a request about data, new terms to read: nothing more, for an unconfirmed identity hinders nobody yet. One query."""
    told = next(_told(person=person.pk, day=localdate(moment)))
    rows = [
        AgendaItem(
            kind=Kind.DUE,
            title=_("Odpowiedź urzędu: %(what)s") % {"what": DataRequest.Kind(asked["kind"]).label},
            url=reverse("residents:rights"),
            due_on=date.fromisoformat(asked["due_on"]),
        )
        for asked in told.asked
    ]
    if told.has_new_terms:
        title = _("Przeczytaj nowy regulamin albo klauzulę")
        rows.append(AgendaItem(kind=Kind.WAITING, title=title, url=reverse("residents:new_terms"), tone="warn"))
    return rows


@compiled
def _told(*, person: UUID, day: date) -> QuerySet[Person]:
    """The person's row with what waits beside it."""
    waiting = DataRequest.objects.waiting().filter(person=OuterRef("pk")).order_by("due_on")
    seen = TermsAcceptance.objects.filter(person=person).values("terms")
    new = Terms.objects.filter(pk__in=Terms.objects.current(day).values("pk")).exclude(pk__in=seen)
    asked = ArraySubquery(waiting.values(row=JSONObject(kind="kind", due_on="due_on")))
    return Person.objects.filter(pk=person).only("pk").annotate(asked=asked, has_new_terms=Exists(new))


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
