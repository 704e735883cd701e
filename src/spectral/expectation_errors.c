#include "expectation_errors.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "closed_expectation.h"
#include "eigen.h"
#include "machine/memory.h"
#include "moments/dense.h"
#include "moments/dynamics.h"
#include "moments/effective.h"
#include "moments/local_problem.h"
#include "moments/majorant.h"
#include "moments/moment_errors.h"
#include "moments/rounding.h"
#include "moments/second.h"
#include "proved.h"

/** The least rho that is proved with local steps. */
#define LEAST_RATE 0x1p-60

static const char no_rate[] = "no bound of E||(I - gamma B)x||^2 was proved in double precision";
static const char no_local_rate[] = "no bound of E||Ax||^2, A the matrix of the round of local "
                                    "steps, was proved in double precision";
static const char no_point[] = "x* or its error is not bounded in double precision";
static const char no_range[] =
    "not bounded: the step or an expectation is beyond 2^100 in magnitude";
static const char no_memory[] = "not enough memory to bound it";

/* What errors are measured in, <P, .>: P is L_bar or the identity. */
typedef struct {
  ist_inexact P;
  double to_L, to_euclid; /* bounds of the other norms in units of this one */
} metric;

/* The recursion with what bounds its errors. The round is x <- x - gamma (Bx - v) of the problem,
 * or x <- Bx - v of the local problem. */
typedef struct {
  bool local;
  const ist_problem *p; /* what moves x */
  ist_sketch sk;
  double gamma; /* 1 with local steps */
  const ist_constants *c;
  const ist_errors *e;
  ist_local_errors data;        /* of the numbers of p */
  ist_moment_errors m, norm;    /* of p; with local steps, of the problem that L_bar is of */
  const ist_moment_errors *L;   /* what L_bar can be off is in here */
  metric metric;                /* what mu and eps are in */
  double rho;                   /* infinite: no errors are bounded */
  double mean_error, cov_error; /* mu and eps */
  double *S_abs, *X_abs, *second, *mixed; /* d*d */
  double *m_abs, *Bm_abs;                 /* d */
  double *B_row, *S_row, *root;           /* d: norms of rows; roots of L's diagonal */
  const char *reason;                     /* why rho is infinite */
} follower;

static bool open_errors(follower *f, const ist_problem *p, ist_sketch sk) {
  f->L = f->local ? &f->norm : &f->m;
  return ist_moment_errors_init(f->p, f->sk, f->data.roundings, &f->m) &&
         (!f->local || ist_matrix_errors_init(p, sk, &f->norm));
}

/* method: the original one. */
static bool open_follower(follower *f, const ist_method *method) {
  const size_t d = f->c->d;
  f->S_abs = ist_memory_doubles(4, d, d);
  f->m_abs = ist_memory_doubles(5, d, 1);
  if (f->S_abs == NULL || f->m_abs == NULL || !open_errors(f, method->p, method->sk))
    return false;
  f->X_abs = f->S_abs + d * d;
  f->second = f->X_abs + d * d;
  f->mixed = f->second + d * d;
  f->Bm_abs = f->m_abs + d;
  f->B_row = f->Bm_abs + d;
  f->S_row = f->B_row + d;
  f->root = f->S_row + d;
  return true;
}

static void close_follower(follower *f) {
  free(f->S_abs);
  free(f->m_abs);
  ist_moment_errors_free(&f->m);
  ist_moment_errors_free(&f->norm);
}

static double largest_eigenvalue(const follower *f) {
  return f->c->lambda_max + f->e->lambda_max.bound;
}

static metric metric_of_L(const follower *f) {
  return (metric){
      {f->c->L_bar, f->L->L_abs, f->L->L_scale}, 1, (1 + 0x1p-40) / sqrt(f->e->lambda_min_lower)};
}

static metric euclidean(const follower *f) {
  return (metric){{0}, (1 + 0x1p-40) * sqrt(largest_eigenvalue(f)), 1};
}

/* E[BPB] and what it can be off; A: d*d entries of work space. */
static bool second_moment(const follower *f, const ist_inexact *P, double *A, double *out,
                          double *err) {
  const size_t d = f->c->d, n = ist_problem_L_count(f->p);
  const size_t roundings = ist_second_moment_roundings(d, n + f->c->n) + 2 * f->data.roundings;
  for (size_t j = 0; j < d; j++)
    A[j * (d + 1)] = 1;
  const double *mid = P->mid != NULL ? P->mid : A, *absolute = P->mid != NULL ? P->err : A;
  if (!ist_second_moment(f->p, f->sk, mid, out) ||
      !ist_second_moment_majorant(f->p, f->sk, absolute, err))
    return false;
  for (size_t j = 0; j < d * d; j++)
    err[j] = ist_outward(ist_gamma(roundings) * err[j]);
  return ist_all_finite(out, d * d);
}

/* C = gamma (E[B]P + PE[B]) - gamma^2 E[BPB] from the second moment in C and its error in err. */
static void drift(const follower *f, const ist_inexact *P, double *C, double *err) {
  const double g = f->gamma;
  for (size_t j = 0; j < f->c->d * f->c->d; j++) {
    const double mean = P->mid != NULL ? f->c->W[j] : f->c->expected_B[j];
    const double off = P->mid != NULL ? f->m.W[j] : f->m.B_scale * f->m.B_abs[j];
    const double first = 2 * g * mean, second = g * g * C[j];
    C[j] = first - second;
    err[j] =
        ist_outward(2 * g * off + g * g * err[j] + 4 * IST_UNIT * (fabs(first) + fabs(second)));
  }
}

/* C at most -E[BPB], but for what it can be off, with local steps, likewise. What the matrices of p
 * are off in the 2-norm, D, changes x'E[BPB]x by at most |P| (2 |B| D + D^2) |x|^2. */
static void local_drift(const follower *f, const ist_inexact *P, double *C, double *err) {
  const size_t d = f->c->d;
  const double D = f->data.matrix, B = D > 0 ? ist_norm_above(d, f->m.B_abs) : 0;
  const double size = P->mid != NULL ? largest_eigenvalue(f) : 1;
  const double shift = D > 0 ? ist_outward(size * (2 * B * D + D * D)) : 0;
  for (size_t j = 0; j < d; j++)
    for (size_t k = 0; k < d; k++) {
      double *entry = &C[j * d + k];
      *entry = 0 - *entry - (j == k ? shift : 0);
      if (j == k)
        err[j * d + k] = ist_outward(err[j * d + k] + IST_UNIT * fabs(*entry));
    }
}

/* The smallest eigenvalue of C against P, as computed. */
static bool propose(const follower *f, const ist_inexact *P, const double *C, double *least) {
  const size_t d = f->c->d;
  ist_status ignored;
  const ist_code code = P->mid != NULL
                            ? ist_pencil_eigenvalues(C, P->mid, d, least, &(double){0}, &ignored)
                            : ist_extreme_eigenvalues(C, d, least, &(double){0}, &ignored);
  return code == IST_OK;
}

/* rho = 1 - t, see the header; with local steps -t. */
static double prove_rate(const follower *f, const metric *m) {
  const size_t d = f->c->d;
  double *C = ist_memory_doubles(3, d, d), rho = INFINITY, least;
  if (C == NULL)
    return rho;
  double *err = C + d * d;
  bool known = f->e->lambda_min_lower > 0 && second_moment(f, &m->P, err + d * d, C, err);
  if (known && f->local)
    local_drift(f, &m->P, C, err);
  else if (known)
    drift(f, &m->P, C, err);
  if (known && propose(f, &m->P, C, &least)) {
    /* With local steps E[BPB] may be 0: rho is then sought near LEAST_RATE. */
    const double proposal = f->local ? fmin(least, -LEAST_RATE) : least;
    const ist_proved t = ist_prove_smallest(d, 1, (ist_inexact){C, err, 1}, m->P, proposal, NULL);
    if (t.exists)
      rho = ist_outward(fmax((f->local ? 0 : 1) - t.lo, 0) + IST_UNIT);
  }
  free(C);
  return rho;
}

/* <|A|, |B|> for nonnegative A. */
static double absolute_inner(size_t entries, const double *A, const double *B) {
  double sum = 0;
  for (size_t j = 0; j < entries; j++)
    sum += A[j] * fabs(B[j]);
  return ist_outward(sum);
}

/* |x|'A|y| for nonnegative A. */
static double absolute_form(size_t d, const double *A, const double *x, const double *y) {
  double sum = 0;
  for (size_t j = 0; j < d; j++) {
    double row = 0;
    for (size_t k = 0; k < d; k++)
      row += A[j * d + k] * fabs(y[k]);
    sum += fabs(x[j]) * row;
  }
  return ist_outward(sum);
}

/* Majorants of the state before a round, and of E[BSB] + Cov(Bm - v) into second. */
static bool noise_majorant(follower *f, const ist_dynamics *y) {
  const size_t d = f->c->d;
  const ist_problem *p = f->p;
  const ist_sketch sk = f->sk;
  const bool same = ist_same_B(p, sk);
  for (size_t j = 0; j < d; j++)
    f->m_abs[j] = fabs(y->mean[j]);
  ist_apply(d, f->m.B_abs, f->m_abs, f->Bm_abs);
  for (size_t j = 0; j < d; j++)
    for (size_t k = 0; k < d; k++) {
      const size_t at = j * d + k;
      f->S_abs[at] = fabs(y->cov[at]);
      f->X_abs[at] = f->S_abs[at] + (same ? 0 : f->m_abs[j] * f->m_abs[k]);
    }
  if (!ist_second_moment_majorant(p, sk, f->X_abs, f->second))
    return false;
  if (same)
    return true;
  if (!ist_mixed_moment_majorant(p, sk, f->m_abs, f->mixed))
    return false;
  const double *B = f->Bm_abs, *v = f->m.v_abs;
  for (size_t j = 0; j < d; j++)
    for (size_t k = 0; k < d; k++)
      f->second[j * d + k] +=
          f->mixed[j * d + k] + f->mixed[k * d + j] + B[j] * B[k] + B[j] * v[k] + v[j] * B[k];
  return true;
}

static double norm_of_row(const double *A, size_t d, size_t j) {
  double sum = 0;
  for (size_t k = 0; k < d; k++)
    sum += A[j * d + k] * A[j * d + k];
  return sqrt(sum);
}

static double euclidean_norm(const double *v, size_t d) {
  double sum = 0;
  for (size_t j = 0; j < d; j++)
    sum += v[j] * v[j];
  return ist_outward(sqrt(sum));
}

/* <P, S> as computed, and what it can be off. */
static double trace_above(const follower *f, const ist_dynamics *y) {
  const size_t d = f->c->d;
  double sum = 0, absolute = 0;
  if (f->metric.P.mid != NULL)
    return fmax(ist_inner(d, f->c->L_bar, y->cov), 0) +
           ist_gamma(2 * d + f->c->n + 16) * absolute_inner(d * d, f->L->L_abs, y->cov);
  for (size_t j = 0; j < d; j++) {
    sum += y->cov[j * (d + 1)];
    absolute += fabs(y->cov[j * (d + 1)]);
  }
  return fmax(sum, 0) + ist_gamma(d + 4) * absolute;
}

/* g: <P, Z> for the rounding of one round of S, entries F_jk = gamma_k (|S| + gamma^2 noise + gamma
 * (|E[B]||S| + its transpose)) + gamma^2 the error of Cov v; with local steps gamma_k noise + that
 * error. |E[B]||S|_jk <= row_j row_k. */
static double cov_rounding(follower *f, const ist_dynamics *y) {
  const size_t d = f->c->d;
  const double g = f->gamma, stays = f->local ? 0 : 1;
  const double rounding =
      ist_gamma(ist_second_moment_roundings(d, f->p->n) + 64 + 2 * f->data.roundings);
  double sum = 0;
  for (size_t j = 0; j < d; j++) {
    f->B_row[j] = norm_of_row(f->m.B_abs, d, j);
    f->S_row[j] = norm_of_row(f->S_abs, d, j);
    f->root[j] = f->metric.P.mid != NULL ? sqrt(f->L->L_abs[j * d + j]) : 1;
  }
  for (size_t j = 0; j < d; j++)
    for (size_t k = 0; k < d; k++) {
      const size_t at = j * d + k;
      const double products = f->B_row[j] * f->S_row[k] + f->S_row[j] * f->B_row[k];
      const double noise = f->second[at] + fabs(y->cov_v[at]) + f->m.cov[at];
      const double F =
          rounding * (stays * (f->S_abs[at] + g * products) + g * g * noise) + g * g * f->m.cov[at];
      sum += F * f->root[j] * f->root[k];
    }
  return ist_outward(sum);
}

/* f: the norm of one round's rounding of m, entries gamma_k (|m| + gamma (|E[B]||m| + |E[v]|)),
 * without |m| with local steps; and of what p is off in the 2-norm. */
static double mean_rounding(follower *f) {
  const size_t d = f->c->d;
  const double g = f->gamma, stays = f->local ? 0 : 1;
  const double rounding = ist_gamma(d + 2 * f->p->n + 32 + 2 * f->data.roundings);
  double *off = f->Bm_abs, m = 0;
  for (size_t j = 0; j < d; j++) {
    m += f->m_abs[j] * f->m_abs[j];
    off[j] = rounding * (stays * f->m_abs[j] + g * (f->Bm_abs[j] + f->m.v_abs[j])) + g * f->m.v[j];
  }
  const double moved = f->data.matrix * sqrt(m) + f->data.vector;
  if (f->metric.P.mid == NULL)
    return ist_outward(euclidean_norm(off, d) + moved);
  return ist_outward(sqrt(absolute_form(d, f->L->L_abs, off, off)) +
                     sqrt(largest_eigenvalue(f)) * moved);
}

/* Takes mu and eps through the round from the state whose roundings are f and g to the state y. */
static void advance(follower *f, const ist_dynamics *y, double mean, double cov) {
  const double root = sqrt(f->rho), mu = f->mean_error;
  const double alpha = f->rho * mu * mu;
  const double trace = trace_above(f, y);
  const double A = f->rho * f->cov_error + alpha + cov;
  const double end = sqrt(alpha) + sqrt(alpha + A + 2 * sqrt(alpha * trace));
  f->cov_error = mu > 0 ? ist_outward(end * end) : ist_outward(A);
  f->mean_error = ist_outward(root * mu + mean);
}

/* Whether rounding.h's allowance for underflow covers the state: an entry of X stands for two of x.
 * From the round in which it does not, nothing is bounded. */
static void check_range(follower *f, const ist_dynamics *y) {
  const size_t d = f->c->d;
  bool within = f->gamma <= IST_ROUNDING_MAX;
  for (size_t j = 0; j < d; j++)
    within = within && fabs(y->mean[j]) <= IST_ROUNDING_MAX &&
             y->cov[j * d + j] <= IST_ROUNDING_MAX * IST_ROUNDING_MAX;
  if (!within && isfinite(f->rho)) {
    f->rho = INFINITY;
    f->reason = no_range;
  }
}

static ist_code step(follower *f, ist_dynamics *y, ist_status *s) {
  double mean = 0, cov = 0;
  check_range(f, y);
  if (isfinite(f->rho)) {
    if (!noise_majorant(f, y))
      return ist_fail(s, IST_MACHINE, "not enough memory");
    cov = cov_rounding(f, y);
    mean = mean_rounding(f);
  }
  const ist_code code = f->local ? ist_dynamics_map(y, s) : ist_dynamics_step(y, f->gamma, s);
  if (code == IST_OK && isfinite(f->rho))
    advance(f, y, mean, cov);
  return code;
}

/* ||m - x*||^2_L: m moves by mu and x* by its own error. */
static double mean_star_error(const follower *f, const ist_dynamics *y, double *z) {
  const size_t d = f->c->d;
  for (size_t j = 0; j < d; j++)
    z[j] = y->mean[j] - f->c->x_star[j];
  const double square = absolute_form(d, f->L->L_abs, z, z);
  const double moved =
      f->metric.to_L * f->mean_error + sqrt(largest_eigenvalue(f)) * f->e->x_star_distance;
  const double length =
      sqrt(fmax(ist_bilinear(d, f->c->L_bar, z, z), 0) + ist_gamma(2 * d + f->c->n + 16) * square);
  return ist_outward(2 * length * moved + moved * moved + ist_gamma(2 * d + f->c->n + 24) * square);
}

/* What S adds: it moves by eps. The sum with the mean's part takes one more rounding of each. */
static double spread_error(const follower *f, const ist_dynamics *y) {
  const size_t d = f->c->d;
  const double spread = absolute_inner(d * d, f->L->L_abs, y->cov);
  const double moved = f->metric.to_L * f->metric.to_L * f->cov_error;
  return ist_outward(moved + ist_gamma(2 * d + f->c->n + 24) * spread);
}

/* E||x_k - x_fixed||^2: Euclidean norms are at most those in L over the root of lambda_min, and
 * traces at most those with L over lambda_min. */
static double fixed_error(const follower *f, const ist_dynamics *y) {
  const size_t d = f->c->d;
  double square = 0, spread = 0;
  if (f->c->x_fixed == NULL)
    return 0;
  for (size_t j = 0; j < d; j++) {
    const double z = y->mean[j] - f->c->x_fixed[j];
    square += z * z;
    spread += fabs(y->cov[j * d + j]);
  }
  const double moved = f->metric.to_euclid * f->mean_error + f->e->x_fixed_distance;
  const double spreads = f->metric.to_euclid * f->metric.to_euclid * f->cov_error;
  return ist_outward(2 * sqrt(square) * moved + moved * moved + spreads +
                     ist_gamma(d + 8) * (square + spread));
}

static const ist_expectation unknown = {INFINITY, INFINITY, INFINITY, INFINITY, INFINITY};

static ist_expectation errors_of(follower *f, const ist_dynamics *y) {
  if (!isfinite(f->rho))
    return unknown;
  const double mean = mean_star_error(f, y, f->Bm_abs);
  const double star = ist_outward(mean + spread_error(f, y));
  return (ist_expectation){star / 2, star, star, fixed_error(f, y), mean / 2};
}

static ist_code record(follower *f, const ist_dynamics *y, ist_bounded_expectation *row,
                       ist_status *s) {
  const ist_targets t = {f->c->L_bar, f->c->x_star, f->c->x_fixed};
  *row = (ist_bounded_expectation){ist_measure_expectation(y, &t), errors_of(f, y)};
  if (isfinite(row->value.dist_star_sq) && isfinite(row->value.dist_fixed_sq))
    return IST_OK;
  return ist_fail(s, IST_NOT_EXIST, "the expected distances exceed double precision in round %zu",
                  y->k);
}

static ist_code recursion(follower *f, const double *x0, size_t rounds,
                          ist_bounded_expectation *rows, ist_round_done *done, void *context,
                          ist_status *s) {
  ist_dynamics y;
  if (ist_dynamics_init(f->p, f->sk, x0, &y, s) != IST_OK)
    return s->code;
  ist_code code = record(f, &y, &rows[0], s);
  for (size_t k = 1; k <= rounds && code == IST_OK; k++) {
    code = step(f, &y, s);
    if (code == IST_OK)
      code = record(f, &y, &rows[k], s);
    if (code == IST_OK && done != NULL)
      done(context, k);
  }
  ist_dynamics_free(&y);
  return code;
}

/* ist_expect's rows, their errors unknown. */
static ist_code unbounded(const ist_method *m, const ist_constants *c, const double *x0,
                          size_t rounds, ist_bounded_expectation *rows, ist_round_done *done,
                          void *context, ist_status *s) {
  const ist_targets t = {c->L_bar, c->x_star, c->x_fixed};
  ist_expectation *plain = calloc(rounds + 1, sizeof *plain);
  if (plain == NULL)
    return ist_fail(s, IST_MACHINE, "not enough memory");
  const ist_code code = ist_expect(m, &t, x0, rounds, plain, done, context, s);
  for (size_t k = 0; k <= rounds; k++)
    rows[k] = (ist_bounded_expectation){plain[k], unknown};
  free(plain);
  return code;
}

/* Whether the closed form N3 applies: scaled Perm-1, step (2), 0 < gamma < 2. */
static bool has_closed_form(const ist_method *m) {
  return m->local_steps == 0 && m->sk.kind == IST_SCALED_PERM && m->sk.q == 1 && m->gamma < 2;
}

static double largest(const double *v, size_t count) {
  double max = 0;
  for (size_t j = 0; j < count; j++)
    max = fmax(max, fabs(v[j]));
  return max;
}

/* Whether rounding.h's allowance covers the local problem; its NaN are larger than anything. */
static bool local_within_range(const follower *f) {
  const size_t d = f->c->d;
  return !f->local || (ist_all_finite(f->m.B_abs, d * d) && ist_all_finite(f->m.v_abs, d) &&
                       largest(f->m.L_abs, d * d) <= IST_ROUNDING_MAX &&
                       largest(f->m.B_abs, d * d) <= IST_ROUNDING_MAX &&
                       largest(f->m.v_abs, d) <= IST_ROUNDING_MAX);
}

/* Whether the points that distances are from are bounded. */
static bool points_are_bounded(const ist_errors *e) {
  return isfinite(e->x_star_distance) && isfinite(e->x_fixed_distance) &&
         isfinite(e->lambda_max.bound);
}

/* The norm of L_bar, unless errors grow in it and grow less in the Euclidean one: where W is
 * indefinite the method may contract in the latter alone. */
static void choose_metric(follower *f) {
  f->metric = metric_of_L(f);
  f->rho = prove_rate(f, &f->metric);
  if (f->rho <= 1)
    return;
  const metric other = euclidean(f);
  const double rho = prove_rate(f, &other);
  if (!(rho < f->rho))
    return;
  f->metric = other;
  f->rho = rho;
}

/* The rate, or why there is none. */
static void settle_rate(follower *f) {
  f->rho = INFINITY;
  if (!points_are_bounded(f->e))
    f->reason = no_point;
  else if (!local_within_range(f))
    f->reason = no_range;
  else {
    choose_metric(f);
    f->reason = isfinite(f->rho) ? NULL : f->local ? no_local_rate : no_rate;
  }
}

/* The rows by the closed form, or by the recursion. */
static ist_code follow(follower *f, const ist_method *m, const double *x0, size_t rounds,
                       ist_bounded_expectation *rows, const char **reason, ist_round_done *done,
                       void *context, ist_status *s) {
  if (has_closed_form(m)) {
    *reason = points_are_bounded(f->e) ? NULL : no_point;
    for (size_t k = 0; k <= rounds; k++)
      rows[k] = ist_closed_expectation(f->c, f->e, &f->m, x0, m->gamma, k, f->m_abs);
    return IST_OK;
  }
  settle_rate(f);
  const ist_code code = recursion(f, x0, rounds, rows, done, context, s);
  *reason = f->reason;
  return code;
}

ist_code ist_expect_bounded(const ist_method *m, const ist_constants *c, const ist_errors *e,
                            const double *x0, size_t rounds, ist_bounded_expectation *rows,
                            const char **reason, ist_round_done *done, void *context,
                            ist_status *s) {
  ist_problem local = {0};
  follower f = {
      .local = m->local_steps > 0, .p = m->p, .sk = m->sk, .gamma = m->gamma, .c = c, .e = e};
  if (f.local) {
    f.p = &local;
    f.gamma = 1;
    if (ist_local_problem(m->p, m->sk, m->gamma, m->local_steps, &local, &f.sk, &f.data, s) !=
        IST_OK)
      return s->code;
  }
  *reason = no_memory;
  const ist_code code = open_follower(&f, m)
                            ? follow(&f, m, x0, rounds, rows, reason, done, context, s)
                            : unbounded(m, c, x0, rounds, rows, done, context, s);
  close_follower(&f);
  ist_problem_free(&local);
  return code;
}
