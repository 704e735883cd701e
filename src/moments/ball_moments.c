#include "ball_moments.h"

#include <flint/fmpq_vec.h>

#include "ball_terms.h"
#include "ball_weights.h"
#include "machine/memory.h"

/** Matrices alive at the same time: three results, four of work, and what a product needs. */
#define MATRICES_ALIVE 12

bool ist_ball_moments_fit(size_t d, slong precision) {
  const size_t words = sizeof(arb_struct) / sizeof(double) + (size_t)precision / 64 + 2;
  return ist_memory_fits(MATRICES_ALIVE * words, d, d);
}

/* (A + A')/2. */
static void symmetrise(arb_mat_t A, slong prec) {
  for (slong j = 0; j < arb_mat_nrows(A); j++)
    for (slong k = 0; k < j; k++) {
      arb_ptr lower = arb_mat_entry(A, j, k);
      arb_add(lower, lower, arb_mat_entry(A, k, j), prec);
      arb_mul_2exp_si(lower, lower, -1);
      arb_set(arb_mat_entry(A, k, j), lower);
    }
}

/* The upper triangle into the lower one, for a matrix whose exact value is symmetric. */
static void mirror(arb_mat_t A) {
  for (slong j = 0; j < arb_mat_nrows(A); j++)
    for (slong k = 0; k < j; k++)
      arb_set(arb_mat_entry(A, j, k), arb_mat_entry(A, k, j));
}

/* c p_1 sum M_i on the diagonal, c p_2 sum M_i off it. */
void ist_ball_expected_B(const ist_ball_method *m, arb_mat_t out) {
  const size_t d = m->p->d;
  fmpq *w = ist_ball_probabilities(d, m->p->n, m->sk);
  fmpq_t c;
  arb_t on, off;
  fmpq_init(c);
  arb_init(on);
  arb_init(off);
  ist_ball_effective_c(m->p, m->sk, c);
  fmpq_mul(w, w, c);
  fmpq_mul(w + 1, w + 1, c);
  arb_set_fmpq(on, w, m->precision);
  arb_set_fmpq(off, w + 1, m->precision);
  ist_ball_sum_M(m, out);
  for (size_t j = 0; j < d; j++)
    for (size_t k = 0; k < d; k++)
      arb_mul(arb_mat_entry(out, j, k), arb_mat_entry(out, j, k), j == k ? on : off, m->precision);
  _fmpq_vec_clear(w, IST_BALL_PROBABILITIES);
  fmpq_clear(c);
  arb_clear(on);
  arb_clear(off);
}

/* p_1 sum u_i. */
void ist_ball_expected_v(const ist_ball_method *m, arb_mat_t out) {
  ist_ball_sum_u(m, out);
  arb_mat_scalar_mul_si(out, out, (slong)m->sk.q, m->precision);
  arb_mat_scalar_div_si(out, out, (slong)m->p->d, m->precision);
}

/* c^2 { sum_i T^{kappa_s - kappa_d}(M_i) + T^{kappa_d}(sum M_i) }. */
void ist_ball_second_moment(const ist_ball_method *m, const arb_mat_t A, arb_mat_t out) {
  const size_t d = m->p->d, count = ist_problem_L_count(m->p), copies = m->p->n / count;
  fmpq *same = _fmpq_vec_init(IST_QUADRATIC_TERMS), *other = _fmpq_vec_init(IST_QUADRATIC_TERMS);
  ist_ball_terms t;
  arb_mat_t M, sum;
  fmpq_t factor;
  arb_mat_init(M, (slong)d, (slong)d);
  arb_mat_init(sum, (slong)d, (slong)d);
  ist_ball_terms_init(&t, A, m->precision);
  ist_ball_quadratic_weights(d, m->p->n, m->sk, copies, same, other);
  arb_mat_zero(out);
  for (size_t i = 0; i < count; i++) {
    ist_ball_effective_M(m, i, M);
    ist_ball_accumulate(sum, M, copies, m->precision);
    ist_ball_terms_add(&t, same, M, out);
  }
  ist_ball_terms_add(&t, other, sum, out);
  fmpq_init(factor);
  ist_ball_effective_c(m->p, m->sk, factor);
  fmpq_mul(factor, factor, factor);
  ist_ball_multiply_ratio(out, factor, m->precision);
  mirror(out);
  fmpq_clear(factor);
  ist_ball_terms_clear(&t);
  arb_mat_clear(M);
  arb_mat_clear(sum);
  _fmpq_vec_clear(same, IST_QUADRATIC_TERMS);
  _fmpq_vec_clear(other, IST_QUADRATIC_TERMS);
}

void ist_ball_moments_init(const ist_problem *p, ist_sketch sk, slong precision,
                           ist_ball_moments *m) {
  const slong d = (slong)p->d;
  const ist_ball_method method = {.p = p, .sk = sk, .precision = precision};
  arb_mat_init(m->L_bar, d, d);
  arb_mat_init(m->W, d, d);
  arb_mat_init(m->EBLB, d, d);
  ist_ball_sum_L(&method, m->L_bar); /* exact where n L_bar fits */
  ist_ball_second_moment(&method, m->L_bar, m->EBLB);
  arb_mat_scalar_div_si(m->EBLB, m->EBLB, (slong)p->n, precision);
  arb_mat_scalar_div_si(m->L_bar, m->L_bar, (slong)p->n, precision);
  ist_ball_expected_B(&method, m->W);
  arb_mat_mul(m->W, m->L_bar, m->W, precision);
  symmetrise(m->W, precision);
}

void ist_ball_moments_clear(ist_ball_moments *m) {
  arb_mat_clear(m->L_bar);
  arb_mat_clear(m->W);
  arb_mat_clear(m->EBLB);
}
