/* Which CBLAS the program gets: GSL brings a slow one of its own, which must not be it. */
#define _GNU_SOURCE
#include <criterion/criterion.h>
#include <dlfcn.h>
#include <gsl/gsl_blas.h>
#include <string.h>

Test(link, cblas_is_openblas) {
  Dl_info info;
  cr_assert(dladdr(dlsym(RTLD_DEFAULT, "cblas_ddot"), &info));
  cr_assert(strstr(info.dli_fname, "openblas"), "cblas_ddot is from %s", info.dli_fname);
}

Test(link, gsl_calls_it) {
  double a[] = {1, 2}, x[] = {3, 4}, dot;
  gsl_vector_view va = gsl_vector_view_array(a, 2), vx = gsl_vector_view_array(x, 2);
  cr_assert_eq(gsl_blas_ddot(&va.vector, &vx.vector, &dot), 0);
  cr_assert_eq(dot, 11);
}
