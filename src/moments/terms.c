#include "terms.h"

#include <stdbool.h>

#include "dense.h"

static bool all_zero(const double *weight, size_t count) {
  for (size_t t = 0; t < count; t++)
    if (weight[t] != 0)
      return false;
  return true;
}

/* out += kappa_none M A M + kappa_ce M D_A M, as one product; MA = M A, which is overwritten. The
 * product is formed apart and then added: a sum that grows over the workers goes through one
 * addition for each, not through the d of a product. */
static void full_products(size_t d, const double *M, const double *A, double *MA,
                          const double *kappa, double *out, double *product) {
  for (size_t a = 0; a < d; a++)
    for (size_t c = 0; c < d; c++)
      MA[a * d + c] = kappa[IST_NONE] * MA[a * d + c] + kappa[IST_CE] * M[a * d + c] * A[c * d + c];
  ist_multiply(d, MA, M, product);
  for (size_t j = 0; j < d * d; j++)
    out[j] += product[j];
}

/* The terms that fill row a: products of M, A and MA with diagonal matrices, and M o A o M. */
static void full_row(size_t d, size_t a, const double *M, const double *A, const double *MA,
                     const double *kappa, double *out) {
  const double m_a = M[a * d + a], A_a = A[a * d + a], MA_a = MA[a * d + a];
  for (size_t b = 0; b < d; b++) {
    const double m = M[a * d + b], A_ab = A[a * d + b];
    const double m_b = M[b * d + b], A_b = A[b * d + b], MA_b = MA[b * d + b];
    out[a * d + b] += kappa[IST_AC] * m_a * MA[b * d + a] + kappa[IST_EB] * MA[a * d + b] * m_b +
                      kappa[IST_AE] * MA_a * m + kappa[IST_CB] * m * MA_b +
                      kappa[IST_AC_EB] * m_a * A_ab * m_b + kappa[IST_AE_CB] * m * A_ab * m +
                      kappa[IST_ACE] * m_a * A_a * m + kappa[IST_CEB] * m * A_b * m_b;
  }
}

/* The diagonal terms, at (a,a). */
static double diagonal_entry(size_t d, size_t a, const double *M, const double *A, const double *MA,
                             const double *kappa) {
  const double m_a = M[a * d + a], A_a = A[a * d + a], MA_a = MA[a * d + a];
  double mam = 0, mdm = 0; /* [M A M]_aa and [M D_A M]_aa */
  for (size_t c = 0; c < d; c++) {
    mam += MA[a * d + c] * M[a * d + c];
    mdm += M[a * d + c] * M[a * d + c] * A[c * d + c];
  }
  return kappa[IST_AB] * mam + kappa[IST_AB_CE] * mdm + kappa[IST_ACB] * m_a * MA_a +
         kappa[IST_AEB] * MA_a * m_a + kappa[IST_ALL] * m_a * m_a * A_a;
}

void ist_quadratic_terms(size_t d, const double *M, const double *A,
                         const double kappa[IST_QUADRATIC_TERMS], double *out, double *work) {
  if (all_zero(kappa, IST_QUADRATIC_TERMS))
    return;
  double *MA = work;
  ist_multiply(d, M, A, MA);
  for (size_t a = 0; a < d; a++) {
    full_row(d, a, M, A, MA, kappa, out);
    out[a * d + a] += diagonal_entry(d, a, M, A, MA, kappa);
  }
  full_products(d, M, A, MA, kappa, out, work + d * d);
}

void ist_cross_terms(size_t d, const double *M, const double *A, const double *u,
                     const double tau[IST_LINEAR_TERMS], double *out, double *work) {
  if (all_zero(tau, IST_LINEAR_TERMS))
    return;
  double *Au = work, *mixed = work + d, *M_mixed = work + 2 * d;
  ist_apply(d, A, u, Au);
  /* tau_none M A u + tau_ce M D_A u, as one product */
  for (size_t c = 0; c < d; c++)
    mixed[c] = tau[IST_LINEAR_NONE] * Au[c] + tau[IST_LINEAR_INNER] * A[c * d + c] * u[c];
  ist_apply(d, M, mixed, M_mixed);
  for (size_t a = 0; a < d; a++) {
    const double m_a = M[a * d + a];
    double MA_a = 0; /* [M A]_aa */
    for (size_t c = 0; c < d; c++)
      MA_a += M[a * d + c] * A[a * d + c];
    out[a] += M_mixed[a] + tau[IST_LINEAR_FIRST] * m_a * Au[a] +
              tau[IST_LINEAR_OUTER] * MA_a * u[a] + tau[IST_LINEAR_ALL] * m_a * A[a * d + a] * u[a];
  }
}

void ist_mixed_terms(size_t d, const double *M, const double *z, const double *u,
                     const double tau[IST_LINEAR_TERMS], double *out, double *work) {
  if (all_zero(tau, IST_LINEAR_TERMS))
    return;
  double *Mz = work;
  ist_apply(d, M, z, Mz);
  for (size_t a = 0; a < d; a++) {
    const double m_a = M[a * d + a];
    const double column = tau[IST_LINEAR_NONE] * Mz[a] + tau[IST_LINEAR_FIRST] * m_a * z[a];
    for (size_t b = 0; b < d; b++)
      out[a * d + b] += column * u[b] + tau[IST_LINEAR_INNER] * M[a * d + b] * z[b] * u[b];
    out[a * d + a] +=
        tau[IST_LINEAR_OUTER] * Mz[a] * u[a] + tau[IST_LINEAR_ALL] * m_a * z[a] * u[a];
  }
}
