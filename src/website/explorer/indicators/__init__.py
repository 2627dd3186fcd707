"""Indicators: the catalogue, collections of charts, the page of one, its hospitals, and what stands behind figures."""
