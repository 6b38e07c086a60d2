/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Launching an app by its id, as the desktop's own menu does (GDesktopAppInfo).
 * Called by daemon/deeds. Files are read on a thread: a home may lie on a slow disk.
 * Owns nothing; the app goes on when Sidetouch ends.
 */
#include "daemon/deeds_private.h"

#include <gio/gdesktopappinfo.h>

#include "common/cleanup.h"
#include "common/i18n.h"

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
	} else {
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
