import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pruszcz_portal.settings")

application = get_wsgi_application()

from pruszcz_portal.checks import refuse_unsafe_start  # noqa: E402  settings are read by now

refuse_unsafe_start()
