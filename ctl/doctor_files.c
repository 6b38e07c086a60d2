/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Checks of the files that people and calibrations write: profiles, and where films lie.
 * Called by ctl/doctor_run, in a process of their own.
 * Owns nothing.
 */
#include <string.h>

#include "common/calibration_file.h"
#include "common/profile_folders.h"
#include "ctl/doctor.h"

static void
on_problem(void *data, const char *problem)
{
	g_ptr_array_add(data, g_strdup(problem));
}

void
doctor_check_profiles(const struct doctor_place *place, struct doctor_findings *findings)
{
	g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);
	struct profile_set *set = profile_folders_load(place->profiles, on_problem, problems);

	for (guint i = 0; i < problems->len; i++)
		doctor_todo_private(findings, g_ptr_array_index(problems, i));
	if (problems->len == 0)
		doctor_ok(findings, "%zu profiles, without a mistake", profile_set_count(set));
	profile_set_free(set);
}

static void
check_file(const char *folder, const char *name, unsigned *good, struct doctor_findings *findings)
{
	g_autofree char *path = g_build_filename(folder, name, NULL);
	g_autoptr(GError) error = NULL;
	struct calibration calibration;

	if (calibration_file_read(path, &calibration, NULL, &error))
		(*good)++;
	else
		doctor_todo(findings,
			    "%s; the default places hold. Calibrate again with: "
			    "sidetouchctl calibrate",
			    error->message);
}

void
doctor_check_calibration(const struct doctor_place *place, struct doctor_findings *findings)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GDir) dir = g_dir_open(place->calibrations, 0, &error);
	const char *name;
	unsigned found = 0, good = 0;

	if (!dir && !g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_NOENT)) {
		doctor_todo(findings,
			    "%s. Put its rights in order with: sudo systemctl restart "
			    "sidetouch-driver",
			    error->message);
		return;
	}
	while (dir && (name = g_dir_read_name(dir))) {
		if (!g_str_has_suffix(name, ".calibration"))
			continue;
		found++;
		check_file(place->calibrations, name, &good, findings);
	}
	if (found == 0)
		doctor_ok(findings,
			  "none yet, so that the usual places hold; sidetouchctl calibrate "
			  "learns yours");
	else if (good == found)
		doctor_ok(findings, "%u kept, without a mistake", found);
}
