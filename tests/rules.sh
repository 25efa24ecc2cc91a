#!/bin/sh
# rules.sh: the examples inside the built-in rules, a TAP line each, and that they reach every part of every rule.
: "${WIRELINT:=./wirelint}"
exec "$WIRELINT" test --coverage
