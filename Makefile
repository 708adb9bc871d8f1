# make report   set everything up and run the main job
# make test     set everything up and pass all tests
# make check    ruff and mypy
# make lock     pin the tested versions again
# make notebooks  run the notebooks and keep their outputs
# make docs     build the documentation site into site/ (its search needs a server: python -m http.server -d site)
# make network  build the embedded network again from its source
PYTHON ?= python3.11
SCENARIO ?= scenarios/islamabad-minsk.yaml
BIN = .venv/bin

.PHONY: report test check docs lock notebooks network schema clean

report: .venv/ready
	$(BIN)/corridor run $(SCENARIO)

test: .venv/ready-dev
	$(BIN)/pytest -n auto --dist loadgroup

check: .venv/ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

notebooks: .venv/ready-dev
	$(BIN)/python -m tests.notebook_execution

docs: .venv/ready-dev
	$(BIN)/mkdocs build --strict

network: .venv/ready-dev
	$(BIN)/corridor network build --from scgraph-data -o data/network/embedded

schema: .venv/ready
	$(BIN)/corridor schema > data/schema/scenario.schema.json

lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" pyproject.toml -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock

.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps -e .
	touch $@

.venv/ready-dev: .venv/ready requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

clean:
	rm -rf .venv runs site .mypy_cache .ruff_cache .pytest_cache
