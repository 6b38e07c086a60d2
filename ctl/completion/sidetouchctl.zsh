#compdef sidetouchctl
# SPDX-License-Identifier: GPL-3.0-or-later
# Completes sidetouchctl in zsh. Which words fit, sidetouchctl itself tells; this only asks and shows.

local line word files=
local -a found
for line in ${(f)"$(command ${(Q)words[1]} completion words "${(@Q)words[2,CURRENT]}" 2> /dev/null)"}; do
	word=${line%%$'\t'*}
	if [[ $word == :files ]]; then
		files=yes
	else
		found+=("${word//:/\\:}:${line#*$'\t'}")
	fi
done
if (( $#found )); then
	_describe -t words word found
	[[ -n $files ]] || return
fi
[[ -n $files ]] || return 1
compset -P 1 '--*='
_files
