"""The desk: verbs as buttons, nothing edited by hand, every look written down (S27, S28)."""

import uuid
from datetime import date

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from office import scanning
from office.admin_buttons import Button, moves_of
from office.files import store
from office.models import Message, PersonalDataRead, StatusChange, StoredFile
from office.transitions import history_of, move
from pruszcz_portal import roles
from tests.office import samples
from tests.office.errands import Errand, ErrandAdmin, Status

PERSON = uuid.UUID("11111111-1111-4111-8111-111111111111")


@pytest.fixture
def errands(db, settings):
    settings.ROOT_URLCONF = "tests.office.errands"
    with connection.schema_editor() as editor:
        editor.create_model(Errand)


@pytest.fixture
def errand(errands):
    return Errand.objects.create(id=uuid.uuid4(), person=PERSON)


@pytest.fixture
def desk(errands, celina, client, sign_in):
    """Celina at the desk, with the right to see and lead errands."""
    allow(celina, "view_errand", "lead_errand")
    return sign_in(client, celina)


def allow(user, *codenames):
    kind, _ = ContentType.objects.get_or_create(app_label="office", model="errand")
    for codename in codenames:
        user.user_permissions.add(Permission.objects.get_or_create(content_type=kind, codename=codename, name=codename)[0])


def page(errand):
    return f"/urzad/office/errand/{errand.pk}/change/"


def verb(errand, name):
    return f"/urzad/office/errand/{errand.pk}/czynnosc/{name}/"


def status_of(errand):
    return Errand.objects.values_list("status", flat=True).get(pk=errand.pk)


def labels(response):
    return [item["button"].label for item in response.context["buttons"]]


def test_only_verbs_that_the_table_allows_from_here_are_shown(desk, errand):
    assert labels(desk.get(page(errand))) == ["Weź sprawę", "Zniszcz"]

    Errand.objects.update(status=Status.OPEN)
    assert labels(desk.get(page(errand))) == ["Zakończ", "Zniszcz"]

    Errand.objects.update(status=Status.DONE, secret=True)
    assert labels(desk.get(page(errand))) == []


def laid_out(response):
    return {place: [item["button"].label for item in items] for place, items in response.context["verbs"].items()}


def test_the_next_verb_is_largest_and_a_crowd_of_secondary_ones_is_folded(desk, errand, monkeypatch):
    crowd = [Button(f"Czynność {n}", lambda errand, *, by: None, tone="secondary", name=f"verb-{n}") for n in (1, 2, 3)]
    monkeypatch.setattr(ErrandAdmin, "buttons", [*crowd, *ErrandAdmin.buttons])

    answer = desk.get(page(errand))

    assert laid_out(answer) == {
        "next": ["Weź sprawę"],
        "beside": ["Zniszcz"],
        "more": ["Czynność 1", "Czynność 2", "Czynność 3"],
    }
    unfolded, folded = answer.content.decode().split('<details class="desk-more">')
    assert "desk-verb--next" in unfolded
    assert "Czynność 1" in folded.split("</details>")[0]


def test_what_ends_a_thing_is_never_the_largest_and_stands_last(desk, errand, monkeypatch):
    ends = Button("Zlikwiduj", lambda errand, *, by: None, tone="danger", name="close")
    other = Button("Popraw", lambda errand, *, by: None, tone="secondary", name="mend")
    monkeypatch.setattr(ErrandAdmin, "buttons", [ends, other])

    answer = desk.get(page(errand))

    assert laid_out(answer) == {"next": [], "beside": ["Popraw", "Zlikwiduj"], "more": []}
    assert "desk-verb--next" not in answer.content.decode()


def test_two_secondary_verbs_are_no_crowd(desk, errand, monkeypatch):
    pair = [Button(f"Czynność {n}", lambda errand, *, by: None, tone="secondary", name=f"verb-{n}") for n in (1, 2)]
    monkeypatch.setattr(ErrandAdmin, "buttons", pair)

    answer = desk.get(page(errand))

    assert laid_out(answer) == {"next": [], "beside": ["Czynność 1", "Czynność 2"], "more": []}
    assert "<details" not in answer.content.decode()


def test_with_no_way_forward_the_first_two_stay_in_the_open(desk, errand, monkeypatch):
    crowd = [Button(f"Czynność {n}", lambda errand, *, by: None, tone="secondary", name=f"verb-{n}") for n in (1, 2, 3)]
    monkeypatch.setattr(ErrandAdmin, "buttons", crowd)

    assert laid_out(desk.get(page(errand))) == {"next": [], "beside": ["Czynność 1", "Czynność 2"], "more": ["Czynność 3"]}


def test_clerk_without_the_permission_sees_no_verb_and_can_not_post_it(errand, dariusz, client, sign_in):
    allow(dariusz, "view_errand")
    sign_in(client, dariusz)

    assert labels(client.get(page(errand))) == ["Zniszcz"]
    assert client.post(verb(errand, "take_up"), {"seen": "sent"}).status_code == 403
    assert status_of(errand) == "sent"


def test_clerk_without_the_right_to_see_gets_404(errand, dariusz, client, sign_in):
    sign_in(client, dariusz)

    assert client.post(verb(errand, "shred"), {"seen": "sent"}).status_code == 404
    assert client.get(page(errand)).status_code == 403
    assert Errand.objects.exists()


def test_one_press_moves_the_case_and_comes_back_to_it(desk, errand, celina):
    answer = desk.post(verb(errand, "take_up"), {"seen": "sent"}, follow=True)

    assert status_of(errand) == "open"
    assert answer.redirect_chain == [(page(errand), 302)]
    assert "Wykonano: Weź sprawę." in answer.content.decode()
    assert [(c.from_status, c.to_status, c.actor, c.note) for c in history_of(errand)] == [
        ("sent", "open", celina.subject, "biorę")
    ]


def test_get_never_moves_anything(desk, errand):
    """S36"""
    assert desk.get(verb(errand, "take_up")).status_code == 302
    Errand.objects.update(status=Status.OPEN)
    assert desk.get(verb(errand, "finish")).status_code == 200

    assert status_of(errand) == "open"
    assert not StatusChange.objects.exists()


def test_verb_that_asks_for_words_has_its_own_page_and_gets_the_day(desk, errand):
    Errand.objects.update(status=Status.OPEN)

    with time_machine.travel("2026-03-02T23:30:00+00:00", tick=False):
        desk.post(verb(errand, "finish"), {"seen": "open", "answer": "Zgoda."})

    errand.refresh_from_db()
    assert (errand.status, errand.answer, errand.done_on) == ("done", "Zgoda.", date(2026, 3, 3))


def test_too_short_an_answer_is_shown_again_with_its_error(desk, errand):
    Errand.objects.update(status=Status.OPEN)

    answer = desk.post(verb(errand, "finish"), {"seen": "open", "answer": "ab"})

    assert answer.status_code == 422
    assert ">ab</textarea>" in answer.content.decode().replace("\n", "")
    assert status_of(errand) == "open"


def test_refusal_stands_next_to_the_verb_and_nothing_typed_is_lost(desk, errand):
    Errand.objects.update(status=Status.OPEN)

    answer = desk.post(verb(errand, "finish"), {"seen": "open", "answer": "odmowa"})

    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Najpierw dopisz uzasadnienie." in html
    assert "odmowa</textarea>" in html
    assert status_of(errand) == "open"


def test_slower_clerk_is_told_and_may_go_on_with_what_was_typed(desk, errand):
    Errand.objects.update(status=Status.OPEN)

    answer = desk.post(verb(errand, "finish"), {"seen": "sent", "answer": "Zgoda."})

    html = answer.content.decode()
    assert (answer.status_code, status_of(errand)) == (409, "open")
    assert "Ktoś był szybszy" in html
    assert "Zgoda.</textarea>" in html
    assert 'name="seen" value="open"' in html


def test_verb_that_no_longer_fits_offers_no_button(desk, errand):
    Errand.objects.update(status=Status.DONE)

    answer = desk.post(verb(errand, "finish"), {"seen": "open", "answer": "Zgoda."})

    assert answer.status_code == 409
    assert 'type="submit">Zakończ' not in answer.content.decode()


def test_dangerous_verb_asks_first_and_then_returns_to_the_list(desk, errand):
    assert "Tego nie da się cofnąć." in desk.get(verb(errand, "shred")).content.decode()

    answer = desk.post(verb(errand, "shred"), {"seen": "sent"})

    assert answer["Location"] == "/urzad/office/errand/"
    assert not Errand.objects.exists()


def test_unknown_verb_and_unknown_case_are_404(desk, errand):
    assert desk.post(verb(errand, "steal")).status_code == 404
    errand.pk = uuid.uuid4()
    assert desk.post(verb(errand, "take_up")).status_code == 404
    assert desk.delete(verb(errand, "take_up")).status_code == 405


def test_nothing_is_edited_added_or_deleted_by_hand(desk, errand, celina):
    """S27"""
    allow(celina, "add_errand", "change_errand", "delete_errand")

    assert desk.post(page(errand), {"status": "done"}).status_code == 403
    assert desk.get("/urzad/office/errand/add/").status_code == 403
    assert desk.post(f"/urzad/office/errand/{errand.pk}/delete/", {"post": "yes"}).status_code == 403
    assert status_of(errand) == "sent"


def test_each_look_is_written_down_for_the_person(desk, errand, celina):
    """S28, L37"""
    desk.get(page(errand))

    (read,) = PersonalDataRead.objects.all()
    assert (read.reader, read.person, read.object_id) == (celina.subject, PERSON, errand.pk)
    assert (read.what, read.purpose) == (f"sprawa próbna: {errand}", "prowadzenie sprawy")


def test_history_is_on_the_page_in_words_and_costs_one_query(desk, errand, anna, celina, django_assert_num_queries):
    move(errand, Status.OPEN, by=celina, note="pierwsza")
    move(errand, Status.SENT, by=anna)
    move(errand, Status.OPEN, by=None)

    with django_assert_num_queries(1):
        moves = moves_of(errand)

    assert [(m["from_word"], m["to_word"], m["who"], m["note"]) for m in moves] == [
        ("złożona", "w toku", "portal", ""),
        ("w toku", "złożona", "mieszkaniec", ""),
        ("złożona", "w toku", "Celina Nowak", "pierwsza"),
    ]
    assert "pierwsza" in desk.get(page(errand)).content.decode()
    assert desk.get(f"/urzad/office/errand/{errand.pk}/history/")["Location"] == page(errand)


def test_clerk_opens_a_clean_file_and_the_look_is_written_down(desk, errand, anna, settings, tmp_path):
    """S19, S28, S52"""
    settings.PRIVATE_FILES_DIR = tmp_path
    mine, foreign = (store(samples.upload(samples.pdf(), name), owner=anna) for name in ("a.pdf", "b.pdf"))
    Errand.objects.update(file_ids=[str(mine.pk)])
    address = f"/urzad/office/errand/{errand.pk}/plik/{mine.pk}/"

    waiting = desk.get(address, follow=True)
    scanning.scan(mine.pk)
    opened = desk.get(address)

    assert "czeka na sprawdzenie" in waiting.content.decode()
    assert opened["Content-Disposition"] == 'attachment; filename="a.pdf"'
    assert PersonalDataRead.objects.filter(what="plik „a.pdf”", person=PERSON).count() == 1
    assert desk.get(f"/urzad/office/errand/{errand.pk}/plik/{foreign.pk}/").status_code == 404
    assert "wykrywacz próbki EICAR" in desk.get(page(errand)).content.decode()


@pytest.mark.django_db
def test_celina_sends_a_dead_letter_again(celina, client, sign_in):
    letter = Message.objects.create(
        channel="email", address="anna@example.com", event="office/hello", text="x", state="dead", next_attempt_at=timezone.now()
    )
    sign_in(client, celina)

    client.post(reverse("admin:office_message_verb", args=[letter.pk, "send_again"]), {"seen": ""})

    assert Message.objects.get().state == "queued"
    assert client.post(reverse("admin:office_message_verb", args=[letter.pk, "send_again"]), {"seen": ""}).status_code == 409


LISTS = ["message", "storedfile", "retentionperiod", "retentionrun", "personaldataread", "statuschange", "auditseal"]


@pytest.mark.django_db
@pytest.mark.parametrize("model", LISTS)
def test_registers_open_for_those_who_may_see_them(make_account, client, sign_in, model):
    keeper = make_account("igor@pruszcz.example", "Igor Kos", roles.DPO, roles.KANCELARIA)
    sign_in(client, keeper)

    assert client.get(f"/urzad/office/{model}/").status_code == 200
    assert client.get(f"/urzad/office/{model}/?q=nie+ma").status_code in (200, 302)


@pytest.mark.django_db
def test_list_of_letters_costs_the_same_for_one_and_three(celina, client, sign_in, django_assert_max_num_queries):
    sign_in(client, celina)
    client.get("/urzad/office/message/")
    for _ in range(3):
        Message.objects.create(channel="email", address="a@example.com", event="x/y", text="x", next_attempt_at=timezone.now())
        with django_assert_max_num_queries(12):
            client.get("/urzad/office/message/")


@pytest.mark.django_db
def test_file_register_shows_no_content(celina, anna, client, sign_in, settings, tmp_path):
    settings.PRIVATE_FILES_DIR = tmp_path
    stored = store(samples.upload(samples.pdf()), owner=anna)
    scanning.scan(stored.pk)
    sign_in(client, celina)

    assert client.get(f"/urzad/office/storedfile/{stored.pk}/change/").status_code == 200
    assert client.get(f"/urzad/office/storedfile/{stored.pk}/plik/{stored.pk}/").status_code == 404
    assert StoredFile.objects.count() == 1
