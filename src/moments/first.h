/** The exact means of B and v, Section 3 (N4), for every sketch.
 *
 *  B = (1/n) sum C_i L_i C_i and v = (1/n) sum C_i b_i, eqs. (5), (26). Matrices are d x d, row-major,
 *  caller-allocated; outputs must not overlap inputs. The sketch must exist on the problem
 *  (ist_sketch_exists); L_i need only be symmetric. What returns bool is false if memory runs out. */
#ifndef IST_MOMENTS_FIRST_H
#define IST_MOMENTS_FIRST_H

#include <stdbool.h>

#include "problem/problem.h"
#include "problem/sketch_kind.h"

/** E[B] into EB (d*d). [claim P09, N4] */
bool ist_expected_B(const ist_problem *p, ist_sketch sk, double *EB);
/** E[v] into Ev (d). [claim N4] */
bool ist_expected_v(const ist_problem *p, ist_sketch sk, double *Ev);
/** The parts of E[B] and E[v] that follow the means over the workers (ist_effective_mean_M, _u),
 *  which EB and Ev hold on entry. */
void ist_expected_B_from_mean(size_t d, size_t n, ist_sketch sk, double *EB);
void ist_expected_v_from_mean(size_t d, size_t n, ist_sketch sk, double *Ev);

#endif
