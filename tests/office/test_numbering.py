"""Numbers without duplicates and without gaps (L8, F1)."""

import threading

import pytest
from django.db import connection, transaction
from django.db.models import Max

from office.models import Counter
from office.numbering import next_number

WRITERS, TRIES = 50, 40


class Aborted(Exception):
    pass


def storm(take):
    """WRITERS people at once take TRIES numbers each; every tenth changes his mind. Returns the numbers that stayed."""
    start, kept, lock = threading.Barrier(WRITERS), [], threading.Lock()

    def write(writer):
        start.wait()
        try:
            for attempt in range(TRIES):
                try:
                    with transaction.atomic():
                        number = take()
                        if (writer + attempt) % 10 == 0:
                            raise Aborted
                except Aborted:
                    continue
                with lock:
                    kept.append(number)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return kept


@pytest.mark.django_db(transaction=True)
def test_fifty_writers_of_whom_a_tenth_gives_up_leave_no_duplicate_and_no_gap():
    """F1, L8"""
    kept = storm(lambda: next_number("RPW", 2026))

    assert sorted(kept) == list(range(1, WRITERS * TRIES * 9 // 10 + 1))


@pytest.mark.django_db(transaction=True)
def test_control_guessing_the_next_number_makes_duplicates():
    """Control of the test above: max() + 1 is the numbering to avoid."""

    def guess():
        number = (Counter.objects.filter(series__startswith="guess").aggregate(Max("last"))["last__max"] or 0) + 1
        Counter.objects.create(series=f"guess-{threading.get_ident()}-{number}", year=2026, last=number)
        return number

    kept = storm(guess)

    assert len(set(kept)) < len(kept)


@pytest.mark.django_db
def test_series_and_years_count_apart():
    taken = [next_number(*which) for which in (("RPW", 2026), ("RPW", 2026), ("FN.3120", 2026), ("RPW", 2027))]

    assert taken == [1, 2, 1, 1]


@pytest.mark.django_db(transaction=True)
def test_number_outside_a_transaction_is_refused():
    with pytest.raises(RuntimeError):
        next_number("RPW", 2026)
