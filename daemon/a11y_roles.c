/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What roles are to a reader: what is stepped on, what only holds others, what next and previous
 * of a kind stop at.
 * Called by everything that reads an application; pure, owns constant tables only.
 */
#include "daemon/a11y_roles.h"

#include <stddef.h>

#include "daemon/a11y_words.h"

enum {
	HOLDER = A11Y_READING_HOLDER,
	CONTROL = A11Y_READING_CONTROL,
	TEXT = A11Y_READING_TEXT,
	ENTRY = A11Y_READING_ENTRY,
	PICTURE = A11Y_READING_PICTURE,
	NOTHING = A11Y_READING_NOTHING,
	PAGE = A11Y_READING_PAGE,
};

/* By AtspiRole's number; what is not here is a holder, HOLDER being 0. */
static const unsigned char readings[A11Y_ROLE_COUNT] = {
    [1] = TEXT,      /* accelerator label */
    [3] = PICTURE,   /* animation */
    [4] = NOTHING,   /* arrow */
    [5] = CONTROL,   /* calendar */
    [6] = PICTURE,   /* canvas */
    [7] = CONTROL,   /* check box */
    [8] = CONTROL,   /* check menu item */
    [10] = TEXT,     /* column header */
    [11] = CONTROL,  /* combo box */
    [12] = CONTROL,  /* date editor */
    [13] = CONTROL,  /* desktop icon */
    [15] = CONTROL,  /* dial */
    [26] = PICTURE,  /* icon */
    [27] = PICTURE,  /* image */
    [29] = TEXT,     /* label */
    [32] = ENTRY,    /* list item */
    [33] = CONTROL,  /* menu */
    [35] = CONTROL,  /* menu item */
    [37] = PAGE,     /* page tab */
    [40] = CONTROL,  /* password text */
    [42] = CONTROL,  /* progress bar */
    [43] = CONTROL,  /* push button */
    [44] = CONTROL,  /* radio button */
    [45] = CONTROL,  /* radio menu item */
    [47] = TEXT,     /* row header */
    [48] = NOTHING,  /* scroll bar */
    [50] = NOTHING,  /* separator */
    [51] = CONTROL,  /* slider */
    [52] = CONTROL,  /* spin button */
    [56] = ENTRY,    /* table cell */
    [57] = TEXT,     /* table column header */
    [58] = TEXT,     /* table row header */
    [59] = NOTHING,  /* tearoff menu item */
    [60] = CONTROL,  /* terminal */
    [61] = CONTROL,  /* text */
    [62] = CONTROL,  /* toggle button */
    [64] = TEXT,     /* tool tip */
    [73] = TEXT,     /* paragraph */
    [74] = NOTHING,  /* ruler */
    [76] = CONTROL,  /* autocomplete */
    [77] = CONTROL,  /* editbar */
    [79] = CONTROL,  /* entry */
    [81] = TEXT,     /* caption */
    [83] = TEXT,     /* heading */
    [84] = TEXT,     /* page: of a document, as Evince shows it */
    [88] = CONTROL,  /* link */
    [91] = ENTRY,    /* tree item */
    [103] = CONTROL, /* level bar */
    [106] = CONTROL, /* audio */
    [107] = CONTROL, /* video */
    [113] = TEXT,    /* math */
    [114] = CONTROL, /* rating */
    [115] = TEXT,    /* timer */
    [116] = TEXT,    /* static */
    [119] = TEXT,    /* subscript */
    [120] = TEXT,    /* superscript */
    [122] = TEXT,    /* description term */
    [123] = TEXT,    /* description value */
    [124] = TEXT,    /* footnote */
    [129] = CONTROL, /* push button menu */
    [130] = CONTROL, /* switch */
};

enum a11y_reading
a11y_role_reading(uint32_t role)
{
	return role < A11Y_ROLE_COUNT ? (enum a11y_reading)readings[role] : A11Y_READING_HOLDER;
}

bool
a11y_role_is_entry(uint32_t role)
{
	return role == 79 || role == 61 || role == 40 || role == 52 || role == 76 || role == 77 ||
	       role == 60;
}

bool
a11y_role_is_checked(uint32_t role)
{
	/* check box, radio button, toggle button, switch */
	return role == A11Y_ROLE_CHECK_BOX || role == 44 || role == 62 || role == 130;
}

bool
a11y_role_is_on_or_off(uint32_t role)
{
	/* check menu item, radio menu item */
	return a11y_role_is_checked(role) || role == 8 || role == 45;
}

bool
a11y_role_is_toggled(uint32_t role)
{
	/* check menu item, radio menu item, tree item; GTK 4 calls its toggle buttons so */
	return a11y_role_is_checked(role) || role == 8 || role == 45 || role == 91 ||
	       role == A11Y_ROLE_PUSH_BUTTON;
}

bool
a11y_role_opens_menu(uint32_t role)
{
	/* combo box, menu, push button menu */
	return role == 11 || role == 33 || role == 129;
}

bool
a11y_role_has_value(uint32_t role)
{
	return role == A11Y_ROLE_SLIDER || role == A11Y_ROLE_SPIN_BUTTON ||
	       role == A11Y_ROLE_DIAL || role == A11Y_ROLE_RATING || role == A11Y_ROLE_SCROLL_BAR ||
	       role == A11Y_ROLE_COMBO_BOX;
}

bool
a11y_role_takes_keys(uint32_t role)
{
	/* check menu item, combo box, menu, menu item, radio menu item, link, push button menu */
	return a11y_role_is_checked(role) || role == A11Y_ROLE_PUSH_BUTTON || role == 8 ||
	       role == 11 || role == 33 || role == 35 || role == 45 || role == 88 || role == 129;
}

bool
a11y_role_is_kind(uint32_t role, enum command_kind kind)
{
	switch (kind) {
	case COMMAND_KIND_ANY:
	case COMMAND_KIND_ITEM:
		return false;
	case COMMAND_KIND_HEADING:
		return role == A11Y_ROLE_HEADING;
	case COMMAND_KIND_LINK:
		return role == 88;
	case COMMAND_KIND_BUTTON:
		return role == A11Y_ROLE_PUSH_BUTTON || role == 62 || role == 129;
	case COMMAND_KIND_ENTRY:
		return a11y_role_is_entry(role);
	case COMMAND_KIND_LIST:
		return role == 31 || role == 98 || role == 65 || role == 121;
	case COMMAND_KIND_LANDMARK:
		return role == 110;
	case COMMAND_KIND_TABLE:
		return role == 55 || role == 66;
	}
	return false;
}

bool
a11y_role_is_dialog(uint32_t role)
{
	/* alert, color chooser, dialog, file chooser, font chooser, option pane */
	return role == 2 || role == 9 || role == 16 || role == 19 || role == 22 || role == 36;
}

bool
a11y_role_is_place(uint32_t role)
{
	switch (role) {
	case 31:  /* list */
	case 33:  /* menu */
	case 34:  /* menu bar */
	case 37:  /* page tab */
	case 38:  /* page tab list */
	case 41:  /* popup menu */
	case 54:  /* status bar */
	case 55:  /* table */
	case 63:  /* tool bar */
	case 65:  /* tree */
	case 66:  /* tree table */
	case 87:  /* form */
	case 95:  /* document web */
	case 98:  /* list box */
	case 99:  /* grouping */
	case 109: /* article */
	case 110: /* landmark */
		return true;
	default:
		return a11y_role_is_dialog(role);
	}
}

bool
a11y_role_is_counted(uint32_t role)
{
	/* check menu item, list item, menu, menu item, page tab, radio menu item, tree item */
	return role == 8 || role == 32 || role == 33 || role == 35 || role == 37 || role == 45 ||
	       role == 91;
}

bool
a11y_role_counts(uint32_t role)
{
	/* combo box, list, menu, menu bar, page tab list, popup menu, tree, list box */
	return role == 11 || role == 31 || role == 33 || role == 34 || role == 38 || role == 41 ||
	       role == 65 || role == 98;
}
