"""Who may open which address (S16-S19). The table must name every address of the URLconf, so a new one fails until it is classified.

Addresses of one person's things answer 404 to everybody else: to a stranger, to someone of the same household, to a clerk who has
the desk for that. The desk has a test of its own below.
"""

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from tests.announcements import cast as told
from tests.consultations import announced, balloted, opened, reported, voted
from tests.dues import cast as dues
from tests.factories import make_person
from tests.house import world as worlds
from tests.house.routes import routes
from tests.house.world import MARKER
from tests.payments import cast as payments
from tests.pszok import cast as gates
from tests.pszok import figures_cast as pszok
from tests.resident_card import applicants, carded, counters, relatives
from tests.wifi_points import cast as wifi

ANYONE = "anyone"  # open to the whole world
FLOW = "flow"  # a step of signing in: answers with itself or leads to where the flow stands
ACCOUNT = "account"  # needs an account and shows only its own things
OWN = "own"  # one person's object: 404 to everybody else
HOME = "home"  # of the dwelling: whoever lives there sees it, 404 to everybody else
SIGNED = "signed"  # a machine's message: its signature opens, no account does; 404 while nobody may send one
GATE = "gate"  # only on an enrolled device of the waste point, with a shift; who has none is asked for its code, or finds nothing

ACCESS = {
    **dict.fromkeys(
        [
            "home",
            "search",
            "accessibility",
            "contact",
            "privacy",
            "gallery",
            "healthz",
            "readyz",
            "csp_report",
            "office:mailbox",
            "residents:terms_service",
            "residents:terms_privacy",
            "erased",  # of whoever holds its address: tables and numbers, nobody's data
            "schemas:paper",
            "schemas:paper_of",
            "schemas:paper_pdf",
            "wifi_points:home",
            "wifi_points:point",
            "wifi_points:report",
            "wifi_points:reported",
            "wifi_points:open_data",
            "wifi_points:geojson",
            "wifi_points:points_csv",
            "wifi_points:usage_csv",
            "wifi_points:catalogue",
            "eboi:home",
            "eboi:matter",
            "eboi:matter_json",
            "eboi:matters_json",
            "eboi:reckon",
            "eboi:fault_begin",
            "eboi:fault",  # whoever holds the address; it names nobody
            "eboi:verify",
            "eboi:ask_for_access",
            "eboi:accessibility_request",  # whoever holds the address; neither name nor contact stands there
            "residents:addresses",
            "pszok:home",
            "pszok:limits",
            "resident_card:offers",
            "resident_card:offer",
            "consultations:home",
            "consultations:feed",
            "consultations:consultation",
            "consultations:consultation_feed",
            "consultations:agenda_ics",
            "consultations:material",
            "consultations:follow",
            "consultations:follow_asked",
            "consultations:follow_confirm",  # of whoever holds the letter
            "consultations:follow_leave",
            "consultations:instrument",
            "consultations:box",
            "consultations:commitments",
            "consultations:receipt",
            "consultations:document",
            "consultations:document_file",
            "consultations:remark",
            "consultations:remark_sent",
            "consultations:remark_file",
            "consultations:voices",
            "consultations:voice_flag",
            "consultations:what_we_did",
            "consultations:report",
            "consultations:report_version",
            "consultations:report_pdf",
            "consultations:report_csv",
            "consultations:results",
            "consultations:open_data",
            "consultations:open_file",
            "consultations:projects",
            "consultations:project",
            "consultations:budget_vote",
            "consultations:budget_result",
            "consultations:budget_file",
            "resident_card:home",
            "announcements:home",
            "announcements:atom",
            "announcements:cap_feed",
            "announcements:cap",
            "announcements:attachment",
            "announcements:worker",
            "announcements:leave",  # of whoever holds the letter
            "announcements:announcement",
            "announcements:waste",
            "announcements:waste_at",
            "announcements:unnamed",  # of the browser that holds the cookie
            "announcements:add_unnamed",
            "announcements:alive",  # of whoever holds the letter
            "announcements:waste_ics",  # of whoever holds the secret address
            "resident_card:family_invitation",  # of whoever holds the letter; names stand there only for its addressee
            "resident_card:in_the_phone",  # a shell without anybody's data
            "resident_card:worker",
            "resident_card:manifest",
        ],
        ANYONE,
    ),
    **dict.fromkeys(
        [
            "eboi:fault_page",  # of the browser in which the report was begun
            "eboi:fault_review",
            "consultations:survey_autosave",
            "consultations:survey_page",  # steps of answering: of whoever began, in this browser
            "consultations:survey_kept",
            "consultations:survey_resume",
            "consultations:survey_review",
            "consultations:survey_sent",  # with a receipt, of whoever holds it
            "consultations:proof",
            "account_signup",
            "account_login",
            "account_request_login_code",
            "account_confirm_login_code",
            "mfa_login_webauthn",
            "mfa_authenticate",
            "account_inactive",
            "account_email_verification_sent",
            "account_reset_password",
            "account_confirm_password_reset_code",
            "account_complete_password_reset",
            "account_password_reset_completed",
            "account_logout",
            "session_state",
            "dues:calendar",  # of whoever holds its key; 404 without one
        ],
        FLOW,
    ),
    **dict.fromkeys(
        [
            "my_matters",
            "wifi_points:mine",
            "wifi_points:lint",
            "account_overview",
            "mfa_index",
            "strong_sign_in",
            "account_reauthenticate",
            "mfa_reauthenticate",
            "mfa_reauthenticate_webauthn",
            "account_email",
            "account_phone",
            "account_phone_code",
            "account_phone_remove",
            "account_change_password",
            "account_set_password",
            "mfa_list_webauthn",
            "mfa_add_webauthn",
            "mfa_activate_totp",
            "mfa_deactivate_totp",
            "mfa_view_recovery_codes",
            "mfa_generate_recovery_codes",
            "mfa_download_recovery_codes",
            "usersessions_list",
            "end_other_sessions",
            "residents:my_data",
            "residents:onboarding",
            "residents:identity",
            "residents:contact",
            "residents:desk_code",
            "residents:consents",
            "residents:give_consent",
            "residents:who_looked",
            "residents:rights",
            "my_copy",
            "erase_me",
            "residents:new_terms",
            "eboi:start",
            "payments:mine",
            "payments:basket",
            "dues:mine",
            "dues:basket",
            "dues:link",
            "dues:reminders",
            "dues:new_address",
            "dues:who_looked",
            "announcements:mine",
            "announcements:told",
            "announcements:add_browser",
            "announcements:waste_reminders",
            "announcements:waste_calendar",
            "announcements:waste_missed",
            "resident_card:family",
            "resident_card:family_invite",
            "resident_card:family_of_age",
            "pszok:mine",
            "resident_card:apply",
            "resident_card:apply_for",
            "resident_card:used_discounts",
            "resident_card:verifying",
            "resident_card:points",
            "resident_card:accept_invitation",
            "resident_card:my_card",
            "resident_card:packages",
        ],
        ACCOUNT,
    ),
    **dict.fromkeys(
        [
            "wifi_points:network",
            "wifi_points:add_point",
            "wifi_points:change_point",
            "wifi_points:remove_point",
            "wifi_points:inventory",
            "wifi_points:inventory_file",
            "wifi_points:captive_page",
            "wifi_points:captive_file",
            "mfa_edit_webauthn",
            "mfa_remove_webauthn",
            "end_session",
            "residents:withdraw_consent",
            "my_copy_file",
            "eboi:draft",
            "eboi:renew",
            "eboi:review",
            "eboi:discard",
            "eboi:page",
            "eboi:autosave",
            "eboi:filed",
            "eboi:receipt_pdf",
            "eboi:receipt_qr",
            "eboi:content",
            "eboi:case",
            "eboi:messages",
            "eboi:mark_read",
            "eboi:add_document",
            "eboi:answer_call",
            "eboi:withdraw",
            "eboi:decision",
            "eboi:decision_pdf",
            "eboi:call_pdf",
            "eboi:confirm_receipt",
            "resident_card:card_check",
            "resident_card:face",
            "resident_card:undo_redemption",
            "resident_card:card_of",
            "resident_card:card_photo",
            "resident_card:tie_phone",
            "resident_card:new_card",
            "resident_card:block_card",
            "resident_card:order_plastic",
            "resident_card:cancel_plastic",
            "payments:payment",
            "dues:liability",
            "payments:code_svg",
            "payments:code_png",
            "payments:checkout",
            "payments:pay",
            "payments:give_up",
            "payments:confirmation",
            "announcements:drop_place",
            "announcements:drop_way",
            "announcements:drop_reminder",
            "announcements:ask_alive",
            "eboi:term_ics",
            "eboi:file",
            "resident_card:family_member",
            "resident_card:family_member_contact",
            "resident_card:family_member_consent",
            "resident_card:family_member_sign_in",
            "resident_card:family_detach",
            "resident_card:family_hand_over",
            "resident_card:family_invitation_mine",
            "resident_card:family_invitation_again",
            "resident_card:family_invitation_back",
            "pszok:withdraw_dispute",
            "resident_card:step",
            "resident_card:review",
            "resident_card:application",
            "resident_card:sent",
            "resident_card:correct",
            "resident_card:withdraw",
            "resident_card:application_file",
        ],
        OWN,
    ),
    "payments:notify": SIGNED,
    "announcements:sms_report": SIGNED,
    **dict.fromkeys(["pszok:visit", "pszok:dispute"], HOME),
    **dict.fromkeys(
        [
            "pszok:gate",
            "pszok:gate_shift",
            "pszok:gate_sign_off",
            "pszok:gate_pin",
            "pszok:gate_scan",
            "pszok:gate_document",
            "pszok:gate_turn_away",
            "pszok:gate_face",
            "pszok:gate_visit",
            "pszok:gate_line",
            "pszok:gate_drop_line",
            "pszok:gate_summary",
            "pszok:gate_refuse",
            "pszok:gate_receipt",
        ],
        GATE,
    ),
}
# A passkey can only be made by a browser, so its owner's way is walked in tests/journeys; here it is Franek's, and a stranger's to all.
FRANEKS = {"mfa_edit_webauthn", "mfa_remove_webauthn"}
EMPTY_AT_FIRST = {"mfa_view_recovery_codes", "mfa_download_recovery_codes"}  # no such page until the codes are made
HOUSEHOLD = "same household"
SENT_EMPTY = {409, 422}  # a form that came without what it asks for
OUTSIDE = [route for route in routes() if not route.is_desk]


def test_every_address_is_classified():
    """S16: a new address fails here until somebody has said who may open it."""
    assert sorted(route.name for route in OUTSIDE if route.name not in ACCESS) == []
    assert sorted(set(ACCESS) - {route.name for route in OUTSIDE}) == []


@pytest.fixture
def town(anna, bartek, celina, dariusz):
    return worlds.build(owner=anna, neighbour=bartek, officer=dariusz, signatory=dariusz)


@pytest.fixture
def visitors(client_of, anna, bartek, ewa, celina, dariusz, town):
    """Everybody who must not see what is Anna's; each has a person of their own, so nobody is led to give a name first."""
    for account, last_name in ((ewa, "Obca"), (celina, "Nowak"), (dariusz, "Lis")):
        make_person(account, account.name or "Ewa", last_name)
    return {
        "stranger": client_of(ewa), HOUSEHOLD: client_of(bartek), "clerk": client_of(celina), "her officer": client_of(dariusz),
    }  # fmt: skip


@pytest.fixture
def client_of(sign_in):
    from django.test import Client

    return lambda user, strong=True: sign_in(Client(), user, strong=strong)


@pytest.fixture
def arguments(town, anna, dariusz, franek, client_of):
    """Anna's own object for each address that takes one."""
    from allauth.mfa.models import Authenticator
    from allauth.usersessions.models import UserSession

    client_of(anna).get("/konto/")
    passkey = Authenticator.objects.create(
        user=franek, type=Authenticator.Type.WEBAUTHN, data={"name": "telefon", "credential": {}}
    )
    session = UserSession.objects.filter(user=anna).first() or UserSession.objects.create(
        user=anna, ip="127.0.0.1", session_key="x" * 32
    )
    draft, filed, case = {"pk": town.draft.pk}, {"pk": town.filed.pk}, {"pk": town.case.pk}
    call, decided = {**case, "call_pk": town.case.calls.get().pk}, {"pk": worlds.decided_case(town, dariusz, dariusz).pk}
    consent = worlds.consent_of(town)
    return {
        **wifi.arguments_of(town.person.account),
        "schemas:paper": {"code": "do-1"},
        "schemas:paper_of": {"code": "do-1", "number": 1},
        "schemas:paper_pdf": {"code": "do-1", "number": 1},
        **dict.fromkeys(["eboi:fault", "eboi:fault_review"], fault := {"pk": worlds.fault_told().pk}),
        "eboi:fault_page": {**fault, "page_code": "gdzie"},
        "eboi:fault_begin": {"code": "lampy"},
        "eboi:matter": {"code": "do-1"},
        "eboi:matter_json": {"code": "do-1"},
        "eboi:accessibility_request": {"pk": worlds.access_asked().pk},
        "eboi:start": {"code": "do-1"},
        "residents:give_consent": {"purpose": consent.purpose if consent else "x", "channel": "email"},
        "residents:withdraw_consent": {"pk": consent.pk if consent else 1},
        "my_copy_file": {"pk": worlds.copy_of(town).pk},
        "erased": {"pk": worlds.erasure().pk},
        "mfa_edit_webauthn": {"pk": passkey.pk},
        "mfa_remove_webauthn": {"pk": passkey.pk},
        "end_session": {"pk": session.pk},
        **dict.fromkeys(["eboi:draft", "eboi:renew", "eboi:review", "eboi:discard"], draft),
        **{key: {**draft, "page_code": "powod"} for key in ["eboi:page", "eboi:autosave"]},
        **dict.fromkeys(["eboi:filed", "eboi:receipt_pdf", "eboi:receipt_qr", "eboi:content"], filed),
        **dict.fromkeys(
            ["eboi:case", "eboi:messages", "eboi:mark_read", "eboi:add_document", "eboi:withdraw", "eboi:term_ics"], case
        ),
        **dict.fromkeys(["eboi:answer_call", "eboi:call_pdf"], call),
        "eboi:confirm_receipt": {**case, "letter_pk": worlds.letter_to_confirm(town, dariusz).pk},
        **dict.fromkeys(["eboi:decision", "eboi:decision_pdf"], decided),
        "eboi:file": {"pk": town.filed.attachments.get().file_id},
        **announced.arguments_of(announced.make_announced()),
        **reported.arguments_of(reported.make_reported(person=town.person)),
        **voted.arguments_of(voted.make_voted()),
        **opened.arguments_of(opened.make_opened()),
        **payments.arguments_of(town.person),
        **dues.arguments_of(town.person),
        **applicants.arguments_of(town.person, timezone.now()),
        **told.arguments_of(dariusz, person=town.person),
        **relatives.arguments_of(town.person),
        **pszok.arguments_of(town.person, MARKER),
        **carded.arguments_of(town.person),
        **counters.arguments_of(town.person),
        **balloted.arguments_of(balloted.make_balloted(clerk=dariusz)),
        **gates.gate_arguments_of(gate := gates.make_gate(), gates.let_in(gate, town.person)),
    }


def both_ways(client, url):
    """The answer to GET, or to POST where only that is allowed."""
    answer = client.get(url)
    return client.post(url) if answer.status_code == 405 else answer


def text_of(answer):
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode(errors="replace")


def asks_for_the_code(answer):
    return answer.status_code == 200 and "nie jest jeszcze bramką" in text_of(answer)


def leads_to_sign_in(answer):
    return answer.status_code in (301, 302) and "/konto/" in answer.headers["Location"]


def test_the_access_matrix_holds_for_every_address(client, visitors, arguments, client_of, anna):
    """S16, S17, S19, S20"""
    wrong = []
    for route in OUTSIDE:
        url, kind = reverse(route.name, kwargs=arguments.get(route.name)), ACCESS[route.name]
        answer = both_ways(client, url)
        if kind == ANYONE and answer.status_code != 200:
            wrong.append(f"{route.name}: anonymous got {answer.status_code}")
        if kind == SIGNED and answer.status_code != 404:
            wrong.append(f"{route.name}: anonymous got {answer.status_code}")
        if kind in (ACCOUNT, OWN, HOME) and not leads_to_sign_in(answer):
            wrong.append(f"{route.name}: anonymous got {answer.status_code}")
        for who, visitor in visitors.items() if kind != FLOW else ():
            status = both_ways(visitor, url).status_code
            if (kind == OWN or (kind == HOME and who != HOUSEHOLD)) and status != 404:
                wrong.append(f"{route.name}: {who} got {status}")
            if kind == HOME and who == HOUSEHOLD and status == 404:
                wrong.append(f"{route.name}: {who} got 404")
            if kind in (ANYONE, ACCOUNT) and status >= 400 and not (status == 404 and route.name in EMPTY_AT_FIRST):
                wrong.append(f"{route.name}: {who} got {status}")
        mine = client_of(anna)
        if (
            kind in (OWN, HOME)
            and route.name not in FRANEKS
            and (status := both_ways(mine, url).status_code) >= 400
            and status not in SENT_EMPTY
        ):
            wrong.append(f"{route.name}: Anna herself got {status}")

    assert wrong == []


def test_the_gate_answers_to_no_browser_that_is_not_enrolled(client, visitors, client_of, anna, arguments):
    """R89: neither to residents nor to clerks, signed in or not; only its first page asks for the code of a device."""
    answers = {
        f"{route.name}: {who}": both_ways(visitor, reverse(route.name, kwargs=arguments.get(route.name)))
        for route in OUTSIDE
        if ACCESS[route.name] == GATE
        for who, visitor in {**visitors, "anonymous": client, "Anna herself": client_of(anna)}.items()
    }

    assert len(answers) > 14
    assert [at for at, answer in answers.items() if answer.status_code != 404 and not asks_for_the_code(answer)] == []


def test_nothing_of_annas_stands_on_anybody_elses_pages(visitors, arguments, client):
    """S17: lists, search, feeds and "Co u mnie" are searched for a sentence planted in what is hers."""
    leaks = []
    for route in OUTSIDE:
        url = reverse(route.name, kwargs=arguments.get(route.name))
        for who, visitor in {**visitors, "anonymous": client}.items():
            if MARKER in text_of(answer := visitor.get(url)):
                leaks.append(f"{route.name}: {who} ({answer.status_code})")

    assert leaks == []


def test_the_planted_sentence_is_on_annas_own_pages(client_of, anna, arguments):
    """Control: the search above would see it."""
    mine = client_of(anna)

    for name in ("eboi:case", "eboi:messages", "eboi:filed", "residents:my_data"):
        assert MARKER in text_of(mine.get(reverse(name, kwargs=arguments.get(name))))


def test_a_resident_never_sees_a_note_of_the_office(client_of, anna, arguments):
    """S21, L12"""
    mine = client_of(anna)

    for route in OUTSIDE:
        assert "notatka-tylko-dla-urzedu" not in text_of(mine.get(reverse(route.name, kwargs=arguments.get(route.name))))


# The desk


def desk_pages(objects):
    """Every list of the desk, and one page of each kind that has an object."""
    yield "/urzad/"
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield reverse(f"{name}_changelist")
        if (first := model._default_manager.first()) is not None:
            yield reverse(f"{name}_change", args=[first.pk])


def test_the_desk_is_shut_to_everybody_without_its_rights(client, client_of, anna, ewa, celina, town):
    """S3, S4, S16: residents, and staff who have not shown a second step, see no page of the desk."""
    outsiders = {
        "anonymous": client, "Anna": client_of(anna), "Ewa": client_of(ewa), "Celina without a second step": client_of(celina, strong=False),
    }  # fmt: skip

    open_pages = [
        (who, url) for url in desk_pages(town) for who, visitor in outsiders.items() if visitor.get(url).status_code == 200
    ]

    assert open_pages == []


def test_a_clerk_of_another_unit_finds_nothing_of_annas_case(client_of, make_account, town):
    """S16, S17, S24: neither by address, nor in the list, nor by search."""
    from pruszcz_portal import roles
    from tests.factories import make_unit

    stranger = make_account("gustaw@pruszcz.example", "Gustaw Kos", roles.CASE_OFFICER)
    make_unit(stranger, symbol="GN", name="Referat Geodezji")
    desk = client_of(stranger)
    cases = reverse("admin:eboi_case_changelist")

    assert desk.get(reverse("admin:eboi_case_change", args=[town.case.pk])).status_code == 302
    for url in (cases, f"{cases}?q={town.case.mark}", f"{cases}?q=Kowalska"):
        answer = desk.get(url)
        assert answer.status_code == 200
        assert f"/{town.case.pk}/" not in answer.content.decode()


def test_no_model_can_be_edited_at_the_desk_by_everyone(rf, celina):
    """S27: adding, changing and deleting rows is a right that is given, not the rule."""
    request = rf.get("/urzad/")
    request.user = celina
    may = {
        f"{model._meta.label} {right}"
        for model, desk in admin.site._registry.items()
        for right in ("add", "delete")
        if getattr(desk, f"has_{right}_permission")(request)
    }

    assert {name for name in may if name.endswith("delete")} == set()
