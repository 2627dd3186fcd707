"""What an address may say of each page, so that a page can tell a reader which part of it meant nothing.

A parameter that is ignored in silence looks like one that was obeyed: whoever asks `?country=FIN` believes that Finland
is shown.
"""

from django.http import HttpRequest

from website.explorer.answers.failures import shorten

_FIGURE = (
    "areas", "area", "add", "from", "to", "view", "year", "provider", "method", "setting", "sex", "age", "detail",
    "group", "as_of", "release", "map", "rows",
)  # fmt: skip
READ: dict[str, tuple[str, ...]] = {
    "explorer/indicator.html": _FIGURE,
    "explorer/provenance.html": (*_FIGURE, "period"),
    "explorer/facilities.html": ("find", "q", "sort", "year", "page", "rows", "as_of", "release"),
    "explorer/country.html": ("group", "as_of", "release"),
    "explorer/compare.html": ("a", "b", "as_of", "release"),
    "explorer/scatter.html": ("x", "y", "year", "group", "as_of", "release"),
    "explorer/catalogue.html": ("q", "topic", "modality", "provider", "coverage", "kind"),
    "explorer/sources.html": ("kind",),
    "explorer/home.html": (),
    "explorer/countries.html": (),
    "explorer/collections.html": (),
    "explorer/collection.html": (),
    "explorer/updates.html": (),
    "explorer/status.html": (),
}
"""Template → parameters its page reads."""
_OTHERS = ("utm_", "fbclid", "gclid")
"""How parameters begin that other sites hang on links, and that mean nothing to a reader."""
_MOST = 5


def unread(request: HttpRequest, template: str) -> tuple[str, ...]:
    """The parameters of an address that its page does not read; none for a page that is not listed."""
    if template not in READ:
        return ()
    names = [name for name in request.GET if name not in READ[template] and not name.startswith(_OTHERS)]
    return tuple(shorten(name) for name in names[:_MOST])
