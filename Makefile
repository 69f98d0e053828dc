# hythe: one Makefile, not recursive. Variants are chosen by name: make VARIANT=asan check-unit
# Targets: all check check-slow lint format tidy install deb rpm demo bench clean help

VARIANT ?= release
CXX     ?= g++
CC      ?= gcc

# --- flags -----------------------------------------------------------------------------
COMPILER := $(if $(findstring clang,$(CXX)),clang,gcc)
B := build/$(VARIANT)$(if $(filter clang,$(COMPILER)),-clang)

WARN-all := -Wall -Wextra -Wpedantic -Wformat=2 -Wconversion -Wsign-conversion -Wshadow \
  -Wcast-qual -Wcast-align -Wnull-dereference -Wvla -Wold-style-cast -Wimplicit-fallthrough \
  -Wswitch-enum -Woverloaded-virtual -Wnon-virtual-dtor -Werror
WARN-gcc   := -Walloca -Wduplicated-cond -Wduplicated-branches -Wlogical-op -Wuseless-cast
WARN-clang := -Wcomma -Wunreachable-code
HARDEN-all := -fstack-protector-strong -fstack-clash-protection -fcf-protection=full \
  -D_GLIBCXX_ASSERTIONS -ftrivial-auto-var-init=zero -fno-delete-null-pointer-checks \
  -fno-strict-overflow -fno-strict-aliasing -fvisibility=hidden -ffile-prefix-map=$(CURDIR)=.
HARDEN-gcc   := -fzero-call-used-regs=used-gpr
HARDEN-clang := -enable-trivial-auto-var-init-zero-knowing-it-will-be-removed-from-clang
FORTIFY-gcc   := -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3
FORTIFY-clang := -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2

OPT-release := -O2 -g $(FORTIFY-$(COMPILER)) $(HARDEN-$(COMPILER))
OPT-debug   := -O0 -g3
OPT-asan    := -O1 -g1 -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize=vptr \
  -fno-sanitize-recover=all
LINK-asan   := -fsanitize=address,undefined

CPPFLAGS += -I. -MMD -MP
CXXFLAGS += -std=c++20 -fPIE $(WARN-all) $(WARN-$(COMPILER)) $(HARDEN-all) $(OPT-$(VARIANT))
LDFLAGS  += -pie -Wl,-z,relro,-z,now,-z,noexecstack,-z,separate-code,--as-needed $(LINK-$(VARIANT))

# What runs with root's rights has no exceptions, no run-time types and no C++ run time:
# linking it with $(CC) proves that, and core/ is compiled once more for it.
# What runs inside containers of any stack is static.
PRIVILEGED := -fno-exceptions -fno-rtti -fno-threadsafe-statics -fno-asynchronous-unwind-tables \
  -U_GLIBCXX_ASSERTIONS

LIBS-lib := -lgit2 -larchive -lyaml-cpp -lidn2 -lnettle
LIBS-webhook := -lPocoNetSSL -lPocoNet -lPocoCrypto -lPocoFoundation

# --- what is built from what --------------------------------------------------------------
object = $(patsubst %.cc,$(B)/obj/%.o,$(1))
CORE      := $(call object,$(wildcard core/*.cc))
LIB       := $(call object,$(wildcard lib/*.cc lib/*/*.cc))
MODEL     := $(call object,$(wildcard model/*.cc model/*/*.cc)) $(LIB)
PIPELINE  := $(call object,$(wildcard pipeline/*.cc))
FRONT     := $(call object,$(wildcard helpers/*.cc)) \
  $(patsubst %.cc,$(B)/obj/privileged/%.o,$(wildcard core/*.cc))

PROGRAMS := hythe hythe-shell pre-receive hythe-webhook hythe-deliver hythe-forge hythe-launch hythe-route hythe-container hythe-stack hythe-init hythe-build
BIN      := $(addprefix $(B)/bin/,$(PROGRAMS))

.PHONY: all
all: $(BIN)

$(B)/obj/helpers/%.o $(B)/obj/inside/init/%.o $(B)/obj/privileged/%.o: CXXFLAGS += $(PRIVILEGED)

$(B)/bin/hythe: $(call object,$(wildcard cli/*.cc cli/doctor/*.cc)) $(PIPELINE) $(MODEL) $(CORE)
	$(link-cxx)
$(B)/bin/hythe-shell: $(call object,$(wildcard cli/shell/*.cc)) $(MODEL) $(CORE)
	$(link-cxx)
$(B)/bin/pre-receive: $(call object,$(wildcard hooks/*.cc)) $(PIPELINE) $(MODEL) $(CORE)
	$(link-cxx)
$(B)/bin/hythe-stack: $(call object,$(wildcard stacks/*.cc)) $(MODEL) $(CORE)
	$(link-cxx)
$(B)/bin/hythe-webhook: $(call object,$(wildcard webhook/listen/*.cc)) $(MODEL) $(CORE)
	$(link-webhook)
$(B)/bin/hythe-forge: $(call object,$(wildcard webhook/forge/*.cc)) $(PIPELINE) $(MODEL) $(CORE)
	$(link-webhook)
$(B)/bin/hythe-deliver: $(call object,$(wildcard webhook/deliver/*.cc)) $(PIPELINE) $(MODEL) $(CORE)
	$(link-cxx)
$(B)/bin/hythe-launch: $(call object,$(wildcard helpers/launch/*.cc)) $(FRONT)
	$(link-libc)
$(B)/bin/hythe-route: $(call object,$(wildcard helpers/route/*.cc)) $(FRONT)
	$(link-libc)
$(B)/bin/hythe-container: $(call object,$(wildcard helpers/container/*.cc)) $(FRONT)
	$(link-static)
$(B)/bin/hythe-init: $(call object,$(wildcard inside/init/*.cc)) $(CORE)
	$(link-static)
$(B)/bin/hythe-build: $(call object,$(wildcard inside/build/*.cc)) $(CORE)
	$(link-static)

define link-cxx
@mkdir -p $(@D)
$(CXX) $(LDFLAGS) -o $@ $(filter %.o,$^) $(LIBS-lib)
endef
define link-webhook
@mkdir -p $(@D)
$(CXX) $(LDFLAGS) -o $@ $(filter %.o,$^) $(LIBS-lib) $(LIBS-webhook)
endef
define link-libc
@mkdir -p $(@D)
$(CC) $(LDFLAGS) -o $@ $(filter %.o,$^)
endef
define link-static
@mkdir -p $(@D)
$(CXX) $(filter-out -pie,$(LDFLAGS)) -static-pie -o $@ $(filter %.o,$^)
endef

include helpers/container/rules.mk

$(B)/obj/%.o: %.cc Makefile
	@mkdir -p $(@D)
	$(CXX) $(CPPFLAGS) $(CXXFLAGS) -c -o $@ $<

$(B)/obj/privileged/%.o: %.cc Makefile
	@mkdir -p $(@D)
	$(CXX) $(CPPFLAGS) $(CXXFLAGS) -c -o $@ $<

# --- tests -------------------------------------------------------------------------------
# Unit tests mirror the tree. Helpers' files that hold a main() are left out by name.
UNIT-sources := $(wildcard tests/unit/*.cc tests/unit/*/*.cc tests/unit/*/*/*.cc)
UNIT-under-test := $(filter-out %/main.o %/pre_receive.o,$(call object,$(wildcard helpers/*.cc helpers/*/*.cc \
  inside/*/*.cc cli/shell/*.cc cli/doctor/*.cc cli/*.cc hooks/*.cc stacks/*.cc webhook/*/*.cc))) $(PIPELINE) $(MODEL) $(CORE)
# They are compiled far more often than they run.
$(B)/obj/tests/%.o: CXXFLAGS += -Wno-null-dereference $(if $(filter release,$(VARIANT)),-O0 -U_FORTIFY_SOURCE)
$(B)/bin/unit-tests: $(call object,$(UNIT-sources)) $(UNIT-under-test)
	@mkdir -p $(@D)
	$(CXX) $(LDFLAGS) -o $@ $(filter %.o,$^) $(LIBS-lib) $(LIBS-webhook) -lgmock -lgtest -lgtest_main

# The stages of a push on real directories, processes and sockets, in namespaces of their own.
$(B)/bin/stage-tests: $(call object,$(wildcard tests/stage/*.cc)) $(PIPELINE) $(MODEL) $(CORE)
	@mkdir -p $(@D)
	$(CXX) $(LDFLAGS) -o $@ $(filter %.o,$^) $(LIBS-lib) -lgmock -lgtest

.PHONY: check-unit check-asan
check-asan:
	VARIANT=asan tests/unit/run
	VARIANT=asan tests/unit/run stage
check-unit: $(B)/bin/unit-tests $(B)/bin/stage-tests
	$(B)/bin/unit-tests --gtest_brief=1
	$(B)/bin/stage-tests --gtest_brief=1

.PHONY: check check-slow check-vm lint format tidy demo bench help
help:
	@echo "all        build everything into $(B)/bin (VARIANT=release, debug or asan; CXX=g++ or clang++)"
	@echo "check      every fast test; needs root     check-unit  the unit and stage tests, as anybody"
	@echo "check-slow what takes half an hour: runtimes that are downloaded, every process killed"
	@echo "check-vm   the deb on a Debian 12 of its own, in qemu: reboots, limits, upgrades; a quarter of an hour"
	@echo "check-asan the unit and stage tests under the address and undefined-behaviour sanitizers"
	@echo "demo       what hythe does, in a minute    bench       ratios against the peer"
	@echo "lint format tidy                           what keeps the code as it is"
	@echo "install    onto this host, or to DESTDIR   deb rpm     packages     clean"

check:
	tests/dependencies
	$(MAKE) -s -j2 all $(B)/bin/unit-tests $(B)/bin/stage-tests
	tests/check

check-slow:
	tests/dependencies
	$(MAKE) -s -j2 all
	tests/check-slow

# Builds the package and the machine when they are not there yet.
check-vm:
	tests/dependencies
	tests/vm/run

SHELL-programs = $(shell git ls-files | while read -r file; do \
  head -n 1 "$$file" | grep -qE '^.!(/usr/bin/env bash|/bin/(ba)?sh)$$' && echo "$$file"; done)
lint:
	tests/lint/includes
	tests/lint/man
	tests/lint/privileged
	tests/lint/file_size
	shellcheck -x $(SHELL-programs)
	clang-format --dry-run --Werror $(CXX-sources)

# What another compiler has to say, without code: `make CXX=clang++ warnings`.
.PHONY: warnings
warnings: $(B)/gen/syscalls.inc
	git ls-files '*.cc' ':!tests' | xargs -P 2 -n 4 $(CXX) -fsyntax-only -I. -I$(B)/gen $(CXXFLAGS)

CXX-sources = $(shell git ls-files '*.cc' '*.h')
format:
	clang-format -i $(CXX-sources)

tidy:
	clang-tidy --quiet $(filter %.cc,$(filter-out tests/%,$(CXX-sources))) -- -std=c++20 -I. -I$(B)/gen

demo:
	tests/dependencies
	$(MAKE) -s -j2 all
	tests/demo

bench:
	tests/dependencies
	$(MAKE) -s -j2 all
	tests/bench/run

.PHONY: deb rpm
deb:
	packaging/deb
rpm:
	packaging/rpm/build

.PHONY: install
install: all
	packaging/install $(DESTDIR)

.PHONY: clean
clean:
	rm -rf build

-include $(shell find $(B)/obj -name '*.d' 2>/dev/null)
