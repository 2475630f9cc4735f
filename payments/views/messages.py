"""The provider's messages. Nothing is believed but the signature; 200 is said only once the message is stored."""

import structlog
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from payments import provider
from payments.actions import settling
from payments.interface import BadMessage

log = structlog.get_logger(__name__)
MOST = 8 * 1024  # bytes; a message has some four hundred


@csrf_exempt
@require_POST
def notify(request):
    """404 while nothing is paid online, 413 above 8 KiB, 400 for what is not signed; else stored, whatever it says."""
    operator = provider.current()
    if operator is None:
        raise Http404
    body = request.read(MOST + 1)
    if len(body) > MOST:
        return HttpResponse(status=413)
    try:
        notice = operator.read(body)
    except BadMessage as bad:
        log.warning("payment_message_refused", why=str(bad))
        return HttpResponse(status=400)
    settling.receive(notice, name=operator.name, moment=timezone.now())
    return HttpResponse("OK", content_type="text/plain")
