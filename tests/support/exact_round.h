/** One round of the general method, eqs. (2), (5), (26): its exact result, and a bound on the error
 *  of ist_round composed from the error clauses of its four parts. Rounds of real iterates. */
#ifndef IST_TEST_EXACT_ROUND_H
#define IST_TEST_EXACT_ROUND_H

#include "exact_logic.h"
#include "reference.h"

/** Entry j of x - gamma (1/n) sum_i C_i (L_i C_i x - b_i) for the doubles given (scales included),
 *  and a bound on |computed - exact| in terms of these inputs alone. */
void exact_round_entry(arb_t value, arb_t bound, const ist_team *r, const double *x, double gamma,
                       size_t j, slong prec);

/** The round on a real iterate: X <- X - gamma (1/n) sum_i C_i (L_i C_i X - b_i), C_i with real
 *  scales in place of r->s, one for each of its entries. X: d entries. */
void exact_round_real(arb_ptr X, arb_srcptr scale, const ist_team *r, double gamma, slong prec);

#endif
