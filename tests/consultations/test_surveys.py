"""Answering: one screen after another, saved, checked, sent once, with a receipt; at each level of certainty (slices 2 and 5)."""

import re
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consultations import ballot_box, drafts, keys
from consultations.actions import versions
from consultations.models import Consultation, IntegrityLevel, SurveyDraft
from consultations.statuses import ConsultationStatus, Phase
from office.models import Message
from office.transitions import Refused
from residents.models import ResidencyProof
from tests.consultations.cast import make_consultation, make_survey
from tests.factories import live_together, make_person

TWO_PAGES = {
    "code": "park", "title": "Ankieta o parku", "number": 1, "intro": "Dwa ekrany.",
    "pages": [
        {"code": "ty", "title": "Ty i park", "questions": [
            {"code": "often", "kind": "choice", "label": "Jak często tu bywasz?", "options": [
                {"code": "daily", "label": "Codziennie"}, {"code": "never", "label": "Nigdy"}]},
        ]},
        {"code": "plan", "title": "Plan", "questions": [
            {"code": "benches", "kind": "number", "label": "Ile ławek?", "minimum": 0, "maximum": 50},
            {"code": "why", "kind": "long_text", "label": "Dlaczego?", "is_required": False},
        ]},
    ],
}  # fmt: skip


@pytest.fixture(autouse=True)
def fresh_limits(db):
    call_command("createcachetable", verbosity=0)
    cache.clear()


def url(name, survey, *rest):
    return reverse(f"consultations:{name}", args=[survey.consultation.slug, survey.code, *rest])


def open_box(level=IntegrityLevel.OPEN, data=None, **fields):
    consultation = make_consultation(integrity=level, **fields)
    keys.make(consultation)
    return make_survey(consultation, data)


def answer_all(browser, survey, **answers):
    """Every screen of the small survey; the last one leads to the check."""
    typed = {"trees": "yes", "travel": ["foot", "bike"], "why": "Latem jest tam za gorąco.", **answers}
    answer = browser.post(url("survey_page", survey, "ulica"), typed)
    assert answer.status_code == 302, answer.content.decode()
    assert answer["Location"] == url("survey_review", survey)


def posted_voice(browser, survey):
    return hidden(browser.get(url("survey_review", survey)), "voice")


def hidden(page, name):
    found = re.search(rf'name="{name}" value="([^"]*)"', page.content.decode())
    assert found, page.content.decode()
    return found[1]


def send(browser, survey, **more):
    return browser.post(url("survey_review", survey), {"voice": posted_voice(browser, survey), **more})


# From the cover to the receipt


def test_a_stranger_answers_an_open_survey_and_gets_a_receipt(client):
    survey = open_box()
    assert "Zacznij odpowiadać" in client.get(url("instrument", survey)).content.decode()
    answer_all(client, survey)

    sent = client.get(send(client, survey)["Location"]).content.decode()

    digits = bytes(survey.envelopes.get().commitment).hex()
    assert "Dziękujemy, głos jest w urnie" in sent
    assert digits in re.sub(r"<[^>]+>|\s", "", sent)
    assert "Latem jest tam" not in sent
    assert not SurveyDraft.objects.exists()


def test_the_check_shows_every_answer_and_leads_back_to_its_screen(client):
    survey = open_box()
    answer_all(client, survey)

    page = client.get(url("survey_review", survey)).content.decode()

    assert "Pieszo" in page and "Latem jest tam za gorąco." in page
    assert f"{url('survey_page', survey, 'ulica')}?z=sprawdz#id_trees" in page


def test_a_form_sent_twice_is_one_voice_with_the_same_receipt(client):
    """D2 of ballots: also when the draft is gone and the session with it."""
    survey = open_box()
    answer_all(client, survey)
    form = {"voice": posted_voice(client, survey)}

    first = client.post(url("survey_review", survey), form)
    again = Client().post(url("survey_review", survey), form)

    assert first["Location"] == again["Location"]
    assert survey.envelopes.count() == 1


def test_a_repeat_after_the_closing_still_gets_its_receipt(client):
    survey = open_box()
    answer_all(client, survey)
    form = {"voice": posted_voice(client, survey)}
    first = client.post(url("survey_review", survey), form)
    Consultation.objects.update(closes_at=timezone.now() - timedelta(seconds=1))

    assert client.post(url("survey_review", survey), form)["Location"] == first["Location"]


def test_a_voice_sent_after_the_closing_is_refused_in_words(client):
    survey = open_box()
    answer_all(client, survey)
    form = {"voice": posted_voice(client, survey)}
    Consultation.objects.update(closes_at=timezone.now() - timedelta(seconds=1))

    answer = client.post(url("survey_review", survey), form)

    assert answer.status_code == 409 and "nie zbierają teraz głosów" in answer.content.decode()
    assert not survey.envelopes.exists()


def test_what_is_missing_is_named_and_nothing_can_be_sent(client):
    survey = open_box(data=TWO_PAGES)
    client.post(url("survey_page", survey, "ty"), {"often": "daily"})

    page = client.get(url("survey_review", survey)).content.decode()

    assert "Ile ławek?" in page and 'name="voice"' not in page


def test_a_wrong_answer_is_told_beside_its_field_and_nothing_typed_is_lost(client):
    survey = open_box(data=TWO_PAGES)
    client.post(url("survey_page", survey, "ty"), {"often": "daily"})

    page = client.post(url("survey_page", survey, "plan"), {"benches": "51", "why": "Bo dużo nas."})

    assert page.status_code == 200 and "Największa możliwa liczba to 50" in page.content.decode()
    again = client.get(url("survey_page", survey, "plan")).content.decode()
    assert "Bo dużo nas." in again and "51" in again


def test_a_voice_made_up_by_a_script_is_not_taken(client):
    """The form is sealed by the portal after its checks; anything else leads back to the check."""
    survey = open_box()

    answer = client.post(url("survey_review", survey), {"voice": "bzdura"})

    assert answer["Location"] == url("survey_review", survey) and not survey.envelopes.exists()


def test_a_voice_of_one_survey_is_not_taken_by_another(client):
    one, other = open_box(), open_box()
    answer_all(client, one)

    client.post(url("survey_review", other), {"voice": posted_voice(client, one)})

    assert not other.envelopes.exists()


@pytest.mark.parametrize(("phase", "words"), [(Phase.BEFORE, "Odpowiadać będzie można"), (Phase.CLOSED, "zakończyło się")])
def test_a_survey_that_is_not_open_says_so_and_shows_no_question(client, phase, words):
    survey = open_box(phase=phase)

    assert words in client.get(url("instrument", survey)).content.decode()
    assert client.get(url("survey_page", survey, "ulica")).status_code == 302


def test_a_draft_consultation_is_nowhere(client):
    survey = open_box(status=ConsultationStatus.DRAFT)

    assert client.get(url("instrument", survey)).status_code == 404


# Saved, and resumed


def test_without_an_account_a_secret_link_brings_the_answers_to_another_device(client):
    survey = open_box(data=TWO_PAGES)
    client.post(url("survey_page", survey, "ty"), {"often": "daily", "go": "later"})
    link = re.search(r"<code>([^<]+)</code>", client.get(url("survey_kept", survey)).content.decode())[1]

    telephone = Client()
    telephone.get(link.split("8000")[-1].replace("http://localhost", ""))
    page = telephone.get(url("survey_page", survey, "ty")).content.decode()

    assert 'value="daily" required checked' in page or re.search(r'value="daily"[^>]*checked', page)


def test_the_link_is_sent_by_mail_when_asked_and_the_address_is_not_kept_with_the_survey(client):
    survey = open_box(data=TWO_PAGES)
    client.post(url("survey_page", survey, "ty"), {"often": "daily", "go": "later"})

    client.post(url("survey_kept", survey), {"email": "ewa@example.com"})

    letter = Message.objects.get(event="consultations/survey_link")
    assert letter.address == "ewa@example.com" and "wroc/?z=" in letter.text
    assert letter.about_id is None and letter.recipient is None


def test_a_link_that_leads_nowhere_says_so(client):
    survey = open_box()

    answer = client.get(url("survey_resume", survey), {"z": drafts.new_secret()}, follow=True)

    assert "nie ma już zapisanych odpowiedzi" in answer.content.decode()


def test_signed_in_answers_wait_on_every_device(sign_in, anna):
    survey = open_box(data=TWO_PAGES)
    sign_in(Client(), anna).post(url("survey_page", survey, "ty"), {"often": "never"})

    page = sign_in(Client(), anna).get(url("instrument", survey)).content.decode()

    assert "Zapisane odpowiedzi czekają" in page and "Dokończ" in page


def test_answers_begun_before_signing_in_go_along(client, sign_in, anna):
    survey = open_box(data=TWO_PAGES)
    client.post(url("survey_page", survey, "ty"), {"often": "never"})

    sign_in(client, anna)

    assert "Zapisane odpowiedzi czekają" in client.get(url("instrument", survey)).content.decode()


def test_what_is_half_typed_is_saved_and_the_other_screen_stays(client):
    survey = open_box(data=TWO_PAGES)
    client.post(url("survey_page", survey, "ty"), {"often": "daily"})

    saved = client.post(url("survey_autosave", survey, "plan"), {"benches": "51", "why": "Bo dużo nas."})

    assert saved.json()["message"].startswith("Zapisano o ")
    again = client.get(url("survey_page", survey, "plan")).content.decode()
    assert 'value="51"' in again and "Bo dużo nas." in again
    assert client.get(url("survey_page", survey, "ty")).content.decode().count("checked") == 1


def test_a_save_after_the_closing_is_told_and_keeps_nothing(client):
    survey = open_box(data=TWO_PAGES, phase=Phase.CLOSED)

    answer = client.post(url("survey_autosave", survey, "ty"), {"often": "daily"})

    assert (answer.status_code, "nie można już" in answer.json()["message"]) == (409, True)
    assert not SurveyDraft.objects.exists()


def test_a_draft_is_unreadable_without_the_key_and_names_nobody(sign_in, anna):
    survey = open_box()
    answer_all(sign_in(Client(), anna), survey)

    row = SurveyDraft.objects.get()
    assert b"Latem" not in bytes(row.sealed) and str(anna.subject).encode() not in bytes(row.sealed)
    assert bytes(row.owner_mark) != anna.subject.bytes


def test_drafts_of_closed_surveys_are_removed(client):
    survey, other = open_box(), open_box()
    answer_all(client, survey)
    answer_all(client, other)
    Consultation.objects.filter(pk=survey.consultation_id).update(closes_at=timezone.now() - timedelta(seconds=1))

    assert drafts.remove_closed() == 1
    assert SurveyDraft.objects.get().instrument == other


# Who may


def test_a_confirmed_mailbox_votes_once(client):
    """CONTACT: the code comes by mail; the second voice of the same mailbox is refused and told how to complain."""
    survey = open_box(IntegrityLevel.CONTACT)
    answer_all(client, survey)
    assert send_with_code(client, survey, "ewa@example.com").status_code == 302

    other = Client()
    answer_all(other, survey, trees="no")
    refused = send_with_code(other, survey, "Ewa+druga@example.com")

    assert refused.status_code == 409 and "To nie Ty?" in refused.content.decode()
    assert survey.envelopes.count() == survey.participations.count() == 1


def send_with_code(browser, survey, email):
    voice = posted_voice(browser, survey)
    asked = browser.post(url("survey_review", survey), {"voice": voice, "go": "code", "email": email})
    code = re.search(r"^    (\d{6})$", Message.objects.filter(address=email).latest("created_at").text, re.MULTILINE)[1]
    return browser.post(url("survey_review", survey), {"voice": voice, "challenge": hidden(asked, "challenge"), "code": code})


def test_a_wrong_code_is_told_beside_its_field_and_tries_are_counted(client):
    survey = open_box(IntegrityLevel.CONTACT)
    answer_all(client, survey)
    voice = posted_voice(client, survey)
    asked = client.post(url("survey_review", survey), {"voice": voice, "go": "code", "email": "ewa@example.com"})
    form = {"voice": voice, "challenge": hidden(asked, "challenge")}
    right = re.search(r"^    (\d{6})$", Message.objects.get().text, re.MULTILINE)[1]
    wrong = "000000" if right != "000000" else "111111"

    first = client.post(url("survey_review", survey), {**form, "code": wrong})
    for _try in range(10):
        client.post(url("survey_review", survey), {**form, "code": wrong})
    late = client.post(url("survey_review", survey), {**form, "code": right})

    assert first.status_code == 422 and "To nie jest ten kod" in first.content.decode()
    assert late.status_code == 422 and "Zbyt wiele prób" in late.content.decode()
    assert not survey.envelopes.exists()


def test_a_signed_in_mailbox_needs_no_code(sign_in, anna):
    survey = open_box(IntegrityLevel.CONTACT)
    browser = sign_in(Client(), anna)
    answer_all(browser, survey)

    assert send(browser, survey).status_code == 302
    assert survey.participations.get().face == "contact"


def test_a_declared_resident_declares_once(sign_in, anna):
    survey = open_box(IntegrityLevel.DECLARED)
    make_person(anna)
    browser = sign_in(Client(), anna)
    answer_all(browser, survey)

    unticked = send(browser, survey, street="Batorego", number="1")
    assert unticked.status_code == 422 and "Zaznacz oświadczenie" in unticked.content.decode()
    assert send(browser, survey, street="Batorego", number="1", declared="on").status_code == 302

    answer_all(browser, survey, trees="no")
    assert send(browser, survey, street="Grunwaldzka", number="20", declared="on").status_code == 409
    assert survey.envelopes.count() == 1


def test_a_home_that_the_town_knows_is_not_asked_again(sign_in, anna):
    survey = open_box(IntegrityLevel.DECLARED)
    live_together(make_person(anna))
    browser = sign_in(Client(), anna)
    answer_all(browser, survey)

    assert "Nad Radunią 5" in browser.get(url("survey_review", survey)).content.decode()
    assert send(browser, survey, declared="on").status_code == 302
    assert survey.participations.count() == 2


@pytest.mark.parametrize("level", [IntegrityLevel.DECLARED, IntegrityLevel.PROVEN])
def test_strangers_are_led_to_sign_in_before_they_answer_anything(client, level):
    survey = open_box(level)

    assert "Zaloguj się" in client.get(url("instrument", survey)).content.decode()
    assert client.post(url("survey_page", survey, "ulica"), {"trees": "yes"})["Location"] == url("instrument", survey)


def test_proof_and_a_second_step_are_needed_where_the_order_says_so(sign_in, anna, celina):
    survey, person = open_box(IntegrityLevel.PROVEN), make_person(anna)
    assert "nie potwierdził jeszcze" in sign_in(Client(), anna).get(url("instrument", survey)).content.decode()

    ResidencyProof.objects.create(person=person, basis="dowód", granted_by=celina.subject, valid_from=date(2026, 1, 1))
    assert "drugiego kroku" in sign_in(Client(), anna, strong=False).get(url("instrument", survey)).content.decode()

    browser = sign_in(Client(), anna)
    answer_all(browser, survey)
    assert send(browser, survey).status_code == 302


def test_whoever_sees_the_registers_votes_only_for_themselves(sign_in, anna, franek):
    """C37: nothing that Franek sends makes the voice another person's; it takes his own mark and leaves Anna's free."""
    survey, anna_person = open_box(IntegrityLevel.DECLARED), make_person(anna)
    make_person(franek, "Franciszek", "Wilk")
    desk = sign_in(Client(), franek)
    answer_all(desk, survey)
    send(desk, survey, street="Batorego", number="1", declared="on", person=str(anna_person.pk), name="Anna Kowalska")

    browser = sign_in(Client(), anna)
    answer_all(browser, survey)
    assert send(browser, survey, street="Batorego", number="1", declared="on").status_code == 302
    assert survey.envelopes.count() == 2


# Receipts and the box


def test_anybody_may_check_a_receipt_before_and_after_the_sealing(client):
    survey = open_box()
    for number in range(5):
        browser = Client()
        answer_all(browser, survey, why=f"{number}")
        where = send(browser, survey)["Location"]
    digits = where.partition("?p=")[2]

    before = client.get(url("receipt", survey), {"p": digits}).content.decode()
    ballot_box.seal(survey, moment=timezone.now())
    after = client.get(url("receipt", survey), {"p": f" {digits[:20]} {digits[20:]}\n"}).content.decode()

    assert "w\N{NO-BREAK SPACE}zapieczętowanej kopercie" in before
    assert "Zapieczętowany w\N{NO-BREAK SPACE}partii" in after


def test_a_receipt_that_is_not_in_the_box_is_told_kindly(client):
    survey = open_box()

    assert "Numer ma 64 znaki, a wpisano 4" in client.get(url("receipt", survey), {"p": "abcd"}).content.decode().replace(
        "\xa0", " "
    )
    assert "nie ma takiego potwierdzenia" in client.get(url("receipt", survey), {"p": "0" * 64}).content.decode()
    assert client.get(url("survey_sent", survey), {"p": "0" * 64}).status_code == 404


def test_the_path_of_a_receipt_leads_to_the_published_root(client):
    from consultations import merkle

    survey = open_box()
    for number in range(6):
        browser = Client()
        answer_all(browser, survey, why=f"{number}")
        digits = send(browser, survey)["Location"].partition("?p=")[2]
    batch = ballot_box.seal(survey, moment=timezone.now())

    proof = client.get(url("proof", survey), {"p": digits}).json()

    way = [bytes.fromhex(one) for one in proof["path"]]
    assert merkle.check(bytes.fromhex(digits), proof["index"], proof["size"], way, bytes.fromhex(batch.commitments_root))


def test_the_box_shows_counts_roots_and_the_list_and_no_answer(client):
    survey = open_box()
    for number in range(5):
        browser = Client()
        answer_all(browser, survey, why=f"odpowiedź {number}")
        send(browser, survey)
    batch = ballot_box.seal(survey, moment=timezone.now())

    page = client.get(url("box", survey)).content.decode()
    listed = b"".join(client.get(url("commitments", survey)).streaming_content).decode().splitlines()

    assert batch.commitments_root in page and batch.head in page and "odpowiedź" not in page
    assert sorted(listed) == listed and len(listed) == 5
    assert {line.split()[1] for line in listed} == {
        bytes(one).hex() for one in survey.envelopes.values_list("commitment", flat=True)
    }


# A new version of a live survey


def next_version(survey, change, by=None):
    """The next version of the questions with one thing changed, published by `by`."""
    from schemas import actions

    first = survey.versions.latest("approved_at").version
    draft = actions.next_version(first, by=None)
    change(draft)
    return actions.publish(draft, by=by, moment=timezone.now())


def question(version, code):
    return version.pages.get().questions.get(code=code)


def rename_an_option(version):
    question(version, "trees").options.filter(code="any").update(label="Nie wiem")


def correct_the_words(version):
    question(version, "why").__class__.objects.filter(pk=question(version, "why").pk).update(
        label="Co chcesz jeszcze powiedzieć?"
    )


def make_multiple(version):
    """Another kind of question under a new code: the old one is retired."""
    question(version, "trees").delete()
    page = version.pages.get()
    added = page.questions.create(order=1, code="trees-2", kind="choice", label="Ile drzew?")
    for order, code in enumerate(("many", "few")):
        added.options.create(order=order, code=code, label=code)


def test_a_next_version_is_put_to_use_by_a_second_person_with_what_it_changes(dariusz, zofia):
    survey = open_box()
    version = next_version(survey, correct_the_words, by=dariusz)

    with pytest.raises(Refused):
        versions.put_to_use(survey, version, by=dariusz, moment=timezone.now())
    used = versions.put_to_use(survey, version, by=zofia, moment=timezone.now())

    assert used.edit == "cosmetic" and "powiedzieć" in " ".join(used.changes)
    assert versions.in_use(survey) == used


def test_a_stale_form_is_taken_while_its_version_is_collected(client, zofia):
    survey = open_box()
    answer_all(client, survey)
    form = {"voice": posted_voice(client, survey)}
    versions.put_to_use(survey, next_version(survey, correct_the_words), by=zofia, moment=timezone.now())

    assert "przyjeto" in client.post(url("survey_review", survey), form)["Location"]


def test_after_a_breaking_change_only_what_changed_is_asked_again(client, zofia):
    survey = open_box()
    answer_all(client, survey)
    form = {"voice": posted_voice(client, survey)}
    used = versions.put_to_use(survey, next_version(survey, make_multiple), by=zofia, moment=timezone.now())
    assert used.edit == "breaking"

    answer = client.post(url("survey_review", survey), form)
    page = client.get(answer["Location"]).content.decode()

    assert answer["Location"] == url("survey_page", survey, "ulica") and not survey.envelopes.exists()
    assert "Ile drzew?" in page and "Latem jest tam za gorąco." in page
    client.post(url("survey_page", survey, "ulica"), {"trees-2": "many", "travel": ["foot"], "why": "Latem jest tam za gorąco."})
    assert send(client, survey).status_code == 302


def test_a_voice_taken_before_a_breaking_change_keeps_its_receipt(client, zofia):
    survey = open_box()
    answer_all(client, survey)
    form = {"voice": posted_voice(client, survey)}
    first = client.post(url("survey_review", survey), form)
    versions.put_to_use(survey, next_version(survey, make_multiple), by=zofia, moment=timezone.now())

    assert client.post(url("survey_review", survey), form)["Location"] == first["Location"]


def test_the_version_of_a_budget_does_not_change_once_it_was_approved(zofia):
    survey = open_box()
    version = next_version(survey, correct_the_words)
    survey.kind = "budget"
    survey.save(update_fields=["kind"])

    with pytest.raises(Refused):
        versions.put_to_use(survey, version, by=zofia, moment=timezone.now())
