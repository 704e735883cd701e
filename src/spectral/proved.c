#include "proved.h"

#include <float.h>
#include <gsl/gsl_cblas.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "factor.h"
#include "machine/memory.h"
#include "moments/rounding.h"

/** Unit roundoff of the format that Rayleigh quotients are summed in. */
#define LONG_UNIT (LDBL_EPSILON / 2)

#define DIAGONAL_MIN 0x1p-400
#define DIAGONAL_MAX 0x1p700

/** Shifts away from the proposal grow by this factor, so often. */
#define GROWTH 32
#define MOST_SHIFTS 14

/** Passes, each from the quotient that the one before led to. */
#define MOST_PASSES 3

typedef struct {
  size_t d;
  double sign;
  ist_inexact A, B;
  double *F; /* d*d: sign A - t B - Diag(z), then its factor */
  double *D; /* |A_jj| + |t B_jj|, then its root */
  double *z;
  double *x, *y; /* the eigenvector; work space */
} search;

static double entry(ist_inexact X, size_t d, size_t j, size_t k) {
  return X.mid == NULL ? (double)(j == k) : X.mid[j * d + k];
}

static double error(ist_inexact X, size_t at) { return X.err == NULL ? 0 : X.scale * X.err[at]; }

/* F = sign A - t B, lower triangle, and z_j = (E v)_j / v_j with v_j = D_j^{-1/2}: D is the size
 * of the entries before they cancel. E: the errors of A and B, and three roundings. */
static void shifted(search *s, double t) {
  const size_t d = s->d;
  for (size_t j = 0; j < d; j++) {
    s->D[j] = sqrt(fabs(entry(s->A, d, j, j)) + fabs(t * entry(s->B, d, j, j)));
    s->z[j] = 0;
  }
  for (size_t j = 0; j < d; j++)
    for (size_t k = 0; k <= j; k++) {
      const double a = s->sign * entry(s->A, d, j, k), b = t * entry(s->B, d, j, k);
      const size_t at = j * d + k;
      const double E =
          error(s->A, at) + fabs(t) * error(s->B, at) + 3 * IST_UNIT * (fabs(a) + fabs(b));
      s->F[at] = a - b;
      if (E == 0)
        continue;
      s->z[j] += E / s->D[k];
      if (k != j)
        s->z[k] += E / s->D[j];
    }
}

/* Whether sign A - t B is proved positive definite; its factor is then in F. */
static bool attempt(search *s, double t) {
  const size_t d = s->d;
  const double gamma = ist_gamma(d + 4), backward = (double)d * gamma / (1 - gamma);
  if (!isfinite(t))
    return false;
  shifted(s, t);
  for (size_t j = 0; j < d; j++) {
    double *pivot = &s->F[j * d + j];
    if (!(*pivot >= DIAGONAL_MIN && *pivot <= DIAGONAL_MAX))
      return false;
    s->z[j] = ist_outward(s->D[j] * s->z[j] + backward * *pivot);
    *pivot -= s->z[j];
  }
  return ist_factorise(s->F, d);
}

/* The size of the pencil's eigenvalues: max |A_jj| / B_jj. */
static double size(const search *s) {
  double largest = 0;
  for (size_t j = 0; j < s->d; j++)
    largest = fmax(largest, fabs(entry(s->A, s->d, j, j) / entry(s->B, s->d, j, j)));
  return largest;
}

/* y = B x. */
static void apply_B(const search *s, const double *x, double *y) {
  const int m = (int)s->d;
  if (s->B.mid == NULL)
    memcpy(y, x, s->d * sizeof *y);
  else
    cblas_dsymv(CblasRowMajor, CblasLower, m, 1, s->B.mid, m, x, 1, 0, y, 1);
}

/* x <- F^{-1} B x, scaled. Errors do not matter: any vector may be a witness. */
static void inverse_iteration(search *s) {
  const size_t d = s->d;
  apply_B(s, s->x, s->y);
  ist_solve_with_factor(s->F, d, s->y);
  double largest = 0;
  for (size_t j = 0; j < d; j++)
    largest = fmax(largest, fabs(s->y[j]));
  if (largest > 0 && isfinite(largest))
    for (size_t j = 0; j < d; j++)
      s->x[j] = s->y[j] / largest;
}

/* x'Xx in extended precision, and a bound of its error: 2 d + 2 roundings for each term. */
static long double quadratic(const search *s, ist_inexact X, double *bound) {
  const size_t d = s->d;
  long double sum = 0;
  double absolute = 0, inexact = 0;
  for (size_t j = 0; j < d; j++) {
    if (X.mid == NULL) {
      sum += (long double)s->x[j] * s->x[j];
      absolute += s->x[j] * s->x[j];
      continue;
    }
    long double row = 0;
    double row_absolute = 0, row_inexact = 0;
    for (size_t k = 0; k < d; k++) {
      row += (long double)X.mid[j * d + k] * s->x[k];
      row_absolute += fabs(X.mid[j * d + k] * s->x[k]);
      row_inexact += error(X, j * d + k) * fabs(s->x[k]);
    }
    sum += row * s->x[j];
    absolute += row_absolute * fabs(s->x[j]);
    inexact += row_inexact * fabs(s->x[j]);
  }
  *bound = ist_outward((double)(2 * d + 8) * (double)LONG_UNIT * absolute + inexact);
  return sum;
}

/* The Rayleigh quotient of x, and an upper bound of the exact matrices'. */
static bool rayleigh(const search *s, double *value, double *hi) {
  double above, below;
  const long double a = s->sign * quadratic(s, s->A, &above), b = quadratic(s, s->B, &below);
  if (!(b > 2 * (long double)below) || !isfinite((double)a))
    return false;
  *value = (double)(a / b);
  const long double top = a + above;
  const long double quotient = top / (top < 0 ? b + below : b - below);
  /* Six roundings of the wider format, and one to binary64. */
  *hi = (double)(quotient + fabsl(quotient) * 8 * LONG_UNIT);
  *hi = nextafter(*hi, INFINITY);
  return isfinite(*value) && isfinite(*hi);
}

/* A first lower bound below the proposal, and the vector that belongs to it. */
static bool first_bound(search *s, double proposal, double *lo) {
  const double d = (double)s->d;
  double shift = d * d * IST_UNIT * fabs(proposal) + d * 0x1p-62 * size(s);
  for (int k = 0; k < MOST_SHIFTS; k++, shift *= GROWTH)
    if (attempt(s, proposal - shift)) {
      *lo = proposal - shift;
      for (int step = 0; step < 4; step++)
        inverse_iteration(s);
      return true;
    }
  return false;
}

/* Raises lo towards the quotient. F(t) takes off z; x'F(t)x = 0 at value - x'Diag(z)x / x'Bx, so
 * that no t above that can pass, and little below may. */
static void tighten(search *s, double value, double *lo) {
  double taken = 0, norm = 0;
  apply_B(s, s->x, s->y);
  for (size_t j = 0; j < s->d; j++) {
    taken += s->z[j] * s->x[j] * s->x[j];
    norm += s->x[j] * s->y[j];
  }
  if (!(norm > 0))
    return;
  double share = 1.25;
  for (int k = 0; k < 3; k++, share *= 3) {
    const double t = value - share * taken / norm;
    if (!(t > *lo))
      return;
    if (attempt(s, t)) {
      *lo = t;
      return;
    }
  }
}

static void open_search(search *s, double *work) {
  const size_t d = s->d;
  s->F = work;
  s->D = work + d * d;
  s->z = s->D + d;
  s->x = s->z + d;
  s->y = s->x + d;
  /* Uneven, so that no symmetry of the problem makes it orthogonal to the eigenvector. */
  for (size_t j = 0; j < d; j++)
    s->x[j] = (double)(1024 + j * 2654435761u % 1021);
}

/* From the proposal; where that was far off, once more from the quotient it led to. */
static bool enclose(search *s, double proposal, ist_proved *out) {
  const double wide = 0x1p-20 * size(s);
  for (int pass = 0; pass < MOST_PASSES; pass++) {
    ist_proved next = {0};
    if (!first_bound(s, proposal, &next.lo) || !rayleigh(s, &next.value, &next.hi))
      return out->exists;
    tighten(s, next.value, &next.lo);
    if (!out->exists || next.hi < out->hi) {
      out->value = next.value;
      out->hi = next.hi;
    }
    out->lo = out->exists ? fmax(out->lo, next.lo) : next.lo;
    out->exists = true;
    if (!(out->value - out->lo > wide))
      break;
    proposal = out->value;
  }
  return true;
}

ist_proved ist_prove_smallest(size_t d, double sign, ist_inexact A, ist_inexact B, double proposal,
                              double *vector) {
  search s = {.d = d, .sign = sign, .A = A, .B = B};
  ist_proved out = {0};
  double *work = ist_memory_doubles(d + 4, d, 1);
  if (work != NULL)
    open_search(&s, work);
  if (work != NULL && enclose(&s, proposal, &out) && vector != NULL)
    memcpy(vector, s.x, d * sizeof *vector);
  free(work);
  return out;
}

ist_proved ist_proved_negative(ist_proved x) {
  return (ist_proved){x.exists, -x.value, -x.hi, -x.lo};
}

bool ist_proved_above(size_t d, double sign, ist_inexact A, ist_inexact B, double t, double *work) {
  search s = {.d = d, .sign = sign, .A = A, .B = B, .F = work, .D = work + d * d};
  s.z = s.D + d;
  return attempt(&s, t);
}

double ist_proved_error(const ist_proved *x) {
  if (!x->exists)
    return INFINITY;
  return ist_outward(fmax(fabs(x->hi - x->value), fabs(x->value - x->lo)));
}
