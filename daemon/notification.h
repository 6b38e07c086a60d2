/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A notification as an app hands it to the desktop, made fit to be said.
 * Called by daemon/notify_bus, which sees it go by; daemon/notifications keeps it.
 * A struct notification owns its strings.
 */
#ifndef SIDETOUCH_NOTIFICATION_H
#define SIDETOUCH_NOTIFICATION_H

#include <gio/gio.h>
#include <stdbool.h>
#include <stdint.h>

struct notification {
	char *app;         /* as it is called; "": it does not say */
	char *summary;     /* one line */
	char *body;        /* plain words; "": it has none */
	bool personal;     /* its body may be what somebody has written to the user */
	bool quiet;        /* of so little urgency that desktops only list it */
	uint32_t replaces; /* the number of the one that it takes the place of; 0: none */
	int64_t time_s;    /* of the day's clock, when it was seen */
};

/* Whose interface a call is of; both have the same meaning. */
#define NOTIFICATION_DESKTOP "org.freedesktop.Notifications"
#define NOTIFICATION_GTK     "org.gtk.Notifications"

/*
 * What a method call says, if it is one of these interfaces' that shows a notification; false when
 * it is not, or has nothing to say. time_s and nothing else is the caller's to set.
 */
bool notification_read(GDBusMessage *message, struct notification *out);
void notification_clear(struct notification *notification);

/* "APP: summary. body. when", with these words in the body's place and after it; NULL or "":
 * without. Allocated. */
char *notification_words(const struct notification *notification, const char *body,
			 const char *when);

#endif
