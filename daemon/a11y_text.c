/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The interface Text: what is in a text field, where its caret is. The contents are asked for, and
 * never taken from an event: GTK 4.8 tells there what is typed into a password.
 * Called by reading, by what writes and by the typing echo.
 * Owns nothing.
 */
#include "daemon/a11y_text.h"

/* A browser puts it in a text where a link or a picture is. */
#define EMBEDDED 0xfffc

void
a11y_get_text(struct a11y_group *group, const struct a11y_ref *ref, int32_t start, int32_t end,
	      a11y_done done, void *data)
{
	a11y_call(group, ref, A11Y_IF_TEXT, "GetText", g_variant_new("(ii)", start, end), "(s)",
		  done, data);
}

void
a11y_get_length(struct a11y_group *group, const struct a11y_ref *ref, a11y_done done, void *data)
{
	a11y_get(group, ref, A11Y_IF_TEXT, "CharacterCount", "i", done, data);
}

void
a11y_get_caret(struct a11y_group *group, const struct a11y_ref *ref, a11y_done done, void *data)
{
	a11y_get(group, ref, A11Y_IF_TEXT, "CaretOffset", "i", done, data);
}

void
a11y_get_selection(struct a11y_group *group, const struct a11y_ref *ref, a11y_done done, void *data)
{
	a11y_call(group, ref, A11Y_IF_TEXT, "GetSelection", g_variant_new("(i)", 0), "(ii)", done,
		  data);
}

void
a11y_set_text(struct a11y_group *group, const struct a11y_ref *ref, const char *text,
	      a11y_done done, void *data)
{
	a11y_call(group, ref, A11Y_IF_EDITABLE, "SetTextContents", g_variant_new("(s)", text),
		  "(b)", done, data);
}

char *
a11y_text_take(GVariant *body)
{
	g_autofree char *valid = NULL;
	GString *text = g_string_new(NULL);
	const char *raw;

	g_variant_get(body, "(&s)", &raw);
	valid = g_utf8_make_valid(raw, -1);
	for (const char *at = valid; *at; at = g_utf8_next_char(at)) {
		gunichar c = g_utf8_get_char(at);

		/* One for one, so that offsets stay what they are. */
		if (c == EMBEDDED || (g_unichar_iscntrl(c) && c != '\n'))
			g_string_append_c(text, ' ');
		else
			g_string_append_unichar(text, c);
	}
	return g_string_free(text, FALSE);
}
