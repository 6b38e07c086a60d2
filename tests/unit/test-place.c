/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where speech sounds, for every mixture of sinks and ports that phones and tablets have.
 * Run by tests/run.
 * Owns nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>

#include "daemon/voice/place.h"

/* A phone whose one sink has both. */
#define PHONE                                                                                      \
	{                                                                                          \
		.name = "phone", .active = VOICE_PLACE_OPEN, .active_port = "[Out] Speaker",       \
		.earpiece_port = "[Out] Earpiece", .other_port = "[Out] Speaker",                  \
		.is_default = true, .is_ours = true                                                \
	}
#define HDMI                                                                                       \
	{                                                                                          \
		.name = "hdmi"                                                                     \
	}

static void
judge(const struct place_sink *sinks, size_t count, const char *device, bool ear,
      const char *expected)
{
	static const char *const places[] = {"open", "earpiece", "headphones"};
	struct sink_route wanted = {.ear = ear, .volume_percent = 80, .lowered_percent = 30};
	struct place_choice choice;
	g_autofree char *got = NULL;

	g_strlcpy(wanted.device, device, sizeof(wanted.device));
	place_choose(sinks, count, &wanted, &choice);
	got = g_strdup_printf("%s, %s, %u%%, %s%s", choice.sink ? choice.sink->name : "stay",
			      choice.port ? choice.port : "as it is", choice.volume_percent,
			      places[choice.place], choice.done ? "" : ", not done");
	assert_string_equal(got, expected);
}

static void
phone(void **state)
{
	struct place_sink sinks[] = {HDMI, PHONE};

	(void)state;
	judge(sinks, 2, "", false, "phone, as it is, 80%, open");
	judge(sinks, 2, "", true, "phone, [Out] Earpiece, 80%, earpiece");
	sinks[1].active = VOICE_PLACE_EARPIECE;
	judge(sinks, 2, "", true, "phone, as it is, 80%, earpiece");
	judge(sinks, 2, "", false, "phone, as it is, 80%, earpiece");
	/* Headphones are plugged in: nobody needs an earpiece. */
	sinks[1].active = VOICE_PLACE_HEADPHONES;
	judge(sinks, 2, "", true, "phone, as it is, 80%, headphones");
}

static void
sink_of_its_own(void **state)
{
	struct place_sink sinks[] = {
	    {.name = "speaker", .is_default = true, .is_ours = true},
	    {.name = "ear",
	     .active = VOICE_PLACE_EARPIECE,
	     .active_port = "earpiece",
	     .earpiece_port = "earpiece"},
	    PHONE,
	};

	(void)state;
	sinks[2].is_default = sinks[2].is_ours = false;
	/* One that only our stream has to move to, before one that has to be switched. */
	judge(sinks, 3, "", true, "ear, as it is, 80%, earpiece");
	judge(sinks, 3, "", false, "speaker, as it is, 80%, open");
}

static void
named(void **state)
{
	struct place_sink sinks[] = {PHONE, HDMI};

	(void)state;
	/* What the user says is an earpiece is one. */
	judge(sinks, 2, "hdmi", true, "hdmi, as it is, 80%, earpiece");
	judge(sinks, 2, "phone", true, "phone, [Out] Earpiece, 80%, earpiece");
	/* It has gone: softer, and not somewhere else in secret. */
	judge(sinks, 2, "bluez_output.1", true, "phone, as it is, 30%, open, not done");
	judge(sinks, 2, "bluez_output.1", false, "stay, as it is, 80%, open, not done");
	judge(sinks, 2, "hdmi", false, "hdmi, as it is, 80%, open");
}

static void
nothing(void **state)
{
	struct place_sink sinks[] = {HDMI};

	(void)state;
	sinks[0].is_default = true;
	judge(sinks, 1, "", true, "hdmi, as it is, 30%, open, not done");
	judge(sinks, 1, "", false, "hdmi, as it is, 80%, open");
	judge(NULL, 0, "", true, "stay, as it is, 30%, open, not done");
	judge(NULL, 0, "", false, "stay, as it is, 80%, open, not done");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(phone),
	    cmocka_unit_test(sink_of_its_own),
	    cmocka_unit_test(named),
	    cmocka_unit_test(nothing),
	};

	return cmocka_run_group_tests_name("place", tests, NULL, NULL);
}
