# Kakoune: `:lint` checks the buffer, `:lint-next-message` goes to the next finding.
hook global BufSetOption filetype=(markdown|html|xml|json) %{
    set-option buffer lintcmd %{ run() { cat "$1" | wirelint --format=gcc --column-unit=byte --quiet --stage=draft --stdin-filename="${kak_buffile}" - ; } && run }
}
