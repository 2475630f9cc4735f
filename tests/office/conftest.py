import pytest

from tests.office.smtp import smtp_server


@pytest.fixture
def smtp(settings):
    """A real SMTP server on loopback and settings that send to it; `smtp.script` and `smtp.rcpt` say what it answers."""
    with smtp_server() as sink:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", sink.port, 1
        yield sink


@pytest.fixture
def letters(settings, tmp_path):
    """Templates of the letters that these tests post."""
    folder = tmp_path / "emails" / "office"
    folder.mkdir(parents=True)
    (folder / "hello.subject.txt").write_text("Sprawa {{ number }}")
    (folder / "hello.txt").write_text("Dzień dobry, {{ name }}. Sprawa {{ number }} czeka: {{ portal_url }}/sprawa")
    (folder / "hello.sms.txt").write_text("Sprawa {{ number }} czeka.")
    settings.PORTAL_URL = "https://portal.example"
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}]
