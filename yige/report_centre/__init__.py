"""The report centre (报表通): which sheets are asked for, by whom, on what basis; each a saved view over the one ledger."""
