"""Reporting a number: a form that says where, keeps what was written, and is hard to flood.

Published errors are found by readers, not by checks. So every figure has a way to say "this is wrong", filled in with
the address of what was seen.
"""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render as render_template
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods

from observatory.errors import NotFound
from website.config.data import current_release
from website.explorer.answers.failures import Failure, answer
from website.explorer.answers.pages import site_address
from website.explorer.forms.tallies import count, count_by_network
from website.explorer.models import Report

if TYPE_CHECKING:
    Form = forms.ModelForm[Report]
else:
    Form = forms.ModelForm

HOUR = timedelta(hours=1)
MOST_AN_HOUR = (6, 30, 60)
"""Reports taken within an hour from one address (of IPv6, from one /64), and from the networks around it."""
MOST_OF_ALL = 1000
"""Reports taken within an hour from everywhere, so that no flood fills the disk; the next hour begins anew."""
LONGEST_PLACE = 600


class ReportForm(Form):
    """What a reader fills in, and a field that only programs fill."""

    website = forms.CharField(required=False, label="Leave this empty")

    class Meta:
        """Fields in order."""

        model = Report
        fields = ("place", "message", "contact")

    @property
    def is_a_program(self) -> bool:
        """Whether the field nobody sees was filled."""
        return bool(self.data.get("website"))

    def __init__(self, *args: Any, site: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.site = site

    def clean_place(self) -> str:
        """The address without our own host. Raises ValidationError for one that is not on this site."""
        place = str(self.cleaned_data["place"]).removeprefix(self.site)
        if not is_place(place):
            raise forms.ValidationError("Give the address of a page of this site, such as /countries/FIN/.")
        return place


def is_place(text: str) -> bool:
    """Whether a text is the path of a page of this site, with or without a query."""
    return text.startswith("/") and not text.startswith(("//", "/\\")) and text.isprintable()


@never_cache
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """The form, and what becomes of it."""
    site = site_address(request)
    if request.method != "POST":
        place = request.GET.get("about", "")[:LONGEST_PLACE]
        return _page(request, ReportForm(initial={"place": place if is_place(place) else ""}, site=site))
    form = ReportForm(request.POST, site=site)
    if form.is_a_program:
        return HttpResponseRedirect("/report/thanks/")
    if not form.is_valid():
        return _page(request, form, status=400)
    if not _may_report(request):
        problem = f"We take {MOST_AN_HOUR[0]} reports an hour from one place, and only so many in all. Come back later."
        return answer(request, Failure(status=429, title="That is a lot of reports", problem=problem))
    filled = form.save(commit=False)
    filled.release = _release_id()
    filled.save()
    return HttpResponseRedirect("/report/thanks/")


@never_cache
@require_http_methods(["GET", "HEAD"])
def thanks(request: HttpRequest) -> HttpResponse:
    """What a reader sees after reporting."""
    return render_template(request, "explorer/thanks.html", {})


def _page(request: HttpRequest, form: ReportForm, *, status: int = 200) -> HttpResponse:
    return render_template(request, "explorer/report.html", {"form": form}, status=status)


def _release_id() -> str:
    try:
        return current_release().manifest.id
    except NotFound:
        return ""


def _may_report(request: HttpRequest) -> bool:
    return count_by_network("report", request, most=MOST_AN_HOUR, window=HOUR) and count(
        "report", "everywhere", most=MOST_OF_ALL, window=HOUR
    )
