/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Chinese as it is read: prices, percents, temperatures, times and numbers in words, and words
 * whose characters have several sounds. What the real espeak-ng makes of it: test-languages.
 * Run by tests/run; each row is a text and what is spoken in its place.
 * Owns nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>
#include <string.h>

#include "common/cleanup.h"
#include "daemon/voice/chinese.h"
#include "daemon/voice/symbols.h"

static const struct {
	const char *text;
	const char *spoken;
} rows[] = {
    /* What is paid. */
    {"付款 ¥128.50", "付款 一百二十八点五零元"},
    {"￥5", "五元"},
    {"¥5元", "五元"},
    {"$5", "五美元"},
    {"€ 9.99", "九点九九欧元"},
    {"12345元", "一万二千三百四十五元"},
    {"1,234,567.8元", "一百二十三万四千五百六十七点八元"},
    {"-¥20", "负二十元"},
    /* How many. */
    {"0", "零"},
    {"10", "十"},
    {"15", "十五"},
    {"110", "一百一十"},
    {"115", "一百一十五"},
    {"1005", "一千零五"},
    {"1010", "一千零一十"},
    {"1500", "一千五百"},
    {"10005个", "一万零五个"},
    {"100000000元", "一亿元"},
    {"120003000条", "一亿二千万三千条"},
    {"2个", "两个"},
    {"共 2 条", "共 两 条"},
    {"第2个", "第二个"},
    {"第 2 页", "第 二 页"},
    {"1/2页", "一斜杠二页"},
    {"2月3日", "二月三日"},
    {"12个", "十二个"},
    {"3行", "三航"},
    /* What is no number but a name. */
    {"2026年", "二零二六年"},
    {"13812345678", "一三八一二三四五六七八"},
    {"验证码 123456，", "验证码 一二三四五六，"},
    {"05", "零五"},
    {"1234567890123元", "一二三四五六七八九零一二三元"},
    /* Signs. */
    {"音量 50%", "音量 百分之五十"},
    {"-3.5%", "负百分之三点五"},
    {"温度-5", "温度负五"},
    {"−5°", "负五度"},
    {"1-5", "一杠五"},
    {"1~5", "一到五"},
    {"2026-11-30", "二千零二十六杠十一杠三十"},
    {"10:05", "十 零五"},
    {"2.3.1", "二点三点一"},
    {"12,34", "十二,三十四"},
    {"5+3=8", "五加三等于八"},
    {"5 × 3", "五 乘 三"},
    {"+", "加号"},
    {"×", "叉号"},
    {"%", "百分号"},
    {"3 / 15", "三 斜杠 十五"},
    {"-", "-"},
    {"好-", "好-"},
    {"1.", "一."},
    {"1,", "一,"},
    {"：“好”。", "：“好”。"},
    {"", ""},
    /* Sounds. */
    {"重新应用，重要", "虫新硬用，重要"},
    {"银行，不行", "银航，不行"},
    {"目的地", "目第第"},
    {"选中，选中间", "选众，选中间"},
    {"另存为", "另存维"},
};

static void
test_spoken(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		GArray *sources;
		g_autofree char *spoken =
		    chinese_spoken(rows[i].text, true, VOICE_PUNCTUATION_NONE, &sources);
		guint32 last = 0;

		assert_string_equal(spoken, rows[i].spoken);
		assert_int_equal(sources->len, g_utf8_strlen(spoken, -1));
		for (guint n = 0; n < sources->len; n++) {
			guint32 source = g_array_index(sources, guint32, n);

			assert_in_range(source, last, strlen(rows[i].text) - 1);
			last = source;
		}
		g_array_unref(sources);
	}
}

static void
check_marks(enum voice_punctuation punctuation, const char *expected)
{
	GArray *sources;
	g_autofree char *spoken =
	    chinese_spoken("你好，（a_b）：50%。", true, punctuation, &sources);

	assert_string_equal(spoken, expected);
	g_array_unref(sources);
}

/* In words of its own, from the level on that the user chose. */
static void
test_marks(void **state)
{
	(void)state;
	check_marks(VOICE_PUNCTUATION_NONE, "你好，（a_b）：百分之五十。");
	check_marks(VOICE_PUNCTUATION_SOME, "你好，（a 下划线 b）：百分之五十。");
	check_marks(VOICE_PUNCTUATION_MOST, "你好， 左括号 a 下划线 b 右括号  冒号 百分之五十。");
	check_marks(VOICE_PUNCTUATION_ALL,
		    "你好 逗号  左括号 a 下划线 b 右括号  冒号 百分之五十 句号 ");
}

/* A sound that no character has alone: neither cut by the limit of a word nor joined to another. */
static void
test_syllables(void **state)
{
	static const char text[] = "我很着急，行长答应切换";
	g_autofree char *many = g_strdup("");
	GArray *sources;
	g_autofree char *spoken = chinese_spoken(text, true, VOICE_PUNCTUATION_NONE, &sources);
	g_auto(GStrv) words = NULL;

	(void)state;
	assert_string_equal(spoken, "我很zhao2急，hang2 zhang3 da1 ying4 qie1换");
	/* 着's five characters are all 着's, and the next is 急's. */
	for (guint i = 2; i < 7; i++)
		assert_int_equal(g_array_index(sources, guint32, i), strlen("我很"));
	assert_int_equal(g_array_index(sources, guint32, 7), strlen("我很着"));
	g_array_unref(sources);
	for (int i = 0; i < 20; i++) {
		char *longer = g_strconcat(many, "着急", NULL);

		g_free(many);
		many = longer;
	}
	g_free(spoken);
	spoken = chinese_spoken(many, true, VOICE_PUNCTUATION_NONE, &sources);
	g_array_unref(sources);
	words = g_strsplit(spoken, " ", -1);
	for (size_t i = 0; words[i]; i++) {
		assert_in_range(strlen(words[i]), 1, 60);
		assert_true(g_str_has_prefix(words[i], "zhao2") ||
			    g_str_has_prefix(words[i], "急"));
	}
}

/* Cantonese has other sounds, and the same numbers. */
static void
test_other_sounds(void **state)
{
	GArray *sources;
	g_autofree char *spoken =
	    chinese_spoken("银行 3行 50%", false, VOICE_PUNCTUATION_NONE, &sources);

	(void)state;
	assert_string_equal(spoken, "银行 三行 百分之五十");
	g_array_unref(sources);
}

/* A pause goes on with the word in which it came. */
static void
test_places(void **state)
{
	static const char text[] = "付 重新 50% 好";
	GArray *sources;
	g_autofree char *spoken = chinese_spoken(text, true, VOICE_PUNCTUATION_NONE, &sources);
	const char *places[] = {"付", " ",  "虫", "新", " ", "百",
				"分", "之", "五", "十", " ", "好"};
	const size_t expected[] = {0, 3, 4, 7, 10, 11, 11, 11, 11, 11, 14, 15};

	(void)state;
	assert_int_equal(sources->len, ARRAY_LENGTH(places));
	for (guint i = 0; i < sources->len; i++) {
		assert_true(
		    g_str_has_prefix(g_utf8_offset_to_pointer(spoken, (glong)i), places[i]));
		assert_int_equal(g_array_index(sources, guint32, i), expected[i]);
	}
	g_array_unref(sources);
}

/* No word is longer in words than clean_text() lets one be: espeak-ng dies of some that are. */
static void
test_long_number(void **state)
{
	g_autofree char *digits = g_strnfill(60, '9');
	GArray *sources;
	g_autofree char *spoken = chinese_spoken(digits, true, VOICE_PUNCTUATION_NONE, &sources);
	g_auto(GStrv) words = g_strsplit(spoken, " ", -1);

	(void)state;
	assert_int_equal(g_strv_length(words), 3);
	for (size_t i = 0; words[i]; i++)
		assert_in_range(strlen(words[i]), 1, 60);
	g_array_unref(sources);
}

/* Of the table's second column: characters, and syllables of letters and a tone. */
static glong
sounds(const char *text)
{
	glong count = 0;

	for (const char *at = text; *at; count++) {
		size_t letters = strspn(at, "abcdefghijklmnopqrstuvwxyz");

		if (letters > 0) {
			assert_in_range(letters, 1, 6);
			assert_in_range(at[letters], '1', '5');
			at += letters + 1;
		} else {
			assert_int_equal(g_unichar_get_script(g_utf8_get_char(at)),
					 G_UNICODE_SCRIPT_HAN);
			at = g_utf8_next_char(at);
		}
	}
	return count;
}

/* The table of sounds: as many as the word has characters, or places in a text would be lost. */
static void
test_table(void **state)
{
	g_autofree char *table = NULL;
	g_auto(GStrv) lines = NULL;

	(void)state;
	assert_true(g_file_get_contents("daemon/voice/symbols/zh-sounds.tsv", &table, NULL, NULL));
	lines = g_strsplit(table, "\n", -1);
	assert_in_range(g_strv_length(lines), 1000, 3000);
	for (size_t i = 0; lines[i] && lines[i][0]; i++) {
		g_auto(GStrv) fields = g_strsplit(lines[i], "\t", -1);
		struct symbols_found found;

		assert_int_equal(g_strv_length(fields), 2);
		assert_int_equal(g_utf8_strlen(fields[0], -1), sounds(fields[1]));
		assert_true(symbols_find("zh-sounds", fields[0], &found));
		assert_int_equal(found.size, strlen(fields[0]));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_spoken), cmocka_unit_test(test_other_sounds),
	    cmocka_unit_test(test_places), cmocka_unit_test(test_long_number),
	    cmocka_unit_test(test_marks),  cmocka_unit_test(test_syllables),
	    cmocka_unit_test(test_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
