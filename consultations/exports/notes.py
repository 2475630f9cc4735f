"""What a reader needs beside the rows: the codebook, the versions of the questions, how the file was made, its digest."""

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.exports.scope import Scope, title_on
from consultations.models import CollectingChannel, Export, InstrumentKind, Ruling
from consultations.report.words import integrity_caveat
from consultations.statistics.suppression import K
from schemas.checking import canonical
from schemas.columns import Missing
from schemas.definition import NO_OPINION, Form
from schemas.models import Kind
from schemas.twin import describe_form

CODEBOOK_HEADER = (
    gettext_lazy("Kolumna"),
    gettext_lazy("Pytanie"),
    gettext_lazy("Rodzaj"),
    gettext_lazy("Kod"),
    gettext_lazy("Znaczenie"),
)
VERSIONS_HEADER = (
    gettext_lazy("Wersja"),
    gettext_lazy("Zmiana"),
    gettext_lazy("Od dnia"),
    gettext_lazy("Do dnia"),
    gettext_lazy("Skrót pytań (SHA-256)"),
)
METHOD_HEADER = (gettext_lazy("Co"), gettext_lazy("Jak"))
PROFILES = {
    Export.Profile.FULL: gettext_lazy("Pełny: wszystko, co napisano. Nie opuszcza urzędu."),
    Export.Profile.PSEUDONYMISED: gettext_lazy(
        "W postaci zastępczej: bez danych kontaktowych, z wiekiem w przedziałach; teksty, które wyglądają na dane osobowe, są usunięte."
    ),
    Export.Profile.PUBLIC: gettext_lazy(
        "Publiczny: bez numerów głosów i danych osób, teksty tylko po przejrzeniu przez dwie osoby, każde połączenie wieku, płci, "
        "części miasta i drogi występuje co najmniej pięć razy."
    ),
}  # fmt: skip


def name_of(scope: Scope) -> str:
    return f"{title_on(scope.consultation, scope.as_of)}: {scope.instrument.title}"


def codebook(table) -> Iterator[list[Any]]:
    """Every column with its label in each version, its options, and the reasons for empty cells."""
    scope = table.scope
    for head in table.heads:
        if head.column is None or scope.is_budget:
            yield [head.code, head.label, "", "", ""]
        else:
            yield from _of_column(scope, head)
    for mark in Missing:
        yield ["", _("pusta komórka"), "", str(mark.value), str(mark.label)]
    yield from ([_("channel"), _("droga"), "", kind, str(label)] for kind, label in CollectingChannel.Kind.choices)
    if scope.instrument.kind == InstrumentKind.REMARKS:
        yield from (["outcome", _("stanowisko"), "", code, str(label)] for code, label in Ruling.Outcome.choices)


def _of_column(scope: Scope, head) -> Iterator[list[Any]]:
    column, said = head.column, set[Any]()
    yield [head.code, head.label, str(Kind(column.kind).label), "", ""]
    for form in scope.forms.values():
        question = form.questions.get(column.question)
        if question is None:
            continue
        version = _("wersja %(number)d") % {"number": form.version}
        if question.label not in said:
            said.add(question.label)
            yield [head.code, question.label, version, "", ""]
        for code, label in _options(question, column):
            if (code, label) not in said:
                said.add((code, label))
                yield [head.code, "", version, code, label]


def _options(question, column) -> list[tuple[str, str]]:
    if column.is_text or column.kind == Kind.RANKING:
        return []
    if column.kind == Kind.CHOICES:
        return [("1", _("zaznaczono")), ("0", _("nie zaznaczono"))]
    return labels_of(question)


def labels_of(question) -> list[tuple[str, str]]:
    """Code and label of every answer that may be chosen, in the order shown."""
    if question.kind == Kind.YES_NO:
        return [("yes", _("tak")), ("no", _("nie"))]
    if question.kind == Kind.SCALE:
        ends = {question.scale[0]: question.minimum_label, question.scale[-1]: question.maximum_label}
        steps = [(str(step), f"{step} ({ends[step]})" if ends.get(step) else str(step)) for step in question.scale]
        return steps + ([(NO_OPINION, _("nie mam zdania"))] if question.has_no_opinion else [])
    return [(option.code, option.label) for option in question.options]


def counted(table, head, counter: Mapping[Any, int]) -> list[tuple[str, int]]:
    """Labels with how often each was given, options of every version included; then the reasons for empty cells that occur."""
    labels: dict[str, str] = {}
    for form in table.scope.forms.values():
        if question := form.questions.get(head.column.question):
            labels |= dict(labels_of(question))
    found = {str(code): count for code, count in counter.items() if not isinstance(code, Missing)}
    lines = [(labels.get(code, code), found.get(code, 0)) for code in [*labels, *sorted(set(found) - set(labels))]]
    return lines + [(str(mark.label), counter[mark]) for mark in Missing if counter.get(mark)]


def versions(scope: Scope) -> Iterator[list[Any]]:
    for used in scope.instrument.versions.filter(version__in=list(scope.forms)).order_by("approved_at", "id"):
        until = localdate(used.collected_until) if used.collected_until else None
        ended = until.isoformat() if until and until <= scope.as_of else ""
        yield [
            scope.forms[used.version_id].version,
            used.get_edit_display(),
            localdate(used.approved_at).isoformat(),
            ended,
            sha256_of(scope.forms[used.version_id]),
        ]


def sha256_of(form: Form) -> str:
    """Of everything the version asks, word for word."""
    return sha256(canonical(describe_form(form))).hexdigest()


def method(table) -> Iterator[list[Any]]:
    scope = table.scope
    yield [_("Konsultacje"), title_on(scope.consultation, scope.as_of)]
    yield [_("Narzędzie"), scope.instrument.title]
    yield [_("Stan na dzień"), scope.as_of.isoformat()]
    yield [_("Zakres"), str(PROFILES[Export.Profile(scope.profile)])]
    yield [_("Wierszy"), table.count]
    if scope.instrument.kind != InstrumentKind.REMARKS:
        yield [_("Co liczymy"), integrity_caveat(scope.consultation)]
        yield [_("Kolejność"), _("Wiersze stoją w kolejności losowych identyfikatorów. Nie mówi ona, kto kiedy odpowiedział.")]
    yield [_("Puste komórki"), "; ".join(f"{mark.value} {mark.label}" for mark in Missing)]
    if scope.is_public:
        yield [
            _("Ochrona małych grup"),
            _("Co najmniej %(k)d wierszy każdego rodzaju; poniżej dziesięciu wierszy cech osób nie podajemy.") % {"k": K},
        ]


def digest(table, csv_sha256: str) -> Iterator[list[Any]]:
    scope = table.scope
    yield [_("Skrót CSV z tymi samymi danymi (SHA-256)"), csv_sha256]
    yield [_("Wierszy"), table.count]
    for batch in scope.batches:
        yield [_("Głowa partii %(number)d z %(day)s") % {"number": batch.number, "day": batch.day.isoformat()}, batch.head]
    yield [_("Głowa dziennika konsultacji"), head_on(scope)]


def head_on(scope: Scope) -> str:
    """The head of the public chain at the end of that day."""
    entries = scope.consultation.chain.filter(day__lte=scope.as_of).order_by("-number")
    return entries.values_list("hash", flat=True).first() or ""
