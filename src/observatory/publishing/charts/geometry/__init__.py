"""The ground maps are drawn on: outlines of countries in two equal-area views, computed once and committed."""
