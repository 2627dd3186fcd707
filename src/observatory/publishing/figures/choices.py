"""What to show where an address leaves it open: which way of telling an indicator, and which countries.

A page must show something before anyone chooses. It shows what the catalogue prefers and, of the countries of Europe,
the most populous with a series worth drawing; both rules are written here, so that page, image and embed agree. Where
Europe has fewer than five such countries, fewer are shown: whoever opens a page on radiographers in Europe asks why it
begins with Oman. What one country alone publishes opens with that country as a whole, its regions a click away.
"""

from collections.abc import Callable, Collection, Sequence

import polars as pl

from observatory.catalogue.model import Indicator, Topic
from observatory.codelists.areas import AreaKind, areas, groups
from observatory.codelists.breakdowns import Setting
from observatory.codelists.publishers import NATIONAL
from observatory.errors import NotFound
from observatory.publishing.figures.selection import Selection, Variant, reference_year

WANTED = 5
"""Countries shown where nobody chose: as many lines as an eye can follow."""

_EUROPE = "who_eur"
_FIRST = ("DEU", "FRA", "ITA", "ESP", "GBR", "POL", "NLD", "SWE", "FIN", "CHE", "AUT", "PRT", "GRC", "CZE", "HUN")
"""Countries of Europe in the order in which they are offered: large ones first, then some of every region."""
_FIRST_REGIONS = ("ES61", "ES51", "ES30", "ES52", "ES11", "GB-ENG", "GB-SCT")
"""Regions in the order in which they are offered: the most populous of Spain by its statistical office, then others."""
_DIMENSIONS = ("method", "setting", "sex", "age", "detail")


def choose_variants(
    variants: Sequence[Variant],
    *,
    indicator: Indicator,
    providers: Sequence[str] = (),
    method: str = "",
    setting: str = "",
    sex: str = "",
    age: str = "",
    detail: str | None = None,
) -> tuple[Variant, ...]:
    """One variant for each provider asked, or for the preferred one: the first that has everything that was asked.

    Where nothing is asked, also what others publish of the same; see `of_the_same`. `variants` come from
    `list_variants`, in order of preference. Raises NotFound with the codes that exist.
    """
    known = list(dict.fromkeys(variant.provider for variant in variants))
    for provider in providers:
        if provider not in known:
            raise NotFound(f"{provider!r} publishes no figures for {indicator.id}", suggestions=known)
    asked = {"method": method, "setting": setting, "sex": sex, "age": age, "detail": detail}
    if not providers and variants and not any(asked.values()) and detail is None:
        return (variants[0], *of_the_same(variants, indicator=indicator))
    chosen = []
    for provider in providers or known[:1]:
        theirs = [variant for variant in variants if variant.provider == provider]
        fitting = [variant for variant in theirs if _fits(variant, asked)]
        if fitting:
            chosen.append(fitting[0])
        elif len(providers) < 2:
            _refuse(theirs, asked, provider=provider)
    if not chosen and variants:
        _refuse(list(variants), asked, provider=" and ".join(providers))
    return tuple(chosen)


def of_the_same(variants: Sequence[Variant], *, indicator: Indicator) -> tuple[Variant, ...]:
    """What further publishers tell of the same thing as the first variant, one variant each.

    The same thing has the same breakdown, and the same coverage or one that nobody states. A national publisher tells
    the same as others where the first is one as well: England's waits stand beside Scotland's. Populations are told by
    everyone and differ by the day they are counted on, which would draw every line three times.
    """
    first = variants[0]
    if indicator.topic is Topic.POPULATION:
        return ()
    found: dict[str, Variant] = {}
    for one in variants:
        broken_down = (one.sex, one.age, one.detail) != (first.sex, first.age, first.detail)
        covers = one.setting in (first.setting, Setting.NOT_STATED.value)
        national = one.provider in NATIONAL and first.provider not in NATIONAL
        if one.provider != first.provider and covers and not broken_down and not national:
            found.setdefault(one.provider, one)
    return tuple(found.values())


def reaching(
    shown: Sequence[Variant], variants: Sequence[Variant], *, years_of: Callable[[Variant], Collection[int]]
) -> tuple[Variant, ...]:
    """`shown`, the first of them told by the other method where that has more years; `years_of` gives those asked for.

    So whoever asks for 2007 is shown the rates that the publisher itself gives for it, and not an empty page, because
    its counts begin in 2010.
    """
    if not shown:
        return ()
    alike = [shown[0], *(one for one in variants if one.like(shown[0]) and one != shown[0])]
    return (max(alike, key=lambda one: len(years_of(one))), *shown[1:])


def telling(variant: Variant, variants: Sequence[Variant]) -> dict[str, str]:
    """What has to be asked, beside the publisher, for `choose_variants` to show this very variant.

    So a row that says "hospitals only" leads to a page that shows hospitals only. An empty detail asks for none.
    """
    theirs = [one for one in variants if one.provider == variant.provider]
    asked: dict[str, str] = {}
    for _ in _DIMENSIONS:
        shown = next(one for one in theirs if all(getattr(one, name) == value for name, value in asked.items()))
        differs = next((name for name in _DIMENSIONS if getattr(shown, name) != getattr(variant, name)), "")
        if not differs:
            break
        asked[differs] = getattr(variant, differs)
    return asked


def with_other(variant: Variant, variants: Sequence[Variant], **changes: str) -> Variant | None:
    """The variant that differs from `variant` by `changes` and, else, by as little as possible; None for none."""
    theirs = [one for one in variants if all(getattr(one, name) == value for name, value in changes.items())]
    names = ("provider", *_DIMENSIONS)
    return min(
        theirs, key=lambda one: sum(getattr(one, name) != getattr(variant, name) for name in names), default=None
    )


def of_variant(selection: Selection, variant: Variant) -> Selection:
    """The selection, narrowed to one variant; the sector stays open, as in `build_figure`."""
    return Selection(
        indicator=selection.indicator,
        areas=selection.areas,
        from_year=selection.from_year,
        to_year=selection.to_year,
        as_of=selection.as_of,
        providers=(variant.provider,),
        method=variant.method,
        setting=variant.setting,
        sex=variant.sex,
        age=variant.age,
        detail=variant.detail,
    )


def choose_areas(table: pl.DataFrame, *, members: Sequence[str] = ()) -> tuple[str, ...]:
    """The areas to show where nobody chose: up to five, from a table of SCHEMA of one variant, of `members` if given.

    Countries of Europe with at least two years and half as many as the best, large ones first; others only where there
    are none of these. Where there is one country alone, that country; where there is none, the most populous regions.
    """
    counted = dict(
        table.filter(pl.col("absence").is_null())
        .group_by(pl.col("area").cast(pl.String))
        .agg(reference_year().n_unique().alias("years"))
        .sort("years", "area", descending=[True, False])
        .iter_rows()
    )
    within = [area for area in counted if not members or area in members] or list(counted)
    countries = [area for area in within if areas()[area].kind is AreaKind.COUNTRY]
    if not countries:
        return (choose_regions(table, members=members) or tuple(within))[:WANTED]
    most = max(counted[area] for area in countries)
    worth = [area for area in countries if counted[area] * 2 >= min(most, 8)]
    europe = groups()[_EUROPE].members
    near = [area for area in worth if area in europe] or worth
    return tuple(sorted(near, key=lambda area: _place_of(area, _FIRST))[:WANTED])


def choose_regions(table: pl.DataFrame, *, members: Sequence[str] = ()) -> tuple[str, ...]:
    """Up to five regions with a figure in a table of SCHEMA, the most populous first; none where there is one.

    Never the highest or the lowest: whoever opens a ranking must not be shown its extremes as if they were the rule.
    """
    told = set(table.filter(pl.col("absence").is_null())["area"].unique().cast(pl.String))
    regions = [area for area in told if areas()[area].kind is AreaKind.REGION and (not members or area in members)]
    ordered = sorted(regions, key=lambda area: (_place_of(area, _FIRST_REGIONS), areas()[area].name))
    return tuple(ordered[:WANTED]) if len(ordered) > 1 else ()


def _place_of(area: str, order: Sequence[str]) -> int:
    return order.index(area) if area in order else len(order)


def join_choices(choices: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The areas to show of several variants at once, so that each variant is drawn: those of the first, and of each
    further one its own where none of the others has figures in it.

    >>> join_choices([("GB-ENG",), ("GB-SCT",)]), join_choices([("DEU", "FRA"), ("DEU", "ITA")])
    (('GB-ENG', 'GB-SCT'), ('DEU', 'FRA'))
    """
    joined: list[str] = []
    for chosen in choices:
        if not set(joined) & set(chosen):
            joined += [area for area in chosen if area not in joined]
    return tuple(joined)


def list_areas(table: pl.DataFrame) -> tuple[str, ...]:
    """Areas with at least one figure or named absence in a table of SCHEMA: countries by name, then the others."""
    kinds = list(AreaKind)
    found = table["area"].unique().cast(pl.String).to_list()
    return tuple(sorted(found, key=lambda area: (kinds.index(areas()[area].kind), areas()[area].name)))


def list_years(table: pl.DataFrame) -> tuple[int, ...]:
    """Reference years with at least one figure in a table of SCHEMA, ascending."""
    years = table.filter(pl.col("absence").is_null()).select(reference_year().unique().sort()).to_series()
    return tuple(int(year) for year in years)


def _fits(variant: Variant, asked: dict[str, str | None]) -> bool:
    return all(
        getattr(variant, name) == value
        for name, value in asked.items()
        if value or (name == "detail" and value is not None)
    )


def _refuse(variants: Sequence[Variant], asked: dict[str, str | None], *, provider: str) -> None:
    """Raise NotFound naming the first thing asked that no variant has, with what there is instead."""
    for name in _DIMENSIONS:
        there = list(dict.fromkeys(getattr(variant, name) for variant in variants))
        if asked[name] and asked[name] not in there:
            raise NotFound(
                f"{provider} has no figures with {name} {asked[name]!r}", suggestions=[t for t in there if t]
            )
    raise NotFound(f"{provider} has no figures with this combination of method, setting, sex, age and detail")


def most_telling_view(*, categorical: bool, years: int, areas: int = 2) -> str:
    """The view to open with: answers and single years are read across areas, series over time, and so is one area.

    >>> [most_telling_view(categorical=False, years=n) for n in (1, 2, 3)]
    ['ranking', 'ranking', 'time']
    >>> most_telling_view(categorical=False, years=2, areas=1)
    'time'
    """
    if categorical:
        return "map"
    return "time" if years > 2 or (areas == 1 and years > 1) else "ranking"
