import pytest

from tests.office.smtp import smtp_server


@pytest.fixture
def smtp(settings):
    """A real SMTP server on loopback."""
    with smtp_server() as sink:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", sink.port, 1
        yield sink
