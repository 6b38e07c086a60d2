/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Launching an app by its id, as the desktop's own menu does (GDesktopAppInfo).
 * Called by daemon/deeds. Files are read on a thread: a home may lie on a slow disk.
 * Owns nothing; the app goes on when Sidetouch ends.
 */
#include "daemon/deeds_private.h"

#include <gio/gdesktopappinfo.h>
#include <string.h>

#include "common/cleanup.h"
#include "common/i18n.h"
#include "daemon/deed_outside.h"

static void
on_launched(GObject *source, GAsyncResult *result, void *data)
{
	g_autoptr(GError) error = NULL;
	bool launched = g_app_info_launch_uris_finish(G_APP_INFO(source), result, &error);
	struct deed *deed = deed_answered(data);
	g_autofree char *sentence = NULL;

	if (!deed)
		return;
	if (launched) {
		deed_finish(deed, BRAIN_RESULT_DONE, NULL);
		return;
	}
	sentence = g_strdup_printf(_("%s cannot be started: %s"),
				   g_app_info_get_display_name(G_APP_INFO(source)), error->message);
	deed_finish(deed, BRAIN_RESULT_FAILED, sentence);
}

/* --- by the user's systemd --- */

static void
finish_started(struct deed *deed, bool started)
{
	g_autofree char *sentence = NULL;

	if (!started)
		sentence = g_strdup_printf(_("The app %s cannot be started"), deed->command->value);
	deed_finish(deed, started ? BRAIN_RESULT_DONE : BRAIN_RESULT_FAILED, sentence);
}

static void
on_started(GObject *source, GAsyncResult *result, void *data)
{
	bool started = g_subprocess_wait_check_finish(G_SUBPROCESS(source), result, NULL);
	struct deed *deed = deed_answered(data);

	if (deed)
		finish_started(deed, started);
}

/* The words of its Exec without the places for files: it is given none. NULL: they are none. */
static char **
words_of(GAppInfo *app)
{
	g_auto(GStrv) words = NULL;
	g_autoptr(GPtrArray) kept = g_ptr_array_new();
	const char *line = g_app_info_get_commandline(app);

	if (!line || !g_shell_parse_argv(line, NULL, &words, NULL))
		return NULL;
	for (char **word = words; *word; word++) {
		/* Desktop Entry Specification: %f, %U ... are words of their own, %% is a sign. */
		if ((*word)[0] != '%' || strlen(*word) != 2)
			g_ptr_array_add(kept, g_strdup(*word));
	}
	g_ptr_array_add(kept, NULL);
	return (char **)g_ptr_array_free(g_steal_pointer(&kept), FALSE);
}

/* False: the desktop's own way is the right one. */
static bool
start_outside(struct deed *deed, GAppInfo *app)
{
	GDesktopAppInfo *desktop = G_DESKTOP_APP_INFO(app);
	g_autofree char *folder = g_desktop_app_info_get_string(desktop, "Path");
	g_auto(GStrv) own = words_of(app);
	g_auto(GStrv) words = NULL;
	g_autoptr(GSubprocess) program = NULL;

	if (!own || !own[0] || !deed_outside_is_there() ||
	    g_desktop_app_info_get_boolean(desktop, "DBusActivatable") ||
	    g_desktop_app_info_get_boolean(desktop, "Terminal"))
		return false;
	words = deed_outside(own, folder && folder[0] ? folder : g_get_home_dir(),
			     deed->command->value, false);
	program = g_subprocess_newv(
	    (const char *const *)words,
	    G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL);
	if (program)
		g_subprocess_wait_check_async(program, deed->cancellable, on_started,
					      deed_ref(deed));
	else
		finish_started(deed, false);
	return true;
}

static void
on_found(GObject *source, GAsyncResult *result, void *data)
{
	g_autoptr(GAppInfo) app = g_task_propagate_pointer(G_TASK(result), NULL);
	struct deed *deed = deed_answered(data);
	g_autofree char *sentence = NULL;

	(void)source;
	if (!deed)
		return;
	if (!app) {
		sentence = g_strdup_printf(_("There is no app %s"), deed->command->value);
		deed_finish(deed, BRAIN_RESULT_NOT_FOUND, sentence);
	} else if (deed->only_look) {
		deed_finish(deed, BRAIN_RESULT_DONE, g_app_info_get_display_name(app));
	} else if (!start_outside(deed, app)) {
		g_app_info_launch_uris_async(app, NULL, NULL, deed->cancellable, on_launched,
					     deed_ref(deed));
	}
}

static void
find(GTask *task, void *source, void *data, GCancellable *cancellable)
{
	GDesktopAppInfo *app = g_desktop_app_info_new(data);

	(void)source;
	(void)cancellable;
	g_task_return_pointer(task, app, g_object_unref);
}

void
deed_launch(struct deed *deed)
{
	g_autoptr(GTask) task = g_task_new(NULL, deed->cancellable, on_found, deed_ref(deed));

	g_task_set_task_data(task, g_strdup_printf("%s.desktop", deed->command->value), g_free);
	g_task_run_in_thread(task, find);
}
