"""The card as an app on the phone: a shell without anybody's data, what installs it, what keeps it for when there is no network."""

import hashlib

from django.conf import settings
from django.http import JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

SHELL = "resident_card:in_the_phone"
STYLES = ["css/tokens.css", "css/base.css", "css/components.css", "css/card.css"]
SCRIPTS = ["js/resident_card/card.js", "js/resident_card/phone.js", "js/resident_card/qr.js"]
PICTURES = ["img/mark.svg", "img/card/icon-192.png", "img/card/icon-512.png"]


@require_safe
def in_the_phone(request):
    """The same for everybody: whose card it shows, only the phone knows."""
    return render(request, "resident_card/cards/in_the_phone.html")


@require_safe
def worker(request):
    """The service worker. Served from here, because it may look after no more than the folder it comes from."""
    files = [static(name) for name in (*STYLES, *SCRIPTS, *PICTURES)]
    page = {"shell": reverse(SHELL), "mine": reverse("resident_card:my_card"), "files": files, "version": _version(files)}
    answer = render(request, "resident_card/cards/worker.js", {"told": page}, content_type="text/javascript")
    answer["Cache-Control"] = "no-cache"
    return answer


def _version(files) -> str:
    """Another one when a file is: by its hashed name in production, by its content where names are plain."""
    told = [(settings.BASE_DIR / "static" / name).read_bytes() for name in (*STYLES, *SCRIPTS)]
    return hashlib.sha256(b"".join([*told, *map(str.encode, files)])).hexdigest()[:12]


@require_safe
def manifest(request):
    icon = {"type": "image/png", "purpose": "any"}
    told = {
        "id": reverse(SHELL), "name": "Karta mieszkańca Pruszcza Gdańskiego", "short_name": "Karta", "lang": "pl", "dir": "ltr",
        "start_url": reverse(SHELL), "scope": reverse(SHELL).removesuffix("w-telefonie/"), "display": "standalone",
        "background_color": "#073f4c", "theme_color": "#073f4c",
        "icons": [
            {**icon, "src": static("img/card/icon-192.png"), "sizes": "192x192"},
            {**icon, "src": static("img/card/icon-512.png"), "sizes": "512x512"},
            {**icon, "src": static("img/card/icon-512.png"), "sizes": "512x512", "purpose": "maskable"},
        ],
    }  # fmt: skip
    return JsonResponse(told, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})
