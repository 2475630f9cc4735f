"""The last step of every vote, of a survey or of projects: the voice sealed into the page, what the level asks beside it, its proof.

The form that is sent holds the whole voice under the consultation's key, so a repeat needs no draft and no session, and what was
checked comes back as it was checked.
"""

import base64
import json
from uuid import UUID

from django.utils import timezone

from consultations import contact, drafts, keys, voters
from consultations.models import IntegrityLevel
from consultations.views.survey_forms import CodeForm, DeclarationForm, EmailForm
from office.transitions import Refused


def sealed_voice(instrument, draft, answers) -> str:
    """Checked answers with version (none of a budget card) and token."""
    content = json.dumps([str(draft.version_id or ""), draft.token, answers]).encode()
    key = keys.subkey(instrument.consultation_id, keys.DRAFT)
    return base64.urlsafe_b64encode(keys.close(key, content, b"voice" + instrument.pk.bytes)).decode()


def opened_voice(instrument, sealed) -> drafts.Draft | None:
    """None for what this portal did not seal for this instrument."""
    try:
        key = keys.subkey(instrument.consultation_id, keys.DRAFT)
        content = keys.open_up(key, base64.urlsafe_b64decode(sealed or ""), b"voice" + instrument.pk.bytes)
    except (keys.Unreadable, ValueError):
        return None
    version, token, answers = json.loads(content)
    return drafts.Draft(UUID(version) if version else None, answers, token)


def ending(request, instrument) -> dict:
    """What is asked beside the answers at this level, before anything of it was sent."""
    level = instrument.consultation.integrity
    if level == IntegrityLevel.CONTACT:
        email = voters.known_email(request)
        return {"email": email} if email else {"form": EmailForm(), "step": "email"}
    if level == IntegrityLevel.DECLARED:
        return {"form": _declaration(request, instrument), "step": "send", "home": _home(request)}
    return {}


def _home(request):
    return voters.home_of(request, timezone.localdate())


def _declaration(request, instrument, data=None):
    return DeclarationForm(data, consultation=instrument.consultation, knows_home=bool(_home(request)))


def proved(request, instrument):
    """(faces, None) once everything that the level asks is there, else (None, what to ask again)."""
    consultation, day = instrument.consultation, timezone.localdate()
    if consultation.integrity == IntegrityLevel.CONTACT:
        email, again = proved_address(request, instrument)
        return (voters.faces_for(request, consultation, day, email=email), None) if email else (None, again)
    if consultation.integrity == IntegrityLevel.DECLARED:
        form = _declaration(request, instrument, request.POST)
        if not form.is_valid():
            return None, {"form": form, "step": "send", "home": _home(request)}
        return voters.faces_for(request, consultation, day, declared=form.cleaned_data), None
    return voters.faces_for(request, consultation, day), None


def proved_address(request, instrument):
    """(address, None) of the account or of the code that was typed; ("", the form to show again) otherwise."""
    if email := voters.known_email(request):
        return email, None
    challenge = contact.read(instrument.consultation, request.POST.get("challenge", ""))
    if challenge is None:
        return "", {"form": EmailForm(), "step": "email"}
    form = CodeForm(request.POST)
    if form.is_valid():
        try:
            return contact.confirm(request, instrument.consultation, challenge, form.cleaned_data["code"]), None
        except contact.WrongCode as why:
            form.add_error("code", str(why))
    return "", code_step(instrument, challenge, form)


def code_step(instrument, challenge, form=None):
    return {
        "form": form or CodeForm(), "step": "send", "sent_to": challenge.email, "challenge": challenge.sealed(instrument.consultation_id),
    }  # fmt: skip


def asked_for_code(request, instrument) -> tuple[dict, int]:
    """A code goes to the typed address: what to ask next, and the status of the page that asks it."""
    form = EmailForm(request.POST)
    again = {"form": form, "step": "email"}
    if not form.is_valid():
        return again, 422
    try:
        challenge = contact.ask(request, instrument.consultation, form.cleaned_data["email"])
    except Refused as why:
        form.add_error("email", str(why))
        return again, 429
    return code_step(instrument, challenge), 200
