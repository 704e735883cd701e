#include "certify.h"

#include <math.h>
#include <stdio.h>

#include "moments/ball_moments.h"
#include "proposals.h"

const char *ist_psd_name(ist_psd verdict) {
  static const char *const names[] = {"proved", "refuted", "undecided"};
  return names[verdict];
}

/* Interval Cholesky loses about a quarter of a bit with every row; 96 bits are left to the
 * conditioning of the problem. Whole words of 64 bits. */
static slong first_precision(size_t d) { return (slong)((96 + d / 4 + 63) / 64 * 64); }

double ist_certify_seconds(const ist_problem *p, ist_sketch sk) {
  const double d = (double)p->d, cube = d * d * d;
  const double products = sk.q == 1 ? 2 : 2 * (double)ist_problem_L_count(p) + 3;
  return cube * (1e-8 * products + 1.5e-7);
}

/* W from an interval Cholesky factorisation, else from an enclosure of its smallest eigenvalue. */
static void certify_W(const ist_ball_moments *m, const ist_proposals *at, slong precision,
                      ist_certificate *out) {
  out->w_psd = IST_PSD_PROVED;
  if (ist_proved_positive_definite(m->W, precision))
    return;
  ist_enclose_smallest(m->W, at->w_lambda_min, precision, &out->w_lambda_min);
  if (out->w_lambda_min.exists && out->w_lambda_min.hi < 0)
    out->w_psd = IST_PSD_REFUTED;
  else if (!out->w_lambda_min.exists || out->w_lambda_min.lo < 0)
    out->w_psd = IST_PSD_UNDECIDED;
}

static void certify_theta(const ist_ball_moments *m, const ist_constants *c,
                          const ist_proposals *at, slong precision, ist_certificate *out) {
  const bool scaled_perm_1 = c->sketch.kind == IST_SCALED_PERM && c->q == 1;
  if (out->w_psd == IST_PSD_PROVED && scaled_perm_1) /* B = I surely, claim P13 */
    out->theta = (ist_enclosure){.exists = true, .lo = 1, .hi = 1};
  else if (out->w_psd == IST_PSD_PROVED && at->theta > 0)
    ist_enclose_largest(m->EBLB, m->W, at->theta, precision, &out->theta);
  else if (out->w_psd == IST_PSD_REFUTED)
    snprintf(out->theta.reason, sizeof out->theta.reason,
             "W is proved indefinite, so no theta satisfies (14)");
  else
    snprintf(out->theta.reason, sizeof out->theta.reason, "%s",
             c->theta.exists ? "W is not proved positive definite" : c->theta.reason);
}

/* eigen: whether Arb's eigenvalues say where to look, rather than the constants. */
static void certify(const ist_problem *p, const ist_constants *c, bool eigen, slong precision,
                    ist_certificate *out) {
  ist_ball_moments m;
  ist_proposals at = {c->lambda_min, c->lambda_max, c->w_lambda_min,
                      c->theta.exists ? c->theta.value : 0};
  *out = (ist_certificate){0};
  ist_ball_moments_init(p, c->sketch, precision, &m);
  if (eigen)
    at = ist_propose(&m, precision);
  ist_enclose_largest(m.L_bar, NULL, at.lambda_max, precision, &out->lambda_max);
  ist_enclose_smallest(m.L_bar, at.lambda_min, precision, &out->lambda_min);
  certify_W(&m, &at, precision, out);
  certify_theta(&m, c, &at, precision, out);
  ist_ball_moments_clear(&m);
  flint_cleanup();
}

/* Whether the enclosure is about as narrow as was aimed at. */
static bool narrow(const ist_enclosure *x) {
  return x->exists && x->hi - x->lo <= 8 * IST_ENCLOSURE_WIDTH * fabs(x->lo);
}

static bool settled(const ist_certificate *x) {
  return narrow(&x->lambda_min) && narrow(&x->lambda_max) &&
         ((x->w_psd == IST_PSD_PROVED && narrow(&x->theta)) ||
          (x->w_psd == IST_PSD_REFUTED && narrow(&x->w_lambda_min)));
}

ist_code ist_certify(const ist_problem *p, const ist_constants *c, ist_certificate *out,
                     ist_status *s) {
  const bool eigen = p->d <= IST_CERTIFY_EIGEN_DIM;
  const slong first = first_precision(p->d), last = (eigen ? 8 : 2) * first;
  if (!ist_ball_moments_fit(p->d, last))
    return ist_fail(s, IST_MACHINE, "not enough memory to certify a problem of dimension %zu",
                    p->d);
  certify(p, c, false, first, out);
  for (slong precision = 2 * first; precision <= last && !settled(out); precision *= 2)
    certify(p, c, eigen, precision, out);
  return IST_OK;
}

ist_scalar ist_certified_step(const ist_enclosure *theta) {
  if (!theta->exists)
    return (ist_scalar){.reason = theta->reason};
  const double quotient = 1 / theta->hi;
  const bool below = fma(quotient, theta->hi, -1) <= 0; /* the sign is exact */
  return (ist_scalar){.exists = true, .value = below ? quotient : nextafter(quotient, 0)};
}
