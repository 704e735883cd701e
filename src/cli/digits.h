/** A number with the digits that a bound on its error allows. */
#ifndef IST_CLI_DIGITS_H
#define IST_CLI_DIGITS_H

#include "spectral/constants.h"

/** Room for every text of ist_digits. */
#define IST_DIGITS_SIZE 40

/** Writes value, at most 12 digits of it: of each printed digit's place one unit is at least bound
 *  and what rounding to the last place adds. Where bound leaves no digit, "< U", the number being
 *  at most U in magnitude; a 0 with a bound below 2^-400 is "0". Where there is no bound, "about"
 *  and two digits. */
void ist_digits(double value, ist_scalar bound, char text[IST_DIGITS_SIZE]);

#endif
