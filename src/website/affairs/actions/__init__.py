"""Everything that changes what the desk holds: one transaction each, one entry in the audit each, permission first."""
