"""Assessment of units (考评): it only reads. What chance alone does stands in pure modules, beside the indicators."""
