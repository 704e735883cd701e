#include "enclosure.h"

#include <math.h>
#include <stdio.h>

/** Upper bounds are tried at proposal + 2^e scale, e = FIRST, FIRST + STEP, ... up to -1. */
#define FIRST_EXPONENT (-41)
#define EXPONENT_STEP 8

/** Part of the matrices' size that an error of the proposal is expected to be relative to. */
#define NORM_SHARE 0x1p-20

/** Bits that interval Cholesky, which loses about a quarter of one with every row, leaves over for
 *  an eigenvalue near zero, which is enclosed to that part of the matrices' size. */
#define SPARE_BITS 28

#define MOST_ITERATIONS 6

/** Upper bounds that are tried between lo and hi, and how often both ends are improved by turns. */
#define UPPER_TRIES 4
#define MOST_TURNS 4

bool ist_proved_positive_definite(const arb_mat_t A, slong precision) {
  arb_mat_t R;
  arb_mat_init(R, arb_mat_nrows(A), arb_mat_nrows(A));
  const bool proved = arb_mat_cho(R, A, precision) != 0;
  arb_mat_clear(R);
  return proved;
}

/* The search for one enclosure. */
typedef struct {
  slong d, precision;
  const arb_mat_struct *A, *B; /* B: NULL for the identity */
  arb_mat_t R;                 /* Cholesky factor of hi B - A; exact midpoints */
  arb_mat_t x;                 /* witness, d x 1, exact */
  double lo, hi;
} search;

static void search_init(search *s, const arb_mat_t A, const arb_mat_struct *B, slong precision) {
  *s = (search){.d = arb_mat_nrows(A), .precision = precision, .A = A, .B = B, .lo = -INFINITY};
  arb_mat_init(s->R, s->d, s->d);
  arb_mat_init(s->x, s->d, 1);
  /* Uneven, so that no symmetry of the problem makes it orthogonal to the eigenvector. */
  for (slong j = 0; j < s->d; j++)
    arb_set_ui(arb_mat_entry(s->x, j, 0), 1024 + (ulong)j * 2654435761u % 1021);
}

static void search_clear(search *s) {
  arb_mat_clear(s->R);
  arb_mat_clear(s->x);
}

/* F = t B - A. */
static void shifted(const search *s, double t, arb_mat_t F) {
  arb_t shift;
  arb_init(shift);
  arb_set_d(shift, t);
  arb_mat_neg(F, s->A);
  if (s->B != NULL)
    arb_mat_scalar_addmul_arb(F, s->B, shift, s->precision);
  else
    for (slong j = 0; j < s->d; j++)
      arb_add(arb_mat_entry(F, j, j), arb_mat_entry(F, j, j), shift, s->precision);
  arb_clear(shift);
}

/* Whether t B - A is proved positive definite; then hi = t, and R is kept. */
static bool try_upper(search *s, double t) {
  if (!isfinite(t) || (s->B != NULL && !(t > 0)))
    return false;
  arb_mat_t F;
  arb_mat_init(F, s->d, s->d);
  shifted(s, t, F);
  const bool proved = arb_mat_cho(F, F, s->precision) != 0;
  if (proved) {
    arb_mat_get_mid(s->R, F);
    s->hi = t;
  }
  arb_mat_clear(F);
  return proved;
}

/* max_j |A_jj| / B_jj, about the size of the eigenvalues. */
static double size(const search *s) {
  double largest = 0;
  for (slong j = 0; j < s->d; j++) {
    double a = arf_get_d(arb_midref(arb_mat_entry(s->A, j, j)), ARF_RND_NEAR);
    double b = s->B == NULL ? 1 : arf_get_d(arb_midref(arb_mat_entry(s->B, j, j)), ARF_RND_NEAR);
    largest = fmax(largest, fabs(a / b));
  }
  return largest;
}

/* The part of the matrices' size to which an eigenvalue near zero is enclosed. */
static double smallest_share(const search *s) {
  return ldexp(1, (int)(SPARE_BITS + s->d / 4 - s->precision));
}

static bool find_upper(search *s, double proposal) {
  /* Far smaller than the matrices: relative to itself, if the proposal is that good. */
  if (fabs(proposal) < NORM_SHARE * NORM_SHARE * size(s) &&
      try_upper(s, proposal + ldexp(fabs(proposal), FIRST_EXPONENT)))
    return true;
  const double scale = fabs(proposal) + NORM_SHARE * size(s);
  for (int e = FIRST_EXPONENT; e < 0; e += EXPONENT_STEP)
    if (try_upper(s, proposal + ldexp(scale, e)))
      return true;
  return false;
}

/* x'A x; A = NULL for the identity. */
static void quadratic_form(const search *s, const arb_mat_struct *A, arb_t out) {
  arb_mat_t Ax;
  arb_mat_init(Ax, s->d, 1);
  if (A == NULL)
    arb_mat_set(Ax, s->x);
  else
    arb_mat_mul(Ax, A, s->x, s->precision);
  arb_zero(out);
  for (slong j = 0; j < s->d; j++)
    arb_addmul(out, arb_mat_entry(s->x, j, 0), arb_mat_entry(Ax, j, 0), s->precision);
  arb_mat_clear(Ax);
}

/* The Rayleigh quotient of x as a ball; false unless x'Bx > 0 for certain. */
static bool rayleigh_quotient(const search *s, arb_t out) {
  arb_t b;
  arb_init(b);
  quadratic_form(s, s->A, out);
  quadratic_form(s, s->B, b);
  const bool positive = arb_is_positive(b);
  arb_div(out, out, b, s->precision);
  arb_clear(b);
  return positive;
}

/* x <- (hi B - A)^{-1} B x, scaled, by the factor at hand: a step of inverse iteration. Any vector
 * may be a witness, so that errors do not matter. */
static void inverse_iteration(search *s) {
  arb_mat_t y;
  arf_t largest;
  arb_mat_init(y, s->d, 1);
  arf_init(largest);
  if (s->B == NULL)
    arb_mat_set(y, s->x);
  else
    arb_mat_mul(y, s->B, s->x, s->precision);
  arb_mat_solve_cho_precomp(y, s->R, y, s->precision);
  arb_mat_get_mid(s->x, y);
  for (slong j = 0; j < s->d; j++)
    if (arf_cmpabs(arb_midref(arb_mat_entry(s->x, j, 0)), largest) > 0)
      arf_set(largest, arb_midref(arb_mat_entry(s->x, j, 0)));
  if (!arf_is_zero(largest))
    for (slong j = 0; j < s->d; j++)
      arb_mul_2exp_fmpz(arb_mat_entry(s->x, j, 0), arb_mat_entry(s->x, j, 0),
                        (fmpz[]){-ARF_EXP(largest)});
  arf_clear(largest);
  arb_mat_clear(y);
}

/* Bounds of a ball as doubles, rounded outwards. */
static double lower(const arb_t x, slong precision) {
  arf_t bound;
  arf_init(bound);
  arb_get_lbound_arf(bound, x, precision);
  const double result = arf_get_d(bound, ARF_RND_FLOOR);
  arf_clear(bound);
  return result;
}

static bool tight(const search *s) {
  return s->hi - s->lo <= 2 * IST_ENCLOSURE_WIDTH * fabs(s->lo);
}

/* Raises lo to the best Rayleigh quotient of inverse iteration from hi. */
static bool find_lower(search *s) {
  arb_t quotient;
  bool found = false;
  arb_init(quotient);
  for (int k = 0; k < MOST_ITERATIONS && !(found && tight(s)); k++) {
    inverse_iteration(s);
    if (rayleigh_quotient(s, quotient)) {
      s->lo = fmax(s->lo, lower(quotient, s->precision));
      found = found || isfinite(s->lo);
    }
  }
  arb_clear(quotient);
  return found;
}

/* Lowers hi towards lo; near zero, to a distance relative to the size of the matrices. The
 * distances grow evenly in their exponents, up to hi if that is far. */
static void tighten(search *s) {
  const double distance = IST_ENCLOSURE_WIDTH * fabs(s->lo) + smallest_share(s) * size(s);
  const double span = log2((s->hi - s->lo) / distance);
  const double step = fmax(EXPONENT_STEP, span / UPPER_TRIES);
  for (int k = 0; k < UPPER_TRIES && !tight(s); k++) {
    const double t = s->lo + distance * exp2(floor(step * k));
    if (!(t < s->hi) || try_upper(s, t))
      return;
  }
}

/* Both ends by turns: a lower hi makes inverse iteration from it converge faster. */
static bool narrow(search *s) {
  for (int turn = 0; turn < MOST_TURNS; turn++) {
    const double before = s->hi;
    if (!find_lower(s))
      return false;
    tighten(s);
    if (tight(s) || !(s->hi < before))
      break;
  }
  return true;
}

/* lo and hi moved apart to the half-width aimed at, where they are closer. */
static void publish(const search *s, ist_enclosure *e) {
  const double margin = IST_ENCLOSURE_WIDTH * fabs(s->lo);
  e->exists = true;
  e->lo = nextafter(s->lo - margin, -INFINITY);
  e->hi = fmax(s->hi, s->lo + margin);
}

void ist_enclose_largest(const arb_mat_t A, const arb_mat_struct *B, double proposal,
                         slong precision, ist_enclosure *e) {
  search s;
  *e = (ist_enclosure){0};
  search_init(&s, A, B, precision);
  if (!find_upper(&s, proposal))
    snprintf(e->reason, sizeof e->reason,
             "no upper bound near the computed %.17g was proved with %ld bits", proposal,
             (long)precision);
  else if (!narrow(&s))
    snprintf(e->reason, sizeof e->reason, "at most %.17g, but no lower bound was found", s.hi);
  else
    publish(&s, e);
  search_clear(&s);
}

void ist_enclose_smallest(const arb_mat_t A, double proposal, slong precision, ist_enclosure *e) {
  arb_mat_t negative;
  arb_mat_init(negative, arb_mat_nrows(A), arb_mat_nrows(A));
  arb_mat_neg(negative, A);
  ist_enclose_largest(negative, NULL, -proposal, precision, e);
  arb_mat_clear(negative);
  const double lo = e->lo;
  e->lo = -e->hi;
  e->hi = -lo;
}
