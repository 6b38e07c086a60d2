/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the files that parse commands share.
 * Included by common/command_parse*.c only.
 * Owns nothing.
 */
#ifndef SIDETOUCH_COMMAND_PARSE_H
#define SIDETOUCH_COMMAND_PARSE_H

#include <stddef.h>

#include "common/command.h"

bool command_parse_is_blank(char c);
const char *command_parse_skip(const char *cursor);
/* Up to the next blank, and a word or a quoted text; allocated. */
char *command_parse_word(const char **cursor);
char *command_parse_value(const char **cursor, char **reason);
/* "unknown kind 'lnik', did you mean 'link'". */
char *command_parse_unknown(const char *what, const char *word, const char *const *candidates,
			    size_t count);

/* The arguments of what reaches beyond the widgets in front. False: *reason says why not. */
bool command_parse_beyond(struct command *command, const char **cursor, char **reason);

#endif
