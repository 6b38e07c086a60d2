/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One call to the running daemon.
 * Called by the subcommands that ask it something.
 * Owns nothing after it returns.
 */
#ifndef SIDETOUCH_DAEMON_CALL_H
#define SIDETOUCH_DAEMON_CALL_H

#include <glib.h>

/*
 * The answer (owned by the caller), or NULL with an error whose message says what to do. arguments
 * may be NULL, and is taken when floating.
 */
GVariant *daemon_call(const char *method, GVariant *arguments, const char *answer_type,
		      GError **error);

#endif
