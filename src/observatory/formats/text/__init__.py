"""Lines of text: delimited, in one long table, or as Eurostat's bulk tables."""
