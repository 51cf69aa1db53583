# One door. `make demo` and `make test` do their own set-up; nothing else is needed first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LOWEST := .lowest
NODE := .node
FONTS := .fonts
# A file of tests stays in one process: its tests share what takes long to build.
PARALLEL := --numprocesses auto --maxprocesses 8 --dist loadfile --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: help demo test fonts golden visual gallery bench docs lock lowest clean

help:  ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

demo: $(VENV)/ready  ## build the panel workshop into output/
	$(BIN)/deckgen build outlines/phd-in-ml.yaml

test: fonts  ## every check
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest $(PARALLEL)

fonts: $(VENV)/ready  ## the fonts that tests measure with, from npm where that is installed
	$(BIN)/python tests/faces.py

golden: $(VENV)/ready  ## rewrite the golden files; read the diff
	$(BIN)/pytest tests/test_golden.py --update-golden

visual: $(VENV)/ready  ## pictures of the shipped decks, in docs/pictures/
	$(BIN)/python docs/pictures.py visual

gallery: $(VENV)/ready  ## every kind of block in every theme, in docs/gallery/
	$(BIN)/python docs/pictures.py gallery

bench: $(VENV)/ready  ## speed beside pandoc and plain python-pptx
	$(BIN)/pip install --quiet --constraint requirements.lock --group bench
	$(BIN)/python -m compileall -q src
	env -u PYTHONDONTWRITEBYTECODE $(BIN)/python bench/run.py  # as for a user: parsed words are kept

docs: $(VENV)/ready  ## rewrite the generated pages of docs/
	$(BIN)/python docs/generate.py

lock:  ## choose the newest versions that pyproject.toml allows
	rm -rf $(VENV)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --upgrade pip
	$(BIN)/pip install --quiet --editable . --group dev --group bench
	$(BIN)/pip freeze --exclude-editable > requirements.lock
	touch $(VENV)/ready

lowest: $(VENV)/ready  ## the tests on the lowest versions that pyproject.toml allows
	rm -rf $(LOWEST)
	$(PYTHON) -m venv $(LOWEST)
	$(LOWEST)/bin/pip install --quiet --upgrade pip
	$(BIN)/python tests/lowest.py > $(LOWEST)/pins.txt
	$(LOWEST)/bin/pip install --quiet --constraint $(LOWEST)/pins.txt --editable '.[docx,equations,fonts,pdf,png,svg]' --group test
	$(LOWEST)/bin/pytest $(PARALLEL) -m 'not visual' -p no:cacheprovider

clean:  ## remove what was built and installed
	rm -rf $(VENV) $(LOWEST) $(NODE) $(FONTS) build dist output/*/

$(VENV)/ready: pyproject.toml requirements.lock
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --upgrade pip
	$(BIN)/pip install --quiet --constraint requirements.lock --editable . --group dev
	touch $@
