/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is wrong with a command line, and where help is. Called by the subcommands when they have
 * parsed theirs. Owns nothing.
 */
#include "ctl/usage.h"

#include <stdarg.h>
#include <stdio.h>

#include "common/i18n.h"

bool
usage_wrong(const char *format, ...)
{
	g_autofree char *what = NULL;
	va_list arguments;

	va_start(arguments, format);
	what = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	fprintf(stderr, "%s: %s\n", g_get_prgname(), what);
	fprintf(stderr, _("Try '%s --help'.\n"), g_get_prgname());
	return false;
}

bool
usage_unexpected(const char *word)
{
	return usage_wrong(_("unexpected '%s'"), word);
}
