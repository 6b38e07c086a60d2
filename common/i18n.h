/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Our own sentences in the user's language: gettext, domain "sidetouch", translations in po/.
 * Whoever writes a sentence that is said or shown marks it; the programs' main functions bind the
 * domain. Owns nothing.
 */
#ifndef SIDETOUCH_I18N_H
#define SIDETOUCH_I18N_H

#include <libintl.h>

#define I18N_DOMAIN "sidetouch"

/* The translation, or the text itself. Never freed. */
#define _(text) dgettext(I18N_DOMAIN, text)
/* Marks a text in a constant table; whoever uses it calls _() on it. */
#define N_(text) (text)

#endif
