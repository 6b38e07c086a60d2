/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Profiles while the daemon runs. A change is read beside what counts, on a thread, since thousands
 * of files take longer than a press may wait. It counts when nothing in it is wrong that was not
 * wrong before; else all stays as it was, and the user is told which file and line it is.
 * Called by the daemon's main object.
 */
#define G_LOG_DOMAIN "sidetouchd"
#include "daemon/profile_live.h"

#include <gio/gio.h>
#include <string.h>

#include "common/i18n.h"
#include "daemon/folder_watch.h"

/* Wrong profiles are said one by one up to here; the status has them all. */
#define SAID_MAX 3

struct loaded {
	struct profile_set *set;
	GPtrArray *problems; /* char * */
};

struct profile_live {
	struct profile_live_events events;
	void *data;
	const GArray *folders;
	struct problems *problems;
	struct loaded *now;
	struct loaded *next; /* in order, and waits for the buttons; NULL: nothing */
	GPtrArray
	    *refused; /* what was wrong with the change that was refused last; NULL: nothing */
	GCancellable *reading;
	bool again; /* something changed while it was being read */
	struct folder_watch *watch;
	struct folder_watch *installed; /* of Flatpak's apps */
};

static void
collect(void *data, const char *problem)
{
	g_ptr_array_add(data, g_strdup(problem));
}

static struct loaded *
load(const GArray *folders)
{
	struct loaded *loaded = g_new0(struct loaded, 1);

	loaded->problems = g_ptr_array_new_with_free_func(g_free);
	loaded->set =
	    folders ? profile_folders_load(folders, collect, loaded->problems) : profile_set_new();
	return loaded;
}

static void
loaded_free(void *data)
{
	struct loaded *loaded = data;

	if (!loaded)
		return;
	profile_set_free(loaded->set);
	g_ptr_array_unref(loaded->problems);
	g_free(loaded);
}

/* In full to the status and the log. */
static void
keep(struct profile_live *live, const GPtrArray *problems)
{
	for (guint i = 0; i < problems->len; i++) {
		problems_add(live->problems, g_ptr_array_index(problems, i));
		g_warning("%s", (const char *)g_ptr_array_index(problems, i));
	}
}

static void
forget(struct profile_live *live, const GPtrArray *problems)
{
	for (guint i = 0; problems && i < problems->len; i++)
		problems_remove(live->problems, g_ptr_array_index(problems, i));
}

/* The first ones to the user. */
static void
tell(struct profile_live *live, const GPtrArray *problems)
{
	g_autofree char *more = NULL;

	for (guint i = 0; i < MIN(problems->len, SAID_MAX); i++)
		live->events.say(live->data, g_ptr_array_index(problems, i));
	if (problems->len <= SAID_MAX)
		return;
	more = g_strdup_printf(_("And %u more problems in profiles. Read them with: sidetouchctl "
				 "status"),
			       problems->len - SAID_MAX);
	live->events.say(live->data, more);
}

struct profile_live *
profile_live_new(const GArray *folders, struct problems *problems,
		 const struct profile_live_events *events, void *data)
{
	struct profile_live *live = g_new0(struct profile_live, 1);

	live->events = *events;
	live->data = data;
	live->folders = folders;
	live->problems = problems;
	live->now = load(folders);
	keep(live, live->now->problems);
	return live;
}

struct profile_live *
profile_live_free(struct profile_live *live)
{
	if (!live)
		return NULL;
	if (live->reading)
		g_cancellable_cancel(live->reading);
	g_clear_object(&live->reading);
	folder_watch_free(live->watch);
	folder_watch_free(live->installed);
	loaded_free(live->now);
	loaded_free(live->next);
	g_clear_pointer(&live->refused, g_ptr_array_unref);
	g_free(live);
	return NULL;
}

const struct profile_set *
profile_live_set(const struct profile_live *live)
{
	return live->now->set;
}

/* What is wrong in the one and was not in the other. */
static GPtrArray *
news(const GPtrArray *problems, const GPtrArray *before)
{
	GPtrArray *list = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; i < problems->len; i++) {
		char *problem = g_ptr_array_index(problems, i);

		if (!g_ptr_array_find_with_equal_func((GPtrArray *)before, problem, g_str_equal,
						      NULL))
			g_ptr_array_add(list, g_strdup(problem));
	}
	return list;
}

static bool
is_same(const GPtrArray *a, const GPtrArray *b)
{
	for (guint i = 0; i < MIN(a->len, b->len); i++) {
		if (strcmp(g_ptr_array_index(a, i), g_ptr_array_index(b, i)) != 0)
			return false;
	}
	return a->len == b->len;
}

/* Said once: a file that is wrong may be saved as it is more than once. */
static void
refuse(struct profile_live *live, GPtrArray *problems)
{
	if (live->refused && is_same(live->refused, problems))
		return;
	forget(live, live->refused);
	g_clear_pointer(&live->refused, g_ptr_array_unref);
	live->refused = g_ptr_array_ref(problems);
	keep(live, problems);
	tell(live, problems);
	live->events.say(live->data, _("The buttons stay as they were until that is right"));
}

static void
take(struct profile_live *live, struct loaded *loaded)
{
	g_autoptr(GPtrArray) problems = news(loaded->problems, live->now->problems);

	loaded_free(live->next);
	live->next = NULL;
	if (problems->len > 0) {
		refuse(live, problems);
		loaded_free(loaded);
		return;
	}
	forget(live, live->refused);
	g_clear_pointer(&live->refused, g_ptr_array_unref);
	live->next = loaded;
	profile_live_idle(live);
}

void
profile_live_idle(struct profile_live *live)
{
	struct loaded *before = live->now;

	if (!live->next || live->events.busy(live->data))
		return;
	live->now = live->next;
	live->next = NULL;
	forget(live, before->problems);
	for (guint i = 0; i < live->now->problems->len; i++)
		problems_add(live->problems, g_ptr_array_index(live->now->problems, i));
	live->events.changed(live->data, live->now->set);
	loaded_free(before);
}

static void
read_on_thread(GTask *task, void *source, void *folders, GCancellable *cancellable)
{
	(void)source;
	(void)cancellable;
	g_task_return_pointer(task, load(folders), loaded_free);
}

static void read_again(struct profile_live *live);

static void
on_read(GObject *source, GAsyncResult *result, void *data)
{
	struct profile_live *live = data;
	g_autoptr(GError) error = NULL;
	/* With an error the one that it is told to may be gone. */
	struct loaded *loaded = g_task_propagate_pointer(G_TASK(result), &error);

	(void)source;
	if (error)
		return;
	g_clear_object(&live->reading);
	take(live, loaded);
	if (live->again)
		read_again(live);
}

static void
read_again(struct profile_live *live)
{
	g_autoptr(GTask) task = NULL;

	live->again = live->reading != NULL;
	if (live->again)
		return;
	live->reading = g_cancellable_new();
	task = g_task_new(NULL, live->reading, on_read, live);
	g_task_set_task_data(task, g_array_ref((GArray *)live->folders),
			     (GDestroyNotify)g_array_unref);
	g_task_run_in_thread(task, read_on_thread);
}

static void
on_changed(void *data)
{
	read_again(data);
}

void
profile_live_start(struct profile_live *live)
{
	g_autoptr(GPtrArray) paths = g_ptr_array_new();
	g_autoptr(GPtrArray) installations = g_ptr_array_new_with_free_func(g_free);

	tell(live, live->now->problems);
	if (!live->folders)
		return;
	for (guint i = 0; i < live->folders->len; i++) {
		char *path = g_array_index(live->folders, struct profile_folder, i).path;

		if (profile_folders_has_apps(path))
			g_ptr_array_add(installations, g_path_get_dirname(path));
		else
			g_ptr_array_add(paths, path);
	}
	g_ptr_array_add(paths, NULL);
	g_ptr_array_add(installations, NULL);
	live->watch =
	    folder_watch_new((const char *const *)paths->pdata, ".profile", on_changed, live);
	live->installed = folder_watch_new((const char *const *)installations->pdata, ".changed",
					   on_changed, live);
	if (!live->watch || !live->installed)
		live->events.say(live->data,
				 _("Changes to profiles count only when Sidetouch is started "
				   "again, since too many files are watched already"));
}
