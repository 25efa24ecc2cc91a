#!/bin/sh
# diff-base.sh: --diff-base in real repositories of git, made here: what is old stays silent through edits and moves, what is new
# is seen, a line that was taken out too, and nothing of the repository is changed.
set -u
. "${srcdir:-.}/tests/tap.sh"
command -v git >/dev/null 2>&1 || skip_all 'git is not installed'
tap_tmp
tmp=$(cd "$tmp" && pwd -P)

# Nobody's settings, one identity, one time: the same commits everywhere.
for name in $(git rev-parse --local-env-vars); do unset "$name"; done
HOME=$tmp/home
GIT_CONFIG_NOSYSTEM=1
GIT_CONFIG_GLOBAL=/dev/null
GIT_AUTHOR_NAME=Desk GIT_AUTHOR_EMAIL=desk@example.org GIT_AUTHOR_DATE='2026-11-23T12:00:00Z'
GIT_COMMITTER_NAME=Desk GIT_COMMITTER_EMAIL=desk@example.org GIT_COMMITTER_DATE='2026-11-23T12:00:00Z'
export HOME GIT_CONFIG_NOSYSTEM GIT_CONFIG_GLOBAL GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_AUTHOR_DATE
export GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL GIT_COMMITTER_DATE
mkdir "$HOME"

body='The ferry to the outer islands stays in port until Thursday, the harbour master of Harbourville said.

Its engine had failed twice in a week, and a spare part is on its way from the yard that built it.

Passengers with a ticket may take the night train and the early boat from Northport instead.'

# story FILE [EXTRA]: the lead carries a placeholder, which is an error; the source is said.
story() { printf 'The port TKTK opened again on Tuesday.\n\n%s\n%s\nSource: Reuters\n' "$body" "${2:-}" >"$1"; }
clean() { printf '%s\n%s\nSource: Reuters\n' "$body" "${2:-}" >"$1"; }

repository() {		# repository FOLDER: with a first commit that holds old faults
	mkdir -p "$1/desk/night"
	(
		cd "$1" && git init -q -b main . && story old.txt && clean good.txt && story desk/b.txt && story desk/night/c.txt &&
			git add . && git commit -q -m first
	) || exit 99
}

# run STATUS WHAT [ARGUMENT...]: the placeholder and the source, of what is new since HEAD or $base.
base=HEAD
run() {
	status=$1
	what=$2
	shift 2
	limit 60 "$WIRELINT" --isolated --kind wire --select copy/placeholder,source/missing --diff-base "$base" "$@" >"$tmp/out" 2>"$tmp/err"
	got=$?
	is "$what: exit status" $got "$status"
	[ $got -eq "$status" ] || { note_file "$tmp/out" 10; note_file "$tmp/err" 10; }
}
found() { is "$what: $1" "$(sed 's,^\./,,' "$tmp/out" | cut -d: -f1,2 | tr '\n' ' ')" "$2"; }
out_has() { ok "$what: says '$1'" grep -qF -- "$1" "$tmp/out"; }
err_has() { ok "$what: closing line has '$1'" grep -qF -- "$1" "$tmp/err"; }

repository "$tmp/r"
cd "$tmp/r" || exit 99
digest() { cksum <.git/index; find .git -type f ! -name index | LC_ALL=C sort | xargs cksum | cksum; }
digest >"$tmp/digest"
clean_digest() { digest | cmp -s - "$tmp/digest"; }

# ---- nothing changed; new faults ----
limit 60 "$WIRELINT" --isolated --select copy/placeholder . >"$tmp/out" 2>/dev/null
is 'without the option the faults are found' "$?/$(grep -c TKTK "$tmp/out")" 1/3
run 0 'unchanged files' .
found 'nothing' ''
err_has '0 errors, 0 warnings, 0 notes in 0 of 4 files; 3 old ones not shown (in HEAD)'
run 0 'an unchanged file in JSON' --format json old.txt
out_has '"old":1}'

clean good.txt 'It stays there for TKTK days.'
run 1 'a new fault' .
found 'only that' 'good.txt:6 '
git add good.txt
run 1 'a new fault that is staged' .
found 'only that' 'good.txt:6 '
clean good.txt
run 0 'staged, and mended in the working tree' .
git checkout -q HEAD good.txt

story old.txt 'It stays there for TKTK days.'
run 1 'a second fault beside an old one' old.txt
found 'only the second' 'old.txt:8 '
{ printf 'The mayor said more on Wednesday.\n\n'; cat desk/b.txt; } >"$tmp/x" && cp "$tmp/x" desk/b.txt
run 0 'an old fault in another line' desk/b.txt
err_has '1 old one not shown'
git checkout -q HEAD .

# The lines are fewer, so no line is new.
sed -i /Source:/d good.txt
run 1 'a source line that was deleted' .
found 'only that' 'good.txt:5 '
out_has '[source/missing]'
git commit -q -a -m 'no source'
run 0 'the same once it is committed' .
base=HEAD~1
run 1 'but not since the commit before' .
base=HEAD
sed -i 's/Northport instead/Northport, or stay at home/' good.txt
run 0 'a source that is still missing after an edit of the last words' good.txt
git reset -q --hard HEAD~1

# ---- moved files ----
git mv old.txt desk/moved.txt
sed -i 's/outer islands/inner islands/' desk/moved.txt
run 0 'moved by git mv, and edited' .
err_has '3 old ones not shown'
sed -i 's/Thursday/TKTK/' desk/moved.txt
run 1 'moved, with a new fault' .
found 'only that' 'desk/moved.txt:3 '
git reset -q --hard

mv old.txt 'by hand.txt'
sed -i 's/outer islands/inner islands/' 'by hand.txt'
git status --porcelain >"$tmp/before"
digest >"$tmp/digest"
run 0 'moved without git, and edited' .
run 0 'moved without git, the file alone' 'by hand.txt'
ok 'the index and the repository are as they were' clean_digest
git status --porcelain | cmp -s - "$tmp/before"
is 'git status is as it was' $? 0
TMPDIR=$tmp/none; export TMPDIR
run 1 'moved without git, and no place for a copy of the index' .
found 'the file is new' 'by hand.txt:1 '
unset TMPDIR
mkdir "$tmp/empty"; TMPDIR=$tmp/empty; export TMPDIR
run 0 'temporary files' .
unset TMPDIR
is 'no temporary file is left' "$(ls -A "$tmp/empty")" ''
mv 'by hand.txt' old.txt
git reset -q --hard

story new.txt
run 1 'a file that is not tracked' .
found 'all in it is new' 'new.txt:1 '
printf 'new.txt\n' >.gitignore
run 1 'a file that is ignored' .
found 'all in it is new' 'new.txt:1 '
git rm -q --cached old.txt
run 0 'taken out of the index only' old.txt
git reset -q --hard
cp old.txt copy.txt
run 1 'a copy is a file more' copy.txt
rm -f new.txt copy.txt .gitignore

rm old.txt
run 2 'a file that is gone' old.txt
out_has '[input/missing]'
git checkout -q old.txt

# ---- what git was told not to look at ----
printf '%s\n' "$body" >good.txt
git update-index --assume-unchanged good.txt
is 'git sees no change' "$(git status --porcelain)" ''
run 1 'a file that git assumes to be unchanged' good.txt
found 'its source is missing' 'good.txt:5 '
git update-index --no-assume-unchanged good.txt
git update-index --skip-worktree good.txt
run 1 'a file that git is to skip' good.txt
git update-index --no-skip-worktree good.txt
git reset -q --hard

# An edit in the second of the index, of the same length: git tells it by the time of the index alone.
git config core.trustctime false
git config core.checkStat minimal
clean good.txt 'It stays there for five days.'
touch -d '2026-11-23 12:00:00 UTC' good.txt
git add good.txt
touch -d '2026-11-23 12:00:00 UTC' .git/index
git commit -q -m racy
touch -d '2026-11-23 12:00:00 UTC' .git/index
clean good.txt 'It stays there for TKTK days.'
touch -d '2026-11-23 12:00:00 UTC' good.txt .git/index
run 1 'an edit that the times of the file do not tell' good.txt
git config --unset core.trustctime
git config --unset core.checkStat
git reset -q --hard HEAD~1

# ---- from elsewhere ----
story good.txt
cd desk/night || exit 99
run 1 'from a folder inside' ../..
found 'the new one' '../../good.txt:1 '
cd /
run 1 'from outside' "$tmp/r"
found 'the new one' "$tmp/r/good.txt:1 "
ln -s "$tmp/r" "$tmp/link"
run 1 'through a link to the folder' "$tmp/link/good.txt" "$tmp/link/old.txt"
found 'the new one' "$tmp/link/good.txt:1 "
ln -s r/old.txt "$tmp/link.txt"
run 0 'a link to an old file' "$tmp/link.txt" "$tmp/r/old.txt"
err_has '2 old ones not shown'
cd "$tmp/r" || exit 99
git reset -q --hard

echo 'no index' >"$tmp/index"
GIT_DIR=$tmp/other GIT_INDEX_FILE=$tmp/index GIT_WORK_TREE=$tmp; export GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE
run 0 "a hook's environment" .
unset GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE
printf '#!/bin/sh\n"%s" --isolated --select copy/placeholder --diff-base HEAD . >"%s" 2>&1\n' "$WIRELINT" "$tmp/hook.out" >.git/hooks/pre-commit
chmod +x .git/hooks/pre-commit
clean good.txt 'It stays there for TKTK days.'
git commit -q -a -m faulty 2>/dev/null
is 'a commit with a new fault is refused by a hook' $? 1
ok 'and the hook names that alone' grep -q '^./good.txt:6' "$tmp/hook.out"
is 'one line and the closing one' "$(wc -l <"$tmp/hook.out" | tr -d ' ')" 2
clean good.txt 'It stays there for three days.'
ok 'a commit without one is let pass' git commit -q -a -m good
rm .git/hooks/pre-commit

# ---- a user's own programs are not run ----
for name in ext pager text monitor hook; do
	printf '#!/bin/sh\ntouch "%s/ran-%s"\n' "$tmp" "$name" >"$tmp/$name.sh"
	chmod +x "$tmp/$name.sh"
done
git config diff.external "$tmp/ext.sh"
git config core.pager "$tmp/pager.sh"
git config diff.story.textconv "$tmp/text.sh"
git config core.fsmonitor "$tmp/monitor.sh"
git config core.hooksPath "$tmp/hooks"
git config color.ui always
git config diff.orderFile nowhere
mkdir "$tmp/hooks" && cp "$tmp/hook.sh" "$tmp/hooks/post-index-change"
echo '*.txt diff=story' >.gitattributes
mv old.txt elsewhere.txt
story good.txt
run 1 'with settings of git' .
found 'the new one' 'good.txt:1 '
is 'no program of the settings was run' "$(ls "$tmp" | grep ran-)" ''
rm .gitattributes
for name in diff.external core.pager diff.story.textconv core.fsmonitor core.hooksPath color.ui diff.orderFile; do
	git config --unset "$name"
done
mv elsewhere.txt old.txt
git config core.splitIndex true
git update-index --split-index
mkdir many
for i in 1 2 3 4 5 6 7 8 9; do cp good.txt many/$i.txt; done
digest >"$tmp/digest"
run 1 'a split index' .
ok 'it is as it was, and no other half is made' clean_digest
git config --unset core.splitIndex
git update-index --no-split-index
rm -r many
git reset -q --hard

# ---- revisions ----
base=nonesuch
run 2 'an unknown revision' .
out_has "wirelint: error: revision 'nonesuch' is not in the repository '$tmp/r' [run/diff-base]"
is 'it is said once, and nothing is checked' "$(wc -l <"$tmp/out" | tr -d ' ')" 1
run 2 'an unknown revision in JSON' --format json .
out_has '"verdict":"incomplete"'
base=mian
run 2 'a misspelt branch' .
out_has "did you mean 'main'?"
base=0123456789012345678901234567890123456789
run 2 'a commit that is not there' .
out_has "is not in the repository"
base='HEAD^{tree}'
run 2 'a tree' .
out_has "'HEAD^{tree}' is a tree of the repository '$tmp/r', expected a commit"
base=HEAD:old.txt
run 2 'a blob' .
out_has 'is a blob'
base=HEAD~1..HEAD
run 2 'a range' .
for base in -x '' --output=x; do
	run 2 "'$base' as a revision" .
	ok "'$base' is wrong use" grep -q "option '--diff-base' has value '$base', expected a revision" "$tmp/err"
done
git tag -a -m tag v1
for base in v1 main @ "$(git rev-parse HEAD)" "$(git rev-parse --short HEAD)"; do
	run 0 "revision $base" .
done
base=HEAD

git init -q -b main "$tmp/unborn"
story "$tmp/unborn/a.txt"
run 2 'a repository without commits' "$tmp/unborn/a.txt"
out_has "revision 'HEAD' is not in the repository '$tmp/unborn'"

mkdir "$tmp/plain"
story "$tmp/plain/a.txt"
clean "$tmp/plain/b.txt"
run 2 'outside of a repository' "$tmp/plain"
out_has "$tmp/plain/a.txt: error: lies in no working tree of git, so 'HEAD' has no version of it; nor has it of 1 more [run/diff-base]"
git clone -q --bare . "$tmp/bare.git"
story "$tmp/bare.git/a.txt"
run 2 'inside of a bare repository' "$tmp/bare.git/a.txt"
mkdir "$tmp/broken"
echo 'gitdir: nowhere' >"$tmp/broken/.git"
clean "$tmp/broken/a.txt"
run 2 'a damaged repository' "$tmp/broken/a.txt"
out_has 'git says: fatal: not a git repository: '
cp old.txt .git/story.txt
run 1 'a file in .git' .git/story.txt old.txt
found 'has no version before' '.git/story.txt:1 '
mv old.txt older.txt
run 1 'a file in .git beside one that was moved by hand' .git/story.txt older.txt
found 'that one is known' '.git/story.txt:1 '
mv older.txt old.txt
rm .git/story.txt
story good.txt
run 2 'one inside, one outside' "$tmp/plain/a.txt" good.txt old.txt
found 'the one inside is checked' "$tmp/plain/a.txt: error good.txt:1 "
git reset -q --hard
mkdir "$tmp/bin"
what='git is not there'
(PATH=$tmp/bin; "$WIRELINT" --isolated --diff-base HEAD . >"$tmp/out" 2>"$tmp/err")
is "$what: exit status" $? 2
out_has "cannot run 'git'"

# ---- other clones and working trees ----
git worktree add -q "$tmp/tree" HEAD 2>/dev/null
story "$tmp/tree/good.txt"
mv "$tmp/tree/old.txt" "$tmp/tree/older.txt"
run 1 'a second working tree' "$tmp/tree"
found 'the new one' "$tmp/tree/good.txt:1 "
run 1 'two working trees at once' "$tmp/tree" .
git clone -q --depth 1 "file://$tmp/r" "$tmp/shallow"
base=HEAD~1
run 2 'a shallow clone' "$tmp/shallow/old.txt"
out_has "is a shallow clone: fetch the revision, or everything with 'git fetch --unshallow'"
base=HEAD
run 0 'a shallow clone with what it has' "$tmp/shallow"
git -c protocol.file.allow=always submodule --quiet add "$tmp/bare.git" module
git commit -q -m module
story module/good.txt
run 1 'a submodule' .
found 'the new one' 'module/good.txt:1 '
git clone -q "$tmp/r" "$tmp/sparse"
git -C "$tmp/sparse" sparse-checkout set --cone desk/night 2>/dev/null
run 0 'a sparse checkout' "$tmp/sparse"

# ---- conflicts ----
repository "$tmp/m"
cd "$tmp/m" || exit 99
git checkout -q -b other
sed -i 's/Thursday/Friday/' old.txt
git commit -q -a -m other
git checkout -q main
sed -i 's/Thursday/Sunday/' old.txt
git commit -q -a -m main
git merge -q other >/dev/null 2>&1
is 'there is a conflict' "$(git ls-files -u | wc -l | tr -d ' ')" 3
run 0 'a file in conflict' old.txt
err_has '1 old one not shown'
sed -i 's/night train/night TKTK/' old.txt
run 1 'a file in conflict with a new fault' old.txt
git merge --abort

# ---- names ----
newline=$(printf 'a\nb.txt')
for name in 'with blank.txt' "$newline" 'zürich.txt' '*.txt' '[a].txt' './-x.txt' ':(top)a.txt' 'a\b.txt' 'tab	.txt' '"q".txt' '!x.txt'; do
	story "$name" "Said $name."		# with text of its own: git tells many moved twins apart by chance
done
git add . && git commit -q -m names
run 0 'strange names, unchanged' .
err_has '14 old ones not shown'
for name in 'with blank.txt' "$newline" 'zürich.txt' '*.txt' '[a].txt' './-x.txt' ':(top)a.txt' 'a\b.txt' 'tab	.txt' '"q".txt' '!x.txt'; do
	sed -i 's/islands/isles/' "$name"
done
run 0 'strange names, edited' .
err_has '14 old ones not shown'
mkdir away
for name in 'with blank.txt' "$newline" 'zürich.txt' '*.txt' '[a].txt' ':(top)a.txt' 'a\b.txt' 'tab	.txt' '"q".txt' '!x.txt'; do
	mv "$name" away/
done
mv ./-x.txt away/
run 0 'strange names, moved by hand' .
err_has '14 old ones not shown'
git reset -q --hard && rm -r away

# ---- line ends, threads ----
sed -i 's/$/\r/' good.txt old.txt
git -c core.autocrlf=false commit -q -a -m crlf
git config core.autocrlf true
git rm -q -r --cached . && git reset -q --hard
sed -i 's/islands/isles/' old.txt
for rules in all tier:core; do
	limit 60 "$WIRELINT" --isolated --select $rules --diff-base HEAD . >"$tmp/out" 2>"$tmp/err"
	what="CRLF with core.autocrlf, rules $rules"
	is "$what" "$?/$(cat "$tmp/out")" 0/
done
echo '*.txt text eol=crlf' >.gitattributes
git add . 2>/dev/null && git commit -q -m attributes
rm -- *.txt desk/b.txt && git checkout -q . && sed -i 's/isles/islets/' old.txt
limit 60 "$WIRELINT" --isolated --select all --diff-base HEAD . >"$tmp/out" 2>"$tmp/err"
is 'CRLF made by attributes' "$?/$(cat "$tmp/out")" 0/

i=0
while [ $i -lt 30 ]; do
	i=$((i + 1))
	story "s$i.txt"
done
git add . 2>/dev/null && git commit -q -m many
for i in 3 7 11 19 23; do clean "s$i.txt" "There are TKTK more, and $i."; done
for i in 4 8 12; do rm "s$i.txt"; done
run 1 'many files' .
for jobs in 1 2 7; do
	limit 60 "$WIRELINT" --isolated --kind wire --select copy/placeholder,source/missing -j$jobs --diff-base HEAD . >"$tmp/out.$jobs" 2>"$tmp/err.$jobs"
	ok "the same output at -j$jobs" cmp "$tmp/out" "$tmp/out.$jobs"
	ok "the same closing line at -j$jobs" cmp "$tmp/err" "$tmp/err.$jobs"
done

# What git keeps as UTF-8 and checks out as ISO-8859-1 has a remark on its encoding, then as now.
echo 'latin.txt working-tree-encoding=ISO-8859-1' >>.gitattributes
story latin.txt
sed -i "s/port/$(printf 'caf\351')/" latin.txt
if git add . 2>/dev/null && git commit -q -m latin && git show HEAD:latin.txt | grep -q "$(printf 'caf\303\251')"; then
	sed -i 's/Thursday/Friday/' latin.txt
	limit 60 "$WIRELINT" --isolated --select input/undeclared-8bit latin.txt >"$tmp/out" 2>"$tmp/err"
	is 'the encoding is remarked' "$(cut -d: -f1,2 "$tmp/out")" latin.txt:1
	limit 60 "$WIRELINT" --isolated --select input/undeclared-8bit --diff-base HEAD latin.txt >"$tmp/out" 2>"$tmp/err"
	is 'and is no news' "$(cat "$tmp/out")" ''
else
	skip 'a file that git encodes anew' 'this git does not'
fi

# ---- signals ----
cat >"$tmp/bin/git" <<X
#!/bin/sh
case "\$*" in *update-index*) ls -A "\$TMPDIR" >"$tmp/during"; kill -TERM \$PPID; sleep 1 ;; esac
exec "$(command -v git)" "\$@"
X
chmod +x "$tmp/bin/git"
(PATH=$tmp/bin:$PATH TMPDIR=$tmp/empty; export PATH TMPDIR; "$WIRELINT" --isolated --diff-base HEAD . >/dev/null 2>&1; echo $? >"$tmp/status") 2>/dev/null
is 'ended by a signal' "$(cat "$tmp/status")" 143
ok 'there was a temporary folder' test -s "$tmp/during"
is 'it is gone' "$(ls -A "$tmp/empty")" ''

# ---- standard input and pipes ----
cd "$tmp/r" || exit 99
git reset -q --hard
run 2 'standard input without a name' - <old.txt
out_has '--stdin-filename'
run 0 'standard input for an old file' --stdin-filename old.txt - <old.txt
story "$tmp/buffer" 'There are TKTK more.'
run 1 'standard input for a file that is unchanged on disk' --stdin-filename old.txt - <"$tmp/buffer"
found 'the new one' 'old.txt:8 '
run 1 'standard input for a new file' --stdin-filename desk/new/x.txt - <old.txt
rm old.txt
run 0 'standard input for a file that is gone' --stdin-filename old.txt - <"$tmp/r/desk/b.txt"
git checkout -q old.txt
mkfifo "$tmp/fifo"
cat old.txt >"$tmp/fifo" &
run 2 'a pipe' "$tmp/fifo"
out_has 'is no regular file'
cat "$tmp/fifo" >/dev/null

# ---- the version before cannot be read, or is no article ----
printf '\000\001\002\000\000\000' >was-binary.txt
git add was-binary.txt && git commit -q -m binary
story was-binary.txt
run 1 'the version before is no article' was-binary.txt
found 'all is new' 'was-binary.txt:1 '
git reset -q --hard
ln -s good.txt was-link.txt && git add was-link.txt && git commit -q -m link && rm was-link.txt
story was-link.txt
run 1 'the version before is a link' was-link.txt
git reset -q --hard
sed -i 's/islands/isles/' old.txt
blob=$(git rev-parse HEAD:old.txt)
file=.git/objects/$(printf %.2s "$blob")/${blob#??}
if [ -f "$file" ]; then
	mv "$file" "$tmp/object"
	run 2 'an object of the repository is missing' old.txt
	out_has 'old.txt:1:1: error: cannot read the version before: git says: '
	out_has '[copy/placeholder]'
	mv "$tmp/object" "$file"
else
	skip 'an object of the repository is missing' 'it is packed'
fi
tap_done
