# One command for each thing a person wants; `make help` lists them.
.DEFAULT_GOAL := help
.PHONY: help setup demo test faults lock

help:           ## Show this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 16

setup:          ## Install what is missing (every other command does this first)
	@tools/setup

demo: setup     ## Let a scripted citizen apply, with the network up and cut; writes var/demo
	@.venv/bin/python main.py demo

test: setup     ## Run every check and every test
	@tools/check

faults: setup   ## The long suites: a session killed at every step, and what else takes minutes
	@.venv/bin/pytest -m long --timeout=900

lock: setup     ## Renew requirements.lock from requirements.in
	@UV_PYTHON_DOWNLOADS=never .tools/bin/uv pip compile --quiet --upgrade --python .venv/bin/python \
	    --generate-hashes --no-header --no-annotate --override overrides.txt \
	    --output-file requirements.lock requirements.in
