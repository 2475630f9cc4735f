"""What every template knows of the portal."""

from django.conf import settings


def portal(request):
    return {"is_demo": settings.IS_DEMO, "account_url": "account_overview", "portal_url": settings.PORTAL_URL}
