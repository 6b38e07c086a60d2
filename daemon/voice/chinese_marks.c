/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The names of marks of punctuation in Chinese: espeak-ng 1.51 has English ones, and for Chinese
 * marks none.
 * Called by daemon/voice/chinese and daemon/voice/plan. Owns nothing.
 */
#include "daemon/voice/chinese_marks.h"

#include <glib.h>
#include <string.h>

#include "common/cleanup.h"

/* From which level on a mark is named, as voice_punctuation's levels are in daemon/voice/engine.c;
 * the names are those of GB/T 15834, and of the Unicode CLDR for what is no Chinese mark. What
 * `signs` has is always said. */
static const struct {
	const char *mark;
	const char *name;
	enum voice_punctuation from;
} marks[] = {
    {"<", "小于号", VOICE_PUNCTUATION_SOME},    {">", "大于号", VOICE_PUNCTUATION_SOME},
    {"^", "脱字符", VOICE_PUNCTUATION_SOME},    {"_", "下划线", VOICE_PUNCTUATION_SOME},
    {"|", "竖线", VOICE_PUNCTUATION_SOME},      {"(", "左括号", VOICE_PUNCTUATION_MOST},
    {")", "右括号", VOICE_PUNCTUATION_MOST},    {"（", "左括号", VOICE_PUNCTUATION_MOST},
    {"）", "右括号", VOICE_PUNCTUATION_MOST},   {"[", "左方括号", VOICE_PUNCTUATION_MOST},
    {"]", "右方括号", VOICE_PUNCTUATION_MOST},  {"【", "左方括号", VOICE_PUNCTUATION_MOST},
    {"】", "右方括号", VOICE_PUNCTUATION_MOST}, {"{", "左花括号", VOICE_PUNCTUATION_MOST},
    {"}", "右花括号", VOICE_PUNCTUATION_MOST},  {"\"", "引号", VOICE_PUNCTUATION_MOST},
    {"“", "左引号", VOICE_PUNCTUATION_MOST},    {"”", "右引号", VOICE_PUNCTUATION_MOST},
    {"「", "左引号", VOICE_PUNCTUATION_MOST},   {"」", "右引号", VOICE_PUNCTUATION_MOST},
    {"《", "左书名号", VOICE_PUNCTUATION_MOST}, {"》", "右书名号", VOICE_PUNCTUATION_MOST},
    {"`", "反引号", VOICE_PUNCTUATION_MOST},    {":", "冒号", VOICE_PUNCTUATION_MOST},
    {"：", "冒号", VOICE_PUNCTUATION_MOST},     {";", "分号", VOICE_PUNCTUATION_MOST},
    {"；", "分号", VOICE_PUNCTUATION_MOST},     {"-", "连字符", VOICE_PUNCTUATION_MOST},
    {"—", "破折号", VOICE_PUNCTUATION_MOST},    {"–", "连接号", VOICE_PUNCTUATION_MOST},
    {",", "逗号", VOICE_PUNCTUATION_ALL},       {"，", "逗号", VOICE_PUNCTUATION_ALL},
    {".", "句点", VOICE_PUNCTUATION_ALL},       {"。", "句号", VOICE_PUNCTUATION_ALL},
    {"、", "顿号", VOICE_PUNCTUATION_ALL},      {"?", "问号", VOICE_PUNCTUATION_ALL},
    {"？", "问号", VOICE_PUNCTUATION_ALL},      {"!", "叹号", VOICE_PUNCTUATION_ALL},
    {"！", "叹号", VOICE_PUNCTUATION_ALL},      {"'", "单引号", VOICE_PUNCTUATION_ALL},
    {"‘", "左单引号", VOICE_PUNCTUATION_ALL},   {"’", "右单引号", VOICE_PUNCTUATION_ALL},
    {"…", "省略号", VOICE_PUNCTUATION_ALL},     {"·", "间隔号", VOICE_PUNCTUATION_ALL},
};

const char *
chinese_mark(const char *text, enum voice_punctuation *from, size_t *size)
{
	for (size_t i = 0; i < ARRAY_LENGTH(marks); i++) {
		if (!g_str_has_prefix(text, marks[i].mark))
			continue;
		*from = marks[i].from;
		*size = strlen(marks[i].mark);
		return marks[i].name;
	}
	return NULL;
}
