"""What letters mean, alone and together, beside a value and in place of one."""

from unittest.mock import patch

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.codelists.absences import Absence
from observatory.codelists.flags import Flag, join_flags
from observatory.formats.records import mark_columns
from observatory.formats.records.mark_columns import marked
from observatory.formats.records.marks import Scheme, meaning, meaning_of_all

SDMX = {
    "A": "",
    "B": "break",
    "D": "definition_differs",
    "E": "estimated",
    "F": "forecast",
    "G": "experimental",
    "I": "imputed",
    "J": "derogation",
    "K": "included_elsewhere",
    "N": "not_significant",
    "P": "provisional",
    "S": "special_event",
    "U": "low_reliability",
    "V": "unvalidated",
    "W": "includes_other",
}
EUROSTAT = {
    "b": "break",
    "c": "restricted",
    "d": "definition_differs",
    "e": "estimated",
    "f": "forecast",
    "i": "imputed",
    "n": "not_significant",
    "p": "provisional",
    "r": "revised",
    "s": "estimated",
    "u": "low_reliability",
    "C": "restricted",
    "N": "restricted",
    "P": "restricted",
}


@pytest.mark.parametrize(("letter", "flags"), SDMX.items())
def test_letters_of_sdmx(letter, flags):
    assert join_flags(meaning(letter, scheme=Scheme.SDMX).flags) == flags


@pytest.mark.parametrize(("letter", "flags"), EUROSTAT.items())
def test_letters_of_eurostat(letter, flags):
    assert join_flags(meaning(letter, scheme=Scheme.EUROSTAT).flags) == flags


@pytest.mark.parametrize(
    ("letters", "scheme", "absence", "flags"),
    [
        ("", Scheme.SDMX, "not_reported", ""),
        ("A", Scheme.SDMX, "not_reported", ""),
        ("O", Scheme.SDMX, "not_reported", ""),
        ("M", Scheme.SDMX, "not_applicable", ""),
        ("H", Scheme.SDMX, "not_applicable", ""),
        ("L", Scheme.SDMX, "not_collected", ""),
        ("Q", Scheme.SDMX, "suppressed", ""),
        ("BQ", Scheme.SDMX, "suppressed", "break"),
        ("c", Scheme.EUROSTAT, "suppressed", "restricted"),
        ("C", Scheme.EUROSTAT, "suppressed", "restricted"),
        ("u", Scheme.EUROSTAT, "suppressed", "low_reliability"),
        ("n", Scheme.EUROSTAT, "suppressed", "not_significant"),
        ("z", Scheme.EUROSTAT, "not_applicable", ""),
        ("m", Scheme.EUROSTAT, "not_applicable", ""),
        ("d", Scheme.EUROSTAT, "not_reported", "definition_differs"),
        ("na", Scheme.SDMX, "not_reported", ""),
        (":", Scheme.EUROSTAT, "not_reported", ""),
        (": c", Scheme.EUROSTAT, "suppressed", "restricted"),
        (":u", Scheme.EUROSTAT, "suppressed", "low_reliability"),
        ("F", Scheme.CONFIDENTIALITY, "not_reported", ""),
        ("N", Scheme.CONFIDENTIALITY, "suppressed", "restricted"),
    ],
)
def test_letters_beside_nothing_say_which_kind_of_nothing(letters, scheme, absence, flags):
    found = meaning(letters, scheme=scheme)
    assert found.absence == absence
    assert join_flags(found.flags_of_absence) == flags


@pytest.mark.parametrize("letters", ["bep", "b e p", "peb", "b;e;p", "b, e | p", "Break; Estimated value; p"])
def test_letters_combine_however_they_are_parted(letters):
    assert meaning(letters).flags == {Flag.BREAK, Flag.ESTIMATED, Flag.PROVISIONAL}


@pytest.mark.parametrize("letters", ["X", "bX", "?", "7", "something else", "é"])
def test_a_mark_nobody_knows_is_a_flag_and_never_an_error(letters):
    assert Flag.UNRECOGNISED in meaning(letters).flags


@pytest.mark.parametrize("letter", ["M", "L", "Q", "O"])
def test_a_letter_for_no_value_beside_a_value_is_not_understood(letter):
    assert meaning(letter).flags == {Flag.UNRECOGNISED}


def test_the_letter_i_changed_its_meaning_in_2025():
    assert meaning("i", scheme=Scheme.EUROSTAT).flags == {Flag.IMPUTED}
    assert meaning("i", scheme=Scheme.EUROSTAT_OLD).flags == {Flag.SEE_METADATA}


def test_words_are_understood_as_letters_are():
    assert meaning("Missing value; data cannot exist").absence is Absence.NOT_APPLICABLE
    assert meaning("Difference in methodology").flags == {Flag.DEFINITION_DIFFERS}


TEXTS = st.text(max_size=8) | st.sampled_from(["b", "be", "P", "BP", "C", "F", "na", "Q", "_Z", "Estimated value"])


@given(TEXTS, st.sampled_from([*Scheme]))
def test_any_mark_has_a_meaning(text, scheme):
    found = meaning(text, scheme=scheme)
    assert found.flags_of_absence <= found.flags
    assert found.absence in Absence


ROWS = st.lists(st.tuples(st.none() | TEXTS, st.none() | TEXTS, st.booleans()), max_size=30)


@pytest.mark.parametrize("few", [0, 1000], ids=["by position", "one by one"])
@given(rows=ROWS)
def test_columns_of_marks_mean_what_each_row_means(few, rows):
    with patch.object(mark_columns, "_FEW", few):
        assert_as_each_row(rows)


def assert_as_each_row(rows):
    firsts, seconds, missing = ([row[at] or None for row in rows] for at in (0, 1, 2))
    columns = marked(
        [
            (pl.Series(firsts, dtype=pl.Categorical()), Scheme.EUROSTAT),
            (pl.Series("CONF_STATUS", seconds, dtype=pl.Categorical()), Scheme.CONFIDENTIALITY),
        ],
        missing=pl.Series([bool(row[2]) for row in rows], dtype=pl.Boolean),
    )
    for at, (first, second, absent) in enumerate(zip(firsts, seconds, missing, strict=True)):
        found = meaning_of_all([(first or "", Scheme.EUROSTAT), (second or "", Scheme.CONFIDENTIALITY)])
        flags = found.flags_of_absence if absent else found.flags
        assert columns["flags"][at] == (join_flags(flags) or None)
        assert columns["absence"][at] == (found.absence.value if absent else None)
        secrecy = f"CONF_STATUS={second}" if second else None
        assert columns["provider_flags"][at] == (" ".join(text for text in (first, secrecy) if text) or None)
