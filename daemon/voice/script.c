/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Scripts, the languages written in them and espeak-ng 1.51's voices, as one table.
 * Called by the plan of an utterance.
 * Owns nothing.
 */
#include "daemon/voice/script.h"

#include <string.h>

#include "common/cleanup.h"

/* The packaged voice "cmn" speaks letters' names for most characters (measured with 1.51). */
#define MANDARIN  "cmn-latn-pinyin"
#define CANTONESE "yue"

static const struct {
	GUnicodeScript script;
	const char *voice;     /* of the language most spoken among those written in it */
	const char *languages; /* others that are, blanks around each */
} scripts[] = {
    {G_UNICODE_SCRIPT_HAN, MANDARIN, " cmn zh yue hak "},
    {G_UNICODE_SCRIPT_BOPOMOFO, MANDARIN, " cmn zh "},
    {G_UNICODE_SCRIPT_HIRAGANA, "ja", " ja "},
    {G_UNICODE_SCRIPT_KATAKANA, "ja", " ja "},
    {G_UNICODE_SCRIPT_HANGUL, "ko", " ko "},
    {G_UNICODE_SCRIPT_ARABIC, "ar", " ar fa ur sd ku ug "},
    {G_UNICODE_SCRIPT_HEBREW, "he", " he "},
    {G_UNICODE_SCRIPT_CYRILLIC, "ru", " ru uk be bg mk sr kk ky ba cv tt tk nog "},
    {G_UNICODE_SCRIPT_GREEK, "el", " el grc "},
    {G_UNICODE_SCRIPT_DEVANAGARI, "hi", " hi mr ne kok "},
    {G_UNICODE_SCRIPT_BENGALI, "bn", " bn as bpy "},
    {G_UNICODE_SCRIPT_GUJARATI, "gu", " gu "},
    {G_UNICODE_SCRIPT_GURMUKHI, "pa", " pa "},
    {G_UNICODE_SCRIPT_ORIYA, "or", " or "},
    {G_UNICODE_SCRIPT_TAMIL, "ta", " ta "},
    {G_UNICODE_SCRIPT_TELUGU, "te", " te "},
    {G_UNICODE_SCRIPT_KANNADA, "kn", " kn "},
    {G_UNICODE_SCRIPT_MALAYALAM, "ml", " ml "},
    {G_UNICODE_SCRIPT_SINHALA, "si", " si "},
    {G_UNICODE_SCRIPT_THAI, "th", " th "},
    {G_UNICODE_SCRIPT_MYANMAR, "my", " my shn "},
    {G_UNICODE_SCRIPT_GEORGIAN, "ka", " ka "},
    {G_UNICODE_SCRIPT_ARMENIAN, "hy", " hy hyw "},
    {G_UNICODE_SCRIPT_ETHIOPIC, "am", " am "},
    {G_UNICODE_SCRIPT_CHEROKEE, "chr", " chr "},
};

/* Languages whose dictionaries in espeak-ng 1.51 name no emoji (measured: U+1F600 makes no sound).
 */
static const char symbols_unnamed[] =
    " an as ba be cv eo he ht ja kk ko ku lb mi mt nb nn no shn th tk tn tt ug uk uz ";

/* Voices whose name is not the language's own. */
static const struct {
	const char *language;
	const char *voice;
} names[] = {
    {"zh", MANDARIN},     {"cmn", MANDARIN},   {"zh-hk", CANTONESE}, {"zh-mo", CANTONESE},
    {"yue", CANTONESE},   {"no", "nb"},        {"nn", "nb"},         {"iw", "he"},
    {"en-us", "en-us"},   {"pt-br", "pt-br"},  {"fr-be", "fr-be"},   {"fr-ch", "fr-ch"},
    {"es-mx", "es-419"},  {"es-ar", "es-419"}, {"es-co", "es-419"},  {"es-cl", "es-419"},
    {"es-419", "es-419"},
};

/* "zh-cn" of "zh_CN.UTF-8". */
static void
normalise(const char *language, char *tag)
{
	size_t i = 0;

	for (; i < SCRIPT_TAG_MAX - 1 &&
	       (g_ascii_isalnum(language[i]) || language[i] == '-' || language[i] == '_');
	     i++)
		tag[i] = language[i] == '_' ? '-' : g_ascii_tolower(language[i]);
	tag[i] = '\0';
}

void
script_language_base(const char *language, char *base)
{
	normalise(language, base);
	base[strcspn(base, "-")] = '\0';
}

static const char *
named(const char *tag)
{
	for (size_t i = 0; i < ARRAY_LENGTH(names); i++) {
		if (strcmp(names[i].language, tag) == 0)
			return names[i].voice;
	}
	return NULL;
}

void
script_language_voice(const char *language, char *voice)
{
	char tag[SCRIPT_TAG_MAX];
	char base[SCRIPT_TAG_MAX];
	const char *known;

	normalise(language, tag);
	script_language_base(language, base);
	known = named(tag);
	if (!known)
		known = named(base);
	if (!known)
		known =
		    base[0] && strcmp(base, "c") != 0 && strcmp(base, "posix") != 0 ? base : "en";
	g_strlcpy(voice, known, SCRIPT_TAG_MAX);
}

static bool
listed(const char *languages, const char *base)
{
	char word[SCRIPT_TAG_MAX + 2];

	g_snprintf(word, sizeof(word), " %s ", base);
	return strstr(languages, word);
}

/* Whether a language has a script of its own in the table, so that Latin letters are not its. */
static bool
is_latin(const char *base)
{
	for (size_t i = 0; i < ARRAY_LENGTH(scripts); i++) {
		if (listed(scripts[i].languages, base))
			return false;
	}
	return true;
}

bool
script_voice(GUnicodeScript script, const char *language, const char *latin, char *voice)
{
	char base[SCRIPT_TAG_MAX];

	if (script == G_UNICODE_SCRIPT_COMMON || script == G_UNICODE_SCRIPT_INHERITED ||
	    script == G_UNICODE_SCRIPT_UNKNOWN)
		return false;
	script_language_base(language, base);
	for (size_t i = 0; i < ARRAY_LENGTH(scripts); i++) {
		if (scripts[i].script != script)
			continue;
		if (listed(scripts[i].languages, base))
			script_language_voice(language, voice);
		else
			g_strlcpy(voice, scripts[i].voice, SCRIPT_TAG_MAX);
		return true;
	}
	script_language_voice(is_latin(base) ? language : latin, voice);
	return true;
}

bool
script_symbols(const char *language, char *table, char *voice)
{
	char base[SCRIPT_TAG_MAX];

	script_language_base(language, base);
	script_language_voice(language, voice);
	if (listed(" zh cmn yue hak ", base)) {
		g_strlcpy(table, "zh", SCRIPT_TAG_MAX);
		return true;
	}
	if (strncmp(voice, "en", 2) != 0) {
		if (!listed(symbols_unnamed, base))
			return false;
		g_strlcpy(voice, "en", SCRIPT_TAG_MAX);
	}
	g_strlcpy(table, "en", SCRIPT_TAG_MAX);
	return true;
}

bool
script_is_mandarin(const char *voice)
{
	return strcmp(voice, MANDARIN) == 0;
}

bool
script_is_chinese(const char *voice)
{
	return script_is_mandarin(voice) || strcmp(voice, CANTONESE) == 0;
}

/* Languages in which espeak-ng 1.51 reads "-5" as "5" (measured), and their word for it. */
static const struct {
	const char *language;
	const char *word;
} minus[] = {
    {"fr", "moins"},    {"es", "menos"}, {"ru", "минус"}, {"uk", "мінус"},
    {"pl", "minus"},    {"tr", "eksi"},  {"da", "minus"}, {"ja", "マイナス"},
    {"ko", "마이너스"}, {"ar", "ناقص"},  {"hi", "माइनस"},
};

const char *
script_minus(const char *voice)
{
	char base[SCRIPT_TAG_MAX];

	script_language_base(voice, base);
	for (size_t i = 0; i < ARRAY_LENGTH(minus); i++) {
		if (strcmp(minus[i].language, base) == 0)
			return minus[i].word;
	}
	return NULL;
}

/* In no other of espeak-ng 1.51's languages is the sign silent (measured). With its vowels, for it
 * leaves them out of the bare word. */
const char *
script_percent(const char *voice)
{
	return strcmp(voice, "ar") == 0 ? "بالمِئَة" : NULL;
}
