(** * The Rand-q sketch, Definition 1 and (4) of the 2023 preprint

    C_i = (d/q) P_{S_i}, S_i a uniform q-subset, independent for each worker:
    the first q places of a permutation.

    - [rand_subset_uniform]: S_i is uniform among the q-subsets.
    - [rand_unbiased] (P01): E C_i x = x.   [rand_omega] (P01):
      E ||C_i x - x||^2 = (d/q - 1) ||x||^2.
    - [rand_EB]: E[B] = (d/q) (Dbar + rho (Lbar - Dbar)), rho = (q-1)/(d-1). *)

From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From Ist Require Import Probability Quadratic Problem FisherYates UniformPermutation Mask PermSketch.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Rand.

Variables (R : realFieldType) (n d q : nat) (p : problem R n d).
Hypothesis q_gt0 : (0 < q)%N.
Hypothesis q_le_d : (q <= d)%N.

(** The places that a worker keeps. *)
Definition kept : {set 'I_d} := [set k : 'I_d | k < q]%N.

Lemma card_kept : #|kept| = q.
Proof.
have inj : injective (widen_ord q_le_d) by move=> k l /(congr1 val) /= /val_inj.
rewrite -[RHS](card_ord q) -(card_imset _ inj); apply: eq_card => k.
rewrite inE; apply/idP/imsetP => [kq|[l _ ->]]; last by rewrite /= ltn_ord.
by exists (Ordinal kq) => //; apply: val_inj.
Qed.

Theorem rand_subset_uniform (A : {set 'I_d}) : #|A| = q ->
  E (uniform_perm R d) (fun s => ([set j | member kept s j] == A)%:R) = ('C(d, q)%:R)^-1.
Proof.
move=> cardA.
transitivity (E (uniform_perm R d) (fun s => (all (mem kept) (map s (enum A)))%:R)).
  rewrite -E_perm_inv; apply: eq_E => s; congr (nat_of_bool _)%:R.
  have cardS : #|[set j | member kept s^-1 j]| = q.
    rewrite -card_kept -(card_imset _ (@perm_inj _ s)); apply: eq_card => k.
    apply/imsetP/idP => [[j]|ki]; first by rewrite inE /member invgK => sj ->.
    by exists ((s^-1)%g k); rewrite ?inE /member ?invgK permKV.
  rewrite eq_sym eqEcard cardS cardA leqnn andbT all_map; apply/subsetP/allP => h j.
    by rewrite mem_enum => /h; rewrite inE /member invgK.
  by move=> Aj; rewrite inE /member invgK; apply: h; rewrite mem_enum.
rewrite E_perm_in ?enum_uniq // -cardE cardA card_kept ffactnn -bin_ffact natrM.
by rewrite invfM mulrCA divff ?mulr1 // pnatr_eq0 -lt0n fact_gt0.
Qed.

Lemma qR_gt0 : q%:R != 0 :> R.
Proof. by rewrite pnatr_eq0 -lt0n. Qed.

Lemma dR_gt0 : d%:R != 0 :> R.
Proof. by rewrite pnatr_eq0 -lt0n (leq_trans q_gt0). Qed.

Definition rand_sketch : sketch R n d :=
  @Sketch R n d _ (family (fun _ : 'I_n => uniform_perm R d))
    (fun w i => mask (fun=> d%:R / q%:R) kept (w i))
    (fun w i => mask_sym (fun=> d%:R / q%:R) kept (w i)).

Lemma EM_worker i m k (X : 'S_d -> 'M[R]_(m, k)) :
  EM (law rand_sketch) (fun w : {ffun 'I_n -> 'S_d} => X (w i)) = EM (uniform_perm R d) X.
Proof.
apply/matrixP => a b; rewrite !EM_entry.
exact: (E_family_one (fun _ => uniform_perm R d) i (fun s => X s a b)).
Qed.

Theorem rand_unbiased i : EM (law rand_sketch) (fun w => C (s := rand_sketch) w i) = 1%:M.
Proof.
rewrite (EM_worker i (mask (fun=> d%:R / q%:R) kept)) E_mask card_kept diag_of_cst.
by rewrite scale_scalar_mx; congr (_%:M); field; rewrite qR_gt0 dR_gt0.
Qed.

Theorem rand_omega i x :
  E (law rand_sketch) (fun w => quad 1%:M (C (s := rand_sketch) w i *m x - x)) =
  (d%:R / q%:R - 1) * quad 1%:M x.
Proof.
set c := d%:R / q%:R.
transitivity (E (law rand_sketch) (fun w => (c - 2%:R) * inner (C (s := rand_sketch) w i) x x
    + quad 1%:M x)).
  by apply: eq_E => w; exact: quad_mask_sub.
rewrite E_add E_scale E_cst E_inner rand_unbiased; rewrite -/(quad _ x); ring.
Qed.

Theorem rand_EB : EB p rand_sketch =
  (d%:R / q%:R) *: (diag_part (Lbar p) + rho R d q *: (Lbar p - diag_part (Lbar p))).
Proof.
rewrite /EB /B EM_mean; set c := d%:R / q%:R.
have per_worker i : EM (law rand_sketch)
    (fun w => C (s := rand_sketch) w i *m hess p i *m C (s := rand_sketch) w i) =
    c *: (diag_part (hess p i) + rho R d q *: (hess p i - diag_part (hess p i))).
  rewrite (EM_worker i (fun s => mask (fun=> c) kept s *m hess p i *m mask (fun=> c) kept s)).
  rewrite E_mask_sandwich /= card_kept diag_of_cst -/(rho R d q).
  have -> : c%:M *m hess p i *m c%:M = c ^+ 2 *: hess p i.
    by rewrite mul_scalar_mx mul_mx_scalar scalerA expr2.
  have -> (M : 'M[R]_d) : diag_part (c ^+ 2 *: M) = c ^+ 2 *: diag_part M.
    by apply/matrixP => j l; rewrite !mxE mulrnAr.
  rewrite -scalerBr.
  have -> (M : 'M[R]_d) : rho R d q *: (c ^+ 2 *: M) = c ^+ 2 *: (rho R d q *: M).
    by rewrite !scalerA mulrC.
  rewrite -scalerDr scalerA; congr (_ *: _).
  by rewrite /c; field; rewrite qR_gt0 dR_gt0.
rewrite (eq_mean per_worker) mean_scale; congr (_ *: _).
rewrite diag_part_mean -mean_sub -mean_scale.
by rewrite /mean -scalerDr -big_split.
Qed.

End Rand.
