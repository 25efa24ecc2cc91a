#!/bin/sh
# completion.sh: what the shells make of `wirelint completion`: commands, options of the command, values, rules.  A shell that is not
# there is skipped.
set -u
. "${srcdir:-.}/tests/tap.sh"
tap_tmp
mkdir "$tmp/bin"
ln -s "$WIRELINT" "$tmp/bin/wirelint"
PATH=$tmp/bin:$PATH HOME=$tmp
export PATH HOME
cd "$tmp" || exit 99
: >story.txt

# completes SHELL LINE: the words that the shell offers for the last word of the line
completes() {
	case $1 in
	bash)
		bash -c 'source <(wirelint completion bash); eval "COMP_WORDS=($1)"; case $1 in *" ") COMP_WORDS+=("");; esac; COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _wirelint; printf "%s\n" "${COMPREPLY[@]}"' - "$2" ;;
	fish)
		fish --no-config -c 'wirelint completion fish | source; complete -C $argv[1] | string replace -r "\t.*" "" | string replace -r "^--[a-z-]+=" ""' "$2" ;;
	esac
}
holds() {		# holds SHELL LINE WORD
	completes "$1" "$2" 2>&1 | grep -qx -e "$3"
}

for shell in bash fish; do
	if ! command -v $shell >/dev/null; then
		skip "$shell completes" "$shell is not there"
		continue
	fi
	ok "$shell completes a command" holds $shell 'wirelint ex' explain
	ok "$shell completes an option of the command" holds $shell 'wirelint check --fail' --fail-on
	ok "$shell completes an option of the default command" holds $shell 'wirelint --kin' --kind
	if holds $shell 'wirelint fix --cover' --coverage; then fail "$shell offers no option of another command"; else pass "$shell offers no option of another command"; fi
	ok "$shell completes a value" holds $shell 'wirelint --kind s' syndicated
	ok "$shell completes a rule" holds $shell 'wirelint check --select quote/unb' quote/unbalanced
	ok "$shell completes what is explained" holds $shell 'wirelint explain caption/duplicate-l' caption/duplicate-lead
	ok "$shell completes a file" holds $shell 'wirelint check sto' story.txt
done

if command -v zsh >/dev/null; then
	wirelint completion zsh >_wirelint
	ok 'zsh takes the script' zsh -fc 'autoload -Uz compinit; compinit -D -u; source ./_wirelint; [[ $_comps[wirelint] = _wirelint ]]'
	ok 'zsh is told each command and option' sh -c 'for w in check fix show explain; do grep -q "^	$w) options" _wirelint || exit 1; done; grep -q -e "--upstream=" _wirelint'
else
	skip 'zsh takes the script' 'zsh is not there'
fi

wirelint completion csh >out 2>err
is 'an unknown shell is refused' "$? $(cat err)" "2 wirelint: error: unknown shell 'csh', expected bash, zsh or fish"
tap_done
