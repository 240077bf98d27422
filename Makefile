# vsaudit: build, demo, tests. `make help` lists the targets.
#   VARIANT=release|debug|san|cov   which build (default release); objects live in build/$(VARIANT)/
#   V=1 shows the commands; WERROR=1 makes warnings errors; PREFIX and DESTDIR as usual; LIBDIR is a folder of PREFIX
SHELL := /bin/bash
.DEFAULT_GOAL := all

VARIANT ?= release
ifeq ($(filter $(VARIANT),release debug san cov),)
$(error VARIANT is '$(VARIANT)'; it must be release, debug, san or cov)
endif
PREFIX ?= /usr/local
LIBDIR ?= lib
DESTDIR ?=
BUILD := build/$(VARIANT)
Q := $(if $(V),,@)
VERSION := $(shell cat VERSION)
comma := ,

CC ?= gcc
CXX ?= g++
PKG_CONFIG ?= pkg-config

# library -> Debian package, so that a missing one is named in one line
LIBS_PC := libavformat libavcodec libavfilter libavutil libswscale yaml-0.1 glib-2.0 gio-2.0 gio-unix-2.0 jansson gsl libRmath sqlite3 libxml-2.0 cairo libsodium libarchive libseccomp libsoup-3.0 libmosquitto
DEBIAN_NAME_yaml-0.1 := libyaml-dev
DEBIAN_NAME_glib-2.0 := libglib2.0-dev
DEBIAN_NAME_gio-2.0 := libglib2.0-dev
DEBIAN_NAME_gio-unix-2.0 := libglib2.0-dev
DEBIAN_NAME_jansson := libjansson-dev
DEBIAN_NAME_gsl := libgsl-dev
DEBIAN_NAME_libRmath := r-mathlib
DEBIAN_NAME_sqlite3 := libsqlite3-dev
DEBIAN_NAME_libxml-2.0 := libxml2-dev
DEBIAN_NAME_cairo := libcairo2-dev
DEBIAN_NAME_libarchive := libarchive-dev
DEBIAN_NAME_libsoup-3.0 := libsoup-3.0-dev
DEBIAN_NAME_libmosquitto := libmosquitto-dev

ifneq ($(VSAUDIT_HAS_DEPS),)
missing := $(strip $(foreach l,$(LIBS_PC),$(if $(shell $(PKG_CONFIG) --exists $(l) 2>/dev/null && echo y),,$(l))))
ifneq ($(missing),)
$(error missing libraries: $(foreach l,$(missing),$(or $(DEBIAN_NAME_$(l)),$(l)-dev)); run scripts/install-deps)
endif
LIB_CFLAGS := $(patsubst -I%,-isystem %,$(shell $(PKG_CONFIG) --cflags $(LIBS_PC)))
# Debian ships opencv4.pc only in libopencv-dev, which is twice the weight of the five parts used here.
OPENCV_INCLUDE ?= /usr/include/opencv4
CV_CFLAGS := -isystem $(OPENCV_INCLUDE)
LIB_LDLIBS := $(shell $(PKG_CONFIG) --libs $(LIBS_PC)) \
    -lopencv_dnn -lopencv_objdetect -lopencv_video -lopencv_imgproc -lopencv_core -lstdc++ -lm
endif

# -Wnull-dereference costs a twelfth of the build, and is asked where warnings are errors.
WARN := -Wall -Wextra -Wpedantic -Wshadow -Wvla -Wundef -Wpointer-arith -Wcast-align -Wwrite-strings \
    -Wconversion -Wdouble-promotion -Wformat=2 -Wimplicit-fallthrough $(if $(WERROR),-Wnull-dereference)
# clang warns of what gcc does not mean by the same names: glibc's NAN is a float, a list of options may end early, and a variable
# that only cleans up behind itself is "unused" to clang 14.
ifneq ($(findstring clang,$(shell $(CC) --version 2>/dev/null)),)
WARN += -Wno-double-promotion -Wno-missing-field-initializers -Wno-unused-variable
endif
WARN_C := $(WARN) -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition
WERROR_FLAG := $(if $(WERROR),-Werror,)
# The same arithmetic on every machine: no contraction to FMA, no machine-specific code.
BASE := -ffp-contract=off -fno-strict-aliasing -fstack-protector-strong -pthread
# -g1: functions and lines for a backtrace; VARIANT=debug has everything, at a seventh more of the build's time.
FLAGS_release := -O2 -g1 -D_FORTIFY_SOURCE=2
FLAGS_debug := -O0 -g3
FLAGS_san := -O1 -g1 -fsanitize=address,undefined -fno-omit-frame-pointer -fno-sanitize-recover=undefined
FLAGS_cov := -O0 -g3 --coverage
LINK_san := -fsanitize=address,undefined
LINK_cov := --coverage

FLOORS := ground see judge ask run tell hands
CPPFLAGS_ALL := $(FLOORS:%=-Ianalyzer/%) -Ianalyzer/include -D_GNU_SOURCE -DVSAUDIT_VERSION='"$(VERSION)"' $(LIB_CFLAGS) $(CPPFLAGS)
CFLAGS_ALL := -std=c17 $(WARN_C) $(WERROR_FLAG) $(BASE) $(FLAGS_$(VARIANT)) $(CFLAGS)
CXXFLAGS_ALL := -std=c++17 $(WARN) $(WERROR_FLAG) $(BASE) $(FLAGS_$(VARIANT)) $(CXXFLAGS)
LDFLAGS_ALL := -pthread $(LINK_$(VARIANT)) $(LDFLAGS)

SOURCES := $(sort $(wildcard analyzer/*/*/*.c analyzer/*/*/*/*.c))
CXX_SOURCES := $(sort $(wildcard analyzer/*/*/*.cpp))
OBJECTS := $(SOURCES:%.c=$(BUILD)/%.o) $(CXX_SOURCES:%.cpp=$(BUILD)/%.o)
MAIN := $(BUILD)/analyzer/main.o
ARCHIVE := $(BUILD)/libvsaudit.a
PROGRAM := $(BUILD)/vsaudit
# What plug-ins may ask of the process that holds them: the reference (run/runner/reference_plugin.h).
PROGRAM_EXPORTS := -Wl,-u,vsaudit_reference_system -Wl,--export-dynamic-symbol=vsaudit_reference_system

# The library for other programs: the rooms that it needs are compiled so that they fit into both, and are taken from the archive
# as they are called. Its versions stand in its header.
API := analyzer/include/vsaudit/base.h
API_MAJOR := $(shell sed -n 's/^.define VSAUDIT_API_MAJOR //p' $(API))
API_MINOR := $(shell sed -n 's/^.define VSAUDIT_API_MINOR //p' $(API))
SONAME := libvsaudit.so.$(API_MAJOR)
LIBRARY := $(BUILD)/$(SONAME).$(API_MINOR)
LIBRARY_OBJECTS := $(filter $(BUILD)/analyzer/hands/library/%,$(OBJECTS))
EXAMPLES := $(sort $(wildcard analyzer/include/*.c)) $(wildcard tests/*.c)
$(LIBRARY_OBJECTS) $(filter $(BUILD)/analyzer/ground/% $(BUILD)/analyzer/judge/%,$(OBJECTS)): SHARED_FLAGS := -fPIC -fvisibility=hidden
TEST_SOURCES := $(sort $(wildcard tests/unit/test_*.c) $(wildcard tests/conformance/test_*.c))
TEST_SUPPORT := $(patsubst %.c,$(BUILD)/%.o,$(filter-out tests/unit/test_%,$(sort $(wildcard tests/unit/*.c))))
TESTS := $(TEST_SOURCES:%.c=$(BUILD)/%)
FUZZ_SOURCES := $(sort $(wildcard tests/fuzz/fuzz_*.c))
FUZZERS := $(FUZZ_SOURCES:%.c=$(BUILD)/%)
SAN_TESTS := $(patsubst %.c,build/san/%,$(TEST_SOURCES) $(FUZZ_SOURCES))
COV_TESTS := $(patsubst %.c,build/cov/%,$(TEST_SOURCES) $(FUZZ_SOURCES))
RELEASE_TESTS := $(patsubst %.c,build/release/%,$(TEST_SOURCES) $(FUZZ_SOURCES))

# ---- targets for people: each does its own set-up, then calls make again with the libraries known
.PHONY: all demo check check-san check-ci check-days test coverage tidy deb bench simulation sample install uninstall schema clean help deps \
    workshop-deps compile_commands.json
deps:
	$(Q)scripts/install-deps

all: deps
	$(Q)$(MAKE) --no-print-directory VSAUDIT_HAS_DEPS=1 program

demo: deps
	$(Q)$(MAKE) --no-print-directory VSAUDIT_HAS_DEPS=1 -j$$(nproc) program
	$(Q)scripts/demo $(PROGRAM)

sample: deps
	$(Q)$(MAKE) --no-print-directory VSAUDIT_HAS_DEPS=1 -j$$(nproc) program
	$(Q)scripts/render-sample $(PROGRAM)

check: deps
	$(Q)$(MAKE) --no-print-directory VSAUDIT_HAS_DEPS=1 -j$$(nproc) program tests
	$(Q)VARIANT=$(VARIANT) tests/run $(PROGRAM) $(TESTS) $(FUZZERS)

# The unit tests and the corpora of the fuzzers under the sanitizers: what every change is tried with.
check-san: deps
	$(Q)$(MAKE) --no-print-directory VSAUDIT_HAS_DEPS=1 VARIANT=san -j$$(nproc) tests
	$(Q)tests/run --units $(SAN_TESTS)

# Both in one sum, as continuous integration runs them.
check-ci: deps
	$(Q)$(MAKE) --no-print-directory VSAUDIT_HAS_DEPS=1 VARIANT=release -j$$(nproc) program tests
	$(Q)$(MAKE) --no-print-directory VSAUDIT_HAS_DEPS=1 VARIANT=san -j$$(nproc) tests
	$(Q)VARIANT=release tests/run build/release/vsaudit $(RELEASE_TESTS) $(SAN_TESTS)

# One test or several, by name; a wrong name lists those near it.
test: deps
	$(Q)V="$(V)" tests/one $(VARIANT) $(T)

# The tests on the first, eleventh and last days of months, in other time zones, under other umasks.
check-days: deps
	$(Q)$(MAKE) --no-print-directory VSAUDIT_HAS_DEPS=1 VARIANT=release -j$$(nproc) program tests
	$(Q)VARIANT=release tests/shifted build/release/vsaudit $(RELEASE_TESTS)

bench: deps
	$(Q)$(MAKE) --no-print-directory VSAUDIT_HAS_DEPS=1 -j$$(nproc) program
	$(Q)scripts/bench $(PROGRAM)

# How often verdicts are wrong, where the truth is known; RUNS=… a cell.
SIMULATIONS := $(BUILD)/tests/simulation/verdicts $(BUILD)/tests/simulation/looks
simulation: deps
	$(Q)$(MAKE) --no-print-directory VSAUDIT_HAS_DEPS=1 -j$$(nproc) $(SIMULATIONS)
	$(Q)set -e; for one in $(SIMULATIONS); do $$one $(RUNS); done

install: deps
	$(Q)$(MAKE) --no-print-directory VSAUDIT_HAS_DEPS=1 program
	$(Q)scripts/install-files "$(PROGRAM)" "$(PREFIX)" "$(DESTDIR)" "$(LIBDIR)"

uninstall:
	$(Q)scripts/install-files --remove "$(PREFIX)" "$(DESTDIR)" "$(LIBDIR)"

# The schemas of YAML files and of results.json, as the program prints them, and the keys in scenarios/README.md, as a test has them.
schema: deps
	$(Q)$(MAKE) --no-print-directory VSAUDIT_HAS_DEPS=1 program $(BUILD)/tests/unit/test_config
	$(Q)for kind in audit scenario dataset catalogue alert-map scene results; do \
	    $(PROGRAM) list schema $$kind >reports/schema/$$kind.schema.json || exit 1; done
	$(Q)UPDATE=1 $(BUILD)/tests/unit/test_config >/dev/null 2>&1 || { echo "make schema: test_config fails: make test T=config" >&2; exit 1; }

# ---- the workshop: its tools come with scripts/install-deps --workshop
workshop-deps:
	$(Q)scripts/install-deps --workshop

# Which lines the unit tests and the fuzzers' corpora reach, room by room.
coverage: workshop-deps
	$(Q)$(MAKE) --no-print-directory VSAUDIT_HAS_DEPS=1 VARIANT=cov -j$$(nproc) tests
	$(Q)scripts/coverage $(COV_TESTS)

# clang-tidy by .clang-tidy and cppcheck; FILES="…" for some files alone.
tidy: workshop-deps compile_commands.json
	$(Q)scripts/tidy $(FILES)

# build/deb/: the packages vsaudit, libvsaudit0 and libvsaudit-dev, and what lintian says of them.
deb: workshop-deps
	$(Q)$(MAKE) --no-print-directory VSAUDIT_HAS_DEPS=1 VARIANT=release -j$$(nproc) program
	$(Q)scripts/make-deb build/release/vsaudit build/deb

# For clangd, clang-tidy and the like: how each file is compiled; no compiler is run.
compile_commands.json: deps
	$(Q)$(MAKE) --no-print-directory VSAUDIT_HAS_DEPS=1 commands

clean:
	rm -rf build compile_commands.json

help:
	@echo "make demo       install what is needed, build, run the worked example from locked claims to a verified bundle"
	@echo "make check      install what is needed, build, run all tests (VARIANT=san: with sanitizers)"
	@echo "make check-san  the unit tests and the fuzzers' corpora under sanitizers; make check-ci: check and check-san in one sum"
	@echo "make test T=…   one test or several by name: T=matching, T=cli/lock, T=\"eval2 fuzz_yaml\" (VARIANT=, V=1 prints all they say)"
	@echo "make check-days the tests under shifted clocks, in other time zones and umasks (needs faketime)"
	@echo "make coverage   which lines unit tests and corpora reach, by room; make tidy: clang-tidy and cppcheck (FILES=… for some)"
	@echo "make deb        Debian packages in build/deb/, held to lintian; make compile_commands.json for editors"
	@echo "make simulation how often verdicts are wrong, where the truth is known (RUNS=2000 a cell)"
	@echo "make bench      speed, as ratios measured side by side"
	@echo "make            build only        make sample   render the synthetic sample data"
	@echo "make install    program and library to PREFIX=$(PREFIX) (LIBDIR=$(LIBDIR))   make uninstall, make clean"
	@echo "make schema     write reports/schema/ again, after a change of a YAML format"

# ---- targets that need the libraries
.PHONY: program tests
program: $(PROGRAM) $(LIBRARY)
tests: $(TESTS) $(FUZZERS)

$(PROGRAM): $(MAIN) $(ARCHIVE)
	@echo "  LINK  $@"
	$(Q)$(CC) $(LDFLAGS_ALL) $(PROGRAM_EXPORTS) -o $@ $(MAIN) $(ARCHIVE) $(LIB_LDLIBS)
	$(Q)ln -sfn $(VARIANT)/vsaudit build/vsaudit

$(LIBRARY): $(LIBRARY_OBJECTS) $(ARCHIVE)
	@echo "  LINK  $@"
	$(Q)$(CC) $(LDFLAGS_ALL) -shared -Wl,-soname,$(SONAME) -Wl,--as-needed -Wl,--gc-sections -o $@ $(LIBRARY_OBJECTS) $(ARCHIVE) $(LIB_LDLIBS)
	$(Q)ln -sfn $(@F) $(BUILD)/$(SONAME) && ln -sfn $(SONAME) $(BUILD)/libvsaudit.so

$(ARCHIVE): $(OBJECTS)
	@echo "  AR    $@"
	$(Q)rm -f $@ && $(AR) rcs $@ $(OBJECTS)

$(BUILD)/%.o: %.c Makefile VERSION
	@mkdir -p $(@D)
	@echo "  CC    $<"
	$(Q)$(CC) $(CPPFLAGS_ALL) $(CFLAGS_ALL) $(SHARED_FLAGS) -MMD -MP -c -o $@ $<

# read by the assembler (.incbin), which -MMD does not see
# A file in reports/texts/ is a language.
$(BUILD)/analyzer/ground/language/embedded.o: $(wildcard reports/texts/*.json reports/styles/*.css)
$(BUILD)/analyzer/ground/language/embedded.o: CPPFLAGS_ALL += -DVSAUDIT_TEXTS="$(patsubst reports/texts/%.json,TEXTS(%),$(sort $(wildcard reports/texts/*.json)))"
$(BUILD)/analyzer/ask/config/catalogue_builtin.o: reports/catalogue/france.yaml

$(BUILD)/%.o: %.cpp Makefile VERSION
	@mkdir -p $(@D)
	@echo "  CXX   $<"
	$(Q)$(CXX) $(CPPFLAGS_ALL) $(CV_CFLAGS) $(CXXFLAGS_ALL) -MMD -MP -c -o $@ $<

$(SIMULATIONS): TEST_SUPPORT += $(BUILD)/tests/simulation/worlds.o
$(SIMULATIONS): $(BUILD)/tests/simulation/worlds.o
$(BUILD)/tests/%: $(BUILD)/tests/%.o $(TEST_SUPPORT) $(ARCHIVE)
	@echo "  LINK  $@"
	$(Q)$(CC) $(LDFLAGS_ALL) -o $@ $< $(TEST_SUPPORT) $(ARCHIVE) -lcmocka $(LIB_LDLIBS)

# compile_commands.json: what is compiled and how, in JSON; wrappers such as ccache are left away.
quoted = $(subst ",\",$(subst \,\\,$(1)))
entry = {"directory": "$(CURDIR)", "file": "$(2)", "command": "$(call quoted,$(1) -c -o $(BUILD)/$(basename $(2)).o $(2))"}
C_COMMAND = $(lastword $(CC)) $(CPPFLAGS_ALL) $(CFLAGS_ALL)
CXX_COMMAND = $(lastword $(CXX)) $(CPPFLAGS_ALL) $(CV_CFLAGS) $(CXXFLAGS_ALL)
ALL_SOURCES := $(SOURCES) $(MAIN:$(BUILD)/%.o=%.c) $(EXAMPLES) $(TEST_SOURCES) $(TEST_SUPPORT:$(BUILD)/%.o=%.c) $(FUZZ_SOURCES) $(wildcard tests/simulation/*.c)
.PHONY: commands
commands:
	$(file >compile_commands.json,[)
	$(foreach s,$(ALL_SOURCES),$(file >>compile_commands.json,$(call entry,$(C_COMMAND),$(s))$(comma)))
	$(foreach s,$(CXX_SOURCES),$(file >>compile_commands.json,$(call entry,$(CXX_COMMAND),$(s))$(if $(filter-out $(lastword $(CXX_SOURCES)),$(s)),$(comma))))
	$(file >>compile_commands.json,])
	@echo "compile_commands.json: $(words $(ALL_SOURCES) $(CXX_SOURCES)) files"

.SECONDARY:
# what several tests share has a .d of its own
-include $(OBJECTS:.o=.d) $(MAIN:.o=.d) $(TESTS:=.d) $(TEST_SUPPORT:.o=.d) $(FUZZERS:=.d)
