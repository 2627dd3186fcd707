"""`observatory read`: what a provider's file says, one record a line."""

import inspect
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer
import yaml

from observatory.catalogue.reading import read_catalogue
from observatory.errors import NotFound, ObservatoryError, SourceChanged
from observatory.formats.records.record_lines import Form, record_lines
from observatory.observations.payload import Payload
from observatory.providers import get_reader

STANDARD_INPUT = Path("-")


def read(
    provider: Annotated[str, typer.Argument(help="Who publishes the file: eurostat, oecd, who …")],
    file: Annotated[Path, typer.Argument(help="The file as it was downloaded; - for standard input.")],
    *,
    form: Annotated[Form, typer.Option("--format", help="How to write records.")] = Form.CSV,
    output: Annotated[Path | None, typer.Option(help="File to write, whole or not at all; else the terminal.")] = None,
    page: Annotated[list[Path] | None, typer.Option(help="A further page of the same answer; in order.")] = None,
    mapping: Annotated[Path | None, typer.Option(help="For a national table: the YAML that maps it.")] = None,
    option: Annotated[
        list[str] | None, typer.Option(metavar="NAME=VALUE", help="What else the reader should know, as period=2021.")
    ] = None,
    catalogue: Annotated[Path, typer.Option(help="Folder whose mappings are tried on a national table.")] = Path(
        "catalogue"
    ),
) -> None:
    """Read a provider's file, known to the catalogue or not, and write one record a line."""
    reader = get_reader(provider)
    known = inspect.signature(reader).parameters
    options: dict[str, object] = dict(_parted(text) for text in option or [])
    offered = [name for name, parameter in known.items() if isinstance(parameter.default, str)]
    for name in options:
        if name not in offered:
            raise NotFound(f"the reader of {provider} has no option {name!r}", suggestions=offered)
    if page:
        options["pages"] = [_payload(path) for path in page]
    if mapping is not None:
        options["mapping"] = _read_mapping(mapping)
    elif "mappings" in known:
        options["mappings"] = _list_mappings(catalogue)
    for name in options:
        if name not in known:
            raise NotFound(f"the reader of {provider} takes no {name}", remedy="Leave the option out.")
    records = reader(_payload(file), **options)
    if records.missing:
        print(f"The answer is not whole: without {records.missing}.", file=sys.stderr)
    lines = record_lines(records, form=form)
    if output is None:
        _print(lines)
    else:
        _write(lines, output)


def _payload(path: Path) -> Payload:
    if path == STANDARD_INPUT:
        return Payload(name="standard input", content=sys.stdin.buffer.read())
    try:
        return Payload(name=path.name, content=path.read_bytes())
    except OSError as error:
        raise NotFound(
            "the file cannot be read",
            file=str(path),
            found=error.strerror or str(error),
            remedy="Name a file that is there and that you may read.",
        ) from error


def _parted(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name:
        raise NotFound(
            f"{text!r} is no option", expected="NAME=VALUE", remedy="Write for example --option period=2021."
        )
    return name, value


def _read_mapping(path: Path) -> object:
    """The mapping in a file of its own, or under `mapping` in a dataset's file."""
    try:
        content = yaml.safe_load(_payload(path).content)
    except (yaml.YAMLError, RecursionError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        raise SourceChanged(
            "the mapping is no YAML",
            file=str(path),
            place=f"line {mark.line + 1}, column {mark.column + 1}" if mark else "line 1",
            found=str(error),
            remedy="Correct it; docs/how-to/add-a-national-table.md shows one.",
        ) from error
    return content["mapping"] if isinstance(content, dict) and "mapping" in content else content


def _list_mappings(catalogue: Path) -> list[object]:
    if not catalogue.is_dir():
        return []
    return [dataset.mapping for dataset in read_catalogue(catalogue).datasets.values() if dataset.mapping]


def _print(lines: Iterable[bytes]) -> None:
    try:
        for part in lines:
            sys.stdout.buffer.write(part)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # Whoever read us has seen enough; the interpreter must not complain about it at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _write(lines: Iterable[bytes], path: Path) -> None:
    """Write aside, then move into place: whoever opens `path` finds all of it or what was there before."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with aside.open("xb") as stream:
            stream.writelines(lines)
            stream.flush()
            os.fsync(stream.fileno())
        aside.replace(path)
    except OSError as error:
        raise ObservatoryError(
            "the output cannot be written",
            file=str(path),
            found=error.strerror or "",
            remedy="Make room, or name a folder you may write to.",
        ) from error
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
