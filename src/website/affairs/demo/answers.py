"""Made-up answers in the true formats, written to files and read like any others. Every title says "Synthetic"."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

_TITLES = (
    ("quality of radiology services for breast cancer screening", 21, "Amends 32022H1213(01)."),
    ("medical imaging in the European Health Data Space", 35, "Implements Regulation (EU) 2025/327."),
    ("diagnostic reference levels in interventional radiology", 60, "Doses of ionising radiation."),
    ("rules for software in medical devices", 14, "Classification under Regulation (EU) 2017/745."),
    ("supply of critical medicines, beside 2025/0102(COD)", 40, "Shortages of medicines."),
    ("irradiated food and its labelling", 30, "Irradiation of herbs and spices."),
    ("fishing quotas in the Baltic Sea", 28, "Cod and herring."),
)
"""Title, days until the deadline, and what the summary says."""


def write_answers(folder: Path, *, today: date) -> Path:
    """Answers of three sources, with deadlines some weeks after `today`."""
    _write(folder / "have-your-say" / "search.json", _search(today))
    _write(folder / "parliament" / "2099-0001.json", _procedure(today))
    (folder / "feed").mkdir(parents=True, exist_ok=True)
    (folder / "feed" / "news.xml").write_text(_news(today), encoding="utf-8")
    return folder


def _write(path: Path, document: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document), encoding="utf-8")


def _search(today: date) -> dict[str, Any]:
    rows = list(_initiatives(today))
    return {"initiativeResultDtoPage": {"content": rows, "last": True, "totalElements": len(rows), "number": 0}}


def _initiatives(today: date) -> Iterator[dict[str, Any]]:
    for at, (title, days, summary) in enumerate(_TITLES, start=1):
        closes = today + timedelta(days=days)
        yield {
            "id": 990_000.0 + at,
            "shortTitle": f"Synthetic: {title}",
            "reference": f"Synthetic({today.year}){at}",
            "topics": [{"code": "HEALTH" if at < 6 else "AGRI", "label": ""}],
            "currentStatuses": [
                {
                    "frontEndStage": "OPC_LAUNCHED",
                    "receivingFeedbackStatus": "OPEN",
                    "feedbackStartDate": f"{today - timedelta(days=20):%Y/%m/%d} 09:00:00",
                    "feedbackEndDate": f"{closes:%Y/%m/%d} 23:59:59",
                    "isCurrent": True,
                }
            ],
            "initiativeTranslations": [{"field": "SUMMARY", "language": "EN", "value": f"Made up. {summary}"}],
        }


def _procedure(today: date) -> dict[str, Any]:
    return {
        "data": [
            {
                "id": "eli/dl/proc/2099-0001",
                "type": "Process",
                "process_id": "2099-0001",
                "label": "2099/0001(COD)",
                "process_type": "def/ep-procedure-types/COD",
                "current_stage": "http://publications.europa.eu/resource/authority/procedure-phase/RDG1",
                "process_title": {"en": "Synthetic: protection of patients in medical imaging"},
                "was_scheduled_in": [
                    {
                        "id": "eli/dl/event/SYNTHETIC-1",
                        "type": "ForeseenActivity",
                        "activity_date": f"{today + timedelta(days=50)}",
                        "had_activity_type": "def/ep-activities/PLENARY_VOTE",
                    }
                ],
            }
        ]
    }


def _news(today: date) -> str:
    return f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel>
<title>Synthetic news</title><link>https://example.org/</link><description>Made up</description>
<item><title>Synthetic: a call on medical isotopes opens</title><link>https://example.org/news/1</link>
<guid>synthetic-1</guid><pubDate>{today:%a, %d %b %Y} 09:00:00 +0000</pubDate>
<description>Made up. Supply of radioisotopes for nuclear medicine.</description></item>
</channel></rss>"""
