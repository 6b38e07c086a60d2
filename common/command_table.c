/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What there is to know of each command, a row each.
 * Read by common/command and common/command_parse only.
 * Owns constant tables only.
 */
#include "common/command_table.h"

#include <stddef.h>

#include "common/i18n.h"

enum { CHANGES = true, CHANGES_NOT = false };
enum { IN_APP = true, ANYWHERE = false };
enum { HEARD = true, TOLD = false };

const struct command_row command_rows[COMMAND_COUNT] = {
    [COMMAND_BACK] = {"back", COMMAND_BY_APP, COMMAND_TAKES_NOTHING, CHANGES, IN_APP, TOLD,
		      N_("Back"), N_("No way back here")},
    [COMMAND_ACTIVATE] = {"activate", COMMAND_BY_APP, COMMAND_TAKES_WIDGET, CHANGES, IN_APP, TOLD,
			  N_("Activate"), N_("Nothing to activate here")},
    [COMMAND_KEY] = {"key", COMMAND_BY_KEYS, COMMAND_TAKES_KEY, CHANGES, IN_APP, TOLD, NULL, NULL},
    [COMMAND_READ_FOCUS] = {"read-focus", COMMAND_BY_APP, COMMAND_TAKES_NOTHING, CHANGES_NOT,
			    IN_APP, TOLD, N_("Read focus"), N_("Nothing has the focus")},
    [COMMAND_READ_TITLE] = {"read-title", COMMAND_BY_APP, COMMAND_TAKES_NOTHING, CHANGES_NOT,
			    ANYWHERE, TOLD, N_("Read title"), N_("No window is in front")},
    [COMMAND_STOP] = {"stop", COMMAND_BY_US, COMMAND_TAKES_NOTHING, CHANGES_NOT, ANYWHERE, HEARD,
		      N_("Stop"), NULL},
    [COMMAND_TIME] = {"time", COMMAND_BY_US, COMMAND_TAKES_NOTHING, CHANGES_NOT, ANYWHERE, TOLD,
		      N_("Time"), NULL},
    [COMMAND_REPEAT] = {"repeat", COMMAND_BY_VOICE, COMMAND_TAKES_NOTHING, CHANGES_NOT, ANYWHERE,
			HEARD, N_("Repeat"), NULL},
    [COMMAND_STOP_OR_REPEAT] = {"stop-or-repeat", COMMAND_BY_VOICE, COMMAND_TAKES_NOTHING,
				CHANGES_NOT, ANYWHERE, HEARD, N_("Stop or repeat"), NULL},
    [COMMAND_UNDO] = {"undo", COMMAND_BY_US, COMMAND_TAKES_NOTHING, CHANGES, ANYWHERE, TOLD,
		      N_("Undo the last assignment"), NULL},
    [COMMAND_SPELL] = {"spell", COMMAND_BY_VOICE, COMMAND_TAKES_NOTHING, CHANGES_NOT, ANYWHERE,
		       HEARD, N_("Spell"), NULL},
    [COMMAND_PAUSE] = {"pause", COMMAND_BY_VOICE, COMMAND_TAKES_NOTHING, CHANGES_NOT, ANYWHERE,
		       HEARD, N_("Pause"), NULL},
    [COMMAND_VOICE] = {"voice", COMMAND_BY_VOICE, COMMAND_TAKES_VOICE, CHANGES_NOT, ANYWHERE, TOLD,
		       NULL, NULL},
    [COMMAND_HOLD_KEY] = {"hold-key", COMMAND_BY_US, COMMAND_TAKES_KEY, CHANGES, IN_APP, HEARD,
			  NULL, NULL},
    [COMMAND_EAR] = {"ear", COMMAND_BY_VOICE, COMMAND_TAKES_SWITCH, CHANGES_NOT, ANYWHERE, HEARD,
		     N_("Ear"), NULL},
    [COMMAND_NEXT] = {"next", COMMAND_BY_APP, COMMAND_TAKES_KIND, CHANGES_NOT, ANYWHERE, TOLD,
		      N_("Next"), N_("End")},
    [COMMAND_PREVIOUS] = {"previous", COMMAND_BY_APP, COMMAND_TAKES_KIND, CHANGES_NOT, ANYWHERE,
			  TOLD, N_("Previous"), N_("Start")},
    [COMMAND_FIRST] = {"first", COMMAND_BY_APP, COMMAND_TAKES_KIND, CHANGES_NOT, ANYWHERE, TOLD,
		       N_("First"), N_("Nothing to read here")},
    [COMMAND_LAST] = {"last", COMMAND_BY_APP, COMMAND_TAKES_KIND, CHANGES_NOT, ANYWHERE, TOLD,
		      N_("Last"), N_("Nothing to read here")},
    [COMMAND_INTO] = {"into", COMMAND_BY_APP, COMMAND_TAKES_NOTHING, CHANGES_NOT, ANYWHERE, TOLD,
		      N_("Into"), N_("There is nothing in it")},
    [COMMAND_OUT] = {"out", COMMAND_BY_APP, COMMAND_TAKES_NOTHING, CHANGES_NOT, ANYWHERE, TOLD,
		     N_("Out"), N_("It is in nothing else")},
    [COMMAND_ROTOR] = {"rotor", COMMAND_BY_APP, COMMAND_TAKES_KIND, CHANGES_NOT, ANYWHERE, TOLD,
		       N_("What next means"), NULL},
    [COMMAND_FOCUS_HERE] = {"focus-here", COMMAND_BY_APP, COMMAND_TAKES_NOTHING, CHANGES, IN_APP,
			    TOLD, N_("Focus here"), N_("Nothing is being read")},
    [COMMAND_READ_SCREEN] = {"read-screen", COMMAND_BY_APP, COMMAND_TAKES_NOTHING, CHANGES_NOT,
			     ANYWHERE, HEARD, N_("Read screen"), N_("Nothing to read here")},
    [COMMAND_READ_FROM_HERE] = {"read-from-here", COMMAND_BY_APP, COMMAND_TAKES_NOTHING,
				CHANGES_NOT, ANYWHERE, HEARD, N_("Read on"),
				N_("Nothing to read here")},
    [COMMAND_READ_LINE] = {"read-line", COMMAND_BY_APP, COMMAND_TAKES_STEP, CHANGES_NOT, ANYWHERE,
			   TOLD, N_("Line"), N_("There is no text here")},
    [COMMAND_READ_WORD] = {"read-word", COMMAND_BY_APP, COMMAND_TAKES_STEP, CHANGES_NOT, ANYWHERE,
			   TOLD, N_("Word"), N_("There is no text here")},
    [COMMAND_READ_CHARACTER] = {"read-character", COMMAND_BY_APP, COMMAND_TAKES_STEP, CHANGES_NOT,
				ANYWHERE, TOLD, N_("Character"), N_("There is no text here")},
    [COMMAND_WHERE_AM_I] = {"where-am-i", COMMAND_BY_APP, COMMAND_TAKES_NOTHING, CHANGES_NOT,
			    ANYWHERE, TOLD, N_("Where am I"), N_("Nothing is being read")},
};

const struct command_kind_row command_kind_rows[COMMAND_KIND_COUNT] = {
    [COMMAND_KIND_ANY] = {NULL, NULL, NULL},
    [COMMAND_KIND_ITEM] = {"item", N_("Items"), N_("Nothing to read here")},
    [COMMAND_KIND_HEADING] = {"heading", N_("Headings"), N_("No heading")},
    [COMMAND_KIND_LINK] = {"link", N_("Links"), N_("No link")},
    [COMMAND_KIND_BUTTON] = {"button", N_("Buttons"), N_("No button")},
    [COMMAND_KIND_ENTRY] = {"entry", N_("Text fields"), N_("No text field")},
    [COMMAND_KIND_LIST] = {"list", N_("Lists"), N_("No list")},
    [COMMAND_KIND_LANDMARK] = {"landmark", N_("Landmarks"), N_("No landmark")},
    [COMMAND_KIND_TABLE] = {"table", N_("Tables"), N_("No table")},
};
