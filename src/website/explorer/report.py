"""Reporting a number: a form that says where, keeps what was written, and is hard to flood.

Published errors are found by readers, not by checks. So every figure has a way to say "this is wrong", filled in with
the address of what was seen.
"""

import hmac
import time
from hashlib import sha256
from typing import TYPE_CHECKING

from django import forms
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render as render_template
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods

from observatory.errors import NotFound
from website.config.data import current_release
from website.explorer.failures import Failure, answer
from website.explorer.models import Report

if TYPE_CHECKING:
    Form = forms.ModelForm[Report]
else:
    Form = forms.ModelForm

MOST_AN_HOUR = 6
"""Reports taken from one network address within an hour."""
MOST_OPEN = 5000
"""Unsettled reports kept; beyond that somebody is flooding us."""


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


@never_cache
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """The form, and what becomes of it."""
    if request.method != "POST":
        place = request.GET.get("about", "")[:600]
        form = ReportForm(initial={"place": place if place.startswith("/") else ""})
        return _page(request, form)
    form = ReportForm(request.POST)
    if form.is_a_program:
        return HttpResponseRedirect("/report/thanks/")
    if not form.is_valid():
        return _page(request, form, status=400)
    if not _may_report(request):
        problem = f"From one place we take {MOST_AN_HOUR} reports an hour. Please come back later."
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
    """Count this report against its network address, of which only a keyed fingerprint is held, for an hour."""
    if Report.objects.filter(is_settled=False).count() >= MOST_OPEN:
        return False
    address = request.META.get("REMOTE_ADDR", "")
    if settings.TRUSTED_PROXY:
        address = request.headers.get("X-Forwarded-For", address).rpartition(",")[2].strip()
    hour = int(time.time() // 3600)
    key = hmac.new(settings.SECRET_KEY.encode(), f"{hour} {address}".encode(), sha256).hexdigest()
    cache.add(key, 0, timeout=3600)
    return cache.incr(key) <= MOST_AN_HOUR
