/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which web site a browser in front shows.
 * Called by daemon/apps, and from the loop.
 * Owns its questions, and a subscription.
 *
 *   the toolkit of an app is asked for once: only browsers are asked further, since a search in
 *   others goes through all that they have
 *   the document that shows: the browser looks for it itself (Collection)
 *   its address, which Firefox calls DocURL and Chromium URI; what comes meanwhile is looked at
 *   after that
 *   and a few times more, ever later: a busy browser tells of a tab before it shows it, and a site
 *   that is no longer there would keep its buttons, or one that is there have none
 *   Chromium tells of no page until it is asked for attributes: so it is, once
 */
#include "daemon/apps_site.h"

#include "common/cleanup.h"
#include "daemon/a11y_collection.h"

#define IF_DOCUMENT       "org.a11y.atspi.Document"
#define IF_DOCUMENT_EVENT "org.a11y.atspi.Event.Document"
#define ROLE_DOCUMENT_WEB 95

/* A tab that a browser has told of is mostly shown by then, on a machine with two builds beside it
 * too; on one with twelve programs waiting for its two cores Firefox took longer. */
#define SETTLED_MS 1000
/* So it is looked for after twice that, and so on, until it took this long. */
#define SETTLED_LAST_MS 8000
/* One that does not answer is asked ever less often. */
#define RETRY_MAX_MS 16000

/* What browsers say that they are made with: Firefox, and all that come from Chromium. */
#define TOOLKIT_CHROMIUM "Chromium"
static const char *const browsers[] = {"Gecko", TOOLKIT_CHROMIUM, NULL};

/* What they call the address of a document (Firefox 153, Chromium 156, asked). */
static const char *const address_names[] = {"DocURL", "URI", NULL};

struct apps_site {
	apps_site_fn *changed;
	void *data;
	GDBusConnection *connection;
	guint subscription;
	struct a11y_app *app; /* NULL: nothing is in front */
	struct a11y_ref window;
	struct a11y_group *group; /* NULL: nothing is asked */
	bool known;               /* whether it is a browser */
	bool browser;
	bool chromium;
	bool again;        /* something changed while it was being asked */
	guint timer;       /* looks once more */
	unsigned later_ms; /* from its last look, or what changed, until then */
	unsigned retry_ms; /* doubles while it does not answer */
	char *host;        /* as it was told; NULL: none */
};

char *
apps_site_host(const char *address)
{
	g_autoptr(GUri) uri = g_uri_parse(address, G_URI_FLAGS_PARSE_RELAXED, NULL);
	const char *host = uri ? g_uri_get_host(uri) : NULL;
	const char *scheme = uri ? g_uri_get_scheme(uri) : NULL;

	/* A page of another scheme is the browser's own, or a file. */
	if (!host || host[0] == '\0' ||
	    (g_strcmp0(scheme, "http") != 0 && g_strcmp0(scheme, "https") != 0))
		return NULL;
	return g_strdup(host);
}

static void
tell(struct apps_site *site, const char *host)
{
	if (g_strcmp0(site->host, host) == 0)
		return;
	g_free(site->host);
	site->host = g_strdup(host);
	site->changed(site->data, site->host);
}

static void look(struct apps_site *site);

static void look_later(struct apps_site *site, unsigned ms);

static bool
may_have_site(const struct apps_site *site)
{
	return site->app && (!site->known || site->browser);
}

static gboolean
on_timer(void *data)
{
	struct apps_site *site = data;

	site->timer = 0;
	if (may_have_site(site) && site->later_ms < SETTLED_LAST_MS)
		look_later(site, site->later_ms * 2);
	look(site);
	return G_SOURCE_REMOVE;
}

static void
look_later(struct apps_site *site, unsigned ms)
{
	g_clear_handle_id(&site->timer, g_source_remove);
	site->later_ms = ms;
	site->timer = g_timeout_add(ms, on_timer, site);
}

static void
end_questions(struct apps_site *site)
{
	site->group = a11y_group_end(site->group);
	site->again = false;
}

/* What is known now; and what came meanwhile is asked for. */
static void
finish(struct apps_site *site, const char *host)
{
	bool again = site->again;

	end_questions(site);
	site->retry_ms = SETTLED_MS;
	tell(site, host);
	if (again)
		look(site);
}

/* It did not answer: what was true is taken to be so until it does. */
static void
finish_reply(struct apps_site *site, enum a11y_reply reply)
{
	g_autofree char *host = g_strdup(site->host);

	if (reply == A11Y_REPLY_LATE) {
		end_questions(site);
		look_later(site, site->retry_ms);
		site->retry_ms = MIN(site->retry_ms * 2, RETRY_MAX_MS);
		return;
	}
	finish(site, reply == A11Y_REPLY_ERROR ? NULL : host);
}

static void
on_attributes(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_site *site = data;
	g_autofree char *host = NULL;
	g_autoptr(GVariant) attributes = NULL;
	const char *address = "";

	if (reply != A11Y_REPLY_OK) {
		finish_reply(site, reply);
		return;
	}
	attributes = g_variant_get_child_value(body, 0);
	for (size_t i = 0; address_names[i] && address[0] == '\0'; i++)
		g_variant_lookup(attributes, address_names[i], "&s", &address);
	host = apps_site_host(address);
	finish(site, host);
}

static void
on_documents(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_site *site = data;
	g_autoptr(GVariant) documents = NULL;
	const char *bus, *path;
	struct a11y_ref ref;

	if (reply != A11Y_REPLY_OK) {
		finish_reply(site, reply);
		return;
	}
	documents = g_variant_get_child_value(body, 0);
	if (g_variant_n_children(documents) == 0) {
		finish(site, NULL);
		return;
	}
	g_variant_get_child(documents, 0, "(&s&o)", &bus, &path);
	/* Of the browser itself, or nobody's. */
	if (!g_str_equal(bus, site->app->bus)) {
		finish(site, NULL);
		return;
	}
	ref = (struct a11y_ref){(char *)bus, (char *)path};
	a11y_call(site->group, &ref, IF_DOCUMENT, "GetAttributes", NULL, "(a{ss})", on_attributes,
		  site);
}

static void
ask_document(struct apps_site *site)
{
	static const uint32_t roles[] = {ROLE_DOCUMENT_WEB};
	const struct a11y_rule rule = {
	    .states = 1ULL << A11Y_STATE_SHOWING,
	    .roles = roles,
	    .role_count = ARRAY_LENGTH(roles),
	};

	a11y_get_matches(site->group, &site->window, &rule, 1, on_documents, site);
}

/* Its answer is of no use: that somebody asks is what makes Chromium tell of its pages (156, asked:
 * a name, states, children or a text do not). Without, one would have to start it, and whatever is
 * made of it, with a flag. */
static void
on_woken(void *data, enum a11y_reply reply, GVariant *body)
{
	(void)data, (void)reply, (void)body;
}

static void
wake(struct apps_site *site)
{
	a11y_call(site->group, &site->window, A11Y_IF_ACCESSIBLE, "GetAttributes", NULL, "(a{ss})",
		  on_woken, site);
}

static void
on_toolkit(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_site *site = data;

	site->known = reply == A11Y_REPLY_OK;
	site->browser = site->known && g_strv_contains(browsers, g_variant_get_string(body, NULL));
	site->chromium =
	    site->known && g_str_equal(g_variant_get_string(body, NULL), TOOLKIT_CHROMIUM);
	if (site->chromium)
		wake(site);
	if (site->browser)
		ask_document(site);
	else
		finish(site, NULL);
}

static void
look(struct apps_site *site)
{
	static char root[] = A11Y_ROOT;

	if (!may_have_site(site))
		return;
	if (site->group) {
		site->again = true;
		return;
	}
	site->group = a11y_group_new(site->app);
	if (site->known)
		ask_document(site);
	else
		a11y_get(site->group, &(struct a11y_ref){site->app->bus, root}, A11Y_IF_APPLICATION,
			 "ToolkitName", "s", on_toolkit, site);
}

void
apps_site_look(struct apps_site *site)
{
	look(site);
	if (may_have_site(site))
		look_later(site, SETTLED_MS);
}

static bool
is_same_app(const struct apps_site *site, const struct a11y_app *app)
{
	return site->app && app && g_strcmp0(site->app->bus, app->bus) == 0;
}

void
apps_site_window(struct apps_site *site, struct a11y_app *app, const struct a11y_ref *window)
{
	static const struct a11y_ref none;
	bool same = is_same_app(site, app);

	if (same && a11y_ref_equal(&site->window, window))
		return;
	end_questions(site);
	g_clear_handle_id(&site->timer, g_source_remove);
	if (!same) {
		site->known = site->browser = site->chromium = false;
		a11y_app_unref(site->app);
		site->app = app ? a11y_app_ref(app) : NULL;
		tell(site, NULL);
	}
	a11y_ref_clear(&site->window);
	site->window = a11y_ref_copy(window ? window : &none);
	apps_site_look(site);
}

bool
apps_site_is_chromium(const struct apps_site *site)
{
	return site->chromium;
}

static void
on_document(GDBusConnection *connection, const char *sender, const char *path,
	    const char *interface, const char *signal, GVariant *parameters, void *data)
{
	struct apps_site *site = data;

	(void)connection, (void)path, (void)interface, (void)signal, (void)parameters;
	if (site->app && g_strcmp0(sender, site->app->bus) == 0)
		apps_site_look(site);
}

void
apps_site_connect(struct apps_site *site, GDBusConnection *connection)
{
	if (site->connection)
		g_dbus_connection_signal_unsubscribe(site->connection, site->subscription);
	g_clear_object(&site->connection);
	if (!connection)
		return;
	site->connection = g_object_ref(connection);
	site->subscription = g_dbus_connection_signal_subscribe(
	    connection, NULL, IF_DOCUMENT_EVENT, NULL, NULL, NULL, G_DBUS_SIGNAL_FLAGS_NONE,
	    on_document, site, NULL);
}

struct apps_site *
apps_site_new(apps_site_fn *changed, void *data)
{
	struct apps_site *site = g_new0(struct apps_site, 1);

	site->changed = changed;
	site->retry_ms = SETTLED_MS;
	site->data = data;
	return site;
}

struct apps_site *
apps_site_free(struct apps_site *site)
{
	if (!site)
		return NULL;
	apps_site_connect(site, NULL);
	end_questions(site);
	g_clear_handle_id(&site->timer, g_source_remove);
	a11y_app_unref(site->app);
	a11y_ref_clear(&site->window);
	g_free(site->host);
	g_free(site);
	return NULL;
}
