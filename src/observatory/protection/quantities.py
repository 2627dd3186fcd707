"""The quantities of dose in imaging: what each measures, in which unit we keep it, and what it is not.

CTDIvol is not the dose of the patient but of a plastic cylinder; effective dose is not the risk of the person. Names
alike and units alike make this the field in which tables are most often misread, so each quantity carries its warning.
"""

from dataclasses import dataclass

from observatory.errors import NotFound
from observatory.protection.units import Dimension, DoseUnit, get_unit


@dataclass(frozen=True, kw_only=True, slots=True)
class Quantity:
    """One quantity of dose or activity."""

    id: str
    """Code used in files and addresses."""
    name: str
    """In words."""
    symbol: str
    """As it is written in the field."""
    unit: str
    """The unit in which we keep it."""
    meaning: str
    """What it measures."""
    caution: str
    """What it is often taken for, and is not."""

    @property
    def dimension(self) -> Dimension:
        """What its unit measures."""
        unit: DoseUnit = get_unit(self.unit)
        return unit.dimension


QUANTITIES: dict[str, Quantity] = {
    quantity.id: quantity
    for quantity in (
        Quantity(
            id="ctdivol",
            name="volume CT dose index",
            symbol="CTDIvol",
            unit="mGy",
            meaning="Mean dose in a phantom of 16 or 32 cm for the settings of one CT sequence.",
            caution="It is the dose of a cylinder, not of the patient, and the two phantoms give different numbers.",
        ),
        Quantity(
            id="dlp",
            name="dose-length product",
            symbol="DLP",
            unit="mGy.cm",
            meaning="CTDIvol times the length scanned, added over the sequences of an examination.",
            caution="A DLP for the head phantom and one for the body phantom do not add up.",
        ),
        Quantity(
            id="dap",
            name="dose-area product",
            symbol="DAP, P_KA",
            unit="Gy.cm2",
            meaning="Air kerma times the area of the beam, the same at any distance from the tube.",
            caution="1 cGy·cm² = 1 µGy·m² = 10 mGy·cm²; tables differ in nothing more often than in this unit.",
        ),
        Quantity(
            id="rp_dose",
            name="air kerma at the patient entrance reference point",
            symbol="K_a,r",
            unit="mGy",
            meaning="Air kerma accumulated at a point fixed to the device, where the skin is thought to be.",
            caution="It is not the dose of the skin, which the device does not know.",
        ),
        Quantity(
            id="agd",
            name="average glandular dose",
            symbol="AGD",
            unit="mGy",
            meaning="Mean dose of the glandular tissue of one breast.",
            caution="It is a dose of one breast, and of an examination only as the sum over its views.",
        ),
        Quantity(
            id="activity",
            name="administered activity",
            symbol="A",
            unit="MBq",
            meaning="Activity of the radiopharmaceutical given to the patient.",
            caution="It becomes a dose only with the radiopharmaceutical known.",
        ),
        Quantity(
            id="fluoroscopy_time",
            name="fluoroscopy time",
            symbol="t",
            unit="s",
            meaning="Time for which the beam was on under fluoroscopy.",
            caution="It is no dose: the same minute may give ten times as much on another device.",
        ),
        Quantity(
            id="equivalent_dose",
            name="equivalent dose",
            symbol="H_T",
            unit="mSv",
            meaning="Mean absorbed dose of a tissue, weighted for the radiation.",
            caution="It is measured for a tissue, and is in the unit of the effective dose without being one.",
        ),
        Quantity(
            id="effective_dose",
            name="effective dose",
            symbol="E",
            unit="mSv",
            meaning="Equivalent doses of tissues, weighted for their share in detriment and added up.",
            caution="It compares procedures and sums over populations, and is no risk of one person.",
        ),
    )
}


def get_quantity(quantity_id: str) -> Quantity:
    """The quantity with this code. Raises NotFound."""
    if quantity_id not in QUANTITIES:
        raise NotFound(f"no quantity of dose is called {quantity_id!r}", remedy=f"Use one of {', '.join(QUANTITIES)}.")
    return QUANTITIES[quantity_id]
