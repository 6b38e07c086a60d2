/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which widget a command means: by role, name, description, id or place, or the one that has the
 * focus. Filled in by daemon/apps_run, asked by the searches. One that was copied owns its strings.
 */
#ifndef SIDETOUCH_APPS_WANTED_H
#define SIDETOUCH_APPS_WANTED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Of AtspiRole, those that one word of a profile may mean. */
#define APPS_WANTED_ROLES 8

/* Whether a role is one that is meant; of daemon/a11y_roles. */
typedef bool apps_wanted_role(uint32_t role);

struct apps_wanted {
	bool focused;       /* whatever says FOCUSED; nothing else counts */
	char *role;         /* NULL: any */
	char **names;       /* one of these, NULL-terminated; NULL: any; * and ? stand for others */
	bool any_case;      /* of names */
	char *description;  /* as a name; NULL: any */
	char *id;           /* exactly; NULL: any */
	char *path;         /* its place; NULL: any. Without a name it must have none, either */
	bool not_pressable; /* one without an action that presses it will do */
	apps_wanted_role *of_role; /* only one of these; NULL: any */
};

struct apps_wanted apps_wanted_copy(const struct apps_wanted *wanted);
void apps_wanted_clear(struct apps_wanted *wanted);

/* Whether this is what is looked for, as far as each of them says. name may be raw. */
bool apps_wanted_fits_name(const struct apps_wanted *wanted, const char *name);
bool apps_wanted_fits_description(const struct apps_wanted *wanted, const char *description);
struct a11y_node;
bool apps_wanted_fits_place(const struct apps_wanted *wanted, const struct a11y_node *node);

/* The numbers of the roles that are meant; 0: any. */
size_t apps_wanted_roles(const struct apps_wanted *wanted, uint32_t roles[APPS_WANTED_ROLES]);

#endif
