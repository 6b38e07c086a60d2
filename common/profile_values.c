/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The values of a profile's keys.
 * Called by common/profile_parse and by `sidetouchctl profile set`.
 * Owns nothing.
 */
#include "common/profile_values.h"

#include <string.h>

#include "common/i18n.h"

char *
profile_values_text(enum profile_key key, const char *raw, char **reason)
{
	const struct profile_schema *schema = profile_schema(key);
	g_autoptr(GString) text = g_string_new(NULL);

	for (const char *c = raw; *c != '\0'; c++) {
		if (*c == '\\' && c[1] != '\\' && c[1] != 's') {
			*reason = g_strdup_printf(_("%s has a backslash; write \\\\ for one"),
						  schema->name);
			return NULL;
		}
		if (*c != '\\') {
			g_string_append_c(text, *c);
			continue;
		}
		c++;
		g_string_append_c(text, *c == 's' ? ' ' : '\\');
	}
	if (text->len > schema->length_max) {
		*reason = g_strdup_printf(_("%s is longer than %d bytes"), schema->name,
					  (int)schema->length_max);
		return NULL;
	}
	return g_string_free(g_steal_pointer(&text), FALSE);
}

char *
profile_values_app(const char *entry, char **reason)
{
	if (!strpbrk(entry, " \t,\\"))
		return g_strdup(entry);
	*reason =
	    g_strdup_printf(_("App has '%s', which is no id; separate ids with semicolons"), entry);
	return NULL;
}

char *
profile_values_host_of(const char *host)
{
	g_autofree char *ascii = g_hostname_to_ascii(host);
	char *lower;
	size_t length;

	if (!ascii)
		return NULL;
	lower = g_ascii_strdown(ascii, -1);
	/* A name may end in the dot of the root. */
	length = strlen(lower);
	if (length > 1 && lower[length - 1] == '.')
		lower[length - 1] = '\0';
	return lower;
}

char *
profile_values_host(const char *entry, char **reason)
{
	g_autofree char *host = profile_values_host_of(entry);

	if (host && host[strspn(host, "abcdefghijklmnopqrstuvwxyz0123456789-.*?_")] == '\0')
		return g_steal_pointer(&host);
	*reason = g_strdup_printf(_("Site has '%s', which is no host; write for example "
				    "www.example.com, with semicolons between hosts"),
				  entry);
	return NULL;
}

bool
profile_values_list(const char *key, const char *value, profile_values_entry_fn *entry,
		    GPtrArray *list, char **reason)
{
	g_auto(GStrv) entries = g_strsplit(value, ";", -1);

	for (char **one = entries; *one; one++) {
		char *kept;

		g_strstrip(*one);
		/* The last entry may be followed by a semicolon, as in desktop entries. */
		if ((*one)[0] == '\0' && !one[1] && one != entries)
			continue;
		if ((*one)[0] == '\0') {
			*reason = g_strdup_printf(_("%s has an empty entry in its list"), key);
			return false;
		}
		kept = entry(*one, reason);
		if (!kept)
			return false;
		g_ptr_array_add(list, kept);
	}
	return true;
}

char *
profile_values_comment(enum profile_key key, const char *value)
{
	enum profile_value_kind kind = profile_schema(key)->kind;
	bool is_text = kind == PROFILE_VALUE_TEXT || kind == PROFILE_VALUE_NAME;
	bool quoted = false;

	for (const char *c = value; *c != '\0'; c++) {
		if (kind == PROFILE_VALUE_COMMAND && quoted && *c == '\\' && c[1] != '\0')
			c++;
		else if (kind == PROFILE_VALUE_COMMAND && *c == '"')
			quoted = !quoted;
		else if (*c == '#' && !quoted && c > value && g_ascii_isspace(c[-1]) &&
			 (!is_text || g_ascii_isspace(c[1])))
			return g_strdup(c); /* "Track #1" is none */
	}
	return NULL;
}

/* "org.a.B" of "/x/org.a.B.profile"; an export may also be called org.a.B.something.profile. */
static bool
is_id_of_file(const char *id, const char *base)
{
	size_t length = strlen(id);

	return strncmp(base, id, length) == 0 && base[length] == '.';
}

bool
profile_values_flatpak(enum profile_layer layer, const char *file, const GPtrArray *apps,
		       const GPtrArray *sites, char **reason)
{
	g_autofree char *base = g_path_get_basename(file);

	if (layer != PROFILE_LAYER_FLATPAK)
		return true;
	for (guint i = 0; apps && i < apps->len; i++) {
		const char *id = g_ptr_array_index(apps, i);

		if (!strpbrk(id, "*?") && strchr(id, '.') && is_id_of_file(id, base))
			continue;
		*reason = g_strdup_printf(
		    _("App has '%s', but an app in a sandbox can have a profile only for itself, "
		      "in a file that is named after its id"),
		    id);
		return false;
	}
	if (!apps || sites) {
		*reason = g_strdup(_("an app in a sandbox can have a profile only for itself, with "
				     "App and without Site"));
		return false;
	}
	return true;
}
