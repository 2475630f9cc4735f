"""The pages of e-BOI over HTTP: whose they are, what they keep, in what order, at what price."""

import hashlib
import io
import re
import uuid

import pikepdf
import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from eboi.actions import cases, correspondence, filing, rulings
from eboi.models import CaseMessage, IncomingLetter, Receipt, Submission
from eboi.statuses import CaseStatus
from schemas.checking import canonical
from tests.eboi.conftest import PESEL, pdf_upload
from tests.factories import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna_at(client, sign_in, anna):
    """Anna's browser, strongly signed in."""
    return sign_in(client, anna)


@pytest.fixture
def filed(filled, anna):
    filing.attach(filled, "attachments", pdf_upload("umowa.pdf"), by=anna)
    filing.submit(
        filled,
        by=anna,
        key=uuid.uuid4(),
        revision=filled.revision,
        sign_in_method="hasło i kod z aplikacji",
        moment=timezone.now(),
    )
    return Submission.objects.get()


@pytest.fixture
def opened(filed, dariusz):
    case = cases.open_case(IncomingLetter.objects.get(), matter=filed.matter, officer=dariusz, by=dariusz, moment=timezone.now())
    cases.take_up(case, by=dariusz, moment=timezone.now())
    return case


@pytest.fixture
def called(opened, dariusz):
    call = rulings.draft_call(opened, missing="Umowa najmu", by=dariusz, moment=timezone.now())
    rulings.send_call(call, by=dariusz, moment=timezone.now())
    return call


def path(name, *args):
    return reverse(f"eboi:{name}", args=args)


def hidden(response, name):
    return re.search(rf'name="{name}" value="([^"]+)"', response.content.decode())[1]


def post_page(client, draft, code, **fields):
    url = path("page", draft.pk, code)
    return client.post(url, {"seen": hidden(client.get(url), "seen"), **fields})


# Whose


@pytest.mark.parametrize("name", ["draft", "review", "discard"])
def test_a_strangers_draft_is_not_there(filled, client, sign_in, ewa, name):
    """S16 S20"""
    make_person(ewa, "Ewa", "Obca")

    assert sign_in(client, ewa).get(path(name, filled.pk)).status_code == 404


def test_a_strangers_case_receipt_and_files_are_not_there(called, filed, client, sign_in, ewa):
    """S16 S18 S19"""
    make_person(ewa, "Ewa", "Obca")
    sign_in(client, ewa)
    file = filed.attachments.get().file

    for address in (
        path("filed", filed.pk), path("receipt_pdf", filed.pk), path("receipt_qr", filed.pk), path("content", filed.pk),
        path("case", called.case_id), path("messages", called.case_id), path("add_document", called.case_id),
        path("answer_call", called.case_id, called.pk), path("withdraw", called.case_id), path("term_ics", called.case_id),
        path("decision", called.case_id), path("file", file.pk),
    ):  # fmt: skip
        assert client.get(address).status_code == 404, address


def test_lists_show_only_my_own(opened, client, sign_in, ewa):
    """S17"""
    make_person(ewa, "Ewa", "Obca")

    page = sign_in(client, ewa).get(path("home")).content.decode()

    assert opened.mark not in page
    assert "Moje sprawy" not in page


def test_a_call_of_another_case_is_not_answered_through_mine(called, anna_at):
    assert anna_at.get(path("answer_call", uuid.uuid4(), called.pk)).status_code == 404


def test_an_internal_note_and_a_draft_of_a_decision_are_nowhere(opened, dariusz, anna_at):
    """L12 S21"""
    correspondence.add_note(opened, text="NOTATKA-TAJNA", by=dariusz, moment=timezone.now())
    rulings.draft_decision(opened, ruling="PROJEKT-TAJNY", reasons="x", by=dariusz, moment=timezone.now())

    pages = "".join(anna_at.get(path(name, opened.pk)).content.decode() for name in ("case", "messages"))

    assert "TAJN" not in pages
    assert anna_at.get(path("decision", opened.pk)).status_code == 404


def test_my_file_comes_as_an_attachment_never_shown_inline(filed, anna_at):
    """S51"""
    response = anna_at.get(path("file", filed.attachments.get().file_id))

    assert response["Content-Disposition"] == 'attachment; filename="umowa.pdf"'
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "no-store" in response["Cache-Control"]


# Filling in


def test_starting_asks_who_you_are_and_comes_back(do_1, anna, client, sign_in):
    response = sign_in(client, anna).post(path("start", "do-1"))

    assert response.url == reverse("residents:onboarding") + "?next=%2Feboi%2Fsprawy%2Fdo-1%2Frozpocznij%2F"


def test_a_wrong_answer_is_told_beside_its_field_and_nothing_is_lost(filled, anna_at):
    response = post_page(anna_at, filled, "dane", **{"first-name": "Anna Maria", "last-name": "", "pesel": "85041512340"})

    page = response.content.decode()
    assert response.status_code == 200
    assert 'value="Anna Maria"' in page
    assert 'href="#id_last-name"' in page
    assert Submission.objects.get().answers["first-name"] == "Anna Maria"


@pytest.mark.parametrize("typed", ["850415\x0012345", "8504151234", "85041512346", "9" * 40, "🙂"])
def test_a_wrong_pesel_never_breaks_the_page(filled, anna_at, typed):
    response = post_page(anna_at, filled, "dane", **{"first-name": "Anna", "last-name": "Kowalska", "pesel": typed})

    assert response.status_code in (200, 302)


def test_a_kept_pesel_never_goes_back_to_the_browser(filled, anna_at):
    """L23 S55"""
    for address in (path("page", filled.pk, "dane"), path("review", filled.pk)):
        assert PESEL not in anna_at.get(address).content.decode()


def test_a_refused_file_keeps_the_good_one_and_every_other_field(filled, anna_at):
    bad = pdf_upload("zly.pdf")
    bad.file = type(bad.file)(b"MZ nie pdf")
    bad.size = 10

    response = post_page(anna_at, filled, "zalaczniki", attachments=[pdf_upload("dobry.pdf"), bad], remarks="Proszę o kontakt")

    page = response.content.decode()
    assert "zly.pdf" in page and "dobry.pdf" in page and "Proszę o kontakt" in page
    assert [one.file.name for one in Submission.objects.get().attachments.all()] == ["dobry.pdf"]


def test_a_file_of_thirty_megabytes_is_refused_by_name_and_the_rest_is_kept(filled, anna_at):
    """S48"""
    large = SimpleUploadedFile("skan.pdf", b"%PDF-" + b"0" * 30 * 1024 * 1024, "application/pdf")

    response = post_page(anna_at, filled, "zalaczniki", attachments=[large], remarks="Proszę o kontakt")

    page = response.content.decode()
    assert "skan.pdf" in page and "10 MB" in page.replace("\u00a0", " ") and "Proszę o kontakt" in page


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.pdf", "a%0d%0aX-Injected: 1.pdf", "\u202efdp.exe.pdf", "x" * 300 + ".pdf", "🙂.pdf"]
)
def test_a_hostile_name_becomes_a_harmless_one(filled, anna_at, name):
    """S51 S43"""
    post_page(anna_at, filled, "zalaczniki", attachments=[pdf_upload(name)])

    attachment = Submission.objects.get().attachments.get()
    answer = anna_at.get(path("file", attachment.file_id))
    assert "X-Injected" not in answer.headers
    assert not set(attachment.file.name) & set("/\\\r\n\u202e")


def test_an_encrypted_pdf_is_refused_with_a_way_out(filled, anna_at):
    """S49"""
    content = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(content, encryption=pikepdf.Encryption(owner="a", user="b"))

    response = post_page(
        anna_at, filled, "zalaczniki", attachments=[SimpleUploadedFile("tajny.pdf", content.getvalue(), "application/pdf")]
    )

    assert "tajny.pdf" in response.content.decode() and "hasł" in response.content.decode()
    assert Submission.objects.get().attachments.count() == 0


def test_a_file_is_taken_out_by_its_button(filled, anna, anna_at):
    attachment = filing.attach(filled, "attachments", pdf_upload(), by=anna)

    response = post_page(anna_at, filled, "zalaczniki", detach=str(attachment.pk), remarks="tekst")

    assert response.url == path("page", filled.pk, "zalaczniki")
    stored = Submission.objects.get()
    assert (stored.attachments.count(), stored.answers["remarks"]) == (0, "tekst")


def test_autosave_keeps_half_a_page_and_gives_the_new_mark(filled, anna_at):
    url = path("page", filled.pk, "dane")
    seen = hidden(anna_at.get(url), "seen")

    answer = anna_at.post(
        path("autosave", filled.pk, "dane"), {"seen": seen, "first-name": "Ania", "last-name": "Kowalska", "pesel": ""}
    )

    assert answer.status_code == 200
    assert answer.json()["seen"] != seen
    stored = Submission.objects.get().answers
    assert (stored["first-name"], stored["pesel"]) == ("Ania", PESEL)


def test_autosave_of_a_stale_device_is_told_and_overwrites_nothing(filled, anna, anna_at):
    seen = hidden(anna_at.get(path("page", filled.pk, "osoby")), "seen")
    filing.save_answers(filled, {**filled.answers, "residents-count": 5}, revision=filled.revision, by=anna)

    answer = anna_at.post(path("autosave", filled.pk, "osoby"), {"seen": seen, "residents-count": "4"})

    assert answer.status_code == 409
    assert "innym urządzeniu" in answer.json()["message"]
    assert Submission.objects.get().answers["residents-count"] == 5


def test_another_device_on_another_screen_is_no_conflict(filled, anna, anna_at):
    seen = hidden(anna_at.get(path("page", filled.pk, "osoby")), "seen")
    filing.save_answers(filled, {**filled.answers, "remarks": "z telefonu"}, revision=filled.revision, by=anna)

    response = anna_at.post(path("page", filled.pk, "osoby"), {"seen": seen, "residents-count": "4"})

    assert response.status_code == 302
    stored = Submission.objects.get().answers
    assert (stored["residents-count"], stored["remarks"]) == (4, "z telefonu")


def test_a_form_posted_after_the_session_ended_comes_back_filled_in(filled, anna, anna_at, sign_in):
    url = path("page", filled.pk, "dane")
    seen = hidden(anna_at.get(url), "seen")
    anna_at.logout()

    answer = anna_at.post(url, {"seen": seen, "first-name": "Anna Zofia", "last-name": "Kowalska", "pesel": "44051401359"})
    assert answer.url.startswith(reverse("account_login"))
    with connection.cursor() as cursor:
        cursor.execute("select session_data from django_session")
        assert all("44051401359" not in row[0] for row in cursor.fetchall())
    sign_in(anna_at, anna)
    page = anna_at.get(url).content.decode()

    assert "Anna Zofia" in page
    assert "Sesja wygasła" in page
    assert Submission.objects.get().answers["first-name"] == "Anna"


def test_what_anna_typed_is_not_shown_to_bartek_on_the_same_computer(filled, anna_at, bartek, sign_in):
    make_person(bartek, "Bartosz", "Inny")
    url = path("page", filled.pk, "dane")
    anna_at.logout()
    anna_at.post(url, {"first-name": "Anna Zofia"})

    assert sign_in(anna_at, bartek).get(url).status_code == 404
    assert "Zofia" not in anna_at.get(path("home")).content.decode()


def test_too_much_at_once_gets_a_plain_page(filled, anna_at):
    """S48"""
    response = anna_at.post(path("page", filled.pk, "dane"), {"first-name": "x" * 3_000_000})

    assert response.status_code == 413
    assert "To za dużo naraz" in response.content.decode()


def test_a_screen_that_this_person_is_not_asked_leads_to_the_next_that_is(filled, anna, anna_at):
    """S23"""
    filing.save_answers(filled, {**filled.answers, "reason": "end"}, revision=filled.revision, by=anna)

    assert anna_at.get(path("page", filled.pk, "osoby")).url == path("draft", filled.pk)
    assert anna_at.get(path("page", filled.pk, "nie-ma")).status_code == 404


def test_changing_an_answer_from_the_review_leads_back_to_it(filled, anna_at):
    url = path("page", filled.pk, "osoby")
    seen = hidden(anna_at.get(url), "seen")

    assert anna_at.post(f"{url}?z=sprawdz", {"seen": seen, "residents-count": "2"}).url == path("review", filled.pk)


# Sending


def test_sending_with_a_password_alone_leads_through_the_second_step_and_back(filled, client, sign_in, anna):
    """S9"""
    sign_in(client, anna, strong=False)
    page = client.get(path("review", filled.pk))
    assert "Jeszcze drugi krok logowania" in page.content.decode()

    response = client.post(path("review", filled.pk), {"key": uuid.uuid4(), "revision": filled.revision})

    assert response.url.startswith(reverse("strong_sign_in"))
    assert Submission.objects.get().status == "draft"


def test_a_double_click_files_once_and_both_lead_to_the_receipt(filled, anna_at):
    """D2 F2"""
    page = anna_at.get(path("review", filled.pk))
    form = {"key": hidden(page, "key"), "revision": hidden(page, "revision")}

    first, second = anna_at.post(path("review", filled.pk), form), anna_at.post(path("review", filled.pk), form)

    assert first.url == second.url == path("filed", filled.pk)
    assert Receipt.objects.count() == 1


def test_the_same_key_with_another_body_is_a_plain_409(filled, anna_at):
    """D2"""
    page = anna_at.get(path("review", filled.pk))
    form = {"key": hidden(page, "key"), "revision": hidden(page, "revision")}
    anna_at.post(path("review", filled.pk), form)

    response = anna_at.post(path("review", filled.pk), {**form, "revision": "99"})

    assert response.status_code == 409
    assert "nie można wysłać drugi raz" in response.content.decode()


@pytest.mark.parametrize("strong", [True, False])
@pytest.mark.parametrize("state", ["draft", "filed", "gone"])
def test_ewa_who_posts_to_annas_draft_sees_404_whatever_became_of_it(filled, anna_at, sign_in, ewa, strong, state):
    """S16: neither a second step nor a receipt tells her that it is there"""
    key = str(uuid.uuid4())
    make_person(account=ewa)
    if state == "filed":
        anna_at.post(path("review", filled.pk), {"key": key, "revision": filled.revision})
    pk = uuid.uuid4() if state == "gone" else filled.pk
    ewa_at = sign_in(Client(), ewa, strong=strong)

    answers = [ewa_at.post(path("review", pk), {"key": one, "revision": "1"}) for one in (str(uuid.uuid4()), key)]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_a_filing_takes_few_statements_and_all_of_them_name_the_form_they_came_from(filled, anna_at):
    """S58: the history of the register knows the address (told once: tests/office/test_history_context). One statement is the
    session's, once a minute; one asks what stamp duty the matter carries."""
    with CaptureQueriesContext(connection) as seen:
        anna_at.post(path("review", filled.pk), {"key": str(uuid.uuid4()), "revision": filled.revision})

    statements = [one["sql"] for one in seen.captured_queries if "SAVEPOINT" not in one["sql"]]
    event = IncomingLetter.pgh_event_model.objects.get()
    assert len(statements) <= 18, "\n".join(statements)
    assert event.pgh_context.metadata["url"] == path("review", filled.pk)


def test_each_showing_of_the_review_has_its_own_key(filled, anna_at):
    assert hidden(anna_at.get(path("review", filled.pk)), "key") != hidden(anna_at.get(path("review", filled.pk)), "key")


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"key": "x", "revision": "1"},
        {"key": str(uuid.uuid4()), "revision": "-1"},
        {"key": str(uuid.uuid4()), "revision": "9" * 400},
    ],
)
def test_a_form_made_by_hand_files_nothing(filled, anna_at, form):
    response = anna_at.post(path("review", filled.pk), form)

    assert response.status_code in (200, 409)
    assert Receipt.objects.count() == 0


def test_extra_fields_change_nothing(filled, anna_at):
    """S22"""
    page = anna_at.get(path("review", filled.pk))
    form = {"key": hidden(page, "key"), "revision": hidden(page, "revision")}

    anna_at.post(
        path("review", filled.pk),
        {**form, "received_at": "2020-01-01", "identity_level": "desk", "status": "draft", "person": "1"},
    )

    filed = Submission.objects.get()
    assert (filed.identity_level, filed.received_at.year) == ("declared", timezone.now().year)


def test_the_clause_stands_before_anything_is_sent(do_1, client, filled, anna_at):
    """L20"""
    for page in (Client().get(path("matter", "do-1")), anna_at.get(path("review", filled.pk))):
        assert "Tekst: privacy." in page.content.decode()


def test_the_receipt_says_that_identity_waits_for_confirmation(filed, anna_at):
    page = anna_at.get(path("filed", filed.pk)).content.decode()

    assert "RPW/1/2026".replace("2026", str(timezone.localdate().year)) in page
    assert "Tożsamość do potwierdzenia" in page
    assert reverse("residents:desk_code") in page
    assert PESEL not in page


def test_the_content_proves_its_hash_and_wants_a_second_step(filed, anna_at, sign_in, anna):
    """S9: it holds the whole PESEL"""
    whole = anna_at.get(path("content", filed.pk)).json()
    payload = canonical(whole["payload"])
    weak = sign_in(Client(), anna, strong=False).get(path("content", filed.pk))

    assert hashlib.sha256(bytes.fromhex(whole["salt"]) + payload).hexdigest() == filed.receipt.body["payload"]["sha256"]
    assert weak.url.startswith(reverse("strong_sign_in"))


# Checking a receipt


def test_the_public_page_confirms_without_content(filed, client):
    rpw = filed.letter.rpw

    page = client.get(path("verify"), {"numer": rpw, "skrot": filed.receipt.sha256}).content.decode()

    assert "To potwierdzenie jest prawdziwe" in page
    for secret in ("Kowalska", "Deklaracja o odpadach", PESEL, "Batorego"):
        assert secret not in page


def test_an_unknown_number_and_a_wrong_hash_get_the_same_page(filed, client):
    hash_of = filed.receipt.sha256
    right, wrong = filed.letter.rpw, "RPW/99999/2026"

    with_wrong_hash = client.get(path("verify"), {"numer": right, "skrot": "0" * 64}).content.decode()
    with_wrong_number = client.get(path("verify"), {"numer": wrong, "skrot": hash_of}).content.decode()

    assert "Nie możemy potwierdzić" in with_wrong_hash
    assert with_wrong_hash.replace(right, "N").replace("0" * 64, "H") == with_wrong_number.replace(wrong, "N").replace(
        hash_of, "H"
    )


def test_checking_is_limited(filed, client):
    """S46"""
    cache.clear()

    answers = [client.get(path("verify"), {"numer": "RPW/1/2026", "skrot": "0"}).status_code for _try in range(31)]

    assert answers == [200] * 30 + [429]


# A case


def test_anna_answers_a_call_and_the_date_stays(called, anna_at):
    """L7"""
    received = called.case.received_on

    response = anna_at.post(path("answer_call", called.case_id, called.pk), {"text": "Oto umowa", "uploads": [pdf_upload()]})

    assert response.url == path("case", called.case_id)
    case = type(called.case).objects.get()
    assert (case.status, case.received_on, case.documents.count()) == (CaseStatus.IN_PROGRESS, received, 1)


def test_a_refused_file_answers_no_call(called, anna_at):
    bad = pdf_upload("zly.pdf")
    bad.file = type(bad.file)(b"MZ nie pdf")
    bad.size = 10

    response = anna_at.post(path("answer_call", called.case_id, called.pk), {"text": "Oto umowa", "uploads": [bad]})

    called.refresh_from_db()
    assert "Oto umowa" in response.content.decode()
    assert (called.status, called.case.documents.count()) == ("sent", 0)


def test_anna_writes_to_the_office_and_reading_takes_the_mark_away(opened, dariusz, anna_at):
    correspondence.write_to_resident(opened, text="Dzień dobry", by=dariusz, moment=timezone.now())
    assert "1 nowa wiadomość" in anna_at.get(path("case", opened.pk)).content.decode()

    anna_at.post(path("messages", opened.pk), {"text": "Dziękuję"})

    assert CaseMessage.objects.filter(read_at__isnull=True, kind="from_office").count() == 0
    assert CaseMessage.objects.get(kind="from_resident").text == "Dziękuję"


def test_reading_a_page_changes_nothing(opened, dariusz, anna_at):
    """S36"""
    correspondence.write_to_resident(opened, text="Dzień dobry", by=dariusz, moment=timezone.now())

    anna_at.get(path("messages", opened.pk))

    assert CaseMessage.objects.filter(read_at__isnull=True).count() == 1


def test_anna_adds_a_document_later(opened, anna_at):
    anna_at.post(path("add_document", opened.pk), {"title": "Umowa najmu", "uploads": [pdf_upload()]})

    assert [(one.title, one.is_from_office) for one in opened.documents.all()] == [("Umowa najmu", False)]


def test_withdrawing_is_asked_once_more_and_then_done(opened, anna_at):
    assert "Wycofać sprawę?" in anna_at.get(path("withdraw", opened.pk)).content.decode()

    anna_at.post(path("withdraw", opened.pk), {"reason": "Pomyłka"})

    opened.refresh_from_db()
    assert (opened.status, opened.outcome) == (CaseStatus.WITHDRAWN, "Pomyłka")
    assert anna_at.get(path("withdraw", opened.pk)).url == path("case", opened.pk)


def test_the_calendar_holds_the_term_and_no_name(opened, anna_at):
    text = anna_at.get(path("term_ics", opened.pk)).content.decode()

    due = opened.deadlines.get().due_on
    assert f"DTSTART;VALUE=DATE:{due:%Y%m%d}" in text
    assert opened.mark in text.replace("\r\n ", "")
    assert "Kowalska" not in text


def test_a_paused_term_is_explained_and_not_counted(called, anna_at):
    page = anna_at.get(path("case", called.case_id)).content.decode()

    assert "termin nie biegnie" in page
    assert "Urząd ma czas" not in page


# Price


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("home", 8),
        ("matter", 8),
        ("draft", 8),
        ("page", 8),
        ("review", 8),
        ("filed", 8),
        ("case", 12),
        ("messages", 8),
        ("verify", 8),
    ],
)
def test_a_page_asks_the_database_few_questions(called, filed, do_1, kowalska, dariusz, anna, anna_at, name, most):
    draft = filing.open_draft(kowalska, do_1, moment=timezone.now())
    for text in ("raz", "dwa", "trzy"):
        correspondence.write_to_resident(called.case, text=text, by=dariusz, moment=timezone.now())
        filing.attach(draft, "attachments", pdf_upload(), by=anna)
    address = {
        "home": path("home"), "matter": path("matter", "do-1"), "draft": path("draft", draft.pk),
        "page": path("page", draft.pk, "powod"), "review": path("review", draft.pk), "filed": path("filed", filed.pk),
        "case": path("case", called.case_id), "messages": path("messages", called.case_id), "verify": path("verify"),
    }[name]  # fmt: skip
    anna_at.get(address)

    with CaptureQueriesContext(
        connection,
    ) as asked:
        anna_at.get(address)

    assert len(asked) <= most, "\n".join(query["sql"][:160] for query in asked)
