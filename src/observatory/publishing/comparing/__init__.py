"""Figures beside each other: countries, indicators, publishers, and what one publisher said before."""
