/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which application a process is: ids from its systemd scope, Flatpak's own file, its executable.
 * Called when another application comes in front; the parsers are pure and take the files' text.
 * Owns nothing; an application's own name is the weakest id, for it can be anything.
 */
#include "daemon/app_id.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <limits.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/cleanup.h"

/* A cgroup file is under 1 kB, a .flatpak-info under 4 kB. */
#define FILE_BYTES 16384
/* The longest name that D-Bus, and so a desktop file, allows an application. */
#define ID_BYTES 255

static bool
id_is_sane(const char *id)
{
	size_t length = strlen(id);

	return length > 0 && length <= ID_BYTES && g_utf8_validate(id, -1, NULL) &&
	       !strpbrk(id, "/\n\r\t");
}

/* systemd's unit names write a byte as \xHH. */
static char *
unescape(const char *text, size_t length)
{
	GString *plain = g_string_new(NULL);

	for (size_t i = 0; i < length; i++) {
		if (length - i >= 4 && text[i] == '\\' && text[i + 1] == 'x' &&
		    g_ascii_isxdigit(text[i + 2]) && g_ascii_isxdigit(text[i + 3])) {
			int byte = g_ascii_xdigit_value(text[i + 2]) * 16 +
				   g_ascii_xdigit_value(text[i + 3]);

			if (byte != 0)
				g_string_append_c(plain, (char)byte);
			i += 3;
		} else {
			g_string_append_c(plain, text[i]);
		}
	}
	return g_string_free(plain, FALSE);
}

/*
 * https://systemd.io/DESKTOP_ENVIRONMENTS: app[-LAUNCHER]-ID-RANDOM.scope,
 * app[-LAUNCHER]-ID.service and app[-LAUNCHER]-ID@RANDOM.service; a dash inside LAUNCHER or ID is
 * escaped.
 */
static char *
id_from_unit(const char *unit)
{
	g_autofree char *id = NULL;
	g_autofree char *middle = NULL;
	char *part;
	bool scope = g_str_has_suffix(unit, ".scope");

	if (!g_str_has_prefix(unit, "app-") || (!scope && !g_str_has_suffix(unit, ".service")))
		return NULL;
	middle = g_strndup(unit + 4, strlen(unit) - 4 - (scope ? 6 : 8));
	part = strchr(middle, '@');
	if (!scope && part)
		*part = '\0';
	part = strrchr(middle, '-');
	if (scope) {
		if (!part)
			return NULL;
		*part = '\0';
		part = strrchr(middle, '-');
	}
	part = part ? part + 1 : middle;
	id = unescape(part, strlen(part));
	return id_is_sane(id) ? g_steal_pointer(&id) : NULL;
}

char *
app_id_from_cgroup(const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	for (size_t i = 0; lines[i]; i++) {
		const char *path = strchr(lines[i], '/');
		g_auto(GStrv) units = g_strsplit(path ? path : "", "/", -1);

		/* The innermost unit is the application; what holds it may be the desktop. */
		for (size_t at = g_strv_length(units); at > 0; at--) {
			char *id = id_from_unit(units[at - 1]);

			if (id)
				return id;
		}
	}
	return NULL;
}

char *
app_id_from_flatpak_info(const char *text)
{
	g_autoptr(GKeyFile) file = g_key_file_new();
	g_autofree char *id = NULL;

	if (!g_key_file_load_from_data(file, text, (gsize)-1, G_KEY_FILE_NONE, NULL))
		return NULL;
	id = g_key_file_get_string(file, "Application", "name", NULL);
	return id && id_is_sane(id) ? g_steal_pointer(&id) : NULL;
}

char *
app_id_from_executable(const char *path)
{
	static const char deleted[] = " (deleted)"; /* proc(5): after an update of the program */
	const char *slash = strrchr(path, '/');
	g_autofree char *id = g_strdup(slash ? slash + 1 : path);

	if (g_str_has_suffix(id, deleted))
		id[strlen(id) - strlen(deleted)] = '\0';
	return id_is_sane(id) ? g_steal_pointer(&id) : NULL;
}

/* The text of a small file of /proc, NULL when it cannot be read. */
static char *
read_small(const char *path)
{
	/* Nonblocking and regular only: what lies under an application's root is its own doing. */
	_autoclose_ int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
	g_autofree char *text = NULL;
	struct stat status;
	ssize_t length;

	if (fd < 0 || fstat(fd, &status) < 0 || !S_ISREG(status.st_mode))
		return NULL;
	text = g_malloc(FILE_BYTES + 1);
	length = read(fd, text, FILE_BYTES);
	if (length < 0)
		return NULL;
	text[length] = '\0';
	return g_steal_pointer(&text);
}

/* Takes id. */
static void
add(GPtrArray *ids, char *id)
{
	if (id && !g_ptr_array_find_with_equal_func(ids, id, g_str_equal, NULL))
		g_ptr_array_add(ids, id);
	else
		g_free(id);
}

static void
add_from_proc(GPtrArray *ids, uint32_t pid)
{
	g_autofree char *cgroup_path = g_strdup_printf("/proc/%u/cgroup", pid);
	g_autofree char *flatpak_path = g_strdup_printf("/proc/%u/root/.flatpak-info", pid);
	g_autofree char *exe_path = g_strdup_printf("/proc/%u/exe", pid);
	g_autofree char *cgroup = read_small(cgroup_path);
	g_autofree char *flatpak = read_small(flatpak_path);
	char exe[PATH_MAX];
	ssize_t length = readlink(exe_path, exe, sizeof(exe) - 1);

	if (cgroup)
		add(ids, app_id_from_cgroup(cgroup));
	if (flatpak)
		add(ids, app_id_from_flatpak_info(flatpak));
	if (length > 0) {
		exe[length] = '\0';
		add(ids, app_id_from_executable(exe));
	}
}

char **
app_ids(uint32_t pid, const char *name)
{
	GPtrArray *ids = g_ptr_array_new();

	if (pid != 0)
		add_from_proc(ids, pid);
	if (name && id_is_sane(name))
		add(ids, g_strdup(name));
	g_ptr_array_add(ids, NULL);
	return (char **)g_ptr_array_free(ids, FALSE);
}
