/** Entry point of ist-mpi: every process runs it; the server speaks for all. */
#include <cblas.h>
#include <gsl/gsl_errno.h>
#include <mpi.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "machine/arithmetic.h"
#include "machine/libraries.h"
#include "machine/output.h"
#include "machine/threads.h"
#include "mpi/team.h"
#include "version.h"

static const char help[] =
    "Usage: mpirun -n R ist-mpi run PROBLEM [OPTION]...\n"
    "Independent Subnetwork Training on quadratics, on several processes.\n"
    "\n"
    "Commands:\n"
    "  run                  run the method and report the last iterate\n"
    "\n"
    "  --help               print this help and exit\n"
    "  --version            print the versions of program and libraries and exit\n"
    "\n"
    "'ist-mpi run --help' describes the command; ist has the others.\n"
    "\n"
    "Exit status: 0 success, 2 wrong usage, 3 bad input, 4 the requested quantity\n"
    "does not exist, 5 output failed, 6 no memory or arithmetic that the proofs do\n"
    "not cover, 130 interrupted; another if a process died.\n";

static ist_code dispatch(ist_ranks *t, int argc, char **argv, ist_status *s) {
  if (argc < 2)
    return ist_fail(s, IST_USAGE, "a command is missing; see 'ist-mpi --help'");
  if (strcmp(argv[1], "run") == 0)
    return ist_command_mpi_run(argc - 1, argv + 1, s);
  if (strcmp(argv[1], "--help") == 0)
    return ist_is_server(t) ? ist_print_text(help) : IST_OK;
  if (strcmp(argv[1], "--version") == 0)
    return ist_is_server(t) ? ist_print_version() : IST_OK;
  return ist_fail(s, IST_USAGE, "unknown command '%s'; see 'ist-mpi --help'", argv[1]);
}

/** The exit code after a command that ended with code; a failure, too, may come from arithmetic
 *  that is wrong. */
static ist_code conclude(ist_code code, ist_status *s) {
  ist_status last = {IST_OK, ""};
  if (code == IST_OK)
    return ist_finish_output(s);
  if (ist_check_arithmetic(&last) == IST_OK)
    return code;
  *s = last;
  return last.code;
}

int main(int argc, char **argv) {
  ist_libraries_guard();
  ist_reserve_standard_streams();
  signal(SIGPIPE, SIG_IGN); /* a closed pipe is an output failure (exit code 5), not a signal */
  ist_status s = {IST_OK, ""};
  const ist_code reserved = ist_libraries_reserve(&s); /* a fork, which MPI does not like */
  ist_threads_start();
  MPI_Init(&argc, &argv);
  gsl_set_error_handler_off();
  openblas_set_num_threads(1); /* the order of operations must not depend on the machine's cores */

  ist_ranks team = ist_ranks_join();
  ist_code code = ist_agree(&team, reserved, &s);
  if (code == IST_OK)
    code = ist_ranks_check_arithmetic(&team, &s);
  if (code == IST_OK)
    code = conclude(dispatch(&team, argc, argv, &s), &s);
  if (ist_is_server(&team) && s.text[0] != '\0')
    ist_print_error(s.text);
  MPI_Finalize();
  ist_libraries_release();
  return ist_is_server(&team) ? (int)code : 0;
}
