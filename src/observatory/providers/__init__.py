"""One module a publisher: how to read its answers. Bytes in, records out; no network, no clock, no knowledge of us.

To add a provider: write `providers/<id>.py` with a function `read(payload, **options) -> Records`, add one line to
`PROVIDERS`, and put one specimen into `tests/specimens/<id>/`. The shared suite does the rest.
"""

from collections.abc import Callable
from importlib import import_module

from observatory.errors import NotFound
from observatory.observations.records import Records

PROVIDERS: dict[str, str] = {
    "eurostat": "Eurostat, the statistical office of the European Union",
    "oecd": "Organisation for Economic Co-operation and Development",
    "who": "World Health Organization, Global Health Observatory",
    "world_bank": "World Bank",
    "national": "National tables, read by a mapping",
    "iaea": "International Atomic Energy Agency, DIRAC",
}
"""Provider id → name. The id is also the name of the module."""


def get_reader(provider: str) -> Callable[..., Records]:
    """The `read` function of a provider's module. Raises NotFound."""
    if provider not in PROVIDERS:
        raise NotFound(f"no provider is called {provider!r}", remedy=f"Use one of {', '.join(PROVIDERS)}.")
    reader: Callable[..., Records] = import_module(f"{__name__}.{provider}").read
    return reader
