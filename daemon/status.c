/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The answer to GetStatus.
 * Called by the daemon's main object.
 * Owns nothing.
 */
#include "daemon/status.h"

static void
add_panel(void *data, const struct link_panel *panel)
{
	GVariantBuilder builder;

	g_variant_builder_init(&builder, G_VARIANT_TYPE("a{sv}"));
	g_variant_builder_add(&builder, "{sv}", "number", g_variant_new_uint32(panel->panel));
	g_variant_builder_add(&builder, "{sv}", "name", g_variant_new_string(panel->name));
	g_variant_builder_add(
	    &builder, "{sv}", "state",
	    g_variant_new_string(link_panel_state_to_str((enum link_panel_state)panel->state)));
	g_variant_builder_add(&builder, "{sv}", "width-mm",
			      g_variant_new_double(panel->width_um / 1000.0));
	g_variant_builder_add(&builder, "{sv}", "height-mm",
			      g_variant_new_double(panel->height_um / 1000.0));
	g_variant_builder_add(&builder, "{sv}", "slots", g_variant_new_uint32(panel->slots));
	g_variant_builder_add_value(data, g_variant_builder_end(&builder));
}

/* What the app in front offers by itself and what counts of it: the button, what is said of it. */
static GVariant *
offered(const struct profile_view *view)
{
	GVariantBuilder builder;

	g_variant_builder_init(&builder, G_VARIANT_TYPE_VARDICT);
	for (unsigned i = 0; i < INPUT_COUNT; i++) {
		const struct profile_binding *binding = view->bindings[i];

		if (binding && binding->command_origin.layer == PROFILE_LAYER_RUNNING)
			g_variant_builder_add(&builder, "{sv}", input_to_str((struct input){i}),
					      g_variant_new_string(binding->label));
	}
	return g_variant_builder_end(&builder);
}

GVariant *
status_new(const struct status_parts *parts)
{
	g_autoptr(GVariantDict) dict = g_variant_dict_new(NULL);
	const struct profile_view *view = brain_view(parts->brain);
	const char *site = brain_front_site(parts->brain);
	GVariantBuilder panels;
	struct input input;

	g_variant_builder_init(&panels, G_VARIANT_TYPE("aa{sv}"));
	driver_link_foreach_panel(parts->link, add_panel, &panels);
	g_variant_dict_insert(dict, "version", "s", SIDETOUCH_VERSION);
	g_variant_dict_insert(dict, "driver", "s", driver_link_state(parts->link));
	g_variant_dict_insert(dict, "driver-connected", "b", driver_link_is_up(parts->link));
	g_variant_dict_insert_value(dict, "panels", g_variant_builder_end(&panels));
	g_variant_dict_insert(dict, "apps", "s", apps_state(parts->apps));
	g_variant_dict_insert(dict, "last-act", "s", apps_way(parts->apps));
	g_variant_dict_insert(dict, "front", "s", brain_front_id(parts->brain));
	g_variant_dict_insert(dict, "site", "s", site ? site : "");
	g_variant_dict_insert(dict, "profile", "s", profile_name(view->profile));
	g_variant_dict_insert_value(dict, "offered", offered(view));
	g_variant_dict_insert(dict, "profiles", "u", (guint32)profile_set_count(parts->profiles));
	g_variant_dict_insert(dict, "armed", "s",
			      brain_armed(parts->brain, &input) ? input_to_str(input) : "");
	g_variant_dict_insert(dict, "ear", "s", earside_is_at_ear(parts->earside) ? "at" : "away");
	g_variant_dict_insert(dict, "proximity", "s",
			      ear_proximity_to_str(earside_proximity(parts->earside)));
	g_variant_dict_insert(dict, "notifications", "s", parts->notifications);
	g_variant_dict_insert(dict, "voice-running", "b", speech_is_running(parts->speech));
	g_variant_dict_insert(dict, "voice-restarts", "u", speech_restarts(parts->speech));
	g_variant_dict_insert(dict, "sink", "s", speech_sink(parts->speech));
	g_variant_dict_insert_value(dict, "problems", problems_to_variant(parts->problems));
	return g_variant_dict_end(dict);
}
