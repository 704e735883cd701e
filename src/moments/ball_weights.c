#include "ball_weights.h"

#include <flint/fmpq_vec.h>

#include "effective.h"
#include "weights.h"

/* x = a/b. */
static void set_ratio(fmpq_t x, size_t a, size_t b) { fmpq_set_ui(x, a, b); }

/* q^(k) / (d-j)^(k), as a rational; 0 if its numerator is. */
static void falling_ratio(fmpq_t x, size_t q, size_t k, size_t d, size_t j) {
  fmpq_t factor;
  fmpq_init(factor);
  fmpq_one(x);
  for (size_t i = 0; i < k && i < q; i++) {
    set_ratio(factor, q - i, d - j - i);
    fmpq_mul(x, x, factor);
  }
  if (k > q)
    fmpq_zero(x);
  fmpq_clear(factor);
}

/* r_jk; 0 without another worker. */
static void other_worker(fmpq_t x, size_t d, size_t n, ist_sketch sk, size_t j, size_t k) {
  fmpq_t second;
  fmpq_zero(x);
  if (n == 1)
    return;
  falling_ratio(x, sk.q, j, d, 0);
  if (fmpq_is_zero(x))
    return;
  fmpq_init(second);
  falling_ratio(second, sk.q, k, d, ist_disjoint_blocks(sk) ? j : 0);
  fmpq_mul(x, x, second);
  fmpq_clear(second);
}

/* x += coefficient * w. */
static void add_multiple(fmpq_t x, int coefficient, const fmpq_t w) {
  fmpq_t term;
  fmpq_init(term);
  fmpq_mul_si(term, w, coefficient);
  fmpq_add(x, x, term);
  fmpq_clear(term);
}

fmpq *ist_ball_probabilities(size_t d, size_t n, ist_sketch sk) {
  fmpq *w = _fmpq_vec_init(IST_BALL_PROBABILITIES);
  for (size_t k = 1; k <= 4; k++)
    falling_ratio(w + k - 1, sk.q, k, d, 0);
  other_worker(w + 4, d, n, sk, 1, 1);
  other_worker(w + 5, d, n, sk, 1, 2);
  other_worker(w + 6, d, n, sk, 2, 2);
  return w;
}

void ist_ball_quadratic_weights(size_t d, size_t n, ist_sketch sk, size_t copies, fmpq *same,
                                fmpq *other) {
  fmpq *w = ist_ball_probabilities(d, n, sk);
  for (size_t t = 0; t < IST_QUADRATIC_TERMS; t++) {
    const ist_quadratic_coefficients row = ist_quadratic_row(sk, (ist_quadratic_term)t);
    for (size_t k = 0; k < 4; k++)
      add_multiple(same + t, row.same[k], w + k);
    for (size_t k = 0; k < 3; k++)
      add_multiple(other + t, row.other[k], w + 4 + k);
    fmpq_sub(same + t, same + t, other + t);
    fmpq_mul_si(same + t, same + t, (slong)copies);
  }
  _fmpq_vec_clear(w, IST_BALL_PROBABILITIES);
}

void ist_ball_linear_weights(size_t d, size_t n, ist_sketch sk, fmpq *same, fmpq *other) {
  fmpq *w = ist_ball_probabilities(d, n, sk);
  for (size_t t = 0; t < IST_LINEAR_TERMS; t++) {
    const ist_linear_coefficients row = ist_linear_row(sk, (ist_linear_term)t);
    for (size_t k = 0; k < 3; k++)
      add_multiple(same + t, row.same[k], w + k);
    for (size_t k = 0; k < 2; k++)
      add_multiple(other + t, row.other[k], w + 4 + k);
    fmpq_sub(same + t, same + t, other + t);
  }
  _fmpq_vec_clear(w, IST_BALL_PROBABILITIES);
}

void ist_ball_effective_c(const ist_problem *p, ist_sketch sk, fmpq_t c) {
  switch (sk.kind) {
  case IST_PERM:
    set_ratio(c, p->n, 1);
    break;
  case IST_SCALED_PERM:
    fmpq_one(c);
    break;
  default: /* (d/q)^2/n; the identity is Rand-q with q = d */
    set_ratio(c, p->d, sk.q);
    fmpq_mul(c, c, c);
    fmpq_div_fmpz(c, c, (fmpz[]){(fmpz)p->n});
  }
}

void ist_ball_multiply_ratio(arb_mat_t A, const fmpq_t factor, slong prec) {
  arb_t x;
  arb_init(x);
  arb_set_fmpq(x, factor, prec);
  arb_mat_scalar_mul_arb(A, A, x, prec);
  arb_clear(x);
}
