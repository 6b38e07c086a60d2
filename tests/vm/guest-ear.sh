#!/bin/bash
# vm: timeout 600
# SPDX-License-Identifier: GPL-3.0-or-later
# To the ear and back on a real kernel: iio-sensor-proxy (python-dbusmock's) says near, an ear lies on a uinput
# touchscreen, and speech moves to the earpiece and back, two null sinks of a real PulseAudio. What an ear does then is in
# tests/tools/kernel-ear.c, where frames keep their times. Run in a guest by tests/vm/run, as root. Prints TAP.
set -u
# shellcheck source=tests/vm/desktop.sh
. tests/vm/desktop.sh
user_session+=(DBUS_SYSTEM_BUS_ADDRESS="unix:path=$desktop_dir/user/bus")

sensor_says() { # true or false: near
	as_user gdbus call --session --dest net.hadess.SensorProxy --object-path /net/hadess/SensorProxy \
		--method org.freedesktop.DBus.Mock.SetInternalProperty net.hadess.SensorProxy ProximityNear "<$1>" > "$desktop_dir/mock.log" 2>&1
}
status_says() { as_user "$BUILD/sidetouchctl" status --json | grep -q "$1"; }
say() { as_user "$BUILD/sidetouchctl" say "$@" > "$desktop_dir/say.log" 2>&1; }
begin() { begun_speaker=$(stat -c %s "$desktop_dir/speaker.raw") begun_earpiece=$(stat -c %s "$desktop_dir/earpiece.raw"); }
loud_since() { # SINK BYTE MS: so much of it was loud since then
	tail -c +$(($2 / 2 * 2 + 1)) "$desktop_dir/$1.raw" | tests/support/hear.py "$3"
}
in_speaker() { loud_since speaker "$begun_speaker" 200; }
in_earpiece() { loud_since earpiece "$begun_earpiece" 200; }
# Patches of an ear, without sizes: near, two contacts are enough.
ear_on() { panel_do down 0 34 40 && panel_do down 1 38 58; }
ear_off() { panel_do up 0 && panel_do up 1; }

user_start
need $? "a user with a session"
as_user mkdir -p "/home/$desktop_user/.config/sidetouch"
printf '[voice]\nearpiece=earpiece\n' | as_user tee "/home/$desktop_user/.config/sidetouch/voice.conf" > "$desktop_dir/conf.log"
spawn_user pulse pulseaudio -n --daemonize=no --exit-idle-time=-1 --log-level=error \
	-L "module-null-sink sink_name=speaker rate=22050 channels=1" \
	-L "module-null-sink sink_name=earpiece rate=22050 channels=1" -L module-native-protocol-unix
await as_user pactl set-default-sink speaker
for sink in speaker earpiece; do
	as_user parec -d "$sink.monitor" --rate=22050 --channels=1 --format=s16le --latency-msec=50 \
		> "$desktop_dir/$sink.raw" 2> "$desktop_dir/parec-$sink.log" &
done
await test -s "$desktop_dir/speaker.raw" && await test -s "$desktop_dir/earpiece.raw"
need $? "a loudspeaker and an earpiece, as two null sinks, are listened to"
panel_start && driver_start
need $? "a touchscreen, and the driver takes it"
begin
spawn_user sidetouchd "$BUILD/sidetouchd" --driver-socket "$driver_socket" --profiles profiles --app-source bus \
	--voice "$BUILD/sidetouch-voice" --accelerometers "$desktop_dir/user"
await status_says '"driver":"connected"' && await in_speaker
need $? "the daemon says in the loudspeaker that it is ready"
status_says '"proximity":"unknown"'
ok $? "without the sensor's service it is unknown how near anything is"
spawn_user sensors /usr/bin/python3 -m dbusmock --system --template iio-sensors-proxy -p '{"has_proximity": true}'
await status_says '"proximity":"far"'
ok $? "the service comes, and says far"
sensor_says true
await status_says '"proximity":"near"'
ok $? "it says near"
begin
ear_on && await status_says '"ear":"at"'
ok $? "two patches on the panel are an ear, and it is at the ear"
await clone_is 0
ok $? "of which the system is shown nothing"
begin
say --message "Come at eight, and bring the keys of the garden with you"
await in_earpiece
ok $? "a message sounds in the earpiece"
! in_speaker
ok $? "and not in the loudspeaker"
ear_off
sensor_says false
await status_says '"ear":"away"'
ok $? "the sensor says far: away from the ear"
begin
say "Back in the room"
await in_speaker
ok $? "speech is in the loudspeaker again"
begin
say --message "Come at nine"
await in_speaker && ! in_earpiece
ok $? "where it is only said that a message is private"
slay sensors
await status_says '"proximity":"unknown"'
ok $? "the service dies: nothing is known, and nothing else is lost"
begin
say "Still here"
await in_speaker
ok $? "and speech goes on"
finish
