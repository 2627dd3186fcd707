"""SDMX in its three spellings: CSV, JSON and XML."""
