# SPDX-License-Identifier: GPL-3.0-or-later
# What `make install` puts where; `make uninstall` removes exactly that, from the same list.
# One entry a file: SOURCE:DIRECTORY:MODE. Built programs come from $(BUILD).

UNITS := system/sidetouch-driver.service system/sidetouch-driver.socket user/sidetouchd.service

INSTALL_LIST := \
  $(BUILD)/sidetouch-driver:$(libexecdir):755 \
  $(BUILD)/sidetouch-voice:$(libexecdir):755 \
  $(BUILD)/sidetouchd:$(bindir):755 \
  $(BUILD)/sidetouchctl:$(bindir):755 \
  $(foreach f,$(wildcard profiles/*.profile),$(f):$(datadir)/profiles:644) \
  profiles/README.md:$(datadir)/profiles:644 \
  $(foreach n,1 5 7 8,$(foreach f,$(wildcard install/man/*.$(n)),$(f):$(mandir)/man$(n):644)) \
  $(BUS_MAN):$(mandir)/man5:644 \
  $(if $(filter yes,$(SYSTEMD)),$(foreach u,$(UNITS),$(BUILD)/install/$(notdir $(u)):$(if $(filter system/%,$(u)),$(systemunitdir),$(userunitdir)):644)) \
  $(foreach l,$(LANGUAGES),$(BUILD)/locale/$(l)/LC_MESSAGES/sidetouch.mo:$(localedir)/$(l)/LC_MESSAGES:644) \
  ctl/completion/sidetouchctl.bash:$(bashdir):644 \
  ctl/completion/sidetouchctl.zsh:$(zshdir):644 \
  ctl/completion/sidetouchctl.fish:$(fishdir):644 \
  install/60-sidetouch.rules:$(udevdir)/rules.d:644 \
  install/sidetouch.sysusers:$(sysusersdir):644 \
  install/sidetouch.tmpfiles:$(tmpfilesdir):644 \
  install/sidetouch.modules-load:$(modulesdir):644 \
  install/sidetouchd.desktop:$(sysconfdir)/xdg/autostart:644

# What goes by another name there: systemd reads only *.conf, and bash and zsh look for a command's own name.
install_name = $(or $(NAME_$(notdir $(1))),$(notdir $(1)))
NAME_sidetouch.sysusers     := sidetouch.conf
NAME_sidetouch.tmpfiles     := sidetouch.conf
NAME_sidetouch.modules-load := sidetouch.conf
NAME_sidetouchctl.bash      := sidetouchctl
NAME_sidetouchctl.zsh       := _sidetouchctl
part = $(word $(2),$(subst :, ,$(1)))
target = $(DESTDIR)$(patsubst %/,%,$(call part,$(1),2))/$(call install_name,$(call part,$(1),1))
install_lines = printf '%s %s %s\n' $(foreach i,$(INSTALL_LIST),'$(call part,$(i),1)' '$(call target,$(i))' '$(call part,$(i),3)')
install_record = '$(DESTDIR)$(datadir)/made-folders'

# Units name programs by the path they are installed at.
$(BUILD)/install/%: install/% Makefile $(PREFIX_STAMP)
	@mkdir -p $(@D)
	sed -e 's|@libexecdir@|$(libexecdir)|g' -e 's|@bindir@|$(bindir)|g' $< > $@

install: all $(BUS_MAN) $(foreach u,$(UNITS),$(BUILD)/install/$(notdir $(u)))
	@$(install_lines) | install/files.sh put $(install_record)
	@echo "Sidetouch is installed under $(DESTDIR)$(PREFIX). README.md says how to start it."

# What is in the packages, and what makes them.
$(BUILD)/deb/made: $(addprefix $(BUILD)/,$(PROGRAMS)) $(TRANSLATIONS) $(BUS_MAN) Makefile README.md \
  $(wildcard install/* install/*/* install/*/*/* docs/* profiles/* ctl/completion/*)
	$(if $(SAN),$(error packages are made without SAN))
	@install/deb.sh '$(BUILD)' '$(VERSION)'
	@touch $@

uninstall:
	@$(install_lines) | install/files.sh take $(install_record)
