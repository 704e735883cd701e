/** What reports are made of: samples, findings about them, tables, dates in PDF files. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "../support/scratch.h"
#include "check/finding.h"
#include "check/sample.h"
#include "reproduce/pdf_date.h"
#include "reproduce/table.h"

static void open_scratch(void) { scratch_open(); }

TestSuite(report_parts, .init = open_scratch, .fini = scratch_close);

Test(report_parts, mean_and_standard_error) {
  static const double values[] = {1e9 + 1, 1e9 + 2, 1e9 + 3, 1e9 + 4, 1e9 + 10};
  ist_sample m = {0};
  cr_expect_eq(ist_sample_error(&m), 0);
  for (size_t j = 0; j < 5; j++)
    ist_sample_add(&m, values[j]);
  cr_expect_float_eq(m.mean, 1e9 + 4, 1e-6);
  cr_expect_float_eq(m.squares, 50, 1e-6);
  cr_expect_float_eq(ist_sample_error(&m), sqrt(2.5), 1e-8);
}

/** 11 pairs whose difference has the mean shift and standard error sqrt(110 / (11 10)) = 1.
 *  Student's two-sided quantile of chance 1e-6 with 10 degrees of freedom is about 10.52. */
static ist_pairs pairs(double shift) {
  ist_pairs m = {0};
  for (int j = -5; j <= 5; j++)
    ist_pairs_add(&m, 7 + shift + j, 7);
  return m;
}

Test(report_parts, samples_decide_by_student) {
  ist_finding f;
  ist_pairs m = pairs(10.5);
  cr_expect_float_eq(ist_sample_error(&m.difference), 1, 1e-12);
  ist_find_mean_equal(&f, &m, 0);
  cr_expect_eq(f.verdict, IST_CLAIM_HOLDS);
  cr_expect(f.sampled);
  cr_expect_float_eq(f.error, 1, 1e-12);
  cr_expect_float_eq(f.value, 17.5, 1e-12);
  m = pairs(10.54);
  ist_find_mean_equal(&f, &m, 0);
  cr_expect_eq(f.verdict, IST_CLAIM_VIOLATED);
  ist_find_mean_at_most(&f, &m, 0);
  cr_expect_eq(f.verdict, IST_CLAIM_VIOLATED);
  ist_find_mean_at_least(&f, &m, 0);
  cr_expect_eq(f.verdict, IST_CLAIM_HOLDS);
  m = pairs(-10.54);
  ist_find_mean_at_least(&f, &m, 0);
  cr_expect_eq(f.verdict, IST_CLAIM_VIOLATED);
  ist_find_mean_at_most(&f, &m, 0);
  cr_expect_eq(f.verdict, IST_CLAIM_HOLDS);
}

Test(report_parts, table) {
  ist_table t;
  ist_status s;
  cr_assert_eq(ist_table_open(&t, 2, 2, &s), IST_OK);
  ist_table_name(&t, 0, "k");
  ist_table_name(&t, 1, "gamma=%g", 0.1);
  *ist_table_at(&t, 0, 0) = 1;
  *ist_table_at(&t, 1, 0) = 2;
  *ist_table_at(&t, 1, 1) = 0.1;
  cr_assert_eq(ist_table_write(&t, scratch_path(""), "t.csv", &s), IST_OK);
  ist_table_close(&t);
  cr_expect(scratch_holds("t.csv", "k,gamma=0.1\n1,\n2,0.10000000000000001\n"));
}

Test(report_parts, date_of_a_pdf) {
  ist_status s;
  const char *path = scratch_write("a.pdf", "//Cr /CreationDate (D:20260102030405Z)\nrest");
  cr_assert_eq(ist_pdf_fix_date(path, &s), IST_OK);
  cr_expect(scratch_holds("a.pdf", "//Cr /CreationDate (D:19700101000000Z)\nrest"));
  path = scratch_write("b.pdf", "no date");
  cr_assert_eq(ist_pdf_fix_date(path, &s), IST_OK);
  cr_expect(scratch_holds("b.pdf", "no date"));
  cr_expect_eq(ist_pdf_fix_date(scratch_path("absent"), &s), IST_OUTPUT_FAILED);
}
