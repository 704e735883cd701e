#include "spectrum.h"

ist_spectrum ist_spectrum_for(size_t d) {
  return d > IST_SPECTRUM_FULL_DIM ? IST_SPECTRUM_EXTREMAL : IST_SPECTRUM_FULL;
}

const char *ist_spectrum_name(ist_spectrum how) {
  return how == IST_SPECTRUM_FULL ? "full" : "extremal";
}
