/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Asks logind who sits at the seat, and watches for a change of the answer.
 * Called by driver/driver.
 * Owns a watch on the seat and a list of user numbers.
 */
#define G_LOG_DOMAIN "sidetouch-driver"
#include "driver/session.h"

#include <errno.h>
#include <pwd.h>
#include <stdint.h>

#include "common/seat.h"

struct session {
	char *seat;
	GArray *users; /* of uid_t; NULL: logind decides */
	void (*changed)(void *data);
	void *data;
	struct seat_watch *watch;
};

static bool
find_user(const char *text, uid_t *out)
{
	const struct passwd *entry;
	guint64 number;

	if (g_ascii_string_to_unsigned(text, 10, 0, UINT32_MAX - 1, &number, NULL)) {
		*out = (uid_t)number;
		return true;
	}
	entry = getpwnam(text);
	if (entry)
		*out = entry->pw_uid;
	return entry != NULL;
}

static GArray *
find_users(const char *const *names, GError **error)
{
	g_autoptr(GArray) users = g_array_new(FALSE, FALSE, sizeof(uid_t));

	for (size_t i = 0; names[i]; i++) {
		uid_t uid;

		if (!find_user(names[i], &uid)) {
			g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
				    "--allow-user: there is no user '%s' here; give a name or a "
				    "number that `getent passwd` lists",
				    names[i]);
			return NULL;
		}
		g_array_append_val(users, uid);
	}
	return g_steal_pointer(&users);
}

static void
on_seat(void *data)
{
	struct session *session = data;

	if (session->changed)
		session->changed(session->data);
}

static void
watch_logins(struct session *session)
{
	int r = seat_watch_new(on_seat, session, &session->watch);

	if (r == -ENOSYS)
		g_warning("this sidetouch-driver was built without logind, so no daemon can be let "
			  "in: name the user with --allow-user");
	else if (r < 0)
		g_warning("logind does not run here (%s), so no daemon can be let in: start it, or "
			  "name the user with --allow-user",
			  g_strerror(-r));
}

struct session *
session_new(const char *seat, const char *const *users, void (*changed)(void *data), void *data,
	    GError **error)
{
	g_autoptr(GArray) uids = NULL;
	struct session *session;

	if (users) {
		uids = find_users(users, error);
		if (!uids)
			return NULL;
	}
	session = g_new0(struct session, 1);
	session->seat = g_strdup(seat);
	session->users = g_steal_pointer(&uids);
	session->changed = changed;
	session->data = data;
	if (!session->users)
		watch_logins(session);
	return session;
}

struct session *
session_free(struct session *session)
{
	if (!session)
		return NULL;
	seat_watch_free(session->watch);
	g_clear_pointer(&session->users, g_array_unref);
	g_free(session->seat);
	g_free(session);
	return NULL;
}

bool
session_is_authorised(const struct session *session, uid_t uid)
{
	uid_t active;

	if (!session->users)
		return seat_active_user(session->seat, &active) == 0 && active == uid;
	for (unsigned i = 0; i < session->users->len; i++) {
		if (g_array_index(session->users, uid_t, i) == uid)
			return true;
	}
	return false;
}
