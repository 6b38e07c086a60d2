/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tells when files of some folders have changed, also of folders that are not there yet.
 * Called by daemon/profile_live; the daemon's loop brings the news.
 * Owns one inotify descriptor and its watches.
 */
#ifndef SIDETOUCH_FOLDER_WATCH_H
#define SIDETOUCH_FOLDER_WATCH_H

/* An editor that saves makes, writes and renames within milliseconds; a package manager writes
 * files for longer, but each is then whole. */
#define FOLDER_WATCH_QUIET_MS 150

struct folder_watch;

/* Something has changed, and nothing more for FOLDER_WATCH_QUIET_MS. */
typedef void folder_watch_fn(void *data);

/*
 * Watch the files of these folders (NULL-terminated) whose names are suffix, or end in it and do
 * not begin with a dot. NULL with errno when the kernel has no more inotify instances for this
 * user.
 */
struct folder_watch *folder_watch_new(const char *const *folders, const char *suffix,
				      folder_watch_fn *changed, void *data);
struct folder_watch *folder_watch_free(struct folder_watch *watch);

#endif
