#include "eigen_errors.h"

#include <math.h>
#include <stdlib.h>

#include "machine/memory.h"
#include "moments/effective.h"
#include "moments/rounding.h"
#include "proved.h"
#include "sharpen.h"

static const ist_inexact identity = {0};

static const char no_interval[] =
    "not enclosed in double precision: the matrix is too close to a singular one";

static ist_error error_of(const ist_proved *x) {
  if (x->exists)
    return (ist_error){.bound = ist_proved_error(x)};
  return (ist_error){INFINITY, no_interval};
}

/* A number, if the quantity exists, takes the value of its enclosure. */
static ist_error settle(ist_scalar *x, const ist_proved *proved) {
  if (!x->exists)
    return (ist_error){0};
  if (proved->exists)
    x->value = proved->value;
  return error_of(proved);
}

static ist_error settle_value(double *x, const ist_proved *proved) {
  if (proved->exists)
    *x = proved->value;
  return error_of(proved);
}

static ist_proved end_of_L(const ist_constants *c, const ist_moment_errors *m,
                           const ist_pair_matrix *L, double sign, double proposal) {
  const ist_inexact A = {c->L_bar, m->L_abs, m->L_scale};
  double *vector = ist_memory_doubles(1, c->d, 1);
  ist_proved x = {0};
  if (vector != NULL) {
    x = ist_prove_smallest(c->d, sign, A, identity, sign * proposal, vector);
    ist_sharpen(sign, L, A, vector, &x);
  }
  free(vector);
  return sign < 0 ? ist_proved_negative(x) : x;
}

/* The product or quotient of two enclosed positive numbers, its value rounded twice at most. */
static ist_proved product(const ist_proved *x, const ist_proved *y) {
  const double value = x->value * y->value;
  const double lo = x->lo * y->lo * (1 - 0x1p-51), hi = x->hi * y->hi * (1 + 0x1p-51);
  return (ist_proved){x->exists && y->exists && x->lo > 0 && y->lo > 0, value, lo, hi};
}

static ist_proved inverse(const ist_proved *x) {
  return (ist_proved){x->exists && x->lo > 0, 1 / x->value, 1 / x->hi * (1 - 0x1p-51),
                      1 / x->lo * (1 + 0x1p-51)};
}

/* B = L_bar in every round: theta and the contraction are the ends of its spectrum; B = I: both are
 * 1. W = L_bar B. */
static void commuting(const ist_constants *c, const ist_proved *min, const ist_proved *max,
                      ist_proved *w, ist_proved *theta, ist_proved *contraction) {
  const ist_proved one = {true, 1, 1, 1};
  const bool full = ist_full_gradient(c->d, c->sketch);
  *theta = full ? *max : one;
  *contraction = full ? *min : one;
  *w = full ? product(min, min) : *min;
}

/* The pencils (E[B L_bar B], W) and (W, L_bar). For the former, t W - E[B L_bar B] positive
 * definite with t > 0 proves that W is, since E[B L_bar B] is positive semidefinite; for the latter
 * lambda_min of L_bar has been bounded. */
static void pencils(const ist_constants *c, const ist_moment_errors *m, bool L_definite,
                    ist_proved *w, ist_proved *theta, ist_proved *contraction) {
  const ist_inexact L = {c->L_bar, m->L_abs, m->L_scale}, W = {c->W, m->W, 1},
                    second = {c->second_moment, m->second, 1};
  *w = ist_prove_smallest(c->d, 1, W, identity, c->w_lambda_min, NULL);
  *theta = *contraction = (ist_proved){0};
  if (c->theta.exists)
    *theta = ist_proved_negative(ist_prove_smallest(c->d, -1, second, W, -c->theta.value, NULL));
  theta->exists = theta->exists && theta->hi > 0;
  if (c->contraction.exists && L_definite)
    *contraction = ist_prove_smallest(c->d, 1, W, L, c->contraction.value, NULL);
}

/* The computed theta stays where it is as good as the enclosure's own value: `ist run`'s step comes
 * from it without an enclosure, and is to be the same. */
static void keep_computed(double computed, ist_proved *theta) {
  if (theta->exists && computed >= theta->lo && computed <= theta->hi)
    theta->value = computed;
}

void ist_bound_eigenvalues(const ist_moment_errors *m, const ist_pair_matrix *L, ist_constants *c,
                           ist_errors *e) {
  ist_proved w, theta, contraction;
  const ist_proved min = end_of_L(c, m, L, 1, c->lambda_min);
  const ist_proved max = end_of_L(c, m, L, -1, c->lambda_max);
  e->lambda_min_lower = min.exists && min.lo > 0 ? min.lo : 0;
  if (ist_fixed_B(c->d, c->sketch) && (ist_full_gradient(c->d, c->sketch) || c->sketch.q == 1))
    commuting(c, &min, &max, &w, &theta, &contraction);
  else
    pencils(c, m, e->lambda_min_lower > 0, &w, &theta, &contraction);
  keep_computed(c->theta.value, &theta);
  const ist_proved step = inverse(&theta), rate = product(&contraction, &step);
  e->lambda_min = settle_value(&c->lambda_min, &min);
  e->lambda_max = settle_value(&c->lambda_max, &max);
  e->w_lambda_min = settle_value(&c->w_lambda_min, &w);
  e->theta_upper = theta.exists ? theta.hi : INFINITY;
  e->theta = settle(&c->theta, &theta);
  e->contraction = settle(&c->contraction, &contraction);
  e->step_max = settle(&c->step_max, &step);
  e->rate_max = settle(&c->rate_max, &rate);
}
