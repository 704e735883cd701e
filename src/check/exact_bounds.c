#include "exact_bounds.h"

static ist_ball one_minus(ist_balls *e, ist_ball a) {
  return ist_ball_sub(e, ist_ball_of(e, 1), a);
}

ist_ball ist_exact_bound_15(ist_balls *e, ist_ball drop, ist_ball gamma, size_t K) {
  ist_ball span = ist_ball_mul(e, gamma, ist_ball_count(e, K));
  return ist_ball_div(e, ist_ball_times(e, drop, 2), span);
}

ist_ball ist_exact_bound_16(ist_balls *e, ist_ball contraction, ist_ball gamma, size_t k,
                            ist_ball start) {
  ist_ball factor = one_minus(e, ist_ball_mul(e, gamma, contraction));
  return ist_ball_mul(e, ist_ball_power(e, factor, k), start);
}

/** 2 drop/(gamma K) + weight h_sq + gamma sigma_sq. */
static ist_ball theorem_2(ist_balls *e, ist_ball drop, ist_ball gamma, size_t K, ist_ball weight,
                          ist_ball h_sq, ist_ball sigma_sq) {
  ist_ball span = ist_ball_mul(e, gamma, ist_ball_count(e, K));
  ist_ball descent = ist_ball_div(e, ist_ball_times(e, drop, 2), span);
  return ist_ball_add(e, ist_ball_add(e, descent, ist_ball_mul(e, weight, h_sq)),
                      ist_ball_mul(e, gamma, sigma_sq));
}

ist_ball ist_exact_bound_30(ist_balls *e, ist_ball drop, ist_ball gamma, size_t K, ist_ball h_sq,
                            ist_ball sigma_sq) {
  ist_ball weight = ist_ball_add(e, ist_ball_of(e, 4), ist_ball_times(e, gamma, 5));
  return theorem_2(e, drop, gamma, K, weight, h_sq, sigma_sq);
}

ist_ball ist_exact_bound_N2(ist_balls *e, ist_ball drop, ist_ball gamma, size_t K, ist_ball h_sq,
                            ist_ball sigma_sq) {
  return theorem_2(e, drop, gamma, K, ist_ball_of(e, 1), h_sq, sigma_sq);
}

ist_ball ist_exact_slack_N1(ist_balls *e, ist_ball gamma, ist_ball average) {
  return ist_ball_mul(e, one_minus(e, gamma), average);
}

ist_ball_matrix ist_exact_closed_form(ist_balls *e, ist_ball_matrix x0, ist_ball_matrix limit,
                                      ist_ball gamma, size_t k) {
  ist_ball power = ist_ball_power(e, one_minus(e, gamma), k);
  return ist_ball_matrix_add(e, ist_ball_scale(e, power, x0),
                             ist_ball_scale(e, one_minus(e, power), limit));
}
