/** The logic functions of spec/ that the error clauses are made of, in ball arithmetic (Arb, over
 *  GMP and MPFR): each encloses the value that its ACSL namesake has for these arguments.
 *
 *  Dyadic results that fit into prec bits are exact; quotients, roots and powers carry their own
 *  error. In all of them prec is the working precision in bits. */
#ifndef IST_TEST_EXACT_LOGIC_H
#define IST_TEST_EXACT_LOGIC_H

#include <arb.h>
#include <stdbool.h>
#include <stddef.h>

/** Bits that hold any sum of products of a few doubles within the kernel's limits. */
#define EXACT_BITS 8192

/** Whether |computed - value| <= bound for certain; *ratio: the largest error / bound the
 *  enclosures allow, 0 only if the error is zero. */
bool exact_within(double computed, const arb_t value, const arb_t bound, double *ratio, slong prec);

/** sum_error(k, A): error of a sum of k rounded products with absolute values summing to A. */
void exact_sum_error(arb_t out, double k, const arb_t A, slong prec);

/** rounded(., v): error of one rounding of v. */
void exact_rounding(arb_t out, const arb_t v, slong prec);

/** dot(a, x, d) and abs_dot(a, x, d). */
void exact_dot(arb_t sum, arb_t absolute, const double *a, const double *x, size_t d, slong prec);

/** form(A, x, d, d), abs_form(A, x, d, d) and abs_sum(x, d); A: d x d, row-major. */
void exact_form(arb_t sum, arb_t absolute, arb_t norm, const double *A, const double *x, size_t d,
                slong prec);

/** value_error(d, Q, X, B): error of a computed Q / 2 - b'x. */
void exact_value_error(arb_t out, double d, const arb_t Q, const arb_t X, const arb_t B,
                       slong prec);

/** block_dot(row, S, w, q) and abs_block_dot(row, S, w, q). */
void exact_block_dot(arb_t sum, arb_t absolute, const double *row, const size_t *S, const double *w,
                     size_t q, slong prec);

/** scaled_error(k, A, b, s). */
void exact_scaled_error(arb_t out, double k, const arb_t A, double b, double s, slong prec);

/** merged(g, block, m, j), abs_merged(g, block, m, j); returns members(block, m, j). */
size_t exact_merged(arb_t sum, arb_t absolute, const double *g, const size_t *block, size_t m,
                    size_t j, slong prec);

/** step_error(x, gamma, mean). */
void exact_step_error(arb_t out, double x, double gamma, const arb_t mean, slong prec);

/** power(1 - gamma, K) and homogeneous(gamma, x0, c, K), eq. (28). */
void exact_homogeneous(arb_t power, arb_t iterate, double gamma, const arb_t x0, const arb_t c,
                       size_t K, slong prec);

/** memory(gamma, K): min(K, 1 / gamma). */
void exact_memory(arb_t out, double gamma, size_t K, slong prec);

/** drift(memory(gamma, K), magnitude(x0, c)): the headline bound. */
void exact_drift(arb_t out, double gamma, size_t K, double x0, double c, slong prec);

/** blend_drift(memory(gamma, K), magnitude(x0, c)). */
void exact_blend_drift(arb_t out, double gamma, size_t K, double x0, double c, slong prec);

/** b / sqrt(n) and its allowance: quotient_close(., b, sqrt(n)). */
void exact_quotient(arb_t value, arb_t bound, double b, size_t n, slong prec);

/** sqrt(n / l) and its allowance: scale_entry_near(n, l). */
void exact_scale(arb_t value, arb_t bound, size_t n, double l, slong prec);

#endif
