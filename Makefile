# Two commands are all that is needed: `make run` opens Pail, `make test` runs every check.
# Both set up what they need first; a second run is quick.

# `make run PROFILE=dev` builds faster and runs slower.
PROFILE ?= release
HOME_DIR ?=

.PHONY: run test torture fuzz bench bindings screenshots fmt icons

run:
	@scripts/setup run
	@scripts/page
	@PATH="$$PATH:$$HOME/.cargo/bin" cargo run --quiet --locked --profile $(PROFILE) --package pail-desktop -- $(if $(HOME_DIR),--home "$(HOME_DIR)")

test:
	@scripts/setup test
	@scripts/page
	@PATH="$$PATH:$$HOME/.cargo/bin" python3 scripts/check.py

# The proof of durability at length: hours, not minutes. DURABILITY.md tells what it does.
torture:
	@scripts/setup test
	@export PATH="$$PATH:$$HOME/.cargo/bin" PAIL_FAULTS=all PAIL_SEQUENCES=100000 PAIL_POWERCUT_STATES=10000 \
	  PAIL_INTERLEAVINGS=1000000 PAIL_HAMMER_SECONDS=120; \
	  cargo test --locked --package acceptance --test faults --test powercut --test concurrency -- --nocapture && \
	  cargo test --locked --package engine --test concurrency -- --nocapture && \
	  cargo test --locked --package engine --test state_machine --test care

# Searches for inputs that break a parser: so many seconds each. `make fuzz TARGETS="json names"` searches some.
SECONDS ?= 60
fuzz:
	@scripts/fuzz $(SECONDS) $(TARGETS)

# Pail against cp, git, nginx and others, as docs/BENCHES.md tells. `make bench ROWS="put merge"` runs some rows.
bench:
	@benches/setup
	@PATH="$$PATH:$$HOME/.cargo/bin" cargo build --quiet --locked --release --package pail --package benches
	@"$${CARGO_TARGET_DIR:-target}/release/pail-bench" $(ROWS)

# Writes ui/src/bindings from the Rust types.
bindings:
	@UPDATE=1 cargo test --quiet --package acceptance --test bindings

# Real pictures of the window, into tests/window/shots.
screenshots:
	@scripts/setup test
	@scripts/page
	@PATH="$$PATH:$$HOME/.cargo/bin" cargo build --quiet --locked --package pail --package pail-desktop
	@python3 tests/window/run.py screenshots

fmt:
	@cargo fmt --all
	@cd ui && npm run --silent format

# The PNG sizes of the icon, after changing its SVG.
icons:
	@python3 scripts/icons.py
