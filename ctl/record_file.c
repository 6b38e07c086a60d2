/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An evemu recording as it grows; see record_file.h.
 * Called by ctl/record.
 * Owns what struct record_file holds.
 */
#include "ctl/record_file.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "common/cleanup.h"
#include "common/evemu.h"
#include "common/i18n.h"

struct record_file {
	char *name; /* for messages */
	int fd;
	bool is_ours; /* to be cut back when the disk is full */
	off_t size;   /* of what is whole */
	bool begun;
	uint64_t first_us; /* the first event's time: a recording begins at 0 */
	uint64_t frames;
	char *frame; /* the text of a frame that is not whole yet */
	size_t frame_size;
	FILE *stream; /* to it */
};

static void
fail(const struct record_file *file, int error, GError **out)
{
	if (error == EEXIST)
		g_set_error(out, G_FILE_ERROR, G_FILE_ERROR_EXIST,
			    _("%s is there already. Name another file, or remove that one first."),
			    file->name);
	else
		g_set_error(out, G_FILE_ERROR, g_file_error_from_errno(error),
			    _("%s cannot be written: %s."), file->name, g_strerror(error));
}

struct record_file *
record_file_new(const char *path, GError **error)
{
	struct record_file *file = g_new0(struct record_file, 1);

	file->name = g_strdup(path ? path : _("Standard output"));
	file->is_ours = path != NULL;
	if (path)
		file->fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	else
		file->fd = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0);
	if (file->fd < 0) {
		fail(file, errno, error);
		return record_file_free(file);
	}
	return file;
}

static void
forget_frame(struct record_file *file)
{
	if (file->stream)
		fclose(file->stream);
	file->stream = NULL;
	free(steal(&file->frame));
}

struct record_file *
record_file_free(struct record_file *file)
{
	forget_frame(file);
	if (file->fd >= 0)
		close(file->fd);
	/* It came to nothing: then nothing is left of it. */
	if (file->fd >= 0 && file->is_ours && file->size == 0)
		(void)unlink(file->name);
	g_free(file->name);
	g_free(file);
	return NULL;
}

/* All of it or, as far as the file can be cut, nothing. */
static bool
write_whole(struct record_file *file, const char *text, size_t size, GError **error)
{
	size_t done = 0;

	while (done < size) {
		ssize_t count = write(file->fd, text + done, size - done);

		if (count < 0 && errno == EINTR)
			continue;
		if (count <= 0) {
			fail(file, count < 0 ? errno : ENOSPC, error);
			if (file->is_ours && ftruncate(file->fd, file->size) < 0)
				g_prefix_error(error, _("Its last frame is not whole. "));
			return false;
		}
		done += (size_t)count;
	}
	file->size += (off_t)size;
	return true;
}

bool
record_file_add_text(struct record_file *file, const char *text, size_t size, GError **error)
{
	return write_whole(file, text, size, error);
}

static bool
end_frame(struct record_file *file, GError **error)
{
	bool whole = fclose(steal(&file->stream)) == 0;
	bool written = whole && write_whole(file, file->frame, file->frame_size, error);

	if (!whole)
		fail(file, ENOMEM, error);
	file->frames += written;
	forget_frame(file);
	return written;
}

bool
record_file_add_events(struct record_file *file, const struct observe_event *events, size_t count,
		       GError **error)
{
	for (size_t i = 0; i < count; i++) {
		struct evemu_event event = {
		    .type = events[i].type, .code = events[i].code, .value = events[i].value};

		if (!file->begun)
			file->first_us = events[i].time_us;
		file->begun = true;
		/* Time does not go back in a recording. */
		event.stamp =
		    usec_since(usec_from_us(events[i].time_us), usec_from_us(file->first_us));
		if (!file->stream)
			file->stream = open_memstream(&file->frame, &file->frame_size);
		if (!file->stream || evemu_write_event(file->stream, &event) < 0) {
			fail(file, ENOMEM, error);
			return false;
		}
		if (event.type == EV_SYN && event.code == SYN_REPORT && !end_frame(file, error))
			return false;
	}
	return true;
}

uint64_t
record_file_frames(const struct record_file *file)
{
	return file->frames;
}
