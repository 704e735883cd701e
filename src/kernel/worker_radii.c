#include "worker_radii.h"

#ifdef __FRAMAC__
#include "../../spec/radius_error.h"
#endif

void ist_worker_radii(const double *x, const double *e, const double *L, const double *b,
                      const double *s, const size_t *S, const double *w, const double *g,
                      const size_t *count, size_t q, size_t d, double *own, double *whole,
                      double *radius, double *coefficient)
{
  ist_submodel_radii(x, e, s, S, w, q, d, own, whole);
  /*@ assert same_inputs: same{Pre, Here}((double *)L, d*d) && same{Pre, Here}((double *)b, d) &&
        same{Pre, Here}((double *)s, d) && same_indices{Pre, Here}((size_t *)S, q); */
  /*@ assert same_vectors: same{Pre, Here}((double *)x, d) && same{Pre, Here}((double *)e, d) &&
        same{Pre, Here}((double *)w, q) && same{Pre, Here}((double *)g, q) &&
        same_indices{Pre, Here}((size_t *)count, d); */
  /*@ assert same: worker_same{Pre, Here}((double *)L, (double *)b, (double *)s, (size_t *)S,
        (double *)x, (double *)e, (double *)w, (double *)g, (size_t *)count, q, d); */
  /*@ assert kept: near_kept{Pre, Here}((double *)L, (double *)b, (double *)s, (size_t *)S,
        (double *)x, (double *)e, (double *)w, (double *)g, (size_t *)count, own, whole, q, d); */
  /*@ assert near: submodel_near{Here, Here}((double *)x, (double *)s, (size_t *)S, (double *)w, q) &&
        gradient_near{Here, Here}((double *)L, (double *)b, (double *)s, (size_t *)S, (double *)w,
          (double *)g, q, d) &&
        submodel_radii{Here, Here}((double *)x, (double *)e, (double *)s, (size_t *)S, (double *)w,
          own, whole, q, dot_share((real)q)); */
  /*@ assert ranges: bounded(L, d*d, 0x1p160) && bounded(b, d, 0x1p160) && bounded(s, d, 0x1p100) &&
        between(e, d, 0.0, 0x1p160) && bounded(g, q, 0x1p550) && indices(S, q, d) &&
        counts_below(count, d); */
  /*@ assert inputs: radius_inputs((double *)s, (double *)e, (size_t *)S, (size_t *)count, q, d); */
  /*@ ghost Radii: ; */
  ist_entry_radii(e, L, b, s, S, g, count, q, d, own, whole, radius, coefficient);
  /*@ assert hypotheses: worker_hypotheses{Radii, Here}((double *)L, (double *)b, (double *)s,
        (size_t *)S, (double *)x, (double *)e, (double *)w, (double *)g, (size_t *)count, own, whole,
        coefficient, radius, q, d); */
  /*@ assert covered: worker_radii{Radii, Here}((double *)L, (double *)b, (double *)s,
        (size_t *)S, (double *)x, (double *)e, (double *)w, (double *)g, (size_t *)count, own, whole,
        coefficient, radius, q, d); */
  /*@ assert before: \forall integer o, p; worker_covered_before{Pre, Radii, Here}((double *)L,
        (double *)b, (double *)s, (size_t *)S, (double *)x, (double *)e, (double *)w, (double *)g,
        (size_t *)count, coefficient, radius, q, d, o, p); */
}
