"""The paper twin of a published form, for anyone; and the preview of any version, for the desk (mounted by `schemas.admin`)."""

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from schemas.checking import check_all, merged
from schemas.computed import Context
from schemas.definition import Form, compile_version, compiled
from schemas.forms import page_form
from schemas.models import Version
from schemas.paper import paper_pdf, published_pdf, qr_svg, sheet, sheet_mark
from schemas.readable import readable

A_DAY = 86_400  # seconds; a published version never changes


def published(code: str, number: int | None) -> Version:
    """The version of that number, withdrawn ones too, for sheets printed long ago; without a number the one in force. Else 404."""
    versions = Version.objects.filter(definition__code=code, published_at__isnull=False)
    wanted = versions.in_force() if number is None else versions.filter(number=number)
    if version := wanted.select_related("definition").order_by("-number").first():
        return version
    raise Http404


@require_safe
def paper(request: HttpRequest, code: str, number: int | None = None) -> HttpResponse:
    """The form to print from the browser."""
    version = published(code, number)
    form = compiled(version.pk)
    pdf_url = reverse("schemas:paper_pdf", args=[form.code, form.version])
    return paper_page(request, form, pdf_url=pdf_url, is_withdrawn=version.withdrawn_at is not None)


@require_safe
@cache_control(public=True, max_age=A_DAY)
def paper_download(request: HttpRequest, code: str, number: int) -> HttpResponse:
    version = published(code, number)
    return pdf_answer(compiled(version.pk), published_pdf(version.pk))


def pdf_answer(form: Form, body: bytes) -> HttpResponse:
    name = sheet_mark(form).replace("/", "-").lower()
    return HttpResponse(body, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}.pdf"'})


def paper_page(request: HttpRequest, form: Form, *, pdf_url: str, is_withdrawn: bool = False) -> HttpResponse:
    data = sheet(form)
    for page in data["pages"]:
        for question in page["questions"]:
            question["cell_range"] = range(question["cells"])
            question["line_range"] = range(question["lines"] or 2 * (question["kind"] == "file"))
    context = {
        "sheet": data, "pdf_url": pdf_url, "is_withdrawn": is_withdrawn,
        "withdrawn_text": _("Ta wersja formularza została wycofana. Weź aktualną w portalu albo w urzędzie."),
        "qr": mark_safe(qr_svg(form)),  # noqa: S308 drawn by segno from our own address
    }  # fmt: skip
    return render(request, "schemas/paper.html", context)


def draft_paper_pdf(version: Version) -> HttpResponse:
    form = compile_version(version)
    return pdf_answer(form, paper_pdf(form))


# Preview -----------------------------------------------------------------------------------------------------------


def preview(request: HttpRequest, version: Version, *, back_url: str) -> HttpResponse:
    """Walk through the form as a resident would. Answers travel in the page itself and are kept nowhere."""
    form, day = compile_version(version), timezone.localdate()
    common = {
        "back_url": back_url, "back_text": _("Wróć do wzoru"),
        "notice_text": _("Podgląd wersji %(number)d. Nic nie zostanie zapisane ani wysłane.") % {"number": version.number},
    }  # fmt: skip
    answers = _kept(request.POST.get("_kept", ""))
    page = form.page(request.POST.get("_page", "")) if request.method == "POST" else next(iter(form.visible_pages({})), None)
    if page is None:
        raise Http404
    if request.method == "POST":
        asked = page_form(form, page, answers=answers, data=request.POST, files=request.FILES, day=day, context=Context(day))
        if request.POST.get("_go") == "back":
            page = form.previous_page(page.code, answers) or page
        elif not asked.is_valid():
            return _preview_page(request, form, page, answers, asked, common)
        else:
            answers = merged(form, page, answers, asked.cleaned_data)
            page = form.next_page(page.code, answers)
    if page is None:
        return _preview_end(request, form, answers, day, common)
    asked = page_form(form, page, answers=answers, day=day, context=Context(day))
    return _preview_page(request, form, page, answers, asked, common)


def _kept(text: str) -> dict:
    try:
        kept = json.loads(text) if text else {}
    except ValueError:
        return {}
    return kept if isinstance(kept, dict) else {}


def _preview_page(request, form, page, answers, asked, common):
    context = {
        **common, "title": page.title, "page": page, "form": asked, "kept": json.dumps(answers), "next_text": _("Dalej"),
        "previous_text": _("Wstecz"), "has_previous": form.previous_page(page.code, answers) is not None,
    }  # fmt: skip
    return render(request, "schemas/preview.html", context, status=422 if asked.is_bound else 200)


def _preview_end(request, form, answers, day, common):
    checked = check_all(form, answers, context=Context(day))
    errors = [(form.questions[code].label, message) for code, message in checked.errors.items()]
    sections = readable(form, checked.answers, checked.computed)
    context = {**common, "title": _("Sprawdź odpowiedzi"), "sections": sections, "errors": errors, "again_text": _("Od początku")}
    return render(request, "schemas/preview.html", context)
