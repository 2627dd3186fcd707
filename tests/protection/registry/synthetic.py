"""A registry of facilities that do not exist, with doses drawn from a seed."""

import random
from dataclasses import dataclass
from pathlib import Path

import yaml

from observatory.protection.registry.bundle import close_bundle, leaving_bytes
from observatory.protection.registry.keys import (
    FacilityKeys,
    make_keys,
    public_closing_key,
    read_facility_keys,
)
from observatory.protection.registry.leaving import DoseRecord, Leaving, keyed_hash


def record(number: int, *, secret: bytes = b"s" * 32, **changed: object) -> DoseRecord:
    values: dict[str, object] = {
        "key": keyed_hash(f"ct|{number}", secret=secret), "month": "2026-03", "examination": "ct-trunk",
        "modality": "CT", "maker": "siemens", "age": "60-65", "sex": "F", "weight": "50-80", "events": 2,
        "ctdivol_mgy": 9.5, "dlp_mgycm": 600.0, "phantom": "body_32cm", "dap_gycm2": None, "rp_dose_mgy": None,
        "agd_mgy_left": None, "agd_mgy_right": None, "activity_mbq": None, "fluoroscopy_s": None, "flags": (),
        "reader": "dose-reports-1",
    } | changed  # fmt: skip
    return DoseRecord(**values)  # type: ignore[arg-type]


@dataclass(frozen=True, kw_only=True)
class Synthetic:
    """Folders of a registry and its facilities."""

    root: Path
    facilities: dict[str, FacilityKeys]

    @property
    def registry(self) -> Path:
        return self.root / "registry"

    @property
    def keys(self) -> Path:
        return self.root / "registry-keys"

    def bundle(self, facility: str, records: list[DoseRecord], *, signed_by: str = "") -> bytes:
        leaving = Leaving(records=records, phantom_tests=1, unmapped={"CT": 2}, unidentified=0, open_names=[])
        closing = public_closing_key((self.keys / "opening.public").read_text(encoding="ascii"))
        return close_bundle(
            leaving_bytes(leaving, facility=facility),
            facility=facility,
            signing=self.facilities[signed_by or facility].signing,
            closing=closing,
        )


def make_registry(root: Path, *, facilities: int, owners: int = 5, country: str = "DEU") -> Synthetic:
    made = {}
    listed = []
    for number in range(facilities):
        name = f"f{number:02}"
        make_keys(root / name, for_whom="facility")
        made[name] = read_facility_keys(root / name)
        public = (root / name / "signing.public").read_text(encoding="ascii").strip()
        listed.append({"id": name, "country": country, "owner": f"o{number % owners}", "public_key": public})
    make_keys(root / "registry-keys", for_whom="registry")
    (root / "registry").mkdir()
    (root / "registry" / "facilities.yaml").write_text(yaml.safe_dump(listed), encoding="utf-8")
    return Synthetic(root=root, facilities=made)


def drawn_records(generator: random.Random, number: int, *, secret: bytes, level: float = 600.0) -> list[DoseRecord]:
    """Records of one facility whose doses are lognormal around a level of its own."""
    own = level * generator.lognormvariate(0, 0.3)
    return [
        record(each, secret=secret, dlp_mgycm=round(own * generator.lognormvariate(0, 0.45), 2))
        for each in range(number)
    ]
