"""Reports on one attendance become one examination in which each irradiation event counts once."""

import itertools
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.observations.payload import Payload
from observatory.protection.reports.concepts import Phantom
from observatory.protection.reports.examination import Event, Examination, Family, Modality, Patient, Report, Totals
from observatory.protection.reports.reading import read_reports
from observatory.protection.reports.union import unite
from tests.protection import dose_reports as make

TOPOGRAM, FIRST, SECOND = ("2.25.1", "7.46"), ("2.25.2", "69.81"), ("2.25.3", "158.82")


def ct(*events: tuple[str, str], dlp: str | None = None, time: str = "120000", **header: object) -> tuple[Report, ...]:
    """One CT report with events of (uid, DLP); its total is their sum unless said."""
    total = dlp or str(sum((Decimal(value) for _, value in events), Decimal(0)))
    made = make.ct_report(
        [make.ct_event(uid, dlp=value) for uid, value in events], dlp=total, time=time,
        **({"instance": f"2.25.{time}"} | header),
    )  # fmt: skip
    reports = read_reports(Payload(name=f"{time}.dcm", content=make.written(made)))
    assert isinstance(reports, tuple)
    return reports


def united(*reports: tuple[Report, ...]) -> Examination:
    (one,) = unite(itertools.chain.from_iterable(reports))
    return one


CUMULATIVE = [
    ct(TOPOGRAM, time="120000"),
    ct(TOPOGRAM, FIRST, time="120100"),
    ct(TOPOGRAM, FIRST, SECOND, time="120200"),
]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_cumulative_reports_count_each_event_once_in_any_order(order: tuple[int, ...]) -> None:
    one = united(*(CUMULATIVE[at] for at in order))

    assert one.dlp_mgycm == Decimal("236.09")
    assert [event.dlp_mgycm for event in one.events] == [Decimal("7.46"), Decimal("69.81"), Decimal("158.82")]
    assert (len(one.sources), one.flags) == (3, ())


def test_continuation_reports_are_added_and_none_is_lost() -> None:
    one = united(ct(TOPOGRAM, FIRST, time="120000"), ct(SECOND, time="130000"))

    assert (one.dlp_mgycm, len(one.events), one.flags) == (Decimal("236.09"), 3, ())


def test_reports_that_overlap_are_added_by_event() -> None:
    one = united(ct(TOPOGRAM, FIRST, time="120000"), ct(FIRST, SECOND, time="130000"))

    assert (one.dlp_mgycm, len(one.events)) == (Decimal("236.09"), 3)


def test_a_report_that_comes_twice_counts_once() -> None:
    one = united(ct(FIRST), ct(FIRST))

    assert (one.dlp_mgycm, one.flags) == (Decimal("69.81"), ("duplicate_report",))


def test_of_two_stories_about_one_event_the_newer_is_believed() -> None:
    one = united(ct(("2.25.2", "80"), time="130000"), ct(("2.25.2", "70"), time="120000"))

    assert (one.dlp_mgycm, one.flags) == (80, ("conflicting_reports",))


def test_the_ct_and_the_tracer_of_one_study_are_two_examinations() -> None:
    tracer = make.report(
        make.administration("2.25.9", make.number("113507", "394", "MBq")), sop_class=make.TRACER_CLASS, title="113500"
    )
    reports = read_reports(Payload(name="tracer.dcm", content=make.written(tracer)))
    assert isinstance(reports, tuple)

    ct_part, tracer_part = unite([*ct(FIRST), *reports])
    assert (ct_part.modality, ct_part.dlp_mgycm, ct_part.activity_mbq) == ("CT", Decimal("69.81"), None)
    assert (tracer_part.modality, tracer_part.dlp_mgycm, tracer_part.activity_mbq) == ("NM", None, 394)


def projection(number: int, *events: make.Dataset, device: str = "2.25.77") -> tuple[Report, ...]:
    made = make.report(make.identified("121012", device), *events, instance=f"2.25.{number}", time=f"1200{number}")
    reports = read_reports(Payload(name=f"{number}.dcm", content=make.written(made)))
    assert isinstance(reports, tuple)
    return reports


def test_a_mammogram_and_a_chest_of_one_study_are_two_examinations() -> None:
    breast = projection(11, make.projection_event("2.25.1", agd="1.2", side=make.LEFT))
    chest = projection(12, make.projection_event("2.25.2", dap="1E-5"), device="2.25.78")

    assert [(one.modality, one.agd_mgy_left, one.dap_gycm2) for one in unite([*breast, *chest])] == [
        ("MG", Decimal("1.2"), None),
        ("DX", None, Decimal("0.1")),
    ]


def test_fluoroscopy_that_goes_on_with_single_images_on_one_device_is_one_examination() -> None:
    first = projection(11, make.projection_event("2.25.1", kind=make.FLUOROSCOPY, dap="2E-5"))
    second = projection(12, make.projection_event("2.25.2", dap="1E-5"))
    elsewhere = projection(13, make.projection_event("2.25.3", dap="1E-5"), device="2.25.78")

    assert [(one.modality, one.dap_gycm2) for one in unite([*first, *second])] == [("RF", Decimal("0.3"))]
    assert [(one.modality, one.dap_gycm2) for one in unite([*first, *elsewhere])] == [
        ("RF", Decimal("0.2")),
        ("DX", Decimal("0.1")),
    ]


def test_two_studies_stay_two_and_a_shared_event_is_said() -> None:
    apart = unite([*ct(FIRST, study="2.25.1"), *ct(SECOND, study="2.25.2", time="130000")])
    shared = unite([*ct(FIRST, study="2.25.1"), *ct(FIRST, study="2.25.2", time="130000")])

    assert [one.flags for one in apart] == [(), ()]
    assert [one.flags for one in shared] == [("event_elsewhere",), ("event_elsewhere",)]


def test_one_event_told_twice_in_one_report_counts_once() -> None:
    one = united(ct(FIRST, FIRST, dlp="69.81"))

    assert (len(one.events), one.dlp_mgycm) == (1, Decimal("69.81"))
    assert "event_repeated" in one.flags


def test_two_events_under_one_identifier_both_count() -> None:
    one = united(ct(("2.25.2", "70"), ("2.25.2", "80")))

    assert (len(one.events), one.dlp_mgycm) == (2, 150)
    assert "event_uid_reused" in one.flags


def test_events_without_identifiers_are_kept_and_said() -> None:
    made = make.ct_report([make.ct_event(None, dlp="70"), make.ct_event(None, dlp="70")], dlp="140")
    reports = read_reports(Payload(name="old.dcm", content=make.written(made)))
    assert isinstance(reports, tuple)

    one = united(reports)
    assert (len(one.events), one.flags) == (2, ("event_uid_missing",))


event_sets = st.lists(st.sets(st.integers(0, 5), min_size=1), min_size=1, max_size=4)


@given(event_sets, st.randoms())
def test_whatever_way_reports_are_cut_the_union_is_the_sum_of_its_events(sets, random) -> None:
    """A second, naive implementation: a dictionary of events."""
    reports = [_report(number, sorted(keys)) for number, keys in enumerate(sets)]
    random.shuffle(reports)

    (one,) = unite(reports)
    assert one.dlp_mgycm == sum(_dlp(key) for key in set().union(*sets))
    assert len(one.events) == len(set().union(*sets))


def _dlp(key: int) -> Decimal:
    return Decimal(2) ** key


def _report(number: int, keys: list[int]) -> Report:
    events = tuple(Event(key=("uid", str(key)), dlp_mgycm=_dlp(key), phantom=Phantom.BODY_32CM) for key in keys)
    return Report(
        source=f"{number}.dcm", study="1", instance=str(number), moment=f"{number}", device="", family=Family.CT,
        modality=Modality.CT, manufacturer=None, events=events, flags=frozenset(), patient=Patient(), protocols=(),
        totals=Totals(dlp_mgycm=sum((_dlp(key) for key in keys), Decimal(0))),
    )  # fmt: skip
