"""The provider's words become ours: codes, units, coverage, comparability, derived figures, checks that refuse."""
