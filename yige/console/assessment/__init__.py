"""Assessment: the figures of units, month by month, with the rows behind each."""
