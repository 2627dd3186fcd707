"""Where a consultation stands, in words, by its record and the clock."""

from datetime import datetime

from observatory.affairs.standing import standing_at
from observatory.proceedings.records import Consultation
from website.affairs.wording import moment_words


def standing_words(record: Consultation, *, at: datetime) -> str:
    """Status, the dates of the same period, and what is odd about them."""
    standing = standing_at(record, at)
    words = [standing.status.value]
    if standing.opens_at:
        words.append(f"opens {moment_words(standing.opens_at)}")
    if standing.closes_at:
        words.append(f"closes {moment_words(standing.closes_at)}")
    if standing.remark:
        words.append(standing.remark)
    return "; ".join(words)
