"""When what readers ask for is worked out: before a release is served, or while it is.

Reading and encoding a release takes some seconds. A site that others read does it before it answers anyone; whoever
starts a demo wants to see the front page at once, and waits for no second page either.
"""

WARM = "OBSERVATORY_WARM"
"""Variable of the environment that says so."""
LATER = "later"
"""Its value where the first release of a process is served as soon as its front page can be shown."""
