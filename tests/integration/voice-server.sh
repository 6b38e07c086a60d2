#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# How the voice behaves towards a real PulseAudio and its other clients: role, ducking, corking, latency, another default
# sink, a sink that goes, a server that starts after us, and one that does not let us in.
set -u
cd "$(dirname "$0")/../.." || exit 1
# shellcheck source=tests/support/voice.sh
. tests/support/voice.sh
command -v pulseaudio parec pacat > /dev/null || { echo "1..0 # SKIP pulseaudio and parec are not installed"; exit 0; }
voice_begin 25
mkfifo "$dir/never"
until_so() { # COMMAND...: within a minute
	local end=$((SECONDS + 60))
	until "$@"; do
		((SECONDS < end)) || return 1
		read -r -t 0.05 <> "$dir/never" || :
	done
}
pause() { read -r -t "$1" <> "$dir/never"; }

# --- a server that starts after us ---
drive_start "$voice" --sink pulse --transcript "$dir/transcript"
check "no server: the owner knows that nothing sounds" await '^sink none' 60
check "what is said then ends as not spoken" eval 'say "Nobody hears this" && await "^ended $id not" 20'
pulse_start || { echo "Bail out! pulseaudio does not start: $(cat "$dir/pulse.err")"; exit 1; }
check "a server that starts later is noticed while nothing is said" await '^sink works pulse' 60
hears 300 30 & ear=$!
check "and spoken through" spoken "Back, press again"
check "so that it sounds" wait "$ear"

# --- what we are to the server ---
role() { [[ $(pactl list sink-inputs) == *'media.role = "a11y"'* ]]; }
check "its role is a11y" role
corked() { pactl list sink-inputs | grep -q 'Corked: yes'; }
wakes() { say "One two three four" && await "^started $id" 30 && until_so eval '! corked'; }
check "while it speaks it is not corked" wakes
# What the sink was asked for: our 20 ms, of which half is the server's own buffer.
configured_us() { LC_ALL=C pactl list sinks | sed -n 's/.*configured \([0-9]*\) usec.*/\1/p' | head -n 1; }
low() { (($(configured_us) <= 20000)); }
check "while it speaks it asks for at most 20 ms" low
await "^ended $id spoken" 60
ended_us=${EPOCHREALTIME/./}
corked_late() { until_so corked || return 1; local ms=$(((${EPOCHREALTIME/./} - ended_us) / 1000)); echo "# after $ms ms"; ((ms > 1300)); }
check "it is corked some 1.5 s later, not at once" corked_late
idle() { (($(configured_us) >= 500000)); }
check "and asks for no latency any more" until_so idle

# --- other audio ducks ---
# Music of one value, so that its loudness is the mean of what is heard: speech has none.
mean() { timeout 10 parec -d speech.monitor --rate=22050 --channels=1 --format=s16le --latency-msec=20 2> /dev/null | /usr/bin/python3 -c '
import array, sys
samples = array.array("h", sys.stdin.buffer.read(2 * 11025))
print(sum(samples) // max(len(samples), 1))'; }
pactl load-module module-role-ducking trigger_roles=a11y ducking_roles=music volume=-20dB > /dev/null
/usr/bin/python3 -c 'import sys
while True: sys.stdout.buffer.write(b"\x40\x1f" * 4096)' 2> /dev/null |
	pacat --raw --rate=22050 --channels=1 --format=s16le --property=media.role=music 2> /dev/null & music=$!
loud() { music_mean=$(mean) && ((music_mean > 6000)); }
check "music is loud while nothing is said" until_so loud
long="One two three four five six seven eight nine ten"
say "$long" && await "^started $id" 30
quiet() { ducked_mean=$(mean) && ((ducked_mean < music_mean / 4)); }
ducks() { quiet; local code=$?; echo "# $music_mean, and $ducked_mean while something is said"; return "$code"; }
check "and ducks while something is" ducks
kill "$music"
wait "$music" 2> /dev/null
await "^ended $id spoken" 60

# --- another default sink, and one that goes ---
hears_at() { # SINK MS SECONDS
	timeout "$3" parec -d "$1.monitor" --rate=22050 --channels=1 --format=s16le --latency-msec=20 2> /dev/null |
		/usr/bin/python3 tests/support/hear.py "$2"
}
other=$(pactl load-module module-null-sink sink_name=other)
say "$long" && await "^started $id" 30
hears_at other 300 30 & ear=$!
pactl set-default-sink other
check "another default sink in a sentence: it goes on there" wait "$ear"
check "to its end" await "^ended $id spoken" 60
say "$long" && await "^started $id" 30
hears_at speech 300 30 & ear=$!
pactl unload-module "$other"
check "the sink goes in a sentence: it goes on where there is one" wait "$ear"
check "to its end" await "^ended $id spoken" 60
drive_end

# --- a sink that is muted, at a user's first start and at a later one ---
muted() { LC_ALL=C pactl get-sink-mute speech | grep -q yes; }
loud_by() { LC_ALL=C pactl get-sink-volume speech | grep -q " $1%"; }
pactl set-sink-mute speech 1 && pactl set-sink-volume speech 5%
drive_start "$voice" --sink pulse --transcript "$dir/transcript"
left_alone() { spoken "Nobody hears this" && muted && loud_by 5; }
check "a later start leaves a muted sink as it is" left_alone
drive_end
drive_start --audible "$voice" --sink pulse --transcript "$dir/transcript"
check "at the first start ever there is the server" await '^sink works pulse' 60
heard() { spoken "Sidetouch is ready" && until_so eval '! muted && loud_by 40'; }
check "and made to be heard" heard
pactl set-sink-mute speech 1
kill -9 "$(voice_pid)"
check "muted since: a voice that takes the first one's place leaves it so" eval 'spoken "Nobody hears this" && muted'
kill -STOP "$pulse_pid"
drive_end
drive_start --audible "$voice" --sink pulse --transcript "$dir/transcript"
await '^sink none' 60
kill -9 "$(voice_pid)"
kill -CONT "$pulse_pid"
check "the first voice died before the server let it in: the next one asks" eval 'await "^sink works pulse" 20 && until_so eval "! muted"'
drive_end
pactl set-sink-volume speech 30%
drive_start "$voice" --sink pulse --audible --transcript "$dir/transcript"
check "and one that can be heard is not made louder" eval 'spoken "Sidetouch is ready" && loud_by 30'
drive_end
pulse_kill

# --- a server that does not let us in: its cookie is another one, until it is put right ---
head -c 256 /dev/urandom > "$dir/cookie"
head -c 256 /dev/urandom > "$dir/wrong"
export PULSE_COOKIE=$dir/mine
cp "$dir/wrong" "$PULSE_COOKIE"
for ((i = 0; i < 10; i++)); do
	port=$((20000 + RANDOM % 20000))
	LC_ALL=C pulseaudio -n --daemonize=yes --exit-idle-time=-1 --log-target="newfile:$dir/pulse.log" \
		-L 'module-null-sink sink_name=speech' \
		-L "module-native-protocol-tcp port=$port listen=127.0.0.1 auth-cookie=$dir/cookie" 2>> "$dir/pulse.err" && break
done
pulse_pid=$(cat "$XDG_RUNTIME_DIR/pulse/pid")
export PULSE_SERVER=tcp:127.0.0.1:$port
drive_start "$voice" --sink pulse --transcript "$dir/transcript"
check "no permission: the owner knows that nothing sounds" await '^sink none' 60
check "what is said then ends as not spoken" eval 'say "Nobody hears this" && await "^ended $id not" 20'
cp "$dir/cookie" "$PULSE_COOKIE"
let_in() { local i; for ((i = 0; i < 5; i++)); do spoken "Let in" && return; done; return 1; }
check "let in: the next sentence is spoken" let_in
exit $failed
