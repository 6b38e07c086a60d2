/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Keeps calibrations: names their files, reads them, replaces them one after another on a thread.
 * Called by driver/film from the loop.
 * Owns the thread and the queue of what is to be written.
 */
#define G_LOG_DOMAIN "sidetouch-driver"
#include "driver/calibration_store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "common/alarm.h"
#include "common/cleanup.h"

/* How much of a panel's name its file's name has; the rest is told apart by a checksum. */
#define NAME_MAX_LENGTH 40
/* Digits of the checksum: 32 bits, and nobody has thousands of panels. */
#define CHECKSUM_LENGTH 8

struct save {
	struct calibration_store *store;
	char *path, *text;
	calibration_store_saved_fn *saved;
	void *data;
	uint32_t tag;
	int error;
};

struct calibration_store {
	char *folder;
	bool busy;              /* the queue's head is being written, or its end not yet told */
	GThread *thread;        /* writes it; NULL: it was written without one */
	GQueue queue;           /* of struct save */
	struct alarm *finished; /* of the thread, until the loop has seen it */
};

static void
save_free(void *data)
{
	struct save *save = data;

	g_free(save->path);
	g_free(save->text);
	g_free(save);
}

/* --- writing --- */

static int
write_all(int fd, const char *text)
{
	size_t left = strlen(text);

	while (left > 0) {
		ssize_t written = write(fd, text, left);

		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return -errno;
		text += written;
		left -= (size_t)written;
	}
	return fsync(fd) < 0 ? -errno : 0;
}

static int
write_new(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0644);
	int r;

	if (fd < 0)
		return -errno;
	r = write_all(fd, text);
	/* What a full disk did not say before, it says here at the latest. */
	if (close(fd) < 0 && r == 0)
		r = -errno;
	return r;
}

static void
sync_folder(const char *folder)
{
	_autoclose_ int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	/* The new file is in force by now, whether or not a power cut would bring the old one back.
	 */
	if (fd < 0 || fsync(fd) < 0)
		g_warning("%s cannot be synchronised: %s", folder, g_strerror(errno));
}

/* Whoever reads path, at any moment and after any crash, finds the old text or the new one. */
static int
replace(const char *folder, const char *path, const char *text)
{
	g_autofree char *new = g_strconcat(path, ".new", NULL);
	int r;

	if (mkdir(folder, 0755) < 0 && errno != EEXIST)
		return -errno;
	r = write_new(new, text);
	if (r == 0 && rename(new, path) < 0)
		r = -errno;
	if (r < 0) {
		(void)unlink(new);
		return r;
	}
	sync_folder(folder);
	return 0;
}

static void *
thread_main(void *data)
{
	struct save *save = data;
	struct calibration_store *store = save->store;

	save->error = replace(store->folder, save->path, save->text);
	alarm_set(store->finished, usec_from_us(0));
	return NULL;
}

/* --- one after another --- */

static void
tell(const struct save *save)
{
	if (save->error < 0)
		g_warning("%s cannot be written: %s", save->path, g_strerror(-save->error));
	if (save->saved)
		save->saved(save->data, save->tag, save->error);
}

static void
start_next(struct calibration_store *store)
{
	struct save *save = g_queue_peek_head(&store->queue);
	g_autoptr(GError) error = NULL;

	if (!save || store->busy)
		return;
	store->busy = true;
	store->thread = g_thread_try_new("store", thread_main, save, &error);
	if (store->thread)
		return;
	/* No thread to be had: late is better than never. */
	save->error = replace(store->folder, save->path, save->text);
	alarm_set(store->finished, usec_from_us(0));
}

static void
on_finished(void *data)
{
	struct calibration_store *store = data;
	struct save *save = g_queue_pop_head(&store->queue);

	if (store->thread)
		g_thread_join(g_steal_pointer(&store->thread));
	store->busy = false;
	tell(save);
	save_free(save);
	start_next(store);
}

struct calibration_store *
calibration_store_new(const char *folder)
{
	struct calibration_store *store = g_new0(struct calibration_store, 1);

	store->folder = g_strdup(folder);
	g_queue_init(&store->queue);
	store->finished = alarm_new(on_finished, store);
	return store;
}

struct calibration_store *
calibration_store_free(struct calibration_store *store)
{
	struct save *save;

	if (!store)
		return NULL;
	if (store->thread)
		g_thread_join(g_steal_pointer(&store->thread));
	if (store->busy)
		save_free(g_queue_pop_head(&store->queue));
	while ((save = g_queue_pop_head(&store->queue))) {
		int r = replace(store->folder, save->path, save->text);

		if (r < 0)
			g_warning("%s cannot be written: %s", save->path, g_strerror(-r));
		save_free(save);
	}
	alarm_free(store->finished);
	g_free(store->folder);
	g_free(store);
	return NULL;
}

/* --- files --- */

/* Letters, digits and dashes: no name that a device gives itself leads out of the folder. */
static void
append_safe(GString *out, const char *name)
{
	gsize start = out->len;

	for (const char *at = name; *at && out->len - start < NAME_MAX_LENGTH; at++) {
		if (g_ascii_isalnum(*at))
			g_string_append_c(out, g_ascii_tolower(*at));
		else if (out->len > start && out->str[out->len - 1] != '-')
			g_string_append_c(out, '-');
	}
}

char *
calibration_store_path(const struct calibration_store *store,
		       const struct calibration_identity *identity)
{
	const struct input_id *id = &identity->id;
	g_autofree char *what =
	    g_strdup_printf("%04x-%04x-%04x-%04x-%.0fx%.0f", id->bustype, id->vendor, id->product,
			    id->version, identity->width_mm, identity->height_mm);
	g_autofree char *whole = g_strconcat(what, "-", identity->name, NULL);
	g_autofree char *checksum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, whole, -1);
	g_autoptr(GString) file = g_string_new(what);

	g_string_append_c(file, '-');
	append_safe(file, identity->name);
	g_string_append_printf(file, "-%.*s.calibration", CHECKSUM_LENGTH, checksum);
	return g_build_filename(store->folder, file->str, NULL);
}

bool
calibration_store_load(const struct calibration_store *store,
		       const struct calibration_identity *identity, struct calibration *out,
		       struct calibration_lines *lines, GError **error)
{
	g_autofree char *path = calibration_store_path(store, identity);
	g_autoptr(GError) reason = NULL;

	if (calibration_file_read(path, out, lines, &reason))
		return true;
	if (!g_error_matches(reason, G_FILE_ERROR, G_FILE_ERROR_NOENT))
		g_propagate_error(error, g_steal_pointer(&reason));
	return false;
}

void
calibration_store_save(struct calibration_store *store, const struct calibration_identity *identity,
		       const struct calibration *calibration, calibration_store_saved_fn *saved,
		       void *data, uint32_t tag)
{
	g_autofree char *panel = g_strdup_printf("%s, %.0f by %.0f mm", identity->name,
						 identity->width_mm, identity->height_mm);
	struct save *save = g_new0(struct save, 1);

	*save = (struct save){
	    .store = store,
	    .path = calibration_store_path(store, identity),
	    .text = calibration_file_print(calibration, panel),
	    .saved = saved,
	    .data = data,
	    .tag = tag,
	};
	g_queue_push_tail(&store->queue, save);
	start_next(store);
}

void
calibration_store_forget(struct calibration_store *store, const void *data)
{
	for (GList *each = store->queue.head; each; each = each->next) {
		struct save *save = each->data;

		if (save->data == data)
			save->saved = NULL;
	}
}
