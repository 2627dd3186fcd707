"""Charts of a figure, drawn on the server as SVG: no library travels to the reader, and no script is needed.

`time_chart`, `ranking_chart`, `map_chart` and `sparkline` draw; `standalone`, `to_png` and `vega_lite` let a chart
leave the page with its sentence and its source.
"""
