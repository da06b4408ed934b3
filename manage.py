#!/usr/bin/env python
"""`yige` under Django's customary name."""

from config.command import main

if __name__ == "__main__":
    main()
