"""REST, feeds and baked answers: read-only, described by OpenAPI."""
