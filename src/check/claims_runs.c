/** Claims about expectations, on sampled runs: P06, P07, P15, P16, N1-N5, N8 once more. */
#include <math.h>

#include "claims.h"
#include "kernel/range.h"
#include "spectral/theorems.h"
#include "verdict.h"

/** Runs of step gamma; NULL with *f or *s filled in otherwise. */
static const ist_sampled_runs *draw(ist_subject *u, double gamma, ist_finding *f, ist_status *s) {
  if (gamma <= IST_SCALE_MAX)
    return ist_subject_runs(u, gamma, s);
  if (isnan(gamma))
    ist_verdict_open(f, "theta is not enclosed with %ld bits", (long)u->x->m.precision);
  else
    ist_find_nothing(f, "the step %.6g exceeds the largest one that is run", gamma);
  return NULL;
}

/** Runs of Theorem 1's step. */
static const ist_sampled_runs *draw_theorem_1(ist_subject *u, ist_finding *f, ist_status *s) {
  double gamma = ist_step_theorem_1(u), theta = ist_ball_double(ist_exact_theta(u->x));
  ist_truth admitted = ist_step_admitted(u);
  if (admitted == IST_TRUTH_YES)
    return draw(u, gamma, f, s);
  if (admitted == IST_TRUTH_NO)
    ist_find_nothing(f, "the step %.6g exceeds 1/theta = %.6g", gamma, 1 / theta);
  else
    ist_verdict_open(f, "whether the step is at most 1/theta is not decided with %ld bits",
                     (long)u->x->m.precision);
  return NULL;
}

/** Runs of scaled Perm-1, whose theorems need a step below limit. */
static const ist_sampled_runs *draw_scaled(ist_subject *u, double limit, ist_finding *f,
                                           ist_status *s) {
  double gamma = ist_step_scaled(u);
  if (gamma < limit)
    return draw(u, gamma, f, s);
  ist_find_nothing(f, "stated for steps below %g; the step is %.6g", limit, gamma);
  return NULL;
}

/** Part of its size up to which an enclosed number must be known. */
#define KNOWN_TO 1e-12

/** A number that runs are held against, rounded to a double once; NaN where it is not known well
 *  enough in units of size. */
static double rounded(ist_ball a, double size) {
  const double middle = ist_ball_double(a), width = ist_ball_above(a) - ist_ball_below(a);
  return isfinite(size) && width <= KNOWN_TO * fmax(fabs(middle), size) ? middle : NAN;
}

/** ||x_0 - x*||^2_L, the size of what is sampled. */
static double start_sq(ist_subject *u) {
  ist_balls *e = &u->x->work;
  ist_ball_matrix way = ist_ball_matrix_sub(e, ist_exact_x0(u->x), ist_exact_x_star(u->x));
  return ist_ball_double(ist_ball_quadratic(e, ist_exact_L(u->x), way));
}

/** Enclosed numbers that the claims need. */
typedef struct {
  double contraction, h_sq, sigma_sq;
  double star_sq, fixed_sq, along; /**< the exact expectations at K */
} exact_sides;

/** The two quantities of one run that a claim compares. */
typedef struct {
  double value, bound;
} sides;

typedef sides side_function(const ist_subject *u, double gamma, const exact_sides *exact,
                            const ist_sampled_run *run);

/** Compares the means of both sides over the runs; r is NULL if there are none. */
static ist_code compare(const ist_subject *u, const ist_sampled_runs *r, const exact_sides *exact,
                        side_function both, void find(ist_finding *, const ist_pairs *, double),
                        ist_finding *f, ist_status *s) {
  if (r == NULL)
    return s->code;
  ist_pairs pairs = {0};
  for (size_t i = 0; i < r->count; i++) {
    sides one = both(u, r->gamma, exact, r->run + i);
    ist_pairs_add(&pairs, one.value, one.bound);
  }
  if (!isfinite(pairs.value.mean) || !isfinite(pairs.bound.mean)) {
    ist_verdict_open(f, "what the runs are held against is not enclosed with %ld bits",
                     (long)u->x->m.precision);
    return IST_OK;
  }
  double size = r->run[0].first_star_sq + fabs(pairs.value.mean) + fabs(pairs.bound.mean);
  find(f, &pairs, size);
  return IST_OK;
}

/** 2 (f(x_0) - f(x_K)) / (gamma K). */
static double drop(const ist_subject *u, double gamma, const ist_sampled_run *run) {
  return ist_theorem1_average_bound((run->first_star_sq - run->last_star_sq) / 2, gamma, u->rounds);
}

/** (15). */
static sides sides_15(const ist_subject *u, double gamma, const exact_sides *exact,
                      const ist_sampled_run *run) {
  (void)exact;
  return (sides){run->average_W_sq, drop(u, gamma, run)};
}

static ist_code average_gradient(ist_subject *u, ist_finding *f, ist_status *s) {
  return compare(u, draw_theorem_1(u, f, s), NULL, sides_15, ist_find_mean_at_most, f, s);
}

/** (16) at k = K. */
static sides sides_16(const ist_subject *u, double gamma, const exact_sides *exact,
                      const ist_sampled_run *run) {
  double bound =
      ist_theorem1_distance_bound(exact->contraction, gamma, u->rounds, run->first_star_sq);
  return (sides){run->last_star_sq, bound};
}

static ist_code linear_rate(ist_subject *u, ist_finding *f, ist_status *s) {
  const ist_sampled_runs *r = draw_theorem_1(u, f, s);
  exact_sides exact = {
      .contraction = rounded(ist_exact_contraction(u->x), ist_ball_double(ist_exact_theta(u->x)))};
  return compare(u, r, &exact, sides_16, ist_find_mean_at_most, f, s);
}

/** (28) along x_0 - x_inf. */
static sides sides_28(const ist_subject *u, double gamma, const exact_sides *exact,
                      const ist_sampled_run *run) {
  (void)exact;
  return (sides){run->last_along, pow(1 - gamma, (double)u->rounds) * run->first_fixed_sq};
}

static ist_code mean_iterate(ist_subject *u, ist_finding *f, ist_status *s) {
  return compare(u, draw_scaled(u, 2, f, s), NULL, sides_28, ist_find_mean_equal, f, s);
}

/** What Theorem 2 is made of. */
static exact_sides sides_of_theorem_2(ist_subject *u) {
  const double size = start_sq(u);
  return (exact_sides){.h_sq = rounded(ist_exact_h_sq(u->x), size),
                       .sigma_sq = rounded(ist_exact_sigma_sq(u->x), size)};
}

/** Right side of N2, with the f(x_K) of the run. */
static double sharpened(const ist_subject *u, double gamma, const exact_sides *exact,
                        const ist_sampled_run *run) {
  return drop(u, gamma, run) + exact->h_sq + gamma * exact->sigma_sq;
}

static sides sides_30(const ist_subject *u, double gamma, const exact_sides *exact,
                      const ist_sampled_run *run) {
  double constant = 2 * (1 - gamma) / ist_theorem2_beta(gamma) + gamma - 1;
  return (sides){run->average_star_sq, sharpened(u, gamma, exact, run) + constant * exact->h_sq};
}

static ist_code printed_theorem_2(ist_subject *u, ist_finding *f, ist_status *s) {
  exact_sides exact = sides_of_theorem_2(u);
  return compare(u, draw_scaled(u, 1, f, s), &exact, sides_30, ist_find_mean_at_most, f, s);
}

static sides sides_N1(const ist_subject *u, double gamma, const exact_sides *exact,
                      const ist_sampled_run *run) {
  double slack = ist_theorem2_slack(gamma, run->average_fixed_L_sq);
  return (sides){run->average_star_sq, sharpened(u, gamma, exact, run) - slack};
}

static ist_code exact_identity(ist_subject *u, ist_finding *f, ist_status *s) {
  exact_sides exact = sides_of_theorem_2(u);
  return compare(u, draw_scaled(u, 2, f, s), &exact, sides_N1, ist_find_mean_equal, f, s);
}

static sides sides_N2(const ist_subject *u, double gamma, const exact_sides *exact,
                      const ist_sampled_run *run) {
  return (sides){run->average_star_sq, sharpened(u, gamma, exact, run)};
}

static ist_code sharpened_theorem_2(ist_subject *u, ist_finding *f, ist_status *s) {
  exact_sides exact = sides_of_theorem_2(u);
  bool reversed = ist_step_scaled(u) > 1;
  return compare(u, draw_scaled(u, 2, f, s), &exact, sides_N2,
                 reversed ? ist_find_mean_at_least : ist_find_mean_at_most, f, s);
}

/** One round from every x_k of the runs, k < K, against N4's expectation: 1, in its units. */
static sides sides_N4(const ist_subject *u, double gamma, const exact_sides *exact,
                      const ist_sampled_run *run) {
  (void)u;
  (void)gamma;
  (void)exact;
  return (sides){run->one_round, 1};
}

static ist_code one_round(ist_subject *u, ist_finding *f, ist_status *s) {
  if (u->sketch.kind == IST_SCALED_PERM)
    return compare(u, draw(u, ist_step_scaled(u), f, s), NULL, sides_N4, ist_find_mean_equal, f, s);
  if (u->step_given || ist_exact_theta_exists(u->x) != IST_TRUTH_NO)
    return compare(u, draw(u, ist_step_theorem_1(u), f, s), NULL, sides_N4, ist_find_mean_equal, f,
                   s);
  ist_find_nothing(f, "no step: no theta satisfies (14), and none is given");
  return IST_OK;
}

/** Runs of scaled Perm-q and the exact expectations beside them. A mean that has grown is not
 *  looked for: it rests on runs too rare to be drawn. */
static const ist_sampled_runs *draw_beside_exact(ist_subject *u, exact_sides *exact, ist_finding *f,
                                                 ist_status *s) {
  ist_exact *x = u->x;
  ist_balls *e = &x->work;
  double gamma = ist_step_scaled(u);
  const ist_exact_trajectory *t = ist_subject_trajectory(u, ist_ball_of(e, gamma));
  ist_ball last = t->star_sq[u->rounds];
  ist_ball most = ist_ball_add(e, t->star_sq[0], ist_exact_sigma_sq_star(x));
  ist_ball_matrix start = ist_ball_matrix_sub(e, ist_exact_x0(x), ist_exact_x_fixed(x));
  ist_ball_matrix mean = ist_ball_matrix_sub(e, t->mean[u->rounds], ist_exact_x_fixed(x));
  const double size = start_sq(u);
  *exact = (exact_sides){.star_sq = rounded(last, size),
                         .fixed_sq = rounded(t->fixed_sq[u->rounds], size),
                         .along = rounded(ist_ball_inner(e, mean, start), size)};
  if (!(ist_ball_double(last) > ist_ball_double(most)))
    return draw(u, gamma, f, s);
  ist_find_nothing(f, "E||x_K - x*||^2_L grows: a mean of rare runs, which sampling misses");
  return NULL;
}

static sides sides_star(const ist_subject *u, double gamma, const exact_sides *exact,
                        const ist_sampled_run *run) {
  (void)u;
  (void)gamma;
  return (sides){run->last_star_sq, exact->star_sq};
}

static sides sides_fixed(const ist_subject *u, double gamma, const exact_sides *exact,
                         const ist_sampled_run *run) {
  (void)u;
  (void)gamma;
  return (sides){run->last_fixed_sq, exact->fixed_sq};
}

/** E x_K along x_0 - x_inf. */
static sides sides_mean(const ist_subject *u, double gamma, const exact_sides *exact,
                        const ist_sampled_run *run) {
  (void)u;
  (void)gamma;
  return (sides){run->last_along, exact->along};
}

/** Finds that the means of squares are equal. A mean that few of the runs make up, with a standard
 *  deviation more than twice as large, is no Gaussian's: Student's quantile says nothing of it. */
static void find_equal_squares(ist_finding *f, const ist_pairs *pairs, double scale) {
  double deviation = ist_sample_error(&pairs->value) * sqrt((double)pairs->value.count);
  if (deviation > 2 * pairs->value.mean)
    ist_find_nothing(f, "few of the runs make up their mean: the others miss it");
  else
    ist_find_mean_equal(f, pairs, scale);
}

static ist_code last_star(ist_subject *u, ist_finding *f, ist_status *s) {
  exact_sides exact;
  const ist_sampled_runs *r = draw_beside_exact(u, &exact, f, s);
  return compare(u, r, &exact, sides_star, find_equal_squares, f, s);
}

static ist_code last_fixed(ist_subject *u, ist_finding *f, ist_status *s) {
  exact_sides exact;
  const ist_sampled_runs *r = draw_beside_exact(u, &exact, f, s);
  return compare(u, r, &exact, sides_fixed, find_equal_squares, f, s);
}

static ist_code last_mean(ist_subject *u, ist_finding *f, ist_status *s) {
  exact_sides exact;
  const ist_sampled_runs *r = draw_beside_exact(u, &exact, f, s);
  return compare(u, r, &exact, sides_mean, ist_find_mean_equal, f, s);
}

#define SCALED IST_ABOUT(IST_SCALED_PERM)
#define THEOREM_1 IST_ASSUME_INTERPOLATION | IST_ASSUME_THETA

const ist_claim ist_claims_runs[] = {
    {"P06-run", "(15), mean of runs", IST_ABOUT_ANY, THEOREM_1, average_gradient},
    {"P07-run", "(16), mean of runs", IST_ABOUT_ANY, THEOREM_1, linear_rate},
    {"P15-run", "(28), mean of runs", SCALED, IST_ASSUME_Q1 | IST_ASSUME_LIMIT, mean_iterate},
    {"P16-run", "(30), mean of runs", SCALED, IST_ASSUME_Q1 | IST_ASSUME_LIMIT, printed_theorem_2},
    {"N1-run", "N1, mean of runs", SCALED, IST_ASSUME_Q1 | IST_ASSUME_LIMIT, exact_identity},
    {"N2-run", "N2, mean of runs", SCALED, IST_ASSUME_Q1 | IST_ASSUME_LIMIT, sharpened_theorem_2},
    {"N4-run", "round / its mean by N4", IST_ABOUT_ANY, 0, one_round},
    {"N5-run", "|x_K - x*|^2_L, N5", SCALED, 0, last_star},
    {"N5-x-run", "|x_K - x_inf|^2, N5", SCALED, IST_ASSUME_LIMIT, last_fixed},
    {"N8-run", "<x_K-x_inf, x_0-x_inf>", SCALED, IST_ASSUME_LIMIT, last_mean},
    {0},
};
