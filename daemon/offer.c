/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What one app offers while it runs, read from what came over the bus.
 * Called by daemon/offers.
 * Owns nothing; an offer owns its bindings.
 */
#include "daemon/offer.h"

#include <gio/gio.h>
#include <string.h>

#include "common/clean_text.h"
#include "common/i18n.h"

static void
binding_free(struct profile_binding *binding)
{
	if (!binding)
		return;
	command_free(binding->command);
	g_free(binding->label);
	g_free(binding->hint);
	g_free(binding);
}

static void
offer_clear(void *data)
{
	struct offer *offer = data;

	for (unsigned i = 0; i < INPUT_COUNT; i++)
		binding_free(offer->bindings[i]);
	g_free(offer->bus);
	g_free(offer->path);
}

/* An ear's gestures and the way out from the ear are the user's, whatever app is in front. */
static bool
is_apps(struct input input, char **reason)
{
	struct input way_out = input_chord(PAD_LEFT_BOTTOM, PAD_RIGHT_BOTTOM);

	if (!profile_layer_may_bind(PROFILE_LAYER_RUNNING, false, input, reason))
		return false;
	if (input_kind(input) != INPUT_EAR && !input_equal(input, way_out))
		return true;
	*reason = g_strdup_printf(
	    _("[%s] does the same in every app; only your own profiles can change it"),
	    input_to_str(input));
	return false;
}

/*
 * The action is looked for and done like anything else that is found in the app in front, and it
 * always takes two presses: nobody but the app knows what it does.
 */
static struct profile_binding *
binding_new(char *label, const char *action)
{
	struct profile_binding *binding = g_new0(struct profile_binding, 1);
	const struct profile_origin origin = {.layer = PROFILE_LAYER_RUNNING};

	binding->command = g_new0(struct command, 1);
	binding->command->type = COMMAND_ACTIVATE;
	binding->command->id = g_strdup(action);
	binding->command->text = g_strdup_printf("activate id=\"%s\"", action);
	binding->label = label;
	binding->hint = g_strdup(_("The app itself offers this"));
	binding->confirm = PROFILE_CONFIRM_DOUBLE;
	binding->command_origin = origin;
	binding->label_origin = origin;
	binding->confirm_origin = origin;
	binding->hint_origin = origin;
	return binding;
}

static bool
add(struct offer *offer, const char *where, const char *label, const char *action, char **reason)
{
	g_autofree char *clean = NULL;
	struct input input;

	if (!input_from_str(where, &input)) {
		*reason = g_strdup(_("There is no such button. Write it as in a profile: "
				     "right-top, right-top hold, right-top + right-middle"));
		return false;
	}
	if (!is_apps(input, reason))
		return false;
	if (offer->bindings[input.index]) {
		*reason = g_strdup_printf(_("[%s] is there twice"), input_to_str(input));
		return false;
	}
	if (strlen(action) > OFFER_ACTION_MAX || !g_action_name_is_valid(action)) {
		*reason = g_strdup_printf(_("[%s] has no valid name of an action; it has letters, "
					    "digits, dashes and dots only"),
					  input_to_str(input));
		return false;
	}
	/* Before it is cleaned, which takes time. */
	clean = strlen(label) <= OFFER_LABEL_MAX ? clean_text(label, strlen(label)) : NULL;
	if (!clean || clean[0] == '\0') {
		*reason = g_strdup_printf(_("[%s] needs a label that can be said, of at most %d "
					    "bytes"),
					  input_to_str(input), OFFER_LABEL_MAX);
		return false;
	}
	offer->bindings[input.index] = binding_new(g_steal_pointer(&clean), action);
	return true;
}

struct offer *
offer_new(const char *bus, const char *path, GVariant *buttons, char **reason)
{
	struct offer *offer = g_rc_box_new0(struct offer);
	const char *where, *label, *action;
	GVariantIter iter;
	bool good = true;

	offer->bus = g_strdup(bus);
	if (strlen(path) > OFFER_PATH_MAX || g_variant_n_children(buttons) > INPUT_COUNT) {
		*reason = g_strdup(_("That is more than there are buttons, or a path that is too "
				     "long"));
		return offer_unref(offer);
	}
	offer->path = g_strdup(path);
	g_variant_iter_init(&iter, buttons);
	while (good && g_variant_iter_next(&iter, "{&s(&s&s)}", &where, &label, &action))
		good = add(offer, where, label, action, reason);
	return good ? offer : offer_unref(offer);
}

struct offer *
offer_ref(struct offer *offer)
{
	return g_rc_box_acquire(offer);
}

struct offer *
offer_unref(struct offer *offer)
{
	if (offer)
		g_rc_box_release_full(offer, offer_clear);
	return NULL;
}

bool
offer_is_empty(const struct offer *offer)
{
	for (unsigned i = 0; i < INPUT_COUNT; i++) {
		if (offer->bindings[i])
			return false;
	}
	return true;
}

static bool
binding_equal(const struct profile_binding *a, const struct profile_binding *b)
{
	if (!a || !b)
		return a == b;
	return strcmp(a->label, b->label) == 0 && strcmp(a->command->id, b->command->id) == 0;
}

bool
offer_equal(const struct offer *a, const struct offer *b)
{
	if (strcmp(a->bus, b->bus) != 0 || strcmp(a->path, b->path) != 0)
		return false;
	for (unsigned i = 0; i < INPUT_COUNT; i++) {
		if (!binding_equal(a->bindings[i], b->bindings[i]))
			return false;
	}
	return true;
}

const char *
offer_action(const struct offer *offer, const struct profile_binding *binding)
{
	for (unsigned i = 0; i < INPUT_COUNT; i++) {
		if (binding && offer->bindings[i] == binding)
			return binding->command->id;
	}
	return NULL;
}
