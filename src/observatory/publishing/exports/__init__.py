"""Observations leaving as files: CSV, XLSX, JSON, Parquet, and CSVW to describe the CSV."""
