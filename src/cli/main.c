/** Entry point: dispatches to the subcommands and turns their outcome into an exit code. */
#include <cblas.h>
#include <gsl/gsl_errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "machine/arithmetic.h"
#include "machine/libraries.h"
#include "machine/output.h"
#include "machine/threads.h"
#include "version.h"

static const char help[] =
    "Usage: ist COMMAND [OPTION]...\n"
    "Independent Subnetwork Training on quadratics: constants, iterates, claims.\n"
    "\n"
    "Commands:\n"
    "  problem gaussian     write a problem with random Gaussian data\n"
    "  problem regression   write the least-squares problem of a data set\n"
    "  constants            print every constant of the analysis for a problem\n"
    "  run                  run the method and report the last iterate\n"
    "  expect               print exact expectations per round, without sampling\n"
    "  check                evaluate the claims that apply to a problem\n"
    "  reproduce            run the paper's experiments and draw their figures\n"
    "\n"
    "  --help               print this help and exit\n"
    "  --version            print the versions of program and libraries and exit\n"
    "\n"
    "'ist COMMAND --help' describes a command.\n"
    "\n"
    "Exit status: 0 success, 1 a claim is violated, 2 wrong usage, 3 bad input,\n"
    "4 the requested quantity does not exist, 5 output failed, 6 no memory or\n"
    "arithmetic that the proofs do not cover, 130 interrupted.\n";

static const struct {
  const char *name;
  ist_command *run;
} commands[] = {
    {"problem", ist_command_problem}, {"constants", ist_command_constants},
    {"run", ist_command_run},         {"expect", ist_command_expect},
    {"check", ist_command_check},     {"reproduce", ist_command_reproduce},
};

static ist_code dispatch(int argc, char **argv, ist_status *s) {
  if (argc < 2)
    return ist_fail(s, IST_USAGE, "a command is missing; see 'ist --help'");
  if (strcmp(argv[1], "--help") == 0)
    return ist_print_text(help);
  if (strcmp(argv[1], "--version") == 0)
    return ist_print_version();
  for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
    if (strcmp(argv[1], commands[i].name) == 0)
      return ist_libraries_reserve(s) == IST_OK ? commands[i].run(argc - 1, argv + 1, s) : s->code;
  return ist_fail(s, IST_USAGE, "unknown command '%s'; see 'ist --help'", argv[1]);
}

/** The exit code after a command that ended with code. Whatever it found, a refusal or a violated
 *  claim, may come from wrong arithmetic. */
static ist_code conclude(ist_code code, ist_status *s) {
  ist_status last = {IST_OK, ""};
  if (code == IST_OK || code == IST_VIOLATED)
    (void)ist_finish_output(&last);
  else
    (void)ist_check_arithmetic(&last);
  if (last.code == IST_OK)
    return code;
  *s = last;
  return last.code;
}

int main(int argc, char **argv) {
  ist_libraries_guard();
  ist_reserve_standard_streams();
  signal(SIGPIPE, SIG_IGN); /* a closed pipe is an output failure (exit code 5), not a signal */
  gsl_set_error_handler_off();
  openblas_set_num_threads(1); /* the order of operations must not depend on the machine's cores */

  ist_status s = {IST_OK, ""};
  ist_threads_start();
  ist_code code = ist_check_arithmetic(&s);
  if (code == IST_OK)
    code = conclude(dispatch(argc, argv, &s), &s);
  if (s.text[0] != '\0')
    ist_print_error(s.text);
  ist_libraries_release();
  return (int)code;
}
