"""Numbers as they are compared: one spelling each, and a procedure without its type, which may change."""

from collections.abc import Iterable

from observatory.proceedings.references import Scheme, parse_reference


def untyped(value: str) -> str:
    """The spelling by which `value` is compared.

    >>> untyped("2025/0404(COD)"), untyped("02024R1689-20260727")
    ('2025/0404', '32024R1689')
    """
    try:
        return parse_reference(value).value
    except ValueError:
        return value.strip()


def compared(values: Iterable[str]) -> set[str]:
    """The spellings by which all of `values` are compared."""
    return {untyped(value) for value in values}


def address_of(value: str) -> str:
    """The official page of a number; empty where it has none that is certain.

    >>> address_of("32025R0327")
    'https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:32025R0327'
    >>> address_of("2022/0140(COD)")
    'https://oeil.europarl.europa.eu/oeil/en/procedure-file?reference=2022/0140(COD)'
    """
    try:
        reference = parse_reference(value)
    except ValueError:
        return ""
    match reference.scheme:
        case Scheme.CELEX:
            return f"https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:{reference.value}"
        case Scheme.PROCEDURE if value.endswith(")"):
            return f"https://oeil.europarl.europa.eu/oeil/en/procedure-file?reference={value}"
        case _:
            return ""
