"""The palette, computed: contrast, greyscale, and the eyes of colour-blind readers."""

from itertools import combinations, pairwise
from math import dist

import pytest

from observatory.publishing.charts.colours import LINE_COLOURS, STEPS, TOKENS, Theme

THEMES: list[Theme] = ["light", "dark"]
BLINDNESS = {
    # Machado, Oliveira and Fernandes (2009), severity 1.
    "none": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def linear(colour: str) -> list[float]:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def lightness(colour: str) -> float:
    return 116 * luminance(colour) ** (1 / 3) - 16


def seen(colour: str, kind: str) -> tuple[float, float, float]:
    """A colour in Oklab, times 100, as an eye of this kind sees it."""
    r, g, b = (max(0.0, sum(k * v for k, v in zip(row, linear(colour), strict=True))) for row in BLINDNESS[kind])
    l_, m, s = (
        (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3),
        (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3),
        (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3),
    )
    return (
        100 * (0.2104542553 * l_ + 0.7936177850 * m - 0.0040720468 * s),
        100 * (1.9779984951 * l_ - 2.4285922050 * m + 0.4505937099 * s),
        100 * (0.0259040371 * l_ + 0.7827717662 * m - 0.8086757660 * s),
    )


@pytest.mark.parametrize("theme", THEMES)
def test_text_has_the_contrast_of_level_aa(theme: Theme) -> None:
    tokens = TOKENS[theme]
    for name in ("ink", "muted", *(f"t{n}" for n in range(1, LINE_COLOURS + 1))):
        assert contrast(tokens[name], tokens["paper"]) >= 4.5, name


@pytest.mark.parametrize("theme", THEMES)
def test_lines_bars_and_focus_have_three_to_one(theme: Theme) -> None:
    tokens = TOKENS[theme]
    for name in ("axis", "ghost", "bar", "focus", *(f"s{n}" for n in range(1, LINE_COLOURS + 1))):
        assert contrast(tokens[name], tokens["paper"]) >= 3, name


@pytest.mark.parametrize("theme", THEMES)
def test_any_two_line_colours_differ_in_greyscale(theme: Theme) -> None:
    greys = [lightness(TOKENS[theme][f"s{n}"]) for n in range(1, LINE_COLOURS + 1)]
    assert min(abs(a - b) for a, b in combinations(greys, 2)) >= 4.5


@pytest.mark.parametrize("kind", BLINDNESS)
@pytest.mark.parametrize("theme", THEMES)
def test_any_two_line_colours_differ_for_every_eye(theme: Theme, kind: str) -> None:
    colours = [seen(TOKENS[theme][f"s{n}"], kind) for n in range(1, LINE_COLOURS + 1)]
    assert min(dist(a, b) for a, b in combinations(colours, 2)) >= 6


@pytest.mark.parametrize("theme", THEMES)
def test_the_steps_of_a_map_grow_evenly_in_greyscale(theme: Theme) -> None:
    steps = [lightness(TOKENS[theme][f"q{n}"]) for n in range(STEPS + 1)]
    signs = {later > earlier for earlier, later in pairwise(steps)}
    assert len(signs) == 1
    assert min(abs(later - earlier) for earlier, later in pairwise(steps[1:])) >= 9


@pytest.mark.parametrize("theme", THEMES)
def test_blank_ground_is_further_from_every_step_than_from_the_paper(theme: Theme) -> None:
    tokens = TOKENS[theme]
    blank = lightness(tokens["blank"])
    assert abs(blank - lightness(tokens["q1"])) > abs(blank - lightness(tokens["paper"]))
    assert contrast(tokens["coast"], tokens["paper"]) > 1.9


def test_both_themes_have_the_same_tokens() -> None:
    assert TOKENS["light"].keys() == TOKENS["dark"].keys()
