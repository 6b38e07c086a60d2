# SPDX-License-Identifier: GPL-3.0-or-later
# Two commands do everything on a fresh Debian 12: `make demo` (hear it) and `make check` (the tests).
#   make            the four programs, in build/
#   make SAN=1 ...  the same with AddressSanitizer and UndefinedBehaviorSanitizer, in build/san
#   make CC=clang   with another compiler; BUILD=DIR puts the result elsewhere
#   make SYSTEMD=no without systemd and logind; SYSTEMD=elogind with elogind's logind (docs/no-systemd.md)

comma := ,
CC      ?= gcc
SAN     ?=
SYSTEMD ?= yes
BUILD   ?= build$(if $(SAN),/san)
PREFIX  ?= /usr/local
DESTDIR ?=
VERSION := 0.1.0

bindir     = $(PREFIX)/bin
libexecdir = $(PREFIX)/libexec/sidetouch
datadir    = $(PREFIX)/share/sidetouch
mandir     = $(PREFIX)/share/man
systemunitdir = $(PREFIX)/lib/systemd/system
userunitdir   = $(PREFIX)/lib/systemd/user
udevdir    = $(PREFIX)/lib/udev
localedir  = $(PREFIX)/share/locale
sysusersdir = $(PREFIX)/lib/sysusers.d
tmpfilesdir = $(PREFIX)/lib/tmpfiles.d
modulesdir  = $(PREFIX)/lib/modules-load.d
sysconfdir  = /etc
bashdir     = $(PREFIX)/share/bash-completion/completions
zshdir      = $(PREFIX)/share/zsh/site-functions
fishdir     = $(PREFIX)/share/fish/vendor_completions.d

# Goals that compile nothing must work before the libraries are installed.
NO_BUILD_GOALS := deps clean uninstall help
BUILDS := $(if $(MAKECMDGOALS),$(filter-out $(NO_BUILD_GOALS),$(MAKECMDGOALS)),all)

# What tells who is at the screen and starts the programs.
PKG_login_yes     := libsystemd
PKG_login_elogind := libelogind
PKG_login_no      :=
$(if $(filter yes elogind no,$(SYSTEMD)),,$(error SYSTEMD is yes, elogind or no, not '$(SYSTEMD)'))
LOGIN := $(if $(PKG_login_$(SYSTEMD)),-DSIDETOUCH_LOGIN)

PKG_common := glib-2.0 libevdev $(PKG_login_$(SYSTEMD))
PKG_driver := glib-2.0 gio-unix-2.0 libudev libinput libevdev mtdev
PKG_daemon := glib-2.0 gio-unix-2.0
PKG_voice  := glib-2.0 espeak-ng libpulse libpulse-mainloop-glib alsa
PKG_ctl    := glib-2.0 gio-unix-2.0 libevdev cairo
PKG_tests  := cmocka
PKG_bench  := libpipewire-0.3

WARNINGS  := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wformat=2 -Werror
HARDENING := -fstack-protector-strong -fstack-clash-protection -fcf-protection -fPIE $(if $(SAN),,-D_FORTIFY_SOURCE=2)
SANITIZE  := $(if $(SAN),-fsanitize=address$(comma)undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)

# -O1 for the sanitizers: compiled in two thirds of the time, and as fast as they need.
ST_CFLAGS := -std=gnu17 -D_GNU_SOURCE -O$(if $(SAN),1,2) -g $(WARNINGS) $(HARDENING) $(SANITIZE) -I. -I$(BUILD)/include \
             -DSIDETOUCH_VERSION='"$(VERSION)"' -DG_LOG_USE_STRUCTURED $(LOGIN)
LDHARDEN  := -pie -Wl,-z,relro -Wl,-z,now -Wl,--as-needed $(SANITIZE)

# Every .c of a folder belongs to its library, main.c to its program: a new file needs no line here.
SRC_common := $(wildcard common/*.c)
SRC_core   := $(wildcard driver/core/*.c)
SRC_driver := $(filter-out %/main.c,$(wildcard driver/*.c))
SRC_daemon := $(filter-out %/main.c,$(wildcard daemon/*.c))
SRC_voice  := $(filter-out %/main.c,$(wildcard daemon/voice/*.c))
SRC_ctl    := $(filter-out %/main.c,$(wildcard ctl/*.c))
LIBS       := common core driver daemon voice ctl

lib = $(BUILD)/lib/lib$(1).a
obj = $(patsubst %.c,$(BUILD)/obj/%.o,$(1))
pkg = $(foreach p,$(1),$(PKG_$(p)))

# What each program is linked from, in link order, and which packages' flags it needs.
PROG_sidetouch-driver := driver/main.c  driver core common
PROG_sidetouchd       := daemon/main.c  daemon common
PROG_sidetouch-voice  := daemon/voice/main.c voice common
PROG_sidetouchctl     := ctl/main.c     ctl driver daemon core common
PROGRAMS := sidetouch-driver sidetouchd sidetouch-voice sidetouchctl

UNIT_TESTS := $(patsubst tests/unit/%.c,$(BUILD)/tests/%,$(wildcard tests/unit/test-*.c))
# tests/tools and tests/bench hold programs of one file each, linked with everything. The benchmark of speech listens
# through PipeWire's own library, and is left out where that is not.
BENCH_PIPEWIRE := speech-latency monitor-lag
BENCH_ABSENT := $(if $(BUILDS),$(shell pkg-config --exists libpipewire-0.3 || echo $(BENCH_PIPEWIRE:%=tests/bench/%.c)))
TEST_TOOLS := $(patsubst tests/tools/%.c,$(BUILD)/tools/%,$(wildcard tests/tools/*.c)) \
              $(patsubst tests/bench/%.c,$(BUILD)/bench/%,$(filter-out $(BENCH_ABSENT),$(wildcard tests/bench/*.c)))
FUZZERS    := $(patsubst tests/fuzz/%.c,$(BUILD)/fuzz/%,$(wildcard tests/fuzz/fuzz-*.c))
TEST_SUPPORT := $(wildcard tests/support/*.c)
HEADERS := $(wildcard common/*.h driver/*.h driver/core/*.h daemon/*.h daemon/voice/*.h ctl/*.h tests/*/*.h)
SOURCES := $(foreach l,$(LIBS),$(SRC_$(l))) $(wildcard */main.c daemon/voice/main.c) $(wildcard tests/*/*.c)

# What is said and shown in other languages: po/LANGUAGE.po.
LANGUAGES    := $(patsubst po/%.po,%,$(wildcard po/*.po))
TRANSLATIONS := $(LANGUAGES:%=$(BUILD)/locale/%/LC_MESSAGES/sidetouch.mo)
$(BUILD)/locale/%/LC_MESSAGES/sidetouch.mo: po/%.po
	@mkdir -p $(@D)
	msgfmt --check-format -o $@ $<

.PHONY: all check check-vm bench fuzz lint demo deps deb pot install uninstall clean test-programs help
.DELETE_ON_ERROR:
all: $(addprefix $(BUILD)/,$(PROGRAMS)) $(TRANSLATIONS)
test-programs: all $(UNIT_TESTS) $(TEST_TOOLS)

pkg_cflags = $(shell pkg-config --cflags $(1))
pkg_libs   = $(shell pkg-config --libs $(1))
ifneq ($(BUILDS),)
CFLAGS_PKG := $(call pkg_cflags,$(sort $(call pkg,common driver daemon voice ctl))) 
endif

$(BUILD)/obj/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(CC) $(ST_CFLAGS) $(CFLAGS_PKG) $(CFLAGS) -MMD -MP -c -o $@ $<

define library
$(call lib,$(1)): $(call obj,$(SRC_$(1)))
	@mkdir -p $$(@D)
	@rm -f $$@
	$$(AR) rcs $$@ $$^
endef
$(foreach l,$(LIBS),$(eval $(call library,$(l))))

define program
$(BUILD)/$(1): $(call obj,$(firstword $(PROG_$(1)))) $(foreach l,$(wordlist 2,9,$(PROG_$(1))),$(call lib,$(l)))
	$$(CC) $$(LDHARDEN) $$(LDFLAGS) -o $$@ $$^ $$(call pkg_libs,$(sort $(call pkg,$(filter-out core,$(wordlist 2,9,$(PROG_$(1))))))) -lm
endef
$(foreach p,$(PROGRAMS),$(eval $(call program,$(p))))

ALL_LIBS = $(foreach l,ctl voice daemon driver core common,$(call lib,$(l)))
LINK_ALL = $(CC) $(LDHARDEN) $(LDFLAGS) -o $@ $(filter %.o,$^) -Wl,--start-group $(filter %.a,$^) -Wl,--end-group \
           $(call pkg_libs,$(sort $(call pkg,common driver daemon voice ctl tests) $(PKG_program))) -lm -lpthread
$(BUILD)/tests/%: $(BUILD)/obj/tests/unit/%.o $(call obj,$(TEST_SUPPORT)) $(ALL_LIBS)
	@mkdir -p $(@D)
	$(LINK_ALL)
$(BUILD)/tools/%: $(BUILD)/obj/tests/tools/%.o $(call obj,$(TEST_SUPPORT)) $(ALL_LIBS)
	@mkdir -p $(@D)
	$(LINK_ALL)
$(BUILD)/bench/%: $(BUILD)/obj/tests/bench/%.o $(call obj,$(TEST_SUPPORT)) $(ALL_LIBS)
	@mkdir -p $(@D)
	$(LINK_ALL)

# A file on a server that has forgotten it: this test has a read() of its own.
$(BUILD)/tests/test-profile-files: LDFLAGS += -Wl,--wrap=read

# Its headers do not compile with our warnings.
$(BENCH_PIPEWIRE:%=$(BUILD)/bench/%): PKG_program := $(PKG_bench)
$(BENCH_PIPEWIRE:%=$(BUILD)/obj/tests/bench/%.o): ST_CFLAGS += $(patsubst -I%,-isystem %,$(call pkg_cflags,$(PKG_bench)))

# The bus interface has one truth, its XML; the daemon carries it as a string.
BUS_XML := $(BUILD)/include/daemon/bus_xml.h
$(BUS_XML): daemon/org.sidetouch.Sidetouch1.xml
	@mkdir -p $(@D)
	{ echo 'static const char bus_xml[] ='; sed -e 's/[\\"]/\\&/g' -e 's/.*/"&\\n"/' $<; echo ';'; } > $@
$(BUILD)/obj/daemon/bus.o: $(BUS_XML)

# So is its manual page made of it.
BUS_MAN := $(BUILD)/install/org.sidetouch.Sidetouch1.5
$(BUS_MAN): install/bus-man.awk daemon/org.sidetouch.Sidetouch1.xml install/org.sidetouch.Sidetouch1.5.in
	@mkdir -p $(@D)
	awk -f $^ > $@

# Symbols' names are text files; the voice carries them as strings.
SYMBOLS_DATA := $(BUILD)/include/daemon/voice/symbols_data.h
$(SYMBOLS_DATA): daemon/voice/symbols/en.tsv daemon/voice/symbols/zh.tsv daemon/voice/symbols/zh-sounds.tsv
	@mkdir -p $(@D)
	for l in en zh zh-sounds; do echo "static const char symbols_$$l[] =" | tr - _; \
	  sed -e 's/[\\"]/\\&/g' -e 's/.*/"&\\n"/' daemon/voice/symbols/$$l.tsv; echo ';'; done > $@
$(BUILD)/obj/daemon/voice/symbols.o: $(SYMBOLS_DATA)

# So are the scripts that complete sidetouchctl's command lines in shells.
SHELLS := bash zsh fish
SCRIPTS_DATA := $(BUILD)/include/ctl/completion_scripts.h
$(SCRIPTS_DATA): $(SHELLS:%=ctl/completion/sidetouchctl.%)
	@mkdir -p $(@D)
	for s in $(SHELLS); do echo "static const char completion_script_$$s[] ="; \
	  sed -e 's/[\\"]/\\&/g' -e 's/.*/"&\\n"/' ctl/completion/sidetouchctl.$$s; echo ';'; done > $@
$(BUILD)/obj/ctl/completion.o: $(SCRIPTS_DATA)

HAN_DATA := $(BUILD)/include/daemon/spelling_han.h
$(HAN_DATA): daemon/spelling/han.txt
	@mkdir -p $(@D)
	{ echo 'static const char spelling_han[] ='; sed -e 's/.*/"&\\n"/' $<; echo ';'; } > $@
$(BUILD)/obj/daemon/spelling.o: $(HAN_DATA)

# What was made for another PREFIX is made anew: its content is compared, not its age.
PREFIX_STAMP := $(BUILD)/include/prefix
$(PREFIX_STAMP): FORCE
	@mkdir -p $(@D)
	@echo '$(PREFIX)' | cmp -s - $@ || echo '$(PREFIX)' > $@
FORCE:
$(BUILD)/obj/driver/main.o $(BUILD)/obj/daemon/main.o $(BUILD)/obj/ctl/main.o $(BUILD)/obj/ctl/simulate.o $(BUILD)/obj/ctl/profile.o \
  $(BUILD)/obj/ctl/overlay.o $(BUILD)/obj/ctl/doctor.o: $(PREFIX_STAMP)

# Where the programs find what was installed.
$(BUILD)/obj/driver/main.o $(BUILD)/obj/ctl/simulate.o $(BUILD)/obj/ctl/profile.o $(BUILD)/obj/ctl/overlay.o \
  $(BUILD)/obj/ctl/doctor.o: ST_CFLAGS += -DSIDETOUCH_DATADIR='"$(datadir)"'
$(BUILD)/obj/ctl/doctor.o: ST_CFLAGS += -DSIDETOUCH_LIBEXECDIR='"$(libexecdir)"'
$(BUILD)/obj/ctl/main.o: ST_CFLAGS += -DSIDETOUCH_LOCALEDIR='"$(localedir)"'
$(BUILD)/obj/daemon/main.o: ST_CFLAGS += -DSIDETOUCH_DATADIR='"$(datadir)"' -DSIDETOUCH_LIBEXECDIR='"$(libexecdir)"' \
  -DSIDETOUCH_LOCALEDIR='"$(localedir)"'

# Fuzzers: the same sources once more, built apart by clang with libFuzzer's instruments. core-fuzz throws its own dice.
FUZZ_SRC = $(SRC_common) $(SRC_core) $(SRC_driver) $(SRC_daemon) $(TEST_SUPPORT) \
           daemon/voice/plan.c daemon/voice/script.c daemon/voice/symbols.c daemon/voice/chinese.c \
           daemon/voice/chinese_marks.c
FUZZ_SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=all
$(BUILD)/fuzz/obj/%.o: %.c Makefile
	@mkdir -p $(@D)
	clang -std=gnu17 -D_GNU_SOURCE -O2 -g -I. -I$(BUILD)/include -fsanitize=fuzzer-no-link $(FUZZ_SANITIZE) \
	  -DSIDETOUCH_VERSION='"$(VERSION)"' -DG_LOG_USE_STRUCTURED $(LOGIN) $(CFLAGS_PKG) -MMD -MP -c -o $@ $<
$(BUILD)/fuzz/obj/daemon/bus.o: $(BUS_XML)
$(BUILD)/fuzz/obj/daemon/spelling.o: $(HAN_DATA)
$(BUILD)/fuzz/obj/daemon/voice/symbols.o: $(SYMBOLS_DATA)
$(BUILD)/lib/libfuzz.a: $(FUZZ_SRC:%.c=$(BUILD)/fuzz/obj/%.o)
	@mkdir -p $(@D)
	@rm -f $@
	$(AR) rcs $@ $^
FUZZ_LINK = clang $(FUZZ_SANITIZE) -o $@ $^ $(call pkg_libs,$(sort $(call pkg,common driver daemon))) -lm
$(BUILD)/fuzz/fuzz-%: $(BUILD)/fuzz/obj/tests/fuzz/fuzz-%.o $(BUILD)/lib/libfuzz.a
	$(FUZZ_LINK) -fsanitize=fuzzer
$(BUILD)/fuzz/core-fuzz: $(BUILD)/fuzz/obj/tests/tools/core-fuzz.o $(BUILD)/lib/libfuzz.a
	$(FUZZ_LINK)

# --- goals that a person calls -----------------------------------------------------------------

deps:
	@install/deps.sh

check: deps
	@$(MAKE) --no-print-directory test-programs
	@BUILD=$(BUILD) tests/run

check-vm: deps
	@$(MAKE) --no-print-directory test-programs $(BUILD)/deb/made
	@BUILD=$(BUILD) tests/vm/run

bench: deps
	@$(MAKE) --no-print-directory test-programs
	@BUILD=$(BUILD) tests/bench/run

fuzz: deps
	@$(MAKE) --no-print-directory $(FUZZERS) $(BUILD)/fuzz/core-fuzz
	@BUILD=$(BUILD) tests/fuzz/run

# Debian's packages, in $(BUILD)/deb.
deb: deps
	@$(MAKE) --no-print-directory $(BUILD)/deb/made
	@ls $(BUILD)/deb/*.deb

demo: deps
	@$(MAKE) --no-print-directory test-programs
	@BUILD=$(BUILD) tests/demo/run

# What is to be translated, in $(BUILD)/sidetouch.pot (docs/translate.md).
POT_SOURCES := $(SRC_common) $(SRC_daemon) ctl/main.c \
  $(filter-out $(addprefix ctl/,replay% simulate% player% synth% report_parts%),$(SRC_ctl))
pot:
	@mkdir -p $(BUILD)
	@xgettext --keyword=_ --keyword=N_ --keyword=doctor_ok:2 --keyword=doctor_todo:2 --from-code=UTF-8 --language=C \
	  --package-name=sidetouch --output=$(BUILD)/sidetouch.pot $(sort $(POT_SOURCES))

# Style and static analysis: prints nothing when all is well.
lint: $(BUS_XML) $(SYMBOLS_DATA) $(HAN_DATA) $(SCRIPTS_DATA)
	@clang-format --dry-run --Werror $(SOURCES) $(HEADERS)
	@printf '%s\n' $(SOURCES) | xargs -P $$(nproc) -n 4 sh -c 'clang-tidy --quiet "$$@" -- \
	  -std=gnu17 -D_GNU_SOURCE -I. -I$(BUILD)/include -DSIDETOUCH_VERSION=\"\" \
	  -DSIDETOUCH_DATADIR=\"\" -DSIDETOUCH_LIBEXECDIR=\"\" -DSIDETOUCH_LOCALEDIR=\"\" -DG_LOG_USE_STRUCTURED $(LOGIN) \
	  $(patsubst -I%,-isystem %,$(CFLAGS_PKG) $(call pkg_cflags,$(PKG_bench))) 2>/dev/null' lint
	@tests/lint-text

clean:
	rm -rf build

# There is no way to make them but by compiling: looking for one was most of make's time when nothing is to be done.
ifneq ($(BUILDS),)
%.d: ;
-include $(patsubst %.o,%.d,$(call obj,$(SOURCES))) $(SOURCES:%.c=$(BUILD)/fuzz/obj/%.d)
endif
include install/install.mk
