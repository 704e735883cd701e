(** * Scaled Perm-1 in interpolation, (23)-(25) of the 2023 preprint (P13)

    n = d, b_i = 0, the sketch (23) with D_i^-1/2 (E1). As B = I surely ([scaled1_B] in
    PermSketch.v):

    - [scaled1_W], [scaled1_theta]: W = Lbar, and (14) holds with theta = 1, with equality;
      [scaled1_least]: theta = 1 is the least one.
    - [scaled1_linear] (25): for 0 < gamma <= 1, E ||x_k - x*||_Lbar^2 <= (1-gamma)^k
      ||x_0 - x*||_Lbar^2, by Theorem 1 with lambda = 1.
    - [scaled1_run]: indeed x_k = (1-gamma)^k x_0 in every run, for every gamma, so that
      [scaled1_exact] the squared distance shrinks by (1-gamma)^2k;
      [scaled1_one_round]: one round at gamma = 1 reaches x*. *)

From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From Ist Require Import Probability Quadratic Problem Theorem1 PermSketch.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section ScaledOne.

Variables (R : realFieldType) (d : nat) (p : problem R d d).
Variable a : 'I_d -> 'I_d -> R.
Hypothesis a_sqr : forall i j, a i j ^+ 2 * hess p i j j = d%:R.

Notation sketch := (scaled_sketch 1 a).

Lemma scaled1_one (t : outcome sketch) : B p t = 1%:M.
Proof. exact: scaled1_B. Qed.

Theorem scaled1_W : W p sketch = Lbar p.
Proof.
rewrite /W /EB (EM_cst_on _ scaled1_one) mulmx1 mul1mx -mulr2n -scaler_nat scalerA.
by rewrite mulVf ?scale1r // pnatr_eq0.
Qed.

Theorem scaled1_theta : EBLB p sketch = 1 *: W p sketch.
Proof.
by rewrite scale1r scaled1_W; apply: EM_cst_on => t; rewrite scaled1_one mul1mx mulmx1.
Qed.

Theorem scaled1_least theta : loewner (EBLB p sketch) (theta *: W p sketch) <-> 1 <= theta.
Proof.
have d0 := workers_gt0 p; rewrite scaled1_theta scale1r scaled1_W.
have e0 : delta_mx (Ordinal d0) 0 != 0 :> 'cV[R]_d.
  by apply/eqP => /colP/(_ (Ordinal d0)); rewrite !mxE !eqxx; apply/eqP; exact: oner_neq0.
split=> [/(_ (delta_mx (Ordinal d0) 0))|le x].
  by rewrite quad_scalem ler_pmull // Lbar_pd.
by rewrite quad_scalem ler_pemull // Lbar_psd.
Qed.

Hypothesis b_zero : interpolation p.

Theorem scaled1_linear gamma k x0 : 0 < gamma -> gamma <= 1 ->
  after p sketch gamma k (fun x => quad (Lbar p) (x - xstar p)) x0 <=
  (1 - gamma) ^+ k * quad (Lbar p) (x0 - xstar p).
Proof.
move=> g0 g1; rewrite -{2}[gamma]mulr1; apply: (theorem1_linear (theta := 1)) => //.
- exact: ltr01.
- by move=> x; rewrite scaled1_theta.
- by rewrite invr1.
- by move=> x; rewrite scaled1_W scale1r.
Qed.

Lemma scaled1_round gamma x (t : outcome sketch) : round p gamma x t = (1 - gamma) *: x.
Proof. by rewrite round_zero // scaled1_one mul1mx scalerBl scale1r. Qed.

Theorem scaled1_run gamma x0 (w : seq (outcome sketch)) :
  foldl (round p gamma) x0 w = (1 - gamma) ^+ size w *: x0.
Proof.
elim: w x0 => [|t w IH] x0; first by rewrite expr0 scale1r.
by rewrite [LHS]IH scaled1_round scalerA -exprSr.
Qed.

Theorem scaled1_exact gamma k x0 :
  after p sketch gamma k (fun x => quad (Lbar p) (x - xstar p)) x0 =
  (1 - gamma) ^+ (2 * k) * quad (Lbar p) (x0 - xstar p).
Proof.
rewrite /after walk_power xstar_zero // subr0; apply: E_cst_on => w.
by rewrite scaled1_run size_tuple subr0 quadZ -exprM mulnC.
Qed.

Theorem scaled1_one_round x (t : outcome sketch) : round p 1 x t = xstar p.
Proof. by rewrite scaled1_round subrr scale0r xstar_zero. Qed.

End ScaledOne.
