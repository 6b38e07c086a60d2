#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# `make install` and `make uninstall` into a folder of their own: DESTDIR and PREFIX count everywhere, what is installed
# names where it is, and uninstalling leaves nothing. Run by tests/run; prints TAP.
set -u
cd "$(dirname "$0")/../.." || exit 1
work=$(mktemp -d) || exit 1
trap 'rm -rf -- "$work"' EXIT
# A copy of what was built, for another PREFIX makes some of it anew and other tests run it meanwhile.
build=$work/build
mkdir -p "$build/obj" && cp -a "${BUILD:-build}"/{lib,include,locale,sidetouch*} "$build" &&
	cp -a "${BUILD:-build}"/obj/{common,driver,daemon,ctl} "$build/obj" || exit 1
count=0 failed=0
# The make that runs the tests is no parent of these.
unset MAKEFLAGS MAKELEVEL MFLAGS

ok() { # STATUS TEXT
	count=$((count + 1))
	if [[ $1 == 0 ]]; then echo "ok $count - $2"; else echo "not ok $count - $2"; failed=1; fi
}

# What is made anew has to fit the rest.
san=()
[[ ${BUILD:-} == */san ]] && san=(SAN=1)
run_make() { # GOAL DESTDIR [PREFIX]
	make --no-print-directory "$1" "${san[@]}" BUILD="$build" DESTDIR="$2" ${3:+PREFIX="$3"} > "$work/log" 2>&1 || {
		sed 's/^/# /' "$work/log"
		return 1
	}
}

there() { # ROOT FILE...
	local root=$1 file
	shift
	for file in "$@"; do
		[[ -f $root/$file ]] || { echo "# no $file"; return 1; }
	done
}

tree() { (cd "$1" && find . -printf '%y %m %p\n' | sort); }
same() { tree "$1" | diff "$2" - | sed 's/^/# /' && return "${PIPESTATUS[1]}"; }

# A system on which others have files, and a folder that is empty but theirs.
root=$work/root
mkdir -p "$root"/usr/{bin,lib/udev/rules.d,share/man/man1} "$root/etc/xdg/autostart"
echo other > "$root/usr/bin/other"
tree "$root" > "$work/before"
run_make install "$root" /usr
ok $? "make install DESTDIR=... PREFIX=/usr"
there "$root/usr" bin/sidetouchctl bin/sidetouchd libexec/sidetouch/sidetouch-driver libexec/sidetouch/sidetouch-voice \
	lib/systemd/system/sidetouch-driver.service lib/systemd/user/sidetouchd.service lib/udev/rules.d/60-sidetouch.rules \
	lib/sysusers.d/sidetouch.conf lib/modules-load.d/sidetouch.conf share/man/man1/sidetouchctl.1 \
	share/bash-completion/completions/sidetouchctl share/zsh/site-functions/_sidetouchctl \
	share/fish/vendor_completions.d/sidetouchctl.fish share/sidetouch/profiles/org.gnome.Calculator.profile share/locale/zh_CN/LC_MESSAGES/sidetouch.mo
ok $? "programs, units, rules, man pages, completions, profiles and translations are there"
[[ $(find "$root" -type f ! -path "$root/usr/*") == "$root/etc/xdg/autostart/sidetouchd.desktop" ]]
ok $? "and nothing outside of PREFIX but the one file that is read only in /etc"
[[ -z $(find "$root" -type f -empty ! -name made-folders) ]]
ok $? "no file is empty"
tree "$root" > "$work/installed"
run_make install "$root" /usr && same "$root" "$work/installed"
ok $? "installed over itself, it is the same"
grep -q '^ExecStart=/usr/libexec/sidetouch/sidetouch-driver' "$root/usr/lib/systemd/system/sidetouch-driver.service" &&
	grep -q '^ExecStart=/usr/bin/sidetouchd' "$root/usr/lib/systemd/user/sidetouchd.service" &&
	! grep -rq '@[a-z]*dir@' "$root/usr/lib/systemd"
ok $? "units start what was installed, where it will be"
[[ -x $root/usr/bin/sidetouchd && ! -x $root/usr/lib/udev/rules.d/60-sidetouch.rules ]] &&
	[[ -z $(find "$root" -type f -perm /022) ]]
ok $? "only programs can be run, and only root may write"
grep -q /usr/share/sidetouch "$root/usr/libexec/sidetouch/sidetouch-driver" &&
	! grep -q /usr/local "$root/usr/libexec/sidetouch/sidetouch-driver" && ! grep -q /usr/local "$root/usr/bin/sidetouchd" &&
	"$root/usr/libexec/sidetouch/sidetouch-driver" --version > /dev/null && "$root/usr/bin/sidetouchctl" --version > /dev/null
ok $? "programs that were built for another PREFIX look there too"

# The packages of others, which are not made here.
version=$(sed -n 's/^VERSION := //p' Makefile)
bash -n install/APKBUILD && sh -n install/sidetouch.pre-install && [[ $(. install/APKBUILD && echo "$pkgver") == "$version" ]] &&
	grep -q "^Version: *$version\$" install/sidetouch.spec
ok $? "APKBUILD can be read; it and the spec are of this version"
mapfile -t listed < <(sed -n '/^%files/,$ s/^\(%config([a-z]*) \)\?%{\(_[a-z]*\)}/\2/p' install/sidetouch.spec | sed -e 's,^_bindir,/usr/bin,' \
	-e 's,^_libexecdir,/usr/libexec,' -e 's,^_datadir,/usr/share,' -e 's,^_mandir,/usr/share/man,' -e 's,^_sysconfdir,/etc,' \
	-e 's,^_modulesloaddir,/usr/lib/modules-load.d,' -e 's,^_sysusersdir,/usr/lib/sysusers.d,' -e 's,^_tmpfilesdir,/usr/lib/tmpfiles.d,' \
	-e 's,^_udevrulesdir,/usr/lib/udev/rules.d,' -e 's,^_unitdir,/usr/lib/systemd/system,' -e 's,^_userunitdir,/usr/lib/systemd/user,' -e 's,/$,/*,')
is_listed() { # FILE
	local pattern
	# shellcheck disable=SC2053 # patterns
	for pattern in "${listed[@]}"; do [[ $1 == $pattern ]] && return 0; done
	return 1
}
unlisted=
while read -r file; do
	[[ $file == */locale/* || $file == /usr/bin/other ]] || is_listed "$file" || unlisted+=" $file"
done < <(cd "$root" && find . -type f -printf '/%P\n')
((${#listed[@]} > 10)) && [[ ! $unlisted ]]
ok $? "the spec lists every file${unlisted:+ (not:$unlisted)}"

# What an admin has put into a folder of ours.
echo mine > "$root/usr/share/sidetouch/profiles/own.profile"
run_make uninstall "$root" /usr
ok $? "make uninstall"
[[ -s $root/usr/share/sidetouch/profiles/own.profile ]] && rm -r "$root/usr/share/sidetouch" && same "$root" "$work/before"
ok $? "leaves the admin's file; without that no file or folder of ours is left, and none of others is gone"
run_make install "$root" /usr && run_make uninstall "$root" /usr && same "$root" "$work/before"
ok $? "once more, without such a file: nothing at all is left"
run_make uninstall "$root" /usr
ok $? "uninstalling what is not there is no error"

run_make install "$work/local" && there "$work/local/usr/local" bin/sidetouchd lib/systemd/user/sidetouchd.service &&
	grep -q '^ExecStart=/usr/local/bin/sidetouchd' "$work/local/usr/local/lib/systemd/user/sidetouchd.service"
ok $? "without PREFIX it is /usr/local, also in units that were made for /usr before"
run_make uninstall "$work/local" && [[ -z $(find "$work/local" -mindepth 1) ]]
ok $? "and uninstalled from there: no folder is left that was not there"
echo "1..$count"
exit $failed
