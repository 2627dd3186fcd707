"""Dose reports: our reader beside pydicom, object by object, on the same reports in the same run.

The peer does what importers of dose reports do: it opens each file with pydicom, walks every element of the content
tree and takes each value as an object. Ours is measured alone, over processes, and as `dose pack` does it, from files
to a signed bundle with its peak of memory. The reports are made here, since real ones may not be kept.
"""

import json
import resource
import subprocess
import sys
import time
import warnings
from pathlib import Path

REPORTS, BESIDE, EVENTS = 10_000, 300, 6


def make_reports(folder: Path, *, number: int = REPORTS) -> None:
    """Write `number` CT reports of six acquisitions, each of another study."""
    from tests.protection import dose_reports as make  # noqa: PLC0415 (pydicom is a tool of tests)

    folder.mkdir(parents=True, exist_ok=True)
    events = [make.ct_event(f"2.25.50{at}.1000000", dlp=100 + at) for at in range(EVENTS)]
    report = make.ct_report(events, dlp=615, study="2.25.7.1000000", instance="2.25.8.1000000")
    content = make.written(report)
    for at in range(number):
        (folder / f"{at:05}.dcm").write_bytes(content.replace(b".1000000", b".%07d" % (1_000_000 + at)))


def measure_dose_reports(work: Path) -> dict[str, float]:
    """Reports a second of each way, and megabytes of memory. Each way runs in a process of its own."""
    folder = work / "dose-reports"
    if not (folder / f"{REPORTS - 1:05}.dcm").exists():
        make_reports(folder)
    told: dict[str, float] = {}
    for way in ("ours", "pydicom", "ours 2 processes", "pack"):
        answer = subprocess.run(
            [sys.executable, "-m", "bench.dose_reports", way, str(folder)],
            capture_output=True, text=True, check=True, cwd=Path(__file__).parents[1],
        )  # fmt: skip
        told |= {f"{way}: {name}": value for name, value in json.loads(answer.stdout).items()}
    return told


def report(told: dict[str, float]) -> str:
    """The measurements as Markdown."""
    lines = ["| way | reports a second | of processor time | peak memory |", "|---|---|---|---|"]
    lines += [
        f"| {way} | {told[f'{way}: per second']:.0f} | {told[f'{way}: per processor second']:.0f} "
        f"| {told[f'{way}: megabytes']:.0f} MB |"
        for way in ("pydicom", "ours", "ours 2 processes", "pack")
    ]
    ratio = told["ours: per processor second"] / told["pydicom: per processor second"]
    lines.append(
        f"\nOurs reads {ratio:.1f} times as many reports in the same processor time as walking each element with "
        f"pydicom. Time goes into the heads of elements: a report of {EVENTS} acquisitions has some eight hundred."
    )
    return "\n".join(lines)


def _run(way: str, folder: Path) -> dict[str, float]:
    files = sorted(folder.glob("*.dcm"))
    began, used = time.perf_counter(), _processor_seconds()
    if way == "pydicom":
        files = files[:BESIDE]
        for file in files:
            _walk_with_pydicom(file)
    elif way == "pack":
        _pack(files, folder.parent)
    else:
        from observatory.protection.reports.batch import read_batch  # noqa: PLC0415 (only what a way needs is loaded)

        batch = read_batch(files, processes=2 if way.endswith("processes") else 1)
        assert len(batch.examinations) == len(files)
    seconds, processor = time.perf_counter() - began, _processor_seconds() - used
    return {
        "per second": len(files) / seconds,
        "per processor second": len(files) / processor,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _walk_with_pydicom(file: Path) -> None:
    from pydicom import dcmread  # noqa: PLC0415

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert sum(1 for element in dcmread(file).iterall() if element.value is not None)


def _pack(files: list[Path], work: Path) -> None:
    from observatory.protection.registry.bundle import close_bundle, leaving_bytes  # noqa: PLC0415
    from observatory.protection.registry.keys import (  # noqa: PLC0415
        make_keys,
        read_facility_keys,
        read_opening_key,
    )
    from observatory.protection.registry.leaving import prepare  # noqa: PLC0415
    from observatory.protection.registry.mapping import ProtocolMap  # noqa: PLC0415
    from observatory.protection.reports.batch import read_batch  # noqa: PLC0415

    keys = work / "keys"
    if not keys.exists():
        make_keys(keys, for_whom="facility")
        make_keys(keys, for_whom="registry")
    own = read_facility_keys(keys)
    mapping = ProtocolMap(kinds={"thorax nativ": "ct-chest"})
    leaving = prepare(read_batch(files).examinations, secret=own.secret, mapping=mapping)
    plain = leaving_bytes(leaving, facility="f00")
    bundle = close_bundle(plain, facility="f00", signing=own.signing, closing=read_opening_key(keys).public_key())
    assert len(leaving.records) == len(files)
    (work / "bench.bundle").write_bytes(bundle)


def _processor_seconds() -> float:
    own, below = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + below.ru_utime + below.ru_stime


if __name__ == "__main__":
    print(json.dumps(_run(sys.argv[1], Path(sys.argv[2]))))
