/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Touchscreens that come and go for a long time, and a system with a full /run and a log that
 * nobody reads: nothing is lost and nothing leaks. Run by tests/vm/guest-devices.sh on a real
 * kernel whose /run is a tmpfs of its own; prints TAP. Argument: how many times.
 * Owns the rig, and for a while the limits of /run.
 */
#include <sched.h>
#include <sys/mount.h>
#include <sys/statvfs.h>

#include "tests/tools/driver_rig.h"

/* What the allocator may still ask for after half of all: what is kept of each panel would be more,
 * and 30 times were measured to add nothing. */
#define GROWTH_MAX_KB 40

/* The middle of a phone: no pad is near. */
#define MIDDLE_X 34.0
#define MIDDLE_Y 60.0

/* --- what the driver holds --- */

static unsigned
count_fds(const struct rig *rig)
{
	g_autofree char *path = g_strdup_printf("/proc/%d/fd", (int)rig->pid);
	g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
	unsigned count = 0;

	while (dir && g_dir_read_name(dir))
		count++;
	return count;
}

/* Memory of its own that is in use: of the heap and the stack, not of files. */
static long
count_kb(const struct rig *rig)
{
	g_autofree char *path = g_strdup_printf("/proc/%d/status", (int)rig->pid);
	g_autofree char *text = NULL;
	const char *line;

	if (!g_file_get_contents(path, &text, NULL, NULL) || !(line = strstr(text, "RssAnon:")))
		return -1;
	return strtol(line + strlen("RssAnon:"), NULL, 10);
}

/* --- plugged and unplugged --- */

/* The press's end that comes with the panel's: an app is not left with half of one. */
static bool
hear_cancel_and_gone(struct rig *rig, uint32_t press)
{
	union rig_message message;
	bool cancelled = false;

	for (;;) {
		if (!rig_hear(rig, &message))
			rig_give_up(rig, "the driver hung up");
		if (message.header.type == LINK_PRESS && message.press.press == press)
			cancelled = message.press.phase == PRESS_CANCEL;
		if (message.header.type == LINK_PANEL && message.panel.state == LINK_PANEL_GONE)
			return cancelled;
	}
}

/* A panel comes, is touched in the middle and on a pad, and goes with both fingers down. */
static bool
cycle(struct rig *rig, unsigned number)
{
	struct sim_panel *panel = rig_plug(rig, number % 2 ? "tablet" : "phone");
	struct mm_point at = rig_pad(panel, number % PAD_COUNT);
	g_autofree char *devnode = NULL, *left = NULL, *gone = NULL;
	struct view clone;
	uint32_t press;
	bool ok;

	rig_await_state(rig, LINK_PANEL_READY);
	gone = g_strdup(sim_panel_devnode(panel));
	devnode = rig_find_clone(panel);
	view_open(&clone, rig, devnode);
	touch_down(panel, 0, MIDDLE_X, MIDDLE_Y);
	ok = view_until(&clone, rig, view_down_count(&clone) == 1 && clone.touched);
	touch_down(panel, 1, at.x, at.y);
	press = rig_await_press(rig, number % PAD_COUNT, PRESS_DOWN);
	sim_panel_free(panel);
	/* Until it has gone; what is down on it by then is left down for ever. */
	while (view_step(&clone, rig))
		continue;
	ok = ok && view_down_count(&clone) == 0 && !clone.touched && clone.downs == 1;
	ok = hear_cancel_and_gone(rig, press) && ok;
	left = rig_find_clone_of(gone);
	view_close(&clone);
	return ok && !left;
}

static void
begin(struct rig *rig)
{
	rig_start(rig, 0, 0);
	rig_join(rig);
	/* By its answer the driver has taken the hello: the pads are live. */
	(void)rig_type(rig, KEY_A, 0);
}

static void
end(struct rig *rig)
{
	rig_kill(rig, SIGTERM);
	rig_hang_up(rig);
	if (rig_wait_end(rig) != 0)
		rig_ok(rig, false, "SIGTERM ends it with 0");
}

static void
test_hotplug(struct rig *rig, unsigned times)
{
	gint64 began = g_get_monotonic_time();
	unsigned right = 0, fds = 0;
	long kb = 0;

	begin(rig);
	for (unsigned i = 0; i < times; i++) {
		right += cycle(rig, i);
		if (i + 1 != times / 2)
			continue;
		fds = count_fds(rig);
		kb = count_kb(rig);
	}
	printf("# %u of %u right, %.1f s; %u descriptors, then %u; %ld kB, then %ld\n", right,
	       times, (double)(g_get_monotonic_time() - began) / G_USEC_PER_SEC, fds,
	       count_fds(rig), kb, count_kb(rig));
	rig_ok(rig, right == times,
	       "plugged and unplugged with fingers down, each time the clone comes and goes, no "
	       "slot is left down and the press is cancelled");
	rig_ok(rig, count_fds(rig) == fds && fds > 0, "no descriptor is left");
	rig_ok(rig, kb > 0 && count_kb(rig) <= kb + GROWTH_MAX_KB, "no memory is left");
	end(rig);
}

/* --- a system in trouble --- */

/* A mistake of which libinput itself complains at each panel. */
static void
write_wrong_quirk(struct rig *rig)
{
	g_autofree char *path =
	    g_build_filename(g_getenv("LIBINPUT_QUIRKS_DIR"), "20-wrong.quirks", NULL);

	if (!g_file_set_contents(path, "[Wrong]\nMatch=\n", -1, NULL))
		rig_give_up(rig, "no quirk file; set LIBINPUT_QUIRKS_DIR");
}

static bool
limit_run(const char *size, const char *inodes)
{
	g_autofree char *options = g_strdup_printf("size=%s,nr_inodes=%s", size, inodes);

	return mount("none", "/run", "tmpfs", MS_REMOUNT, options) == 0;
}

/* Neither a byte nor a file more. */
static bool
fill_run(void)
{
	struct statvfs now;
	g_autofree char *size = NULL, *inodes = NULL;

	if (statvfs("/run", &now) < 0)
		return false;
	size = g_strdup_printf("%llu",
			       (unsigned long long)(now.f_blocks - now.f_bfree) * now.f_frsize);
	inodes = g_strdup_printf("%llu", (unsigned long long)(now.f_files - now.f_ffree));
	return limit_run(size, inodes) && !g_file_set_contents("/run/full", "no", -1, NULL);
}

/* A standard error stream that takes no byte any more; the real one is returned. */
static int
deafen(struct rig *rig)
{
	int saved = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 10);
	int ends[2];

	if (saved < 0 || pipe2(ends, O_CLOEXEC | O_NONBLOCK) < 0)
		rig_give_up(rig, "no pipe");
	while (write(ends[1], "full", 4) > 0)
		continue;
	/* The driver's is one that would be waited for. Its other end stays open and unread. */
	if (fcntl(ends[1], F_SETFL, 0) < 0 || dup2(ends[1], STDERR_FILENO) < 0)
		rig_give_up(rig, "no pipe");
	close(ends[1]);
	return saved;
}

/* A touch passes whole, and a press is told of whole. */
static bool
works(struct rig *rig, struct sim_panel *panel, enum pad pad)
{
	g_autofree char *devnode = rig_find_clone(panel);
	struct mm_point at = rig_pad(panel, pad);
	struct view clone;
	bool ok;

	view_open(&clone, rig, devnode);
	touch_down(panel, 0, MIDDLE_X, MIDDLE_Y);
	touch_up(panel, 0);
	ok = view_until(&clone, rig, clone.ups == 1 && !clone.touched);
	touch_down(panel, 0, at.x, at.y);
	(void)rig_await_press(rig, pad, PRESS_DOWN);
	rig_let_pass(60000); /* as long as a person presses */
	touch_up(panel, 0);
	(void)rig_await_press(rig, pad, PRESS_UP);
	view_close(&clone);
	return ok && clone.downs == 1;
}

static void
test_full_and_deaf(struct rig *rig)
{
	struct sim_panel *panel = rig_plug(rig, "phone");
	struct view direct;
	int saved;
	bool ok;

	write_wrong_quirk(rig);
	g_setenv("G_MESSAGES_DEBUG", "all", TRUE);
	saved = deafen(rig);
	begin(rig);
	rig_await_state(rig, LINK_PANEL_READY);
	rig_ok(rig, works(rig, panel, PAD_LEFT_TOP),
	       "with a log that nobody reads, touches pass and presses are told");
	ok = fill_run();
	rig_ok(rig, ok && works(rig, panel, PAD_LEFT_MIDDLE), "also when /run gets full");
	view_open(&direct, rig, sim_panel_devnode(panel));
	rig_kill(rig, SIGKILL);
	(void)rig_wait_end(rig);
	rig_hang_up(rig);
	touch_down(panel, 0, MIDDLE_X, MIDDLE_Y);
	touch_up(panel, 0);
	rig_ok(rig, view_until(&direct, rig, direct.ups == 1 && !direct.touched),
	       "killed then, the panel is the system's");
	view_close(&direct);
	begin(rig);
	rig_await_state(rig, LINK_PANEL_READY);
	rig_ok(rig, works(rig, panel, PAD_RIGHT_TOP), "started again, all is as before");
	if (!limit_run("50%", "0"))
		rig_give_up(rig, "/run stays full");
	dup2(saved, STDERR_FILENO);
	close(saved);
	end(rig);
	sim_panel_free(panel);
}

/* Before whatever it watches: evdev forgets what a reader has not read when its device goes, and
 * the last thing that a clone tells is that its contacts have lifted. */
static bool
be_first(void)
{
	const struct sched_param param = {.sched_priority = 1};

	return sched_setscheduler(0, SCHED_FIFO | SCHED_RESET_ON_FORK, &param) == 0;
}

int
main(int argc, char **argv)
{
	struct rig rig;

	if (argc != 2) {
		fputs("usage: kernel-hotplug TIMES\n", stderr);
		return 2;
	}
	rig_init(&rig);
	if (!be_first())
		rig_give_up(&rig, "it may not be served first; run it as root");
	test_hotplug(&rig, (unsigned)strtoul(argv[1], NULL, 10));
	test_full_and_deaf(&rig);
	return rig_finish(&rig);
}
