/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What evemu says of a device, from the device itself.
 * Used by driver/panel_tell when a recording begins.
 * Owns nothing; the descriptor is the caller's.
 */
#ifndef SIDETOUCH_EVEMU_DESCRIBE_H
#define SIDETOUCH_EVEMU_DESCRIBE_H

#include "common/evemu.h"

/* 0 or -errno. */
int evemu_describe(int fd, struct evemu_device *out);

#endif
