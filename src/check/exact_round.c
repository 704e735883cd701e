#include "exact_round.h"

/** Entry (a, c) of L_i; the preconditioned problem has one L for all. */
static void entry_of_L(ist_exact *x, size_t i, size_t a, size_t c, arb_t out) {
  if (x->m.preconditioned)
    arb_set(out, ist_ball_entry(ist_exact_L(x), a, c));
  else
    arb_set_d(out, ist_problem_L(x->m.p, i)[a * x->d + c]);
}

/** Entry a of b_i. */
static void entry_of_b(ist_exact *x, size_t i, size_t a, arb_t out) {
  if (x->m.preconditioned)
    arb_set(out, ist_ball_entry(ist_exact_b(x), a, 0));
  else
    arb_set_d(out, ist_problem_b(x->m.p, i)[a]);
}

ist_ball_matrix ist_exact_submodel(ist_balls *e, ist_exact *x, size_t i, const size_t *S,
                                   ist_ball_matrix from) {
  arb_mat_struct *w = ist_ball_matrix_new(e, x->d, 1);
  for (size_t k = 0; k < x->q; k++)
    arb_mul(arb_mat_entry(w, S[k], 0), ist_ball_entry(ist_exact_scale(x, i), S[k], 0),
            ist_ball_entry(from, S[k], 0), x->m.precision);
  return w;
}

/** out += factor C_i grad f_i(C_i x), touching only the entries of the block. */
static void add_gradient(ist_exact *x, size_t i, const size_t *S, ist_ball factor,
                         ist_ball_matrix from, arb_mat_t out) {
  const slong prec = x->m.precision;
  ist_ball_matrix s = ist_exact_scale(x, i);
  arb_t entry, sum, w;
  arb_init(entry);
  arb_init(sum);
  arb_init(w);
  for (size_t a = 0; a < x->q; a++) {
    entry_of_b(x, i, S[a], sum);
    arb_neg(sum, sum);
    for (size_t c = 0; c < x->q; c++) {
      entry_of_L(x, i, S[a], S[c], entry);
      arb_mul(w, ist_ball_entry(s, S[c], 0), ist_ball_entry(from, S[c], 0), prec);
      arb_addmul(sum, entry, w, prec);
    }
    arb_mul(sum, sum, ist_ball_entry(s, S[a], 0), prec);
    arb_addmul(arb_mat_entry(out, S[a], 0), sum, factor, prec);
  }
  arb_clear(entry);
  arb_clear(sum);
  arb_clear(w);
}

ist_ball_matrix ist_exact_round(ist_balls *e, ist_exact *x, const size_t *block, ist_ball gamma,
                                ist_ball_matrix from) {
  arb_mat_struct *out = ist_ball_matrix_new(e, x->d, 1);
  ist_ball share = ist_ball_div(e, ist_ball_times(e, gamma, -1), ist_ball_count(e, x->n));
  arb_mat_set(out, from);
  for (size_t i = 0; i < x->n; i++)
    add_gradient(x, i, block + i * x->q, share, from, out);
  return out;
}

ist_ball_matrix ist_exact_local_round(ist_balls *e, ist_exact *x, const size_t *block,
                                      ist_ball gamma, ist_ball_matrix from) {
  const slong prec = e->precision;
  arb_mat_struct *sum = ist_ball_matrix_new(e, x->d, 1), *z = ist_ball_matrix_new(e, x->d, 1);
  ist_ball minus = ist_ball_times(e, gamma, -1);
  for (size_t i = 0; i < x->n; i++) {
    const size_t *S = block + i * x->q;
    arb_mat_zero(z);
    for (size_t k = 0; k < x->q; k++)
      arb_mul(arb_mat_entry(z, S[k], 0), ist_ball_entry(ist_exact_scale(x, i), S[k], 0),
              ist_ball_entry(from, S[k], 0), prec);
    add_gradient(x, i, S, minus, from, z);
    for (size_t k = 0; k < x->q; k++)
      arb_add(arb_mat_entry(sum, S[k], 0), arb_mat_entry(sum, S[k], 0), arb_mat_entry(z, S[k], 0),
              prec);
  }
  arb_mat_scalar_div_si(sum, sum, (slong)x->n, prec);
  return sum;
}
