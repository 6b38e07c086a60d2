/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The rules of all overlay and quirk files, and which of them a device meets.
 * Called by the driver; common/device_parse reads each file.
 * Owns the rules.
 */
#include "common/device_file.h"

#include <string.h>

#include "common/device_private.h"

/* A file for one device is under 1 kB; 1 MB is none. */
#define FILE_SIZE_MAX ((size_t)1024 * 1024)

struct device_rules {
	GPtrArray *list; /* of struct device_rule, the weakest first */
};

struct device_rules *
device_rules_new(void)
{
	struct device_rules *rules = g_new0(struct device_rules, 1);

	rules->list = g_ptr_array_new_with_free_func(device_rule_free);
	return rules;
}

struct device_rules *
device_rules_free(struct device_rules *rules)
{
	if (rules)
		g_ptr_array_unref(rules->list);
	g_free(rules);
	return NULL;
}

bool
device_rules_add_text(struct device_rules *rules, enum device_file_kind kind, const char *name,
		      const char *text, size_t size, group_file_problem_fn *problem, void *data)
{
	return device_parse(kind, name, text, size, rules->list, problem, data);
}

/* The files of one folder by name, over those of the folders before. */
static void
list_files(const char *folder, const char *suffix, GTree *files, group_file_problem_fn *problem,
	   void *data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GDir) directory = g_dir_open(folder, 0, &error);
	const char *name;

	if (!directory) {
		g_autofree char *sentence = g_strdup_printf("%s: %s", folder, error->message);

		if (!g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
			problem(data, sentence);
		return;
	}
	while ((name = g_dir_read_name(directory))) {
		if (g_str_has_suffix(name, suffix) && name[0] != '.')
			g_tree_replace(files, g_strdup(name), g_build_filename(folder, name, NULL));
	}
}

bool
device_rules_add_file(struct device_rules *rules, enum device_file_kind kind, const char *path,
		      group_file_problem_fn *problem, void *data)
{
	const char *noun = kind == DEVICE_FILE_QUIRK ? "file of quirks" : "overlay's file";
	g_autofree char *text = NULL, *reason = NULL;
	size_t size;

	if (group_file_read(path, noun, FILE_SIZE_MAX, &text, &size, &reason) < 0) {
		g_autofree char *sentence = g_strdup_printf("%s: %s", path, reason);

		problem(data, sentence);
		return false;
	}
	return device_rules_add_text(rules, kind, path, text, size, problem, data);
}

struct reading {
	struct device_rules *rules;
	enum device_file_kind kind;
	group_file_problem_fn *problem;
	void *data;
};

static gboolean
read_file(void *name, void *path, void *data)
{
	struct reading *reading = data;

	(void)name;
	(void)device_rules_add_file(reading->rules, reading->kind, path, reading->problem,
				    reading->data);
	return FALSE; /* go on */
}

static int
compare_names(const void *a, const void *b, void *data)
{
	(void)data;
	return strcmp(a, b);
}

void
device_rules_load(struct device_rules *rules, const char *const *directories,
		  group_file_problem_fn *problem, void *data)
{
	static const struct {
		enum device_file_kind kind;
		const char *folder, *suffix;
	} kinds[] = {
	    {DEVICE_FILE_OVERLAY, "overlays.d", ".overlay"},
	    {DEVICE_FILE_QUIRK, "quirks.d", ".quirk"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
		GTree *files = g_tree_new_full(compare_names, NULL, g_free, g_free);
		struct reading reading = {rules, kinds[i].kind, problem, data};

		for (const char *const *directory = directories; *directory; directory++) {
			g_autofree char *folder =
			    g_build_filename(*directory, kinds[i].folder, NULL);

			list_files(folder, kinds[i].suffix, files, problem, data);
		}
		g_tree_foreach(files, read_file, &reading);
		g_tree_unref(files);
	}
}

static bool
matches(const struct device_match *match, const struct device_id *id)
{
	return (!match->has_vendor || match->vendor == id->vendor) &&
	       (!match->has_product || match->product == id->product) &&
	       (!match->name || g_pattern_match_simple(match->name, id->name));
}

const struct device_overlay *
device_rules_find_overlay(const struct device_rules *rules, enum device_overlay_kind kind,
			  const struct device_id *id)
{
	for (guint i = rules->list->len; i > 0; i--) {
		const struct device_rule *rule = g_ptr_array_index(rules->list, i - 1);

		if (rule->kind == DEVICE_FILE_OVERLAY && rule->overlay.kind == kind &&
		    matches(&rule->match, id))
			return &rule->overlay;
	}
	return NULL;
}

struct device_quirks
device_rules_find_quirks(const struct device_rules *rules, const struct device_id *id)
{
	struct device_quirks found = {0};

	for (guint i = 0; i < rules->list->len; i++) {
		const struct device_rule *rule = g_ptr_array_index(rules->list, i);
		const struct device_quirks *quirks = &rule->quirks;

		if (rule->kind != DEVICE_FILE_QUIRK || !matches(&rule->match, id))
			continue;
		if (quirks->has_ignore)
			found.ignore = quirks->ignore;
		if (quirks->has_ignore_major)
			found.ignore_major = quirks->ignore_major;
		if (quirks->major_scale > 0)
			found.major_scale = quirks->major_scale;
		if (quirks->width_mm > 0) {
			found.width_mm = quirks->width_mm;
			found.height_mm = quirks->height_mm;
		}
	}
	return found;
}

bool
device_rules_has_keys(const struct device_rules *rules)
{
	for (guint i = 0; i < rules->list->len; i++) {
		const struct device_rule *rule = g_ptr_array_index(rules->list, i);

		if (rule->kind == DEVICE_FILE_OVERLAY && rule->overlay.kind == DEVICE_OVERLAY_KEYS)
			return true;
	}
	return false;
}
