"""A figure and all it rests on: which observations are asked for, how they become series, who stands where in them."""
