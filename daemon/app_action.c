/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An action of an app, asked for and done over the session bus by org.gtk.Actions.
 * Called by daemon/offers.
 * Owns one call from its question to its answer.
 */
#include "daemon/app_action.h"

#include "common/i18n.h"
#include "daemon/apps.h"

#define IF_ACTIONS "org.gtk.Actions"

/* As daemon/a11y_call: an app that is silent for so long does not respond. It sleeps or is stopped,
 * for one at work answers out of its main loop within some milliseconds. */
#define ASK_MS 200

struct call {
	GDBusConnection *connection;
	GCancellable *cancellable;
	char *bus;
	char *path;
	char *name;
	char *label;
	bool only_look;
	uint32_t press;
	app_action_done *done;
	void *data;
};

static void
call_free(struct call *call)
{
	g_object_unref(call->connection);
	g_clear_object(&call->cancellable);
	g_free(call->bus);
	g_free(call->path);
	g_free(call->name);
	g_free(call->label);
	g_free(call);
}

/* Frees call: nothing may follow. */
static void
finish(struct call *call, enum brain_result result, const char *text)
{
	call->done(call->data, call->press, result, text);
	call_free(call);
}

static bool
is_late(const GError *error)
{
	return g_error_matches(error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) ||
	       g_error_matches(error, G_DBUS_ERROR, G_DBUS_ERROR_TIMEOUT);
}

static bool
is_gone(const GError *error)
{
	return g_error_matches(error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER) ||
	       g_error_matches(error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN) ||
	       g_error_matches(error, G_DBUS_ERROR, G_DBUS_ERROR_NO_REPLY) ||
	       g_error_matches(error, G_DBUS_ERROR, G_DBUS_ERROR_DISCONNECTED);
}

static void
finish_error(struct call *call, const GError *error)
{
	if (is_late(error))
		finish(call, BRAIN_RESULT_NOT_RESPONDING, NULL);
	else if (is_gone(error))
		finish(call, BRAIN_RESULT_FAILED, _("The app has closed"));
	else
		finish(call, BRAIN_RESULT_NOT_FOUND,
		       _("The app has offered this, but cannot do it"));
}

/* The answer, or NULL with *cancelled when nobody is there any more to be told. Frees call then. */
static GVariant *
answer_of(GObject *source, GAsyncResult *result, struct call *call, GError **error, bool *cancelled)
{
	GVariant *answer = g_dbus_connection_call_finish(G_DBUS_CONNECTION(source), result, error);

	*cancelled = *error && g_error_matches(*error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
	if (*cancelled)
		call_free(call);
	return answer;
}

static void
ask(struct call *call, const char *method, GVariant *arguments, const char *type, int timeout_ms,
    GAsyncReadyCallback done)
{
	/* To that connection itself: a unique name is never started, and never another's. */
	g_dbus_connection_call(call->connection, call->bus, call->path, IF_ACTIONS, method,
			       arguments, G_VARIANT_TYPE(type), G_DBUS_CALL_FLAGS_NO_AUTO_START,
			       timeout_ms, call->cancellable, done, call);
}

static void
on_activated(GObject *source, GAsyncResult *result, void *data)
{
	struct call *call = data;
	g_autoptr(GError) error = NULL;
	bool cancelled;
	g_autoptr(GVariant) answer = answer_of(source, result, call, &error, &cancelled);

	if (cancelled)
		return;
	if (answer)
		finish(call, BRAIN_RESULT_DONE, NULL);
	else if (is_late(error))
		finish(call, BRAIN_RESULT_DELIVERED, NULL); /* it is at it */
	else
		finish_error(call, error);
}

static void
activate(struct call *call)
{
	GVariantBuilder platform;

	g_variant_builder_init(&platform, G_VARIANT_TYPE("a{sv}"));
	ask(call, "Activate",
	    g_variant_new("(s@ava{sv})", call->name,
			  g_variant_new_array(G_VARIANT_TYPE_VARIANT, NULL, 0), &platform),
	    "()", APPS_EFFECT_MS, on_activated);
}

static void
on_described(GObject *source, GAsyncResult *result, void *data)
{
	struct call *call = data;
	g_autoptr(GError) error = NULL;
	bool cancelled;
	g_autoptr(GVariant) answer = answer_of(source, result, call, &error, &cancelled);
	g_autofree char *text = NULL;
	const char *parameter;
	gboolean enabled;

	if (cancelled)
		return;
	if (!answer) {
		finish_error(call, error);
		return;
	}
	g_variant_get(answer, "((b&gav))", &enabled, &parameter, NULL);
	if (parameter[0] != '\0') {
		finish(call, BRAIN_RESULT_NOT_FOUND,
		       _("The app has offered this, but cannot do it"));
	} else if (!enabled) {
		text = g_strdup_printf(_("\"%s\" cannot be pressed now"), call->label);
		finish(call, BRAIN_RESULT_FAILED, text);
	} else if (call->only_look) {
		finish(call, BRAIN_RESULT_DONE, NULL);
	} else {
		activate(call);
	}
}

void
app_action_call(GDBusConnection *connection, const struct app_action *action, bool only_look,
		uint32_t press, GCancellable *cancellable, app_action_done *done, void *data)
{
	struct call *call = g_new0(struct call, 1);

	call->connection = g_object_ref(connection);
	call->cancellable = g_object_ref(cancellable);
	call->bus = g_strdup(action->bus);
	call->path = g_strdup(action->path);
	call->name = g_strdup(action->name);
	call->label = g_strdup(action->label);
	call->only_look = only_look;
	call->press = press;
	call->done = done;
	call->data = data;
	ask(call, "Describe", g_variant_new("(s)", call->name), "((bgav))", ASK_MS, on_described);
}
