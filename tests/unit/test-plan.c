/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which voice speaks what: splitting by script, names of symbols, spelling, and beginning anew.
 * Run by tests/run; each row is a text and its plan, "voice:text|voice:text".
 * Owns nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>
#include <string.h>

#include "daemon/voice/plan.h"
#include "daemon/voice/symbols.h"

static char *
show(const char *text, const struct plan_how *how)
{
	struct plan *plan = plan_new(text, how);
	GString *shown = g_string_new(NULL);

	for (size_t i = 0; i < plan->count; i++) {
		const struct plan_part *part = &plan->parts[i];

		assert_true(part->offset >= how->from && part->offset < strlen(text));
		g_string_append_printf(shown, "%s%s%s:%s", i > 0 ? "|" : "", part->voice,
				       part->is_name ? "(name)"
				       : part->spell ? "(spell)"
						     : "",
				       part->text);
	}
	plan_free(plan);
	return g_string_free(shown, FALSE);
}

static void
assert_plan(const char *user, const char *language, const char *text, const char *expected)
{
	const struct plan_how how = {.language = language, .user = user, .latin = "en"};
	g_autofree char *shown = show(text, &how);

	assert_string_equal(shown, expected);
}

static void
test_scripts(void **state)
{
	(void)state;
	assert_plan("en", "", "Back, press again", "en:Back, press again");
	assert_plan("en_GB.UTF-8", "", "Back", "en:Back");
	assert_plan("en_US.UTF-8", "", "Back", "en-us:Back");
	assert_plan("C", "", "Back", "en:Back");
	assert_plan("de_DE", "", "Grüße", "de:Grüße");
	assert_plan("en", "", "打开 Firefox 浏览器",
		    "cmn-latn-pinyin:打开 |en:Firefox |cmn-latn-pinyin:浏览器");
	assert_plan("zh_CN", "", "打开 Firefox", "cmn-latn-pinyin:打开 |en:Firefox");
	assert_plan("zh_HK", "", "你好", "yue:你好");
	assert_plan("en", "", "مرحبا", "ar:مرحبا");
	assert_plan("fa", "", "سلام", "fa:سلام");
	assert_plan("en", "", "こんにちは世界", "ja:こんにちは|cmn-latn-pinyin:世界");
	assert_plan("uk_UA", "", "Привіт OK", "uk:Привіт |en:OK");
	assert_plan("en", "", "Привет", "ru:Привет");
	assert_plan("pt_BR", "", "olá", "pt-br:olá");
	assert_plan("nn_NO", "", "hei", "nb:hei");
}

static void
test_neutral(void **state)
{
	(void)state;
	/* Numbers are read with what they are next to, alone in the user's language. */
	assert_plan("en", "", "5个苹果", "cmn-latn-pinyin:五个苹果");
	assert_plan("en", "", "iPhone 15 发布", "en:iPhone 15 |cmn-latn-pinyin:发布");
	assert_plan("en", "", "Room 5个", "en:Room |cmn-latn-pinyin:五个");
	assert_plan("en", "", "第5 Room", "cmn-latn-pinyin:第五 |en:Room");
	assert_plan("zh_CN", "", "14:05", "cmn-latn-pinyin:十四 零五");
	assert_plan("de_DE", "", "14:05", "de:14:05");
	assert_plan("en", "", "", "");
	assert_plan("en", "", "...", "en:...");
}

static void
test_language_attribute(void **state)
{
	(void)state;
	assert_plan("en", "de", "Zurück", "de:Zurück");
	assert_plan("en", "fr-FR", "Retour 戻る", "fr:Retour |cmn-latn-pinyin:戻|ja:る");
	assert_plan("en", "zh-CN", "返回 OK", "cmn-latn-pinyin:返回 |en:OK");
	assert_plan("en", "ur", "واپس", "ur:واپس");
	/* Nonsense is a language that espeak-ng does not have; the engine then takes English. */
	assert_plan("en", "x!\"\n", "Back", "x:Back");
}

static void
test_symbols(void **state)
{
	struct symbols_found found;

	(void)state;
	assert_plan("en", "", "Done ✓", "en:Done |en(name):check mark");
	assert_plan("zh_CN", "", "完成 👍", "cmn-latn-pinyin:完成 |cmn-latn-pinyin(name):拇指向上");
	assert_plan("en", "", "\U0001F1E9\U0001F1EA", "en(name):flag: Germany");
	assert_plan("ja", "", "はい😀", "ja:はい|en(name):grinning face");
	/* German names them itself. */
	assert_plan("de", "", "Ja 😀", "de:Ja 😀");
	/* The sign that a colour picture is meant is no sound, and a heart stays one. */
	assert_plan("en", "", "❤️", "en(name):red heart");
	assert_plan("en", "", "5°C, €5 – “x”", "en:5°C, €5 – “x”");
	assert_true(symbols_find("en", "1⃣ x", &found));
	assert_memory_equal(found.name, "keycap: 1", found.name_size);
	assert_false(symbols_find("en", "x", &found));
	assert_false(symbols_find("de", "😀", &found));
	assert_false(symbols_find("en", "", &found));
}

/* "-5" is not "5". */
static void
test_minus(void **state)
{
	(void)state;
	assert_plan("fr", "", "Il fait -5", "fr:Il fait |fr(name):moins|fr:5");
	assert_plan("es_MX", "", "-5", "es-419(name):menos|es-419:5");
	assert_plan("ru", "", "Температура -5", "ru:Температура |ru(name):минус|ru:5");
	assert_plan("fr", "", "A-5, 2-5", "fr:A-5, 2-5");
	assert_plan("fr", "", "- 5", "fr:- 5");
	/* These say so by themselves. */
	assert_plan("de", "", "-5", "de:-5");
	assert_plan("en", "", "-5", "en:-5");
}

static void
test_spell(void **state)
{
	const struct plan_how how = {.language = "", .user = "en", .latin = "en", .spell = true};
	g_autofree char *shown = show("Ab 3返✓", &how);

	(void)state;
	assert_string_equal(shown, "en(spell):A|en(spell):b|en(spell):3|cmn-latn-pinyin:返|"
				   "en(name):check mark");
}

static void
test_from(void **state)
{
	const char *text = "one 二 three";
	struct plan_how how = {.language = "", .user = "en", .latin = "en"};
	g_autofree char *middle = NULL;
	g_autofree char *end = NULL;

	(void)state;
	how.from = strlen("one ");
	middle = show(text, &how);
	assert_string_equal(middle, "cmn-latn-pinyin:二 |en:three");
	how.from = strlen(text);
	end = show(text, &how);
	assert_string_equal(end, "");
}

static void
test_every_character(void **state)
{
	const struct plan_how how = {.language = "", .user = "zh_CN", .latin = "en"};
	g_autoptr(GString) text = g_string_new(NULL);
	g_autofree char *shown = NULL;

	(void)state;
	for (gunichar character = 0x21; character < 0x20000; character++) {
		if (g_unichar_validate(character) && !g_unichar_isspace(character))
			g_string_append_unichar(text, character);
	}
	shown = show(text->str, &how);
	assert_true(g_utf8_validate(shown, -1, NULL));
	assert_true(strlen(shown) > text->len);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_scripts),
	    cmocka_unit_test(test_neutral),
	    cmocka_unit_test(test_language_attribute),
	    cmocka_unit_test(test_symbols),
	    cmocka_unit_test(test_minus),
	    cmocka_unit_test(test_spell),
	    cmocka_unit_test(test_from),
	    cmocka_unit_test(test_every_character),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
