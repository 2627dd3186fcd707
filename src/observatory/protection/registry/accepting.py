"""A bundle arrives: who sent it, was it altered, was it here before, and which of its records may be counted.

Nothing is lost and nothing is counted twice: each record is accepted, known already, or set aside with the reason.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec
import polars as pl

from observatory.errors import NotFound, RequestRefused
from observatory.protection.registry.bundle import Opened, open_bundle, read_head
from observatory.protection.registry.holdings import Holdings
from observatory.protection.registry.keys import public_signing_key, read_opening_key
from observatory.protection.registry.leaving import DoseRecord
from observatory.protection.registry.plausibility import QUANTITY_OF, implausibilities, suspected_unit_errors


@dataclass(frozen=True, kw_only=True, slots=True)
class Acceptance:
    """What became of a bundle."""

    bundle: str
    """Id of the bundle."""
    facility: str
    """Who sent it."""
    accepted: int
    """Records that count from now on."""
    known: int
    """Records that were here already, with the same values."""
    set_aside: int
    """Records that wait for a person."""
    reasons: dict[str, int]
    """Reason → number of records set aside for it."""


def accept_bundle(bundle: bytes, *, file: str, registry: Path, keys: Path, today: date) -> Acceptance:
    """Take a bundle into the registry in the folder `registry`, opened with the key in the folder `keys`.

    Raises NotFound for a facility that is not registered, SourceChanged for a bundle that was altered, signed by
    another, closed for another registry or of another schema, RequestRefused for one that was accepted before.
    """
    holdings = Holdings(root=registry)
    head = read_head(bundle, file=file)
    facilities = holdings.facilities()
    if head.facility not in facilities:
        raise NotFound(
            "the bundle names a facility that is not registered",
            file=file,
            suggestions=[name for name in facilities if name[:3] == head.facility[:3]][:3],
            remedy="Register the facility with its public key first.",
        )
    signed_by = public_signing_key(facilities[head.facility].public_key)
    opened = open_bundle(bundle, file=file, signed_by=signed_by, opening=read_opening_key(keys))
    with holdings.locked():
        return _taken(opened, file=file, holdings=holdings, today=today)


def _taken(opened: Opened, *, file: str, holdings: Holdings, today: date) -> Acceptance:
    before = next((entry for entry in holdings.ledger() if entry["bundle"] == opened.id), None)
    if before is not None:
        raise RequestRefused(
            "this bundle was accepted before; its records are counted",
            file=file,
            found=f"accepted on {before['accepted_on']}",
            remedy="Nothing needs to be done.",
        )
    held = holdings.records()
    accepted, known, waiting = _sorted(opened.content.records, facility=opened.content.facility, held=held)
    holdings.store(accepted, facility=opened.content.facility, bundle=opened.id)
    holdings.set_aside(waiting, bundle=opened.id)
    outcome = Acceptance(
        bundle=opened.id,
        facility=opened.content.facility,
        accepted=len(accepted),
        known=known,
        set_aside=len(waiting),
        reasons=_counted(waiting),
    )
    holdings.enter(
        {
            "bundle": opened.id,
            "facility": opened.content.facility,
            "accepted_on": today.isoformat(),
            "accepted": outcome.accepted,
            "known": known,
            "set_aside": outcome.set_aside,
            "reasons": outcome.reasons,
            "phantom_tests": opened.content.phantom_tests,
            "unmapped": opened.content.unmapped,
            "unidentified": opened.content.unidentified,
        }
    )
    return outcome


def _sorted(
    records: list[DoseRecord], *, facility: str, held: pl.DataFrame
) -> tuple[list[DoseRecord], int, list[dict[str, object]]]:
    """(accepted, how many were known, set aside with their reasons)."""
    suspected = suspected_unit_errors(records, peers=_peers(held, facility=facility))
    before = _fingerprints(held.filter(pl.col("facility") == facility))
    accepted: list[DoseRecord] = []
    waiting: list[dict[str, object]] = []
    known = 0
    for record in records:
        reasons = implausibilities(record)
        reasons += [
            f"{name} of {kind} is a factor of about 10^{power} off the other facilities: suspected unit"
            for (kind, name), power in suspected.items()
            if record.examination == kind and getattr(record, name) is not None
        ]
        earlier = before.get(record.key)
        if earlier == _fingerprint(record):
            known += 1
            continue
        if earlier is not None:
            reasons.append("the same examination came before with other values")
        if reasons:
            waiting.append({"reasons": reasons, "record": msgspec.to_builtins(record)})
            continue
        before[record.key] = _fingerprint(record)
        accepted.append(record)
    return accepted, known, waiting


def _fingerprint(record: DoseRecord) -> tuple[object, ...]:
    return (record.examination, record.events, *(getattr(record, name) for name in QUANTITY_OF))


def _fingerprints(held: pl.DataFrame) -> dict[str, tuple[object, ...]]:
    columns = held.select("key", "examination", "events", *QUANTITY_OF)
    return {key: tuple(rest) for key, *rest in columns.iter_rows()}


def _peers(held: pl.DataFrame, *, facility: str) -> dict[tuple[str, str], list[float]]:
    """(kind of examination, field) → medians of the other facilities."""
    others = held.filter(pl.col("facility") != facility)
    peers: dict[tuple[str, str], list[float]] = {}
    medians = others.group_by("facility", "examination").agg(pl.col(name).median() for name in QUANTITY_OF)
    for row in medians.iter_rows(named=True):
        for name in QUANTITY_OF:
            if row[name]:
                peers.setdefault((row["examination"], name), []).append(row[name])
    return peers


def _counted(waiting: list[dict[str, object]]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for entry in waiting:
        reasons = entry["reasons"]
        for reason in reasons if isinstance(reasons, list) else ():
            counts[reason] = counts.get(reason, 0) + 1
    return dict(sorted(counts.items()))
