#!/bin/sh
# editors.sh: what editors make of the findings: vim and neovim fill the quickfix list by editors/vim, neovim speaks with the language server
# by editors/nvim, emacs runs editors/emacs; places
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

# Neovim's client of the language server: what it shows, how that changes with the buffer, a fix, and nothing left of what is mended.
if command -v nvim >/dev/null; then
	mkdir desk
	echo 'root: true' >desk/.wirelint.yaml
	{ cat story.txt; printf '\nIt\342\200\231s the pilot\047s day \360\237\232\242 and the crew\047s.\n'; } >desk/story.txt
	wirelint --stage=draft --format=gcc --quiet --column-unit=byte desk/story.txt | sed -n 's/^desk.story.txt:\([0-9]*\):\([0-9]*\): \(.\).*\[\(.*\)\]$/\1 \2 \3 \4/p' >lsp-expected
	cat >lsp.lua <<-LUA
		vim.opt.runtimepath:prepend('$srcdir/editors/nvim')
		local clients = vim.lsp.get_clients or vim.lsp.get_active_clients
		local function found()
		  local all = {}
		  for _, d in ipairs(vim.diagnostic.get(0)) do
		    all[#all + 1] = string.format('%d %d %s %s', d.lnum + 1, d.col + 1, ({ 'e', 'w', 'n', 'h' })[d.severity], d.code or d.user_data.lsp.code)
		  end
		  return all
		end
		local function has(rule)
		  for _, line in ipairs(found()) do if line:find(rule, 1, true) then return true end end
		  return false
		end
		local function said(name) vim.fn.writefile(found(), name) end
		vim.cmd('edit desk/story.txt')
		require('wirelint').setup()
		vim.cmd('setfiletype text')
		vim.wait(20000, function() return #found() > 0 end, 20)
		said('lsp-shown')
		-- what stood for something to come is written; the server hears the change of the buffer alone
		vim.cmd([[%s/TK to be filled in/all of them/]])
		vim.wait(20000, function() return not has('copy/placeholder') end, 20)
		said('lsp-updated')
		-- the fix of the apostrophe
		local line = vim.fn.line('$') - 1
		local params = { textDocument = vim.lsp.util.make_text_document_params(0), context = { diagnostics = {} },
		  range = { start = { line = line, character = 0 }, ['end'] = { line = line, character = 3 } } }
		for id, answer in pairs(vim.lsp.buf_request_sync(0, 'textDocument/codeAction', params, 20000) or {}) do
		  for _, action in ipairs(answer.result or {}) do
		    if action.isPreferred then
		      vim.lsp.util.apply_workspace_edit(action.edit, vim.lsp.get_client_by_id(id).offset_encoding)
		      break
		    end
		  end
		end
		vim.wait(20000, function() return not has('typography/mixed-apostrophe') end, 20)
		vim.fn.writefile(vim.fn.getline(line + 1, line + 1), 'lsp-fixed')
		said('lsp-fixed-found')
		-- nothing is left of a text that is gone
		vim.cmd('%delete')
		vim.wait(20000, function() return #found() == 0 end, 20)
		said('lsp-cleared')
		vim.lsp.stop_client(clients())
		vim.wait(20000, function() return #clients() == 0 end, 20)
		vim.fn.writefile({ tostring(#clients()) }, 'lsp-left')
		vim.cmd('qall!')
	LUA
	XDG_STATE_HOME=$tmp XDG_CACHE_HOME=$tmp limit 120 nvim -u NONE -i NONE -n --headless -S lsp.lua -c 'qall!' </dev/null >lsp.log 2>&1
	is 'neovim shows the diagnostics of the language server' "$(cat lsp-shown 2>/dev/null)" "$(cat lsp-expected)"
	is 'they change with the buffer' "$(grep -c copy/placeholder lsp-shown) $(grep -c copy/placeholder lsp-updated)" '1 0'
	is 'a fix is applied' "$(cat lsp-fixed 2>/dev/null)" "$(printf 'It\047s the pilot\047s day \360\237\232\242 and the crew\047s.')"
	is 'and its finding is gone' "$(grep -c mixed-apostrophe lsp-updated) $(grep -c mixed-apostrophe lsp-fixed-found)" '1 0'
	is 'what is gone is cleared' "$(cat lsp-cleared 2>&1)" ''
	is 'the server ends with the client' "$(cat lsp-left 2>&1)" 0
	[ "$tap_failed" -eq 0 ] || note_file lsp.log 20
else
	skip 'neovim shows, changes and clears the diagnostics of the language server, and applies a fix' 'nvim is not there'
fi

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
