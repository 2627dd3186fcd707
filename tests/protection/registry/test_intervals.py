"""Percentiles and intervals against second implementations, and against what they promise."""

import math
import random
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.protection.registry.intervals import (
    _resampled_median,
    bootstrap_interval,
    exact_interval,
    exact_ranks,
    quantile,
)

numbers = st.lists(st.floats(0.01, 1e6), min_size=2, max_size=60)


@given(numbers)
def test_quartiles_are_those_of_the_standard_library(values: list[float]) -> None:
    ours = [quantile(values, share) for share in (0.25, 0.5, 0.75)]

    assert ours == pytest.approx(statistics.quantiles(values, n=4, method="inclusive"))


@pytest.mark.parametrize(
    ("number", "has_one"), [(3, False), (10, False), (11, True), (12, True), (20, True), (100, True)]
)
def test_an_exact_interval_exists_from_eleven_facilities_on(number: int, has_one: bool) -> None:
    assert (exact_ranks(number, share=0.75) is not None) is has_one


@given(st.integers(11, 120))
def test_ranks_cover_what_they_promise_and_no_closer_pair_does(number: int) -> None:
    ranks = exact_ranks(number, share=0.75)
    assert ranks is not None

    def coverage(low: int, high: int) -> float:
        return sum(math.comb(number, k) * 0.75**k * 0.25 ** (number - k) for k in range(low, high))

    low, high = ranks
    width = high - low
    assert coverage(low, high) >= 0.95
    assert all(coverage(start, start + width - 1) < 0.95 for start in range(1, number - width + 2))


def test_the_exact_interval_covers_the_truth_in_a_simulation(capsys: pytest.CaptureFixture[str]) -> None:
    generator = random.Random(1)
    truth = math.exp(0.3 * statistics.NormalDist().inv_cdf(0.75))
    for facilities in (11, 20, 50):
        covered = 0
        for _ in range(2000):
            interval = exact_interval([generator.lognormvariate(0, 0.3) for _ in range(facilities)], share=0.75)
            assert interval is not None
            covered += interval[0] <= truth <= interval[1]
        with capsys.disabled():
            print(
                f"\n  {facilities} facilities: the exact interval covered {covered / 2000:.3f} of 2000 (promised 0.95)"
            )
        assert covered / 2000 > 0.94


@pytest.mark.parametrize("number", [20, 21, 30, 31])
def test_a_resampled_median_is_distributed_as_one_of_a_resample(number: int) -> None:
    """The second implementation draws the whole resample."""
    values = sorted(random.Random(7).lognormvariate(6, 0.5) for _ in range(number))
    ours, theirs = random.Random(1), random.Random(2)
    quick = sorted(_resampled_median(values, ours) for _ in range(20_000))
    slow = sorted(statistics.median(theirs.choices(values, k=number)) for _ in range(20_000))

    for share in (0.05, 0.25, 0.5, 0.75, 0.95):
        assert quantile(quick, share) == pytest.approx(quantile(slow, share), rel=0.03)


def test_a_bootstrap_is_the_same_for_the_same_seed_and_holds_the_estimate() -> None:
    generator = random.Random(3)
    groups = [[generator.lognormvariate(6, 0.5) for _ in range(30)] for _ in range(20)]
    low, high = bootstrap_interval(groups, share=0.75, seed=5)

    assert (low, high) == bootstrap_interval(groups, share=0.75, seed=5)
    assert low <= quantile([statistics.median(group) for group in groups], 0.75) <= high
