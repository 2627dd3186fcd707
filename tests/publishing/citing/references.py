"""Strict readers of BibTeX and RIS: what does not fit the grammar is an error, not a guess."""

import re

_TEX = {
    r"\textbackslash{}": "\\",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    **{f"\\{character}": character for character in "%$&#_"},
}
_VERBATIM = {"url"}


def parse_bibtex(text: str) -> list[dict[str, str]]:
    """Entries with their fields as TeX would print them. Counts braces as BibTeX does: a backslash protects none."""
    entries, rest = [], text.strip()
    while rest:
        head = re.match(r"@misc\{([A-Za-z0-9-]+),\n", rest)
        if not head:
            raise ValueError(f"no entry: {rest[:40]!r}")
        entry, rest = {"key": head[1]}, rest[head.end() :]
        while not rest.startswith("}"):
            field = re.match(r"  ([a-z]+) = \{", rest)
            if not field:
                raise ValueError(f"no field: {rest[:40]!r}")
            end = _closing(rest, field.end())
            value = rest[field.end() : end]
            entry[field[1]] = value if field[1] in _VERBATIM else _printed(value)
            if not rest[end:].startswith("},\n"):
                raise ValueError(f"a field does not end: {rest[end : end + 20]!r}")
            rest = rest[end + 3 :]
        entries.append(entry)
        rest = rest[1:].strip()
    return entries


def parse_ris(text: str) -> list[dict[str, str]]:
    """Records with their fields. Every line is a tag, two spaces, a hyphen, a space and a value, ended by CRLF."""
    records: list[dict[str, str]] = []
    for block in text.split("\r\n\r\n"):
        lines = block.split("\r\n")
        fields = []
        for line in lines:
            found = re.fullmatch(r"([A-Z][A-Z0-9])  - ([^\r\n]*)", line)
            if not found:
                raise ValueError(f"no line of RIS: {line!r}")
            fields.append((found[1], found[2]))
        if fields[0] != ("TY", "DATA") or fields[-1] != ("ER", ""):
            raise ValueError("a record begins with TY and ends with ER")
        if len({tag for tag, _ in fields}) != len(fields):
            raise ValueError("a tag stands twice")
        records.append(dict(fields))
    return records


def _closing(text: str, start: int) -> int:
    depth = 1
    for place in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[place], 0)
        if depth == 0:
            return place
    raise ValueError("a brace is never closed")


def _printed(value: str) -> str:
    inner = value[1:-1] if value.startswith("{") and value.endswith("}") else value
    pattern = "|".join(re.escape(command) for command in sorted(_TEX, key=len, reverse=True))
    bare = re.sub(pattern, "", inner)
    if re.search(r"[\\{}%$&#_~^]", bare):
        raise ValueError(f"TeX would not print this as it is: {value!r}")
    return re.sub(pattern, lambda match: _TEX[match[0]], inner)
