"""Who changed what, and when: one entry for each act, which nobody can change afterwards."""
