#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Completion of sidetouchctl's command lines: every subcommand and every option that --help shows, and nothing else; profiles,
# buttons, keys and commands where a usage line has them; and each shell's script shows what sidetouchctl tells.
# Run by tests/run; prints TAP.
set -u
cd "$(dirname "$0")/../.." || exit 1
ctl=${BUILD:-build}/sidetouchctl
work=$(mktemp -d) || exit 1
trap 'rm -rf -- "$work"' EXIT
export LC_ALL=C.UTF-8 HOME=$work/home XDG_CONFIG_HOME=$work/home/.config XDG_DATA_HOME=$work/home/data XDG_DATA_DIRS=$work/shipped
mkdir -p "$work/home" "$work/shipped/sidetouch/profiles"
printf '[Profile]\nName=Pocket calculator\nApp=org.example.Calc\n' > "$work/shipped/sidetouch/profiles/calc.profile"
count=0 failed=0

ok() { # STATUS TEXT
	count=$((count + 1))
	if [[ $1 == 0 ]]; then echo "ok $count - $2"; else echo "not ok $count - $2"; failed=1; fi
}
words() { "$ctl" completion words "$@" | cut -f 1; }
# Exactly these words fit.
fit() { # "WORD, WORD ..." ARGUMENT...
	local wanted=$1 got
	shift
	got=$(words "$@" | paste -sd , | sed 's/,/, /g')
	[[ $got == "$wanted" ]] && return 0
	echo "# $*: '$got', not '$wanted'"
	return 1
}
fits() { # WORD ARGUMENT...: among others
	words "${@:2}" | grep -qxF -- "$1" && return 0
	echo "# ${*:2}: no '$1' among '$(words "${@:2}" | paste -sd ' ')'"
	return 1
}

mapfile -t commands < <("$ctl" --help | sed -n 's/^sidetouchctl \([a-z]*\): .*/\1/p')
fit "$(printf '%s, ' "${commands[@]}")--help, --version" ""
ok $? "every subcommand: ${commands[*]}"
different=
for command in "${commands[@]}"; do
	# The left column of --help: "  -j, --json   Print ..." and "  --panel=NUMBER   ...".
	diff <(words "$command" - | sort) <("$ctl" "$command" --help | grep -oP '^  (-., )?\K--[a-z-]+' | sort) > "$work/diff" || different+=" $command"
done
[[ ! $different ]]
ok $? "every option of each, as --help has them${different:+ (not of:$different)}"
"$ctl" completion words "" | grep -q $'^status\twhat is connected' && "$ctl" completion words status - | grep -q $'^--json\tPrint one JSON object$'
ok $? "with what each means"

fit "default, none, :files" replay --overlay "" && fit "near, far, unknown" replay --proximity "" && fit ":files" replay --clone "" &&
	fit "" calibrate -p "" && fit "--proximity=near, --proximity=far, --proximity=unknown" replay --proximity=n &&
	fit ":files" replay --proximity near "" && fit ":files" replay -- -
ok $? "an option's values, where it waits for one"
fits rate voice "" && fit "none, some, most, all" voice punctuation "" && fit "none, some, most, all" voice --json punctuation m &&
	fit "" voice rate "" && fit "" voice punctuation all "" && fit "window, confirm, apps" buttons "" && fit "profile, double" buttons confirm "" && fit "on, off" buttons apps ""
ok $? "settings and their words"
fits set profile "" && fits check profile "" && fits "Pocket calculator" profile set "" && fits "left-top + right-top" profile set X "" &&
	fits "ear tap" profile set X "" && fits "Profile" profile set X "" && fit "Command, Label, Confirm, Hint" profile set X "left-top hold" "" &&
	fit "Name, App, Site, Inherits" profile set X Profile "" && fits read-screen profile set X left-top Command "" &&
	fit "double, single, hold" profile set X left-top Confirm "" && fit "" profile set X left-top Command stop "" && fit "" profile list ""
ok $? "of profile: verbs, profiles, buttons, keys and values, each in its place"
(($(words profile set X "" | wc -l) == $("$ctl" profile keys | grep -c '^\[') + 1))
ok $? "every button that profile keys has"
fit ":files" profile check "" && fit ":files" profile check one two "" && fit "" profile import one "" && fit "org.example.Calc" which "" &&
	fit "org.example.Calc" profile which "" && fits --site which - && fit "" which --site ""
ok $? "files and apps too; which is profile which"
[[ -z $(words no-such "") && -z $(words say "") ]]
ok $? "where nothing is known to fit, nothing is offered"
"$ctl" completion > /dev/null 2> "$work/err" || (($? == 2)) && grep -q "bash, zsh or fish" "$work/err"
ok $? "a shell has to be named"

# --- the shells ---

for shell in bash zsh fish; do
	"$ctl" completion "$shell" | cmp - "ctl/completion/sidetouchctl.$shell" || break
done
ok $? "completion SHELL prints what is installed"
# shellcheck source=ctl/completion/sidetouchctl.bash
. <("$ctl" completion bash)
in_bash() { # "WORD, WORD ..." WORD...: what bash would offer for the last word
	local wanted=$1 IFS=,
	shift
	COMP_WORDS=(sidetouchctl "$@") COMP_CWORD=$#
	_sidetouchctl "$ctl"
	[[ "${COMPREPLY[*]-}" == "$wanted" ]] && return 0
	echo "# bash, $*: '${COMPREPLY[*]-}', not '$wanted'"
	return 1
}
complete -p sidetouchctl | grep -q -- "-F _sidetouchctl" && in_bash profile prof && in_bash --json status --j &&
	in_bash monitor mo && in_bash "near" replay --proximity = ne && in_bash "near,far,unknown" replay --proximity =
ok $? "bash: subcommands, options and values"
in_bash 'Pocket\ calculator' profile show Po && in_bash 'Pocket calculator' profile show '"Pocket c' &&
	in_bash 'ear\ hold' profile set X 'ear\ h' && in_bash Command profile set X 'left-top\ hold' Com &&
	in_bash "tests/run" profile check tests/ru
ok $? "bash: words with blanks, quoted or not, and files"

if command -v fish > /dev/null; then
	mkdir -p "$work/bin" && ln -s "$(realpath "$ctl")" "$work/bin/sidetouchctl"
	in_fish() { # "WORD, WORD ..." LINE
		local got
		got=$(PATH=$work/bin:$PATH fish --no-config -c 'source ctl/completion/sidetouchctl.fish; complete -C $argv[1]' "$2" | cut -f 1 | paste -sd ,)
		[[ $got == "$1" ]] && return 0
		echo "# fish, $2: '$got', not '$1'"
		return 1
	}
	in_fish profile "sidetouchctl prof" && in_fish "all,most,none,some" "sidetouchctl voice punctuation " &&
		in_fish "ear hold" "sidetouchctl profile set X ear\\ h" && in_fish "tests/run" "sidetouchctl profile check tests/ru"
	ok $? "fish: the same"
else
	ok 0 "fish # SKIP it is not installed"
fi
if command -v zsh > /dev/null; then
	mkdir -p "$work/functions" && cp ctl/completion/sidetouchctl.zsh "$work/functions/_sidetouchctl"
	[[ $(zsh -f -c 'fpath=($1 $fpath); autoload -Uz compinit; compinit -D -u; print $_comps[sidetouchctl]' zsh "$work/functions") == _sidetouchctl ]]
	ok $? "zsh: the script is found by its name"
	# The completion system itself needs a terminal; what it is handed is seen without.
	in_zsh() { # "WORD:MEANING..." WORD...
		local got
		got=$(zsh -f -c '_describe() { print -rl -- ${(P)4}; }
			_files() { print files; }
			compset() { true; }
			complete_it() { source ctl/completion/sidetouchctl.zsh; }
			words=("$@") CURRENT=$#; complete_it' zsh "$ctl" "${@:2}" | cut -c 1-40 | paste -sd ,)
		[[ $got == "$1" ]] && return 0
		echo "# zsh, ${*:2}: '$got', not '$1'"
		return 1
	}
	in_zsh "none:,some:,most:,all:" voice punctuation "" && in_zsh files profile check "" && in_zsh "org.example.Calc:Pocket calculator" which "" &&
		in_zsh "double:,single:,hold:" profile set X "ear\\ hold" Confirm "" && in_zsh "" say ""
	ok $? "zsh: what fits is handed on, with its meaning"
else
	ok 0 "zsh # SKIP it is not installed"
	ok 0 "zsh # SKIP it is not installed"
fi
echo "1..$count"
exit $failed
