"""The money of a membership: references, transfer codes, bank files, reconciliation and books, in integer cents."""
