/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What one app offers while it runs: labels and names of its own actions for the buttons that
 * belong to apps, read from what came over the bus and bounded in every way.
 * Called by daemon/offers; pure. An offer owns its bindings and is counted, for the brain lends it.
 */
#ifndef SIDETOUCH_OFFER_H
#define SIDETOUCH_OFFER_H

#include <glib.h>

#include "common/profile.h"

/* Of one button: as long as a profile's label may be, in bytes. */
#define OFFER_LABEL_MAX 200
/* The longest name that D-Bus allows anything; the path of an object has no such limit. */
#define OFFER_ACTION_MAX 255
#define OFFER_PATH_MAX   1000

struct offer {
	char *bus;                                     /* whose it is: a unique name */
	char *path;                                    /* where its actions are */
	struct profile_binding *bindings[INPUT_COUNT]; /* NULL: it says nothing of that input */
};

/*
 * buttons: a{s(ss)}, an input as a profile writes it to its label and action. NULL with *reason, an
 * allocated sentence, when anything is wrong with any of it.
 */
struct offer *offer_new(const char *bus, const char *path, GVariant *buttons, char **reason);
struct offer *offer_ref(struct offer *offer);
/* NULL for NULL; returns NULL. */
struct offer *offer_unref(struct offer *offer);

/* Whether it says nothing at all. */
bool offer_is_empty(const struct offer *offer);
/* Whether both say the same of every button. */
bool offer_equal(const struct offer *a, const struct offer *b);
/* The action of one of its bindings; NULL when the binding is another's. */
const char *offer_action(const struct offer *offer, const struct profile_binding *binding);

#endif
