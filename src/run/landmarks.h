/** The two points that the iterates of a run are measured from, in numbers that do not depend on
 *  the processor: x* = L_bar^{-1} b_bar and x_fixed = E[B]^{-1} E[v]. */
#ifndef IST_RUN_LANDMARKS_H
#define IST_RUN_LANDMARKS_H

#include <stdbool.h>

#include "mean_errors.h"
#include "spectral/constants.h"
#include "system.h"

typedef struct {
  const ist_constants *c; /**< not owned */
  ist_system star;
  bool same;          /**< whether x_fixed is x*: g = grad f in every round */
  bool has_fixed;     /**< whether x_fixed exists */
  ist_system fixed;   /**< its system, where it exists and is another one */
  const char *reason; /**< why there is no x_fixed */
} ist_landmarks;

/** Finds them from L_bar, b_bar, expected_B and expected_v of c, which is kept by reference.
 *  IST_NOT_EXIST if L_bar is not positive definite to working precision or x* leaves the kernel's
 *  range, IST_MACHINE if memory runs out. To be closed whatever the outcome. */
ist_code ist_landmarks_find(ist_landmarks *m, const ist_constants *c, ist_status *s);

/** x_fixed, d entries; NULL if it does not exist. */
const double *ist_landmarks_fixed(const ist_landmarks *m);

/** What surrounds the two points; fixed is zero where x_fixed does not exist. */
typedef struct {
  ist_surrounding star, fixed;
  bool shared; /**< whether fixed is star */
} ist_surroundings;

/** How far the two points may be from the exact ones of the problem, whose means are within errors
 *  of those in c. IST_MACHINE if memory runs out; on success the caller calls
 *  ist_surroundings_close. */
ist_code ist_landmarks_enclose(const ist_landmarks *m, const ist_mean_errors *errors,
                               ist_surroundings *out, ist_status *s);

/** Frees what out owns. */
void ist_surroundings_close(ist_surroundings *out);

/** Frees what m owns. */
void ist_landmarks_close(ist_landmarks *m);

#endif
