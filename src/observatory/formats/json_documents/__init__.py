"""JSON: broken or sound, cut into its long parts, and JSON-stat's cubes."""
