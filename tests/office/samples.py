"""Files as people send them, good and bad, made here byte by byte."""

import io
import zipfile
import zlib

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def upload(content, name="umowa.pdf", declared="application/pdf"):
    return SimpleUploadedFile(name, content, content_type=declared) if name else _nameless(content, declared)


def _nameless(content, declared):
    file = SimpleUploadedFile("x", content, content_type=declared)
    file._name = ""
    return file


def pdf(change=None, **save):
    document = pikepdf.new()
    document.add_blank_page()
    if change:
        change(document)
    out = io.BytesIO()
    document.save(out, **save)
    return out.getvalue()


def pdf_without_pages():
    out = io.BytesIO()
    pikepdf.new().save(out)
    return out.getvalue()


def encrypted_pdf(user=""):
    return pdf(encryption=pikepdf.Encryption(owner="właściciel", user=user))


def pdf_with_open_action(action):
    def change(document):
        document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name(action), JS="app.alert(1)", F="cmd.exe")

    return pdf(change)


def pdf_with_hidden_script():
    """In an annotation, with its name hex-escaped and in a compressed object stream."""

    def change(document):
        action = document.make_indirect(pikepdf.Dictionary({"/S": pikepdf.Name("/JavaScript"), "/JS": "app.alert(1)"}))
        document.pages[0].Annots = pikepdf.Array([pikepdf.Dictionary(Subtype=pikepdf.Name.Link, A=action)])

    return pdf(change, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def pdf_with_attachment():
    def change(document):
        document.attachments["rachunek.xml"] = b"<faktura/>"

    return pdf(change)


def pdf_that_unfolds(megabytes):
    """A small PDF whose object stream inflates to so many megabytes."""
    packer = zlib.compressobj(9)
    packed = (
        packer.compress(b"1 0 << /A 1 >>") + b"".join(packer.compress(b" " * 1024**2) for _ in range(megabytes)) + packer.flush()
    )
    out, places = b"%PDF-1.7\n", {}
    for number, body in (
        (5, b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed)),
        (2, b"<</Type/Catalog/Pages 3 0 R>>"),
        (3, b"<</Type/Pages/Count 1/Kids[4 0 R]>>"),
        (4, b"<</Type/Page/Parent 3 0 R/MediaBox[0 0 9 9]>>"),
    ):
        places[number] = len(out)
        out += b"%d 0 obj%s endobj\n" % (number, body)
    rows = [(0, 0), (2, 5), (1, places[2]), (1, places[3]), (1, places[4]), (1, places[5]), (1, len(out))]
    table = b"".join(bytes([kind]) + place.to_bytes(4, "big") + b"\0" for kind, place in rows)
    head = b"6 0 obj<</Type/XRef/Size 7/W[1 4 1]/Root 2 0 R/Length %d>>stream\n" % len(table)
    return out + head + table + b"\nendstream endobj\nstartxref\n%d\n%%%%EOF\n" % len(out)


def picture(kind="JPEG", size=(60, 40), mode="RGB", **save):
    out = io.BytesIO()
    image = Image.new(mode, size, "white")
    image.paste("red", (0, 0, size[0] // 2, size[1])) if mode == "RGB" else None
    image.save(out, kind, **save)
    return out.getvalue()


def photo_with_place():
    """A phone's photo: turned by 90 degrees and with the place where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6  # orientation: turn right to see it upright
    exif[0x010F] = "PHONE-OF-ANNA"
    exif.get_ifd(0x8825)[2] = (54.0, 15.0, 0.0)  # GPS latitude
    return picture(exif=exif)


def zipped():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "a")
    return out.getvalue()
