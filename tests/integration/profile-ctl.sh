#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# sidetouchctl profile: telling and changing what the buttons do, in a home of its own; comments and order stay, what is
# wrong changes nothing, and on a full or read-only disk the old file is whole.
set -u
cd "$(dirname "$0")/../.." || exit 1
BUILD=$(realpath "${BUILD:-build}")
dir=$(mktemp -d) || exit 1
mounted=''
finish() {
	[ -n "$mounted" ] && umount "$mounted"
	rm -rf "$dir"
}
trap finish EXIT
number=0 failed=0
check() { # WHAT COMMAND...
	local what=$1
	shift
	number=$((number + 1))
	if "$@"; then
		echo "ok $number - $what"
	else
		echo "not ok $number - $what"
		sed 's/^/# /' "$dir/out" "$dir/err"
		failed=1
	fi
}
skip() { # WHAT WHY
	number=$((number + 1))
	echo "ok $number - $1 # SKIP $2"
}

export HOME=$dir/home XDG_CONFIG_HOME=$dir/home/.config XDG_DATA_HOME=$dir/home/data XDG_DATA_DIRS=$dir/shipped LC_ALL=C.UTF-8
unset DBUS_SESSION_BUS_ADDRESS
own=$XDG_CONFIG_HOME/sidetouch/profiles shipped=$dir/shipped/sidetouch/profiles
mkdir -p "$shipped" "$dir/home"
cat > "$shipped/calc.profile" << 'END'
[Profile]
Name=Calculator
App=org.example.Calc

[right-top]
Command=key 5
Label=Five
Label[de]=Fünf
Confirm=single
END
ctl() { "$BUILD/sidetouchctl" profile "$@" > "$dir/out" 2> "$dir/err"; }
exits() { # CODE ARGUMENT...
	local wanted=$1 code
	shift
	ctl "$@"
	code=$?
	((code == wanted)) || { echo "# exit code $code and not $wanted"; return 1; }
}
says() { grep -qF -- "$1" "$dir/out"; }
complains() { grep -qF -- "$1" "$dir/err"; }
exits_saying() { # CODE SENTENCE ARGUMENT...
	local code=$1 sentence=$2
	shift 2
	exits "$code" "$@" && { says "$sentence" || complains "$sentence"; }
}
is() { # FILE TEXT
	[[ $(cat "$1") == "$2" ]] || { diff <(echo "$2") "$1" > "$dir/out"; return 1; }
}
json() { # EXPRESSION OF d ARGUMENT...
	local expression=$1
	shift
	ctl "$@" --json && /usr/bin/python3 -c "import json, sys; d = json.load(open('$dir/out')); sys.exit(not ($expression))"
}

# --- telling ---
check "list: the apps of each" exits_saying 0 'Calculator: for org.example.Calc' list
check "list: the one for all others" says 'Default: for all other apps'
check "list, for programs" json 'd["profiles"][1]["apps"] == ["org.example.Calc"] and d["profiles"][1]["layer"] == "shipped"' list
check "show" exits_saying 0 'right-top: Five, key 5, single' show Calculator
check "which: where it is written" exits_saying 0 "right-top: Five, key 5, single, from $shipped/calc.profile:6" which org.example.Calc
check "which: what is built in" says 'right-bottom: Activate, activate, double, from built in'
check "which, for programs" json \
	'[b["command-from"] for b in d["bindings"] if b["input"] == "right-top"] == ["'"$shipped"'/calc.profile:6"]' which org.example.Calc
check "which without an app and a daemon says what to do" exits_saying 1 'say which app' which
check "another name" exits_saying 1 "there is no profile 'Calculater', did you mean 'Calculator'" show Calculater
check "another verb" exits_saying 2 "unknown verb 'lst', did you mean list" lst
check "too few arguments" exits_saying 2 'write: sidetouchctl profile set PROFILE BUTTON KEY VALUE' set Calculator
check "keys" exits_saying 0 'Confirm, of a button: double, single or hold.' keys
check "keys, for programs" json '"left-top + right-top" in d["inputs"] and len(d["keys"]) == 8' keys

# --- changing ---
check "set makes a file of one's own" exits 0 set Calculator right-top Label 'Number five'
check "which has that line alone" is "$own/Calculator.profile" '[Profile]
Name=Calculator

[right-top]
Label=Number five'
check "and counts" exits_saying 0 "right-top: Number five, key 5, single, from $shipped/calc.profile:6" which org.example.Calc
check "with its own place" says "  label from $own/Calculator.profile:5"
cat > "$own/Calculator.profile" << 'END'
# Mine.
[Profile]
Name = Calculator

# The best button.
[right-top]
  Label = Number five
# Said quickly.

Confirm=double
# At the end.
END
check "set changes one line, and no other" exits 0 set Calculator right-top Confirm hold
check "a new key comes behind the others" exits 0 set Calculator right-top Hint 'It is five'
check "a new button comes at the end" exits 0 set Calculator 'right-top+left-top' Command time
check "comments, blanks and order stay" is "$own/Calculator.profile" '# Mine.
[Profile]
Name = Calculator

# The best button.
[right-top]
  Label = Number five
# Said quickly.

Confirm=hold
Hint=It is five
# At the end.

[left-top + right-top]
Command=time'
cp "$own/Calculator.profile" "$dir/before"
unchanged() { cmp -s "$own/Calculator.profile" "$dir/before"; }
check "a wrong value is refused with its line" exits_saying 1 "Calculator.profile:10: unknown value of Confirm 'hld', did you mean 'hold'" \
	set Calculator right-top Confirm hld
check "and nothing was changed" unchanged
check "a wrong key" exits_saying 2 "unknown key 'Lable', did you mean Label" set Calculator right-top Lable x
check "a wrong button" exits_saying 2 "unknown button 'rigth-top', did you mean right-top" set Calculator rigth-top Label x
check "a value of two lines" exits_saying 2 'a value is one line' set Calculator right-top Label $'a\nCommand=stop'
check "a profile that is not there" exits_saying 1 'A new one begins with' set Nobody right-top Command time
check "a new one begins with its app" exits 0 set 'My bank: 中国' Profile App org.example.Bank
check "and goes on" exits 0 set 'My bank: 中国' right-top Command 'activate name="Pay"'
check "in a file of its name" test -f "$own/My-bank-中国.profile"
check "a value that begins with a hyphen" exits 0 set Calculator right-middle -- Command 'voice rate -10'
check "unset takes a line out" exits 0 unset Calculator right-top Hint
check "unset takes a button out" exits 0 unset Calculator right-middle
check "and its last line takes the button" exits 0 unset Calculator 'left-top + right-top' Command
check "all else stays" is "$own/Calculator.profile" '# Mine.
[Profile]
Name = Calculator

# The best button.
[right-top]
  Label = Number five
# Said quickly.

Confirm=hold
# At the end.'
check "what is not there cannot go" exits_saying 1 'has no such line' unset Calculator right-bottom
check "diff" exits_saying 0 'right-top Label: Number five instead of Five' diff Calculator
check "diff, for programs" json 'len(d["changes"]) == 2 and d["changes"][1]["now"] == "hold"' diff Calculator

# --- export and import ---
check "export puts the layers together" exits 0 export Calculator -o "$dir/exported"
check "as one file" is "$dir/exported" '[Profile]
Name=Calculator
App=org.example.Calc

[right-top]
Command=key 5
Label=Number five
Confirm=hold'
check "reset puts one's own aside" exits_saying 0 "$own/Calculator.profile~" reset Calculator
check "and what was shipped counts again" exits_saying 0 'right-top: Five, key 5, single' show Calculator
check "export of one file is that file" exits 0 export Calculator
check "with its languages" says 'Label[de]=Fünf'
check "export, for programs" json '"\nLabel[de]=Fünf\n" in d["text"]' export Calculator
check "and where it is" json "d['file'] == '$dir/exported.json'" export Calculator -o "$dir/exported.json"
check "import takes it" exits 0 import "$dir/exported"
check "and it counts" exits_saying 0 'right-top: Number five, key 5, hold' show Calculator
check "a second time only when told to" exits_saying 1 'add --replace' import "$dir/exported"
check "and then it does" exits 0 import --replace "$dir/exported"
printf '[Profile]\nName=Evil\nApp=evil\n[right-top]\nCommand=bakc\n' > "$dir/wrong.profile"
check "what is wrong is not taken" exits_saying 1 "wrong.profile:5: unknown command 'bakc', did you mean 'back'" import "$dir/wrong.profile"
check "check tells the same" exits_saying 1 "wrong.profile:5: unknown command 'bakc', did you mean 'back'" check "$dir/wrong.profile"
check "and nothing of what is right" exits 0 check "$dir/exported"
printf '[Profile]\nName=Z\nApp=z\n[left-top]\nCommand=time\n' > "$shipped/z.profile"
from_its_folder() { (cd "$shipped" && exits_saying 1 '[left-top] does the same in every app' check z.profile); }
check "by the rules of where it is, also when asked from there" from_its_folder
rm "$shipped/z.profile"

# --- the editor ---
editor() { # TEXT OF A SCRIPT: an editor that does this with "$1"
	printf '#!/bin/sh\n%s\n' "$1" > "$dir/editor"
	chmod +x "$dir/editor"
	export EDITOR=$dir/editor
	unset VISUAL
}
# shellcheck disable=SC2016
editor 'sed -i "s/Number five/Fünf/" "$1"'
check "edit: what the editor saved counts" exits 0 edit Calculator
check "and it is in place" exits_saying 0 'right-top: Fünf' show Calculator
editor 'true'
check "edit without a change" exits_saying 0 'Nothing was changed.' edit Calculator
check "edit without a change, for programs" json 'd == {"file": None}' edit Calculator
cp "$own/Calculator.profile" "$dir/before"
# shellcheck disable=SC2016
editor 'echo nonsense >> "$1"'
refused() { echo n | ctl edit Calculator; (($? == 1)) && complains 'neither [group]' && complains 'what you wrote is in' && unchanged; }
check "edit with a mistake: told, offered to go back, refused, kept" refused
# shellcheck disable=SC2016
editor 'grep -q nonsense "$1" && sed -i "s/^nonsense$/# sense/" "$1" || echo nonsense >> "$1"'
back() { echo y | ctl edit Calculator && grep -q '# sense' "$own/Calculator.profile"; }
check "and back in it, put right" back
# shellcheck disable=SC2016
editor 'echo "# json" >> "$1"'
check "edit, for programs" json "d == {'file': '$own/Calculator.profile'}" edit Calculator
# shellcheck disable=SC2016
editor 'echo nonsense >> "$1"'
asked_aside() { echo n | ctl edit Calculator --json; (($? == 1)) && complains 'Go back into the editor?' && [ ! -s "$dir/out" ]; }
check "edit with a mistake, for programs: asked beside the answer" asked_aside
editor 'exit 3'
check "an editor that fails changes nothing" exits_saying 1 'did not end well' edit Calculator

# --- every other verb, for programs, and with a word too much or too few ---
check "set, for programs" json "d == {'file': '$own/Calculator.profile'}" set Calculator right-middle Command time
check "unset, for programs" json "d == {'file': '$own/Calculator.profile'}" unset Calculator right-middle
check "show, for programs" json 'd["bindings"][0]["input"] == "left-top"' show Calculator
check "check, for programs" json 'd == {"problems": []}' check "$own/Calculator.profile"
wrong_json() { ! json 'True' check "$dir/wrong.profile" && grep -q '^{"problems":\[".*wrong.profile:5: unknown command' "$dir/out"; }
check "check of what is wrong, for programs" wrong_json
printf '[Profile]\nName=Json\nApp=json\n' > "$dir/json.profile"
check "import, for programs" json "d == {'file': '$own/Json.profile'}" import "$dir/json.profile"
check "reset, for programs" json "d == {'file': '$own/Json.profile~'}" reset Json
mkdir -p "$XDG_DATA_HOME"
export XDG_STATE_HOME=$dir/state
check "undo of nothing" exits_saying 1 'Nothing was assigned' undo --json
for verb in 'list x' 'show' 'show a b' 'which a b' 'check' 'keys x' 'set a b c' 'set a b c d e' 'unset a' 'edit' 'diff' 'reset' 'undo x' 'export' 'import'; do
	# shellcheck disable=SC2086
	check "wrong usage: $verb" exits 2 $verb
done

# --- links and bad disks ---
mv "$own/Calculator.profile" "$dir/elsewhere"
ln -s "$dir/elsewhere" "$own/Calculator.profile"
check "through a link" exits 0 set Calculator right-top Label Linked
link_stays() { [[ -L $own/Calculator.profile ]] && grep -q '^Label=Linked' "$dir/elsewhere"; }
check "to where it leads" link_stays
rm "$own/Calculator.profile"
cp "$dir/before" "$own/Calculator.profile"
mkdir "$dir/disk"
if mount -t tmpfs -o size=64k none "$dir/disk" 2> "$dir/err"; then
	mounted=$dir/disk
	mkdir -p "$dir/disk/sidetouch/profiles"
	cp "$dir/before" "$dir/disk/sidetouch/profiles/Calculator.profile"
	dd if=/dev/zero of="$dir/disk/filler" bs=4k > "$dir/out" 2>&1
	export XDG_CONFIG_HOME=$dir/disk
	whole() { cmp -s "$dir/disk/sidetouch/profiles/Calculator.profile" "$dir/before"; }
	check "a full disk: what to do" exits_saying 1 'The disk is full, so nothing was changed' set Calculator right-top Label Full
	check "and the old file is whole" whole
	# shellcheck disable=SC2016
	editor 'sed -i "s/Fünf/Voll/" "$1"'
	check "a full disk and the editor: what was written is kept" exits_saying 1 'what you wrote is in' edit Calculator
	check "and the old file is whole again" whole
	no_room() { TMPDIR=$dir/disk exits_saying 1 'make room there, or choose another folder' edit Calculator && [ "$(ls "$dir/disk")" = $'filler\nsidetouch' ]; }
	check "no room for the editor's copy: what to do, and none is left" no_room
	check "and the old file is whole still" whole
	rm "$dir/disk/filler"
	mount -o remount,ro "$dir/disk"
	check "a read-only disk: what to do" exits_saying 1 'Have that disk made writable' set Calculator right-top Label Full
	check "and it is whole" whole
	check "a read-only disk and the editor: what was written is kept" exits_saying 1 'what you wrote is in' edit Calculator
	check "with what to do" complains 'Have that disk made writable'
	check "and it is whole, too" whole
else
	for what in "a full disk" "its file" "the editor" "its file again" "no room" "its file still" "a read-only disk" "and its file" \
		"the editor there" "what to do" "and its file again"; do
		skip "$what" "nothing can be mounted here"
	done
fi
echo "1..$number"
exit $failed
