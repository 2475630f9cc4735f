"""The legal bases that the portal starts with, as dated data: what is recalled or read from practice carries the mark to confirm (C1-C15)."""

from datetime import date

from django.db import migrations

SINCE = date(2026, 1, 1)
RESOLUTION = "uchwała Rady Miasta XXXIII/370/2021 (treść do potwierdzenia)"
ACT = "art. 5a ustawy z 8 marca 1990 r. o samorządzie gminnym"
PLANNING = "art. 8e-8i ustawy z 27 marca 2003 r. o planowaniu i zagospodarowaniu przestrzennym"
OPINION = (
    "Wynik jest opinią mieszkańców i nie wiąże miasta. Na każdy głos na piśmie odpowiemy: czy go uwzględniamy i dlaczego. "
    "Odpowiedzi znajdą się w raporcie."
)
EVERYWHERE = ["bip", "portal", "board", "press"]
PLANNING_GROUPS = [["remarks"], ["meeting", "panel", "workshop"], ["outdoor", "survey", "interview"]]
BASES = [
    {
        "code": "konsultacje", "kind": "free", "title": "Konsultacje społeczne z mieszkańcami", "minimum_days": 7,
        "announced_in": ["bip", "portal"], "report_days": 30, "effect": OPINION,
        "source": f"{ACT}; {RESOLUTION}; liczby dni przyjęte z praktyki",
    },
    {
        "code": "budzet-obywatelski", "kind": "budget", "title": "Budżet obywatelski", "minimum_days": 14,
        "announced_in": ["bip", "portal"], "report_days": 30, "is_binding": True,
        "effect": "Wynik głosowania wiąże: wybrane projekty Rada Miasta wpisuje do uchwały budżetowej. Nie może ich usunąć ani "
        "istotnie zmienić.",
        "source": f"{ACT}, ust. 3-7; uchwała o budżecie obywatelskim do potwierdzenia; 14 dni z praktyki 2020 r.",
    },
    {
        "code": "organizacje-pozarzadowe", "kind": "ngo", "title": "Konsultacje z organizacjami pozarządowymi", "minimum_days": 12,
        "announced_in": ["bip", "portal"], "needed_channels": [["online"], ["email"], ["post", "desk", "box"]], "report_days": 30,
        "effect": "Wynik jest opinią organizacji i nie wiąże miasta. Na każdą uwagę odpowiemy: czy ją uwzględniamy i dlaczego.",
        "source": "art. 5 ust. 5 ustawy z 24 kwietnia 2003 r. o działalności pożytku publicznego i o wolontariacie; "
        "termin z praktyki: 8-19 października 2025 r.",
    },
    {
        "code": "planowanie", "kind": "planning", "title": "Konsultacje projektu planu miejscowego albo planu ogólnego",
        "minimum_days": 30, "announced_in": EVERYWHERE, "activity_groups": PLANNING_GROUPS,
        "effect": "Uwagi nie wiążą miasta, ale każda dostanie odpowiedź z uzasadnieniem w raporcie z konsultacji.",
        "source": f"{PLANNING}; 30 dni z praktyki (8 listopada - 9 grudnia 2024 r.), najkrótszy termin do potwierdzenia",
    },
    {
        "code": "planowanie-uproszczone", "kind": "planning", "title": "Konsultacje planu w postępowaniu uproszczonym",
        "minimum_days": 14, "announced_in": EVERYWHERE, "activity_groups": [["remarks"]],
        "effect": "Uwagi nie wiążą miasta, ale każda dostanie odpowiedź z uzasadnieniem.",
        "source": f"{PLANNING}; tryb uproszczony: co najmniej 14 dni, formy do potwierdzenia",
    },
    {
        "code": "rewitalizacja", "kind": "revitalisation", "title": "Konsultacje w sprawie rewitalizacji", "minimum_days": 30,
        "notice_days": 7, "announced_in": EVERYWHERE,
        "activity_groups": [["remarks"], ["meeting", "workshop", "outdoor"], ["survey", "interview", "panel"]],
        "effect": OPINION, "source": "art. 6 ustawy z 9 października 2015 r. o rewitalizacji; sposób liczenia dni do potwierdzenia",
    },
    {
        "code": "strategia", "kind": "strategy", "title": "Konsultacje strategii rozwoju", "minimum_days": 35,
        "announced_in": ["bip", "portal"], "effect": OPINION,
        "source": "art. 6 ust. 3-6 ustawy z 6 grudnia 2006 r. o zasadach prowadzenia polityki rozwoju, z pamięci; "
        "praktyka: 13 października - 17 listopada 2020 r.",
    },
    {
        "code": "srodowisko", "kind": "environment", "title": "Udział społeczeństwa w ochronie środowiska", "minimum_days": 30,
        "announced_in": ["bip", "portal", "board"], "activity_groups": [["remarks"]],
        "effect": "Uwagi nie wiążą miasta. Sposób ich rozpatrzenia opiszemy w uzasadnieniu dokumentu.",
        "source": "art. 33-39 ustawy z 3 października 2008 r. o udostępnianiu informacji o środowisku, z pamięci",
    },
]  # fmt: skip
KEPT = "Art. 5 ust. 1 lit. e RODO (ograniczenie przechowywania); okres przyjęty przy uruchomieniu konsultacji"
PERIODS = {"unconfirmed_follower": 7, "follower": 90}


def add(apps, schema_editor):
    basis, period = apps.get_model("consultations", "LegalBasis"), apps.get_model("office", "RetentionPeriod")
    for row in BASES:
        basis.objects.get_or_create(code=row["code"], valid_from=SINCE, defaults={**row, "needs_confirmation": True})
    for kind, days in PERIODS.items():
        period.objects.get_or_create(
            kind=kind, valid_from=SINCE, defaults={"days": days, "source": KEPT, "needs_confirmation": True}
        )


class Migration(migrations.Migration):
    dependencies = [("consultations", "0002_trigrams"), ("office", "0003_first_periods")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
