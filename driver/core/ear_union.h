/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * All that touches, as one thing: the union of contacts, by which an ear is judged.
 * Called by driver/core/ear.c once for each frame; the largest contact alone would jump 20 mm in
 * 8 ms where the union moves 7 mm.
 * Plain values: nothing is kept between calls.
 */
#ifndef SIDETOUCH_EAR_UNION_H
#define SIDETOUCH_EAR_UNION_H

#include <stdbool.h>

#include "common/units.h"

/* An ear has up to 4 patches and a cheek 2 (measured): of more, which are a hand, the first count.
 */
#define EAR_PATCHES_MAX 6

/* One contact as the ear's recogniser sees it. */
struct ear_patch {
	struct mm_point place;
	/* Its weight in the union: its length in the panel's own units, whatever these are, or 1.
	 */
	double length;
	/* In mm as the panel says; 0 where it does not say, or says nothing to be believed. */
	double major_mm;
	double minor_mm;
};

struct ear_union {
	unsigned patches;       /* of the ear; 0 when nothing or only a cheek touches */
	unsigned cheek;         /* contacts that were left out: a cheek, or specks far off */
	struct mm_point centre; /* of the patches, weighted by their lengths */
	struct mm_point cheek_centre;
	/*
	 * The lengths' sum. It stays nearly the same when a patch splits or two merge, which the
	 * sum of areas does not: a merged patch's box holds the gap between the two as well.
	 */
	double length;
	double area_mm2;    /* of the patches' boxes; 0 when sizes are unknown */
	double largest_mm;  /* the longest patch; 0 when sizes are unknown */
	double aspect;      /* its major axis over its minor one; 0 when unknown */
	double spread_mm;   /* the diagonal of the patches' centres' box; 0 for one patch */
	double diagonal_mm; /* the same with the patches' own sizes */
};

/* Where ear and cheek were when both touched at once. */
struct ear_places {
	bool known;
	struct mm_point ear;
	struct mm_point cheek;
};

/*
 * The union of the first EAR_PATCHES_MAX patches. Of two clusters whose centres are over 36 mm
 * apart the lower is a cheek, and left out; with places known, so is what touches alone at the
 * cheek's.
 */
void ear_union_of(const struct ear_patch *patches, unsigned count, const struct ear_places *places,
		  struct ear_union *out);

#endif
