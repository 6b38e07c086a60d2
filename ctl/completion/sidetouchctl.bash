# SPDX-License-Identifier: GPL-3.0-or-later
# Completes sidetouchctl in bash. Which words fit, sidetouchctl itself tells; this only asks and shows.
# shellcheck shell=bash

_sidetouchctl() {
	local word typed quote='' files='' i
	local -a given=()
	# bash parts words at "="; to sidetouchctl "--option =" is one that waits for its value.
	for ((i = 1; i <= COMP_CWORD; i++)); do
		word=${COMP_WORDS[i]}
		if [[ $word == = ]]; then
			((i < COMP_CWORD)) && continue
			word=''
		fi
		case $word in
		[\"\']*) quote=${word:0:1} word=${word:1} word=${word%"$quote"} ;;
		*) quote='' word=${word//\\/} ;;
		esac
		given+=("$word")
	done
	typed=$word
	COMPREPLY=()
	while IFS=$'\t' read -r word _; do
		if [[ $word == :files ]]; then
			files=yes
		elif [[ $word == "$typed"* ]]; then
			[[ $quote ]] || printf -v word %q "$word"
			COMPREPLY+=("$word")
		fi
	done < <("$1" completion words "${given[@]}" 2> /dev/null)
	[[ $files ]] || return 0
	compopt -o filenames 2> /dev/null # only where bash itself has called us
	while IFS= read -r word; do
		COMPREPLY+=("$word")
	done < <(compgen -f -- "$typed")
}

complete -F _sidetouchctl sidetouchctl
