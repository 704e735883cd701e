/** Running out of memory in multiple-precision arithmetic. */
#ifndef IST_MACHINE_MULTIPRECISION_H
#define IST_MACHINE_MULTIPRECISION_H

/** From now on FLINT, Arb and GMP, when memory runs out, end the program with one line on standard
 *  error and exit code IST_MACHINE. They have no way to report it to their caller, and would end
 *  it with a signal. Call before output is begun: nothing is flushed or removed. */
void ist_multiprecision_guard(void);

#endif
