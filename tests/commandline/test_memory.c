/** Every command once, on small input: what `tests/run` repeats under valgrind. */
#include <criterion/criterion.h>
#include <string.h>

#include "../support/command.h"
#include "../support/scratch.h"

static void open_scratch(void) { scratch_open(); }

TestSuite(memory, .init = open_scratch, .fini = scratch_close);

static void assert_code(int code, command_result r) {
  cr_expect_eq(r.code, code, "exit code %d: %s", r.code, r.err);
  command_free(&r);
}

static const char *gaussian(const char *options) {
  const char *dir = scratch_path("p");
  assert_code(0, command_run("problem gaussian %s -o %s", options, dir));
  return dir;
}

Test(memory, regression) {
  const char *dir = scratch_path("longley");
  assert_code(0, command_run("problem regression --data tests/data/longley/A.mtx --target "
                             "tests/data/longley/target.mtx --workers 6 --ridge 0.1 --standardize "
                             "-o %s",
                             dir));
  assert_code(0, command_run("check %s", dir));
}

Test(memory, constants) {
  const char *dir = gaussian("--dim 4 --workers 2");
  assert_code(0, command_run("constants %s --full --json", dir));
  assert_code(0, command_run("constants %s --full --sketch rand", dir));
  assert_code(0, command_run("constants %s --certify", dir));
}

Test(memory, run) {
  const char *dir = gaussian("--dim 4 --workers 2"), *trace = scratch_path("t.csv");
  assert_code(0, command_run("run %s --step 0.01 --rounds 5 --trace %s --json", dir, trace));
  assert_code(0, command_run("run %s --step 0.01 --rounds 5 --local-steps 2", dir));
  assert_code(0, command_run("run %s --step 0.01 --rounds 5 --error-bound --json", dir));
  assert_code(4, command_run("run %s --step 1e20 --rounds 50 --trace %s", dir, trace));
}

Test(memory, checkpoint) {
  const char *dir = gaussian("--dim 4 --workers 2"), *c = scratch_path("c");
  assert_code(0, command_run("run %s --step 0.01 --rounds 5 --trace %s --checkpoint %s", dir,
                             scratch_path("t.csv"), c));
  assert_code(0, command_run("run %s --step 0.01 --rounds 9 --trace %s --resume %s", dir,
                             scratch_path("t.csv"), c));
  assert_code(3, command_run("run %s --step 0.02 --resume %s", dir, c));
  assert_code(3, command_run("run %s --step 0.01 --resume %s", dir, scratch_write("d", "{}")));
}

Test(memory, expect) {
  const char *dir = gaussian("--dim 4 --workers 2"), *trace = scratch_path("t.csv");
  assert_code(0, command_run("expect %s --step 0.01 --rounds 5 --trace %s --json", dir, trace));
  assert_code(0, command_run("expect %s --step 0.01 --rounds 5 --local-steps 1", dir));
  assert_code(4, command_run("expect %s --step 0.01 --rounds 5 --local-steps 2", dir));
  assert_code(4, command_run("expect %s --step 1e20 --rounds 50", dir));
}

Test(memory, hdf5) {
  const char *file = scratch_path("p.h5");
  assert_code(0, command_run("problem gaussian --dim 4 --workers 2 -o %s", file));
  assert_code(0, command_run("run %s --step 0.01 --rounds 5", file));
  assert_code(3, command_run("run %s --workers 4", file));
  assert_code(3, command_run("run tests/data/bad/file-for-directory"));
  assert_code(5, command_run("problem gaussian --dim 4 --workers 2 -o %s", scratch_path("a/p.h5")));
}

Test(memory, homogeneous) {
  const char *dir = gaussian("--dim 4 --workers 4 --homogeneous");
  assert_code(0, command_run("run %s --precondition --sketch scaled-perm --start gaussian", dir));
  assert_code(0, command_run("check %s --json", dir));
}

Test(memory, refusals) {
  assert_code(2, command_run("run %s --rounds", scratch_path("p")));
  assert_code(3, command_run("run %s", scratch_path("absent")));
  assert_code(3, command_run("constants tests/data/bad/entry-nan"));
}
