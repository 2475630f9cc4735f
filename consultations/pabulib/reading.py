"""Reading a `.pb` file of any Polish city, in one pass: the header and projects at once, ballots one by one as they are asked for."""

import csv
import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from consultations.pabulib.layout import (
    AMOUNTS,
    MOST_GROSZE,
    MOST_POINTS,
    REQUIRED,
    SECTIONS,
    VOTE_TYPES,
    WHOLE_NUMBERS,
    WITH_POINTS,
    Meta,
    Number,
    Project,
    Vote,
    grosze,
    number_of,
)
from consultations.pabulib.lines import Lines, Source, Unreadable
from consultations.pabulib.problems import Level, Problems
from consultations.sentences import gettext_noop as _
from consultations.sentences import quoted, zloty

LONGEST_ID = 40
LONGEST_NAME = 1000
MOST_PROJECTS = 20_000
MOST_KEYS = 500
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")  # controls, and what turns text around
LANGUAGES = {"polish": "pl", "english": "en", "french": "fr", "german": "de", "dutch": "nl"}  # older files name them
RENAMED = {"target": "beneficiaries"}  # the format's change of April 2026

Row = tuple[int, list[str]]


class Reading:
    """A file being read. `problems`, `votes_counted` and `points_counted` are whole when `votes()` has ended.

    A line with an error is left out; whether to keep the rest is the caller's choice, and `problems.errors` is the reason.
    """

    def __init__(self, source: Source):
        self.problems = Problems()
        self.meta = Meta({})
        self.projects: tuple[Project, ...] = ()
        self.vote_columns: tuple[str, ...] = ()  # besides voter_id, vote, points
        self.ballots = 0
        self.votes_counted: dict[str, int] = {}
        self.points_counted: dict[str, Number] = {}
        self._least, self._most = 0, 0  # projects on a ballot, by the header
        self._lines = Lines(source, self.problems)
        self._rows = _rows(self._lines, self.problems)
        self._vote_header: list[str] | None = None
        self._read_head()

    def votes(self) -> Iterator[Vote]:
        """Every ballot without an error, in the order of the file. Can be taken once."""
        if self._vote_header is not None:
            try:
                yield from self._votes()
            except Unreadable as why:
                self.problems.error(why.line, why.code, why.sentence.template, **why.sentence.params)
            self._compare()

    # The head -----------------------------------------------------------------------------------------------------

    def _read_head(self) -> None:
        try:
            self._read_sections()
        except Unreadable as why:
            self.problems.error(why.line, why.code, why.sentence.template, **why.sentence.params)
        else:
            self._check_meta()
        self.votes_counted = {project.id: 0 for project in self.projects}
        self.points_counted = {project.id: 0 for project in self.projects}

    def _read_sections(self) -> None:
        values: dict[str, str] = {}
        projects: dict[str, Project] = {}
        section = None
        header: list[str] = []
        seen: list[str] = []
        for line, row in self._rows:
            if (name := row[0].upper()) in SECTIONS and not any(row[1:]):
                if name in seen or name != SECTIONS[len(seen)]:
                    raise Unreadable(
                        line, "sections", _("Części META, PROJECTS i\u00a0VOTES mają stać w\u00a0tej kolejności, każda raz.")
                    )
                seen.append(name)
                section, (header_line, header) = name, next(self._rows, (line, []))
                header = _columns(header)
                self._check_header(section, header_line, header)
                if section == "VOTES":
                    self._vote_header = header
                    break
            elif section == "META":
                self._meta_row(values, line, row)
            elif section == "PROJECTS":
                self._project_row(projects, line, row, header)
            else:
                raise Unreadable(line, "sections", _("Plik ma się zaczynać wierszem META. To nie jest plik Pabulib."))
        self.meta, self.projects = Meta(values), tuple(projects.values())
        if len(seen) < len(SECTIONS):
            raise Unreadable(
                self._lines.number, "sections", _("Brakuje części %(names)s."), names=", ".join(SECTIONS[len(seen) :])
            )

    def _check_header(self, section: str, line: int, header: list[str]) -> None:
        first = {"META": ["key", "value"], "PROJECTS": ["project_id", "cost"], "VOTES": ["voter_id", "vote"]}[section]
        missing = [name for name in first if name not in header]
        if missing or header[0] != first[0]:
            raise Unreadable(
                line,
                "header",
                _("Nagłówek części %(section)s ma mieć kolumny %(names)s."),
                section=section,
                names=", ".join(first),
            )
        if len(set(header)) < len(header):
            raise Unreadable(line, "header", _("Nagłówek części %(section)s powtarza kolumnę."), section=section)

    def _meta_row(self, values: dict[str, str], line: int, row: list[str]) -> None:
        key, value = row[0].lower(), row[1] if len(row) > 1 else ""
        self._tell_left_out(line, row, 2)
        if key in values:
            self.problems.error(line, "meta-twice", _("Klucz %(key)s stoi w\u00a0części META drugi raz."), key=quoted(key))
        elif len(values) < MOST_KEYS:
            values[key] = LANGUAGES.get(value.lower(), value) if key == "language" else value

    def _project_row(self, projects: dict[str, Project], line: int, row: list[str], header: list[str]) -> None:
        self._tell_left_out(line, row, len(header))
        cells = dict(zip(header, row + [""] * (len(header) - len(row)), strict=False))
        code = cells.pop("project_id")
        cost_text, name = cells.pop("cost"), cells.pop("name", "")
        fault = self._project_fault(projects, line, code, cost_text, name)
        if not fault:
            numbers = {key: self._official(line, key, cells.pop(key, "")) for key in ("votes", "score", "selected")}
            projects[code] = Project(code, grosze(cost_text) or 0, name, fields=cells, **numbers)  # type: ignore[arg-type]

    def _tell_left_out(self, line: int, row: list[str], width: int) -> None:
        """Cells beyond the header mean nothing to any reader of the format; a semicolon without quotation marks makes them."""
        if any(row[width:]):
            self.problems.difference(line, "left-out", _("Wiersz ma więcej kolumn niż nagłówek; nadmiarowe pominięto."))

    def _project_fault(self, projects: dict[str, Project], line: int, code: str, cost_text: str, name: str) -> bool:
        before = self.problems.counts[Level.ERROR]
        if not code or len(code) > LONGEST_ID or "," in code:
            self.problems.error(
                line, "project-id", _("Numer projektu %(code)s jest pusty, za długi albo ma przecinek."), code=quoted(code)
            )
        elif code in projects:
            self.problems.error(line, "project-twice", _("Projekt %(code)s stoi w\u00a0pliku drugi raz."), code=quoted(code))
        cost = grosze(cost_text)
        if cost is None or not 0 < cost <= MOST_GROSZE:
            self.problems.error(line, "cost", _("Koszt %(cost)s nie jest kwotą większą od zera."), cost=quoted(cost_text))
        if len(name) > LONGEST_NAME:
            self.problems.error(line, "name", _("Nazwa projektu ma więcej niż %(most)s znaków."), most=LONGEST_NAME)
        if len(projects) >= MOST_PROJECTS:
            raise Unreadable(line, "projects", _("Projektów jest więcej niż %(most)s."), most=MOST_PROJECTS)
        return self.problems.counts[Level.ERROR] > before

    def _official(self, line: int, key: str, text: str) -> Number | None:
        number = number_of(text)
        if text and (number is None or (key != "score" and (not isinstance(number, int) or number < 0))):
            self.problems.difference(
                line, "official", _("W\u00a0kolumnie %(key)s stoi %(text)s zamiast liczby."), key=key, text=quoted(text)
            )
            return None
        return number

    def _check_meta(self) -> None:
        meta, problems = self.meta, self.problems
        if missing := [key for key in REQUIRED if not meta.get(key)]:
            problems.remark(None, "meta-missing", _("Część META nie podaje: %(keys)s."), keys=", ".join(missing))
        if meta.vote_type not in VOTE_TYPES:
            problems.error(None, "vote-type", _("Rodzaj karty %(kind)s nie jest znany."), kind=quoted(meta.vote_type))
        if meta.budget is None or not 0 <= meta.budget <= MOST_GROSZE:
            problems.error(None, "budget", _("Pula %(budget)s nie jest kwotą."), budget=quoted(meta.get("budget", "")))
        for key in WHOLE_NUMBERS + list(AMOUNTS[1:]):
            number = meta.amount(key) if key in AMOUNTS else meta.whole(key)
            if meta.get(key) and (number is None or number < 0):
                problems.difference(
                    None, "meta-number", _("W\u00a0kluczu %(key)s stoi %(text)s zamiast liczby."), key=key, text=quoted(meta[key])
                )
        for key in ("date_begin", "date_end"):
            if meta.get(key) and not meta.day(key) and not re.fullmatch(r"[0-9]{4}", meta[key]):
                problems.remark(
                    None, "date", _("W\u00a0kluczu %(key)s stoi %(text)s zamiast daty."), key=key, text=quoted(meta[key])
                )
        if not self.projects:
            problems.error(None, "no-projects", _("W\u00a0pliku nie ma projektów."))

    # The ballots --------------------------------------------------------------------------------------------------

    def _votes(self) -> Iterator[Vote]:
        header = self._vote_header or []
        at_vote, at_points = header.index("vote"), header.index("points") if "points" in header else None
        others = [(n, name) for n, name in enumerate(header) if name not in ("voter_id", "vote", "points")]
        self.vote_columns = tuple(name for _n, name in others)
        takes_points = self.meta.vote_type in WITH_POINTS or self.meta.vote_type == "ordinal"
        self._least = self.meta.whole("min_length") or 0
        self._most = self.meta.whole("max_length") or len(self.projects)
        seen, width = _Voters(), len(header)
        for line, row in self._rows:
            if len(row) < width:
                row += [""] * (width - len(row))
            elif len(row) > width:
                self._tell_left_out(line, row, width)
            marks = Vote(row[0], _codes(row[at_vote]), (), {name: row[n] for n, name in others})
            vote = self._with_points(line, marks, "" if at_points is None else row[at_points]) if takes_points else marks
            if vote is not None and self._sound(line, vote, seen):
                yield self._counted(line, vote)

    def _with_points(self, line: int, vote: Vote, text: str) -> Vote | None:
        points = _points(text)
        if not points and self.meta.vote_type == "ordinal":
            return vote
        if points is None or len(points) != len(vote.projects):
            self.problems.error(line, "points", _("Punkty %(points)s nie odpowiadają projektom na karcie."), points=quoted(text))
            return None
        return vote._replace(points=points)

    def _sound(self, line: int, vote: Vote, seen: "_Voters") -> bool:
        """Refused are: nobody's ballot, a second one of the same voter, one for a project that is not there."""
        if not vote.voter or len(vote.voter) > LONGEST_ID * 2:
            self.problems.error(line, "voter", _("Brakuje numeru głosującego albo jest za długi."))
            return False
        unknown = [code for code in vote.projects if code not in self.votes_counted]
        if unknown:
            self.problems.error(
                line,
                "unknown-project",
                _("Karta wskazuje projekt %(code)s, którego nie ma w\u00a0pliku."),
                code=quoted(unknown[0]),
            )
            return False
        if not seen.add(vote.voter):
            self.problems.error(
                line, "voter-twice", _("Głosujący %(voter)s ma w\u00a0pliku drugą kartę."), voter=quoted(vote.voter)
            )
            return False
        return True

    def _counted(self, line: int, vote: Vote) -> Vote:
        if len(set(vote.projects)) < len(vote.projects):
            self.problems.difference(line, "same-twice", _("Karta wskazuje ten sam projekt dwa razy; liczymy go raz."))
            vote = _once(vote)
        if not self._least <= len(vote.projects) <= self._most:
            self.problems.difference(
                line, "length", _("Na karcie są projekty: %(number)s, wbrew zapowiedzi pliku."), number=len(vote.projects)
            )
        self.ballots += 1
        weights = vote.points or range(len(vote.projects), 0, -1)
        for code, points in zip(vote.projects, weights, strict=True):
            self.votes_counted[code] += 1
            self.points_counted[code] += points
        return vote

    # What the city announced --------------------------------------------------------------------------------------

    def _compare(self) -> None:
        self._compare_number("num_votes", self.ballots, _("Plik zapowiada karty: %(said)s; jest ich %(found)s."))
        self._compare_number("num_projects", len(self.projects), _("Plik zapowiada projekty: %(said)s; jest ich %(found)s."))
        for project in self.projects:
            if project.votes is not None and project.votes != self.votes_counted[project.id]:
                self._other_total(
                    project,
                    _("Projekt %(code)s: ogłoszono głosy: %(said)s; na kartach jest ich %(found)s."),
                    project.votes,
                    self.votes_counted,
                )
            if (
                project.score is not None
                and project.score != self.points_counted[project.id]
                and self.meta.vote_type in WITH_POINTS
            ):
                self._other_total(
                    project,
                    _("Projekt %(code)s: ogłoszono punkty: %(said)s; na kartach jest ich %(found)s."),
                    project.score,
                    self.points_counted,
                )
        costs = sum(project.cost for project in self.projects)
        if self.meta.budget is not None and self.projects and costs <= self.meta.budget:
            self.problems.remark(
                None,
                "all-fit",
                _("Wszystkie projekty razem kosztują %(costs)s i\u00a0mieszczą się w\u00a0puli."),
                costs=zloty(costs),
            )

    def _compare_number(self, key: str, found: int, template: str) -> None:
        said = self.meta.whole(key)
        if said is not None and said != found:
            self.problems.difference(None, key, template, said=said, found=found)

    def _other_total(self, project: Project, template: str, said: Number, counted) -> None:
        self.problems.difference(None, "total", template, code=quoted(project.id), said=said, found=counted[project.id])


def read(source: Source) -> Reading:
    """Open a `.pb` file (binary is best) or any iterable of its lines. Never raises for what stands in it."""
    return Reading(source)


def _rows(lines: Lines, problems: Problems) -> Iterator[Row]:
    """Rows with the line they begin on: cells stripped, empty rows skipped, unseen characters gone."""
    reader = csv.reader(lines, delimiter=";")
    while True:
        lines.begin_row()
        line = lines.number + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            problems.error(line, "row", _("Wiersza nie da się podzielić na kolumny."))
            continue
        if row:
            row = [_clean(cell, line, problems) for cell in row]
            if any(row):
                yield line, row


def _clean(cell: str, line: int, problems: Problems) -> str:
    if not cell.isprintable() and UNSEEN.search(cell):
        problems.remark(line, "unseen", _("Usunięto znaki sterujące."))
        cell = UNSEEN.sub(" ", cell)
    return cell.strip()


def _columns(row: list[str]) -> list[str]:
    names = [cell.lower() for cell in row]
    while names and not names[-1]:
        names.pop()
    return [name if (new := RENAMED.get(name)) is None or new in names else new for name in names]


@lru_cache(maxsize=10_000)
def _codes(text: str) -> tuple[str, ...]:
    """The same few lists come again on most ballots."""
    return tuple([code for part in text.split(",") if (code := part.strip())])


@lru_cache(maxsize=10_000)
def _points(text: str) -> tuple[Number, ...] | None:
    """None when one of them is no number, or one that no city gives."""
    points = [number_of(part) for part in _codes(text)]
    return (
        tuple(one for one in points if one is not None)
        if all(one is not None and -MOST_POINTS <= one <= MOST_POINTS for one in points)
        else None
    )


def _once(vote: Vote) -> Vote:
    """The first mark of each project."""
    first = {code: n for n, code in reversed(list(enumerate(vote.projects)))}
    keep = sorted(first.values())
    return vote._replace(
        projects=tuple(vote.projects[n] for n in keep), points=tuple(vote.points[n] for n in keep if vote.points)
    )


class _Voters:
    """Who has voted. Rising numbers, as nearly every file has, cost eight bytes each; anything else is kept as it is."""

    def __init__(self) -> None:
        self._rising = array("q")
        self._others: set[str] = set()

    def add(self, voter: str) -> bool:
        """False when the voter was there already."""
        number = (
            int(voter) if voter.isascii() and voter.isdigit() and len(voter) < 19 and (voter[0] != "0" or voter == "0") else None
        )
        if number is None:
            return self._add_other(voter)
        if not self._rising or number > self._rising[-1]:
            self._rising.append(number)
            return voter not in self._others
        at = bisect_left(self._rising, number)
        return self._rising[at] != number and self._add_other(voter)

    def _add_other(self, voter: str) -> bool:
        before = len(self._others)
        self._others.add(voter)
        return len(self._others) > before
