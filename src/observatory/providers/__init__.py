"""One module a publisher: what to ask, and how to read the answer. Bytes in, records out; no network, no clock.

To add a provider: write `providers/<id>.py` with a function `read(payload, **options) -> Records`, add one line to
`PROVIDERS`, and put one specimen into `tests/specimens/<id>/`. The shared suite does the rest. A provider that answers
over the network has a function `addresses(harvest) -> list[Question]` too.

Institutions publish proceedings, not statistics. Their modules have `read(payload, status=200) -> Reading` and
`addresses(harvest) -> list[Question]`, and stand in `INSTITUTIONS`.
"""

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from types import ModuleType

from observatory.archive.question import Question
from observatory.errors import NotFound, RequestRefused
from observatory.observations.records import Records
from observatory.proceedings.records import Reading

PROVIDERS: dict[str, str] = {
    "eurostat": "Eurostat, the statistical office of the European Union",
    "oecd": "Organisation for Economic Co-operation and Development",
    "who": "World Health Organization, Global Health Observatory",
    "world_bank": "World Bank",
    "national": "National tables, read by a mapping",
    "iaea": "International Atomic Energy Agency, DIRAC",
}
"""Provider id → name. The id is also the name of the module."""

INSTITUTIONS: dict[str, str] = {
    "have-your-say": "European Commission, Have Your Say",
    "parliament": "European Parliament, Open Data API and committees' calendar",
    "cellar": "Publications Office of the European Union, CELLAR",
    "feed": "RSS and Atom feeds of institutions",
}
"""Source id → name. The module has an underscore where the id has a hyphen."""


def get_reader(provider: str) -> Callable[..., Records]:
    """The `read` function of a provider's module. Raises NotFound."""
    reader: Callable[..., Records] = _module(provider).read
    return reader


def get_proceedings_reader(source: str) -> Callable[..., Reading]:
    """The `read` function of an institution's module. Raises NotFound."""
    reader: Callable[..., Reading] = _institution(source).read
    return reader


def get_proceedings_asker(source: str) -> Callable[[Mapping[str, object]], Sequence[Question]]:
    """The `addresses` function of an institution's module: what is wanted → the questions to ask. Raises NotFound."""
    asker: Callable[[Mapping[str, object]], Sequence[Question]] = _institution(source).addresses
    return asker


def get_asker(provider: str) -> Callable[[Mapping[str, object]], Sequence[Question]]:
    """The `addresses` function of a provider's module: a dataset's `harvest` → the questions to ask.

    Raises NotFound for an unknown provider, RequestRefused for one that is not asked over the network.
    """
    asker: Callable[[Mapping[str, object]], Sequence[Question]] | None = getattr(_module(provider), "addresses", None)
    if asker is None:
        raise RequestRefused(
            f"{PROVIDERS[provider]} has no service to ask",
            remedy="Fetch the file by hand and bring it with `observatory archive`.",
        )
    return asker


def _institution(source: str) -> ModuleType:
    if source not in INSTITUTIONS:
        raise NotFound(f"no source is called {source!r}", remedy=f"Use one of {', '.join(INSTITUTIONS)}.")
    return import_module(f"{__name__}.{source.replace('-', '_')}")


def _module(provider: str) -> ModuleType:
    if provider not in PROVIDERS:
        raise NotFound(f"no provider is called {provider!r}", remedy=f"Use one of {', '.join(PROVIDERS)}.")
    return import_module(f"{__name__}.{provider}")
