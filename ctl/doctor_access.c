/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Checks of the kernel's modules, and of what the driver's user may open.
 * Called by ctl/doctor_run, in a process of their own.
 * Owns nothing.
 */
#include <grp.h>
#include <libudev.h>
#include <linux/posix_acl.h>
#include <linux/posix_acl_xattr.h>
#include <pwd.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>

#include "common/i18n.h"
#include "ctl/doctor.h"
#include "driver/clone.h"

#define ACL_NAME "system.posix_acl_access"
/* The service's user is in one group; an admin may have put it into some more. */
#define GROUPS_MAX 64
/* An access list of an input node has an entry or two for users. */
#define ACL_SIZE_MAX 1024

static const char rules_again[] =
    N_("Put the rules in force with: sudo udevadm control --reload; sudo udevadm trigger "
       "--subsystem-match=input --subsystem-match=misc");

/* --- the kernel --- */

static bool
has_event_nodes(const char *sys)
{
	g_autofree char *path = g_build_filename(sys, "class/input", NULL);
	g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
	const char *name;

	while (dir && (name = g_dir_read_name(dir))) {
		if (g_str_has_prefix(name, "event"))
			return true;
	}
	return false;
}

void
doctor_check_kernel(const struct doctor_place *place, struct doctor_findings *findings)
{
	g_autofree char *uinput = g_build_filename(place->sys, "class/misc/uinput", NULL);
	bool clones = g_file_test(uinput, G_FILE_TEST_EXISTS);
	bool reads = has_event_nodes(place->sys);

	if (!clones)
		doctor_todo(findings, "The kernel's module uinput is not loaded, so that no clone "
				      "can be made. Load it with: sudo modprobe uinput");
	if (!reads)
		doctor_todo(findings, "The kernel shows no input device. Connect the touchscreen; "
				      "when it is connected, try: sudo modprobe evdev");
	if (clones && reads)
		doctor_ok(findings, "uinput and evdev are there");
}

/* --- access --- */

struct user {
	const char *name;
	uid_t uid;
	gid_t groups[GROUPS_MAX];
	int group_count;
};

static bool
find_user(const char *name, struct user *out)
{
	const struct passwd *entry = getpwnam(name);

	if (!entry)
		return false;
	*out = (struct user){.name = name, .uid = entry->pw_uid, .group_count = GROUPS_MAX};
	if (getgrouplist(name, entry->pw_gid, out->groups, &out->group_count) < 0)
		out->group_count = GROUPS_MAX;
	return true;
}

static bool
is_in(const struct user *user, gid_t group)
{
	for (int i = 0; i < user->group_count; i++) {
		if (user->groups[i] == group)
			return true;
	}
	return false;
}

/* What the node's access list gives to the user alone: bits as of a mode; -1: it has no entry. */
static int
listed_bits(const char *node, const struct user *user)
{
	union {
		struct posix_acl_xattr_header header;
		char bytes[ACL_SIZE_MAX];
	} list;
	const struct posix_acl_xattr_entry *entries =
	    (const void *)(list.bytes + sizeof(list.header));
	ssize_t size = getxattr(node, ACL_NAME, &list, sizeof(list));
	size_t count;
	int bits = -1, mask = 7;

	if (size < (ssize_t)sizeof(list.header) ||
	    GUINT32_FROM_LE(list.header.a_version) != POSIX_ACL_XATTR_VERSION)
		return -1;
	count = ((size_t)size - sizeof(list.header)) / sizeof(*entries);
	for (size_t i = 0; i < count; i++) {
		unsigned tag = GUINT16_FROM_LE(entries[i].e_tag);

		if (tag == ACL_USER && GUINT32_FROM_LE(entries[i].e_id) == user->uid)
			bits = GUINT16_FROM_LE(entries[i].e_perm);
		else if (tag == ACL_MASK)
			mask = GUINT16_FROM_LE(entries[i].e_perm);
	}
	return bits < 0 ? -1 : bits & mask;
}

/* Whether the user may read and write it; the kernel's order of who is asked. */
static bool
may_use(const char *node, const struct stat *status, const struct user *user)
{
	int listed = listed_bits(node, user);
	unsigned bits = status->st_mode & 7;

	if (status->st_uid == user->uid)
		bits = status->st_mode >> 6 & 7;
	else if (listed >= 0)
		bits = (unsigned)listed;
	else if (is_in(user, status->st_gid))
		bits = status->st_mode >> 3 & 7;
	return user->uid == 0 || (bits & 6) == 6;
}

/* The nodes of touchscreens, but for our own clones. */
static GPtrArray *
ask_udev(void)
{
	GPtrArray *nodes = g_ptr_array_new_with_free_func(g_free);
	struct udev *udev = udev_new();
	struct udev_enumerate *all = udev ? udev_enumerate_new(udev) : NULL;
	struct udev_list_entry *entry;

	if (all) {
		udev_enumerate_add_match_subsystem(all, "input");
		udev_enumerate_add_match_property(all, "ID_INPUT_TOUCHSCREEN", "1");
		udev_enumerate_scan_devices(all);
	}
	udev_list_entry_foreach(entry, all ? udev_enumerate_get_list_entry(all) : NULL)
	{
		struct udev_device *device =
		    udev_device_new_from_syspath(udev, udev_list_entry_get_name(entry));
		const char *node = device ? udev_device_get_devnode(device) : NULL;
		struct udev_device *parent =
		    device ? udev_device_get_parent_with_subsystem_devtype(device, "input", NULL)
			   : NULL;
		const char *phys = parent ? udev_device_get_sysattr_value(parent, "phys") : NULL;

		if (node && g_str_has_prefix(node, "/dev/input/event") &&
		    !(phys && g_str_has_prefix(phys, CLONE_PHYS_PREFIX)))
			g_ptr_array_add(nodes, g_strdup(node));
		udev_device_unref(device);
	}
	udev_enumerate_unref(all);
	udev_unref(udev);
	return nodes;
}

static GPtrArray *
list_touchscreens(const struct doctor_place *place)
{
	GPtrArray *nodes;

	if (!place->touchscreens)
		return ask_udev();
	nodes = g_ptr_array_new_with_free_func(g_free);
	for (size_t i = 0; place->touchscreens[i]; i++)
		g_ptr_array_add(nodes, g_strdup(place->touchscreens[i]));
	return nodes;
}

static void
check_touchscreens(const struct doctor_place *place, const struct user *user,
		   struct doctor_findings *findings)
{
	g_autoptr(GPtrArray) nodes = list_touchscreens(place);
	guint usable = 0;

	for (guint i = 0; i < nodes->len; i++) {
		const char *node = g_ptr_array_index(nodes, i);
		struct stat status;

		if (stat(node, &status) < 0)
			doctor_todo(findings,
				    "The touchscreen's node %s is not there. Connect it "
				    "again, or restart the device.",
				    node);
		else if (!may_use(node, &status, user))
			doctor_todo(findings,
				    "The driver's user %s may not read the touchscreen %s. Install "
				    "the package acl. %s",
				    user->name, node, _(rules_again));
		else
			usable++;
	}
	if (nodes->len == 0)
		doctor_todo(findings, "udev knows of no touchscreen. Connect it; one that is "
				      "connected needs a rule that sets ID_INPUT_TOUCHSCREEN.");
	else if (usable == nodes->len)
		doctor_ok(findings, "the driver may read all touchscreens: %u", usable);
}

void
doctor_check_access(const struct doctor_place *place, struct doctor_findings *findings)
{
	struct user user;
	struct stat status;

	if (!find_user(place->service_user, &user)) {
		doctor_todo(findings,
			    "The driver's user %s is not there. Make it with: sudo "
			    "systemd-sysusers",
			    place->service_user);
		return;
	}
	if (stat(place->uinput, &status) < 0)
		doctor_todo(findings, "%s is not there. Make it with: sudo modprobe uinput",
			    place->uinput);
	else if (!may_use(place->uinput, &status, &user))
		doctor_todo(findings, "The driver's user %s may not use %s. %s", user.name,
			    place->uinput, _(rules_again));
	else
		doctor_ok(findings, "the driver may make clones");
	check_touchscreens(place, &user, findings);
}
