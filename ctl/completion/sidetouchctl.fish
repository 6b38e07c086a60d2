# SPDX-License-Identifier: GPL-3.0-or-later
# Completes sidetouchctl in fish. Which words fit, sidetouchctl itself tells; this only asks and shows.

function __sidetouchctl_words
	set -l given (commandline -opc)
	set -l program $given[1]
	set -e given[1]
	set -l unfinished (commandline -ct)
	for line in (command $program completion words $given "$unfinished" 2>/dev/null)
		if string match -q ':files*' -- $line
			__fish_complete_path "$unfinished"
		else
			printf '%s\n' $line
		end
	end
end

complete -c sidetouchctl -f -a '(__sidetouchctl_words)'
