" Vim and Neovim: `:compiler wirelint`, then `:make` checks the file of the buffer and fills the quickfix list.
" Copy the folder vim/ into ~/.vim (or ~/.config/nvim), or put it on 'runtimepath'.
if exists('current_compiler')
  finish
endif
let current_compiler = 'wirelint'

if exists(':CompilerSet') != 2
  command -nargs=* CompilerSet setlocal <args>
endif

let s:save = &cpo
set cpo&vim

" Vim's columns are bytes.  A note without a rule belongs to the finding above it and has the type n, as notes with one have.
CompilerSet makeprg=wirelint\ --format=gcc\ --column-unit=byte\ --quiet\ --color=never\ $*\ %:S
CompilerSet errorformat=%f:%l:%c:\ %trror:\ %m,%f:%l:%c:\ %tarning:\ %m,%f:%l:%c:\ %tote:\ %m,%f:\ %trror:\ %m,%-G%.%#

let &cpo = s:save
unlet s:save
