/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The opt-in transcript: one write per line, so that whoever reads it meanwhile sees whole lines.
 * Called by the voice; without --transcript there is none, and nothing that is said is kept.
 * Owns the descriptor.
 */
#include "daemon/voice/transcript.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <inttypes.h>
#include <unistd.h>

#include "common/language_mark.h"

struct transcript {
	int fd;
};

int
transcript_open(const char *path, struct transcript **out)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

	if (fd < 0)
		return -errno;
	*out = g_new0(struct transcript, 1);
	(*out)->fd = fd;
	return 0;
}

struct transcript *
transcript_close(struct transcript *transcript)
{
	if (!transcript)
		return NULL;
	close(transcript->fd);
	g_free(transcript);
	return NULL;
}

static void
write_line(struct transcript *transcript, uint64_t time_us, uint32_t utterance, const char *text)
{
	g_autofree char *line =
	    g_strdup_printf("%" PRIu64 " %" PRIu32 " %s\n", time_us, utterance, text);
	size_t size = strlen(line);

	/* Speech must go on when the disk is full; a test sees that the line is missing. */
	if (write(transcript->fd, line, size) != (ssize_t)size)
		return;
}

void
transcript_started(struct transcript *transcript, uint64_t time_us, uint32_t utterance,
		   const char *text)
{
	g_autofree char *plain = transcript ? language_mark_strip(text) : NULL;

	if (transcript)
		write_line(transcript, time_us, utterance, plain);
}

void
transcript_ended(struct transcript *transcript, uint64_t time_us, uint32_t utterance,
		 enum voice_end end)
{
	const char *words = "(failed)";

	if (!transcript)
		return;
	switch (end) {
	case VOICE_END_SPOKEN:
		words = "(spoken)";
		break;
	case VOICE_END_STOPPED:
		words = "(stopped)";
		break;
	case VOICE_END_FAILED:
		break;
	}
	write_line(transcript, time_us, utterance, words);
}
