"""Answers that were baked with the release: indicators, areas, sources, status."""

from collections.abc import Mapping

import msgspec

from observatory.publishing.answers import IndicatorsAnswer, IndicatorSummary, ReleaseName
from observatory.publishing.search import nearest, search_indicators
from website.api.parameters import Value
from website.api.questions import check_providers, find_indicator
from website.api.replies import Reply
from website.api.serving import Served


def baked(served: Served, name: str) -> Reply:
    """The answer that was baked under this name."""
    return Reply(
        tag=served.tag(name),
        produce=lambda: served.baked(name),
        produce_compressed=lambda: served.compressed(name),
    )


def indicator(served: Served, name: str) -> Reply:
    """One indicator. Raises Refusal with near ids."""
    return baked(served, f"indicators/{find_indicator(served, name)}")


def indicators(served: Served, values: Mapping[str, Value]) -> Reply:
    """The indicators that fit a search and its filters: best first where words were given, else by id."""
    if not values:
        return baked(served, "indicators")
    wanted = {name: str(value) for name, value in sorted(values.items())}
    check_providers(served, [wanted["provider"]] if "provider" in wanted else [])
    return Reply(tag=served.tag(f"indicators {wanted}"), produce=lambda: _search(served, wanted))


def _search(served: Served, wanted: Mapping[str, str]) -> bytes:
    everything = {
        one.id: one for one in msgspec.json.decode(served.baked("indicators"), type=IndicatorsAnswer).indicators
    }
    known = served.release.catalogue.indicators
    question = wanted.get("q", "").strip()
    order = [hit.indicator.id for hit in search_indicators(known.values(), question).hits] if question else list(known)
    fitting = [everything[name] for name in order if _fits(everything[name], wanted)]
    manifest = served.release.manifest
    answer = IndicatorsAnswer(
        release=ReleaseName(id=manifest.id, published_on=manifest.published_on),
        total=len(fitting),
        indicators=fitting,
        suggestions=[] if fitting else list(nearest(question, list(known))),
    )
    return msgspec.json.encode(answer)


def _fits(summary: IndicatorSummary, wanted: Mapping[str, str]) -> bool:
    publishers = summary.held.providers if summary.held else ()
    return (
        wanted.get("topic", summary.topic) == summary.topic
        and wanted.get("modality", summary.modality) == summary.modality
        and ("provider" not in wanted or wanted["provider"] in publishers)
    )
