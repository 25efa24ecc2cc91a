#!/bin/sh
# pre-commit.sh: the hook of .pre-commit-hooks.yaml lets a sound story into a scratch repository and keeps a bad one out.  Skipped where
# pre-commit or git are not there.
set -u
. "${srcdir:-.}/tests/tap.sh"
command -v pre-commit >/dev/null || skip_all 'pre-commit is not there'
command -v git >/dev/null || skip_all 'git is not there'
tap_tmp
mkdir "$tmp/bin" "$tmp/hooks" "$tmp/desk"
ln -s "$WIRELINT" "$tmp/bin/wirelint"
PATH=$tmp/bin:$PATH HOME=$tmp PRE_COMMIT_HOME=$tmp/cache GIT_CONFIG_NOSYSTEM=1 LC_ALL=C.UTF-8
export PATH HOME PRE_COMMIT_HOME GIT_CONFIG_NOSYSTEM LC_ALL
git config --global user.name Desk
git config --global user.email desk@example.org
git config --global init.defaultBranch main

cp "$srcdir/.pre-commit-hooks.yaml" "$tmp/hooks/"
(cd "$tmp/hooks" && git init -q && git add -A && git commit -q -m hooks) || exit 99
cd "$tmp/desk" || exit 99
git init -q
cat >.pre-commit-config.yaml <<YAML
repos:
  - repo: $tmp/hooks
    rev: $(git -C "$tmp/hooks" rev-parse HEAD)
    hooks:
      - id: wirelint
YAML
printf 'root: true\nexclude: [old/*]\n' >.wirelint.yaml
pre-commit install >"$tmp/install" 2>&1 || { note_file "$tmp/install"; exit 99; }

story() { printf 'By Ada Brandt\n\nThe port of Harbourville reopened on Tuesday after a storm that had kept ships outside%s.\n' "$1"; }
commit() { git add -A && git commit -q -m story >"$tmp/out" 2>&1; }

story '' >good.txt
printf '#!/bin/sh\necho no article\n' >tool.sh
ok 'a sound story, and a file that is no article, go in' commit
story ', TK days' >bad.txt
if commit; then fail 'a bad story is kept out'; else pass 'a bad story is kept out'; fi
ok 'the finding is printed with its place' grep -q '^bad.txt:3:[0-9]*: error: .*copy/placeholder' "$tmp/out"
mkdir old
mv bad.txt old/bad.txt
ok 'what the configuration excludes goes in' commit
tap_done
