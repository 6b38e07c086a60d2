/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the user is to be told of, and what of it still holds.
 * Called by driver/driver and by whoever reads files for it.
 * Owns the notices that are kept; borrows the link's server.
 */
#include "driver/notices.h"

#include <glib.h>
#include <string.h>

/* A machine with that many wrong files has told enough; the log has all. */
#define KEPT_MAX 32

struct notices {
	struct link_server *server;
	GArray *kept; /* of struct link_notice */
};

struct notices *
notices_new(void)
{
	struct notices *notices = g_new0(struct notices, 1);

	notices->kept = g_array_new(FALSE, FALSE, sizeof(struct link_notice));
	return notices;
}

struct notices *
notices_free(struct notices *notices)
{
	if (!notices)
		return NULL;
	g_array_unref(notices->kept);
	g_free(notices);
	return NULL;
}

void
notices_set_server(struct notices *notices, struct link_server *server)
{
	notices->server = server;
}

static void
send(struct notices *notices, const struct link_notice *notice)
{
	struct link_notice message = *notice;

	if (notices->server)
		link_server_send(notices->server, &message.header, LINK_NOTICE, sizeof(message));
}

static void
fill(struct link_notice *notice, enum link_notice_kind kind, uint32_t panel, const char *text)
{
	g_autofree char *valid = g_utf8_make_valid(text ? text : "", -1);
	const char *end;

	*notice = (struct link_notice){.kind = kind, .panel = panel};
	g_strlcpy(notice->text, valid, sizeof(notice->text));
	/* What does not fit is cut between characters. */
	g_utf8_validate(notice->text, -1, &end);
	notice->text[end - notice->text] = '\0';
}

void
notices_tell(struct notices *notices, enum link_notice_kind kind, uint32_t panel, const char *text)
{
	struct link_notice notice;

	fill(&notice, kind, panel, text);
	send(notices, &notice);
}

void
notices_keep(struct notices *notices, enum link_notice_kind kind, uint32_t panel, const char *text)
{
	struct link_notice notice;

	fill(&notice, kind, panel, text);
	for (guint i = 0; i < notices->kept->len; i++) {
		const struct link_notice *kept =
		    &g_array_index(notices->kept, struct link_notice, i);

		if (kept->kind == notice.kind && kept->panel == panel &&
		    strcmp(kept->text, notice.text) == 0)
			return;
	}
	if (notices->kept->len < KEPT_MAX)
		g_array_append_val(notices->kept, notice);
	send(notices, &notice);
}

void
notices_forget(struct notices *notices, uint32_t panel)
{
	for (guint i = notices->kept->len; i-- > 0;) {
		if (g_array_index(notices->kept, struct link_notice, i).panel == panel)
			g_array_remove_index(notices->kept, i);
	}
}

void
notices_tell_kept(struct notices *notices)
{
	for (guint i = 0; i < notices->kept->len; i++)
		send(notices, &g_array_index(notices->kept, struct link_notice, i));
}
