"""Production does not start unless it is safe to (S61)."""

import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from pruszcz_portal import checks
from pruszcz_portal.boxes import CHECKOUT

SECRET = "4vQ8-sL0w1y-WHICH-nobody-GUESSES-79-xqzjk-rotated-once"


@pytest.fixture
def environment(tmp_path):
    """A town's own settings, all in order."""
    for name in ("keys", "private", "var"):
        (tmp_path / name).mkdir(mode=0o700)
    for kind in checks.KEY_KINDS:
        (tmp_path / "keys" / f"{kind}-1.key").write_bytes(bytes(32))
        (tmp_path / "keys" / f"{kind}-1.key").chmod(0o600)
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(CHECKOUT),
        "DJANGO_SETTINGS_MODULE": "pruszcz_portal.settings",
        "PORTAL_MODE": "production",
        "SECRET_KEY": SECRET,
        "ALLOWED_HOSTS": "portal.pruszcz.example",
        "PORTAL_URL": "https://portal.pruszcz.example",
        "DATABASE_URL": os.environ["DATABASE_URL"],
        "REDIS_URL": os.environ["REDIS_URL"],
        "VAR_DIR": str(tmp_path / "var"),
        "KEYS_DIR": str(tmp_path / "keys"),
        "PRIVATE_FILES_DIR": str(tmp_path / "private"),
        "TRUSTED_PROXY_COUNT": "1",
    }


@pytest.fixture
def production(settings, environment, monkeypatch, tmp_path):
    """The same settings, inside this process."""
    settings.PORTAL_MODE, settings.IS_PRODUCTION = "production", True
    settings.SECRET_KEY, settings.ALLOWED_HOSTS = SECRET, ["portal.pruszcz.example"]
    settings.PORTAL_URL = environment["PORTAL_URL"]
    settings.KEYS_DIR, settings.PRIVATE_FILES_DIR = tmp_path / "keys", tmp_path / "private"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    monkeypatch.setenv("PRIVATE_FILES_DIR", environment["PRIVATE_FILES_DIR"])
    monkeypatch.setenv("TRUSTED_PROXY_COUNT", "1")
    return settings


def manage(environment, *arguments):
    return subprocess.run(
        [sys.executable, *arguments], cwd=CHECKOUT, env=environment, capture_output=True, text=True, timeout=60, check=False
    )


def named():
    return [name for name, _ in checks.problems()]


def test_settings_in_order_have_no_problem(production):
    assert checks.problems() == []


@pytest.mark.parametrize(
    ("setting", "value", "variable"),
    [
        ("SECRET_KEY", "", "SECRET_KEY"),
        ("SECRET_KEY", "short", "SECRET_KEY"),
        ("SECRET_KEY", "a" * 60, "SECRET_KEY"),
        ("SECRET_KEY", "django-insecure-" + SECRET, "SECRET_KEY"),
        ("SECRET_KEY", "sample-secret-of-the-demonstration-never-of-production", "SECRET_KEY"),
        ("SECRET_KEY_FALLBACKS", ["sample-secret-of-the-demonstration-never-of-production"], "SECRET_KEY_FALLBACKS"),
        ("DEBUG", True, "DEBUG"),
        ("ALLOWED_HOSTS", [], "ALLOWED_HOSTS"),
        ("ALLOWED_HOSTS", ["portal.example", "*"], "ALLOWED_HOSTS"),
        ("PORTAL_URL", "http://portal.example", "PORTAL_URL"),
        ("PORTAL_URL", "portal.example", "PORTAL_URL"),
        ("EMAIL_BACKEND", "django.core.mail.backends.locmem.EmailBackend", "EMAIL_BACKEND"),
        ("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend", "EMAIL_BACKEND"),
    ],
)
def test_each_unsafe_setting_is_refused_by_its_name(production, setting, value, variable):
    setattr(production, setting, value)

    assert named() == [variable]


@pytest.mark.parametrize("variable", ["DATABASE_URL", "REDIS_URL", "PRIVATE_FILES_DIR"])
def test_a_service_or_folder_left_to_its_default_is_refused(production, monkeypatch, variable):
    monkeypatch.delenv(variable)

    assert named() == [variable]


def test_keys_that_others_of_the_host_may_read_are_refused(production, tmp_path):
    (tmp_path / "keys" / "sign-1.key").chmod(0o640)

    assert checks.problems() == [
        ("KEYS_DIR", f"({tmp_path}/keys): sign-1.key is readable by other users of the host. chmod 600 it.")
    ]


def test_a_folder_of_keys_that_is_open_is_refused(production, tmp_path):
    (tmp_path / "keys").chmod(0o755)

    assert named() == ["KEYS_DIR"]


def test_a_missing_key_is_refused(production, tmp_path):
    (tmp_path / "keys" / "lookup-1.key").unlink()

    assert checks.problems() == [("KEYS_DIR", f"({tmp_path}/keys) holds no lookup-1.key.")]


def test_a_missing_folder_of_keys_is_refused(production, tmp_path):
    production.KEYS_DIR = tmp_path / "nowhere"

    assert named() == ["KEYS_DIR"]


def test_private_files_inside_the_shown_ones_are_refused(production, tmp_path):
    production.STATIC_ROOT = tmp_path / "web"
    production.PRIVATE_FILES_DIR = tmp_path / "web" / "papers"
    production.PRIVATE_FILES_DIR.mkdir(parents=True)

    assert named() == ["PRIVATE_FILES_DIR"]


def test_private_files_open_to_others_are_refused(production, tmp_path):
    (tmp_path / "private").chmod(0o755)

    assert named() == ["PRIVATE_FILES_DIR"]


def test_a_misspelt_mode_is_refused_instead_of_running_the_demonstration(settings):
    settings.PORTAL_MODE, settings.IS_PRODUCTION = "prod", False

    assert named() == ["PORTAL_MODE"]


def test_all_problems_are_said_at_once(production):
    production.DEBUG, production.ALLOWED_HOSTS = True, []

    with pytest.raises(ImproperlyConfigured) as refusal:
        checks.refuse_unsafe_start()

    assert str(refusal.value) == (
        "The portal does not start:\n"
        "  DEBUG is on. Its error pages show settings and data to anyone.\n"
        "  ALLOWED_HOSTS is not set. Name the portal's own host names, separated by commas."
    )


def test_djangos_own_deployment_check_is_clean_in_production(environment):
    done = manage(environment, "manage.py", "check", "--deploy", "--fail-level", "WARNING")

    assert (done.returncode, done.stdout) == (0, "System check identified no issues (0 silenced).\n"), done.stderr


def test_the_web_server_refuses_to_load_an_unsafe_portal(environment):
    done = manage({**environment, "PORTAL_URL": "http://portal.example"}, "-c", "import pruszcz_portal.wsgi")

    assert done.returncode == 1
    assert "  PORTAL_URL is 'http://portal.example'; links in letters need an address that begins with https://." in done.stderr


@pytest.mark.parametrize("part", [["worker", "-P", "solo"], ["beat"]])
def test_celery_refuses_to_start_an_unsafe_portal(environment, part):
    done = manage({**environment, "ALLOWED_HOSTS": ""}, "-m", "celery", "-A", "pruszcz_portal", *part)

    assert done.returncode == 1
    assert "  ALLOWED_HOSTS is not set. Name the portal's own host names, separated by commas." in done.stderr


def test_migrating_an_unsafe_portal_is_refused(environment):
    done = manage({**environment, "ALLOWED_HOSTS": "*"}, "manage.py", "migrate", "--plan")

    assert done.returncode == 1
    assert "(portal.ALLOWED_HOSTS) ALLOWED_HOSTS lets any name in." in done.stderr


def test_production_must_say_how_many_proxies_stand_before_it(production, monkeypatch):
    """S6"""
    monkeypatch.delenv("TRUSTED_PROXY_COUNT")

    assert named() == ["TRUSTED_PROXY_COUNT"]


def test_half_a_contract_of_payments_is_refused(production):
    """Else a payer would be sent to a page that then forgets the money, or our key to another host."""
    production.P24_MERCHANT_ID = 12345
    assert named() == ["P24_API_KEY", "P24_CRC"]

    production.P24_API_KEY = production.P24_CRC = "x"
    assert named() == []
    production.P24_URL = "http://127.0.0.1:8000"
    assert named() == ["P24_URL"]
