"""Templates, static files and design tokens."""
