# One command for each thing a person wants; `make help` lists them.
.DEFAULT_GOAL := help
.PHONY: help setup demo test sheets faults fuzz extras bench soak lock

help:           ## Show this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 16

setup:          ## Install what is missing (every other command does this first)
	@tools/setup

demo: setup     ## A hall on your desk; without a display a scripted citizen applies; writes var/demo
	@.venv/bin/python main.py demo

test: setup     ## Run every check and every test
	@tools/check

sheets: setup   ## Draw every screen in every arrangement, and say what the rules find; writes var/sheets
	@QT_QPA_PLATFORM=offscreen .venv/bin/python -m tests.ui.sheets --check

faults: setup   ## The long suites: killed at every step and at any moment; about five hours
	@.venv/bin/pytest -m long --timeout=900

fuzz: setup     ## Guide every parser's fuzzer by coverage, a minute each; a find is kept and told
	@.venv/bin/pytest -m long --timeout=900 -k minute_of_the_fuzzer tests/devices/fuzz/test_fuzz_parsers.py

extras: setup   ## The optional parts (smart cards, flat-bed scanner): install them and run their tests
	@tools/setup-extras
	@.venv/bin/pytest -m extra --timeout=300

bench: setup    ## Measure, beside what it is compared with; rewrites docs/benchmarks.md
	@tools/setup-bench
	@.venv/bin/python -m benchmarks

soak: setup     ## A thousand sessions, then fifty citizens at one terminal, and what it holds
	@tools/setup-bench
	@.venv/bin/python -m benchmarks soak

lock: setup     ## Renew requirements.lock from requirements.in
	@UV_PYTHON_DOWNLOADS=never .tools/bin/uv pip compile --quiet --upgrade --python .venv/bin/python \
	    --generate-hashes --no-header --no-annotate --override overrides.txt \
	    --output-file requirements.lock requirements.in
	@UV_PYTHON_DOWNLOADS=never .tools/bin/uv pip compile --quiet --upgrade --python .venv/bin/python \
	    --generate-hashes --no-header --no-annotate --constraint requirements.lock \
	    --output-file requirements-extras.lock requirements-extras.in
	@UV_PYTHON_DOWNLOADS=never .tools/bin/uv pip compile --quiet --upgrade --python .venv/bin/python \
	    --generate-hashes --no-header --no-annotate --constraint requirements.lock \
	    --output-file requirements-bench.lock requirements-bench.in
