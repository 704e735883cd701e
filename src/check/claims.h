/** The claims that `ist check` evaluates: one row each, in tables by subject. */
#ifndef IST_CHECK_CLAIMS_H
#define IST_CHECK_CLAIMS_H

#include "finding.h"
#include "machine/status.h"
#include "subject.h"

/** The sketches a claim is about, as a set of 1u << ist_sketch_kind. */
#define IST_ABOUT(kind) (1u << (kind))
#define IST_ABOUT_ANY                                                                              \
  (IST_ABOUT(IST_IDENTITY) | IST_ABOUT(IST_PERM) | IST_ABOUT(IST_SCALED_PERM) | IST_ABOUT(IST_RAND))

/** Rounds drawn for a claim that holds in every round. */
#define IST_CLAIM_DRAWS 100

/** Hypotheses that many claims share; checked before the claim is evaluated. */
typedef enum {
  IST_ASSUME_Q1 = 1,             /**< blocks of one coordinate, n = d */
  IST_ASSUME_INTERPOLATION = 2,  /**< b = 0 */
  IST_ASSUME_HOMOGENEOUS = 4,    /**< one L, one b */
  IST_ASSUME_PRECONDITIONED = 8, /**< evaluated on the preconditioned homogeneous problem (20) */
  IST_ASSUME_THETA = 16,         /**< theta of (14) exists */
  IST_ASSUME_LIMIT = 32,         /**< x_inf exists: E[B] is positive definite */
} ist_assumption;

/** Evaluates a claim whose hypotheses hold for the subject, with the enclosures of u->x. What it
 *  leaves undecided is asked again at a higher precision. IST_NOT_EXIST (with the reason in *s) if
 *  a quantity it needs does not exist: the claim is then not applicable. */
typedef ist_code ist_evaluator(ist_subject *u, ist_finding *f, ist_status *s);

typedef struct {
  const char *id; /**< P.., N.., E.. of the claims registry, with a suffix for further parts */
  const char *statement; /**< L, b are the means over the workers */
  unsigned about;        /**< set of IST_ABOUT(kind) */
  unsigned assumptions;  /**< set of ist_assumption */
  ist_evaluator *evaluate;
} ist_claim;

/** Whether theta of (14) exists; otherwise *f says that it does not, or that W may be singular. */
bool ist_claim_has_theta(ist_subject *u, ist_finding *f);

/** IST_MACHINE: memory ran out in an evaluator. */
ist_code ist_claim_no_memory(ist_status *s);

/** Tables, each ended by a row of zeros. */
extern const ist_claim ist_claims_sketches[];    /**< P01-P05, P23, (34), E1, E2 */
extern const ist_claim ist_claims_descent[];     /**< Theorem 1: P06-P12, E4, N7, N14 */
extern const ist_claim ist_claims_rates[];       /**< its rates in the Euclidean norm: P24 */
extern const ist_claim ist_claims_scaled[];      /**< Theorem 2: P13-P16, P18, N1-N3, N15, E9 */
extern const ist_claim ist_claims_limits[];      /**< what it tends to: P22, N8, E5, N16-N18 */
extern const ist_claim ist_claims_methods[];     /**< other methods, and runs: P19-P21, N19 */
extern const ist_claim ist_claims_enumeration[]; /**< N4, N5 */
extern const ist_claim ist_claims_runs[];        /**< expectations once more, sampled */

#endif
