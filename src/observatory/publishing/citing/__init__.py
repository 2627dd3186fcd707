"""The way back from a figure: its bytes, its files, and how to cite it."""
