#include "weights.h"

#include "effective.h"

/* q^(k) / (d-j)^(k), falling factorials. */
static double falling_ratio(size_t q, size_t k, size_t d, size_t j) {
  double ratio = 1;
  for (size_t i = 0; i < k; i++) {
    if (i >= q)
      return 0;
    ratio *= (double)(q - i) / (double)(d - j - i);
  }
  return ratio;
}

/* r_jk. Two disjoint blocks leave room for both, d >= 2q, so no denominator vanishes. */
static double other_worker(size_t d, size_t n, ist_sketch sk, size_t j, size_t k) {
  if (n == 1)
    return 0;
  const size_t taken = ist_disjoint_blocks(sk) ? j : 0;
  const double first = falling_ratio(sk.q, j, d, 0);
  return first == 0 ? 0 : first * falling_ratio(sk.q, k, d, taken);
}

ist_weights ist_sketch_weights(size_t d, size_t n, ist_sketch sk) {
  ist_weights w;
  for (size_t k = 1; k <= 4; k++)
    w.p[k - 1] = falling_ratio(sk.q, k, d, 0);
  w.r11 = other_worker(d, n, sk, 1, 1);
  w.r12 = other_worker(d, n, sk, 1, 2);
  w.r22 = other_worker(d, n, sk, 2, 2);
  return w;
}

/* Coefficients of p_1..p_4 in kappa_s and of r_11, r_12, r_22 in kappa_d. Two independent blocks
 * may share coordinates: only coincidences within one worker's pair of indices (a,c or e,b) matter.
 */
typedef struct {
  int same[4], other[3];
  bool within;
} quadratic_row;

static const quadratic_row quadratic_table[IST_QUADRATIC_TERMS] = {
    [IST_NONE] = {{0, 0, 0, 1}, {0, 0, 1}, true},
    [IST_AC] = {{0, 0, 1, -1}, {0, 1, -1}, true},
    [IST_EB] = {{0, 0, 1, -1}, {0, 1, -1}, true},
    [IST_CE] = {{0, 0, 1, -1}, {0, 0, -1}, false},
    [IST_AE] = {{0, 0, 1, -1}, {0, 0, -1}, false},
    [IST_CB] = {{0, 0, 1, -1}, {0, 0, -1}, false},
    [IST_AB] = {{0, 0, 1, -1}, {0, 0, -1}, false},
    [IST_AC_EB] = {{0, 1, -2, 1}, {1, -2, 1}, true},
    [IST_AE_CB] = {{0, 1, -2, 1}, {0, 0, 1}, false},
    [IST_AB_CE] = {{0, 1, -2, 1}, {0, 0, 1}, false},
    [IST_ACE] = {{0, 1, -3, 2}, {0, -1, 2}, false},
    [IST_CEB] = {{0, 1, -3, 2}, {0, -1, 2}, false},
    [IST_ACB] = {{0, 1, -3, 2}, {0, -1, 2}, false},
    [IST_AEB] = {{0, 1, -3, 2}, {0, -1, 2}, false},
    [IST_ALL] = {{1, -7, 12, -6}, {-1, 4, -6}, false},
};

/* Coefficients of p_1..p_3 in tau_s and of r_11, r_21 in tau_d. */
typedef struct {
  int same[3], other[2];
  bool within;
} linear_row;

static const linear_row linear_table[IST_LINEAR_TERMS] = {
    [IST_LINEAR_NONE] = {{0, 0, 1}, {0, 1}, true},
    [IST_LINEAR_FIRST] = {{0, 1, -1}, {1, -1}, true},
    [IST_LINEAR_INNER] = {{0, 1, -1}, {0, -1}, false},
    [IST_LINEAR_OUTER] = {{0, 1, -1}, {0, -1}, false},
    [IST_LINEAR_ALL] = {{1, -3, 2}, {-1, 2}, false},
};

static double combine(const int *coefficient, const double *weight, size_t count) {
  double sum = 0;
  for (size_t k = 0; k < count; k++)
    sum += coefficient[k] * weight[k];
  return sum;
}

ist_quadratic_coefficients ist_quadratic_row(ist_sketch sk, ist_quadratic_term t) {
  const quadratic_row *row = &quadratic_table[t];
  ist_quadratic_coefficients k = {0};
  for (size_t j = 0; j < 4; j++)
    k.same[j] = row->same[j];
  for (size_t j = 0; j < 3; j++)
    k.other[j] = ist_disjoint_blocks(sk) || row->within ? row->other[j] : 0;
  return k;
}

void ist_quadratic_weights(const ist_weights *w, ist_sketch sk, double same[IST_QUADRATIC_TERMS],
                           double other[IST_QUADRATIC_TERMS]) {
  const double r[] = {w->r11, w->r12, w->r22};
  for (size_t t = 0; t < IST_QUADRATIC_TERMS; t++) {
    const ist_quadratic_coefficients row = ist_quadratic_row(sk, (ist_quadratic_term)t);
    same[t] = combine(row.same, w->p, 4);
    other[t] = combine(row.other, r, 3);
  }
}

ist_linear_coefficients ist_linear_row(ist_sketch sk, ist_linear_term t) {
  const linear_row *row = &linear_table[t];
  ist_linear_coefficients k = {0};
  for (size_t j = 0; j < 3; j++)
    k.same[j] = row->same[j];
  for (size_t j = 0; j < 2; j++)
    k.other[j] = ist_disjoint_blocks(sk) || row->within ? row->other[j] : 0;
  return k;
}

void ist_linear_weights(const ist_weights *w, ist_sketch sk, double same[IST_LINEAR_TERMS],
                        double other[IST_LINEAR_TERMS]) {
  const double r[] = {w->r11, w->r12};
  for (size_t t = 0; t < IST_LINEAR_TERMS; t++) {
    const ist_linear_coefficients row = ist_linear_row(sk, (ist_linear_term)t);
    same[t] = combine(row.same, w->p, 3);
    other[t] = combine(row.other, r, 2);
  }
}
