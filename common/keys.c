/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The table of key names: those of X11 that people know from shortcuts, on the US layout.
 * Called by common/command for `key NAME`.
 * Owns only constant tables.
 */
#include "common/keys.h"

#include <errno.h>
#include <glib.h>
#include <linux/input-event-codes.h>
#include <stdbool.h>

#include "common/i18n.h"
#include "common/link.h"
#include "common/suggest.h"

struct key_name {
	const char *name;
	uint32_t code;
};

static const struct key_name modifier_names[] = {
    {"shift", LINK_SHIFT}, {"control", LINK_CONTROL}, {"ctrl", LINK_CONTROL},
    {"alt", LINK_ALT},     {"super", LINK_SUPER},     {"meta", LINK_SUPER},
};

static const struct key_name key_names[] = {
    {"escape", KEY_ESC},
    {"esc", KEY_ESC},
    {"tab", KEY_TAB},
    {"return", KEY_ENTER},
    {"enter", KEY_ENTER},
    {"space", KEY_SPACE},
    {"backspace", KEY_BACKSPACE},
    {"delete", KEY_DELETE},
    {"insert", KEY_INSERT},
    {"left", KEY_LEFT},
    {"right", KEY_RIGHT},
    {"up", KEY_UP},
    {"down", KEY_DOWN},
    {"home", KEY_HOME},
    {"end", KEY_END},
    {"pageup", KEY_PAGEUP},
    {"pagedown", KEY_PAGEDOWN},
    {"menu", KEY_COMPOSE},
    {"print", KEY_SYSRQ},
    {"minus", KEY_MINUS},
    {"equal", KEY_EQUAL},
    {"comma", KEY_COMMA},
    {"period", KEY_DOT},
    {"slash", KEY_SLASH},
    {"semicolon", KEY_SEMICOLON},
    {"volumeup", KEY_VOLUMEUP},
    {"volumedown", KEY_VOLUMEDOWN},
    {"mute", KEY_MUTE},
    {"playpause", KEY_PLAYPAUSE},
    {"nextsong", KEY_NEXTSONG},
    {"previoussong", KEY_PREVIOUSSONG},
    {"f1", KEY_F1},
    {"f2", KEY_F2},
    {"f3", KEY_F3},
    {"f4", KEY_F4},
    {"f5", KEY_F5},
    {"f6", KEY_F6},
    {"f7", KEY_F7},
    {"f8", KEY_F8},
    {"f9", KEY_F9},
    {"f10", KEY_F10},
    {"f11", KEY_F11},
    {"f12", KEY_F12},
    {"0", KEY_0},
    {"1", KEY_1},
    {"2", KEY_2},
    {"3", KEY_3},
    {"4", KEY_4},
    {"5", KEY_5},
    {"6", KEY_6},
    {"7", KEY_7},
    {"8", KEY_8},
    {"9", KEY_9},
    {"a", KEY_A},
    {"b", KEY_B},
    {"c", KEY_C},
    {"d", KEY_D},
    {"e", KEY_E},
    {"f", KEY_F},
    {"g", KEY_G},
    {"h", KEY_H},
    {"i", KEY_I},
    {"j", KEY_J},
    {"k", KEY_K},
    {"l", KEY_L},
    {"m", KEY_M},
    {"n", KEY_N},
    {"o", KEY_O},
    {"p", KEY_P},
    {"q", KEY_Q},
    {"r", KEY_R},
    {"s", KEY_S},
    {"t", KEY_T},
    {"u", KEY_U},
    {"v", KEY_V},
    {"w", KEY_W},
    {"x", KEY_X},
    {"y", KEY_Y},
    {"z", KEY_Z},
};

static bool
find(const struct key_name *names, size_t count, const char *word, uint32_t *code)
{
	for (size_t i = 0; i < count; i++) {
		if (g_ascii_strcasecmp(names[i].name, word) == 0) {
			*code = names[i].code;
			return true;
		}
	}
	return false;
}

static char *
unknown(const char *what, const struct key_name *names, size_t count, const char *word)
{
	const char *candidates[G_N_ELEMENTS(key_names)];
	g_autofree char *lower = g_ascii_strdown(word, -1);
	const char *near;

	for (size_t i = 0; i < count; i++)
		candidates[i] = names[i].name;
	near = suggest(lower, candidates, count);
	return near ? g_strdup_printf(_("unknown %s '%s', did you mean '%s'"), what, word, near)
		    : g_strdup_printf(_("unknown %s '%s'"), what, word);
}

int
keys_parse(const char *text, uint32_t *key, uint32_t *modifiers, char **reason)
{
	g_auto(GStrv) words = g_strsplit(text, "+", -1);
	guint count = g_strv_length(words);
	uint32_t bits = 0, code;

	*reason = NULL;
	for (guint i = 0; i < count; i++) {
		if (words[i][0] == '\0') {
			*reason = g_strdup_printf(_("'%s' has a '+' with nothing beside it, write "
						    "for example key Alt+Left"),
						  text);
			return -EINVAL;
		}
	}
	for (guint i = 0; i + 1 < count; i++) {
		if (!find(modifier_names, G_N_ELEMENTS(modifier_names), words[i], &code)) {
			*reason = unknown("modifier", modifier_names, G_N_ELEMENTS(modifier_names),
					  words[i]);
			return -EINVAL;
		}
		if (bits & code) {
			*reason = g_strdup_printf(_("'%s' names '%s' twice"), text, words[i]);
			return -EINVAL;
		}
		bits |= code;
	}
	if (count == 0 || !find(key_names, G_N_ELEMENTS(key_names), words[count - 1], &code)) {
		*reason = unknown("key", key_names, G_N_ELEMENTS(key_names),
				  count ? words[count - 1] : "");
		return -EINVAL;
	}
	*key = code;
	*modifiers = bits;
	return 0;
}
