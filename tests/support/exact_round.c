#include "exact_round.h"

#include <math.h>

/* Exact submodel s x, and how far from it a computed one may be: submodel_near. */
static void submodel(arb_t w, arb_t error, double s, double x, slong prec) {
  arb_t t;
  arb_init(t);
  arb_set_d(t, x);
  arb_set_d(w, s);
  arb_mul(w, w, t, prec);
  exact_rounding(error, w, prec);
  arb_clear(t);
}

/* Over the block S: sum = sum_k row_k w_k with exact w, moved = sum_k |row_k| e_k, the errors e of
   the computed w, and absolute = sum_k |row_k| (|w_k| + e_k), at least what gradient_error takes
   from the computed ones. */
static void block_row(arb_t sum, arb_t moved, arb_t absolute, const double *row, const double *s,
                      const double *x, const size_t *S, size_t q, slong prec) {
  arb_t w, error, size;
  arb_init(w);
  arb_init(error);
  arb_init(size);
  arb_zero(sum);
  arb_zero(moved);
  arb_zero(absolute);
  for (size_t k = 0; k < q; k++) {
    submodel(w, error, s[S[k]], x[S[k]], prec);
    arb_set_d(size, row[S[k]]);
    arb_addmul(sum, size, w, prec);
    arb_abs(size, size);
    arb_addmul(moved, size, error, prec);
    arb_abs(w, w);
    arb_add(w, w, error, prec);
    arb_addmul(absolute, size, w, prec);
  }
  arb_clear(w);
  arb_clear(error);
  arb_clear(size);
}

/* Entry j of C_i (L_i C_i x - b_i), and |s_j| moved + gradient_error. */
static void gradient(arb_t value, arb_t error, const ist_team *r, size_t i, const double *x,
                     size_t j, slong prec) {
  const double *s = r->s + i * r->s_stride, b = r->b[i * r->b_stride + j];
  arb_t absolute, scale;
  arb_init(absolute);
  arb_init(scale);
  block_row(value, error, absolute, r->L + i * r->L_stride + j * r->d, s, x, r->block + i * r->q,
            r->q, prec);
  arb_set_d(scale, b);
  arb_sub(value, value, scale, prec);
  arb_set_d(scale, s[j]);
  arb_mul(value, value, scale, prec);
  arb_abs(scale, scale);
  arb_mul(error, error, scale, prec);
  exact_scaled_error(scale, (double)r->q, absolute, b, s[j], prec);
  arb_add(error, error, scale, prec);
  arb_clear(absolute);
  arb_clear(scale);
}

/* sum over i of the entries j of the gradients, and merge_error with their errors. */
static void merge(arb_t sum, arb_t error, const ist_team *r, const double *x, size_t j,
                  slong prec) {
  arb_t g, e, absolute;
  size_t members = 0;
  arb_init(g);
  arb_init(e);
  arb_init(absolute);
  arb_zero(sum);
  arb_zero(error);
  for (size_t k = 0; k < r->n * r->q; k++)
    if (r->block[k] == j) {
      gradient(g, e, r, k / r->q, x, j, prec);
      arb_add(sum, sum, g, prec);
      arb_add(error, error, e, prec);
      arb_abs(g, g);
      arb_add(absolute, absolute, g, prec);
      arb_add(absolute, absolute, e, prec);
      members++;
    }
  exact_sum_error(e, (double)members, absolute, prec);
  arb_add(error, error, e, prec);
  arb_clear(g);
  arb_clear(e);
  arb_clear(absolute);
}

void exact_round_entry(arb_t value, arb_t bound, const ist_team *r, const double *x, double gamma,
                       size_t j, slong prec) {
  arb_t mean, error, step;
  arb_init(mean);
  arb_init(error);
  arb_init(step);
  merge(mean, error, r, x, j, prec);
  arb_div_ui(mean, mean, r->n, prec);
  arb_div_ui(error, error, r->n, prec);
  arb_set_d(step, gamma);
  arb_mul(step, step, mean, prec);
  arb_set_d(value, x[j]);
  arb_sub(value, value, step, prec);
  arb_set_d(step, fabs(gamma));
  arb_mul(bound, step, error, prec);
  arb_abs(mean, mean);
  arb_add(mean, mean, error, prec);
  exact_step_error(step, x[j], gamma, mean, prec);
  arb_add(bound, bound, step, prec);
  arb_clear(mean);
  arb_clear(error);
  arb_clear(step);
}

/* Entry j of C_i (L_i C_i X - b_i). */
static void real_gradient(arb_t value, arb_srcptr X, arb_srcptr scale, const ist_team *r, size_t i,
                          size_t j, slong prec) {
  const size_t *S = r->block + i * r->q;
  const double *row = r->L + i * r->L_stride + j * r->d;
  arb_t w, l;
  arb_init(w);
  arb_init(l);
  arb_set_d(value, -r->b[i * r->b_stride + j]);
  for (size_t k = 0; k < r->q; k++) {
    arb_mul(w, scale + i * r->s_stride + S[k], X + S[k], prec);
    arb_set_d(l, row[S[k]]);
    arb_addmul(value, l, w, prec);
  }
  arb_mul(value, value, scale + i * r->s_stride + j, prec);
  arb_clear(w);
  arb_clear(l);
}

void exact_round_real(arb_ptr X, arb_srcptr scale, const ist_team *r, double gamma, slong prec) {
  arb_ptr sum = _arb_vec_init((slong)r->d);
  arb_t g;
  arb_init(g);
  for (size_t k = 0; k < r->n * r->q; k++) {
    real_gradient(g, X, scale, r, k / r->q, r->block[k], prec);
    arb_add(sum + r->block[k], sum + r->block[k], g, prec);
  }
  for (size_t j = 0; j < r->d; j++) {
    arb_div_ui(sum + j, sum + j, r->n, prec);
    arb_set_d(g, -gamma);
    arb_addmul(X + j, g, sum + j, prec);
  }
  arb_clear(g);
  _arb_vec_clear(sum, (slong)r->d);
}
