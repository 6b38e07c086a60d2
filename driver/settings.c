/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reads the driver's settings.
 * Called by main() at the start.
 * Owns nothing.
 */
#include "driver/settings.h"

#include <string.h>

#include "common/group_file.h"
#include "common/key_code.h"

/* Larger than any settings; a file of another kind is told by its size. */
#define FILE_SIZE_MAX (1u << 20)

static const struct settings as_shipped = {.buzz = true, .escape = true};

enum group {
	GROUP_NONE,
	GROUP_UNKNOWN, /* its keys are not looked at: the header was reported */
	GROUP_DRIVER,
};

struct parser {
	struct settings settings;
	enum group group;
	unsigned ear_keys_line, ear_device_line; /* 0: not there */
};

static void
take_yes_no(struct group_file *file, const char *key, const char *value, bool *out)
{
	if (strcmp(value, "yes") == 0 || strcmp(value, "no") == 0)
		*out = value[0] == 'y';
	else
		group_file_report(file, file->line, "%s is yes or no, not '%s'", key, value);
}

/* VOLUMEUP, or VOLUMEUP+VOLUMEDOWN. */
static void
take_ear_keys(struct parser *parser, struct group_file *file, const char *value)
{
	g_auto(GStrv) names = g_strsplit(value, "+", 0);
	guint count = g_strv_length(names);

	parser->ear_keys_line = file->line;
	if (count == 0 || count > G_N_ELEMENTS(parser->settings.ear_keys)) {
		group_file_report(file, file->line,
				  "EarKeys is one key, or two with a + between "
				  "them");
		return;
	}
	for (guint i = 0; i < count; i++)
		(void)key_code_take(file, g_strstrip(names[i]), &parser->settings.ear_keys[i]);
	if (count == 2 && parser->settings.ear_keys[0] == parser->settings.ear_keys[1])
		group_file_report(file, file->line, "EarKeys names the same key twice");
}

/* One that fits every device would open every keyboard. */
static void
take_ear_device(struct parser *parser, struct group_file *file, const char *value)
{
	parser->ear_device_line = file->line;
	if (strspn(value, "*?") == strlen(value))
		group_file_report(file, file->line,
				  "EarDevice is the name of one device, as "
				  "/proc/bus/input/devices shows it");
	else
		parser->settings.ear_device = g_strdup(value);
}

static void
on_end(void *data, struct group_file *file)
{
	struct parser *parser = data;

	if (parser->ear_keys_line != 0 && parser->ear_device_line == 0)
		group_file_report(file, parser->ear_keys_line,
				  "EarKeys needs EarDevice, the name of the device that has them");
	if (parser->ear_device_line != 0 && parser->ear_keys_line == 0)
		group_file_report(
		    file, parser->ear_device_line,
		    "EarDevice needs EarKeys, for example EarKeys=VOLUMEUP+VOLUMEDOWN");
}

static void
on_group(void *data, struct group_file *file, const char *name)
{
	struct parser *parser = data;

	parser->group = GROUP_UNKNOWN;
	if (name && strcmp(name, "Driver") == 0)
		parser->group = GROUP_DRIVER;
	else if (name)
		group_file_report(file, file->line, "there is no group [%s] here, only [Driver]",
				  name);
}

static void
on_key(void *data, struct group_file *file, char *key, const char *value)
{
	struct parser *parser = data;
	static const char *const keys[] = {"Escape", "Buzz", "EarDevice", "EarKeys", NULL};

	if (parser->group == GROUP_NONE)
		group_file_report(file, file->line, "write [Driver] before the first value");
	if (parser->group != GROUP_DRIVER)
		return;
	if (!g_strv_contains(keys, key))
		group_file_report_unknown(file, "key", key, keys, G_N_ELEMENTS(keys) - 1);
	else if (!group_file_first_time(file, "the key", key, key))
		return;
	else if (strcmp(key, "Escape") == 0)
		take_yes_no(file, key, value, &parser->settings.escape);
	else if (strcmp(key, "Buzz") == 0)
		take_yes_no(file, key, value, &parser->settings.buzz);
	else if (strcmp(key, "EarDevice") == 0)
		take_ear_device(parser, file, value);
	else
		take_ear_keys(parser, file, value);
}

void
settings_clear(struct settings *settings)
{
	g_free(settings->ear_device);
	*settings = as_shipped;
}

bool
settings_read(const char *path, struct settings *out, GError **error)
{
	static const struct group_file_events events = {on_group, on_key, on_end};
	struct parser parser = {.settings = as_shipped};
	g_autoptr(GError) wrong = NULL;

	*out = as_shipped;
	if (group_file_load(path, "file of settings", FILE_SIZE_MAX, &events, &parser, &wrong)) {
		*out = parser.settings;
		return true;
	}
	settings_clear(&parser.settings);
	if (g_error_matches(wrong, G_FILE_ERROR, G_FILE_ERROR_NOENT))
		return true;
	g_propagate_error(error, g_steal_pointer(&wrong));
	return false;
}
