/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The settings of the buttons, and their file.
 * Called by daemon/button_live and ctl/buttons.
 * Owns nothing.
 */
#include "common/button_settings.h"

#include <errno.h>
#include <string.h>

#include "common/i18n.h"
#include "common/name_table.h"
#include "common/suggest.h"

#define GROUP "buttons"
/* Two lines; a megabyte is the least that group_file_read() knows. */
#define SIZE_MAX_BYTES ((size_t)1024 * 1024)

/* Issue 7: 1.5 s unless the user wants another, from 0.3 to 5 s. */
#define WINDOW_S     1.5
#define WINDOW_MIN_S 0.3
#define WINDOW_MAX_S 5.0
#define S_TO_US      1e6

enum setting {
	SETTING_WINDOW,
	SETTING_CONFIRM,
	SETTING_APPS,
};

static const struct {
	const char *name;
	const char *help;
} rows[] = {
    [SETTING_WINDOW] = {"window",
			N_("seconds within which the second press has to come, 0.3 to 5")},
    [SETTING_CONFIRM] =
	{"confirm", N_("profile: as many presses as the profile says; double: two of everything")},
    [SETTING_APPS] = {"apps",
		      N_("on: apps may offer buttons for their own windows while they run; off: "
			 "they may not")},
};

/* What confirm may be; the index is whether everything takes two presses. */
static const char *const confirm_words[] = {"profile", "double"};
/* What apps may be; the index is whether what they offer does not count. */
static const char *const apps_words[] = {"on", "off"};

void
button_settings_init(struct button_settings *settings)
{
	*settings =
	    (struct button_settings){.window = usec_from_us((uint64_t)(WINDOW_S * S_TO_US))};
}

size_t
button_settings_count(void)
{
	return G_N_ELEMENTS(rows);
}

const char *
button_settings_name(size_t index)
{
	return rows[index].name;
}

const char *
button_settings_help(size_t index)
{
	return rows[index].help;
}

static bool
find(const char *name, enum setting *out)
{
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		if (strcmp(rows[i].name, name) == 0) {
			*out = (enum setting)i;
			return true;
		}
	}
	return false;
}

const char *
button_settings_word(const char *name, size_t index)
{
	enum setting setting;

	if (!find(name, &setting))
		return NULL;
	switch (setting) {
	case SETTING_WINDOW:
		return NULL;
	case SETTING_CONFIRM:
		return index < G_N_ELEMENTS(confirm_words) ? confirm_words[index] : NULL;
	case SETTING_APPS:
		return index < G_N_ELEMENTS(apps_words) ? apps_words[index] : NULL;
	}
	return NULL;
}

char *
button_settings_get(const struct button_settings *settings, const char *name)
{
	char number[G_ASCII_DTOSTR_BUF_SIZE];
	enum setting setting;

	if (!find(name, &setting))
		return NULL;
	switch (setting) {
	case SETTING_WINDOW:
		return g_strdup(g_ascii_formatd(number, sizeof(number), "%g",
						(double)settings->window.us / S_TO_US));
	case SETTING_CONFIRM:
		return g_strdup(confirm_words[settings->always]);
	case SETTING_APPS:
		return g_strdup(apps_words[settings->no_offers]);
	}
	return NULL;
}

static bool
set_window(struct button_settings *settings, const char *value, char **reason)
{
	char *end;
	double seconds = g_ascii_strtod(value, &end);

	if (end == value || *end != '\0' || !(seconds >= WINDOW_MIN_S && seconds <= WINDOW_MAX_S)) {
		*reason = g_strdup(_("window is a number of seconds from 0.3 to 5, as in 1.5"));
		return false;
	}
	settings->window = usec_from_us((uint64_t)(seconds * S_TO_US + 0.5));
	return true;
}

static bool
set_confirm(struct button_settings *settings, const char *value, char **reason)
{
	size_t index;

	if (!name_table_find(confirm_words, G_N_ELEMENTS(confirm_words), value, &index)) {
		*reason = g_strdup(_("confirm is profile or double"));
		return false;
	}
	settings->always = index == 1;
	return true;
}

static bool
set_apps(struct button_settings *settings, const char *value, char **reason)
{
	size_t index;

	if (!name_table_find(apps_words, G_N_ELEMENTS(apps_words), value, &index)) {
		*reason = g_strdup(_("apps is on or off"));
		return false;
	}
	settings->no_offers = index == 1;
	return true;
}

static bool
set(struct button_settings *settings, enum setting setting, const char *value, char **reason)
{
	switch (setting) {
	case SETTING_WINDOW:
		return set_window(settings, value, reason);
	case SETTING_CONFIRM:
		return set_confirm(settings, value, reason);
	case SETTING_APPS:
		return set_apps(settings, value, reason);
	}
	return false;
}

bool
button_settings_set(struct button_settings *settings, const char *name, const char *value,
		    char **reason)
{
	const char *names[G_N_ELEMENTS(rows)];
	enum setting setting;
	const char *near;

	if (find(name, &setting))
		return set(settings, setting, value, reason);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		names[i] = rows[i].name;
	near = suggest(name, names, G_N_ELEMENTS(names));
	*reason = near ? g_strdup_printf(_("unknown setting '%s', did you mean '%s'"), name, near)
		       : g_strdup_printf(_("unknown setting '%s'"), name);
	return false;
}

/* --- the file --- */

char *
button_settings_path(void)
{
	return g_build_filename(g_get_user_config_dir(), "sidetouch/buttons.conf", NULL);
}

static void
on_group(void *data, struct group_file *file, const char *name)
{
	(void)data;
	if (name && strcmp(name, GROUP) != 0)
		group_file_report(file, file->line, _("unknown group [%s], write [%s]"), name,
				  GROUP);
}

static void
on_key(void *data, struct group_file *file, char *key, const char *value)
{
	g_autofree char *reason = NULL;

	if (group_file_first_time(file, _("the setting"), key, key) &&
	    !button_settings_set(data, key, value, &reason))
		group_file_report(file, file->line, "%s", reason);
}

void
button_settings_load(const char *path, struct button_settings *settings,
		     group_file_problem_fn *problem, void *data)
{
	static const struct group_file_events events = {.group = on_group, .key = on_key};
	g_autofree char *text = NULL, *reason = NULL, *sentence = NULL;
	size_t size;
	int error =
	    group_file_read(path, "file of settings", SIZE_MAX_BYTES, &text, &size, &reason);

	button_settings_init(settings);
	if (error == -ENOENT)
		return;
	if (error == 0) {
		group_file_parse(path, text, size, &events, settings, problem, data);
		return;
	}
	sentence = g_strdup_printf("%s %s", path, reason);
	problem(data, sentence);
}

char *
button_settings_change(const char *text, const char *name, const char *value)
{
	g_autoptr(GKeyFile) file = g_key_file_new();

	/* A file with a mistake in it is begun anew: what it said did not hold. */
	g_key_file_load_from_data(file, text, strlen(text), G_KEY_FILE_KEEP_COMMENTS, NULL);
	g_key_file_set_value(file, GROUP, name, value);
	return g_key_file_to_data(file, NULL, NULL);
}
