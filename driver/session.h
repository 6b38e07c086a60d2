/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whose daemon may listen: the user of the seat's active session, or users named on the command
 * line, for kiosks without logind.
 * Used by driver/driver, which asks at each connection and is told when the answer may have
 * changed.
 * Owns logind's monitor and the source that watches it.
 */
#ifndef SIDETOUCH_SESSION_H
#define SIDETOUCH_SESSION_H

#include <glib.h>
#include <stdbool.h>
#include <sys/types.h>

struct session;

/*
 * users: NULL, or names and numbers that end with NULL; when given, logind is not asked. The error
 * (domain G_OPTION_ERROR) is a sentence that names the unknown user. changed may be NULL.
 */
struct session *session_new(const char *seat, const char *const *users, void (*changed)(void *data),
			    void *data, GError **error);
struct session *session_free(struct session *session);

bool session_is_authorised(const struct session *session, uid_t uid);

#endif
