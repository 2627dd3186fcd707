"""What every format ends in: columns of codes, periods, values and marks, at little cost."""
