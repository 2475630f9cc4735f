"""`{% load plots %}{% plot plot=plot %}`: the drawing, for a phone and for a wide screen, and the table behind it."""

from django import template

from ui import drawing, plots

register = template.Library()


@register.inclusion_tag("components/plot.html")
def plot(*, plot, heading=3, is_open=False, name=""):
    """A `ui.plots` plot with its title and table. `is_open`: the table is unfolded. `name`: its ids, if it stands twice on a page.

    The page links static/css/plots.css.
    """
    table = plot.table()
    ids = (f"{name}-narrow", f"{name}-wide") if name else ("", "")
    return {
        "plot": plot,
        "heading": heading,
        "is_open": is_open,
        "narrow": plots.svg(plot, width=drawing.NARROW, name=ids[0]),
        "wide": plots.svg(plot, width=drawing.WIDE, name=ids[1]),
        "table": table,
        "rows": [list(zip(table.header, row, strict=True)) for row in table.rows],
    }
