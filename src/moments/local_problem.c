#include "local_problem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "dense.h"
#include "machine/memory.h"

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
  size_t d, T;
  double gamma;
  const double *L, *b;
  double *s; /* d */
  double *N, *w;
  double *work; /* 2 d*d entries */
  double *next; /* d */
} worker;

static void one_step(const worker *k) {
  const size_t d = k->d;
  for (size_t j = 0; j < d; j++) {
    for (size_t e = 0; e < d; e++)
      k->N[j * d + e] = (j == e ? k->s[j] : 0) - k->gamma * k->s[j] * k->L[j * d + e] * k->s[e];
    k->w[j] = k->gamma * k->s[j] * k->b[j];
  }
}

/* Coordinates that do not interact: N_jj = s a^T, w_j = gamma s b_j (1 + a + ... + a^(T-1)) with
 * a = 1 - y, y = gamma s L_jj of any sign; the sum is (1 - a^T) / y, and T where y = 0. */
static void separate_steps(const worker *k) {
  const size_t d = k->d;
  memset(k->N, 0, d * d * sizeof *k->N);
  for (size_t j = 0; j < d; j++) {
    const double y = k->gamma * k->s[j] * k->L[j * d + j], T = (double)k->T;
    const double change = y < 1 ? -expm1(T * log1p(-y)) : 1 - pow(1 - y, T); /* 1 - a^T */
    k->N[j * d + j] = k->s[j] * pow(1 - y, T);
    k->w[j] = k->gamma * k->s[j] * k->b[j] * (y != 0 ? change / y : T);
  }
}

/* X <- X Y for commuting symmetric X and Y; work: d*d entries. */
static void compose(size_t d, double *X, const double *Y, double *work) {
  ist_multiply(d, X, Y, work);
  ist_symmetrise(d, work);
  memcpy(X, work, d * d * sizeof *X);
}

/* With R = S^{1/2} and H = I - gamma R L R: N = R H^T R and w = gamma R (sum_{t<T} H^t) R b, by
 * doubling t: sum_{t<2m} = (I + H^m) sum_{t<m}. */
static void full_steps(const worker *k) {
  const size_t d = k->d;
  double *power = k->N, *H = k->work, *work = H + d * d, *sum = k->w;
  for (size_t j = 0; j < d; j++)
    for (size_t e = 0; e < d; e++) {
      H[j * d + e] = (j == e) - k->gamma * sqrt(k->s[j]) * k->L[j * d + e] * sqrt(k->s[e]);
      power[j * d + e] = j == e;
    }
  memset(sum, 0, d * sizeof *sum);
  size_t bit = 1;
  while (bit <= k->T / 2)
    bit *= 2;
  for (; bit > 0; bit /= 2) {
    ist_apply(d, power, sum, k->next);
    for (size_t j = 0; j < d; j++)
      sum[j] += k->next[j];
    memcpy(work, power, d * d * sizeof *work);
    ist_multiply(d, work, work, power);
    ist_symmetrise(d, power);
    if ((k->T & bit) == 0)
      continue;
    ist_apply(d, H, sum, k->next);
    for (size_t j = 0; j < d; j++)
      sum[j] = sqrt(k->s[j]) * k->b[j] + k->next[j];
    compose(d, power, H, work);
  }
  for (size_t j = 0; j < d; j++) {
    for (size_t e = 0; e < d; e++)
      k->N[j * d + e] *= sqrt(k->s[j]) * sqrt(k->s[e]);
    k->w[j] = k->gamma * sqrt(k->s[j]) * sum[j];
  }
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

static void fill(const ist_problem *p, ist_sketch sk, local_steps *steps, worker *k, double factor,
                 ist_problem *local) {
  const size_t d = p->d;
  for (size_t i = 0; i < ist_problem_b_count(local); i++) {
    k->L = ist_problem_L(p, i);
    k->b = ist_problem_b(p, i);
    for (size_t j = 0; j < d; j++)
      k->s[j] = scale(p, sk, i, j);
    steps(k);
    for (size_t j = 0; j < d * d; j++)
      local->L[i * local->L_stride + j] = factor * factor * k->N[j];
    for (size_t j = 0; j < d; j++)
      local->b[i * local->b_stride + j] = -factor * k->w[j];
  }
}

ist_code ist_local_problem(const ist_problem *p, ist_sketch sk, double gamma, size_t T,
                           ist_problem *local, ist_sketch *local_sk, ist_status *s) {
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
    worker k = {d, T, gamma, .N = N, .work = N + d * d, .w = w, .s = w + d, .next = w + 2 * d};
    double factor;
    *local_sk = plain_sketch(p, sk, &factor);
    fill(p, sk, steps, &k, factor, local);
    ist_problem_note_interpolation(local);
  }
  free(N);
  free(w);
  return code;
}
