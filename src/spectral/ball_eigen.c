#include "ball_eigen.h"

#include <math.h>
#include <stdlib.h>

#include "eigen.h"
#include "enclosure.h"
#include "machine/memory.h"

/** Shifts that were tried in vain before the search gives up. */
#define MOST_FAILURES 3

#define MOST_ROUNDS 60

/* The largest eigenvalue of A lies in [lo, hi]. */
typedef struct {
  slong d, precision;
  const arb_mat_struct *A;
  arb_mat_t R; /* Cholesky factor of hi I - A; exact midpoints */
  arb_mat_t x; /* witness, d x 1, exact */
  arf_t lo, hi, norm;
} search;

static void search_open(search *s, ist_ball_matrix A, slong precision) {
  mag_t bound;
  mag_init(bound);
  *s = (search){.d = arb_mat_nrows(A), .precision = precision, .A = A};
  arb_mat_init(s->R, s->d, s->d);
  arb_mat_init(s->x, s->d, 1);
  arf_init(s->lo);
  arf_init(s->hi);
  arf_init(s->norm);
  arb_mat_bound_inf_norm(bound, A);
  arf_set_mag(s->norm, bound);
  /* Uneven, so that no symmetry of the problem makes it orthogonal to the eigenvector. */
  for (slong j = 0; j < s->d; j++)
    arb_set_ui(arb_mat_entry(s->x, j, 0), 1024 + (ulong)j * 2654435761u % 1021);
  mag_clear(bound);
}

static void search_close(search *s) {
  arb_mat_clear(s->R);
  arb_mat_clear(s->x);
  arf_clear(s->lo);
  arf_clear(s->hi);
  arf_clear(s->norm);
}

/* Whether t I - A is proved positive definite; then hi = t, and R is kept. */
static bool try_upper(search *s, const arf_t t) {
  arb_mat_t F;
  arb_t shift;
  arb_mat_init(F, s->d, s->d);
  arb_init(shift);
  arb_set_arf(shift, t);
  arb_mat_neg(F, s->A);
  for (slong j = 0; j < s->d; j++)
    arb_add(arb_mat_entry(F, j, j), arb_mat_entry(F, j, j), shift, s->precision);
  const bool proved = arb_mat_cho(F, F, s->precision) != 0;
  if (proved) {
    arb_mat_get_mid(s->R, F);
    arf_set(s->hi, t);
  }
  arb_mat_clear(F);
  arb_clear(shift);
  return proved;
}

/* An estimate of the largest eigenvalue in units of the norm, in double precision; 1 if there is
 * none. */
static double estimate(const search *s) {
  const size_t d = (size_t)s->d;
  double *A = ist_memory_doubles(1, d, d), min, max = 1;
  ist_status ignored;
  arf_t entry;
  arf_init(entry);
  for (size_t j = 0; A != NULL && j < d * d; j++) {
    arf_div(entry, arb_midref(s->A->entries + j), s->norm, 53, ARF_RND_NEAR);
    A[j] = arf_get_d(entry, ARF_RND_NEAR);
  }
  if (A == NULL || ist_extreme_eigenvalues(A, d, &min, &max, &ignored) != IST_OK)
    max = 1;
  free(A);
  arf_clear(entry);
  return max;
}

/* The first upper bound: near the estimate, else near the norm. */
static bool find_upper(search *s) {
  const double value = estimate(s);
  bool found = false;
  arf_t t;
  arf_init(t);
  for (int exponent = -44; !found && exponent <= 2; exponent += exponent < -20 ? 8 : 11) {
    arf_set_d(t, value + ldexp(1, exponent));
    arf_mul(t, t, s->norm, s->precision, ARF_RND_UP);
    found = try_upper(s, t);
  }
  arf_clear(t);
  return found;
}

/* x <- (hi I - A)^{-1} x, scaled. Any vector may be a witness, so that errors do not matter. */
static void inverse_iteration(search *s) {
  arf_t largest;
  arf_init(largest);
  arb_mat_solve_cho_precomp(s->x, s->R, s->x, s->precision);
  arb_mat_get_mid(s->x, s->x);
  for (slong j = 0; j < s->d; j++)
    if (arf_cmpabs(arb_midref(arb_mat_entry(s->x, j, 0)), largest) > 0)
      arf_set(largest, arb_midref(arb_mat_entry(s->x, j, 0)));
  if (!arf_is_zero(largest) && arf_is_finite(largest)) {
    fmpz_t shift;
    fmpz_init(shift);
    fmpz_neg(shift, ARF_EXPREF(largest));
    for (slong j = 0; j < s->d; j++)
      arb_mul_2exp_fmpz(arb_mat_entry(s->x, j, 0), arb_mat_entry(s->x, j, 0), shift);
    fmpz_clear(shift);
  }
  arf_clear(largest);
}

/* Raises lo to the lower end of x'Ax / x'x. */
static void raise_lower(search *s) {
  arb_t quotient, square;
  arb_mat_t Ax;
  arf_t end;
  arb_init(quotient);
  arb_init(square);
  arb_mat_init(Ax, s->d, 1);
  arf_init(end);
  arb_mat_mul(Ax, s->A, s->x, s->precision);
  for (slong j = 0; j < s->d; j++) {
    arb_addmul(quotient, arb_mat_entry(s->x, j, 0), arb_mat_entry(Ax, j, 0), s->precision);
    arb_addmul(square, arb_mat_entry(s->x, j, 0), arb_mat_entry(s->x, j, 0), s->precision);
  }
  arb_div(quotient, quotient, square, s->precision);
  if (arb_is_finite(quotient)) {
    arb_get_lbound_arf(end, quotient, s->precision);
    if (arf_cmp(end, s->lo) > 0)
      arf_set(s->lo, end);
  }
  arb_clear(quotient);
  arb_clear(square);
  arb_mat_clear(Ax);
  arf_clear(end);
}

/* hi - lo, and whether it is small enough: to half the bits, the rest being left to the
 * conditioning and to the factorisation. */
static bool measure(const search *s, arf_t gap) {
  arf_t wanted;
  arf_init(wanted);
  arf_sub(gap, s->hi, s->lo, s->precision, ARF_RND_UP);
  arf_abs(wanted, arf_cmpabs(s->lo, s->hi) < 0 ? s->lo : s->hi);
  arf_mul_2exp_si(wanted, wanted, -s->precision / 2);
  const bool narrow = arf_cmp(gap, wanted) <= 0;
  arf_clear(wanted);
  return narrow;
}

/* Lowers hi to lo + gap 2^-k for the largest k that is proved. */
static bool lower_upper(search *s, const arf_t gap) {
  static const slong steps[] = {80, 40, 16, 5, 1};
  bool found = false;
  arf_t t;
  arf_init(t);
  for (size_t k = 0; !found && k < sizeof steps / sizeof *steps; k++) {
    arf_mul_2exp_si(t, gap, -steps[k]);
    arf_add(t, s->lo, t, s->precision, ARF_RND_UP);
    found = arf_cmp(t, s->hi) < 0 && try_upper(s, t);
  }
  arf_clear(t);
  return found;
}

static void narrow(search *s) {
  arf_t gap;
  arf_init(gap);
  arf_neg_inf(s->lo);
  for (int round = 0, failures = 0; round < MOST_ROUNDS && failures < MOST_FAILURES; round++) {
    inverse_iteration(s);
    inverse_iteration(s);
    raise_lower(s);
    if (!arf_is_finite(s->lo) || measure(s, gap))
      break;
    failures = lower_upper(s, gap) ? 0 : failures + 1;
  }
  arf_clear(gap);
}

ist_ball ist_ball_largest_eigenvalue(ist_balls *e, ist_ball_matrix A) {
  search s;
  arb_struct *out = ist_ball_new(e);
  arb_indeterminate(out);
  if (!arb_mat_is_finite(A))
    return out;
  search_open(&s, A, e->precision);
  if (arf_is_zero(s.norm))
    arb_zero(out);
  else if (find_upper(&s)) {
    narrow(&s);
    if (arf_is_finite(s.lo))
      arb_set_interval_arf(out, s.lo, s.hi, e->precision);
  }
  search_close(&s);
  return out;
}

ist_ball ist_ball_smallest_eigenvalue(ist_balls *e, ist_ball_matrix A) {
  ist_ball minus = ist_ball_of(e, -1);
  return ist_ball_mul(e, minus, ist_ball_largest_eigenvalue(e, ist_ball_scale(e, minus, A)));
}

/* R^{-1} A R^{-T}, B = R R', whose eigenvalues are those of the pencil. */
static ist_ball_matrix reduce(ist_balls *e, ist_ball_matrix A, ist_ball_matrix B) {
  const size_t d = (size_t)arb_mat_nrows(A);
  arb_mat_struct *R = ist_ball_matrix_new(e, d, d), *X = ist_ball_matrix_new(e, d, d);
  if (!arb_mat_is_finite(A) || !arb_mat_is_finite(B) || !arb_mat_cho(R, B, e->precision))
    return ist_ball_matrix_unknown(e, d, d);
  arb_mat_solve_tril(X, R, A, 0, e->precision);
  arb_mat_transpose(X, X);
  arb_mat_solve_tril(X, R, X, 0, e->precision);
  return ist_ball_symmetric_part(e, X);
}

ist_ball ist_ball_largest_of_pencil(ist_balls *e, ist_ball_matrix A, ist_ball_matrix B) {
  return ist_ball_largest_eigenvalue(e, reduce(e, A, B));
}

ist_ball ist_ball_smallest_of_pencil(ist_balls *e, ist_ball_matrix A, ist_ball_matrix B) {
  return ist_ball_smallest_eigenvalue(e, reduce(e, A, B));
}

/* About A^{1/2}, exact and symmetric, by Denman and Beavers' iteration. */
static ist_ball_matrix about_root(ist_balls *e, ist_ball_matrix A) {
  const size_t d = (size_t)arb_mat_nrows(A);
  arb_mat_struct *X = ist_ball_matrix_new(e, d, d), *Z = ist_ball_matrix_new(e, d, d);
  arb_mat_struct *U = ist_ball_matrix_new(e, d, d), *V = ist_ball_matrix_new(e, d, d);
  arb_mat_get_mid(X, A);
  arb_mat_one(Z);
  for (int k = 0; k < MOST_ROUNDS; k++) {
    if (!arb_mat_approx_inv(U, Z, e->precision) || !arb_mat_approx_inv(V, X, e->precision))
      return ist_ball_matrix_unknown(e, d, d);
    arb_mat_add(X, X, U, e->precision);
    arb_mat_add(Z, Z, V, e->precision);
    arb_mat_scalar_mul_2exp_si(X, X, -1);
    arb_mat_scalar_mul_2exp_si(Z, Z, -1);
    arb_mat_get_mid(X, X);
    arb_mat_get_mid(Z, Z);
    ist_ball step = ist_ball_difference(e, U, X), size = ist_ball_largest_entry(e, X);
    if (ist_ball_above(step) <= ldexp(ist_ball_above(size), -(int)e->precision / 2))
      break;
  }
  arb_mat_transpose(U, X);
  arb_mat_add(X, X, U, e->precision);
  arb_mat_scalar_mul_2exp_si(X, X, -1);
  arb_mat_get_mid(X, X);
  return X;
}

/* S = A^{1/2}, A = L^{-1}, and a positive definite Y satisfy S(S - Y) + (S - Y)Y = A - Y^2, so that
 * |S - Y| <= |A - Y^2| / lambda_min(S), in the Frobenius norm; lambda_min(S)^2 >= 1/|L|. */
ist_ball_matrix ist_ball_inverse_root_diagonal(ist_balls *e, ist_ball_matrix L) {
  const size_t d = (size_t)arb_mat_nrows(L);
  ist_ball_matrix A = ist_ball_solve(e, L, ist_ball_identity(e, d));
  if (!ist_ball_matrix_known(A))
    return ist_ball_matrix_unknown(e, d, 1);
  ist_ball_matrix Y = about_root(e, A);
  if (!ist_ball_matrix_known(Y) || !ist_proved_positive_definite(Y, e->precision))
    return ist_ball_matrix_unknown(e, d, 1);
  ist_ball_matrix rest = ist_ball_matrix_sub(e, A, ist_ball_product(e, Y, Y));
  arb_struct *error = ist_ball_new(e), *size = ist_ball_new(e);
  arb_mat_frobenius_norm(error, rest, e->precision);
  arb_mat_frobenius_norm(size, L, e->precision);
  arb_sqrt(size, size, e->precision);
  arb_mul(error, error, size, e->precision);
  arb_mat_struct *out = ist_ball_matrix_new(e, d, 1);
  for (size_t j = 0; j < d; j++) {
    arb_set(arb_mat_entry(out, j, 0), arb_mat_entry(Y, j, j));
    arb_add_error(arb_mat_entry(out, j, 0), error);
  }
  return out;
}
