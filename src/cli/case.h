/** What every analysing command starts from: a problem, ready for use, and a sketch on it. */
#ifndef IST_CLI_CASE_H
#define IST_CLI_CASE_H

#include "options.h"
#include "problem/problem.h"

typedef struct {
  ist_problem problem; /**< loaded, and preconditioned (20) if --precondition was given */
  ist_sketch sketch;   /**< resolved on the problem */
} ist_case;

/** Loads o->problem, applies --workers and --precondition, resolves --sketch and --block.
 *  Fails as ist_problem_load, ist_case_precondition, ist_sketch_resolve. On IST_OK the caller calls
 *  ist_case_close. */
ist_code ist_case_open(const ist_options *o, ist_case *c, ist_status *s);

/** Replaces p by the preconditioned problem (20). IST_USAGE if p is not homogeneous, IST_NOT_EXIST
 *  if D^{-1/2} does not (ist_scales_exist), IST_BAD_INPUT if that leaves the range of entries. */
ist_code ist_case_precondition(const ist_options *o, ist_problem *p, ist_status *s);

/** Frees what c owns. */
void ist_case_close(ist_case *c);

#endif
