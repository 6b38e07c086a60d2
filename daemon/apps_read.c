/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Asks one widget all that is told of it.
 * The commands of daemon/apps and the reading cursor are the only callers. Owns its questions; what
 * is in a field for a secret is forgotten as soon as it is known to be one.
 *
 *   at once:    role, states, name, description, value, length of the text, place among its
 *               siblings, what labels it
 *   then:       the name of a field that has none, its label's; it may be a secret's
 *   then:       of what one writes in, unless it is a secret, what it shows (apps_shown)
 *   then:       its text, unless it is a secret; of a bar
 * how many percent it is; the names of its labels, when it has no name, or,
 * of a row or a cell, what is written in it; of a combo box, what is chosen; its parent's role and
 * number of children, when its place is worth saying
 *   at last:    the languages that its name is in, run by run
 *
 * GTK's combo box has a button in it that gets the focus and has no name: it stands for the box,
 * which is asked all of that then. Qt's is called by what is chosen in it.
 */
#include "daemon/apps_read_private.h"

#include <math.h>
#include <string.h>

#include "common/cleanup.h"
#include "daemon/a11y_relation.h"
#include "daemon/a11y_roles.h"
#include "daemon/a11y_text.h"
#include "daemon/a11y_words.h"

/* Of what can be written in, the text is what was typed, and the name a label's. */
static bool
name_is_text(const struct apps_read *read)
{
	return !a11y_role_is_entry(read->widget.role) &&
	       !a11y_state_has(read->widget.states, A11Y_STATE_EDITABLE);
}

/* Whether the runs so far tell of the start of the name only. */
static bool
has_more_runs(const struct apps_read *read)
{
	size_t end = read->run_count > 0 ? read->runs[read->run_count - 1].end : 0;

	return read->run_count > 0 && read->run_count < A11Y_RUNS_MAX && read->raw_name &&
	       read->role_known && name_is_text(read) && end > 0 &&
	       end < (size_t)g_utf8_strlen(read->raw_name, A11Y_TEXT_BYTES);
}

static char *
marked_name(const struct apps_read *read)
{
	bool any = false;

	for (size_t i = 0; i < read->run_count; i++)
		any = any || read->runs[i].language[0];
	return any && read->raw_name && name_is_text(read)
		   ? a11y_language_mark(read->raw_name, read->runs, read->run_count)
		   : NULL;
}

static void on_run(void *data, enum a11y_reply reply, GVariant *body);

static void
ask_run(struct apps_read *read, size_t at)
{
	a11y_call(read->group, &read->ref, A11Y_IF_TEXT, "GetAttributeRun",
		  g_variant_new("(ib)", (gint32)at, TRUE), "(a{ss}ii)", on_run, read);
}

static void
finish(struct apps_read *read)
{
	struct apps_widget *widget = &read->widget;

	/* Without a role it may be a password: then nothing is told. */
	if (!read->role_known) {
		read->done(read->data, A11Y_REPLY_ERROR, NULL);
		return;
	}
	if (read->has_text && apps_widget_is_secret(widget->role, widget->name, widget->text,
						    (int)(read->length - read->from)))
		widget->secret = true;
	if (widget->secret)
		g_clear_pointer(&widget->text, g_free);
	if (widget->role == A11Y_ROLE_COMBO_BOX && !widget->text && !widget->secret)
		widget->text = apps_choice_in_name(read->raw_name, widget->name);
	widget->text_length = widget->text ? read->length : 0;
	if (!read->counts || widget->position > widget->count)
		widget->position = 0;
	widget->marked = marked_name(read);
	read->done(read->data, A11Y_REPLY_OK, widget);
}

void
apps_read_take(struct apps_read *read, enum a11y_reply reply)
{
	/* One that hangs or has gone has no more to say. */
	if (reply == A11Y_REPLY_LATE || reply == A11Y_REPLY_GONE) {
		read->done(read->data, reply, NULL);
		return;
	}
	if (--read->waiting > 0)
		return;
	if (!read->second) {
		apps_read_rest(read);
	} else if (reply == A11Y_REPLY_OK && has_more_runs(read)) {
		read->waiting = 1;
		ask_run(read, read->runs[read->run_count - 1].end);
	} else {
		finish(read);
	}
}

static void
on_role(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_read *read = data;

	read->role_known = reply == A11Y_REPLY_OK;
	if (read->role_known)
		g_variant_get(body, "(u)", &read->widget.role);
	apps_read_take(read, reply);
}

static void
on_state(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_read *read = data;

	if (reply == A11Y_REPLY_OK)
		read->widget.states = a11y_states(body) | read->inner_focus;
	apps_read_take(read, reply);
}

static void
on_name(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_read *read = data;

	if (reply == A11Y_REPLY_OK) {
		const char *name = g_variant_get_string(body, NULL);

		read->widget.name = a11y_name_tidy(name);
		read->raw_name = g_utf8_make_valid(name, (gssize)strnlen(name, A11Y_TEXT_BYTES));
	}
	apps_read_take(read, reply);
}

static void
on_run(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_read *read = data;
	size_t before = read->run_count > 0 ? read->runs[read->run_count - 1].end : 0;

	if (reply == A11Y_REPLY_OK) {
		a11y_run_read(body, &read->runs[read->run_count]);
		/* One that does not go on would be asked for again and again. */
		if (read->runs[read->run_count].end > before)
			read->run_count++;
		else
			reply = A11Y_REPLY_ERROR;
	}
	apps_read_take(read, reply);
}

static void
on_description(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_read *read = data;

	if (reply == A11Y_REPLY_OK)
		read->widget.description = a11y_name_tidy(g_variant_get_string(body, NULL));
	apps_read_take(read, reply);
}

static void
on_value(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_read *read = data;

	if (reply == A11Y_REPLY_OK)
		read->widget.value = g_variant_get_double(body);
	apps_read_take(read, reply);
}

static void
on_length(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_read *read = data;

	if (reply == A11Y_REPLY_OK) {
		read->length = MAX(g_variant_get_int32(body), 0);
		read->has_text = true;
	}
	apps_read_take(read, reply);
}

static void
on_index(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_read *read = data;

	read->index = -1;
	if (reply == A11Y_REPLY_OK)
		g_variant_get(body, "(i)", &read->index);
	apps_read_take(read, reply);
}

static void
on_parent(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_read *read = data;

	if (reply == A11Y_REPLY_OK)
		read->parent = a11y_relation_ref(body, read->ref.bus);
	apps_read_take(read, reply);
}

static void
on_relations(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_read *read = data;

	if (reply == A11Y_REPLY_OK)
		read->label = a11y_relation_label(body, read->ref.bus);
	apps_read_take(read, reply);
}

static void ask_first(struct apps_read *read);

/* What this one stands for does not have the focus itself. */
void
apps_read_instead(struct apps_read *read, const struct a11y_ref *ref)
{
	read->inner_focus = read->widget.states & (1ULL << A11Y_STATE_FOCUSED);
	a11y_ref_clear(&read->ref);
	read->ref = a11y_ref_copy(ref);
	a11y_ref_clear(&read->parent);
	a11y_ref_clear(&read->label);
	apps_widget_clear(&read->widget);
	read->widget = (struct apps_widget){0};
	g_clear_pointer(&read->raw_name, g_free);
	read->run_count = 0;
	read->role_known = read->has_text = read->looked = read->named = false;
	ask_first(read);
}

static void
ask_first(struct apps_read *read)
{
	const struct a11y_ref *ref = &read->ref;

	read->widget.value = NAN;
	read->waiting = 10;
	ask_run(read, 0);
	a11y_call(read->group, ref, A11Y_IF_ACCESSIBLE, "GetRole", NULL, "(u)", on_role, read);
	a11y_get_state(read->group, ref, on_state, read);
	a11y_get(read->group, ref, A11Y_IF_ACCESSIBLE, "Name", "s", on_name, read);
	a11y_get(read->group, ref, A11Y_IF_ACCESSIBLE, "Description", "s", on_description, read);
	a11y_get(read->group, ref, A11Y_IF_VALUE, "CurrentValue", "d", on_value, read);
	a11y_get_length(read->group, ref, on_length, read);
	a11y_call(read->group, ref, A11Y_IF_ACCESSIBLE, "GetIndexInParent", NULL, "(i)", on_index,
		  read);
	a11y_get(read->group, ref, A11Y_IF_ACCESSIBLE, "Parent", "(so)", on_parent, read);
	a11y_call(read->group, ref, A11Y_IF_ACCESSIBLE, "GetRelationSet", NULL, "(a(ua(so)))",
		  on_relations, read);
}

int
apps_read_new(struct a11y_app *app, const struct a11y_ref *ref, int32_t from, apps_read_done done,
	      void *data, struct apps_read **out)
{
	struct apps_read *read = g_new0(struct apps_read, 1);

	read->app = a11y_app_ref(app);
	read->group = a11y_group_new(app);
	read->ref = a11y_ref_copy(ref);
	read->from = from;
	read->done = done;
	read->data = data;
	*out = read;
	ask_first(read);
	return 0;
}

struct apps_read *
apps_read_free(struct apps_read *read)
{
	if (!read)
		return NULL;
	a11y_group_end(read->group);
	apps_bar_free(read->bar);
	apps_choice_free(read->choice);
	apps_holder_free(read->holder);
	apps_inside_free(read->inside);
	a11y_ref_clear(&read->ref);
	a11y_ref_clear(&read->parent);
	a11y_ref_clear(&read->label);
	g_free(read->raw_name);
	apps_widget_clear(&read->widget);
	a11y_app_unref(read->app);
	g_free(read);
	return NULL;
}
