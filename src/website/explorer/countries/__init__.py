"""The list of countries and regions, and the page of one across every indicator."""
