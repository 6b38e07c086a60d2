/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reads Notify of the Desktop Notifications Specification and AddNotification of GTK, and makes
 * plain, bounded words of what may be anything. An app's name for people comes from its desktop
 * file. Called by daemon/notify_bus.
 * Owns nothing.
 */
#include "daemon/notification.h"

#include <gio/gdesktopappinfo.h>
#include <string.h>

#include "common/clean_text.h"
#include "common/cleanup.h"
#include "common/i18n.h"
#include "common/language_mark.h"

/* What fits on the screens that notifications are made for; 50 of them are a few kilobytes. */
#define APP_BYTES     100
#define SUMMARY_BYTES 500
#define BODY_BYTES    2000

/* Of the specification's categories, the classes in which nobody has written anything. */
static const char *const impersonal[] = {"device", "network", "transfer"};
#define URGENCY_LOW 0

/* What an app says, as it can be spoken: valid, without control characters and our own marks. */
static char *
tidy(const char *text, size_t size_max)
{
	g_autofree char *valid = g_utf8_make_valid(text, (gssize)strnlen(text, size_max));
	g_autofree char *plain = language_mark_strip(valid);

	return clean_text(plain, strlen(plain));
}

/* --- markup --- */

static void
on_markup_text(GMarkupParseContext *context, const char *text, gsize size, void *data,
	       GError **error)
{
	(void)context, (void)error;
	g_string_append_len(data, text, (gssize)size);
}

static void
on_markup_start(GMarkupParseContext *context, const char *element, const char **names,
		const char **values, void *data, GError **error)
{
	(void)context, (void)error;
	for (size_t i = 0; strcmp(element, "img") == 0 && names[i]; i++)
		if (strcmp(names[i], "alt") == 0)
			g_string_append_printf(data, " %s ", values[i]);
	if (strcmp(element, "br") == 0)
		g_string_append_c(data, ' ');
}

/* Without the specification's markup; as it is where that is not well-formed: plenty of apps write
 * "a < b". */
static char *
without_markup(const char *body)
{
	static const GMarkupParser parser = {.start_element = on_markup_start,
					     .text = on_markup_text};
	g_autofree char *document = g_strdup_printf("<body>%s</body>", body);
	g_autoptr(GString) text = g_string_new(NULL);
	g_autoptr(GMarkupParseContext) context =
	    g_markup_parse_context_new(&parser, G_MARKUP_TREAT_CDATA_AS_TEXT, text, NULL);

	if (!strpbrk(body, "<&"))
		return g_strdup(body);
	if (!g_markup_parse_context_parse(context, document, -1, NULL) ||
	    !g_markup_parse_context_end_parse(context, NULL))
		return g_strdup(body);
	return g_string_free(g_steal_pointer(&text), FALSE);
}

/* --- the two kinds --- */

/* How the app of a desktop file is called; NULL: there is none. */
static char *
display_name(const char *app_id)
{
	g_autofree char *file = g_strconcat(app_id, ".desktop", NULL);
	g_autoptr(GDesktopAppInfo) info =
	    app_id[0] && !strchr(app_id, '/') ? g_desktop_app_info_new(file) : NULL;

	return info ? g_strdup(g_app_info_get_display_name(G_APP_INFO(info))) : NULL;
}

/* "im.received" is of the class "im". */
static bool
is_personal(const char *category)
{
	for (size_t i = 0; i < ARRAY_LENGTH(impersonal); i++) {
		size_t length = strlen(impersonal[i]);

		if (strncmp(category, impersonal[i], length) == 0 &&
		    (category[length] == '\0' || category[length] == '.'))
			return false;
	}
	return true;
}

static const char *
text_of(GVariant *dict, const char *key)
{
	const char *text = "";

	g_variant_lookup(dict, key, "&s", &text);
	return text;
}

static bool
finish(struct notification *out, const char *app, const char *summary, const char *body)
{
	/* Cut before markup is looked for: an app may send megabytes. */
	g_autofree char *valid = g_utf8_make_valid(body, (gssize)strnlen(body, 4L * BODY_BYTES));
	g_autofree char *plain = without_markup(valid);

	out->app = tidy(app, APP_BYTES);
	out->summary = tidy(summary, SUMMARY_BYTES);
	out->body = tidy(plain, BODY_BYTES);
	if (out->summary[0] != '\0' || out->body[0] != '\0')
		return true;
	notification_clear(out);
	return false;
}

static bool
read_desktop(GVariant *arguments, struct notification *out)
{
	g_autoptr(GVariant) hints = NULL;
	g_autofree char *name = NULL;
	const char *app, *summary, *body;
	guint8 urgency = URGENCY_LOW + 1;

	if (!g_variant_is_of_type(arguments, G_VARIANT_TYPE("(susssasa{sv}i)")))
		return false;
	g_variant_get(arguments, "(&su&s&s&sas@a{sv}i)", &app, &out->replaces, NULL, &summary,
		      &body, NULL, &hints, NULL);
	g_variant_lookup(hints, "urgency", "y", &urgency);
	name = display_name(text_of(hints, "desktop-entry"));
	out->quiet = urgency == URGENCY_LOW;
	out->personal = is_personal(text_of(hints, "category"));
	return finish(out, name ? name : app, summary, body);
}

/* GNotification where the desktop takes it: an app's id, the app's own name of it, and what it is.
 */
static bool
read_gtk(GVariant *arguments, struct notification *out)
{
	g_autoptr(GVariant) what = NULL;
	g_autofree char *name = NULL;
	g_autofree char *body = NULL;
	const char *app, *id;

	if (!g_variant_is_of_type(arguments, G_VARIANT_TYPE("(ssa{sv})")))
		return false;
	g_variant_get(arguments, "(&s&s@a{sv})", &app, &id, &what);
	name = display_name(app);
	out->quiet = strcmp(text_of(what, "priority"), "low") == 0;
	out->personal = is_personal(text_of(what, "category"));
	out->replaces = id[0] ? g_str_hash(id) : 0;
	/* It knows no markup. */
	body = g_markup_escape_text(text_of(what, "body"), -1);
	return finish(out, name ? name : app, text_of(what, "title"), body);
}

bool
notification_read(GDBusMessage *message, struct notification *out)
{
	const char *interface = g_dbus_message_get_interface(message);
	const char *member = g_dbus_message_get_member(message);
	GVariant *arguments = g_dbus_message_get_body(message);

	*out = (struct notification){0};
	if (g_dbus_message_get_message_type(message) != G_DBUS_MESSAGE_TYPE_METHOD_CALL ||
	    !interface || !member || !arguments)
		return false;
	if (strcmp(interface, NOTIFICATION_DESKTOP) == 0 && strcmp(member, "Notify") == 0)
		return read_desktop(arguments, out);
	if (strcmp(interface, NOTIFICATION_GTK) == 0 && strcmp(member, "AddNotification") == 0)
		return read_gtk(arguments, out);
	return false;
}

void
notification_clear(struct notification *notification)
{
	g_clear_pointer(&notification->app, g_free);
	g_clear_pointer(&notification->summary, g_free);
	g_clear_pointer(&notification->body, g_free);
}

static void
add_sentence(GString *words, const char *sentence)
{
	const char last = words->len != 0 ? words->str[words->len - 1] : '.';

	if (!sentence || sentence[0] == '\0')
		return;
	if (words->len != 0)
		g_string_append(words, strchr(".?!:", last) ? " " : ". ");
	g_string_append(words, sentence);
}

char *
notification_words(const struct notification *notification, const char *body, const char *when)
{
	GString *words = g_string_new(notification->summary);

	add_sentence(words, body);
	add_sentence(words, when);
	if (notification->app[0] != '\0') {
		/* TRANSLATORS: an app's name and what its notification says. */
		g_autofree char *text = g_string_free(words, FALSE);

		return g_strdup_printf(_("%s: %s"), notification->app, text);
	}
	return g_string_free(words, FALSE);
}
