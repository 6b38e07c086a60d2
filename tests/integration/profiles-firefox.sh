#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The profile of Firefox in the real browser, as profiles-chromium.sh does it: its id finds the profile, and what the held
# buttons do is done. Then the shop of ours, whose buttons are known by its address.
set -u
cd "$(dirname "$0")/../.." || exit 1
BUILD=${BUILD:-build}
for program in Xvfb openbox xdotool firefox-esr; do
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
# A first start asks and fetches nothing.
mkdir "$desktop_dir/firefox" && cat > "$desktop_dir/firefox/user.js" << 'END'
user_pref("browser.aboutwelcome.enabled", false);
user_pref("browser.newtabpage.enabled", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("browser.safebrowsing.downloads.remote.enabled", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("services.settings.server", "http://localhost:1/");
END
check "Firefox: in front" start firefox-esr firefox-esr --no-remote --profile "$desktop_dir/firefox" "$shop_url"
check "Firefox: its id finds its profile" is firefox-esr profile Firefox
check "Firefox: the page" title_becomes 'Tea shop'
check "Firefox: right-middle held goes to headings" is firefox-esr command 'next kind=heading' 'right-middle hold'
check "Firefox: of which the page has one" soon 'first kind=heading' 'done .*Tea shop.*, heading'
shop_buys Firefox firefox-esr
check "Firefox: the page says so" title_becomes 'Tea shop: Paid for 1'
check "Firefox: right-top held, the key that loads it again" types firefox-esr 'right-top hold'
check "Firefox: it is as it was" title_becomes 'Tea shop — '
check "Firefox: right-bottom held, the key of the address" types firefox-esr 'right-bottom hold'
check "Firefox: it has the focus" soon read-focus 'done .*address'
end
probe_end
exit "$probe_failed"
