"""What stands above a value axis."""

from observatory.codelists.units import get_unit
from observatory.publishing.charts.lettering import shorten
from observatory.publishing.figures.figure import Figure


def axis_title(figure: Figure, *, width: float) -> str:
    """The unit in words; the title where the unit is a plain number."""
    name = get_unit(figure.unit).name if figure.unit != "number" else figure.title
    return shorten(name[:1].upper() + name[1:], width=width, size=12)
