/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The interfaces that Orca's README-REMOTE-CONTROLLER and, since then, its dbus_service.py publish:
 * modules, each an object of its own with commands. Which there are differs from version to
 * version, so each is asked for what it has when Orca comes, and again when it lacks what is
 * wanted, since modules come after the name. Called by daemon/daemon_orca.c only.
 * Owns the watch and the calls.
 */
#define G_LOG_DOMAIN "sidetouchd"
#include "daemon/orca.h"

#include <string.h>

#include "common/cleanup.h"

/* How commands are asked for and executed. */
static const struct dialect {
	const char *name; /* also of the interface of the service itself */
	const char *path;
	const char *module; /* interface of every module; NULL: each has one of its own, with a
			       method for each command */
} dialects[] = {
    {"org.gnome.Orca1.Service", "/org/gnome/Orca1/Service", NULL},
    {"org.gnome.Orca.Service", "/org/gnome/Orca/Service", "org.gnome.Orca.Module"},
};
#define OWN_MODULE     "org.gnome.Orca1."
#define INTROSPECTABLE "org.freedesktop.DBus.Introspectable"
/* Orca answers when it has begun to read. Whoever waits longer than this for a word presses again,
 * so that then we read ourselves. */
#define ANSWER_MS 2000

enum module {
	MODULE_REVIEW,
	MODULE_SAY_ALL,
	MODULE_WHERE,
	MODULE_SPEECH, /* it has had two names */
	MODULE_SPEECH_BEFORE,
};
#define MODULE_COUNT 5

static const char *const module_names[MODULE_COUNT] = {
    [MODULE_REVIEW] = "FlatReviewPresenter",
    [MODULE_SAY_ALL] = "SayAllPresenter",
    [MODULE_WHERE] = "WhereAmIPresenter",
    [MODULE_SPEECH] = "SpeechManager",
    [MODULE_SPEECH_BEFORE] = "SpeechAndVerbosityManager",
};

/* What of ours is what of Orca's; an item of its review is a word. */
static const struct {
	enum command_type type;
	enum command_step step;
	enum module module;
	const char *command;
} rows[] = {
    {COMMAND_READ_SCREEN, COMMAND_STEP_HERE, MODULE_REVIEW, "SayAll"},
    {COMMAND_READ_FROM_HERE, COMMAND_STEP_HERE, MODULE_SAY_ALL, "SayAll"},
    {COMMAND_READ_TITLE, COMMAND_STEP_HERE, MODULE_WHERE, "PresentTitle"},
    {COMMAND_READ_FOCUS, COMMAND_STEP_HERE, MODULE_WHERE, "WhereAmIBasic"},
    {COMMAND_WHERE_AM_I, COMMAND_STEP_HERE, MODULE_WHERE, "WhereAmIDetailed"},
    {COMMAND_READ_LINE, COMMAND_STEP_HERE, MODULE_REVIEW, "PresentLine"},
    {COMMAND_READ_LINE, COMMAND_STEP_NEXT, MODULE_REVIEW, "GoNextLine"},
    {COMMAND_READ_LINE, COMMAND_STEP_PREVIOUS, MODULE_REVIEW, "GoPreviousLine"},
    {COMMAND_READ_WORD, COMMAND_STEP_HERE, MODULE_REVIEW, "PresentItem"},
    {COMMAND_READ_WORD, COMMAND_STEP_NEXT, MODULE_REVIEW, "GoNextItem"},
    {COMMAND_READ_WORD, COMMAND_STEP_PREVIOUS, MODULE_REVIEW, "GoPreviousItem"},
    {COMMAND_READ_CHARACTER, COMMAND_STEP_HERE, MODULE_REVIEW, "PresentCharacter"},
    {COMMAND_READ_CHARACTER, COMMAND_STEP_NEXT, MODULE_REVIEW, "GoNextCharacter"},
    {COMMAND_READ_CHARACTER, COMMAND_STEP_PREVIOUS, MODULE_REVIEW, "GoPreviousCharacter"},
};
/* Of either speech module. */
#define HUSH "InterruptSpeech"

struct orca {
	struct orca_events events;
	void *data;
	GDBusConnection *bus;
	guint watches[ARRAY_LENGTH(dialects)];
	const struct dialect *dialect; /* of the one that is there */
	char *owner;                   /* NULL: Orca is not there, or an older one */
	unsigned owners;               /* that there were: what one said of itself is of no other */
	GCancellable *cancellable;     /* until the end */
	bool offered[ARRAY_LENGTH(rows)];
	bool hushes[MODULE_COUNT];
	bool reads; /* it was asked to, since it was last hushed */
};

/* A call under way; it is told of once, also when Orca goes meanwhile. */
struct call {
	struct orca *orca; /* as long as it is not cancelled */
	GCancellable *cancellable;
	uint32_t press;
	struct command *command; /* or */
	char *text;
	enum module module; /* of a question what there is */
	unsigned owner;
};

static struct call *
call_new(struct orca *orca, uint32_t press)
{
	struct call *call = g_new0(struct call, 1);

	call->orca = orca;
	call->press = press;
	call->owner = orca->owners;
	call->cancellable = g_object_ref(orca->cancellable);
	return call;
}

static void
call_free(struct call *call)
{
	g_object_unref(call->cancellable);
	command_free(call->command);
	g_free(call->text);
	g_free(call);
}

static bool
says_true(GVariant *answer)
{
	gboolean done = FALSE;

	if (answer)
		g_variant_get(answer, "(b)", &done);
	return done;
}

static void
on_done(GObject *source, GAsyncResult *result, void *data)
{
	g_autoptr(GVariant) answer =
	    g_dbus_connection_call_finish(G_DBUS_CONNECTION(source), result, NULL);
	struct call *call = data;
	struct orca *orca = call->orca;

	if (!g_cancellable_is_cancelled(call->cancellable)) {
		if (call->command)
			orca->events.ran(orca->data, call->press, call->command, says_true(answer));
		else
			orca->events.presented(orca->data, call->press, call->text,
					       says_true(answer));
	}
	call_free(call);
}

/* --- what there is --- */

static void
take_command(struct orca *orca, enum module module, const char *name)
{
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++)
		if (rows[i].module == module && strcmp(rows[i].command, name) == 0)
			orca->offered[i] = true;
	if (strcmp(name, HUSH) == 0)
		orca->hushes[module] = true;
}

/* The module's own interface, from what introspection says of its object. */
static void
take_introspection(struct orca *orca, enum module module, const char *xml)
{
	g_autoptr(GDBusNodeInfo) node = g_dbus_node_info_new_for_xml(xml, NULL);
	g_autofree char *interface = g_strconcat(OWN_MODULE, module_names[module], NULL);
	const GDBusInterfaceInfo *info =
	    node ? g_dbus_node_info_lookup_interface(node, interface) : NULL;

	for (size_t i = 0; info && info->methods && info->methods[i]; i++)
		take_command(orca, module, info->methods[i]->name);
}

static void
on_commands(GObject *source, GAsyncResult *result, void *data)
{
	g_autoptr(GVariant) answer =
	    g_dbus_connection_call_finish(G_DBUS_CONNECTION(source), result, NULL);
	g_autoptr(GVariantIter) commands = NULL;
	struct call *call = data;
	const char *name;

	if (!answer || g_cancellable_is_cancelled(call->cancellable) ||
	    call->owner != call->orca->owners) {
		call_free(call);
		return;
	}
	if (g_variant_is_of_type(answer, G_VARIANT_TYPE("(s)"))) {
		g_variant_get(answer, "(&s)", &name);
		take_introspection(call->orca, call->module, name);
	} else {
		g_variant_get(answer, "(a(ss))", &commands);
		while (g_variant_iter_next(commands, "(&s&s)", &name, NULL))
			take_command(call->orca, call->module, name);
	}
	call_free(call);
}

static char *
path_of(const struct orca *orca, enum module module)
{
	return g_strdup_printf("%s/%s", orca->dialect->path, module_names[module]);
}

static void
ask_module(struct orca *orca, enum module module)
{
	const char *interface = orca->dialect->module;
	g_autofree char *path = path_of(orca, module);
	struct call *call = call_new(orca, 0);

	call->module = module;
	/* It is slow to start: as long as it takes. */
	g_dbus_connection_call(orca->bus, orca->owner, path, interface ? interface : INTROSPECTABLE,
			       interface ? "ListCommands" : "Introspect", NULL,
			       G_VARIANT_TYPE(interface ? "(a(ss))" : "(s)"),
			       G_DBUS_CALL_FLAGS_NONE, -1, orca->cancellable, on_commands, call);
}

static const struct dialect *
dialect_of(const char *name)
{
	for (size_t i = 0; i < ARRAY_LENGTH(dialects); i++)
		if (strcmp(dialects[i].name, name) == 0)
			return &dialects[i];
	return NULL;
}

static void
on_vanished(GDBusConnection *bus, const char *name, void *data)
{
	struct orca *orca = data;

	(void)bus;
	if (orca->dialect != dialect_of(name))
		return;
	orca->dialect = NULL;
	g_clear_pointer(&orca->owner, g_free);
	memset(orca->offered, 0, sizeof(orca->offered));
	memset(orca->hushes, 0, sizeof(orca->hushes));
	orca->reads = false;
}

static void
on_appeared(GDBusConnection *bus, const char *name, const char *owner, void *data)
{
	struct orca *orca = data;

	if (orca->dialect)
		on_vanished(bus, orca->dialect->name, orca);
	orca->dialect = dialect_of(name);
	orca->owner = g_strdup(owner);
	orca->owners++;
	for (size_t i = 0; i < MODULE_COUNT; i++)
		ask_module(orca, (enum module)i);
}

struct orca *
orca_new(GDBusConnection *bus, const struct orca_events *events, void *data)
{
	struct orca *orca = g_new0(struct orca, 1);

	orca->events = *events;
	orca->data = data;
	orca->bus = g_object_ref(bus);
	orca->cancellable = g_cancellable_new();
	for (size_t i = 0; i < ARRAY_LENGTH(dialects); i++)
		orca->watches[i] = g_bus_watch_name_on_connection(
		    bus, dialects[i].name, G_BUS_NAME_WATCHER_FLAGS_NONE, on_appeared, on_vanished,
		    orca, NULL);
	return orca;
}

struct orca *
orca_free(struct orca *orca)
{
	if (!orca)
		return NULL;
	for (size_t i = 0; i < ARRAY_LENGTH(dialects); i++)
		g_bus_unwatch_name(orca->watches[i]);
	g_cancellable_cancel(orca->cancellable);
	g_object_unref(orca->cancellable);
	g_free(orca->owner);
	g_object_unref(orca->bus);
	g_free(orca);
	return NULL;
}

/* --- what is asked of it --- */

static void
execute(struct orca *orca, enum module module, const char *command, bool notify, struct call *call)
{
	const char *interface = orca->dialect->module;
	g_autofree char *path = path_of(orca, module);
	g_autofree char *own = g_strconcat(OWN_MODULE, module_names[module], NULL);

	g_dbus_connection_call(
	    orca->bus, orca->owner, path, interface ? interface : own,
	    interface ? "ExecuteCommand" : command,
	    interface ? g_variant_new("(sb)", command, notify) : g_variant_new("(b)", notify),
	    call ? G_VARIANT_TYPE("(b)") : NULL, G_DBUS_CALL_FLAGS_NONE, ANSWER_MS,
	    call ? orca->cancellable : NULL, call ? on_done : NULL, call);
}

/* What has begun to read must be able to stop. */
static void
want_hush(struct orca *orca)
{
	if (orca->hushes[MODULE_SPEECH] || orca->hushes[MODULE_SPEECH_BEFORE])
		return;
	ask_module(orca, MODULE_SPEECH);
	ask_module(orca, MODULE_SPEECH_BEFORE);
}

bool
orca_run(struct orca *orca, uint32_t press, const struct command *command)
{
	for (size_t i = 0; orca->owner && i < ARRAY_LENGTH(rows); i++) {
		struct call *call;

		if (rows[i].type != command->type || rows[i].step != command->step)
			continue;
		if (!orca->offered[i]) {
			ask_module(orca, rows[i].module);
			return false;
		}
		call = call_new(orca, press);
		call->command = command_copy(command);
		orca->reads = true;
		want_hush(orca);
		execute(orca, rows[i].module, rows[i].command, true, call);
		return true;
	}
	return false;
}

bool
orca_present(struct orca *orca, uint32_t press, const char *text)
{
	struct call *call;

	if (!orca->owner)
		return false;
	call = call_new(orca, press);
	call->text = g_strdup(text);
	orca->reads = true;
	want_hush(orca);
	g_dbus_connection_call(orca->bus, orca->owner, orca->dialect->path, orca->dialect->name,
			       "PresentMessage", g_variant_new("(s)", text), G_VARIANT_TYPE("(b)"),
			       G_DBUS_CALL_FLAGS_NONE, ANSWER_MS, orca->cancellable, on_done, call);
	return true;
}

void
orca_hush(struct orca *orca)
{
	for (size_t i = 0; orca->reads && i < MODULE_COUNT; i++) {
		if (!orca->hushes[i])
			continue;
		/* Its answer is of no use: the silence is heard. */
		execute(orca, (enum module)i, HUSH, false, NULL);
		break;
	}
	orca->reads = false;
}
