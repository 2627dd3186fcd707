"""The theme keeps its promises: light, legible, and nothing from elsewhere."""

import re
from pathlib import Path

import pytest

import website.theme
from website.theme.inline import first_script, stylesheet

STATIC = Path(website.theme.__file__).parent / "static" / "theme"
TOKENS = dict(
    re.findall(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}, #[0-9a-f]{6})\)", (STATIC / "css" / "tokens.css").read_text())
)


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("place", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "wash", "accent-wash", "caution-wash"])
@pytest.mark.parametrize("ink", ["ink", "muted", "accent", "caution"])
def test_every_text_can_be_read_on_every_ground(ink: str, ground: str, place: int) -> None:
    pair = [TOKENS[name].split(", ")[place] for name in (ink, ground)]
    assert contrast(*pair) >= 4.5


@pytest.mark.parametrize("place", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("edge", ["edge", "focus"])
def test_every_edge_of_a_control_can_be_seen(edge: str, place: int) -> None:
    pair = [TOKENS[name].split(", ")[place] for name in (edge, "paper")]
    assert contrast(*pair) >= 3


@pytest.mark.parametrize("place", [0, 1], ids=["light", "dark"])
def test_a_button_can_be_read(place: int) -> None:
    assert contrast(*(TOKENS[name].split(", ")[place] for name in ("on-accent", "accent"))) >= 4.5


def test_the_script_is_a_few_kilobytes() -> None:
    assert (STATIC / "observatory.js").stat().st_size <= 7000
    assert len(first_script()) < 300


def test_the_style_loads_nothing() -> None:
    assert "url(" not in stylesheet()
    assert "@import" not in stylesheet()
    assert "</" not in stylesheet()
