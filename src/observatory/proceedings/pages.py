"""Pages of one answer as one reading: lists shift while they are read, so each record is kept once."""

from collections.abc import Sequence

from observatory.proceedings.procedure_number import parse_procedure
from observatory.proceedings.records import Act, Procedure, Reading, Record


def join_pages(pages: Sequence[Reading]) -> Reading:
    """The records of all pages, each once, as first read; the total is the smallest that a page still claims."""
    found: dict[tuple[str, str], Record] = {}
    for page in pages:
        for record in page.records:
            found.setdefault(identity(record), record)
    repeats = sum(len(page.records) for page in pages) - len(found)
    remarks = [remark for page in pages for remark in page.remarks]
    remarks += [f"{repeats} came on two pages and are told once"] if repeats else []
    return Reading(
        records=tuple(found.values()),
        total=min((page.total for page in pages if page.total is not None), default=None),
        is_last=pages[-1].is_last if pages else None,
        remarks=tuple(dict.fromkeys(remarks)),
    )


def identity(record: Record) -> tuple[str, str]:
    """What names a record through all answers: its kind and its number. A procedure keeps it when its type changes."""
    kind = type(record).__name__.lower()
    if isinstance(record, Procedure):
        return kind, parse_procedure(record.procedure).parliament_id
    return kind, record.celex if isinstance(record, Act) else str(record.id)
