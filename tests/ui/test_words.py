"""How numbers, sums, days and sentences are written."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from ui import words

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("count", "written"),
    [
        (0, "0 spraw"),
        (1, "1 sprawa"),
        (2, "2 sprawy"),
        (5, "5 spraw"),
        (12, "12 spraw"),
        (22, "22 sprawy"),
        (112, "112 spraw"),
        (101, "101 spraw"),
    ],
)
def test_counts_take_the_polish_form(count, written):
    assert words.counted(count, "sprawa", "sprawy", "spraw") == written.replace(" ", NBSP)


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        ("0", "0,00 zł"),
        ("37.5", "37,50 zł"),
        ("1234.5", "1234,50 zł"),
        ("12345.6", "12 345,60 zł"),
        ("1234567", "1 234 567,00 zł"),
        ("-8", "−8,00 zł"),
    ],
)
def test_money_shows_grosze_and_parts_thousands(amount, written):
    assert words.money(Decimal(amount)) == written.replace(" ", NBSP)


@pytest.mark.parametrize(
    ("size", "written"), [(0, "0 B"), (512, "512 B"), (12_000, "12 kB"), (1_400_000, "1,4 MB"), (30_000_000, "30 MB")]
)
def test_file_sizes_are_short(size, written):
    assert words.file_size(size) == written.replace(" ", NBSP)


def test_a_day_is_written_in_words():
    assert words.long_date(date(2026, 11, 22)) == f"22{NBSP}listopada 2026{NBSP}r."


def test_a_moment_is_told_in_warsaw_time_winter_and_summer():
    """L57"""
    winter = words.long_moment(datetime(2026, 1, 31, 23, 30, tzinfo=UTC))
    summer = words.long_moment(datetime(2026, 7, 1, 22, 5, tzinfo=UTC))

    assert winter == f"1{NBSP}lutego 2026{NBSP}r., godz.{NBSP}00:30"
    assert summer == f"2{NBSP}lipca 2026{NBSP}r., godz.{NBSP}00:05"


@pytest.mark.parametrize(
    ("days", "working", "written", "tone"),
    [
        (1, False, "został 1 dzień", "warn"),
        (3, True, "zostały 3 dni robocze", "warn"),
        (5, True, "zostało 5 dni roboczych", "neutral"),
        (1, True, "został 1 dzień roboczy", "warn"),
        (22, False, "zostały 22 dni", "neutral"),
        (0, False, "termin mija dziś", "urgent"),
        (-1, False, "termin minął wczoraj", "urgent"),
        (-9, True, "termin minął 9 dni temu", "urgent"),
    ],
)
def test_a_deadline_speaks_in_words_and_tone(days, working, written, tone):
    assert words.days_left(days, working=working).replace(NBSP, " ") == written
    assert words.days_tone(days) == tone


@pytest.mark.parametrize(
    ("typed", "bound"),
    [
        ("w domu i w pracy", "w~domu i~w~pracy"),
        ("Z uwagi na art. 64 § 2", "Z~uwagi na art.~64 § 2"),
        ("ul. Grunwaldzka 20", "ul.~Grunwaldzka 20"),
        ("za 3 osoby 37,50 zł", "za 3 osoby 37,50~zł"),
        ("22 listopada 2026 r. o 9:00", "22~listopada 2026~r. o~9:00"),
        ("do 10 MB", "do 10~MB"),
        ("wpłynęło 22 listopada 2026 r.. Dalej", "wpłynęło 22~listopada 2026~r. Dalej"),
        ("3 grupy", "3 grupy"),
        ("(a w nawiasie)", "(a~w~nawiasie)"),
        ('<a href="/a b" title="w domu">w domu</a>', '<a href="/a b" title="w domu">w~domu</a>'),
    ],
)
def test_no_one_letter_word_ends_a_line_and_no_unit_starts_one(typed, bound):
    assert words.typo(typed) == bound.replace("~", NBSP)


def test_typography_applied_twice_changes_nothing_more():
    once = words.typo("w domu, 22 listopada 2026 r., za 12 zł")

    assert words.typo(once) == once
