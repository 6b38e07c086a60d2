/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `sidetouchctl record` and `monitor` beside a driver on a real kernel: who may, what they get,
 * that the daemon hears of it first, and that nobody waits for them. Run by
 * tests/vm/guest-observe.sh; prints TAP. Owns the rig and, one after the other, a sidetouchctl with
 * its files.
 */
#include "tests/tools/driver_rig.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

#include "common/evemu.h"

#define MIDDLE_X 34.0
#define MIDDLE_Y 60.0
#define NOBODY   65534

struct ctl {
	struct rig *rig;
	pid_t pid;
	char *folder, *recording, *out, *err;
};

static void
ctl_init(struct ctl *ctl, struct rig *rig)
{
	ctl->rig = rig;
	ctl->folder = g_dir_make_tmp("sidetouch-observe-XXXXXX", NULL);
	ctl->recording = g_build_filename(ctl->folder, "r.evemu", NULL);
	ctl->out = g_build_filename(ctl->folder, "out", NULL);
	ctl->err = g_build_filename(ctl->folder, "err", NULL);
}

static char *
find_ctl(void)
{
	const char *build = g_getenv("BUILD");

	return g_build_filename(build ? build : "build", "sidetouchctl", NULL);
}

static void
ctl_start(struct ctl *ctl, uid_t user, const char *what)
{
	g_autofree char *program = find_ctl();

	fflush(stdout);
	ctl->pid = fork();
	if (ctl->pid != 0)
		return;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (!freopen(ctl->out, "w", stdout) || !freopen(ctl->err, "w", stderr) ||
	    setgroups(0, NULL) < 0 || setuid(user) < 0)
		_exit(126);
	if (strcmp(what, "record") == 0)
		execl(program, program, what, "--socket", ctl->rig->socket, "-o", ctl->recording,
		      NULL);
	else
		execl(program, program, what, "--socket", ctl->rig->socket, NULL);
	_exit(127);
}

/* Its exit code once it has ended. */
static int
ctl_end(struct ctl *ctl, int signal)
{
	int status = 0;

	if (signal)
		kill(ctl->pid, signal);
	waitpid(ctl->pid, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static bool
holds(const char *path, const char *words)
{
	g_autofree char *text = NULL;

	if (!g_file_get_contents(path, &text, NULL, NULL))
		return false;
	if (strstr(text, words))
		return true;
	printf("# %s is not in: %s\n", words, text);
	return false;
}

/* Until it has printed these words: a slow machine reads what it was told after a signal too. */
static void
await_words(const char *path, const char *words)
{
	for (int left_ms = RIG_PATIENCE_MS; left_ms > 0; left_ms--) {
		g_autofree char *text = NULL;

		if (g_file_get_contents(path, &text, NULL, NULL) && strstr(text, words))
			return;
		rig_let_pass(1000);
	}
}

/* Until so many frames are in the recording: the signal that ends it comes after them. */
static void
await_frames(struct ctl *ctl, unsigned frames)
{
	for (int left_ms = RIG_PATIENCE_MS; left_ms > 0; left_ms--) {
		g_autofree char *text = NULL;
		unsigned found = 0;

		if (g_file_get_contents(ctl->recording, &text, NULL, NULL)) {
			for (const char *at = text; (at = strstr(at, "0000 0000 0000\n")); at++)
				found++;
		}
		if (found >= frames)
			return;
		rig_let_pass(1000); /* nothing announces a frame in a file */
	}
	rig_give_up(ctl->rig, "the recording does not grow");
}

/* What the daemon is told, past whatever else it hears. */
static void
await_notice(struct rig *rig, enum link_notice_kind kind)
{
	union rig_message message;
	const struct link_notice *notice = (const void *)&message;

	do {
		if (!rig_hear(rig, &message))
			rig_give_up(rig, "the driver hung up on the daemon");
	} while (message.header.type != LINK_NOTICE || notice->kind != kind);
}

static void
test_refused(struct rig *rig, struct ctl *ctl)
{
	ctl_start(ctl, 0, "record");
	rig_ok(rig, ctl_end(ctl, 0) == 1 && holds(ctl->err, "sidetouchd does not run for you"),
	       "without a daemon that would say so nobody records");
	rig_ok(rig, access(ctl->recording, F_OK) < 0, "and no file is left of it");
	rig_join(rig);
	rig_await_state(rig, LINK_PANEL_READY);
	(void)rig_type(rig, KEY_A, 0);
	ctl_start(ctl, NOBODY, "monitor");
	rig_ok(rig, ctl_end(ctl, 0) == 1 && holds(ctl->err, "Only the user who is at the screen"),
	       "another user's sidetouchctl is refused, with a sentence");
}

static void
touch_middle(struct sim_panel *panel, struct view *view, struct rig *rig)
{
	unsigned ups = view->ups;

	touch_down(panel, 0, MIDDLE_X, MIDDLE_Y);
	touch_down(panel, 1, MIDDLE_X + 10, MIDDLE_Y);
	for (int i = 1; i <= 10; i++)
		touch_move(panel, 0, MIDDLE_X, MIDDLE_Y + i);
	touch_up(panel, 0);
	touch_up(panel, 1);
	if (!view_until(view, rig, view->ups == ups + 2 && !view->touched))
		rig_give_up(rig, "a touch does not pass");
}

static void
press_pad(struct rig *rig, struct sim_panel *panel, enum pad pad)
{
	struct mm_point place = rig_pad(panel, pad);

	touch_down(panel, 0, place.x, place.y);
	rig_await_press(rig, pad, PRESS_DOWN);
	rig_let_pass(60000); /* this is the finger */
	touch_up(panel, 0);
	rig_await_press(rig, pad, PRESS_UP);
}

/* All that the clone has sent since it was opened, but for what the view has taken. */
static GArray *
read_clone(int fd)
{
	GArray *events = g_array_new(FALSE, FALSE, sizeof(struct input_event));
	struct input_event event;

	while (read(fd, &event, sizeof(event)) == sizeof(event))
		g_array_append_val(events, event);
	return events;
}

/* Of the recording what came after the panel's state, which is its first frame. */
static bool
is_equal(const char *path, const GArray *clone)
{
	g_autoptr(GError) error = NULL;
	struct evemu_recording *recording = evemu_read(path, NULL, &error);
	size_t first = 0;
	bool equal;

	if (!recording) {
		printf("# %s\n", error->message);
		return false;
	}
	while (first < recording->event_count && recording->events[first++].type != EV_SYN)
		continue;
	printf("# %zu events recorded, %u of the clone\n", recording->event_count - first,
	       clone->len);
	equal = recording->event_count - first == clone->len && clone->len > 20;
	for (size_t i = 0; equal && i < clone->len; i++) {
		const struct input_event *a = &g_array_index(clone, struct input_event, i);
		const struct evemu_event *b = &recording->events[first + i];

		equal = a->type == b->type && a->code == b->code && a->value == b->value;
	}
	evemu_free(recording);
	return equal;
}

/* What `replay` prints of the recording goes to ctl->out. */
static int
replay(struct ctl *ctl)
{
	fflush(stdout);
	ctl->pid = fork();
	if (ctl->pid == 0) {
		g_autofree char *program = find_ctl();

		if (!freopen(ctl->out, "w", stdout))
			_exit(126);
		execl(program, program, "replay", ctl->recording, NULL);
		_exit(127);
	}
	return ctl_end(ctl, 0);
}

static void
test_record(struct rig *rig, struct ctl *ctl, struct sim_panel *panel, struct view *view)
{
	struct stat status;

	ctl_start(ctl, 0, "record");
	await_notice(rig, LINK_NOTICE_RECORD_ON);
	rig_ok(rig, true, "a recording begins, and the daemon is told");
	touch_middle(panel, view, rig);
	press_pad(rig, panel, PAD_LEFT_TOP);
	touch_middle(panel, view, rig);
	await_frames(ctl, 30);
	rig_ok(rig, ctl_end(ctl, SIGINT) == 0 && holds(ctl->err, "frames are recorded"),
	       "control C ends it with 0");
	await_notice(rig, LINK_NOTICE_RECORD_OFF);
	rig_ok(rig, holds(ctl->err, "type no password"), "it has warned of what can be read");
	rig_ok(rig, stat(ctl->recording, &status) == 0 && (status.st_mode & 0777) == 0600,
	       "only its owner may read the recording");
	rig_ok(rig,
	       replay(ctl) == 0 && holds(ctl->out, "\"pad\":\"left-top\",\"phase\":\"up\"") &&
		   holds(ctl->out, "\"contacts\":5,\"passed\":4,\"pad\":1"),
	       "replay finds in it the touches and the press that were made");
	ctl_start(ctl, 0, "record");
	rig_ok(rig, ctl_end(ctl, 0) == 1 && holds(ctl->err, "is there already"),
	       "a recording that is there is not overwritten");
	(void)unlink(ctl->recording);
}

static void
test_equal(struct rig *rig, struct ctl *ctl, struct sim_panel *panel, struct view *view,
	   const char *clone)
{
	g_autoptr(GArray) events = NULL;
	int fd;

	/* From then on frames go out as they come in. */
	touch_middle(panel, view, rig);
	ctl_start(ctl, 0, "record");
	await_notice(rig, LINK_NOTICE_RECORD_ON);
	fd = open(clone, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	touch_middle(panel, view, rig);
	touch_middle(panel, view, rig);
	events = read_clone(fd);
	close(fd);
	/* Two touches of 14 frames, and the panel's state before them. */
	await_frames(ctl, 29);
	(void)ctl_end(ctl, SIGTERM);
	await_notice(rig, LINK_NOTICE_RECORD_OFF);
	rig_ok(rig, is_equal(ctl->recording, events),
	       "recorded is what the panel sends, event for event");
	(void)unlink(ctl->recording);
}

static void
test_monitor(struct rig *rig, struct ctl *ctl, struct sim_panel *panel, struct view *view)
{
	struct mm_point pad = rig_pad(panel, PAD_RIGHT_MIDDLE);
	unsigned ups = view->ups;

	ctl_start(ctl, 0, "monitor");
	await_notice(rig, LINK_NOTICE_MONITOR_ON);
	press_pad(rig, panel, PAD_LEFT_BOTTOM);
	touch_down(panel, 0, pad.x - 10, pad.y);
	touch_up(panel, 0);
	view_until(view, rig, view->ups > ups && !view->touched);
	await_words(ctl->out, "beside right-middle");
	rig_ok(rig, ctl_end(ctl, SIGINT) == 0, "monitor ends with control C");
	await_notice(rig, LINK_NOTICE_MONITOR_OFF);
	rig_ok(rig, holds(ctl->out, "press left-bottom, "), "it names a press");
	rig_ok(rig, holds(ctl->out, "finger, 4 mm beside right-middle, "),
	       "and how far beside a pad a finger was");
}

/* Frames go on while nobody reads them. */
static void
test_stopped(struct rig *rig, struct ctl *ctl, struct sim_panel *panel, struct view *view)
{
	union rig_message message;
	const struct link_notice *notice = (const void *)&message;
	struct pollfd pollfd = {.fd = rig->link, .events = POLLIN};
	bool over = false;
	int code;

	ctl_start(ctl, 0, "record");
	await_notice(rig, LINK_NOTICE_RECORD_ON);
	touch_middle(panel, view, rig);
	kill(ctl->pid, SIGSTOP);
	for (unsigned i = 0; i < 2000 && !over; i++) {
		touch_middle(panel, view, rig);
		while (!over && poll(&pollfd, 1, 0) == 1 && rig_hear(rig, &message))
			over = message.header.type == LINK_NOTICE &&
			       notice->kind == LINK_NOTICE_RECORD_OFF;
	}
	rig_ok(rig, over, "one that is stopped is hung up on, while touches go on passing");
	kill(ctl->pid, SIGCONT);
	code = ctl_end(ctl, 0);
	rig_ok(rig, code == 1 && holds(ctl->err, "The touch driver hung up"),
	       "it says so when it goes on");
	{
		g_autoptr(GError) error = NULL;
		struct evemu_recording *recording = evemu_read(ctl->recording, NULL, &error);

		rig_ok(rig, recording && recording->event_count > 20,
		       "and what it had recorded is whole");
		evemu_free(recording);
	}
	(void)unlink(ctl->recording);
}

static void
test_killed(struct rig *rig, struct ctl *ctl, struct sim_panel *panel, struct view *view)
{
	ctl_start(ctl, 0, "record");
	await_notice(rig, LINK_NOTICE_RECORD_ON);
	touch_down(panel, 0, MIDDLE_X, MIDDLE_Y);
	if (!view_until(view, rig, view->touched))
		rig_give_up(rig, "a touch does not pass");
	(void)ctl_end(ctl, SIGKILL);
	await_notice(rig, LINK_NOTICE_RECORD_OFF);
	touch_up(panel, 0);
	rig_ok(rig, view_until(view, rig, view_down_count(view) == 0 && !view->touched),
	       "one that is killed amid a touch is missed by nobody, and the daemon is told");
	touch_middle(panel, view, rig);
	(void)unlink(ctl->recording);
}

static void
test_daemon_goes(struct rig *rig, struct ctl *ctl)
{
	ctl_start(ctl, 0, "monitor");
	await_notice(rig, LINK_NOTICE_MONITOR_ON);
	rig_hang_up(rig);
	rig_ok(rig, ctl_end(ctl, 0) == 1 && holds(ctl->err, "sidetouchd does not run for you"),
	       "when the daemon goes nobody is left watching");
}

int
main(void)
{
	g_autofree char *clone = NULL;
	struct sim_panel *panel;
	struct rig rig;
	struct ctl ctl;
	struct view view;

	rig_init(&rig);
	ctl_init(&ctl, &rig);
	panel = rig_plug(&rig, "phone");
	rig_start(&rig, 0, 0);
	rig_join(&rig);
	rig_await_state(&rig, LINK_PANEL_READY);
	rig_hang_up(&rig);
	/* The next one is let in only when the driver knows that the first has gone. */
	if (!rig_dial_once(&rig))
		rig_give_up(&rig, "the driver does not listen");
	rig_await_state(&rig, LINK_PANEL_READY);
	rig_hang_up(&rig);
	clone = rig_find_clone(panel);
	view_open(&view, &rig, clone);
	test_refused(&rig, &ctl);
	test_record(&rig, &ctl, panel, &view);
	test_equal(&rig, &ctl, panel, &view, clone);
	test_monitor(&rig, &ctl, panel, &view);
	test_stopped(&rig, &ctl, panel, &view);
	test_killed(&rig, &ctl, panel, &view);
	test_daemon_goes(&rig, &ctl);
	rig_kill(&rig, SIGTERM);
	rig_ok(&rig, rig_wait_end(&rig) == 0, "SIGTERM ends the driver with 0");
	view_close(&view);
	sim_panel_free(panel);
	return rig_finish(&rig);
}
