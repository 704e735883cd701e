#include "command.h"

#include "files.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

#define MAX_WORDS 64
#define MAX_TEXT 8192

/** A list of arguments; the text they point into is kept beside them. */
typedef struct {
  char text[MAX_TEXT];
  char *words[MAX_WORDS];
  size_t count;
} command_line;

static void add_word(command_line *l, char *word) {
  cr_assert_lt(l->count, (size_t)MAX_WORDS - 1);
  l->words[l->count++] = word;
  l->words[l->count] = NULL;
}

/** Adds the words of text, which is cut up. */
static void add_words(command_line *l, char *text) {
  for (char *word = strtok(text, " "); word != NULL; word = strtok(NULL, " "))
    add_word(l, word);
}

/** Begins a command line with the wrapper and the program. */
static void begin(command_line *l) {
  static char wrapper[MAX_TEXT], program[MAX_TEXT];
  const char *wrapping = getenv("IST_WRAPPER"), *path = getenv("IST");
  snprintf(wrapper, sizeof wrapper, "%s", wrapping != NULL ? wrapping : "");
  snprintf(program, sizeof program, "%s", path != NULL ? path : "build/ist");
  l->count = 0;
  add_words(l, wrapper);
  add_word(l, program);
}

/** Begins a command line with mpirun and the program. */
static void begin_ranks(command_line *l, int ranks) {
  static char launcher[MAX_TEXT], program[MAX_TEXT];
  const char *path = getenv("IST");
  /* As root, more ranks than cores, and shared memory that also works in a container, where
     processes may not read each other. */
  snprintf(launcher, sizeof launcher,
           "mpirun -q --allow-run-as-root --oversubscribe --mca pml ob1 --mca btl self,vader "
           "--mca btl_vader_single_copy_mechanism none -n %d",
           ranks);
  snprintf(program, sizeof program, "%s-mpi", path != NULL ? path : "build/ist");
  l->count = 0;
  add_words(l, launcher);
  add_word(l, program);
}

static void add_arguments(command_line *l, const char *format, va_list arguments) {
  int length = vsnprintf(l->text, sizeof l->text, format, arguments);
  cr_assert_lt(length, (int)sizeof l->text);
  add_words(l, l->text);
}

/** The whole command line, the arguments formatted and split at spaces. */
static void build(command_line *l, const char *format, va_list arguments) {
  begin(l);
  add_arguments(l, format, arguments);
}

static pid_t spawn(command_line *l, posix_spawn_file_actions_t *actions) {
  pid_t pid;
  /* A shell's background job ignores SIGINT, and so would the program under test. */
  sigset_t interrupt;
  sigemptyset(&interrupt);
  sigaddset(&interrupt, SIGINT);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setsigdefault(&attributes, &interrupt);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
  int error = posix_spawnp(&pid, l->words[0], actions, &attributes, l->words, environ);
  posix_spawnattr_destroy(&attributes);
  cr_assert_eq(error, 0, "%s: %s", l->words[0], strerror(error));
  return pid;
}

static int wait_for(pid_t pid) {
  int status;
  while (waitpid(pid, &status, 0) == -1)
    cr_assert_eq(errno, EINTR);
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

/** Where standard output goes. */
typedef enum { CAPTURED, TO_PATH, CLOSED } destination;

static command_result execute(command_line *l, destination to, const char *path) {
  FILE *out = tmpfile(), *err = tmpfile();
  cr_assert(out != NULL && err != NULL);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  if (to == CAPTURED)
    posix_spawn_file_actions_adddup2(&actions, fileno(out), 1);
  else if (to == TO_PATH)
    posix_spawn_file_actions_addopen(&actions, 1, path, O_WRONLY, 0);
  else
    posix_spawn_file_actions_addclose(&actions, 1);
  posix_spawn_file_actions_adddup2(&actions, fileno(err), 2);
  int code = wait_for(spawn(l, &actions));
  posix_spawn_file_actions_destroy(&actions);
  return (command_result){code, file_contents(out), file_contents(err)};
}

command_result command_run(const char *format, ...) {
  command_line l;
  va_list arguments;
  va_start(arguments, format);
  build(&l, format, arguments);
  va_end(arguments);
  return execute(&l, CAPTURED, NULL);
}

command_result command_run_words(const char *const *words) {
  command_line l;
  begin(&l);
  for (; *words != NULL; words++)
    add_word(&l, (char *)*words); /* posix_spawn does not write to its arguments */
  return execute(&l, CAPTURED, NULL);
}

command_result command_run_onto(const char *path, const char *format, ...) {
  command_line l;
  va_list arguments;
  va_start(arguments, format);
  build(&l, format, arguments);
  va_end(arguments);
  return execute(&l, path != NULL ? TO_PATH : CLOSED, path);
}

/** Starts l; errors: where its standard error goes, NULL: where the test's own does. */
static pid_t start(command_line *l, const char *errors) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  if (errors != NULL)
    posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  pid_t pid = spawn(l, &actions);
  posix_spawn_file_actions_destroy(&actions);
  return pid;
}

pid_t command_start(const char *format, ...) {
  command_line l;
  va_list arguments;
  va_start(arguments, format);
  build(&l, format, arguments);
  va_end(arguments);
  return start(&l, NULL);
}

pid_t command_start_logged(const char *path, const char *format, ...) {
  command_line l;
  va_list arguments;
  va_start(arguments, format);
  build(&l, format, arguments);
  va_end(arguments);
  return start(&l, path);
}

command_result command_run_ranks(int ranks, const char *format, ...) {
  command_line l;
  va_list arguments;
  begin_ranks(&l, ranks);
  va_start(arguments, format);
  add_arguments(&l, format, arguments);
  va_end(arguments);
  return execute(&l, CAPTURED, NULL);
}

pid_t command_start_ranks(int ranks, const char *path, const char *format, ...) {
  command_line l;
  va_list arguments;
  begin_ranks(&l, ranks);
  va_start(arguments, format);
  add_arguments(&l, format, arguments);
  va_end(arguments);
  return start(&l, path);
}

void command_free(command_result *r) {
  free(r->out);
  free(r->err);
}

char *command_output(command_result r) {
  cr_assert_eq(r.code, 0, "exit code %d: %s", r.code, r.err);
  cr_assert_str_empty(r.err);
  free(r.err);
  return r.out;
}

json_t *command_json(const char *format, ...) {
  command_line l;
  va_list arguments;
  va_start(arguments, format);
  build(&l, format, arguments);
  va_end(arguments);
  command_result r = execute(&l, CAPTURED, NULL);
  cr_assert_eq(r.code, 0, "exit code %d: %s", r.code, r.err);
  cr_assert_str_empty(r.err);
  json_error_t error;
  json_t *value = json_loads(r.out, 0, &error);
  cr_assert_not_null(value, "%s", error.text);
  command_free(&r);
  return value;
}

void command_refuses(int code, const char *reason, const char *format, ...) {
  command_line l;
  va_list arguments;
  va_start(arguments, format);
  build(&l, format, arguments);
  va_end(arguments);
  command_result r = execute(&l, CAPTURED, NULL);
  char expected[MAX_TEXT];
  snprintf(expected, sizeof expected, "ist: %s\n", reason);
  cr_expect_eq(r.code, code, "'%s': exit code %d, not %d", format, r.code, code);
  cr_expect_str_eq(r.err, expected);
  cr_expect_str_empty(r.out);
  command_free(&r);
}

double command_number(const json_t *object, const char *key) {
  const json_t *value = json_object_get(object, key);
  cr_assert(json_is_number(value), "%s is not a number", key);
  return json_number_value(value);
}
