/** The date inside a PDF, the one thing in it that would differ from run to run. */
#ifndef IST_REPRODUCE_PDF_DATE_H
#define IST_REPRODUCE_PDF_DATE_H

#include "machine/status.h"

/** Sets the creation date of the PDF file path, as cairo writes it, to 1970-01-01, in place.
 *  IST_OUTPUT_FAILED if the file cannot be changed; one without a date is left as it is. */
ist_code ist_pdf_fix_date(const char *path, ist_status *s);

#endif
