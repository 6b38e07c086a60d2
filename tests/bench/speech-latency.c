/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From a finger to sound: how long after the frame that lifts it the sink plays the first sample of
 * speech, and how long after the next landing the last one; beside speech-dispatcher.
 * Run by tests/bench/bench-speech.sh with a private PipeWire, bus and daemons.
 * Owns the driver's end of the link or a connection to speech-dispatcher, and the listener.
 *
 * Usage: speech-latency sidetouch|ssip|spd-say SOCKET RUNS   (the driver's socket, or speechd's)
 *        speech-latency killed SOCKET RUNS DAEMON   (the voice of the daemon of this pid, mid-word)
 * Prints ROW <tab> COLUMN <tab> NANOSECONDS, for tests/bench/percentiles.py.
 */
#include <glib-unix.h>
#include <glib.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "driver/core/core.h"
#include "driver/link_server.h"
#include "driver/sim_panel.h"
#include "tests/bench/monitor.h"
#include <linux/input.h>

#define SINK_NAME "speech" /* as bench-speech.sh calls it */

/* A finger that presses stays on the glass about this long. */
#define PRESS_MS 60
/* Stopped in the middle of a text, which takes about 1 s. */
#define SPEAK_MS 300
/* Of each run another, in steps that no cycle is a multiple of: a finger meets one anywhere. */
#define SHIFT_MS(run) ((run) % 8)
/* A sound whose last sample is not older is under way; the sink's period is 3 to 11 ms. */
#define SOUNDING_MS 12
/* No gap between two sounds of these texts is so long (the longest measured: 90 ms). */
#define SILENCE_MS 200
/* The voice corks its stream 1.5 s after the last speech: later than this it is asleep. */
#define ASLEEP_MS 1800
/* What the server still has of a voice that was killed is played by then: 20 ms are its buffer. */
#define LAST_OF_IT_MS 30
/* No answer takes this long. */
#define PATIENCE_MS 5000

/* What sidetouchd announces for these two pads when no profile says something else. */
static const struct {
	enum pad pad;
	const char *text;
} texts[] = {
    {PAD_LEFT_BOTTOM, "Back, press again"},
    {PAD_RIGHT_BOTTOM, "Activate, press again"},
};
#define STOP_PAD PAD_LEFT_MIDDLE

struct bench {
	const char *socket;
	struct monitor monitor;
	/* sidetouch: we are the driver */
	struct link_server *server;
	struct core *core;
	struct overlay overlay;
	int32_t contact;
	bool listening;
	int fd; /* ssip */
};

/* Who speaks: both return when, on CLOCK_MONOTONIC in ns, the user had done his part. */
struct speaker {
	const char *name;
	bool (*open)(struct bench *bench);
	int64_t (*say)(struct bench *bench, unsigned text);
	int64_t (*stop)(struct bench *bench);
};

static int64_t
now_ns(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * INT64_C(1000000000) + time.tv_nsec;
}

static G_GNUC_PRINTF(1, 2) G_GNUC_NORETURN void give_up(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	fputs("speech-latency: ", stderr);
	vfprintf(stderr, format, arguments);
	fputc('\n', stderr);
	va_end(arguments);
	exit(EXIT_FAILURE);
}

static gboolean
set_true(void *data)
{
	*(bool *)data = true;
	return G_SOURCE_REMOVE;
}

/* For so long: the link goes on meanwhile. */
static void
pass_time(unsigned ms)
{
	bool over = false;

	g_timeout_add(ms, set_true, &over);
	while (!over)
		g_main_context_iteration(NULL, TRUE);
}

static gboolean
on_heard(int fd, GIOCondition condition, void *data)
{
	(void)fd;
	(void)condition;
	*(bool *)data = true;
	return G_SOURCE_REMOVE;
}

/* Run the loop until something sounds; false when nothing did in time. */
static bool
await_sound(struct bench *bench)
{
	bool heard = false, late = false;
	guint fd_source = g_unix_fd_add(bench->monitor.event_fd, G_IO_IN, on_heard, &heard);
	guint timer = g_timeout_add(PATIENCE_MS, set_true, &late);

	while (!heard && !late)
		g_main_context_iteration(NULL, TRUE);
	if (!heard)
		g_source_remove(fd_source);
	if (!late)
		g_source_remove(timer);
	return heard;
}

/* Run the loop until it has been silent for SILENCE_MS; false when that does not come in time. */
static bool
await_silence(struct bench *bench)
{
	int64_t start = now_ns(), last;

	do {
		pass_time(SILENCE_MS / 4);
		last = atomic_load(&bench->monitor.last_ns);
		if (now_ns() - start > PATIENCE_MS * INT64_C(1000000))
			return false;
	} while (now_ns() - MAX(last, start) < SILENCE_MS * INT64_C(1000000));
	return true;
}

/* --- sidetouch: a finger, as sidetouch-driver sends it --- */

static void
on_frame(void *data, struct usec time, const struct core_event *events, size_t count)
{
	(void)data, (void)time, (void)events, (void)count;
}

static void
on_press(void *data, const struct core_press *press)
{
	link_server_send_press(((struct bench *)data)->server, 1, press);
}

static void
on_touch(void *data, struct usec time)
{
	link_server_send_touch(((struct bench *)data)->server, time);
}

static void
on_listening(void *data, bool listening)
{
	struct bench *bench = data;

	bench->listening = listening;
	core_set_listening(bench->core, listening, usec_from_us((uint64_t)now_ns() / 1000));
}

static void
on_type_key(void *data, uint32_t request, uint32_t key, uint32_t modifiers)
{
	(void)key, (void)modifiers;
	link_server_send_key_done(((struct bench *)data)->server, request, -ENODEV);
}

static bool
on_authorised(void *data, uid_t uid)
{
	(void)data;
	return uid == getuid();
}

static bool
sidetouch_open(struct bench *bench)
{
	static const struct core_output output = {
	    .frame = on_frame, .press = on_press, .touch = on_touch};
	static const struct link_server_events events = {
	    .listening = on_listening, .type_key = on_type_key, .authorised = on_authorised};
	const struct link_server_config config = {.path = bench->socket};
	const struct sim_panel_model *model = sim_panel_find_model("phone");
	struct link_panel message = {.panel = 1, .state = LINK_PANEL_READY, .name = "Benchmark"};
	g_autoptr(GError) error = NULL;
	struct core_panel panel;
	bool late = false;
	guint timer;

	sim_panel_describe(model, &panel);
	if (overlay_default(panel.width_mm, panel.height_mm, &bench->overlay) < 0 ||
	    core_new(&panel, &bench->overlay, &output, bench, &bench->core) < 0)
		give_up("the panel has no room for pads");
	bench->server = link_server_new(&config, &events, bench, &error);
	if (!bench->server)
		give_up("%s", error->message);
	message.width_um = (uint32_t)(panel.width_mm * 1000);
	message.height_um = (uint32_t)(panel.height_mm * 1000);
	message.slots = panel.slots;
	link_server_send_panel(bench->server, &message);
	timer = g_timeout_add(PATIENCE_MS, set_true, &late);
	while (!bench->listening && !late)
		g_main_context_iteration(NULL, TRUE);
	if (!late)
		g_source_remove(timer);
	return bench->listening;
}

/* One frame: the finger lands on the pad, or lifts; when it was sent. */
static int64_t
finger(struct bench *bench, enum pad pad, bool down)
{
	const struct mm_point place = bench->overlay.pads[pad].centre;
	const struct core_event landing[] = {
	    {EV_ABS, ABS_MT_TRACKING_ID, ++bench->contact},
	    {EV_ABS, ABS_MT_POSITION_X, (int32_t)(place.x * 10)}, /* the phone's units per mm */
	    {EV_ABS, ABS_MT_POSITION_Y, (int32_t)(place.y * 10)},
	    {EV_KEY, BTN_TOUCH, 1},
	};
	const struct core_event lifting[] = {
	    {EV_ABS, ABS_MT_TRACKING_ID, -1},
	    {EV_KEY, BTN_TOUCH, 0},
	};
	int64_t sent = now_ns();

	core_frame(bench->core, usec_from_us((uint64_t)sent / 1000), down ? landing : lifting,
		   down ? G_N_ELEMENTS(landing) : G_N_ELEMENTS(lifting));
	return sent;
}

static int64_t
sidetouch_say(struct bench *bench, unsigned text)
{
	finger(bench, texts[text].pad, true);
	pass_time(PRESS_MS);
	return finger(bench, texts[text].pad, false);
}

static int64_t
sidetouch_stop(struct bench *bench)
{
	int64_t landed = finger(bench, STOP_PAD, true);

	pass_time(PRESS_MS);
	finger(bench, STOP_PAD, false);
	return landed;
}

/* --- speech-dispatcher, over its own protocol, as a screen reader keeps it open --- */

static void
ssip(struct bench *bench, const char *line, const char *expected)
{
	char answer[512];
	ssize_t size;

	if (send(bench->fd, line, strlen(line), MSG_NOSIGNAL) != (ssize_t)strlen(line))
		give_up("speech-dispatcher has hung up");
	size = recv(bench->fd, answer, sizeof(answer) - 1, 0);
	answer[MAX(size, 0)] = '\0';
	if (!g_str_has_prefix(answer, expected))
		give_up("speech-dispatcher answers \"%s\" to \"%s\"", g_strchomp(answer), line);
}

static bool
ssip_open(struct bench *bench)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};

	g_strlcpy(address.sun_path, bench->socket, sizeof(address.sun_path));
	bench->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (connect(bench->fd, (const struct sockaddr *)&address, sizeof(address)) < 0)
		return false;
	ssip(bench, "SET SELF CLIENT_NAME sidetouch:bench:main\r\n", "208");
	ssip(bench, "SET SELF OUTPUT_MODULE espeak-ng\r\n", "216");
	return true;
}

static int64_t
ssip_say(struct bench *bench, unsigned text)
{
	g_autofree char *words = g_strconcat(texts[text].text, "\r\n.\r\n", NULL);
	int64_t start = now_ns();

	ssip(bench, "SPEAK\r\n", "230");
	ssip(bench, words, "225");
	return start;
}

static int64_t
ssip_stop(struct bench *bench)
{
	int64_t start = now_ns();

	ssip(bench, "STOP SELF\r\n", "210");
	return start;
}

/* --- spd-say, as a script calls it --- */

static int64_t
spd_say_run(const char *argument)
{
	const char *const argv[] = {"spd-say", argument, NULL};
	g_autoptr(GError) error = NULL;
	int64_t start = now_ns();

	if (!g_spawn_async(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
			   &error))
		give_up("%s", error->message);
	return start;
}

static bool
spd_say_open(struct bench *bench)
{
	g_autofree char *address = g_strconcat("unix_socket:", bench->socket, NULL);

	return g_setenv("SPEECHD_ADDRESS", address, TRUE);
}

static int64_t
spd_say_say(struct bench *bench, unsigned text)
{
	(void)bench;
	return spd_say_run(texts[text].text);
}

static int64_t
spd_say_stop(struct bench *bench)
{
	(void)bench;
	return spd_say_run("-S");
}

static const struct speaker speakers[] = {
    {"sidetouch", sidetouch_open, sidetouch_say, sidetouch_stop},
    {"killed", sidetouch_open, sidetouch_say, sidetouch_stop},
    {"ssip", ssip_open, ssip_say, ssip_stop},
    {"spd-say", spd_say_open, spd_say_say, spd_say_stop},
};

/* --- measuring --- */

static void
print(const char *row, const char *column, int64_t ns)
{
	if (row)
		printf("%s\t%s\t%" G_GINT64_FORMAT "\n", row, column, ns);
}

/* Run the loop until a sound is under way: a stop between two words would have nothing to stop. */
static void
await_word(struct bench *bench)
{
	int64_t start = now_ns();

	while (now_ns() - atomic_load(&bench->monitor.last_ns) > SOUNDING_MS * INT64_C(1000000)) {
		if (now_ns() - start > PATIENCE_MS * INT64_C(1000000))
			give_up("it fell silent before it was stopped");
		pass_time(1);
	}
}

/* Say it, stop it in the middle. A row of NULL only warms up. */
static void
measure(struct bench *bench, const struct speaker *speaker, unsigned run, unsigned text,
	const char *row)
{
	int64_t said, stopped;

	pass_time(SHIFT_MS(run));
	monitor_reset(&bench->monitor, now_ns());
	said = speaker->say(bench, text);
	if (!await_sound(bench))
		give_up("%s: nothing was heard within %d s", speaker->name, PATIENCE_MS / 1000);
	print(row, "to first sound", atomic_load(&bench->monitor.first_ns) - said);
	print(row, "sink's period",
	      (int64_t)atomic_load(&bench->monitor.period) * 1000000000 / MONITOR_RATE_HZ);
	pass_time(SPEAK_MS + SHIFT_MS(run));
	await_word(bench);
	stopped = speaker->stop(bench);
	if (!await_silence(bench))
		give_up("%s: it does not fall silent", speaker->name);
	print(row, "stop to silence", MAX(atomic_load(&bench->monitor.last_ns) - stopped, 0));
}

/* The only child of a process. */
static pid_t
child_of(pid_t pid)
{
	g_autofree char *path = g_strdup_printf("/proc/%d/task/%d/children", pid, pid);
	g_autofree char *children = NULL;

	if (!g_file_get_contents(path, &children, NULL, NULL) || !children[0])
		give_up("%d has no child", pid);
	return (pid_t)g_ascii_strtoll(children, NULL, 10);
}

/* Kill the voice in the middle of a text: how long until it is heard again. */
static void
measure_killed(struct bench *bench, const struct speaker *speaker, unsigned text, pid_t daemon)
{
	int64_t killed;

	monitor_reset(&bench->monitor, now_ns());
	speaker->say(bench, text);
	if (!await_sound(bench))
		give_up("nothing was heard within %d s", PATIENCE_MS / 1000);
	pass_time(SPEAK_MS);
	await_word(bench);
	killed = now_ns();
	kill(child_of(daemon), SIGKILL);
	pass_time(LAST_OF_IT_MS);
	monitor_reset(&bench->monitor, now_ns());
	if (!await_sound(bench))
		give_up("it was not said again");
	print("sidetouch, voice killed", "to sound again",
	      atomic_load(&bench->monitor.first_ns) - killed);
	if (!await_silence(bench))
		give_up("it does not end");
	pass_time(ASLEEP_MS);
}

static void
measure_all(struct bench *bench, const struct speaker *speaker, unsigned runs)
{
	bool sleeps = speaker == &speakers[0];

	measure(bench, speaker, 0, 0, NULL);
	measure(bench, speaker, 1, 1, NULL);
	for (unsigned i = 0; i < runs; i++) {
		if (sleeps) {
			pass_time(ASLEEP_MS);
			measure(bench, speaker, i, i % 2, "sidetouch, after a pause");
			measure(bench, speaker, i, (i + 1) % 2, "sidetouch, at once after another");
		} else {
			measure(bench, speaker, i, i % 2, speaker->name);
		}
	}
}

int
main(int argc, char **argv)
{
	struct bench bench = {.fd = -1};
	const struct speaker *speaker = NULL;
	unsigned runs = argc >= 4 ? (unsigned)strtoul(argv[3], NULL, 10) : 0;
	pid_t daemon = argc == 5 ? (pid_t)strtoul(argv[4], NULL, 10) : 0;

	for (size_t i = 0; argc > 1 && i < G_N_ELEMENTS(speakers); i++) {
		if (strcmp(speakers[i].name, argv[1]) == 0)
			speaker = &speakers[i];
	}
	if (!speaker || runs == 0 || (daemon > 0) != (strcmp(speaker->name, "killed") == 0)) {
		fputs("Usage: speech-latency sidetouch|ssip|spd-say SOCKET RUNS, or killed SOCKET "
		      "RUNS DAEMON\n",
		      stderr);
		return 2;
	}
	bench.socket = argv[2];
	if (!monitor_open(&bench.monitor, SINK_NAME))
		give_up("PipeWire cannot be listened to");
	if (!speaker->open(&bench))
		give_up("%s cannot be reached at %s", speaker->name, bench.socket);
	for (unsigned i = 0; daemon > 0 && i < runs; i++)
		measure_killed(&bench, speaker, i % 2, daemon);
	if (daemon == 0)
		measure_all(&bench, speaker, runs);
	link_server_free(bench.server);
	core_unref(bench.core);
	if (bench.fd >= 0)
		close(bench.fd);
	monitor_close(&bench.monitor);
	return EXIT_SUCCESS;
}
