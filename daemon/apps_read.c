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
#include "daemon/apps_read.h"

#include <math.h>
#include <string.h>

#include "common/cleanup.h"
#include "daemon/a11y_language.h"
#include "daemon/a11y_relation.h"
#include "daemon/a11y_roles.h"
#include "daemon/a11y_text.h"
#include "daemon/a11y_words.h"
#include "daemon/apps_bar.h"
#include "daemon/apps_choice.h"
#include "daemon/apps_holder.h"
#include "daemon/apps_inside.h"
#include "daemon/apps_shown.h"

/* at-spi2-core's number. */
enum { ROLE_TERMINAL = 60 };

struct apps_read {
	struct a11y_app *app;
	struct a11y_group *group;
	struct a11y_ref ref;
	struct a11y_ref parent;
	struct a11y_ref label;
	apps_read_done done;
	void *data;
	struct apps_widget widget;
	size_t waiting;
	bool role_known;
	uint64_t inner_focus; /* a state, of the one that did */
	bool second;          /* asking what depends on the first answers */
	bool has_text;
	int32_t from;
	int32_t length; /* of its text, in characters */
	int32_t index;
	bool counts;    /* its parent counts its children */
	char *raw_name; /* its first A11Y_TEXT_BYTES: places in it are those of the runs */
	struct a11y_run runs[A11Y_RUNS_MAX];
	size_t run_count;
	bool looked; /* at what it shows */
	struct apps_shown shown;
	bool named; /* by its label, which was asked */
	struct apps_bar *bar;
	struct apps_choice *choice;
	struct apps_holder *holder; /* whether it stands for one */
	struct apps_inside *inside; /* of a row without a name */
};

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

static void ask_the_rest(struct apps_read *read);

/* Count an answer; may free read: nothing may follow. */
static void
take(struct apps_read *read, enum a11y_reply reply)
{
	/* One that hangs or has gone has no more to say. */
	if (reply == A11Y_REPLY_LATE || reply == A11Y_REPLY_GONE) {
		read->done(read->data, reply, NULL);
		return;
	}
	if (--read->waiting > 0)
		return;
	if (!read->second) {
		ask_the_rest(read);
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
	take(read, reply);
}

static void
on_state(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_read *read = data;

	if (reply == A11Y_REPLY_OK)
		read->widget.states = a11y_states(body) | read->inner_focus;
	take(read, reply);
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
	take(read, reply);
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
	take(read, reply);
}

static void
on_description(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_read *read = data;

	if (reply == A11Y_REPLY_OK)
		read->widget.description = a11y_name_tidy(g_variant_get_string(body, NULL));
	take(read, reply);
}

static void
on_value(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_read *read = data;

	if (reply == A11Y_REPLY_OK)
		read->widget.value = g_variant_get_double(body);
	take(read, reply);
}

static void
on_length(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_read *read = data;

	if (reply == A11Y_REPLY_OK) {
		read->length = MAX(g_variant_get_int32(body), 0);
		read->has_text = true;
	}
	take(read, reply);
}

static void
on_index(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_read *read = data;

	read->index = -1;
	if (reply == A11Y_REPLY_OK)
		g_variant_get(body, "(i)", &read->index);
	take(read, reply);
}

static void
on_parent(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_read *read = data;

	if (reply == A11Y_REPLY_OK)
		read->parent = a11y_relation_ref(body, read->ref.bus);
	take(read, reply);
}

static void
on_relations(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_read *read = data;

	if (reply == A11Y_REPLY_OK)
		read->label = a11y_relation_label(body, read->ref.bus);
	take(read, reply);
}

static void
on_text(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_read *read = data;

	if (reply == A11Y_REPLY_OK)
		read->widget.text = a11y_text_take(body);
	take(read, reply);
}

static void
ask_text(struct apps_read *read)
{
	read->waiting++;
	a11y_get_text(read->group, &read->ref, read->from,
		      MIN(read->length, read->from + APPS_READ_CHARACTERS), on_text, read);
}

static void
on_letter(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_read *read = data;

	apps_shown_letter(&read->shown, reply, body);
	take(read, reply);
}

static void
on_word(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_read *read = data;

	apps_shown_word(&read->shown, reply, body);
	take(read, reply);
}

static void
on_label(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_read *read = data;

	if (reply == A11Y_REPLY_OK) {
		g_free(read->widget.name);
		read->widget.name = a11y_name_tidy(g_variant_get_string(body, NULL));
	}
	take(read, reply);
}

static void
ask_label(struct apps_read *read)
{
	a11y_get(read->group, &read->label, A11Y_IF_ACCESSIBLE, "Name", "s", on_label, read);
}

static void
on_percent(void *data, double percent)
{
	struct apps_read *read = data;

	read->widget.has_percent = percent >= 0;
	read->widget.percent = percent;
	take(read, A11Y_REPLY_OK);
}

static void
on_count(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_read *read = data;

	if (reply == A11Y_REPLY_OK)
		read->widget.count = (unsigned)MAX(g_variant_get_int32(body), 0);
	take(read, reply);
}

static void
on_parent_role(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_read *read = data;
	uint32_t role;

	if (reply == A11Y_REPLY_OK) {
		g_variant_get(body, "(u)", &role);
		read->counts = a11y_role_counts(role);
	}
	take(read, reply);
}

static bool
is_nameless(const struct apps_read *read)
{
	const char *name = read->widget.name;

	return !name || name[0] == '\0' || a11y_name_is_class(name);
}

static void
on_inside(void *data, enum a11y_reply reply, const char *words)
{
	struct apps_read *read = data;

	if (words[0] != '\0') {
		g_free(read->widget.name);
		read->widget.name = a11y_name_tidy(words);
		g_clear_pointer(&read->raw_name, g_free); /* its languages are not of this */
	}
	take(read, reply);
}

static void
on_choice(void *data, enum a11y_reply reply, const char *name)
{
	struct apps_read *read = data;

	read->widget.text = g_strdup(name);
	take(read, reply);
}

static void ask_first(struct apps_read *read);

/* What this one stands for does not have the focus itself. */
static void
ask_instead(struct apps_read *read, const struct a11y_ref *ref)
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
on_holder(void *data, enum a11y_reply reply, const struct a11y_ref *box)
{
	struct apps_read *read = data;

	read->waiting = 1;
	if (box)
		ask_instead(read, box);
	else
		take(read, reply);
}

/* A terminal shows what it shows. */
static bool
is_written_in(const struct apps_read *read)
{
	return (a11y_role_is_entry(read->widget.role) && read->widget.role != ROLE_TERMINAL) ||
	       a11y_state_has(read->widget.states, A11Y_STATE_EDITABLE);
}

static void
ask_the_rest(struct apps_read *read)
{
	const struct apps_widget *widget = &read->widget;
	const uint32_t role = widget->role;
	const bool hides = read->looked && apps_shown_hides(&read->shown, read->length);
	bool text = read->has_text && read->role_known &&
		    (a11y_role_is_entry(role) || a11y_role_reading(role) == A11Y_READING_TEXT ||
		     a11y_role_reading(role) == A11Y_READING_HOLDER) &&
		    !hides && !apps_widget_is_secret(role, widget->name, NULL, 0);
	bool bar = read->role_known && isfinite(widget->value) &&
		   (role == A11Y_ROLE_PROGRESS_BAR || role == A11Y_ROLE_LEVEL_BAR);
	bool choice = read->role_known && role == A11Y_ROLE_COMBO_BOX;
	/* GTK 3 and Qt call a combo box by what is chosen in it. */
	bool label = a11y_ref_is_set(&read->label) && !read->named && (is_nameless(read) || choice);
	bool inside = !label && is_nameless(read) && read->role_known &&
		      a11y_role_reading(role) == A11Y_READING_ENTRY;
	bool place =
	    a11y_ref_is_set(&read->parent) && read->index >= 0 && a11y_role_is_counted(role);

	if ((role == A11Y_ROLE_TOGGLE_BUTTON || role == A11Y_ROLE_PUSH_BUTTON) &&
	    is_nameless(read) && a11y_ref_is_set(&read->parent) && !read->holder) {
		read->holder = apps_holder_new(read->app, &read->parent, on_holder, read);
		return;
	}
	if (text && label && a11y_role_is_entry(role)) {
		read->named = true;
		read->waiting = 1;
		ask_label(read);
		return;
	}
	if (text && !read->looked && is_written_in(read)) {
		read->looked = true;
		read->waiting = 2;
		apps_shown_ask(read->group, &read->ref, on_letter, on_word, read);
		return;
	}
	read->widget.secret = hides;
	read->second = true;
	read->waiting =
	    (size_t)label + (size_t)inside + (size_t)choice + (size_t)bar + 2 * (size_t)place;
	if (read->waiting == 0 && !text) {
		read->waiting = 1;
		take(read, A11Y_REPLY_OK);
		return;
	}
	if (text)
		ask_text(read);
	if (bar)
		read->bar = apps_bar_new(read->app, &read->ref, widget->value, on_percent, read);
	if (label)
		ask_label(read);
	if (inside)
		read->inside = apps_inside_new(read->app, &read->ref, on_inside, read);
	if (choice)
		read->choice = apps_choice_new(read->app, &read->ref, on_choice, read);
	if (place) {
		read->widget.position = (unsigned)read->index + 1;
		a11y_get(read->group, &read->parent, A11Y_IF_ACCESSIBLE, "ChildCount", "i",
			 on_count, read);
		a11y_call(read->group, &read->parent, A11Y_IF_ACCESSIBLE, "GetRole", NULL, "(u)",
			  on_parent_role, read);
	}
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
