/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Checks of speech: the speaking program, a voice for the user's language, and where it sounds.
 * Called by ctl/doctor_run, in a process of their own.
 * Owns nothing.
 */
#include <errno.h>
#include <gio/gio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "common/cleanup.h"
#include "common/i18n.h"
#include "ctl/daemon_call.h"
#include "ctl/doctor.h"
#include "daemon/voice_file.h"

static void
on_problem(void *data, const char *sentence)
{
	doctor_todo_private(data, sentence);
}

static void
on_changed(void *data)
{
	(void)data;
}

/* The language that the voice speaks: the locale's, unless the user's file has another. */
static void
read_choice(const struct doctor_place *place, struct voice_choice *choice,
	    struct doctor_findings *findings)
{
	static const struct voice_file_events events = {on_changed, on_problem};
	struct voice_file *file = voice_file_new(place->voice_settings, &events, findings);

	voice_choice_init(choice);
	voice_file_read(file, choice);
	voice_file_free(file);
}

void
doctor_check_voice(const struct doctor_place *place, struct doctor_findings *findings)
{
	struct voice_choice choice;
	g_autofree char *out = NULL, *err = NULL;
	g_autoptr(GError) error = NULL;
	int status = 0;

	read_choice(place, &choice, findings);
	const char *const argv[] = {place->voice, "--speaks", choice.link.language, NULL};

	if (!g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, &err,
			  &status, &error)) {
		doctor_todo(findings,
			    "The speaking program cannot be started (%s). Install "
			    "Sidetouch again.",
			    error->message);
		return;
	}
	g_strstrip(out);
	g_strstrip(err);
	if (g_spawn_check_wait_status(status, NULL))
		doctor_ok(findings, "the voice %s speaks %s", out, choice.link.language);
	else
		doctor_todo(findings, "%s",
			    err[0] ? err
				   : _("The speaking program broke off. Install the packages "
				       "espeak-ng and espeak-ng-data again."));
}

/* --- sound --- */

/* The socket of PulseAudio or of pipewire-pulse; NULL: a server elsewhere. */
static char *
pulse_path(void)
{
	const char *server = g_getenv("PULSE_SERVER");

	if (!server || server[0] == '\0')
		return g_build_filename(g_get_user_runtime_dir(), "pulse/native", NULL);
	if (g_str_has_prefix(server, "unix:"))
		return g_strdup(server + strlen("unix:"));
	return server[0] == '/' ? g_strdup(server) : NULL;
}

static int
connect_to(const char *path)
{
	_autoclose_ int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct sockaddr_un address = {.sun_family = AF_UNIX};

	if (fd < 0)
		return -errno;
	if (g_strlcpy(address.sun_path, path, sizeof(address.sun_path)) >= sizeof(address.sun_path))
		return -ENAMETOOLONG;
	return connect(fd, (const struct sockaddr *)&address, sizeof(address)) < 0 ? -errno : 0;
}

static bool
has_card(const char *folder)
{
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	const char *name;

	while (dir && (name = g_dir_read_name(dir))) {
		g_autofree char *path = g_build_filename(folder, name, NULL);

		/* pcmC0D0p: what is played to. */
		if (g_str_has_prefix(name, "pcm") && g_str_has_suffix(name, "p") &&
		    access(path, R_OK | W_OK) == 0)
			return true;
	}
	return false;
}

/* What the running daemon's voice has; allocated, "" when nothing works, NULL without a daemon. */
static char *
ask_daemon(void)
{
	g_autoptr(GVariant) answer = daemon_call("GetStatus", NULL, "(a{sv})", NULL);
	g_autoptr(GVariant) status = answer ? g_variant_get_child_value(answer, 0) : NULL;
	const char *sink = "";
	gboolean running = FALSE;

	if (!status)
		return NULL;
	g_variant_lookup(status, "voice-running", "b", &running);
	g_variant_lookup(status, "sink", "&s", &sink);
	return g_strdup(running ? sink : "");
}

void
doctor_check_sound(const struct doctor_place *place, struct doctor_findings *findings)
{
	g_autofree char *path = pulse_path();
	g_autofree char *sink = ask_daemon();
	int r = path ? connect_to(path) : 0;

	if (sink && sink[0])
		doctor_ok(findings, "speech goes to %s", sink);
	else if (r == 0 && path)
		doctor_ok(findings, "the sound server answers at %s", path);
	else if (r == 0)
		doctor_ok(findings, "the sound server is where PULSE_SERVER says");
	else if (has_card(place->cards))
		doctor_ok(findings, "there is no sound server; a card of your own is used");
	else
		doctor_todo(findings,
			    "There is no sound server (%s: %s), nor a sound card that you "
			    "may use. Start one, for example: systemctl --user enable "
			    "--now pipewire-pulse",
			    path, g_strerror(-r));
}
