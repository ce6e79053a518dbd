# Everything is set up on first use: `make run` and `make test` work in a fresh clone.

.DEFAULT_GOAL := help
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory --no-builtin-rules

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore

python := .venv/bin/python

# A stamp is written when an installation is finished, so what was interrupted is begun anew; one
# that was made elsewhere, or for a Python that is gone, counts as not made at all.
ready := $(shell [ "$$(cat .venv/made-in 2>/dev/null)" = "$(CURDIR)" ] && $(python) -c pass 2>/dev/null && echo yes)
ifneq ($(ready),yes)
.PHONY: .venv/installed
endif

.PHONY: help
help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

.PHONY: run
run: .venv/installed ## try it: a practice server on loopback and the prompt, talking to it
	@if [ -t 0 ] && [ -t 1 ]; then \
	    .venv/bin/smtpprobe --sandbox; \
	else \
	    .venv/bin/smtpprobe --sandbox --show all --script examples/first-session.smtp; \
	fi

.PHONY: test
test: check servers ## check, fetch the servers, run every test
	@$(python) -m pytest -rs

.PHONY: check
check: .venv/installed-dev ## lint, formatting and types
	@.venv/bin/ruff check
	@.venv/bin/ruff format --check
	@.venv/bin/mypy

.PHONY: bench
bench: servers .venv/installed-dev ## how fast it starts, explains a log, runs scripts and checks TLS
	@met=0; for each in startup explain script starttls; do \
	    $(python) tests/bench/$$each.py || met=1; \
	done; exit $$met

.PHONY: golden
golden: .venv/installed-dev ## rewrite the stored output of tests/corpus, to be read in `git diff`
	@SMTPPROBE_GOLDEN=write $(python) -m pytest -q tests/corpus tests/script/importers

.PHONY: servers
servers: .venv/installed ## fetch real mail servers into .cache for the tests; installs nothing
	@$(python) tests/servers/fetch.py

.PHONY: clean
clean: ## remove all that was made: environment, fetched servers, caches
	@rm -rf .venv .cache dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/installed: pyproject.toml
	@python=$$(.ci/python) || exit 1; \
	echo "setting up .venv ..."; \
	[ -e $@ ] && [ -n "$(ready)" ] || "$$python" -m venv --clear .venv || exit 1; \
	rm -f $@ $@-dev; \
	$(python) -m pip install --quiet --editable . || exit 1; \
	printf '%s\n' "$(CURDIR)" > .venv/made-in; \
	touch $@

.venv/installed-dev: .venv/installed
	@echo "adding the development tools ..."; \
	$(python) -m pip install --quiet --upgrade 'pip>=25.1' || exit 1; \
	$(python) -m pip install --quiet --group dev || exit 1; \
	touch $@
