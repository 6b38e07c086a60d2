/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is said to a Chinese user is Chinese, out of the catalogue that is installed.
 * Run by tests/run, with the catalogues in $BUILD/locale.
 * Owns nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>
#include <locale.h>
#include <string.h>

#include "common/i18n.h"
#include "common/profile.h"
#include "ctl/doctor.h"
#include "daemon/brain_words.h"

static int
chinese(void **state)
{
	const char *build = g_getenv("BUILD");
	g_autofree char *folder = g_canonicalize_filename(build ? build : "build", NULL);
	g_autofree char *catalogues = g_build_filename(folder, "locale", NULL);

	(void)state;
	g_setenv("LANGUAGE", "zh_CN", TRUE);
	if (!setlocale(LC_ALL, "C.UTF-8"))
		return -1;
	bindtextdomain(I18N_DOMAIN, catalogues);
	bind_textdomain_codeset(I18N_DOMAIN, "UTF-8");
	return 0;
}

static void
test_announcement(void **state)
{
	struct profile_set *set = profile_set_new();
	static const char *const nobody[] = {NULL};
	const struct profile_binding *back, *next;
	struct profile_view view;
	g_autofree char *text = NULL;

	(void)state;
	profile_set_view(set, nobody, NULL, &view);
	back = profile_view_binding(&view, input_press(PAD_LEFT_BOTTOM));
	next = profile_view_binding(&view, input_press(PAD_RIGHT_MIDDLE));
	text = brain_words_announcement(back->label, input_press(PAD_LEFT_BOTTOM), back->confirm);
	assert_string_equal(text, "返回，再按一次");
	assert_string_equal(next->label, "下一项");
	profile_set_free(set);
}

static void
test_results(void **state)
{
	struct brain_words_run run = {.type = COMMAND_ACTIVATE, .name = (char *)"支付"};
	g_autofree char *text =
	    brain_words_result(&run, "支付", BRAIN_RESULT_NOT_FOUND, NULL, false);

	(void)state;
	assert_string_equal(text, "这里没有“支付”");
	/* A word order of its own. */
	assert_string_equal(_("%s is only %d millimetres from %s, and 12 are needed.%s"),
			    "%1$s离%3$s只有 %2$d 毫米，需要 12 毫米。%4$s");
}

/* Also what a check says in a process of its own. */
static void
test_doctor(void **state)
{
	static const struct doctor_check checks[] = {{"kernel", doctor_check_kernel, ""}, {0}};
	const struct doctor_place place = {.sys = "/nowhere", .patience_ms = 20000};
	g_autoptr(GArray) findings = doctor_run(checks, &place);

	(void)state;
	assert_int_equal(findings->len, 2);
	assert_string_equal(
	    g_array_index(findings, struct doctor_finding, 0).text,
	    "内核模块 uinput 没有加载，因此无法建立替身触摸屏。要加载它，请运行：sudo "
	    "modprobe uinput");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_announcement),
	    cmocka_unit_test(test_results),
	    cmocka_unit_test(test_doctor),
	};

	return cmocka_run_group_tests(tests, chinese, NULL);
}
