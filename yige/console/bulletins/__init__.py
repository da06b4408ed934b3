"""The room of the monthly bulletin."""
