/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The smallest forwarder that there can be, against which sidetouch-driver is measured: grab,
 * clone, then a blocking read and a write of what was read, for ever. Run by pass-latency.c in a
 * guest; it ends when the device is unplugged or it is killed. Owns two descriptors. It withholds
 * nothing, resynchronises nothing and is no way to treat a panel.
 *
 * Usage: forward /dev/input/eventN
 */
#include <fcntl.h>
#include <libevdev/libevdev-uinput.h>
#include <libevdev/libevdev.h>
#include <linux/input.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int
main(int argc, char **argv)
{
	static struct input_event events[256];
	struct libevdev_uinput *clone;
	struct libevdev *device;
	int in = argc == 2 ? open(argv[1], O_RDONLY | O_CLOEXEC) : -1, out;
	ssize_t size;

	if (in < 0 || libevdev_new_from_fd(in, &device) < 0 ||
	    libevdev_grab(device, LIBEVDEV_GRAB) < 0 ||
	    libevdev_uinput_create_from_device(device, LIBEVDEV_UINPUT_OPEN_MANAGED, &clone) < 0) {
		perror("forward: the device cannot be forwarded");
		return EXIT_FAILURE;
	}
	out = libevdev_uinput_get_fd(clone);
	while ((size = read(in, events, sizeof(events))) > 0) {
		if (write(out, events, (size_t)size) != size)
			return EXIT_FAILURE;
	}
	return EXIT_SUCCESS;
}
