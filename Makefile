# The two commands that a newcomer needs are `make demo` and `make test`; `make help` lists the rest.

SWIFT ?= swift
CERTHOST = .build/debug/certhost
PYTHON = .build/python/bin/python
# Tests start processes and servers: more than a few at a time would starve one another on a small machine.
TESTING = PATH="$(CURDIR)/$(dir $(PYTHON)):$$PATH" CERTHOST_PYTHON="$(CURDIR)/$(PYTHON)" \
	SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=4

.PHONY: help demo test live build lint format docs docs-tables benchmark soak fuzz dependencies test-dependencies

# What `make benchmark` measures (all where it is empty), and how long `make soak` and `make fuzz` last, and how many
# orders `make soak` kills at each authority.
BENCHMARKS ?=
SECONDS ?= 180
CRASHES ?= 1000

help: ## Show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

demo: build ## Build, and show certificates of both authorities from the built-in sandbox
	@for arguments in "list" "order digicert/123456" "duplicates digicert/123456"; do \
		printf '\n$$ certhost %s\n' "$$arguments"; \
		$(CERTHOST) $$arguments -c plugins.yaml -e sandbox || exit; \
	done

# Packages that depend on this one are built first: the other tests, some of which go by time, have the machine to themselves.
test: dependencies test-dependencies ## Install what is missing and run all tests
	@$(TESTING) $(SWIFT) test --filter PackageTests; packages=$$?; \
		$(TESTING) $(SWIFT) test --skip PackageTests --skip LiveConformanceTests.LiveConformanceTests && \
		{ [ $$packages = 0 ] || { echo "Packages that depend on this one have failed: see the first summary."; exit $$packages; }; }

# Reads only, but for the requirements that CERTHOST_LIVE_MUTATE names. The article "The conformance suite" has the variables.
live: dependencies ## Try the provider CERTHOST_LIVE_PROVIDER of CERTHOST_LIVE_CONFIG at its real account
	$(TESTING) $(SWIFT) test --filter LiveConformanceTests.LiveConformanceTests

build: dependencies ## Build the command (debug)
	@echo "Building; the first build takes some minutes."
	$(SWIFT) build --product certhost

lint: ## Check format and style
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests Benchmarks/Package.swift Benchmarks/Sources \
		Fuzzing/Package.swift Fuzzing/Sources Examples/Embedding/Package.swift Examples/Embedding/Sources

format: ## Format all sources
	$(SWIFT) format --in-place --recursive Package.swift Sources Tests Benchmarks/Package.swift Benchmarks/Sources \
		Fuzzing/Package.swift Fuzzing/Sources Examples/Embedding/Package.swift Examples/Embedding/Sources

docs: dependencies test-dependencies ## Make the documentation of all modules, and fail at a dead link or a gap
	$(SWIFT) build
	SWIFT=$(SWIFT) Documentation/make

docs-tables: dependencies ## Write what the documentation shows of the sources anew: tables, and the tutorial's code
	CERTHOST_WRITE_TABLES=1 $(SWIFT) test --filter 'GeneratedTableTests|EmbeddingArticleTests|TutorialTests'

benchmark: dependencies ## Measure everything that has a budget (release build, ten minutes)
	$(SWIFT) build -c release --product certhost
	$(SWIFT) run -c release --package-path Benchmarks benchmark "$(CURDIR)/.build/release/certhost" $(BENCHMARKS)

soak: dependencies ## List through random faults for SECONDS (180), and kill CRASHES (1000) orders at each authority
	$(SWIFT) run -c release --package-path Benchmarks soak --seconds $(SECONDS)
	CERTHOST_CRASHES=$(CRASHES) $(SWIFT) test --filter certhostTests.CrashTests

fuzz: dependencies ## Look for configurations that break the loader for SECONDS (180), with libFuzzer
	$(SWIFT) build -c release --package-path Fuzzing --sanitize fuzzer --sanitize address -Xswiftc -sanitize=fuzzer
	mkdir -p Fuzzing/.build/corpus
	cd Fuzzing && SWIFT_BACKTRACE=enable=no LSAN_OPTIONS=suppressions=leaks.supp \
		.build/release/FuzzConfiguration -max_total_time=$(SECONDS) -timeout=60 \
		-rss_limit_mb=4096 -max_len=8192 -detect_leaks=0 -artifact_prefix=.build/ -print_final_stats=1 -dict=configuration.dict \
		.build/corpus Seeds ../Tests/HostTests/Configuration/Corpus </dev/null

# A server that nobody here wrote is a package of Debian's. What tests compare with is written in Python. Debian lets nobody install into the system's own, so it has a place here.
test-dependencies:
	@command -v pebble >/dev/null && command -v pebble-challtestsrv >/dev/null || { \
		echo "Installing pebble, an ACME server that tests talk to."; \
		SUDO=$$([ "$$(id -u)" = 0 ] || echo sudo); \
		$$SUDO apt-get update -q && $$SUDO env DEBIAN_FRONTEND=noninteractive apt-get install -q -y pebble || \
			echo "There is none for this system: the tests that need it are skipped."; \
	}
	@$(PYTHON) -c 'import jsonschema, pkilint, ruamel.yaml' 2>/dev/null || { \
		echo "Installing what tests compare with: Tests/requirements.txt."; \
		python3 -c 'import ensurepip' 2>/dev/null || { \
			SUDO=$$([ "$$(id -u)" = 0 ] || echo sudo); \
			$$SUDO apt-get update -q && $$SUDO env DEBIAN_FRONTEND=noninteractive apt-get install -q -y python3 python3-venv; \
		}; \
		python3 -m venv .build/python && $(PYTHON) -m pip install -q -r Tests/requirements.txt; \
	}

# libyaml and SQLite are the system libraries; pkg-config tells the package manager where they are.
dependencies:
	@command -v $(SWIFT) >/dev/null || { echo "Swift is missing: install 6.2 or later from https://www.swift.org/install"; exit 1; }
	@pkg-config --exists yaml-0.1 sqlite3 2>/dev/null || { \
		echo "Installing libyaml-dev, libsqlite3-dev and pkg-config."; \
		SUDO=$$([ "$$(id -u)" = 0 ] || echo sudo); \
		$$SUDO apt-get update -q && $$SUDO env DEBIAN_FRONTEND=noninteractive apt-get install -q -y libyaml-dev libsqlite3-dev openssl pkg-config; \
	}
