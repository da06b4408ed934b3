"""A wire in: the open matters of an old ledger, taken over once from a spreadsheet."""
