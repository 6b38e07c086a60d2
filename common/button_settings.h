/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the user wants of the buttons: how long a second press may be in coming, whether everything
 * takes two; by name, as ~/.config/sidetouch/buttons.conf and sidetouchctl buttons write it.
 * Called by the daemon and sidetouchctl.
 * A struct button_settings is a plain value.
 */
#ifndef SIDETOUCH_BUTTON_SETTINGS_H
#define SIDETOUCH_BUTTON_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "common/group_file.h"
#include "common/units.h"

struct button_settings {
	struct usec window; /* from the announcement's end to the second press */
	bool always;        /* everything takes two presses */
	bool no_offers;     /* what apps offer while they run does not count */
};

/* What holds when nobody has chosen. */
void button_settings_init(struct button_settings *settings);

size_t button_settings_count(void);
const char *button_settings_name(size_t index);
const char *button_settings_help(size_t index);

/* The words that a setting may be, one by one; NULL past the last, and for a number. */
const char *button_settings_word(const char *name, size_t index);

/* The value as it is written, allocated; NULL for an unknown name. */
char *button_settings_get(const struct button_settings *settings, const char *name);
/* False with *reason, allocated, when the name or the value is wrong. */
bool button_settings_set(struct button_settings *settings, const char *name, const char *value,
			 char **reason);

/* ~/.config/sidetouch/buttons.conf. Allocated. */
char *button_settings_path(void);
/* What the file says; no file is no problem. Each problem is told, and that line left out. */
void button_settings_load(const char *path, struct button_settings *settings,
			  group_file_problem_fn *problem, void *data);
/* The file's text with one setting changed, comments and order kept. Allocated. */
char *button_settings_change(const char *text, const char *name, const char *value);

#endif
