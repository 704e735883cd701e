/** Runs the program and captures what it prints. */
#ifndef IST_TEST_COMMAND_H
#define IST_TEST_COMMAND_H

#include <jansson.h>
#include <stddef.h>
#include <sys/types.h>

typedef struct {
  int code;  /**< exit code, or 128 + signal */
  char *out; /**< standard output, ended by a zero byte */
  char *err; /**< standard error */
} command_result;

/** Runs `ist ARGUMENTS`, the arguments being the formatted text split at spaces. The program is
 *  that of the environment variable IST (default build/ist), preceded by the words of IST_WRAPPER.
 *  Ends the test if it cannot be started. To be released with command_free. */
__attribute__((format(printf, 1, 2))) command_result command_run(const char *format, ...);

/** Runs `ist` with the given arguments, ended by NULL, each taken as it is. */
command_result command_run_words(const char *const *words);

/** As command_run, with standard output connected to the file path, or closed if path is NULL. */
__attribute__((format(printf, 2, 3))) command_result command_run_onto(const char *path,
                                                                      const char *format, ...);

/** Starts `ist` in the background, its output discarded, and returns its process id. */
__attribute__((format(printf, 1, 2))) pid_t command_start(const char *format, ...);

/** As command_start, its standard error going to the file at path. */
__attribute__((format(printf, 2, 3))) pid_t command_start_logged(const char *path,
                                                                 const char *format, ...);

/** Runs `mpirun -n RANKS ist-mpi ARGUMENTS`, as command_run; the program is that of IST with "-mpi"
 *  added. Open MPI's own notices are switched off as far as it allows. */
__attribute__((format(printf, 2, 3))) command_result command_run_ranks(int ranks,
                                                                       const char *format, ...);

/** Starts it in the background, as command_start_logged; returns the process id of mpirun. */
__attribute__((format(printf, 3, 4))) pid_t command_start_ranks(int ranks, const char *path,
                                                                const char *format, ...);

void command_free(command_result *r);

/** What a command printed, to be freed, after asserting exit code 0 and an empty standard error. */
char *command_output(command_result r);

/** Runs `ist`, asserts exit code 0 and an empty standard error, and returns the JSON it printed. To
 *  be released with json_decref. */
__attribute__((format(printf, 1, 2))) json_t *command_json(const char *format, ...);

/** Asserts that `ist ARGUMENTS` prints nothing but the line "ist: REASON" on standard error and
 *  exits with code. */
__attribute__((format(printf, 3, 4))) void command_refuses(int code, const char *reason,
                                                           const char *format, ...);

/** The number under key; ends the test if there is none. */
double command_number(const json_t *object, const char *key);

#endif
