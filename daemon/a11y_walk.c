/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The widgets of one window, breadth first, many at a time, all their questions at once.
 * Called by searches, which look at each batch and stop when they have what they want, and by
 * daemon/a11y_tree, which wants all. Owns its questions and the widgets it has seen.
 */
#include "daemon/a11y_walk.h"

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

/* Of one widget below its window. Firefox' pages, the deepest seen, have some 40. */
#define PLACE_DEPTH_MAX 200

/* What is known only while its batch is being asked. */
struct asked {
	struct a11y_node node; /* first: the public half */
	struct a11y_walk *walk;
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
	size_t first;     /* of nodes: the batch that is being asked */
	size_t next;      /* of nodes: not asked yet */
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

/* parent: NULL of the window. */
static void
add_node(struct a11y_walk *walk, const char *path, size_t number, size_t index,
	 const struct a11y_node *parent)
{
	struct asked *asked;

	if (g_hash_table_contains(walk->seen, path))
		return;
	if (walk->nodes->len >= (walk->wants & A11Y_WALK_FAR ? FAR_MAX : NODES_MAX)) {
		walk->cut = true;
		return;
	}
	asked = g_new0(struct asked, 1);
	asked->walk = walk;
	asked->node.path = g_strdup(path);
	asked->node.parent = number;
	asked->node.in = parent;
	asked->node.index = index;
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
add_children(struct a11y_walk *walk, size_t number)
{
	struct asked *asked = g_ptr_array_index(walk->nodes, number);
	bool hidden = (walk->wants & A11Y_WALK_SHOWN) && walk->shows && number > 0 &&
		      !a11y_state_has(asked->node.states, A11Y_STATE_SHOWING);

	for (guint i = 0; asked->children && !hidden && i < asked->children->len; i++)
		add_node(walk, g_ptr_array_index(asked->children, i), number, i, &asked->node);
	g_clear_pointer(&asked->children, g_ptr_array_unref);
}

static void
batch_done(struct a11y_walk *walk)
{
	size_t first = walk->first;
	size_t end = walk->next;

	/* Nobody answered: the application hangs, and asking on would only take longer. */
	if (walk->late != 0 && walk->answered == 0) {
		walk->events->end(walk->data, A11Y_REPLY_LATE);
		return;
	}
	for (size_t i = first; i < end; i++)
		add_children(walk, i);
	walk->events->batch(walk->data, first, end);
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

	if (reply == A11Y_REPLY_OK)
		asked->node.name = a11y_name_tidy(g_variant_get_string(body, NULL));
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
		size_t most = walk->wants & A11Y_WALK_FAR ? FAR_MAX : CHILDREN_MAX;
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

	/* Of all that is right inside the window, whether it shows is always asked. */
	if ((walk->wants & A11Y_WALK_STATES) || walk->first == 1) {
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

void
a11y_walk_next(struct a11y_walk *walk)
{
	if (walk->wants & A11Y_WALK_FAR)
		forget_words(walk);
	walk->late = 0;
	walk->answered = 0;
	if (walk->next >= walk->nodes->len) {
		walk->events->end(walk->data, A11Y_REPLY_OK);
		return;
	}
	walk->first = walk->next;
	walk->next = MIN(walk->first + (walk->first < FAR_FROM ? BATCH : BATCH_FAR),
			 (size_t)walk->nodes->len);
	for (size_t i = walk->first; i < walk->next; i++)
		ask(walk, g_ptr_array_index(walk->nodes, i));
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
	walk->seen = g_hash_table_new(g_str_hash, g_str_equal);
	add_node(walk, window->path, 0, 0, NULL);
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
