(** * States of memory that meet the hypotheses of JoinRound.v

    Two workers, d = 2, one coordinate each; L_i = I and b_i = 0; x = (1, 1).

    - [perm_instance]: Perm-1 with scales 2, from the draws (0, 0), whose permutation is (1, 0).
    - [rand_instance]: Rand-1, each worker from these draws: both keep coordinate 1. *)

From Coq Require Import ZArith Reals Lia Lra.
From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From mathcomp Require Import Rstruct.
From Ist Require Import Rounding LogicModel Exported Quadratic Problem FisherYates Mask PermSketch.
From Ist Require Import RandSketch JoinRounding JoinPermutation JoinRound.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Lemma identity_pd : pd (mean (fun _ : 'I_2 => 1%:M : 'M[R]_2)).
Proof. by rewrite mean_cst //; exact: pd1. Qed.

Definition plain : problem [realFieldType of R] 2 2 :=
  @Problem _ 2 2 erefl (fun=> 1%:M) (fun=> 0) (fun=> symm1 _ _) identity_pd.

(** Arrays by their base: draws 1, permutation 2, owners 3, blocks 4 (Perm-1) and 7 (Rand-1), the
    matrix 5, the vector 6. *)
Definition array k : addr := addr'mk k Z0.
Definition integers (a : addr) : Z :=
  if Z.eqb (base a) 1 then Z0 else if Z.eqb (base a) 7 then Zpos xH else Z.sub 1 (offset a).
Definition one : t1 := LogicModel.to_f64 (IZR 1).
Definition zero : t1 := LogicModel.to_f64 (IZR 0).
Definition doubles (a : addr) : t1 :=
  if Z.eqb (base a) 5 && (Z.eqb (offset a) 0 || Z.eqb (offset a) 3) then one else zero.

Lemma real_integer k : Z.le (Z.abs k) 9007199254740992 ->
  t'real1 (LogicModel.to_f64 (IZR k)) = IZR k.
Proof. exact: rounding_exact_join. Qed.

Lemma real_one : t'real1 one = IZR 1.
Proof. by rewrite real_integer //; lia. Qed.

Lemma real_zero : t'real1 zero = IZR 0.
Proof. by rewrite real_integer //; lia. Qed.

Lemma two : real_of_int (nat_Z 2) = IZR 2.
Proof. by []. Qed.

(** Integers below 1 and below 2. *)
Lemma below_one k : Z.le 0 k -> Z.lt k 1 -> k = Z0.
Proof. lia. Qed.

Lemma below_two k : Z.le 0 k -> Z.lt k 2 -> k = Z0 \/ k = Zpos xH.
Proof. lia. Qed.

Lemma ord_two (j : 'I_2) : j = ord0 \/ j = ord_max.
Proof. by case: j => [[|[|j]]] // ?; [left | right]; apply: val_inj. Qed.

Definition first : draws 2 := [ffun k => ord0].

Lemma first_drawn : drawn integers (array 1) first.
Proof. by move=> k; rewrite ffunE. Qed.

Lemma shuffled : P_shuffled integers (array 1) (array 2) (nat_Z 2).
Proof. by move=> j j0 j2; case: (below_two j0 j2) => ->. Qed.

Lemma owners : P_owners integers (array 2) (array 3) (nat_Z 2) (nat_Z 1).
Proof. by move=> k k0 k2; case: (below_two k0 k2) => ->. Qed.

Lemma matrix i : matrix_at doubles (shift (array 5) (L_entry (nat_Z i) 0 0)) (1%:M : 'M[R]_2).
Proof.
move=> j k; rewrite mxE; case: (ord_two j) => ->; case: (ord_two k) => ->;
  by rewrite ?real_one ?real_zero.
Qed.

Lemma vector i : vector_at doubles (shift (array 6) (L_entry (nat_Z i) 0 0))
  (fun j => (0 : 'cV[R]_2) j 0).
Proof. by move=> j; rewrite mxE real_zero. Qed.

Definition ones : 'cV[R]_2 := const_mx 1.

Lemma ones_at : components (fun=> 1) Z0 (fun j => ones j 0).
Proof. by move=> j; rewrite mxE. Qed.

(** ** Two workers' gradients and a step *)

Ltac worker_gradient :=
  rewrite (_ : doubles (shift (shift (array 6) _) _) = zero) // real_zero;
  rewrite (_ : doubles (shift (shift (shift (array 5) _) _) _) = one) //;
  rewrite -[LogicModel.t'real1 one]/(t'real1 one) real_one;
  rewrite /L_component /LogicModel.L_component; lra.

Lemma gradients block : block = array 4 \/ block = array 7 ->
  P_all_sketched_gradients doubles integers (array 5) 0 (array 6) 0 block
    (fun=> IZR 2) 0 (fun=> IZR 1) (fun=> IZR 4) (nat_Z 2) (nat_Z 1) (nat_Z 2).
Proof.
move=> is_block i x i0 i2 a a0 a1; rewrite /x (below_one a0 a1) /L_sketched_gradient.
rewrite /L_sketched_dot /LogicModel.L_sketched_dot sum_big big_ord1.
by case: is_block => ->; case: (below_two i0 i2) => ->; worker_gradient.
Qed.

Section Step.

Variable gamma : R.

(** *** Perm-1 *)

Lemma perm_blocks : P_blocks integers (array 3) (array 4) (nat_Z 2) (nat_Z 2) (nat_Z 1).
Proof.
split; [split|] => i a; try lia.
- by move=> a' a0 a1 i0 i2; rewrite /a' (below_one a0 a1); case: (below_two i0 i2) => ->.
- by move=> a0 a1 i0 i2; rewrite (below_one a0 a1); case: (below_two i0 i2) => ->.
Qed.

Definition perm_next : A_vector := fun=> Rminus (IZR 1) (Rmult gamma (IZR 2)).

Lemma perm_step : P_exact_step integers (fun=> IZR 1) (fun=> IZR 4) (array 4)
  (Z.mul (nat_Z 2) (nat_Z 1)) (nat_Z 2) gamma (real_of_int (nat_Z 2)) perm_next.
Proof.
move=> i i0 i2; rewrite /L_component /LogicModel.L_component /perm_next.
rewrite (_ : L_merged_components _ _ _ _ _ = IZR 4); first by rewrite two; lra.
case: (below_two i0 i2) => ->.
  transitivity (Rplus (Rplus (IZR 0) (IZR 0)) (IZR 4)); [by [] | lra].
transitivity (Rplus (Rplus (IZR 0) (IZR 4)) (IZR 0)); [by [] | lra].
Qed.

Theorem perm_instance : components perm_next Z0 (fun j =>
  round plain (s := block_sketch 1 (fun _ _ => IZR 2)) gamma ones (shuffle first) j 0).
Proof.
have scales (i : 'I_2) : components (fun=> IZR 2) (L_entry (nat_Z i) 0 0) (fun _ : 'I_2 => IZR 2).
  by [].
exact (perm_round_join (p := plain) (isT : 0 < 1)%N matrix vector ones_at
  (gradients (or_introl erefl)) perm_step erefl scales first_drawn shuffled owners perm_blocks).
Qed.

(** *** Rand-1 *)

Lemma rand_blocks (i : 'I_2) : P_blocks integers (array 3)
  (shift (array 7) (L_entry (nat_Z i) 0 (nat_Z 1))) (nat_Z 2) 1 (nat_Z 1).
Proof.
split; [split|] => k a; try lia.
- by move=> a' a0 a1 k0 k1; rewrite /a' (below_one a0 a1) (below_one k0 k1).
- by move=> a0 a1 k0 k1; rewrite (below_one a0 a1) (below_one k0 k1).
Qed.

Definition rand_next : A_vector := fun j =>
  if Z.eqb j 1 then Rminus (IZR 1) (Rmult gamma (IZR 4)) else IZR 1.

Lemma rand_step : P_exact_step integers (fun=> IZR 1) (fun=> IZR 4) (array 7)
  (Z.mul (nat_Z 2) (nat_Z 1)) (nat_Z 2) gamma (real_of_int (nat_Z 2)) rand_next.
Proof.
move=> i i0 i2; rewrite /L_component /LogicModel.L_component /rand_next.
case: (below_two i0 i2) => ->.
  rewrite (_ : L_merged_components _ _ _ _ _ = IZR 0); first by rewrite two [Z.eqb _ _]/=; lra.
  transitivity (Rplus (Rplus (IZR 0) (IZR 0)) (IZR 0)); [by [] | lra].
rewrite (_ : L_merged_components _ _ _ _ _ = IZR 8); first by rewrite two [Z.eqb _ _]/=; lra.
transitivity (Rplus (Rplus (IZR 0) (IZR 4)) (IZR 4)); [by [] | lra].
Qed.

Theorem rand_instance : components rand_next Z0 (fun j =>
  round plain (s := rand_sketch [realFieldType of R] 2 2 1) gamma ones
    [ffun=> shuffle first] j 0).
Proof.
have scales (i : 'I_2) :
    components (fun=> IZR 2) (L_entry (nat_Z i) 0 0) (fun _ : 'I_2 => 2%:R / 1%:R).
  by move=> j; rewrite divr1.
exact (rand_round_join (p := plain) (isT : 0 < 1)%N matrix vector ones_at
  (gradients (or_intror erefl)) rand_step (isT : 1 <= 2)%N scales (fun=> first_drawn)
  (fun=> shuffled) (fun=> owners) (fun i => conj (rand_blocks i) (fun=> erefl))).
Qed.

End Step.
