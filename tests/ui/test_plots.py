"""Plots: the drawing and the table say the same, on every screen, in both schemes, to every reader, and on paper."""

import json
import re
import xml.etree.ElementTree as ElementTree
from decimal import Decimal

import pytest
import typst
from django.conf import settings
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from tests.ui.test_tokens import DARK, LIGHT, SHAPE, TEXT, colours, contrast
from ui import plots
from ui.drawing import NARROW, PAINTS, THICK, WIDE, colour, is_pale, width_of, wrapped
from ui.gallery import PLOTS
from ui.plots import Bar, BarPlot, ComparisonPlot, Pair, StackedPlot, StackedRow, svg, svg_document

CSS = (settings.BASE_DIR / "static/css/plots.css").read_text()
SVG = "{http://www.w3.org/2000/svg}"
EVIL = "\"><script>alert('w domu')</script>"


def shown(plot, **more):
    return Template("{% load plots %}{% plot plot=plot %}").render(Context({"plot": plot, **more}))


def root(drawing):
    return ElementTree.fromstring(drawing)  # noqa: S314  our own drawing


def texts(drawing):
    return [element.text.replace("\u00a0", " ") for element in root(drawing).iter(f"{SVG}text")]


each = pytest.mark.parametrize("plot", PLOTS, ids=lambda plot: plot.title)


@each
def test_the_table_behind_a_plot_tells_every_figure_of_it(plot):
    html = shown(plot)

    assert html.count("<tr>") == len(plot.table().rows) + 1
    told = html.replace("\u00a0", " ")
    for row in plot.table().rows:
        for cell in row:
            assert f">{cell.replace(chr(0xA0), ' ')}<" in told


@each
@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_a_plot_has_a_name_and_a_description_for_who_can_not_see_it(plot, width):
    drawing = root(svg(plot, width=width))
    ids = {element.get("id"): element.text for element in drawing.iter() if element.get("id")}
    title, description = drawing.get("aria-labelledby").split()

    assert drawing.get("role") == "img"
    assert ids[title] == plot.title
    assert ids[description] == plot.spoken()


@each
@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_nothing_is_drawn_beside_the_page(plot, width):
    drawing = root(svg(plot, width=width))
    height = float(drawing.get("viewBox").split()[3])

    for box in drawing.iter(f"{SVG}rect"):
        assert float(box.get("x")) >= 0 and float(box.get("x")) + float(box.get("width")) <= width + 0.6
        assert float(box.get("y")) >= 0 and float(box.get("y")) + float(box.get("height")) <= height
    for text in drawing.iter(f"{SVG}text"):
        start = {"end": 1, "middle": 0.5}.get(text.get("text-anchor"), 0) * width_of(text.text)
        assert float(text.get("x")) - start >= -1 and float(text.get("x")) - start + width_of(text.text) <= width + 1
        assert float(text.get("y")) <= height


def test_ids_of_a_page_with_many_plots_are_never_the_same():
    html = "".join(shown(plot) for plot in PLOTS)
    ids = re.findall(r' id="([^"]+)"', html)

    assert len(ids) == len(set(ids))


@each
def test_a_page_under_our_strict_policy_draws_it(plot):
    html = shown(plot)

    assert (
        " style=" not in html and "<style" not in html and "<script" not in html and " on" not in re.sub(r">[^<]*<", "><", html)
    )


def test_what_people_wrote_is_escaped():
    for plot in (
        BarPlot(EVIL, (Bar(EVIL, 1),), note=EVIL),
        StackedPlot(EVIL, (EVIL, "b"), (StackedRow(EVIL, (1, 2)),)),
        ComparisonPlot(EVIL, (Pair(EVIL, 1, 2),), ours=EVIL),
    ):
        assert "<script" not in shown(plot)
        assert "<script" not in svg_document(plot)


# What is drawn


def boxes(drawing, paint):
    return [element for element in root(drawing).iter(f"{SVG}rect") if element.get("class") == f"plot-{paint}"]


def test_bars_are_as_long_as_their_values():
    drawing = svg(BarPlot("Co?", (Bar("a", Decimal(50), 5), Bar("b", Decimal(25), 3))), width=NARROW)

    assert [float(box.get("width")) for box in boxes(drawing, "ours")] == [160, 80]
    assert [text for text in texts(drawing) if "%" in text] == ["50% (5)", "25% (3)"]


def test_a_hidden_value_is_an_outline_and_a_word_never_a_bar():
    plot = BarPlot("Co?", (Bar("a", Decimal(50), 5), Bar("b", None, None)))

    for width in (NARROW, WIDE):
        assert len(boxes(svg(plot, width=width), "ours")) == 1
        assert "ukryte" in texts(svg(plot, width=width))
    assert plot.table().rows[1] == ("b", "ukryte", "ukryte")
    assert "b: ukryte" in plot.spoken()


def test_hidden_steps_of_a_scale_stand_in_one_piece_so_that_neither_can_be_measured():
    plot = StackedPlot("Jak?", ("źle", "tak sobie", "dobrze"), (StackedRow("", (60, None, None), whole=100),))
    drawing = svg(plot, width=WIDE)

    dashed = [element for element in root(drawing).iter(f"{SVG}rect") if element.get("stroke-dasharray")]
    assert len(dashed) == 1
    assert texts(drawing)[-2:] == ["60%", "ukryte"]


def test_steps_of_a_scale_alternate_a_pattern_and_fill_the_whole():
    plot = StackedPlot("Jak?", ("źle", "tak sobie", "dobrze"), (StackedRow("", (25, 25, 50)),))
    drawing = root(svg(plot, width=WIDE))
    row = [box for box in drawing.iter(f"{SVG}rect") if box.get("height") == str(THICK)]

    filled = [float(box.get("width")) + 2 for box in row if str(box.get("class")).startswith("plot-step")]
    assert filled == [160, 160, 320]
    assert len([box for box in row if (box.get("fill") or "").startswith("url")]) == 1


def test_more_steps_than_can_be_told_apart_are_refused():
    with pytest.raises(ValueError, match="draw bars"):
        svg(StackedPlot("Jak?", tuple("abcdef"), ()), width=WIDE)


@pytest.mark.parametrize(
    "plot",
    [
        BarPlot("Nic", ()), BarPlot("Zera", (Bar("a", 0), Bar("b", Decimal(0)))), StackedPlot("Nic", ("a", "b"), (StackedRow("r", (0, 0)),)),
        StackedPlot("Ukryte", ("a", "b"), (StackedRow("r", (None, None), whole=0),)), ComparisonPlot("Nic", (Pair("a", None, 0),)),
    ],
)  # fmt: skip
def test_a_plot_of_nothing_is_drawn_too(plot):
    assert "<svg" in shown(plot)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=80), st.integers(40, 600))
def test_a_label_of_any_letters_is_wrapped_without_losing_one(text, width):
    lines = wrapped(text, width)

    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(width_of(line) <= width or len(line) == 1 for line in lines)


def test_figures_are_written_as_in_polish():
    assert plots.figure(1234567) == "1\u00a0234\u00a0567"
    assert plots.percent_shown(Decimal("12.5")) == "12,5%"


# Colours


def paints_in(css):
    plain = re.findall(r"\.plot-([\w-]+) \{ (?:fill|stroke): var\(--([\w-]+)\); \}", css)
    mixed = re.findall(
        r"\.plot-([\w-]+) \{ (?:fill|stroke): color-mix\(in srgb, var\(--([\w-]+)\) (\d+)%, var\(--panel\)\); \}", css
    )
    return {name: (token, 100) for name, token in plain} | {name: (token, int(part)) for name, token, part in mixed}


def test_a_page_and_a_document_use_the_same_paints():
    assert paints_in(CSS) == PAINTS


def mixed(tokens, paint):
    token, part = PAINTS[paint]
    pairs = [(int(tokens[token][at : at + 2], 16), int(tokens["panel"][at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round((one * part + other * (100 - part)) / 100):02x}" for one, other in pairs)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("paint", [name for name in PAINTS if name.startswith(("step", "part"))])
def test_values_inside_a_bar_can_be_read_and_its_edge_be_seen(scheme, paint):
    tokens = colours(LIGHT) | colours(scheme)
    ink = f"on-{paint}" if f"on-{paint}" in PAINTS else "text"
    edge = tokens["muted"] if is_pale(paint) else mixed(tokens, paint)

    assert contrast(mixed(tokens, ink), mixed(tokens, paint)) >= TEXT
    assert contrast(edge, tokens["paper"]) >= SHAPE


def test_a_document_is_drawn_in_the_light_colours_as_attributes():
    drawing = svg_document(PLOTS[2])

    assert "class=" not in drawing
    assert "#0b5a6b" in drawing
    assert colour("step-2") == mixed(colours(LIGHT), "step-2")


def test_typst_draws_the_document_under_the_standards_of_our_reports(tmp_path):
    template = tmp_path / "plots.typ"
    template.write_text(
        """#let data = json(bytes(sys.inputs.data))
#set document(title: "Wykresy", date: datetime(year: 2026, month: 1, day: 1))
#set text(lang: "pl")
= Wykresy
#for one in data { image(bytes(one.svg), format: "svg", alt: one.alt) }"""
    )
    data = json.dumps([{"svg": svg_document(plot), "alt": plot.spoken()} for plot in PLOTS])

    made = typst.compile(
        str(template), sys_inputs={"data": data}, ignore_system_fonts=True, format="pdf", pdf_standards=["ua-1", "a-3a"]
    )

    assert made.startswith(b"%PDF")
