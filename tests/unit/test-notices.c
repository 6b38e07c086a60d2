/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the driver tells its daemon beside presses: notices that happen and notices that hold, the
 * settings whose mistakes are among them, and the numbers of presses and chords.
 * Run by tests/run.
 * Owns what link_server_fixture.h owns.
 */
#include "tests/unit/link_server_fixture.h"

#include <linux/input-event-codes.h>

#include "driver/notices.h"
#include "driver/press_numbers.h"
#include "driver/settings.h"

static void
happens_once_and_holds(void **state)
{
	struct fixture *fixture = *state;
	struct notices *notices = notices_new();
	union message message;
	int fd;

	start_server(fixture, 0, 0);
	notices_set_server(notices, fixture->server);
	/* Nobody listens: what happens is lost, what holds is kept. */
	notices_tell(notices, LINK_NOTICE_ESCAPE_ON, 3, NULL);
	notices_keep(notices, LINK_NOTICE_BAD_FILE, 0, "a.quirk:3: no");
	notices_keep(notices, LINK_NOTICE_BAD_FILE, 0, "a.quirk:3: no");
	notices_keep(notices, LINK_NOTICE_BAD_FILE, 3, "b.overlay:1: no");
	fd = join(fixture);
	notices_tell_kept(notices);
	assert_int_equal(hear(fd, &message), LINK_NOTICE);
	assert_int_equal(message.notice.kind, LINK_NOTICE_BAD_FILE);
	assert_string_equal(message.notice.text, "a.quirk:3: no");
	assert_int_equal(hear(fd, &message), LINK_NOTICE);
	assert_int_equal(message.notice.panel, 3);
	/* What held for a panel goes with it. */
	notices_forget(notices, 3);
	notices_tell_kept(notices);
	notices_tell(notices, LINK_NOTICE_ESCAPE_OFF, 5, NULL);
	assert_int_equal(hear(fd, &message), LINK_NOTICE);
	assert_string_equal(message.notice.text, "a.quirk:3: no");
	assert_int_equal(hear(fd, &message), LINK_NOTICE);
	assert_int_equal(message.notice.kind, LINK_NOTICE_ESCAPE_OFF);
	assert_int_equal(message.notice.panel, 5);
	assert_string_equal(message.notice.text, "");
	close(fd);
	notices_free(notices);
}

static void
long_and_foreign_texts_fit(void **state)
{
	struct fixture *fixture = *state;
	struct notices *notices = notices_new();
	g_autoptr(GString) text = g_string_new("\xff\xfe");
	union message message;
	int fd;

	for (int i = 0; i < 500; i++)
		g_string_append(text, "\xe7\x89\x88");
	start_server(fixture, 0, 0);
	notices_set_server(notices, fixture->server);
	fd = join(fixture);
	/* hear() asserts that the daemon would take it: valid UTF-8 that ends. */
	notices_tell(notices, LINK_NOTICE_BAD_FILE, 0, text->str);
	assert_int_equal(hear(fd, &message), LINK_NOTICE);
	assert_true(strlen(message.notice.text) > LINK_NOTICE_SIZE - 5);
	close(fd);
	notices_free(notices);
}

static void
write_settings(const struct fixture *fixture, const char *text)
{
	assert_true(g_file_set_contents(fixture->path, text, -1, NULL));
}

static void
settings(void **state)
{
	struct fixture *fixture = *state;
	static const struct {
		const char *text;
		bool escape;
		const char *wrong; /* after the file's name */
	} rows[] = {
	    {"", true, NULL},
	    {"# kiosk\n[Driver]\nEscape=no\n", false, NULL},
	    {"[Driver]\nEscape = yes\n", true, NULL},
	    {"Escape=no\n", true, ":1: write [Driver] before the first value"},
	    {"[Driver]\nEscape=off\n", true, ":2: Escape is yes or no, not 'off'"},
	    {"[Driver]\nEscape=no\nEscape=no\n", true,
	     ":3: the key Escape is there already, in line 2"},
	    {"[Driver]\nEscpe=no\n", true, ":2: unknown key 'Escpe', did you mean 'Escape'"},
	    {"[Driver]\nEarDevice=gpio-keys\nEarKeys=volumeup + KEY_VOLUMEDOWN\n", true, NULL},
	    {"[Driver]\nEarDevice=gpio-keys\n", true,
	     ":2: EarDevice needs EarKeys, for example EarKeys=VOLUMEUP+VOLUMEDOWN"},
	    {"[Driver]\nEarKeys=F9\n", true,
	     ":2: EarKeys needs EarDevice, the name of the device that has them"},
	    {"[Driver]\nEarDevice=*\nEarKeys=F9\n", true,
	     ":2: EarDevice is the name of one device, as /proc/bus/input/devices shows it"},
	    {"[Driver]\nEarDevice=a\nEarKeys=F9+F9\n", true,
	     ":3: EarKeys names the same key twice"},
	    {"[Driver]\nEarDevice=a\nEarKeys=F9+F8+F7\n", true,
	     ":3: EarKeys is one key, or two with a + between them"},
	    {"[Driver]\nEarDevice=a\nEarKeys=VOLUMEUPP\n", true,
	     ":3: unknown key 'KEY_VOLUMEUPP', did you mean 'KEY_VOLUMEUP'"},
	    {"[driver]\n", true, ":1: there is no group [driver] here, only [Driver]"},
	};
	struct settings read;
	unsigned keys_read = 0;

	assert_true(settings_read(fixture->path, &read, NULL));
	assert_true(read.escape);
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		g_autoptr(GError) error = NULL;

		write_settings(fixture, rows[i].text);
		assert_int_equal(settings_read(fixture->path, &read, &error), !rows[i].wrong);
		assert_int_equal(read.escape, rows[i].escape);
		if (rows[i].wrong)
			assert_true(g_str_has_suffix(error->message, rows[i].wrong));
		if (read.ear_device) {
			assert_string_equal(read.ear_device, "gpio-keys");
			assert_int_equal(read.ear_keys[0], KEY_VOLUMEUP);
			assert_int_equal(read.ear_keys[1], KEY_VOLUMEDOWN);
			keys_read++;
		}
		settings_clear(&read);
	}
	assert_int_equal(keys_read, 1);
	g_unlink(fixture->path);
	/* A folder is no file of settings, and nothing is waited for. */
	assert_false(settings_read(fixture->folder, &read, NULL));
	assert_true(read.escape);
}

static void
numbers_of_presses_and_chords(void **state)
{
	struct press_numbers numbers = {0};
	uint32_t last = UINT32_MAX - 1;

	(void)state;
	assert_int_equal(press_numbers_take(&numbers, 7, PRESS_DOWN, &last), UINT32_MAX);
	/* A finger that stays, while a hundred presses come and go. */
	for (uint32_t i = 8; i < 108; i++) {
		uint32_t link = press_numbers_take(&numbers, i, PRESS_DOWN, &last);

		assert_int_equal(link, i - 7);
		assert_int_equal(press_numbers_get(&numbers, i), link);
		assert_int_equal(press_numbers_take(&numbers, i, PRESS_HOLD, &last), link);
		assert_int_equal(press_numbers_take(&numbers, i, PRESS_CANCEL, &last), link);
		assert_int_equal(press_numbers_get(&numbers, i), 0);
	}
	assert_int_equal(press_numbers_take(&numbers, 7, PRESS_UP, &last), UINT32_MAX);
	assert_int_equal(press_numbers_take(&numbers, 7, PRESS_UP, &last), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(happens_once_and_holds),
	    TEST(long_and_foreign_texts_fit),
	    TEST(settings),
	    cmocka_unit_test(numbers_of_presses_and_chords),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
