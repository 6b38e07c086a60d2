/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any bytes as a scenario file: the parser gives statements in range, or a sentence with the line.
 * Run by `make fuzz`.
 * Owns nothing between two inputs.
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "common/scenario.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autoptr(GError) error = NULL;
	struct scenario *scenario = scenario_parse("fuzz.touch", (const char *)data, size, &error);

	if (!scenario) {
		g_assert_nonnull(error);
		g_assert_true(g_str_has_prefix(error->message, "fuzz.touch:"));
		g_assert_true(g_utf8_validate(error->message, -1, NULL));
		return 0;
	}
	g_assert_null(error);
	g_assert_cmpint(scenario->statements[0].kind, ==, SCENARIO_DEVICE);
	for (size_t i = 0; i < scenario->count; i++) {
		const struct scenario_statement *statement = &scenario->statements[i];

		g_assert_cmpuint(statement->line, >=, i + 1);
		g_assert_cmpint(statement->pad, <, PAD_COUNT);
		g_assert_cmpuint(statement->input.index, <, INPUT_COUNT);
		g_assert_cmpuint(statement->duration.us, <=, 60000000);
		g_assert_true(statement->with ? statement->duration.us > 0 : true);
		if (statement->kind == SCENARIO_EXPECT && !statement->none)
			g_assert_true(statement->expect <= SCENARIO_EXPECT_CANCEL ||
				      statement->expect == SCENARIO_EXPECT_CHORD ||
				      statement->text || statement->has_path ||
				      statement->count > 0);
	}
	scenario_free(scenario);
	return 0;
}
