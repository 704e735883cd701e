#include "ball_dynamics.h"

#include "ball_linear.h"

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

static ist_ball_matrix outer(ist_balls *e, ist_ball_matrix a, ist_ball_matrix b) {
  return ist_ball_product(e, a, ist_ball_transpose(e, b));
}

/* Cov(Bm - v) less E[Bmm'B]: with C = E[Bm v'] - E[B]m E[v]' and a = E[B]m it is
 * Cov v - aa' - C - C'. */
static ist_ball_matrix linear_noise(ist_balls *e, const ist_ball_dynamics *y, ist_ball_matrix a) {
  ist_ball_matrix C = ist_ball_matrix_sub(e, mixed_moment(e, y), outer(e, a, y->Ev));
  ist_ball_matrix both = ist_ball_matrix_add(e, C, ist_ball_transpose(e, C));
  return ist_ball_matrix_sub(e, ist_ball_matrix_sub(e, y->cov_v, outer(e, a, a)), both);
}

/* S - gamma (E[B]S + S E[B]) + gamma^2 E[B X B], X = S + mm'. */
static ist_ball_matrix dense_round(ist_balls *e, const ist_ball_dynamics *y, ist_ball gamma) {
  arb_mat_struct *square = ist_ball_matrix_new(e, y->m.p->d, y->m.p->d);
  ist_ball_second_moment(&y->m, ist_ball_matrix_add(e, y->cov, outer(e, y->mean, y->mean)), square);
  ist_ball_matrix BS = ist_ball_product(e, y->EB, y->cov);
  ist_ball_matrix both = ist_ball_matrix_add(e, BS, ist_ball_transpose(e, BS));
  ist_ball_matrix change = ist_ball_matrix_sub(e, ist_ball_scale(e, gamma, square), both);
  return ist_ball_matrix_add(e, y->cov, ist_ball_scale(e, gamma, change));
}

/* The same for diagonal B: S_jk (1 - gamma (EB_jj + EB_kk) + gamma^2 E[B_jj B_kk]) + gamma^2
 * E[B_jj B_kk] m_j m_k, each entry multiplied once, so that its ball grows no more than it does. */
static ist_ball_matrix diagonal_round(ist_balls *e, const ist_ball_dynamics *y, ist_ball gamma) {
  const size_t d = y->m.p->d;
  arb_mat_struct *factor = ist_ball_matrix_new(e, d, d);
  ist_ball_matrix square = ist_ball_scale(e, ist_ball_square(e, gamma), y->squares);
  for (size_t j = 0; j < d; j++)
    for (size_t k = 0; k < d; k++) {
      arb_struct *entry = arb_mat_entry(factor, j, k);
      arb_add(entry, arb_mat_entry(y->EB, j, j), arb_mat_entry(y->EB, k, k), e->precision);
      arb_mul(entry, entry, gamma, e->precision);
      arb_sub_si(entry, entry, 1, e->precision);
      arb_sub(entry, arb_mat_entry(square, j, k), entry, e->precision);
    }
  return ist_ball_matrix_add(e, ist_ball_entrywise(e, y->cov, factor),
                             ist_ball_entrywise(e, square, outer(e, y->mean, y->mean)));
}

/* m - gamma (E[B] m - E[v]), where E[B] is diagonal. */
static void diagonal_mean(ist_ball_dynamics *y, ist_ball gamma) {
  const slong prec = y->m.precision;
  arb_t factor;
  arb_init(factor);
  for (slong j = 0; j < arb_mat_nrows(y->mean); j++) {
    arb_struct *entry = arb_mat_entry(y->mean, j, 0);
    arb_mul(factor, gamma, arb_mat_entry(y->EB, j, j), prec);
    arb_sub_si(factor, factor, 1, prec);
    arb_neg(factor, factor);
    arb_mul(entry, entry, factor, prec);
    arb_addmul(entry, gamma, arb_mat_entry(y->Ev, j, 0), prec);
  }
  arb_clear(factor);
}

void ist_ball_dynamics_step(ist_ball_dynamics *y, ist_ball gamma) {
  ist_balls work, *e = &work;
  ist_balls_open(e, y->m.precision);
  const bool diagonal = y->m.sk.q == 1;
  ist_ball_matrix a = ist_ball_product(e, y->EB, y->mean);
  ist_ball_matrix noise = linear_noise(e, y, a);
  ist_ball_matrix cov = diagonal ? diagonal_round(e, y, gamma) : dense_round(e, y, gamma);
  arb_mat_add(y->cov, cov, ist_ball_scale(e, ist_ball_square(e, gamma), noise), e->precision);
  if (diagonal)
    diagonal_mean(y, gamma);
  else
    arb_mat_scalar_addmul_arb(y->mean, ist_ball_matrix_sub(e, y->Ev, a), gamma, e->precision);
  ist_balls_clear(e);
}

ist_ball ist_ball_dynamics_distance_sq(ist_balls *e, const ist_ball_dynamics *y, ist_ball_matrix A,
                                       ist_ball_matrix z) {
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
