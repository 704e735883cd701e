/** Lemmas that only the proofs of others need. */
#ifndef IST_SPEC_PROOF_H
#define IST_SPEC_PROOF_H

/* STEP(lemma ...;) states a lemma only where lemmas are being proved: the code that uses their
 * conclusions does not carry the way to them through each of its goals. */
#ifdef IST_PROOF_STEPS
#define STEP(...) __VA_ARGS__
#else
#define STEP(...)
#endif

#endif
