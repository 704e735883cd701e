/** ist constants: every constant of the analysis for one problem and sketch. */
#include <math.h>
#include <stdio.h>

#include "certificate.h"
#include "command.h"
#include "digits.h"
#include "instance.h"
#include "json.h"
#include "machine/output.h"
#include "options.h"
#include "run/json_vector.h"
#include "spectral/constants.h"
#include "spectral/constants_bound.h"

static const char help[] =
    "Usage: ist constants PROBLEM [OPTION]...\n"
    "Print the constants of the analysis for the problem PROBLEM, a directory of\n"
    "Matrix Market files or one HDF5 file.\n"
    "\n"
    "  --sketch NAME       identity, perm (default), scaled-perm or rand\n" IST_SKETCH_HELP
    "  --full              print vectors and matrices as well; with --json, matrices\n"
    "  --certify           prove enclosures of theta and of the eigenvalues of L, and\n"
    "                      whether W is positive semidefinite, in ball arithmetic,\n"
    "                      taking the problem's binary numbers as exact\n"
    "  --json              print JSON\n"
    "  --help              print this help and exit\n"
    "\n"
    "W = (1/2) E[L B + B L], L the mean matrix, and theta is the smallest number with\n"
    "E[B L B] <= theta W. rate_max = step_max x contraction is the share of the\n"
    "expected squared distance, in the norm of L, that every round removes at least\n"
    "at step_max, for b = 0, by (16). Steps of differently scaled sketches do not\n"
    "compare, these shares do. A quantity that does not exist is shown with the\n"
    "reason.\n"
    "\n"
    "Every digit shown is right, to one unit of the last, for the problem's binary\n"
    "numbers. \"< B\" stands where not even the first digit is known, and is a bound\n"
    "of the magnitude; \"about\" stands before a number for which no bound was found.\n"
    "--json has 17 digits and, under errors, bounds of the errors; that of a vector\n"
    "or matrix is for its largest entry.\n";

static const struct option table[] = {
    IST_SKETCH_OPTIONS,
    IST_FLAG("full", IST_OPT_FULL),
    IST_FLAG("certify", IST_OPT_CERTIFY),
    IST_FLAG("json", IST_OPT_JSON),
    IST_FLAG("help", IST_OPT_HELP),
    {0},
};

static const ist_usage usage = {"ist", "constants", table, IST_ONE_PROBLEM};

/** x_fixed or h, which exist together with ||h||. */
static json_t *fixed_vector(const double *v, const ist_constants *c, json_t *why, const char *key) {
  if (v != NULL)
    return ist_json_vector(v, c->d);
  return ist_json_scalar(c->h_norm_sq, why, key);
}

/** Adds a bound to the list if the quantity exists. */
static void list_if(bool exists, const char *key, ist_error error, ist_json_bound *list,
                    size_t *count) {
  if (exists)
    list[(*count)++] = (ist_json_bound){key, error};
}

#define MOST_BOUNDS 20

/** The bounds of everything that is printed. */
static size_t list_bounds(const ist_constants *c, const ist_errors *e, bool full,
                          ist_json_bound list[MOST_BOUNDS]) {
  size_t count = 0;
  list_if(true, "lambda_min", e->lambda_min, list, &count);
  list_if(true, "lambda_max", e->lambda_max, list, &count);
  list_if(true, "w_lambda_min", e->w_lambda_min, list, &count);
  list_if(c->theta.exists, "theta", e->theta, list, &count);
  list_if(c->step_max.exists, "step_max", e->step_max, list, &count);
  list_if(c->contraction.exists, "contraction", e->contraction, list, &count);
  list_if(c->rate_max.exists, "rate_max", e->rate_max, list, &count);
  list_if(true, "x_star", e->x_star, list, &count);
  list_if(c->x_fixed != NULL, "x_fixed", e->x_fixed, list, &count);
  list_if(c->h != NULL, "h", e->h, list, &count);
  list_if(c->h_norm_sq.exists, "h_norm_sq", e->h_norm_sq, list, &count);
  list_if(c->sigma_sq.exists, "sigma_sq", e->sigma_sq, list, &count);
  list_if(true, "sigma_sq_star", e->sigma_sq_star, list, &count);
  list_if(full, "expected_B", e->expected_B, list, &count);
  list_if(full, "expected_v", e->expected_v, list, &count);
  list_if(full, "second_moment", e->second_moment, list, &count);
  list_if(full, "W", e->W, list, &count);
  list_if(full, "cov_v", e->cov_v, list, &count);
  return count;
}

/** The object of one problem's constants, with the reasons of its nulls. */
static json_t *to_json(const ist_constants *c, const ist_errors *e, bool full) {
  ist_json_bound bounds[MOST_BOUNDS];
  bool rigorous;
  json_t *why = json_object();
  const size_t count = list_bounds(c, e, full, bounds);
  json_t *errors = ist_json_errors(bounds, count, why, &rigorous);
  return json_pack(
      "{s:s, s:I, s:I, s:I, s:s, s:b, s:b, s:f, s:f, s:f, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, "
      "s:o, s:f, s:s, s:o, s:b, s:o}",
      "schema", "ist.constants/1", "d", (json_int_t)c->d, "n", (json_int_t)c->n, "q",
      (json_int_t)c->q, "sketch", ist_sketch_name(c->sketch.kind), "homogeneous", c->homogeneous,
      "interpolation", c->interpolation, "lambda_min", c->lambda_min, "lambda_max", c->lambda_max,
      "w_lambda_min", c->w_lambda_min, "theta", ist_json_scalar(c->theta, why, "theta"), "step_max",
      ist_json_scalar(c->step_max, why, "step_max"), "contraction",
      ist_json_scalar(c->contraction, why, "contraction"), "rate_max",
      ist_json_scalar(c->rate_max, why, "rate_max"), "x_star", ist_json_vector(c->x_star, c->d),
      "x_fixed", fixed_vector(c->x_fixed, c, why, "x_fixed"), "h", fixed_vector(c->h, c, why, "h"),
      "h_norm_sq", ist_json_scalar(c->h_norm_sq, why, "h_norm_sq"), "sigma_sq",
      ist_json_scalar(c->sigma_sq, why, "sigma_sq"), "sigma_sq_star", c->sigma_sq_star,
      "eigenvalues", ist_spectrum_name(c->eigenvalues), "errors", errors, "rigorous", rigorous,
      "reasons", why);
}

/** Adds the matrices of --full to root. */
static json_t *add_matrices(json_t *root, const ist_constants *c) {
  json_t *full =
      json_pack("{s:o, s:o, s:o, s:o, s:o}", "expected_B", ist_json_matrix(c->expected_B, c->d),
                "expected_v", ist_json_vector(c->expected_v, c->d), "second_moment",
                ist_json_matrix(c->second_moment, c->d), "W", ist_json_matrix(c->W, c->d), "cov_v",
                ist_json_matrix(c->cov_v, c->d));
  if (full != NULL && json_object_update(root, full) == 0) {
    json_decref(full);
    return root;
  }
  json_decref(full);
  json_decref(root);
  return NULL;
}

static void write_digits(double value, ist_error error, char text[IST_DIGITS_SIZE]) {
  const ist_scalar bound = {isfinite(error.bound), error.bound, error.reason};
  ist_digits(value, bound, text);
}

static void print_number(const char *name, double value, ist_error error, const char *meaning) {
  char text[IST_DIGITS_SIZE];
  write_digits(value, error, text);
  printf("%-14s %-20s %s\n", name, text, isfinite(error.bound) ? meaning : error.reason);
}

static void print_scalar(const char *name, ist_scalar x, ist_error error, const char *meaning) {
  if (x.exists)
    print_number(name, x.value, error, meaning);
  else
    printf("%-14s %-20s %s\n", name, "does not exist", x.reason);
}

static void print_rows(const char *name, const double *A, ist_error error, size_t rows, size_t d) {
  char text[IST_DIGITS_SIZE];
  if (A == NULL)
    return;
  printf("\n%s\n", name);
  for (size_t i = 0; i < rows; i++)
    for (size_t j = 0; j < d; j++) {
      write_digits(A[i * d + j], error, text);
      printf("%20s%c", text, j + 1 < d ? ' ' : '\n');
    }
}

static void print_table(const ist_constants *c, const ist_errors *e) {
  printf("%-14s %zu\n%-14s %zu\n", "d", c->d, "n", c->n);
  printf("%-14s %s, q = %zu\n", "sketch", ist_sketch_name(c->sketch.kind), c->q);
  printf("%-14s %s\n%-14s %s\n", "homogeneous", c->homogeneous ? "yes" : "no", "interpolation",
         c->interpolation ? "yes" : "no");
  print_number("lambda_min", c->lambda_min, e->lambda_min, "smallest eigenvalue of L");
  print_number("lambda_max", c->lambda_max, e->lambda_max, "largest eigenvalue of L");
  print_number("w_lambda_min", c->w_lambda_min, e->w_lambda_min, "smallest eigenvalue of W");
  print_scalar("theta", c->theta, e->theta, "smallest theta in (14)");
  print_scalar("step_max", c->step_max, e->step_max, "1/theta");
  print_scalar("contraction", c->contraction, e->contraction, "of (16), per unit of step");
  print_scalar("rate_max", c->rate_max, e->rate_max, "step_max x contraction: of (16), per round");
  print_scalar("h_norm_sq", c->h_norm_sq, e->h_norm_sq, "||x* - x_fixed||^2_L");
  print_scalar("sigma_sq", c->sigma_sq, e->sigma_sq, "E||g - Eg||^2_L, any x");
  print_number("sigma_sq_star", c->sigma_sq_star, e->sigma_sq_star, "E||g - Eg||^2_L at x*");
  if (c->eigenvalues == IST_SPECTRUM_EXTREMAL)
    printf("%-14s %-24s by ARPACK, without the rest of the spectrum\n", "eigenvalues",
           ist_spectrum_name(c->eigenvalues));
}

static void print_arrays(const ist_constants *c, const ist_errors *e) {
  print_rows("x_star", c->x_star, e->x_star, 1, c->d);
  print_rows("x_fixed", c->x_fixed, e->x_fixed, 1, c->d);
  print_rows("h", c->h, e->h, 1, c->d);
  print_rows("expected_B", c->expected_B, e->expected_B, c->d, c->d);
  print_rows("expected_v", c->expected_v, e->expected_v, 1, c->d);
  print_rows("second_moment", c->second_moment, e->second_moment, c->d, c->d);
  print_rows("W", c->W, e->W, c->d, c->d);
  print_rows("cov_v", c->cov_v, e->cov_v, c->d, c->d);
}

static ist_code print(const ist_options *o, const ist_constants *c, const ist_errors *e,
                      const ist_certificate *proof, ist_status *s) {
  bool full = ist_given(o, IST_OPT_FULL);
  if (ist_given(o, IST_OPT_JSON)) {
    json_t *root = to_json(c, e, full);
    root = full ? add_matrices(root, c) : root;
    return ist_json_print(proof != NULL ? ist_certificate_json(root, proof) : root, s);
  }
  print_table(c, e);
  if (proof != NULL)
    ist_certificate_print(proof);
  if (full)
    print_arrays(c, e);
  return IST_OK;
}

/** Certifies if asked to, and prints. */
static ist_code finish(const ist_options *o, const ist_instance *k, ist_constants *c, ist_errors *e,
                       ist_status *s) {
  ist_certificate proof;
  if (!ist_given(o, IST_OPT_CERTIFY))
    return print(o, c, e, NULL, s);
  ist_certificate_announce(&k->problem, k->sketch);
  if (ist_certify(&k->problem, c, &proof, s) != IST_OK)
    return s->code;
  ist_certificate_improve(&proof, c, e);
  return print(o, c, e, &proof, s);
}

ist_code ist_command_constants(int argc, char **argv, ist_status *s) {
  ist_options o;
  ist_instance k;
  ist_constants c;
  if (ist_options_parse(argc, argv, &usage, &o, s) != IST_OK)
    return s->code;
  if (ist_given(&o, IST_OPT_HELP))
    return ist_print_text(help);
  if (ist_instance_open(&o, &k, s) != IST_OK)
    return s->code;
  ist_code code = ist_constants_compute(&k.problem, k.sketch, &c, s);
  if (code == IST_OK) {
    ist_errors e;
    ist_constants_bound(&k.problem, &c, &e);
    code = finish(&o, &k, &c, &e, s);
    ist_constants_free(&c);
  }
  ist_instance_close(&k);
  return code;
}
