/** libist: the verified kernel of Independent Subnetwork Training, and what it takes to use it.
 *
 *  f(x) = (1/n) sum_i f_i(x), f_i(x) = 1/2 x'L_i x - b_i'x. In every round worker i gets the
 *  submodel C_i x, and the server steps x <- x - gamma g, g = (1/n) sum_i C_i (L_i C_i x - b_i).
 *
 *    check the machine   ist_check_arithmetic_of_threads: whether its arithmetic is what the proofs
 *                        assume; ask again before a result is believed
 *    read a problem      ist_problem_load; ist_problem_save writes one
 *    choose a sketch     ist_sketch_resolve
 *    run the method      ist_run, with ist_run_defaults or other settings: all rounds from x_0 to
 *                        x_K, with trace and checkpoints, as `ist run` does
 *    compare             ist_constants_compute: 1/theta and every other constant of the analysis;
 *                        ist_expect: what happens in expectation, exactly, round by round;
 *                        ist_dynamics_step: the same, one round at a time
 *
 *  A program that draws or steps in its own way takes the rounds one by one:
 *
 *    scales and blocks   ist_scale_perm and its like; ist_shuffle, ist_owner, ist_blocks, from draws
 *                        that the caller makes
 *    a round             ist_round; ist_local_round for Algorithm 1 with T local steps
 *    bound its error     ist_count_members and ist_round_error after each ist_round: how far real
 *                        arithmetic would be
 *
 *  Functions of kernel/ carry a contract in ACSL: a caller that meets each `requires` gets each
 *  `ensures`, as proved in IEEE-754 binary64, with round-to-nearest and without contraction or fast
 *  math, by Frama-C/WP. They allocate nothing, call nothing but sqrt, and keep no state. The
 *  logic that the contracts use stands in spec/, which a C compiler does not read.
 *  ist_bounded and ist_diagonal_within discharge every hypothesis about magnitudes at run time;
 *  the entries of a problem that ist_problem_load accepts are within them, and its diagonals where
 *  ist_sketch_resolve accepts scaled-perm, for ist_scale_diagonal.
 *
 *  All matrices are row-major. All functions may run in several threads at once, on different
 *  outputs, except ist_problem_load, ist_constants_compute and ist_run, which switch GSL's
 *  process-wide error handler off while they run; an ist_run that resumes also sets jansson's
 *  allocation functions. With OpenBLAS on several threads the last bits of the constants and
 *  expectations may vary; openblas_set_num_threads(1) prevents that. Rounds never vary.
 *
 *  The sources are under the MIT licence. libist links with the GNU Scientific Library, so that a
 *  program linked with it falls under the GNU General Public License, version 3 or later. */
#ifndef IST_H
#define IST_H

#include "machine/status.h"
#include "machine/arithmetic.h"
#include "problem/problem.h"
#include "problem/load.h"
#include "problem/save.h"
#include "problem/sketch_kind.h"

#include "spectral/spectrum.h"
#include "spectral/constants.h"
#include "moments/dynamics.h"
#include "moments/expectations.h"

#include "run/settings.h"
#include "run/metrics.h"
#include "run/result.h"
#include "run/run.h"

#include "kernel/range.h"
#include "kernel/permutation.h"
#include "kernel/sketch.h"
#include "kernel/linear.h"
#include "kernel/quadratic.h"
#include "kernel/team.h"
#include "kernel/worker.h"
#include "kernel/submodel.h"
#include "kernel/workers.h"
#include "kernel/merge.h"
#include "kernel/round_work.h"
#include "kernel/round.h"
#include "kernel/radii.h"
#include "kernel/radius.h"
#include "kernel/worker_radii.h"
#include "kernel/all_radii.h"
#include "kernel/round_error.h"
#include "kernel/running_bound.h"
#include "kernel/local.h"
#include "kernel/homogeneous.h"

#endif
