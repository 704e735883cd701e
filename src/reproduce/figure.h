/** Figures drawn by gnuplot from the CSV files beside them. */
#ifndef IST_REPRODUCE_FIGURE_H
#define IST_REPRODUCE_FIGURE_H

#include <stdbool.h>

#include "machine/status.h"

/** One figure: the text of a gnuplot script. The body is drawn once for each format. The colours
 *  blue, orange, green, vermillion, purple, sky and black (Okabe and Ito's palette, told apart by
 *  colour-blind readers) and faint_blue, ..., faint_purple, nearly transparent, are defined. */
typedef struct {
  const char *name;     /**< of the files: NAME.gp, NAME.svg, NAME.pdf */
  const char *settings; /**< definitions, before the body */
  const char *caption;  /**< two lines, separated by \n as gnuplot writes it */
  const char *body;
} ist_figure;

/** Writes DIRECTORY/NAME.gp, a script that draws NAME.svg and NAME.pdf when gnuplot is run on it in
 *  that directory. IST_OUTPUT_FAILED if it cannot be written. */
ist_code ist_figure_write(const ist_figure *g, const char *directory, ist_status *s);

/** Runs gnuplot on DIRECTORY/NAME.gp. The figures replace earlier ones once both are complete. The
 *  date that a PDF carries is set to 1970, so that the same data give the same bytes. *drawn: false
 *  if gnuplot is not installed. IST_OUTPUT_FAILED if gnuplot fails. */
ist_code ist_figure_draw(const char *name, const char *directory, bool *drawn, ist_status *s);

#endif
