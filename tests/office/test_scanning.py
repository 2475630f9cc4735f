"""The scanner may be away, slow or mad: filing goes on, the desk opens only what was found clean (S52, F13)."""

import contextlib
import socketserver
import threading
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from office import scanning
from office.files import open_for_clerk, store
from office.models import ScanState, StoredFile
from office.transitions import Refused
from tests.office import samples


class Clamd(socketserver.ThreadingTCPServer):
    """Speaks INSTREAM as clamd does. `answer`: "honest", "slow", or the bytes to say to anybody."""

    allow_reuse_address = daemon_threads = True
    answer = "honest"

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Talk)
        self.seen = []


class Talk(socketserver.StreamRequestHandler):
    def handle(self):
        assert self.rfile.read(10) == b"zINSTREAM\0"
        content = b""
        while length := int.from_bytes(self.rfile.read(4), "big"):
            content += self.rfile.read(length)
        self.server.seen.append(content)
        if self.server.answer == "slow":
            time.sleep(2)
        verdict = b"Eicar-Signature FOUND" if samples.EICAR in content else b"OK"
        with contextlib.suppress(BrokenPipeError):
            self.wfile.write(b"stream: " + verdict + b"\0" if self.server.answer in ("honest", "slow") else self.server.answer)


@pytest.fixture
def clamd(settings):
    with Clamd() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        settings.CLAMD_ADDRESS = f"127.0.0.1:{server.server_address[1]}"
        yield server
        server.shutdown()


@pytest.fixture(autouse=True)
def private(settings, tmp_path):
    settings.PRIVATE_FILES_DIR = tmp_path / "private"


@pytest.fixture
def file(anna):
    return store(samples.upload(samples.pdf()), owner=anna)


@pytest.fixture
def infected(anna):
    return store(samples.upload(samples.pdf(_with_eicar, compress_streams=False)), owner=anna)


def _with_eicar(document):
    document.Root.Note = document.make_stream(samples.EICAR)


def state_of(stored):
    return StoredFile.objects.values_list("scan_state", "scan_note", "scan_attempts").get(pk=stored.pk)


@pytest.mark.django_db
def test_clean_file_may_be_opened(clamd, file):
    scanning.scan(file.pk)

    file.refresh_from_db()
    assert state_of(file) == ("clean", "", 1)
    assert clamd.seen == [open_for_clerk(file).getvalue()]


@pytest.mark.django_db
def test_infected_file_is_named_and_stays_closed(clamd, infected):
    scanning.scan(infected.pk)

    infected.refresh_from_db()
    assert state_of(infected) == ("infected", "Eicar-Signature", 1)
    with pytest.raises(Refused, match="wykryto wirusa"):
        open_for_clerk(infected)


@pytest.mark.django_db
def test_big_file_goes_in_pieces(clamd, file):
    from office import files

    content = bytes(range(256)) * 4000
    files.path_of(file).write_bytes(content)

    scanning.scan(file.pk)

    assert clamd.seen == [content]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["", "127.0.0.1:1", "/nowhere/clamd.sock"])
def test_without_a_scanner_files_wait_and_lose_no_try(settings, file, address):
    """F13"""
    settings.CLAMD_ADDRESS, settings.SCAN_WITHOUT_CLAMD = address, ""

    for _ in range(3):
        scanning.scan_waiting()
        scanning.scan(file.pk)

    assert state_of(file) == ("pending", "", 0)
    with pytest.raises(Refused, match="czeka na sprawdzenie"):
        open_for_clerk(file)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answer", "note"),
    [
        ("slow", "timed out"),
        (b"HTTP/1.1 200 OK\r\n\0", "the scanner answered 'HTTP/1.1 200 OK'"),
        (b"stream: OK, or not\0", "the scanner answered 'stream: OK, or not'"),
        (b"INSTREAM size limit exceeded. ERROR\0", "the scanner answered 'INSTREAM size limit exceeded. ERROR'"),
        (b"", "the scanner answered ''"),
        (b"\xff" * 5000, "the scanner answered"),
    ],
)
def test_scanner_that_is_slow_or_speaks_rubbish_is_asked_again_later(clamd, file, monkeypatch, answer, note):
    """F13"""
    monkeypatch.setattr(scanning, "PATIENCE", 0.5)
    clamd.answer = answer

    scanning.scan_waiting()

    state, why, attempts = state_of(file)
    assert (state, attempts) == ("failed", 1)
    assert why.startswith(note)
    with pytest.raises(Refused):
        file.refresh_from_db()
        open_for_clerk(file)

    clamd.answer = "honest"
    assert scanning.scan_waiting() == 0  # it rests first
    assert scanning.scan_waiting(moment=timezone.now() + timedelta(seconds=31)) == 1
    assert state_of(file)[0] == "clean"


@pytest.mark.django_db
def test_scan_catches_up_when_the_scanner_is_back(settings, anna, clamd):
    """F13"""
    address, settings.CLAMD_ADDRESS = settings.CLAMD_ADDRESS, "127.0.0.1:1"
    for _ in range(5):
        store(samples.upload(samples.pdf()), owner=anna)
    assert scanning.scan_waiting() == 0

    settings.CLAMD_ADDRESS = address

    assert scanning.scan_waiting() == 5
    assert StoredFile.objects.filter(scan_state="clean").count() == 5


@pytest.mark.django_db
def test_file_that_fails_too_often_waits_for_a_person(clamd, file):
    """D5"""
    StoredFile.objects.update(scan_state="failed", scan_attempts=scanning.ATTEMPTS, scanned_at=timezone.now())
    later = timezone.now() + timedelta(days=1)

    assert scanning.scan_waiting(moment=later) == 0
    assert scanning.scan_again(file)
    assert scanning.scan_waiting() == 1

    assert state_of(file) == ("clean", "", 1)
    assert not scanning.scan_again(file)


@pytest.mark.django_db
def test_demonstration_knows_only_the_test_sample_and_says_so(settings, file, infected, anna):
    settings.CLAMD_ADDRESS, settings.SCAN_WITHOUT_CLAMD = "", "sample"
    plain = store(samples.upload(samples.pdf(lambda d: setattr(d.Root, "Note", d.make_stream(b"x")))), owner=anna)

    scanning.scan_waiting()

    assert [state_of(each)[0] for each in (file, infected, plain)] == ["clean", "infected", "clean"]
    assert "tylko wykrywacz próbki EICAR" in scanning.notice()


@pytest.mark.django_db
def test_production_never_takes_the_demonstrations_word(settings, file):
    settings.CLAMD_ADDRESS, settings.SCAN_WITHOUT_CLAMD, settings.IS_PRODUCTION = "", "sample", True

    scanning.scan_waiting()

    assert state_of(file) == (ScanState.PENDING, "", 0)
