/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reads a film's measures: a calibration without what only the driver needs.
 * Called by sidetouchctl replay --overlay FILE.
 * Owns nothing.
 */
#include "common/overlay_file.h"

#include "common/calibration_file.h"

bool
overlay_file_read(const char *path, struct overlay *out, GError **error)
{
	struct calibration calibration;

	if (!calibration_file_read(path, &calibration, NULL, error))
		return false;
	if (!calibration.has_film) {
		g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
			    "%s:1: this file has no places for the pads", path);
		return false;
	}
	*out = calibration.film;
	return true;
}
