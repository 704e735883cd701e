(** * Quadratic forms and the Loewner order

    - [inner A x y] = x' A y and [quad A x] = ||x||_A^2 = x' A x.
    - [symm], [pd], [psd], [loewner] (A ⪯ B).
    - A positive definite matrix is invertible ([pd_unit]) and its inverse is
      positive definite ([pd_inv]).
    - [young]: 2 <x, y>_A <= c ||x||_A^2 + c^-1 ||y||_A^2 without square roots. *)

From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From Ist Require Import Probability.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(** [trmx_mul] for matrices over R's own ring structure, so that [ring] sees one product. *)
Lemma tr_mul (R : realFieldType) m n k (A : 'M[R]_(m, n)) (B : 'M[R]_(n, k)) :
  (A *m B)^T = B^T *m A^T.
Proof. exact: trmx_mul. Qed.

(** Identities between linear combinations of vectors, entry by entry. *)
Ltac vector_ring :=
  let j := fresh "j" in
  apply/colP => j; rewrite !mxE;
  repeat match goal with
  | |- context [@fun_of_matrix _ _ _ ?x j ?k] =>
    let y := fresh "y" in set y := (@fun_of_matrix _ _ _ x j k); move: y => y
  end;
  ring.

Section Forms.

Variables (R : realFieldType) (d : nat).
Implicit Types (A B : 'M[R]_d) (x y z : 'cV[R]_d) (c : R).

Definition inner A x y : R := (x^T *m A *m y) 0 0.
Definition quad A x : R := inner A x x.
Definition symm A : Prop := A^T = A.
Definition psd A : Prop := forall x, 0 <= quad A x.
Definition pd A : Prop := forall x, x != 0 -> 0 < quad A x.
Definition loewner A B : Prop := forall x, quad A x <= quad B x.

Lemma innerDl A x y z : inner A (x + y) z = inner A x z + inner A y z.
Proof. by rewrite /inner linearD /= !mulmxDl mxE. Qed.

Lemma innerDr A x y z : inner A x (y + z) = inner A x y + inner A x z.
Proof. by rewrite /inner mulmxDr mxE. Qed.

Lemma innerZl A c x y : inner A (c *: x) y = c * inner A x y.
Proof. by rewrite /inner linearZ /= -!scalemxAl mxE. Qed.

Lemma innerZr A c x y : inner A x (c *: y) = c * inner A x y.
Proof. by rewrite /inner -scalemxAr mxE. Qed.

Lemma innerNl A x y : inner A (- x) y = - inner A x y.
Proof. by rewrite -scaleN1r innerZl mulN1r. Qed.

Lemma innerNr A x y : inner A x (- y) = - inner A x y.
Proof. by rewrite -scaleN1r innerZr mulN1r. Qed.

Lemma inner0l A y : inner A 0 y = 0.
Proof. by rewrite -(scale0r 0) innerZl mul0r. Qed.

Lemma inner0r A y : inner A y 0 = 0.
Proof. by rewrite -(scale0r 0) innerZr mul0r. Qed.

Lemma inner_sym A x y : symm A -> inner A x y = inner A y x.
Proof.
move=> symA; rewrite /inner -[x^T *m A *m y]trmxK mxE.
by rewrite !tr_mul trmxK symA mulmxA.
Qed.

Lemma inner_addm A B x y : inner (A + B) x y = inner A x y + inner B x y.
Proof. by rewrite /inner mulmxDr mulmxDl mxE. Qed.

Lemma inner_scalem c A x y : inner (c *: A) x y = c * inner A x y.
Proof. by rewrite /inner -scalemxAr -scalemxAl mxE. Qed.

Lemma inner_tr A x y : inner A^T x y = inner A y x.
Proof.
by rewrite /inner -[x^T *m A^T *m y]trmxK mxE !tr_mul !trmxK mulmxA.
Qed.

Lemma inner_mull A B x y : inner A (B *m x) y = inner (B^T *m A) x y.
Proof. by rewrite /inner tr_mul !mulmxA. Qed.

Lemma inner_mulr A B x y : inner A x (B *m y) = inner (A *m B) x y.
Proof. by rewrite /inner !mulmxA. Qed.

Lemma quad_addm A B x : quad (A + B) x = quad A x + quad B x.
Proof. exact: inner_addm. Qed.

Lemma quad_scalem c A x : quad (c *: A) x = c * quad A x.
Proof. exact: inner_scalem. Qed.

Lemma quad_oppm A x : quad (- A) x = - quad A x.
Proof. by rewrite -scaleN1r quad_scalem mulN1r. Qed.

Lemma quad_subm A B x : quad (A - B) x = quad A x - quad B x.
Proof. by rewrite quad_addm quad_oppm. Qed.

Lemma quad_tr A x : quad A^T x = quad A x.
Proof. exact: inner_tr. Qed.

Lemma quadZ A c x : quad A (c *: x) = c ^+ 2 * quad A x.
Proof. by rewrite /quad innerZl innerZr mulrA expr2. Qed.

Lemma quadN A x : quad A (- x) = quad A x.
Proof. by rewrite /quad innerNl innerNr opprK. Qed.

Lemma quad0 A : quad A 0 = 0.
Proof. exact: inner0l. Qed.

Lemma quadD A x y : symm A -> quad A (x + y) = quad A x + 2%:R * inner A x y + quad A y.
Proof.
move=> symA; rewrite /quad !innerDl !innerDr (inner_sym y x symA); ring.
Qed.

Lemma quadB A x y : symm A -> quad A (x - y) = quad A x - 2%:R * inner A x y + quad A y.
Proof. by move=> symA; rewrite quadD // quadN innerNr; ring. Qed.

Lemma quad_sum_entries A x : quad A x = \sum_i \sum_j x i 0 * A i j * x j 0.
Proof.
rewrite /quad /inner mxE exchange_big; apply: eq_bigr => j _.
rewrite mxE mulr_suml; apply: eq_bigr => i _; by rewrite mxE.
Qed.

Lemma quad_delta A j : quad A (delta_mx j 0) = A j j.
Proof. by rewrite /quad /inner trmx_delta -rowE -colE !mxE. Qed.

(** ||x||^2 as a sum of squares. *)
Definition norm_sq x : R := \sum_j x j 0 ^+ 2.

Lemma quad_scalar c x : quad c%:M x = c * norm_sq x.
Proof.
rewrite -scalemx1 quad_scalem /quad /inner mulmx1 mxE; congr (_ * _).
by apply: eq_bigr => j _; rewrite mxE expr2.
Qed.

Lemma E_inner (T : finType) (P : dist R T) (X : T -> 'M_d) x y :
  E P (fun t => inner (X t) x y) = inner (EM P X) x y.
Proof. exact: E_bilinear. Qed.

Lemma E_quad (T : finType) (P : dist R T) (X : T -> 'M_d) x :
  E P (fun t => quad (X t) x) = quad (EM P X) x.
Proof. exact: E_inner. Qed.

Lemma E_inner_l (T : finType) (P : dist R T) A (X : T -> 'cV_d) y :
  E P (fun t => inner A (X t) y) = inner A (EM P X) y.
Proof.
rewrite {2}/inner -EM_tr -!EM_mulr EM_entry; exact: eq_E.
Qed.

Lemma E_inner_r (T : finType) (P : dist R T) A x (X : T -> 'cV_d) :
  E P (fun t => inner A x (X t)) = inner A x (EM P X).
Proof. by rewrite {2}/inner -EM_mull EM_entry. Qed.

Lemma pd_psd A : pd A -> psd A.
Proof.
move=> pdA x; have [->|x0] := eqVneq x 0; first by rewrite quad0.
exact: ltW (pdA x x0).
Qed.

Lemma quad1_ge0 x : 0 <= quad 1%:M x.
Proof.
rewrite /quad /inner mulmx1 mxE; apply: sumr_ge0 => i _.
by rewrite mxE -expr2 sqr_ge0.
Qed.

Lemma quad1_eq0 x : (quad 1%:M x == 0) = (x == 0).
Proof.
apply/eqP/eqP => [|->]; last exact: quad0.
rewrite /quad /inner mulmx1 mxE => /psumr_eq0P x0.
apply/colP => i; rewrite mxE; apply/eqP; rewrite -sqrf_eq0 expr2; apply/eqP.
by have := x0 _ i isT; rewrite mxE; apply=> j _; rewrite mxE -expr2 sqr_ge0.
Qed.

Lemma pd1 : pd 1%:M.
Proof. by move=> x x0; rewrite lt0r quad1_eq0 x0 quad1_ge0. Qed.

Lemma symm1 : symm 1%:M.
Proof. exact: trmx1. Qed.

Lemma pd_unit A : pd A -> A \in unitmx.
Proof.
move=> pdA; rewrite -unitmx_tr -row_free_unit -kermx_eq0; apply/rowV0P => v.
move=> /sub_kermxP vA; apply/eqP; apply: contraTT isT => v0.
have := pdA v^T; rewrite trmx_eq0 => /(_ v0).
by rewrite /quad /inner trmxK -[A]trmxK -mulmxA -tr_mul vA trmx0 mulmx0 mxE ltxx.
Qed.

Lemma symm_inv A : symm A -> symm (invmx A).
Proof. by rewrite /symm trmx_inv => ->. Qed.

Lemma quad_inv A x : symm A -> A \in unitmx -> quad (invmx A) (A *m x) = quad A x.
Proof.
move=> symA uA; rewrite /quad inner_mull inner_mulr symA.
by rewrite mulmxV // mul1mx.
Qed.

Lemma pd_inv A : symm A -> pd A -> pd (invmx A).
Proof.
move=> symA pdA x x0; have uA := pd_unit pdA.
rewrite -(mulKVmx uA x) quad_inv //; apply: pdA.
by apply: contra x0 => /eqP h; rewrite -(mulKVmx uA x) h mulmx0.
Qed.

Lemma loewner_scale c A B : 0 <= c -> loewner A B -> loewner (c *: A) (c *: B).
Proof. by move=> c0 AB x; rewrite !quad_scalem ler_wpmul2l. Qed.

Lemma psd_congr A (M : 'M_d) : psd A -> psd (M^T *m A *m M).
Proof.
move=> psdA x; have := psdA (M *m x).
by rewrite /quad inner_mull inner_mulr.
Qed.

Lemma EM_psd (T : finType) (P : dist R T) (X : T -> 'M_d) :
  (forall t, psd (X t)) -> psd (EM P X).
Proof. by move=> psdX x; rewrite -E_quad; apply: E_ge0 => t; exact: psdX. Qed.

Lemma young A x y c : symm A -> psd A -> 0 < c ->
  2%:R * inner A x y <= c * quad A x + c^-1 * quad A y.
Proof.
move=> symA psdA c0; have := psdA (c *: x - y).
rewrite quadB // quadZ innerZl => h.
rewrite -subr_ge0.
have -> : c * quad A x + c^-1 * quad A y - 2%:R * inner A x y =
  c^-1 * (c ^+ 2 * quad A x - 2%:R * (c * inner A x y) + quad A y).
  by field; rewrite gt_eqF.
by rewrite mulr_ge0 // invr_ge0 ltW.
Qed.

End Forms.

Arguments pd_psd {R d A}.
Arguments pd_unit {R d A}.
