/** Model of the merge in binary64. */
#ifndef IST_SPEC_MERGE_H
#define IST_SPEC_MERGE_H

#include "magnitude.h"
#include "arrays.h"

/*@ // Sum at coordinate j of the entries g[k], k < m, that belong to it (block[k] == j).
    logic real fl_merge{L}(double *g, size_t *block, integer m, integer j) =
      m <= 0 ? 0.0 :
      (block[m - 1] == j ? fl_add(fl_merge(g, block, m - 1, j), g[m - 1])
                         : fl_merge(g, block, m - 1, j));
    predicate fl_merge_next{L}(double *g, size_t *block, integer m, integer j) =
      fl_merge(g, block, m + 1, j) ==
        (block[m] == j ? fl_add(fl_merge(g, block, m, j), g[m]) : fl_merge(g, block, m, j));
    lemma fl_merge_unfold{L}: \forall double *g, size_t *block, integer m, j;
      0 <= m ==> fl_merge_next(g, block, m, j);
*/

#endif
