/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whether what an app shows may be what somebody has written to the user: mail, chat, messages.
 * Called by the daemon's main object for what a reading command has read.
 * Owns nothing: pure but for the desktop's files.
 */
#ifndef SIDETOUCH_MESSAGE_APP_H
#define SIDETOUCH_MESSAGE_APP_H

#include <stdbool.h>

/* By the categories of its desktop file; false when it has none. */
bool message_app_is(const char *app_id);
/* Whether the words of a widget are those of something to be pressed or filled in, and no text: by
 * the role that they end with, which no name can take the place of. */
bool message_app_is_control(const char *words);

#endif
