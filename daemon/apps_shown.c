/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whether a field shows something else than what is in it: the first letter and the first word that
 * it draws.
 * Called by reading and by the typing echo, which own the questions. Owns nothing.
 */
#include "daemon/apps_shown.h"

#include <string.h>

#include "daemon/apps_widget.h"

/* at-spi2-core's AtspiTextGranularity. */
enum { GRANULARITY_CHAR = 0, GRANULARITY_WORD = 1 };

static void
ask(struct a11y_group *group, const struct a11y_ref *ref, guint32 granularity, a11y_done done,
    void *data)
{
	a11y_call(group, ref, A11Y_IF_TEXT, "GetStringAtOffset",
		  g_variant_new("(iu)", 0, granularity), "(sii)", done, data);
}

void
apps_shown_ask(struct a11y_group *group, const struct a11y_ref *ref, a11y_done letter,
	       a11y_done word, void *data)
{
	ask(group, ref, GRANULARITY_CHAR, letter, data);
	ask(group, ref, GRANULARITY_WORD, word, data);
}

void
apps_shown_letter(struct apps_shown *shown, enum a11y_reply reply, GVariant *body)
{
	const char *text = NULL;

	shown->nothing = false;
	if (reply != A11Y_REPLY_OK)
		return;
	g_variant_get(body, "(&sii)", &text, NULL, NULL);
	shown->nothing = text[0] == '\0';
}

void
apps_shown_word(struct apps_shown *shown, enum a11y_reply reply, GVariant *body)
{
	const char *text = NULL;
	gint32 start = 0, end = 0;

	shown->bullets = 0;
	if (reply != A11Y_REPLY_OK)
		return;
	g_variant_get(body, "(&sii)", &text, &start, &end);
	if (start == 0 && apps_widget_is_bullets(text))
		shown->bullets = end;
	shown->asterisks = text[strspn(text, "*")] == '\0';
}

bool
apps_shown_hides(const struct apps_shown *shown, int32_t length)
{
	if (length <= 0)
		return false;
	/* All of it, so that a list is read whose first line begins with a bullet; after bullets
	 * the letter that was typed last may be shown, too. */
	return shown->nothing ||
	       (shown->bullets > 0 && shown->bullets >= length - (shown->asterisks ? 0 : 1));
}
