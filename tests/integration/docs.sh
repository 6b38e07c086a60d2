#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every command in README.md, docs/, profiles/README.md and the manual pages: sidetouchctl's are run, with a real daemon where
# one is needed, and none is wrong usage; units, goals, options, pages and files that others name are there, and each that
# stands in a block is run by a test, which is named here.
# Run by tests/run; prints TAP, one test a document.
set -u
cd "$(dirname "$0")/../.." || exit 1
repository=$PWD
BUILD=$(realpath "${BUILD:-build}")
command -v dbus-daemon gdbus > /dev/null || { echo "1..0 # SKIP dbus-daemon is not installed"; exit 0; }
dir=$(mktemp -d) || exit 1
pids=()
finish() {
	local i
	for ((i = ${#pids[@]} - 1; i >= 0; i--)); do kill "${pids[i]}" 2> /dev/null && wait "${pids[i]}" 2> /dev/null; done
	rm -rf "$dir"
}
trap finish EXIT
export HOME=$dir/home XDG_CONFIG_HOME=$dir/home/.config XDG_DATA_HOME=$dir/home/data XDG_DATA_DIRS=$dir/share XDG_RUNTIME_DIR=$dir/run
export LC_ALL=C.UTF-8 EDITOR=true PULSE_SERVER=unix:/dev/null PATH=$BUILD:$PATH
unset VISUAL DISPLAY WAYLAND_DISPLAY AT_SPI_BUS_ADDRESS DBUS_STARTER_ADDRESS SPEECHD_ADDRESS
mkdir -p "$dir/share/sidetouch" "$XDG_CONFIG_HOME/sidetouch/profiles" "$dir/work" && mkdir -m 700 "$dir/run" && mkfifo "$dir/bus"
printf '[Profile]\nName=Mine\nApp=org.example.Mine\n' > "$XDG_CONFIG_HOME/sidetouch/profiles/mine.profile"
ln -s "$repository/profiles" "$dir/share/sidetouch/profiles"
dbus-daemon --session --nofork --nopidfile --print-address=7 7<> "$dir/bus" > "$dir/bus.log" 2>&1 & pids+=($!)
read -r -t 30 DBUS_SESSION_BUS_ADDRESS <> "$dir/bus" || { echo "Bail out! no session bus"; exit 1; }
export DBUS_SESSION_BUS_ADDRESS
"$BUILD/sidetouchd" --driver-socket "$dir/run/driver.sock" --app-source bus --voice "$BUILD/sidetouch-voice" --sink null > "$dir/daemon.log" 2>&1 & pids+=($!)
gdbus wait --session --timeout 60 org.sidetouch.Sidetouch1 || { echo "Bail out! no daemon"; exit 1; }
gdbus call --session -d org.sidetouch.Sidetouch1 -o /org/sidetouch/Sidetouch1 -m org.sidetouch.Sidetouch1.SetFront org.gnome.Calculator > "$dir/out"

wrong() { # WHERE COMMAND WHY
	echo "# $1: $2: $3"
	[[ -s $dir/err ]] && sed 's/^/#     /' "$dir/err"
	bad=1
}

# Whether a command does here what it does for everybody; others need the driver, a device or a desktop.
needs_nothing() { # COMMAND
	case $1 in
	"sidetouchctl replay"* | "sidetouchctl simulate"*) return 1 ;;
	"sidetouchctl learn --"* | "sidetouchctl profile undo"*) return 1 ;;
	"sidetouchctl overlay template --size"*) return 0 ;;
	"sidetouchctl say"* | "sidetouchctl voice"* | "sidetouchctl buttons"* | "sidetouchctl learn"* | "sidetouchctl which"* | \
		"sidetouchctl profile"* | "sidetouchctl status"* | "sidetouchctl report"*) return 0 ;;
	esac
	return 1
}

sidetouchctl_line() { # WHERE COMMAND command|mention
	local code
	: > "$dir/err"
	if [[ $2 =~ [\;\|\&\<\>] ]]; then
		wrong "$1" "$2" "one command a line, so that it can be tried"
		return
	fi
	# That its subcommand and its options are there, whatever it would do. Behind a setting's name these two take no option.
	[[ $2 =~ ^sidetouchctl\ (voice|buttons)\  ]] ||
		(cd "$dir/work" && timeout 20 bash -c "$2 --help") > "$dir/out" 2> "$dir/err" < /dev/null ||
		{ wrong "$1" "$2" "with --help: exit code $?"; return; }
	[[ $3 == mention ]] && return
	# A word in capitals, or dots, is the reader's to fill in.
	[[ $2 =~ (^|[[:space:]\'\"=])[A-Z][A-Z]+($|[[:space:]\'\".]) || $2 == *...* || $2 == "sidetouchctl simulate"* ]] && return
	(cd "$dir/work" && timeout 20 bash -c "$2") > "$dir/out" 2> "$dir/err" < /dev/null
	code=$?
	if needs_nothing "$2"; then
		((code == 0)) || wrong "$1" "$2" "exit code $code"
	else
		((code == 0 || code == 1)) || wrong "$1" "$2" "exit code $code"
	fi
}

option_line() { # WHERE COMMAND: its options are in its --help
	local word program=${2%% *}
	for word in $2; do
		[[ $word == --* ]] || continue
		"$BUILD/$program" --help 2>&1 | grep -q -- "${word%%=*}\b" || wrong "$1" "$2" "$program has no option $word"
	done
}

systemctl_line() { # WHERE COMMAND: every unit of ours is there
	local word
	for word in $2; do
		[[ $word == sidetouch* ]] || continue
		compgen -G "install/${word%.service}*" > "$dir/out" || wrong "$1" "$2" "there is no unit $word"
	done
}

# Commands that change a system or take long are run elsewhere, as they stand in the document: DOCUMENT|COMMAND|TEST|what the
# test says there, so that it is one that does.
elsewhere=(
	"README.md|make demo|tests/integration/demo.sh|tests/demo/run"
	"README.md|make check|.ci/run|step check make"
	"*|make deb|tests/integration/deb.sh|deb/made"
	"*|sudo apt install ./build/deb/sidetouch_*.deb|tests/vm/package.sh|readme_command"
	"docs/film.md|openscad -o frame.stl frame.scad|tests/integration/overlay.sh|openscad"
	"docs/no-systemd.md|make SYSTEMD=elogind|tests/integration/elogind.sh|SYSTEMD=elogind"
	"docs/no-systemd.md|make SYSTEMD=no|.ci/run|SYSTEMD=no"
	"docs/release.md|.ci/run|.ci/run|Closes with"
	"docs/release.md|make bench|tests/bench/run|make bench"
	"docs/translate.md|*|tests/integration/translations.sh|docs/translate.md"
	"install/man/sidetouch-driver.8|systemctl stop sidetouch-driver.socket|tests/vm/guest-service.sh|docs/trouble.md"
)
# What a guest walks through it takes from the document: the block behind these words.
mapfile -t walked < <(
	# shellcheck source=tests/vm/package.sh
	. tests/vm/package.sh
	grep -hoE 'readme_(walks [a-z]+|block) "[^"$]+"( docs/[a-z-]+\.md)?' tests/vm/*.sh | while IFS='"' read -r _ words file; do
		file=${file# }
		readme_block "$words" "${file:-README.md}" | while read -r command; do printf '%s|%s\n' "${file:-README.md}" "$command"; done
	done
)
is_run() { # DOCUMENT COMMAND
	local line document command test words
	for line in "${walked[@]}"; do [[ $line == "$1|$2" ]] && return 0; done
	for line in "${elsewhere[@]}"; do
		IFS='|' read -r document command test words <<< "$line"
		# shellcheck disable=SC2053 # patterns
		[[ $1 == $document && ($2 == "$command" || $command == "*") ]] && grep -qF -- "$words" "$test" && return 0
	done
	return 1
}

make_line() { # WHERE COMMAND
	local word
	for word in $2; do
		[[ $word == make || $word == *=* ]] && continue
		cat Makefile install/*.mk | grep -qE "^$word:" || wrong "$1" "$2" "there is no goal $word"
	done
}

page_line() { # WHERE COMMAND: man with a page of ours
	local word=${2##* }
	compgen -G "install/man/$word.*" > "$dir/out" || compgen -G "install/$word.*" > "$dir/out" || wrong "$1" "$2" "there is no page $word"
}

# With a daemon on the session's bus, settings in memory.
bus_line() { # WHERE COMMAND
	(cd "$dir/work" && GSETTINGS_BACKEND=memory XDG_DATA_DIRS=$XDG_DATA_DIRS:/usr/share timeout 20 bash -c "$2") > "$dir/out" 2> "$dir/err" < /dev/null || wrong "$1" "$2" "exit code $?"
}

# A test's or a benchmark's name, as its runner takes it.
runner_line() { # WHERE COMMAND
	local name=${2#* }
	[[ $name == [A-Z]* ]] && return
	compgen -G "tests/*/*$name*" > "$dir/out" || wrong "$1" "$2" "there is no test $name"
}

line() { # WHERE COMMAND [mention]
	local command=${2#sudo } document=${1%:*}
	tried=$((tried + 1))
	[[ ${3:-} == unknown ]] && wrong "$1" "$2" "is this a command? Then add its program to tests/support/doc_commands.py" && return
	bash -n -c "$2" 2> "$dir/err" || wrong "$1" "$2" "the shell does not take it"
	case $command in
	sidetouchctl\ *) sidetouchctl_line "$1" "$command" "${3:-command}" ;;
	sidetouch-driver\ * | sidetouchd\ *) option_line "$1" "$command" ;;
	*systemctl\ * | journalctl\ *) systemctl_line "$1" "$command" ;;
	make | make\ *) make_line "$1" "$command" ;;
	man\ *) page_line "$1" "$command" ;;
	tests/*) runner_line "$1" "$command" ;;
	gdbus\ * | gsettings\ *) [[ ${3:-} == mention ]] || bus_line "$1" "$command" ;;
	esac
	case $command in
	sidetouchctl\ * | gdbus\ * | gsettings\ *) ;; # here
	*) [[ ${3:-} == mention ]] || is_run "$document" "$2" || wrong "$1" "$2" "no test runs it: see tests/integration/docs.sh" ;;
	esac
}

number=0 failed=0
documents=(README.md docs/*.md profiles/README.md install/man/*.[1-9] install/*.[1-9].in)
for document in "${documents[@]}"; do
	bad=0 tried=0
	while IFS=$'\t' read -r where kind command; do line "$where" "$command" "$kind"; done < <(/usr/bin/python3 tests/support/doc_commands.py "$document")
	# Files of ours that it names are there.
	while read -r file; do
		# A part's name stands for its .c and .h.
		compgen -G "$file*" > "$dir/out" || wrong "$document" "$file" "there is no such file"
	done < <(grep -oE '`(docs|profiles|install|tests|driver|daemon|ctl|common)/[A-Za-z0-9_./-]+`' "$document" | tr -d '`')
	number=$((number + 1))
	if ((bad)); then echo "not ok $number - $document"; failed=1; else echo "ok $number - $document: $tried commands"; fi
done

# That a slip would be found.
finds() { # LINE
	bad=0
	# What is a mention need not be run by a test; else that would be all that is found.
	if [[ $1 == sidetouchctl* || $1 == gdbus* ]]; then line here "$1"; else line here "$1" mention; fi > "$dir/out"
	((bad))
}
number=$((number + 1))
if finds "sidetouchctl voice rte 200" && finds "sidetouchctl status --jsn" && finds "sidetouchctl doktor" && finds "make chek" &&
	finds "sudo systemctl restart sidetouch-drvr" && finds "sidetouchd --driver-sokket x" && finds "sidetouchctl which | less" &&
	finds "man 5 sidetouch-device" && finds "gdbus call --session -d org.sidetouch.Sidetouch1 -o / -m org.sidetouch.Sidetouch1.Say" &&
	! is_run README.md "sudo make installed" && is_run README.md "sudo make install"; then
	echo "ok $number - slips would be found"
else
	echo "not ok $number - slips would be found"
	failed=1
fi
echo "1..$number"
exit $failed
