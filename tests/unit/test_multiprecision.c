/* Memory that runs out in multiple-precision arithmetic ends the program with exit code 6. */
#include <criterion/criterion.h>
#include <flint/flint.h>
#include <flint/fmpz.h>
#include <stdint.h>

#include "machine/multiprecision.h"

Test(multiprecision, flint_allocates_until_it_cannot, .exit_code = 6) {
  ist_multiprecision_guard();
  char *block = flint_calloc(4, 2);
  block = flint_realloc(block, 16);
  block[15] = 1;
  flint_free(block);
  flint_free(flint_malloc(0));
  flint_malloc(PTRDIFF_MAX);
}

Test(multiprecision, reallocation_that_fails, .exit_code = 6) {
  ist_multiprecision_guard();
  flint_realloc(flint_malloc(8), PTRDIFF_MAX);
}

Test(multiprecision, gmp, .exit_code = 6) {
  mpz_t x;
  void *(*allocate)(size_t);
  ist_multiprecision_guard();
  mpz_init(x);
  mpz_ui_pow_ui(x, 3, 1000);
  cr_assert_eq(mpz_sizeinbase(x, 3), 1001);
  mpz_clear(x);
  mp_get_memory_functions(&allocate, NULL, NULL);
  allocate(PTRDIFF_MAX);
}
