#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The profile of Chromium in the real browser: its id finds the profile, and on a page of a shop of ours, a file, what the held
# buttons do is done; a button of the page is pressed by its name. No page of the network is asked for.
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
trap shipped_finish EXIT

desktop_start || { echo "Bail out! no desktop"; exit 1; }
probe_dir=$desktop_dir
mkfifo "$desktop_dir/nothing"
probe_start
check "connected" connected
# As root, where tests may run, it has no sandbox.
check "Chromium: in front" start chromium chromium --no-sandbox --user-data-dir="$desktop_dir/chromium" --no-first-run \
	--force-renderer-accessibility --disable-gpu --password-store=basic --disable-background-networking \
	"file://$PWD/tests/shop/index.html"
check "Chromium: its id finds its profile" is chromium profile Chromium
check "Chromium: what pays is not to be pressed yet" soon 'look activate role=button name="Pay now"' \
	'failed "Pay now" cannot be pressed now'
check "Chromium: added to the cart" run 'activate role=button name="Add to cart"' done
check "Chromium: the page says so" title_becomes 'Tea shop: 1 in the cart'
check "Chromium: paid" soon 'activate role=button name="Pay now"' done
check "Chromium: the page says so too" title_becomes 'Tea shop: Paid for 1'
check "Chromium: right-top held, the key that loads it again" types chromium 'right-top hold'
check "Chromium: it is as it was" title_becomes 'Tea shop - '
check "Chromium: right-bottom held, the key of the address" types chromium 'right-bottom hold'
check "Chromium: it has the focus" soon read-focus 'done .*Address'
end
probe_end
exit "$probe_failed"
