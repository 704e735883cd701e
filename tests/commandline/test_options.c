/** Usage: help, version, and every refusal of a command line (exit code 2). */
#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../support/command.h"
#include "../support/scratch.h"

static void open_scratch(void) { scratch_open(); }

TestSuite(options, .init = open_scratch, .fini = scratch_close);

static void assert_help(const char *arguments) {
  command_result r = command_run("%s", arguments);
  cr_assert_eq(r.code, 0, "%s", r.err);
  cr_assert_str_empty(r.err);
  cr_assert_eq(strncmp(r.out, "Usage: ist ", 11), 0);
  for (const char *line = r.out; *line != '\0'; line += strcspn(line, "\n") + 1)
    cr_expect_leq(strcspn(line, "\n"), 80, "%.90s", line);
  command_free(&r);
}

Test(options, help) {
  assert_help("--help");
  assert_help("problem --help");
  assert_help("problem gaussian --help");
  assert_help("problem regression --help");
  assert_help("constants --help");
  assert_help("run --help");
  assert_help("expect --help");
  assert_help("check --help");
}

Test(options, help_needs_no_operand_and_ignores_what_follows) {
  assert_help("run --sketch rand --help --rounds never");
}

/** The rest of the text after its first line, which must be FIRST and the line of the file PATH. */
static const char *after_line_of(const char *text, const char *first, const char *path) {
  char line[100] = "";
  FILE *file = fopen(path, "r");
  cr_assert_not_null(file, "%s", path);
  cr_assert_not_null(fgets(line, sizeof line, file));
  fclose(file);
  cr_assert_eq(strncmp(text, first, strlen(first)), 0, "%s", text);
  text += strlen(first);
  cr_assert_eq(strncmp(text, line, strlen(line)), 0, "%s", text);
  return text + strlen(line);
}

/** The file `commit` beside the program under test, static text. */
static const char *commit_file(void) {
  static char path[1000];
  const char *program = getenv("IST");
  program = program != NULL ? program : "build/ist";
  int folder = (int)(strrchr(program, '/') - program);
  snprintf(path, sizeof path, "%.*s/commit", folder, program);
  return path;
}

Test(options, version) {
  static const char *const libraries[] = {"GSL",   "OpenBLAS", "CHOLMOD", "HDF5", "jansson",
                                          "FLINT", "Arb",      "GMP",     "zlib"};
  command_result r = command_run("--version");
  int length = 0;
  cr_assert_eq(r.code, 0);
  const char *rest = after_line_of(r.out, "ist ", "VERSION");
  rest = after_line_of(rest, "commit ", commit_file());
  cr_assert_eq(sscanf(rest, "compiled by %*s %*[^\n]%n", &length), 0);
  rest += length;
  for (size_t k = 0; k < sizeof libraries / sizeof *libraries; k++) {
    int major = 0, minor = 0;
    char name[20] = "";
    cr_assert_eq(sscanf(rest, "\n%19s %d.%d%n", name, &major, &minor, &length), 3, "%s", rest);
    cr_expect_str_eq(name, libraries[k]);
    cr_expect_gt(major + minor, 0);
    rest += length;
    rest += strspn(rest, ".0123456789");
  }
  cr_expect_str_eq(rest, "\n");
  command_free(&r);
}

typedef struct {
  char arguments[120], reason[160];
} refusal;

ParameterizedTestParameters(options, refused) {
  static refusal cases[] = {
      {"", "a command is missing; see 'ist --help'"},
      {"frobnicate", "unknown command 'frobnicate'; see 'ist --help'"},
      {"problem", "'gaussian' or 'regression' is missing; see 'ist problem --help'"},
      {"problem poisson", "unknown kind of problem 'poisson'; see 'ist problem --help'"},
      {"constants", "the PROBLEM directory is missing; see 'ist constants --help'"},
      {"run", "the PROBLEM directory is missing; see 'ist run --help'"},
      {"check --json", "the PROBLEM directory is missing; see 'ist check --help'"},
      {"run a b", "unexpected argument 'b'; see 'ist run --help'"},
      {"run a -- --json", "unexpected argument '--json'; see 'ist run --help'"},
      {"problem gaussian a", "unexpected argument 'a'; see 'ist problem gaussian --help'"},
      {"run a --speed 1", "unknown or ambiguous option '--speed'; see 'ist run --help'"},
      {"run a --s 1", "unknown or ambiguous option '--s'; see 'ist run --help'"},
      {"run a -x", "unknown option '-x'; see 'ist run --help'"},
      {"run a -o b", "unknown option '-o'; see 'ist run --help'"},
      {"constants a --step 1", "unknown or ambiguous option '--step'; see 'ist constants --help'"},
      {"run a --rounds", "option '--rounds' needs a value"},
      {"run a --json=1", "option '--json' takes no value"},
      {"run a --seed 1 --seed 2", "option '--seed' is given twice"},
      {"run a --json --json", "option '--json' is given twice"},
      {"run a --sketch topk", "--sketch: 'topk' is not identity, perm, scaled-perm or rand"},
      {"run a --rounds -1", "--rounds: '-1' is not an integer from 0 to 18446744073709551614"},
      {"run a --rounds 1e3", "--rounds: '1e3' is not an integer from 0 to 18446744073709551614"},
      {"run a --rounds 99999999999999999999",
       "--rounds: '99999999999999999999' is not an integer from 0 to 18446744073709551614"},
      {"run a --workers 0", "--workers: '0' is not an integer from 1 to 1048576"},
      {"run a --workers 3x", "--workers: '3x' is not an integer from 1 to 1048576"},
      {"run a --block 0", "--block: '0' is not an integer from 1 to 1048576"},
      {"run a --local-steps 0",
       "--local-steps: '0' is not an integer from 1 to 18446744073709551614"},
      {"run a --seed 4294967296", "--seed: '4294967296' is not an integer from 0 to 4294967295"},
      {"run a --seed +1", "--seed: '+1' is not an integer from 0 to 4294967295"},
      {"run a --step 0", "--step: '0' is not 'auto' or a number in (0, 1e30]"},
      {"run a --step -0.5", "--step: '-0.5' is not 'auto' or a number in (0, 1e30]"},
      {"run a --step nan", "--step: 'nan' is not 'auto' or a number in (0, 1e30]"},
      {"run a --step inf", "--step: 'inf' is not 'auto' or a number in (0, 1e30]"},
      {"run a --step 1e400", "--step: '1e400' is not 'auto' or a number in (0, 1e30]"},
      {"run a --step 1e-400", "--step: '1e-400' is not 'auto' or a number in (0, 1e30]"},
      {"run a --step 2e30", "--step: '2e30' is not 'auto' or a number in (0, 1e30]"},
      {"run a --step 0.5x", "--step: '0.5x' is not 'auto' or a number in (0, 1e30]"},
      {"run a --error-bound --local-steps 1", "--error-bound is for rounds without --local-steps"},
      {"run a --error-bound --resume b",
       "--error-bound is for a whole run: no checkpoint to --resume holds it"},
      {"run a --error-bound=1", "option '--error-bound' takes no value"},
      {"expect a --error-bound",
       "unknown or ambiguous option '--error-bound'; see 'ist expect --help'"},
      {"check a --rounds 0", "--rounds: the claims need at least 1 round"},
      {"problem gaussian --dim 4 --workers 2", "option '--output' is missing; see 'ist problem "
                                               "gaussian --help'"},
      {"problem gaussian --workers 2 -o x", "option '--dim' is missing; see 'ist problem gaussian "
                                            "--help'"},
      {"problem gaussian --dim 4 -o x", "option '--workers' is missing; see 'ist problem gaussian "
                                        "--help'"},
      {"problem gaussian --dim 0 --workers 2 -o x",
       "--dim: '0' is not an integer from 1 to 1048576"},
      {"problem gaussian --dim 4 --workers 2 -o", "option '-o' needs a value"},
      {"problem regression --target y --workers 2 -o x",
       "option '--data' is missing; see 'ist problem regression --help'"},
      {"problem regression --data A --workers 2 -o x",
       "option '--target' is missing; see 'ist problem regression --help'"},
      {"problem regression --ridge -1", "--ridge: '-1' is not a number in [0, 1e40]"},
      {"problem regression --ridge nan", "--ridge: 'nan' is not a number in [0, 1e40]"},
      {"problem regression --ridge 1e51", "--ridge: '1e51' is not a number in [0, 1e40]"},
  };
  return cr_make_param_array(refusal, cases, sizeof cases / sizeof *cases);
}

ParameterizedTest(refusal *r, options, refused, .init = open_scratch, .fini = scratch_close) {
  command_refuses(2, r->reason, "%s", r->arguments);
}

static void refuse_words(const char *const *words, const char *expected) {
  command_result r = command_run_words(words);
  cr_expect_eq(r.code, 2);
  cr_expect_str_eq(r.err, expected);
  cr_expect_str_empty(r.out);
  command_free(&r);
}

Test(options, values_are_taken_as_they_are) {
  refuse_words((const char *const[]){"run", "a", "--step", "", NULL},
               "ist: --step: '' is not 'auto' or a number in (0, 1e30]\n");
  refuse_words((const char *const[]){"run", "a", "--step", " 1", NULL},
               "ist: --step: ' 1' is not 'auto' or a number in (0, 1e30]\n");
  refuse_words((const char *const[]){"run", "a", "--rounds", "", NULL},
               "ist: --rounds: '' is not an integer from 0 to 18446744073709551614\n");
}

Test(options, a_refusal_is_one_line_whatever_it_quotes) {
  refuse_words((const char *const[]){"run", "a", "--sketch", "two\nlines\033[31m", NULL},
               "ist: --sketch: 'two?lines?[31m' is not identity, perm, scaled-perm or rand\n");
}

/** Usage that only shows once the problem is known. */
Test(options, refused_on_a_problem) {
  const char *dir = scratch_path("p");
  json_decref(command_json("problem gaussian --dim 4 --workers 2 -o %s --json", dir));
  command_refuses(2, "block q = 5 exceeds the dimension d = 4",
                  "constants %s --sketch rand "
                  "--block 5",
                  dir);
  command_refuses(2, "a block size applies to the rand sketch, not to perm",
                  "run %s --sketch perm --block 2", dir);
  command_refuses(2, "block q = 5 exceeds the dimension d = 4", "check %s --block 5", dir);
  command_refuses(2, "--precondition needs a homogeneous problem (one L.mtx, at most one b.mtx)",
                  "run %s --precondition", dir);
}

Test(options, operands_and_abbreviations) {
  const char *dir = scratch_path("p");
  json_decref(command_json("problem gaussian --dim 4 --work 2 --output=%s --json", dir));
  json_t *before = command_json("run --json --rounds=3 %s --step .01", dir);
  json_t *after = command_json("run %s --step .01 --json --rounds 3", dir);
  json_t *terminated = command_json("run --step .01 --json --rounds 3 -- %s", dir);
  cr_assert(json_equal(before, after));
  cr_assert(json_equal(before, terminated));
  json_decref(before);
  json_decref(after);
  json_decref(terminated);
}
