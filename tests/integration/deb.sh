#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# `make deb`: lintian finds nothing, the packages hold what `make install` puts there, each file where Debian has it, and what
# runs at installation is what the units need.
# Run by tests/run; prints TAP.
set -u
cd "$(dirname "$0")/../.." || exit 1
build=${BUILD:-build}
[[ $build != */san ]] || { echo "1..0 # SKIP packages are made without sanitizers"; exit 0; }
command -v dh lintian > /dev/null || { echo "1..0 # SKIP debhelper or lintian is not installed"; exit 0; }
work=$(mktemp -d) || exit 1
trap 'rm -rf -- "$work"' EXIT
unset MAKEFLAGS MAKELEVEL MFLAGS
count=0 failed=0
ok() { # STATUS TEXT
	count=$((count + 1))
	if [[ $1 == 0 ]]; then echo "ok $count - $2"; else echo "not ok $count - $2"; failed=1; fi
	echo "# at $SECONDS s"
}
logged() { "$@" > "$work/log" 2>&1 || ! sed 's/^/# /' "$work/log"; }

logged make --no-print-directory BUILD="$build" "$build/deb/made"
ok $? "the packages are made"
debs=("$build"/deb/sidetouch_*.deb "$build"/deb/sidetouch-doc_*_all.deb)
[[ -f ${debs[0]} && -f ${debs[1]} && ${#debs[@]} == 2 ]]
ok $? "two: ${debs[*]##*/}"
# Whoever reads them while they are made anew reads whole ones, and they stay when that fails.
mkdir "$work/bin" && cat > "$work/bin/dpkg-buildpackage" << END && chmod +x "$work/bin/dpkg-buildpackage"
#!/bin/sh
cmp -s "$(realpath "${debs[0]}")" "$work/deb" && touch "$work/there" && exit 1
END
cp "${debs[0]}" "$work/deb" && ! PATH=$work/bin:$PATH install/deb.sh "$build" 0 > "$work/log" 2>&1 && [[ -e $work/there ]] &&
	grep -q "packages were not made" "$work/log" && cmp -s "${debs[0]}" "$work/deb" && rm -rf "$build/deb.new"
ok $? "while they are made anew, which fails here, the old ones are there"
logged lintian --allow-root --fail-on error,warning --tag-display-limit 0 "${debs[@]}" && [[ ! -s $work/log ]] || ! sed 's/^/# /' "$work/log"
ok $? "lintian finds neither an error nor a warning"

for deb in "${debs[@]}"; do dpkg-deb -x "$deb" "$work/tree" && dpkg-deb -c "$deb" | awk '$1 ~ /^[-l]/ { print $6 }'; done > "$work/names"
[[ ! $(sort "$work/names" | uniq -d) ]] && dpkg-deb -e "${debs[0]}" "$work/control"
ok $? "they unpack, and no file is in both"
logged make --no-print-directory -C "$build/deb/src" BUILD=build PREFIX=/usr DESTDIR="$work/installed" install
names() { (cd "$1" && find . ! -type d | grep -v -e ^./usr/share/doc/ -e /made-folders$ | sed -e 's/\.gz$//' -e "$2" | sort); }
diff <(names "$work/installed" 's,^./usr\(/lib/udev/\|/lib/systemd/system/\),.\1,; s,zsh/site-functions,zsh/vendor-completions,') <(names "$work/tree" '') | sed 's/^/# /'
ok "${PIPESTATUS[0]}" "they hold the files of make install, where Debian 12 has them, and no others"
(($(names "$work/tree" '' | wc -l) > 20))
ok $? "$(names "$work/tree" '' | wc -l) files"
same=0
while read -r file; do cmp -s "$work/installed/usr/$file" "$work/tree/usr/$file" || same=1; done < <(cd "$work/tree/usr" && find lib share/sidetouch -type f)
((same == 0))
ok $? "with the same content"
(cd "$work/tree/usr/share/doc/sidetouch" && ls README.md* architecture.md* no-systemd.md* copyright changelog.gz) > "$work/log" 2>&1 || ! sed 's/^/# /' "$work/log"
ok $? "the guides are there"

has() { grep -q -- "$2" "$work/control/$1" || ! echo "# $1 has no $2"; }
has conffiles ^/etc/xdg/autostart/sidetouchd.desktop && has control "Depends:.*libespeak-ng1" && has control "Depends:.*libsystemd0"
ok $? "the libraries are depended on; the file in /etc is the admin's to change"
has postinst "deb-systemd-helper --user enable.*sidetouchd.service" && has postinst "deb-systemd-helper enable.*sidetouch-driver.service" &&
	has postinst "systemd-tmpfiles" && has postinst "deb-systemd-invoke.*sidetouch-driver.socket"
ok $? "the user's unit is enabled for everybody, and the driver started"
! grep -qE "(restart|_dh_action).*driver.socket" "$work/control/postinst" && has postinst "deb-systemd-invoke .*start\" sidetouch-driver.service" &&
	has prerm "stop.*sidetouch-driver.socket"
ok $? "an upgrade leaves the sockets; a removal stops them"
echo "1..$count"
exit $failed
