/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Making the server's usual sink loud enough to be heard, once.
 * Called by the pulse sink at a user's first start.
 * Owns nothing; the server answers in its own time.
 */
#include "daemon/voice/pulse_audible.h"

/* As a volume control shows it. WirePlumber's new sinks begin at 40 (default-volume, 0.4 cubed);
 * half of that, some 24 dB less, is hard to understand where others talk. */
#define RAISED_PERCENT 40
#define QUIET_PERCENT  20

static pa_volume_t
volume(unsigned percent)
{
	return (pa_volume_t)(PA_VOLUME_NORM / 100 * percent);
}

static void
forget(pa_operation *operation)
{
	if (operation)
		pa_operation_unref(operation);
}

static void
on_sink(pa_context *context, const pa_sink_info *info, int end, void *data)
{
	pa_cvolume raised;

	(void)data;
	if (end != 0)
		return;
	raised = info->volume;
	if (pa_cvolume_max(&raised) < volume(QUIET_PERCENT)) {
		pa_cvolume_set(&raised, raised.channels, volume(RAISED_PERCENT));
		forget(
		    pa_context_set_sink_volume_by_index(context, info->index, &raised, NULL, NULL));
	}
	if (info->mute)
		forget(pa_context_set_sink_mute_by_index(context, info->index, 0, NULL, NULL));
}

void
pulse_audible_make(pa_context *context)
{
	forget(pa_context_get_sink_info_by_name(context, "@DEFAULT_SINK@", on_sink, NULL));
}
