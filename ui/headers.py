"""Headers of every response, errors included (S33, S34), and no trace of signed-in pages in caches (S45)."""

from django.conf import settings
from django.utils.cache import patch_vary_headers

PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"


class SecurityHeadersMiddleware:
    """Outermost, so that no response leaves without it. A view may set its own Permissions-Policy."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        if not request.path.startswith(settings.STATIC_URL):
            patch_vary_headers(response, ["Cookie"])
            if _is_personal(request, response):
                response.headers["Cache-Control"] = "no-store"
        return response


def _is_personal(request, response):
    """A request that carries a session, or an answer that sets a cookie, is about one person; needs no database to tell."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES or bool(response.cookies)
