/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The next or the previous choice of a combo box. daemon/apps_value is the only caller.
 * Owns its questions; it ends by itself with one result, or when it is freed, with none.
 *
 *   what is chosen in the box --> its rows
 *     rows, and it tells which is selected (GTK 3, browsers): the row is selected
 *     rows, and it does not (Qt 5): the focus, and the key Up or Down
 *     no rows (GTK 4's drop-down): it is opened; the row is selected in the list, and Enter
 *   --at the end already--> NOT_FOUND "Malta, the last" --> what is chosen then: DONE, if another
 */
#include "daemon/apps_option_private.h"

#include <linux/input-event-codes.h>

#include "common/cleanup.h"
#include "common/i18n.h"
#include "daemon/a11y_component.h"
#include "daemon/a11y_words.h"
#include "daemon/apps.h"

#define IF_SELECTION "org.a11y.atspi.Selection"

/* Widgets of a box: the list of all countries has 250 rows, of four widgets each in GTK 4. */
#define WIDGETS_MAX 1500
/* It is asked so often whether it has the focus that it was given, for as long as an effect is
 * awaited (APPS_EFFECT_MS). */
#define FOCUS_MS    50
#define FOCUS_TRIES 10

/* AtspiRole. */
enum { ROLE_CHECK_ITEM = 8, ROLE_LIST_ITEM = 32, ROLE_MENU_ITEM = 35, ROLE_RADIO_ITEM = 45 };

static void look(struct apps_option *option);

/* --- the end --- */

void
apps_option_finish(struct apps_option *option, enum brain_result result, const char *text)
{
	option->done(option->data, result, text);
}

bool
apps_option_take(struct apps_option *option, enum a11y_reply reply)
{
	if (reply == A11Y_REPLY_LATE)
		apps_option_finish(option, BRAIN_RESULT_NOT_RESPONDING, NULL);
	else if (reply == A11Y_REPLY_GONE)
		apps_option_finish(option, BRAIN_RESULT_FAILED, _("The app has closed"));
	return reply != A11Y_REPLY_LATE && reply != A11Y_REPLY_GONE;
}

void
apps_option_finish_none(struct apps_option *option)
{
	apps_option_finish(option, BRAIN_RESULT_NOT_FOUND, _("This has no value to change"));
}

static const char *
name_of(const struct a11y_node *row)
{
	return row->name && row->name[0] != '\0' && !a11y_name_is_class(row->name) ? row->name
										   : NULL;
}

static void
finish_at_end(struct apps_option *option, const struct a11y_node *row)
{
	const char *name = row && name_of(row) ? name_of(row) : option->before;
	g_autofree char *words =
	    name ? g_strdup_printf(option->next ? _("%s, the last") : _("%s, the first"), name)
		 : g_strdup(option->next ? _("This is the last choice")
					 : _("This is the first choice"));

	apps_option_close(option, BRAIN_RESULT_NOT_FOUND, words);
}

/* --- what is chosen then --- */

static gboolean
on_timeout(void *data)
{
	struct apps_option *option = data;

	option->timer = 0;
	option->last = true;
	look(option);
	return G_SOURCE_REMOVE;
}

static void
look_again(struct apps_option *option)
{
	if (option->last)
		apps_option_finish(option, BRAIN_RESULT_DELIVERED, NULL);
	else
		option->timer = g_timeout_add(APPS_EFFECT_MS, on_timeout, option);
}

/* Qt's is called by what is chosen in it. */
static char *
choice_of(const struct apps_widget *widget)
{
	if (widget->secret)
		return NULL;
	if (widget->text)
		return g_strdup(widget->text);
	return widget->name && !a11y_name_is_class(widget->name) ? g_strdup(widget->name) : NULL;
}

static void
on_looked(void *data, enum a11y_reply reply, const struct apps_widget *widget)
{
	struct apps_option *option = data;
	g_autofree char *now = NULL;

	if (reply == A11Y_REPLY_OK)
		now = choice_of(widget);
	option->read = apps_read_free(option->read);
	if (!apps_option_take(option, reply))
		return;
	if (now && g_strcmp0(now, option->before) != 0)
		apps_option_finish(option, BRAIN_RESULT_DONE, now);
	else
		look_again(option);
}

static void
on_selected_now(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_option *option = data;
	const char *path = "";
	g_autofree char *words = NULL;

	if (!apps_option_take(option, reply))
		return;
	if (reply == A11Y_REPLY_OK)
		g_variant_get(body, "((&s&o))", NULL, &path);
	if (!g_str_equal(path, option->target->path)) {
		look_again(option);
		return;
	}
	words = name_of(option->target)
		    ? g_strdup(name_of(option->target))
		    : g_strdup_printf(_("Choice %zu"), option->target->index + 1);
	apps_option_finish(option, BRAIN_RESULT_DONE, words);
}

static void
look(struct apps_option *option)
{
	if (option->way == WAY_SELECTION)
		a11y_call(option->group, &option->box, IF_SELECTION, "GetSelectedChild",
			  g_variant_new("(i)", 0), "((so))", on_selected_now, option);
	else
		apps_read_new(option->app, &option->box, 0, on_looked, option, &option->read);
}

static void
on_pressed(void *data, enum brain_result result, const char *text)
{
	struct apps_option *option = data;

	option->press = apps_press_free(option->press);
	switch (result) {
	case BRAIN_RESULT_DONE:
	case BRAIN_RESULT_DELIVERED:
		look(option);
		return;
	case BRAIN_RESULT_NOT_FOUND:
	case BRAIN_RESULT_NOT_RESPONDING:
	case BRAIN_RESULT_FAILED:
		apps_option_finish(option, result, text);
		return;
	}
}

void
apps_option_type(struct apps_option *option, uint32_t key)
{
	apps_press_new(option->app, &option->box, NULL, NULL, on_pressed, option, &option->press);
	option->key(option->data, key);
}

/* --- its selection --- */

static void
select_row(struct apps_option *option)
{
	static const struct apps_act select_child = {IF_SELECTION, "SelectChild", "(b)"};

	option->app->way = N_("By its selection");
	apps_press_new(option->app, &option->box, &select_child,
		       g_variant_new("(i)", (int32_t)option->target->index), on_pressed, option,
		       &option->press);
}

/* --- the focus and a key --- */

static void on_focus_state(void *data, enum a11y_reply reply, GVariant *body);

static gboolean
on_focus_wait(void *data)
{
	struct apps_option *option = data;

	option->timer = 0;
	a11y_get_state(option->group, &option->box, on_focus_state, option);
	return G_SOURCE_REMOVE;
}

static void
on_focus_state(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_option *option = data;

	if (!apps_option_take(option, reply))
		return;
	/* Browsers take a moment to give it the focus. */
	if (body && !a11y_state_has(a11y_states(body), A11Y_STATE_FOCUSED) &&
	    ++option->tries < FOCUS_TRIES) {
		option->timer = g_timeout_add(FOCUS_MS, on_focus_wait, option);
		return;
	}
	/* The key would go to something else. */
	if (!body || !a11y_state_has(a11y_states(body), A11Y_STATE_FOCUSED)) {
		apps_option_finish(
		    option, BRAIN_RESULT_NOT_FOUND,
		    _("This cannot be changed from here. Press activate to open its list, then "
		      "next, and activate on what you want"));
		return;
	}
	option->app->way = N_("By the focus and a key");
	apps_option_type(option, option->next ? KEY_DOWN : KEY_UP);
}

static void
on_grabbed(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_option *option = data;

	(void)body; /* it may say yes and not do it: its state is what counts */
	if (apps_option_take(option, reply))
		a11y_get_state(option->group, &option->box, on_focus_state, option);
}

/* --- its rows --- */

static bool
is_row(const struct a11y_node *node)
{
	return node->has_role && (node->role == ROLE_LIST_ITEM || node->role == ROLE_MENU_ITEM ||
				  node->role == ROLE_CHECK_ITEM || node->role == ROLE_RADIO_ITEM);
}

/* Which one is chosen; the number of rows: none, or it is not known which. */
static guint
find_chosen(const struct apps_option *option)
{
	for (guint i = 0; i < option->rows->len; i++) {
		const struct a11y_node *row = g_ptr_array_index(option->rows, i);
		bool is = false;

		switch (option->way) {
		case WAY_SELECTION:
			is = g_strcmp0(row->path, option->selected) == 0;
			break;
		case WAY_KEY:
			is = g_strcmp0(row->name, option->before) == 0;
			break;
		case WAY_LIST:
			is = a11y_state_has(row->states, A11Y_STATE_SELECTED);
			break;
		}
		if (is)
			return i;
	}
	return option->rows->len;
}

static const struct a11y_node *
find_target(const struct apps_option *option, guint chosen)
{
	const guint count = option->rows->len;
	guint i = chosen;

	/* Where nothing is chosen yet, the first one is. */
	if (chosen == count)
		i = option->next ? G_MAXUINT : 1;
	for (;;) {
		const struct a11y_node *row;

		if (option->next ? i + 1 >= count : i == 0)
			return NULL;
		i += option->next ? 1 : G_MAXUINT;
		row = g_ptr_array_index(option->rows, i);
		if (a11y_state_usable(row->states, false))
			return row;
	}
}

static void
choose(struct apps_option *option, guint chosen)
{
	const guint count = option->rows->len;

	option->target = find_target(option, chosen);
	if (!option->target) {
		finish_at_end(option,
			      chosen < count ? g_ptr_array_index(option->rows, chosen) : NULL);
		return;
	}
	switch (option->way) {
	case WAY_SELECTION:
		select_row(option);
		return;
	case WAY_KEY:
		a11y_call(option->group, &option->box, a11y_grab_focus.interface,
			  a11y_grab_focus.method, NULL, a11y_grab_focus.reply_type, on_grabbed,
			  option);
		return;
	case WAY_LIST:
		apps_option_select_in_list(option);
		return;
	}
}

static void
on_walked(void *data, enum a11y_reply reply)
{
	struct apps_option *option = data;
	guint chosen;

	if (!apps_option_take(option, reply))
		return;
	g_ptr_array_set_size(option->rows, 0);
	for (size_t i = 1; i < a11y_walk_count(option->walk); i++) {
		const struct a11y_node *node = a11y_walk_node(option->walk, i);

		if (is_row(node))
			g_ptr_array_add(option->rows, (void *)node);
	}
	chosen = find_chosen(option);
	if (option->way != WAY_LIST && option->rows->len == 0)
		apps_option_open(option);
	else if (option->way != WAY_LIST || chosen < option->rows->len)
		choose(option, chosen);
	else
		apps_option_await_rows(option);
}

static void
on_batch(void *data, size_t first, size_t end)
{
	struct apps_option *option = data;

	(void)first;
	if (end < WIDGETS_MAX)
		a11y_walk_next(option->walk);
	else
		on_walked(option, A11Y_REPLY_OK);
}

void
apps_option_walk(struct apps_option *option)
{
	static const struct a11y_walk_events events = {on_batch, on_walked};

	option->walk = a11y_walk_free(option->walk);
	a11y_walk_new(option->app, &option->box, A11Y_WALK_ROLE | A11Y_WALK_NAME | A11Y_WALK_STATES,
		      &events, option, &option->walk);
}

/* --- the box, and what is chosen in it --- */

static void
on_number(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_option *option = data;

	(void)body;
	if (!apps_option_take(option, reply))
		return;
	/* GTK 4.8's old combo box has a selection and does not tell which. */
	if (reply == A11Y_REPLY_OK) {
		apps_option_finish(option, BRAIN_RESULT_NOT_FOUND,
				   _("This app does not say what can be chosen here"));
		return;
	}
	option->way = WAY_KEY;
	apps_option_walk(option);
}

static void
on_selected(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_option *option = data;
	const char *bus = "";
	const char *path = "";

	if (!apps_option_take(option, reply))
		return;
	if (reply != A11Y_REPLY_OK) {
		a11y_get(option->group, &option->box, IF_SELECTION, "NSelectedChildren", "i",
			 on_number, option);
		return;
	}
	g_variant_get(body, "((&s&o))", &bus, &path);
	if (g_str_equal(bus, option->box.bus))
		option->selected = g_strdup(path);
	option->way = WAY_SELECTION;
	apps_option_walk(option);
}

static void
on_read(void *data, enum a11y_reply reply, const struct apps_widget *widget)
{
	struct apps_option *option = data;

	if (reply == A11Y_REPLY_OK)
		option->before = choice_of(widget);
	option->read = apps_read_free(option->read);
	if (!apps_option_take(option, reply))
		return;
	a11y_call(option->group, &option->box, IF_SELECTION, "GetSelectedChild",
		  g_variant_new("(i)", 0), "((so))", on_selected, option);
}

int
apps_option_new(struct a11y_app *app, const struct a11y_ref *box, bool next, apps_deed_key key,
		apps_press_done done, void *data, struct apps_option **out)
{
	struct apps_option *option = g_new0(struct apps_option, 1);

	option->app = a11y_app_ref(app);
	option->group = a11y_group_new(app);
	option->box = a11y_ref_copy(box);
	option->next = next;
	option->key = key;
	option->done = done;
	option->data = data;
	option->rows = g_ptr_array_new();
	*out = option;
	apps_read_new(app, &option->box, 0, on_read, option, &option->read);
	return 0;
}

struct apps_option *
apps_option_free(struct apps_option *option)
{
	if (!option)
		return NULL;
	g_clear_handle_id(&option->timer, g_source_remove);
	apps_read_free(option->read);
	a11y_action_free(option->action);
	apps_press_free(option->press);
	apps_row_free(option->row);
	g_ptr_array_unref(option->rows);
	a11y_walk_free(option->walk);
	a11y_group_end(option->group);
	a11y_ref_clear(&option->box);
	a11y_ref_clear(&option->button);
	a11y_app_unref(option->app);
	g_free(option->before);
	g_free(option->selected);
	g_free(option->end_words);
	g_free(option);
	return NULL;
}

void
apps_option_typed(struct apps_option *option, const char *reason)
{
	if (reason)
		apps_option_close(option, BRAIN_RESULT_FAILED, reason);
	else
		apps_press_sent(option->press);
}
