/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * voice.conf: [voice] and one Key=value a line, as people write it. GFileMonitor tells when an
 * editor has saved it; what we wrote ourselves is told, too, and reads as what holds already.
 * Called by daemon/talk.
 */
#include "daemon/voice_file.h"

#include <errno.h>
#include <gio/gio.h>
#include <string.h>

#include "common/group_file.h"

#define GROUP "voice"
/* Eleven short lines; a megabyte is the least that group_file_read() knows. */
#define SIZE_MAX_BYTES (1024 * 1024)

struct voice_file {
	char *path;
	const struct voice_file_events *events;
	void *data;
	GFileMonitor *monitor;
};

static void
on_changed(GFileMonitor *monitor, GFile *file, GFile *other, GFileMonitorEvent event, void *data)
{
	struct voice_file *voice_file = data;

	(void)monitor, (void)file, (void)other;
	/* An editor renames a new file over the old one, or closes it after writing. */
	if (event == G_FILE_MONITOR_EVENT_CHANGES_DONE_HINT ||
	    event == G_FILE_MONITOR_EVENT_DELETED || event == G_FILE_MONITOR_EVENT_RENAMED ||
	    event == G_FILE_MONITOR_EVENT_MOVED_IN)
		voice_file->events->changed(voice_file->data);
}

struct voice_file *
voice_file_new(const char *path, const struct voice_file_events *events, void *data)
{
	struct voice_file *file = g_new0(struct voice_file, 1);
	g_autoptr(GFile) watched = g_file_new_for_path(path);
	g_autofree char *folder = g_path_get_dirname(path);

	file->path = g_strdup(path);
	file->events = events;
	file->data = data;
	/* In a folder that is not there GLib would look again every 4 s, for ever. */
	if (g_mkdir_with_parents(folder, 0700) == 0)
		file->monitor =
		    g_file_monitor_file(watched, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
	if (file->monitor)
		g_signal_connect(file->monitor, "changed", G_CALLBACK(on_changed), file);
	return file;
}

struct voice_file *
voice_file_free(struct voice_file *file)
{
	if (!file)
		return NULL;
	if (file->monitor)
		g_signal_handlers_disconnect_by_data(file->monitor, file);
	g_clear_object(&file->monitor);
	g_free(file->path);
	g_free(file);
	return NULL;
}

/* --- reading --- */

static void
on_group(void *data, struct group_file *file, const char *name)
{
	(void)data;
	if (name && strcmp(name, GROUP) != 0)
		group_file_report(file, file->line, "unknown group [%s], write [" GROUP "]", name);
}

static void
on_key(void *data, struct group_file *file, char *key, const char *value)
{
	g_autofree char *reason = NULL;

	if (!group_file_first_time(file, "setting", key, key))
		return;
	if (!voice_settings_set(data, key, value, &reason))
		group_file_report(file, file->line, "%s", reason);
}

void
voice_file_read(struct voice_file *file, struct voice_choice *choice)
{
	static const struct group_file_events events = {.group = on_group, .key = on_key};
	g_autofree char *text = NULL;
	g_autofree char *reason = NULL;
	size_t size;
	int error;

	voice_choice_init(choice);
	error = group_file_read(file->path, "file of the voice's settings", SIZE_MAX_BYTES, &text,
				&size, &reason);
	if (error == -ENOENT)
		return;
	if (error < 0)
		file->events->problem(file->data, reason);
	else
		group_file_parse(file->path, text, size, &events, choice, file->events->problem,
				 file->data);
}

/* --- writing --- */

int
voice_file_write(struct voice_file *file, const struct voice_choice *choice)
{
	g_autofree char *folder = g_path_get_dirname(file->path);
	g_autoptr(GString) text = g_string_new("[" GROUP "]\n");
	g_autoptr(GError) error = NULL;
	struct voice_choice usual;

	voice_choice_init(&usual);
	for (size_t i = 0; i < voice_settings_count(); i++) {
		const char *name = voice_settings_name(i);
		g_autofree char *value = voice_settings_get(choice, name);
		g_autofree char *usually = voice_settings_get(&usual, name);

		if (strcmp(value, usually) != 0)
			g_string_append_printf(text, "%s=%s\n", name, value);
	}
	if (g_mkdir_with_parents(folder, 0700) < 0)
		return -errno;
	/* Through a new file that is renamed: a full disk leaves the old one whole. */
	if (g_file_set_contents_full(file->path, text->str, (gssize)text->len,
				     G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
		return 0;
	switch ((GFileError)error->code) {
	case G_FILE_ERROR_NOSPC:
		return -ENOSPC;
	case G_FILE_ERROR_ACCES:
	case G_FILE_ERROR_PERM:
		return -EACCES;
	case G_FILE_ERROR_ROFS:
		return -EROFS;
	default:
		return -EIO;
	}
}
