.PHONY: run test test-slow lint bench clean
PYTHON := sh config/python.sh

run:
	@exec $(PYTHON) run
test:
	@exec $(PYTHON) test $(WORDS)
test-slow:
	@exec $(PYTHON) test-slow $(WORDS)
lint:
	@exec $(PYTHON) lint
bench:
	@exec $(PYTHON) bench $(WORDS)
# Words for one of them: make test WORDS="tests/cases -x", make bench WORDS="locate"
# Takes away what can be made again; the database, the photos and the keys under var/ stay.
clean:
	rm -rf .venv .pytest_cache .ruff_cache .import_linter_cache .hypothesis var/static var/test
