/** Files that are no files, have no end, or hold what would lead the program astray: each is
 *  refused in one line, and at once. */
#include <criterion/criterion.h>
#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "../support/command.h"
#include "../support/files.h"
#include "../support/scratch.h"

static char p[512], c[512], t[512], fifo[512];

static void begin(void) {
  scratch_open();
  snprintf(p, sizeof p, "%s", scratch_path("p"));
  snprintf(c, sizeof c, "%s", scratch_path("c"));
  snprintf(t, sizeof t, "%s", scratch_path("t.csv"));
  snprintf(fifo, sizeof fifo, "%s", scratch_path("fifo"));
  cr_assert_eq(mkfifo(fifo, 0600), 0);
  json_decref(command_json("problem gaussian --dim 6 --workers 3 -o %s --json", p));
  free(command_output(
      command_run("run %s --step 0.01 --rounds 4 --checkpoint %s --trace %s", p, c, t)));
}

TestSuite(input_files, .init = begin, .fini = scratch_close, .timeout = 120);

/** `ist ARGUMENTS`, whose last word is path, refuses that as PATH: reason. */
__attribute__((format(printf, 3, 4))) static void refuses(const char *path, const char *reason,
                                                          const char *format, ...) {
  char arguments[1500], text[700];
  va_list values;
  va_start(values, format);
  vsnprintf(arguments, sizeof arguments, format, values);
  va_end(values);
  snprintf(text, sizeof text, "%s%s", path, reason);
  command_refuses(3, text, "%s %s", arguments, path);
}

/** Files of every kind that is read, in the place of which there is something else. */
Test(input_files, pipes_devices_and_directories) {
  const char *const others[][2] = {{fifo, ": not a regular file"},
                                   {"/dev/zero", ": not a regular file"},
                                   {"/dev/null", ": not a regular file"},
                                   {p, ": is a directory, not a file"}};
  for (size_t k = 0; k < sizeof others / sizeof *others; k++) {
    const char *path = others[k][0], *reason = others[k][1];
    refuses(path, reason, "run %s --step 0.01 --resume", p);
    refuses(path, reason, "run %s --step 0.01 --start", p);
    refuses(path, reason, "expect %s --step 0.01 --start", p);
    refuses(path, reason, "run %s --step 0.01 --resume %s --trace", p, c);
    refuses(path, reason,
            "problem regression --workers 2 -o %s --target tests/data/longley/A.mtx "
            "--data",
            scratch_path("q"));
    refuses(path, reason,
            "problem regression --workers 2 -o %s --data tests/data/longley/A.mtx "
            "--target",
            scratch_path("q"));
  }
  refuses(fifo, ": neither a directory nor a regular file", "constants");
  refuses("/dev/zero", ": neither a directory nor a regular file", "constants");
}

Test(input_files, a_pipe_within_a_problem) {
  char path[600], reason[700];
  snprintf(path, sizeof path, "%s/L-2.mtx", p);
  cr_assert_eq(unlink(path), 0);
  cr_assert_eq(symlink(fifo, path), 0);
  snprintf(reason, sizeof reason, "%s: not a regular file", path);
  command_refuses(3, reason, "constants %s", p);
}

static int add_to_crc(const char *text, size_t size, void *crc) {
  uLong *sum = crc;
  *sum = crc32(*sum, (const Bytef *)text, (uInt)size);
  return 0;
}

/** Replaces characters of the generator's state, in hexadecimal digits, from `place` on, and gives
 *  the checkpoint its right checksum. */
static void forge_state(size_t place, const char *digits) {
  json_t *root = json_load_file(c, 0, NULL), *generator = json_object_get(root, "generator");
  char *state = strdup(json_string_value(json_object_get(generator, "state")));
  uLong crc = 0;
  cr_assert_eq(strlen(state), 10000);
  memcpy(state + place, digits, strlen(digits));
  json_object_set_new(generator, "state", json_string(state));
  json_object_del(root, "crc32");
  json_dump_callback(root, add_to_crc, &crc,
                     JSON_COMPACT | JSON_SORT_KEYS | JSON_REAL_PRECISION(17));
  json_object_set_new(root, "crc32", json_sprintf("%08lx", crc));
  cr_assert_eq(json_dump_file(root, c, JSON_REAL_PRECISION(17)), 0);
  json_decref(root);
  free(state);
}

/** Where the index of the generator's next word stands, after 624 words of 8 bytes. */
#define INDEX ((size_t)2 * 8 * 624)

Test(input_files, generators_that_point_outside_their_table) {
  static const char *const foreign[] = {"71020000", "ffffffff", "00000080", "ffffff7f"};
  static const char *const own[] = {"00000000", "70020000"};
  for (size_t k = 0; k < sizeof foreign / sizeof *foreign; k++) {
    forge_state(INDEX, foreign[k]);
    refuses(c, ": not a checkpoint that this program wrote", "run %s --step 0.01 --resume", p);
  }
  for (size_t k = 0; k < sizeof own / sizeof *own; k++) {
    forge_state(INDEX, own[k]);
    free(command_output(command_run("run %s --step 0.01 --resume %s", p, c)));
  }
}

Test(input_files, generators_with_words_that_are_none) {
  char zeros[2 * 8 * 624 + 1];
  forge_state(8, "01"); /* of a word, the fifth byte */
  refuses(c, ": not a checkpoint that this program wrote", "run %s --step 0.01 --resume", p);
  memset(zeros, '0', sizeof zeros - 1);
  zeros[sizeof zeros - 1] = '\0';
  forge_state(0, zeros);
  refuses(c, ": not a checkpoint that this program wrote", "run %s --step 0.01 --resume", p);
}

/** Makes the file larger by a hole. */
static void stretch(const char *path, off_t size) { cr_assert_eq(truncate(path, size), 0); }

Test(input_files, checkpoints_and_traces_without_end) {
  char *text = file_text(c);
  const size_t length = strlen(text);
  char *padded = malloc(length + (2u << 20));
  memset(padded, ' ', 2u << 20);
  memcpy(padded + (2u << 20), text, length);
  file_write(c, padded, length + (2u << 20));
  refuses(c, ": not a checkpoint: too large for a run of dimension 6",
          "run %s --step 0.01 --resume", p);
  file_write(c, text, length);
  free(padded);
  free(text);
  stretch(t, (off_t)1 << 40);
  free(
      command_output(command_run("run %s --step 0.01 --rounds 5 --resume %s --trace %s", p, c, t)));
  scratch_write("t.csv", "k");
  stretch(t, (off_t)1 << 40);
  refuses(t, ":1: the header of a trace expected", "run %s --step 0.01 --resume %s --trace", p, c);
}
