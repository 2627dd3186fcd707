"""Where a figure is walked back to its bytes: the address names the very row of the very file.

One area and period may have many figures: by programme and by survey, in hospitals and outside, as said before and as
said since. A link that names only area and period opens with another one than the reader clicked.
"""

from urllib.parse import urlencode

from observatory.observations.observation import Observation


def way_back(
    indicator: str,
    *,
    area: str,
    period: str,
    provider: str = "",
    method: str = "",
    origin: str = "",
    row: int = 0,
    release: str = "",
) -> str:
    """The address of the page; `release` where the page that links stays with one. Empty parts are left out."""
    asked = {"area": area, "period": period, "provider": provider, "method": method, "origin": origin}
    asked |= {"row": str(row) if row else "", "release": release}
    said = urlencode({name: text for name, text in asked.items() if text}, safe="/")
    return f"/indicators/{indicator}/provenance/?{said}"


def way_back_of(one: Observation, *, release: str = "") -> str:
    """The same of an observation."""
    return way_back(
        one.indicator,
        area=one.area,
        period=one.period,
        provider=one.provider,
        method=one.method,
        origin=one.origin,
        row=one.row,
        release=release,
    )
