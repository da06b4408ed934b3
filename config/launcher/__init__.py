"""What `make run` and `make test` need before and around the program: interpreter, database, children."""
