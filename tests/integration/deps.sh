#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# `make deps`: silent when nothing is missing, tells what and why before it installs, and on another distribution names
# the packages there and stops. Run by tests/run with package managers that only note that they were called; prints TAP.
set -u
cd "$(dirname "$0")/../.." || exit 1
work=$(mktemp -d) || exit 1
trap 'rm -rf -- "$work"' EXIT
count=0 failed=0

ok() { # STATUS TEXT
	count=$((count + 1))
	if [[ $1 == 0 ]]; then echo "ok $count - $2"; else echo "not ok $count - $2"; failed=1; fi
}

mkdir "$work/bin"
for manager in apt-get dnf apk pacman sudo; do
	# shellcheck disable=SC2016 # of the script that is written
	printf '#!/bin/sh\necho "$0 $*" >> "%s/called"\n[ -z "$APT_FAILS" ]\n' "$work" > "$work/bin/$manager"
done
# Knows every package but those of $MISSING, as words.
cat > "$work/bin/dpkg-query" << 'QUERY'
#!/bin/bash
for package in "${@:3}"; do
	[[ " $MISSING " == *" $package "* ]] || echo "ii  $package"
done
QUERY
printf '#!/bin/sh\nfor p in "$@"; do echo "  Candidate: 1"; done | tail -n +2\n' > "$work/bin/apt-cache"
chmod +x "$work/bin"/*

# Run it as on this distribution, with these packages missing.
deps() { # ID ID_LIKE MISSING [OPTION]
	rm -f "$work/called"
	printf 'NAME="Any"\nID=%s\nID_LIKE="%s"\n' "$1" "$2" > "$work/os-release"
	PATH=$work/bin:$PATH SIDETOUCH_OS_RELEASE=$work/os-release MISSING=$3 APT_FAILS=${APT_FAILS:-} \
		install/deps.sh "${@:4}" > "$work/out" 2> "$work/err"
	code=$?
}

said() { # TEXT FILE
	grep -qF -- "$1" "$work/$2"
}

for system in "fedora::dnf install" "rocky:rhel centos fedora:dnf install" "alpine::apk add" "manjaro:arch:pacman -S"; do
	IFS=: read -r id like command <<< "$system"
	deps "$id" "$like" ""
	known=0
	# What the programs are linked with; a new library is to be named there too.
	for library in glib libinput libevdev mtdev pulse alsa gettext espeak-ng cmocka pipewire; do
		said "$library" err || { echo "# no $library for $id"; known=1; }
	done
	[[ $code == 1 && ! -e $work/called ]] &&
		said "$command" err && [[ $known == 0 ]]
	ok $? "$id: names its packages for $command, installs nothing and stops"
done
deps slackware "" ""
[[ $code == 1 && ! -e $work/called ]] && said "'slackware' is no distribution whose packages we know" err
ok $? "one that is not known: says where the list is, and stops"

deps debian "" ""
[[ $code == 0 && ! -s $work/out && ! -s $work/err && ! -e $work/called ]]
ok $? "nothing is missing: nothing is said or done"
deps debian "" "gettext valgrind" --check
[[ $code == 1 && ! -e $work/called ]] && said "Sidetouch needs 2 more packages:" out && said "counts instructions" out
ok $? "--check says what is missing and why, and installs nothing"
deps linuxmint "ubuntu debian" "gettext valgrind"
if ((EUID == 0)); then
	[[ $code == 0 ]] && said "translations of what is said" out &&
		[[ $(cat "$work/called") == *"apt-get install -y -q --no-install-recommends gettext valgrind" ]]
	ok $? "root: what is missing, and nothing else, is installed"
	APT_FAILS=yes deps debian "" "gettext"
	[[ $code == 1 ]] && said "Is there a network? Then run: make deps" err
	ok $? "without a network it says so"
else
	[[ $code == 0 || $code == 1 ]] && said "translations of what is said" out
	ok $? "says what is missing and why first"
fi
deps debian "" "" --frob
[[ $code == 2 ]] && said "'--frob' is not an option" err
ok $? "an option that it does not know is wrong usage"

echo "1..$count"
exit $failed
