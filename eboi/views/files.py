"""My files: what I sent with a filing or added to a case, and what the office put there."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import F, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from eboi.models import Attachment, Document, Scan
from office.compiled import compiled
from office.files import held_by, open_for_owner
from office.models import StoredFile
from office.transitions import Refused


@compiled
def files_of(*, case: UUID) -> QuerySet[StoredFile]:
    """Every file of a case that its party may open, in one query, by time: what came with letters from the portal, documents, and
    scans of the party's own letters on paper. What somebody else wrote into the case is not given out here."""
    sent = Attachment.objects.filter(submission__letter__case=case).values("file")
    scanned = Scan.objects.filter(letter__case=case, letter__sender=F("letter__case__person")).values("file")
    added = Document.objects.filter(case=case).values("file")
    return held_by(sent, scanned, added).select_related("document", "attachment", "scan__letter")


@login_required
@require_safe
def file(request, pk):
    """S19: found only through the person's own submission, case or letter on paper, so a stranger's address is 404."""
    person = request.user
    filed = Q(attachment__submission__person__account=person) | Q(document__case__person__account=person)
    stored = get_object_or_404(StoredFile.objects.filter(filed | Q(scan__letter__sender__account=person)), pk=pk)
    try:
        return open_for_owner(stored)
    except Refused as why:
        messages.error(request, str(why))
        return redirect("eboi:home")
    except FileNotFoundError:
        raise Http404 from None
