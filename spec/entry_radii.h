/** Radii of a block's entries, kept from state to state. */
#ifndef IST_SPEC_ENTRY_RADII_H
#define IST_SPEC_ENTRY_RADII_H

#include "same_row.h"
#include "radius.h"

/*@ // The radius of a row.
    predicate radius_unfolds{L}(double *row, size_t *S, double *own, double *whole, integer a,
                                integer m) =
      (m == a ==> radius_dot(row, S, own, whole, a, m + 1) ==
        radius_dot(row, S, own, whole, a, m) + \abs((real)row[S[m]]) * own[m]) &&
      (m != a ==> radius_dot(row, S, own, whole, a, m + 1) ==
        radius_dot(row, S, own, whole, a, m) + \abs((real)row[S[m]]) * whole[m]);
    STEP(lemma radii_unfold{L}: \forall double *row, *own, *whole, size_t *S, integer a, m;
      0 <= m ==> radius_unfolds(row, S, own, whole, a, m);)
    predicate radius_frame{A, B}(double *row, size_t *S, double *own, double *whole, integer a,
                                 integer m) =
      same_row{A, B}(row, S, own, m) ==> same_row{A, B}(row, S, whole, m) ==>
      radius_dot{A}(row, S, own, whole, a, m) == radius_dot{B}(row, S, own, whole, a, m);
    STEP(lemma radius_frame_step{A, B}: \forall double *row, *own, *whole, size_t *S, integer a, m;
      same_row_next{A, B}(row, S, own, m) ==> same_row_next{A, B}(row, S, whole, m) ==>
      radius_unfolds{A}(row, S, own, whole, a, m) ==>
      radius_unfolds{B}(row, S, own, whole, a, m) ==>
      equal_products((real)\at(row[S[m]], A), (real)\at(own[m], A), (real)\at(row[S[m]], B),
                     (real)\at(own[m], B)) ==>
      equal_products((real)\at(row[S[m]], A), (real)\at(whole[m], A), (real)\at(row[S[m]], B),
                     (real)\at(whole[m], B)) ==>
      radius_frame{A, B}(row, S, own, whole, a, m) ==>
      radius_frame{A, B}(row, S, own, whole, a, m + 1);)
    STEP(lemma radius_frame_inductive{A, B}: \forall double *row, *own, *whole, size_t *S,
      integer a, m; 0 <= m ==> radius_frame{A, B}(row, S, own, whole, a, m) ==>
      radius_frame{A, B}(row, S, own, whole, a, m + 1);)
    STEP(lemma radius_frames{A, B}: \forall double *row, *own, *whole, size_t *S, integer a, m;
      0 <= m ==> radius_frame{A, B}(row, S, own, whole, a, m);)
    predicate row_radius_kept{A, B}(double *row, size_t *S, double *own, double *whole, integer a,
                                    integer q, integer d) =
      same{A, B}(row, d) ==> same{A, B}(S, q) ==> indices{A}(S, q, d) ==>
      same{A, B}(own, q) ==> same{A, B}(whole, q) ==>
      radius_dot{A}(row, S, own, whole, a, q) == radius_dot{B}(row, S, own, whole, a, q);
    STEP(lemma row_radii_kept_by{A, B}: \forall double *row, *own, *whole, size_t *S,
      integer a, q, d; same_row_of{A, B}(row, S, own, q, d) ==>
      same_row_of{A, B}(row, S, whole, q, d) ==> radius_frame{A, B}(row, S, own, whole, a, q) ==>
      row_radius_kept{A, B}(row, S, own, whole, a, q, d);)
    lemma row_radii_kept{A, B}: \forall double *row, *own, *whole, size_t *S, integer a, q, d;
      0 <= q ==> row_radius_kept{A, B}(row, S, own, whole, a, q, d);

    // The entries before a are kept, and a is added.
    predicate entry_radii_kept{A, B, C}(double *L, double *b, double *s, size_t *S, double *e,
                                        double *g, size_t *count, double *own, double *whole,
                                        double *coefficient, double *radius, integer q, integer d,
                                        integer m) =
      entry_radii_are{A, B}(L, b, s, S, e, g, count, own, whole, coefficient, radius, q, d, m) ==>
      same{B, C}(coefficient, m) ==> same{B, C}(radius, m) ==>
      entry_radii_are{A, C}(L, b, s, S, e, g, count, own, whole, coefficient, radius, q, d, m);
    STEP(lemma entry_radius_kept{A, B, C}: \forall double *row, *b, *s, *e, *g, *own, *whole,
      *coefficient, *radius, size_t *S, *count, integer q, a;
      entry_radius_is{A, B}(row, b, s, S, e, g, count, own, whole, coefficient, radius, q, a) ==>
      \at(coefficient[a], B) == \at(coefficient[a], C) ==>
      \at(radius[a], B) == \at(radius[a], C) ==>
      entry_radius_is{A, C}(row, b, s, S, e, g, count, own, whole, coefficient, radius, q, a);)
    lemma all_entry_radii_kept{A, B, C}: \forall double *L, *b, *s, *e, *g, *own, *whole,
      *coefficient, *radius, size_t *S, *count, integer q, d, m;
      entry_radii_kept{A, B, C}(L, b, s, S, e, g, count, own, whole, coefficient, radius, q, d, m);
    predicate entry_radii_next{A, B}(double *L, double *b, double *s, size_t *S, double *e,
                                     double *g, size_t *count, double *own, double *whole,
                                     double *coefficient, double *radius, integer q, integer d,
                                     integer m) =
      entry_radii_are{A, B}(L, b, s, S, e, g, count, own, whole, coefficient, radius, q, d, m) ==>
      entry_radius_is{A, B}(L + entry(\at(S[m], A), 0, d), b, s, S, e, g, count, own, whole,
                            coefficient, radius, q, m) ==>
      entry_radii_are{A, B}(L, b, s, S, e, g, count, own, whole, coefficient, radius, q, d, m + 1);
    lemma all_entry_radii_next{A, B}: \forall double *L, *b, *s, *e, *g, *own, *whole,
      *coefficient, *radius, size_t *S, *count, integer q, d, m;
      entry_radii_next{A, B}(L, b, s, S, e, g, count, own, whole, coefficient, radius, q, d, m);
*/

#endif
