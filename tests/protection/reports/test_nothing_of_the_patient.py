"""A canary in every text of a report is in nothing that comes out: no output, no message, no warning, no repr."""

import copy
import logging
import warnings
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydicom import config
from pydicom.dataelem import DataElement
from pydicom.dataset import Dataset
from pydicom.filereader import dcmread

from observatory.errors import ObservatoryError
from observatory.observations.payload import Payload
from observatory.protection.registry.bundle import leaving_bytes
from observatory.protection.registry.leaving import prepare
from observatory.protection.registry.mapping import ProtocolMap, plain_name
from observatory.protection.reports.examination import Skipped
from observatory.protection.reports.lines import DoseForm, dose_lines
from observatory.protection.reports.reading import read_reports
from observatory.protection.reports.union import unite
from tests.protection import dose_reports as make
from tests.specimens import real_specimen

CANARY = "KANARIENVOGEL"
TEXTS = {"AE", "AS", "CS", "DA", "DS", "DT", "IS", "LO", "LT", "PN", "SH", "ST", "TM", "UC", "UI", "UR", "UT"}
STRUCTURE = {0x00080016, 0x00080100, 0x00080102, 0x0040A040, 0x0040A30A}
"""Without its class, codes and numbers a report says nothing, and the test would test nothing."""


def specimens_of_our_own() -> dict[str, Dataset]:
    tracer = make.administration("2.25.9", make.number("113507", "394", "MBq"))
    return {
        "ct": make.ct_report([make.ct_event("2.25.1"), make.ct_event("2.25.2", phantom=make.HEAD)], dlp="600"),
        "projection": make.report(
            make.projection_summary(make.number("113722", "1E-5", "Gy.m2"), make.number("113725")),
            make.projection_event(dap="1E-5", rp="0.001"),
        ),
        "mammography": make.report(
            make.projection_summary(make.glandular_total("1.2", make.LEFT)),
            make.projection_event(agd="1.2", side=make.LEFT),
        ),
        "tracer": make.report(tracer, sop_class=make.TRACER_CLASS, title="113500"),
    }


def texts_of(made: Dataset) -> Iterator[tuple[Dataset, DataElement]]:
    for element in list(made):
        if element.VR == "SQ":
            for below in element.value:
                yield from texts_of(below)
        elif element.VR in TEXTS:
            yield made, element


def put(holder: Dataset, element: DataElement, text: str) -> None:
    # A number cannot hold a canary in pydicom's hands, so it is written as the text it would be in a bad file.
    representation = "LO" if element.VR in ("DS", "IS") else element.VR
    holder[element.tag] = DataElement(element.tag, representation, text, validation_mode=config.IGNORE)


def everything_that_comes_out(content: bytes) -> str:
    """All words of ours about a file: outputs, messages, reprs, logs and warnings."""
    said: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: said.append(record.getMessage())  # type: ignore[method-assign]
    logging.getLogger().addHandler(handler)
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            said.extend(_outputs(content))
        said.extend(str(warning.message) for warning in caught)
    finally:
        logging.getLogger().removeHandler(handler)
    return "\n".join(said)


def _outputs(content: bytes) -> Iterator[str]:
    try:
        reports = read_reports(Payload(name="report.dcm", content=content))
    except ObservatoryError as error:
        yield error.message
        yield repr(error)
        return
    if isinstance(reports, Skipped):
        yield repr(reports)
        return
    examinations = unite(reports)
    yield repr(reports)
    yield repr(examinations)
    yield from (dose_lines(examinations, form=form).decode() for form in DoseForm)
    mapping = ProtocolMap(kinds={plain_name(CANARY): "ct-chest", "thorax nativ": "ct-chest"})
    leaving = prepare(examinations, secret=b"s" * 32, mapping=mapping)
    yield repr(leaving)
    yield leaving_bytes(leaving, facility="f00").decode()


def with_canaries(made: Dataset, *, keep: set[int]) -> bytes:
    made = copy.deepcopy(made)
    for holder, element in texts_of(made):
        if element.tag not in keep:
            put(holder, element, CANARY)
    return make.written(made)


@pytest.mark.parametrize("name", specimens_of_our_own())
def test_a_canary_in_every_text_but_the_structure_does_not_come_out(name: str) -> None:
    out = everything_that_comes_out(with_canaries(specimens_of_our_own()[name], keep=STRUCTURE))

    assert '"modality"' in out, "the report must still be read, or nothing is tested"
    assert CANARY not in out


@pytest.mark.parametrize("name", specimens_of_our_own())
def test_a_canary_in_every_text_at_all_does_not_come_out(name: str) -> None:
    made = specimens_of_our_own()[name]

    assert CANARY not in everything_that_comes_out(with_canaries(made, keep=set()))
    assert CANARY not in everything_that_comes_out(with_canaries(made, keep={0x00080016}))


@given(
    st.sampled_from(list(specimens_of_our_own())),
    st.data(),
    st.sampled_from(["{}", "{}SIEMENS", "GE {}", "1.2{}", "12 {}"]),
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.data_too_large])
def test_a_canary_in_any_one_text_does_not_come_out(name: str, data: st.DataObject, frame: str) -> None:
    made = specimens_of_our_own()[name]
    holder, element = data.draw(st.sampled_from(list(texts_of(made))))
    put(holder, element, frame.format(CANARY))

    assert CANARY not in everything_that_comes_out(make.written(made))


@given(st.sampled_from(list(specimens_of_our_own())), st.sampled_from(list(make.SYNTAXES)), st.data())
@settings(max_examples=300, deadline=None)
def test_a_report_with_damaged_bytes_is_read_or_refused_but_never_breaks_the_reader(
    name: str, syntax: str, data: st.DataObject
) -> None:
    content = bytearray(with_canaries_in(name, syntax))
    for at, value in data.draw(st.lists(st.tuples(st.integers(0, len(content) - 1), st.integers(0, 255)), max_size=6)):
        content[at] = value
    length = data.draw(st.integers(0, len(content)) | st.just(len(content)))

    assert CANARY not in everything_that_comes_out(bytes(content[:length]))


_WRITTEN: dict[tuple[str, str], bytes] = {}


def with_canaries_in(name: str, syntax: str) -> bytes:
    if (name, syntax) not in _WRITTEN:
        made = specimens_of_our_own()[name]
        made.PatientName = made.InstitutionName = made.StudyDescription = CANARY
        _WRITTEN[name, syntax] = make.written(made, syntax=syntax)
    return _WRITTEN[name, syntax]


@pytest.mark.specimens
def test_a_canary_in_real_reports_does_not_come_out() -> None:
    for path in sorted(real_specimen("dicom").glob("*.dcm")):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            made = dcmread(path)
            for holder, element in texts_of(made):
                if element.tag not in STRUCTURE and element.tag.group != 2:
                    put(holder, element, CANARY)
            content = make.written(Dataset(made))
        out = everything_that_comes_out(content)
        assert CANARY not in out, path.name
