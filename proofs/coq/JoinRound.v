(** * The contracts' exact round is the theorems' round

    Real numbers are Coq's here: Rstruct of mathcomp-analysis makes them the ordered field that the
    theorems are about.

    - [sketched_gradient_join]: one worker: entry a of its sketched gradient.
    - [merged_join]: one coordinate: the merge of all workers' entries.
    - [round_join]: the exact round (ACSL: all_sketched_gradients, exact_step) on blocks that list
      the coordinates that the sketches keep is [round] (2).
    - [perm_round_join]: so are the rounds that the kernel makes from draws, for Perm-q with any
      scales: those of (7) and of (23).
    - [rand_round_join]: and those of Rand-q. *)

From Coq Require Import ZArith Reals Lia.
From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From mathcomp Require Import Rstruct.
From Ist Require Import LogicModel Exported Probability Quadratic Problem FisherYates Mask.
From Ist Require Import PermSketch RandSketch JoinRounding JoinPermutation.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(** ** Sums *)

Lemma sum_big (term : Z -> R) m : sum term (nat_Z m) = \sum_(k < m) term (nat_Z k).
Proof.
elim: m => [|m IH]; first by rewrite big_ord0.
by rewrite big_ord_recr -[in RHS]IH /sum /steps !Nat2Z.id.
Qed.

Lemma sum_blocks n q (F : nat -> R) :
  \sum_(m < n * q) F m = \sum_(i < n) \sum_(a < q) F (i * q + a)%N.
Proof.
elim: n => [|n IH]; first by rewrite !big_ord0.
by rewrite big_ord_recr -IH /= mulSnr big_split_ord.
Qed.

Lemma sum_lists d q (f : 'I_q -> 'I_d) A (F : 'I_d -> R) : injective f -> f @: 'I_q = A ->
  \sum_(a < q) F (f a) = \sum_j F j * (j \in A)%:R.
Proof.
move=> inj <-; transitivity (\sum_(j in f @: 'I_q) F j).
  by rewrite big_imset => [|a b _ _ /inj //]; apply: eq_bigl => a; rewrite inE.
by rewrite big_mkcond; apply: eq_bigr => j _; case: (j \in _); rewrite ?mulr1 ?mulr0.
Qed.

Section Round.

Variables (n d q : nat) (p : problem [realFieldType of R] n d).
Variables (Mf64 : addr -> t1) (Mint : addr -> Z).

Notation real a k := (t'real1 (Mf64 (shift a k))).

(** A matrix, row by row, and a vector in memory; a vector from component o of a sequence on. *)
Definition matrix_at a (M : 'M[R]_d) : Prop :=
  forall j k : 'I_d, real a (L_entry (nat_Z j) (nat_Z k) (nat_Z d)) = M j k.
Definition vector_at a (v : 'I_d -> R) : Prop := forall j : 'I_d, real a (nat_Z j) = v j.
Definition components (X : A_vector) o (x : 'I_d -> R) : Prop :=
  forall j : 'I_d, L_component X (Z.add o (nat_Z j)) = x j.

Variables (a : 'I_n -> 'I_d -> R) (A : 'I_n -> {set 'I_d}) (x : 'cV[R]_d).

(** C_i = Diag(a_i) P_{A_i}, and entry j of C_i (L_i C_i x - b_i), for j in A_i. *)
Definition masked i : 'M[R]_d := diag_of (fun j => a i j * (j \in A i)%:R).
Definition gradient_entry i j : R :=
  a i j * (\sum_k hess p i j k * (a i k * (k \in A i)%:R * x k 0) - lin p i j 0).

Lemma estimator_entry i j :
  (masked i *m grad_worker p i (masked i *m x)) j 0 = gradient_entry i j * (j \in A i)%:R.
Proof.
rewrite diag_of_mulE [grad_worker _ _ _ _ _]mxE [in X in _ + X]mxE mxE mulrAC.
by congr (_ * (_ - _) * _); apply: eq_bigr => k _; rewrite diag_of_mulE.
Qed.

(** ** One worker *)

Section Worker.

Variables (i : 'I_n) (L b S : addr) (C X : A_vector) (o : Z) (f : 'I_q -> 'I_d).
Hypotheses (L_at : matrix_at L (hess p i)) (b_at : vector_at b (fun j => lin p i j 0)).
Hypotheses (C_at : components C o (a i)) (X_at : components X Z0 (fun j => x j 0)).
Hypotheses (f_inj : injective f) (f_all : f @: 'I_q = A i).
Hypothesis S_f : forall k : 'I_q, Mint (shift S (nat_Z k)) = nat_Z (f k).

Lemma X_component (j : 'I_d) : L_component X (nat_Z j) = x j 0.
Proof. exact: X_at. Qed.

Lemma sketched_dot_join (j : 'I_d) :
  L_sketched_dot Mf64 Mint (shift L (L_entry (nat_Z j) 0 (nat_Z d))) S C o X (nat_Z q) =
  \sum_k hess p i j k * (a i k * (k \in A i)%:R * x k 0).
Proof.
rewrite /L_sketched_dot /LogicModel.L_sketched_dot sum_big.
transitivity (\sum_(k < q) hess p i j (f k) * (a i (f k) * x (f k) 0)).
  apply: eq_bigr => k _; rewrite !S_f shift_shift.
  have -> : Z.add (L_entry (nat_Z j) 0 (nat_Z d)) (nat_Z (f k)) =
      L_entry (nat_Z j) (nat_Z (f k)) (nat_Z d) by rewrite /L_entry; lia.
  rewrite -[LogicModel.t'real1 _]/(real L _) L_at mulrC.
  by congr (_ * _); rewrite -(C_at (f k)) -X_component mulrC.
rewrite (sum_lists (fun k => hess p i j k * (a i k * x k 0)) f_inj f_all).
by apply: eq_bigr => k _; rewrite -!mulrA; congr (_ * (_ * _)); rewrite mulrC.
Qed.

Theorem sketched_gradient_join (k : 'I_q) :
  L_sketched_gradient Mf64 Mint L b S C o X (nat_Z q) (nat_Z d) (nat_Z k) = gradient_entry i (f k).
Proof.
rewrite /L_sketched_gradient /gradient_entry S_f sketched_dot_join (C_at (f k)) (b_at (f k)).
by congr (_ * _); exact: minus_value.
Qed.

End Worker.

(** ** All workers *)

Variables (L b block : addr) (L_stride b_stride s_stride : Z) (C X G Y : A_vector) (gamma : R).

Hypothesis L_at : forall i : 'I_n, matrix_at (shift L (L_entry (nat_Z i) 0 L_stride)) (hess p i).
Hypothesis b_at : forall i : 'I_n,
  vector_at (shift b (L_entry (nat_Z i) 0 b_stride)) (fun j => lin p i j 0).
Hypothesis C_at : forall i : 'I_n, components C (L_entry (nat_Z i) 0 s_stride) (a i).
Hypothesis X_at : components X Z0 (fun j => x j 0).
Hypothesis block_lists : forall i : 'I_n,
  lists Mint q (shift block (L_entry (nat_Z i) 0 (nat_Z q))) (A i).
Hypothesis gradients : P_all_sketched_gradients Mf64 Mint L L_stride b b_stride block C s_stride X G
  (nat_Z n) (nat_Z q) (nat_Z d).

Lemma block_sum (i : 'I_n) (j : 'I_d) :
  \sum_(k < q) (if Z.eqb (Mint (shift block (nat_Z (i * q + k)))) (nat_Z j)
                then G (nat_Z (i * q + k)) else 0) =
  gradient_entry i j * (j \in A i)%:R.
Proof.
have [f [f_inj f_all S_f]] := block_lists i.
transitivity (\sum_(k < q) (if f k == j then gradient_entry i (f k) else 0)).
  apply: eq_bigr => k _.
  have -> : Mint (shift block (nat_Z (i * q + k))) = nat_Z (f k).
    by rewrite -S_f shift_shift -entry_nat /L_entry; congr (Mint (shift _ _)); lia.
  have -> : Z.eqb (nat_Z (f k)) (nat_Z j) = (f k == j).
    by apply/Z.eqb_spec/eqP => [/nat_inj/val_inj | ->].
  case: eqP => // _.
  rewrite -(sketched_gradient_join (L_at i) (b_at i) (C_at i) X_at f_inj f_all S_f).
  have := @gradients (nat_Z i) ltac:(lia) (lt_nat (ltn_ord i)) (nat_Z k) ltac:(lia)
    (lt_nat (ltn_ord k)).
  by move=> ->; rewrite -entry_nat /L_entry; congr (G _); lia.
rewrite (sum_lists (fun l => if l == j then gradient_entry i l else 0) f_inj f_all).
by rewrite (bigD1 j) //= eqxx big1 ?addr0 // => l /negbTE ->; rewrite mul0r.
Qed.

Theorem merged_join (j : 'I_d) :
  L_merged_components Mint G block (Z.mul (nat_Z n) (nat_Z q)) (nat_Z j) =
  \sum_i gradient_entry i j * (j \in A i)%:R.
Proof.
rewrite -Nat2Z.inj_mul -[Nat.mul _ _]/(muln _ _).
rewrite /L_merged_components /LogicModel.L_merged_components sum_big.
rewrite (sum_blocks n q (fun m => if Z.eqb (Mint (shift block (nat_Z m))) (nat_Z j)
                                  then G (nat_Z m) else 0)).
by apply: eq_bigr => i _; exact: block_sum.
Qed.

Variables (s : sketch [realFieldType of R] n d) (t : outcome s).
Hypothesis C_masked : forall i, Problem.C t i = masked i.
Hypothesis step : P_exact_step Mint X G block (Z.mul (nat_Z n) (nat_Z q)) (nat_Z d) gamma
  (real_of_int (nat_Z n)) Y.

Lemma round_entry (j : 'I_d) :
  round p gamma x t j 0 = x j 0 - gamma * ((\sum_i gradient_entry i j * (j \in A i)%:R) / n%:R).
Proof.
rewrite !mxE summxE; congr (_ - _ * _); rewrite mulrC; congr (_ * _).
by apply: eq_bigr => i _; rewrite C_masked estimator_entry.
Qed.

Theorem round_join : components Y Z0 (fun j => round p gamma x t j 0).
Proof.
move=> j; rewrite Z.add_0_l round_entry -(X_component X_at).
rewrite -(@step (nat_Z j) ltac:(lia) (lt_nat (ltn_ord j))) merged_join.
have -> : real_of_int (nat_Z n) = n%:R by rewrite -INRE INR_IZR_INZ.
by rewrite RdivE ?addrK // (n_neq0 p).
Qed.

End Round.

(** ** Rounds of the kernel, from its draws *)

Section Draws.

Variables (n d q : nat) (p : problem [realFieldType of R] n d) (x : 'cV[R]_d) (gamma : R).
Hypothesis q_gt0 : (0 < q)%N.

Variables (Mf64 : addr -> t1) (Mint : addr -> Z).
Variables (L b block : addr) (L_stride b_stride s_stride : Z) (C X G Y : A_vector).

Hypothesis L_at : forall i : 'I_n,
  matrix_at Mf64 (shift L (L_entry (nat_Z i) 0 L_stride)) (hess p i).
Hypothesis b_at : forall i : 'I_n,
  vector_at Mf64 (shift b (L_entry (nat_Z i) 0 b_stride)) (fun j => lin p i j 0).
Hypothesis X_at : components X Z0 (fun j => x j 0).
Hypothesis gradients : P_all_sketched_gradients Mf64 Mint L L_stride b b_stride block C s_stride X G
  (nat_Z n) (nat_Z q) (nat_Z d).
Hypothesis step : P_exact_step Mint X G block (Z.mul (nat_Z n) (nat_Z q)) (nat_Z d) gamma
  (real_of_int (nat_Z n)) Y.

(** Perm-q with scales a_i: n for (7), those of [scaled_sketch] for (23). *)
Theorem perm_round_join (a : 'I_n -> 'I_d -> R) (draw shuffled own : addr) (w : draws d) :
  d = (n * q)%N -> (forall i : 'I_n, components C (L_entry (nat_Z i) 0 s_stride) (a i)) ->
  drawn Mint draw w -> P_shuffled Mint draw shuffled (nat_Z d) ->
  P_owners Mint shuffled own (nat_Z d) (nat_Z q) ->
  P_blocks Mint own block (nat_Z d) (nat_Z n) (nat_Z q) ->
  components Y Z0 (fun j => round p (s := block_sketch q a) gamma x (shuffle w) j 0).
Proof.
move=> d_nq C_at draw_w is_shuffled owners blocks.
apply: (round_join L_at b_at C_at X_at _ gradients _ step) => [i | i].
  exact: (perm_blocks_join draw_w q_gt0 is_shuffled owners blocks i d_nq).
by apply/matrixP => j l; rewrite !mxE inE.
Qed.

(** Rand-q: worker i draws its own permutation, in a state [Mints i] whose block it leaves. *)
Theorem rand_round_join (draw shuffled own : 'I_n -> addr) (Mints : 'I_n -> addr -> Z)
  (w : 'I_n -> draws d) : (q <= d)%N ->
  (forall i : 'I_n, components C (L_entry (nat_Z i) 0 s_stride) (fun _ : 'I_d => d%:R / q%:R)) ->
  (forall i, drawn (Mints i) (draw i) (w i)) ->
  (forall i, P_shuffled (Mints i) (draw i) (shuffled i) (nat_Z d)) ->
  (forall i, P_owners (Mints i) (shuffled i) (own i) (nat_Z d) (nat_Z q)) ->
  (forall i : 'I_n, let start := shift block (L_entry (nat_Z i) 0 (nat_Z q)) in
    P_blocks (Mints i) (own i) start (nat_Z d) 1 (nat_Z q) /\
    forall k : 'I_q, Mint (shift start (nat_Z k)) = Mints i (shift start (nat_Z k))) ->
  components Y Z0 (fun j =>
    round p (s := rand_sketch [realFieldType of R] n d q) gamma x [ffun i => shuffle (w i)] j 0).
Proof.
move=> q_le_d C_at draw_w is_shuffled owners blocks.
pose kept_by i := [set j | member (kept d q) (shuffle (w i)) j].
apply: (round_join (A := kept_by) L_at b_at C_at X_at _ gradients _ step) => [i | i].
  have [is_blocks same] := blocks i.
  have [f [inj all_ at_f]] :=
    rand_block_join q_gt0 q_le_d (draw_w i) (is_shuffled i) (owners i) is_blocks.
  by exists f; split=> // k; rewrite same at_f.
by apply/matrixP => j l; rewrite !mxE inE ffunE.
Qed.

End Draws.
