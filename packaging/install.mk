# make install    the program, the library with its headers, manual pages and completion
# make uninstall  removes what it installed
# Directories are GNU's: make install PREFIX=/usr DESTDIR=/tmp/stage libdir=/usr/lib64

PREFIX := /usr/local
prefix = $(PREFIX)
exec_prefix = $(prefix)
bindir = $(exec_prefix)/bin
libdir = $(exec_prefix)/lib
includedir = $(prefix)/include
datarootdir = $(prefix)/share
mandir = $(datarootdir)/man
docdir = $(datarootdir)/doc/ist
completiondir = $(datarootdir)/bash-completion/completions

# The number changes when a program linked with an earlier library no longer works.
SONAME := libist.so.0
SHARED := libist.so.$(VERSION)

# The library is what the headers named in ist.h declare, and what that reaches; nothing else is
# exported.
PUBLIC_HEADERS := $(shell sed -n 's/^\#include "\(.*\)"/\1/p' src/ist.h)
PIC_OBJECTS := $(patsubst %.c,$(OUT)/pic/%.o,$(filter-out src/check/% src/reproduce/% src/cli/%,$(SOURCES)))
PUBLIC := $(OUT)/pic/public.txt
ROOTS = $$(sed 's/^/-Wl,-u,/' $(PUBLIC))
LIBRARIES := $(OUT)/lib/libist.a $(OUT)/lib/$(SHARED)
PROGRAMS := ist ist-mpi
COMMANDS := problem constants run expect check reproduce
PAGES := $(patsubst %,$(OUT)/man/%.1,$(PROGRAMS) $(COMMANDS:%=ist-%)) $(OUT)/man/libist.3

.PHONY: libraries manual install uninstall

libraries: $(LIBRARIES)

manual: $(PAGES)

$(OUT)/lib/$(SHARED): $(OUT)/pic/libist.a $(OUT)/pic/libist.map
	@echo "LD $@"
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS) $(INSTRUMENT) -shared -Wl,-soname,$(SONAME) -Wl,--no-undefined $(ROOTS) \
	  -Wl,--version-script=$(OUT)/pic/libist.map -o $@ $(OUT)/pic/libist.a $(LDLIBS)

# One object, whose other functions are local to it: as in the shared library, they cannot clash.
$(OUT)/lib/libist.a: $(OUT)/pic/libist.a $(PUBLIC)
	@echo "AR $@"
	@mkdir -p $(@D)
	@$(CC) -r -nostdlib $(ROOTS) -o $(OUT)/pic/libist.o $(OUT)/pic/libist.a
	@objcopy --keep-global-symbols=$(PUBLIC) $(OUT)/pic/libist.o
	@rm -f $@
	@$(AR) rcs $@ $(OUT)/pic/libist.o

$(PUBLIC): $(PUBLIC_HEADERS:%=src/%) src/ist.h packaging/headers.py
	@mkdir -p $(@D)
	@packaging/headers.py $(PUBLIC_HEADERS:%=src/%) > $@

$(OUT)/pic/libist.map: $(PUBLIC)
	@(echo 'LIBIST_0 { global:'; sed 's/$$/;/' $(PUBLIC); echo 'local: *; };') > $@

$(OUT)/pic/libist.a: $(PIC_OBJECTS)
	@echo "AR $@"
	@rm -f $@
	@$(AR) rcs $@ $^

$(OUT)/pic/src/kernel/%.o: CFLAGS += -Wno-unused-label
$(OUT)/pic/src/kernel/workers.o $(OUT)/pic/src/machine/arithmetic.o: CFLAGS += $(OPENMP)

$(OUT)/pic/%.o: %.c Makefile
	@echo "CC $@"
	@mkdir -p $(@D)
	@$(CC) $(CPPFLAGS) $(CFLAGS) $(INSTRUMENT) -fPIC -c -o $@ $<

-include $(PIC_OBJECTS:.o=.d)

# The heading of this version in the list of changes ends in its date.
RELEASED := $(shell sed -n 's/^\#\# $(VERSION), //p' CHANGELOG.md)
MANUAL := packaging/manual packaging/help $(wildcard packaging/*.h2m) CHANGELOG.md VERSION

define page_of # name, program, command
$(OUT)/man/$(1).1: $(OUT)/$(2) $$(MANUAL)
	@echo "MAN $$@"
	@mkdir -p $$(@D)
	@packaging/manual $(1) "$$(VERSION)" "$$(RELEASED)" $(OUT)/$(2) $(3) > $$@
endef
$(eval $(call page_of,ist,ist,))
$(eval $(call page_of,ist-mpi,ist-mpi,run))
$(foreach command,$(COMMANDS),$(eval $(call page_of,ist-$(command),ist,$(command))))

$(OUT)/man/libist.3: packaging/libist.3.md packaging/headers.py $(PUBLIC_HEADERS:%=src/%) \
  CHANGELOG.md VERSION
	@echo "MAN $@"
	@mkdir -p $(@D)
	@packaging/headers.py --manual $< $(PUBLIC_HEADERS:%=src/%) > $(OUT)/libist.3.md
	@pandoc --standalone --from=markdown-smart --to=man --metadata=title:LIBIST --metadata=section:3 \
	  --metadata=date:"$(RELEASED)" --metadata=footer:"ist $(VERSION)" \
	  --metadata=header:"Independent Subnetwork Training" -o $@ $(OUT)/libist.3.md
	@sed -i -e '/^\.SH/{n;/^\.PP$$/d;}' -e 's/\\f\[C\]/\\f[CR]/g' $@ # what mandoc warns of

# Installed, spec/ stands beside the rooms of src/, and a header finds those of other rooms without -I.
HEADERS = ist.h $(PUBLIC_HEADERS) $(wildcard spec/*.h)
INSTALLED = $(PROGRAMS:%=$(bindir)/%) $(libdir)/libist.a $(libdir)/$(SHARED) $(libdir)/$(SONAME) \
  $(libdir)/libist.so $(libdir)/pkgconfig/ist.pc $(HEADERS:%=$(includedir)/ist/%) \
  $(patsubst $(OUT)/man/%,$(mandir)/man1/%,$(filter %.1,$(PAGES))) $(mandir)/man3/libist.3 \
  $(PROGRAMS:%=$(completiondir)/%) $(docdir)/LICENSE
OWN_DIRECTORIES = $(sort $(filter-out $(includedir)/ist/,\
  $(dir $(HEADERS:%=$(includedir)/ist/%)))) $(includedir)/ist $(docdir)

install: $(PROGRAMS:%=$(OUT)/%) $(LIBRARIES) $(PAGES)
	install -d $(sort $(dir $(INSTALLED:%=$(DESTDIR)%)))
	install -m 755 $(PROGRAMS:%=$(OUT)/%) $(DESTDIR)$(bindir)
	install -m 644 $(OUT)/lib/libist.a $(DESTDIR)$(libdir)/libist.a
	install -m 644 $(OUT)/lib/$(SHARED) $(DESTDIR)$(libdir)/$(SHARED)
	ln -sf $(SHARED) $(DESTDIR)$(libdir)/$(SONAME)
	ln -sf $(SONAME) $(DESTDIR)$(libdir)/libist.so
	sed -e 's|@prefix@|$(prefix)|' -e 's|@libdir@|$(libdir)|' -e 's|@includedir@|$(includedir)|' \
	  -e 's|@version@|$(VERSION)|' -e 's|@libs@|$(filter-out -lgsl,$(LDLIBS))|' \
	  packaging/ist.pc.in > $(DESTDIR)$(libdir)/pkgconfig/ist.pc
	chmod 644 $(DESTDIR)$(libdir)/pkgconfig/ist.pc
	for header in spec/*.h; do \
	  target=$(DESTDIR)$(includedir)/ist/$$header; \
	  sed 's|"../src/kernel/|"../kernel/|' $$header > $$target && chmod 644 $$target || exit 1; \
	done
	install -m 644 src/ist.h $(DESTDIR)$(includedir)/ist/ist.h
	for header in $(PUBLIC_HEADERS); do \
	  target=$(DESTDIR)$(includedir)/ist/$$header; \
	  sed -e 's|"../../spec/|"../spec/|' -e 's|^#include "\([a-z]*/\)|#include "../\1|' \
	    src/$$header > $$target && chmod 644 $$target || exit 1; \
	done
	install -m 644 $(filter %.1,$(PAGES)) $(DESTDIR)$(mandir)/man1
	install -m 644 $(OUT)/man/libist.3 $(DESTDIR)$(mandir)/man3/libist.3
	install -m 644 packaging/completion.bash $(DESTDIR)$(completiondir)/ist
	ln -sf ist $(DESTDIR)$(completiondir)/ist-mpi
	install -m 644 LICENSE $(DESTDIR)$(docdir)/LICENSE

uninstall:
	rm -f $(INSTALLED:%=$(DESTDIR)%)
	for directory in $(OWN_DIRECTORIES:%=$(DESTDIR)%); do \
	  [ ! -d $$directory ] || rmdir --ignore-fail-on-non-empty $$directory; \
	done
