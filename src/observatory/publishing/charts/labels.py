"""Labels at the ends of lines, moved apart so that none covers another.

A legend makes the reader look away and match colours; a name at the end of its line does not.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Label:
    """A block of text that wants to stand at a height."""

    wanted: float
    """Where its middle would be best."""
    height: float
    """How high it is."""


def spread(labels: Sequence[Label], *, top: float, bottom: float) -> list[float]:
    """The middles of the labels, each as near as possible to where it wants to be, none overlapping, in given order.

    Labels that want the same place are pooled and share the displacement. Where they do not fit between `top` and
    `bottom`, they overrun the bottom.

    >>> spread([Label(wanted=10, height=10), Label(wanted=12, height=10)], top=0, bottom=100)
    [6.0, 16.0]
    """
    order = sorted(range(len(labels)), key=lambda index: labels[index].wanted)
    blocks: list[list[float]] = []
    members: list[list[int]] = []
    for index in order:
        label = labels[index]
        blocks.append([label.wanted - label.height / 2, label.height])
        members.append([index])
        while len(blocks) > 1 and blocks[-2][0] + blocks[-2][1] > blocks[-1][0]:
            _merge(blocks, members, labels)
    for block in blocks:
        block[0] = max(top, min(block[0], bottom - block[1]))
    return _settled(blocks, members, labels, top=top, bottom=bottom)


def _merge(blocks: list[list[float]], members: list[list[int]], labels: Sequence[Label]) -> None:
    """Pool the last two blocks at the mean of the places their labels want."""
    (_, first), (_, second) = blocks[-2], blocks.pop()
    members[-2] += members[-1]
    members.pop()
    offset, starts = 0.0, []
    for index in members[-1]:
        starts.append(labels[index].wanted - labels[index].height / 2 - offset)
        offset += labels[index].height
    blocks[-1] = [sum(starts) / len(starts), first + second]


def _settled(
    blocks: list[list[float]], members: list[list[int]], labels: Sequence[Label], *, top: float, bottom: float
) -> list[float]:
    """The middles, after pushing blocks apart that the edges pushed together: upwards first, then down from the top."""
    limit = bottom
    for block in reversed(blocks):
        block[0] = min(block[0], limit - block[1])
        limit = block[0]
    limit = top
    places = [0.0] * len(labels)
    for block, indices in zip(blocks, members, strict=True):
        start = max(block[0], limit)
        for index in indices:
            places[index] = start + labels[index].height / 2
            start += labels[index].height
        limit = start
    return places
