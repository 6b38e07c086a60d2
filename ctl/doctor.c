/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `sidetouchctl doctor`: the table of checks, and what they found as lines, as JSON or spoken.
 * Called by ctl/main's table of subcommands.
 * Owns the findings while it prints them.
 */
#include "ctl/doctor.h"

#include <stdio.h>

#include "common/cleanup.h"
#include "common/i18n.h"
#include "common/link.h"
#include "common/profile_folders.h"
#include "ctl/completion.h"
#include "ctl/doctor_speak.h"
#include "ctl/json.h"
#include "ctl/usage.h"
#include "driver/calibration_store.h"

/* The longest that any check waits by itself is 3 s for the accessibility bus, after as much for
 * a session bus that starts. */
#define PATIENCE_S   8
#define PATIENCE_MAX 600

const struct doctor_check doctor_checks[] = {
    {"kernel", doctor_check_kernel, N_("The kernel's list of devices cannot be read.")},
    {"access", doctor_check_access, N_("udev hangs. Restart the device.")},
    {"services", doctor_check_services, N_("systemd or its bus hangs. Restart the device.")},
    {"seat", doctor_check_seat, N_("logind hangs. Restart the device.")},
    {"driver", doctor_check_driver,
     N_("The driver hangs. Restart it with: sudo systemctl restart sidetouch-driver")},
    {"daemon", doctor_check_daemon,
     N_("sidetouchd or the session bus hangs. Restart it with: systemctl --user restart "
	"sidetouchd")},
    {"panels", doctor_check_panels,
     N_("sidetouchd or the session bus hangs. Restart it with: systemctl --user restart "
	"sidetouchd")},
    {"clones", doctor_check_clones,
     N_("udev or a touchscreen hangs. Connect it again, or restart the device.")},
    {"apps", doctor_check_apps, N_("The accessibility bus hangs. Log out and in again.")},
    {"voice", doctor_check_voice,
     N_("The speaking program hangs. Install the packages espeak-ng and espeak-ng-data again.")},
    {"sound", doctor_check_sound,
     N_("The sound server hangs. Restart it, for example: systemctl --user restart "
	"pipewire-pulse")},
    {"profiles", doctor_check_profiles,
     N_("A folder of profiles hangs: is it on a server that does not answer?")},
    {"calibration", doctor_check_calibration,
     N_("The folder of calibrations hangs: is its disk in order?")},
    {NULL, NULL, NULL},
};

void
doctor_here_init(struct doctor_here *here)
{
	*here = (struct doctor_here){
	    .profiles = profile_folders_usual(SIDETOUCH_DATADIR),
	    .voice_settings =
		g_build_filename(g_get_user_config_dir(), "sidetouch/voice.conf", NULL),
	};
	here->place = (struct doctor_place){
	    .sys = "/sys",
	    .uinput = "/dev/uinput",
	    .service_user = "sidetouch",
	    .systemd = "/run/systemd/system", /* sd_booted(3) */
	    .seat = "seat0",
	    .socket = LINK_SOCKET_PATH,
	    .calibrations = CALIBRATION_STORE_FOLDER,
	    .profiles = here->profiles,
	    .voice = SIDETOUCH_LIBEXECDIR "/sidetouch-voice",
	    .voice_settings = here->voice_settings,
	    .cards = "/dev/snd",
	    .patience_ms = PATIENCE_S * 1000,
	};
}

void
doctor_here_clear(struct doctor_here *here)
{
	g_array_unref(here->profiles);
	g_free(here->voice_settings);
}

struct options {
	gboolean json;
	gboolean speak;
	char *socket;
	char *voice;
	int patience_s;
};

static void
options_clear(struct options *options)
{
	g_free(options->socket);
	g_free(options->voice);
}

static bool
parse(struct options *options, int *argc, char ***argv)
{
	const GOptionEntry entries[] = {
	    {"json", 'j', 0, G_OPTION_ARG_NONE, &options->json, _("Print one JSON object"), NULL},
	    {"speak", 's', 0, G_OPTION_ARG_NONE, &options->speak,
	     _("Have it said too, by sidetouchd, or without it by the voice alone"), NULL},
	    {"socket", 0, 0, G_OPTION_ARG_FILENAME, &options->socket,
	     _("The driver's socket, where it is another than usual"), "PATH"},
	    {"voice", 0, 0, G_OPTION_ARG_FILENAME, &options->voice, _("The program that speaks"),
	     "PROGRAM"},
	    {"patience", 0, 0, G_OPTION_ARG_INT, &options->patience_s,
	     _("How long to wait for what does not answer (default 8), on a slow device longer"),
	     "SECONDS"},
	    G_OPTION_ENTRY_NULL,
	};
	g_autoptr(GOptionContext) context = g_option_context_new(NULL);
	g_autoptr(GError) error = NULL;

	g_option_context_set_summary(
	    context, _("Checks all that Sidetouch needs, and says what to do where something is "
		       "wrong.\nRun it in your session, without sudo."));
	g_option_context_set_description(
	    context, _("Exit codes: 0 nothing needs doing, 1 something does, 2 wrong usage."));
	if (!completion_parse(context, entries, NULL, argc, argv, &error))
		return usage_wrong("%s", error->message);
	if (*argc > 1)
		return usage_unexpected((*argv)[1]);
	if (options->patience_s < 1 || options->patience_s > PATIENCE_MAX)
		return usage_wrong(_("the patience is 1 to %d seconds"), PATIENCE_MAX);
	return true;
}

static char *
sum_up(guint todo)
{
	if (todo == 0)
		return g_strdup(_("Nothing needs doing."));
	return todo == 1 ? g_strdup(_("One thing needs doing."))
			 : g_strdup_printf(_("%u things need doing."), todo);
}

static void
print_words(const GArray *findings, const char *sum)
{
	for (guint i = 0; i < findings->len; i++) {
		const struct doctor_finding *finding =
		    &g_array_index(findings, struct doctor_finding, i);

		if (finding->ok)
			printf("ok %s: %s\n", finding->check, finding->text);
		else
			puts(finding->text);
	}
	puts(sum);
}

static void
print_json(const GArray *findings, guint todo)
{
	g_autoptr(GString) out = g_string_new("{\"ok\":");

	g_string_append_printf(out, "%s,\"findings\":[", todo == 0 ? "true" : "false");
	for (guint i = 0; i < findings->len; i++) {
		const struct doctor_finding *finding =
		    &g_array_index(findings, struct doctor_finding, i);

		g_string_append_printf(out,
				       "%s{\"check\":\"%s\",\"ok\":%s,\"text\":", i > 0 ? "," : "",
				       finding->check, finding->ok ? "true" : "false");
		json_append_string(out, finding->text);
		g_string_append_c(out, '}');
	}
	printf("%s]}\n", out->str);
}

/* What is well is not worth the time that saying it takes. */
static bool
speak(const char *voice, const GArray *findings, const char *sum)
{
	g_autoptr(GString) text = g_string_new(sum);

	for (guint i = 0; i < findings->len; i++) {
		const struct doctor_finding *finding =
		    &g_array_index(findings, struct doctor_finding, i);

		if (finding->ok)
			continue;
		g_string_append_printf(text, " %s%s", finding->text,
				       g_str_has_suffix(finding->text, ".") ? "" : ".");
	}
	if (doctor_speak(voice, text->str))
		return true;
	fputs(_("sidetouchctl doctor: neither sidetouchd nor the voice alone could say it\n"),
	      stderr);
	return false;
}

int
ctl_doctor(int argc, char **argv)
{
	_cleanup_(options_clear) struct options options = {.patience_s = PATIENCE_S};
	_cleanup_(doctor_here_clear) struct doctor_here here;
	g_autoptr(GArray) findings = NULL;
	g_autofree char *sum = NULL;
	guint todo;
	bool said = true;

	doctor_here_init(&here);
	if (!parse(&options, &argc, &argv))
		return 2;
	if (options.socket)
		here.place.socket = options.socket;
	if (options.voice)
		here.place.voice = options.voice;
	here.place.patience_ms = (unsigned)options.patience_s * 1000;
	findings = doctor_run(doctor_checks, &here.place);
	todo = doctor_count_todo(findings);
	sum = sum_up(todo);
	if (options.json)
		print_json(findings, todo);
	else
		print_words(findings, sum);
	/* Whoever reads it need not wait for the voice. */
	(void)fflush(stdout);
	if (options.speak)
		said = speak(here.place.voice, findings, sum);
	return todo == 0 && said ? 0 : 1;
}
