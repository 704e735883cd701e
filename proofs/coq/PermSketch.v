(** * The Perm-q sketch, Definition 2 and (7) of the 2023 preprint, plain and scaled

    d = nq. From a uniform permutation p, worker i owns the block
    S_i = {p(iq), ..., p(iq+q-1)}: coordinate j belongs to worker p^-1(j) / q.

    - [owner_block]: p(k) is owned by worker k / q, as in [ist_owner].
    - [blocks_partition], [card_block] (P02): each coordinate has exactly one
      owner; each worker owns q coordinates.
    - [perm_reconstruct] (P02): (1/n) sum C_i = I surely.
    - [perm_unbiased] (P02): E C_i = I.   [perm_omega] (P02):
      E ||C_i x - x||^2 = (n-1) ||x||^2.
    - [perm_EB]: E[B] = n (Dbar + rho (Lbar - Dbar)), rho = (q-1)/(d-1).
      [perm1_EB] (P09): for q = 1, E[B] = n Dbar.
    - [scaled_mean] (23): E C_i = n^-1/2 D_i^-1/2. The scales a_ij with a_ij^2 (L_i)_jj = n are a
      hypothesis, as an ordered field need not have square roots; they exist only for positive
      diagonals, and any choice of signs will do.
    - [scaled_EB]: E[B] = I + rho ((1/n) sum Ltilde_i - I).
    - [scaled1_B] (P13): for q = 1, B = I surely.
    - [scaled_Ev] (27): for any q, E v = (1/n) sum n^-1/2 D_i^-1/2 b_i. *)

From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From Ist Require Import Probability Quadratic Problem FisherYates UniformPermutation Mask.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Perm.

Variables (R : realFieldType) (n d q : nat) (p : problem R n d).
Hypothesis d_nq : d = (n * q)%N.
Hypothesis q_gt0 : (0 < q)%N.

Implicit Types (i : 'I_n) (j : 'I_d) (x : 'cV[R]_d).

(** The positions that belong to worker i. *)
Definition slot i : {set 'I_d} := [set k : 'I_d | k %/ q == i]%N.

Definition owner (s : 'S_d) j : nat := ((s^-1)%g j %/ q)%N.

Lemma member_slot s i j : member (slot i) s j = (owner s j == i).
Proof. by rewrite /member inE. Qed.

Theorem owner_block (s : 'S_d) j : owner s (s j) = (j %/ q)%N.
Proof. by rewrite /owner permK. Qed.

Lemma owner_lt (s : 'S_d) j : (owner s j < n)%N.
Proof. by rewrite /owner ltn_divLR // -d_nq. Qed.

Theorem blocks_partition (s : 'S_d) j : exists! i, member (slot i) s j.
Proof.
exists (Ordinal (owner_lt s j)); split=> [|i]; first by rewrite member_slot.
by rewrite member_slot => /eqP e; apply: val_inj; rewrite /= e.
Qed.

Lemma card_slot i : #|slot i| = q.
Proof.
have lt_d (k : 'I_q) : (i * q + k < d)%N.
  by rewrite d_nq; apply: (@leq_trans (i.+1 * q)); rewrite ?leq_mul2r ?ltn_ord ?orbT // mulSnr
    ltn_add2l.
pose at_ (k : 'I_q) : 'I_d := Ordinal (lt_d k).
have at_inj : injective at_ by move=> k l /(congr1 val) /= /addnI /val_inj.
rewrite -[RHS](card_ord q) -(card_imset _ at_inj); apply: eq_card => k.
rewrite inE; apply/eqP/imsetP => [ki|[l _ ->]]; last first.
  by rewrite /= divnMDl // divn_small ?addn0.
exists (Ordinal (ltn_pmod k q_gt0)) => //; apply: val_inj.
by rewrite /= -ki -divn_eq.
Qed.

(** Worker i owns q coordinates. *)
Theorem card_block (s : 'S_d) i : #|[set j | member (slot i) s j]| = q.
Proof.
rewrite -(card_slot i) -(card_imset _ (@perm_inj _ (s^-1)%g)); apply: eq_card => k.
apply/imsetP/idP => [[j]|ki]; first by rewrite inE => sj ->.
by exists (s k); rewrite ?inE /member permK.
Qed.

(** One owner per coordinate, as a sum. *)
Lemma sum_member (s : 'S_d) j (F : 'I_n -> R) :
  \sum_i F i * (member (slot i) s j)%:R = F (Ordinal (owner_lt s j)).
Proof.
rewrite (bigD1 (Ordinal (owner_lt s j))) //= member_slot eqxx mulr1 big1 ?addr0 // => i io.
by rewrite member_slot (_ : (_ == _) = false) ?mulr0 //; apply/negbTE; rewrite eq_sym.
Qed.

Lemma nR_neq0 : n%:R != 0 :> R.
Proof. exact: n_neq0 p. Qed.

Lemma qR_neq0 : q%:R != 0 :> R.
Proof. by rewrite pnatr_eq0 -lt0n. Qed.

Lemma dR : d%:R = n%:R * q%:R :> R.
Proof. by rewrite d_nq natrM. Qed.

(** P(j in S_i) = q/d = 1/n. *)
Lemma slot_probability i : #|slot i|%:R / d%:R = n%:R^-1 :> R.
Proof. by rewrite card_slot dR; field; rewrite nR_neq0 qR_neq0. Qed.

(** rho = (q-1)/(d-1), and 0 if d = 1. *)
Definition rho : R := (q%:R - 1) / (d%:R - 1).

(** ** Sketches Diag(a_i) P_{S_i} *)

Section Scales.

Variable a : 'I_n -> 'I_d -> R.

Definition block_sketch : sketch R n d :=
  @Sketch R n d _ (uniform_perm R d) (fun s i => mask (a i) (slot i) s)
    (fun s i => mask_sym (a i) (slot i) s).

Lemma block_EC i : EM (law block_sketch) (fun s => C (s := block_sketch) s i) =
  n%:R^-1 *: diag_of (a i).
Proof. by rewrite -(slot_probability i); exact: E_mask. Qed.

Lemma diag_part_mean (F : 'I_n -> 'M[R]_d) : diag_part (mean F) = mean (fun i => diag_part (F i)).
Proof.
apply/matrixP => j l; rewrite !mxE !summxE -mulrnAr -sumrMnl; congr (_ * _).
by apply: eq_bigr => i _; rewrite mxE.
Qed.

Theorem block_EB :
  let N := mean (fun i => diag_of (a i) *m hess p i *m diag_of (a i)) in
  EB p block_sketch = n%:R^-1 *: (diag_part N + rho *: (N - diag_part N)).
Proof.
move=> N; rewrite /EB /B EM_mean.
under eq_mean do rewrite E_mask_sandwich slot_probability card_slot.
rewrite mean_scale; congr (_ *: _).
rewrite diag_part_mean -mean_sub -mean_scale.
by rewrite /mean -scalerDr -big_split.
Qed.

Theorem block_Ev : Ev p block_sketch = n%:R^-1 *: mean (fun i => diag_of (a i) *m lin p i).
Proof.
rewrite /Ev /v EM_mean -mean_scale; apply: eq_mean => i.
by rewrite EM_mulr block_EC scalemxAl.
Qed.

End Scales.

(** ** The unbiased sketch, a_i = n *)

Definition perm_sketch : sketch R n d := block_sketch (fun _ _ => n%:R).

Lemma diag_of_cst (c : R) : diag_of (fun _ : 'I_d => c) = c%:M.
Proof. by apply/matrixP => j l; rewrite !mxE. Qed.

Theorem perm_unbiased i : EM (law perm_sketch) (fun s => C (s := perm_sketch) s i) = 1%:M.
Proof. by rewrite block_EC diag_of_cst scale_scalar_mx mulVf ?nR_neq0. Qed.

Theorem perm_reconstruct (s : outcome perm_sketch) : mean (C (s := perm_sketch) s) = 1%:M.
Proof.
apply/matrixP => j l; rewrite !mxE summxE; case: (j =P l) => [<-|jl].
  under eq_bigr do rewrite mxE eqxx mulr1n.
  by rewrite sum_member mulVf ?nR_neq0.
by rewrite big1 ?mulr0 // => i _; rewrite mxE; case: eqP.
Qed.

Theorem perm_omega i x :
  E (law perm_sketch) (fun s => quad 1%:M (C (s := perm_sketch) s i *m x - x)) =
  (n%:R - 1) * quad 1%:M x.
Proof.
transitivity (E (law perm_sketch) (fun s => (n%:R - 2%:R) * inner (C (s := perm_sketch) s i) x x
    + quad 1%:M x)).
  by apply: eq_E => s; exact: quad_mask_sub.
rewrite E_add E_scale E_cst E_inner perm_unbiased; rewrite -/(quad _ x); ring.
Qed.

Theorem perm_EB : EB p perm_sketch =
  n%:R *: (diag_part (Lbar p) + rho *: (Lbar p - diag_part (Lbar p))).
Proof.
rewrite block_EB.
have -> : mean (fun i => diag_of (fun _ => n%:R) *m hess p i *m diag_of (fun _ => n%:R)) =
    n%:R ^+ 2 *: Lbar p.
  rewrite -mean_scale; apply: eq_mean => i; apply/matrixP => j l.
  by rewrite mul_diag_ofE diag_of_mulE mxE expr2 mulrAC.
have dZ c (M : 'M[R]_d) : diag_part (c *: M) = c *: diag_part M.
  by apply/matrixP => j l; rewrite !mxE mulrnAr.
rewrite dZ -scalerBr.
have -> (M : 'M[R]_d) : rho *: (n%:R ^+ 2 *: M) = n%:R ^+ 2 *: (rho *: M).
  by rewrite !scalerA mulrC.
by rewrite -scalerDr scalerA expr2 mulKf ?nR_neq0.
Qed.

(** ** The scaled sketch (23), a_ij = sqrt(n / (L_i)_jj) *)

Section Scaled.

Variable a : 'I_n -> 'I_d -> R.
Hypothesis a_sqr : forall i j, a i j ^+ 2 * hess p i j j = n%:R.

Definition scaled_sketch : sketch R n d := block_sketch a.

(** Ltilde_i = D_i^-1/2 L_i D_i^-1/2, D_i^-1/2 = n^-1/2 Diag(a_i). *)
Definition Ltilde i : 'M[R]_d := n%:R^-1 *: (diag_of (a i) *m hess p i *m diag_of (a i)).

Lemma LtildeE i j l : Ltilde i j l = n%:R^-1 * (a i j * hess p i j l * a i l).
Proof. by rewrite mxE mul_diag_ofE diag_of_mulE. Qed.

Lemma Ltilde_diag i j : Ltilde i j j = 1.
Proof.
by rewrite LtildeE mulrAC -expr2 a_sqr mulVf ?nR_neq0.
Qed.

Theorem scaled_mean i :
  EM (law scaled_sketch) (fun s => C (s := scaled_sketch) s i) = n%:R^-1 *: diag_of (a i).
Proof. exact: block_EC. Qed.

Theorem scaled_EB : EB p scaled_sketch = 1%:M + rho *: (mean Ltilde - 1%:M).
Proof.
rewrite block_EB.
set N := mean _; have NE : n%:R^-1 *: N = mean Ltilde by rewrite -mean_scale.
have dN : diag_part (mean Ltilde) = 1%:M.
  apply/matrixP => j l; rewrite !mxE summxE; case: eqP => [<-|]; last by rewrite mulr0n.
  under eq_bigr do rewrite Ltilde_diag.
  by rewrite sumr_const card_ord mulVf ?nR_neq0 // mulr1n.
have dNE : n%:R^-1 *: diag_part N = 1%:M.
  by rewrite -dN -NE; apply/matrixP => j l; rewrite !mxE mulrnAr.
by rewrite scalerDr scalerA mulrC -scalerA scalerBr NE dNE.
Qed.

Theorem scaled_Ev : Ev p scaled_sketch = n%:R^-1 *: mean (fun i => diag_of (a i) *m lin p i).
Proof. exact: block_Ev. Qed.

End Scaled.

End Perm.

(** ** One coordinate per worker, q = 1 *)

Section PermOne.

Variables (R : realFieldType) (d : nat) (p : problem R d d).

Let d_d1 : d = (d * 1)%N. Proof. by rewrite muln1. Qed.

Lemma rho1 : rho R d 1 = 0.
Proof. by rewrite /rho subrr mul0r. Qed.

Theorem perm1_EB : EB p (perm_sketch R d d 1) = d%:R *: diag_part (Lbar p).
Proof. by rewrite perm_EB // rho1 scale0r addr0. Qed.

(** One coordinate each: B is diagonal, and constant if all a_ij^2 (L_i)_jj are equal. *)
Theorem block1_B (a : 'I_d -> 'I_d -> R) c (s : 'S_d) :
  (forall i j, a i j ^+ 2 * hess p i j j = c) ->
  B p (s := block_sketch 1 a) s = (d%:R^-1 * c)%:M.
Proof.
move=> a_sqr; apply/matrixP => j l; rewrite !mxE summxE.
under eq_bigr do rewrite mask_sandwichE.
case: (j =P l) => [<-|/eqP jl].
  have -> : \sum_(i < d) a i j * hess p i j j * a i j *
      ((member (slot d 1 i) s j)%:R * (member (slot d 1 i) s j)%:R) =
      \sum_(i < d) c * (member (slot d 1 i) s j)%:R.
    apply: eq_bigr => i _; rewrite -(a_sqr i j); case: member; rewrite ?mulr0 ?mulr1 //.
    by rewrite mulrAC expr2.
  by rewrite (sum_member d_d1 (ltn0Sn 0) s j (fun=> c)).
rewrite big1 ?mulr0 // => i _; rewrite !member_slot /owner !divn1.
case: eqP => [ji|_]; last by rewrite mul0r mulr0.
case: eqP => [li|_]; last by rewrite mulr0 mulr0.
by case/eqP: jl; apply/(@perm_inj _ (s^-1)%g)/val_inj; rewrite /= ji li.
Qed.

Theorem scaled1_B (a : 'I_d -> 'I_d -> R) (s : 'S_d) :
  (forall i j, a i j ^+ 2 * hess p i j j = d%:R) ->
  B p (s := scaled_sketch 1 a) s = 1%:M.
Proof. by move=> /block1_B ->; rewrite mulVf ?(n_neq0 p). Qed.

End PermOne.
