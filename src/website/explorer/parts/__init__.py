"""Parts that several pages show: controls above a chart, the drawing, the table below it, what its marks mean."""
