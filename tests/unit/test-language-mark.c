/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Languages inside a text: written, read back, cleaned, planned and taken out; and what an app's
 * text attributes make of a name.
 * Run by tests/run. In rows, "{de}" is a mark and "{}" its end.
 * Owns nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>
#include <string.h>

#include "common/clean_text.h"
#include "daemon/a11y_language.h"
#include "daemon/a11y_words.h"
#include "daemon/apps_widget.h"
#include "daemon/spelling.h"
#include "daemon/voice/plan.h"

static char *
with_marks(const char *row)
{
	GString *text = g_string_new(NULL);

	while (*row) {
		const char *end = *row == '{' ? strchr(row, '}') : NULL;
		g_autofree char *language =
		    end ? g_strndup(row + 1, (size_t)(end - row - 1)) : NULL;

		if (language)
			language_mark_append(text, language);
		else
			g_string_append_c(text, *row);
		row = end ? end + 1 : row + 1;
	}
	return g_string_free(text, FALSE);
}

static char *
shown(const char *text)
{
	GString *row = g_string_new(NULL);
	const char *end = text + strlen(text);

	while (text < end) {
		char language[LANGUAGE_MARK_MAX];
		size_t size = language_mark_read(text, end, language);

		if (size > 0)
			g_string_append_printf(row, "{%s}", language);
		else
			g_string_append_len(row, text, (gssize)(size = 1));
		text += size;
	}
	return g_string_free(row, FALSE);
}

static void
assert_shown(const char *text, const char *expected)
{
	g_autofree char *row = shown(text);

	assert_string_equal(row, expected);
}

static void
test_marks(void **state)
{
	g_autoptr(GString) text = g_string_new("a");
	g_autofree char *marked = with_marks("{zh-hant-tw}x{}y");
	g_autofree char *plain = language_mark_strip(marked);
	char language[LANGUAGE_MARK_MAX] = "old";
	static const char too_long[] = "\U000E0001\U000E0061\U000E0061\U000E0061\U000E0061"
				       "\U000E0061\U000E0061\U000E0061\U000E0061\U000E0061"
				       "\U000E0061\U000E0061\U000E0061\U000E0061\U000E0061"
				       "\U000E0061\U000E0061x";
	static const char tag_alone[] = "\U000E0001", letter[] = "x";

	(void)state;
	assert_shown(marked, "{zh-hant-tw}x{}y");
	assert_string_equal(plain, "xy");
	language_mark_append(text, "not a language");
	language_mark_append(text, "x\xff");
	language_mark_append(text, "a-name-of-sixteen");
	assert_string_equal(text->str, "a");
	/* No mark: nothing after the tag, cut off in the middle, too long, bytes that are not
	 * UTF-8. */
	assert_int_equal(language_mark_read(tag_alone, strchr(tag_alone, '\0'), language), 0);
	assert_int_equal(language_mark_read(marked, marked + 4, language), 0);
	assert_int_equal(language_mark_read(too_long, strchr(too_long, '\0'), language), 0);
	assert_int_equal(language_mark_read(letter, strchr(letter, '\0'), language), 0);
	assert_string_equal(language, "old");
}

static void
assert_clean(const char *row, const char *expected)
{
	g_autofree char *bytes = with_marks(row);
	g_autofree char *once = clean_text(bytes, strlen(bytes));
	g_autofree char *twice = clean_text(once, strlen(once));

	assert_shown(once, expected);
	assert_string_equal(once, twice);
}

static void
test_cleaning(void **state)
{
	(void)state;
	assert_clean("{de}Zurück{}, button", "{de}Zurück{}, button");
	assert_clean("a {de} b", "a {de}b");
	assert_clean("{de}{fr}{de}a", "{de}a");
	assert_clean("a{de}{}b", "ab");
	assert_clean("a{de}", "a");
	assert_clean("{de} {fr}", "");
	assert_clean("[{de}[h@l'oU", "[{de}h@l'oU"); /* no phoneme input */
}

static void
assert_plan(const char *user, const char *row, size_t from, const char *expected)
{
	g_autofree char *text = with_marks(row);
	const struct plan_how how = {.language = "", .user = user, .latin = "en", .from = from};
	struct plan *plan = plan_new(text, &how);
	g_autoptr(GString) parts = g_string_new(NULL);

	for (size_t i = 0; i < plan->count; i++) {
		const struct plan_part *part = &plan->parts[i];

		g_string_append_printf(parts, "%s%s:%s", i > 0 ? "|" : "", part->voice, part->text);
		/* Where it is gone on after a pause: the text's own place. */
		if (!part->is_name)
			assert_memory_equal(text + part->offset, part->text, strlen(part->text));
	}
	assert_string_equal(parts->str, expected);
	plan_free(plan);
}

static void
test_planning(void **state)
{
	(void)state;
	assert_plan("en", "{de}Zurück{}, button", 0, "de:Zurück|en:, button");
	assert_plan("zh_CN", "{de}Zurück{}，按钮", 0, "de:Zurück|cmn-latn-pinyin:，按钮");
	assert_plan("en", "{fr}Le mot {de}Weltschmerz{}", 0, "fr:Le mot |de:Weltschmerz");
	assert_plan("en", "{ur}واپس{}, link", 0, "ur:واپس|en:, link");
	/* The user's own variant, but not of Chinese. */
	assert_plan("en-GB", "{en-us}Back{}", 0, "en:Back");
	assert_plan("zh_CN", "{zh-hk}返回{}", 0, "yue:返回");
	/* Going on in the middle: the mark before still holds. */
	assert_plan("en", "{de}Noch{}, button", strlen("\U000E0001\U000E0064\U000E0065Noch"),
		    "en:, button");
	assert_plan("en", "{de}Noch einmal", strlen("\U000E0001\U000E0064\U000E0065Noch "),
		    "de:einmal");
	assert_plan("en", "[{de}[x", 0, "en:[|de:[x");
}

static GVariant *
run(const char *language, int end)
{
	GVariantBuilder builder;

	g_variant_builder_init(&builder, G_VARIANT_TYPE("a{ss}"));
	if (language)
		g_variant_builder_add(&builder, "{ss}", "language", language);
	g_variant_builder_add(&builder, "{ss}", "weight", "400");
	return g_variant_ref_sink(g_variant_new("(a{ss}ii)", &builder, 0, end));
}

static void
assert_name(const char *name, const char *const *languages, const int *ends, size_t count,
	    const char *expected)
{
	struct a11y_run runs[A11Y_RUNS_MAX];
	g_autofree char *marked = NULL;

	for (size_t i = 0; i < count; i++) {
		g_autoptr(GVariant) body = run(languages[i], ends[i]);

		a11y_run_read(body, &runs[i]);
	}
	marked = a11y_language_mark(name, runs, count);
	assert_shown(marked, expected);
}
#define NAME(name, expected, count, languages, ...)                                                \
	assert_name(name, (const char *const[])languages, (const int[]){__VA_ARGS__}, count,       \
		    expected)
#define L(...)                                                                                     \
	{                                                                                          \
		__VA_ARGS__                                                                        \
	}

static void
test_names_of_apps(void **state)
{
	(void)state;
	NAME("Zurück", "{de}Zurück{}", 1, L("de"), 6);
	NAME("Zurück", "{de-at}Zurück{}", 1, L("de_AT.UTF-8"), 6);
	NAME("Back", "Back", 1, L("C"), 4);
	NAME("Back", "Back", 1, L(NULL), 4);
	NAME("Le mot  Welt ", "{fr}Le mot{} {de}Welt{}", 2, L("fr", "de"), 8, 13);
	NAME("a b", "{fr}a{} b", 2, L("fr", NULL), 1, 3);
	/* Not the name's own text: the language of its first run. */
	NAME("Zurück", "{de}Zurück{}", 1, L("de"), 1);
	/* Any numbers, and a name that would mark by itself. */
	NAME("abc", "{de}abc{}", 3, L("de", "fr", "it"), 900, -5, 3);
	NAME("", "", 1, L("de"), 0);
	NAME("a\U000E0001\U000E0066\U000E0072", "{de}a{}", 1, L("de"), 1);
	NAME("x", "x", 1, L("\" bad"), 1);
}

static void
test_words_of_a_widget(void **state)
{
	const uint64_t on = UINT64_C(1) << A11Y_STATE_SENSITIVE;
	g_autofree char *marked = with_marks("{de}Zurück{}");
	char back[] = "Zurück";
	char class[] = "GtkButton";
	char description[] = "Go back";
	struct apps_widget widget = {
	    .role = A11Y_ROLE_PUSH_BUTTON,
	    .name = back,
	    .marked = marked,
	    .states = on,
	};
	g_autofree char *words = apps_widget_words(&widget);
	g_autofree char *described = NULL;
	g_autofree char *spelt = spelling_words(marked);

	(void)state;
	widget.name = class;
	widget.description = description;
	described = apps_widget_words(&widget);
	assert_shown(words, "{de}Zurück{}, button");
	assert_shown(described, "Go back, button");
	assert_null(strstr(spelt, "\U000E0001"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_marks),
	    cmocka_unit_test(test_cleaning),
	    cmocka_unit_test(test_planning),
	    cmocka_unit_test(test_names_of_apps),
	    cmocka_unit_test(test_words_of_a_widget),
	};

	g_setenv("LANGUAGE", "en", TRUE);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
