"""Folders of recorded answers, made from the small specimens; what they tell of is made up."""

import json
from collections.abc import Iterable
from pathlib import Path

from tests.specimens import OURS


def write_specimens(folder: Path) -> Path:
    """One answer of each source that reads whole."""
    for source, names in {
        "have-your-say": ("initiative.json", "search_older.json"),
        "parliament": ("list.json", "procedure.json"),
        "cellar": ("sparql.json",),
        "feed": ("rss.xml",),
    }.items():
        (folder / source).mkdir(parents=True)
        for name in names:
            content = (OURS / source.replace("-", "_") / name).read_bytes()
            (folder / source / name).write_bytes(content)
    return folder


def write_search(folder: Path, initiatives: Iterable[dict], *, total: int | None = None, last: bool = True) -> Path:
    """One page of a search of the Commission's portal."""
    rows = list(initiatives)
    page = {"content": rows, "last": last, "totalElements": len(rows) if total is None else total, "number": 0}
    target = folder / "have-your-say"
    target.mkdir(parents=True, exist_ok=True)
    (target / "search.json").write_text(json.dumps({"initiativeResultDtoPage": page}))
    return folder


def initiative(number: int, title: str, *, closes: str = "2026/12/10 23:59:59", summary: str = "") -> dict:
    """One initiative as the portal writes it."""
    return {
        "id": float(number),
        "shortTitle": title,
        "reference": f"Ares(2026){number}",
        "topics": [{"code": "HEALTH", "label": "Public health"}],
        "currentStatuses": [
            {
                "frontEndStage": "OPC_LAUNCHED",
                "receivingFeedbackStatus": "OPEN",
                "feedbackStartDate": "2026/10/01 09:00:00",
                "feedbackEndDate": closes,
                "isCurrent": True,
            }
        ],
        "initiativeTranslations": [{"field": "SUMMARY", "language": "EN", "value": summary}],
        "contactPerson": "Canary Officer",
        "contactEmail": "canary.officer@example.eu",
    }


def procedure(number: str, *, vote: str, stage: str = "RDG1") -> dict:
    """One procedure as the Parliament writes it."""
    return {
        "data": [
            {
                "id": f"eli/dl/proc/{number}",
                "type": "Process",
                "process_id": number,
                "label": f"{number.replace('-', '/')}(COD)",
                "process_type": "def/ep-procedure-types/COD",
                "current_stage": f"http://publications.europa.eu/resource/authority/procedure-phase/{stage}",
                "process_title": {"en": "Made-up procedure"},
                "was_scheduled_in": [
                    {
                        "id": "eli/dl/event/MADE-UP-1",
                        "type": "ForeseenActivity",
                        "activity_date": vote,
                        "had_activity_type": "def/ep-activities/PLENARY_VOTE",
                    }
                ],
            }
        ]
    }


def write_procedure(folder: Path, number: str, *, vote: str, stage: str = "RDG1") -> Path:
    """The detail of one procedure."""
    target = folder / "parliament"
    target.mkdir(parents=True, exist_ok=True)
    (target / f"{number}.json").write_text(json.dumps(procedure(number, vote=vote, stage=stage)))
    return folder
