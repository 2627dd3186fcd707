"""Loads `catalogue/` and refuses what does not fit together, naming the file and the field."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol, TypeVar

import msgspec
import yaml

from observatory.catalogue.model import (
    Catalogue,
    Collection,
    Dataset,
    Indicator,
    Licence,
    Listing,
    Note,
    Observed,
)
from observatory.codelists.areas import areas, groups
from observatory.codelists.breakdowns import Sector, Setting, Sex
from observatory.codelists.flags import Flag
from observatory.codelists.units import FACTORS, UNITS
from observatory.errors import NotFound, SourceChanged


class Named(Protocol):
    """A value that says its own id."""

    @property
    def id(self) -> str:
        """The name of its file, without the ending."""


Item = TypeVar("Item", bound=Named)
Value = TypeVar("Value")

MANUAL = "See the field docstrings in observatory/catalogue/model.py."


def read_catalogue(root: Path) -> Catalogue:
    """The catalogue under `root`. Raises SourceChanged for a file that does not fit its class or its neighbours."""
    catalogue = Catalogue(
        indicators=read_folder(root / "indicators", Indicator),
        datasets=read_folder(root / "datasets", Dataset),
        listings=read_folder(root / "sources", Listing),
        collections=read_folder(root / "collections", Collection),
        licences={licence.id: licence for licence in read_yaml(root / "licences.yaml", list[Licence])},
        notes=tuple(read_yaml(root / "notes.yaml", list[Note])),
    )
    for file, problem in _misfits(catalogue):
        raise SourceChanged(problem, file=f"catalogue/{file}", remedy="Correct the id, or add what it names.")
    return catalogue


class _Loader(yaml.CSafeLoader):
    """Plain YAML that refuses a key written twice; YAML itself forgets the first without a word."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002
        """A mapping whose keys all differ. Raises ConstructorError for one that stands twice."""
        keys = [key.value for key, _ in node.value]
        for at, key in enumerate(keys):
            if key in keys[:at]:
                raise yaml.constructor.ConstructorError(None, None, f"the key {key} stands twice", node.start_mark)
        return super().construct_mapping(node, deep)


def read_yaml(path: Path, kind: type[Value], *, manual: str = MANUAL) -> Value:
    """The value of class `kind` that a file of the catalogue holds; `manual` says where its fields are explained.

    Raises SourceChanged for a file that is no YAML, does not fit the class, or has a field nobody reads; NotFound for
    one that cannot be opened.
    """
    try:
        content: Any = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 (a SafeLoader)
        value = msgspec.convert(content, type=kind, strict=False)
    except (yaml.YAMLError, msgspec.ValidationError, UnicodeDecodeError) as error:
        raise SourceChanged(
            "the file does not fit its class",
            file=str(path),
            found=str(error),
            remedy=manual,
        ) from error
    except OSError as error:
        raise NotFound(
            "the file cannot be read", file=str(path), found=error.strerror or "", remedy="Put it in its place."
        ) from error
    for name in _unknown_fields(content, msgspec.to_builtins(value)):
        raise SourceChanged(
            "the file has a field nobody reads",
            file=str(path),
            place=name,
            found=name.rpartition(".")[2],
            remedy=manual,
        )
    return value


def read_folder(folder: Path, kind: type[Item], *, manual: str = MANUAL) -> dict[str, Item]:
    """Id → the value of each YAML file in `folder`. Raises SourceChanged, also for an id unlike its name."""
    found: dict[str, Item] = {}
    for path in sorted(folder.glob("*.yaml")):
        item = read_yaml(path, kind, manual=manual)
        if item.id != path.stem:
            raise SourceChanged(
                "the id is not the name of the file",
                file=str(path),
                expected=path.stem,
                found=item.id,
                remedy="Rename the file or the id.",
            )
        found[item.id] = item
    return found


def _unknown_fields(content: Any, known: Any, path: str = "$") -> Iterator[str]:
    """Paths of fields that stand in a file and not in the value made of it: misspelt, and silently without effect."""
    if isinstance(content, dict) and isinstance(known, dict):
        for name, part in content.items():
            if name in known:
                yield from _unknown_fields(part, known[name], f"{path}.{name}")
            else:
                yield f"{path}.{name}"
    elif isinstance(content, list) and isinstance(known, list):
        for number, (part, its) in enumerate(zip(content, known, strict=True)):
            yield from _unknown_fields(part, its, f"{path}[{number}]")


def _misfits(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """(file, problem) for each id that names nothing."""
    for indicator in catalogue.indicators.values():
        file = f"indicators/{indicator.id}.yaml"
        units = (
            {indicator.unit}
            | {o.unit for o in indicator.observed}
            | {o.convert_to for o in indicator.observed if o.convert_to}
        )
        yield from ((file, f"no unit is called {unit!r}") for unit in units - UNITS.keys())
        yield from (
            (file, f"no factor turns {o.unit} into {o.convert_to}")
            for o in indicator.observed
            if o.convert_to and (o.unit, o.convert_to) not in FACTORS
        )
        yield from _missing(file, "dataset", (o.dataset for o in indicator.observed), catalogue.datasets)
        for binding in indicator.observed:
            yield from ((file, problem) for problem in _unknown_codes(binding))
        named = [*indicator.related, *(x for d in indicator.derived for x in (d.numerator, d.denominator))]
        yield from _missing(file, "indicator", named, catalogue.indicators)
    for dataset in catalogue.datasets.values():
        file = f"datasets/{dataset.id}.yaml"
        yield from _missing(file, "licence", [dataset.licence], catalogue.licences)
        yield from _missing(file, "dataset", dataset.supersedes, catalogue.datasets)
    for listing in catalogue.listings.values():
        file = f"sources/{listing.id}.yaml"
        yield from _missing(file, "dataset", listing.datasets, catalogue.datasets)
        yield from _missing(file, "licence", filter(None, [listing.licence]), catalogue.licences)
    for collection in catalogue.collections.values():
        file = f"collections/{collection.id}.yaml"
        for entry in collection.entries:
            yield from _missing(file, "indicator", filter(None, [entry.indicator]), catalogue.indicators)
            yield from _missing(file, "source", filter(None, [entry.listing]), catalogue.listings)
            yield from _missing(file, "group", filter(None, [entry.areas]), groups())
    for note in catalogue.notes:
        yield from _missing("notes.yaml", "indicator", note.indicators, catalogue.indicators)
        yield from _missing("notes.yaml", "area", [note.area], areas())


def _unknown_codes(binding: Observed) -> Iterator[str]:
    """What is wrong with the fixed codes of one binding; those that a file holds are judged when it is read."""
    lists = (
        ("setting", binding.setting, list(Setting)),
        ("sector", binding.sector, [*Sector, "comment"]),
        ("sex", binding.sex, list(Sex)),
    )
    for name, said, codes in lists:
        if not said.startswith("DIMENSION:") and said not in codes:
            yield f"no {name} is called {said!r}; there are {', '.join(codes)}"
    yield from (f"no flag is called {flag!r}" for flag in binding.flags if flag not in list(Flag))
    if binding.area_id and binding.area_id not in areas():
        yield f"no area has the id {binding.area_id!r}"
    if bool(binding.area) == bool(binding.area_id):
        yield "a binding names either the dimension of areas or the one area"


def _missing(file: str, what: str, ids: Any, known: Any) -> Iterator[tuple[str, str]]:
    yield from ((file, f"no {what} is called {name!r}") for name in ids if name not in known)
