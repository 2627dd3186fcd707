"""The affairs desk of the website at the size of a busy society: a sweep of 5 000 items, a dossier among 500, a digest.

It fills a database of its own below var/bench, so that nothing of an installation is touched.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

ITEMS, DOSSIERS, EVENTS, WATCHERS = 5_000, 500, 20_000, 1_000
_WORDS = ("radiology", "fisheries", "medical devices", "transport", "cancer screening", "state aid", "nuclear safety")


def measure_desk(folder: Path) -> dict[str, float]:
    """Seconds for the sweep, the sweep again and the digests; milliseconds for the pages. In a process of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    environment = os.environ | {"OBSERVATORY_VAR": str(folder), "DATABASE_URL": f"sqlite:///{folder / 'desk.sqlite3'}"}
    environment |= {"DJANGO_SETTINGS_MODULE": "website.config.settings", "ALLOWED_HOSTS": "testserver"}
    (folder / "desk.sqlite3").unlink(missing_ok=True)
    done = subprocess.run(
        [sys.executable, "-m", "bench.desk", str(folder)], env=environment, check=True, capture_output=True, text=True
    )
    measured: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return measured


def report(measured: dict[str, float]) -> str:
    """The section of the page of benchmarks."""
    names = {
        "sweep_s": f"sweep of {ITEMS} items into the queue, s",
        "again_s": "the same answers again, s",
        "dossier_ms": f"dossier page among {DOSSIERS} dossiers and {EVENTS} dates, median, ms",
        "list_ms": "list of dossiers, median, ms",
        "front_ms": "front page, median, ms",
        "digest_s": f"digests of {WATCHERS} watchers, s",
        "briefing_s": "briefing for the Board, frozen, s",
    }
    rows = [f"| {name} | {measured[key]:.2f} |" for key, name in names.items()]
    return "\n".join(["| | |", "|---|---|", *rows])


def _main(folder: Path) -> None:
    import django  # noqa: PLC0415

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0, interactive=False)
    at = datetime.now(UTC)
    measured = _sweeps(folder, at) | _pages(at) | _digests(at)
    print(json.dumps(measured))


def _sweeps(folder: Path, at: datetime) -> dict[str, float]:
    from website.affairs.actions.sweeping import sweep  # noqa: PLC0415

    pages = folder / "answers" / "have-your-say"
    pages.mkdir(parents=True, exist_ok=True)
    closes = at + timedelta(days=30)
    for page in range(ITEMS // 100):
        rows = [
            {
                "id": float(page * 100 + at_row),
                "shortTitle": f"Made-up initiative {page * 100 + at_row} on {_WORDS[at_row % len(_WORDS)]}",
                "currentStatuses": [
                    {
                        "frontEndStage": "OPC_LAUNCHED",
                        "receivingFeedbackStatus": "OPEN",
                        "feedbackStartDate": "2026/01/01 00:00:00",
                        "feedbackEndDate": f"{closes:%Y/%m/%d} 23:59:59",
                    }
                ],
                "initiativeTranslations": [{"field": "SUMMARY", "language": "EN", "value": "Made up. " * 40}],
            }
            for at_row in range(100)
        ]
        document = {"content": rows, "last": page == ITEMS // 100 - 1, "totalElements": ITEMS, "number": page}
        (pages / f"search-{page:03}.json").write_text(json.dumps({"initiativeResultDtoPage": document}))
    measured = {}
    for name in ("sweep_s", "again_s"):
        began = time.perf_counter()
        sweep(folder / "answers", at=at)
        measured[name] = time.perf_counter() - began
    return measured


def _pages(at: datetime) -> dict[str, float]:
    from django.test import Client  # noqa: PLC0415

    from website.affairs.models import DossierRow, TimelineRow  # noqa: PLC0415

    day = at.date()
    DossierRow.objects.bulk_create(
        DossierRow(
            slug=f"made-up-{number}", title=f"Made-up dossier {number}", short_title=f"Made up {number}",
            kind="legislative", status="active", summary="Made up.", topics=["made up"], as_of=day,
        )
        for number in range(DOSSIERS)
    )  # fmt: skip
    made_up = list(DossierRow.objects.filter(slug__startswith="made-up"))
    dates = [day + timedelta(days=(number * 37) % 4000 - 2000) for number in range(EVENTS)]
    TimelineRow.objects.bulk_create(
        (
            TimelineRow(
                dossier=made_up[number % DOSSIERS], key=f"step {number}", step=f"step {number}",
                falls_on=date.isoformat(), precision="day", first_day=date, last_day=date,
                status="happened" if date <= day else "planned", evidence="secondary", source="Made up",
                origin="desk", known_on=day - timedelta(days=number % 365), as_of=day,
            )
            for number, date in enumerate(dates)
        ),
        batch_size=500,
    )  # fmt: skip
    site = Client()
    addresses = {"dossier_ms": "/affairs/dossiers/made-up-7/", "list_ms": "/affairs/dossiers/", "front_ms": "/affairs/"}
    return {name: _median(site, address) for name, address in addresses.items()}


def _median(site: object, address: str) -> float:
    spent = []
    for _ in range(12):
        began = time.perf_counter()
        answer = site.get(address)  # type: ignore[attr-defined]
        spent.append((time.perf_counter() - began) * 1000)
        if answer.status_code != 200:
            raise RuntimeError(f"{address} answered {answer.status_code}")
    return statistics.median(spent[2:])


def _digests(at: datetime) -> dict[str, float]:
    from django.contrib.auth.models import User  # noqa: PLC0415

    from website.affairs.access import reader_of  # noqa: PLC0415
    from website.affairs.actions.briefing import make_briefing  # noqa: PLC0415
    from website.affairs.digesting import all_digests  # noqa: PLC0415
    from website.affairs.models import Watch  # noqa: PLC0415

    officer = User.objects.create_superuser("bench-officer")
    groups = list(officer.groups.model.objects.all())
    users = User.objects.bulk_create(User(username=f"bench-{number}") for number in range(WATCHERS))
    for number, user in enumerate(users):
        user.groups.add(next(group for group in groups if group.name == ("officer" if number % 50 == 0 else "member")))
    Watch.objects.bulk_create(
        Watch(person=user, kind=kind, value=value)
        for number, user in enumerate(users)
        for kind, value in (
            ("phrase", _WORDS[number % 7]),
            ("topic", "made up"),
            ("dossier", f"made-up-{number % 500}"),
        )
    )
    began = time.perf_counter()
    told = sum(1 for _ in all_digests(since=at - timedelta(days=7), on=at.date()))
    digest = time.perf_counter() - began
    if told != WATCHERS:
        raise RuntimeError(f"{told} digests")
    began = time.perf_counter()
    make_briefing(by=reader_of(officer, on=at.date()), from_day=at.date() - timedelta(days=30), to_day=at.date(), at=at)
    return {"digest_s": digest, "briefing_s": time.perf_counter() - began}


if __name__ == "__main__":
    _main(Path(sys.argv[1]))
