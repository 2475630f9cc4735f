"""Copies of the office's letters to the party of a case: the decision once it is signed, a call once it is sent."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from eboi import letters
from eboi.models import Decision, DefectCall
from eboi.statuses import CallStatus, DecisionStatus


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
