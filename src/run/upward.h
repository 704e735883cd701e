/** Bounds computed with rounding. */
#ifndef IST_RUN_UPWARD_H
#define IST_RUN_UPWARD_H

/** The relative error of one operation. */
#define IST_UNIT 0x1p-53

/** More than what rounding takes from a sum of products of non-negative numbers, of up to 2^40
 *  terms and a few factors each: what is computed times this is above the exact value. */
#define IST_UPWARD 1.01

/** Above the error by underflow in a scaled system of up to 2^20 unknowns, each of magnitude 1, and
 *  in a sum of as many products. */
#define IST_UNDERFLOW 0x1p-960

/** The error that the kernel's contracts allow for a sum of k products, A the sum of their absolute
 *  values: sum_error in spec/exact.h, apart from underflow. */
#define IST_SUM_ERROR(k, A) (0x1.004p-53 * (((double)(k) + 1) * (A)))

#endif
