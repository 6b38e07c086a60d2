/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The ear's stand-in: which phonemes the real espeak-ng makes of fixed sentences, planned by us.
 * Run by tests/run. The rows are what espeak-ng 1.51 of Debian 12 makes; one that another version
 * changes is to be read against its sentence before it is changed here.
 * Owns espeak-ng for the length of the test.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <espeak-ng/speak_lib.h>
#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/clean_text.h"
#include "common/voice_link.h"
#include "daemon/voice/engine.h"
#include "daemon/voice/synth.h"

static struct engine *engine;
static enum voice_punctuation punctuation;
static bool spell;
static size_t samples_made;
static guint64 samples_sum; /* of what each is away from 0 */
static guint64 crossings;   /* of 0, upwards */
static short last_sample;

/* NOLINTBEGIN(readability-non-const-parameter): the type is espeak-ng's */
static int
on_samples(short *samples, int count, espeak_EVENT *events)
{
	(void)events;
	if (samples && count > 0)
		samples_made += (size_t)count;
	for (int i = 0; samples && i < count; i++) {
		samples_sum += (guint64)abs(samples[i]);
		crossings += last_sample < 0 && samples[i] >= 0;
		last_sample = samples[i];
	}
	return 0;
}
/* NOLINTEND(readability-non-const-parameter) */

/* What is heard of a text: the phonemes of all its parts, blanks folded. */
static char *
phonemes(const char *text, const char *user, const char *language)
{
	const struct plan_how how = {.language = language,
				     .user = user,
				     .latin = "en",
				     .spell = spell,
				     .punctuation = punctuation};
	g_autofree char *clean = clean_text(text, strlen(text));
	struct plan *plan = plan_new(clean, &how);
	g_autofree char *heard = NULL;
	size_t size = 0;
	FILE *stream = open_memstream(&heard, &size);
	g_auto(GStrv) words = NULL;
	GString *folded = g_string_new(NULL);

	espeak_SetPhonemeTrace(espeakPHONEMES_SHOW, stream);
	for (size_t i = 0; i < plan->count; i++)
		assert_int_equal(engine_say(engine, &plan->parts[i], NULL), 0);
	espeak_SetPhonemeTrace(0, stdout);
	fclose(stream);
	plan_free(plan);
	words = g_strsplit_set(heard, " \n", -1);
	for (size_t i = 0; words[i]; i++) {
		if (words[i][0])
			g_string_append_printf(folded, "%s%s", folded->len > 0 ? " " : "",
					       words[i]);
	}
	return g_string_free(folded, FALSE);
}

static const struct {
	const char *user;
	const char *language;
	const char *text;
	const char *phonemes;
} rows[] = {
    {"en", "", "Back, press again", "b'ak pr'Es a#g'En"},
    {"zh_CN", "", "返回，再按一次", "f'a21n_| X'uei35_| ts'ai51_| 'a51n_| j'i55_| tsh'i[51_|"},
    {"en", "", "打开 Firefox 浏览器",
     "t'A21_| kh'ai55_| f'aI@f0ks liou35l'a35n_| l'a21n_| tS;h'i51_|"},
    {"zh_CN", "", "付款 ¥128.50",
     "f'u51_| khw'a21n_| j'i55_| p'ai21_| '@r51_| s.'i.35_| p'A55_| t'iE35n_| w'u21_| l'i35N_| "
     "'y&35n_|"},
    {"zh_CN", "", "音量 50%", "j'i55n_| l'iA51N_| p'ai21_| f'@55n_| ts.'i.55_| w'u21_| s.'i.35_|"},
    {"zh_CN", "", "－５℃", "f'u51_| w'u214_| s.'o-51_| s.'i.51_| t'u51_|"},
    {"zh_CN", "", "重新应用", "ts.h'ong35_| S;'i55n_| j'i51N_| 'yu51N_|"},
    {"zh_CN", "", "你好 world 5 个", "n'i35_| X'Au214_| w'3:ld f'aIv ko-11_|"},
    {"de_DE", "", "Zurück, nochmal drücken", "tsu:R'yk n'OxmA:l dr'yk@n"},
    {"en", "de", "Grüße aus Köln", "gr'y:s@_! _|,aUs k'Wln"},
    {"ar", "", "مرحبا بالعالم", "mRHb'a: bilA'a:lam"},
    {"ar", "", "50%", "xams'u:n bilm'i?at"},
    {"zh_CN", "", "切换", "tS;h'iE55_| X'ua51n_|"},
    {"zh_CN", "", "别着急，看着我", "p'iE35_| ts.'Au35_| tS;'i35_| kh'a51n_| ts.o-11_| w'o214_|"},
    {"zh_CN", "", "答应行长", "t'A55_| j'i51N_| X'a35N_| ts.'a214N_|"},
    {"zh_CN", "", "目的地是西藏", "m'u51_| t'i51_| t'i51_| s.'i.51_| S;'i55_| ts'a51N_|"},
    {"ja", "", "こんにちは、カタカナ", "k,onnit_s\\'iha k,atak'ana"},
    {"en", "", "Done ✓", "d'Vn tS'Ek m'A@k"},
    {"zh_CN", "", "完成 😀", "w'A35n_| ts.h'@35N_| X'ei55_| X'ei55_|"},
    {"ru_RU", "", "Привет, мир", "p@-r;iv;'et m;'ir"},
};

static void
test_phonemes(void **state)
{
	struct synth_settings settings = synth_default_settings;
	bool same = true;

	(void)state;
	engine_set(engine, &settings);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *heard = phonemes(rows[i].text, rows[i].user, rows[i].language);

		if (strcmp(heard, rows[i].phonemes) != 0) {
			print_message("%s\n  expected %s\n  heard    %s\n", rows[i].text,
				      rows[i].phonemes, heard);
			same = false;
		}
	}
	assert_true(same);
}

/* No letter of another script is called by its name: "Chinese letter". */
static void
test_no_letter_names(void **state)
{
	g_autofree char *chinese = phonemes("打开Firefox浏览器，然后付款", "en", "");
	g_autofree char *mixed = phonemes("OK 好的", "zh_CN", "");

	(void)state;
	assert_null(strstr(chinese, "tS'aIni:z"));
	assert_null(strstr(mixed, "tS'aIni:z"));
}

static void
test_punctuation(void **state)
{
	struct synth_settings settings = synth_default_settings;
	static const char text[] = "a@b (c), d.";
	g_autofree char *none = NULL;
	g_autofree char *some = NULL;
	g_autofree char *most = NULL;
	g_autofree char *all = NULL;

	(void)state;
	engine_set(engine, &settings);
	none = phonemes(text, "en", "");
	settings.punctuation = VOICE_PUNCTUATION_SOME;
	engine_set(engine, &settings);
	some = phonemes(text, "en", "");
	settings.punctuation = VOICE_PUNCTUATION_MOST;
	engine_set(engine, &settings);
	most = phonemes(text, "en", "");
	settings.punctuation = VOICE_PUNCTUATION_ALL;
	engine_set(engine, &settings);
	all = phonemes(text, "en", "");
	engine_set(engine, &synth_default_settings);
	assert_null(strstr(none, "pa#r,En"));
	assert_null(strstr(some, "pa#r,En"));
	assert_non_null(strstr(most, "pa#r,En"));
	assert_null(strstr(most, "k'0m@"));
	assert_non_null(strstr(all, "pa#r,En"));
	assert_non_null(strstr(all, "k'0m@"));
}

/* Named in Chinese: in a text, after a foreign word and spelt, as the names themselves are said. */
static void
test_chinese_punctuation(void **state)
{
	static const struct {
		const char *text;
		const char *said;
		bool spelt;
	} texts[] = {
	    {"（你好）：", "左括号你好右括号冒号", false},
	    {"打开 Firefox，“再见”！", "打开 Firefox 逗号左引号再见右引号叹号", false},
	    {"，", "逗号", true},
	    {"？", "问号", true},
	};
	struct synth_settings settings = synth_default_settings;

	(void)state;
	settings.punctuation = VOICE_PUNCTUATION_ALL;
	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_autofree char *heard = NULL;
		g_autofree char *said = NULL;

		engine_set(engine, &synth_default_settings);
		said = phonemes(texts[i].said, "zh_CN", "");
		engine_set(engine, &settings);
		punctuation = VOICE_PUNCTUATION_ALL;
		spell = texts[i].spelt;
		heard = phonemes(texts[i].text, "zh_CN", "");
		spell = false;
		punctuation = VOICE_PUNCTUATION_NONE;
		assert_string_equal(heard, said);
	}
	engine_set(engine, &synth_default_settings);
}

static void
test_rate(void **state)
{
	struct synth_settings settings = synth_default_settings;
	size_t normal;
	size_t fast;

	(void)state;
	engine_set(engine, &settings);
	samples_made = 0;
	g_free(phonemes("One two three four five six seven", "en", ""));
	normal = samples_made;
	settings.rate_wpm = 350;
	engine_set(engine, &settings);
	samples_made = 0;
	g_free(phonemes("One two three four five six seven", "en", ""));
	fast = samples_made;
	engine_set(engine, &synth_default_settings);
	assert_in_range(fast * 10, normal * 4, normal * 7);
}

/* What of a sentence's sound a setting can change; espeak-ng's own chance is under 4 % (measured).
 */
struct sound {
	guint64 samples, loudness, crossings;
};

static struct sound
sound(const struct synth_settings *settings)
{
	engine_set(engine, settings);
	samples_made = 0;
	samples_sum = 0;
	crossings = 0;
	g_free(phonemes("One two Three four", "en", ""));
	return (struct sound){samples_made, samples_sum, crossings};
}

static bool
is_near(guint64 a, guint64 b)
{
	return MAX(a, b) - MIN(a, b) <= MAX(a, b) / 16;
}

static bool
same(struct sound a, struct sound b)
{
	return is_near(a.samples, b.samples) && is_near(a.loudness, b.loudness) &&
	       is_near(a.crossings, b.crossings);
}

/* Each setting that is espeak-ng's changes what is heard, and setting it back restores that. */
static void
test_settings_are_heard(void **state)
{
	const struct synth_settings usual = synth_default_settings;
	struct synth_settings settings = usual;
	struct sound before = sound(&usual);
	struct sound soft;

	(void)state;
	assert_true(same(sound(&usual), before));
#define HEARD(field, value)                                                                        \
	settings = usual;                                                                          \
	settings.field = value;                                                                    \
	assert_false(same(sound(&settings), before));                                              \
	assert_true(same(sound(&usual), before))
	HEARD(rate_wpm, 80);
	HEARD(pitch_percent, 99);
	HEARD(range_percent, 0);
	HEARD(volume_percent, 50);
	HEARD(capitals, VOICE_CAPITALS_WORD);
	HEARD(capitals, VOICE_CAPITALS_PITCH);
	settings = usual;
	g_strlcpy(settings.variant, "f2", sizeof(settings.variant));
	assert_false(same(sound(&settings), before));
	settings = usual;
	settings.volume_percent = 50;
	soft = sound(&settings);
	assert_in_range(soft.loudness * 100 / before.loudness, 40, 60);
	engine_set(engine, &usual);
}

static int
start(void **state)
{
	g_autofree char *why = NULL;

	(void)state;
	return engine_new(on_samples, &engine, &why);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_phonemes),           cmocka_unit_test(test_no_letter_names),
	    cmocka_unit_test(test_punctuation),        cmocka_unit_test(test_rate),
	    cmocka_unit_test(test_settings_are_heard), cmocka_unit_test(test_chinese_punctuation),
	};

	return cmocka_run_group_tests(tests, start, NULL);
}
