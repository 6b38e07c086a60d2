/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `sidetouchctl doctor`: a table of checks, each of which finds that something is well or says what
 * to do. Each runs in a process of its own, so that one that hangs or dies is a finding too.
 * Used by ctl/doctor.c, ctl/report.c and the tests, which give it other surroundings.
 * Findings own their text; the rest is lent.
 */
#ifndef SIDETOUCH_CTL_DOCTOR_H
#define SIDETOUCH_CTL_DOCTOR_H

#include <glib.h>
#include <stdbool.h>

/*
 * Where everything is looked for. The two buses, the sound server and the session's folders are
 * where the environment says.
 */
struct doctor_place {
	const char *sys;                 /* "/sys" */
	const char *uinput;              /* "/dev/uinput" */
	const char *const *touchscreens; /* their nodes; NULL: those that udev knows */
	const char *service_user;        /* "sidetouch" */
	const char *systemd;             /* a folder that is there when systemd runs */
	const char *seat;                /* "seat0" */
	const char *socket;              /* the driver's, for daemons */
	const char *calibrations;        /* the driver's folder */
	const GArray *profiles;          /* folders, as in common/profile_folders.h */
	const char *voice;               /* path of sidetouch-voice */
	const char *voice_settings;      /* path of voice.conf */
	const char *cards;               /* "/dev/snd" */
	const char *text;                /* what doctor_speak() has said; no check looks at it */
	unsigned patience_ms;            /* how long all checks together may take */
};

/* What a check writes its findings to. */
struct doctor_findings;

__attribute__((format(printf, 2, 3))) void doctor_ok(struct doctor_findings *findings,
						     const char *format, ...);
/* A sentence that says what to do. */
__attribute__((format(printf, 2, 3))) void doctor_todo(struct doctor_findings *findings,
						       const char *format, ...);
/* The same; it may have names or words of the user's in it, so that no report is to have it. */
void doctor_todo_private(struct doctor_findings *findings, const char *sentence);

typedef void doctor_check_fn(const struct doctor_place *place, struct doctor_findings *findings);

struct doctor_check {
	const char *name;
	doctor_check_fn *run;
	const char *hangs; /* what to do when it does not come back */
};

/* ctl/doctor_access.c */
doctor_check_fn doctor_check_kernel, doctor_check_access;
/* ctl/doctor_services.c */
doctor_check_fn doctor_check_services, doctor_check_seat;
/* ctl/doctor_daemon.c */
doctor_check_fn doctor_check_driver, doctor_check_daemon, doctor_check_panels, doctor_check_apps;
/* ctl/doctor_clones.c */
doctor_check_fn doctor_check_clones;
/* ctl/doctor_speech.c */
doctor_check_fn doctor_check_voice, doctor_check_sound;
/* ctl/doctor_files.c */
doctor_check_fn doctor_check_profiles, doctor_check_calibration;

/* All of them, in the order of what depends on what; ends with a NULL name. */
extern const struct doctor_check doctor_checks[];

struct doctor_finding {
	const char *check;
	bool ok;
	bool private;
	char *text;
};

/* Run checks (ended by a NULL name); of struct doctor_finding, in their order. Never hangs. */
GArray *doctor_run(const struct doctor_check *checks, const struct doctor_place *place);
/* How many say that something is to be done. */
guint doctor_count_todo(const GArray *findings);

/* Where everything is on this system. Owns its strings. */
struct doctor_here {
	struct doctor_place place;
	GArray *profiles;
	char *voice_settings;
};
void doctor_here_init(struct doctor_here *here);
void doctor_here_clear(struct doctor_here *here);

int ctl_doctor(int argc, char **argv);

#endif
