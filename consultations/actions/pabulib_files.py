"""Participatory budgets of any town from a Pabulib file, and ours into one. A file with an error changes nothing."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.utils.text import slugify
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext as _

from consultations import ballot_box, budget
from consultations.actions.budget import run_tally
from consultations.exports.privacy import HIDDEN, masked
from consultations.models import (
    BasisKind,
    BudgetRules,
    CollectingChannel,
    Consultation,
    Instrument,
    InstrumentKind,
    LegalBasis,
    Moderation,
    Project,
)
from consultations.pabulib import Meta, Problems, Vote, age_band, announced, meta_of, read, rule_of, write, zlotys
from consultations.pabulib import Project as PbProject
from consultations.statuses import ConsultationStatus
from consultations.tally import Result
from office.polish import fold
from office.transitions import Refused

IMPORTED = uuid.UUID("7ab0116b-0000-4000-8000-000000000000")  # stands where a clerk's subject would: approved by its own town
CARD_LIMITS = {
    "least_marks": "min_length", "most_marks": "max_length", "least_points": "min_points", "most_points": "max_points",
    "least_sum": "min_sum_points", "most_sum": "max_sum_points",
}  # fmt: skip
FIRST_DAY = date(2000, 1, 1)
TOLD = ("education", "neighborhood", "district", "sex", "age", "voting_method")  # of a voter; what is hidden first stands first
NEVER_EMPTY = "voting_method"  # the format wants it in every row or in none


class BadFile(Refused):
    """Nothing was imported; `problems` say which lines are wrong."""

    def __init__(self, problems: Problems):
        super().__init__("\n".join(str(problem) for problem in problems.errors))
        self.problems = problems


@transaction.atomic
def import_file(file, *, slug="", by=None, moment) -> tuple[Consultation, Problems]:
    """A finished vote of some town, archived here with its ballots. Reads the file once, line by line.

    Refused (BadFile) when one line has an error, (Refused) when a consultation has this address already. The differences
    between the file's own promises and its ballots are no error: they are returned.
    """
    reading = read(file)
    if reading.problems.errors:
        raise BadFile(reading.problems)
    instrument = _laid_down(reading, slug)
    ballots = ((vote.voter, CollectingChannel.Kind.ONLINE, answers_of(vote)) for vote in reading.votes())
    ballot_box.import_ballots(instrument, ballots, moment=moment)
    if reading.problems.errors:
        raise BadFile(reading.problems)
    run_tally(instrument, by=by, moment=moment)
    return instrument.consultation, reading.problems


def answers_of(vote: Vote) -> dict:
    """A ballot as it is stored: exact points, a fraction as "n/d"; who and how beside, as the file says it."""
    points: list = [point if isinstance(point, int) else str(point) for point in vote.points] or [None] * len(vote.projects)
    voter = {name: value for name, value in vote.fields.items() if value}
    return {"votes": [list(pair) for pair in zip(vote.projects, points, strict=True)]} | ({"voter": voter} if voter else {})


def export_lines(instrument: Instrument, *, profile: str) -> Iterator[str]:
    """The vote as a Pabulib file, always whole: winners of a part would be nobody's. Voters are numbered by the random ids of
    their ballots. Exact ages stand only in the full profile; in the public one no combination of what is known of a voter stands
    in fewer than five rows (N2, B5).
    """
    result = budget.count(instrument)
    projects = _projects_out(instrument, result)
    meta = _meta_out(instrument, result, len(projects))
    voters = _for_everybody(instrument) if profile == "public" else _as_given(instrument)
    yield from write(meta, projects, _votes_out(instrument, voters.rows), profile=profile, vote_columns=voters.columns)


def guard_whole(instrument: Instrument, as_of: date) -> None:
    """Refused for a day on which the box was not yet whole."""
    last = instrument.batches.order_by("-number").first()
    if last and as_of < last.day:
        raise Refused(
            _("Plik Pabulib obejmuje całe głosowanie. Wybierz dzień %(day)s albo późniejszy.") % {"day": f"{last.day:%d.%m.%Y}"}
        )


def _laid_down(reading, slug) -> Instrument:
    meta = reading.meta
    name = slug or slugify(fold(f"{meta.get('unit', '')} {meta.get('instance', '')} {meta.get('description', '')}"))[:80]
    if not name or Consultation.objects.filter(slug=name).exists():
        raise Refused(_("Konsultacje pod adresem „%(slug)s” już są. Podaj inny adres.") % {"slug": name})
    opens_on, closes_on = _days(meta)
    title = meta.get("description") or _("Budżet obywatelski")
    consultation = Consultation.objects.create(
        slug=name, title=title[:200], summary=_summary(meta)[:300], basis=_basis(), status=ConsultationStatus.ARCHIVED,
        opens_at=_midnight(opens_on), closes_at=_midnight(closes_on + timedelta(days=1)), approved_by=IMPORTED, is_sample=True,
    )  # fmt: skip
    instrument = Instrument.objects.create(
        consultation=consultation, code="glosowanie", kind=InstrumentKind.BUDGET, title=title[:200], moderation=Moderation.PRIVATE
    )
    _lay_rules(instrument, meta)
    Project.objects.bulk_create(_project_in(instrument, order, one) for order, one in enumerate(reading.projects, 1))
    return instrument


def _summary(meta: Meta) -> str:
    return _("Głosowanie: %(unit)s, %(instance)s. Dane z pliku Pabulib.") % {
        "unit": meta.get("unit", ""), "instance": meta.get("instance", ""),
    }  # fmt: skip


def _lay_rules(instrument: Instrument, meta: Meta) -> None:
    rule, options = rule_of(meta) or (
        "greedy-points" if meta.vote_type in ("cumulative", "scoring", "ordinal") else "greedy-votes",
        {},
    )
    limits = {ours: meta.whole(theirs) for ours, theirs in CARD_LIMITS.items()}
    BudgetRules.objects.create(
        instrument=instrument, pot_grosze=meta.budget or 0, ballot_type=meta.vote_type, rule=rule, tie_rules=[],
        card={name: limit for name, limit in limits.items() if limit is not None},
        rule_options={name: value for name, value in options.items() if name != "ballot_type"}, meta=dict(meta),
        source=_("plik Pabulib"),
    )  # fmt: skip


def _project_in(instrument, order, one: PbProject) -> Project:
    score = one.score if one.score is None or isinstance(one.score, int) else str(one.score)
    official = {"votes": one.votes, "score": score, "selected": one.selected}
    return Project(
        instrument=instrument, code=one.id, order=order, name=one.name or one.id, cost_grosze=one.cost, extra=dict(one.fields),
        official={name: value for name, value in official.items() if value is not None},
        categories=[word for word in one.fields.get("category", "").split(",") if word],
    )  # fmt: skip


def _basis() -> LegalBasis:
    found = LegalBasis.objects.filter(kind=BasisKind.BUDGET).order_by("-valid_from").first()
    return found or LegalBasis.objects.create(
        code="pabulib", kind=BasisKind.BUDGET, title=_("Budżet obywatelski innego miasta"), is_binding=True, valid_from=FIRST_DAY,
        source=_("art. 5a ustawy o samorządzie gminnym"), effect=_("Wynik wiąże miasto, które głosowało."),
    )  # fmt: skip


def _days(meta: Meta) -> tuple[date, date]:
    """The days of voting; a file that says the year alone means the whole year."""
    year = next((int(text[-4:]) for text in (meta.get("date_begin", ""), meta.get("instance", "")) if text[-4:].isdigit()), 2000)
    first = meta.day("date_begin") or date(year, 1, 1)
    last = meta.day("date_end") or date(first.year, 12, 31)
    return first, max(first, last)


def _midnight(day: date):
    return make_aware(datetime(day.year, day.month, day.day))


def _projects_out(instrument: Instrument, result: Result) -> list[PbProject]:
    """With the totals as counted, and who won unless a tie is still open."""
    known = [
        PbProject(
            one.code, one.cost_grosze, one.name, fields={str(name): str(value) for name, value in one.extra.items()}
        )
        for one in budget.on_card(instrument)
    ]  # fmt: skip
    if result.is_final:
        return announced(result, known)
    return [PbProject(one.id, one.cost, one.name, votes=result.totals.votes[one.id], fields=one.fields) for one in known]


def _meta_out(instrument: Instrument, result: Result, projects: int) -> dict[str, str]:
    consultation, rules = instrument.consultation, instrument.budget
    ours = {
        "description": consultation.title, "country": "Poland", "unit": "Pruszcz Gdański", "language": "pl", "currency": "PLN",
        "instance": f"{localdate(consultation.opens_at).year}",
        "date_begin": f"{localdate(consultation.opens_at):%d.%m.%Y}", "date_end": f"{localdate(consultation.last_moment):%d.%m.%Y}",
        **{theirs: f"{rules.card[name]}" for name, theirs in CARD_LIMITS.items() if name in rules.card},
    }  # fmt: skip
    counted = {
        "num_projects": f"{projects}", "num_votes": f"{result.totals.ballots}", "budget": zlotys(rules.pot_grosze),
        "vote_type": rules.ballot_type,
    }  # fmt: skip
    return {**(rules.meta or ours), **counted, **meta_of(result)}


def _votes_out(instrument: Instrument, voters: Iterator[Mapping[str, str]]) -> Iterator[Vote]:
    rows = instrument.ballots.order_by("id").values_list("answers", flat=True)
    for number, (answers, voter) in enumerate(zip(rows.iterator(chunk_size=budget.CHUNK), voters, strict=True), 1):
        ballot = budget.ballot_of(answers)
        yield Vote(f"{number}", ballot.projects, ballot.points, voter)


class Voters(NamedTuple):
    """What a file tells of voters, in the order of their ballots."""

    columns: Sequence[str]
    rows: Iterator[Mapping[str, str]]


def _known_of_voters(instrument: Instrument) -> Iterator[Mapping[str, str]]:
    known = instrument.ballots.order_by("id").values_list("answers__voter", flat=True)
    return (voter or {} for voter in known.iterator(chunk_size=budget.CHUNK))


def _as_given(instrument: Instrument) -> Voters:
    """The columns in the order of the first ballot that says them."""
    seen: dict[str, None] = {}
    for voter in _known_of_voters(instrument):
        seen.update(dict.fromkeys(voter))
    return Voters(list(seen), _known_of_voters(instrument))


def _for_everybody(instrument: Instrument) -> Voters:
    """Ages in bands, rare combinations hidden step by step. A column with nothing left to tell is not written."""
    rows = masked([tuple(_told(voter, name) for name in TOLD) for voter in _known_of_voters(instrument)])
    columns = [name for name, cells in zip(TOLD, zip(*rows, strict=True), strict=False) if _is_worth_writing(name, cells)]
    shown = ({name: str(cell) for name, cell in zip(TOLD, row, strict=True) if cell is not HIDDEN} for row in rows)
    return Voters(columns, shown)


def _told(voter: Mapping[str, str], name: str) -> str:
    text = voter.get(name, "")
    return age_band(text) if name == "age" else text


def _is_worth_writing(name: str, cells: Sequence[object]) -> bool:
    return all(cells) if name == NEVER_EMPTY else any(cells)
