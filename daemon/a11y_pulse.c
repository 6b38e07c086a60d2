/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a silent application is doing: stopped, at work, or asleep although it was asked something.
 * Called by daemon/a11y_call when nothing was answered for a while; reads /proc only.
 * Owns nothing; the parsers are pure and take the files' text.
 */
#include "daemon/a11y_pulse.h"

#include <fcntl.h>
#include <glib.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "common/cleanup.h"

/* A stat line is some 300 bytes, loadavg 30. */
#define FILE_BYTES 1024
/* Looked at, of one process: Firefox has some 100, and so many take 1 ms. */
#define THREADS_MAX 256

enum a11y_pulse
a11y_pulse_from_stat(const char *text)
{
	/* proc(5): PID (NAME) STATE; the name may hold anything, brackets and blanks too. */
	const char *bracket = strrchr(text, ')');

	if (!bracket || bracket[1] != ' ')
		return A11Y_PULSE_ASLEEP;
	switch (bracket[2]) {
	case 'T':
	case 't':
	case 'Z':
	case 'X':
		return A11Y_PULSE_STOPPED;
	case 'R':
	case 'D':
		return A11Y_PULSE_AT_WORK;
	default:
		return A11Y_PULSE_ASLEEP;
	}
}

bool
a11y_pulse_is_crowded(const char *loadavg, unsigned cores)
{
	unsigned running;

	/* proc(5): "0.20 0.18 0.12 1/80 11206"; the fourth begins with the threads that want to. */
	if (sscanf(loadavg, "%*s %*s %*s %u/", &running) != 1) /* NOLINT(cert-err34-c) */
		return false;
	return running > cores;
}

static bool
read_file(const char *path, char *text, size_t size)
{
	_autoclose_ int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t length;

	if (fd < 0)
		return false;
	length = read(fd, text, size - 1);
	if (length < 0)
		return false;
	text[length] = '\0';
	return true;
}

bool
a11y_pulse_has_thread_at_work(uint32_t pid)
{
	g_autofree char *tasks = g_strdup_printf("/proc/%u/task", pid);
	g_autoptr(GDir) folder = g_dir_open(tasks, 0, NULL);
	g_autofree char *own = g_strdup_printf("%ld", (long)syscall(SYS_gettid));
	char text[FILE_BYTES];
	const char *thread;

	for (unsigned i = 0; folder && i < THREADS_MAX && (thread = g_dir_read_name(folder)); i++) {
		g_autofree char *path = g_strdup_printf("%s/%s/stat", tasks, thread);

		if (!g_str_equal(thread, own) && read_file(path, text, sizeof(text)) &&
		    a11y_pulse_from_stat(text) == A11Y_PULSE_AT_WORK)
			return true;
	}
	return false;
}

enum a11y_pulse
a11y_pulse_of(uint32_t pid)
{
	g_autofree char *path = g_strdup_printf("/proc/%u/stat", pid);
	char text[FILE_BYTES];
	enum a11y_pulse pulse = A11Y_PULSE_ASLEEP;

	if (pid != 0 && read_file(path, text, sizeof(text)))
		pulse = a11y_pulse_from_stat(text);
	if (pulse == A11Y_PULSE_ASLEEP && ((pid != 0 && a11y_pulse_has_thread_at_work(pid)) ||
					   a11y_pulse_has_thread_at_work((uint32_t)getpid())))
		pulse = A11Y_PULSE_AT_WORK;
	if (pulse == A11Y_PULSE_ASLEEP && read_file("/proc/loadavg", text, sizeof(text)) &&
	    a11y_pulse_is_crowded(text, g_get_num_processors()))
		pulse = A11Y_PULSE_AT_WORK;
	return pulse;
}
