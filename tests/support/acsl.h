/** What the ACSL of spec/ defines of real numbers, evaluated from its text in ball arithmetic. */
#ifndef IST_TEST_ACSL_H
#define IST_TEST_ACSL_H

#include <arb.h>
#include <stddef.h>

/** An argument: a ball, or if it is NULL a number. */
typedef struct {
  const arb_struct *ball;
  double number;
} acsl_argument;

/** out encloses name(arguments), of a `logic real` or, of a predicate that is an inequality, its
 *  right side. Expressions of + - * /, \abs, \min, \max, \sqrt, casts to real, numbers that are
 *  doubles, and calls of other such functions; on anything else the program ends with a message. */
void acsl_evaluate(arb_t out, const char *name, const acsl_argument *arguments, size_t count,
                   slong prec);

#endif
