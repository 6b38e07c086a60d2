/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Adds contacts up to one union, and finds the cheek in them.
 * Called by driver/core/ear.c.
 * Owns nothing.
 */
#include "driver/core/ear_union.h"

#include <math.h>

/* Clusters whose centres are further apart are an ear and a cheek, not two patches of an ear. */
#define CHEEK_APART_MM 36.0 /* design, measured; patches of one ear are up to 22 mm apart */
/* What touches alone within this of the cheek's place is the cheek. */
#define CHEEK_NEAR_MM 25.0 /* a palm's or cheek's width is 36 mm; the ear is further off */
/* The other of two clusters is no cheek, nor an ear above one, but a speck. */
#define SPECK_SHARE 0.25 /* measured: 5 mm at the rim beside an ear of 50 mm */

struct box {
	double left, right, top, bottom;
};

/* Comparisons rather than fmin() and fmax(), which are calls: this runs for each contact. */
static inline void
box_add(struct box *box, struct mm_point place, double half_width, double half_height)
{
	double left = place.x - half_width, right = place.x + half_width;
	double top = place.y - half_height, bottom = place.y + half_height;

	if (left < box->left)
		box->left = left;
	if (right > box->right)
		box->right = right;
	if (top < box->top)
		box->top = top;
	if (bottom > box->bottom)
		box->bottom = bottom;
}

static double
box_diagonal(const struct box *box)
{
	double width = box->right - box->left;
	double height = box->bottom - box->top;

	return sqrt(width * width + height * height);
}

/* The union of all these patches, at least one, whatever they are. */
static void
measure(const struct ear_patch *patches, unsigned count, struct ear_union *out)
{
	const struct mm_point first = patches[0].place;
	struct box centres = {first.x, first.x, first.y, first.y}, whole = centres;

	*out = (struct ear_union){.patches = count};
	for (const struct ear_patch *patch = patches; patch < patches + count; patch++) {
		double minor = patch->minor_mm > 0 ? patch->minor_mm : patch->major_mm;

		box_add(&centres, patch->place, 0, 0);
		/* An ear stands upright on a phone that is held to it. */
		box_add(&whole, patch->place, minor / 2, patch->major_mm / 2);
		out->length += patch->length;
		out->centre.x += patch->length * patch->place.x;
		out->centre.y += patch->length * patch->place.y;
		out->area_mm2 += patch->major_mm * minor;
		if (patch->major_mm > out->largest_mm) {
			out->largest_mm = patch->major_mm;
			out->aspect = patch->minor_mm > 0 ? patch->major_mm / patch->minor_mm : 0;
		}
	}
	out->centre.x /= out->length;
	out->centre.y /= out->length;
	out->spread_mm = count > 1 ? box_diagonal(&centres) : 0;
	out->diagonal_mm = box_diagonal(&whole);
}

static bool
is_apart(struct mm_point a, struct mm_point b, double mm)
{
	double x = a.x - b.x;
	double y = a.y - b.y;

	return x * x + y * y > mm * mm;
}

static void
sort_by_y(const struct ear_patch *patches, unsigned count, struct ear_patch *out)
{
	for (unsigned i = 0; i < count; i++) {
		unsigned at = i;

		for (; at > 0 && out[at - 1].place.y > patches[i].place.y; at--)
			out[at] = out[at - 1];
		out[at] = patches[i];
	}
}

/* Where the widest gap from top to bottom is: the index of the first patch below it. */
static unsigned
find_gap(const struct ear_patch *sorted, unsigned count)
{
	double widest = 0;
	unsigned split = count;

	for (unsigned i = 1; i < count; i++) {
		double gap = sorted[i].place.y - sorted[i - 1].place.y;

		if (gap > widest) {
			widest = gap;
			split = i;
		}
	}
	return split;
}

/* Leave the cheek out of the union, or a speck, if there is one. */
static void
leave_out(const struct ear_patch *patches, unsigned count, struct ear_union *out)
{
	struct ear_patch sorted[EAR_PATCHES_MAX];
	struct ear_union upper, lower;
	bool speck;
	unsigned split;

	sort_by_y(patches, count, sorted);
	split = find_gap(sorted, count);
	if (split == count)
		return;
	measure(sorted, split, &upper);
	measure(sorted + split, count - split, &lower);
	if (!is_apart(upper.centre, lower.centre, CHEEK_APART_MM))
		return;
	speck = upper.length < lower.length * SPECK_SHARE;
	*out = speck ? lower : upper;
	out->cheek = speck ? upper.patches : lower.patches;
	out->cheek_centre = speck ? upper.centre : lower.centre;
}

static bool
is_cheek(const struct ear_places *places, struct mm_point centre)
{
	return places && places->known && centre.y > places->ear.y &&
	       is_apart(centre, places->ear, CHEEK_APART_MM) &&
	       !is_apart(centre, places->cheek, CHEEK_NEAR_MM);
}

void
ear_union_of(const struct ear_patch *patches, unsigned count, const struct ear_places *places,
	     struct ear_union *out)
{
	if (count == 0) {
		*out = (struct ear_union){0};
		return;
	}
	if (count > EAR_PATCHES_MAX)
		count = EAR_PATCHES_MAX;
	measure(patches, count, out);
	if (out->spread_mm > CHEEK_APART_MM)
		leave_out(patches, count, out);
	if (out->cheek == 0 && is_cheek(places, out->centre))
		*out = (struct ear_union){.cheek = count, .cheek_centre = out->centre};
}
