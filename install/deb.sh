#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes the Debian packages: BUILD/deb/*.deb, as any user, in a copy of the project's files whose debian/ is install/debian.
# They are made aside and moved there one by one when all are whole, for whoever reads the old ones meanwhile.
# Called by `make deb` after everything is built: what does not depend on PREFIX is not compiled again.
# Usage: install/deb.sh BUILD VERSION
set -eu
build=$1 version=$2
out=$build/deb
new=$build/deb.new
src=$new/src
# The packager's, as all of Debian's tools take it.
maintainer="${DEBFULLNAME:-Sidetouch maintainers} <${DEBEMAIL:-maintainers@sidetouch.org}>"

command -v dh > /dev/null && command -v dpkg-buildpackage > /dev/null || {
	echo "deb: debhelper and dpkg-dev are needed; install them with: make deps" >&2
	exit 1
}
rm -rf "$new"
mkdir -p "$src" "$out"
# What git has; of an unpacked archive, all but what was built.
if git ls-files --error-unmatch Makefile > /dev/null 2>&1; then
	git ls-files -z
	date=$(git log -1 --format=%cD)
else
	find . -path ./build -prune -o -path './build-*' -prune -o -type f -print0
	date=$(date -R -r Makefile)
fi > "$new/files"
tar --null --files-from="$new/files" -cf - | tar -xf - -C "$src"
rm "$new/files"
mv "$src/install/debian" "$src/debian"
sed -i "s|@maintainer@|$maintainer|" "$src/debian/control"
cat > "$src/debian/changelog" << END
sidetouch ($version) unstable; urgency=medium

  * Version $version, as its authors released it.

 -- $maintainer  $date
END
mkdir -p "$src/build/obj"
cp -a "$build"/{lib,include,locale} "$src/build"
cp -a "$build"/obj/{common,driver,daemon,ctl} "$src/build/obj"

# Neither the make that calls this nor the tests are a parent of that build.
if ! (cd "$src" && env -u MAKEFLAGS -u MAKELEVEL -u MFLAGS -u BUILD -u PREFIX -u DESTDIR DEB_BUILD_OPTIONS=noautodbgsym \
	dpkg-buildpackage --build=binary --no-pre-clean --no-sign) > "$new/log" 2>&1; then
	tail -n 40 "$new/log" >&2
	echo "deb: the packages were not made; all of it is in $new/log" >&2
	exit 1
fi
# A package of another version is none of this one's; what bears the same name is replaced in one step.
for old in "$out"/*.deb; do [[ -e $new/${old##*/} ]] || rm -f "$old"; done
rm -rf "$out/src"
mv -f "$new"/* "$out/"
rmdir "$new"
