"""Indicators, countries, comparisons, sources, updates, status and methodology as pages."""
