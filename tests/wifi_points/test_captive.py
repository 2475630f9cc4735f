"""The captive page that is made, and the linter that reads any other: what is wrong, in which line, in Polish."""

import time
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.factories import TUESDAY
from tests.wifi_points import cast
from wifi_points import captive
from wifi_points.actions import duties

IDENTIFIER = uuid.UUID("0b5a6b1d-1111-4222-8333-444455556666")


@pytest.fixture
def ours(igor, wiktor):
    return cast.make_network(igor, wiktor, network_identifier=IDENTIFIER)


@pytest.fixture
def page(ours):
    return captive.generate(ours, language="pl", continue_to="/connect")


def mistakes(page, network=None):
    return [(one.line, one.text) for one in captive.lint(page.encode(), network=network) if one.is_mistake]


@pytest.mark.parametrize("language", ["pl", "en"])
def test_the_page_we_make_has_no_mistakes(ours, language):
    """L54: one host from outside, a plain form, nothing asked."""
    made = captive.generate(ours, language=language, continue_to="/connect")

    assert captive.lint(made.encode(), network=ours) == []
    assert (
        made.index("wifi4euNetworkIdentifier") < made.index("wifi4eu.min.js") < made.index("wifi4eubanner") < made.index("<form")
    )


WRONG = [
    ("https://collection.wifi4eu.ec.europa.eu/", "https://collection.wifi4eu.example/", "niewłaściwego hosta"),
    ("https://collection", "http://collection", "zwykłym http://"),
    ("var wifi4euTimerStart = Date.now();", "", "Brakuje zmiennej wifi4euTimerStart"),
    ("var wifi4euLanguage = 'pl';", "// var wifi4euLanguage = 'pl';", "Brakuje zmiennej wifi4euLanguage"),
    ("wifi4euLanguage = 'pl'", "wifi4euLanguage = 'polski'", "języków Unii"),
    ("var wifi4euTimerStart", "var selftestModus = true;\n    var wifi4euTimerStart", "Autotest jest włączony"),
    (str(IDENTIFIER), captive.SAMPLE_IDENTIFIER, "z instrukcji"),
    (str(IDENTIFIER), "moja-siec", "nie ma postaci"),
    (str(IDENTIFIER), "0b5a6b1d-9999-4222-8333-444455556666", "innej sieci"),
    ('id="wifi4eubanner"', 'id="logo"', "miejsca na baner"),
    ("</main>", '<img src="https://reklama.example/x.png" alt="">', "hosta reklama.example"),
    ("</main>", "<iframe src=//sledzi.example/></iframe>", "hosta sledzi.example"),
    ("<button", '<input name="m" type=EMAIL><button', "dane osoby"),
    ('action="/connect"', 'action="http://10.0.0.1/"', "Formularz wysyła zwykłym http://"),
]


@pytest.mark.parametrize(("old", "new", "words"), WRONG, ids=lambda value: value[:30])
def test_each_mistake_is_named_with_its_line(ours, page, old, new, words):
    assert old in page
    wrong = page.replace(old, new, 1)

    found = mistakes(wrong, ours)

    assert len(found) == 1 and words in found[0][1]
    if new and "Brakuje" not in words and "baner" not in words:
        assert new.strip().split("\n")[0][:12] in wrong.split("\n")[found[0][0] - 1]


def test_variables_after_the_script_are_late(ours, page):
    script = page[page.index("  <script>") : page.index("  <script src")]
    late = page.replace(script, "").replace("<style>", f"{script}<style>", 1)

    assert sum("za późno" in text for _line, text in mistakes(late, ours)) == 3


def test_a_page_without_a_form_or_a_link_does_not_work_without_javascript(ours, page):
    wrong = page.replace('<form method="post" action="/connect">', "").replace("</form>", "")

    assert any("Bez JavaScriptu" in text for _line, text in mistakes(wrong, ours))


def test_what_stands_in_a_comment_neither_helps_nor_harms(ours, page):
    hidden = page.replace("<body>", "<body><!-- <script>var selftestModus = true;</script> <img src='http://zly.example/'> -->")

    assert mistakes(hidden, ours) == []
    assert any(
        "skryptu Komisji" in text
        for _line, text in mistakes(page.replace("<head>", "<head><!--").replace("</head>", "--></head>"), ours)
    )


def test_an_address_in_a_script_text_is_no_comment(ours, page):
    """„//” inside a string does not swallow the variable behind it."""
    same_line = page.replace("var wifi4euTimerStart", "var a = 'https://x'; var wifi4euTimerStart")

    assert mistakes(same_line, ours) == []


HOSTILE = {
    "nothing": "", "binary": "\x00\x01\ufffd" * 200_000, "openings": "<" * 3_000_000, "tags": "<a" * 1_500_000, "comments": "<!--" * 800_000,
    "quotes": '<a b="' * 500_000, "scripts": "<script>" * 400_000, "attributes": "<a " + "x=1 " * 800_000 + ">", "slashes": "<script>" + "/*" * 1_000_000,
    "assignments": "<script>" + "wifi4euLanguage = " * 200_000 + "</script>", "newlines": "<p>\n" * 800_000,
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_are_read_in_time_and_never_raise(name):
    began = time.monotonic()

    found = captive.lint(HOSTILE[name].encode("utf-8", "replace"))

    assert found
    assert time.monotonic() - began < 8


def test_more_than_ten_megabytes_is_not_read_at_all():
    assert "10 MB" in captive.lint(b"a" * (captive.LARGEST + 1))[0].text


def test_a_tag_that_never_ends_is_told_with_its_line():
    assert (3, "Znacznik nigdy się nie kończy: brakuje > albo cudzysłowu.") in mistakes('<html lang="pl">\n<p>\n<img src="x>\n')


def test_a_good_page_ends_the_self_test_and_a_bad_one_does_not(ours, page, igor):
    bad = page.replace("var wifi4euTimerStart", "var selftestModus=true; var wifi4euTimerStart")
    for content, expected in ((bad, True), (page, False)):
        duties.check_captive_page(ours, content=content.encode(), by=igor, moment=TUESDAY)
        ours.refresh_from_db()
        assert ours.is_self_testing is expected


def test_a_wrong_file_does_not_take_a_live_network_away(live, igor):
    duties.check_captive_page(live, content=b"<p>nie ta</p>", by=igor, moment=TUESDAY)

    live.refresh_from_db()
    assert live.status == "live" and not live.is_self_testing


def test_the_installer_downloads_the_page_and_never_sees_it_served(client, sign_in, ours, igor):
    answer = sign_in(client, igor).get(
        reverse("wifi_points:captive_file", args=[ours.pk]), {"language": "en", "continue_to": "/wpusc?a=1"}
    )

    assert answer["Content-Disposition"].startswith("attachment")
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert captive.lint(answer.content, network=ours) == []


@pytest.mark.parametrize("address", ["//zly.example/", "https://zly.example/", "/x' onload='", "connect"])
def test_the_way_to_the_internet_stays_on_the_controller(client, sign_in, ours, igor, address):
    url = reverse("wifi_points:captive_file", args=[ours.pk])

    assert sign_in(client, igor).get(url, {"language": "pl", "continue_to": address}).status_code == 422


def test_a_pasted_page_is_shown_as_findings_and_never_as_html(client, sign_in, igor):
    text = sign_in(client, igor).post(reverse("wifi_points:lint"), {"html": "<script>alert(1)</script>"}).content.decode()

    assert "Brakuje skryptu Komisji" in text and "<script>alert(1)" not in text


def test_an_uploaded_page_is_read_too(client, sign_in, igor, page):
    file = SimpleUploadedFile("strona.html", page.encode(), "text/html")

    assert (
        "Nie znaleźliśmy ani jednego błędu"
        in sign_in(client, igor).post(reverse("wifi_points:lint"), {"file": file}).content.decode()
    )
