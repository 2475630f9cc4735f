import io

import pytest
from django.core.management import CommandError, call_command

from office.transitions import Refused
from residents.addresses import Difference, RowError, difference, import_addresses, read_addresses
from residents.models import AddressPoint, Dwelling

HEADER = "TERC,SIMC,ULIC,street,number,flat\n"
FILE = (HEADER + "2204011,0934620,90004,Batorego,2,1\n2204011,0934620,90004,Batorego,2,2\n"
        "2204011,0934620,90014,Krótka,5a,\n").encode()  # fmt: skip


def test_a_file_becomes_points_and_flats_and_a_second_time_nothing(db):
    first = import_addresses(read_addresses(FILE), is_sample=True)
    second = import_addresses(read_addresses(FILE), is_sample=True)

    assert first == Difference(new_points=2, renamed_points=0, new_dwellings=3, missing_points=0)
    assert second.is_empty
    assert [str(one) for one in Dwelling.objects.order_by("pk")] == ["Batorego 2 m. 1", "Batorego 2 m. 2", "Krótka 5a"]
    assert set(AddressPoint.objects.values_list("is_sample", flat=True)) == {True}
    assert list(AddressPoint.objects.streets()) == ["Batorego", "Krótka"]


@pytest.mark.parametrize("street", ["Krótka", "krotka", "ul. Krótka", "ul.Krótka", "ulica KRÓTKA"])
def test_a_street_is_found_however_people_write_it(db, street):
    import_addresses(read_addresses(FILE))

    assert AddressPoint.objects.at(street, "5 A").get().number == "5a"


def test_polish_excel_files_are_read_too(db):
    content = FILE.decode().replace(",", ";").encode("cp1250")

    assert read_addresses(content).flats == read_addresses(FILE).flats


def test_wrong_rows_are_told_by_their_line_and_nothing_is_laid_down(db):
    reading = read_addresses(FILE + "2204011,0934620,94,Krótka,5a,\n2204011,0934620,90014,Długa,7,\nx\n".encode())

    assert reading.errors == [
        RowError(5, "Kolumna ULIC: „94”. Powinno być: 5 cyfr."),
        RowError(6, "Ulica 90014 ma w pliku dwie nazwy: „Krótka” i „Długa”."),
        RowError(7, "Wiersz ma 1 kolumn, powinien mieć 6."),
    ]
    with pytest.raises(Refused, match="nie został wczytany"):
        import_addresses(reading)
    assert not AddressPoint.objects.exists()


def test_a_renamed_street_keeps_its_houses_and_a_missing_house_stays(db):
    import_addresses(read_addresses(FILE))

    renamed = read_addresses((HEADER + "2204011,0934620,90014,Prosta,5a,\n").encode())
    foreseen = difference(renamed)
    done = import_addresses(renamed)

    assert foreseen == done == Difference(new_points=0, renamed_points=1, new_dwellings=0, missing_points=1)
    assert str(AddressPoint.objects.at("Prosta", "5a").get()) == "Prosta 5a"
    assert not AddressPoint.objects.at("Krótka", "5a").exists()
    assert AddressPoint.objects.count() == 2


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"a,b\n", b'TERC,SIMC,ULIC,street,number,flat\n"x\n', FILE[:-5] + b"\0"]
)
def test_broken_files_are_refused_and_never_break_the_portal(content):
    assert read_addresses(content).errors or read_addresses(content).flats


def test_the_command_shares_the_verb(db, tmp_path):
    file, said = tmp_path / "adresy.csv", io.StringIO()
    file.write_bytes(FILE)

    call_command("import_addresses", file, stdout=said)

    assert said.getvalue() == ("wierszy: 3, nowe punkty: 2, zmienione nazwy: 0, nowe lokale: 3, nieobecne w pliku (zostają): 0\n")
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_addresses", tmp_path / "nie-ma.csv")


WHERE = "TERC;SIMC;ULIC;street;number;flat;latitude;longitude\n2204011;0934620;90004;Batorego;2;1;{};{}\n"


def placed(latitude, longitude):
    return read_addresses(WHERE.format(latitude, longitude).encode())


def test_points_get_the_places_that_the_register_knows_and_follow_when_it_is_mended(db):
    import_addresses(read_addresses(FILE))
    assert import_addresses(placed("54.260120", "18.640000")).moved_points == 1
    assert import_addresses(placed("54,260120", "18,64")).is_empty

    import_addresses(placed("54.26013", "18.64"))

    point = AddressPoint.objects.get(number="2", street="Batorego")
    assert (str(point.latitude), str(point.longitude)) == ("54.260130", "18.640000")
    assert import_addresses(read_addresses(FILE)).moved_points == 0, "a file without places takes none away"


@pytest.mark.parametrize(
    ("latitude", "longitude", "words"),
    [
        ("18.64", "54.26", "zamienione"), ("54.26", "", "w obu kolumnach albo w żadnej"), ("x", "18.64", "Kolumna latitude"),
        ("60.0", "18.64", "poza Polską"), ("54°15'", "18", "Kolumna latitude"),
    ],
)  # fmt: skip
def test_a_wrong_place_is_named_with_its_line(latitude, longitude, words):
    (error,) = placed(latitude, longitude).errors

    assert error.line == 2
    assert words in error.text
