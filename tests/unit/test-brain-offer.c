/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What an app offers among what profiles say: over the shipped ones, below the user's, and never in
 * place of the way out from the ear.
 * Run by tests/run. Owns nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/offer.h"
#include "tests/unit/brain_rig.h"

static struct offer *
offer_of(const char *text)
{
	g_autoptr(GVariant) buttons =
	    g_variant_parse(G_VARIANT_TYPE("a{s(ss)}"), text, NULL, NULL, NULL);
	g_autofree char *reason = NULL;
	struct offer *offer = offer_new(":1.7", "/org/example/App", buttons, &reason);

	if (!offer)
		fail_msg("%s", reason);
	return offer;
}

static void
give(struct brain_rig *rig, const struct offer *offer)
{
	brain_offer(rig->brain,
		    offer ? (const struct profile_binding *const *)offer->bindings : NULL,
		    rig->now);
}

static const char *
label(const struct brain_rig *rig, struct input input)
{
	return profile_view_binding(brain_view(rig->brain), input)->label;
}

static void
among_profiles(void **state)
{
	static const char users[] = "[Profile]\nName=App\nApp=org.example.App\n"
				    "[right-middle]\nCommand=time\n";
	static const char shipped[] =
	    "[Profile]\nName=App\nApp=org.example.App\n"
	    "[right-top]\nCommand=read-title\nLabel=Shipped\n"
	    "[left-bottom + right-middle]\nCommand=ear\nLabel=To the ear\n";
	struct brain_rig *rig = brain_rig_new(users);
	const char *const app[] = {"org.example.App", NULL};
	struct offer *offer =
	    offer_of("{'right-top': ('Record', 'record'), 'right-middle': ('Stop', 'stop'), "
		     "'right-top hold': ('Settings', 'settings'), "
		     "'left-bottom + right-middle': ('Delete', 'delete')}");
	struct input held = input_hold(PAD_RIGHT_TOP);

	(void)state;
	assert_true(profile_set_add_text(rig->profiles, "shipped", PROFILE_LAYER_SHIPPED, shipped,
					 strlen(shipped), brain_rig_on_problem, NULL));
	brain_front(rig->brain, app, rig->now);
	give(rig, offer);
	assert_string_equal(label(rig, input_press(PAD_RIGHT_TOP)), "Record");
	assert_string_equal(label(rig, held), "Settings");
	assert_string_equal(label(rig, input_press(PAD_RIGHT_MIDDLE)), "Time");
	assert_string_equal(label(rig, input_chord(PAD_LEFT_BOTTOM, PAD_RIGHT_MIDDLE)),
			    "To the ear");
	assert_string_equal(label(rig, input_press(PAD_RIGHT_BOTTOM)), "Activate");
	/* Always two presses, whatever it is. */
	assert_int_equal(profile_view_binding(brain_view(rig->brain), held)->confirm,
			 PROFILE_CONFIRM_DOUBLE);
	give(rig, NULL);
	assert_string_equal(label(rig, input_press(PAD_RIGHT_TOP)), "Shipped");
	assert_null(profile_view_binding(brain_view(rig->brain), held));
	offer_unref(offer);
	brain_rig_free(rig);
}

/* What is taken back is not done by the second press. */
static void
taken_back_between_two_presses(void **state)
{
	struct brain_rig *rig = brain_rig_new(NULL);
	struct offer *offer = offer_of("{'right-bottom': ('Record', 'record')}");

	(void)state;
	give(rig, offer);
	brain_rig_press(rig, PAD_RIGHT_BOTTOM);
	brain_rig_expect(rig, "say:Record, press again|resolve|");
	give(rig, NULL);
	brain_rig_expect(rig, "say:Record cancelled, the profiles have changed|");
	brain_rig_wait(rig, 300);
	brain_rig_press(rig, PAD_RIGHT_BOTTOM);
	/* It is what it is anywhere, and is asked for anew. */
	brain_rig_expect(rig, "say:Activate, press again|resolve|");
	assert_int_equal(rig->runs, 0);
	offer_unref(offer);
	brain_rig_free(rig);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(among_profiles),
	    cmocka_unit_test(taken_back_between_two_presses),
	};

	return cmocka_run_group_tests_name("brain-offer", tests, NULL, NULL);
}
