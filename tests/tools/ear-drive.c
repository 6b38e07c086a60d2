/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The driver's end of the link for tests of the ear with a real sidetouchd: does what it is told on
 * standard input, and prints what the daemon tells.
 *
 *   ear-drive SOCKET
 *   in:  enter, leave, tap ... (an ear's doing) | key | panel ready|gone
 *   out: listening 0|1, did enter TIME_US, told proximity near, told mode 0|1, told learn 0|1
 *
 * Run by tests/support/ear_places.py; ends with its input. Owns the socket.
 */
#include <glib-unix.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "common/ear.h"
#include "driver/link_server.h"

#define PANEL 1

struct drive {
	GMainLoop *loop;
	struct link_server *server;
	GString *line;
};

static void
on_listening(void *data, bool listening)
{
	(void)data;
	printf("listening %d\n", listening);
}

static void
on_type_key(void *data, uint32_t request, uint32_t key, uint32_t modifiers)
{
	struct drive *drive = data;

	(void)key, (void)modifiers;
	link_server_send_key_done(drive->server, request, 0);
}

static void
on_message(void *data, const struct packet_header *header)
{
	const void *message = header;
	const struct link_proximity *proximity = message;
	const struct link_ear_mode *mode = message;

	(void)data;
	if (header->type == LINK_PROXIMITY)
		printf("told proximity %s\n",
		       ear_proximity_to_str((enum ear_proximity)proximity->proximity));
	else if (header->type == LINK_EAR_MODE)
		printf("told mode %u\n", mode->on);
	else if (header->type == LINK_EAR_LEARN)
		printf("told learn %u\n", ((const struct link_ear_learn *)message)->on);
}

static bool
is_authorised(void *data, uid_t uid)
{
	(void)data;
	return uid == getuid();
}

static void
tell_panel(struct drive *drive, enum link_panel_state state)
{
	struct link_panel panel = {.panel = PANEL,
				   .state = state,
				   .width_um = 68000,
				   .height_um = 136000,
				   .slots = 10,
				   .name = "Test panel"};

	link_server_send_panel(drive->server, &panel);
}

static void
obey(struct drive *drive, const char *line)
{
	uint64_t now_us = (uint64_t)g_get_monotonic_time();
	struct link_ear ear = {.panel = PANEL, .time_us = now_us};
	struct link_ear_key key = {.time_us = now_us};
	enum ear_kind kind;

	if (strcmp(line, "key") == 0) {
		link_server_send(drive->server, &key.header, LINK_EAR_KEY, sizeof(key));
	} else if (strcmp(line, "panel gone") == 0) {
		tell_panel(drive, LINK_PANEL_GONE);
	} else if (strcmp(line, "panel ready") == 0) {
		tell_panel(drive, LINK_PANEL_READY);
	} else if (ear_kind_from_str(line, &kind)) {
		ear.kind = kind;
		link_server_send(drive->server, &ear.header, LINK_EAR, sizeof(ear));
		printf("did %s %" G_GUINT64_FORMAT "\n", line, now_us);
	} else {
		printf("unknown %s\n", line);
	}
}

static gboolean
on_input(gint fd, GIOCondition condition, void *data)
{
	struct drive *drive = data;
	char bytes[256];
	ssize_t size = read(fd, bytes, sizeof(bytes));

	(void)condition;
	if (size <= 0) {
		g_main_loop_quit(drive->loop);
		return G_SOURCE_REMOVE;
	}
	for (ssize_t i = 0; i < size; i++) {
		if (bytes[i] != '\n') {
			g_string_append_c(drive->line, bytes[i]);
			continue;
		}
		obey(drive, drive->line->str);
		g_string_truncate(drive->line, 0);
	}
	return G_SOURCE_CONTINUE;
}

int
main(int argc, char **argv)
{
	static const struct link_server_events events = {
	    .listening = on_listening,
	    .type_key = on_type_key,
	    .authorised = is_authorised,
	    .message = on_message,
	};
	struct drive drive = {.loop = g_main_loop_new(NULL, FALSE), .line = g_string_new(NULL)};
	const struct link_server_config config = {.path = argc > 1 ? argv[1] : "",
						  .can_type = true};
	g_autoptr(GError) error = NULL;

	setvbuf(stdout, NULL, _IOLBF, 0);
	drive.server = link_server_new(&config, &events, &drive, &error);
	if (!drive.server) {
		fprintf(stderr, "ear-drive: %s\n", error->message);
		return 1;
	}
	tell_panel(&drive, LINK_PANEL_READY);
	g_unix_fd_add(STDIN_FILENO, G_IO_IN | G_IO_HUP, on_input, &drive);
	g_main_loop_run(drive.loop);
	link_server_free(drive.server);
	g_string_free(drive.line, TRUE);
	g_main_loop_unref(drive.loop);
	return 0;
}
