/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Apps that take part: who has offered what, and whose offer counts now.
 * Called by the daemon's main object, and from the loop.
 * Owns a watch on the connection of each, and the offer that the brain has.
 */
#define G_LOG_DOMAIN "sidetouchd"
#include "daemon/offers.h"

#include "common/i18n.h"
#include "daemon/app_action.h"
#include "daemon/offer.h"

/* More than a phone has apps; each costs a match rule on the bus. */
#define OFFERING_MAX 64
/* A process needs one connection; a library in it may have another. */
#define PER_PROCESS_MAX 4
/* An app that changes its buttons more often than one can press them is heard when it rests. */
#define CHANGE_MS 100
/* The bus itself answers, or nothing works any more. */
#define BUS_MS 5000

/* One connection that offers. */
struct offering {
	struct offers *offers;
	struct bus_caller caller;
	uint32_t pid; /* 0: not known yet */
	struct offer *offer;
};

struct offers {
	struct bus *bus;
	struct offers_events events;
	void *data;
	GPtrArray *offerings; /* the latest last */
	uint32_t front;
	bool allowed;
	struct offer *told;  /* what the brain has; NULL: nothing */
	gint64 told_at_us;   /* when that changed last */
	guint timer;         /* it changes again then */
	GCancellable *asked; /* all that is under way */
};

static void
offering_free(void *data)
{
	struct offering *offering = data;

	bus_caller_forget(&offering->caller);
	offer_unref(offering->offer);
	g_free(offering);
}

static struct offering *
find(const struct offers *offers, const char *caller)
{
	for (guint i = 0; i < offers->offerings->len; i++) {
		struct offering *offering = g_ptr_array_index(offers->offerings, i);

		if (g_str_equal(offering->caller.name, caller))
			return offering;
	}
	return NULL;
}

/* The latest of the process in front. */
static struct offer *
wanted(const struct offers *offers)
{
	for (guint i = offers->offerings->len; offers->allowed && offers->front != 0 && i-- > 0;) {
		const struct offering *offering = g_ptr_array_index(offers->offerings, i);

		if (offering->pid == offers->front && offering->offer)
			return offering->offer;
	}
	return NULL;
}

static void
tell(struct offers *offers, struct offer *offer)
{
	struct offer *before = offers->told;

	g_clear_handle_id(&offers->timer, g_source_remove);
	offers->told = offer ? offer_ref(offer) : NULL;
	offers->told_at_us = g_get_monotonic_time();
	offers->events.changed(
	    offers->data, offer ? (const struct profile_binding *const *)offer->bindings : NULL);
	offer_unref(before);
}

/* Whether what the brain has may not count any longer, whatever the buttons do just now. */
static bool
is_over(const struct offers *offers)
{
	const struct offering *offering = offers->told ? find(offers, offers->told->bus) : NULL;

	return offers->told && (!offering || !offers->allowed || offering->pid != offers->front);
}

static gboolean
on_timer(void *data)
{
	struct offers *offers = data;

	offers->timer = 0;
	offers_idle(offers);
	return G_SOURCE_REMOVE;
}

static void
update(struct offers *offers)
{
	struct offer *offer = wanted(offers);
	gint64 since_ms = (g_get_monotonic_time() - offers->told_at_us) / G_TIME_SPAN_MILLISECOND;

	if (offer == offers->told)
		return;
	/* offers_idle() comes back to what has to wait for the buttons. */
	if (!is_over(offers) && offers->events.busy(offers->data))
		return;
	if (is_over(offers) || since_ms >= CHANGE_MS)
		tell(offers, offer);
	else if (offers->timer == 0)
		offers->timer = g_timeout_add((guint)(CHANGE_MS - since_ms), on_timer, offers);
}

static void
remove_offering(struct offering *offering)
{
	struct offers *offers = offering->offers;

	g_ptr_array_remove(offers->offerings, offering);
	update(offers);
}

static void
on_gone(void *data)
{
	remove_offering(data);
}

/* --- whose connection it is, as the bus says --- */

struct question {
	struct offers *offers;
	char *caller;
};

static bool
is_too_many(const struct offers *offers, uint32_t pid)
{
	guint count = 0;

	for (guint i = 0; i < offers->offerings->len; i++) {
		const struct offering *offering = g_ptr_array_index(offers->offerings, i);

		count += offering->pid == pid;
	}
	return count >= PER_PROCESS_MAX;
}

static void
on_pid(GObject *source, GAsyncResult *result, void *data)
{
	struct question *question = data;
	g_autofree char *caller = g_steal_pointer(&question->caller);
	struct offers *offers = question->offers;
	g_autoptr(GError) error = NULL;
	g_autoptr(GVariant) answer =
	    g_dbus_connection_call_finish(G_DBUS_CONNECTION(source), result, &error);
	struct offering *offering;
	guint32 pid = 0;

	g_free(question);
	if (error && g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
		return;
	if (answer)
		g_variant_get(answer, "(u)", &pid);
	offering = find(offers, caller);
	if (!offering)
		return;
	if (pid == 0 || is_too_many(offers, pid)) {
		remove_offering(offering);
		return;
	}
	offering->pid = pid;
	update(offers);
}

static void
ask_pid(struct offers *offers, const char *caller)
{
	struct question *question = g_new0(struct question, 1);

	question->offers = offers;
	question->caller = g_strdup(caller);
	g_dbus_connection_call(
	    bus_connection(offers->bus), "org.freedesktop.DBus", "/org/freedesktop/DBus",
	    "org.freedesktop.DBus", "GetConnectionUnixProcessID", g_variant_new("(s)", caller),
	    G_VARIANT_TYPE("(u)"), G_DBUS_CALL_FLAGS_NONE, BUS_MS, offers->asked, on_pid, question);
}

/* --- what is offered --- */

static struct offering *
offering_new(struct offers *offers, const char *caller)
{
	struct offering *offering = g_new0(struct offering, 1);

	offering->offers = offers;
	bus_caller_keep(&offering->caller, offers->bus, caller, on_gone, offering);
	g_ptr_array_add(offers->offerings, offering);
	ask_pid(offers, caller);
	return offering;
}

/* Its latest offer is the process's latest. */
static void
move_to_end(struct offers *offers, struct offering *offering)
{
	guint index;

	if (g_ptr_array_find(offers->offerings, offering, &index))
		g_ptr_array_add(offers->offerings,
				g_ptr_array_steal_index(offers->offerings, index));
}

char *
offers_take(struct offers *offers, const char *caller, const char *path, GVariant *buttons)
{
	struct offering *offering = find(offers, caller);
	char *reason = NULL;
	struct offer *offer = offer_new(caller, path, buttons, &reason);

	if (!offer)
		return reason;
	if (offer_is_empty(offer)) {
		offer_unref(offer);
		if (offering)
			remove_offering(offering);
		return NULL;
	}
	if (!offering && offers->offerings->len >= OFFERING_MAX) {
		offer_unref(offer);
		return g_strdup(_("Too many programs offer buttons already. End one of them."));
	}
	if (!offering)
		offering = offering_new(offers, caller);
	move_to_end(offers, offering);
	if (offering->offer && offer_equal(offering->offer, offer)) {
		offer_unref(offer);
	} else {
		offer_unref(offering->offer);
		offering->offer = offer;
	}
	update(offers);
	return NULL;
}

void
offers_front(struct offers *offers, uint32_t pid)
{
	struct offer *offer;

	if (offers->front == pid)
		return;
	offers->front = pid;
	/* With the app all its buttons change, and so do these. */
	offer = wanted(offers);
	if (offer != offers->told)
		tell(offers, offer);
}

void
offers_allow(struct offers *offers, bool on)
{
	offers->allowed = on;
	update(offers);
}

void
offers_idle(struct offers *offers)
{
	update(offers);
}

/* --- doing it --- */

static bool
call(struct offers *offers, uint32_t press, const struct profile_binding *binding, bool only_look,
     app_action_done *done)
{
	const char *name = offers->told ? offer_action(offers->told, binding) : NULL;
	const struct app_action action = {
	    .bus = name ? offers->told->bus : NULL,
	    .path = name ? offers->told->path : NULL,
	    .name = name,
	    .label = binding->label,
	};

	if (name)
		app_action_call(bus_connection(offers->bus), &action, only_look, press,
				offers->asked, done, offers);
	return name != NULL;
}

static void
on_result(void *data, uint32_t press, enum brain_result result, const char *text)
{
	struct offers *offers = data;

	offers->events.result(offers->data, press, result, text);
}

static void
on_resolved(void *data, uint32_t press, enum brain_result result, const char *text)
{
	struct offers *offers = data;

	offers->events.resolved(offers->data, press, result, text);
}

bool
offers_run(struct offers *offers, uint32_t press, const struct profile_binding *binding)
{
	return call(offers, press, binding, false, on_result);
}

bool
offers_resolve(struct offers *offers, uint32_t press, const struct profile_binding *binding)
{
	return call(offers, press, binding, true, on_resolved);
}

struct offers *
offers_new(struct bus *bus, const struct offers_events *events, void *data)
{
	struct offers *offers = g_new0(struct offers, 1);

	offers->bus = bus;
	offers->events = *events;
	offers->data = data;
	offers->offerings = g_ptr_array_new_with_free_func(offering_free);
	offers->asked = g_cancellable_new();
	return offers;
}

struct offers *
offers_free(struct offers *offers)
{
	if (!offers)
		return NULL;
	g_cancellable_cancel(offers->asked);
	g_object_unref(offers->asked);
	g_clear_handle_id(&offers->timer, g_source_remove);
	g_ptr_array_unref(offers->offerings);
	offer_unref(offers->told);
	g_free(offers);
	return NULL;
}
