"""A survey that somebody is answering: whose draft it is, on which version, in which cookie, and what still keeps it from being sent."""

from django.conf import settings
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations import drafts, voters
from consultations.actions import versions
from consultations.views.instruments import home_of, step_url
from schemas.checking import check_all
from schemas.computed import Context
from schemas.definition import compiled

COOKIE, COOKIE_DAYS = "ankieta", 60


def holder_of(request) -> drafts.Holder:
    """The account, else the secret in this browser's cookie; without both nobody's yet."""
    if request.user.is_authenticated:
        return drafts.Holder(subject=str(request.user.subject))
    secret = request.COOKIES.get(COOKIE, "")
    return drafts.Holder(secret=secret if len(secret) == drafts.SECRET_LENGTH else "")


def draft_of(request, survey) -> drafts.Draft | None:
    """The draft begun before; what was begun in this browser goes along into an account."""
    holder = holder_of(request)
    if holder == drafts.Holder():
        return None
    found = drafts.load(survey, holder)
    secret = request.COOKIES.get(COOKIE, "")
    if found is None and holder.subject and len(secret) == drafts.SECRET_LENGTH:
        found = drafts.load(survey, drafts.Holder(secret=secret))
    return found


def begun(request, survey) -> drafts.Draft:
    """The draft on a version that is still taken: answers to what did not change are carried over (4.5)."""
    current = versions.in_use(survey)
    if current is None:
        raise Http404
    found = draft_of(request, survey) or drafts.begin(current.version_id)
    if found.version_id != current.version_id and not versions.is_collected(survey, found.version_id, timezone.now()):
        versions.carry_over(found, current.version_id)
    return found


def keep(request, survey, draft) -> drafts.Holder:
    holder = holder_of(request)
    if holder == drafts.Holder():
        holder = drafts.Holder(secret=drafts.new_secret())
    drafts.keep(survey, holder, draft, day=timezone.localdate())
    return holder


def with_cookies(request, response, survey, holder):
    if holder.secret and request.COOKIES.get(COOKIE) != holder.secret:
        lay_cookie(response, survey, holder.secret)
    voters.mark_device(request, response, secure=settings.SESSION_COOKIE_SECURE)
    return response


def lay_cookie(response, survey, secret):
    response.set_cookie(
        COOKIE, secret, max_age=COOKIE_DAYS * 86_400, path=home_of(survey), secure=settings.SESSION_COOKIE_SECURE, httponly=True,
        samesite="Lax",
    )  # fmt: skip


def forget(request, survey):
    """Apart from the transaction of the voice, so that nothing in the database ties the two."""
    drafts.forget(survey, holder_of(request))
    secret = request.COOKIES.get(COOKIE, "")
    if request.user.is_authenticated and len(secret) == drafts.SECRET_LENGTH:
        drafts.forget(survey, drafts.Holder(secret=secret))


# Where it stands


def next_url(survey, draft) -> str:
    """The first screen that is not complete or holds a changed question, else the check of all answers."""
    definition = compiled(draft.version_id)
    if not draft.answers:
        return step_url("survey_page", survey, definition.visible_pages({})[0].code)
    waits = next(iter(waiting(draft, checked_of(draft))), None)
    return step_url("survey_page", survey, definition.page_of(waits).code) if waits else step_url("survey_review", survey)


def waiting(draft, checked) -> dict[str, str]:
    """What keeps the answers from being sent, by question in the order of the form."""
    changed = _("To pytanie się zmieniło. Sprawdź swoją odpowiedź.")
    waits = {**dict.fromkeys((code for code in draft.to_confirm if code in checked.answers), changed), **checked.errors}
    return {code: waits[code] for code in compiled(draft.version_id).questions if code in waits}


def checked_of(draft):
    return check_all(compiled(draft.version_id), draft.answers, context=Context(day=timezone.localdate()))
