/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Cleanup attributes for what a scope owns: memory, file descriptors, stdio streams.
 * Every program of Sidetouch uses them instead of goto; GLib objects use g_autoptr and g_autofree.
 * The idea is libinput's util-mem.h: a variable that owns something is marked where it is declared.
 */
#ifndef SIDETOUCH_CLEANUP_H
#define SIDETOUCH_CLEANUP_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static inline void
cleanup_free(void *pointer)
{
	free(*(void **)pointer);
}

static inline void
cleanup_close(const int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

static inline void
cleanup_fclose(FILE **stream)
{
	if (*stream)
		fclose(*stream);
}

#define _cleanup_(function) __attribute__((cleanup(function)))
#define _autofree_          _cleanup_(cleanup_free)
#define _autoclose_         _cleanup_(cleanup_close)
#define _autofclose_        _cleanup_(cleanup_fclose)

/* Give up ownership: the variable becomes empty, the value goes to the caller. */
#define steal(pointer)                                                                             \
	({                                                                                         \
		__typeof__(*(pointer)) steal_value_ = *(pointer);                                  \
		*(pointer) = NULL;                                                                 \
		steal_value_;                                                                      \
	})

static inline int
steal_fd(int *fd)
{
	int value = *fd;

	*fd = -1;
	return value;
}

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof((array)[0]))

#endif
