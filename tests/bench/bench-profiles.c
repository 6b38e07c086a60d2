/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Ten thousand profiles: how long they take to load, an app to get its buttons, and a press to
 * become a command. Prints figures; a first line says how many profiles, so that what was measured
 * is seen. Run by tests/bench/run. Owns a folder in /tmp while it runs.
 */
#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/profile_folders.h"
#include "daemon/brain.h"
#include "tests/support/folder.h"

#define PROFILES 10000
#define ROUNDS   5
#define SWITCHES 2000
#define PRESSES  20000

static void
on_problem(void *data, const char *problem)
{
	(void)data;
	g_error("%s", problem);
}

/* What a shipped profile looks like: every fourth is for a site, every tenth is found by a pattern
 * only. */
static void
write_profile(const char *folder, unsigned number)
{
	g_autofree char *path = g_strdup_printf("%s/app%05u.profile", folder, number);
	bool is_pattern = number % 10 == 0, is_site = number % 4 == 0;
	g_autofree char *whom =
	    is_site ? g_strdup_printf("Site=%sshop%u.example", is_pattern ? "*." : "", number)
		    : g_strdup_printf("App=org.example.App%u%s", number, is_pattern ? "*" : "");
	g_autofree char *text = g_strdup_printf(
	    "# An app of many.\n[Profile]\nName=App "
	    "%u\n%s\n\n"
	    "[right-top]\nCommand=activate role=button name=\"Pay %u\"\nLabel=Pay\n"
	    "Label[zh_CN]=支付\nHint=Pays what is in the cart\n\n"
	    "[right-middle]\nCommand=key Control+s\nLabel=Save\nLabel[zh_CN]=保存\n\n"
	    "[right-bottom]\nCommand=read-title\nLabel=Title\nConfirm=single\n\n"
	    "[left-top hold]\nCommand=time\n",
	    number, whom, number);

	if (!g_file_set_contents_full(path, text, -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL))
		g_error("%s cannot be written", path);
}

static int
compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void
print(const char *what, double *us, size_t count)
{
	qsort(us, count, sizeof(*us), compare);
	printf("%s: median %.1f us, p99 %.1f us, worst %.1f us (%zu times)\n", what, us[count / 2],
	       us[count * 99 / 100], us[count - 1], count);
}

/* The clock of the processor's own time: other programs on a busy machine are not ours. */
static double
cpu_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
	return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static struct profile_set *
measure_load(const GArray *folders)
{
	struct profile_set *set = NULL;
	double best_ms = 0, best_cpu_ms = 0;

	for (int i = 0; i < ROUNDS; i++) {
		double cpu = cpu_us(), ms, cpu_ms;
		gint64 start = g_get_monotonic_time();

		profile_set_free(set);
		set = profile_folders_load(folders, on_problem, NULL);
		ms = (double)(g_get_monotonic_time() - start) / 1e3;
		cpu_ms = (cpu_us() - cpu) / 1e3;
		best_ms = i == 0 || ms < best_ms ? ms : best_ms;
		best_cpu_ms = i == 0 || cpu_ms < best_cpu_ms ? cpu_ms : best_cpu_ms;
	}
	printf("%zu profiles loaded: %.0f ms, of them %.0f ms of processor (best of %d)\n",
	       profile_set_count(set) - 1, best_ms, best_cpu_ms, ROUNDS);
	return set;
}

static void
measure_switch(const struct profile_set *set, const char *what, const char *id, const char *after,
	       const char *site)
{
	static double us[SWITCHES];
	struct profile_view view;

	for (int i = 0; i < SWITCHES; i++) {
		g_autofree char *one = g_strdup_printf("%s%d%s", id, i, after);
		g_autofree char *host = site ? g_strdup_printf("%s%d.example", site, i) : NULL;
		const char *const ids[] = {one, NULL};
		double start = cpu_us();

		profile_set_view(set, ids, host, &view);
		us[i] = cpu_us() - start;
	}
	print(what, us, SWITCHES);
}

static unsigned runs;

static uint32_t
on_say(void *data, uint32_t press, const char *text)
{
	(void)data, (void)press, (void)text;
	return 0;
}

static void
on_stop(void *data)
{
	(void)data;
}

static void
on_run(void *data, uint32_t press, const struct profile_binding *binding)
{
	(void)data, (void)press, (void)binding;
	runs++;
}

static void
on_watch(void *data, bool on)
{
	(void)data, (void)on;
}

static const struct brain_output output = {
    .say = on_say, .stop = on_stop, .run = on_run, .watch = on_watch, .say_after = on_say};

/* The whole of it, with something armed that is not any more. */
static void
measure_front(const struct profile_set *set)
{
	static double us[SWITCHES];
	struct usec now = usec_from_ms(1000);
	struct brain *brain;

	brain_new(&output, NULL, set, &brain);
	for (uint32_t i = 0; i < SWITCHES; i++) {
		g_autofree char *id = g_strdup_printf("org.example.App%u", i);
		const char *const ids[] = {id, NULL};
		struct brain_press press = {i + 1, PAD_RIGHT_TOP, PRESS_DOWN, now, now};
		double start;

		brain_press(brain, &press);
		press.phase = PRESS_UP;
		brain_press(brain, &press);
		start = cpu_us();
		brain_front(brain, ids, now);
		us[i] = cpu_us() - start;
		now = usec_add(now, usec_from_ms(6000));
	}
	print("another app in front, with a button armed", us, SWITCHES);
	brain_unref(brain);
}

static void
measure_press(const struct profile_set *set)
{
	static const char *const ids[] = {"org.example.App1235", NULL};
	static double us[PRESSES];
	struct usec now = usec_from_ms(1000);
	struct brain *brain;

	brain_new(&output, NULL, set, &brain);
	brain_front(brain, ids, now);
	runs = 0;
	for (uint32_t i = 0; i < PRESSES; i++) {
		struct brain_press press = {i + 1, PAD_RIGHT_TOP, PRESS_DOWN, now, now};
		double start;

		brain_press(brain, &press);
		now = usec_add(now, usec_from_ms(60));
		press.time = now;
		press.phase = PRESS_UP;
		start = cpu_us();
		brain_press(brain, &press);
		us[i] = cpu_us() - start;
		now = usec_add(now, usec_from_ms(100));
	}
	print("a press to its announcement or its command", us, PRESSES);
	printf("(every second one ran: %u of %d)\n", runs, PRESSES);
	brain_unref(brain);
}

int
main(void)
{
	g_autofree char *folder = folder_new("profiles");
	g_autoptr(GArray) folders = profile_folders_given((const char *const[]){folder, NULL});
	struct profile_set *set;

	for (unsigned i = 0; i < PROFILES; i++)
		write_profile(folder, i);
	set = measure_load(folders);
	measure_switch(set, "an app of its own id", "org.example.App", "", NULL);
	measure_switch(set, "an app that only a pattern fits", "org.example.App", "0.Sub", NULL);
	measure_switch(set, "an app that nothing fits", "org.other.App", "", NULL);
	measure_switch(set, "a site in a browser", "browser", "", "shop");
	measure_switch(set, "a site that nothing fits", "browser", "", "none");
	measure_front(set);
	measure_press(set);
	profile_set_free(set);
	folder_remove(folder);
	return 0;
}
