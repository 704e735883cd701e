/** One round of the general method, eqs. (2), (5), (26): its exact result, and a bound on the error
 *  of ist_round composed from the error clauses of its four parts. */
#ifndef IST_TEST_EXACT_ROUND_H
#define IST_TEST_EXACT_ROUND_H

#include "exact_logic.h"
#include "reference.h"

/** Entry j of x - gamma (1/n) sum_i C_i (L_i C_i x - b_i) for the doubles given (scales included),
 *  and a bound on |computed - exact| in terms of these inputs alone. */
void exact_round_entry(arb_t value, arb_t bound, const test_round *r, const double *x, double gamma,
                       size_t j, slong prec);

#endif
