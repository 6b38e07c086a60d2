/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Commands: what is understood, and the exact sentence for what is not.
 * Run by tests/run.
 * Owns nothing.
 */
#include <errno.h>
#include <glib.h>
#include <linux/input-event-codes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "common/command.h"
#include "common/keys.h"
#include "common/link.h"

static struct command *
good(const char *text)
{
	g_autofree char *reason = NULL;
	struct command *command;

	if (command_parse(text, &command, &reason) < 0)
		fail_msg("'%s': %s", text, reason);
	assert_null(reason);
	return command;
}

static void
plain_words(void **state)
{
	static const char *const words[] = {
	    "back",          "activate",       "read-focus",     "read-title",  "stop",
	    "time",          "stop-or-repeat", "repeat",         "spell",       "pause",
	    "next",          "previous",       "first",          "last",        "into",
	    "out",           "rotor",          "focus-here",     "read-screen", "read-from-here",
	    "read-line",     "read-word",      "read-character", "where-am-i",  "undo",
	    "toggle",        "increase",       "decrease",       "menu",        "how",
	    "notifications", "battery",        "unlock",         "emergency"};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
		struct command *command = good(words[i]);

		assert_string_equal(command_type_to_str(command->type), words[i]);
		assert_string_equal(command->text, words[i]);
		command_free(command);
	}
}

static void
activate_arguments(void **state)
{
	struct command *command = good(" activate\t role=button   name=\"say \\\"a  b\\\" \\\\\" ");

	(void)state;
	assert_string_equal(command->role, "button");
	assert_string_equal(command->name, "say \"a  b\" \\");
	assert_string_equal(command->text, "activate role=button name=\"say \\\"a  b\\\" \\\\\"");
	command_free(command);
	command = good("activate name=Größe");
	assert_null(command->role);
	assert_string_equal(command->name, "Größe");
	command_free(command);
}

static void
moving_arguments(void **state)
{
	struct command *command = good("next kind=heading");

	(void)state;
	assert_int_equal(command->kind, COMMAND_KIND_HEADING);
	assert_string_equal(command->text, "next kind=heading");
	command_free(command);
	command = good("rotor");
	assert_int_equal(command->kind, COMMAND_KIND_ANY);
	command_free(command);
	command = good("read-word previous");
	assert_int_equal(command->step, COMMAND_STEP_PREVIOUS);
	command_free(command);
	command = good("activate id=pay description=\"At once\"");
	assert_string_equal(command->id, "pay");
	assert_string_equal(command->description, "At once");
	assert_true(command_names_widget(command));
	command_free(command);
	command = good("activate role=button path=0.12.1");
	assert_string_equal(command->path, "0.12.1");
	command_free(command);
	command = good("toggle path=3");
	assert_true(command_names_widget(command));
	command_free(command);
}

/* What is only read or moved to needs one press; what acts, two. */
static void
what_changes_things(void **state)
{
	static const struct {
		const char *text;
		bool changes;
	} cases[] = {
	    {"next", false},           {"read-screen", false},    {"where-am-i", false},
	    {"focus-here", true},      {"activate name=5", true}, {"back", true},
	    {"read-focus", false},     {"voice rate +20", false}, {"toggle", true},
	    {"increase name=x", true}, {"decrease", true},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct command *command = good(cases[i].text);
		struct command *copy = command_copy(command);

		assert_int_equal(command_changes_things(command), cases[i].changes);
		assert_string_equal(copy->text, command->text);
		assert_ptr_not_equal(copy->text, command->text);
		command_free(copy);
		command_free(command);
	}
}

static void
keys(void **state)
{
	static const struct {
		const char *text;
		uint32_t key, modifiers;
	} cases[] = {
	    {"key Escape", KEY_ESC, 0},
	    {"key a", KEY_A, 0},
	    {"key F5", KEY_F5, 0},
	    {"key f12", KEY_F12, 0},
	    {"key Alt+Left", KEY_LEFT, LINK_ALT},
	    {"key Control+Shift+Tab", KEY_TAB, LINK_CONTROL | LINK_SHIFT},
	    {"key ctrl+SUPER+0", KEY_0, LINK_CONTROL | LINK_SUPER},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct command *command = good(cases[i].text);

		assert_int_equal(command->type, COMMAND_KEY);
		assert_int_equal(command->key, cases[i].key);
		assert_int_equal(command->modifiers, cases[i].modifiers);
		command_free(command);
	}
}

#define ONE_TEXT "'type' is followed by one text in quotes, for example type \"hello\""
#define ARGUMENTS                                                                                  \
	"'set-text' is followed by arguments and their values, each value in quotes, for example " \
	"set-text name=\"Search\" text=\"tea\""

static void
wrong(void **state)
{
	static const char *const cases[][2] = {
	    {"", "the command is empty"},
	    {"  ", "the command is empty"},
	    {"bakc", "unknown command 'bakc', did you mean 'back'"},
	    {"Back", "unknown command 'Back', did you mean 'back'"},
	    {"fly", "unknown command 'fly'"},
	    {"back twice", "'twice' is too much after 'back'"},
	    {"stop \"", "'\"' is too much after 'stop'"},
	    {"key", "'key' needs the name of a key, for example key Escape"},
	    {"key Escpae", "unknown key 'Escpae', did you mean 'escape'"},
	    {"key Contrl+a", "unknown modifier 'Contrl', did you mean 'control'"},
	    {"key Alt+", "'Alt+' has a '+' with nothing beside it, write for example key Alt+Left"},
	    {"key Alt+alt+a", "'Alt+alt+a' names 'alt' twice"},
	    {"key Alt", "unknown key 'Alt'"},
	    {"key a b", "'b' is too much after 'key'"},
	    {"activate nmae=x", "unknown argument 'nmae', did you mean 'name'"},
	    {"activate name", "'name' needs a value, write name=\"...\""},
	    {"activate name=", "'name' is empty"},
	    {"activate name=\"\"", "'name' is empty"},
	    {"activate name=\"5", "missing quote at the end of the text"},
	    {"activate name=\"5\\\"", "missing quote at the end of the text"},
	    {"activate name=\"\\n\"",
	     "unknown escape in a quoted text, write \\\" for a quote and \\\\ for a backslash"},
	    {"activate name=a name=b", "'name' is given twice"},
	    {"activate name=\"a\"b", "'b' follows the value of 'name' without a blank"},
	    {"activate name=a\"b", "'a\"b' has a quote in the middle, put quotes around all of it"},
	    {"activate \"5\"", "unknown argument '\"5\"'"},
	    {"toggle on", "unknown argument 'on'"},
	    {"activate path=1.", "'1.' is no path, write numbers with dots between them, for "
				 "example path=0.2.1"},
	    {"menu path=.1", "'.1' is no path, write numbers with dots between them, for example "
			     "path=0.2.1"},
	    {"toggle path=1..2", "'1..2' is no path, write numbers with dots between them, for "
				 "example path=0.2.1"},
	    {"set-text text=a path=/org/a", "'/org/a' is no path, write numbers with dots between "
					    "them, for example path=0.2.1"},
	    {"increase 5", "unknown argument '5'"},
	    {"set-text", "'set-text' needs what to write, for example set-text name=\"Search\" "
			 "text=\"tea\""},
	    {"set-text name=\"\" text=a", "'name' is empty"},
	    {"action quit", "'action' needs an action of the app or of its window, for example "
			    "action app.quit, not 'quit'"},
	    {"action app.", "'action' needs an action of the app or of its window, for example "
			    "action app.quit, not 'app.'"},
	    {"action app.x(", "'action' needs an action of the app or of its window, for example "
			      "action app.quit, not 'app.x('"},
	    {"launch", "'launch' needs the id of an app, for example launch org.gnome.Calculator, "
		       "not ''"},
	    {"launch ../x", "'launch' needs the id of an app, for example launch "
			    "org.gnome.Calculator, not '../x'"},
	    {"launch a b", "'b' is too much after 'launch'"},
	    {"type \"\"", "'type' needs a text, for example type \"hello\""},
	    /* Not a word of what is to be written: it is told in the log. */
	    {"type a b", ONE_TEXT},
	    {"type \"a\" hunter2", ONE_TEXT},
	    {"type \"a\"hunter2", ONE_TEXT},
	    {"type hunt\"er2", ONE_TEXT},
	    {"type \"hunter2", "missing quote at the end of the text"},
	    {"set-text hunter2", ARGUMENTS},
	    {"set-text text=hunt\"er2", ARGUMENTS},
	    {"set-text text=\"a\"hunter2", ARGUMENTS},
	    {"set-text text=\"a\" hunter2=", ARGUMENTS},
	    {"set-text text=a hunter2", ARGUMENTS},
	    {"set-text text=\"hunter2", "missing quote at the end of the text"},
	    {"type \"h\xc3\xa4\"",
	     "'type' types the keys of a US keyboard, which has no '\xc3\xa4'; write a text into a "
	     "field with set-text"},
	    {"run", "'run' needs something to do, for example run notify-send \"Hello\""},
	    {"run echo 'a", "'run' has a quote that does not end"},
	    {"run ''", "'run' has no name of a program"},
	    {"dbus", "'dbus' needs something to do, for example dbus org.example.Lamp /lamp "
		     "org.example.Lamp.Set true"},
	    {"dbus org.x.Y /", "'dbus' needs a name, a path and a method, for example dbus "
			       "org.example.Lamp /lamp org.example.Lamp.Set true"},
	    {"dbus x / a.b.C", "'x' is not the name of a D-Bus service"},
	    {"dbus org.x.Y x a.b.C", "'x' is not a D-Bus path"},
	    {"dbus org.x.Y / C", "'C' is not a D-Bus interface and its method"},
	    {"dbus org.x.Y / a.b.C hello",
	     "'hello' is not a D-Bus value; write a text as \"'text'\" and a number as 5 or "
	     "'uint32 5'"},
	    {"scroll", "'scroll' is followed by up, down, left or right, not by ''"},
	    {"scroll dwon", "'scroll' is followed by up, down, left or right, not by 'dwon'"},
	    {"voice", "'voice' needs a setting and its value, for example voice rate +20"},
	    {"voice rate", "'voice' needs a setting and its value, for example voice rate +20"},
	    {"voice rate +20 fast", "'fast' is too much after 'voice'"},
	    {"next heading", "unknown argument 'heading'"},
	    {"next kind=headings", "unknown kind 'headings', did you mean 'heading'"},
	    {"next kind=any", "unknown kind 'any'"},
	    {"read-line up", "'up' is too much after 'read-line'"},
	    {"read-word next next", "'next' is too much after 'read-word'"},
	    {"time\n", "the command has a control character"},
	    {"activate name=\"\xff\"", "the command is not valid UTF-8"},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct command *command;
		char *reason;

		assert_int_equal(command_parse(cases[i][0], &command, &reason), -EINVAL);
		assert_null(command);
		assert_string_equal(reason, cases[i][1]);
		g_free(reason);
	}
}

static void
too_long(void **state)
{
	g_autofree char *name = g_strnfill(2000, 'x');
	g_autofree char *text = g_strdup_printf("activate name=\"%s\"", name);
	g_autofree char *reason = NULL;
	struct command *command;

	(void)state;
	assert_int_equal(command_parse(text, &command, &reason), -EINVAL);
	assert_string_equal(reason, "the command is longer than 1000 bytes");
}

/* What is written may be a password: nobody who watches is told. */
static void
public_texts(void **state)
{
	static const char *const cases[][2] = {
	    {"back", "back"},
	    {"activate name=\"5\"", "activate name=\"5\""},
	    {"set-text name=Password text=hunter2", "set-text"},
	    {"type hunter2", "type"},
	    {"run a \"b\"", "run a \"b\""},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct command *command = good(cases[i][0]);
		g_autofree char *text = command_public_text(command);

		assert_string_equal(text, cases[i][1]);
		command_free(command);
	}
}

static void
written(void **state)
{
	struct command *command = good("set-text role=text text=\"green tea\"");

	(void)state;
	assert_string_equal(command->value, "green tea");
	assert_string_equal(command->role, "text");
	assert_true(command_needs_target(command));
	command_free(command);
	command = good("set-text text=\"\"");
	assert_string_equal(command->value, "");
	command_free(command);
}

/* What reaches beyond the app is split into words once, when the profile is read. */
static void
beyond(void **state)
{
	struct command *command = good("run  lamp --on 'two words' \"a\\\"b\"");
	struct command *copy = command_copy(command);

	(void)state;
	command_free(command);
	assert_int_equal(g_strv_length(copy->words), 4);
	assert_string_equal(copy->words[2], "two words");
	assert_string_equal(copy->words[3], "a\"b");
	assert_int_equal(command_by(copy->type), COMMAND_BY_SESSION);
	command_free(copy);
	command = good("dbus org.x.Lamp /lamp org.x.Lamp.Set true \"'on'\"");
	assert_string_equal(command->words[4], "'on'");
	command_free(command);
	/* Blanks that a shell keeps, and one before what it would take for a remark, stay. */
	command = good("  run   echo 'a  b'\t#c ");
	assert_string_equal(command->text, "run echo 'a  b'\t#c");
	assert_string_equal(command->words[1], "a  b");
	command_free(command);
	command = good("scroll left");
	assert_int_equal(command->direction, COMMAND_LEFT);
	command_free(command);
}

/* Each key once, alone and with Shift. */
static void
characters(void **state)
{
	static const struct {
		char character;
		uint32_t key, modifiers;
	} cases[] = {
	    {'a', KEY_A, 0},
	    {'Z', KEY_Z, LINK_SHIFT},
	    {'1', KEY_1, 0},
	    {'0', KEY_0, 0},
	    {'=', KEY_EQUAL, 0},
	    {'!', KEY_1, LINK_SHIFT},
	    {'p', KEY_P, 0},
	    {'}', KEY_RIGHTBRACE, LINK_SHIFT},
	    {'`', KEY_GRAVE, 0},
	    {'~', KEY_GRAVE, LINK_SHIFT},
	    {'\\', KEY_BACKSLASH, 0},
	    {'|', KEY_BACKSLASH, LINK_SHIFT},
	    {'m', KEY_M, 0},
	    {'/', KEY_SLASH, 0},
	    {'?', KEY_SLASH, LINK_SHIFT},
	    {' ', KEY_SPACE, 0},
	    {'\t', KEY_TAB, 0},
	    {'\'', KEY_APOSTROPHE, 0},
	    {'"', KEY_APOSTROPHE, LINK_SHIFT},
	};
	uint32_t key, modifiers;

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		assert_true(keys_of_character((uint32_t)cases[i].character, &key, &modifiers));
		assert_int_equal(key, cases[i].key);
		assert_int_equal(modifiers, cases[i].modifiers);
	}
	/* All of ASCII that is written, and nothing else. */
	for (uint32_t c = 0; c < 0x250; c++)
		assert_int_equal(keys_of_character(c, &key, &modifiers),
				 (c >= ' ' && c < 0x7f) || c == '\t');
}

static void
labels(void **state)
{
	static const char *const cases[][2] = {
	    {"back", "Back"},
	    {"activate name=\"5\"", "5"},
	    {"activate role=button", "Activate button"},
	    {"activate", "Activate"},
	    {"key  Alt+Left", "Alt+Left"},
	    {"time", "Time"},
	    {"repeat", "Repeat"},
	    {"spell", "Spell"},
	    {"pause", "Pause"},
	    {"voice  rate\t+20", "Voice rate +20"},
	    {"next", "Next"},
	    {"next kind=heading", "Next: Headings"},
	    {"read-line next", "Next: Line"},
	    {"read-character previous", "Previous: Character"},
	    {"rotor", "What next means"},
	    {"toggle name=\"Night light\"", "Toggle: Night light"},
	    {"increase", "Increase"},
	    {"set-text text=hunter2", "Write"},
	    {"set-text name=Search text=tea", "Write: Search"},
	    {"action app.quit", "quit"},
	    {"action win.set-zoom::fit", "set zoom"},
	    {"action win.zoom(2)", "zoom"},
	    {"launch org.gnome.Calculator.desktop", "Open: org.gnome.Calculator"},
	    {"type hunter2", "Type"},
	    {"run /usr/bin/notify-send Hello", "Run: notify-send"},
	    {"dbus org.x.Lamp /lamp org.x.Lamp.Set true", "Call: Set"},
	    {"menu", "Menu"},
	    {"menu name=File", "Menu: File"},
	    {"scroll down", "Scroll down"},
	    {"decrease role=slider", "Decrease slider"},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct command *command = good(cases[i][0]);
		g_autofree char *label = command_default_label(command);

		assert_string_equal(label, cases[i][1]);
		command_free(command);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(plain_words),
	    cmocka_unit_test(activate_arguments),
	    cmocka_unit_test(moving_arguments),
	    cmocka_unit_test(what_changes_things),
	    cmocka_unit_test(keys),
	    cmocka_unit_test(wrong),
	    cmocka_unit_test(too_long),
	    cmocka_unit_test(public_texts),
	    cmocka_unit_test(written),
	    cmocka_unit_test(beyond),
	    cmocka_unit_test(characters),
	    cmocka_unit_test(labels),
	};

	return cmocka_run_group_tests_name("command", tests, NULL, NULL);
}
