"""Publishing fixes a version for good; the database itself keeps it so."""

import copy
import threading
from datetime import date, datetime

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from office.transitions import Refused
from schemas.actions import Inconsistent, clone_definition, load_definition, next_version, publish, withdraw
from schemas.models import Condition, ConditionGroup, Definition, MatrixRow, Option, Page, Question, Version
from schemas.twin import describe
from tests.factories import WARSAW
from tests.schemas.conftest import DO_1, MOMENT, SURVEY

SHORT = [{"code": "p", "title": "Ekran", "questions": [{"code": "name", "kind": "short_text", "label": "Imię"}]}]


def question(code, kind="short_text", **fields):
    return {"code": code, "kind": kind, "label": code, **fields}


def when(asked, operator="answered", value=""):
    return {"needs": "all", "rows": [{"asked": asked, "operator": operator, "value": value}]}


def test_publishing_fixes_the_version_with_its_title_author_and_moment(make_version, celina):
    version = publish(make_version(SHORT, title=""), by=celina, moment=MOMENT)

    version.refresh_from_db()
    assert (version.published_at, version.published_by, version.title) == (MOMENT, celina.subject, "Próba")
    assert version.definition.current() == version


def test_a_published_version_is_not_published_again(make_version):
    version = publish(make_version(SHORT), by=None, moment=MOMENT)

    with pytest.raises(Refused, match="już ogłoszona"):
        publish(version, by=None, moment=MOMENT)


COLOURS = [{"code": "r", "label": "czerwony"}, {"code": "b", "label": "biały"}]


@pytest.mark.parametrize(
    ("questions", "reason"),
    [
        ([], "Wzór nie ma żadnego pytania."),
        ([question("a", "note")], "Wzór nie ma żadnego pytania."),
        ([question("A b")], "Kod „A b” powinien składać się z małych liter, cyfr i łączników."),
        ([question("a_day")], "Kod „a_day” powinien składać się z małych liter, cyfr i łączników."),
        ([question("a", "choice", options=COLOURS[:1])], "Pytanie „a” potrzebuje co najmniej dwóch odpowiedzi do wyboru."),
        ([question("a", "choices")], "Pytanie „a” nie ma odpowiedzi do wyboru."),
        ([question("a", options=COLOURS)], "Pytanie „a” ma odpowiedzi do wyboru, a jego rodzaj ich nie używa."),
        (
            [question("a"), question("f", "computed", computed_by="guess")],
            "Pole „f” wylicza „guess”, a program nie zna takiej nazwy.",
        ),
        ([question("a", "number", minimum=3, maximum=2)], "Pytanie „a”: „najmniej” jest większe niż „najwięcej”."),
        ([question("a", maximum=0)], "Pytanie „a”: „najwięcej” musi być większe od zera."),
        ([question("a", "scale", minimum=1)], "Pytanie „a”: skala ma od 2 do 11 liczb. Wpisz, od której i do której."),
        (
            [question("a", "scale", minimum=0, maximum=11)],
            "Pytanie „a”: skala ma od 2 do 11 liczb. Wpisz, od której i do której.",
        ),
        ([question("a", has_no_opinion=True)], "Pytanie „a”: opis końców i „nie mam zdania” należą do skali."),
        ([question("a", "matrix", options=COLOURS)], "Pytanie „a” nie ma wierszy tabeli."),
        ([question("a", rows=COLOURS)], "Pytanie „a” ma wiersze tabeli, a jego rodzaj ich nie używa."),
        (
            [question("a", "ranking", options=COLOURS[:1])],
            "Pytanie „a” potrzebuje co najmniej dwóch odpowiedzi do ustawienia w kolejności.",
        ),
        (
            [question("a", "choices", options=COLOURS, maximum=3)],
            "Pytanie „a”: „najmniej” i „najwięcej” nie mogą być większe niż liczba odpowiedzi.",
        ),
        (
            [question("a", "ranking", options=[*COLOURS, {"code": "i", "label": "inne", "takes_text": True}])],
            "Pytanie „a”: miejsce na tekst mogą mieć tylko odpowiedzi do zaznaczenia.",
        ),
        (
            [question("a", "choice", options=[*COLOURS, {"code": "i", "label": "żadne", "is_exclusive": True}])],
            "Pytanie „a”: odpowiedź może wykluczać inne tylko tam, gdzie zaznacza się kilka.",
        ),
        (
            [question("a", "choice", options=[*COLOURS, {"code": "x_text", "label": "inne"}])],
            "Pytanie „a”: kod „x_text” powinien składać się z małych liter, cyfr i łączników.",
        ),
        ([question("a", "date", minimum=3)], "Pytanie „a”: „najmniej” i „najwięcej” nie mają tu znaczenia. Usuń je."),
        ([question("a", "date", earliest="2026-02-30")], "Pytanie „a”: wpisz dzień w postaci 2026-05-10 albo „dziś”."),
        (
            [question("a", "date", earliest="2026-05-02", latest="2026-05-01")],
            "Pytanie „a”: „najwcześniej” jest po „najpóźniej”.",
        ),
        ([question("a", latest="today")], "Pytanie „a”: „najwcześniej” i „najpóźniej” należą do daty."),
        (
            [question("a", "scale", minimum=1, maximum=5), question("b", shown_when=when("a", "at_least", "no-opinion"))],
            "Warunek na pytanie „b”: „a” nigdy nie ma wartości „no-opinion”.",
        ),
        (
            [question("a", "scale", minimum=1, maximum=5), question("b", shown_when=when("a", "is", "6"))],
            "Warunek na pytanie „b”: „a” nigdy nie ma wartości „6”.",
        ),
        (
            [question("a", shown_when=when("b")), question("b")],
            "Warunek na pytanie „a” pyta o „b”, a to pytanie nie stoi wcześniej.",
        ),
        ([question("a", shown_when=when("a"))], "Warunek na pytanie „a” pyta o „a”, a to pytanie nie stoi wcześniej."),
        (
            [question("a"), question("b", shown_when=when("a", "is", "x"))],
            "Warunek na pytanie „b”: o „a” nie można zapytać w ten sposób.",
        ),
        (
            [question("n", "note"), question("b", shown_when=when("n"))],
            "Warunek na pytanie „b”: o „n” nie można zapytać w ten sposób.",
        ),
        (
            [question("a", "choice", options=COLOURS), question("b", shown_when=when("a", "is", "x"))],
            "Warunek na pytanie „b”: „a” nigdy nie ma wartości „x”.",
        ),
        (
            [question("a", "number"), question("b", shown_when=when("a", "at_least", "trzy"))],
            "Warunek na pytanie „b”: „a” nigdy nie ma wartości „trzy”.",
        ),
        (
            [question("a", "date"), question("b", shown_when=when("a", "at_least", "2026-02-30"))],
            "Warunek na pytanie „b”: „a” nigdy nie ma wartości „2026-02-30”.",
        ),
    ],
)
def test_an_inconsistent_version_is_refused_with_the_reason_named(make_version, questions, reason):
    version = make_version([{"code": "p", "title": "Ekran", "questions": questions}])

    with pytest.raises(Inconsistent) as refused:
        publish(version, by=None, moment=MOMENT)

    assert reason in refused.value.reasons
    assert Version.objects.get().is_draft


def test_all_reasons_are_named_at_once(make_version):
    pages = [
        {"code": "p", "title": "Pierwszy", "questions": [question("a"), question("c", "choices")]},
        {"code": "q", "title": "Pusty"},
        {"code": "r", "title": "Trzeci", "shown_when": when("z"), "questions": [question("z")]},
    ]

    with pytest.raises(Inconsistent) as refused:
        publish(make_version(pages), by=None, moment=MOMENT)

    assert refused.value.reasons == [
        "Pytanie „c” nie ma odpowiedzi do wyboru.",
        "Ekran „Pusty” jest pusty.",
        "Warunek na ekran „Trzeci” pyta o „z”, a to pytanie nie stoi wcześniej.",
    ]


def test_two_questions_with_one_code_are_refused_even_on_different_pages(make_version):
    version = make_version([*SHORT, {"code": "q", "title": "Drugi", "questions": [question("other")]}])
    Question.objects.filter(code="other").update(code="name")

    with pytest.raises(Inconsistent, match="Kod „name” ma więcej niż jedno"):
        publish(version, by=None, moment=MOMENT)


def test_a_condition_on_a_question_of_another_form_is_refused(make_version):
    other = make_version([{"code": "p", "title": "E", "questions": [question("name"), question("b", shown_when=when("name"))]}])
    stranger = make_version(SHORT, code="inny")
    Condition.objects.filter(group__question__page__version=other).update(asked=stranger.pages.get().questions.get())

    with pytest.raises(Inconsistent, match="z innej wersji wzoru"):
        publish(other, by=None, moment=MOMENT)


def test_a_code_is_not_used_again_for_another_kind(make_version):
    first = publish(make_version(SHORT), by=None, moment=MOMENT)
    second = next_version(first, by=None)
    Question.objects.filter(page__version=second).update(kind="number")

    with pytest.raises(Inconsistent, match="Kod „name” był już użyty dla innego rodzaju"):
        publish(second, by=None, moment=MOMENT)


def next_of(version, change):
    second = next_version(version, by=None)
    change(Question.objects.filter(page__version=second))
    return second


TWO = [
    {
        "code": "p",
        "title": "Ekran",
        "questions": [question("a"), question("c", "choice", options=[*COLOURS, {"code": "g", "label": "g"}])],
    }
]


def test_a_retired_code_never_returns(make_version):
    """4.5: a question that comes back under an old code would share a column with the one that left."""
    first = publish(make_version(TWO), by=None, moment=MOMENT)
    second = publish(next_of(first, lambda questions: questions.filter(code="a").delete()), by=None, moment=MOMENT)
    third = next_version(second, by=None)
    Question.objects.create(page=third.pages.get(), order=9, code="a", kind="short_text", label="Znowu")

    with pytest.raises(Inconsistent, match="Kod „a” miało pytanie usunięte we wcześniejszej wersji"):
        publish(third, by=None, moment=MOMENT)


def test_a_retired_option_never_returns(make_version):
    first = publish(make_version(TWO), by=None, moment=MOMENT)
    second = next_version(first, by=None)
    Option.objects.filter(question__page__version=second, code="g").delete()
    publish(second, by=None, moment=MOMENT)
    third = next_of(
        second, lambda questions: Option.objects.create(question=questions.get(code="c"), order=9, code="g", label="znowu")
    )

    with pytest.raises(Inconsistent, match="Pytanie „c”: kod „g” był już użyty i usunięty"):
        publish(third, by=None, moment=MOMENT)


def test_a_scale_with_other_ends_needs_a_new_code(make_version):
    pages = [{"code": "p", "title": "Ekran", "questions": [question("s", "scale", minimum=1, maximum=5)]}]
    first = publish(make_version(pages), by=None, moment=MOMENT)

    with pytest.raises(Inconsistent, match="Skala pytania „s” miała inne końce"):
        publish(next_of(first, lambda questions: questions.update(maximum=10)), by=None, moment=MOMENT)


# The next version --------------------------------------------------------------------------------------------------


def test_the_next_version_says_the_same_and_can_be_changed(do_1):
    first = Version.objects.get(pk=do_1.version_id)

    second = next_version(first, by=None)
    Page.objects.filter(version=second, code="powod").update(title="Powód")

    assert describe(second) == {**DO_1, "number": 2, "pages": [{**DO_1["pages"][0], "title": "Powód"}, *DO_1["pages"][1:]]}
    assert describe(first) == DO_1
    assert first.definition.current() == first


def test_one_draft_at_a_time(do_1):
    first = Version.objects.get(pk=do_1.version_id)
    next_version(first, by=None)

    with pytest.raises(Refused, match="Jest już szkic wersji 2"):
        next_version(first, by=None)


def test_a_withdrawn_version_gives_way_to_the_one_before(make_version, celina):
    first = publish(make_version(SHORT), by=None, moment=MOMENT)
    second = publish(next_version(first, by=None), by=None, moment=MOMENT)
    definition = first.definition

    assert definition.current() == second
    withdraw(second, by=celina, moment=MOMENT)
    assert definition.current() == first
    with pytest.raises(Refused, match="już wycofana"):
        withdraw(second, by=celina, moment=MOMENT)


def test_a_draft_is_not_withdrawn(make_version):
    with pytest.raises(Refused, match="Szkicu się nie wycofuje"):
        withdraw(make_version(SHORT), by=None, moment=MOMENT)


def test_a_copy_begins_as_a_draft_under_its_own_code(survey):
    source = Definition.objects.get(code="sportowa")

    copy = clone_definition(source, code="wojska-polskiego", title="Przebudowa ulicy Wojska Polskiego", by=None)

    said = {**SURVEY, "code": "wojska-polskiego", "title": "Przebudowa ulicy Wojska Polskiego"}
    assert (copy.is_draft, describe(copy)) == (True, said)
    assert describe(source.current()) == SURVEY


def test_a_copy_is_not_made_of_nothing_nor_over_another_form(survey):
    source = Definition.objects.get(code="sportowa")
    empty = Definition.objects.create(code="pusty", title="Pusty")

    with pytest.raises(Refused, match="Kod „pusty” ma już inny wzór"):
        clone_definition(source, code="pusty", title="Inny", by=None)
    with pytest.raises(Refused, match="nie ma czego skopiować"):
        clone_definition(empty, code="nowy", title="Nowy", by=None)


# Loading -----------------------------------------------------------------------------------------------------------


def test_loading_is_safe_to_repeat(do_1):
    again = load_definition(DO_1, by=None, moment=timezone.now())

    assert again.pk == do_1.version_id
    assert again.published_at == MOMENT
    assert Version.objects.count() == 1


def test_loading_another_content_under_the_same_number_is_refused(do_1):
    other = copy.deepcopy(DO_1)
    other["pages"][0]["title"] = "Inny"

    with pytest.raises(Refused, match="Wersja 1 jest już zapisana z inną treścią"):
        load_definition(other, by=None, moment=MOMENT)


def test_the_description_of_a_version_is_what_was_loaded(do_1):
    assert describe(Version.objects.get(pk=do_1.version_id)) == DO_1


# The database ------------------------------------------------------------------------------------------------------

CHANGES = {
    "reword a question": lambda: Question.objects.filter(code="reason").update(label="Inaczej"),
    "remove a question": lambda: Question.objects.filter(code="remarks").delete(),
    "add a question": lambda: Question.objects.create(page=Page.objects.get(code="osoby"), order=9, code="x", kind="note"),
    "move a question": lambda: Question.objects.filter(code="remarks").update(page=Page.objects.get(code="osoby")),
    "reword an option": lambda: Option.objects.filter(code="owner").update(label="Inaczej"),
    "add a row of a table": lambda: MatrixRow.objects.create(
        question=Question.objects.get(code="role"), order=9, code="x", label="x"
    ),
    "let an option take a text": lambda: Option.objects.filter(code="owner").update(takes_text=True),
    "lengthen a scale": lambda: Question.objects.filter(code="role").update(maximum=10),
    "add an option": lambda: Option.objects.create(question=Question.objects.get(code="role"), order=9, code="x", label="x"),
    "remove an option": lambda: Option.objects.filter(code="owner").delete(),
    "rename a page": lambda: Page.objects.filter(code="osoby").update(title="Inaczej"),
    "add a page": lambda: Page.objects.create(version=Version.objects.get(), order=99, code="x", title="x"),
    "loosen a condition": lambda: ConditionGroup.objects.update(needs_all=False),
    "add a condition": lambda: ConditionGroup.objects.create(question=Question.objects.get(code="reason")),
    "change a condition's value": lambda: Condition.objects.update(value="x"),
    "remove a condition": lambda: Condition.objects.all().delete(),
    "reword the instruction": lambda: Version.objects.update(instruction="Inaczej"),
    "take publication back": lambda: Version.objects.update(published_at=None),
    "remove the version": lambda: Version.objects.all().delete(),
    "rename the form's code": lambda: Definition.objects.update(code="inny"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_the_database_refuses_every_change_of_what_was_published(do_1, change):
    with (
        pytest.raises(DatabaseError, match=r"published version does not change|Cannot update"),
        transaction.atomic(),
    ):
        change()

    assert describe(Version.objects.get()) == DO_1


def test_a_withdrawal_is_not_taken_back(make_version):
    version = withdraw(publish(make_version(SHORT), by=None, moment=MOMENT), by=None, moment=MOMENT)

    with pytest.raises(IntegrityError), transaction.atomic():
        Version.objects.filter(pk=version.pk).update(withdrawn_at=None)


def test_a_draft_may_be_deleted_whole(do_1):
    before = Condition.objects.count()
    draft = next_version(Version.objects.get(), by=None)

    draft.delete()

    assert Version.objects.count() == 1
    assert Condition.objects.count() == before


def edit_while_publishing(version):
    """Another clerk rewords the question in an open transaction while the version is being published. True: the publication waited."""
    done = threading.Event()

    def publishing():
        try:
            publish(version, by=None, moment=MOMENT)
        finally:
            done.set()
            connection.close()

    with transaction.atomic():
        Question.objects.filter(page__version=version).update(label="Poprawione w ostatniej chwili")
        thread = threading.Thread(target=publishing)
        thread.start()
        waited = not done.wait(0.7)
    thread.join(10)
    return waited


@pytest.mark.django_db(transaction=True)
def test_a_publication_waits_for_an_edit_that_has_begun(make_version):
    assert edit_while_publishing(make_version(SHORT))


@pytest.mark.django_db(transaction=True)
def test_control_without_the_lock_a_publication_overtakes_the_edit(make_version):
    """Red side of the test above: with the trigger's FOR SHARE gone, the edit lands in a version already published."""
    version = make_version(SHORT)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = 'schemas_question'::regclass AND tgname LIKE 'pgtrigger_published%'"
        )
        (name,) = cursor.fetchone()
        cursor.execute(f"ALTER TABLE schemas_question DISABLE TRIGGER {name}")

    try:
        assert not edit_while_publishing(version)
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE schemas_question ENABLE TRIGGER {name}")


def test_a_version_published_for_a_day_is_answered_from_that_day(make_version, dariusz, time_machine):
    """L52: until then the one before it; by the calendar of Warsaw, and by no job."""
    time_machine.move_to(datetime(2026, 12, 30, 12, tzinfo=WARSAW))
    first = publish(make_version(SHORT), by=dariusz, moment=timezone.now())
    new = next_version(first, by=dariusz)
    with pytest.raises(Refused, match="już minął"):
        publish(new, in_force_from=date(2026, 12, 29), by=dariusz, moment=timezone.now())

    publish(new, in_force_from=date(2027, 1, 1), by=dariusz, moment=timezone.now())

    for moment, number in ((datetime(2026, 12, 31, 23, 59, tzinfo=WARSAW), 1), (datetime(2027, 1, 1, 0, 1, tzinfo=WARSAW), 2)):
        time_machine.move_to(moment)
        assert first.definition.current().number == number
