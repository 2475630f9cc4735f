"""What the stands of benchmarks and kill tests hold before they start: the catalogue, people with drafts ready to be filed, sessions.

python -m benchmarks.seed catalogue
python -m benchmarks.seed filers 400        prints a JSON list of {"cookies", "draft", "revision"}
"""

import json
import uuid

from benchmarks import steps

PASSWORD_HASH = "!"  # noqa: S105  nobody signs in by password here; sessions are made directly
PESEL = "44051401359"
STREET, NUMBER = "Batorego", "1"


def catalogue():
    """One matter, DO-1, with its form in force, its rate, one address and one officer."""
    from django.conf import settings
    from django.utils import timezone

    from eboi.models import WasteRate
    from residents.models import AddressPoint
    from residents.models.places import address_key
    from schemas.actions import load_definition
    from tests.factories import LONG_AGO, make_matter, make_unit

    make_matter(make_unit(make_account("celina@pruszcz.example", is_staff=True, name="Celina Nowak")))
    do_1 = settings.BASE_DIR / "sample_data" / "forms" / "do-1.json"
    load_definition(json.loads(do_1.read_text(encoding="utf-8")), by=None, moment=timezone.now())
    WasteRate.objects.create(method="person", grosze=3200, valid_from=LONG_AGO, source="benchmark")
    AddressPoint.objects.create(
        terc="2204011", simc="0934620", ulic="00001", street=STREET, number=NUMBER, search=address_key(STREET, NUMBER)
    )


def make_account(email, **fields):
    from accounts.models import User

    return User.objects.create(email=email, password=PASSWORD_HASH, **fields)


def session_of(user):
    """The cookie of a session signed in with password and the app's code a moment ago."""
    import time

    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    now = time.time()
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "accounts.backends.Backend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session["account_authentication_methods"] = [
        {"method": "password", "at": now},
        {"method": "mfa", "at": now, "id": 1, "type": "totp"},
    ]
    session["account_authentication_methods_user"] = str(user.pk)
    session["seen_at"] = session["signed_in_at"] = int(now)
    session.save()
    return session.session_key


def answers():
    day = "2026-11-02"
    return {
        "reason": "first", "first-day": day, "role": "owner", "payer": "person", "first-name": "Anna", "last-name": "Kowalska",
        "pesel": PESEL, "address": {"terc": "2204011", "simc": "0934620", "ulic": "00001", "street": STREET, "number": NUMBER, "flat": ""}, "residents-count": 3, "house": "no", "truth": True,
    }  # fmt: skip


def filers(count):
    """`count` residents, each with one complete draft and a strong session."""
    from accounts.models import User
    from eboi.models import MatterType, Submission
    from residents.models import Person

    matter = MatterType.objects.get(code="do-1")
    version = matter.form.current()
    batch = uuid.uuid4().hex[:8]
    users = User.objects.bulk_create(User(email=f"f{n}-{batch}@example.com", password=PASSWORD_HASH) for n in range(count))
    people = Person.objects.bulk_create(
        Person(account=user, first_name="Anna", last_name="Kowalska", search="kowalska anna") for user in users
    )
    drafts = Submission.objects.bulk_create(
        Submission(matter=matter, form_version=version, person=person, answers=answers(), revision=1) for person in people
    )
    return [
        {"cookies": session_of(user), "draft": str(draft.pk), "revision": 1} for user, draft in zip(users, drafts, strict=True)
    ]


def paths(group):
    """(cookie header, {path: its name in the report}) of a group of pages; signed in, of a resident whose seven cases all run."""
    from eboi.models import Case

    if group == "public":
        return "", {
            "/": "/",
            "/eboi/": "/eboi/",
            "/eboi/sprawy/do-1/": "/eboi/sprawy/do-1/",
            "/szukaj/?q=smieci": "/szukaj/?q=smieci",
        }
    case = Case.objects.active().filter(mark__startswith="B.").select_related("person").order_by("-opened_at").first()
    case.person.account = make_account("anna@example.com")
    case.person.save(update_fields=["account"])
    cookies = f"__Host-session={session_of(case.person.account)}; csrftoken={'c' * 32}"  # every browser that signed in has both
    return cookies, {
        "/co-u-mnie/": "/co-u-mnie/",
        "/eboi/": "/eboi/",
        f"/eboi/sprawa/{case.pk}/": "/eboi/sprawa/…/",
        "/moje-dane/": "/moje-dane/",
    }


if __name__ == "__main__":
    steps.run(globals())
