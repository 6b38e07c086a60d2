#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The profile of Chromium in the real browser: its id finds the profile, and what the held buttons do is done. Then the shop
# of ours, whose buttons are known by its address. It is started as anybody does, with no flag that it should be read.
set -u
cd "$(dirname "$0")/../.." || exit 1
BUILD=${BUILD:-build}
for program in Xvfb openbox xdotool chromium; do
	command -v "$program" > /dev/null || { echo "1..0 # SKIP $program is not installed; make deps"; exit 0; }
done
# shellcheck source=tests/demo/desktop.sh
. tests/demo/desktop.sh
# shellcheck source=tests/support/probe.sh
. tests/support/probe.sh
# shellcheck source=tests/support/shipped.sh
. tests/support/shipped.sh
# shellcheck source=tests/support/shop.sh
. tests/support/shop.sh
trap shipped_finish EXIT

desktop_start || { echo "Bail out! no desktop"; exit 1; }
probe_dir=$desktop_dir
mkfifo "$desktop_dir/nothing"
shop_start || { echo "Bail out! no shop"; exit 1; }
probe_start
check "connected" connected
# As root, where tests may run, it has no sandbox.
check "Chromium: in front" start chromium chromium --no-sandbox --user-data-dir="$desktop_dir/chromium" --no-first-run \
	--disable-gpu --password-store=basic --disable-background-networking "$shop_url"
check "Chromium: its id finds its profile" is chromium profile Chromium
check "Chromium: the page" title_becomes 'Tea shop - '
check "Chromium: right-middle held goes to headings" is chromium command 'next kind=heading' 'right-middle hold'
check "Chromium: of which the page has one" soon 'first kind=heading' 'done .*Tea shop.*, heading'
shop_buys Chromium chromium
check "Chromium: the page says so" title_becomes 'Tea shop: Paid for 1'
check "Chromium: right-top held, the key that loads it again" types chromium 'right-top hold'
check "Chromium: it is as it was" title_becomes 'Tea shop - '
check "Chromium: right-bottom held, the key of the address" types chromium 'right-bottom hold'
check "Chromium: it has the focus" soon read-focus 'done .*Address'
end
probe_end
exit "$probe_failed"
