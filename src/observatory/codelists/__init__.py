"""The words we count with: areas, units, flags, absences, settings. Frozen and sourced; nothing is computed here."""
