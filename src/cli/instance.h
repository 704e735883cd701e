/** What every analysing command starts from: a problem, ready for use, and a sketch on it. */
#ifndef IST_CLI_INSTANCE_H
#define IST_CLI_INSTANCE_H

#include "options.h"
#include "problem/problem.h"

typedef struct {
  ist_problem problem; /**< loaded, and preconditioned (20) if --precondition was given */
  ist_sketch sketch;   /**< resolved on the problem */
} ist_instance;

/** Loads o->problem, applies --workers and --precondition, resolves --sketch and --block.
 *  Fails as ist_problem_load, ist_precondition, ist_sketch_resolve. On IST_OK the caller calls
 *  ist_instance_close. */
ist_code ist_instance_open(const ist_options *o, ist_instance *in, ist_status *s);

/** Frees what in owns. */
void ist_instance_close(ist_instance *in);

#endif
