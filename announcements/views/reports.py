"""Reports of carriers. A machine asks, by GET too: that is how the provider does it, and the secret in the address is the whole proof."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from announcements import sms_reports
from announcements.actions import reports


@csrf_exempt
@require_http_methods(["GET", "POST"])
def sms_report(request, token):
    """404 to who does not know the secret. Else always OK, whatever was told, or the provider would ask for ever."""
    if not sms_reports.is_ours(token):
        raise Http404
    for pk, arrived in sms_reports.read(request.POST if request.method == "POST" else request.GET):
        reports.take_report(pk, arrived=arrived, moment=timezone.now())
    return HttpResponse("OK", content_type="text/plain")
