/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A rig on a real kernel: a simulated touchscreen, the real driver, a view of its clone, and the
 * daemon's end of the link.
 * Used by the kernel-*.c programs, which tests/vm runs in a guest; prints TAP.
 * Owns the driver's process; a wait that is not answered in time ends the program as failed.
 */
#ifndef SIDETOUCH_DRIVER_RIG_H
#define SIDETOUCH_DRIVER_RIG_H

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <grp.h>
#include <linux/input.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "common/link.h"
#include "driver/sim_panel.h"

/* No single step takes this long, in an emulated guest on a busy machine. */
#define RIG_PATIENCE_MS 60000
#define RIG_SLOTS       10

struct rig {
	unsigned tests;
	unsigned failed;
	char *socket;
	char *driver;         /* the program */
	const char *device;   /* the only touchscreen it takes; NULL: every one */
	const char *devices;  /* its overlays.d and quirks.d are in here; NULL: the system's */
	const char *settings; /* its file of settings; NULL: the system's */
	pid_t pid;
	int link;
};

/* One reader of a touchscreen and what it has been told. */
struct view {
	int fd;
	int slot;
	bool touched; /* BTN_TOUCH */
	unsigned downs, ups;
	struct {
		int id, x, y;
	} slots[RIG_SLOTS];
};

union rig_message {
	struct packet_header header;
	struct link_refused refused;
	struct link_panel panel;
	struct link_press press;
	struct link_key_done key_done;
	struct link_notice notice;
	char bytes[PACKET_SIZE_MAX];
};

/* The time that a person or a measurement takes; what happens is waited for by its event. */
static inline void
rig_let_pass(uint64_t us)
{
	struct timespec left = {(time_t)(us / 1000000), (long)(us % 1000000) * 1000};

	while (nanosleep(&left, &left) < 0 && errno == EINTR)
		;
}

static inline void
rig_ok(struct rig *rig, bool ok, const char *what)
{
	printf("%sok %u - %s\n", ok ? "" : "not ", ++rig->tests, what);
	fflush(stdout);
	rig->failed += !ok;
}

static inline void
rig_kill(struct rig *rig, int signal)
{
	if (rig->pid > 0)
		kill(rig->pid, signal);
}

static inline int
rig_finish(struct rig *rig)
{
	printf("1..%u\n", rig->tests);
	return rig->failed ? 1 : 0;
}

static inline void G_GNUC_NORETURN
rig_give_up(struct rig *rig, const char *what)
{
	rig_ok(rig, false, what);
	rig_kill(rig, SIGKILL);
	exit(rig_finish(rig));
}

static inline void
rig_init(struct rig *rig)
{
	const char *build = g_getenv("BUILD");

	*rig = (struct rig){.link = -1};
	rig->socket = g_strdup_printf("/run/sidetouch-rig-%d.sock", (int)getpid());
	rig->driver = g_build_filename(build ? build : "build", "sidetouch-driver", NULL);
}

/* Start the driver as this user and with this group, root being 0 and 0. */
static inline void
rig_start(struct rig *rig, uid_t user, gid_t group)
{
	const char *words[] = {rig->driver, "--socket", rig->socket, "--allow-user", "0",  NULL,
			       NULL,        NULL,       NULL,        NULL,           NULL, NULL};
	size_t count = 5;

	if (rig->device) {
		words[count++] = "--device";
		words[count++] = rig->device;
	}
	if (rig->devices) {
		words[count++] = "--devices";
		words[count++] = rig->devices;
	}
	if (rig->settings) {
		words[count++] = "--settings";
		words[count++] = rig->settings;
	}
	fflush(stdout);
	rig->pid = fork();
	if (rig->pid != 0)
		return;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (setgroups(1, &group) < 0 || setgid(group) < 0 || setuid(user) < 0)
		_exit(126);
	execv(rig->driver, (char *const *)words);
	_exit(127);
}

/* Its exit status, or minus the signal that ended it. */
static inline int
rig_wait_end(struct rig *rig)
{
	int status = 0;

	waitpid(rig->pid, &status, 0);
	rig->pid = 0;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static inline bool
rig_dial_once(struct rig *rig)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};

	g_strlcpy(address.sun_path, rig->socket, sizeof(address.sun_path));
	rig->link = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
	if (connect(rig->link, (const struct sockaddr *)&address, sizeof(address)) == 0)
		return true;
	close(rig->link);
	rig->link = -1;
	return false;
}

static inline void
rig_hang_up(struct rig *rig)
{
	if (rig->link >= 0)
		close(rig->link);
	rig->link = -1;
}

/* The next message of the driver; false when it hung up. */
static inline bool
rig_hear(struct rig *rig, union rig_message *message)
{
	struct pollfd pollfd = {.fd = rig->link, .events = POLLIN};
	enum packet_fault fault;
	int r;

	if (poll(&pollfd, 1, RIG_PATIENCE_MS) != 1)
		rig_give_up(rig, "the driver says nothing");
	r = packet_receive(rig->link, &link_protocol, PACKET_FROM_SERVER, message, &fault);
	if (r == -EPROTO)
		rig_give_up(rig, packet_fault_to_str(fault));
	return r > 0;
}

/* Connect and say hello; the driver may have been started this moment. */
static inline void
rig_join(struct rig *rig)
{
	struct link_daemon_hello hello = {.pid = (uint32_t)getpid()};

	for (int left_ms = RIG_PATIENCE_MS; !rig_dial_once(rig); left_ms--) {
		if (left_ms == 0)
			rig_give_up(rig, "the driver does not listen");
		rig_let_pass(1000); /* nothing announces a socket */
	}
	packet_init(&link_protocol, &hello.header, LINK_DAEMON_HELLO, sizeof(hello));
	if (packet_send(rig->link, &hello.header) < 0)
		rig_give_up(rig, "the driver does not take a hello");
}

/* Wait until the driver says this of a panel. */
static inline void
rig_await_state(struct rig *rig, enum link_panel_state state)
{
	union rig_message message;

	do {
		if (!rig_hear(rig, &message))
			rig_give_up(rig, "the driver hung up");
	} while (message.header.type != LINK_PANEL || message.panel.state != state);
}

/* The same of the panel with this name; what it said of itself. */
static inline struct link_panel
rig_await_panel(struct rig *rig, const char *name, enum link_panel_state state)
{
	union rig_message message;

	do {
		if (!rig_hear(rig, &message))
			rig_give_up(rig, "the driver hung up");
	} while (message.header.type != LINK_PANEL || message.panel.state != state ||
		 strcmp(message.panel.name, name) != 0);
	return message.panel;
}

/* Wait for a phase of a press and tell the driver that it was seen; its number. */
static inline uint32_t
rig_await_press(struct rig *rig, enum pad pad, enum press_phase phase)
{
	union rig_message message;
	struct link_seen seen;

	do {
		if (!rig_hear(rig, &message))
			rig_give_up(rig, "the driver hung up");
	} while (message.header.type != LINK_PRESS || message.press.phase != phase);
	if (message.press.pad != pad)
		rig_give_up(rig, "a press on another pad");
	seen.press = message.press.press;
	packet_init(&link_protocol, &seen.header, LINK_SEEN, sizeof(seen));
	(void)packet_send(rig->link, &seen.header);
	return message.press.press;
}

/* Ask for a key and wait for the answer: by then the driver has taken all that was sent before, a
 * hello for one. Its error. */
static inline int
rig_type(struct rig *rig, uint32_t key, uint32_t modifiers)
{
	struct link_type_key message = {.request = 4, .key = key, .modifiers = modifiers};
	union rig_message answer;

	packet_init(&link_protocol, &message.header, LINK_TYPE_KEY, sizeof(message));
	(void)packet_send(rig->link, &message.header);
	do {
		if (!rig_hear(rig, &answer))
			rig_give_up(rig, "the driver hung up");
	} while (answer.header.type != LINK_KEY_DONE);
	return answer.key_done.error;
}

/* The node of the input device with this phys, or NULL. */
static inline char *
rig_find_phys(const char *wanted)
{
	g_autoptr(GDir) dir = g_dir_open("/sys/class/input", 0, NULL);
	const char *entry;

	while (dir && (entry = g_dir_read_name(dir))) {
		g_autofree char *path =
		    g_build_filename("/sys/class/input", entry, "device/phys", NULL);
		g_autofree char *phys = NULL;

		if (!g_str_has_prefix(entry, "event") ||
		    !g_file_get_contents(path, &phys, NULL, NULL))
			continue;
		if (strcmp(g_strstrip(phys), wanted) == 0)
			return g_build_filename("/dev/input", entry, NULL);
	}
	return NULL;
}

/* The node of the clone of the panel with this node, or NULL. */
static inline char *
rig_find_clone_of(const char *devnode)
{
	g_autofree char *sysname = g_path_get_basename(devnode);
	g_autofree char *phys = g_strconcat("sidetouch/clone/", sysname, NULL);

	return rig_find_phys(phys);
}

static inline char *
rig_find_clone(const struct sim_panel *panel)
{
	return rig_find_clone_of(sim_panel_devnode(panel));
}

static inline void
view_open(struct view *view, struct rig *rig, const char *devnode)
{
	*view =
	    (struct view){.fd = devnode ? open(devnode, O_RDONLY | O_NONBLOCK | O_CLOEXEC) : -1};
	for (int i = 0; i < RIG_SLOTS; i++)
		view->slots[i].id = -1;
	if (view->fd < 0)
		rig_give_up(rig, "a touchscreen cannot be opened");
}

static inline void
view_close(struct view *view)
{
	close(view->fd);
	view->fd = -1;
}

static inline void
view_take(struct view *view, const struct input_event *event)
{
	if (event->type == EV_KEY && event->code == BTN_TOUCH)
		view->touched = event->value;
	if (event->type != EV_ABS)
		return;
	if (event->code == ABS_MT_SLOT)
		view->slot = event->value;
	if (event->code == ABS_MT_POSITION_X)
		view->slots[view->slot].x = event->value;
	if (event->code == ABS_MT_POSITION_Y)
		view->slots[view->slot].y = event->value;
	if (event->code != ABS_MT_TRACKING_ID)
		return;
	view->slots[view->slot].id = event->value;
	if (event->value >= 0)
		view->downs++;
	else
		view->ups++;
}

/* Take one event, waiting for it; false when the device is gone. */
static inline bool
view_step(struct view *view, struct rig *rig)
{
	struct pollfd pollfd = {.fd = view->fd, .events = POLLIN};
	struct input_event event;
	ssize_t size = read(view->fd, &event, sizeof(event));

	if (size < 0 && errno == EAGAIN) {
		if (poll(&pollfd, 1, RIG_PATIENCE_MS) != 1)
			rig_give_up(rig, "a touchscreen says nothing");
		size = read(view->fd, &event, sizeof(event));
	}
	if (size == sizeof(event))
		view_take(view, &event);
	return size == sizeof(event);
}

/* Take events until the condition holds; false when the device went first. */
#define view_until(view, rig, condition)                                                           \
	({                                                                                         \
		while (!(condition) && view_step(view, rig))                                       \
			continue;                                                                  \
		(condition);                                                                       \
	})

static inline unsigned
view_down_count(const struct view *view)
{
	unsigned count = 0;

	for (int i = 0; i < RIG_SLOTS; i++)
		count += view->slots[i].id >= 0;
	return count;
}

static inline void
touch_frame(struct sim_panel *panel)
{
	g_assert_cmpint(sim_panel_frame(panel), ==, 0);
}

static inline void
touch_down(struct sim_panel *panel, unsigned slot, double x_mm, double y_mm)
{
	sim_panel_down(panel, slot, x_mm, y_mm);
	touch_frame(panel);
}

static inline void
touch_move(struct sim_panel *panel, unsigned slot, double x_mm, double y_mm)
{
	sim_panel_move(panel, slot, x_mm, y_mm);
	touch_frame(panel);
}

static inline void
touch_up(struct sim_panel *panel, unsigned slot)
{
	sim_panel_up(panel, slot);
	touch_frame(panel);
}

static inline struct sim_panel *
rig_plug(struct rig *rig, const char *model)
{
	struct sim_panel *panel;

	if (sim_panel_new(sim_panel_find_model(model), &panel) < 0)
		rig_give_up(rig, "no touchscreen can be simulated: is /dev/uinput there?");
	return panel;
}

/* Where a pad lies on the default film of this panel. */
static inline struct mm_point
rig_pad(const struct sim_panel *panel, enum pad pad)
{
	const struct sim_panel_model *model = sim_panel_get_model(panel);
	struct overlay overlay;

	g_assert_cmpint(overlay_default(model->width_mm, model->height_mm, &overlay), ==, 0);
	return overlay.pads[pad].centre;
}

/* A place in mm as the simulated panels count it. */
static inline int
rig_units(double mm)
{
	return (int)(mm * 10 + 0.5);
}

#endif
