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
# A page with one of each other kind, which tells the shop what was done.
heard() { becomes_true grep -qx "$1" "$desktop_dir/shop.log"; }
check "Chromium: a link by its name" run 'activate role=link name="Other kinds"' '(done|delivered)'
check "Chromium: it was followed" title_becomes 'Other kinds - '
check "Chromium: to a link" soon 'first kind=link' 'done .*Prices.*, link$'
check "Chromium: which is pressed where one reads" run activate '(done|delivered)'
check "Chromium: the page heard it" heard link
check "Chromium: to a landmark, and what is in it" run 'first kind=landmark' 'done .*Pages.*, landmark, 1 item$'
check "Chromium: to the next one" run 'next kind=landmark' 'done .*Choices.*, landmark, [1-9][0-9]* items$'
check "Chromium: into it" run into 'done .*Prices.*, heading$'
check "Chromium: to a table" run 'first kind=table' 'done .*Tea.*, table, [1-9][0-9]* items$'
check "Chromium: there is one" run 'next kind=table' 'not-found No table'
check "Chromium: through its cells" run into 'done .*Tea'
run next 'done .*Sort' && run next 'done .*Price'
check "Chromium: one by one" run next 'done .*Green.*, table cell$'
check "Chromium: a slider goes up" run 'increase role=slider' '(done 6|delivered)'
check "Chromium: in the page itself" heard 'volume 6'
check "Chromium: and down" run 'decrease name="Volume"' '(done 5|delivered)'
check "Chromium: in the page, too" heard 'volume 5'
check "Chromium: the next choice of a combo box" keyed 'increase name="Country"' '(done Malta|delivered)'
check "Chromium: is made in the page" heard 'country Malta'
check "Chromium: and the last one" keyed 'increase name="Country"' '(done Norway|delivered)'
check "Chromium: is, too" heard 'country Norway'
check "Chromium: there is no further" run 'increase name="Country"' 'not-found Norway, the last$'
check "Chromium: right-bottom held, the key of the address" types chromium 'right-bottom hold'
check "Chromium: it has the focus" soon read-focus 'done .*Address'
end
probe_end
exit "$probe_failed"
