/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Real fingers on real panels, played on a real kernel: the clone says what the panel says, event
 * for event. A twin of each panel, which the driver ignores, shows what the kernel makes of the
 * frames. Run by tests/vm/guest-devices.sh; prints TAP. Argument: a folder of evemu recordings.
 * Owns the rig, the panel and its twin.
 */
#include "common/evemu.h"
#include "tests/tools/odd_device.h"

#define TWIN "Twin of "

struct play {
	struct rig *rig;
	const struct evemu_recording *recording;
	struct uinput_device *panel, *twin;
	int clone_fd, twin_fd;
	unsigned frames;
};

static struct libevdev *
describe(const struct evemu_device *device, const char *prefix)
{
	struct libevdev *description = libevdev_new();
	g_autofree char *name = g_strconcat(prefix, device->name, NULL);

	libevdev_set_name(description, name);
	libevdev_set_id_bustype(description, device->bus);
	libevdev_set_id_vendor(description, device->vendor);
	libevdev_set_id_product(description, device->product);
	libevdev_set_id_version(description, device->version);
	for (unsigned i = 0; i <= INPUT_PROP_MAX; i++) {
		if (device->properties[i / 8] >> (i % 8) & 1)
			libevdev_enable_property(description, i);
	}
	/* Old kernels knew no properties; a touchscreen is direct all the same. */
	libevdev_enable_property(description, INPUT_PROP_DIRECT);
	for (unsigned type = EV_KEY; type < EV_CNT; type++) {
		int last = libevdev_event_type_get_max(type);

		for (int code = 0; code <= last; code++) {
			const struct evemu_abs *axis = &device->abs[code & ABS_MAX];
			const struct input_absinfo info = {.minimum = axis->minimum,
							   .maximum = axis->maximum,
							   .fuzz = axis->fuzz,
							   .flat = axis->flat,
							   .resolution = axis->resolution};

			if (evemu_has_code(device, (uint16_t)type, (uint16_t)code))
				libevdev_enable_event_code(description, type, (unsigned)code,
							   type == EV_ABS ? &info : NULL);
		}
	}
	return description;
}

static struct uinput_device *
plug(struct rig *rig, const struct evemu_device *device, const char *prefix)
{
	struct libevdev *description = describe(device, prefix);
	struct uinput_device *made;

	if (uinput_device_new(description, ODD_PHYS, &made) < 0)
		rig_give_up(rig, "a recorded panel cannot be made");
	libevdev_free(description);
	return made;
}

/* Until the driver has it; without a hello, so that everything passes. */
static void
await_panel(struct rig *rig, const char *name)
{
	union rig_message message;
	char cut[LINK_NAME_SIZE];

	g_strlcpy(cut, name, sizeof(cut));
	if (!rig_dial_once(rig))
		rig_give_up(rig, "the driver does not listen");
	do {
		if (rig_hear(rig, &message))
			continue;
		/* It has waited for a hello long enough. */
		rig_hang_up(rig);
		if (!rig_dial_once(rig))
			rig_give_up(rig, "the driver does not listen");
		message.header.type = 0;
	} while (
	    message.header.type != LINK_PANEL || strcmp(message.panel.name, cut) != 0 ||
	    (message.panel.state != LINK_PANEL_READY && message.panel.state != LINK_PANEL_NO_SIZE));
	rig_hang_up(rig);
}

static void
send_both(struct play *play, const struct core_event *events, size_t count)
{
	odd_send(play->panel, events, count);
	odd_send(play->twin, events, count);
}

#define SEND_BOTH(play, ...)                                                                       \
	do {                                                                                       \
		const struct core_event events_[] = {__VA_ARGS__};                                 \
		send_both(play, events_, G_N_ELEMENTS(events_));                                   \
	} while (0)

/* A touch before the recording: with the first one the driver learns where the pointer is, and
 * tells it in its own order. */
static void
touch_once(struct play *play)
{
	const struct evemu_device *device = &play->recording->device;
	struct input_event event;

	if (device->abs[ABS_MT_SLOT].present) {
		SEND_BOTH(play, {EV_ABS, ABS_MT_TRACKING_ID, 1}, {EV_ABS, ABS_MT_POSITION_X, 1},
			  {EV_ABS, ABS_MT_POSITION_Y, 1}, {EV_ABS, ABS_X, 1}, {EV_ABS, ABS_Y, 1},
			  {EV_KEY, BTN_TOUCH, 1});
		SEND_BOTH(play, {EV_ABS, ABS_MT_TRACKING_ID, -1}, {EV_KEY, BTN_TOUCH, 0});
	} else {
		SEND_BOTH(play, {EV_ABS, ABS_MT_POSITION_X, 1}, {EV_ABS, ABS_MT_POSITION_Y, 1},
			  {EV_SYN, SYN_MT_REPORT, 0}, {EV_ABS, ABS_X, 1}, {EV_ABS, ABS_Y, 1},
			  {EV_KEY, BTN_TOUCH, 1});
		SEND_BOTH(play, {EV_SYN, SYN_MT_REPORT, 0}, {EV_KEY, BTN_TOUCH, 0});
	}
	g_free(odd_read_frame(play->rig, play->clone_fd));
	g_free(odd_read_frame(play->rig, play->clone_fd));
	while (read(play->twin_fd, &event, sizeof(event)) == sizeof(event))
		continue;
}

/* What the kernel made of the frame on the twin is what the clone says next. */
static bool
compare(struct play *play)
{
	struct input_event expected, event;

	while (read(play->twin_fd, &expected, sizeof(expected)) == sizeof(expected)) {
		if (!odd_read(play->rig, play->clone_fd, &event))
			return false;
		if (event.type != expected.type || event.code != expected.code ||
		    event.value != expected.value) {
			printf("# frame %u: %x %x %d, not %x %x %d\n", play->frames, event.type,
			       event.code, event.value, expected.type, expected.code,
			       expected.value);
			return false;
		}
	}
	return true;
}

static bool
play_all(struct play *play)
{
	g_autoptr(GArray) frame = g_array_new(FALSE, TRUE, sizeof(struct input_event));

	for (size_t i = 0; i < play->recording->event_count; i++) {
		const struct evemu_event *from = &play->recording->events[i];
		struct input_event event = {
		    .type = from->type, .code = from->code, .value = from->value};

		g_array_append_val(frame, event);
		if (event.type != EV_SYN || event.code != SYN_REPORT)
			continue;
		play->frames++;
		uinput_device_write(play->panel, (const void *)frame->data, frame->len);
		uinput_device_write(play->twin, (const void *)frame->data, frame->len);
		g_array_set_size(frame, 0);
		if (!compare(play))
			return false;
	}
	return true;
}

static void
test_recording(struct rig *rig, const char *folder, const char *file)
{
	g_autofree char *path = g_build_filename(folder, file, NULL);
	g_auto(GStrv) words = g_strsplit(file, ".", 2);
	g_autofree char *base = g_strconcat(words[0], ".desc", NULL);
	g_autofree char *description = g_build_filename(folder, base, NULL);
	g_autofree char *what = NULL, *clone = NULL;
	g_autoptr(GError) error = NULL;
	bool has_own = g_file_test(description, G_FILE_TEST_EXISTS);
	struct evemu_recording *recording = evemu_read(path, has_own ? description : NULL, &error);
	struct play play = {.rig = rig, .recording = recording};
	bool same;

	if (!recording)
		rig_give_up(rig, error->message);
	play.twin = plug(rig, &recording->device, TWIN);
	play.panel = plug(rig, &recording->device, "");
	await_panel(rig, recording->device.name);
	clone = odd_find_clone(play.panel);
	play.clone_fd = odd_open(rig, clone);
	play.twin_fd = odd_open(rig, uinput_device_devnode(play.twin));
	touch_once(&play);
	same = play_all(&play);
	what = g_strdup_printf("%s: %u frames leave the clone as they came", file, play.frames);
	rig_ok(rig, same && play.frames > 0, what);
	close(play.clone_fd);
	close(play.twin_fd);
	uinput_device_free(play.panel);
	uinput_device_free(play.twin);
	evemu_free(recording);
}

static int
compare_names(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

int
main(int argc, char **argv)
{
	g_autofree char *rules = g_dir_make_tmp("kernel-recordings-XXXXXX", NULL);
	g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GDir) folder = NULL;
	const char *name;
	struct rig rig;

	if (argc != 2 || !(folder = g_dir_open(argv[1], 0, NULL))) {
		fputs("usage: kernel-recordings FOLDER\n", stderr);
		return 2;
	}
	while ((name = g_dir_read_name(folder))) {
		if (g_str_has_suffix(name, ".events") || g_str_has_suffix(name, ".evemu"))
			g_ptr_array_add(files, g_strdup(name));
	}
	g_ptr_array_sort(files, compare_names);
	rig_init(&rig);
	rig.devices = rules;
	odd_write(rules, "quirks.d", "twin.quirk",
		  "[device]\nName=" TWIN "*\n[quirk]\nIgnore=yes\n");
	rig_start(&rig, 0, 0);
	rig_join(&rig);
	rig_hang_up(&rig);
	for (guint i = 0; i < files->len; i++)
		test_recording(&rig, argv[1], g_ptr_array_index(files, i));
	rig_kill(&rig, SIGTERM);
	rig_ok(&rig, rig_wait_end(&rig) == 0, "SIGTERM ends it with 0");
	return rig_finish(&rig);
}
