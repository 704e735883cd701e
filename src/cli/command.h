/** The subcommands of the program. */
#ifndef IST_CLI_COMMAND_H
#define IST_CLI_COMMAND_H

#include "machine/status.h"

/** A subcommand: argv[0] is its own name. Prints its result on standard output and returns the
 *  exit code; on failure *s holds the one line for standard error. */
typedef ist_code ist_command(int argc, char **argv, ist_status *s);

ist_command ist_command_problem;
ist_command ist_command_constants;
ist_command ist_command_run;
ist_command ist_command_expect;
ist_command ist_command_check;
ist_command ist_command_reproduce;

/** ist-mpi's, on all ranks, each with the same arguments; the server prints. On other ranks the
 *  code may stay IST_OK when rounds fail. */
ist_command ist_command_mpi_run;

#endif
