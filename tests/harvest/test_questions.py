"""What each provider is asked: the address as documented, codes held to an alphabet, the next page found."""

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from observatory import providers
from observatory.errors import NotFound, RequestRefused
from observatory.harvest.addresses import check_address
from observatory.providers import get_asker
from tests.simulator.dialects import Providers
from tests.specimens import real_specimen

FUZZ = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
PROVIDERS = Path(providers.__file__).parent
ASKED = ["eurostat", "oecd", "who", "world_bank"]
MED_TECH = {
    "agency": "OECD.ELS.HD",
    "dataflow": "DSD_HEALTH_REAC_HOSP@DF_MED_TECH",
    "version": "1.1",
    "where": {"UNIT_MEASURE": ["10P6HB", "DEVC"], "MEDICAL_TECH": ["MRI"], "HEALTH_CARE_PROVIDER": ["_T"]},
}
EUROSTAT = "https://ec.europa.eu/eurostat/api/dissemination/"
SPEC = {"code": "hlth_rs_spec", "where": {"med_spec": ["MED_RAD"], "unit": ["NR", "P_HTHAB"]}}
ORDER = ["freq", "unit", "med_spec", "geo"]


@pytest.mark.parametrize(
    ("provider", "harvest", "address"),
    [
        ("eurostat", {"code": "hlth_rs_spec"}, f"{EUROSTAT}statistics/1.0/data/hlth_rs_spec?format=JSON&lang=EN"),
        (
            "eurostat",
            SPEC | {"start": 2010},
            (
                f"{EUROSTAT}statistics/1.0/data/hlth_rs_spec?format=JSON&lang=EN"
                "&med_spec=MED_RAD&unit=NR&unit=P_HTHAB&sinceTimePeriod=2010"
            ),
        ),
        (
            "eurostat",
            {"code": "hlth_rs_spec", "format": "tsv"},
            f"{EUROSTAT}sdmx/2.1/data/hlth_rs_spec?format=TSV&compressed=true",
        ),
        (
            "eurostat",
            SPEC | {"format": "sdmx-csv", "dimensions": ORDER, "start": 2010},
            f"{EUROSTAT}sdmx/2.1/data/hlth_rs_spec/.NR+P_HTHAB.MED_RAD.?format=SDMX-CSV&compressed=true&startPeriod=2010",
        ),
        (
            "oecd",
            MED_TECH | {"start": 2010},
            (
                "https://sdmx.oecd.org/public/rest/data/OECD.ELS.HD,DSD_HEALTH_REAC_HOSP@DF_MED_TECH,1.1/"
                "..10P6HB+DEVC.....MRI._T?dimensionAtObservation=AllDimensions&format=csvfile&startPeriod=2010"
            ),
        ),
        ("who", {"code": "DEVICES08"}, "https://ghoapi.azureedge.net/api/DEVICES08"),
        (
            "who",
            {"code": "DEVICES08", "where": {"SpatialDimType": ["COUNTRY"], "TimeDim": ["2013", "2014"]}},
            (
                "https://ghoapi.azureedge.net/api/DEVICES08?$filter="
                "%28SpatialDimType%20eq%20%27COUNTRY%27%29%20and%20%28TimeDim%20eq%20%272013%27%20or%20TimeDim%20eq%20%272014%27%29"
            ),
        ),
        (
            "world_bank",
            {"code": "SP.POP.TOTL", "where": {"country": ["FIN", "DEU"]}},
            (
                "https://api.worldbank.org/v2/country/FIN;DEU/indicator/SP.POP.TOTL"
                "?format=json&per_page=10000&footnote=y&page=1"
            ),
        ),
    ],
)
def test_the_address_is_the_documented_one(provider, harvest, address):
    (question,) = get_asker(provider)(harvest)

    assert question.address == address
    assert question.complete is not ("where" in harvest or "start" in harvest)
    check_address(question.address, hosts=question.hosts)


@pytest.mark.parametrize(
    "code",
    [
        "../x",
        "a/b",
        "a?b",
        "a&b",
        "a#b",
        "a b",
        "a\n",
        "a\r\nX: y",
        "%2e%2e",
        "",
        "é",
        "a'b",
        'a"b',
        "a;b",
        "a" * 101,
        "a\0",
    ],
)
@pytest.mark.parametrize("provider", ["eurostat", "who", "world_bank"])
def test_a_code_that_could_bend_the_address_is_refused(provider, code):
    with pytest.raises(RequestRefused, match="cannot be asked"):
        get_asker(provider)({"code": code})
    with pytest.raises(RequestRefused):
        get_asker(provider)({"code": "A", "where": {"country": [code]}})


@pytest.mark.parametrize("provider", ASKED)
@pytest.mark.parametrize("harvest", [{}, {"cod": "A"}, {"code": "A", "evil": "B"}, {"code": 5}, {"code": ["A"]}])
def test_a_question_that_says_something_else_is_refused(provider, harvest):
    with pytest.raises(RequestRefused, match=r"cannot be asked.*docs/how-to/harvest\.md"):
        get_asker(provider)(harvest)


@FUZZ
@given(
    st.dictionaries(
        st.sampled_from(["code", "where", "agency", "dataflow", "version", "start"]), st.text() | st.integers()
    )
)
@pytest.mark.parametrize("provider", ASKED)
def test_whatever_the_catalogue_says_only_the_providers_host_is_asked(provider, harvest):
    try:
        questions = get_asker(provider)(harvest)
    except RequestRefused:
        return
    for question in questions:
        assert check_address(question.address, hosts=question.hosts).host in question.hosts


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"where": {"MEDICAL_TECH": ["MRII"]}}, "MRII"),
        ({"where": {"MEDICAL_TEC": ["MRI"]}}, "MEDICAL_TEC"),
        ({"dataflow": "DSD_HEALTH_REAC_HOSP@DF_MED_TEC"}, "DF_MED_TEC"),
        ({"version": "1.0"}, "1.0"),
        ({"agency": "OECD.ELS"}, "OECD.ELS"),
        ({"dimensions": ["MEASURE", "REF_AREA"]}, "MEASURE, REF_AREA"),
    ],
)
def test_a_key_that_the_oecd_does_not_know_is_refused_before_it_is_asked(change, problem):
    with pytest.raises(RequestRefused, match=rf"found .*{problem}"):
        get_asker("oecd")(MED_TECH | change)


@pytest.mark.specimens
def test_what_we_know_of_dataflows_is_what_the_oecd_says():
    said = json.loads(real_specimen("oecd/openbb_oecd_health_metadata_extract.json").read_bytes())
    for name, ours in yaml.safe_load((PROVIDERS / "oecd_dataflows.yaml").read_text()).items():
        flow = said["dataflows"][name]
        order = [dimension["id"] for dimension in said["datastructures"][name]["dimensions"]]
        codes = said["constraints"][name]

        assert (ours["agency"], ours["version"]) == (flow["agency_id"], flow["version"])
        assert list(ours["dimensions"]) == order
        assert ours["dimensions"] == {dimension: codes[dimension] for dimension in order}


def test_eurostats_bulk_formats_need_the_order_of_dimensions():
    with pytest.raises(RequestRefused, match="dimensions"):
        get_asker("eurostat")(SPEC | {"format": "tsv"})


@pytest.mark.parametrize("provider", ["national", "iaea"])
def test_a_provider_without_a_service_is_not_asked(provider):
    with pytest.raises(RequestRefused, match="observatory archive"):
        get_asker(provider)


def test_a_provider_that_does_not_exist_is_not_found():
    with pytest.raises(NotFound, match="Use one of eurostat, oecd"):
        get_asker("eurostatt")


@pytest.mark.parametrize(
    ("provider", "code", "per_page"), [("who", "DEVICES08", None), ("world_bank", "SP.POP.TOTL", "per_page=2")]
)
def test_every_page_names_the_next_until_the_last(provider, code, per_page):
    (question,) = get_asker(provider)({"code": code})
    simulated = Providers()
    (host,) = question.hosts
    address = question.address.replace("per_page=10000", per_page or "")
    addresses = []
    while address:
        addresses.append(address)
        content = simulated.reply(host=host, target=address.removeprefix(f"https://{host}"), accept="*/*").content
        address = question.next_page(content, address)

    assert len(addresses) == len(set(addresses)) == 3


@FUZZ
@given(
    st.binary(max_size=200)
    | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(json.dumps).map(str.encode)
)
@pytest.mark.parametrize("provider", ["who", "world_bank"])
def test_bytes_that_are_no_page_name_no_next_one(provider, content):
    (question,) = get_asker(provider)({"code": "A"})

    assert question.next_page(content, question.address) == ""


def test_a_relative_next_page_is_understood():
    (question,) = get_asker("who")({"code": "DEVICES08"})

    assert (
        question.next_page(b'{"@odata.nextLink": "DEVICES08?$skip=1000"}', question.address)
        == "https://ghoapi.azureedge.net/api/DEVICES08?$skip=1000"
    )
