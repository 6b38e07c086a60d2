/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the driver costs on a real kernel: wake-ups while nothing touches, frames lost when ten
 * fingers move at 240 Hz, memory after both.
 * Run by tests/vm/guest-driver.sh for a few seconds and by tests/vm/bench-cost.sh for a minute
 * each; prints TAP, figures as comments. Counts are judged, memory is not.
 *
 * Usage: kernel-cost IDLE_S LOAD_S
 */
#include "tests/tools/driver_rig.h"

#define LOAD_HZ       240
#define LOAD_CONTACTS 10
/* The kernel keeps about eight frames of ten contacts for a reader, 33 ms. One that was sent so
 * late shows that this machine lets programs wait for half of that. */
#define BUSY_US 16000
#define SPANS   5
/* Nothing comes any more. */
#define QUIET_MS 2000
/* In the middle, where no pad is. */
#define LEFT_MM    16.0
#define SPACING_MM 4.0
#define TOP_MM     40.0

/* Add up what the lines that begin with this say in a file of /proc, in its own unit. */
static unsigned long
sum_lines(const char *path, const char *name)
{
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;
	unsigned long sum = 0;

	if (!g_file_get_contents(path, &text, NULL, NULL))
		return 0;
	lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; *line; line++) {
		if (g_str_has_prefix(*line, name))
			sum += strtoul(*line + strlen(name), NULL, 10);
	}
	return sum;
}

/* Each time one of its threads was woken. */
static unsigned long
count_wakeups(const struct rig *rig)
{
	g_autofree char *tasks = g_strdup_printf("/proc/%d/task", (int)rig->pid);
	g_autoptr(GDir) dir = g_dir_open(tasks, 0, NULL);
	unsigned long sum = 0;
	const char *task;

	while (dir && (task = g_dir_read_name(dir))) {
		g_autofree char *status = g_build_filename(tasks, task, "status", NULL);

		sum += sum_lines(status, "voluntary_ctxt_switches:");
	}
	return sum;
}

static void
pass_time(unsigned seconds)
{
	struct timespec left = {.tv_sec = seconds};

	while (clock_nanosleep(CLOCK_MONOTONIC, 0, &left, &left) == EINTR)
		continue;
}

static void
test_idle(struct rig *rig, unsigned seconds, const char *what)
{
	g_autofree char *text = NULL;
	unsigned long before, after;

	pass_time(2); /* whatever still goes on ends */
	before = count_wakeups(rig);
	pass_time(seconds);
	after = count_wakeups(rig);
	text = g_strdup_printf("idle, %s: %lu wake-ups in %u s", what, after - before, seconds);
	rig_ok(rig, before > 0 && after == before, text);
}

/* Frames that have come out of the clone so far; -1 when some were dropped on the way to us. */
static long
count_frames(int fd, long count)
{
	struct input_event events[256];
	ssize_t size;

	while ((size = read(fd, events, sizeof(events))) > 0) {
		for (size_t i = 0; i < (size_t)size / sizeof(events[0]); i++) {
			if (events[i].type == EV_SYN && events[i].code == SYN_DROPPED)
				return -1;
			count += events[i].type == EV_SYN && events[i].code == SYN_REPORT;
		}
	}
	return count;
}

static void
move_all(struct sim_panel *panel, unsigned step)
{
	for (unsigned slot = 0; slot < LOAD_CONTACTS; slot++) {
		double x = LEFT_MM + slot * SPACING_MM + (step % 2) * 0.1;
		double y = TOP_MM + slot + (step % 400) * 0.1;

		if (step == 0)
			sim_panel_down(panel, slot, x, y);
		else
			sim_panel_move(panel, slot, x, y);
	}
	touch_frame(panel);
}

/* Sleep until the next frame; how late that was. Who comes late goes on from there: frames are
 * never sent in a burst, which no finger does. */
static int64_t
await_frame(int64_t *next_us)
{
	int64_t now_us = g_get_monotonic_time();
	int64_t late_us;

	*next_us += G_USEC_PER_SEC / LOAD_HZ;
	if (*next_us > now_us)
		rig_let_pass((uint64_t)(*next_us - now_us));
	now_us = g_get_monotonic_time();
	late_us = now_us - *next_us;
	if (late_us > G_USEC_PER_SEC / LOAD_HZ)
		*next_us = now_us;
	return late_us;
}

struct load {
	long out;        /* frames that came out; -1: some were lost on the way to us */
	int64_t late_us; /* the latest that one was sent */
};

/* A frame that the driver does not read in time is dropped by the kernel, and does not come out. */
static struct load
send_load(struct sim_panel *panel, int fd, unsigned frames)
{
	struct pollfd pollfd = {.fd = fd, .events = POLLIN};
	struct load load = {0};
	int64_t next_us;

	(void)count_frames(fd, 0);
	next_us = g_get_monotonic_time();
	for (unsigned step = 0; step < frames; step++) {
		load.late_us = MAX(load.late_us, await_frame(&next_us));
		move_all(panel, step);
		if (load.out >= 0)
			load.out = count_frames(fd, load.out);
	}
	while (load.out >= 0 && load.out < frames && poll(&pollfd, 1, QUIET_MS) == 1)
		load.out = count_frames(fd, load.out);
	for (unsigned slot = 0; slot < LOAD_CONTACTS; slot++)
		sim_panel_up(panel, slot);
	touch_frame(panel);
	while (poll(&pollfd, 1, QUIET_MS) == 1)
		(void)count_frames(fd, 0);
	return load;
}

/* Judged by a span in which this machine let even us come in time: on a busy one the driver is not
 * to blame for what it had no processor for. */
static void
test_load(struct rig *rig, struct sim_panel *panel, int fd, unsigned seconds)
{
	unsigned frames = seconds * LOAD_HZ;
	g_autofree char *text = NULL;
	struct load load;
	bool busy;

	for (unsigned span = 0; span < SPANS; span++) {
		load = send_load(panel, fd, frames);
		busy = load.out != frames && load.late_us > BUSY_US;
		if (!busy)
			break;
		printf("# %ld of %u frames, but one was sent %ld ms late\n", load.out, frames,
		       (long)load.late_us / 1000);
	}
	text = g_strdup_printf("%u contacts at %u Hz for %u s: %ld of %u frames came out%s",
			       LOAD_CONTACTS, LOAD_HZ, seconds, load.out, frames,
			       busy ? " # SKIP the machine is too busy to tell" : "");
	rig_ok(rig, busy || load.out == frames, text);
}

static void
tell_memory(const struct rig *rig)
{
	g_autofree char *path = g_strdup_printf("/proc/%d/smaps_rollup", (int)rig->pid);

	/* Clean pages are the libraries', and private only as long as no other program has them. */
	printf("# memory: %lu kB resident (promise: 6144), %lu kB private and written to (promise: "
	       "1024), %lu kB clean that no other program here has\n",
	       sum_lines(path, "Rss:"), sum_lines(path, "Private_Dirty:"),
	       sum_lines(path, "Private_Clean:"));
}

static void
press(struct rig *rig, struct sim_panel *panel)
{
	struct mm_point pad = rig_pad(panel, PAD_LEFT_MIDDLE);

	touch_down(panel, 0, pad.x, pad.y);
	rig_await_press(rig, PAD_LEFT_MIDDLE, PRESS_DOWN);
	touch_up(panel, 0);
	rig_await_press(rig, PAD_LEFT_MIDDLE, PRESS_UP);
}

int
main(int argc, char **argv)
{
	unsigned idle_s = argc == 3 ? (unsigned)strtoul(argv[1], NULL, 10) : 0;
	unsigned load_s = argc == 3 ? (unsigned)strtoul(argv[2], NULL, 10) : 0;
	g_autofree char *clone = NULL;
	struct sim_panel *panel;
	struct rig rig;
	int fd;

	if (idle_s == 0 || load_s == 0) {
		fputs("Usage: kernel-cost IDLE_S LOAD_S\n", stderr);
		return 2;
	}
	rig_init(&rig);
	panel = rig_plug(&rig, "phone");
	rig_start(&rig, 0, 0);
	rig_join(&rig);
	rig_await_state(&rig, LINK_PANEL_READY);
	clone = rig_find_clone(panel);
	fd = clone ? open(clone, O_RDONLY | O_NONBLOCK | O_CLOEXEC) : -1;
	if (fd < 0)
		rig_give_up(&rig, "the clone cannot be opened");
	press(&rig, panel);
	test_idle(&rig, idle_s, "a panel taken, a daemon listening");
	test_load(&rig, panel, fd, load_s);
	tell_memory(&rig);
	rig_hang_up(&rig);
	test_idle(&rig, idle_s, "a panel taken, nobody listening");
	close(fd);
	rig_kill(&rig, SIGTERM);
	rig_ok(&rig, rig_wait_end(&rig) == 0, "SIGTERM ends it with 0");
	sim_panel_free(panel);
	return rig_finish(&rig);
}
