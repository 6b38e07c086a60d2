/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The widgets of one window, many at a time, all their questions at once.
 * Called by searches, which look at each batch and stop when they have what they want, and by
 * daemon/a11y_tree, which wants them as they are read. Owns its questions and what it has seen.
 */
#include "daemon/a11y_walk.h"

#include <string.h>

#include "daemon/a11y_words.h"

/* Widgets asked at once: gnome-calculator in two rounds, and a found one ends the search soon. */
#define BATCH 64
/* Once so many were in vain, more at a time: far in a large window, rounds cost more than
 * questions.
 */
#define FAR_FROM  1000
#define BATCH_FAR 256
/* Of one window. gnome-calculator has 110, mousepad 310, a mail program some 2000. */
#define NODES_MAX 4000
/* Children that one widget may have; those after are beyond what a search can do in time. */
#define CHILDREN_MAX 1000
/* Both, where only each batch is looked at: GTK 4 answers for 10,000 in some 2.5 s. */
#define FAR_MAX 20000
/* In reading order, of one widget: room is left for what comes after a table of all its cells. */
#define CHILDREN_READ_MAX 10000
/* Names kept: as much as NODES_MAX of the longest would be. */
#define NAMES_MAX_BYTES 8000000

/* Of one widget below its window. Firefox' pages, the deepest seen, have some 40. */
#define PLACE_DEPTH_MAX 200

/* What is known only while its batch is being asked. */
struct asked {
	struct a11y_node node; /* first: the public half */
	struct a11y_walk *walk;
	size_t number;       /* of nodes */
	GPtrArray *children; /* paths; NULL when there are none */
};

struct a11y_walk {
	struct a11y_group *group;
	char *bus; /* the only application that is asked: a reference elsewhere is not followed */
	unsigned wants;
	const struct a11y_walk_events *events;
	void *data;
	GPtrArray *nodes; /* of struct asked, in the order of the walk */
	GHashTable *seen; /* paths of nodes: an application may have cycles */
	GPtrArray *batch; /* of these, what is being asked */
	GArray *stack;    /* in order: of nodes, not asked yet; the next one is the last */
	size_t first;     /* of nodes, breadth first: the batch */
	size_t next;      /* of nodes, breadth first: not asked yet */
	size_t asked;     /* so far */
	size_t names;     /* kept, in bytes */
	size_t waiting;   /* answers */
	size_t late;      /* of these, those that did not come in time */
	size_t answered;
	bool shows;
	bool unready;
	bool unanswered;
	bool cut;
};

static void
asked_free(void *data)
{
	struct asked *asked = data;

	g_free(asked->node.path);
	g_free(asked->node.name);
	g_free(asked->node.description);
	g_free(asked->node.id);
	if (asked->children)
		g_ptr_array_unref(asked->children);
	g_free(asked);
}

char *
a11y_node_place(const struct a11y_node *node)
{
	GString *place = g_string_new(NULL);
	size_t depth = 0;

	for (; node->in && depth <= PLACE_DEPTH_MAX; node = node->in) {
		g_autofree char *number = g_strdup_printf("%zu", node->index);

		if (depth++ != 0)
			g_string_prepend_c(place, '.');
		g_string_prepend(place, number);
	}
	return g_string_free(place, depth == 0 || depth > PLACE_DEPTH_MAX);
}

static bool
is_in_order(const struct a11y_walk *walk)
{
	return walk->wants & A11Y_WALK_IN_ORDER;
}

static size_t
nodes_max(const struct a11y_walk *walk)
{
	return walk->wants & (A11Y_WALK_FAR | A11Y_WALK_IN_ORDER) ? FAR_MAX : NODES_MAX;
}

static size_t
children_max(const struct a11y_walk *walk)
{
	return is_in_order(walk)               ? CHILDREN_READ_MAX
	       : (walk->wants & A11Y_WALK_FAR) ? FAR_MAX
					       : CHILDREN_MAX;
}

/* parent: NULL of the window. */
static void
add_node(struct a11y_walk *walk, const char *path, size_t number, size_t index,
	 const struct a11y_node *parent)
{
	struct asked *asked;

	if (g_hash_table_contains(walk->seen, path))
		return;
	if (walk->nodes->len >= nodes_max(walk) || walk->names > NAMES_MAX_BYTES) {
		walk->cut = true;
		return;
	}
	asked = g_new0(struct asked, 1);
	asked->walk = walk;
	asked->node.path = g_strdup(path);
	asked->node.parent = number;
	asked->node.in = parent;
	asked->node.index = index;
	asked->number = walk->nodes->len;
	g_ptr_array_add(walk->nodes, asked);
	g_hash_table_add(walk->seen, asked->node.path);
}

/* Right inside the window: GTK 4 says SHOWING of the window only, GTK 3 of all in it. */
static bool
is_inner(const struct asked *asked)
{
	return asked->node.parent == 0 && asked != g_ptr_array_index(asked->walk->nodes, 0);
}

static void
add_children(struct a11y_walk *walk, struct asked *asked)
{
	bool hidden = (walk->wants & A11Y_WALK_SHOWN) && walk->shows && asked->number > 0 &&
		      !a11y_state_has(asked->node.states, A11Y_STATE_SHOWING);

	for (guint i = 0; asked->children && !hidden && i < asked->children->len; i++)
		add_node(walk, g_ptr_array_index(asked->children, i), asked->number, i,
			 &asked->node);
	g_clear_pointer(&asked->children, g_ptr_array_unref);
}

/* The children of the batch, those of the first to be asked before those of the second. */
static void
add_batch(struct a11y_walk *walk)
{
	g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(size_t));

	for (size_t i = 0; i < walk->batch->len; i++) {
		size_t number = walk->nodes->len;

		add_children(walk, g_ptr_array_index(walk->batch, i));
		for (; number < walk->nodes->len; number++)
			g_array_append_val(found, number);
	}
	for (guint i = found->len; is_in_order(walk) && i > 0; i--)
		g_array_append_val(walk->stack, g_array_index(found, size_t, i - 1));
}

static void
batch_done(struct a11y_walk *walk)
{
	/* Nobody answered: the application hangs, and asking on would only take longer. */
	if (walk->late != 0 && walk->answered == 0) {
		walk->events->end(walk->data, A11Y_REPLY_LATE);
		return;
	}
	add_batch(walk);
	walk->events->batch(walk->data, walk->first, walk->next);
}

/* Count an answer; the batch is told of when all are there. May free the walk: nothing follows. */
static void
go_on(struct a11y_walk *walk, enum a11y_reply reply)
{
	walk->waiting--;
	if (reply == A11Y_REPLY_LATE) {
		walk->late++;
		walk->unanswered = true;
	} else {
		walk->answered++;
	}
	if (reply == A11Y_REPLY_GONE)
		walk->events->end(walk->data, reply);
	else if (walk->waiting == 0)
		batch_done(walk);
}

static void
on_role(void *data, enum a11y_reply reply, GVariant *body)
{
	struct asked *asked = data;

	if (reply == A11Y_REPLY_OK) {
		g_variant_get(body, "(u)", &asked->node.role);
		asked->node.has_role = true;
	}
	go_on(asked->walk, reply);
}

static void
on_name(void *data, enum a11y_reply reply, GVariant *body)
{
	struct asked *asked = data;

	if (reply == A11Y_REPLY_OK) {
		asked->node.name = a11y_name_tidy(g_variant_get_string(body, NULL));
		asked->walk->names += strlen(asked->node.name);
	}
	go_on(asked->walk, reply);
}

static void
on_description(void *data, enum a11y_reply reply, GVariant *body)
{
	struct asked *asked = data;

	if (reply == A11Y_REPLY_OK)
		asked->node.description = a11y_name_tidy(g_variant_get_string(body, NULL));
	go_on(asked->walk, reply);
}

static void
on_id(void *data, enum a11y_reply reply, GVariant *body)
{
	struct asked *asked = data;

	if (reply == A11Y_REPLY_OK)
		asked->node.id = a11y_name_tidy(g_variant_get_string(body, NULL));
	go_on(asked->walk, reply);
}

static void
on_state(void *data, enum a11y_reply reply, GVariant *body)
{
	struct asked *asked = data;

	if (reply == A11Y_REPLY_OK) {
		asked->node.states = a11y_states(body);
		if (is_inner(asked) && a11y_state_has(asked->node.states, A11Y_STATE_SHOWING))
			asked->walk->shows = true;
	}
	go_on(asked->walk, reply);
}

static void
on_children(void *data, enum a11y_reply reply, GVariant *body)
{
	struct asked *asked = data;
	struct a11y_walk *walk = asked->walk;

	if (reply == A11Y_REPLY_OK) {
		g_autoptr(GVariant) children = g_variant_get_child_value(body, 0);
		size_t count = g_variant_n_children(children);
		size_t most = children_max(walk);
		const char *bus;
		const char *path;

		if (count > most) {
			count = most;
			walk->cut = true;
		}
		if (count > 0)
			asked->children = g_ptr_array_new_with_free_func(g_free);
		for (size_t i = 0; i < count; i++) {
			g_variant_get_child(children, i, "(&s&o)", &bus, &path);
			if (g_str_equal(bus, walk->bus))
				g_ptr_array_add(asked->children, g_strdup(path));
		}
	} else if (reply == A11Y_REPLY_ERROR && asked == g_ptr_array_index(walk->nodes, 0)) {
		walk->unready = true;
	}
	go_on(walk, reply);
}

static void
get(struct a11y_walk *walk, struct asked *asked, const struct a11y_ref *ref, const char *property,
    a11y_done done)
{
	walk->waiting++;
	a11y_get(walk->group, ref, A11Y_IF_ACCESSIBLE, property, "s", done, asked);
}

static void
ask(struct a11y_walk *walk, struct asked *asked)
{
	const struct a11y_ref ref = {walk->bus, asked->node.path};

	/* Of the first that are right inside the window, whether they show is always asked. */
	if ((walk->wants & A11Y_WALK_STATES) || (is_inner(asked) && asked->number <= BATCH)) {
		walk->waiting++;
		a11y_get_state(walk->group, &ref, on_state, asked);
	}
	if (walk->wants & A11Y_WALK_ROLE) {
		walk->waiting++;
		a11y_call(walk->group, &ref, A11Y_IF_ACCESSIBLE, "GetRole", NULL, "(u)", on_role,
			  asked);
	}
	if (walk->wants & A11Y_WALK_NAME)
		get(walk, asked, &ref, "Name", on_name);
	if (walk->wants & A11Y_WALK_DESCRIPTION)
		get(walk, asked, &ref, "Description", on_description);
	if (walk->wants & A11Y_WALK_ID)
		get(walk, asked, &ref, "AccessibleId", on_id);
	walk->waiting++;
	a11y_call(walk->group, &ref, A11Y_IF_ACCESSIBLE, "GetChildren", NULL, "(a(so))",
		  on_children, asked);
}

/* The batch was looked at; only where its widgets are is still of use. */
static void
forget_words(struct a11y_walk *walk)
{
	for (size_t i = walk->first; i < walk->next; i++) {
		struct asked *asked = g_ptr_array_index(walk->nodes, i);

		g_clear_pointer(&asked->node.name, g_free);
		g_clear_pointer(&asked->node.description, g_free);
		g_clear_pointer(&asked->node.id, g_free);
	}
}

/* What is asked next. */
static void
take_batch(struct a11y_walk *walk)
{
	size_t most = walk->asked < FAR_FROM ? BATCH : BATCH_FAR;

	g_ptr_array_set_size(walk->batch, 0);
	if (is_in_order(walk)) {
		while (walk->batch->len < most && walk->stack->len > 0) {
			size_t number = a11y_walk_frontier(walk);

			g_array_set_size(walk->stack, walk->stack->len - 1);
			g_ptr_array_add(walk->batch, g_ptr_array_index(walk->nodes, number));
		}
	} else {
		walk->first = walk->next;
		walk->next = MIN(walk->first + most, (size_t)walk->nodes->len);
		for (size_t i = walk->first; i < walk->next; i++)
			g_ptr_array_add(walk->batch, g_ptr_array_index(walk->nodes, i));
	}
	walk->asked += walk->batch->len;
}

void
a11y_walk_next(struct a11y_walk *walk)
{
	if (walk->wants & A11Y_WALK_FAR)
		forget_words(walk);
	walk->late = 0;
	walk->answered = 0;
	take_batch(walk);
	if (walk->batch->len == 0) {
		walk->events->end(walk->data, A11Y_REPLY_OK);
		return;
	}
	for (size_t i = 0; i < walk->batch->len; i++)
		ask(walk, g_ptr_array_index(walk->batch, i));
}

int
a11y_walk_new(struct a11y_app *app, const struct a11y_ref *window, unsigned wants,
	      const struct a11y_walk_events *events, void *data, struct a11y_walk **out)
{
	struct a11y_walk *walk = g_new0(struct a11y_walk, 1);

	walk->group = a11y_group_new(app);
	walk->bus = g_strdup(window->bus);
	walk->wants = wants;
	walk->events = events;
	walk->data = data;
	walk->nodes = g_ptr_array_new_with_free_func(asked_free);
	walk->batch = g_ptr_array_new();
	walk->stack = g_array_new(FALSE, FALSE, sizeof(size_t));
	walk->seen = g_hash_table_new(g_str_hash, g_str_equal);
	add_node(walk, window->path, 0, 0, NULL);
	if (is_in_order(walk))
		g_array_append_val(walk->stack, (size_t){0});
	*out = walk;
	a11y_walk_next(walk);
	return 0;
}

struct a11y_walk *
a11y_walk_free(struct a11y_walk *walk)
{
	if (!walk)
		return NULL;
	a11y_group_end(walk->group);
	g_ptr_array_unref(walk->batch);
	g_array_unref(walk->stack);
	g_hash_table_unref(walk->seen);
	g_ptr_array_unref(walk->nodes);
	g_free(walk->bus);
	g_free(walk);
	return NULL;
}

size_t
a11y_walk_count(const struct a11y_walk *walk)
{
	return walk->nodes->len;
}

size_t
a11y_walk_asked(const struct a11y_walk *walk)
{
	return walk->asked;
}

size_t
a11y_walk_frontier(const struct a11y_walk *walk)
{
	return walk->stack->len == 0 ? A11Y_WALK_NONE
				     : g_array_index(walk->stack, size_t, walk->stack->len - 1);
}

const struct a11y_node *
a11y_walk_node(const struct a11y_walk *walk, size_t number)
{
	const struct asked *asked = g_ptr_array_index(walk->nodes, number);

	return &asked->node;
}

bool
a11y_walk_shows(const struct a11y_walk *walk)
{
	return walk->shows;
}

bool
a11y_walk_unready(const struct a11y_walk *walk)
{
	return walk->unready;
}

bool
a11y_walk_unanswered(const struct a11y_walk *walk)
{
	return walk->unanswered;
}

bool
a11y_walk_cut(const struct a11y_walk *walk)
{
	return walk->cut;
}
