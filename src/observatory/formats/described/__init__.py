"""Tables without a standard format, read by a description in YAML."""
