"""My files: what I sent with a filing or added to a case, and what the office put there."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from office.compiled import compiled
from office.files import open_for_owner
from office.models import StoredFile
from office.transitions import Refused


@compiled
def files_of(*, case: UUID) -> QuerySet[StoredFile]:
    """Every file of a case that its party may open, in one query: attachments of its letters, then documents, by time."""
    return (
        StoredFile.objects.filter(Q(document__case=case) | Q(attachment__submission__letter__case=case))
        .select_related("document", "attachment")
        .order_by("created_at")
    )


@login_required
@require_safe
def file(request, pk):
    """S19: found only through the person's own submission or case, so a stranger's address is 404."""
    person = request.user
    mine = Q(attachment__submission__person__account=person) | Q(document__case__person__account=person)
    stored = get_object_or_404(StoredFile.objects.filter(mine), pk=pk)
    try:
        return open_for_owner(stored)
    except Refused as why:
        messages.error(request, str(why))
        return redirect("eboi:home")
    except FileNotFoundError:
        raise Http404 from None
