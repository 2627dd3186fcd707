"""Imaging Observatory: official statistics on medical imaging, kept so that every number can be checked.

Start reading at `observatory.pipeline`, which shows the whole round on one page.
"""

__version__ = "0.1.0"
