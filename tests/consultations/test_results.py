"""Results: the same numbers everywhere, with denominators, nobody given away, closed to everybody until they are open (slice 8)."""

import random
import re
from collections import Counter

import pytest
from django.urls import reverse
from django.utils import timezone

from consultations import results
from consultations.actions import exports
from consultations.models import Export, IntegrityLevel, ResultAccess, Voice
from consultations.report.figures import freeze
from consultations.statistics.crosstab import Crosstab
from consultations.statistics.suppression import protect_line
from consultations.statuses import ConsultationStatus, ExportStatus
from office import files
from pruszcz_portal import roles
from tests.consultations import boxed, opened
from tests.consultations.test_exports import table

NOW = timezone.now


@pytest.fixture
def survey(db):
    return boxed.make_box(120)


@pytest.fixture
def finished(db):
    return opened.make_opened(120)


@pytest.fixture
def hubert(make_account):
    """An analyst."""
    return make_account("hubert@pruszcz.example", "Hubert Sowa", roles.ANALYST)


@pytest.fixture
def desk(client, hubert, sign_in):
    return sign_in(client, hubert)


def by_code(survey):
    return {one.question.code: one for one in results.answered_questions(survey)}


def reload(survey):
    return results.surveys_of(survey.consultation)[0]


# Counting


def test_counts_and_denominators_equal_those_read_from_the_ballots_one_by_one(survey):
    found, ballots = by_code(survey), [one.answers for one in survey.ballots.all()]

    for code in ("want", "safe", "dark", "age", "sex"):
        assert {answer: count for (_row, answer), count in found[code].counts.items()} == Counter(
            one[code] for one in ballots if code in one
        )
        assert found[code].answered == sum(code in one for one in ballots)
    assert found["want"].asked == 120
    assert found["dark"].asked == sum(one["safe"] == "no" for one in ballots)
    assert found["when"].counts["", "evening"] == sum("evening" in one["when"] for one in ballots)
    assert found["rank"].counts["1", "lamps"] == 120


def test_a_question_of_a_later_version_was_asked_only_of_those_who_saw_it(survey):
    from tests.consultations.test_exports import add_version

    version = add_version(survey)
    boxed.put_in(survey, 30, first=300, say=lambda n: {"wanted": "sand"}, version=version)

    found = by_code(reload(survey))

    assert (found["wanted"].asked, found["wanted"].answered) == (30, 30)
    assert found["safe"].asked == 120 and found["want"].asked == 150 and found["want"].answered == 120


def test_the_page_the_report_and_the_file_say_the_same_numbers(survey, make_account):
    """I1, B12"""
    grazyna = make_account("grazyna@pruszcz.example", "Grażyna Kruk", roles.DPO)
    export = exports.order(
        survey.consultation, instrument=survey, profile="full", format="csv", as_of=timezone.localdate(), purpose="próba", by=grazyna, moment=NOW()
    )  # fmt: skip
    exports.run(export.pk, moment=NOW())
    export.refresh_from_db()
    rows = table(files.path_of(export.file).read_bytes())[2]
    frozen = {one["code"]: one for one in freeze(survey.consultation, NOW())["instruments"][0]["questions"]}

    for code, one in by_code(survey).items():
        counts = {
            (option["row"], option["code"]): one.counts.get((option["row"], option["code"]), 0)
            for option in frozen[code]["options"]
        }
        hidden = protect_line({option: count for (_row, option), count in counts.items()}) if code in ("age", "sex") else ()
        for option in frozen[code]["options"]:
            said = None if option["code"] in hidden else counts[option["row"], option["code"]]
            assert option["count"] == said
        assert one.answered == frozen[code]["answered"]
    assert Counter(row["want"] for row in rows) == {code: count for (_row, code), count in by_code(survey)["want"].counts.items()}


def test_answers_by_group_hide_small_groups_and_equal_an_independent_count_elsewhere(survey):
    """N2"""
    questions = results.questions_of(results.forms_of(survey))
    crossed = results.cross_all(survey, questions["age"])
    counts = Counter((one.answers["want"], one.answers["age"]) for one in survey.ballots.all())

    made = crossed["want"]
    assert isinstance(made, Crosstab) and made.has_hidden
    shown = {
        (row.code, column.code): cell.count for row in made.rows for column, cell in zip(made.columns, row.cells, strict=True)
    }
    assert all(count is None or count == counts[place] for place, count in shown.items())
    assert shown["path", "age-65-plus"] is None
    assert {row.code: row.whole.count for row in made.rows} == Counter(one.answers["want"] for one in survey.ballots.all())


def test_of_fewer_than_ten_answers_there_is_no_table_by_group_and_a_reason(db):
    survey = boxed.make_box(9)
    questions = results.questions_of(results.forms_of(survey))

    assert "mniej niż 10" in results.cross_all(survey, questions["sex"])["want"]


def test_several_answers_by_group_have_who_answered_as_their_whole(survey):
    questions = results.questions_of(results.forms_of(survey))

    made = results.cross_all(survey, questions["sex"])["when"]

    assert made.is_several and {column.code: column.answered for column in made.columns} == Counter(
        one.answers["sex"] for one in survey.ballots.all()
    )


def test_who_answered_stands_beside_who_lives_in_the_town(survey):
    compared = dict((question.code, rows) for question, rows in results.compare(survey, results.answered_questions(survey)))

    assert set(compared) == {"age", "sex"}
    assert sum(row.town for row in compared["sex"]) == 100
    assert next(row for row in compared["age"] if row.code == "age-65-plus").ours is None  # one person


def test_the_size_of_a_small_group_is_told_nowhere_on_the_page(survey):
    """N2: neither by the plot of the question itself nor by a table with the groups as rows."""
    told = results.told(survey, by=results.questions_of(results.forms_of(survey))["want"])
    plots = {one["question"].code: one["plot"] for one in told["questions"]}

    shown = {bar.label: bar.count for bar in plots["age"].bars}
    assert shown["age-65-plus"] is None and list(shown.values()).count(None) >= 2
    assert not [one for one in told["questions"] if one["question"].code in ("age", "sex") and one["table"]]


# Who may look


def words(answer):
    return answer.content.decode().replace("\xa0", " ")


def page_of(client, survey, **query):
    return client.get(reverse("consultations:results", args=[survey.consultation.slug]), query)


def test_residents_read_results_only_with_the_report(client, survey, finished):
    closed, shown = words(page_of(client, survey)), words(page_of(client, finished))

    assert "Wyniki poznasz razem z raportem" in closed and "Co ma być w parku?" not in closed
    assert "Co ma być w parku?" in shown and "<svg" in shown and "<table" in shown


def test_interim_results_are_shown_where_the_order_says_so_without_groups(client, db):
    survey = boxed.make_box(60, status=ConsultationStatus.ANNOUNCED, interim_results_open=True)

    shown = page_of(client, survey, wedlug="sex").content.decode()

    assert "To wyniki cząstkowe" in shown and "Co ma być w parku?" in shown
    assert "W podziale" not in shown


@pytest.mark.parametrize(("level", "word"), [(IntegrityLevel.OPEN, "odpowiedziach"), (IntegrityLevel.PROVEN, "osoby")])
def test_below_a_declaration_results_speak_of_answers_and_never_of_people(client, db, level, word):
    """C38"""
    survey = opened.make_opened(30, integrity=level)

    shown = re.sub(r"\s|&nbsp;", " ", page_of(client, survey, wedlug="sex").content.decode().replace("\xa0", " "))

    assert word in shown
    assert ("Zapytano: 30 osób" in shown) == (level == IntegrityLevel.PROVEN)
    assert ("Głosy, w których było to pytanie: 30" in shown) == (level == IntegrityLevel.OPEN)


def test_everybody_may_group_only_by_what_is_known_of_the_person(client, finished):
    """Two groupings of which one refines the other would give away what each hides."""
    allowed, refused = (page_of(client, finished, wedlug=code).content.decode() for code in ("sex", "want"))

    assert "W podziale: Płeć" in allowed and "W podziale" not in refused


def desk_page(client, survey, **query):
    return client.get(reverse("admin:consultations_results", args=[survey.consultation_id]), query)


def test_an_official_s_look_is_written_down(desk, hubert, survey):
    """C37 in spirit: whoever reads results is in the log."""
    answer = desk_page(desk, survey, wedlug="want")

    assert answer.status_code == 200 and "W podziale: Co ma być w parku?" in answer.content.decode()
    access = ResultAccess.objects.get()
    assert (access.reader, access.is_interim) == (hubert.subject, False) and "want" in access.what


def test_before_the_closing_the_desk_is_shut_too_unless_the_order_opens_it(desk, db):
    shut, let = (boxed.make_box(30, status=ConsultationStatus.ANNOUNCED, interim_results_open=one) for one in (False, True))

    assert desk_page(desk, shut).status_code == 403 and ResultAccess.objects.count() == 0
    assert desk_page(desk, let).status_code == 200
    assert ResultAccess.objects.get().is_interim


def test_the_desk_of_results_needs_its_right(client, sign_in, make_account, survey):
    moderator = make_account("marta@pruszcz.example", "Marta Mak", roles.MODERATOR)

    assert desk_page(sign_in(client, moderator), survey).status_code == 403


# The desk of files


def test_an_analyst_orders_a_file_sees_it_grow_and_takes_it(desk, hubert, survey):
    given = {
        "instrument": survey.pk,
        "profile": "pseudonymised",
        "format": "csv",
        "as_of": timezone.localdate().isoformat(),
        "purpose": "raport",
    }
    desk.post(reverse("admin:consultations_export_add"), given)
    export = Export.objects.get()
    page = desk.get(reverse("admin:consultations_export_change", args=[export.pk])).content.decode()
    assert "0 / 120" in page and "Pobierz plik" not in page

    exports.run(export.pk, moment=NOW())

    assert "Pobierz plik" in desk.get(reverse("admin:consultations_export_change", args=[export.pk])).content.decode()
    answer = desk.get(reverse("admin:consultations_export_download", args=[export.pk]))
    assert answer.status_code == 200 and answer["Content-Disposition"].startswith("attachment")
    assert ResultAccess.objects.get().export == export


def test_what_is_refused_is_said_and_nothing_typed_is_lost(desk, survey):
    given = {
        "instrument": survey.pk,
        "profile": "full",
        "format": "csv",
        "as_of": timezone.localdate().isoformat(),
        "purpose": "moje zdanie",
    }

    page = desk.post(reverse("admin:consultations_export_add"), given).content.decode()

    assert "Nie masz prawa do danych w tym zakresie" in page and "moje zdanie" in page
    assert not Export.objects.exists()


def test_the_lists_of_the_desk_open(client, sign_in, make_account, finished):
    grazyna = make_account("grazyna@pruszcz.example", "Grażyna Kruk", roles.DPO)
    desk = sign_in(client, grazyna)

    for name in ("export", "resultaccess", "textremoval"):
        assert desk.get(reverse(f"admin:consultations_{name}_changelist")).status_code == 200
    ballot = next(one for one in finished.ballots.all() if "why" in one.answers)
    given = {"consultation": finished.consultation_id, "number": ballot.pk, "key": "why", "reason": "dane sąsiada"}
    desk.post(reverse("admin:consultations_textremoval_add"), given)
    assert ballot.removals.get().by == grazyna.subject


# For everybody


def test_open_data_are_downloads_with_their_digests_and_a_way_to_check(client, finished):
    page = client.get(reverse("consultations:open_data", args=[finished.consultation.slug])).content.decode()
    made = list(exports.public_files(finished.consultation))

    assert {one.format for one in made} == {"csv", "jsonl", "zip"} and {one.status for one in made} == {ExportStatus.DONE}
    assert all(one.sha256 in page for one in made) and "consultations.verify" in page and "CC BY 4.0" in page
    answer = client.get(reverse("consultations:open_file", args=[finished.consultation.slug, made[0].pk]))
    assert answer.status_code == 200 and not ResultAccess.objects.exists()


def test_a_file_somebody_ordered_is_not_for_everybody(client, finished, make_account):
    grazyna = make_account("grazyna@pruszcz.example", "Grażyna Kruk", roles.DPO)
    for profile in ("full", "public"):
        export = exports.order(
            finished.consultation, instrument=finished, profile=profile, format="csv", as_of=timezone.localdate(), purpose="x", by=grazyna, moment=NOW()
        )  # fmt: skip
        exports.run(export.pk, moment=NOW())
        assert client.get(reverse("consultations:open_file", args=[finished.consultation.slug, export.pk])).status_code == 404


def test_before_the_report_there_are_no_open_data(client, survey):
    assert exports.prepare_open_data(moment=NOW()) == []
    assert "razem z raportem" in words(client.get(reverse("consultations:open_data", args=[survey.consultation.slug])))


def test_open_data_are_made_anew_when_a_text_is_hidden_after_all_and_only_then(finished):
    voice = Voice.objects.filter(instrument=finished).first()
    Voice.objects.filter(pk=voice.pk).update(status="published", public_text="Więcej ławek.")
    assert len(exports.prepare_open_data(moment=NOW())) == 3
    for export in Export.objects.filter(status=ExportStatus.QUEUED):
        exports.run(export.pk, moment=NOW())
    assert exports.prepare_open_data(moment=NOW()) == []

    Voice.objects.filter(pk=voice.pk).update(status="hidden")

    assert len(exports.prepare_open_data(moment=NOW())) == 3
    assert not [one for one in exports.public_files(finished.consultation) if one.status == ExportStatus.DONE]


def test_random_boxes_count_as_an_independent_reading_does(db):
    dice = random.Random(11)  # noqa: S311
    survey = boxed.make_box(0)
    said = {}

    def say(number):
        answers = {"want": dice.choice(["trees", "path", "other"])}
        for code, options in (("safe", ("yes", "no")), ("sex", "km"), ("age", boxed.AGES)):
            if dice.random() < 0.8:
                answers[code] = dice.choice(options)
        if dice.random() < 0.5:
            answers["when"] = dice.sample(["morning", "evening"], dice.randint(1, 2))
        said[number] = answers
        return answers

    boxed.put_in(survey, 300, say=say)
    crossed = results.cross_all(survey, results.questions_of(results.forms_of(survey))["sex"])

    for code in ("want", "safe"):
        counts = Counter((one[code], one.get("sex", "")) for one in said.values() if code in one)
        for row in crossed[code].rows:
            for column, cell in zip(crossed[code].columns, row.cells, strict=True):
                assert cell.count in (None, counts[row.code, column.code])
