/** The problem that a user preconditions, eq. (20). */
#ifndef IST_PROBLEM_PRECONDITION_H
#define IST_PROBLEM_PRECONDITION_H

#include "machine/status.h"
#include "problem.h"

/** Replaces p, read from path, by D^{-1/2} L D^{-1/2}, D^{-1/2} b, D = Diag(L). IST_USAGE if p is
 *  not homogeneous, IST_NOT_EXIST if D^{-1/2} does not exist (ist_scales_exist), IST_BAD_INPUT if
 *  that leaves the range of entries. */
ist_code ist_precondition(ist_problem *p, const char *path, ist_status *s);

#endif
