/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which web site a browser in front shows: the host of the document that shows, as the browser
 * itself tells it. daemon/apps is the only caller, and tells of windows, focus and connections.
 * Owns its questions, one at a time, and a subscription.
 */
#ifndef SIDETOUCH_APPS_SITE_H
#define SIDETOUCH_APPS_SITE_H

#include "daemon/a11y_call.h"

struct apps_site;

/* host: NULL when no site shows. Told from the loop when it is another one; of a window of another
 * app none shows until this says so. */
typedef void apps_site_fn(void *data, const char *host);

struct apps_site *apps_site_new(apps_site_fn *changed, void *data);
struct apps_site *apps_site_free(struct apps_site *site);

/* Where documents tell that they are there; NULL: not any more. */
void apps_site_connect(struct apps_site *site, GDBusConnection *connection);
/* This window is in front, of this app; NULL and NULL: none is. */
void apps_site_window(struct apps_site *site, struct a11y_app *app, const struct a11y_ref *window);
/* Another document may show. */
void apps_site_look(struct apps_site *site);

/* Whether the app in front shows its pages only when it was started so: all that come from
 * Chromium. */
bool apps_site_is_chromium(const struct apps_site *site);

/* The host of an address, NULL when it has none. Allocated. */
char *apps_site_host(const char *address);

#endif
