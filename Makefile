# make demo   sets everything up, codes the example reports, writes a store and out/, says what to open
# make test   sets up what the tests need, then runs every check and every test
.POSIX:
VENV = .venv
BIN = $(VENV)/bin

.PHONY: help setup demo test check bench lock clean
help:
	@sed -n '1,2p' Makefile; echo "# make bench  times coding against the bare language model"; echo "# make lock   pins the dependencies anew"

setup: $(VENV)/ready
$(VENV)/ready: requirements.txt pyproject.toml scripts/find-python
	@python=$$(PYTHON="$(PYTHON)" sh scripts/find-python) && \
	  echo "Setting up $(VENV) with $$($$python --version) (once; about 300 MB)" && \
	  { [ -x $(BIN)/python ] && $(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null || $$python -m venv --clear $(VENV); }
	@$(BIN)/python -m pip --disable-pip-version-check install --quiet --require-hashes -r requirements.txt
	@$(BIN)/python -m pip --disable-pip-version-check install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/ready-to-test: $(VENV)/ready requirements-dev.txt
	@echo "Adding what the tests need"
	@$(BIN)/python -m pip --disable-pip-version-check install --quiet --require-hashes -r requirements-dev.txt
	@touch $@

demo: $(VENV)/ready
	@$(BIN)/rashomon run examples/reports --store out/demo.sqlite --out out

test: $(VENV)/ready-to-test
	@sh scripts/ensure-browser
	@echo "ruff";   $(BIN)/ruff check . && $(BIN)/ruff format --check --quiet .
	@echo "mypy";   $(BIN)/mypy
	@echo "pytest"; $(BIN)/pytest

bench: $(VENV)/ready
	@$(BIN)/python benchmarks/speed.py examples/reports

lock:
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.12 --generate-hashes --no-emit-index-url --no-header --output-file requirements.txt pyproject.toml scripts/build-requirements.in
	$(BIN)/uv pip compile --quiet --universal --python-version 3.12 --generate-hashes --no-emit-index-url --no-header --extra dev --constraint requirements.txt --output-file requirements-dev.txt pyproject.toml

clean:
	rm -rf $(VENV) build out .mypy_cache .ruff_cache .pytest_cache .hypothesis
