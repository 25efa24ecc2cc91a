# Stories checked by make, each again only when it or what governs it has changed.  In a Makefile (of GNU make):
#
#	STORIES = $(shell git ls-files stories)
#	include wirelint.mk
#	publish: lint
#
# `make lint` checks what is new; `make -k lint` does not stop at the first bad story; `make -j` checks side by side; `make lint-clean`
# forgets.  A story that is sound leaves a stamp below $(LINT_STAMPS).  A bad one leaves none, so it is told again each time, and make
# fails.  What hangs on the clock (an embargo that ends) or on files that are not named here (--upstream, rule packs) is not seen:
# name such files in LINT_CONFIGS.  Names with blanks are none for make.
WIRELINT ?= wirelint
# options of `wirelint check`
LINT_FLAGS ?= --fail-on=error
LINT_STAMPS ?= .lint
LINT_CONFIGS ?= $(shell find . -name '.wirelint*' ! -path './.git/*' -type f)

LINT_STORIES := $(STORIES:%=$(LINT_STAMPS)/%.sound)

.PHONY: lint lint-clean
lint: $(LINT_STORIES)

# The options are kept, so that all is checked again under others.
$(LINT_STAMPS)/flags: lint-always
	@mkdir -p $(@D); echo '$(WIRELINT) $(LINT_FLAGS)' | cmp -s - $@ || echo '$(WIRELINT) $(LINT_FLAGS)' >$@
.PHONY: lint-always
lint-always:

$(LINT_STORIES): $(LINT_STAMPS)/%.sound: % $(LINT_CONFIGS) $(LINT_STAMPS)/flags
	@mkdir -p $(@D)
	$(WIRELINT) check --quiet --force-exclude --skip-unknown $(LINT_FLAGS) -- $<
	@touch $@

lint-clean:
	rm -rf $(LINT_STAMPS)
