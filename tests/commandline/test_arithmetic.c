/** Libraries that change the processor's arithmetic under the program: exit code 6, and what is
 *  off.
 *
 *  Each is compiled here and put before all others with LD_PRELOAD. */
#define _GNU_SOURCE // setenv
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "../support/command.h"
#include "../support/files.h"
#include "../support/scratch.h"
#include "machine/arithmetic.h"

/* scratch_path has few buffers: the names used all over are kept here. */
static char p[512], library[512];

static void open_scratch(void) {
  const char *sanitizer = getenv("ASAN_OPTIONS");
  char options[1000];
  /* The library comes before the sanitizer's; Open MPI keeps memory to the end. */
  snprintf(options, sizeof options, "%s:verify_asan_link_order=0:detect_leaks=0",
           sanitizer != NULL ? sanitizer : "");
  setenv("ASAN_OPTIONS", options, 1);
  scratch_open();
  strcpy(p, scratch_path("p"));
  strcpy(library, scratch_path("lib.so"));
}

static void close_scratch(void) {
  unsetenv("LD_PRELOAD");
  scratch_close();
}

TestSuite(arithmetic, .init = open_scratch, .fini = close_scratch, .timeout = 600);

/** Compiles a library from C text; flags: of the compiler. */
static void build(const char *flags, const char *text) {
  char line[1600];
  const char *source = scratch_write("lib.c", text);
  snprintf(line, sizeof line, "gcc -O2 -shared -fPIC %s -o %s %s -ldl -lm", flags, library, source);
  cr_assert_eq(system(line), 0);
}

static void load(void) { setenv("LD_PRELOAD", library, 1); }

static void write_problem(const char *options) {
  unsetenv("LD_PRELOAD");
  json_decref(command_json("problem gaussian %s -o %s --json", options, p));
}

#define OFF "this machine's arithmetic is not what the proofs are about: "

/** Every command is refused, before it does anything. */
static void assert_refused(const char *reason) {
  static const char *const commands[] = {"--version", "constants p", "problem gaussian --dim 4"};
  load();
  for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
    command_refuses(6, reason, "%s", commands[i]);
  command_refuses(6, reason, "run %s --step 0.01 --rounds 5 --json", p);
}

#define CONSTRUCTOR "__attribute__((constructor)) static void begin(void) { "
#define SET(bits) "__builtin_ia32_ldmxcsr(__builtin_ia32_stmxcsr() | " bits ");"

/** gcc links what switches flush-to-zero on into every library made with -ffast-math. */
Test(arithmetic, a_library_made_with_fast_math) {
  write_problem("--dim 4 --workers 2");
  build("-ffast-math", "int nothing(void) { return 0; }\n");
  assert_refused(OFF "subnormal results are flushed to zero");
}

Test(arithmetic, subnormals) {
  write_problem("--dim 4 --workers 2");
  build("", CONSTRUCTOR SET("0x8000") "}\n");
  assert_refused(OFF "subnormal results are flushed to zero");
  build("", CONSTRUCTOR SET("0x40") "}\n");
  assert_refused(OFF "subnormal operands are read as zero");
}

Test(arithmetic, rounding) {
  static const char *const modes[] = {"FE_UPWARD", "FE_DOWNWARD", "FE_TOWARDZERO"};
  char text[200];
  write_problem("--dim 4 --workers 2");
  for (size_t i = 0; i < 3; i++) {
    snprintf(text, sizeof text, "#include <fenv.h>\n" CONSTRUCTOR "fesetround(%s); }\n", modes[i]);
    build("", text);
    assert_refused(OFF "rounding is not to nearest");
  }
}

/** Of the two control registers, the C library's fegetround asks the other one. */
Test(arithmetic, rounding_of_one_register) {
  static const char *const bits[] = {"0x2000", "0x4000", "0x6000"};
  char text[200];
  write_problem("--dim 4 --workers 2");
  for (size_t i = 0; i < 3; i++) {
    snprintf(text, sizeof text, CONSTRUCTOR SET("%s") "}\n", bits[i]);
    build("", text);
    assert_refused(OFF "rounding is not to nearest");
  }
  build("", CONSTRUCTOR "unsigned short word; __asm__ volatile(\"fnstcw %0\" : \"=m\"(word)); "
                        "word |= 0x400; __asm__ volatile(\"fldcw %0\" : : \"m\"(word)); }\n");
  assert_refused(OFF "rounding is not to nearest");
}

/** The generator of the blocks, which flushes subnormals to zero from its 60th number on: with d =
 *  4 three numbers a round, so that round 20 is the last sound one. */
static const char late[] =
    "#define _GNU_SOURCE\n"
    "#include <dlfcn.h>\n"
    "#include <stdlib.h>\n"
    "unsigned long gsl_rng_uniform_int(const void *rng, unsigned long n) {\n"
    "  static unsigned long (*real)(const void *, unsigned long);\n"
    "  static int calls;\n"
    "  if (real == 0) real = (unsigned long (*)(const void *, unsigned long))dlsym(RTLD_NEXT,\n"
    "      \"gsl_rng_uniform_int\");\n"
    "  if (++calls > 60 && WHEN) " SET("0x8000") "\n"
                                                 "  return real(rng, n);\n"
                                                 "}\n";

Test(arithmetic, a_change_in_a_late_round) {
  const char *reason = OFF "subnormal results are flushed to zero";
  char t[512], c[512];
  strcpy(t, scratch_path("t.csv"));
  strcpy(c, scratch_path("c"));
  write_problem("--dim 4 --workers 2");
  build("-DWHEN=1", late);
  load();
  free(command_output(command_run("run %s --step 0.01 --rounds 20", p)));
  command_refuses(6, reason, "run %s --step 0.01 --rounds 21", p);
  command_refuses(6, reason, "run %s --step 0.01 --rounds 50 --json", p);
  command_refuses(6, reason, "run %s --step 0.01 --rounds 50 --trace %s", p, t);
  cr_expect_not(scratch_has("t.csv"));
  /* A run that would go wrong anyway: the cause comes first. */
  command_refuses(6, reason, "run %s --step 20 --rounds 5000", p);
  /* Written row by row, the trace has the rows of the rounds before. */
  command_refuses(6, reason,
                  "run %s --step 0.01 --rounds 50 --trace %s --checkpoint %s --checkpoint-every 10",
                  p, t, c);
  cr_expect_eq(file_last_row(t), 20);
  unsetenv("LD_PRELOAD");
  free(command_output(
      command_run("run %s --step 0.01 --rounds 50 --trace %s --resume %s", p, t, c)));
  cr_expect_eq(file_last_row(t), 50);
}

/** The draws that ist check compares with expectations. */
Test(arithmetic, a_change_while_claims_are_sampled) {
  write_problem("--dim 4 --workers 2");
  build("-DWHEN=1", late);
  load();
  command_result r = command_run("check %s --json", p);
  cr_expect_eq(r.code, 6);
  cr_expect_str_eq(r.err, "ist: " OFF "subnormal results are flushed to zero\n");
  cr_expect_str_empty(r.out);
  command_free(&r);
}

/** Every thread but the first starts with another rounding. */
Test(arithmetic, a_thread) {
  write_problem("--dim 400 --workers 4");
  build("", "#define _GNU_SOURCE\n"
            "#include <dlfcn.h>\n"
            "#include <pthread.h>\n"
            "#include <stdlib.h>\n"
            "typedef struct { void *(*run)(void *); void *data; } start;\n"
            "static void *begin(void *given) {\n"
            "  start s = *(start *)given;\n"
            "  free(given);\n" SET("0x4000") "\n"
                                             "  return s.run(s.data);\n"
                                             "}\n"
                                             "int pthread_create(pthread_t *t, const "
                                             "pthread_attr_t *a, void *(*run)(void *),\n"
                                             "                   void *data) {\n"
                                             "  int (*real)(pthread_t *, const pthread_attr_t *, "
                                             "void *(*)(void *), void *) =\n"
                                             "      (int (*)(pthread_t *, const pthread_attr_t *, "
                                             "void *(*)(void *), void *))dlsym(\n"
                                             "          RTLD_NEXT, \"pthread_create\");\n"
                                             "  start *s = malloc(sizeof *s);\n"
                                             "  s->run = run;\n"
                                             "  s->data = data;\n"
                                             "  return real(t, a, begin, s);\n"
                                             "}\n");
  load();
  setenv("OMP_NUM_THREADS", "1", 1);
  free(command_output(command_run("run %s --step 0.0001 --rounds 2", p)));
  setenv("OMP_NUM_THREADS", "3", 1);
  command_result r = command_run("run %s --step 0.0001 --rounds 2", p);
  /* Instrumented for coverage, the program has one thread only. */
  if (r.code != 0) {
    cr_expect_eq(r.code, 6);
    cr_expect_str_eq(r.err, "ist: " OFF "rounding is not to nearest\n");
    cr_expect_str_empty(r.out);
  } else
    cr_expect(getenv("IST") != NULL && strstr(getenv("IST"), "coverage") != NULL);
  command_free(&r);
}

/** What ist_arithmetic_find says in a program made from the sources, the kernel's among them with
 *  the flags kernel, the others with flags; -1 if it does not compile. */
static int find_when_compiled_with(const char *flags, const char *kernel) {
  static const char common[] = "gcc -std=c11 -O2 -D_POSIX_C_SOURCE=200809L -Isrc";
  char line[3000], program[512], object[512], source[512];
  strcpy(program, scratch_path("probe"));
  strcpy(object, scratch_path("linear.o"));
  strcpy(source,
         scratch_write("main.c", "#include \"machine/arithmetic.h\"\n"
                                 "int main(void) { return (int)ist_arithmetic_find(); }\n"));
  snprintf(line, sizeof line,
           "{ %s %s -c -o %s src/kernel/linear.c && "
           "%s %s -o %s %s src/machine/arithmetic.c src/machine/status.c %s -lm; } 2>%s",
           common, kernel, object, common, flags, program, source, object, scratch_path("log"));
  if (system(line) != 0)
    return -1;
  const int status = system(program);
  cr_assert(WIFEXITED(status));
  return WEXITSTATUS(status);
}

/** The kernel, or what is around it, compiled so that a product and a sum are one operation. */
Test(arithmetic, builds_that_contract) {
  static const char sound[] = "-ffp-contract=off", off[] = "-mfma -ffp-contract=fast";
  cr_expect_eq(find_when_compiled_with(sound, sound), IST_ARITHMETIC_SOUND);
  if (!__builtin_cpu_supports("fma"))
    return;
  cr_expect_eq(find_when_compiled_with(off, sound), IST_ARITHMETIC_CONTRACTED);
  cr_expect_eq(find_when_compiled_with(sound, off), IST_ARITHMETIC_CONTRACTED);
  cr_expect_eq(find_when_compiled_with("-mfma -ffp-contract=off", sound), IST_ARITHMETIC_SOUND);
}

/** Wider evaluation and fast math do not even compile. */
Test(arithmetic, builds_that_are_refused) {
  cr_expect_eq(find_when_compiled_with("-mfpmath=387", ""), -1);
  cr_expect_eq(find_when_compiled_with("-ffast-math", ""), -1);
}

/** One rank of several, from the start, and in the middle of the run. */
Test(arithmetic, a_rank) {
  write_problem("--dim 4 --workers 4");
  build("",
        "#include <stdlib.h>\n" CONSTRUCTOR "const char *rank = getenv(\"OMPI_COMM_WORLD_RANK\");\n"
        "if (rank != 0 && rank[0] == '2') " SET("0x8000") "}\n");
  load();
  command_result r = command_run_ranks(3, "run %s --step 0.01 --rounds 5 --json", p);
  cr_expect_eq(r.code, 6);
  cr_expect_str_eq(r.err, "ist: rank 2's arithmetic is not what the proofs are about: subnormal "
                          "results are flushed to zero\n");
  cr_expect_str_empty(r.out);
  command_free(&r);
  build("'-DWHEN=getenv(\"OMPI_COMM_WORLD_RANK\")[0] == 49'", late); /* '1' */
  load();
  r = command_run_ranks(3, "run %s --step 0.01 --rounds 50 --trace %s", p, scratch_path("t.csv"));
  cr_expect_eq(r.code, 6);
  cr_expect_str_eq(r.err, "ist: rank 1's arithmetic is not what the proofs are about: subnormal "
                          "results are flushed to zero\n");
  cr_expect_str_empty(r.out);
  cr_expect_eq(file_last_row(scratch_path("t.csv")), 20);
  command_free(&r);
}
