#!/bin/sh
# editors.sh: what editors make of the findings: vim and neovim fill the quickfix list by editors/vim, emacs runs editors/emacs; places
# are those of wirelint, behind characters of several bytes and of several UTF-16 units too.  An editor that is not there is skipped.
set -u
. "${srcdir:-.}/tests/tap.sh"
tap_tmp
mkdir "$tmp/bin"
ln -s "$WIRELINT" "$tmp/bin/wirelint"
PATH=$tmp/bin:$PATH
export PATH
cd "$tmp" || exit 99

# A story with findings behind a letter of two bytes, one beyond the basic plane, a combining mark, and a character that is two columns wide.
{
	printf 'By Ada Brandt\n\n'
	printf 'The port of Harbourville reopened on Tuesday after a storm that had kept ships outside for days.\n\n'
	printf 'Caf\303\251 owners \360\237\232\242 and e\314\201lan \346\270\257, TK to be filled in, were glad of it all the same.\n\n'
	printf '\342\200\234We will stay here all night, the pilot said on the quay.\n'
} >story.txt

# What wirelint says, a line a finding: line, column (in bytes or characters), severity's first letter
said() { wirelint --isolated --format=gcc --quiet --column-unit="$1" story.txt | sed -n 's/^story.txt:\([0-9]*\):\([0-9]*\): \(.\).*/\1 \2 \3/p'; }
said byte >byte
said char >char
ok 'the story has findings behind wide characters' sh -c 'grep -q "^5 " byte && ! cmp -s byte char'

for editor in vim nvim; do
	if ! command -v $editor >/dev/null; then
		skip "$editor fills its quickfix list" "$editor is not there"
		continue
	fi
	cat >list.vim <<-VIM
		set nocp
		let &runtimepath = '$srcdir/editors/vim,' . &runtimepath
		edit story.txt
		compiler wirelint
		set shellpipe=>%s\ 2>/dev/null
		silent make! --isolated
		call writefile(map(getqflist(), {_, q -> q.lnum . ' ' . q.col . ' ' . tolower(q.type)}), 'list')
		call writefile(map(getqflist(), {_, q -> bufname(q.bufnr)}), 'names')
		qall!
	VIM
	rm -f list names
	if [ $editor = vim ]; then
		vim -u NONE -i NONE -n -es -S list.vim </dev/null >/dev/null 2>&1
	else
		XDG_STATE_HOME=$tmp nvim -u NONE -i NONE -n --headless -S list.vim </dev/null >/dev/null 2>&1
	fi
	is "$editor fills its quickfix list with exact places" "$(cat list 2>/dev/null)" "$(cat byte)"
	is "$editor knows the file" "$(sort -u names 2>/dev/null)" story.txt
done

if command -v emacs >/dev/null; then
	cat >list.el <<-EL
		(add-to-list 'load-path "$srcdir/editors/emacs")
		(require 'wirelint)
		(setq wirelint-options '("--isolated"))
		(find-file "story.txt")
		(defvar done nil)
		(wirelint-flymake-backend (lambda (found &rest _)
		  (with-temp-file "list"
		    (dolist (f (sort found (lambda (a b) (< (flymake-diagnostic-beg a) (flymake-diagnostic-beg b)))))
		      (let ((at (flymake-diagnostic-beg f)))
		        (insert (with-current-buffer "story.txt"
		                  (save-excursion (goto-char at)
		                    (format "%d %d %s\n" (line-number-at-pos) (1+ (- at (line-beginning-position)))
		                            (pcase (flymake-diagnostic-type f) (:error "e") (:warning "w") (_ "n")))))))))
		  (setq done t)))
		(let ((n 0)) (while (and (not done) (< n 100)) (accept-process-output nil 0.1) (setq n (1+ n))))
		(with-temp-buffer
		  (compilation-mode)
		  (let ((inhibit-read-only t)) (insert "checking\n") (insert-file-contents "gcc"))
		  (compilation--ensure-parse (point-max))
		  (goto-char (point-min))
		  (let ((n 0))
		    (while (ignore-errors (compilation-next-error 1) t) (setq n (1+ n)))
		    (with-temp-file "next" (insert (number-to-string n)))))
	EL
	wirelint --isolated --format=gcc --quiet story.txt >gcc
	rm -f list next
	LC_ALL=C.UTF-8 emacs -Q --batch -l list.el >emacs.out 2>&1 </dev/null
	wirelint --isolated --format=gcc --quiet --column-unit=char story.txt | grep '\]$' | sed -n 's/^story.txt:\([0-9]*\):\([0-9]*\): \(.\).*/\1 \2 \3/p' | sort -n -k1 -k2 >rules
	is 'emacs marks the findings as flymake, at exact places' "$(sort -n -k1 -k2 list 2>/dev/null)" "$(cat rules)"
	is 'next-error of emacs goes to each line' "$(cat next 2>/dev/null)" "$(grep -c . gcc)"
else
	skip 'emacs marks the findings' 'emacs is not there'
fi
tap_done
