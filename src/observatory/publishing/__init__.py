"""A release leaving the house: figures for readers, charts, downloads, citations."""
