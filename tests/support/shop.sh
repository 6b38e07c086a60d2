# SPDX-License-Identifier: GPL-3.0-or-later
# The shop of tests/shop in a real browser: its server, and its own profile tried by a whole sidetouchd whose pads are
# pressed. What was bought is what the server got. Sourced after tests/support/shipped.sh, whose screen and probe it uses.
# No page of the network is asked for.
# shellcheck shell=bash

shop_start() {
	desktop_spawn shop tests/shop/server.py
	becomes_true [ -s "$desktop_dir/shop.log" ] || return 1
	shop_url=http://localhost:$(head -n 1 "$desktop_dir/shop.log")/
}
shop_got() { [ "$(tail -n +2 "$desktop_dir/shop.log" | tr '\n' ' ')" = "$1" ]; } # WORDS
shop_gets() { becomes_true shop_got "$1"; }

shop_status() { # REGEX
	local shown
	shown=$("$BUILD/sidetouchctl" status 2>&1) && line=${shown//$'\n'/; } && [[ $shown =~ $1 ]]
}

shop_left() { "$BUILD/sidetouchctl" status > "$desktop_dir/status.out" 2>&1 && ! grep -q 'localhost' "$desktop_dir/status.out"; }

shop_play() { # LINE...: a scenario, over the link of the daemon's driver
	printf '%s\n' 'device phone' "app $shop_front" "$@" > "$desktop_dir/shop.touch"
	"$BUILD/sidetouchctl" simulate --verbose --drive-link "$XDG_RUNTIME_DIR/driver.sock" "$desktop_dir/shop.touch" > "$desktop_dir/shop.out" 2>&1 && return
	tail -n 25 "$desktop_dir/shop.out" | sed 's/^/# /'
	return 1
}

# The page of the shop is in front in BROWSER, whose id is ID; nothing was bought yet.
shop_buys() { # BROWSER ID
	local again=('wait 200ms' 'press right-bottom 80ms')
	is "$2" profile "$1" # makes the folders of profiles
	desktop_spawn sidetouchd env "XDG_DATA_DIRS=$desktop_dir/shop:$desktop_dir/data" "$BUILD/sidetouchd" \
		--driver-socket "$XDG_RUNTIME_DIR/driver.sock" --voice "$BUILD/sidetouch-voice" --sink null
	check "$1: the daemon sees the site, by the document's address" becomes_true shop_status 'Web site: localhost'
	shop_front=$(sed -n 's/^App in front: //p' <<< "$("$BUILD/sidetouchctl" status)")
	check "$1: with nothing to pay, the first press says so" shop_play 'press right-bottom 80ms' \
		'expect say "Pay, press again"' 'expect say "\"Pay now\" cannot be pressed now"'
	check "$1: into the cart, twice pressed" shop_play 'press right-top 80ms' 'expect say "Into the cart, press again"' 'expect say "Add to cart"' \
		'wait 200ms' 'press right-top 80ms' 'expect command activate role=button name="Add to cart"'
	check "$1: the shop got that" shop_gets 'cart 1 '
	check "$1: one press says what it would do" shop_play 'press right-bottom 80ms' 'expect say "Pay, press again"' 'expect say "Pay now"' 'wait 3s'
	check "$1: and nothing was paid by it" shop_got 'cart 1 '
	check "$1: two presses pay" shop_play 'press right-bottom 80ms' 'expect say "Pay, press again"' 'expect say "Pay now"' "${again[@]}" \
		'expect command activate role=button name="Pay*"'
	check "$1: the shop got it, once" shop_gets 'cart 1 pay 1 '
	xdotool key ctrl+t
	check "$1: a new tab is of no site" becomes_true shop_left
	xdotool key ctrl+w
	check "$1: closed, it is the shop again" becomes_true shop_status 'Web site: localhost'
	desktop_stop_one sidetouchd
}
