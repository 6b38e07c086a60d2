/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What changes in the window in front and is worth telling.
 * Called by daemon/apps_changes only. Pure.
 * Owns one place for each kind of change, and what was told last of each.
 *
 *   event --its kind's place is free--> waits until it has settled --> looked at --> told, if news
 *     '--it is taken--> the newer widget, no later than the older
 */
#include "daemon/changes.h"

#include <glib.h>
#include <string.h>

/* After a command of ours, what it does elsewhere than in the focus is told so long: longer than
 * an effect is awaited (APPS_EFFECT_MS), since a dialog takes its time. */
#define ACTED_MS 1000
/* An answer that was given so short a time ago is still in the user's ear; as for the same twice
 * (SPEECH_SAME_MS), and the time to say it. */
#define SAID_MS 2000
/* A new window's own focus comes so soon after it. */
#define JOINS_MS 1000
/* GTK 4 tells of a window before it can say what it is called: it is looked at again, each time
 * twice as late; the last time after 3 s. */
#define WINDOW_AGAIN_MS 100
#define WINDOW_LOOKS    6

/* Toolkits tell of one change in several events; and nobody hears more than a few a second. */
static const struct {
	unsigned settle_ms;
	unsigned gap_ms;
} pace[CHANGE_KIND_COUNT] = {
    [CHANGE_WINDOW] = {50, 100},    /* GTK 4 tells of one before it can be asked */
    [CHANGE_FOCUS] = {20, 100},     /* GTK 3 tells twice, browsers on the way to the last */
    [CHANGE_CHECKED] = {50, 100},   /* a group of radio buttons: off, then on */
    [CHANGE_PRESSED] = {100, 100},  /* Qt's buttons are down and up again */
    [CHANGE_EXPANDED] = {50, 100},  /* */
    [CHANGE_VALUE] = {50, 100},     /* a slider that is drawn */
    [CHANGE_SELECTION] = {50, 100}, /* one row off, another on */
    [CHANGE_PROGRESS] = {50, 100},  /* */
    [CHANGE_SHOWING] = {50, 5},     /* one question each */
};

struct place {
	char *path; /* NULL: it is free */
	struct usec due;
	struct usec looked; /* last */
	bool was_looked;
	char *told_path; /* what was told of it last */
	char *told;
};

struct changes {
	struct place places[CHANGE_KIND_COUNT];
	char *showing[CHANGES_SHOWING_MAX]; /* those after the one in its place */
	size_t showing_count;
	char *window;
	char *left; /* the window before there was none */
	char *focus;
	char *own;
	struct usec own_until;
	bool acting;
	bool has_acted;
	struct usec acted_until;
	char *said;
	struct usec said_until;
	struct usec joins_until;
	bool joins;            /* a window was told, and its focus not yet */
	unsigned window_looks; /* at the window in front, in vain */
	bool looking;
	enum change_kind kind; /* that is looked at */
	char *path;
};

struct changes *
changes_new(void)
{
	return g_new0(struct changes, 1);
}

static void
forget(struct place *place)
{
	g_clear_pointer(&place->path, g_free);
	g_clear_pointer(&place->told_path, g_free);
	g_clear_pointer(&place->told, g_free);
}

static void
forget_all(struct changes *changes)
{
	for (size_t i = 0; i < CHANGE_KIND_COUNT; i++)
		forget(&changes->places[i]);
	while (changes->showing_count > 0)
		g_free(changes->showing[--changes->showing_count]);
	g_clear_pointer(&changes->window, g_free);
	g_clear_pointer(&changes->focus, g_free);
	changes->joins = false;
	changes->window_looks = 0;
}

struct changes *
changes_free(struct changes *changes)
{
	if (!changes)
		return NULL;
	forget_all(changes);
	g_free(changes->own);
	g_free(changes->left);
	g_free(changes->said);
	g_free(changes->path);
	g_free(changes);
	return NULL;
}

static bool
put(struct changes *changes, enum change_kind kind, const char *path, struct usec now)
{
	struct place *place = &changes->places[kind];
	bool was_free = !place->path;

	if (g_strcmp0(place->path, path) == 0)
		return false;
	if (kind == CHANGE_SHOWING && !was_free) {
		if (changes->showing_count < CHANGES_SHOWING_MAX)
			changes->showing[changes->showing_count++] = g_strdup(path);
		return false;
	}
	g_free(place->path);
	place->path = g_strdup(path);
	if (was_free)
		place->due = usec_add(now, usec_from_ms(pace[kind].settle_ms));
	return was_free;
}

/* Whether a command of ours may be why. */
static bool
has_acted(const struct changes *changes, struct usec now)
{
	return changes->acting || (changes->has_acted && usec_before(now, changes->acted_until));
}

void
changes_window(struct changes *changes, const char *path, struct usec now)
{
	if (g_strcmp0(changes->window, path) == 0)
		return;
	if (changes->window) {
		g_free(changes->left);
		changes->left = g_strdup(changes->window);
	}
	forget_all(changes);
	changes->window = g_strdup(path);
	/* A list that a command of ours opens or closes: GTK 4 leaves its window for that. */
	if (path && !(g_strcmp0(changes->left, path) == 0 && has_acted(changes, now)))
		put(changes, CHANGE_WINDOW, path, now);
}

const char *
changes_front(const struct changes *changes)
{
	return changes->window;
}

static bool
is_focus(const struct changes *changes, const char *path)
{
	return g_strcmp0(changes->focus, path) == 0;
}

static bool
is_own(const struct changes *changes, const char *path, struct usec now)
{
	return changes->own && usec_before(now, changes->own_until) &&
	       strcmp(changes->own, path) == 0;
}

static bool
put_focus(struct changes *changes, const char *path, struct usec now)
{
	if (is_focus(changes, path))
		return false;
	g_free(changes->focus);
	changes->focus = g_strdup(path);
	/* Its own title is told already. */
	if (is_own(changes, path, now) || g_strcmp0(changes->window, path) == 0) {
		g_clear_pointer(&changes->places[CHANGE_FOCUS].path, g_free);
		return false;
	}
	return put(changes, CHANGE_FOCUS, path, now);
}

bool
changes_event(struct changes *changes, enum change_kind kind, const char *path, struct usec now)
{
	if (!changes->window)
		return false;
	switch (kind) {
	case CHANGE_WINDOW:
		return false;
	case CHANGE_FOCUS:
		return put_focus(changes, path, now);
	case CHANGE_VALUE:
	case CHANGE_PROGRESS:
		if (is_own(changes, path, now))
			return false;
		kind = is_focus(changes, path) || has_acted(changes, now) ? CHANGE_VALUE
									  : CHANGE_PROGRESS;
		return put(changes, kind, path, now);
	case CHANGE_CHECKED:
	case CHANGE_PRESSED:
	case CHANGE_EXPANDED:
		return (is_focus(changes, path) || has_acted(changes, now)) &&
		       put(changes, kind, path, now);
	case CHANGE_SELECTION:
		return put(changes, kind, path, now);
	case CHANGE_SHOWING:
		/* A dialog that is in front is told as a window. */
		return g_strcmp0(changes->window, path) != 0 && put(changes, kind, path, now);
	}
	return false;
}

void
changes_acting(struct changes *changes, bool acting, struct usec now)
{
	if (changes->acting && !acting) {
		changes->has_acted = true;
		changes->acted_until = usec_add(now, usec_from_ms(ACTED_MS));
	}
	changes->acting = acting;
}

void
changes_own(struct changes *changes, const char *path, struct usec now)
{
	g_free(changes->own);
	changes->own = g_strdup(path);
	changes->own_until = usec_add(now, usec_from_ms(ACTED_MS));
}

void
changes_said(struct changes *changes, const char *text, struct usec now)
{
	g_free(changes->said);
	changes->said = g_strdup(text);
	changes->said_until = usec_add(now, usec_from_ms(SAID_MS));
}

/* Of a widget that is told with its state when it gets the focus. */
static bool
is_state(enum change_kind kind)
{
	return kind == CHANGE_CHECKED || kind == CHANGE_PRESSED || kind == CHANGE_EXPANDED ||
	       kind == CHANGE_VALUE;
}

/* When this place may be looked at; false: there is nothing in it, or it has to wait. */
static bool
due(const struct changes *changes, enum change_kind kind, struct usec *out)
{
	const struct place *place = &changes->places[kind];

	if (!place->path || changes->looking)
		return false;
	/* Where it is comes before what it is. */
	if (kind != CHANGE_WINDOW && changes->places[CHANGE_WINDOW].path &&
	    changes->window_looks == 0)
		return false;
	/* And what has the focus before how it is. */
	if (is_state(kind) && g_strcmp0(changes->places[CHANGE_FOCUS].path, place->path) == 0)
		return false;
	/* The answer to a press comes first. */
	if (changes->acting && kind != CHANGE_PROGRESS && kind != CHANGE_SHOWING)
		return false;
	*out = place->due;
	if (place->was_looked)
		*out = usec_max(*out, usec_add(place->looked, usec_from_ms(pace[kind].gap_ms)));
	return true;
}

/* The next of those that came up takes the place. */
static void
refill(struct changes *changes, struct usec now)
{
	if (changes->showing_count == 0)
		return;
	changes->places[CHANGE_SHOWING].path = changes->showing[0];
	changes->places[CHANGE_SHOWING].due = now;
	changes->showing_count--;
	memmove(changes->showing, changes->showing + 1,
		changes->showing_count * sizeof(*changes->showing));
}

bool
changes_take(struct changes *changes, enum change_kind *kind, char **path, struct usec now)
{
	for (int i = 0; i < CHANGE_KIND_COUNT; i++) {
		struct place *place = &changes->places[i];
		struct usec when;

		if (!due(changes, (enum change_kind)i, &when) || usec_before(now, when))
			continue;
		*kind = (enum change_kind)i;
		*path = g_strdup(place->path);
		changes->looking = true;
		changes->kind = *kind;
		g_free(changes->path);
		changes->path = g_steal_pointer(&place->path);
		place->looked = now;
		place->was_looked = true;
		if (*kind == CHANGE_SHOWING)
			refill(changes, now);
		return true;
	}
	return false;
}

static bool
is_border(char c)
{
	return c == '\0' || c == ' ' || c == ',' || c == '.';
}

/* Whether one of the parts of what was told, "Wifi, check box, checked", is just this. */
static bool
has_part(const char *told, const char *words)
{
	g_auto(GStrv) parts = g_strsplit(told, ", ", -1);

	return g_strv_contains((const char *const *)parts, words);
}

/* "Country, Malta" says no more than the answer "Malta", or "Malta, the last": whose it is was
 * announced. */
static bool
ends_with_answer(const char *words, const char *said)
{
	const char *last = g_strrstr(words, ", ");

	return last && has_part(said, last + strlen(", "));
}

/* Whether the answer to a press had these words in it. Where the user is is told nevertheless: one
 * may have gone there and back. */
static bool
was_answered(const struct changes *changes, const char *words, struct usec now)
{
	const char *at = changes->said;

	if (changes->kind == CHANGE_WINDOW || changes->kind == CHANGE_FOCUS || !at ||
	    !usec_before(now, changes->said_until))
		return false;
	if (ends_with_answer(words, at))
		return true;
	while ((at = strstr(at, words))) {
		if ((at == changes->said || is_border(at[-1])) && is_border(at[strlen(words)]))
			return true;
		at++;
	}
	return false;
}

/* GTK 4 tells of each state when a widget gets the focus, which was told with it; but what was told
 * of that widget since counts more. */
static bool
was_told_with_focus(const struct changes *changes, enum change_kind kind, const char *path,
		    const char *words)
{
	const struct place *focus = &changes->places[CHANGE_FOCUS];

	return is_state(kind) && g_strcmp0(changes->places[kind].told_path, path) != 0 &&
	       g_strcmp0(focus->told_path, path) == 0 && has_part(focus->told, words);
}

/* Selecting a row gives it the focus in most toolkits, and both are told, either of them first. */
static bool
was_told(const struct changes *changes, enum change_kind kind, const char *path, const char *words,
	 struct usec now)
{
	const struct place *place = &changes->places[kind];
	const struct place *focus = &changes->places[CHANGE_FOCUS];
	const struct place *selection = &changes->places[CHANGE_SELECTION];

	if (kind == CHANGE_SELECTION && g_strcmp0(focus->told, words) == 0)
		return true;
	if (kind == CHANGE_FOCUS && g_strcmp0(selection->told, words) == 0 &&
	    usec_before(now, usec_add(selection->looked, usec_from_ms(SAID_MS))))
		return true;
	if (was_told_with_focus(changes, kind, path, words))
		return true;
	return g_strcmp0(place->told_path, path) == 0 && g_strcmp0(place->told, words) == 0;
}

/* A window that has no name yet. */
static void
look_again(struct changes *changes, const char *path, struct usec now)
{
	struct place *place = &changes->places[CHANGE_WINDOW];

	if (g_strcmp0(changes->window, path) != 0 || place->path ||
	    ++changes->window_looks >= WINDOW_LOOKS)
		return;
	place->path = g_strdup(path);
	place->due = usec_add(now, usec_from_ms(WINDOW_AGAIN_MS << (changes->window_looks - 1)));
}

static void
forget_told(struct place *place)
{
	g_clear_pointer(&place->told_path, g_free);
	g_clear_pointer(&place->told, g_free);
}

/* What was told of where the user is: of the focus and of what is selected, the later one counts;
 * and with the focus its state was told, whatever was told of that before. */
static void
forget_other(struct changes *changes, enum change_kind kind)
{
	if (kind == CHANGE_SELECTION)
		forget_told(&changes->places[CHANGE_FOCUS]);
	if (kind != CHANGE_FOCUS)
		return;
	forget_told(&changes->places[CHANGE_SELECTION]);
	for (int i = 0; i < CHANGE_KIND_COUNT; i++)
		if (is_state((enum change_kind)i))
			forget_told(&changes->places[i]);
}

bool
changes_seen(struct changes *changes, const char *words, bool *joins, struct usec now)
{
	struct place *place = &changes->places[changes->kind];
	g_autofree char *path = g_steal_pointer(&changes->path);
	const enum change_kind kind = changes->kind;

	*joins = false;
	if (!changes->looking)
		return false;
	changes->looking = false;
	if (kind == CHANGE_WINDOW && (!words || words[0] == '\0'))
		look_again(changes, path, now);
	if (!words || words[0] == '\0' || was_answered(changes, words, now) ||
	    was_told(changes, kind, path, words, now))
		return false;
	g_free(place->told_path);
	place->told_path = g_steal_pointer(&path);
	g_free(place->told);
	place->told = g_strdup(words);
	forget_other(changes, kind);
	*joins =
	    (kind == CHANGE_FOCUS && changes->joins && usec_before(now, changes->joins_until)) ||
	    (kind == CHANGE_WINDOW && changes->window_looks > 0);
	changes->joins = kind == CHANGE_WINDOW;
	if (kind == CHANGE_WINDOW)
		changes->joins_until = usec_add(now, usec_from_ms(JOINS_MS));
	return true;
}

bool
changes_deadline(const struct changes *changes, struct usec *deadline)
{
	bool any = false;

	for (int i = 0; i < CHANGE_KIND_COUNT; i++) {
		struct usec when;

		if (!due(changes, (enum change_kind)i, &when))
			continue;
		*deadline = any ? usec_min(*deadline, when) : when;
		any = true;
	}
	return any;
}

const char *
changes_focus(const struct changes *changes)
{
	return changes->focus;
}
