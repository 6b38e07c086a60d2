/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Programs that are started outside of our own service: with its limits, and killed whenever it is
 * started anew, an app of the user's could not be used. The user's systemd starts them instead.
 * Called by what runs programs and launches apps.
 */
#ifndef SIDETOUCH_DEED_OUTSIDE_H
#define SIDETOUCH_DEED_OUTSIDE_H

#include <stdbool.h>

/* Whether we are a service of systemd's, and it can be asked. */
bool deed_outside_is_there(void);

/*
 * The words of a program that has these started: with wait, it ends as they end; else once they
 * have begun. folder: where they begin. app: the id of an app whose own they are, or NULL.
 * NULL-terminated, to be freed with g_strfreev(); as they are when we are no service.
 */
char **deed_outside(char *const *words, const char *folder, const char *app, bool wait);

#endif
