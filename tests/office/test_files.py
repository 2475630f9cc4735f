"""Files come in only as what they say they are, and go out only as attachments (S47-S53, D8)."""

import hashlib
import io
import os
import resource
import time

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import transaction
from PIL import Image

from office import files, inspection
from office.files import JPEG, PDF, open_for_clerk, open_for_owner, response, store, store_own
from office.inspection import clean_name
from office.models import ScanState, StoredFile
from office.transitions import Refused
from tests.office import samples
from tests.office.samples import upload


@pytest.fixture(autouse=True)
def private(settings, tmp_path):
    settings.PRIVATE_FILES_DIR = tmp_path / "private"


def on_disk(stored):
    return files.path_of(stored).read_bytes()


@pytest.mark.django_db
def test_pdf_is_kept_as_it_came_under_a_random_name(anna):
    """S51"""
    content = samples.pdf()

    stored = store(upload(content, "Umowa najmu.PDF"), owner=anna)

    assert on_disk(stored) == content
    assert (stored.name, stored.media_type, stored.size) == ("Umowa najmu.pdf", "application/pdf", len(content))
    assert (stored.sha256, stored.owner) == (hashlib.sha256(content).hexdigest(), anna.subject)
    assert (stored.scan_state, stored.warnings) == (ScanState.PENDING, [])
    assert files.path_of(stored).name == stored.pk.hex
    assert files.path_of(stored).stat().st_mode & 0o777 == 0o600
    assert list(files.path_of(stored).parent.iterdir()) == [files.path_of(stored)]


@pytest.mark.django_db
def test_photo_loses_its_place_and_keeps_its_turn(anna):
    """S49"""
    stored = store(upload(samples.photo_with_place(), "IMG.jpeg", "image/jpeg"), owner=anna)

    with Image.open(io.BytesIO(on_disk(stored))) as image:
        assert dict(image.getexif()) == {}
        assert image.size == (40, 60)
        assert image.getpixel((20, 5))[1] < 60 < 200 < image.getpixel((20, 55))[1]  # the red half is up
    assert b"PHONE-OF-ANNA" not in on_disk(stored)


@pytest.mark.django_db
def test_what_hides_behind_a_photo_is_cut_off(anna):
    """S50"""
    stored = store(upload(samples.picture() + b"<script>alert(1)</script>", "a.jpg", "image/jpeg"), owner=anna)

    assert b"script" not in on_disk(stored)


@pytest.mark.django_db
@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "P", "1", "I;16"])
def test_png_of_each_mode_comes_in(anna, mode):
    content = samples.picture("PNG", mode=mode) if mode != "I;16" else _deep_grey()

    stored = store(upload(content, "skan.png", "image/png"), owner=anna)

    assert on_disk(stored).startswith(b"\x89PNG")


def _deep_grey():
    out = io.BytesIO()
    Image.new("I;16", (8, 8), 1000).save(out, "PNG")
    return out.getvalue()


@pytest.mark.django_db
def test_jpeg_in_printers_colours_comes_in(anna):
    stored = store(upload(samples.picture(mode="CMYK"), "skan.jpg", "image/jpeg"), owner=anna)

    with Image.open(io.BytesIO(on_disk(stored))) as image:
        assert image.mode == "RGB"


REFUSED = {
    "word file": (samples.zipped, "umowa.docx", "application/zip", "extension"),
    "script with two extensions": (samples.pdf, "umowa.pdf.exe", "application/pdf", "extension"),
    "no extension": (samples.pdf, "umowa", "application/pdf", "extension"),
    "no name": (samples.pdf, "", "application/pdf", "extension"),
    "picture called pdf": (samples.picture, "umowa.pdf", "application/pdf", "disagree"),
    "declared as html": (samples.pdf, "umowa.pdf", "text/html", "disagree"),
    "html before the pdf": (lambda: b"<html>" + samples.pdf(), "umowa.pdf", "application/pdf", "disagree"),
    "zip behind the pdf": (lambda: samples.pdf() + samples.zipped(), "umowa.pdf", "application/pdf", "polyglot"),
    "zip behind the picture": (lambda: samples.picture() + samples.zipped(), "a.jpg", "image/jpeg", "polyglot"),
    "text behind the pdf": (lambda: samples.pdf() + b"<script>1</script>", "umowa.pdf", "application/pdf", "polyglot"),
    "locked pdf": (lambda: samples.encrypted_pdf("hasło"), "umowa.pdf", "application/pdf", "encrypted"),
    "pdf locked for changes": (samples.encrypted_pdf, "umowa.pdf", "application/pdf", "encrypted"),
    "pdf without pages": (samples.pdf_without_pages, "umowa.pdf", "application/pdf", "no_pages"),
    "script": (lambda: samples.pdf_with_open_action("/JavaScript"), "umowa.pdf", "application/pdf", "active"),
    "launch": (lambda: samples.pdf_with_open_action("/Launch"), "umowa.pdf", "application/pdf", "active"),
    "hidden script": (samples.pdf_with_hidden_script, "umowa.pdf", "application/pdf", "active"),
    "half a pdf": (lambda: b"%PDF-1.7\n%%EOF", "umowa.pdf", "application/pdf", "damaged"),
    "half a picture": (lambda: samples.picture("PNG")[:60], "a.png", "image/png", "damaged"),
    "jpeg header alone": (lambda: b"\xff\xd8\xff" + b"0" * 50, "a.jpg", "image/jpeg", "damaged"),
    "empty": (lambda: b"", "umowa.pdf", "application/pdf", "empty"),
    "too big": (lambda: b"%PDF-" + bytes(files.FILE_BYTES), "umowa.pdf", "application/pdf", "size"),
    "51 megapixels": (lambda: samples.picture("PNG", (7200, 7100), "1"), "a.png", "image/png", "pixels"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("case", REFUSED)
def test_bad_file_is_refused_with_its_reason(anna, case):
    """S47, S48, S49, S50"""
    make, name, declared, code = REFUSED[case]

    with pytest.raises(ValidationError) as refused:
        store(upload(make(), name, declared), owner=anna)

    assert refused.value.code == code
    assert name in refused.value.messages[0]
    assert not StoredFile.objects.exists()
    assert list(files.files_without_row()) == []


@pytest.mark.django_db
def test_file_that_unfolds_harms_only_its_examiner(anna):
    """S49: the same file, unfolding to less than the examiner's memory, is taken in; ours does not grow with either."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    stored = store(upload(samples.pdf_that_unfolds(30)), owner=anna)
    with pytest.raises(ValidationError):
        store(upload(samples.pdf_that_unfolds(700)), owner=anna)

    assert stored.size < 200_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 * 1024


@pytest.mark.django_db
def test_picture_at_the_limit_comes_in(anna):
    stored = store(upload(samples.picture("JPEG", (10_000, 5_000)), "mapa.jpg", "image/jpeg"), owner=anna)

    assert stored.media_type == "image/jpeg"


@pytest.mark.django_db
def test_refusal_says_what_to_do(anna):
    with pytest.raises(ValidationError) as refused:
        store(upload(bytes(11 * 1024**2), "skan.pdf"), owner=anna)

    assert refused.value.messages == [
        "Plik „skan.pdf” ma 11,0 MB, a może mieć najwyżej 10 MB. Zmniejsz go albo podziel na części."
    ]


@pytest.mark.django_db
def test_field_may_take_fewer_kinds(anna):
    with pytest.raises(ValidationError) as refused:
        store(upload(samples.pdf()), owner=anna, kinds=(JPEG,))

    assert refused.value.messages == ["Pliku „umowa.pdf” nie możemy przyjąć. Dodaj plik JPG."]


@pytest.mark.django_db
def test_clerk_is_told_of_files_inside_a_pdf(anna):
    """S49"""
    stored = store(upload(samples.pdf_with_attachment()), owner=anna, kinds=(PDF,))

    assert stored.warnings == [inspection.EMBEDDED_FILES]


@pytest.mark.django_db
def test_one_person_can_not_fill_the_disk(anna, bartek):
    """S48"""
    StoredFile.objects.bulk_create(
        StoredFile(name="a.pdf", size=1, sha256="", owner=anna.subject) for _ in range(files.DAY_FILES)
    )

    with pytest.raises(ValidationError) as refused:
        store(upload(samples.pdf()), owner=anna)

    assert refused.value.code == "day"
    assert store(upload(samples.pdf()), owner=bartek)


@pytest.mark.parametrize(
    ("hostile", "clean"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Anna\\umowa.pdf", "umowa.pdf"),
        ("umowa\u202efdp.exe", "umowafdp.exe"),
        ("a\r\nSet-Cookie: x=1.pdf", "aSet-Cookie_ x=1.pdf"),
        ("a\x00b.pdf", "ab.pdf"),
        ('a"b<c>d|e?f*g.pdf', "a_b_c_d_e_f_g.pdf"),
        (" .. ukryty.pdf. ", "ukryty.pdf"),
        ("Zażółć gęślą jaźń.pdf", "Zażółć gęślą jaźń.pdf"),
        ("z\u0307aba.PDF", "żaba.pdf"),
        ("a" * 500 + ".pdf", "a" * 116 + ".pdf"),
        ("\ud800.pdf", "pdf"),
        ("", ""),
    ],
)
def test_name_is_cleaned(hostile, clean):
    """S51, S53"""
    assert clean_name(hostile) == clean


@pytest.mark.django_db
def test_file_goes_out_as_an_attachment_in_a_sandbox(anna):
    """S51"""
    stored = store(upload(samples.pdf(), "Umowa żaby.pdf"), owner=anna)

    answer = response(stored)

    assert b"".join(answer.streaming_content) == on_disk(stored)
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''Umowa%20%C5%BCaby.pdf"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.django_db
def test_behind_nginx_only_the_place_is_named(anna, settings):
    """S19"""
    settings.PRIVATE_FILES_ACCEL = "/_pliki/"
    stored = store(upload(samples.pdf()), owner=anna)

    answer = response(stored, as_name="odpis.pdf")

    assert answer["X-Accel-Redirect"] == f"/_pliki/{stored.pk.hex[:2]}/{stored.pk.hex}"
    assert answer["Content-Disposition"] == 'attachment; filename="odpis.pdf"'
    assert answer.content == b""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "clerk", "owner"),
    [("pending", False, True), ("failed", False, True), ("infected", False, False), ("clean", True, True)],
)
def test_clerk_opens_only_clean_files_and_nobody_an_infected_one(anna, state, clerk, owner):
    """S52"""
    stored = store(upload(samples.pdf()), owner=anna)
    stored.scan_state = state

    for opened, may in ((open_for_clerk, clerk), (open_for_owner, owner)):
        if may:
            assert opened(stored).status_code == 200
        else:
            with pytest.raises(Refused):
                opened(stored)


@pytest.mark.django_db
def test_document_of_the_portal_is_clean_from_the_start(anna):
    stored = store_own(b"%PDF-1.7", name="upo.pdf", owner=anna)

    assert open_for_clerk(stored).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_file_of_a_rolled_back_case_is_swept_after_two_days_and_no_other(anna):
    """D8"""
    with transaction.atomic():
        kept = store(upload(samples.pdf()), owner=anna)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        lost = store(upload(samples.pdf()), owner=anna)
        raise ZeroDivisionError
    unfinished = files.path_of(kept).with_suffix(".new")
    unfinished.write_bytes(b"")

    assert files.sweep() == 0
    for path in (files.path_of(lost), files.path_of(kept), unfinished):
        os.utime(path, (time.time() - 49 * 3600,) * 2)
    assert files.sweep() == 2

    assert files.path_of(kept).exists()
    assert not files.path_of(lost).exists()


@pytest.mark.django_db(transaction=True)
def test_row_that_lost_its_file_is_reported(anna, capsys):
    """D8"""
    with transaction.atomic():
        whole, lost, changed = (store(upload(samples.pdf()), owner=anna) for _ in range(3))
    call_command("check_files", "--hashes")

    files.path_of(lost).unlink()
    files.path_of(changed).write_bytes(b"x" * changed.size)

    with pytest.raises(CommandError, match="1 files are lost, 1 are changed"):
        call_command("check_files", "--hashes")
    said = capsys.readouterr().out
    assert f"lost: {lost.pk}" in said
    assert f"changed: {changed.pk}" in said
    assert str(whole.pk) not in said


@pytest.mark.django_db(transaction=True)
def test_removed_file_leaves_after_commit(anna):
    with transaction.atomic():
        stored = store(upload(samples.pdf()), owner=anna)
    path = files.path_of(stored)

    with transaction.atomic():
        files.remove(stored)
        assert path.exists()

    assert not path.exists()


@pytest.mark.django_db(transaction=True)
def test_file_outside_a_transaction_is_a_mistake(anna):
    with pytest.raises(RuntimeError):
        store(upload(samples.pdf()), owner=anna)
