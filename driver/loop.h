/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The driver's main loop: GLib's, in which a panel's frame passes before GLib looks at anything.
 * Made by main(), handed to the panels, which watch their descriptors with it while they are
 * grabbed; everything else of the driver is an ordinary GLib source. Owns the list of watched
 * descriptors, not the descriptors.
 */
#ifndef SIDETOUCH_LOOP_H
#define SIDETOUCH_LOOP_H

#include <glib.h>
#include <stdatomic.h>
#include <stdbool.h>

struct loop;
struct loop_watch;

struct loop *loop_new(void);
/* Nothing is watched any more. Returns NULL. */
struct loop *loop_free(struct loop *loop);

/* Run the thread's default context until loop_quit(). */
void loop_run(struct loop *loop);
/* From a source or a watch: loop_run() returns after what is under way. */
void loop_quit(struct loop *loop);

/* How often it has come round; see driver/stall. */
const atomic_uint *loop_turns(const struct loop *loop);

/* Call ready each time more can be read from the descriptor, all of which it reads, or it has hung
 * up (gone). It may end any watch. It returns true when it has added or removed a GLib source; a
 * time that was set for one is noticed by itself, for g_source_set_ready_time() wakes its context,
 * the thread's own too.
 */
struct loop_watch *loop_watch_new(struct loop *loop, int fd, bool (*ready)(void *data, bool gone),
				  void *data);
/* Before the descriptor is closed. Returns NULL. */
struct loop_watch *loop_watch_free(struct loop_watch *watch);

#endif
