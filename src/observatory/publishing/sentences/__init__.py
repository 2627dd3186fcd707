"""Figures read aloud: the sentence over a chart, and the text that stands in for a chart that cannot be seen."""
