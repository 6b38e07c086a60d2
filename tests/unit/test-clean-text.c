/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * common/clean_text: what an app shows becomes what espeak-ng may be given.
 * Run by tests/run; each row is bytes in and the text out.
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
#include "common/cleanup.h"
#include "common/voice_link.h"

static void
assert_cleaned(const char *bytes, size_t size, const char *expected)
{
	g_autofree char *text = clean_text(bytes, size);
	g_autofree char *again = clean_text(text, strlen(text));

	assert_string_equal(text, expected);
	assert_string_equal(again, expected);
}

#define CLEANED(bytes, expected) assert_cleaned(bytes, sizeof(bytes) - 1, expected)

static void
test_plain(void **state)
{
	(void)state;
	CLEANED("", "");
	CLEANED(" \t\n ", "");
	CLEANED("Back, press again", "Back, press again");
	CLEANED("  two \t\r\n words ", "two words");
	CLEANED("Grüße, 你好, שלום", "Grüße, 你好, שלום");
	CLEANED("a\xc2\xa0non-breaking space", "a non-breaking space");
}

static void
test_controls_and_bidi(void **state)
{
	(void)state;
	CLEANED("one\001two\033[31m", "one two [31m");
	CLEANED("nul\0inside", "nul inside");
	CLEANED("c1\xc2\x85x", "c1 x");
	/* Right-to-left override, isolate, mark, Arabic letter mark, byte order mark. */
	CLEANED("a\u202Eb\u2066c\u200Fd\u061Ce\uFEFFf", "abcdef");
	CLEANED("private\uE000use", "privateuse");
}

static void
test_invalid_utf8(void **state)
{
	(void)state;
	CLEANED("a\xff"
		"b",
		"a b");
	CLEANED("cut \xf0\x9f\x98", "cut");
	CLEANED("surrogate \xed\xa0\x80!", "surrogate !");
	CLEANED("overlong \xc0\xaf.", "overlong .");
}

static void
test_full_width(void **state)
{
	(void)state;
	CLEANED("ＡＢｚ０９", "ABz09");
	CLEANED("－５％＋￥３～", "-5%+¥3~");
	/* Punctuation keeps its own pause, and two of these are no phoneme input. */
	CLEANED("好，（是）！？：；。", "好，（是）！？：；。");
	CLEANED("［［h", "［［h");
}

static void
test_phoneme_input(void **state)
{
	(void)state;
	CLEANED("[[h@l'oU]]", "[h@l'oU]]");
	CLEANED("[[[[x", "[x");
	CLEANED("[\u200F[x", "[x");
	CLEANED("[ [x", "[ [x");
	CLEANED("<speak>a</speak>", "<speak>a</speak>");
}

static size_t
longest_word(const char *text)
{
	size_t longest = 0;

	for (const char *at = text; *at; at += strspn(at, " ")) {
		size_t size = strcspn(at, " ");

		longest = MAX(longest, size);
		at += size;
	}
	return longest;
}

static void
test_long_words(void **state)
{
	char apostrophes[440];
	g_autofree char *text = NULL;

	(void)state;
	for (size_t i = 0; i < sizeof(apostrophes); i += 2) {
		apostrophes[i] = 's';
		apostrophes[i + 1] = '\'';
	}
	text = clean_text(apostrophes, sizeof(apostrophes));
	assert_int_equal(longest_word(text), CLEAN_WORD_MAX);
	/* Cut, not left out: 440 bytes and the 7 spaces between 8 words. */
	assert_int_equal(strlen(text), 447);
}

static void
test_runs(void **state)
{
	(void)state;
	CLEANED("---------- x ==========", "---- x ====");
	CLEANED("aaaaaaaa 11111111", "aaaaaaaa 11111111");
	CLEANED("- - - - - - -", "- - - - - - -");
	CLEANED("\U0001F600\U0001F600\U0001F600\U0001F600\U0001F600\U0001F600",
		"\U0001F600\U0001F600\U0001F600\U0001F600");
}

/* Cut into utterances, put together again: nothing is lost, and each fits. */
static size_t
count_pieces(const char *text)
{
	g_autoptr(GString) whole = g_string_new(NULL);
	size_t pieces = 0;

	for (const char *at = text; *at; pieces++) {
		size_t size = clean_text_cut(at);

		assert_in_range(size, 1, VOICE_TEXT_MAX - 1);
		assert_true(g_utf8_validate(at, (gssize)size, NULL));
		g_string_append_len(whole, at, (gssize)size);
		at += size;
		if (*at == ' ') {
			g_string_append_c(whole, ' ');
			at++;
		}
	}
	assert_string_equal(whole->str, text);
	return pieces;
}

static void
test_long_text(void **state)
{
	size_t size = 1000000;
	g_autofree char *bytes = g_malloc(size);
	g_autofree char *text = NULL;
	g_autofree char *beyond = g_malloc(2 * CLEAN_TEXT_MAX);
	g_autofree char *most = NULL;

	(void)state;
	memset(bytes, 'a', size);
	text = clean_text(bytes, size); /* NOLINT(clang-analyzer-unix.Malloc): it is freed */
	assert_int_equal(strlen(text), size + (size - 1) / CLEAN_WORD_MAX);
	assert_int_equal(longest_word(text), CLEAN_WORD_MAX);
	assert_in_range(count_pieces(text), size / VOICE_TEXT_MAX, size / VOICE_TEXT_MAX + 10);
	memset(beyond, 'b', 2 * CLEAN_TEXT_MAX);
	most = clean_text(beyond, 2 * CLEAN_TEXT_MAX); /* NOLINT(clang-analyzer-unix.Malloc) */
	assert_in_range(strlen(most), CLEAN_TEXT_MAX - CLEAN_WORD_MAX, CLEAN_TEXT_MAX);
}

static void
test_cut_at_sentences(void **state)
{
	g_autoptr(GString) text = g_string_new(NULL);
	g_autoptr(GString) chinese = g_string_new(NULL);

	(void)state;
	assert_int_equal(clean_text_cut("Back. Press again"), strlen("Back. Press again"));
	while (text->len < VOICE_TEXT_MAX - 100)
		g_string_append(text, "word ");
	g_string_append(text, "end. ");
	while (text->len < 2 * VOICE_TEXT_MAX)
		g_string_append(text, "more ");
	assert_memory_equal(text->str + clean_text_cut(text->str) - 4, "end.", 4);
	/* A language that writes no blanks gets them every 60 bytes. */
	for (int i = 0; i < 3000; i++)
		g_string_append(chinese, "字");
	g_string_assign(text, "");
	{
		g_autofree char *clean = clean_text(chinese->str, chinese->len);

		assert_int_equal(count_pieces(clean), 3);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_plain),
	    cmocka_unit_test(test_controls_and_bidi),
	    cmocka_unit_test(test_invalid_utf8),
	    cmocka_unit_test(test_full_width),
	    cmocka_unit_test(test_phoneme_input),
	    cmocka_unit_test(test_long_words),
	    cmocka_unit_test(test_runs),
	    cmocka_unit_test(test_long_text),
	    cmocka_unit_test(test_cut_at_sentences),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
