"""One sentence that reads a figure aloud: what it is now, how it changed, who stands where, what must be known with it.

It stands above every chart and inside every image of one, so it reads what that chart shows: over time, the latest
figure of each chosen area; in a ranking or on a map, the figures of the one year that is drawn.
"""

from typing import Literal

from observatory.publishing.figures.figure import Figure
from observatory.publishing.figures.wording import lower_first
from observatory.publishing.sentences.clauses import held_text, joined
from observatory.publishing.sentences.of_a_year import read_year
from observatory.publishing.sentences.over_time import read_time

ViewName = Literal["time", "ranking", "map"]
"""What is read: figures over time, or those of one year."""


def reading_sentence(figure: Figure, *, view: ViewName = "time") -> str:
    """One sentence that reads the figure as `view` shows it: the chosen areas, or the spread where none is chosen."""
    if figure.year is None:
        return f"There is no figure to show for {lower_first(figure.heading)}."
    over_time = view == "time" and any(series.points for series in figure.series)
    text = read_time(figure) if over_time else read_year(figure)
    told = (text, figure.untold) if figure.series else (figure.untold, text)
    text = joined(*told, held_text(figure), figure.further_years)
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?")) else f"{text}."
