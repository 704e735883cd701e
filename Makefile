# make build     build/ist, build/ist-mpi
# make test      all tests; the last line is "N passed, N failed"
# make coverage  line and branch coverage, with its thresholds
# make verify    all proofs, of theorems and of code; FILE=src/kernel/NAME.c proves one file
# make theorems  the proofs in Coq alone (also: make proofs)
# make coqchk    those again, by Coq's independent checker
# make verify-replay   the same while editing: what was proved here before of the same content is taken
#                for proved, which is no verification
# make verify-mutants  changes the verified C in many ways: each must fail to verify;
#                FILE=src/kernel/NAME.c: those of one file; SHARD=i/n: an n-th part of them; a run that
#                was stopped goes on; CONTRACTS=1: changes contracts and loop invariants instead
# make fuzz      fuzzes the Matrix Market reader (needs clang)
# make bench     speed and memory against peers: a table and build/bench/bench.json; QUICK=1: small
# make reproduce the experiments, into build/reproduce
# make claims    checks the registry of claims against code, proofs, tests and figures; STRICT=1
#                demands a complete `make verify` before it
# make tables    writes CLAIMS.md and spec/theorems.md from the registry, links included
# make report    build/report/index.html: all of that on one page, with what was proved and measured
# make dist      build/ist-VERSION.tar.gz, a release archive of the last commit
# make paper     build/paper/ist.pdf, from the proofs, certificates and figures made here
# make install   into /usr/local, or PREFIX=... DESTDIR=...; make uninstall removes it again
# make errors    10^6 random homogeneous runs within their proved error bound, for each compiler and
#                level of optimisation; RUNS=N SEED=S change their number and the seed
# make clean     removes build/

VERSION := $(shell cat VERSION)

# Where products go. `make test` and `make coverage` build again with OUT=build/asan and
# OUT=build/coverage; instrumented code draws spurious warnings, so those builds give none (-w).
OUT := build
INSTRUMENT :=

# The proofs hold for IEEE-754 binary64 without contraction and without fast-math.
CFLAGS := -std=c11 -O2 -g -ffp-contract=off \
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion $(if $(filter true,$(CI)),-Werror)
# HDF5's headers stand in a folder of their own; as a system's, they raise no warnings here.
CPPFLAGS := -Isrc -isystem /usr/include/hdf5/serial -D_POSIX_C_SOURCE=200809L -MMD -MP
# -lopenblas directly after -lgsl: its CBLAS comes before the slow one that libgsl brings along.
LDLIBS := -lgsl -lopenblas -larpack -lcholmod -lhdf5_serial -ljansson -lflint-arb -lflint -lgmp -lz -lm
# Workers' gradients take every core (OMP_NUM_THREADS: fewer); gcov could not tell their branches.
OPENMP := -fopenmp
LDLIBS += -lgomp
TEST_LDLIBS := -lcriterion $(LDLIBS) -lmpfr

ASAN := OUT=build/asan INSTRUMENT='-w -O1 -fno-omit-frame-pointer \
  -fsanitize=address,undefined,float-cast-overflow -fno-sanitize-recover=all'
# A child process that ends by _exit leaves its counts all the same.
COVERAGE := OUT=build/coverage OPENMP= INSTRUMENT='-w -O0 --coverage -include coverage/exit.h'

# The commands of ist-mpi and what they rest on, which is compiled with MPI.
MPI := $(sort $(wildcard src/mpi/*.c src/cli/*mpi*.c))
SOURCES := $(filter-out src/cli/main.c src/cli/version.c $(MPI),$(sort $(wildcard src/*/*.c)))
TESTS := $(sort $(foreach room,unit golden reproduction commandline,\
  $(wildcard tests/$(room)/test_*.c)))
SUPPORT := $(sort $(wildcard tests/support/*.c))

OBJECTS := $(SOURCES:%.c=$(OUT)/obj/%.o)
MAIN := $(OUT)/obj/src/cli/main.o $(OUT)/obj/src/cli/version.o
MPI_OBJECTS := $(MPI:%.c=$(OUT)/obj/%.o) $(OUT)/obj/src/cli/version.o
SUPPORT_OBJECTS := $(SUPPORT:%.c=$(OUT)/obj/%.o)
TEST_OBJECTS := $(TESTS:%.c=$(OUT)/obj/%.o)
TEST_BINARIES := $(TESTS:%.c=$(OUT)/%)
BENCH_OBJECTS := $(patsubst %.c,$(OUT)/obj/%.o,$(sort $(wildcard tests/bench/*.c)))

# The kernel by either compiler at two levels of optimisation, never instrumented.
ERROR_RUNS := $(foreach compiler,gcc clang,$(foreach level,O2 O3,build/errors/$(compiler)-$(level)))
ERROR_SOURCES := tests/errors/homogeneous_runs.c tests/support/adversarial.c \
  tests/support/exact_logic.c tests/support/acsl.c src/kernel/homogeneous.c

.PHONY: build tests test coverage verify verify-replay verify-mutants theorems proofs coqchk fuzz \
  bench errors reproduce claims tables report dist clean packages FORCE
.SECONDARY:
.DELETE_ON_ERROR:

build: $(OUT)/ist $(OUT)/ist-mpi

tests: build $(OUT)/ist-bench $(TEST_BINARIES) $(ERROR_RUNS) \
  $(if $(filter build,$(OUT)),libraries manual)

packages:
	@.ci/packages

test: packages
	@$(MAKE) --no-print-directory tests
	@$(MAKE) --no-print-directory tests $(ASAN)
	@tests/run

coverage: packages
	@$(MAKE) --no-print-directory tests $(COVERAGE)
	@coverage/run

verify: packages
	@$(if $(FILE),,$(MAKE) --no-print-directory theorems)
	@proofs/wp/verify $(FILE)

verify-replay: packages
	@proofs/wp/verify --replay $(FILE)

verify-mutants: packages
	@proofs/wp/mutants $(FILE) $(SHARD) $(if $(CONTRACTS),--contracts)

theorems proofs: packages
	@$(MAKE) --no-print-directory -j"$$(nproc)" -C proofs/coq OUT=$(CURDIR)/build/coq

coqchk: packages
	@$(MAKE) --no-print-directory -C proofs/coq check OUT=$(CURDIR)/build/coq

fuzz:
	@$(MAKE) --no-print-directory -C tests/fuzz

bench: packages
	@$(MAKE) --no-print-directory $(OUT)/ist-bench
	@$(OUT)/ist-bench $(if $(QUICK),--quick) -o $(OUT)/bench

errors: packages
	@$(MAKE) --no-print-directory $(ERROR_RUNS)
	@status=0; for run in $(ERROR_RUNS); do $$run $(if $(RUNS),--runs $(RUNS)) \
	  $(if $(SEED),--seed $(SEED)) || status=1; done; exit $$status

reproduce: packages
	@$(MAKE) --no-print-directory build
	@$(OUT)/ist reproduce -o $(OUT)/reproduce

claims: packages
	@$(MAKE) --no-print-directory $(OUT)/reproduce-quick/summary.json
	@spec/claims/check.py $(if $(STRICT),--strict)

tables:
	@spec/claims/tables.py

report: packages
	@$(MAKE) --no-print-directory $(OUT)/reproduce-quick/summary.json
	@paper/report/write.py

# Figures for the registry and the report where `make reproduce` was not run.
$(OUT)/reproduce-quick/summary.json: $(OUT)/ist
	@echo "RUN $(@D)"
	@$(OUT)/ist reproduce --quick -o $(@D) >/dev/null

dist:
	@test -e .git || { echo "make dist: needs the repository" >&2; exit 1; }
	@mkdir -p $(OUT)
	@git archive --format=tar.gz --prefix=ist-$(VERSION)/ -o $(OUT)/ist-$(VERSION).tar.gz HEAD
	@echo "$(OUT)/ist-$(VERSION).tar.gz"

clean:
	rm -rf build

$(OUT)/ist: $(MAIN) $(OUT)/libist.a
	@echo "LD $@"
	@$(CC) $(CFLAGS) $(INSTRUMENT) -o $@ $^ $(LDLIBS)

# Open MPI's wrapper adds its own flags to those of the compiler.
$(OUT)/ist-mpi: $(MPI_OBJECTS) $(OUT)/libist.a
	@echo "LD $@"
	@OMPI_CC='$(CC)' mpicc $(CFLAGS) $(INSTRUMENT) -o $@ $^ $(LDLIBS)

$(MPI:%.c=$(OUT)/obj/%.o): $(OUT)/obj/%.o: %.c Makefile
	@echo "CC $@"
	@mkdir -p $(@D)
	@OMPI_CC='$(CC)' mpicc $(CPPFLAGS) $(CFLAGS) $(INSTRUMENT) -c -o $@ $<

$(OUT)/ist-bench: $(BENCH_OBJECTS) $(OUT)/libist.a
	@echo "LD $@"
	@$(CC) $(CFLAGS) $(INSTRUMENT) -o $@ $^ $(LDLIBS)

build/errors/%: $(ERROR_SOURCES) $(wildcard tests/support/*.h src/kernel/*.h) Makefile
	@echo "LD $@"
	@mkdir -p $(@D)
	@$(firstword $(subst -, ,$*)) -std=c11 -$(lastword $(subst -, ,$*)) -ffp-contract=off -Wall \
	  -Wextra -Wpedantic -Wshadow -Wconversion -Wno-unused-label -Isrc -D_POSIX_C_SOURCE=200809L \
	  -o $@ $(ERROR_SOURCES) -lgsl -lopenblas -lflint-arb -lflint -lgmp -lm

# Made afresh, so that an object whose source is gone does not stay in it.
$(OUT)/libist.a: $(OBJECTS)
	@echo "AR $@"
	@rm -f $@
	@$(AR) rcs $@ $^

$(OUT)/tests/%: $(OUT)/obj/tests/%.o $(SUPPORT_OBJECTS) $(OUT)/libist.a
	@echo "LD $@"
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS) $(INSTRUMENT) -o $@ $^ $(TEST_LDLIBS)

# What this test puts in front of the library's functions: its own __wrap_NAME for each NAME.
SPOILED := $(sort $(shell grep -o '__wrap_ist_[A-Za-z0-9_]*' tests/reproduction/test_spoiled.c))
$(OUT)/tests/reproduction/test_spoiled: TEST_LDLIBS += $(SPOILED:__wrap_%=-Wl,--wrap=%)

# Some of the kernel's labels serve its annotations only.
$(OUT)/obj/src/kernel/%.o: CFLAGS += -Wno-unused-label

# Written anew only if the commit is another one, so that nothing else is compiled again.
$(OUT)/commit: FORCE
	@mkdir -p $(@D)
	@.ci/commit > $@.new
	@cmp -s $@.new $@ && rm $@.new || mv $@.new $@

$(OUT)/obj/src/cli/version.o: DEFINES = -DIST_VERSION='"$(VERSION)"' \
  -DIST_COMMIT='"$(shell cat $(OUT)/commit)"'
$(OUT)/obj/src/cli/version.o: VERSION $(OUT)/commit

$(addprefix $(OUT)/obj/src/,kernel/workers.o machine/arithmetic.o machine/threads.o): CFLAGS += $(OPENMP)

# Criterion's assertions assign an int to a bit-field.
$(OUT)/obj/tests/%.o: CFLAGS += -Wno-conversion

$(OUT)/obj/%.o: %.c Makefile
	@echo "CC $@"
	@mkdir -p $(@D)
	@$(CC) $(CPPFLAGS) $(DEFINES) $(CFLAGS) $(INSTRUMENT) -c -o $@ $<

-include $(OBJECTS:.o=.d) $(MAIN:.o=.d) $(MPI_OBJECTS:.o=.d) $(SUPPORT_OBJECTS:.o=.d) $(TEST_OBJECTS:.o=.d) \
  $(BENCH_OBJECTS:.o=.d)

include packaging/install.mk paper/paper.mk
