#include "ball_dynamics.h"

void ist_ball_dynamics_init(ist_ball_dynamics *y, const ist_ball_method *m, ist_ball_matrix x0) {
  const slong d = (slong)m->p->d;
  y->m = *m;
  arb_mat_init(y->mean, d, 1);
  arb_mat_init(y->Ev, d, 1);
  arb_mat_init(y->cov, d, d);
  arb_mat_init(y->EB, d, d);
  arb_mat_init(y->cov_v, d, d);
  arb_mat_init(y->squares, d, d);
  arb_mat_init(y->mixed, d, d);
  arb_mat_set(y->mean, x0);
  ist_ball_expected_B(m, y->EB);
  ist_ball_expected_v(m, y->Ev);
  ist_ball_covariance_v(m, y->cov_v);
  if (m->sk.q != 1)
    return;
  /* Blocks of one coordinate: B is diagonal. */
  arb_mat_t ones;
  arb_mat_init(ones, d, d);
  arb_mat_ones(ones);
  ist_ball_second_moment(m, ones, y->squares);
  arb_mat_clear(ones);
  arb_mat_init(ones, d, 1);
  arb_mat_ones(ones);
  ist_ball_mixed_moment(m, ones, y->mixed);
  arb_mat_clear(ones);
}

void ist_ball_dynamics_clear(ist_ball_dynamics *y) {
  arb_mat_clear(y->mean);
  arb_mat_clear(y->cov);
  arb_mat_clear(y->EB);
  arb_mat_clear(y->Ev);
  arb_mat_clear(y->cov_v);
  arb_mat_clear(y->squares);
  arb_mat_clear(y->mixed);
}

static ist_ball_matrix second_moment(ist_balls *e, const ist_ball_dynamics *y, ist_ball_matrix X) {
  if (y->m.sk.q == 1)
    return ist_ball_entrywise(e, X, y->squares);
  arb_mat_struct *out = ist_ball_matrix_new(e, y->m.p->d, y->m.p->d);
  ist_ball_second_moment(&y->m, X, out);
  return out;
}

/* E[Bm v']. */
static ist_ball_matrix mixed_moment(ist_balls *e, const ist_ball_dynamics *y) {
  arb_mat_struct *out = ist_ball_matrix_new(e, y->m.p->d, y->m.p->d);
  if (y->m.p->interpolation)
    return out;
  if (y->m.sk.q != 1)
    ist_ball_mixed_moment(&y->m, y->mean, out);
  else
    for (slong j = 0; j < arb_mat_nrows(out); j++)
      _arb_vec_scalar_mul(out->rows[j], y->mixed->rows[j], arb_mat_ncols(out),
                          arb_mat_entry(y->mean, j, 0), e->precision);
  return out;
}

/* E[B S]. */
static ist_ball_matrix first_moment(ist_balls *e, const ist_ball_dynamics *y) {
  if (y->m.sk.q != 1)
    return ist_ball_product(e, y->EB, y->cov);
  arb_mat_struct *out = ist_ball_matrix_new(e, y->m.p->d, y->m.p->d);
  for (slong j = 0; j < arb_mat_nrows(out); j++)
    _arb_vec_scalar_mul(out->rows[j], y->cov->rows[j], arb_mat_ncols(out),
                        arb_mat_entry(y->EB, j, j), e->precision);
  return out;
}

/* E[BSB] + Cov(Bm - v): with X = S + mm', C = E[Bm v'] - E[B]m E[v]' and a = E[B]m it is
 * E[BXB] - aa' - C - C' + Cov v. */
static ist_ball_matrix noise(ist_balls *e, const ist_ball_dynamics *y, ist_ball_matrix a) {
  ist_ball_matrix mm = ist_ball_product(e, y->mean, ist_ball_transpose(e, y->mean));
  ist_ball_matrix square = second_moment(e, y, ist_ball_matrix_add(e, y->cov, mm));
  ist_ball_matrix aa = ist_ball_product(e, a, ist_ball_transpose(e, a));
  ist_ball_matrix aEv = ist_ball_product(e, a, ist_ball_transpose(e, y->Ev));
  ist_ball_matrix C = ist_ball_matrix_sub(e, mixed_moment(e, y), aEv);
  ist_ball_matrix both = ist_ball_matrix_add(e, C, ist_ball_transpose(e, C));
  return ist_ball_matrix_sub(
      e, ist_ball_matrix_add(e, ist_ball_matrix_sub(e, square, aa), y->cov_v), both);
}

void ist_ball_dynamics_step(ist_ball_dynamics *y, ist_ball gamma) {
  ist_balls work, *e = &work;
  ist_balls_open(e, y->m.precision);
  ist_ball_matrix a = ist_ball_product(e, y->EB, y->mean);
  ist_ball_matrix BS = first_moment(e, y);
  ist_ball_matrix both = ist_ball_matrix_add(e, BS, ist_ball_transpose(e, BS));
  ist_ball_matrix change = ist_ball_matrix_sub(e, ist_ball_scale(e, gamma, noise(e, y, a)), both);
  arb_mat_scalar_addmul_arb(y->cov, change, gamma, e->precision);
  ist_ball_matrix way = ist_ball_matrix_sub(e, y->Ev, a);
  arb_mat_scalar_addmul_arb(y->mean, way, gamma, e->precision);
  ist_balls_clear(e);
}

ist_ball ist_ball_dynamics_distance_sq(ist_balls *e, const ist_ball_dynamics *y,
                                       ist_ball_matrix A, ist_ball_matrix z) {
  ist_ball_matrix way = ist_ball_matrix_sub(e, y->mean, z);
  if (A == NULL) {
    arb_struct *trace = ist_ball_new(e);
    arb_mat_trace(trace, y->cov, e->precision);
    return ist_ball_add(e, ist_ball_inner(e, way, way), trace);
  }
  return ist_ball_add(e, ist_ball_quadratic(e, A, way), ist_ball_inner(e, A, y->cov));
}

size_t ist_ball_dynamics_products(const ist_ball_method *m) {
  return m->sk.q == 1 ? 0 : 3 + 2 * ist_problem_L_count(m->p);
}
