/** The arrays that the running error bound works in. */
#ifndef IST_KERNEL_RADII_H
#define IST_KERNEL_RADII_H

/** own, whole: work space of q entries. radius, coefficient: one entry for each of the gradients
 *  that they belong to, q of one worker, n*q of a team, worker i's from i*q on. */
typedef struct ist_radii {
  double *own, *whole, *radius, *coefficient;
} ist_radii;

/** Those merged: d entries each. */
typedef struct ist_merged_radii {
  double *radius, *coefficient;
} ist_merged_radii;

#endif
