"""The frozen figures as people read them: shares, words and days. The page and the PDF both draw exactly this."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.timezone import localdate

from consultations.models import Addressee, Report
from consultations.report.words import HIDDEN, PLACES, hundredths
from consultations.statuses import ReportStatus
from ui.words import counted, long_date, long_moment

ALWAYS = ("received", "considered", "late", "rejected")  # columns that stand even when they are all zero
KIND_WORDS = {
    "long_text": "odpowiedzi słowami", "short_text": "odpowiedzi słowami", "number": "liczby", "date": "daty", "file": "pliki",
}  # fmt: skip
STATUS_WORDS = {
    ReportStatus.DRAFT: "Projekt. Nie jest jeszcze stanowiskiem miasta.",
    ReportStatus.REVIEW: "Projekt, czeka na zatwierdzenie. Nie jest jeszcze stanowiskiem miasta.",
    ReportStatus.SUPERSEDED: "Ta wersja raportu jest nieaktualna: zastąpiła ją nowsza.",
    ReportStatus.WITHDRAWN: "Ten raport został wycofany. Zostawiamy go do wglądu.",
}


def told(report: Report) -> dict[str, Any]:
    """Everything that a version of the report says, ready to be drawn. JSON, for typst's sake."""
    frozen = report.frozen
    names = _names(report)
    return {
        "title": frozen["consultation"]["title"], "slug": frozen["consultation"]["slug"], "number": report.number,
        "status": report.status, "status_words": STATUS_WORDS.get(ReportStatus(report.status), ""),
        "withdrawn_reason": report.withdrawn_reason,
        "published": long_moment(report.published_at) if report.published_at else "",
        "day": localdate(report.published_at or datetime.fromisoformat(frozen["frozen_at"])).isoformat(),
        "author": names.get(report.author, ""), "approver": names.get(report.approver, ""), "bip_url": report.bip_url,
        "facts": _facts(frozen["consultation"]), "purpose": frozen["consultation"]["purpose"],
        "subject": frozen["consultation"]["subject"], "effect": frozen["consultation"]["effect"],
        "announcements": [_announced(one) for one in frozen["consultation"]["announcements"]],
        "sentence": _sentence(frozen), "columns": _columns(frozen), "channels": _channels(frozen), "totals": _totals(frozen),
        "rejections": frozen["rejections"], "held": frozen["held"], "remarks": frozen["remarks"],
        "caveat": frozen["integrity"]["caveat"], "integrity": frozen["integrity"]["label"], "method": frozen["consultation"]["results_method"],
        "method_note": report.method_note,
        "instruments": [_instrument(one) for one in frozen["instruments"] if one["questions"]],
        "voices": _voices(frozen["voices"]), "position": report.position, "next_steps": report.next_steps,
        "head": frozen["chain"]["head"], "entries": frozen["chain"]["entries"], "sha256": report.frozen_sha256,
        "frozen_at": long_moment(datetime.fromisoformat(frozen["frozen_at"])),
        "url": settings.PORTAL_URL + reverse("consultations:report_version", args=[frozen["consultation"]["slug"], report.number]),
        "voices_url": settings.PORTAL_URL + reverse("consultations:voices", args=[frozen["consultation"]["slug"]]),
    }  # fmt: skip


def _names(report):
    """Who signs: officials act under their own names."""
    people = get_user_model().objects.filter(subject__in=[one for one in (report.author, report.approver) if one], is_staff=True)
    return {user.subject: ", ".join(part for part in (user.name, user.position) if part) for user in people}


def _day(text):
    return long_date(date.fromisoformat(text)) if text else ""


def _facts(facts) -> list[dict[str, str]]:
    order = f"zarządzenie nr {facts['order_number']} z {_day(facts['order_on'])}" if facts["order_number"] else ""
    addressees = ", ".join(str(Addressee(one).label) for one in facts["addressees"] if one in Addressee.values)
    rows = [
        ("Podstawa", "; ".join(part for part in (facts["basis"], order) if part)),
        ("Kogo pytaliśmy", addressees), ("Kiedy", f"od {_day(facts['opened_on'])} do {_day(facts['closed_on'])}"),
        ("Formy", "; ".join([*facts["forms"], *(f"{one['title']} ({_day(one['on'])}, {one['place']})" for one in facts["activities"])])),
        ("Miejsce", facts["place"]), ("Kto prowadził", facts["unit"]), ("Kontakt", facts["contact"]),
    ]  # fmt: skip
    return [{"term": term, "value": value} for term, value in rows if value]


def _announced(one):
    return {"text": f"{one['channel']}: {_day(one['on'])} ({one['about']})", "url": one["url"]}


def _sentence(frozen) -> str:
    """The report in one sentence: how much came, how much counts."""
    totals, voices = frozen["totals"], frozen["voices"]
    received = counted(totals["received"], "głos", "głosy", "głosów")
    verb = "Wpłynął" if totals["received"] == 1 else "Wpłynęły" if received.endswith("głosy") else "Wpłynęło"
    late = f", {totals['late']} po terminie" if totals["late"] else ""
    written = f" Uwag i wypowiedzi na piśmie w terminie: {voices['considered']}." if voices["considered"] else ""
    return f"{verb} {received}, w tym {totals['considered']} do obliczeń{late}.{written}"


def _columns(frozen) -> list[dict[str, str]]:
    return [{"name": name, "label": label} for name, label in PLACES.items() if name in ALWAYS or frozen["totals"][name]]


def _channels(frozen):
    names = [column["name"] for column in _columns(frozen)]
    return [
        {"label": one["label"], "rule": one["rule"], "counts": [one[name] for name in names],
         "share": hundredths(one["considered"], frozen["totals"]["considered"])}
        for one in frozen["channels"]
    ]  # fmt: skip


def _totals(frozen):
    return [frozen["totals"][column["name"]] for column in _columns(frozen)]


def _instrument(one) -> dict[str, Any]:
    questions = enumerate(one["questions"], start=1)
    return {**one, "questions": [_question(number, question) for number, question in questions]}


def _question(number, question) -> dict[str, Any]:
    whole = question["answered"]
    return {
        "number": number, "label": question["label"], "asked": question["asked"], "answered": whole,
        "answered_share": hundredths(whole, question["asked"]), "kind_words": KIND_WORDS.get(question["kind"], ""),
        "options": [_option(option, whole) for option in question["options"]],
    }  # fmt: skip


def _option(option, whole) -> dict[str, Any]:
    if option["count"] is None:  # a small group of people: hidden on the page of results too
        return {"label": option["label"], "count": HIDDEN, "share": "", "bar": 0}
    return {
        "label": option["label"], "count": option["count"], "share": hundredths(option["count"], whole),
        "bar": min(100, round(100 * option["count"] / (whole or 1))),
    }  # fmt: skip


def _voices(voices) -> dict[str, Any]:
    texts: dict[str, list] = {}
    for text in voices["texts"]:
        texts.setdefault(text["group"], []).append(text)
    answers = [{**answer, "voices": texts.get(answer["group"], [])} for answer in voices["answers"]]
    answered = sum(outcome["count"] for outcome in voices["outcomes"])
    outcomes = [
        {**one, "share": hundredths(one["count"], answered), "answers": [answer for answer in answers if answer["outcome"] == one["outcome"]]}
        for one in voices["outcomes"]
    ]  # fmt: skip
    return {
        **voices,
        "answers": answers,
        "outcomes": outcomes,
        "answered": answered,
        "left_out": voices["answers_count"] - len(answers),
    }
