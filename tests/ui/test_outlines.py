"""What is kept of a page knows nobody: values are put in anew, escaped, and never looked for places again."""

from django.utils.safestring import mark_safe

from ui.outlines import Outline, outlined

TEMPLATE = "admin/eboi/queue.html"


def queue(versions=None, **values):
    shown = {"scope": "moje", "has_rows": True, "has_earlier": False, "has_later": False, **(versions or {})}
    return outlined(TEMPLATE, versions=shown, **{"title": "", "queue_rows": "", "total": 0, "earlier": "", "later": "", **values})


def test_each_page_has_its_own_values():
    first, second = queue(title="Anna", total=3), queue(title="Bartek", total=7)

    assert "Anna" in first and "Razem: 3" in first
    assert "Bartek" in second and "Razem: 7" in second and "Anna" not in second


def test_what_people_type_never_becomes_markup_nor_a_place():
    page = queue(title="<b>\ufdd0total\ufdd1</b>", total=5, queue_rows=mark_safe("<tr></tr>"))

    assert "&lt;b&gt;\ufdd0total\ufdd1&lt;/b&gt;" in page
    assert "<tbody><tr></tr></tbody>" in page


def test_what_a_template_looks_at_makes_another_outline():
    assert "Nie ma tu żadnej sprawy" in queue({"has_rows": False})
    assert "Nie ma tu żadnej sprawy" not in queue({"has_rows": True})


def test_a_value_may_stand_in_many_places():
    outline = Outline(TEMPLATE, {"has_rows": True, "has_earlier": True}, ("title", "queue_rows", "total", "earlier", "later"))

    assert outline.names == ["title", "queue_rows", "total", "earlier"]
