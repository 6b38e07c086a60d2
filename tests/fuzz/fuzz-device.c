/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any bytes as an overlay or a quirk file: taken, or every problem is a line with a number; and
 * what was taken gives a device pads and settings in range.
 * Run by tests/fuzz/run (libFuzzer). The first byte says which of the two it is.
 * Owns nothing between inputs.
 */
#include <glib.h>
#include <linux/input-event-codes.h>
#include <math.h>
#include <stddef.h>
#include <stdint.h>

#include "common/device_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
on_problem(void *data, const char *problem)
{
	g_assert_true(g_str_has_prefix(problem, "f:"));
	g_assert_true(g_ascii_isdigit(problem[2]));
	g_assert_true(g_utf8_validate(problem, -1, NULL));
	*(unsigned *)data += 1;
}

static void
check_overlay(const struct device_overlay *overlay)
{
	for (unsigned pad = 0; overlay && pad < PAD_COUNT; pad++) {
		const struct overlay_pad *at = &overlay->film.pads[pad];

		if (overlay->kind == DEVICE_OVERLAY_KEYS)
			g_assert_cmpuint(overlay->keys[pad], <=, KEY_MAX);
		else
			g_assert_true(isfinite(at->centre.x) && isfinite(at->centre.y) &&
				      at->radius_mm > 0 && isfinite(at->radius_mm));
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct device_id ids[] = {{0x1234, 0x5678, "Panel"}, {0, 0, ""}};
	struct device_rules *rules = device_rules_new();
	unsigned problems = 0;
	bool taken;

	if (size == 0)
		data = (const uint8_t *)"O";
	taken = device_rules_add_text(
	    rules, data[0] == 'Q' ? DEVICE_FILE_QUIRK : DEVICE_FILE_OVERLAY, "f",
	    (const char *)data + 1, size > 0 ? size - 1 : 0, on_problem, &problems);
	g_assert_cmpint(taken, ==, problems == 0);
	for (size_t i = 0; i < G_N_ELEMENTS(ids); i++) {
		struct device_quirks quirks = device_rules_find_quirks(rules, &ids[i]);

		check_overlay(device_rules_find_overlay(rules, DEVICE_OVERLAY_FILM, &ids[i]));
		check_overlay(device_rules_find_overlay(rules, DEVICE_OVERLAY_KEYS, &ids[i]));
		g_assert_true(isfinite(quirks.major_scale) && quirks.major_scale >= 0);
		g_assert_true(isfinite(quirks.width_mm) && quirks.width_mm >= 0);
	}
	device_rules_free(rules);
	return 0;
}
