/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How long a touch takes through a forwarder: from before the frame is written to a simulated
 * touchscreen until a reader of the clone has read it; for several forwarders side by side.
 * Run as root in a guest by tests/vm/bench-latency.sh. Each forwarder has a touchscreen of its own,
 * all are there at the same time, and each frame goes to one after the other, so that whatever the
 * machine does besides meets all of them.
 * Owns the touchscreens and the forwarders' processes.
 *
 * Usage: pass-latency ROUNDS FRAMES
 * Prints ROW <tab> COLUMN <tab> NANOSECONDS, for tests/bench/percentiles.py.
 */
#include <time.h>

#include "tests/tools/driver_rig.h"

/* The panel's frames come this far apart for each forwarder, one after another: 4 x 2.5 ms and a
 * bit, about the 100 Hz of a slow panel. */
#define PACE_NS      2500000
#define CONTACTS_MAX 5
/* In the middle, where no pad is. */
#define LEFT_MM    22.0
#define SPACING_MM 6.0
#define TOP_MM     40.0
#define RANGE_MM   40

/* One way from a touchscreen to a reader. */
struct path {
	const char *name;
	void (*start)(struct path *path, struct rig *rig);
	struct sim_panel *panel;
	char *clone;
	int fd;
	GPid pid;
	struct rig driver; /* if it is the driver's */
};

static int64_t
now_ns(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * INT64_C(1000000000) + time.tv_nsec;
}

static void
await_ns(int64_t until_ns)
{
	struct timespec until = {until_ns / 1000000000, until_ns % 1000000000};

	while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL) == EINTR)
		continue;
}

/* --- the forwarders
 * ------------------------------------------------------------------------------- */

static bool
is_touchscreen(const char *devnode, const char *name)
{
	char found[256] = "";
	uint8_t axes[ABS_CNT / 8] = {0};
	int fd = open(devnode, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	bool is = fd >= 0 && ioctl(fd, EVIOCGNAME(sizeof(found)), found) > 0 &&
		  ioctl(fd, EVIOCGBIT(EV_ABS, sizeof(axes)), axes) > 0 &&
		  strcmp(found, name) == 0 && (axes[ABS_MT_SLOT / 8] >> (ABS_MT_SLOT % 8) & 1);

	if (fd >= 0)
		close(fd);
	return is;
}

/* The touchscreens there are, as a set of their nodes. */
static GHashTable *
list_touchscreens(const char *name)
{
	GHashTable *found = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autoptr(GDir) dir = g_dir_open("/dev/input", 0, NULL);
	const char *entry;

	while (dir && (entry = g_dir_read_name(dir))) {
		g_autofree char *devnode = g_build_filename("/dev/input", entry, NULL);

		if (g_str_has_prefix(entry, "event") && is_touchscreen(devnode, name))
			g_hash_table_add(found, g_steal_pointer(&devnode));
	}
	return found;
}

/* The node that a forwarder made, which is not among those there were. */
static char *
await_clone(struct rig *rig, GHashTable *before, const char *name)
{
	for (int left_ms = RIG_PATIENCE_MS; left_ms > 0; left_ms -= 20) {
		g_autoptr(GHashTable) now = list_touchscreens(name);
		GHashTableIter iter;
		void *devnode;

		g_hash_table_iter_init(&iter, now);
		while (g_hash_table_iter_next(&iter, &devnode, NULL)) {
			if (!g_hash_table_contains(before, devnode))
				return g_strdup(devnode);
		}
		await_ns(now_ns() + 20 * 1000000);
	}
	rig_give_up(rig, "a forwarder makes no clone");
}

static void
start_program(struct path *path, struct rig *rig, char **argv)
{
	const char *name = sim_panel_get_model(path->panel)->title;
	g_autoptr(GHashTable) before = list_touchscreens(name);
	g_autoptr(GError) error = NULL;

	if (!g_spawn_async(NULL, argv, NULL,
			   G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD |
			       G_SPAWN_STDOUT_TO_DEV_NULL,
			   NULL, NULL, &path->pid, &error))
		rig_give_up(rig, error->message);
	path->clone = await_clone(rig, before, name);
}

static void
start_none(struct path *path, struct rig *rig)
{
	(void)rig;
	path->clone = g_strdup(sim_panel_devnode(path->panel));
}

static void
start_smallest(struct path *path, struct rig *rig)
{
	const char *build = g_getenv("BUILD");
	g_autofree char *program = g_build_filename(build ? build : "build", "bench/forward", NULL);
	char *argv[] = {program, (char *)sim_panel_devnode(path->panel), NULL};

	start_program(path, rig, argv);
}

/* As its manual says; exec, so that killing the shell's group ends both. */
static void
start_interception(struct path *path, struct rig *rig)
{
	const char *node = sim_panel_devnode(path->panel);
	g_autofree char *line = g_strdup_printf("interception -g %s | uinput -d %s", node, node);
	char *argv[] = {"setsid", "sh", "-c", line, NULL};

	start_program(path, rig, argv);
}

static void
start_driver(struct path *path, struct rig *rig, bool listening)
{
	struct rig *driver = &path->driver;

	rig_init(driver);
	g_free(driver->socket);
	driver->socket = g_strdup_printf("/run/bench-%d.sock", listening);
	driver->device = sim_panel_devnode(path->panel);
	rig_start(driver, 0, 0);
	rig_join(driver);
	rig_await_state(driver, LINK_PANEL_READY);
	if (!listening)
		rig_hang_up(driver);
	path->pid = driver->pid;
	path->clone = rig_find_clone(path->panel);
	if (!path->clone)
		rig_give_up(rig, "the driver's clone is not found");
}

static void
start_listening(struct path *path, struct rig *rig)
{
	start_driver(path, rig, true);
}

static void
start_alone(struct path *path, struct rig *rig)
{
	start_driver(path, rig, false);
}

static struct path paths[] = {
    {.name = "no forwarder: the device itself", .start = start_none},
    {.name = "smallest forwarder", .start = start_smallest},
    {.name = "interception-tools", .start = start_interception},
    {.name = "sidetouch, a daemon listens", .start = start_listening},
    {.name = "sidetouch, nobody listens", .start = start_alone},
};

/* --- measuring
 * ------------------------------------------------------------------------------------ */

/* Read until the end of a frame; when it was read. */
static int64_t
read_frame(struct path *path, struct rig *rig)
{
	struct input_event events[128];
	ssize_t size;

	do {
		size = read(path->fd, events, sizeof(events));
		if (size < (ssize_t)sizeof(events[0]))
			rig_give_up(rig, "a clone cannot be read any more");
	} while (events[(size_t)size / sizeof(events[0]) - 1].type != EV_SYN);
	return now_ns();
}

/* All contacts where they are in this step; the time it took. */
static int64_t
send_step(struct path *path, struct rig *rig, unsigned contacts, unsigned step)
{
	double y = TOP_MM + (double)(step % (RANGE_MM * 10)) / 10;
	int64_t sent;

	for (unsigned slot = 0; slot < contacts; slot++) {
		double x = LEFT_MM + slot * SPACING_MM + (step % 2) * 0.1;

		if (step == 0)
			sim_panel_down(path->panel, slot, x, y + slot);
		else
			sim_panel_move(path->panel, slot, x, y + slot);
	}
	sent = now_ns();
	touch_frame(path->panel);
	return read_frame(path, rig) - sent;
}

static void
lift_all(struct path *path, struct rig *rig, unsigned contacts)
{
	for (unsigned slot = 0; slot < contacts; slot++)
		sim_panel_up(path->panel, slot);
	touch_frame(path->panel);
	(void)read_frame(path, rig);
}

static void
measure(struct rig *rig, unsigned contacts, unsigned frames)
{
	g_autofree char *column =
	    g_strdup_printf("%u contact%s", contacts, contacts > 1 ? "s" : "");
	int64_t next = now_ns();

	/* Nothing takes this long; a read that never ends ends everything. */
	alarm(30 + frames / 10);
	for (unsigned step = 0; step <= frames; step++) {
		for (size_t i = 0; i < G_N_ELEMENTS(paths); i++) {
			int64_t took;

			next = MAX(next + PACE_NS, now_ns());
			await_ns(next);
			took = send_step(&paths[i], rig, contacts, step);
			/* The first brings the fingers down: another kind of frame. */
			if (step > 0)
				printf("%s\t%s\t%" G_GINT64_FORMAT "\n", paths[i].name, column,
				       took);
		}
	}
	for (size_t i = 0; i < G_N_ELEMENTS(paths); i++)
		lift_all(&paths[i], rig, contacts);
}

static void
open_paths(struct rig *rig)
{
	for (size_t i = 0; i < G_N_ELEMENTS(paths); i++) {
		struct path *path = &paths[i];

		path->panel = rig_plug(rig, "phone");
		path->start(path, rig);
		path->fd = open(path->clone, O_RDONLY | O_CLOEXEC);
		if (path->fd < 0)
			rig_give_up(rig, "a clone cannot be opened");
	}
}

int
main(int argc, char **argv)
{
	unsigned rounds = argc == 3 ? (unsigned)strtoul(argv[1], NULL, 10) : 0;
	unsigned frames = argc == 3 ? (unsigned)strtoul(argv[2], NULL, 10) : 0;
	struct rig rig;

	if (rounds == 0 || frames == 0) {
		fputs("Usage: pass-latency ROUNDS FRAMES\n", stderr);
		return 2;
	}
	rig_init(&rig);
	open_paths(&rig);
	for (unsigned round = 0; round < rounds; round++) {
		measure(&rig, 1, frames);
		measure(&rig, CONTACTS_MAX, frames);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(paths); i++) {
		if (paths[i].pid > 0)
			kill(paths[i].pid, SIGTERM);
		sim_panel_free(paths[i].panel);
	}
	return EXIT_SUCCESS;
}
