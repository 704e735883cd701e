/** The product of one worker's block of its symmetric matrix with its submodel. */
#ifndef IST_KERNEL_BLOCK_PRODUCT_H
#define IST_KERNEL_BLOCK_PRODUCT_H

#include "range.h"

#include <stddef.h>

#ifdef __FRAMAC__
#include "../../spec/block_product.h"
#include "../../spec/exact.h"
#endif

/** Product y[a] = sum_{k<q} L[S[a], S[k]] w[k], a < q, each sum in order of k: the same bits as row
 *  by row, though only the upper half of the block is read (the entries on and right of the
 *  diagonal, if S increases), four rows at a time.
 *  L: d x d, row-major, symmetric; S, w, y: q entries. [claim R7] */
/*@ requires size: q <= d <= IST_DIM_MAX;
    requires valid: \valid_read(L + (0 .. d*d-1)) && \valid_read(S + (0 .. q-1)) &&
                    \valid_read(w + (0 .. q-1)) && \valid(y + (0 .. q-1));
    requires apart: \separated(y + (0 .. q-1), L + (0 .. d*d-1)) &&
                    \separated(y + (0 .. q-1), S + (0 .. q-1)) &&
                    \separated(y + (0 .. q-1), w + (0 .. q-1));
    requires block: indices(S, q, d);
    requires range: bounded(L, d*d, 0x1p160) && bounded(w, q, 0x1p261);
    requires symmetric: symmetric(L, d);
    terminates \true;
    exits \false;
    assigns y[0 .. q-1];
    ensures model: sums_at{Old, Post}(L, S, w, y, d, 0, q, q);
    ensures error: block_product_near{Old, Post}(L, S, w, y, q, d);
*/
void ist_block_product(const double *L, const size_t *S, const double *w, size_t q, size_t d,
                       double *y);

#endif
