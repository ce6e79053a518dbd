# Everything is set up on first use: `make run` and `make test` work in a fresh clone.

.DEFAULT_GOAL := help
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory --no-builtin-rules

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore

# Another folder is another environment from the same lock: `make venv=.venv-3.13 PYTHON=python3.13 check`.
venv := .venv
python := $(venv)/bin/python
install := $(python) -m pip install --quiet
# What has no wheel is built by what requirements-build.txt has installed.
locked_build := --no-build-isolation --use-pep517

# Those that `make test-pythons` looks for: names on the PATH, or paths.
PYTHONS := python3.12 python3.13 python3.14

# A stamp is written when an installation is finished, so what was interrupted is begun anew; one
# that was made elsewhere, or for a Python that is gone, counts as not made at all.
ready := $(shell [ "$$(cat $(venv)/made-in 2>/dev/null)" = "$(CURDIR)" ] && $(python) -c pass 2>/dev/null && echo yes)
ifneq ($(ready),yes)
.PHONY: $(venv)/installed
endif

# Who runs all tests: two on a machine of two processors or more, each with servers of its own; 0 is
# one process. More of them (WORKERS=8) pay where there are more processors.
WORKERS := $(shell [ "$$(nproc 2>/dev/null)" -ge 2 ] 2>/dev/null && echo 2 || echo 0)
at_once := -n $(WORKERS) --dist worksteal

.PHONY: help
help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

.PHONY: run
run: $(venv)/installed ## try it: a practice server on loopback and the prompt, talking to it
	@if [ -t 0 ] && [ -t 1 ]; then \
	    $(venv)/bin/smtpprobe --sandbox; \
	else \
	    $(venv)/bin/smtpprobe --sandbox --show all --script examples/first-session.smtp; \
	fi

.PHONY: test
test: check servers ## check, fetch the servers, run every test
	@$(python) -m pytest -rs $(at_once)

.PHONY: test-browser
test-browser: $(venv)/installed-dev ## fetch Chromium too, and have it show the page of the report
	@$(python) tests/servers/fetch.py chromium
	@$(python) -m pytest -rs -m browser

# Those who order the tests anew; each finds others that lean on one another.
SEEDS := 1 2 3

.PHONY: test-steady
test-steady: servers ## run every test in three random orders by two workers, and beside a busy loop
	@for seed in $(SEEDS); do \
	    $(python) -m pytest -q -n 2 -p randomly --randomly-seed=$$seed || exit 1; \
	done
	@.ci/beside-a-hog $(python) -m pytest -q

.PHONY: test-latest
test-latest: servers ## run every test on the newest versions that pyproject.toml allows
	@python=$$(.ci/python) || exit 1; \
	echo "setting up .venv-latest ..."; \
	"$$python" -m venv --clear .venv-latest || exit 1; \
	newest=.venv-latest/bin/python; \
	$$newest -m pip install --quiet --upgrade 'pip>=25.1' || exit 1; \
	$$newest -m pip install --quiet --editable . --group dev || exit 1; \
	$$newest -m tests.contracts.lock; \
	$$newest -m pytest -rs $(at_once)

.PHONY: test-pythons
test-pythons: ## run every test on each of Python 3.12, 3.13, 3.14 that is here
	@ran=; failed=; \
	for name in $(PYTHONS); do \
	    if ! python=$$(PYTHON=$$name .ci/python 2>&1); then echo "$$name: not tested: $$python"; continue; fi; \
	    version=$$("$$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])'); \
	    echo "$$name: Python $$version, in .venv-$$version"; \
	    ran="$$ran $$version"; \
	    $(MAKE) venv=.venv-$$version PYTHON="$$python" servers .venv-$$version/installed-dev \
	        && .venv-$$version/bin/python -m pytest -rs $(at_once) || failed="$$failed $$version"; \
	done; \
	if [ -n "$$failed" ]; then echo "red on Python$$failed" >&2; exit 1; fi; \
	if [ -n "$$ran" ]; then echo "green on Python$$ran"; exit 0; fi; \
	echo "nothing tested: none of $(PYTHONS) is on this machine (PYTHONS=... names others)" >&2; \
	[ "$$CI" != true ]

.PHONY: check
check: $(venv)/installed-dev ## lint, formatting and types
	@$(venv)/bin/ruff check
	@$(venv)/bin/ruff format --check
	@$(venv)/bin/mypy

.PHONY: bench
bench: servers $(venv)/installed-dev ## what it costs beside other programs (and OLD=COMMIT), into docs/benchmarks.md; fails when a goal is missed
	@OLD="$(OLD)" $(python) -m tests.bench

.PHONY: bench-survey
bench-survey: $(venv)/installed-dev ## survey beside starttls -i, with one and two workers, in a network namespace; ten minutes
	@$(python) -m tests.bench.survey

.PHONY: golden
golden: $(venv)/installed-dev ## rewrite the stored output of tests/corpus, to be read in `git diff`
	@SMTPPROBE_GOLDEN=write $(python) -m pytest -q tests/corpus tests/script/importers

.PHONY: score
score: $(venv)/installed-dev ## how often replies are read right, into docs/replies.md; fails below the bounds
	@$(python) -m tests.corpus.replies.score; code=$$?; \
	$(python) -m tests.docs.replies && exit $$code

.PHONY: score-why
score-why: servers $(venv)/installed-dev ## how often `why` names the cause in the lab of broken worlds; fails below the bounds
	@$(python) -m tests.why.score $(WORLDS)

.PHONY: pace-why
pace-why: $(venv)/installed-dev ## how long `why` takes for four well MX beside their slowest; fails at 1.3 times
	@$(python) -m tests.why.lab.pace $(DELAYS)

# Folders and how many mutants of each: `make mutants FOLDERS=policy SAMPLE=` tries all of that folder.
FOLDERS :=
SAMPLE := 110

.PHONY: mutants
mutants: $(venv)/installed-dev ## swap rows of the tables, put faults into code; fails where too few turn red
	@$(python) -m tests.knowledge.pins.swaps $(SEED)
	@$(python) -m tests.mutants $(FOLDERS) $(if $(SAMPLE),--sample $(SAMPLE)) $(if $(SEED),--seed $(SEED))

# How long all targets take together, which targets (all), and where tools are that are not locked.
MINUTES := 10
TARGETS :=
tools := .cache/tools

.PHONY: fuzz
fuzz: $(venv)/installed-dev ## breed octets for MINUTES= (10) until a reader breaks; goes on where it ended
	@[ -e $(tools)/fuzz ] || $(install) --target $(tools)/fuzz --only-binary :all: 'atheris>=2.3,<4' 2>/dev/null || \
	    echo "atheris: no wheel for this Python here"
	@PYTHONPATH=$(tools)/fuzz $(python) -m tests.fuzz --minutes $(MINUTES) $(TARGETS)

.PHONY: load
load: $(venv)/installed-dev ## 5,000 sessions, 500 scripts, 256 checks at once: nothing lost, nothing left
	@$(python) -m tests.load

# What is measured: `make coverage COVERED="tests/net"` by some tests only.
COVERED := tests

.PHONY: coverage
coverage: servers $(venv)/installed-dev ## branches covered, in all processes; fails below 93 % of repl/ and net/
	@[ -e $(tools)/coverage ] || $(install) --target $(tools)/coverage 'coverage>=7.10,<8'
	@echo "import os, site; site.addsitedir(os.path.dirname(__file__))" > $(tools)/coverage/sitecustomize.py
	@mkdir -p .cache/coverage && rm -f .cache/coverage/data*
	@export PYTHONPATH=$(CURDIR)/$(tools)/coverage; measure="$(python) -m coverage"; \
	$$measure run --rcfile tests/coverage.toml -m pytest -q -p no:cacheprovider $(COVERED); \
	$$measure combine -q --rcfile tests/coverage.toml && \
	$$measure report --rcfile tests/coverage.toml --skip-covered --sort cover && \
	for part in repl net; do \
	    $$measure report --rcfile tests/coverage.toml --include "smtpprobe/$$part/*" --fail-under 93 \
	        --format total > /dev/null || { echo "$$part/: below 93 %" >&2; exit 1; }; \
	done

.PHONY: hostile
hostile: $(venv)/installed-dev ## every hostile server, each face, each stage; then 1 GB and 1,000,000 lines
	@SMTPPROBE_HOSTILE=all $(python) -m pytest -q $(at_once) tests/hostile
	@$(python) -m tests.hostile.heavy

.PHONY: dist
dist: $(venv)/installed-dev ## build dist/: sdist, wheel, and one file that runs with Python alone
	@$(python) .ci/dist.py

.PHONY: test-container
test-container: ## build the container on a base of debootstrap, and hold a session in it (needs buildah)
	@.ci/container

RELEASES := bookworm trixie

.PHONY: test-install
test-install: dist ## install dist/ by pip, pipx, uv and as one file on an empty Debian, and hold a session
	@for release in $(RELEASES); do .ci/install $$release || exit 1; done

.PHONY: audit
audit: $(venv)/installed ## look up known vulnerabilities of every locked package; red where one was not looked up
	@$(python) .ci/audit.py

.PHONY: sbom
sbom: $(venv)/installed-dev ## write dist/smtpprobe.cdx.json (CycloneDX) and dist/licences.txt
	@$(python) .ci/sbom.py

.PHONY: docs
docs: $(venv)/installed-dev ## build the pages as a site into dist/docs, and the manual pages
	@$(python) -m tests.docs.man
	@$(python) -m sphinx -q -W --keep-going -b html docs dist/docs
	@echo "dist/docs/index.html; man -l docs/man/smtpprobe.1"

.PHONY: lock
lock: ## renew the lock: the newest versions that pyproject.toml allows, with their hashes
	@.ci/lock

.PHONY: servers
servers: $(venv)/installed ## fetch real mail servers into .cache for the tests; installs nothing
	@$(python) tests/servers/fetch.py

.PHONY: servers-more
servers-more: servers $(venv)/installed-dev ## fetch more servers, and record each in every situation: tests/corpus/servers
	@$(python) tests/servers/fetch.py servers-more
	@$(python) -m tests.servers.more $(NAMES)

.PHONY: servers-table
servers-table: $(venv)/installed-dev ## how each recorded server is read, into docs/servers.md
	@$(python) -m tests.docs.servers

.PHONY: clean
clean: ## remove all that was made: environment, fetched servers, caches
	@rm -rf .venv .venv-* .cache dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# What is installed is the lock, so a new lock begins with an empty environment. The project itself
# is installed apart: pip takes nothing in place under --require-hashes, and the lock has its backend.
$(venv)/installed: pyproject.toml requirements.txt requirements-build.txt requirements-dev.txt
	@python=$$(.ci/python) || exit 1; \
	echo "setting up $(venv) ..."; \
	[ "$?" = pyproject.toml ] && [ -n "$(ready)" ] || "$$python" -m venv --clear $(venv) || exit 1; \
	rm -f $@ $@-dev; \
	$(install) --require-hashes --requirement requirements-build.txt || exit 1; \
	$(install) --require-hashes $(locked_build) --requirement requirements.txt || exit 1; \
	$(install) --no-deps --no-build-isolation --editable . || exit 1; \
	printf '%s\n' "$(CURDIR)" > $(venv)/made-in; \
	touch $@

$(venv)/installed-dev: $(venv)/installed
	@echo "adding the development tools ..."; \
	$(install) --require-hashes --requirement requirements-dev.txt || exit 1; \
	touch $@
