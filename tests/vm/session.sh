#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A desktop session of tests/vm/guest-service.sh, as far as services see one: a sound server with a null sink, and the
# desktop's target. Run as the user by login(1)'s way into logind, which it ends with.
set -u
export DBUS_SESSION_BUS_ADDRESS=unix:path=$XDG_RUNTIME_DIR/bus
pulseaudio -n --daemonize=no --exit-idle-time=-1 --log-level=error -L "module-null-sink sink_name=null rate=22050 channels=1" \
	-L module-native-protocol-unix -L "module-suspend-on-idle timeout=1" &
until [[ -S $XDG_RUNTIME_DIR/pulse/native && -S $XDG_RUNTIME_DIR/bus ]]; do sleep 0.2; done
systemctl --user start vm-desktop.target
sleep infinity
