/** ist constants: every constant of the analysis for one problem and sketch. */
#include <stdio.h>

#include "case.h"
#include "certificate.h"
#include "command.h"
#include "json.h"
#include "options.h"
#include "output.h"
#include "spectral/constants.h"

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
    "reason.\n";

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

/** The object of one problem's constants, with the reasons of its nulls. */
static json_t *to_json(const ist_constants *c) {
  json_t *why = json_object();
  return json_pack(
      "{s:s, s:I, s:I, s:I, s:s, s:b, s:b, s:f, s:f, s:f, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, "
      "s:o, s:f, s:s, s:o}",
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
      "eigenvalues", ist_spectrum_name(c->eigenvalues), "reasons", why);
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

/* Twelve digits, as the table is for reading: the last ones of a decomposition depend on the
   processor, for which OpenBLAS chooses its kernels. --json has them all. */
static void print_number(const char *name, double value, const char *meaning) {
  printf("%-14s %-20.12g %s\n", name, value, meaning);
}

static void print_scalar(const char *name, ist_scalar x, const char *meaning) {
  if (x.exists)
    print_number(name, x.value, meaning);
  else
    printf("%-14s %-20s %s\n", name, "does not exist", x.reason);
}

static void print_rows(const char *name, const double *A, size_t rows, size_t d) {
  if (A == NULL)
    return;
  printf("\n%s\n", name);
  for (size_t i = 0; i < rows; i++)
    for (size_t j = 0; j < d; j++)
      printf("%20.12g%c", A[i * d + j], j + 1 < d ? ' ' : '\n');
}

static void print_table(const ist_constants *c) {
  printf("%-14s %zu\n%-14s %zu\n", "d", c->d, "n", c->n);
  printf("%-14s %s, q = %zu\n", "sketch", ist_sketch_name(c->sketch.kind), c->q);
  printf("%-14s %s\n%-14s %s\n", "homogeneous", c->homogeneous ? "yes" : "no", "interpolation",
         c->interpolation ? "yes" : "no");
  print_number("lambda_min", c->lambda_min, "smallest eigenvalue of L");
  print_number("lambda_max", c->lambda_max, "largest eigenvalue of L");
  print_number("w_lambda_min", c->w_lambda_min, "smallest eigenvalue of W");
  print_scalar("theta", c->theta, "smallest theta in (14)");
  print_scalar("step_max", c->step_max, "1/theta");
  print_scalar("contraction", c->contraction, "of (16), per unit of step");
  print_scalar("rate_max", c->rate_max, "step_max x contraction: of (16), per round");
  print_scalar("h_norm_sq", c->h_norm_sq, "||x* - x_fixed||^2_L");
  print_scalar("sigma_sq", c->sigma_sq, "E||g - Eg||^2_L, any x");
  print_number("sigma_sq_star", c->sigma_sq_star, "E||g - Eg||^2_L at x*");
  if (c->eigenvalues == IST_SPECTRUM_EXTREMAL)
    printf("%-14s %-24s by ARPACK, without the rest of the spectrum\n", "eigenvalues",
           ist_spectrum_name(c->eigenvalues));
}

static void print_arrays(const ist_constants *c) {
  print_rows("x_star", c->x_star, 1, c->d);
  print_rows("x_fixed", c->x_fixed, 1, c->d);
  print_rows("h", c->h, 1, c->d);
  print_rows("expected_B", c->expected_B, c->d, c->d);
  print_rows("expected_v", c->expected_v, 1, c->d);
  print_rows("second_moment", c->second_moment, c->d, c->d);
  print_rows("W", c->W, c->d, c->d);
  print_rows("cov_v", c->cov_v, c->d, c->d);
}

static ist_code print(const ist_options *o, const ist_constants *c, const ist_certificate *proof,
                      ist_status *s) {
  bool full = ist_given(o, IST_OPT_FULL);
  if (ist_given(o, IST_OPT_JSON)) {
    json_t *root = to_json(c);
    root = full ? add_matrices(root, c) : root;
    return ist_json_print(proof != NULL ? ist_certificate_json(root, proof) : root, s);
  }
  print_table(c);
  if (proof != NULL)
    ist_certificate_print(proof);
  if (full)
    print_arrays(c);
  return IST_OK;
}

/** Certifies if asked to, and prints. */
static ist_code finish(const ist_options *o, const ist_case *k, const ist_constants *c,
                       ist_status *s) {
  ist_certificate proof;
  if (!ist_given(o, IST_OPT_CERTIFY))
    return print(o, c, NULL, s);
  if (ist_certificate_make(&k->problem, c, &proof, s) != IST_OK)
    return s->code;
  return print(o, c, &proof, s);
}

ist_code ist_command_constants(int argc, char **argv, ist_status *s) {
  ist_options o;
  ist_case k;
  ist_constants c;
  if (ist_options_parse(argc, argv, &usage, &o, s) != IST_OK)
    return s->code;
  if (ist_given(&o, IST_OPT_HELP))
    return ist_print_text(help);
  if (ist_case_open(&o, &k, s) != IST_OK)
    return s->code;
  ist_code code = ist_constants_compute(&k.problem, k.sketch, &c, s);
  if (code == IST_OK) {
    code = finish(&o, &k, &c, s);
    ist_constants_free(&c);
  }
  ist_case_close(&k);
  return code;
}
