#!/bin/sh
# vscode.sh: the client for VS Code, in node with a stand-in for the editor: what it starts, what it tells the server, its problem matchers;
# and, where its packages are there (npm ci in editors/vscode), a real server.  The rest is skipped.
set -u
. "${srcdir:-.}/tests/tap.sh"
command -v node >/dev/null || skip_all 'node is not there'
[ "$(node -p 'process.versions.node.split(".")[0] >= 20')" = true ] || skip_all 'node is older than 20'
tap_tmp
cd "$srcdir/editors/vscode" || exit 99
HOME=$tmp TMPDIR=$tmp limit 120 node --test --test-reporter=tap test/extension.test.js test/server.test.js >"$tmp/out" 2>&1
status=$?
# the lines of the tests and the plan; of what failed, all of it as comments
sed -n '/^ok /p; /^not ok /p; /^1\.\./p' "$tmp/out"
[ $status -eq 0 ] || note_file "$tmp/out" 80
exit $status
