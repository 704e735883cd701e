(** * The preconditioned homogeneous problem, (20)-(22) and (31) of the 2023 preprint

    L_i = Ltilde with unit diagonal, b_i = btilde, one coordinate for each of the
    n = d workers.

    - [perm1_unit_B] (P12): with Perm-1, B = n I surely, so that
      [perm1_unit_theta] theta = n and [perm1_unit_contraction] lambda = n fit
      Theorem 1.
    - [homogeneous_v] (P18, (31)): with scaled Perm-1, v = btilde / sqrt(n) surely.
    - [homogeneous_run] (28), (31): every run, whatever its draws, satisfies
      x_K = (1-gamma)^K x_0 + (1 - (1-gamma)^K) btilde / sqrt(n): what the C
      functions ist_homogeneous_rounds and ist_closed_form compute (HomogeneousRounding.v: how
      far off in binary64).
    - [homogeneous_sigma]: sigma^2 = 0.
    - [homogeneous_star]: the fixed point is x* iff Ltilde^-1 btilde = btilde / sqrt(n). *)

From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From Ist Require Import Probability Quadratic Problem Theorem1 FisherYates Mask PermSketch Theorem2.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section UnitDiagonal.

Variables (R : realFieldType) (d : nat) (p : problem R d d).
Hypothesis unit_diagonal : forall i j, hess p i j j = 1.

Notation perm1 := (perm_sketch R d d 1).

Theorem perm1_unit_B (s : outcome perm1) : B p s = d%:R%:M.
Proof.
rewrite (@block1_B _ _ _ _ (d%:R ^+ 2)) => [|i j]; last by rewrite unit_diagonal mulr1.
by rewrite expr2 mulKf ?(n_neq0 p).
Qed.

Lemma perm1_unit_W : W p perm1 = d%:R *: Lbar p.
Proof.
rewrite /W /EB (EM_cst_on _ perm1_unit_B) mul_scalar_mx mul_mx_scalar -mulr2n -scaler_nat.
by rewrite scalerA mulVf ?scale1r // pnatr_eq0.
Qed.

(** (14) with theta = n, with equality. *)
Theorem perm1_unit_theta : EBLB p perm1 = d%:R *: W p perm1.
Proof.
rewrite perm1_unit_W; apply: EM_cst_on => s; rewrite perm1_unit_B.
by rewrite mul_scalar_mx mul_mx_scalar.
Qed.

(** lambda Lbar ⪯ W with lambda = n, with equality. *)
Theorem perm1_unit_contraction : loewner (d%:R *: Lbar p) (W p perm1).
Proof. by move=> x; rewrite perm1_unit_W. Qed.

Section Homogeneous.

Variables (b : 'cV[R]_d) (r gamma : R).
Hypothesis same_b : forall i, lin p i = b.
Hypothesis r_sqr : r ^+ 2 = d%:R.  (* r = sqrt(n) *)

Definition root_sketch : sketch R d d := scaled_sketch 1 (fun _ _ => r).
Definition fixed_point : 'cV[R]_d := r^-1 *: b.

Theorem homogeneous_B (s : outcome root_sketch) : B p s = 1%:M.
Proof. by apply: scaled1_B => i j; rewrite unit_diagonal mulr1. Qed.

Theorem homogeneous_v (s : outcome root_sketch) : v p s = fixed_point.
Proof.
have r0 : r != 0 by rewrite -sqrf_eq0 r_sqr (n_neq0 p).
apply/colP => j; rewrite /v /mean mxE summxE [RHS]mxE.
transitivity (d%:R^-1 * \sum_(i < d) (r * b j 0) * (member (slot d 1 i) s j)%:R).
  congr (_ * _); apply: eq_bigr => i _; rewrite mask_colE same_b; ring.
rewrite (sum_member (esym (muln1 d)) (ltn0Sn 0) s j (fun=> r * b j 0)) mulrA; congr (_ * _).
by rewrite -r_sqr expr2 invfM mulrVK ?unitfE.
Qed.

Theorem homogeneous_round x (s : outcome root_sketch) :
  round p gamma x s = (1 - gamma) *: x + gamma *: fixed_point.
Proof. by rewrite (round_one homogeneous_B) homogeneous_v. Qed.

Theorem homogeneous_run x0 (w : seq (outcome root_sketch)) :
  foldl (round p gamma) x0 w =
  (1 - gamma) ^+ size w *: x0 + (1 - (1 - gamma) ^+ size w) *: fixed_point.
Proof.
elim: w x0 => [|s w IH] x0; first by rewrite expr0 scale1r subrr scale0r addr0.
rewrite [LHS]IH homogeneous_round /= exprSr.
set c := fixed_point; set a := _ ^+ size w; vector_ring.
Qed.

Theorem homogeneous_sigma : sigma_sq p root_sketch = 0.
Proof.
apply: E_cst_on => s; rewrite /x_inf /Ev (EM_cst_on _ homogeneous_v) homogeneous_v subrr.
exact: quad0.
Qed.

Theorem homogeneous_star L : (forall i, hess p i = L) ->
  (fixed_point = xstar p) <-> (invmx L *m b = r^-1 *: b).
Proof.
move=> same_L; have -> : xstar p = invmx L *m b.
  rewrite /xstar /Lbar /bbar (eq_mean same_L) (eq_mean same_b).
  by rewrite !mean_cst // (workers_gt0 p).
by split=> [<-|->].
Qed.

End Homogeneous.

End UnitDiagonal.
