.PHONY: run test test-slow lint bench clean
PYTHON := sh config/python.sh

run:
	@exec $(PYTHON) run
test:
	@exec $(PYTHON) test
test-slow:
	@exec $(PYTHON) test-slow
lint:
	@exec $(PYTHON) lint
bench:
	@exec $(PYTHON) bench
# Takes away what can be made again; the database, the photos and the keys under var/ stay.
clean:
	rm -rf .venv .pytest_cache .ruff_cache .import_linter_cache .hypothesis var/static var/test
