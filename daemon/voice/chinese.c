/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Chinese as espeak-ng 1.51 can read it. By itself it says nothing for a decimal point, a minus or
 * a currency ("128.50" is "128 50", "-5" is "5"), "percent" in English for the sign, 12 thousands
 * for 12345, English names of punctuation, and of a character with several sounds always the same
 * one (measured; the common words are in daemon/voice/symbols/zh-sounds.tsv).
 * Called by daemon/voice/plan. Owns the text while it grows.
 */
#include "daemon/voice/chinese.h"

#include <string.h>

#include "common/clean_text.h"
#include "common/cleanup.h"
#include "daemon/voice/chinese_marks.h"
#include "daemon/voice/symbols.h"

/* A longer number is one of an order, a card or a telephone, as is one that nothing counts. */
#define NUMBER_DIGITS_MAX 12
#define BARE_DIGITS_MAX   4
/* The years of four digits are read one by one; so is what begins with 0. */
#define YEAR_DIGITS 4

static const char *const digit_names[] = {"零", "一", "二", "三", "四",
					  "五", "六", "七", "八", "九"};

struct growing {
	GString *text;
	GArray *sources;
	size_t word_bytes;
	guint32 source; /* of what is added now */
	enum voice_punctuation punctuation;
};

/* A number as it stands in a text. */
struct number {
	const char *end;
	const char *currency; /* its name, or NULL */
	const char *before;   /* what is said before it, or NULL */
	bool minus;
	bool grouped;
	char digits[CLEAN_WORD_MAX + 1];
	const char *decimals; /* from the first dot on; NULL without */
	size_t decimals_size;
};

static const struct {
	const char *sign;
	const char *name;
} currencies[] = {
    {"¥", "元"}, {"￥", "元"}, {"$", "美元"}, {"€", "欧元"}, {"£", "英镑"},
};

/* What espeak-ng would say in English, or not at all though it counts. */
static const struct {
	const char *sign;
	const char *name;
	const char *beside_number; /* or NULL: the same */
} signs[] = {
    {"%", "百分号", NULL}, {"‰", "千分号", NULL},  {"+", "加号", "加"},   {"=", "等号", "等于"},
    {"×", "叉号", "乘"},   {"÷", "除号", "除以"},  {"±", "正负", NULL},   {"°", "度", NULL},
    {"/", "斜杠", NULL},   {"\\", "反斜杠", NULL}, {"~", "波浪号", "到"}, {"～", "波浪号", "到"},
    {"@", "艾特", NULL},   {"#", "井号", NULL},    {"&", "和", NULL},     {"*", "星号", NULL},
    {"¥", "元", NULL},     {"￥", "元", NULL},     {"$", "美元", NULL},   {"€", "欧元", NULL},
    {"£", "英镑", NULL},
};

static bool
is_digit(const char *at)
{
	return g_ascii_isdigit(*at);
}

static void
add(struct growing *growing, const char *text, size_t size)
{
	const char *end = text + size;

	while (text < end) {
		const char *next = g_utf8_next_char(text);

		if (*text == ' ')
			growing->word_bytes = 0;
		/* A number in words is longer than in digits: clean_text()'s limit holds here too.
		 */
		if (growing->word_bytes + (size_t)(next - text) > CLEAN_WORD_MAX) {
			g_string_append_c(growing->text, ' ');
			g_array_append_val(growing->sources, growing->source);
			growing->word_bytes = 0;
		}
		g_string_append_len(growing->text, text, next - text);
		g_array_append_val(growing->sources, growing->source);
		growing->word_bytes += *text == ' ' ? 0 : (size_t)(next - text);
		text = next;
	}
}

static void
add_word(struct growing *growing, const char *word)
{
	if (word)
		add(growing, word, strlen(word));
}

/* --- numbers in words --- */

static void
add_digits(struct growing *growing, const char *digits)
{
	for (; *digits; digits++)
		add_word(growing, digit_names[*digits - '0']);
}

/* Up to four digits of a longer number; whether a 0 is due before the next that is none. */
static void
add_group(struct growing *growing, const char *digits, size_t count, bool first, bool *zero)
{
	static const char *const places[] = {"", "十", "百", "千"};

	for (size_t i = 0; i < count; i++) {
		size_t place = count - 1 - i;

		if (digits[i] == '0') {
			*zero = true;
			continue;
		}
		if (*zero && !first)
			add_word(growing, digit_names[0]);
		/* 15 is "ten five", 115 "hundred one ten five". */
		if (!first || place != 1 || digits[i] != '1')
			add_word(growing, digit_names[digits[i] - '0']);
		add_word(growing, places[place]);
		*zero = false;
		first = false;
	}
}

/* Of at most NUMBER_DIGITS_MAX. */
static void
add_integer(struct growing *growing, const char *digits)
{
	static const char *const groups[] = {"", "万", "亿"};
	size_t count = strlen(digits);
	bool zero = false;
	bool first = true;

	while (count > 0) {
		size_t size = (count - 1) % 4 + 1;
		bool any = strspn(digits, "0") < size;

		add_group(growing, digits, size, first, &zero);
		if (any) {
			add_word(growing, groups[(count - 1) / 4]);
			zero = false; /* those at the end of a group are not read */
		}
		first = first && !any;
		digits += size;
		count -= size;
	}
	if (first)
		add_word(growing, digit_names[0]);
}

/* --- numbers in a text --- */

static const char *
skip_blank(const char *at)
{
	return *at == ' ' ? at + 1 : at;
}

static const char *
currency_at(const char **at)
{
	for (size_t i = 0; i < ARRAY_LENGTH(currencies); i++) {
		if (!g_str_has_prefix(*at, currencies[i].sign))
			continue;
		*at += strlen(currencies[i].sign);
		return currencies[i].name;
	}
	return NULL;
}

/* Digits, in threes where commas part them; false when there are none, or too many. */
static bool
read_digits(struct number *number, const char **at)
{
	size_t count = 0;

	while (is_digit(*at)) {
		if (count == CLEAN_WORD_MAX)
			return false;
		number->digits[count++] = *(*at)++;
		if (**at == ',' && is_digit(*at + 1) && is_digit(*at + 2) && is_digit(*at + 3) &&
		    !is_digit(*at + 4) && (number->grouped || count <= 3)) {
			number->grouped = true;
			(*at)++;
		}
	}
	number->digits[count] = '\0';
	return count > 0;
}

static void
read_decimals(struct number *number, const char **at)
{
	const char *begin = *at;

	while (**at == '.' && is_digit(*at + 1)) {
		(*at)++;
		while (is_digit(*at))
			(*at)++;
	}
	if (*at == begin)
		return;
	number->decimals = begin;
	number->decimals_size = (size_t)(*at - begin);
}

static bool
read_number(struct number *number, const char *text, const char *at)
{
	const char *before = g_utf8_find_prev_char(text, at);
	size_t minus = g_str_has_prefix(at, "−") ? strlen("−") : *at == '-';

	memset(number, 0, sizeof(*number));
	/* Between two numbers it is a dash. */
	if (minus > 0 && before && is_digit(before))
		return false;
	number->minus = minus > 0;
	at += minus;
	number->currency = currency_at(&at);
	if (number->currency)
		at = skip_blank(at);
	if (!read_digits(number, &at))
		return false;
	read_decimals(number, &at);
	if (*at == '%') {
		number->before = "百分之";
		at++;
	} else if (g_str_has_prefix(at, "‰")) {
		number->before = "千分之";
		at += strlen("‰");
	}
	number->end = at;
	return true;
}

static bool
is_han(const char *at)
{
	return g_unichar_get_script(g_utf8_get_char(at)) == G_UNICODE_SCRIPT_HAN;
}

/* Whether it is a name rather than how many: each digit by itself. */
static bool
is_name(const struct number *number)
{
	size_t count = strlen(number->digits);
	bool counts = number->grouped || number->currency || number->before || number->decimals;

	if (count > NUMBER_DIGITS_MAX || (count > 1 && number->digits[0] == '0'))
		return true;
	if (count == YEAR_DIGITS && g_str_has_prefix(number->end, "年"))
		return true;
	return count > BARE_DIGITS_MAX && !counts && !is_han(skip_blank(number->end));
}

/* Two of something has a word of its own; the second, and two among other numbers, has not. */
static bool
is_pair(const struct number *number, const char *text, const char *at)
{
	static const char *const counted[] = {"个", "条", "项", "次",   "张",   "份",  "天",
					      "件", "名", "步", "封",   "种",   "页",  "秒",
					      "行", "位", "台", "小时", "分钟", "部分"};
	const char *next = skip_blank(number->end);
	const char *before = g_utf8_find_prev_char(text, at);

	if (before && *before == ' ')
		before = g_utf8_find_prev_char(text, before);
	if (strcmp(number->digits, "2") != 0 || number->decimals || number->minus ||
	    number->currency || number->before || (before && !is_han(before)) ||
	    (before && g_str_has_prefix(before, "第")))
		return false;
	for (size_t i = 0; i < ARRAY_LENGTH(counted); i++) {
		if (g_str_has_prefix(next, counted[i]))
			return true;
	}
	return false;
}

static void
add_decimals(struct growing *growing, const struct number *number)
{
	for (size_t i = 0; i < number->decimals_size; i++)
		add_word(growing, number->decimals[i] == '.'
				      ? "点"
				      : digit_names[number->decimals[i] - '0']);
}

/* The size of the number at at, having said it; 0 when there is none. */
static size_t
take_number(struct growing *growing, const char *text, const char *at, bool mandarin)
{
	struct number number;

	if (!read_number(&number, text, at))
		return 0;
	add_word(growing, number.minus ? "负" : NULL);
	add_word(growing, number.before);
	if (is_pair(&number, text, at))
		add_word(growing, "两");
	else if (is_name(&number))
		add_digits(growing, number.digits);
	else
		add_integer(growing, number.digits);
	add_decimals(growing, &number);
	if (number.currency && !g_str_has_prefix(skip_blank(number.end), number.currency))
		add_word(growing, number.currency);
	/* The line, which is not the walk. */
	if (mandarin && g_str_has_prefix(number.end, "行")) {
		add_word(growing, "航");
		number.end += strlen("行");
	}
	return (size_t)(number.end - at);
}

/* --- signs --- */

static bool
is_beside_number(const char *text, const char *at, const char *end)
{
	const char *before = g_utf8_find_prev_char(text, at);

	if (before && *before == ' ')
		before = g_utf8_find_prev_char(text, before);
	return (before && is_digit(before)) || is_digit(skip_blank(end));
}

/* Apart from what is around it, which keeps its own sounds. */
static size_t
take_mark(struct growing *growing, const char *at)
{
	enum voice_punctuation from;
	size_t size;
	const char *name = chinese_mark(at, &from, &size);

	if (!name || growing->punctuation < from)
		return 0;
	add_word(growing, " ");
	add_word(growing, name);
	add_word(growing, " ");
	return size;
}

static size_t
take_sign(struct growing *growing, const char *text, const char *at)
{
	const char *before = g_utf8_find_prev_char(text, at);

	/* A time is two numbers, a date and a range are joined by a dash. */
	if (before && is_digit(before) && is_digit(at + 1) && (*at == ':' || *at == '-')) {
		add_word(growing, *at == ':' ? " " : "杠");
		return 1;
	}
	for (size_t i = 0; i < ARRAY_LENGTH(signs); i++) {
		size_t size = strlen(signs[i].sign);

		if (!g_str_has_prefix(at, signs[i].sign))
			continue;
		add_word(growing, signs[i].beside_number && is_beside_number(text, at, at + size)
				      ? signs[i].beside_number
				      : signs[i].name);
		return size;
	}
	return 0;
}

/* --- words --- */

/* A sound that no character has alone is written as a syllable, "zhao2", which this voice reads as
 * one: its size, or 0. */
static size_t
syllable_size(const char *sound)
{
	size_t letters = 0;

	while (g_ascii_islower(sound[letters]))
		letters++;
	return letters > 0 ? letters + 1 : 0;
}

/* Neither cut nor joined to the one before: that would be one word of two sounds. */
static void
add_syllable(struct growing *growing, const char *syllable, size_t size)
{
	const GString *text = growing->text;

	if (growing->word_bytes + size > CLEAN_WORD_MAX ||
	    (text->len > 0 && is_digit(text->str + text->len - 1)))
		add_word(growing, " ");
	add(growing, syllable, size);
}

static size_t
take_word(struct growing *growing, const char *at)
{
	struct symbols_found found;
	const char *sound;

	if (!symbols_find("zh-sounds", at, &found))
		return 0;
	sound = found.name;
	/* Character by character, so that each keeps its own place. */
	for (const char *word = at; word < at + found.size; word = g_utf8_next_char(word)) {
		size_t syllable = syllable_size(sound);
		size_t size = syllable ? syllable : (size_t)(g_utf8_next_char(sound) - sound);

		if (syllable)
			add_syllable(growing, sound, size);
		else
			add(growing, sound, size);
		growing->source += (guint32)(g_utf8_next_char(word) - word);
		sound += size;
	}
	return found.size;
}

char *
chinese_spoken(const char *text, bool mandarin, enum voice_punctuation punctuation,
	       GArray **sources)
{
	struct growing growing = {
	    .text = g_string_new(NULL),
	    .sources = g_array_new(FALSE, FALSE, sizeof(guint32)),
	    .punctuation = punctuation,
	};
	const char *at = text;

	while (*at) {
		size_t size;

		growing.source = (guint32)(at - text);
		size = take_number(&growing, text, at, mandarin);
		if (size == 0 && mandarin)
			size = take_word(&growing, at);
		if (size == 0)
			size = take_sign(&growing, text, at);
		if (size == 0)
			size = take_mark(&growing, at);
		if (size == 0) {
			size = (size_t)(g_utf8_next_char(at) - at);
			add(&growing, at, size);
		}
		at += size;
	}
	*sources = growing.sources;
	return g_string_free(growing.text, FALSE);
}
