/** Model of the dot product in binary64, and its independence of memory outside the arrays. */
#ifndef IST_SPEC_LINEAR_H
#define IST_SPEC_LINEAR_H

#include "arrays.h"
#include "index.h"
#include "magnitude.h"

/*@ // sum_{j<d} a_j x_j in order of j, every product and every sum rounded.
    logic real fl_dot{L}(double *a, double *x, integer d) =
      d <= 0 ? 0.0 : fl_add(fl_dot(a, x, d - 1), fl_mul(a[d - 1], x[d - 1]));

    predicate fl_dot_next{L}(double *a, double *x, integer d) =
      fl_dot(a, x, d + 1) == fl_add(fl_dot(a, x, d), fl_mul(a[d], x[d]));
    lemma fl_dot_unfold{L}: \forall double *a, *x, integer d; 0 <= d ==> fl_dot_next(a, x, d);

    // Frame: equal arrays give equal dot products.
    predicate same_next{A, B}(double *a, integer d) =
      same{A, B}(a, d + 1) ==> same{A, B}(a, d) && \at(a[d], A) == \at(a[d], B);
    STEP(lemma same_split{A, B}: \forall double *a, integer d; 0 <= d ==> same_next{A, B}(a, d);)
    predicate fl_dot_frame{A, B}(double *a, double *x, integer d) =
      same{A, B}(a, d) ==> same{A, B}(x, d) ==> fl_dot{A}(a, x, d) == fl_dot{B}(a, x, d);
    STEP(lemma fl_dot_frame_step{A, B}: \forall double *a, *x, integer d;
      same_next{A, B}(a, d) ==> same_next{A, B}(x, d) ==>
      fl_dot_next{A}(a, x, d) ==> fl_dot_next{B}(a, x, d) ==>
      fl_dot_frame{A, B}(a, x, d) ==> fl_dot_frame{A, B}(a, x, d + 1);)
    STEP(lemma fl_dot_frame_inductive{A, B}: \forall double *a, *x, integer d; 0 <= d ==>
      fl_dot_frame{A, B}(a, x, d) ==> fl_dot_frame{A, B}(a, x, d + 1);)
    lemma fl_dot_frames{A, B}: \forall double *a, *x, integer d; 0 <= d ==>
      fl_dot_frame{A, B}(a, x, d);
*/

#endif
