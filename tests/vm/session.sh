#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A desktop session of tests/vm/guest-service.sh: a sound server with a null sink, a compositor that has its devices from
# logind, as one with a screen would, and the desktop's target. Run as the user by login(1)'s way into logind, which it ends
# with; the session is the active one, or becomes it.
set -u
export DBUS_SESSION_BUS_ADDRESS=unix:path=$XDG_RUNTIME_DIR/bus
pulseaudio -n --daemonize=no --exit-idle-time=-1 --log-level=error -L "module-null-sink sink_name=null rate=22050 channels=1" \
	-L module-native-protocol-unix -L "module-suspend-on-idle timeout=1" &
until [[ $(loginctl show-session "$XDG_SESSION_ID" -P Active) == yes ]]; do sleep 0.2; done
cat > "$XDG_RUNTIME_DIR/sway.conf" << CONF
output HEADLESS-1 resolution 544x1088
default_border none
xwayland disable
for_window [app_id=".*"] fullscreen enable
CONF
LIBSEAT_BACKEND=logind WLR_BACKENDS=headless,libinput WLR_RENDERER=pixman WLR_LIBINPUT_NO_DEVICES=1 \
	sway -c "$XDG_RUNTIME_DIR/sway.conf" &
until [[ -S $XDG_RUNTIME_DIR/pulse/native && -S $XDG_RUNTIME_DIR/wayland-1 ]]; do sleep 0.2; done
systemctl --user start vm-desktop.target
sleep infinity
