"""Reading statistical file formats fast and strictly: delimited text, TSV, SDMX-CSV, SDMX-JSON, JSON-stat, workbooks.

A format knows no provider: not what it is asked, where it answers, or which dataset a file is of. It knows what is
published about the format, the lists its marks are taken from included; some lists and one format are the work of a
single office (Eurostat's symbols and its bulk tables, OECD.Stat's words for flags), and stand here because files of
others carry them too. This floor exists because Eurostat and OECD both send SDMX-CSV, and providers may not import
each other.

Rooms, lowest first: `answers` what came, and `records` what everything ends in; `text` lines, delimited or tabular;
`json_documents`; `sdmx` and `described`, tables that a mapping describes; `standard.py` tells the formats apart.
"""
