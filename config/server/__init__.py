"""Between the network and the program: what a stranger's line may cost (docs/adr/0045)."""
