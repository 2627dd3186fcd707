"""Reads and validates `catalogue/*.yaml`: what we publish, as data."""
