"""The simulator's figures: made up, no country ever reported them, in the true formats of each provider.

One small table of radiologists stands behind all of Eurostat's formats, so that they say the same.
"""

import gzip
import json
from dataclasses import dataclass, field

YEARS = (2021, 2022, 2023)
AREAS = ("AT", "EL", "SE")


@dataclass
class Figures:
    """What the simulated providers currently publish. Change a value and they have something new."""

    radiologists: dict[tuple[str, int], tuple[float, str]] = field(
        default_factory=lambda: {
            ("AT", 2021): (101.0, ""),
            ("AT", 2022): (102.0, "b"),
            ("AT", 2023): (103.0, "p"),
            ("EL", 2021): (201.0, "de"),
            ("SE", 2021): (301.0, ""),
            ("SE", 2023): (303.0, "e"),
        }
    )
    """(area, year) → (number, Eurostat's flags)."""
    updated: str = "2026-10-01T11:00:00+0200"
    """When the providers say they last changed anything; a change of this alone is no revision."""
    scanners: list[tuple[str, int, float, str]] = field(
        default_factory=lambda: [
            ("FIN", 2021, 11.5, "A"),
            ("FIN", 2022, 12.5, "B"),
            ("PRT", 2021, 7.25, "E"),
            ("PRT", 2022, 0.0, "A"),
        ]
    )
    """OECD: (area, year, per million, status)."""
    densities: list[tuple[str, int, float, str | None]] = field(
        default_factory=lambda: [
            ("FIN", 2013, 15.5, "Only public sector data"),
            ("SRB", 2013, 2.5, None),
            ("SLB", 2013, 0.0, None),
            ("DEU", 2013, 9.5, None),
            ("JPN", 2013, 40.5, None),
        ]
    )
    """WHO: (area, year, per million, comment)."""
    people: list[tuple[str, str, int, int | None]] = field(
        default_factory=lambda: [
            ("FI", "FIN", 2023, 5_500_000),
            ("FI", "FIN", 2022, 5_400_000),
            ("PT", "PRT", 2023, None),
            ("PT", "PRT", 2022, 10_400_000),
            ("1W", "WLD", 2022, 7_900_000_000),
        ]
    )
    """World Bank: (its code, ISO code, year, inhabitants)."""
    footnotes: dict[tuple[str, int], str] = field(default_factory=lambda: {("FIN", 2023): "Break: a census (made up)"})
    """World Bank: (ISO code, year) → what it remarks, said only to those who ask."""


def eurostat_tsv(figures: Figures) -> bytes:
    """The bulk table: periods spread over columns, a blank and the flags after each value."""
    lines = ["freq,unit,med_spec,geo\\TIME_PERIOD\t" + "\t".join(f"{year} " for year in YEARS)]
    for area in AREAS:
        cells = [figures.radiologists.get((area, year)) for year in YEARS]
        words = [f"{cell[0]:g} {cell[1]}" if cell else ": " for cell in cells]
        lines.append(f"A,NR,MED_RAD,{area}\t" + "\t".join(words))
    return "\n".join(lines).encode() + b"\n"


def eurostat_csv(figures: Figures) -> bytes:
    """SDMX-CSV 1.0."""
    stamp = f"{figures.updated[8:10]}/{figures.updated[5:7]}/{figures.updated[2:4]} {figures.updated[11:19]}"
    lines = ["DATAFLOW,LAST UPDATE,freq,unit,med_spec,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG"]
    lines += [
        f"ESTAT:HLTH_RS_SPEC(1.0),{stamp},A,NR,MED_RAD,{area},{year},{value:g},{flags}"
        for (area, year), (value, flags) in figures.radiologists.items()
    ]
    return "\r\n".join(lines).encode() + b"\r\n"


def eurostat_json(figures: Figures) -> bytes:
    """JSON-stat 2.0, sparse, as the Statistics API sends it."""
    places = {
        (area, year): str(row * len(YEARS) + column)
        for row, area in enumerate(AREAS)
        for column, year in enumerate(YEARS)
    }
    codes = {
        "freq": ["A"],
        "unit": ["NR"],
        "med_spec": ["MED_RAD"],
        "geo": list(AREAS),
        "time": [str(year) for year in YEARS],
    }
    answer = {
        "version": "2.0",
        "class": "dataset",
        "label": "Physicians by medical speciality (made up)",
        "source": "ESTAT",
        "updated": figures.updated,
        "value": {places[key]: value for key, (value, _) in figures.radiologists.items()},
        "status": {places[key]: flags for key, (_, flags) in figures.radiologists.items() if flags},
        "id": list(codes),
        "size": [len(names) for names in codes.values()],
        "dimension": {
            name: {
                "label": name,
                "category": {
                    "index": {code: place for place, code in enumerate(names)},
                    "label": {code: code for code in names},
                },
            }
            for name, names in codes.items()
        },
        "extension": {"lang": "EN", "id": "HLTH_RS_SPEC", "agencyId": "ESTAT", "version": "1.0"},
    }
    return json.dumps(answer).encode()


def packed(content: bytes) -> bytes:
    """`content` as gzip, the same bytes each time."""
    return gzip.compress(content, mtime=0)


def oecd_csv(figures: Figures) -> bytes:
    """SDMX-CSV 1.0 of the current service, CRLF."""
    names = (
        "REF_AREA,MEASURE,UNIT_MEASURE,STATISTICAL_OPERATION,OWNERSHIP_TYPE,HEALTH_FUNCTION,CARE_TYPE,"
        "MEDICAL_TECH,HEALTH_CARE_PROVIDER"
    )
    lines = [f"DATAFLOW,{names},TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MULT,DECIMALS"]
    lines += [
        f"OECD.ELS.HD:DSD_HEALTH_REAC_HOSP@DF_MED_TECH(1.1),{area},MTU,10P6HB,_Z,_Z,_Z,_Z,MRI,_T,"
        f"{year},{value:g},{status},0,2"
        for area, year, value, status in figures.scanners
    ]
    return "\r\n".join(lines).encode() + b"\r\n"


def who_rows(figures: Figures, *, indicator: str) -> list[dict[str, object]]:
    """The records of the OData service."""
    return [
        {
            "Id": 9_000_000 + number,
            "IndicatorCode": indicator,
            "SpatialDimType": "COUNTRY",
            "SpatialDim": area,
            "TimeDimType": "YEAR",
            "ParentLocationCode": "EUR",
            "ParentLocation": "Europe",
            "Dim1Type": None,
            "TimeDim": year,
            "Dim1": None,
            "Dim2Type": None,
            "Dim2": None,
            "Dim3Type": None,
            "Dim3": None,
            "DataSourceDimType": None,
            "DataSourceDim": None,
            "Value": f"{value:g}",
            "NumericValue": value,
            "Low": None,
            "High": None,
            "Comments": comment,
            "Date": "2026-10-01T11:00:00+02:00",
            "TimeDimensionValue": str(year),
            "TimeDimensionBegin": f"{year}-01-01T00:00:00+01:00",
            "TimeDimensionEnd": f"{year}-12-31T00:00:00+01:00",
        }
        for number, (area, year, value, comment) in enumerate(figures.densities)
    ]


def world_bank_rows(figures: Figures, *, indicator: str, with_footnotes: bool) -> list[dict[str, object]]:
    """The records of the Indicators API; each has a footnote where the question wants them, an empty one for none."""
    return [
        {
            "indicator": {"id": indicator, "value": "Population, total (made up)"},
            "country": {"id": code, "value": iso},
            "countryiso3code": iso,
            "date": str(year),
            "value": value,
            "unit": "",
            "obs_status": "",
            "decimal": 0,
        }
        | ({"footnote": figures.footnotes.get((iso, year), "")} if with_footnotes else {})
        for code, iso, year, value in figures.people
    ]
