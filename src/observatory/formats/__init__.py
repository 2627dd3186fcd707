"""Reading statistical file formats fast and strictly: delimited text, TSV, SDMX-CSV, SDMX-JSON, JSON-stat, workbooks.

A format knows nothing of any provider's habits; a provider knows which formats it sends. This floor exists because
Eurostat and OECD both send SDMX-CSV, and providers may not import each other.
"""
