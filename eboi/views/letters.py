"""The office's letters to the party of a case: a copy of the decision once it is signed and of a call once it is sent; a receipt confirmed."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from eboi import letters
from eboi.actions import service
from eboi.models import Decision, DefectCall, OutgoingLetter
from eboi.statuses import CallStatus, DecisionStatus
from office.transitions import Refused
from ui.words import long_date


@login_required
@require_safe
def decision_pdf(request, pk):
    """A draft is nobody's business but the office's (S21)."""
    signed = Decision.objects.filter(case__person__account=request.user, status=DecisionStatus.APPROVED)
    found = get_object_or_404(signed.select_related("case__matter"), case=pk)
    return letters.as_pdf(letters.decision_letter(found, is_copy=True))


@login_required
@require_safe
def call_pdf(request, pk, call_pk):
    sent = DefectCall.objects.filter(case__person__account=request.user, sent_at__isnull=False).exclude(status=CallStatus.DRAFT)
    found = get_object_or_404(sent.select_related("case__matter", "case__person", "case__officer"), pk=call_pk, case=pk)
    return letters.as_pdf(letters.call_letter(found, is_copy=True))


@login_required
@require_POST
def confirm_receipt(request, pk, letter_pk):
    """A letter sent to this account is served when its reader says that it came (L14)."""
    mine = OutgoingLetter.objects.filter(case__person__account=request.user, channel=OutgoingLetter.Channel.PORTAL)
    letter = get_object_or_404(mine.select_related("case__person"), pk=letter_pk, case=pk)
    try:
        delivery = service.confirm_receipt(letter, by=request.user, moment=timezone.now())
    except Refused as why:
        messages.info(request, str(why))
    else:
        day = {"rpo": letter.rpo, "day": long_date(delivery.effective_on)}
        messages.success(request, _("Dziękujemy. Pismo %(rpo)s jest doręczone z dniem %(day)s") % day)
    return redirect("eboi:case", pk=pk)
