/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The rules of where speech sounds.
 * Called by daemon/voice/pulse_route.
 * Owns nothing.
 *
 * | at the ear, and there is            | speech sounds                        | how loud |
 * | ----------------------------------- | ------------------------------------ | -------- |
 * | the sink that the user has named    | there, from its earpiece if it has one | the ear's |
 * | headphones in use                   | in them, as before                   | the ear's |
 * | a sink whose earpiece is in use     | there                                | the ear's |
 * | a sink with an earpiece             | there, after it is switched to it    | the ear's |
 * | nothing of these                    | the server's choice                  | lowered  |
 */
#include "daemon/voice/place.h"

#include <string.h>

static const struct place_sink *
find_name(const struct place_sink *sinks, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(sinks[i].name, name) == 0)
			return &sinks[i];
	}
	return NULL;
}

static const struct place_sink *
find_default(const struct place_sink *sinks, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (sinks[i].is_default)
			return &sinks[i];
	}
	return NULL;
}

/* Whose earpiece is in use already; else one that has one, first of all the one we are on. */
static const struct place_sink *
find_earpiece(const struct place_sink *sinks, size_t count)
{
	const struct place_sink *found = NULL;

	for (size_t i = 0; i < count; i++) {
		if (sinks[i].active == VOICE_PLACE_EARPIECE)
			return &sinks[i];
		if (sinks[i].earpiece_port[0] && (!found || sinks[i].is_ours))
			found = &sinks[i];
	}
	return found;
}

static void
choose_ear(const struct place_sink *sinks, size_t count, const struct sink_route *wanted,
	   struct place_choice *out)
{
	const struct place_sink *usual = find_default(sinks, count);
	const struct place_sink *found = find_name(sinks, count, wanted->device);

	*out = (struct place_choice){
	    .sink = found, .volume_percent = wanted->volume_percent, .done = true};
	if (!found && !wanted->device[0]) {
		if (usual && usual->active == VOICE_PLACE_HEADPHONES) {
			out->sink = usual;
			out->place = VOICE_PLACE_HEADPHONES;
			return;
		}
		out->sink = find_earpiece(sinks, count);
	}
	if (out->sink) {
		out->place = VOICE_PLACE_EARPIECE;
		if (out->sink->earpiece_port[0] && out->sink->active != VOICE_PLACE_EARPIECE)
			out->port = out->sink->earpiece_port;
		return;
	}
	*out = (struct place_choice){
	    .sink = usual,
	    .volume_percent = wanted->lowered_percent,
	    .place = usual ? usual->active : VOICE_PLACE_OPEN,
	};
}

void
place_choose(const struct place_sink *sinks, size_t count, const struct sink_route *wanted,
	     struct place_choice *out)
{
	const struct place_sink *found;

	if (wanted->ear) {
		choose_ear(sinks, count, wanted, out);
		return;
	}
	found = wanted->device[0] ? find_name(sinks, count, wanted->device)
				  : find_default(sinks, count);
	*out = (struct place_choice){
	    .sink = found,
	    .volume_percent = wanted->volume_percent,
	    .place = found ? found->active : VOICE_PLACE_OPEN,
	    .done = found != NULL,
	};
}
