/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The widgets of one window, many at a time, all their questions at once.
 * Called by searches, which look at each batch and stop when they have what they want, and by
 * daemon/a11y_tree, which wants them as they are read. Owns its questions and what it has seen.
 */
#ifndef SIDETOUCH_A11Y_WALK_H
#define SIDETOUCH_A11Y_WALK_H

#include "daemon/a11y_call.h"

struct a11y_node {
	char *path;
	size_t parent;              /* its number; the window's is its own */
	const struct a11y_node *in; /* the same; NULL: of the window */
	size_t index;               /* among all that its parent has */
	uint32_t role;
	bool has_role;
	char *name; /* tidy; these are NULL when they were not told, or not asked for */
	char *description;
	char *id;
	uint64_t states;
};

/* What to ask of each widget besides its children. */
enum a11y_walk_wants {
	A11Y_WALK_ROLE = 1 << 0,
	A11Y_WALK_NAME = 1 << 1,
	A11Y_WALK_STATES = 1 << 2,
	A11Y_WALK_DESCRIPTION = 1 << 3,
	A11Y_WALK_ID = 1 << 4,
	A11Y_WALK_SHOWN = 1 << 5, /* nothing below what is not shown; needs A11Y_WALK_STATES */
	/* Windows of any size, by who looks at each batch only: its words are then forgotten. */
	A11Y_WALK_FAR = 1 << 6,
	/* As one reads, not breadth first: what is known is whole up to a11y_walk_frontier(), and a
	 * batch has no numbers. Windows of any size. */
	A11Y_WALK_IN_ORDER = 1 << 7,
};

/* No such widget. */
#define A11Y_WALK_NONE SIZE_MAX

/* Where it is in its window, "0.2.1"; NULL: of the window, and of what lies deeper than anything
 * that a person made. Allocated. */
char *a11y_node_place(const struct a11y_node *node);

struct a11y_walk;

struct a11y_walk_events {
	/* These were answered, first to before end; a11y_walk_next() asks for more. */
	void (*batch)(void *data, size_t first, size_t end);
	/* There are no more, or the application has no answers. */
	void (*end)(void *data, enum a11y_reply reply);
};

/* events must outlive it. Nothing is told from inside a11y_walk_new(). */
int a11y_walk_new(struct a11y_app *app, const struct a11y_ref *window, unsigned wants,
		  const struct a11y_walk_events *events, void *data, struct a11y_walk **out);
struct a11y_walk *a11y_walk_free(struct a11y_walk *walk);
void a11y_walk_next(struct a11y_walk *walk);

/* That it knows of; that were asked. */
size_t a11y_walk_count(const struct a11y_walk *walk);
size_t a11y_walk_asked(const struct a11y_walk *walk);
/* In order: the first one in reading order that was not asked yet; A11Y_WALK_NONE: all were. */
size_t a11y_walk_frontier(const struct a11y_walk *walk);
/* Valid until it is freed. */
const struct a11y_node *a11y_walk_node(const struct a11y_walk *walk, size_t number);
/* Whether this toolkit tells of its widgets if they are shown: GTK 4 only says it of windows. */
bool a11y_walk_shows(const struct a11y_walk *walk);
/* Whether the window could not say what is in it: GTK 4 tells of one before it can be asked. */
bool a11y_walk_unready(const struct a11y_walk *walk);
/* Whether some question stayed without an answer; whether there was more than is asked for. */
bool a11y_walk_unanswered(const struct a11y_walk *walk);
bool a11y_walk_cut(const struct a11y_walk *walk);

#endif
