/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Questions to applications, given up when nothing answers any more, and answers of the type asked
 * for. Called by everything that talks to applications; answers come in the main context.
 * A group owns the questions that are under way: when it ends, no answer comes any more.
 */
#ifndef SIDETOUCH_A11Y_CALL_H
#define SIDETOUCH_A11Y_CALL_H

#include <gio/gio.h>
#include <stdbool.h>
#include <stdint.h>

#include "daemon/a11y_app.h"

#define A11Y_REGISTRY       "org.a11y.atspi.Registry"
#define A11Y_ROOT           "/org/a11y/atspi/accessible/root"
#define A11Y_IF_ACCESSIBLE  "org.a11y.atspi.Accessible"
#define A11Y_IF_ACTION      "org.a11y.atspi.Action"
#define A11Y_IF_APPLICATION "org.a11y.atspi.Application"
#define A11Y_IF_COLLECTION  "org.a11y.atspi.Collection"
#define A11Y_IF_VALUE       "org.a11y.atspi.Value"
#define A11Y_IF_COMPONENT   "org.a11y.atspi.Component"
#define A11Y_IF_TEXT        "org.a11y.atspi.Text"
#define A11Y_IF_EDITABLE    "org.a11y.atspi.EditableText"

/* A widget: its application's unique name on the bus, and its object there. */
struct a11y_ref {
	char *bus;
	char *path;
};

struct a11y_ref a11y_ref_copy(const struct a11y_ref *ref);
void a11y_ref_clear(struct a11y_ref *ref);
bool a11y_ref_equal(const struct a11y_ref *a, const struct a11y_ref *b);
static inline bool
a11y_ref_is_set(const struct a11y_ref *ref)
{
	return ref->bus != NULL;
}

enum a11y_reply {
	A11Y_REPLY_OK,
	A11Y_REPLY_LATE,  /* nothing of its group was answered in time */
	A11Y_REPLY_GONE,  /* the application left the bus */
	A11Y_REPLY_ERROR, /* it answered with an error, or with something of another type */
};

/*
 * body: of the type asked for when reply is A11Y_REPLY_OK, else NULL. Never called once the bus is
 * lost: daemon/a11y_bus tells of that, and what was under way ends there.
 */
typedef void (*a11y_done)(void *data, enum a11y_reply reply, GVariant *body);

struct a11y_group;

struct a11y_group *a11y_group_new(struct a11y_app *app);
/* No answer comes after this. Returns NULL. */
struct a11y_group *a11y_group_end(struct a11y_group *group);

/* A method of a widget; arguments may be floating, NULL for none. */
void a11y_call(struct a11y_group *group, const struct a11y_ref *ref, const char *interface,
	       const char *method, GVariant *arguments, const char *reply_type, a11y_done done,
	       void *data);
/* A property of a widget; body is the value itself, of value_type. */
void a11y_get(struct a11y_group *group, const struct a11y_ref *ref, const char *interface,
	      const char *property, const char *value_type, a11y_done done, void *data);
/* GetState: body is of type (au). */
void a11y_get_state(struct a11y_group *group, const struct a11y_ref *ref, a11y_done done,
		    void *data);
/* The state bits of an answer to a11y_get_state(). */
uint64_t a11y_states(GVariant *body);

#endif
