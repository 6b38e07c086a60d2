/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Two of callaudiod's methods: SelectMode(1), which routes sound as in a call, and
 * EnableSpeaker(false); and its properties AudioMode and SpeakerState, so that what it was is put
 * back. A call that goes on already keeps its mode: only its loudspeaker is switched.
 * Called by daemon/earside.
 * Owns what struct callaudio holds.
 */
#define G_LOG_DOMAIN "sidetouchd"
#include "daemon/callaudio.h"

#include <string.h>

#define NAME      "org.mobian_project.CallAudio"
#define PATH      "/org/mobian_project/CallAudio"
#define INTERFACE "org.mobian_project.CallAudio"
/* It talks to the sound server itself; longer than that nobody waits for a word in the ear. */
#define ANSWER_MS 2000

#define MODE_DEFAULT 0u
#define MODE_CALL    1u
#define SPEAKER_OFF  0u
#define SPEAKER_ON   1u

struct callaudio {
	GDBusConnection *bus;
	GCancellable *cancellable;
	callaudio_moved_fn *moved;
	void *data;
	guint watch;
	guint subscription;
	char *owner;
	guint32 mode;
	guint32 speaker;
	bool at_ear;
	bool mode_ours;    /* it was set to MODE_CALL by us */
	bool speaker_ours; /* the loudspeaker was switched off by us */
};

static void
take_properties(struct callaudio *callaudio, GVariant *properties)
{
	(void)g_variant_lookup(properties, "AudioMode", "u", &callaudio->mode);
	(void)g_variant_lookup(properties, "SpeakerState", "u", &callaudio->speaker);
}

static void
on_properties(GObject *source, GAsyncResult *result, void *data)
{
	g_autoptr(GVariant) answer =
	    g_dbus_connection_call_finish(G_DBUS_CONNECTION(source), result, NULL);
	g_autoptr(GVariant) properties = NULL;

	/* Cancelled: callaudio is not there any more. */
	if (!answer)
		return;
	properties = g_variant_get_child_value(answer, 0);
	take_properties(data, properties);
}

static void
on_changed(GDBusConnection *bus, const char *sender, const char *path, const char *interface,
	   const char *signal, GVariant *arguments, void *data)
{
	g_autoptr(GVariant) changed = NULL;

	(void)bus, (void)sender, (void)path, (void)interface, (void)signal;
	if (!g_variant_is_of_type(arguments, G_VARIANT_TYPE("(sa{sv}as)")))
		return;
	changed = g_variant_get_child_value(arguments, 1);
	take_properties(data, changed);
}

static void
on_appeared(GDBusConnection *bus, const char *name, const char *owner, void *data)
{
	struct callaudio *callaudio = data;

	(void)name;
	callaudio->owner = g_strdup(owner);
	callaudio->mode = MODE_DEFAULT;
	callaudio->speaker = SPEAKER_ON;
	callaudio->mode_ours = callaudio->speaker_ours = false;
	g_dbus_connection_call(bus, owner, PATH, "org.freedesktop.DBus.Properties", "GetAll",
			       g_variant_new("(s)", INTERFACE), G_VARIANT_TYPE("(a{sv})"),
			       G_DBUS_CALL_FLAGS_NO_AUTO_START, ANSWER_MS, callaudio->cancellable,
			       on_properties, callaudio);
}

static void
on_vanished(GDBusConnection *bus, const char *name, void *data)
{
	struct callaudio *callaudio = data;

	(void)bus, (void)name;
	g_clear_pointer(&callaudio->owner, g_free);
	callaudio->mode = MODE_DEFAULT;
	callaudio->mode_ours = callaudio->speaker_ours = false;
}

struct callaudio *
callaudio_new(GDBusConnection *bus, callaudio_moved_fn *moved, void *data)
{
	struct callaudio *callaudio = g_new0(struct callaudio, 1);

	callaudio->moved = moved;
	callaudio->data = data;
	callaudio->cancellable = g_cancellable_new();
	callaudio->bus = g_object_ref(bus);
	callaudio->subscription = g_dbus_connection_signal_subscribe(
	    bus, NAME, "org.freedesktop.DBus.Properties", "PropertiesChanged", PATH, INTERFACE,
	    G_DBUS_SIGNAL_FLAGS_NONE, on_changed, callaudio, NULL);
	callaudio->watch = g_bus_watch_name_on_connection(
	    bus, NAME, G_BUS_NAME_WATCHER_FLAGS_NONE, on_appeared, on_vanished, callaudio, NULL);
	return callaudio;
}

struct callaudio *
callaudio_free(struct callaudio *callaudio)
{
	if (!callaudio)
		return NULL;
	callaudio_back(callaudio);
	g_cancellable_cancel(callaudio->cancellable);
	g_object_unref(callaudio->cancellable);
	g_dbus_connection_signal_unsubscribe(callaudio->bus, callaudio->subscription);
	g_bus_unwatch_name(callaudio->watch);
	g_object_unref(callaudio->bus);
	g_free(callaudio->owner);
	g_free(callaudio);
	return NULL;
}

bool
callaudio_is_there(const struct callaudio *callaudio)
{
	return callaudio && callaudio->owner;
}

bool
callaudio_is_calling(const struct callaudio *callaudio)
{
	return callaudio_is_there(callaudio) && callaudio->mode == MODE_CALL &&
	       !callaudio->mode_ours;
}

static void
call(struct callaudio *callaudio, const char *method, GVariant *arguments,
     GAsyncReadyCallback answered)
{
	g_dbus_connection_call(callaudio->bus, callaudio->owner, PATH, INTERFACE, method, arguments,
			       answered ? G_VARIANT_TYPE("(b)") : NULL,
			       G_DBUS_CALL_FLAGS_NO_AUTO_START, ANSWER_MS,
			       answered ? callaudio->cancellable : NULL, answered, callaudio);
}

static void
on_speaker_off(GObject *source, GAsyncResult *result, void *data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GVariant) answer =
	    g_dbus_connection_call_finish(G_DBUS_CONNECTION(source), result, &error);
	struct callaudio *callaudio = data;
	gboolean done = FALSE;

	if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
		return;
	if (answer)
		g_variant_get(answer, "(b)", &done);
	if (callaudio->at_ear)
		callaudio->moved(callaudio->data, done);
}

void
callaudio_to_ear(struct callaudio *callaudio)
{
	if (!callaudio_is_there(callaudio) || callaudio->at_ear)
		return;
	callaudio->at_ear = true;
	/* Answered in order: whether the last one is done is what counts. */
	if (callaudio->mode != MODE_CALL) {
		callaudio->mode_ours = true;
		call(callaudio, "SelectMode", g_variant_new("(u)", MODE_CALL), NULL);
	}
	callaudio->speaker_ours = callaudio->speaker != SPEAKER_OFF;
	call(callaudio, "EnableSpeaker", g_variant_new("(b)", FALSE), on_speaker_off);
}

void
callaudio_back(struct callaudio *callaudio)
{
	if (!callaudio || !callaudio->at_ear)
		return;
	callaudio->at_ear = false;
	if (callaudio->owner && callaudio->speaker_ours)
		call(callaudio, "EnableSpeaker", g_variant_new("(b)", TRUE), NULL);
	if (callaudio->owner && callaudio->mode_ours)
		call(callaudio, "SelectMode", g_variant_new("(u)", MODE_DEFAULT), NULL);
	callaudio->mode_ours = callaudio->speaker_ours = false;
}
