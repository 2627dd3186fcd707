"""The ground of the maps: where it comes from, that borders are shared, and that it can be computed again."""

import hashlib
import json
import re
from importlib.resources import files
from itertools import pairwise

import pytest

from observatory.errors import SourceChanged
from observatory.publishing.charts.geometry.build import build, main
from observatory.publishing.charts.geometry.clipping import Frame, clip_ring
from observatory.publishing.charts.geometry.projections import equal_earth, lambert_azimuthal
from observatory.publishing.charts.geometry.simplification import ring_area, ring_centre, simplify
from observatory.publishing.charts.geometry.topology import read_topology
from observatory.publishing.charts.geometry.views import load_view
from tests.specimens import real_specimen

SOURCE = "geometry/world-atlas_countries-50m.json"


def vertices(path: str) -> set[tuple[int, int]]:
    """The corners of a path of one absolute move and relative lines a ring."""
    found = set()
    for ring in path.split("z")[:-1]:
        start, _, rest = ring[1:].partition("l")
        x, y = (int(number) for number in start.split())
        found.add((x, y))
        steps = [int(number) for number in re.findall(r"-?\d+", rest)]
        for dx, dy in zip(steps[::2], steps[1::2], strict=True):
            x, y = x + dx, y + dy
            found.add((x, y))
    return found


def committed_origin() -> object:
    """Where the committed geometry comes from: producer, edition, licence, SHA-256 of source and result, steps."""
    return json.loads((files("observatory.publishing.charts.geometry") / "origin.json").read_text(encoding="utf-8"))


def test_the_committed_geometry_is_the_one_its_origin_record_describes() -> None:
    text = (files("observatory.publishing.charts.geometry") / "views.json").read_bytes()
    origin = committed_origin()
    assert hashlib.sha256(text).hexdigest() == origin["result_sha256"]
    assert origin["licence"] == "public domain"
    assert len(text) < 250_000


@pytest.mark.specimens
def test_the_geometry_can_be_computed_again_from_its_source() -> None:
    source = real_specimen(SOURCE).read_bytes()
    views, origin = build(source)
    assert views == (files("observatory.publishing.charts.geometry") / "views.json").read_text(encoding="utf-8")
    assert json.loads(origin) == committed_origin()


@pytest.mark.specimens
def test_crimea_is_drawn_with_ukraine_and_leaves_no_border_behind() -> None:
    topology = read_topology(real_specimen(SOURCE).read_bytes(), seam=-169.0)
    used = [abs(n) if n >= 0 else ~n for polygon in topology.polygons["UKR"] for ring in polygon for n in ring]
    assert len(used) == len(set(used))
    russian = {n if n >= 0 else ~n for polygon in topology.polygons["RUS"] for ring in polygon for n in ring}
    assert 282 not in russian | set(used)


@pytest.mark.parametrize(
    ("one", "other"), [("FRA", "DEU"), ("ESP", "PRT"), ("NOR", "SWE"), ("UKR", "RUS"), ("SRB", "XKX"), ("CHE", "AUT")]
)
def test_neighbours_are_drawn_from_the_same_points(one: str, other: str) -> None:
    shapes = load_view("europe").shapes
    assert len(vertices(shapes[one].path) & vertices(shapes[other].path)) >= 4


def test_nothing_is_drawn_outside_its_frame_and_overseas_land_does_not_stretch_it() -> None:
    for name in ("europe", "world"):
        view = load_view(name)
        for shape in view.shapes.values():
            assert all(0 <= x <= view.width and 0 <= y <= view.height for x, y in vertices(shape.path))


def test_small_states_have_a_place_in_both_views() -> None:
    for area in ("AND", "LIE", "LUX", "MLT", "MCO", "SMR", "VAT", "CYP"):
        assert area in load_view("europe").shapes
        assert area in load_view("world").shapes
    assert {"SGP", "KIR", "WSM", "TON", "MDV", "BRB"} <= set(load_view("world").shapes)


def test_land_without_a_code_is_drawn_without_one() -> None:
    assert load_view("europe").land
    assert "" not in load_view("europe").shapes


def test_both_projections_keep_areas() -> None:
    def area_of_square(project, east: float, north: float) -> float:
        corners = [(east, north), (east + 1, north), (east + 1, north + 1), (east, north + 1), (east, north)]
        return ring_area([project(corner) for corner in corners])

    for project in (lambert_azimuthal, equal_earth):
        assert area_of_square(project, 10, 50) == pytest.approx(area_of_square(project, 30, 50), rel=0.01)


def test_simplifying_keeps_ends_and_drops_what_does_not_matter() -> None:
    line = [(0.0, 0.0), (1.0, 0.01), (2.0, 0.0), (3.0, 5.0), (4.0, 0.0)]
    assert simplify(line, smallest_triangle=0.1) == [(0.0, 0.0), (2.0, 0.0), (3.0, 5.0), (4.0, 0.0)]
    ring = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)]
    assert len(simplify(ring, smallest_triangle=99.0)) == 4


def test_clipping_closes_rings_and_centres_lie_inside() -> None:
    ring = [(-5.0, -5.0), (5.0, -5.0), (5.0, 5.0), (-5.0, 5.0), (-5.0, -5.0)]
    clipped = clip_ring(ring, frame=Frame(west=0, east=10, south=-1, north=1))
    assert clipped[0] == clipped[-1]
    assert ring_area(clipped) == pytest.approx(10.0)
    assert ring_centre(clipped) == pytest.approx((2.5, 0.0))
    assert clip_ring(ring, frame=Frame(west=50, east=60, south=-1, north=1)) == []


def test_a_source_that_is_no_topology_is_refused() -> None:
    for content in (b"", b"<html>", b"{}", b'{"transform": 1}'):
        with pytest.raises(SourceChanged):
            read_topology(content, seam=-169.0)


def test_the_program_explains_itself_without_an_argument(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "usage" in capsys.readouterr().err


def test_paths_have_no_empty_steps() -> None:
    for shape in load_view("europe").shapes.values():
        for ring in shape.path.split("z")[:-1]:
            steps = [int(number) for number in re.findall(r"-?\d+", ring.partition("l")[2])]
            assert all((dx, dy) != (0, 0) for dx, dy in zip(steps[::2], steps[1::2], strict=True))
    assert list(pairwise([1, 2])) == [(1, 2)]
