#include "local.h"

bool ist_local_steps(const double *x, const double *L, const double *b, const double *s,
                     const size_t *S, size_t q, size_t d, double gamma, size_t T,
                     double *z, double *g)
{
  const double limit = 0x1p260;
  ist_submodel(x, s, S, q, d, z);
  /*@ assert starts: \forall integer a; 0 <= a < q ==>
        fl_local_start{Pre}(L, b, s, S, x,
                            q, d, gamma, a); */
  /*@ loop invariant 0 <= t <= T;
      loop invariant model: local_is{Pre, Here}(L, b, s, S,
                                                x, z, q, d, gamma, t);
      loop assigns t, z[0 .. q-1], g[0 .. q-1];
      loop variant T - t; */
  for (size_t t = 0; t < T; t++) {
    /*@ assert inputs: bounded(L, d*d, 0x1p160) && bounded(b, d, 0x1p160) &&
          bounded(s, d, 0x1p100) && indices(S, q, d); */
    /*@ assert same_L: same{Pre, Here}(L, d * d); */
    /*@ assert same_rest: same{Pre, Here}(b, d) && same{Pre, Here}(s, d) &&
          same_indices{Pre, Here}(S, q) && indices{Pre}(S, q, d); */
    /*@ assert same: same_inputs{Pre, Here}(L, b, s, S,
                                            q, d); */
    /*@ assert symmetric: symmetry_kept{Pre, Here}(L, d) && symmetric(L, d); */
    if (!ist_bounded(z, q, limit))
      return false;
    /*@ assert weaken: bounded_weaken(z, q, 0x1p260, 0x1p261); */
    /*@ ghost Before: ; */
    ist_local_step(z, L, b, s, S, q, d, gamma, g);
    /*@ assert gradient: gradient_is{Before, Here}(L, b, s,
          S, z, g, q, d); */
    /*@ assert stepped: local_stepped{Pre, Before, Here}(L, b, s,
          S, x, z, g, q, d, gamma, t); */
    /*@ assert model: local_is{Pre, Here}(L, b, s, S,
          x, z, q, d, gamma, t + 1); */
    /*@ assert next: (size_t)(t + 1) == t + 1; */
  }
  return true;
}
