"""A document that people remark on: its numbered paragraphs, the letter with remarks, and the confirmation."""

import uuid

from allauth.core.internal.ratelimit import consume
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from consultations import contact, keys, voters
from consultations.actions import remarks
from consultations.authors import asked_of
from consultations.models import Consultation, ConsultedDocument, Instrument, InstrumentKind, Remark, RemarkFile
from consultations.statuses import ConsultationStatus, Phase, VoiceStatus
from consultations.views import sending
from consultations.views.remark_forms import POINTS, AuthorForm
from consultations.views.survey_forms import CodeForm, EmailForm
from office import files
from office.idempotency import KeyReused
from office.transitions import Refused
from residents.models import ResidencyProof
from residents.rules import person_of
from schemas.checking import check_page
from schemas.definition import compiled
from schemas.forms import page_form
from ui.visitors import same_for_visitors

REMARK_BUDGET = {"remark": "30/h/ip,100/d/ip"}  # a household, an office, a school share one address
PREFIX = "uwaga"


def _instrument(slug, code):
    """One that the public may see, with its consultation and phase by the database's clock."""
    consultation = get_object_or_404(Consultation.objects.public().with_phase().select_related("basis"), slug=slug)
    instrument = get_object_or_404(
        Instrument.objects.filter(kind=InstrumentKind.REMARKS).select_related("document__file", "definition"),
        consultation=consultation, code=code,
    )  # fmt: skip
    instrument.consultation = consultation
    return instrument


def _document(instrument):
    try:
        return instrument.document
    except ConsultedDocument.DoesNotExist:
        raise Http404 from None


@require_safe
@same_for_visitors
def document(request, slug, code):
    """The paragraphs with the number of remarks to each and a way to add one; letters are counted, never shown here."""
    instrument = _instrument(slug, code)
    found = _document(instrument)
    public = Q(voices__status=VoiceStatus.PUBLISHED)
    paragraphs = found.paragraphs.annotate(remarks=Count("voices"), published=Count("voices", filter=public)).order_by("order")
    general = instrument.voices.filter(paragraph=None).count()
    page = {
        "consultation": instrument.consultation, "instrument": instrument, "document": found, "paragraphs": paragraphs,
        "general": general, "is_open": instrument.consultation.phase == Phase.OPEN,
        "is_closed": instrument.consultation.phase == Phase.CLOSED or instrument.consultation.status != ConsultationStatus.ANNOUNCED,
    }  # fmt: skip
    return render(request, "consultations/document.html", page)


@require_safe
def document_file(request, slug, code):
    """The whole document as the town put it up."""
    found = _document(_instrument(slug, code))
    if found.file is None or not found.file.is_clean:
        raise Http404
    return files.response(found.file)


@require_http_methods(["GET", "HEAD", "POST"])
def remark(request, slug, code):
    """Write one letter with one or more remarks. A letter on its way at closing is taken in and marked late, never thrown away."""
    instrument = _instrument(slug, code)
    page = _Letter(request, instrument)
    if page.barrier or (request.method != "POST" and instrument.consultation.phase != Phase.OPEN):
        return _show(request, page, status=200 if request.method != "POST" else 403)
    if request.method != "POST":
        return _show(request, page)
    if "add" in request.POST:
        return _show(request, page.with_one_more())
    if not page.is_valid():
        return _show(request, page, status=422)
    if page.needs_code and (request.POST.get("go") == "code" or page.contact["step"] == "email"):
        return _show(request, page, status=page.ask_for_code())
    if page.needs_code and not page.is_proved():
        return _show(request, page, status=422)
    return _send(request, page)


class _Letter:
    """Everything on the page of one letter: its points, its author, and the statutory form where there is one."""

    def __init__(self, request, instrument):
        self.request, self.instrument, self.document = request, instrument, _document(instrument)
        self.asked = asked_of(instrument)
        self.person = person_of(request.user)
        self.email = voters.known_email(request) if self.asked.contact else ""
        self.needs_code = self.asked.contact and not self.email
        self.barrier = self._barrier()
        self.version = instrument.definition.current() if instrument.definition_id else None
        data, uploads = (request.POST, request.FILES) if request.method == "POST" else (None, None)
        self.paragraphs = self.document.paragraphs.order_by("order")
        self.points = self._points(data)
        self.author = AuthorForm(data, uploads, asked=self.asked, is_statutory=bool(self.version))
        self.letter = self._statutory(data)
        self.key = (data and _uuid(data.get("key"))) or uuid.uuid4()
        self.refusal = ""
        self.contact = self._contact(data) if self.needs_code and not self.barrier else {}

    def _barrier(self):
        """Why this visitor can not write here yet: 'account', 'proof' or ''."""
        user = self.request.user
        is_shut_out = self.asked.account or (self.needs_code and not keys.is_made(self.instrument.consultation))
        if is_shut_out and not user.is_authenticated:
            return "account"
        has_proof = self.person and ResidencyProof.objects.valid_on(localdate()).filter(person=self.person).exists()
        return "proof" if self.asked.proof and not has_proof else ""

    def _points(self, data):
        chosen = self.request.GET.get("do", "")
        paragraph = int(chosen) if chosen.isdecimal() and len(chosen) < 10 else None
        return POINTS(data, prefix=PREFIX, form_kwargs={"paragraphs": self.paragraphs}, initial=[{"paragraph": paragraph}])

    def _statutory(self, data):
        if self.version is None:
            return None
        form = compiled(self.version.pk)
        return page_form(form, form.pages[0], answers={}, data=data)

    def _contact(self, data):
        """The step that proves the address, as it was when something else of the letter was posted."""
        challenge = contact.read(self.instrument.consultation, data.get("challenge", "")) if data else None
        if challenge is None:
            return {"form": EmailForm(initial={"email": data.get("email", "") if data else ""}), "step": "email"}
        return sending.code_step(self.instrument, challenge, CodeForm(initial={"code": data.get("code", "")}))

    def ask_for_code(self):
        """A code goes to the typed address. The status of the page that asks for it."""
        self.contact, status = sending.asked_for_code(self.request, self.instrument)
        return status

    def is_proved(self):
        """Whether the code typed is the one that was sent; the same code is good for the same letter sent again."""
        self.email, again = sending.proved_address(self.request, self.instrument)
        self.contact = again or self.contact
        return bool(self.email)

    def with_one_more(self):
        """The same letter with room for one more remark; nothing is checked yet and nothing is lost."""
        data = self.request.POST.copy()
        count = data.get(f"{PREFIX}-TOTAL_FORMS", "")
        rows = min(int(count[:3]) + 1 if count.isdecimal() else 1, remarks.MOST_POINTS)
        typed = [{name: data.get(f"{PREFIX}-{row}-{name}") for name in ("paragraph", "text")} for row in range(rows)]
        self.points = POINTS(prefix=PREFIX, form_kwargs={"paragraphs": self.paragraphs}, initial=typed)
        self.author = AuthorForm(initial=data.dict(), asked=self.asked, is_statutory=bool(self.version))
        if self.version:
            form = compiled(self.version.pk)
            answers, _errors = check_page(form, form.pages[0], data)
            self.letter = page_form(form, form.pages[0], answers={**_texts(data, form.pages[0]), **answers})
        return self

    def is_valid(self):
        parts = [self.points, self.author, *([self.letter] if self.letter else [])]
        return all([part.is_valid() for part in parts])

    @property
    def answers(self):
        return self.letter.cleaned_data if self.letter else None

    def who(self):
        if self.letter:
            return remarks.Author(
                name=self.answers.get("name", ""), email=self.answers.get("email", ""), address=self.answers.get("address", "")
            )
        if self.asked.contact or self.asked.account:
            return self.author.known_by(self.email or self.request.user.email, self.person)
        return self.author.author


def _texts(data, page):
    return {question.code: data[question.code] for question in page.questions if isinstance(data.get(question.code), str)}


def _uuid(text):
    try:
        return uuid.UUID(text or "")
    except ValueError:
        return None


def _show(request, page, status=200):
    if lost := request.FILES.getlist("uploads"):
        page.author.tell_lost(lost)
    return render(request, "consultations/remark.html", {
        "consultation": page.instrument.consultation, "instrument": page.instrument, "document": page.document, "page": page,
        "is_open": page.instrument.consultation.phase == Phase.OPEN, "most_points": remarks.MOST_POINTS,
        "chosen": _chosen(page),
    }, status=status)  # fmt: skip


def _chosen(page):
    """The paragraph that the visitor came from, to be read beside the box."""
    wanted = page.points.forms[0]["paragraph"].value()
    return next((one for one in page.paragraphs if str(one.pk) == str(wanted)), None)


def _send(request, page):
    if not consume(request, app="consultations", action="remark", config=REMARK_BUDGET):
        page.refusal = _("Z tego miejsca wysłano już bardzo dużo uwag. Spróbuj za godzinę albo przynieś pismo do urzędu.")
        return _show(request, page, status=429)
    who = page.who()
    signed_in = request.user if request.user.is_authenticated else None
    try:
        sent = remarks.send(
            page.instrument, points=page.points.points, author=who, is_organisation=bool(who.organisation), person=page.person,
            answers=page.answers, version=page.version, uploads=page.author.cleaned_data["uploads"], key=page.key, by=signed_in,
        )  # fmt: skip
    except ValidationError as error:
        page.author.add_error("uploads", error)
        return _show(request, page, status=422)
    except KeyReused as why:
        page.refusal, page.key = str(why), uuid.uuid4()
        return _show(request, page, status=409)
    except Refused as why:
        page.refusal = str(why)
        return _show(request, page, status=409)
    return redirect("consultations:remark_sent", pk=sent.pk)


@require_safe
def remark_sent(request, pk):
    """The confirmation, for whoever holds its address: number, moment, what happens now. The text itself only for its owner's account."""
    sent = get_object_or_404(
        Remark.objects.select_related("instrument__consultation", "person").prefetch_related("files__file"), pk=pk
    )
    is_mine = sent.person_id is not None and request.user.is_authenticated and sent.person.account_id == request.user.pk
    voices = list(sent.voices.select_related("paragraph", "ruling", "group__ruling").order_by("paragraph__order", "sort_key"))
    page = {
        "remark": sent, "instrument": sent.instrument, "consultation": sent.instrument.consultation, "voices": voices,
        "points": sent.letter.get("points", []) if is_mine else [], "is_mine": is_mine,
        "files_count": len(sent.files.all()), "is_reported": sent.instrument.consultation.status in REPORTED,
    }  # fmt: skip
    return render(request, "consultations/remark_sent.html", page)


REPORTED = (ConsultationStatus.REPORT_PUBLISHED, ConsultationStatus.ARCHIVED)


@require_safe
def remark_file(request, pk):
    """A file of a letter that two people gave to the public, under the name they gave it (C26)."""
    public = RemarkFile.objects.filter(
        released_by__isnull=False, remark__instrument__consultation__in=Consultation.objects.public()
    )
    found = get_object_or_404(public.select_related("file"), pk=pk)
    if not found.file.is_clean:
        raise Http404
    suffix = found.file.name.rpartition(".")[2]
    return files.response(found.file, as_name=f"{found.public_name}.{suffix}")
