/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Questions to applications, given up when nothing answers any more, and answers of the type asked
 * for. Called by everything that talks to applications; answers come in the main context.
 * A group owns the questions that are under way: when it ends, no answer comes any more.
 *
 *   silence for   its process   then
 *   STOPPED_MS    is stopped    all that is asked is late
 *   CALL_MS       sleeps        all that is asked is late
 *   CALL_MS       is at work    it is looked at again, each LOOK_MS, until it sleeps for CALL_MS
 *   AT_WORK_MS    whatever      all that is asked is late
 *
 * The time runs from the last question or answer, not from each question: of the hundreds that a
 * search asks at once the last one waits for all others to be answered, which says nothing of the
 * application, and on a slow machine takes longer than any one of them may.
 */
#include "daemon/a11y_call.h"

#include "common/alarm.h"
#include "daemon/a11y_pulse.h"
#include "daemon/apps.h"

/* A stopped process never answers, and is known to be stopped by asking the kernel: a user hears of
 * it in the 100 ms that feel like at once (Miller 1968), less what it takes to say it. */
#define STOPPED_MS 80
/* One that sleeps although it was asked something waits for something else than us. */
#define CALL_MS 200
/* GTK answers nobody while it draws, which for a whole page without a GPU takes a slow phone 0.2 s,
 * and while the machine is busy. With 1 s, an emulated calculator on a crowded machine was given up
 * that answered after all; whoever waits has heard the label long before. */
#define AT_WORK_MS 3000
#define LOOK_MS    100

struct a11y_group {
	struct a11y_app *app;
	GCancellable *cancellable; /* of the questions asked since the last silence */
	GQueue asked;              /* of struct question: what is not answered */
	struct alarm *silence;
	unsigned silent_ms; /* when the alarm fires, so long since the last question or answer */
	unsigned worked_ms; /* of these, until it was last seen at work */
};

struct question {
	struct a11y_group *group; /* NULL: it has ended */
	GList link;               /* in group->asked */
	bool late;
	a11y_done done;
	void *data;
	char *value_type; /* what the variant of a property must hold, NULL for a method */
};

struct a11y_ref
a11y_ref_copy(const struct a11y_ref *ref)
{
	return (struct a11y_ref){g_strdup(ref->bus), g_strdup(ref->path)};
}

void
a11y_ref_clear(struct a11y_ref *ref)
{
	g_clear_pointer(&ref->bus, g_free);
	g_clear_pointer(&ref->path, g_free);
}

bool
a11y_ref_equal(const struct a11y_ref *a, const struct a11y_ref *b)
{
	return g_strcmp0(a->bus, b->bus) == 0 && g_strcmp0(a->path, b->path) == 0;
}

/* Look again when silence has lasted so long in all. */
static void
look_at(struct a11y_group *group, unsigned silent_ms)
{
	struct usec now = usec_from_us((uint64_t)g_get_monotonic_time());

	alarm_set(group->silence, usec_add(now, usec_from_ms(silent_ms - group->silent_ms)));
	group->silent_ms = silent_ms;
}

static bool
is_given_up(struct a11y_group *group)
{
	switch (a11y_pulse_of(group->app->pid)) {
	case A11Y_PULSE_STOPPED:
		return true;
	case A11Y_PULSE_ASLEEP:
		/* What it worked on may be its answer, which then is the bus' to pass on. */
		return group->silent_ms - group->worked_ms >= CALL_MS;
	case A11Y_PULSE_AT_WORK:
		group->worked_ms = group->silent_ms;
		return group->silent_ms >= AT_WORK_MS;
	}
	return true;
}

/* Cancelled calls end from the loop, one by one, as those do that are answered. */
static void
on_silence(void *data)
{
	struct a11y_group *group = data;

	if (!is_given_up(group)) {
		look_at(group, group->silent_ms < CALL_MS ? CALL_MS : group->silent_ms + LOOK_MS);
		return;
	}
	for (GList *link = group->asked.head; link; link = link->next)
		((struct question *)link->data)->late = true;
	g_cancellable_cancel(group->cancellable);
	g_object_unref(group->cancellable);
	group->cancellable = g_cancellable_new();
}

static void
await(struct a11y_group *group)
{
	group->silent_ms = 0;
	group->worked_ms = 0;
	if (group->asked.length == 0)
		alarm_unset(group->silence);
	else
		look_at(group, STOPPED_MS);
}

struct a11y_group *
a11y_group_new(struct a11y_app *app)
{
	struct a11y_group *group = g_new0(struct a11y_group, 1);

	group->app = a11y_app_ref(app);
	group->cancellable = g_cancellable_new();
	g_queue_init(&group->asked);
	group->silence = alarm_new_patient(on_silence, group);
	return group;
}

struct a11y_group *
a11y_group_end(struct a11y_group *group)
{
	GList *link;

	if (!group)
		return NULL;
	while ((link = g_queue_pop_head_link(&group->asked)))
		((struct question *)link->data)->group = NULL;
	g_cancellable_cancel(group->cancellable);
	g_object_unref(group->cancellable);
	a11y_app_unref(group->app);
	alarm_free(group->silence);
	g_free(group);
	return NULL;
}

static enum a11y_reply
reply_of(const GError *error)
{
	if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) ||
	    g_error_matches(error, G_DBUS_ERROR, G_DBUS_ERROR_TIMEOUT) ||
	    g_error_matches(error, G_DBUS_ERROR, G_DBUS_ERROR_TIMED_OUT))
		return A11Y_REPLY_LATE;
	/* The bus answers NoReply for an application that left while it was being asked. */
	if (g_error_matches(error, G_DBUS_ERROR, G_DBUS_ERROR_NO_REPLY) ||
	    g_error_matches(error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER) ||
	    g_error_matches(error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN))
		return A11Y_REPLY_GONE;
	return A11Y_REPLY_ERROR;
}

static void
question_free(struct question *question)
{
	g_free(question->value_type);
	g_free(question);
}

static enum a11y_reply
read_reply(const struct question *question, GVariant *body, const GError *error, GVariant **value)
{
	if (question->late)
		return A11Y_REPLY_LATE;
	if (!body)
		return reply_of(error);
	if (!question->value_type) {
		*value = g_variant_ref(body);
		return A11Y_REPLY_OK;
	}
	g_variant_get(body, "(v)", value);
	return g_variant_is_of_type(*value, G_VARIANT_TYPE(question->value_type))
		   ? A11Y_REPLY_OK
		   : A11Y_REPLY_ERROR;
}

static void
on_reply(GObject *source, GAsyncResult *result, void *data)
{
	struct question *question = data;
	struct a11y_group *group = question->group;
	g_autoptr(GError) error = NULL;
	g_autoptr(GVariant) body =
	    g_dbus_connection_call_finish(G_DBUS_CONNECTION(source), result, &error);
	g_autoptr(GVariant) value = NULL;
	enum a11y_reply reply;

	if (group) {
		g_queue_unlink(&group->asked, &question->link);
		await(group);
		/* A lost bus says nothing of the application; its "closed" ends whoever asked. */
		if (body || !g_dbus_connection_is_closed(G_DBUS_CONNECTION(source))) {
			reply = read_reply(question, body, error, &value);
			question->done(question->data, reply,
				       reply == A11Y_REPLY_OK ? value : NULL);
		}
	}
	question_free(question);
}

static void
ask(struct a11y_group *group, const struct a11y_ref *ref, const char *interface, const char *method,
    GVariant *arguments, const char *reply_type, struct question *question)
{
	question->group = group;
	question->link.data = question;
	g_queue_push_tail_link(&group->asked, &question->link);
	await(group);
	/* GDBus itself refuses an answer that is not of reply_type. */
	g_dbus_connection_call(group->app->connection, ref->bus, ref->path, interface, method,
			       arguments, G_VARIANT_TYPE(reply_type),
			       G_DBUS_CALL_FLAGS_NO_AUTO_START, G_MAXINT, group->cancellable,
			       on_reply, question);
}

void
a11y_call(struct a11y_group *group, const struct a11y_ref *ref, const char *interface,
	  const char *method, GVariant *arguments, const char *reply_type, a11y_done done,
	  void *data)
{
	struct question *question = g_new0(struct question, 1);

	question->done = done;
	question->data = data;
	ask(group, ref, interface, method, arguments, reply_type, question);
}

void
a11y_get(struct a11y_group *group, const struct a11y_ref *ref, const char *interface,
	 const char *property, const char *value_type, a11y_done done, void *data)
{
	struct question *question = g_new0(struct question, 1);

	question->done = done;
	question->data = data;
	question->value_type = g_strdup(value_type);
	ask(group, ref, "org.freedesktop.DBus.Properties", "Get",
	    g_variant_new("(ss)", interface, property), "(v)", question);
}

void
a11y_get_state(struct a11y_group *group, const struct a11y_ref *ref, a11y_done done, void *data)
{
	a11y_call(group, ref, A11Y_IF_ACCESSIBLE, "GetState", NULL, "(au)", done, data);
}

uint64_t
a11y_states(GVariant *body)
{
	g_autoptr(GVariant) words = g_variant_get_child_value(body, 0);
	uint32_t low = 0;
	uint32_t high = 0;

	if (g_variant_n_children(words) > 0)
		g_variant_get_child(words, 0, "u", &low);
	if (g_variant_n_children(words) > 1)
		g_variant_get_child(words, 1, "u", &high);
	return (uint64_t)high << 32 | low;
}
