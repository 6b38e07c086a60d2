/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A machine that really sleeps: the panel is opened anew, its clone stays, and nothing is stuck.
 * Run by tests/vm/guest-sleep.sh; after the sleep a guest has no files any more, so this prints its
 * TAP to the console, marked for tests/vm/boot, and resets the machine.
 * Owns the rig.
 */
#include <sys/mman.h>
#include <sys/reboot.h>
#include <time.h>

#include "tests/tools/driver_rig.h"

/* The middle of a phone: no pad is near. */
#define MIDDLE_X 34.0
#define MIDDLE_Y 60.0

static bool
write_text(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	bool written = fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text);

	if (fd >= 0)
		close(fd);
	return written;
}

static int64_t
slept_us(void)
{
	struct timespec boot, monotonic;

	clock_gettime(CLOCK_MONOTONIC, &monotonic);
	clock_gettime(CLOCK_BOOTTIME, &boot);
	return ((int64_t)boot.tv_sec - monotonic.tv_sec) * 1000000 +
	       (boot.tv_nsec - monotonic.tv_nsec) / 1000;
}

static void
test_clock_set(struct rig *rig, struct sim_panel *panel, struct view *clone)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	now.tv_sec += 3600;
	if (clock_settime(CLOCK_REALTIME, &now) < 0)
		rig_give_up(rig, "the clock cannot be set");
	/* By the second answer the driver has been round its loop. */
	(void)rig_type(rig, KEY_A, 0);
	(void)rig_type(rig, KEY_A, 0);
	touch_move(panel, 0, MIDDLE_X + 5, MIDDLE_Y);
	rig_ok(rig,
	       view_until(clone, rig, clone->slots[0].x == rig_units(MIDDLE_X + 5)) &&
		   clone->ups == 0,
	       "setting the clock is no sleep: a touch goes on");
}

static void
test_sleep(struct rig *rig, struct sim_panel *panel, struct view *clone)
{
	int64_t before_us = slept_us();
	unsigned downs = clone->downs;

	if (!write_text("/sys/class/rtc/rtc0/wakealarm", "+4") ||
	    !write_text("/sys/power/state", "mem"))
		rig_give_up(rig, "this machine cannot sleep");
	printf("# slept %.3f s\n", (double)(slept_us() - before_us) / 1e6);
	rig_ok(rig, slept_us() - before_us > 1000000, "the machine has slept");
	rig_ok(rig, view_until(clone, rig, view_down_count(clone) == 0 && !clone->touched),
	       "after the sleep what was down is lifted on the clone");
	rig_await_state(rig, LINK_PANEL_WAITING);
	rig_ok(rig, true, "the panel is opened anew, and waits for the finger on it");
	touch_up(panel, 0);
	rig_await_state(rig, LINK_PANEL_READY);
	touch_down(panel, 0, MIDDLE_X, MIDDLE_Y);
	rig_ok(rig, view_until(clone, rig, clone->downs > downs),
	       "and its clone is the one before");
}

static void
test_pad(struct rig *rig, struct sim_panel *panel)
{
	struct mm_point pad = rig_pad(panel, PAD_LEFT_TOP);

	touch_up(panel, 0);
	touch_down(panel, 0, pad.x, pad.y);
	(void)rig_await_press(rig, PAD_LEFT_TOP, PRESS_DOWN);
	rig_let_pass(60000); /* as long as a person presses */
	touch_up(panel, 0);
	(void)rig_await_press(rig, PAD_LEFT_TOP, PRESS_UP);
	rig_ok(rig, true, "the pads work after the sleep");
}

static void
run(void)
{
	g_autofree char *devnode = NULL;
	struct sim_panel *panel;
	struct view clone;
	struct rig rig;

	rig_init(&rig);
	panel = rig_plug(&rig, "phone");
	rig_start(&rig, 0, 0);
	rig_join(&rig);
	rig_await_state(&rig, LINK_PANEL_READY);
	(void)rig_type(&rig, KEY_A, 0);
	devnode = rig_find_clone(panel);
	view_open(&clone, &rig, devnode);
	touch_down(panel, 0, MIDDLE_X, MIDDLE_Y);
	view_until(&clone, &rig, view_down_count(&clone) == 1);
	test_clock_set(&rig, panel, &clone);
	test_sleep(&rig, panel, &clone);
	test_pad(&rig, panel);
	rig_kill(&rig, SIGTERM);
	rig_ok(&rig, rig_wait_end(&rig) == 0, "SIGTERM ends it with 0");
	exit(rig_finish(&rig));
}

/* What the child prints goes to the console with a mark; its exit code is the last word. */
static void
report(FILE *output, pid_t child)
{
	char line[512];
	int status = 0;

	while (fgets(line, sizeof(line), output))
		printf("VM|%s", line);
	waitpid(child, &status, 0);
	printf("VM-EXIT %d\n", WIFEXITED(status) ? WEXITSTATUS(status) : 1);
	fflush(stdout);
}

int
main(void)
{
	int ends[2];
	pid_t child;

	/* Once awake nothing can be read from a file any more. */
	if (mlockall(MCL_CURRENT | MCL_FUTURE) < 0 || pipe(ends) < 0) {
		perror("kernel-sleep");
		return 1;
	}
	child = fork();
	if (child == 0) {
		dup2(ends[1], STDOUT_FILENO);
		dup2(ends[1], STDERR_FILENO);
		close(ends[0]);
		close(ends[1]);
		run();
	}
	close(ends[1]);
	if (!freopen("/dev/console", "w", stdout))
		return 1;
	report(fdopen(ends[0], "r"), child);
	reboot(RB_AUTOBOOT); /* a machine that has slept does not always switch off; tests/vm/boot
				lets none start again */
	return 0;
}
