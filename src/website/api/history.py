"""Releases and what changed between them. It depends on what was there before, so it is read, not baked."""

import threading
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path

import msgspec
import orjson
import polars as pl

from observatory.errors import SourceChanged
from observatory.publishing.answers import ReleaseAnswer, ReleasesAnswer, ReleaseSummary
from observatory.publishing.exports.cells import neutralise
from observatory.publishing.exports.downloads import MEDIA_TYPES, Format
from observatory.publishing.search import nearest
from observatory.releases.manifest import Manifest
from observatory.releases.reading import list_releases, open_sound
from website.api.parameters import PAGE, Value, shorten
from website.api.problems import NOTHING_PUBLISHED, PREFIX, UNKNOWN_NAME, Refusal
from website.api.replies import Reply, ready
from website.api.serving import Served

_UNCHANGING = 24 * 60 * 60
"""Seconds for which a cache need not ask again for what a finished release says about itself."""

_KEPT = 2
"""Releases of which observations are kept at hand beside the one that serves."""


class History:
    """The releases below one folder; the folder is read again when something was added to it or taken from it."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._known: tuple[int, dict[str, Manifest]] = (0, {})
        self._served: OrderedDict[str, Served] = OrderedDict()
        self._lock = threading.Lock()

    def manifests(self) -> dict[str, Manifest]:
        """Manifests by id, newest first."""
        moment = self._root.stat().st_mtime_ns if self._root.exists() else 0
        if self._known[0] != moment:
            self._known = (moment, list_releases(self._root))
        return self._known[1]

    def list(self, served: Served) -> Reply:
        """Every release that is kept."""
        found = [
            ReleaseSummary(
                id=one.id,
                published_on=one.published_on,
                previous=one.previous,
                current=one.id == served.id,
                indicators=len(one.indicators),
                observations=one.observations,
                vintages=one.vintages,
                refusals=one.refusals,
            )
            for one in self.manifests().values()
        ]
        return ready(msgspec.json.encode(ReleasesAnswer(total=len(found), releases=found)))

    def release(self, served: Served, name: str) -> Reply:
        """One release. Raises Refusal with near ids."""
        manifest = self._get(name)

        def produce() -> bytes:
            counted = self._changes(name).group_by("change").len().sort("change")
            return msgspec.json.encode(ReleaseAnswer(release=manifest, changes=dict(counted.iter_rows())))

        return Reply(tag=served.tag(f"release {name}"), produce=produce, max_age=_UNCHANGING)

    def changes(self, served: Served, name: str, values: Mapping[str, Value], base: str) -> Reply:
        """What changed from the release before to this one; `base` is the site's address. Raises Refusal."""
        manifest = self._get(name)
        form = Format(str(values.get("format", Format.JSON)))
        wanted = {key: value for key, value in values.items() if key != "format"}
        tag = served.tag(f"changes {name} {form} {sorted(wanted.items())} {base}")
        if form is Format.JSON:
            return Reply(tag=tag, produce=lambda: self._page(manifest, wanted, base), max_age=_UNCHANGING)
        return Reply(
            tag=tag,
            produce=lambda: _as_csv(self._chosen(name, wanted)),
            media_type=MEDIA_TYPES[form],
            max_age=_UNCHANGING,
            headers=(("Content-Disposition", f'attachment; filename="changes_{name}.csv"'),),
        )

    def served(self, name: str) -> Served:
        """A release that a question names, made ready piece by piece as it is asked. Raises Refusal with near ids."""
        self._get(name)
        with self._lock:
            if name not in self._served:
                try:
                    self._served[name] = Served(open_sound(self._root / name), named=True)
                except SourceChanged as error:
                    raise Refusal(NOTHING_PUBLISHED, error.message) from error
                while len(self._served) > _KEPT:
                    self._served.popitem(last=False)
            self._served.move_to_end(name)
            return self._served[name]

    def _get(self, name: str) -> Manifest:
        known = self.manifests()
        if name not in known:
            near = nearest(name[:60], list(known)) or list(known)[:3]
            raise Refusal(UNKNOWN_NAME, f"no release is called {shorten(name)!r}", suggestions=near)
        return known[name]

    def _changes(self, name: str) -> pl.DataFrame:
        try:
            return pl.read_parquet(self._root / name / "changes.parquet")
        except (OSError, pl.exceptions.PolarsError) as error:
            raise Refusal(NOTHING_PUBLISHED, f"the changes of release {name} are damaged or missing") from error

    def _chosen(self, name: str, wanted: Mapping[str, Value]) -> pl.DataFrame:
        table = self._changes(name)
        return table.filter(pl.col("indicator") == wanted["indicator"]) if "indicator" in wanted else table

    def _page(self, manifest: Manifest, wanted: Mapping[str, Value], base: str) -> bytes:
        table = self._chosen(manifest.id, wanted)
        offset, limit = int(str(wanted.get("offset", 0))), int(str(wanted.get("limit", PAGE)))
        rows = table.slice(offset, limit).to_dicts()
        following = offset + len(rows)
        more = f"indicator={wanted['indicator']}&" if "indicator" in wanted else ""
        address = f"{base}{PREFIX}/releases/{manifest.id}/changes?{more}offset={following}&limit={limit}"
        answer = {
            "release": manifest.id,
            "previous": manifest.previous,
            "total": table.height,
            "offset": offset,
            "next": address if rows and following < table.height else None,
            "changes": rows,
        }
        return orjson.dumps(answer)


def _as_csv(table: pl.DataFrame) -> bytes:
    return table.with_columns(neutralise(pl.col(pl.String))).write_csv(line_terminator="\r\n").encode()
