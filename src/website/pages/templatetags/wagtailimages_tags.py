"""An empty library of tags. Wagtail's screens for accounts load it by this name and use nothing of it.

Pictures are not installed: whatever is uploaded to a site is served from its origin one day. Without a library of this
name nobody could be given an account there.
"""

from django.template import Library

register = Library()
