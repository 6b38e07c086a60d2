/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The profile that is built in: what the buttons do where nobody says otherwise.
 * Read by profile_set_new().
 * Owns nothing but the text.
 */
#include "common/profile_private.h"

/* What is the same everywhere is on the left; the right is the app's, and these are for an app that
 * has no profile. */
const char profile_default_text[] = "[Profile]\n"
				    "Name=" PROFILE_DEFAULT_NAME "\n"
				    "[left-top]\n"
				    "Command=read-screen\n"
				    "[left-top hold]\n"
				    "Command=read-from-here\n"
				    "[left-middle]\n"
				    "Command=stop-or-repeat\n"
				    "[left-bottom]\n"
				    "Command=back\n"
				    "[right-top]\n"
				    "Command=previous\n"
				    "[right-middle]\n"
				    "Command=next\n"
				    "[right-bottom]\n"
				    "Command=activate\n"
				    "[left-bottom + right-bottom]\n"
				    "Command=ear\n"
				    "[ear tap]\n"
				    "Command=pause\n"
				    "[ear double-tap]\n"
				    "Command=activate\n"
				    "[ear swipe-up]\n"
				    "Command=previous\n"
				    "[ear swipe-down]\n"
				    "Command=next\n"
				    "[ear swipe-left]\n"
				    "Command=back\n"
				    "[ear swipe-right]\n"
				    "Command=read-from-here\n"
				    "[ear hold]\n"
				    "Command=hold-key Space\n"
				    "Label=Talk\n"
				    "Label[zh_CN]=讲话\n"
				    "[ear rotate-clockwise]\n"
				    "Command=voice ear-volume +10\n"
				    "Label=Louder\n"
				    "Label[zh_CN]=大声\n"
				    "[ear rotate-back]\n"
				    "Command=voice ear-volume -10\n"
				    "Label=Softer\n"
				    "Label[zh_CN]=小声\n";
