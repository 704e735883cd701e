#include "version.h"

#include <zlib.h> /* before hdf5.h, after which it asks for types that POSIX does not have */

#include <arb.h>
#include <cblas.h>
#include <suitesparse/cholmod.h>
#include <flint/flint.h>
#include <gmp.h>
#include <gsl/gsl_version.h>
#include <hdf5.h>
#include <jansson.h>
#include <stdio.h>

#ifdef __clang__
#define COMPILER "clang " __clang_version__
#else
#define COMPILER "gcc " __VERSION__
#endif

/* OpenBLAS has no call for its version alone: its configuration begins with name and version. */
static int openblas_length(const char *config) {
  int length = 0;
  return sscanf(config, "%*s %*s%n", &length) == 0 ? length : 0;
}

ist_code ist_print_version(void) {
  int cholmod[3] = {0};
  unsigned hdf5[3] = {0};
  const char *openblas = openblas_get_config();
  cholmod_version(cholmod);
  H5get_libversion(&hdf5[0], &hdf5[1], &hdf5[2]);
  printf("ist " IST_VERSION "\n"
         "commit " IST_COMMIT "\n"
         "compiled by " COMPILER "\n"
         "GSL %s\n"
         "%.*s\n"
         "CHOLMOD %d.%d.%d\n"
         "HDF5 %u.%u.%u\n"
         "jansson %s\n"
         "FLINT %s\n"
         "Arb %s\n"
         "GMP %s\n"
         "zlib %s\n",
         gsl_version, openblas_length(openblas), openblas, cholmod[0], cholmod[1], cholmod[2],
         hdf5[0], hdf5[1], hdf5[2], jansson_version_str(), flint_version, arb_version, gmp_version,
         zlibVersion());
  return IST_OK;
}
