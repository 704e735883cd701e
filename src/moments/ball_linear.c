#include "ball_linear.h"

#include <flint/fmpq_vec.h>

#include "ball_weights.h"
#include "effective.h"
#include "weights.h"

/* out += the five terms of E[BAv] of (M, u), A symmetric. */
static void add_cross_terms(const fmpq *tau, const arb_mat_t M, const arb_mat_t A,
                            const arb_mat_t u, arb_mat_t out, slong prec) {
  const slong d = arb_mat_nrows(M);
  arb_mat_t Au, inner;
  arb_t x, w[IST_LINEAR_TERMS];
  arb_mat_init(Au, d, 1);
  arb_mat_init(inner, d, 1);
  arb_init(x);
  for (size_t t = 0; t < IST_LINEAR_TERMS; t++) {
    arb_init(w[t]);
    arb_set_fmpq(w[t], tau + t, prec);
  }
  arb_mat_mul(Au, A, u, prec);
  for (slong j = 0; j < d; j++) { /* w_none A u + w_inner D_A u, which M multiplies */
    arb_mul(x, arb_mat_entry(A, j, j), arb_mat_entry(u, j, 0), prec);
    arb_mul(x, x, w[IST_LINEAR_INNER], prec);
    arb_addmul(x, w[IST_LINEAR_NONE], arb_mat_entry(Au, j, 0), prec);
    arb_set(arb_mat_entry(inner, j, 0), x);
  }
  arb_mat_mul(inner, M, inner, prec);
  arb_mat_add(out, out, inner, prec);
  for (slong j = 0; j < d; j++) {
    arb_ptr entry = arb_mat_entry(out, j, 0);
    arb_mul(x, arb_mat_entry(M, j, j), arb_mat_entry(Au, j, 0), prec);
    arb_addmul(entry, x, w[IST_LINEAR_FIRST], prec);
    arb_dot(x, NULL, 0, M->rows[j], 1, A->rows[j], 1, d, prec); /* [MA]_jj */
    arb_mul(x, x, w[IST_LINEAR_OUTER], prec);
    arb_mul(inner->rows[0], arb_mat_entry(M, j, j), arb_mat_entry(A, j, j), prec);
    arb_addmul(x, inner->rows[0], w[IST_LINEAR_ALL], prec);
    arb_addmul(entry, x, arb_mat_entry(u, j, 0), prec);
  }
  for (size_t t = 0; t < IST_LINEAR_TERMS; t++)
    arb_clear(w[t]);
  arb_clear(x);
  arb_mat_clear(Au);
  arb_mat_clear(inner);
}

/* out += the five terms of E[Bzv'] of (M, u). */
static void add_mixed_terms(const fmpq *tau, const arb_mat_t M, const arb_mat_t z,
                            const arb_mat_t u, arb_mat_t out, slong prec) {
  const slong d = arb_mat_nrows(M);
  arb_mat_t Mz;
  arb_t x, y, w[IST_LINEAR_TERMS];
  arb_mat_init(Mz, d, 1);
  arb_init(x);
  arb_init(y);
  for (size_t t = 0; t < IST_LINEAR_TERMS; t++) {
    arb_init(w[t]);
    arb_set_fmpq(w[t], tau + t, prec);
  }
  arb_mat_mul(Mz, M, z, prec);
  for (slong j = 0; j < d; j++) {
    arb_mul(x, arb_mat_entry(M, j, j), arb_mat_entry(z, j, 0), prec); /* [D_M z]_j */
    arb_mul(y, w[IST_LINEAR_NONE], arb_mat_entry(Mz, j, 0), prec);
    arb_addmul(y, w[IST_LINEAR_FIRST], x, prec);
    for (slong k = 0; k < d; k++) {
      arb_ptr entry = arb_mat_entry(out, j, k);
      arb_addmul(entry, y, arb_mat_entry(u, k, 0), prec);
      if (!arb_is_zero(w[IST_LINEAR_INNER])) {
        arb_t v;
        arb_init(v);
        arb_mul(v, arb_mat_entry(z, k, 0), arb_mat_entry(u, k, 0), prec);
        arb_mul(v, v, w[IST_LINEAR_INNER], prec);
        arb_addmul(entry, v, arb_mat_entry(M, j, k), prec);
        arb_clear(v);
      }
    }
    arb_mul(y, w[IST_LINEAR_OUTER], arb_mat_entry(Mz, j, 0), prec);
    arb_addmul(y, w[IST_LINEAR_ALL], x, prec);
    arb_addmul(arb_mat_entry(out, j, j), y, arb_mat_entry(u, j, 0), prec);
  }
  for (size_t t = 0; t < IST_LINEAR_TERMS; t++)
    arb_clear(w[t]);
  arb_clear(x);
  arb_clear(y);
  arb_mat_clear(Mz);
}

/* The terms of one kind over all workers; z: the matrix A of E[BAv], or the vector of E[Bzv']. */
static void linear_moment(const ist_ball_method *m, const arb_mat_t z, arb_mat_t out,
                          void add(const fmpq *, const arb_mat_t, const arb_mat_t, const arb_mat_t,
                                   arb_mat_t, slong)) {
  const size_t d = m->p->d;
  fmpq *same = _fmpq_vec_init(IST_LINEAR_TERMS), *other = _fmpq_vec_init(IST_LINEAR_TERMS);
  arb_mat_t M, sum_M, u, sum_u;
  fmpq_t c;
  arb_mat_init(M, (slong)d, (slong)d);
  arb_mat_init(sum_M, (slong)d, (slong)d);
  arb_mat_init(u, (slong)d, 1);
  arb_mat_init(sum_u, (slong)d, 1);
  ist_ball_linear_weights(d, m->p->n, m->sk, same, other);
  arb_mat_zero(out);
  for (size_t i = 0; i < m->p->n; i++) {
    if (i < ist_problem_L_count(m->p))
      ist_ball_effective_M(m, i, M);
    ist_ball_effective_u(m, i, u);
    arb_mat_add(sum_M, sum_M, M, m->precision);
    arb_mat_add(sum_u, sum_u, u, m->precision);
    add(same, M, z, u, out, m->precision);
  }
  add(other, sum_M, z, sum_u, out, m->precision);
  fmpq_init(c);
  ist_ball_effective_c(m->p, m->sk, c);
  ist_ball_multiply_ratio(out, c, m->precision);
  fmpq_clear(c);
  arb_mat_clear(M);
  arb_mat_clear(sum_M);
  arb_mat_clear(u);
  arb_mat_clear(sum_u);
  _fmpq_vec_clear(same, IST_LINEAR_TERMS);
  _fmpq_vec_clear(other, IST_LINEAR_TERMS);
}

void ist_ball_cross_moment(const ist_ball_method *m, const arb_mat_t A, arb_mat_t out) {
  linear_moment(m, A, out, add_cross_terms);
}

void ist_ball_mixed_moment(const ist_ball_method *m, const arb_mat_t z, arb_mat_t out) {
  linear_moment(m, z, out, add_mixed_terms);
}

/* The vectors e_i of all workers as columns of e: u_i - (1/n) sum u for disjoint blocks, whose
 * projectors add up to I, and u_i for independent ones. */
static void noise_columns(const ist_ball_method *m, arb_mat_t e) {
  const size_t d = m->p->d, n = m->p->n;
  arb_mat_t u, mean;
  arb_mat_init(u, (slong)d, 1);
  arb_mat_init(mean, (slong)d, 1);
  if (ist_disjoint_blocks(m->sk)) {
    ist_ball_sum_u(m, mean);
    arb_mat_scalar_div_si(mean, mean, (slong)n, m->precision);
  }
  for (size_t i = 0; i < n; i++) {
    ist_ball_effective_u(m, i, u);
    for (size_t j = 0; j < d; j++)
      arb_sub(arb_mat_entry(e, j, i), arb_mat_entry(u, j, 0), arb_mat_entry(mean, j, 0),
              m->precision);
  }
  arb_mat_clear(u);
  arb_mat_clear(mean);
}

/* The e_i of disjoint blocks add up to zero, which turns the sum over two workers into minus the
 * sum over one: p_1 on the diagonal and p_2 - r_11 off it, times sum e_i e_i'. The covariances of
 * independent blocks add up: p_1 - p_1^2 and p_2 - p_1^2. */
void ist_ball_covariance_v(const ist_ball_method *m, arb_mat_t out) {
  const size_t d = m->p->d;
  fmpq *w = ist_ball_probabilities(d, m->p->n, m->sk);
  arb_mat_t e, transposed;
  arb_t on, off;
  arb_mat_init(e, (slong)d, (slong)m->p->n);
  arb_mat_init(transposed, (slong)m->p->n, (slong)d);
  arb_init(on);
  arb_init(off);
  noise_columns(m, e);
  arb_mat_transpose(transposed, e);
  arb_mat_mul(out, e, transposed, m->precision);
  if (ist_disjoint_blocks(m->sk)) {
    fmpq_sub(w + 1, w + 1, w + 4);
  } else {
    fmpq_mul(w + 4, w, w);
    fmpq_sub(w, w, w + 4);
    fmpq_sub(w + 1, w + 1, w + 4);
  }
  arb_set_fmpq(on, w, m->precision);
  arb_set_fmpq(off, w + 1, m->precision);
  for (size_t j = 0; j < d; j++)
    for (size_t k = 0; k < d; k++)
      arb_mul(arb_mat_entry(out, j, k), arb_mat_entry(out, j, k), j == k ? on : off, m->precision);
  arb_mat_clear(e);
  arb_mat_clear(transposed);
  arb_clear(on);
  arb_clear(off);
  _fmpq_vec_clear(w, IST_BALL_PROBABILITIES);
}
