"""The catalogue's part of affairs: dossiers that are planted, bodies, joint statements, feeds, the rule book.

Each is read again when a file changes.
"""

from functools import lru_cache
from pathlib import Path

from observatory.affairs.asking import Feed, read_feeds
from observatory.affairs.reading import Desk, read_desk
from observatory.affairs.rule_book import RuleBook, read_rule_book
from website.config.data import catalogue_root


def desk() -> Desk:
    """Dossiers, bodies and joint statements as the catalogue holds them now. Raises SourceChanged."""
    root = catalogue_root() / "affairs"
    return _desk(root, _stamp(root))


def rule_book() -> RuleBook:
    """The rule book of relevance as it is now. Raises SourceChanged."""
    path = catalogue_root() / "affairs" / "relevance.yaml"
    return _rule_book(path, path.stat().st_mtime_ns)


def feeds() -> list[Feed]:
    """The feeds that are asked for. Raises SourceChanged."""
    return list(read_feeds(catalogue_root() / "affairs").values())


@lru_cache(maxsize=2)
def _desk(root: Path, stamp: tuple[int, ...]) -> Desk:
    _ = stamp
    return read_desk(root)


@lru_cache(maxsize=2)
def _rule_book(path: Path, stamp: int) -> RuleBook:
    _ = stamp
    return read_rule_book(path)


def _stamp(root: Path) -> tuple[int, ...]:
    """When each folder, and each file in it, was last written."""
    folders = [path for path in (root / "dossiers", root / "bodies", root / "statements") if path.is_dir()]
    return tuple(path.stat().st_mtime_ns for folder in folders for path in [folder, *sorted(folder.glob("*.yaml"))])
