#include "local_problem.h"

#include <arb.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "dense.h"
#include "machine/memory.h"
#include "majorant.h"
#include "rounding.h"

/** Bits that tell 1 - gamma s L_jj from 0 and from the least double, for doubles gamma and L_jj. */
#define PRECISION 1280

/** Roundings of an entry that is a product: scales of 2 roundings each 4, products 3, the factor
 *  that plain_sketch takes, twice, 4, and the products with it 2. */
#define ENTRY_ROUNDINGS 16

static bool diagonal(const double *L, size_t d) {
  for (size_t j = 0; j < d; j++)
    for (size_t k = 0; k < d; k++)
      if (j != k && L[j * d + k] != 0)
        return false;
  return true;
}

static bool all_diagonal(const ist_problem *p) {
  for (size_t i = 0; i < ist_problem_L_count(p); i++)
    if (!diagonal(ist_problem_L(p, i), p->d))
      return false;
  return true;
}

/* Entry j of the diagonal S_i of C_i = S_i P_i. */
static double scale(const ist_problem *p, ist_sketch sk, size_t i, size_t j) {
  switch (sk.kind) {
  case IST_PERM:
    return (double)p->n;
  case IST_SCALED_PERM:
    return sqrt((double)p->n / ist_problem_L(p, i)[j * p->d + j]);
  case IST_RAND:
    return (double)p->d / (double)sk.q;
  default:
    return 1;
  }
}

/* One worker's N (d*d) and w (d) from its L, b and the diagonal s of S. */
typedef struct {
  const ist_problem *p;
  ist_sketch sk;
  size_t d, T;
  double gamma;
  const double *L, *b;
  double *s; /* d */
  double *N, *w;
  double *work; /* 2 d*d entries */
  double *next; /* d */
  ist_local_errors *errors;
} worker;

/* s_j as a ball. */
static void exact_scale(const worker *k, size_t j, arb_t s) {
  arb_set_ui(s, k->sk.kind == IST_RAND ? k->d : k->sk.kind == IST_IDENTITY ? 1 : k->p->n);
  if (k->sk.kind == IST_RAND)
    arb_div_ui(s, s, k->sk.q, PRECISION);
  if (k->sk.kind != IST_SCALED_PERM)
    return;
  arb_t entry;
  arb_init(entry);
  arb_set_d(entry, k->L[j * k->d + j]);
  arb_div(s, s, entry, PRECISION);
  arb_sqrt(s, s, PRECISION);
  arb_clear(entry);
}

/* 1 + a + ... + a^(T-1) and a^T, by doubling T. */
static void geometric(const arb_t a, size_t T, arb_t sum, arb_t power) {
  size_t bit = 1;
  while (bit <= T / 2)
    bit *= 2;
  arb_zero(sum);
  arb_one(power);
  for (; bit > 0; bit /= 2) {
    arb_addmul(sum, power, sum, PRECISION);
    arb_mul(power, power, power, PRECISION);
    if ((T & bit) == 0)
      continue;
    arb_mul(sum, sum, a, PRECISION);
    arb_add_ui(sum, sum, 1, PRECISION);
    arb_mul(power, power, a, PRECISION);
  }
}

/* The nearest double, which is 0 if all of x is below the least; NaN if PRECISION does not tell. */
static double rounded(const arb_t x) {
  mag_t size;
  mag_init(size);
  arb_get_mag(size, x);
  const bool tiny = mag_cmp_2exp_si(size, -1075) <= 0;
  mag_clear(size);
  if (tiny)
    return 0;
  return arb_rel_accuracy_bits(x) >= 64 ? arf_get_d(arb_midref(x), ARF_RND_NEAR) : NAN;
}

/* Coordinate j if it does not interact: N_jj = s a^T, w_j = gamma s b_j (1 + a + ... + a^(T-1))
 * with a = 1 - gamma s L_jj, in ball arithmetic, since a may be what is left of nearly 1. */
static void separate_step(const worker *k, size_t j) {
  arb_t s, a, sum, power, factor;
  arb_init(s);
  arb_init(a);
  arb_init(sum);
  arb_init(power);
  arb_init(factor);
  exact_scale(k, j, s);
  arb_set_d(a, k->L[j * k->d + j]);
  arb_mul(a, a, s, PRECISION);
  arb_set_d(factor, k->gamma);
  arb_mul(a, a, factor, PRECISION);
  arb_sub_ui(a, a, 1, PRECISION);
  arb_neg(a, a);
  geometric(a, k->T, sum, power);
  arb_mul(power, power, s, PRECISION);
  k->N[j * k->d + j] = rounded(power);
  arb_mul(sum, sum, s, PRECISION);
  arb_mul(sum, sum, factor, PRECISION);
  arb_set_d(factor, k->b[j]);
  arb_mul(sum, sum, factor, PRECISION);
  k->w[j] = rounded(sum);
  arb_clear(s);
  arb_clear(a);
  arb_clear(sum);
  arb_clear(power);
  arb_clear(factor);
}

static void separate_steps(const worker *k) {
  memset(k->N, 0, k->d * k->d * sizeof *k->N);
  for (size_t j = 0; j < k->d; j++)
    separate_step(k, j);
}

static void one_step(const worker *k) {
  const size_t d = k->d;
  for (size_t j = 0; j < d; j++)
    for (size_t e = 0; e < d; e++)
      k->N[j * d + e] = 0 - k->gamma * k->s[j] * k->L[j * d + e] * k->s[e];
  for (size_t j = 0; j < d; j++)
    separate_step(k, j);
}

/* X <- X Y for commuting symmetric X and Y; work: d*d entries. */
static void compose(size_t d, double *X, const double *Y, double *work) {
  ist_multiply(d, X, Y, work);
  ist_symmetrise(d, work);
  memcpy(X, work, d * d * sizeof *X);
}

/* Follows what rounding does to a power of H and to the sum of its powers times Rb. */
typedef struct {
  size_t steps;            /* the exponent of the power */
  double rounding;         /* of one product and what goes with it, relative to its majorant */
  double H, H_off;         /* 2-norm of the computed H, and of its error */
  double power, power_off; /* likewise of the power */
  double sum, sum_off;     /* likewise of the sum */
  double Rb;               /* the norm of Rb */
} full_errors;

/* work: d*d entries. */
static double norm_of(size_t d, const double *A, double *work) {
  for (size_t j = 0; j < d * d; j++)
    work[j] = fabs(A[j]);
  return ist_norm_above(d, work);
}

static double length(size_t d, const double *v) {
  double sum = 0;
  for (size_t j = 0; j < d; j++)
    sum += v[j] * v[j];
  return ist_outward(sqrt(sum));
}

/* sum <- sum + power sum; sum is the norm of the next, Ps: |power||sum| is at most. */
static void note_doubled_sum(full_errors *e, double absolute_power, double next) {
  const double before = e->sum;
  e->sum_off = ist_outward(e->sum_off + (e->power + e->power_off) * e->sum_off +
                           e->power_off * before + e->rounding * (absolute_power + 1) * before);
  e->sum = next;
}

/* power <- power^2, of norms with absolute values before and after. */
static void note_square(full_errors *e, double before, double after) {
  const double rounding = e->rounding * before * before;
  const double norm = fmin(e->power, ist_outward(sqrt(after + rounding)));
  if (e->steps == 1)
    e->H = norm;
  e->power_off = ist_outward(2 * norm * e->power_off + e->power_off * e->power_off + rounding);
  e->power = fmin(after, ist_outward(norm * norm + rounding));
}

/* sum <- Rb + H sum. */
static void note_next_sum(full_errors *e, double absolute_H, double next) {
  const double before = e->sum;
  e->sum_off = ist_outward((e->H + e->H_off) * e->sum_off + e->H_off * before +
                           e->rounding * (absolute_H * before + e->Rb));
  e->sum = next;
}

/* power <- power H. */
static void note_product(full_errors *e, double absolute_power, double absolute_H, double after) {
  const double rounding = e->rounding * absolute_power * absolute_H;
  e->power_off = ist_outward(e->power * e->H_off + e->power_off * (e->H + e->H_off) + rounding);
  e->power = fmin(after, ist_outward(e->power * e->H + rounding));
}

/* R and H into the work space, the power I, the sum 0. */
static full_errors begin_full(const worker *k, double *H, double *power, double *work) {
  const size_t d = k->d;
  for (size_t j = 0; j < d; j++) {
    k->next[j] = sqrt(k->s[j]) * k->b[j];
    for (size_t e = 0; e < d; e++) {
      H[j * d + e] = (j == e) - k->gamma * sqrt(k->s[j]) * k->L[j * d + e] * sqrt(k->s[e]);
      power[j * d + e] = j == e;
    }
  }
  memset(k->w, 0, d * sizeof *k->w);
  const double H_norm = norm_of(d, H, work);
  /* An entry of H is a difference of 1 or 0 and a product that is at most that and |H|. */
  return (full_errors){.rounding = ist_gamma(d + 16),
                       .H = H_norm,
                       .H_off = ist_outward(ist_gamma(16) * (H_norm + 2)),
                       .power = 1,
                       .Rb = length(d, k->next)};
}

/* t <- 2 t. */
static void double_steps(const worker *k, double *power, double *work, full_errors *e) {
  const size_t d = k->d;
  const double before = norm_of(d, power, work);
  ist_apply(d, power, k->w, k->next);
  for (size_t j = 0; j < d; j++)
    k->w[j] += k->next[j];
  note_doubled_sum(e, before, length(d, k->w));
  memcpy(work, power, d * d * sizeof *work);
  ist_multiply(d, work, work, power);
  ist_symmetrise(d, power);
  note_square(e, before, norm_of(d, power, work));
  e->steps *= 2;
}

/* t <- t + 1. */
static void add_step(const worker *k, const double *H, double *power, double *work,
                     full_errors *e) {
  const size_t d = k->d;
  const double H_norm = norm_of(d, H, work), before = norm_of(d, power, work);
  ist_apply(d, H, k->w, k->next);
  for (size_t j = 0; j < d; j++)
    k->w[j] = sqrt(k->s[j]) * k->b[j] + k->next[j];
  note_next_sum(e, H_norm, length(d, k->w));
  compose(d, power, H, work);
  note_product(e, before, H_norm, norm_of(d, power, work));
  e->steps++;
}

/* N = R H^T R and w = gamma R sum. */
static void conclude_full(const worker *k, const full_errors *e) {
  const size_t d = k->d;
  double largest = 0;
  for (size_t j = 0; j < d; j++) {
    largest = fmax(largest, k->s[j]);
    for (size_t c = 0; c < d; c++)
      k->N[j * d + c] *= sqrt(k->s[j]) * sqrt(k->s[c]);
    k->w[j] = k->gamma * sqrt(k->s[j]) * k->w[j];
  }
  const double absolute = norm_of(d, k->N, k->work);
  const double matrix = largest * (1 + 0x1p-40) * e->power_off + ist_gamma(16) * absolute;
  const double vector = k->gamma * sqrt(largest) * (1 + 0x1p-40) *
                        (e->sum_off + ist_gamma(16) * (e->sum + e->sum_off));
  k->errors->matrix = fmax(k->errors->matrix, ist_outward(matrix));
  k->errors->vector = fmax(k->errors->vector, ist_outward(vector));
}

/* With R = S^{1/2} and H = I - gamma R L R: N = R H^T R and w = gamma R (sum_{t<T} H^t) R b, by
 * doubling t: sum_{t<2m} = (I + H^m) sum_{t<m}. */
static void full_steps(const worker *k) {
  double *power = k->N, *H = k->work, *work = H + k->d * k->d;
  full_errors e = begin_full(k, H, power, work);
  size_t bit = 1;
  while (bit <= k->T / 2)
    bit *= 2;
  for (; bit > 0; bit /= 2) {
    double_steps(k, power, work, &e);
    if ((k->T & bit) != 0)
      add_step(k, H, power, work, &e);
  }
  conclude_full(k, &e);
}

typedef void local_steps(const worker *k);

static local_steps *choose(const ist_problem *p, ist_sketch sk, size_t T) {
  if (T == 1)
    return one_step;
  if (sk.q == 1 || all_diagonal(p))
    return separate_steps;
  return sk.q == p->d ? full_steps : NULL;
}

/* A sketch with the same blocks and one scale, and 1/scale, which undoes it: L' = N / scale^2,
 * b' = -w / scale. */
static ist_sketch plain_sketch(const ist_problem *p, ist_sketch sk, double *factor) {
  if (sk.kind == IST_SCALED_PERM)
    sk.kind = IST_PERM;
  *factor = 1 / scale(p, sk, 0, 0);
  return sk;
}

static void fill(local_steps *steps, worker *k, double factor, ist_problem *local) {
  const ist_problem *p = k->p;
  const size_t d = p->d;
  for (size_t i = 0; i < ist_problem_b_count(local); i++) {
    k->L = ist_problem_L(p, i);
    k->b = ist_problem_b(p, i);
    for (size_t j = 0; j < d; j++)
      k->s[j] = scale(p, k->sk, i, j);
    steps(k);
    for (size_t j = 0; j < d * d; j++)
      local->L[i * local->L_stride + j] = factor * factor * k->N[j];
    for (size_t j = 0; j < d; j++)
      local->b[i * local->b_stride + j] = -factor * k->w[j];
  }
}

ist_code ist_local_problem(const ist_problem *p, ist_sketch sk, double gamma, size_t T,
                           ist_problem *local, ist_sketch *local_sk, ist_local_errors *errors,
                           ist_status *s) {
  const size_t d = p->d, L_count = ist_problem_L_count(p);
  const size_t b_count = L_count > 1 ? L_count : ist_problem_b_count(p);
  local_steps *steps = choose(p, sk, T);
  if (ist_sketch_exists(p, sk, s) != IST_OK)
    return s->code;
  if (steps == NULL)
    return ist_fail(s, IST_NOT_EXIST,
                    "no exact expectation after %zu local steps on blocks of %zu out of %zu "
                    "coordinates: it is known for 1 local step, q = 1, q = d and diagonal matrices",
                    T, sk.q, d);
  double *N = ist_memory_doubles(3, d, d), *w = ist_memory_doubles(3, d, 1);
  ist_code code = IST_OK;
  if (N == NULL || w == NULL || !ist_problem_alloc(local, d, p->n, L_count, b_count))
    code = ist_fail(s, IST_MACHINE, "not enough memory");
  if (code == IST_OK) {
    worker k = {p,
                sk,
                d,
                T,
                gamma,
                .N = N,
                .work = N + d * d,
                .w = w,
                .s = w + d,
                .next = w + 2 * d,
                .errors = errors};
    double factor;
    *errors = (ist_local_errors){.roundings = ENTRY_ROUNDINGS};
    *local_sk = plain_sketch(p, sk, &factor);
    fill(steps, &k, factor, local);
    ist_problem_note_interpolation(local);
  }
  free(N);
  free(w);
  return code;
}
