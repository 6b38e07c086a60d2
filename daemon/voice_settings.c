/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One table of settings: numbers with their ranges, words with their meanings, names of languages.
 * Called by daemon/talk.
 */
#include "daemon/voice_settings.h"

#include <string.h>

#include "common/cleanup.h"
#include "common/i18n.h"
#include "common/name_table.h"
#include "common/suggest.h"

#define WORDS_MAX 5

enum kind {
	KIND_NUMBER,
	KIND_WORD,
	KIND_NAME,
};

struct setting {
	const char *name;
	const char *help;
	enum kind kind;
	size_t offset; /* in struct voice_choice: a uint32_t, or char[] for names */
	size_t size;   /* of names */
	uint32_t min, max;
	const char *words[WORDS_MAX]; /* the value is the index */
};

#define LINK(field) offsetof(struct voice_choice, link.field)
#define NAME(field)                                                                                \
	LINK(field), sizeof(((struct voice_settings *)NULL)->field), 0, 0,                         \
	{                                                                                          \
		NULL                                                                               \
	}

static const struct setting settings[] = {
    {"rate", N_("words a minute, 80 to 449"), KIND_NUMBER, LINK(rate_wpm), 0, 80, 449, {NULL}},
    {"pitch", N_("percent, 0 to 99"), KIND_NUMBER, LINK(pitch_percent), 0, 0, 99, {NULL}},
    {"range",
     N_("of the pitch in percent, 0 (monotonous) to 99"),
     KIND_NUMBER,
     LINK(range_percent),
     0,
     0,
     99,
     {NULL}},
    {"volume", N_("percent, 0 to 200"), KIND_NUMBER, LINK(volume_percent), 0, 0, 200, {NULL}},
    {"voice", N_("a variant of espeak-ng: f1 to f5, m1 to m8, whisper ..., or none"), KIND_NAME,
     NAME(voice)},
    {"language", N_("yours, as in en-GB or zh-CN, or auto"), KIND_NAME, NAME(language)},
    {"latin", N_("the language of Latin letters when yours is not written in them, or auto"),
     KIND_NAME, NAME(latin)},
    {"punctuation",
     N_("none, some, most or all"),
     KIND_WORD,
     LINK(punctuation),
     0,
     0,
     0,
     {"none", "some", "most", "all"}},
    {"capitals",
     N_("none, word or pitch"),
     KIND_WORD,
     LINK(capitals),
     0,
     0,
     0,
     {"none", "word", "pitch"}},
    {"earcons", N_("on or off"), KIND_WORD, LINK(earcons), 0, 0, 0, {"off", "on"}},
    {"beside",
     N_("what is said while a screen reader runs: own, all, or queue (all, after its words)"),
     KIND_WORD,
     offsetof(struct voice_choice, beside),
     0,
     0,
     0,
     {"own", "all", "queue"}},
    {"reading",
     N_("who carries out reading commands while Orca 48 or later runs: orca or own"),
     KIND_WORD,
     offsetof(struct voice_choice, reading),
     0,
     0,
     0,
     {"orca", "own"}},
    {"changes",
     N_("what changes in the app in front and what apps announce, told by itself: on or off"),
     KIND_WORD,
     offsetof(struct voice_choice, changes),
     0,
     0,
     0,
     {"off", "on"}},
    {"notifications",
     N_("what the desktop shows of apps' notifications, told by itself: on or off"),
     KIND_WORD,
     offsetof(struct voice_choice, notifications),
     0,
     0,
     0,
     {"off", "on"}},
    {"echo",
     N_("what is said of what you type: none, characters, words or both"),
     KIND_WORD,
     offsetof(struct voice_choice, echo),
     0,
     0,
     0,
     {"none", "characters", "words", "both"}},
    {"private",
     N_("what is said only at the ear or in headphones: none, messages, passwords or all"),
     KIND_WORD,
     offsetof(struct voice_choice, private_texts),
     0,
     0,
     0,
     {"none", "messages", "passwords", "all"}},
    {"ear",
     N_("the one that the phone is held to: right or left"),
     KIND_WORD,
     offsetof(struct voice_choice, ear),
     0,
     0,
     0,
     {"right", "left"}},
    {"ear-volume",
     N_("at the ear, in percent, 5 to 150"),
     KIND_NUMBER,
     offsetof(struct voice_choice, ear_volume_percent),
     0,
     5,
     150,
     {NULL}},
    {"earpiece",
     N_("where speech goes at the ear: the sound server's name of a sink, or none, so that it is "
	"looked for"),
     KIND_NAME,
     offsetof(struct voice_choice, earpiece),
     sizeof(((struct voice_choice *)NULL)->earpiece),
     0,
     0,
     {NULL}},
};
_Static_assert(sizeof(enum voice_beside) == sizeof(uint32_t) &&
		   sizeof(enum voice_private) == sizeof(uint32_t) &&
		   sizeof(enum voice_reading) == sizeof(uint32_t) &&
		   sizeof(enum voice_ear) == sizeof(uint32_t) &&
		   sizeof(enum echo_setting) == sizeof(uint32_t),
	       "a word's value is 32 bits");

static void
locale_languages(struct voice_choice *choice)
{
	const char *const *names = g_get_language_names();
	const char *first = names[0] ? names[0] : "en";

	if (!choice->language_set)
		g_strlcpy(choice->link.language, first, sizeof(choice->link.language));
	if (choice->latin_set)
		return;
	g_strlcpy(choice->link.latin, "en", sizeof(choice->link.latin));
	/* Of LANGUAGE=zh_CN:de_DE the second is what the user reads besides. */
	for (size_t i = 0; names[i]; i++) {
		if (strncmp(names[i], first, 2) != 0 && strcmp(names[i], "C") != 0) {
			g_strlcpy(choice->link.latin, names[i], sizeof(choice->link.latin));
			return;
		}
	}
}

void
voice_choice_init(struct voice_choice *choice)
{
	*choice = (struct voice_choice){
	    .link =
		{
		    .rate_wpm = 175, /* espeak-ng's own, as are the next three */
		    .pitch_percent = 50,
		    .range_percent = 50,
		    .volume_percent = 100,
		    .earcons = 1,
		},
	    .private_texts = VOICE_PRIVATE_MESSAGES,
	    .echo = ECHO_BOTH,
	    .changes = 1,
	    .notifications = 1,
	    .ear_volume_percent = 100,
	};
	locale_languages(choice);
}

size_t
voice_settings_count(void)
{
	return ARRAY_LENGTH(settings);
}

const char *
voice_settings_name(size_t index)
{
	return settings[index].name;
}

const char *
voice_settings_help(size_t index)
{
	return _(settings[index].help);
}

static const struct setting *
find(const char *name)
{
	for (size_t i = 0; i < ARRAY_LENGTH(settings); i++) {
		if (strcmp(settings[i].name, name) == 0)
			return &settings[i];
	}
	return NULL;
}

const char *
voice_settings_word(const char *name, size_t index)
{
	const struct setting *setting = find(name);

	return setting && index < WORDS_MAX ? setting->words[index] : NULL;
}

static uint32_t
number_of(const struct voice_choice *choice, const struct setting *setting)
{
	uint32_t number;

	memcpy(&number, (const char *)choice + setting->offset, sizeof(number));
	return number;
}

static void
set_number(struct voice_choice *choice, const struct setting *setting, uint32_t number)
{
	memcpy((char *)choice + setting->offset, &number, sizeof(number));
}

/* Whether a name holds because somebody chose it; NULL for those that have no automatic one. */
static bool *
is_set(struct voice_choice *choice, const struct setting *setting)
{
	if (setting->offset == LINK(language))
		return &choice->language_set;
	return setting->offset == LINK(latin) ? &choice->latin_set : NULL;
}

char *
voice_settings_get(const struct voice_choice *choice, const char *name)
{
	const struct setting *setting = find(name);
	const char *text;
	const bool *set;

	if (!setting)
		return NULL;
	switch (setting->kind) {
	case KIND_NUMBER:
		return g_strdup_printf("%u", number_of(choice, setting));
	case KIND_WORD:
		return g_strdup(setting->words[number_of(choice, setting)]);
	case KIND_NAME:
		break;
	}
	text = (const char *)choice + setting->offset;
	set = is_set((struct voice_choice *)choice, setting);
	if (set && !*set)
		return g_strdup("auto");
	return g_strdup(text[0] ? text : "none");
}

static bool
set_a_number(struct voice_choice *choice, const struct setting *setting, const char *value,
	     char **reason)
{
	bool relative = value[0] == '+' || value[0] == '-';
	gint64 number;
	char *end;

	number = g_ascii_strtoll(value, &end, 10);
	if (end == value || *end != '\0' || ABS(number) > 100000) {
		*reason = g_strdup_printf(_("%s is a number: %s"), setting->name, _(setting->help));
		return false;
	}
	if (relative)
		number = CLAMP(number_of(choice, setting) + number, setting->min, setting->max);
	if (number < setting->min || number > setting->max) {
		*reason =
		    g_strdup_printf(_("%s is out of range: %s"), setting->name, _(setting->help));
		return false;
	}
	set_number(choice, setting, (uint32_t)number);
	return true;
}

static bool
set_a_word(struct voice_choice *choice, const struct setting *setting, const char *value,
	   char **reason)
{
	size_t count = 0;
	size_t index;

	while (count < WORDS_MAX && setting->words[count])
		count++;
	if (count > 0 && strcmp(value, "next") == 0) {
		set_number(choice, setting, (uint32_t)((number_of(choice, setting) + 1) % count));
		return true;
	}
	if (!name_table_find(setting->words, count, value, &index)) {
		*reason = g_strdup_printf(_("%s is one of: %s"), setting->name, _(setting->help));
		return false;
	}
	set_number(choice, setting, (uint32_t)index);
	return true;
}

static bool
set_a_name(struct voice_choice *choice, const struct setting *setting, const char *value,
	   char **reason)
{
	bool *set = is_set(choice, setting);
	bool none = strcmp(value, set ? "auto" : "none") == 0;

	for (const char *at = value; *at; at++) {
		if (g_ascii_isalnum(*at) || strchr("-_.@:+", *at))
			continue;
		*reason = g_strdup_printf(_("%s is a name: %s"), setting->name, _(setting->help));
		return false;
	}
	if (!value[0] || strlen(value) >= setting->size) {
		*reason = g_strdup_printf(_("%s is empty or too long: %s"), setting->name,
					  _(setting->help));
		return false;
	}
	g_strlcpy((char *)choice + setting->offset, none ? "" : value, setting->size);
	if (set)
		*set = !none;
	locale_languages(choice);
	return true;
}

bool
voice_settings_set(struct voice_choice *choice, const char *name, const char *value, char **reason)
{
	const struct setting *setting = find(name);
	const char *names[ARRAY_LENGTH(settings)];
	const char *near;

	if (setting) {
		switch (setting->kind) {
		case KIND_NUMBER:
			return set_a_number(choice, setting, value, reason);
		case KIND_WORD:
			return set_a_word(choice, setting, value, reason);
		case KIND_NAME:
			return set_a_name(choice, setting, value, reason);
		}
	}
	for (size_t i = 0; i < ARRAY_LENGTH(settings); i++)
		names[i] = settings[i].name;
	near = suggest(name, names, ARRAY_LENGTH(names));
	*reason =
	    near ? g_strdup_printf(_("there is no setting '%s', did you mean '%s'"), name, near)
		 : g_strdup_printf(_("there is no setting '%s'"), name);
	return false;
}
