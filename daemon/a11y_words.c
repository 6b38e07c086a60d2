/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Words of the accessibility bus: what its numbers for roles and states are called, whether a
 * widget's name is the one that a profile wrote, and which of its actions presses it.
 * Called by everything that reads an application; pure, owns constant tables only.
 */
#include "daemon/a11y_words.h"

#include <string.h>

#include "common/cleanup.h"
#include "common/i18n.h"

/* By AtspiRole's number: names as atspi_role_get_name() gives them, at-spi2-core 2.46. */
static const char *const role_names[A11Y_ROLE_COUNT] = {
    [0] = N_("invalid"),
    [1] = N_("accelerator label"),
    [2] = N_("alert"),
    [3] = N_("animation"),
    [4] = N_("arrow"),
    [5] = N_("calendar"),
    [6] = N_("canvas"),
    [7] = N_("check box"),
    [8] = N_("check menu item"),
    [9] = N_("color chooser"),
    [10] = N_("column header"),
    [11] = N_("combo box"),
    [12] = N_("date editor"),
    [13] = N_("desktop icon"),
    [14] = N_("desktop frame"),
    [15] = N_("dial"),
    [16] = N_("dialog"),
    [17] = N_("directory pane"),
    [18] = N_("drawing area"),
    [19] = N_("file chooser"),
    [20] = N_("filler"),
    [21] = N_("focus traversable"),
    [22] = N_("font chooser"),
    [23] = N_("frame"),
    [24] = N_("glass pane"),
    [25] = N_("html container"),
    [26] = N_("icon"),
    [27] = N_("image"),
    [28] = N_("internal frame"),
    [29] = N_("label"),
    [30] = N_("layered pane"),
    [31] = N_("list"),
    [32] = N_("list item"),
    [33] = N_("menu"),
    [34] = N_("menu bar"),
    [35] = N_("menu item"),
    [36] = N_("option pane"),
    [37] = N_("page tab"),
    [38] = N_("page tab list"),
    [39] = N_("panel"),
    [40] = N_("password text"),
    [41] = N_("popup menu"),
    [42] = N_("progress bar"),
    [43] = N_("push button"),
    [44] = N_("radio button"),
    [45] = N_("radio menu item"),
    [46] = N_("root pane"),
    [47] = N_("row header"),
    [48] = N_("scroll bar"),
    [49] = N_("scroll pane"),
    [50] = N_("separator"),
    [51] = N_("slider"),
    [52] = N_("spin button"),
    [53] = N_("split pane"),
    [54] = N_("status bar"),
    [55] = N_("table"),
    [56] = N_("table cell"),
    [57] = N_("table column header"),
    [58] = N_("table row header"),
    [59] = N_("tearoff menu item"),
    [60] = N_("terminal"),
    [61] = N_("text"),
    [62] = N_("toggle button"),
    [63] = N_("tool bar"),
    [64] = N_("tool tip"),
    [65] = N_("tree"),
    [66] = N_("tree table"),
    [67] = N_("unknown"),
    [68] = N_("viewport"),
    [69] = N_("window"),
    [70] = N_("extended"),
    [71] = N_("header"),
    [72] = N_("footer"),
    [73] = N_("paragraph"),
    [74] = N_("ruler"),
    [75] = N_("application"),
    [76] = N_("autocomplete"),
    [77] = N_("editbar"),
    [78] = N_("embedded"),
    [79] = N_("entry"),
    [80] = N_("chart"),
    [81] = N_("caption"),
    [82] = N_("document frame"),
    [83] = N_("heading"),
    [84] = N_("page"),
    [85] = N_("section"),
    [86] = N_("redundant object"),
    [87] = N_("form"),
    [88] = N_("link"),
    [89] = N_("input method window"),
    [90] = N_("table row"),
    [91] = N_("tree item"),
    [92] = N_("document spreadsheet"),
    [93] = N_("document presentation"),
    [94] = N_("document text"),
    [95] = N_("document web"),
    [96] = N_("document email"),
    [97] = N_("comment"),
    [98] = N_("list box"),
    [99] = N_("grouping"),
    [100] = N_("image map"),
    [101] = N_("notification"),
    [102] = N_("info bar"),
    [103] = N_("level bar"),
    [104] = N_("title bar"),
    [105] = N_("block quote"),
    [106] = N_("audio"),
    [107] = N_("video"),
    [108] = N_("definition"),
    [109] = N_("article"),
    [110] = N_("landmark"),
    [111] = N_("log"),
    [112] = N_("marquee"),
    [113] = N_("math"),
    [114] = N_("rating"),
    [115] = N_("timer"),
    [116] = N_("static"),
    [117] = N_("math fraction"),
    [118] = N_("math root"),
    [119] = N_("subscript"),
    [120] = N_("superscript"),
    [121] = N_("description list"),
    [122] = N_("description term"),
    [123] = N_("description value"),
    [124] = N_("footnote"),
    [125] = N_("content deletion"),
    [126] = N_("content insertion"),
    [127] = N_("mark"),
    [128] = N_("suggestion"),
    [129] = N_("push button menu"),
    [130] = N_("switch"),
};

/* What presses a widget, the surest first; other actions copy, delete or open menus. */
const char *const a11y_verbs_press[] = {"click",  "press", "activate", "jump",
					"toggle", "open",  NULL};
/* GTK 3's rows of a tree have "expand or contract", the web's elements "switch". */
const char *const a11y_verbs_toggle[] = {
    "toggle", "switch", "expand or contract", "click", "press", "activate", NULL};
/* Qt's and the web's. */
const char *const a11y_verbs_increase[] = {"increase", "increment", NULL};
const char *const a11y_verbs_decrease[] = {"decrease", "decrement", NULL};
/* GTK 4's texts, Qt's widgets, the web's elements. */
const char *const a11y_verbs_menu[] = {"menu.popup",      "showmenu", "show-menu", "show menu",
				       "showcontextmenu", "menu",     "popup",     NULL};

static const struct {
	enum a11y_state state;
	const char *on;
	const char *off; /* said when it can be but is not */
	enum a11y_state able;
} state_words[] = {
    {A11Y_STATE_CHECKED, N_("checked"), N_("not checked"), A11Y_STATE_CHECKABLE},
    {A11Y_STATE_INDETERMINATE, N_("partly checked"), NULL, A11Y_STATE_INVALID},
    {A11Y_STATE_PRESSED, N_("pressed"), NULL, A11Y_STATE_INVALID},
    {A11Y_STATE_SELECTED, N_("selected"), NULL, A11Y_STATE_INVALID},
    {A11Y_STATE_EXPANDED, N_("expanded"), N_("collapsed"), A11Y_STATE_EXPANDABLE},
    {A11Y_STATE_READ_ONLY, N_("read only"), NULL, A11Y_STATE_INVALID},
    {A11Y_STATE_REQUIRED, N_("required"), NULL, A11Y_STATE_INVALID},
    {A11Y_STATE_INVALID_ENTRY, N_("not valid"), NULL, A11Y_STATE_INVALID},
    {A11Y_STATE_BUSY, N_("busy"), NULL, A11Y_STATE_INVALID},
};

const char *
a11y_role_name(uint32_t role)
{
	return role < ARRAY_LENGTH(role_names) ? role_names[role] : N_("unknown");
}

bool
a11y_role_matches(const char *wanted, uint32_t role)
{
	const char *name = a11y_role_name(role);

	/* AT-SPI 2.56 calls them "button"; a person who writes a profile does too. */
	if (g_ascii_strcasecmp(wanted, "button") == 0 && role == A11Y_ROLE_PUSH_BUTTON)
		return true;
	return g_ascii_strcasecmp(wanted, name) == 0;
}

bool
a11y_state_has(uint64_t states, enum a11y_state state)
{
	return (states >> (unsigned)state & 1) != 0;
}

bool
a11y_name_is_class(const char *name)
{
	static const char *const prefixes[] = {"Gtk", "Adw", "Hdy"};

	for (size_t i = 0; i < ARRAY_LENGTH(prefixes); i++) {
		size_t length = strlen(prefixes[i]);

		if (!g_str_has_prefix(name, prefixes[i]) || !g_ascii_isupper(name[length]))
			continue;
		for (const char *at = name; *at; at++)
			if (!g_ascii_isalnum(*at))
				return false;
		return true;
	}
	return false;
}

/* GTK 4.8 names a button after its label and then its content: "5 5", "_Done Done". */
static void
undouble(GString *tidy)
{
	size_t half = tidy->len / 2;
	const char *underscore = strchr(tidy->str, '_');
	g_autofree char *plain = NULL;

	if (tidy->len % 2 == 1 && tidy->str[half] == ' ' &&
	    memcmp(tidy->str, tidy->str + half + 1, half) == 0) {
		g_string_truncate(tidy, half);
		return;
	}
	if (!underscore || tidy->len % 2 != 0 || tidy->str[half] != ' ' ||
	    underscore >= tidy->str + half)
		return;
	plain = g_strndup(tidy->str, half);
	memmove(plain + (underscore - tidy->str), underscore + 1,
		half - (size_t)(underscore - tidy->str) - 1);
	plain[half - 1] = '\0';
	if (strcmp(plain, tidy->str + half + 1) == 0)
		g_string_assign(tidy, plain);
}

char *
a11y_name_tidy(const char *name)
{
	g_autofree char *valid = g_utf8_make_valid(name, (gssize)strnlen(name, A11Y_TEXT_BYTES));
	g_autoptr(GString) tidy = g_string_new(NULL);

	/* Control characters and runs of blanks: GTK 3 pads menu items with its accelerators. */
	for (const char *at = valid; *at; at = g_utf8_next_char(at)) {
		gunichar c = g_utf8_get_char(at);

		if (!g_unichar_isspace(c) && g_unichar_isprint(c))
			g_string_append_unichar(tidy, c);
		else if (tidy->len != 0 && tidy->str[tidy->len - 1] != ' ')
			g_string_append_c(tidy, ' ');
	}
	if (tidy->len != 0 && tidy->str[tidy->len - 1] == ' ')
		g_string_truncate(tidy, tidy->len - 1);
	undouble(tidy);
	return g_string_free(g_steal_pointer(&tidy), FALSE);
}

/* Qt 5.15 describes what has no description by its class: "QComboBox". */
static bool
is_qt_class(const char *text)
{
	if (text[0] != 'Q' || !g_ascii_isupper(text[1]) || !g_ascii_islower(text[2]))
		return false;
	for (const char *at = text; *at; at++)
		if (!g_ascii_isalnum(*at))
			return false;
	return true;
}

/* "Clear Display [Escape]" without its shortcut. */
static char *
without_shortcut(const char *description)
{
	g_autofree char *tidy = a11y_name_tidy(description);
	char *bracket = strrchr(tidy, '[');

	if (bracket && bracket > tidy + 1 && bracket[-1] == ' ' && g_str_has_suffix(tidy, "]"))
		bracket[-1] = '\0';
	return g_steal_pointer(&tidy);
}

char *
a11y_name_best(const char *name, const char *description)
{
	g_autofree char *tidy = a11y_name_tidy(name);

	if (tidy[0] != '\0' && !a11y_name_is_class(tidy))
		return g_steal_pointer(&tidy);
	if (!description || is_qt_class(description))
		return g_strdup("");
	return without_shortcut(description);
}

bool
a11y_name_matches(const char *wanted, const char *name)
{
	g_autofree char *tidy = NULL;
	g_autofree char *tidy_wanted = NULL;

	if (strcmp(wanted, name) == 0)
		return true;
	tidy = a11y_name_tidy(name);
	tidy_wanted = a11y_name_tidy(wanted);
	return strcmp(tidy_wanted, tidy) == 0;
}

int
a11y_action_choose_of(const char *const *verbs, const char *const *names, size_t count)
{
	for (size_t i = 0; verbs[i]; i++)
		for (size_t at = 0; at < count; at++)
			if (g_ascii_strcasecmp(verbs[i], names[at]) == 0)
				return (int)at;
	return -1;
}

int
a11y_action_choose(const char *const *names, size_t count)
{
	return a11y_action_choose_of(a11y_verbs_press, names, count);
}

char *
a11y_state_describe(uint64_t states)
{
	GString *words = g_string_new(NULL);

	for (size_t i = 0; i < ARRAY_LENGTH(state_words); i++) {
		const char *word = NULL;

		if (a11y_state_has(states, state_words[i].state))
			word = state_words[i].on;
		else if (state_words[i].off && a11y_state_has(states, state_words[i].able))
			word = state_words[i].off;
		if (word)
			g_string_append_printf(words, "%s%s", words->len != 0 ? ", " : "", _(word));
	}
	/* GTK 4 gives SENSITIVE, GTK 3 both, Qt ENABLED with it. */
	if (!a11y_state_has(states, A11Y_STATE_SENSITIVE) &&
	    !a11y_state_has(states, A11Y_STATE_ENABLED))
		g_string_append_printf(words, "%s%s", words->len != 0 ? ", " : "",
				       _("not available"));
	return g_string_free(words, FALSE);
}

bool
a11y_state_usable(uint64_t states, bool shows)
{
	if (!a11y_state_has(states, A11Y_STATE_SENSITIVE) &&
	    !a11y_state_has(states, A11Y_STATE_ENABLED))
		return false;
	if (a11y_state_has(states, A11Y_STATE_DEFUNCT))
		return false;
	return !shows || a11y_state_has(states, A11Y_STATE_SHOWING);
}
