"""Colours: every pair that is read together has enough contrast, in light and dark."""

import re

import pytest
from django.conf import settings

CSS = (settings.BASE_DIR / "static/css/tokens.css").read_text()
LIGHT, DARK, SUN = re.split(r"@media \(prefers-color-scheme: dark\)|:root:has\(main\.gate\)", CSS)
TEXT, SHAPE = 4.5, 3.0  # WCAG 1.4.3 and 1.4.11
GROUNDS = ["paper", "panel"]
PAIRS = [
    *[(ink, ground, TEXT) for ink in ("ink", "muted", "teal", "teal-dark", "brick", "leaf", "amber-ink") for ground in GROUNDS],
    *[("ink", tint, TEXT) for tint in ("sky", "rose", "amber", "mint", "stone")],
    *[("muted", tint, TEXT) for tint in ("stone", "sky")],
    ("on-teal", "teal", TEXT), ("on-teal", "teal-dark", TEXT), ("on-brick", "brick", TEXT), ("on-brick", "brick-dark", TEXT),
    ("on-door", "door", TEXT), ("on-door", "door-hover", TEXT), ("on-sun", "sun", TEXT),
    ("teal-dark", "sky", TEXT), ("teal", "sky", TEXT), ("leaf", "mint", TEXT), ("amber-ink", "amber", TEXT), ("brick-dark", "rose", TEXT),
    ("card-white", "card-water", TEXT), ("card-pale", "card-deep", TEXT), ("card-ink", "card-white", TEXT), ("card-deep", "card-sky", TEXT),
    ("muted", "paper", SHAPE), ("muted", "panel", SHAPE), ("teal", "paper", SHAPE),
]  # fmt: skip


def colours(css):
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", css))


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [LIGHT, DARK, LIGHT + SUN], ids=["light", "dark", "gate in the sun"])
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_what_is_read_together_has_enough_contrast(scheme, ink, ground, least):
    """L29"""
    tokens = colours(LIGHT) | colours(scheme)  # what a scheme does not name is as in the light

    assert contrast(tokens[ink], tokens[ground]) >= least


@pytest.mark.parametrize(
    ("scheme", "ink", "ground", "figure"),
    [
        (LIGHT, "ink", "paper", 15.0), (LIGHT, "muted", "paper", 6.1), (LIGHT, "teal", "paper", 7.5), (LIGHT, "on-teal", "teal", 7.8),
        (LIGHT, "brick", "paper", 6.1), (LIGHT, "leaf", "paper", 6.1), (LIGHT, "ink", "sun", 8.6),
        (DARK, "ink", "paper", 15.5), (DARK, "muted", "paper", 8.5), (DARK, "teal", "paper", 8.9), (DARK, "brick", "paper", 7.8),
        (DARK, "leaf", "paper", 8.5),
    ],
)  # fmt: skip
def test_the_town_s_colours_keep_their_measured_contrast(scheme, ink, ground, figure):
    tokens = colours(scheme)

    assert contrast(tokens[ink], tokens[ground]) >= figure - 0.55


def test_both_schemes_name_the_same_colours():
    light, dark = colours(LIGHT), colours(DARK)

    assert set(dark) - set(light) == set()


def test_colours_live_in_tokens_alone():
    stray = {
        path.name: found
        for path in (settings.BASE_DIR / "static/css").glob("*.css")
        if path.name != "tokens.css" and (found := re.findall(r"#[0-9a-fA-F]{6}\b", path.read_text()))
    }

    assert stray == {}
