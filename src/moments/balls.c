#include "balls.h"

#include <flint/flint.h>
#include <math.h>

typedef struct ist_ball_cell {
  struct ist_ball_cell *next;
  bool is_matrix;
  arb_t ball;
  arb_mat_t matrix;
} ist_ball_cell;

void ist_balls_open(ist_balls *e, slong precision) { *e = (ist_balls){.precision = precision}; }

void ist_balls_clear(ist_balls *e) {
  while (e->cells != NULL) {
    ist_ball_cell *cell = e->cells;
    e->cells = cell->next;
    if (cell->is_matrix)
      arb_mat_clear(cell->matrix);
    else
      arb_clear(cell->ball);
    flint_free(cell);
  }
}

static ist_ball_cell *add_cell(ist_balls *e, bool is_matrix) {
  ist_ball_cell *cell = flint_malloc(sizeof *cell);
  cell->next = e->cells;
  cell->is_matrix = is_matrix;
  e->cells = cell;
  return cell;
}

arb_struct *ist_ball_new(ist_balls *e) {
  ist_ball_cell *cell = add_cell(e, false);
  arb_init(cell->ball);
  return cell->ball;
}

arb_mat_struct *ist_ball_matrix_new(ist_balls *e, size_t rows, size_t columns) {
  ist_ball_cell *cell = add_cell(e, true);
  arb_mat_init(cell->matrix, (slong)rows, (slong)columns);
  return cell->matrix;
}

ist_ball ist_ball_of(ist_balls *e, double value) {
  arb_struct *out = ist_ball_new(e);
  arb_set_d(out, value);
  return out;
}

ist_ball ist_ball_within(ist_balls *e, double value, double error) {
  arb_struct *out = ist_ball_new(e);
  if (!isfinite(value) || !isfinite(error)) {
    arb_indeterminate(out);
    return out;
  }
  arf_t radius;
  arf_init(radius);
  arf_set_d(radius, error);
  arb_set_d(out, value);
  arb_add_error_arf(out, radius);
  arf_clear(radius);
  return out;
}

ist_ball ist_ball_between(ist_balls *e, double lo, double hi) {
  arb_struct *out = ist_ball_new(e);
  if (!isfinite(lo) || !isfinite(hi)) {
    arb_indeterminate(out);
    return out;
  }
  arf_t ends[2];
  arf_init(ends[0]);
  arf_init(ends[1]);
  arf_set_d(ends[0], lo);
  arf_set_d(ends[1], hi);
  arb_set_interval_arf(out, ends[0], ends[1], e->precision);
  arf_clear(ends[0]);
  arf_clear(ends[1]);
  return out;
}

ist_ball ist_ball_count(ist_balls *e, size_t count) {
  arb_struct *out = ist_ball_new(e);
  arb_set_ui(out, count);
  return out;
}

ist_ball ist_ball_copy(ist_balls *e, ist_ball a) {
  arb_struct *out = ist_ball_new(e);
  arb_set(out, a);
  return out;
}

ist_ball ist_ball_unknown(ist_balls *e) {
  arb_struct *out = ist_ball_new(e);
  arb_indeterminate(out);
  return out;
}

typedef void operation(arb_t, const arb_t, const arb_t, slong);

static ist_ball combine(ist_balls *e, operation apply, ist_ball a, ist_ball b) {
  arb_struct *out = ist_ball_new(e);
  apply(out, a, b, e->precision);
  return out;
}

ist_ball ist_ball_add(ist_balls *e, ist_ball a, ist_ball b) { return combine(e, arb_add, a, b); }
ist_ball ist_ball_sub(ist_balls *e, ist_ball a, ist_ball b) { return combine(e, arb_sub, a, b); }
ist_ball ist_ball_mul(ist_balls *e, ist_ball a, ist_ball b) { return combine(e, arb_mul, a, b); }
ist_ball ist_ball_div(ist_balls *e, ist_ball a, ist_ball b) { return combine(e, arb_div, a, b); }
ist_ball ist_ball_max(ist_balls *e, ist_ball a, ist_ball b) { return combine(e, arb_max, a, b); }
ist_ball ist_ball_square(ist_balls *e, ist_ball a) { return ist_ball_mul(e, a, a); }

ist_ball ist_ball_times(ist_balls *e, ist_ball a, double k) {
  return ist_ball_mul(e, a, ist_ball_of(e, k));
}
ist_ball ist_ball_log(ist_balls *e, ist_ball a) {
  arb_struct *out = ist_ball_new(e);
  arb_log(out, a, e->precision);
  return out;
}

ist_ball ist_ball_power(ist_balls *e, ist_ball a, size_t k) {
  arb_struct *out = ist_ball_new(e);
  arb_pow_ui(out, a, k, e->precision);
  return out;
}

ist_ball ist_ball_root(ist_balls *e, ist_ball a) {
  arb_struct *out = ist_ball_new(e);
  arb_sqrt(out, a, e->precision);
  return out;
}

ist_ball ist_ball_abs(ist_balls *e, ist_ball a) {
  arb_struct *out = ist_ball_new(e);
  arb_abs(out, a);
  return out;
}

bool ist_ball_known(ist_ball a) { return arb_is_finite(a); }

bool ist_ball_matrix_known(ist_ball_matrix A) { return arb_mat_is_finite(A); }

double ist_ball_double(ist_ball a) {
  return arb_is_finite(a) ? arf_get_d(arb_midref(a), ARF_RND_NEAR) : NAN;
}

double ist_ball_below(ist_ball a) {
  arf_t end;
  arf_init(end);
  arb_get_lbound_arf(end, a, 64);
  double result = arb_is_finite(a) ? arf_get_d(end, ARF_RND_FLOOR) : -INFINITY;
  arf_clear(end);
  return result;
}

double ist_ball_above(ist_ball a) {
  arf_t end;
  arf_init(end);
  arb_get_ubound_arf(end, a, 64);
  double result = arb_is_finite(a) ? arf_get_d(end, ARF_RND_CEIL) : INFINITY;
  arf_clear(end);
  return result;
}

ist_ball_matrix ist_ball_matrix_of(ist_balls *e, const double *entries, size_t rows,
                                   size_t columns) {
  arb_mat_struct *A = ist_ball_matrix_new(e, rows, columns);
  for (size_t j = 0; j < rows; j++)
    for (size_t k = 0; k < columns; k++)
      arb_set_d(arb_mat_entry(A, j, k), entries[j * columns + k]);
  return A;
}

static arb_mat_struct *like(ist_balls *e, ist_ball_matrix A) {
  return ist_ball_matrix_new(e, (size_t)arb_mat_nrows(A), (size_t)arb_mat_ncols(A));
}

ist_ball_matrix ist_ball_matrix_copy(ist_balls *e, ist_ball_matrix A) {
  arb_mat_struct *out = like(e, A);
  arb_mat_set(out, A);
  return out;
}

ist_ball_matrix ist_ball_matrix_unknown(ist_balls *e, size_t rows, size_t columns) {
  arb_mat_struct *out = ist_ball_matrix_new(e, rows, columns);
  arb_mat_indeterminate(out);
  return out;
}

ist_ball_matrix ist_ball_identity(ist_balls *e, size_t d) {
  arb_mat_struct *out = ist_ball_matrix_new(e, d, d);
  arb_mat_one(out);
  return out;
}

ist_ball_matrix ist_ball_ones(ist_balls *e, size_t rows, size_t columns) {
  arb_mat_struct *out = ist_ball_matrix_new(e, rows, columns);
  arb_mat_ones(out);
  return out;
}

ist_ball ist_ball_entry(ist_ball_matrix A, size_t j, size_t k) { return arb_mat_entry(A, j, k); }

ist_ball_matrix ist_ball_matrix_add(ist_balls *e, ist_ball_matrix A, ist_ball_matrix B) {
  arb_mat_struct *out = like(e, A);
  arb_mat_add(out, A, B, e->precision);
  return out;
}

ist_ball_matrix ist_ball_matrix_sub(ist_balls *e, ist_ball_matrix A, ist_ball_matrix B) {
  arb_mat_struct *out = like(e, A);
  arb_mat_sub(out, A, B, e->precision);
  return out;
}

ist_ball_matrix ist_ball_scale(ist_balls *e, ist_ball a, ist_ball_matrix A) {
  arb_mat_struct *out = like(e, A);
  arb_mat_scalar_mul_arb(out, A, a, e->precision);
  return out;
}

ist_ball_matrix ist_ball_product(ist_balls *e, ist_ball_matrix A, ist_ball_matrix B) {
  arb_mat_struct *out = ist_ball_matrix_new(e, (size_t)arb_mat_nrows(A), (size_t)arb_mat_ncols(B));
  arb_mat_mul(out, A, B, e->precision);
  return out;
}

ist_ball_matrix ist_ball_entrywise(ist_balls *e, ist_ball_matrix A, ist_ball_matrix B) {
  arb_mat_struct *out = like(e, A);
  arb_mat_mul_entrywise(out, A, B, e->precision);
  return out;
}

ist_ball_matrix ist_ball_transpose(ist_balls *e, ist_ball_matrix A) {
  arb_mat_struct *out = ist_ball_matrix_new(e, (size_t)arb_mat_ncols(A), (size_t)arb_mat_nrows(A));
  arb_mat_transpose(out, A);
  return out;
}

ist_ball_matrix ist_ball_symmetric_part(ist_balls *e, ist_ball_matrix A) {
  return ist_ball_scale(e, ist_ball_of(e, 0.5),
                        ist_ball_matrix_add(e, A, ist_ball_transpose(e, A)));
}

ist_ball_matrix ist_ball_diagonal(ist_balls *e, ist_ball_matrix A) {
  arb_mat_struct *v = ist_ball_matrix_new(e, (size_t)arb_mat_nrows(A), 1);
  for (slong j = 0; j < arb_mat_nrows(A); j++)
    arb_set(arb_mat_entry(v, j, 0), arb_mat_entry(A, j, j));
  return v;
}

ist_ball_matrix ist_ball_diag(ist_balls *e, ist_ball_matrix v) {
  size_t d = (size_t)arb_mat_nrows(v);
  arb_mat_struct *A = ist_ball_matrix_new(e, d, d);
  for (size_t j = 0; j < d; j++)
    arb_set(arb_mat_entry(A, j, j), arb_mat_entry(v, j, 0));
  return A;
}

ist_ball_matrix ist_ball_solve(ist_balls *e, ist_ball_matrix A, ist_ball_matrix B) {
  arb_mat_struct *X = like(e, B);
  if (!arb_mat_is_finite(A) || !arb_mat_solve(X, A, B, e->precision))
    arb_mat_indeterminate(X);
  return X;
}

ist_ball ist_ball_inner(ist_balls *e, ist_ball_matrix A, ist_ball_matrix B) {
  arb_struct *sum = ist_ball_new(e);
  for (slong j = 0; j < arb_mat_nrows(A); j++)
    arb_dot(sum, sum, 0, A->rows[j], 1, B->rows[j], 1, arb_mat_ncols(A), e->precision);
  return sum;
}

ist_ball ist_ball_quadratic(ist_balls *e, ist_ball_matrix A, ist_ball_matrix x) {
  return ist_ball_inner(e, x, ist_ball_product(e, A, x));
}

ist_ball ist_ball_largest_entry(ist_balls *e, ist_ball_matrix A) {
  arb_struct *largest = ist_ball_new(e);
  arb_t size;
  arb_init(size);
  for (slong j = 0; j < arb_mat_nrows(A); j++)
    for (slong k = 0; k < arb_mat_ncols(A); k++) {
      arb_abs(size, arb_mat_entry(A, j, k));
      arb_max(largest, largest, size, e->precision);
    }
  arb_clear(size);
  return largest;
}

ist_ball ist_ball_difference(ist_balls *e, ist_ball_matrix A, ist_ball_matrix B) {
  return ist_ball_largest_entry(e, ist_ball_matrix_sub(e, A, B));
}
