"""Texts of a report in the characters it declares. They serve to recognise and are never printed."""

CHARACTERS = {
    "": "latin-1",
    "ISO_IR 6": "latin-1",
    "ISO_IR 100": "latin-1",
    "ISO_IR 101": "iso8859-2",
    "ISO_IR 109": "iso8859-3",
    "ISO_IR 110": "iso8859-4",
    "ISO_IR 144": "iso8859-5",
    "ISO_IR 127": "iso8859-6",
    "ISO_IR 126": "iso8859-7",
    "ISO_IR 138": "iso8859-8",
    "ISO_IR 148": "iso8859-9",
    "ISO_IR 166": "tis-620",
    "ISO_IR 13": "shift_jis",
    "ISO_IR 192": "utf-8",
    "GB18030": "gb18030",
    "GBK": "gbk",
    "ISO 2022 IR 87": "iso2022_jp_2",
    "ISO 2022 IR 149": "euc_kr",
    "ISO 2022 IR 58": "gb2312",
}
"""Specific Character Set → the codec that reads it."""


def read_text(value: bytes, *, character_set: str) -> str:
    """`value` as text without padding; bytes that are no characters of the set become marks."""
    names = [name.strip() for name in character_set.split("\\")]
    named = next((name for name in reversed(names) if name in CHARACTERS), "")
    if not named:
        named = next((f"ISO_IR {name[12:]}" for name in names if name.startswith("ISO 2022 IR ")), "")
    return value.decode(CHARACTERS.get(named, "latin-1"), errors="replace").strip(" \0")
