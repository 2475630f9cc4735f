"""What the programme asks, as the sources tell it. What is only recalled is marked „do potwierdzenia”: the officer checks each row."""

from datetime import date

from django.db import migrations

FROM = date(2017, 11, 4)  # Regulation (EU) 2017/1953 in force
REGULATION = "rozporządzenie (UE) 2017/1953 i opis programu WiFi4EU"
RECALLED = "znane z pamięci, źródła nie sprawdzono"
NORMS = [
    ("duty-months", 36, "opis programu WiFi4EU: utrzymanie i bezpłatny dostęp co najmniej 3 lata", False),
    ("evidence-months", 60, RECALLED, True),
    ("least-mbps", 30, "warunki programu WiFi4EU: co najmniej 30 Mb/s", False),
    ("small-cell", 5, "ustalenie portalu: miesiąca z mniej niż 5 sesjami nie publikujemy", False),
]
REQUIREMENTS = [
    ("free", "Dostęp jest bezpłatny i nie poprzedza go żadna reklama.", True, REGULATION, False),
    ("no-personal-data", "Nie zbieramy danych osób, które się łączą, i nikomu ich nie przekazujemy w celach handlowych.", True, REGULATION, False),
    ("ssid", "Sieć nazywa się WiFi4EU i ma wspólny znak programu.", True, REGULATION, False),
    ("speed", "Łącze daje co najmniej 30 Mb/s i nie jest gorsze niż to, z którego korzysta urząd.", True, REGULATION, False),
    ("no-duplication", "W tym samym miejscu nie ma już podobnej bezpłatnej oferty.", True, REGULATION, False),
    ("walled-garden", "Host collection.wifi4eu.ec.europa.eu otwiera się przed zalogowaniem.", True, "dokumentacja wdrożeń WiFi4EU", False),
    ("signage", "Na miejscu wisi znak WiFi4EU (zdjęcie).", False, RECALLED, True),
    ("users-50", "Punkt obsługuje co najmniej 50 osób naraz.", False, RECALLED, True),
    ("dual-band", "Dwa pasma, 802.11ac Wave 1 albo nowszy, MIMO 2x2, 802.1X, 802.11r/k/v.", False, RECALLED, True),
    ("passpoint", "Urządzenie ma certyfikat Hotspot 2.0 (Passpoint).", False, RECALLED, True),
    ("mtbf", "Średni czas między awariami co najmniej 5 lat.", False, RECALLED, True),
    ("twelve-hours", "Kto raz się połączył, przez 12 godzin nie widzi strony powitalnej.", False, RECALLED, True),
    ("telecom-law", "Prawnik sprawdził obowiązki gminy według Prawa komunikacji elektronicznej.", False, RECALLED, True),
]  # fmt: skip


def write(apps, schema_editor):
    norm, requirement = (apps.get_model("wifi_points", name) for name in ("Norm", "Requirement"))
    for code, value, source, unsure in NORMS:
        norm.objects.create(code=code, value=value, valid_from=FROM, source=source, needs_confirmation=unsure)
    for code, text, mandatory, source, unsure in REQUIREMENTS:
        requirement.objects.create(
            code=code, text=text, is_mandatory=mandatory, valid_from=FROM, source=source, needs_confirmation=unsure
        )


class Migration(migrations.Migration):
    dependencies = [("wifi_points", "0001_initial")]

    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
