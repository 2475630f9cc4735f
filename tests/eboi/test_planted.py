"""S54, L23: a PESEL typed into a declaration, rightly and wrongly, lies nowhere in the clear."""

import re

from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from eboi.actions import filing
from eboi.models import Submission
from office.models import Message
from residents.models import Person
from tests.eboi.conftest import answers, do_1, kowalska, pdf_upload, street  # noqa: F401  fixtures of the room
from tests.factories import TUESDAY
from tests.planted import planted  # noqa: F401  a fixture


def hidden(response, name):
    return re.search(rf'name="{name}" value="([^"]+)"', response.content.decode())[1]


def test_no_path_of_filing_leaves_a_pesel_behind(planted, anna, sign_in, do_1, kowalska, answers):  # noqa: F811
    """Typed with a mistake, autosaved, corrected, kept when the session ended, checked, filed, received, downloaded."""
    call_command("createcachetable", verbosity=0)
    draft = filing.open_draft(kowalska, do_1, moment=TUESDAY)
    filing.save_answers(draft, {**answers, "pesel": planted.pesel}, revision=draft.revision, by=anna)
    Person.objects.filter(pk=kowalska.pk).update(mail_address=planted.marker)
    home = sign_in(Client(raise_request_exception=False), anna)
    type_wrongly_and_rightly(home, draft, planted)
    lose_the_session(home, draft, planted)
    sign_in(home, anna)
    file_it(home, draft, planted)

    assert Submission.objects.get().answers["pesel"] == planted.pesel
    planted.nowhere()


def type_wrongly_and_rightly(home, draft, planted):  # noqa: F811
    screen = reverse("eboi:page", args=[draft.pk, "dane"])
    seen = hidden(home.get(screen), "seen")
    autosaved = home.post(
        reverse("eboi:autosave", args=[draft.pk, "dane"]), {"seen": seen, "first-name": "A", "pesel": f"{planted.pesel}0"}
    )
    planted.saw(autosaved, "autosave")
    grouped = f"{planted.pesel[:6]} {planted.pesel[6:]}"
    saved = home.post(screen, {"seen": autosaved.json()["seen"], "first-name": "Anna", "last-name": "Kowalska", "pesel": grouped})
    assert saved.status_code == 302
    planted.saw(home.get(screen), "the screen again")


def lose_the_session(home, draft, planted):  # noqa: F811
    home.cookies.pop(settings.SESSION_COOKIE_NAME)
    fields = {"first-name": "Anna", "last-name": "Kowalska", "pesel": planted.pesel}
    planted.saw(home.post(reverse("eboi:page", args=[draft.pk, "dane"]), fields), "the way to signing in")


def file_it(home, draft, planted):  # noqa: F811
    filing.attach(Submission.objects.get(), "attachments", pdf_upload("umowa.pdf"), by=Submission.objects.get().person.account)
    review = home.get(reverse("eboi:review", args=[draft.pk]))
    planted.saw(review, "the review")
    sent = home.post(
        reverse("eboi:review", args=[draft.pk]), {"key": hidden(review, "key"), "revision": hidden(review, "revision")}
    )
    assert sent.url == reverse("eboi:filed", args=[draft.pk])
    for name in ("filed", "receipt_pdf", "receipt_qr"):
        planted.saw(home.get(reverse(f"eboi:{name}", args=[draft.pk])), name)
    planted.saw(home.get(reverse("eboi:home")), "my cases")
    assert Message.objects.count() == 1
