/** Measures the library against its peers, all in one run on one thread unless it says two; see
 *  measure.h. */
#include <cblas.h>
#include <getopt.h>
#include <gsl/gsl_errno.h>
#include <math.h>
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>

#include "measure.h"

static const char help[] =
    "Usage: ist-bench [--quick] -o DIR\n"
    "Measure the library against its peers, print a table and write DIR/bench.json.\n"
    "To be started at the root of the repository. Times are medians of processor time\n"
    "on one thread, or of the wall clock on two where it says so; no time fails.\n"
    "\n"
    "  -o, --output DIR   directory for bench.json; made if it is missing\n"
    "  --quick            small sizes; seconds instead of a minute or two\n"
    "  --help             print this help and exit\n";

static const struct option options[] = {
    {"output", required_argument, NULL, 'o'},
    {"quick", no_argument, NULL, 'q'},
    {"help", no_argument, NULL, 'h'},
    {0},
};

static const bench_round_case full_cases[] = {
    /* n, d, passes, rounds; targets against NumPy, the lines touched once, one thread */
    {10, 1000, 5, 21, 9, 1.2, 1.7},
    {10, 4000, 3, 5, 6, 1.2, NAN},
    {4, 8000, 3, 5, 8, 1.2, NAN},
    {100, 1000, 5, 21, 20, NAN, NAN},
};

static const bench_round_case quick_cases[] = {
    {.n = 4, .d = 64, .passes = 2, .rounds = 5},
    {.n = 32, .d = 64, .passes = 2, .rounds = 5},
};

static ist_code measure(bench_report *r, ist_status *s) {
  const bench_round_case *cases = r->quick ? quick_cases : full_cases;
  const size_t count =
      r->quick ? sizeof quick_cases / sizeof *quick_cases : sizeof full_cases / sizeof *full_cases;
  ist_code code = r->quick ? bench_moments(r, 4, 200, 3, s) : bench_moments(r, 10, 1000, 3, s);
  if (code == IST_OK)
    code = bench_constants(r, r->quick ? 4 : 10, r->quick ? 200 : 300, 3, s);
  if (code == IST_OK && !r->quick)
    code = bench_constants(r, 10, 1000, 3, s);
  for (size_t k = 0; k < count && code == IST_OK; k++)
    code = bench_rounds(r, &cases[k], s);
  if (code == IST_OK)
    code = r->quick ? bench_homogeneous(r, 1000, 5, s) : bench_homogeneous(r, 1000000, 21, s);
  return code;
}

static ist_code run(bool quick, const char *directory, ist_status *s) {
  bench_report r;
  ist_code code = bench_report_open(&r, quick, s);
  if (code == IST_OK)
    code = measure(&r, s);
  if (code == IST_OK)
    code = bench_report_write(&r, directory, s);
  bench_report_close(&r);
  return code;
}

int main(int argc, char **argv) {
  bool quick = false;
  const char *directory = NULL;
  for (int c; (c = getopt_long(argc, argv, "o:", options, NULL)) != -1;) {
    if (c == 'h')
      return fputs(help, stdout) < 0 ? IST_OUTPUT_FAILED : IST_OK;
    if (c == '?')
      return IST_USAGE;
    if (c == 'o')
      directory = optarg;
    quick = quick || c == 'q';
  }
  if (directory == NULL || optind < argc) {
    fputs("ist-bench: exactly one option -o DIR is needed; see ist-bench --help\n", stderr);
    return IST_USAGE;
  }
  gsl_set_error_handler_off();
  openblas_set_num_threads(1);
  setenv("OPENBLAS_NUM_THREADS", "1", 1); /* of the NumPy process */
  omp_set_num_threads(1);
  ist_status s;
  ist_code code = run(quick, directory, &s);
  if (code != IST_OK)
    fprintf(stderr, "ist-bench: %s\n", s.text);
  return code;
}
