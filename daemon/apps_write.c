/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Writing a text into a field, in place of what is in it.
 * daemon/apps_run is the only caller.
 * Owns its questions; it ends by itself with one result, or when it is freed, with none.
 *
 *   SetTextContents --error--> NOT_FOUND, nothing is written there --no--> FAILED
 *     '--> the field is read --> DONE and what is in it; another text --> that is said, too: a
 *          field for numbers takes what it likes
 */
#include "daemon/apps_write.h"

#include "common/i18n.h"
#include "daemon/a11y_text.h"
#include "daemon/apps_read.h"

struct apps_write {
	struct a11y_app *app;
	struct a11y_group *group;
	struct a11y_ref ref;
	apps_press_done done;
	void *data;
	struct apps_read *read;
};

/* May free write: nothing may follow. */
static void
finish(struct apps_write *write, enum brain_result result, const char *text)
{
	write->done(write->data, result, text);
}

static void
finish_reply(struct apps_write *write, enum a11y_reply reply)
{
	switch (reply) {
	case A11Y_REPLY_LATE:
		finish(write, BRAIN_RESULT_NOT_RESPONDING, NULL);
		return;
	case A11Y_REPLY_GONE:
		finish(write, BRAIN_RESULT_FAILED, _("The app has closed"));
		return;
	case A11Y_REPLY_OK:
	case A11Y_REPLY_ERROR:
		finish(write, BRAIN_RESULT_NOT_FOUND,
		       _("Nothing can be written here. Go to a text field and press again"));
		return;
	}
}

static void
on_read(void *data, enum a11y_reply reply, const struct apps_widget *widget)
{
	struct apps_write *write = data;
	g_autofree char *words = NULL;

	if (!widget) {
		/* It was written, and the field went: a search that answers at once does that. */
		if (reply == A11Y_REPLY_ERROR)
			finish(write, BRAIN_RESULT_DONE, NULL);
		else
			finish_reply(write, reply);
		return;
	}
	words = apps_widget_words(widget);
	finish(write, BRAIN_RESULT_DONE, words);
}

static void
on_written(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_write *write = data;
	gboolean took = FALSE;

	if (reply != A11Y_REPLY_OK) {
		finish_reply(write, reply);
		return;
	}
	g_variant_get(body, "(b)", &took);
	if (took)
		apps_read_new(write->app, &write->ref, 0, on_read, write, &write->read);
	else
		finish(write, BRAIN_RESULT_FAILED, _("This field takes no text now"));
}

int
apps_write_new(struct a11y_app *app, const struct a11y_ref *ref, const char *text,
	       apps_press_done done, void *data, struct apps_write **out)
{
	struct apps_write *write = g_new0(struct apps_write, 1);

	write->app = a11y_app_ref(app);
	write->group = a11y_group_new(app);
	write->ref = a11y_ref_copy(ref);
	write->done = done;
	write->data = data;
	*out = write;
	app->way = N_("By its text");
	a11y_set_text(write->group, &write->ref, text, on_written, write);
	return 0;
}

struct apps_write *
apps_write_free(struct apps_write *write)
{
	if (!write)
		return NULL;
	apps_read_free(write->read);
	a11y_group_end(write->group);
	a11y_ref_clear(&write->ref);
	a11y_app_unref(write->app);
	g_free(write);
	return NULL;
}
