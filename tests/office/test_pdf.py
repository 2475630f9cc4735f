from io import BytesIO

import pikepdf

from office.pdf import DRAWN, PUNCTUATION, drawable, render_pdf

TEMPLATE = """#set document(title: "Próba")
#set text(lang: "pl", font: ("Libertinus Serif", "DejaVu Sans Mono"))
#let data = json(bytes(sys.inputs.data))
= #data.title
#data.text
"""


def template(tmp_path):
    path = tmp_path / "test.typ"
    path.write_text(TEMPLATE)
    return path


def test_a_document_is_tagged_says_its_language_and_calls_itself_accessible_and_archival(tmp_path):
    """L34: PDF/UA-1 and PDF/A-3a, not only by name: typst refuses what breaks them."""
    content = render_pdf(template(tmp_path), {"title": "Zażółć gęślą jaźń", "text": "1 234,50 zł"})

    with pikepdf.open(BytesIO(content)) as document:
        metadata = document.open_metadata()
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == "pl"
        assert metadata["pdfuaid:part"] == "1"
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")


def test_every_letter_that_we_call_drawable_is_drawn(tmp_path):
    letters = " ".join(char for block in DRAWN for char in map(chr, block) if drawable(char) == char)

    assert render_pdf(template(tmp_path), {"title": "Litery", "text": letters + " ".join(PUNCTUATION)}).startswith(b"%PDF")


def test_a_letter_that_no_font_knows_becomes_a_question_mark_and_the_document_is_still_made(tmp_path):
    assert drawable({"name": "📎 skan\u202e\u0000.pdf", "list": ["漢", 7]}) == {"name": "? skan.pdf", "list": ["?", 7]}
    assert render_pdf(template(tmp_path), {"title": "📎", "text": "#panic() 漢 \\ $x$"}).startswith(b"%PDF")


def test_a_template_reads_nothing_outside_its_folder(tmp_path):
    (tmp_path / "secret.txt").write_text("tajne")
    inner = tmp_path / "inner"
    inner.mkdir()
    path = inner / "test.typ"
    path.write_text('#read("../secret.txt")')

    try:
        render_pdf(path, {})
    except Exception as error:
        assert "root" in str(error) or "access" in str(error)
    else:
        raise AssertionError("the template read a file outside its folder")
