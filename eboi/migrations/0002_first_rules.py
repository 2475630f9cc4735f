"""How terms are counted and from what girth a tree is asked about, as recalled: a clerk checks each row against the act."""

from datetime import date

from django.db import migrations

FROM = date(2017, 6, 1)  # Saturdays and terms in years came into KPA art. 57 on this day
NATURE = "ustawa z 16 kwietnia 2004 r. o ochronie przyrody, art. 83f ust. 1 i 4"
TREES = {"fast": 80, "middle": 65, "other": 50, "shrubs": 25}
RULES = {
    "kpa": {
        "short_name": "art. 57 Kodeksu postępowania administracyjnego",
        "days": "Nie liczy się dnia zdarzenia; termin kończy się z upływem ostatniego z wyznaczonych dni (art. 57 § 1 KPA).",
        "weeks": "Termin kończy się w ostatnim tygodniu, w dniu o tej samej nazwie co dzień zdarzenia (art. 57 § 2 KPA).",
        "months": "Termin kończy się w ostatnim miesiącu, w dniu o tym samym numerze co dzień zdarzenia, a gdy takiego dnia nie ma, "
        "w ostatnim dniu tego miesiąca (art. 57 § 3 KPA).",
        "years": "Termin kończy się w ostatnim roku, w dniu o tej samej dacie co dzień zdarzenia, a gdy takiego dnia nie ma, "
        "w dniu, który go poprzedza (art. 57 § 3a KPA).",
        "day_off": "Gdy koniec terminu przypada w sobotę albo w dzień ustawowo wolny od pracy, termin upływa następnego dnia, "
        "który nie jest ani sobotą, ani dniem wolnym (art. 57 § 4 KPA).",
        "in_time": "Termin jest zachowany, jeśli przed jego upływem pismo złożono w urzędzie, wysłano przez konto w portalu albo na "
        "adres do doręczeń elektronicznych (i jest potwierdzenie), albo nadano u operatora wyznaczonego (art. 57 § 5 KPA).",
        "note": "To zasada dla terminów w postępowaniu: na odwołanie, na uzupełnienie pisma, na załatwienie sprawy. Termin "
        "materialny, na przykład dzień zapłaty albo dzień, w którym wygasa uprawnienie, przesuwa się tylko wtedy, gdy tak mówi "
        "ustawa, z której wynika.",
        "source": "ustawa z 14 czerwca 1960 r. Kodeks postępowania administracyjnego, art. 57",
    },
    "ordynacja": {
        "short_name": "art. 12 Ordynacji podatkowej",
        "days": "Nie liczy się dnia zdarzenia; termin kończy się z upływem ostatniego z wyznaczonych dni (art. 12 § 1 Ordynacji "
        "podatkowej).",
        "weeks": "Termin kończy się w ostatnim tygodniu, w dniu o tej samej nazwie co dzień zdarzenia (art. 12 § 2 Ordynacji podatkowej).",
        "months": "Termin kończy się w ostatnim miesiącu, w dniu o tym samym numerze co dzień zdarzenia, a gdy takiego dnia nie ma, "
        "w ostatnim dniu tego miesiąca (art. 12 § 3 Ordynacji podatkowej).",
        "years": "Termin kończy się w ostatnim roku, w dniu o tej samej dacie co dzień zdarzenia, a gdy takiego dnia nie ma, "
        "w dniu, który go poprzedza (art. 12 § 4 Ordynacji podatkowej).",
        "day_off": "Gdy ostatni dzień przypada w sobotę albo w dzień ustawowo wolny od pracy, za ostatni dzień uważa się następny "
        "dzień po dniach wolnych, chyba że ustawa podatkowa mówi inaczej (art. 12 § 5 Ordynacji podatkowej).",
        "in_time": "Termin jest zachowany, jeśli przed jego upływem pismo złożono w urzędzie, wysłano elektronicznie i jest urzędowe "
        "potwierdzenie odbioru, albo nadano u operatora wyznaczonego (art. 12 § 6 Ordynacji podatkowej).",
        "note": "Termin płatności podatku też się przesuwa, gdy wypada w dzień wolny, chyba że ustawa o tym podatku mówi inaczej. Nie "
        "przesuwają się terminy materialne spoza prawa podatkowego: każdy z nich ma własny przepis.",
        "source": "ustawa z 29 sierpnia 1997 r. Ordynacja podatkowa, art. 12",
    },
}


def write(apps, schema_editor):
    rule, tree = (apps.get_model("eboi", name) for name in ("TermRule", "TreeRule"))
    for act, texts in RULES.items():
        rule.objects.create(act=act, valid_from=FROM, needs_confirmation=True, **texts)
    for group, limit in TREES.items():
        tree.objects.create(group=group, limit=limit, valid_from=FROM, source=NATURE, needs_confirmation=True)


class Migration(migrations.Migration):
    dependencies = [("eboi", "0001_initial")]

    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
