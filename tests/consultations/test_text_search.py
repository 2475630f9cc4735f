"""Finding Polish words: endings, Polish letters or not, slips of the key."""

import pytest

from consultations.text_search import query_of, stems, stems_of, words


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("droga", "Drogi są w złym stanie."),
        ("drogi", "Brakuje dróg rowerowych."),
        ("sciezka rowerowa", "Proszę o ścieżkę rowerową wzdłuż Raduni."),
        ("ŚCIEŻKI", "ścieżka"),
        ("drzewo", "Za mało drzew, a drzewa dają cień."),
        ("parking", "Nie ma parkingów."),
        ("chodnik", "chodników"),
        ("zieleń", "zieleni"),
        ("zielen", "zieleni"),
    ],
)
def test_endings_and_polish_letters_do_not_part_words(asked, said):
    """B12, setup.md part 1: what people type meets what people wrote."""
    kept = set(stems(said))

    assert all(kept & set(stems_of(word)) for word in words(asked))


def test_words_that_mean_nothing_are_not_asked_for():
    assert words("Jak to jest z tą drogą?") == ["tą", "drogą"]
    assert query_of("i w na z") is None
    assert query_of("') | 'x") is None or "'" not in words("') | 'x")[0]


def test_a_text_of_any_length_and_alphabet_has_stems():
    assert stems("x" * 1_000_000)[0] == "x" * 40
    assert stems("Привіт 漢字 \x00 ' \\ : & |") != []
    assert len(stems("a1 " * 100_000)) == 1
