/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which application a process is: ids from its systemd scope, Flatpak's own file, its executable.
 * Called when another application comes in front; the parsers are pure and take the files' text.
 * Owns nothing; an application's own name is the weakest id, for it can be anything.
 */
#ifndef SIDETOUCH_APP_ID_H
#define SIDETOUCH_APP_ID_H

#include <stdint.h>

/*
 * From /proc/PID/cgroup: the application in "app-gnome-org.gnome.Calculator-1234.scope" or
 * "app-flatpak-...scope" or "app-...@...service", unescaped. NULL when it is in none. Allocated.
 */
char *app_id_from_cgroup(const char *text);
/* From Flatpak's .flatpak-info: name= in [Application]. NULL when there is none. Allocated. */
char *app_id_from_flatpak_info(const char *text);
/* From the executable's path: its last part, without " (deleted)". NULL for none. Allocated. */
char *app_id_from_executable(const char *path);

/*
 * All ids of a process, strongest first, each once; pid 0: only the name. name may be NULL.
 * NULL-terminated, to be freed with g_strfreev(). Reads /proc only.
 */
char **app_ids(uint32_t pid, const char *name);

#endif
