"""The desk: Dariusz writes a draft, sees what is missing and where, Zofia approves; nobody reaches what is not theirs."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consultations import rules
from consultations.models import Announcement, Consultation, LegalBasis, Material
from consultations.statuses import ConsultationStatus, Phase
from pruszcz_portal import roles
from tests.consultations import cast
from tests.house.world import pdf

Status = ConsultationStatus


@pytest.fixture
def desk(dariusz, sign_in):
    return sign_in(Client(), dariusz)


@pytest.fixture
def approvers_desk(zofia, sign_in):
    return sign_in(Client(), zofia)


@pytest.fixture
def draft(dariusz):
    made = cast.make_consultation(Status.DRAFT, Phase.BEFORE, drafted_by=dariusz.subject, edited_by=[str(dariusz.subject)])
    cast.make_survey(made)
    return made


def page_of(consultation):
    return reverse("admin:consultations_consultation_change", args=[consultation.pk])


def verb_of(consultation, name):
    return reverse("admin:consultations_consultation_verb", args=[consultation.pk, name])


def press(desk, consultation, name, **typed):
    consultation.refresh_from_db()
    return desk.post(verb_of(consultation, name), {"seen": consultation.status, **typed})


def typed(**changes):
    """A new consultation as typed, with empty tables below."""
    return {
        "title": "Nowy park", "slug": "nowy-park", "basis": LegalBasis.objects.get(code="konsultacje").pk, "integrity": "0",
        "addressees": ["residents"], **changes,
    }  # fmt: skip


def test_dariusz_saves_a_draft_with_gaps_and_days_become_moments(desk, dariusz):
    desk.post(reverse("admin:consultations_consultation_add"), typed(opens_on="2027-03-01", last_day="2027-03-28"))

    made = Consultation.objects.get(slug="nowy-park")
    assert made.closes_at == rules.closing_of(rules.last_day_of(made)) and str(rules.last_day_of(made)) == "2027-03-28"
    assert (made.drafted_by, made.edited_by) == (dariusz.subject, [str(dariusz.subject)])


@pytest.mark.parametrize(("changes", "said"), [
    ({"slug": "obserwuj"}, "używa sam portal"), ({"opens_on": "2027-03-02", "last_day": "2027-03-01"}, "nie może być wcześniejszy"),
    ({"opens_on": "2027-03-28", "opens_time": "02:30"}, "takiej godziny nie ma"),
])  # fmt: skip
def test_what_can_not_be_is_told_beside_the_field(desk, changes, said):
    answer = desk.post(reverse("admin:consultations_consultation_add"), typed(**changes))

    assert said in answer.content.decode()
    assert not Consultation.objects.exists()


def test_what_is_missing_is_listed_with_links_to_the_fields(desk, draft):
    Consultation.objects.update(purpose="", order_number="")

    page = desk.get(page_of(draft)).content.decode()

    assert '<a href="#id_purpose">Napisz, po co pytacie.</a>' in page
    assert '<a href="#id_order_number">' in page and 'id="id_order_number"' in page


def test_saving_a_draft_again_keeps_its_calendar(desk, draft):
    form = desk.get(page_of(draft)).context["adminform"].form
    data = {name: form.initial.get(name) for name in form.fields}
    opens, last = draft.opens_at, draft.closes_at
    tables = {}
    for formset in desk.get(page_of(draft)).context["inline_admin_formsets"]:
        prefix = formset.formset.prefix
        tables |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    data = {name: value for name, value in data.items() if value is not None} | {"basis": draft.basis_id, "title": "Lepszy tytuł"}

    answer = desk.post(page_of(draft), data | tables)

    draft.refresh_from_db()
    assert answer.status_code == 302
    assert (draft.title, draft.opens_at, draft.closes_at) == ("Lepszy tytuł", opens, last)


def test_the_road_from_draft_to_announced_by_buttons(desk, approvers_desk, draft):
    own = press(desk, draft, "approve")
    press(approvers_desk, draft, "approve")
    approved = Consultation.objects.get().status
    press(desk, draft, "announce")

    assert own.status_code == 403
    assert approved == Status.APPROVED
    assert Consultation.objects.get().status == Status.ANNOUNCED


def test_who_holds_both_roles_still_does_not_approve_their_own_draft(make_account, sign_in, draft):
    both = make_account("obie@pruszcz.example", "Olga Bó", roles.CONSULTATION_EDITOR, roles.CONSULTATION_APPROVER)
    Consultation.objects.update(drafted_by=both.subject, edited_by=[str(both.subject)])
    desk = sign_in(Client(), both)

    page = desk.get(page_of(draft)).content.decode()
    answer = press(desk, draft, "approve")

    assert "/czynnosc/approve/" not in page
    assert answer.status_code == 409
    assert Consultation.objects.get().status == Status.DRAFT


def test_zofia_changes_no_word_of_the_draft(approvers_desk, draft):
    answer = approvers_desk.post(page_of(draft), typed(title="Podmieniony"))

    assert answer.status_code == 403
    assert Consultation.objects.get().title == draft.title


def test_what_was_announced_is_read_and_no_posted_field_changes_it(desk, open_consultation):
    before = Consultation.objects.values().get()
    page = desk.get(page_of(open_consultation)).content.decode()
    tables = {}
    for formset in desk.get(page_of(open_consultation)).context["inline_admin_formsets"]:
        prefix = formset.formset.prefix
        tables |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}

    desk.post(page_of(open_consultation), typed(title="Podmieniony", opens_on="2030-01-01", last_day="2030-02-01") | tables)

    assert 'name="title"' not in page
    assert Consultation.objects.values().get() == before


def test_an_announcement_is_recorded_with_its_proof(desk, draft):
    Consultation.objects.update(status=Status.APPROVED, approved_by=cast.APPROVER)
    day = timezone.localdate().isoformat()
    typed_row = {"about": "opening", "channel": "press", "announced_on": day}

    without = press(desk, draft, "record_announcement", **typed_row)
    press(desk, draft, "record_announcement", **typed_row, upload=pdf("gazeta.pdf"))

    assert without.status_code == 409 and "Dodaj dowód" in without.content.decode()
    assert Announcement.objects.get(channel="press").proof.name == "gazeta.pdf"
    assert "gazeta.pdf" in desk.get(page_of(draft)).content.decode()


def test_a_program_is_no_proof(desk, draft):
    Consultation.objects.update(status=Status.APPROVED, approved_by=cast.APPROVER)
    upload = SimpleUploadedFile("gazeta.pdf", b"MZ\x90 program", "application/pdf")

    answer = press(
        desk,
        draft,
        "record_announcement",
        about="opening",
        channel="press",
        announced_on=timezone.localdate().isoformat(),
        upload=upload,
    )

    assert answer.status_code == 422
    assert not Announcement.objects.filter(channel="press").exists()


def test_an_announcement_of_tomorrow_is_none(desk, draft):
    Consultation.objects.update(status=Status.APPROVED, approved_by=cast.APPROVER)
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()

    answer = press(
        desk, draft, "record_announcement", about="opening", channel="press", announced_on=tomorrow, url="https://a.example/"
    )

    assert answer.status_code == 409


def test_a_material_added_after_the_announcement_carries_its_day(desk, open_consultation):
    press(desk, open_consultation, "add_material", title="Mapa", url="https://bip.example/mapa")

    assert Material.objects.get().added_on == timezone.localdate()


def test_the_preview_is_for_staff_and_says_what_it_is(client, desk, draft, anna, sign_in):
    url = reverse("admin:consultations_consultation_preview", args=[draft.pk])

    page = desk.get(url).content.decode()

    assert "Podgląd." in page and draft.title in page
    assert "zbieraliśmy" not in page  # nothing was collected yet
    assert client.get(url).status_code == 302
    assert sign_in(Client(), anna).get(url).status_code == 302


def test_history_corrections_and_late_reports_are_in_view(approvers_desk, desk, open_consultation):
    Consultation.objects.update(report_promised_on=timezone.localdate() - timedelta(days=2))
    press(approvers_desk, open_consultation, "correct", field="contact", text="pokój 3", reason="przeprowadzka")
    press(approvers_desk, open_consultation, "suspend", reason="Błąd.")
    press(approvers_desk, open_consultation, "resume", reason="Już dobrze.")

    page = desk.get(page_of(open_consultation)).content.decode()

    for said in ("przeprowadzka", "Błąd.", "Zofia Wrona", "spóźniony", "O zmianie trzeba jeszcze ogłosić"):
        assert said in page
    assert "spóźniony" in desk.get(reverse("admin:consultations_consultation_changelist")).content.decode()


@pytest.mark.parametrize("stage", ["projekty", "raport-po-terminie", "trwaja", "wkrotce", "w-opracowaniu", "zakonczone", "nic"])
def test_the_list_of_the_desk_is_filtered(desk, open_consultation, draft, stage):
    answer = desk.get(reverse("admin:consultations_consultation_changelist"), {"stan": stage})

    assert answer.status_code in (200, 302)


def test_a_basis_in_force_is_only_ended_and_the_next_one_added(approvers_desk):
    basis = LegalBasis.objects.get(code="planowanie")
    url = reverse("admin:consultations_legalbasis_change", args=[basis.pk])
    approvers_desk.post(url, {"minimum_days": 1, "title": "Inny", "valid_to": "2027-12-31"})
    approvers_desk.post(
        reverse("admin:consultations_legalbasis_add"),
        {
            "code": "planowanie", "kind": "planning", "title": "Nowe zasady", "minimum_days": 21, "notice_days": 0, "announced_in": ["bip"],
            "forms_1": ["remarks"], "forms_2": ["meeting", "panel"], "effect": "Opinia.", "valid_from": "2028-01-01", "source": "ustawa",
        },
    )  # fmt: skip

    basis.refresh_from_db()
    new = LegalBasis.objects.get(code="planowanie", minimum_days=21)
    assert (basis.minimum_days, basis.title, str(basis.valid_to)) == (
        30,
        "Konsultacje projektu planu miejscowego albo planu ogólnego",
        "2027-12-31",
    )
    assert new.activity_groups == [["remarks"], ["meeting", "panel"]]
