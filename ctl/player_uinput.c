/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The player's back end on a real kernel: a uinput touchscreen is plugged in, sidetouch-driver
 * grabs it, and the clone that the rest of the system sees is read back.
 * Used by `sidetouchctl simulate`.
 * Owns the touchscreen, the proximity switch and the descriptor of the clone; borrows the log and
 * the live part.
 */
#include "ctl/player_uinput.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <libevdev/libevdev.h>
#include <string.h>
#include <sys/ioctl.h>

#include "common/cleanup.h"
#include "ctl/player_switch.h"
#include "driver/clone.h"
#include "driver/sim_panel.h"

#define INPUT_FOLDER "/dev/input"
/* A frame of every slot with all it may say; more in one frame is cut into two. */
#define CLONE_EVENTS_MAX 256
/* A grab makes no event to wait for; rare enough not to be in the driver's way. */
#define LOOK_AGAIN_MS 50

struct player_uinput {
	struct player_live *live;
	struct player_log *log;
	struct sim_panel *panel;
	struct player_switch *proximity; /* NULL: nobody says how near anything is */
	char *clone_phys;
	struct libevdev *clone;
	guint clone_watch;
	struct core_event events[CLONE_EVENTS_MAX];
	size_t event_count;
	GError *lost; /* the clone went away: told at the next wait */
};

static void
take_event(struct player_uinput *uinput, const struct input_event *event)
{
	struct usec time = usec_from_us((uint64_t)event->input_event_sec * G_USEC_PER_SEC +
					(uint64_t)event->input_event_usec);
	bool ends = event->type == EV_SYN && event->code == SYN_REPORT;

	if (event->type != EV_SYN)
		uinput->events[uinput->event_count++] =
		    (struct core_event){event->type, event->code, event->value};
	if (!ends && uinput->event_count < CLONE_EVENTS_MAX)
		return;
	player_log_clone_frame(uinput->log, time, uinput->events, uinput->event_count);
	uinput->event_count = 0;
}

static gboolean
on_clone(int fd, GIOCondition condition, void *data)
{
	struct player_uinput *uinput = data;
	unsigned flag = LIBEVDEV_READ_FLAG_NORMAL;
	struct input_event event;
	int r;

	(void)fd;
	(void)condition;
	for (;;) {
		r = libevdev_next_event(uinput->clone, flag, &event);
		/* Dropped: libevdev tells by events what has become of each slot. */
		if (r == LIBEVDEV_READ_STATUS_SYNC)
			flag = LIBEVDEV_READ_FLAG_SYNC;
		else if (r == -EAGAIN && flag == LIBEVDEV_READ_FLAG_SYNC)
			flag = LIBEVDEV_READ_FLAG_NORMAL;
		else if (r < 0)
			break;
		if (r >= 0 && event.code != SYN_DROPPED)
			take_event(uinput, &event);
	}
	if (r == -EAGAIN)
		return G_SOURCE_CONTINUE;
	uinput->clone_watch = 0;
	g_set_error(&uinput->lost, PLAYER_ERROR, PLAYER_ERROR_WORLD,
		    "the clone of the simulated touchscreen has gone (%s): sidetouch-driver has "
		    "ended; see: journalctl -u sidetouch-driver",
		    g_strerror(-r));
	return G_SOURCE_REMOVE;
}

/* Open the node if it is our panel's clone; NULL when it is not or may not be read. */
static struct libevdev *
open_clone(const struct player_uinput *uinput, const char *node, bool *denied)
{
	g_autofree char *path = g_build_filename(INPUT_FOLDER, node, NULL);
	_autoclose_ int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	struct libevdev *device = NULL;
	const char *phys;

	if (fd < 0) {
		*denied = *denied || errno == EACCES;
		return NULL;
	}
	if (libevdev_new_from_fd(fd, &device) < 0)
		return NULL;
	phys = libevdev_get_phys(device);
	if (!phys || strcmp(phys, uinput->clone_phys) != 0) {
		libevdev_free(device);
		return NULL;
	}
	steal_fd(&fd); /* the device's from now on, closed with it */
	return device;
}

static bool
find_clone(struct player_uinput *uinput, bool *denied)
{
	g_autoptr(GDir) folder = g_dir_open(INPUT_FOLDER, 0, NULL);
	const char *node;

	*denied = false;
	while (folder && !uinput->clone && (node = g_dir_read_name(folder))) {
		if (g_str_has_prefix(node, "event"))
			uinput->clone = open_clone(uinput, node, denied);
	}
	return uinput->clone != NULL;
}

/*
 * Whether somebody has grabbed the panel. The kernel tells only who tries: a grab that succeeds is
 * given back at once, and a driver that tried in that moment tries again.
 */
static bool
is_grabbed(const struct player_uinput *uinput)
{
	_autoclose_ int fd =
	    open(sim_panel_devnode(uinput->panel), O_RDONLY | O_NONBLOCK | O_CLOEXEC);

	if (fd < 0)
		return false;
	if (ioctl(fd, EVIOCGRAB, (void *)1) < 0)
		return errno == EBUSY;
	(void)ioctl(fd, EVIOCGRAB, NULL);
	return false;
}

static void
close_clone(struct player_uinput *uinput)
{
	if (!uinput->clone)
		return;
	close(libevdev_get_fd(uinput->clone));
	libevdev_free(uinput->clone);
	uinput->clone = NULL;
}

struct clone_wait {
	struct player_uinput *uinput;
	bool denied;
};

/*
 * The clone is there before the panel is grabbed, and what is touched in between the driver leaves
 * to the system: both must be.
 */
static bool
is_live(void *data)
{
	struct clone_wait *wait = data;

	close_clone(wait->uinput);
	return sim_panel_devnode(wait->uinput->panel) && find_clone(wait->uinput, &wait->denied) &&
	       is_grabbed(wait->uinput);
}

static gboolean
on_look_again(void *data)
{
	(void)data;
	return G_SOURCE_CONTINUE;
}

static void
on_folder(GFileMonitor *monitor, GFile *file, GFile *other, GFileMonitorEvent event, void *data)
{
	/* Only to wake the main loop: is_live() looks again then. */
	(void)monitor;
	(void)file;
	(void)other;
	(void)event;
	(void)data;
}

/* Wait until the driver has grabbed our panel and put its clone in place. */
static bool
await_clone(struct player_uinput *uinput, GError **error)
{
	g_autoptr(GFile) folder = g_file_new_for_path(INPUT_FOLDER);
	g_autoptr(GFileMonitor) monitor =
	    g_file_monitor_directory(folder, G_FILE_MONITOR_NONE, NULL, NULL);
	struct clone_wait wait = {.uinput = uinput};
	guint look_again;
	bool live;

	if (monitor) {
		g_file_monitor_set_rate_limit(monitor, 0);
		g_signal_connect(monitor, "changed", G_CALLBACK(on_folder), NULL);
	}
	look_again = g_timeout_add(LOOK_AGAIN_MS, on_look_again, NULL);
	live = player_live_await(uinput->live, is_live, &wait, PLAYER_LIVE_START_MS);
	g_source_remove(look_again);
	if (live)
		return true;
	if (wait.denied)
		g_set_error(error, PLAYER_ERROR, PLAYER_ERROR_WORLD,
			    "the nodes of %s may not be read, so what passes cannot be seen; run "
			    "this as root: sudo -E sidetouchctl simulate",
			    INPUT_FOLDER);
	else
		g_set_error(error, PLAYER_ERROR, PLAYER_ERROR_WORLD,
			    "sidetouch-driver did not take the simulated touchscreen %s within "
			    "%d s; start it with: systemctl start sidetouch-driver",
			    sim_panel_devnode(uinput->panel), PLAYER_LIVE_START_MS / 1000);
	return false;
}

static bool
plug_in(struct player_uinput *uinput, const struct scenario_device *device, GError **error)
{
	const struct sim_panel_model *model = sim_panel_find_model(device->name);
	int r = sim_panel_new(model, &uinput->panel);

	if (r == 0)
		return true;
	if (r == -ENOENT || r == -ENODEV)
		g_set_error(error, PLAYER_ERROR, PLAYER_ERROR_WORLD,
			    "/dev/uinput is missing; load it with: modprobe uinput, or play with "
			    "--in-memory");
	else if (r == -EACCES || r == -EPERM)
		g_set_error(error, PLAYER_ERROR, PLAYER_ERROR_WORLD,
			    "/dev/uinput may not be written; run this as root: sudo -E "
			    "sidetouchctl simulate, or play with --in-memory");
	else
		g_set_error(error, PLAYER_ERROR, PLAYER_ERROR_WORLD,
			    "the simulated touchscreen cannot be made through /dev/uinput: %s",
			    g_strerror(-r));
	return false;
}

static bool
uinput_open(void *data, const struct scenario_device *device, GError **error)
{
	struct player_uinput *uinput = data;
	g_autofree char *sysname = NULL;
	struct core_panel panel;

	if (!plug_in(uinput, device, error))
		return false;
	if (!player_live_watch(uinput->live, error))
		return false;
	sim_panel_describe(sim_panel_get_model(uinput->panel), &panel);
	player_log_clone_panel(uinput->log, &panel);
	sysname = g_path_get_basename(sim_panel_devnode(uinput->panel));
	uinput->clone_phys = g_strconcat(CLONE_PHYS_PREFIX, sysname, NULL);
	if (!await_clone(uinput, error))
		return false;
	libevdev_set_clock_id(uinput->clone, CLOCK_MONOTONIC);
	uinput->clone_watch =
	    g_unix_fd_add(libevdev_get_fd(uinput->clone), G_IO_IN, on_clone, uinput);
	return true;
}

static bool
uinput_frame(void *data, const struct player_touch *touches, size_t count, GError **error)
{
	struct player_uinput *uinput = data;
	int r;

	for (size_t i = 0; i < count; i++) {
		const struct player_touch *touch = &touches[i];

		sim_panel_tool(uinput->panel, touch->slot, touch->palm, touch->hovers);
		switch (touch->phase) {
		case PLAYER_TOUCH_DOWN:
			sim_panel_down(uinput->panel, touch->slot, touch->place.x, touch->place.y);
			sim_panel_size(uinput->panel, touch->slot, touch->major_mm,
				       touch->minor_mm);
			break;
		case PLAYER_TOUCH_MOVE:
			sim_panel_move(uinput->panel, touch->slot, touch->place.x, touch->place.y);
			sim_panel_size(uinput->panel, touch->slot, touch->major_mm,
				       touch->minor_mm);
			break;
		case PLAYER_TOUCH_UP:
			sim_panel_up(uinput->panel, touch->slot);
			break;
		}
	}
	r = sim_panel_frame(uinput->panel);
	if (r < 0)
		g_set_error(error, PLAYER_ERROR, PLAYER_ERROR_WORLD,
			    "the simulated touchscreen takes no more frames: %s", g_strerror(-r));
	return r == 0;
}

static struct usec
uinput_now(void *data)
{
	(void)data;
	return player_live_now();
}

static bool
uinput_wait(void *data, struct usec until, GError **error)
{
	struct player_uinput *uinput = data;

	player_live_wait(uinput->live, until);
	if (!uinput->lost)
		return true;
	g_propagate_error(error, steal(&uinput->lost));
	return false;
}

static bool
uinput_front(void *data, const char *app, GError **error)
{
	return player_live_front(((struct player_uinput *)data)->live, app, error);
}

static bool
uinput_link(void *data, bool up, GError **error)
{
	(void)data;
	g_set_error(error, PLAYER_ERROR, PLAYER_ERROR_SKIP,
		    "'link %s' is for --in-memory and --drive-link only: here the link belongs to "
		    "a driver and a daemon that nobody may part",
		    up ? "up" : "down");
	return false;
}

static bool
switch_is_watched(void *data)
{
	return player_switch_is_watched(((struct player_uinput *)data)->proximity);
}

/* Until the driver has opened the switch, which makes no event to wait for. */
static bool
await_switch(struct player_uinput *uinput)
{
	guint look_again = g_timeout_add(LOOK_AGAIN_MS, on_look_again, NULL);
	bool watched =
	    player_live_await(uinput->live, switch_is_watched, uinput, PLAYER_LIVE_START_MS);

	g_source_remove(look_again);
	return watched;
}

static bool
uinput_proximity(void *data, enum ear_proximity proximity, GError **error)
{
	struct player_uinput *uinput = data;
	int r = 0;

	if (proximity == EAR_PROXIMITY_UNKNOWN) {
		uinput->proximity = player_switch_free(uinput->proximity);
		return true;
	}
	if (!uinput->proximity) {
		r = player_switch_new(&uinput->proximity);
		if (r == 0 && !await_switch(uinput)) {
			g_set_error(error, PLAYER_ERROR, PLAYER_ERROR_WORLD,
				    "sidetouch-driver did not open the simulated proximity switch "
				    "within %d s; see: journalctl -u sidetouch-driver",
				    PLAYER_LIVE_START_MS / 1000);
			return false;
		}
	}
	if (r == 0)
		r = player_switch_set(uinput->proximity, proximity == EAR_PROXIMITY_NEAR);
	if (r < 0)
		g_set_error(error, PLAYER_ERROR, PLAYER_ERROR_WORLD,
			    "a proximity switch cannot be simulated through /dev/uinput: %s",
			    g_strerror(-r));
	return r == 0;
}

const struct player_backend player_uinput_backend = {
    .await_ms = PLAYER_LIVE_AWAIT_MS,
    .open = uinput_open,
    .frame = uinput_frame,
    .now = uinput_now,
    .wait = uinput_wait,
    .front = uinput_front,
    .link = uinput_link,
    .proximity = uinput_proximity,
};

struct player_uinput *
player_uinput_new(struct player_live *live, struct player_log *log)
{
	struct player_uinput *uinput = g_new0(struct player_uinput, 1);

	uinput->live = live;
	uinput->log = log;
	return uinput;
}

static bool
clone_is_gone(void *data)
{
	return ((struct player_uinput *)data)->clone_watch == 0;
}

struct player_uinput *
player_uinput_free(struct player_uinput *uinput)
{
	if (!uinput)
		return NULL;
	/* The next scenario's panel may get the same name: this clone must not be found by it. */
	if (uinput->panel)
		uinput->panel = sim_panel_free(uinput->panel);
	if (uinput->clone_watch &&
	    !player_live_await(uinput->live, clone_is_gone, uinput, PLAYER_LIVE_AWAIT_MS))
		g_source_remove(uinput->clone_watch);
	close_clone(uinput);
	player_switch_free(uinput->proximity);
	g_clear_error(&uinput->lost);
	g_free(uinput->clone_phys);
	g_free(uinput);
	return NULL;
}
