"""Weights, limits and factors of the system of protection, and what is refused with its reason."""

from decimal import Decimal

import pytest

from observatory.errors import FigureRefused, NotFound
from observatory.protection.conversion import effective_dose_from_dlp, k_sets
from observatory.protection.limits import Person, compare_with_limit, dose_limits
from observatory.protection.refusals import level_of_one_patient, risk_of_one_person
from observatory.protection.reports.concepts import Phantom
from observatory.protection.weighting import effective_dose, radiation_weights, tissue_weights

HEAD, BODY = Phantom.HEAD_16CM, Phantom.BODY_32CM


@pytest.mark.parametrize("weights", ["icrp60", "icrp103"])
def test_tissue_weights_add_up_to_one(weights: str) -> None:
    assert sum(tissue_weights()[weights].weights.values()) == 1


def test_a_uniform_dose_is_its_own_effective_dose() -> None:
    for name, one in tissue_weights().items():
        assert effective_dose(dict.fromkeys(one.weights, Decimal(3)), weights=name).value_msv == 3


def test_the_two_sets_weigh_a_breast_differently() -> None:
    def breast_only(weights: str) -> Decimal:
        doses = {tissue: Decimal(10 if tissue == "breast" else 0) for tissue in tissue_weights()[weights].weights}
        return effective_dose(doses, weights=weights).value_msv

    assert (breast_only("icrp60"), breast_only("icrp103")) == (Decimal("0.50"), Decimal("1.20"))


def test_a_tissue_left_out_is_not_taken_for_zero() -> None:
    doses = dict.fromkeys(tissue_weights()["icrp60"].weights, Decimal(1)) | {"salivary_glands": Decimal(1)}

    with pytest.raises(FigureRefused, match="without brain"):
        effective_dose(doses, weights="icrp103")


def test_radiation_weights_are_named_and_not_shipped() -> None:
    assert {one.radiation for one in radiation_weights()} >= {"photons", "neutrons"}
    assert all("103" in one.verify_against for one in radiation_weights())


def test_a_worker_is_compared_with_the_limit_for_workers() -> None:
    beside = compare_with_limit(Decimal(5), limit="worker-effective", person=Person.EXPOSED_WORKER)

    assert (beside.share, beside.exceeds) == (Decimal("0.25"), False)
    assert "five consecutive years" in beside.limit.condition


@pytest.mark.parametrize("person", [Person.PATIENT, Person.CARER])
@pytest.mark.parametrize("limit", [limit.id for limit in dose_limits()])
def test_a_patient_is_never_compared_with_a_limit(limit: str, person: Person) -> None:
    with pytest.raises(FigureRefused, match="do not apply to medical exposures"):
        compare_with_limit(Decimal(5), limit=limit, person=person)


def test_a_limit_whose_number_was_not_read_is_not_compared_with() -> None:
    with pytest.raises(FigureRefused, match="to be verified against Directive 2013/59/Euratom, article 12"):
        compare_with_limit(Decimal(1), limit="public-effective", person=Person.MEMBER_OF_THE_PUBLIC)


def test_a_limit_of_another_person_is_refused() -> None:
    with pytest.raises(FigureRefused, match="protects another person"):
        compare_with_limit(Decimal(1), limit="worker-effective", person=Person.MEMBER_OF_THE_PUBLIC)


@pytest.mark.parametrize(
    ("dlp", "region", "phantom", "msv"),
    [("310", "chest", BODY, "4.34"), ("790", "head", HEAD, "1.659"), ("660", "trunk", BODY, "9.9")],
)
def test_worked_examples_of_the_uk_levels(dlp: str, region: str, phantom: Phantom, msv: str) -> None:
    assert effective_dose_from_dlp(Decimal(dlp), k_set="aapm96", region=region, phantom=phantom).value_msv == Decimal(
        msv
    )


def test_the_other_sets_stand_beside_the_answer() -> None:
    estimate = effective_dose_from_dlp(Decimal(100), k_set="nci", region="chest", phantom=BODY)

    assert estimate.value_msv == Decimal("2.1")
    assert set(estimate.spread_msv) == {"aapm96", "icrp103", "nci", "korea2020"}
    assert round(estimate.high_msv / estimate.low_msv, 1) == Decimal("1.8")


def test_no_set_is_chosen_silently() -> None:
    with pytest.raises(TypeError, match="k_set"):
        effective_dose_from_dlp(Decimal(100), region="chest", phantom=BODY)  # type: ignore[call-arg]
    with pytest.raises(NotFound, match="no set of k factors"):
        effective_dose_from_dlp(Decimal(100), k_set="usual", region="chest", phantom=BODY)


@pytest.mark.parametrize(
    ("region", "phantom"), [("head", BODY), ("chest", HEAD), ("chest", None), ("chest", Phantom.MIXED)]
)
def test_a_factor_is_not_used_for_a_dlp_of_the_other_phantom(region: str, phantom: Phantom | None) -> None:
    with pytest.raises(FigureRefused, match="another phantom"):
        effective_dose_from_dlp(Decimal(100), k_set="aapm96", region=region, phantom=phantom)


def test_an_age_that_a_set_does_not_have_is_not_interpolated() -> None:
    with pytest.raises(FigureRefused, match="not interpolated"):
        effective_dose_from_dlp(Decimal(100), k_set="aapm96", region="head", phantom=HEAD, age="15")


def test_a_childs_factor_whose_phantom_was_not_read_is_not_used() -> None:
    assert effective_dose_from_dlp(
        Decimal(100), k_set="nci", region="head", phantom=HEAD, age="5"
    ).value_msv == Decimal("0.43")
    with pytest.raises(FigureRefused, match="to be verified"):
        effective_dose_from_dlp(Decimal(100), k_set="nci", region="chest", phantom=BODY, age="5")


def test_every_set_rests_on_tissue_weights_that_are_here() -> None:
    assert {one.tissue_weights for one in k_sets().values()} <= tissue_weights().keys()


def test_what_is_refused_says_why_and_what_to_do() -> None:
    for refusal in (level_of_one_patient(examinations=1, needed=20), risk_of_one_person()):
        assert isinstance(refusal, FigureRefused)
        assert refusal.remedy
