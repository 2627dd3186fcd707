"""The desk's forms. They say what may be written; what may be done is decided by the acts."""

from django import forms
from django.contrib.auth.models import User
from django.db.models import QuerySet

from website.affairs.models import Assignment, DossierRow
from website.affairs.models.dossiers import Visibility
from website.affairs.models.responses import Choice
from website.affairs.models.seats import SeatRole
from website.affairs.models.watches import Watch
from website.affairs.roles import SEATED, Role

LARGEST_FILE = 10 * 1024 * 1024


def nameable() -> QuerySet[User]:
    """Accounts that can be named for a dossier."""
    roles = [Role.EXPERT.value, Role.OFFICER.value]
    return User.objects.filter(is_active=True, groups__name__in=roles).distinct().order_by("username")


def seatable() -> QuerySet[User]:
    """Accounts of whom one can sit in a body."""
    roles = [one.value for one in SEATED]
    return User.objects.filter(is_active=True, groups__name__in=roles).distinct().order_by("username")


class AcceptForm(forms.Form):
    """An item is ours: where it belongs, who looks after it, and why."""

    dossiers = forms.ModelMultipleChoiceField(queryset=DossierRow.objects.none())
    expert = forms.ModelChoiceField(queryset=User.objects.none(), required=False)
    role = forms.ChoiceField(choices=Assignment.Role, initial=Assignment.Role.LEAD)
    reason = forms.CharField(max_length=1000, required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        dossiers, expert = self.fields["dossiers"], self.fields["expert"]
        dossiers.queryset, expert.queryset = DossierRow.objects.all(), nameable()  # type: ignore[attr-defined]


class DismissForm(forms.Form):
    """An item is not ours."""

    reason = forms.CharField(max_length=1000)


class AssignForm(forms.Form):
    """Somebody is responsible for a dossier."""

    expert = forms.ModelChoiceField(queryset=User.objects.all())
    role = forms.ChoiceField(choices=Assignment.Role)


class NoteForm(forms.Form):
    """What is to be noted."""

    text = forms.CharField(max_length=8000)
    for_board_only = forms.BooleanField(required=False)


class TaskForm(forms.Form):
    """What somebody is to do, by when."""

    what = forms.CharField(max_length=300)
    person = forms.ModelChoiceField(queryset=User.objects.all())
    due_on = forms.DateField()


class DueForm(forms.Form):
    """By when instead."""

    due_on = forms.DateField()


class OpenForm(forms.Form):
    """A new dossier."""

    short_title = forms.CharField(max_length=120)
    title = forms.CharField(max_length=500)
    summary = forms.CharField(max_length=4000)
    topics = forms.CharField(max_length=400, required=False, help_text="Separated by commas.")
    visibility = forms.ChoiceField(choices=Visibility, initial=Visibility.DESK)


class DecisionForm(forms.Form):
    """What we do about a consultation."""

    choice = forms.ChoiceField(choices=[(one.value, one.label) for one in Choice if one != Choice.UNDECIDED])
    reason = forms.CharField(max_length=1000, required=False)
    internal_deadline = forms.DateField(required=False)


class SubmissionForm(forms.Form):
    """That a response was sent."""

    reference = forms.CharField(max_length=100)
    submitted_on = forms.DateField()
    file = forms.FileField(max_length=200)

    def clean_file(self) -> object:
        """Refuse a file that is larger than any response."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(f"The file is larger than {LARGEST_FILE // 2**20} MB.")
        return file


class VersionForm(forms.Form):
    """The text of a version of a position."""

    title = forms.CharField(max_length=300, required=False)
    text = forms.CharField(max_length=40_000)
    asks = forms.CharField(max_length=8000, required=False, help_text="One a line.")

    def clean_asks(self) -> list[str]:
        """Each line that says something."""
        return [line.strip() for line in self.cleaned_data["asks"].splitlines() if line.strip()]


class PartnersForm(forms.Form):
    """With whom something is said, and under which roof."""

    partners = forms.CharField(max_length=40_000, help_text="One a line.")
    network = forms.CharField(max_length=200, required=False)
    platform = forms.SlugField(max_length=80, required=False)

    def clean_partners(self) -> list[str]:
        """Each line that names one."""
        return [line.strip() for line in self.cleaned_data["partners"].splitlines() if line.strip()]


class IssuedForm(forms.Form):
    """When a joint statement was issued, and where it stands."""

    issued_on = forms.DateField()
    document = forms.URLField(max_length=600, required=False, assume_scheme="https")


class SayingForm(forms.Form):
    """What an expert or the Board says to a version."""

    said = forms.CharField(max_length=8000, required=False)


class MeetingForm(forms.Form):
    """A meeting of the Board."""

    held_on = forms.DateField()
    title = forms.CharField(max_length=200)


class RangeForm(forms.Form):
    """From which day to which."""

    from_day = forms.DateField()
    to_day = forms.DateField()


class WatchForm(forms.Form):
    """What is to be watched."""

    kind = forms.ChoiceField(choices=Watch.Kind)
    value = forms.CharField(max_length=200)


class SeatForm(forms.Form):
    """Who sits in a body."""

    body = forms.SlugField(max_length=80)
    person = forms.ModelChoiceField(queryset=User.objects.all())
    role = forms.ChoiceField(choices=SeatRole)
    starts_on = forms.DateField()
    last_day = forms.DateField(required=False)
    decision = forms.CharField(max_length=200, required=False)


class LastDayForm(forms.Form):
    """Until when somebody sits; empty where no end is set."""

    last_day = forms.DateField(required=False)


class PlaceForm(forms.Form):
    """A place that is wanted filled."""

    body = forms.SlugField(max_length=80)
    role = forms.ChoiceField(choices=SeatRole)
