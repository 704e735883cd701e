/** What a message between server and workers means; everything else in it is numbers. */
#ifndef IST_MPI_MESSAGES_H
#define IST_MPI_MESSAGES_H

enum {
  IST_TAG_NUMBERS = 1, /**< any two ranks: part of a sequence of numbers */
  IST_TAG_BEGIN,       /**< server: the state of the generator before the first round */
  IST_TAG_ROUND,       /**< server: x on the blocks of the rank's workers */
  IST_TAG_ANSWER,      /**< workers: what they computed, block by block */
  IST_TAG_FAULT,       /**< workers, instead of an answer: one number, an ist_arithmetic */
  IST_TAG_END,         /**< server: the run is over */
};

#endif
