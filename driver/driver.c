/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Passes between the parts: what udev finds becomes a panel, what a panel says goes over the link,
 * what the daemon asks for is typed.
 * Called by main() and, through callbacks, by every part.
 * Owns the parts and the table of panels.
 */
#define G_LOG_DOMAIN "sidetouch-driver"
#include <errno.h>

#include "driver/driver_private.h"
#include "driver/link_chord.h"

static void
entry_free(void *data)
{
	struct entry *entry = data;

	watch_remove_panel(entry->driver->watch, entry->panel);
	panel_free(entry->panel);
	g_free(entry);
}

static void
on_panel_changed(void *data, struct panel *panel)
{
	struct entry *entry = data;
	struct link_panel message;

	(void)panel_describe(panel, &message);
	link_server_send_panel(entry->driver->link, &message);
	calibrator_look(entry->driver->calibrator, panel);
	watch_panel_changed(entry->driver->watch, panel);
}

/* Each core counts its own presses; the daemon sees one rising number over all panels. */
static void
on_press(void *data, const struct core_press *press)
{
	struct entry *entry = data;
	struct driver *driver = entry->driver;
	struct core_press message = *press;

	message.press =
	    press_numbers_take(&entry->numbers, press->press, press->phase, &driver->last_press);
	link_server_send_press(driver->link, panel_get_number(entry->panel), &message);
	if (press->phase == PRESS_UP)
		calibrator_pressed(driver->calibrator, entry->panel);
	else if (press->phase == PRESS_DOWN)
		driver_buzz(driver, LINK_BUZZ_PRESS);
}

static void
on_touch(void *data, struct usec time)
{
	struct entry *entry = data;

	link_server_send_touch(entry->driver->link, time);
}

static void
on_chord(void *data, const struct core_chord *chord)
{
	struct entry *entry = data;
	struct driver *driver = entry->driver;
	struct core_chord numbered = *chord;
	struct link_chord message;

	numbered.chord =
	    press_numbers_take(&entry->numbers, chord->chord, chord->phase, &driver->last_press);
	/* After DOWN the presses are over, and what they were called nobody's business. */
	for (unsigned i = 0; i < 2; i++)
		numbered.presses[i] = press_numbers_get(&entry->numbers, chord->presses[i]);
	message = link_chord_new(panel_get_number(entry->panel), &numbered);
	link_server_send(driver->link, &message.header, LINK_CHORD, sizeof(message));
}

static void
on_notice(void *data, enum core_notice notice)
{
	struct entry *entry = data;

	notices_tell(entry->driver->notices, link_notice_kind_of(notice),
		     panel_get_number(entry->panel), NULL);
}

static void
on_sample(void *data, const struct core_sample *sample)
{
	struct entry *entry = data;

	if (sample->phase == PRESS_DOWN)
		driver_buzz(entry->driver, LINK_BUZZ_PRESS);
	calibrator_sample(entry->driver->calibrator, entry->panel, sample);
}

static void
on_raw(void *data, struct usec time, const struct core_event *events, size_t count)
{
	struct entry *entry = data;

	watch_raw(entry->driver->watch, entry->panel, time, events, count);
}

static void
on_contact(void *data, const struct core_became *became)
{
	struct entry *entry = data;

	watch_contact(entry->driver->watch, entry->panel, became);
	calibrator_contact(entry->driver->calibrator, entry->panel, became);
}

const struct panel_events driver_panel_events = {
    .changed = on_panel_changed,
    .flow =
	{
	    .press = on_press,
	    .touch = on_touch,
	    .chord = on_chord,
	    .notice = on_notice,
	    .ear = driver_ear_event,
	    .ear_seen = driver_ear_seen,
	    .sample = on_sample,
	    .raw = on_raw,
	    .contact = on_contact,
	},
};

static void
on_listening(void *data, bool listening)
{
	struct driver *driver = data;
	GHashTableIter iter;
	void *entry;

	if (listening)
		notices_tell_kept(driver->notices);
	g_hash_table_iter_init(&iter, driver->entries);
	while (g_hash_table_iter_next(&iter, NULL, &entry))
		panel_set_listening(((struct entry *)entry)->panel, listening);
	/* Whose daemon has gone, nobody says aloud any more that somebody watches. */
	watch_recheck(driver->watch);
	driver_ear_listening(driver, listening);
	if (driver->keyboard)
		(void)keyboard_release(driver->keyboard);
	calibrator_listening(driver->calibrator, listening);
}

static struct panel *
find_panel(void *data, uint32_t number)
{
	struct driver *driver = data;
	GHashTableIter iter;
	void *entry;

	g_hash_table_iter_init(&iter, driver->entries);
	while (g_hash_table_iter_next(&iter, NULL, &entry)) {
		struct panel *panel = ((struct entry *)entry)->panel;

		if (panel_get_number(panel) == number)
			return panel;
	}
	return NULL;
}

/* Letting go is not answered: whoever asks for it has no more to wait for. */
static void
hold_key(struct driver *driver, const struct link_hold_key *message)
{
	int r = -ENODEV;

	if (driver->keyboard)
		r = message->down
			? keyboard_hold(driver->keyboard, message->key, message->modifiers)
			: keyboard_release(driver->keyboard);
	if (message->down)
		link_server_send_key_done(driver->link, message->request, r);
}

static void
on_message(void *data, const struct packet_header *header)
{
	struct driver *driver = data;
	const void *message = header;

	if (driver_ear_take(driver, header))
		return;
	if (header->type == LINK_BUZZ)
		driver_buzz(driver, ((const struct link_buzz *)message)->kind);
	else if (header->type == LINK_HOLD_KEY)
		hold_key(driver, message);
	else
		(void)calibrator_take(driver->calibrator, header);
}

static void
on_type_key(void *data, uint32_t request, uint32_t key, uint32_t modifiers)
{
	struct driver *driver = data;
	int r = driver->keyboard ? keyboard_type(driver->keyboard, key, modifiers) : -ENODEV;

	link_server_send_key_done(driver->link, request, r);
}

static bool
is_authorised(void *data, uid_t uid)
{
	struct driver *driver = data;

	return session_is_authorised(driver->session, uid);
}

static const struct link_server_events link_events = {
    .listening = on_listening,
    .type_key = on_type_key,
    .authorised = is_authorised,
    .message = on_message,
};

static void
on_session_changed(void *data)
{
	struct driver *driver = data;

	link_server_recheck(driver->link);
	watch_recheck(driver->watch);
}

/* Some panels do not speak again through what was opened before a sleep. */
static void
on_resumed(void *data)
{
	struct driver *driver = data;
	GHashTableIter iter;
	void *entry;

	g_info("the machine has slept; the panels are opened anew");
	g_hash_table_iter_init(&iter, driver->entries);
	while (g_hash_table_iter_next(&iter, NULL, &entry))
		panel_reopen(((struct entry *)entry)->panel);
}

static void
watch_sleep(struct driver *driver)
{
	int r = resume_new(on_resumed, driver, &driver->resume);

	if (r < 0)
		g_warning("the machine's waking up cannot be noticed (%s): if a panel is dead "
			  "after it, restart sidetouch-driver",
			  g_strerror(-r));
}

static bool
open_parts(struct driver *driver, const struct driver_config *config, GError **error)
{
	struct link_server_config link = {.path = config->socket};
	int r;

	driver->session =
	    session_new(config->seat, config->users, on_session_changed, driver, error);
	if (!driver->session)
		return false;
	r = discover_new(&driver_discover_events, driver, &driver->discover);
	if (r < 0) {
		g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(-r),
			    "udev cannot be asked for touchscreens (%s): is systemd-udevd running?",
			    g_strerror(-r));
		return false;
	}
	watch_sleep(driver);
	driver_make_keyboard(driver);
	link.can_type = driver->keyboard != NULL;
	link.buzz = driver->no_buzz ? LINK_BUZZ_OFF : LINK_BUZZ_NONE;
	driver->link = link_server_new(&link, &link_events, driver, error);
	notices_set_server(driver->notices, driver->link);
	if (!driver->link)
		return false;
	driver->store = calibration_store_new(config->state);
	driver->calibrator =
	    calibrator_new(driver->link, driver->notices, driver->store, find_panel, driver);
	driver->watch = watch_new(
	    &(struct watch_config){config->socket, driver->link, driver->session, driver->notices},
	    error);
	return driver->watch != NULL;
}

/* A mistake in a file is told, and what was shipped is used: no reason to be without a panel. */
static void
on_bad_file(void *data, const char *problem)
{
	struct driver *driver = data;

	g_warning("%s", problem);
	notices_keep(driver->notices, LINK_NOTICE_BAD_FILE, 0, problem);
}

struct driver *
driver_new(const struct driver_config *config, GError **error)
{
	struct driver *driver = g_new0(struct driver, 1);

	driver->notices = notices_new();
	if (config->bad_file)
		notices_keep(driver->notices, LINK_NOTICE_BAD_FILE, 0, config->bad_file);
	driver->rules = device_rules_new();
	device_rules_load(driver->rules, config->directories, on_bad_file, driver);
	driver->no_escape = config->no_escape;
	driver->no_buzz = config->no_buzz;
	driver->ear_inputs = ear_inputs_new(config->ear_keys, &driver_ear_events, driver);
	if (!driver->no_buzz)
		driver->vibrator = vibrator_new(driver_vibrator_changed, driver);
	driver->loop = config->loop;
	driver->seat = g_strdup(config->seat);
	driver->device = g_strdup(config->device);
	driver->entries = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, entry_free);
	if (!open_parts(driver, config, error))
		return driver_free(driver);
	discover_start(driver->discover);
	return driver;
}

struct driver *
driver_free(struct driver *driver)
{
	if (!driver)
		return NULL;
	/* Panels first: what is down on their clones lifts, presses are cancelled over the link. */
	g_hash_table_unref(driver->entries);
	calibrator_free(driver->calibrator);
	driver->watch = watch_free(driver->watch);
	driver->link = link_server_free(driver->link);
	notices_free(driver->notices);
	/* After the panels are given back: what has crept is written now. */
	calibration_store_free(driver->store);
	vibrator_free(driver->vibrator);
	ear_inputs_free(driver->ear_inputs);
	discover_free(driver->discover);
	session_free(driver->session);
	resume_free(driver->resume);
	keyboard_free(driver->keyboard);
	device_rules_free(driver->rules);
	g_free(driver->seat);
	g_free(driver->device);
	g_free(driver);
	return NULL;
}
