(** * Instances: the hypotheses of the headline theorems can be met

    Each theorem here exhibits a concrete problem, sketch, matrix or step that satisfies all
    hypotheses of the theorems named in its comment (and in instances.txt) at once. The central
    example has four workers, four coordinates, r = sqrt(n) = 2, L = (I + J)/2 (J all ones): unit
    diagonal, not diagonal, and workers that differ in b. *)

From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From Ist Require Import Probability Quadratic Problem Theorem1 FisherYates UniformPermutation.
From Ist Require Import Mask PermSketch RandSketch Theorem2 Homogeneous Spectrum Conditioning.
From Ist Require Import SecondMoment Corrections RemarksBlocks MeanConvergence CompressedGradient.
From Ist Require Import Preconditioning Compressors.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Central.

Variable R : realFieldType.

(** (I + J) / 2 *)
Definition half_ones d : 'M[R]_d := 2%:R^-1 *: (1%:M + const_mx 1).

Lemma half_ones_sym d : symm (half_ones d).
Proof. by rewrite /symm linearZ /= linearD /= trmx1 trmx_const. Qed.

Lemma quad_half_ones d x : quad (half_ones d) x = 2%:R^-1 * (quad 1%:M x + (\sum_j x j 0) ^+ 2).
Proof.
rewrite quad_scalem quad_addm; congr (_ * (_ + _)).
rewrite quad_sum_entries expr2 big_distrlr; apply: eq_bigr => i _; apply: eq_bigr => j _.
by rewrite mxE mulr1.
Qed.

Lemma half_ones_pd d : pd (half_ones d).
Proof.
move=> x x0; rewrite quad_half_ones mulr_gt0 ?invr_gt0 ?ltr0n // ltr_paddr ?sqr_ge0 //.
exact: pd1.
Qed.

Lemma half_ones_diag d j : half_ones d j j = 1.
Proof. by rewrite !mxE eqxx mulr1n; field. Qed.

(** b_i = e_i *)
Definition central : problem R 4 4 :=
  @Problem R 4 4 isT (fun=> half_ones 4) (fun i => delta_mx i 0) (fun=> half_ones_sym 4)
    (mean_pd (ltn0Sn 3) (fun=> @half_ones_pd 4)).

Notation scaled1 := (scaled_sketch (R := R) (n := 4) (d := 4) 1 (fun _ _ => 2%:R)).
Notation perm1 := (perm_sketch R 4 4 1).

(** The scales of (23), with r = sqrt(n) = 2; the blocks of q = 1; B = I surely; a fixed point. *)
Theorem scaled_instance :
  [/\ forall i j, (2%:R : R) ^+ 2 * hess central i j j = 4%:R,
      forall t : outcome scaled1, B central t = 1%:M,
      EB central scaled1 *m x_inf central scaled1 = Ev central scaled1 &
      lin central 0 != lin central 1].
Proof.
have scale i j : (2%:R : R) ^+ 2 * hess central i j j = 4%:R.
  by rewrite half_ones_diag; ring.
have one (t : outcome scaled1) : B central t = 1%:M by exact: scaled1_B.
split=> //; first by rewrite /EB (EM_cst_on _ one) mul1mx.
by apply/eqP => /colP/(_ 0); rewrite !mxE /=; apply/eqP; exact: oner_neq0.
Qed.

(** Theorem 2's steps: (29), the sharpened range, the reversed one. *)
Theorem step_instance :
  let beta : R := 4%:R^-1 in let gamma : R := 3%:R^-1 in
  [/\ 0 < beta, 0 < gamma, gamma <= (2%:R^-1 - beta) / (2%:R^-1 + beta), gamma <= 1 &
      sigma_sq central scaled1 <= sigma_sq central scaled1].
Proof.
split; rewrite ?invr_gt0 ?ltr0n ?lexx //.
  by rewrite le_eqVlt; apply/orP; left; apply/eqP; field.
by rewrite invf_le1 ?ler1n ?ltr0n.
Qed.

(** Theorem 1 beyond the identity: Perm-1 on the same L with b = 0, theta = lambda = n. *)
Definition central_zero : problem R 4 4 :=
  same_problem (isT : (0 < 4)%N) 0 (half_ones_sym 4) (@half_ones_pd 4).

Theorem theorem1_instance :
  [/\ interpolation central_zero, 0 < 4%:R :> R,
      loewner (EBLB central_zero perm1) (4%:R *: W central_zero perm1),
      loewner (4%:R *: Lbar central_zero) (W central_zero perm1) & 0 < (4%:R : R)^-1].
Proof.
split; rewrite ?invr_gt0 ?ltr0n //.
- by move=> x; rewrite perm1_unit_theta // => i j; exact: half_ones_diag.
- by apply: perm1_unit_contraction => i j; exact: half_ones_diag.
Qed.

(** Workers that are singular one by one: only the mean is positive definite. *)
Definition sign (i : 'I_2) : R := if i == 0 then 1 else -1.

Lemma sum_signs (F : R -> 'M[R]_2) : \sum_i F (sign i) = F 1 + F (-1).
Proof. by rewrite big_ord_recl big_ord1. Qed.

Lemma singular_mean : mean (fun i => mx2 1 (sign i) 1) = 1%:M.
Proof.
rewrite /mean (sum_signs (fun c => mx2 1 c 1)); apply/matrixP => j l.
by have [->|->] := ord2 j; have [->|->] := ord2 l; rewrite !mxE /= ?mulr1n ?mulr0n; field.
Qed.

Lemma singular_mean_pd : pd (mean (fun i => mx2 1 (sign i) 1)).
Proof. by rewrite singular_mean; exact: pd1. Qed.

(** L_1 = [[1,1],[1,1]], L_2 = [[1,-1],[-1,1]], Lbar = I, b = 0. *)
Definition singular : problem R 2 2 :=
  @Problem R 2 2 isT (fun i => mx2 1 (sign i) 1) (fun=> 0) (fun i => mx2_sym 1 (sign i) 1)
    singular_mean_pd.

Theorem singular_instance :
  let perm1 := perm_sketch R 2 2 1 in
  [/\ forall i, exists2 x : 'cV[R]_2, x != 0 & hess singular i *m x = 0, interpolation singular,
      loewner (EBLB singular perm1) (2%:R *: W singular perm1),
      loewner (2%:R *: Lbar singular) (W singular perm1) &
      loewner (EBLB singular (identity R 2 2)) (1 *: W singular (identity R 2 2))].
Proof.
have diag i j : hess singular i j j = 1 by have [->|->] := ord2 j; rewrite mxE.
move=> perm1; split=> //.
- move=> i; exists (\col_j (if j == 0 then 1 else - sign i)).
    by apply/eqP => /colP/(_ 0); rewrite !mxE; apply/eqP; exact: oner_neq0.
  by apply: vec2; rewrite !mxE !big_ord_recl big_ord0 !mxE /= /sign; case: ifP => _; ring.
- by move=> x; rewrite perm1_unit_theta.
- exact: perm1_unit_contraction.
- by apply: identity_theta => x; rewrite /Lbar singular_mean scale1r.
Qed.

(** A homogeneous problem with b <> 0. *)
Definition central_same : problem R 4 4 :=
  same_problem (isT : (0 < 4)%N) (const_mx 1) (half_ones_sym 4) (@half_ones_pd 4).

Theorem homogeneous_instance :
  [/\ forall i j, hess central_same i j j = 1, forall i, lin central_same i = const_mx 1,
      (2%:R : R) ^+ 2 = 4%:R & homogeneous central_same].
Proof. by split=> // [i j|]; [exact: half_ones_diag | rewrite -natrX]. Qed.

(** Blocks of more than one coordinate. *)
Definition wide : problem R 2 4 :=
  same_problem (isT : (0 < 2)%N) (const_mx 1) (half_ones_sym 4) (@half_ones_pd 4).

Theorem blocks_instance :
  [/\ (4 = 2 * 2)%N, (0 < 2)%N,
      pair_law (uniform_perm R 4) (@perm_owns 2 4 2) (kappa_same R 4 2) (kappa_diff R 4 2),
      forall i, EM (law (perm_sketch R 2 4 2)) (fun t => C t i) = 1%:M &
      forall t, mean (C (s := perm_sketch R 2 4 2) t) = 1%:M].
Proof.
split=> //; first exact: perm_pair_law.
  by move=> i; exact: (perm_unbiased wide).
by move=> t; exact: (perm_reconstruct wide).
Qed.

(** N19, N8, E2: diag(1, 3) has extremes 1 and 3; Perm-1 on two coordinates has omega = 1. *)
Definition one_three : 'M[R]_2 := mx2 1 0 3%:R.

Lemma quad_one x : quad (1%:M : 'M[R]_2) x = x 0 0 ^+ 2 + x 1 0 ^+ 2.
Proof. by rewrite quad1_norm /norm_sq big_ord_recl big_ord1 (_ : lift _ _ = 1) //;
  apply: val_inj. Qed.

Theorem extremes_instance :
  [/\ symm one_three, pd one_three, is_min one_three 1 & is_max one_three 3%:R].
Proof.
have e (i j : 'I_2) : (delta_mx i 0 : 'cV[R]_2) j 0 = (j == i)%:R by rewrite mxE andbT.
have nz (i : 'I_2) : (delta_mx i 0 : 'cV[R]_2) != 0.
  by apply/eqP => /colP/(_ i); rewrite e eqxx mxE; apply/eqP; exact: oner_neq0.
split; first exact: mx2_sym.
- by apply: mx2_pd; rewrite ?ltr01 // (_ : _ - _ = 3%:R) ?ltr0n //; ring.
- split=> [x|]; last by exists (delta_mx 0 0); rewrite // quad_mx2 quad_one !e /=; ring.
  rewrite quad_scalem quad_mx2 quad_one -subr_ge0.
  rewrite (_ : _ - _ = 2%:R * x 1 0 ^+ 2); last by move: (x 0 0) (x 1 0) => y z; ring.
  by rewrite mulr_ge0 ?ler0n ?sqr_ge0.
split=> [x|]; last by exists (delta_mx 1 0); rewrite // quad_mx2 quad_one !e /=; ring.
rewrite quad_scalem quad_mx2 quad_one -subr_ge0.
rewrite (_ : _ - _ = 2%:R * x 0 0 ^+ 2); last by move: (x 0 0) (x 1 0) => y z; ring.
by rewrite mulr_ge0 ?ler0n ?sqr_ge0.
Qed.

Theorem iterates_instance (i : 'I_2) :
  [/\ 0 < 1 :> R, 0 <= 1 :> R,
      forall y, E (law (perm_sketch R 2 2 1)) (fun t => quad 1%:M (C t i *m y)) =
        (1 + 1) * quad 1%:M y &
      (1 + 1) * (3%:R - 1) ^+ 2 < (3%:R + 1) ^+ 2 :> R].
Proof.
split; rewrite ?ltr01 ?ler01 //.
  pose p := @unit_problem R 2 2 isT 0; move=> y.
  by rewrite (perm_second p i y) //; congr (_ * _); ring.
rewrite -subr_gt0 (_ : (3%:R + 1) ^+ 2 - (1 + 1) * (3%:R - 1) ^+ 2 = 8%:R :> R); last by ring.
by rewrite ltr0n.
Qed.

(** E[B] ≻ 0 with a largest eigenvalue: M = I under scaled Perm-1. *)
Theorem mean_instance :
  [/\ pd (EB central scaled1), is_max (EB central scaled1) 1 &
      psd (mean (Ltilde central (fun _ _ => 2%:R)))].
Proof.
have [scale one _ _] := scaled_instance; rewrite /EB (EM_cst_on _ one); split.
- exact: pd1.
- split=> [x|]; first by rewrite scale1r.
  exists (delta_mx 0 0); last by rewrite mul1r.
  by apply/eqP => /colP/(_ 0); rewrite !mxE; apply/eqP; exact: oner_neq0.
- apply: scaled_workers_psd => i; apply: pd_psd; exact: half_ones_pd.
Qed.

(** N19: (4/5) I or (6/5) I, a coin's choice, has omega = 1/25; diag(1, 100). *)
Definition coin : dist R [finType of bool] := uniform R true.
Definition stretch (t : bool) : 'M[R]_2 := ((if t then 4%:R else 6%:R) / 5%:R)%:M.

Lemma E_coin (X : bool -> R) : E coin X = 2%:R^-1 * (X true + X false).
Proof. by rewrite E_uniform card_bool big_bool. Qed.

Definition one_hundred : 'M[R]_2 := mx2 1 0 100%:R.

Theorem ratio_instance :
  [/\ symm one_hundred, is_min one_hundred 1, is_max one_hundred (100%:R * 1),
      unbiased_compressor coin 25%:R^-1 (fun t => mulmx (stretch t)) &
      forall y, E coin (fun t => quad 1%:M (stretch t *m y)) = (1 + 25%:R^-1) * quad 1%:M y].
Proof.
have e (i j : 'I_2) : (delta_mx i 0 : 'cV[R]_2) j 0 = (j == i)%:R by rewrite mxE andbT.
have nz (i : 'I_2) : (delta_mx i 0 : 'cV[R]_2) != 0.
  by apply/eqP => /colP/(_ i); rewrite e eqxx mxE; apply/eqP; exact: oner_neq0.
split; first exact: mx2_sym.
- split=> [x|]; last by exists (delta_mx 0 0); rewrite // quad_mx2 quad_one !e /=; ring.
  rewrite quad_scalem quad_mx2 quad_one -subr_ge0.
  rewrite (_ : _ - _ = 99%:R * x 1 0 ^+ 2); last by move: (x 0 0) (x 1 0) => y z; ring.
  by rewrite mulr_ge0 ?ler0n ?sqr_ge0.
- split=> [x|]; last by exists (delta_mx 1 0); rewrite // quad_mx2 quad_one !e /=; ring.
  rewrite quad_scalem quad_mx2 quad_one -subr_ge0.
  rewrite (_ : _ - _ = 99%:R * x 0 0 ^+ 2); last by move: (x 0 0) (x 1 0) => y z; ring.
  by rewrite mulr_ge0 ?ler0n ?sqr_ge0.
- split=> y.
    have scaleE c j : (c *: y) j 0 = c * y j 0 by rewrite mxE.
    by apply/colP => j; rewrite EM_entry E_coin !mul_scalar_mx !scaleE; field.
  rewrite le_eqVlt; apply/orP; left; apply/eqP; rewrite E_coin !mul_scalar_mx.
  by rewrite -{2 4}[y]scale1r -!scalerBl !quadZ; move: (quad _ y) => z; field.
by move=> y; rewrite E_coin !mul_scalar_mx !quadZ; move: (quad _ y) => z; field.
Qed.

(** P23: L = [[4,1],[1,4]], D^1/2 = 2 I. *)
Theorem precondition_instance :
  let L : 'M[R]_2 := mx2 4%:R 1 4%:R in
  [/\ symm L, pd L & forall j : 'I_2, (2%:R : R) ^+ 2 = L j j].
Proof.
split; first exact: mx2_sym.
  by apply: mx2_pd; rewrite ?ltr0n // (_ : _ - _ = 15%:R) ?ltr0n //; ring.
by move=> j; have [->|->] := ord2 j; rewrite mxE -natrX.
Qed.

(** P24: Perm-1 and scaled Perm-1 on L = (I + J)/2, b = 0, with Lbar ⪯ 4 I. *)
Theorem rates_instance :
  [/\ forall i j, hess central_zero i j j = 1,
      forall i j, (2%:R : R) ^+ 2 * hess central_zero i j j = 4%:R, interpolation central_zero &
      loewner (Lbar central_zero) (4%:R *: 1%:M)].
Proof.
split=> // [i j|i j|x]; first exact: half_ones_diag.
  by rewrite half_ones_diag; ring.
have -> : Lbar central_zero = half_ones 4 by exact: mean_cst.
have := psd_trace x (half_ones_sym 4) (pd_psd (@half_ones_pd 4)); rewrite quad_scalem.
by rewrite /mxtrace (eq_bigr (fun=> 1)) ?sumr_const ?card_ord // => j _; exact: half_ones_diag.
Qed.

(** P19: for L_i = I and b_i = (1, ..., 1) the minimizer is not 0, and Perm-1's omega is 1. *)
Theorem model_instance :
  let p := @unit_problem R 2 2 isT (const_mx 1) in let s := perm_sketch R 2 2 1 in
  [/\ loewner (1 *: 1%:M) (Lbar p), loewner (Lbar p) (1 *: 1%:M), xstar p != 0,
      forall i, EM (law s) (fun t => C t i) \in unitmx &
      forall i x, E (law s) (fun t => quad 1%:M (sketch_map i t x - x)) = 1 * quad 1%:M x].
Proof.
move=> p s; rewrite unit_Lbar; split; try by move=> x; rewrite scale1r.
- rewrite unit_xstar; apply/eqP => /colP/(_ 0); rewrite !mxE; apply/eqP; exact: oner_neq0.
- by move=> i; rewrite (perm_unbiased p) // unitmx1.
- by move=> i x; rewrite (perm_omega p) //; congr (_ * _); ring.
Qed.

(** Remark 1: L = [[1,9/5],[9/5,4]]. *)
Theorem remark1_instance :
  [/\ 0 < 1 :> R, 0 < 4%:R :> R, pd (mx2 1 (9%:R / 5%:R) 4%:R : 'M[R]_2) &
      2%:R * 1 * 4%:R / (1 + 4%:R) < 9%:R / 5%:R :> R].
Proof.
split; rewrite ?ltr01 ?ltr0n //.
  by apply: mx2_pd; rewrite ?ltr01 // (_ : _ - _ = 19%:R / 25%:R) ?divr_gt0 ?ltr0n //; field.
by rewrite -subr_gt0 (_ : _ - _ = 5%:R^-1) ?invr_gt0 ?ltr0n //; field.
Qed.

(** A square root of Lbar, for the identity Hessian. *)
Theorem root_instance : let p := @unit_problem R 2 2 isT 0 in
  [/\ symm (1%:M : 'M[R]_2), 1%:M *m 1%:M = Lbar p, (1%:M : 'M[R]_2) \in unitmx &
      loewner (Lbar p) (1 *: 1%:M)].
Proof.
move=> p; rewrite unit_Lbar; split.
- exact: symm1.
- exact: mulmx1.
- exact: unitmx1.
- by move=> x; rewrite scale1r.
Qed.

End Central.

(** Square roots of 2 and 3 exist in real closed fields: E1, and N7 for L = I. *)
Theorem root2_instance (R : rcfType) : let r : R := Num.sqrt 2%:R in
  [/\ 0 < r, r ^+ 2 = 2%:R, loewner (1 *: 1%:M : 'M[R]_2) 1%:M,
      loewner (1%:M : 'M[R]_2) (1 *: 1%:M) & 1 <= (3%:R + 2%:R * r) * 1].
Proof.
move=> r; have r0 : 0 < r by rewrite sqrtr_gt0 ltr0n.
split=> //; try by move=> x; rewrite scale1r.
  by rewrite sqr_sqrtr ?ler0n.
by rewrite mulr1 ler_paddr ?ler1n // mulr_ge0 ?ler0n // ltW.
Qed.

Theorem root3_instance (R : rcfType) : let r : R := Num.sqrt 3%:R in
  [/\ 0 < r, r ^+ 2 = 3%:R, loewner (1 *: 1%:M : 'M[R]_2) 1%:M,
      loewner (1%:M : 'M[R]_2) (1 *: 1%:M) & 1 <= (7%:R + 4%:R * r) * 1].
Proof.
move=> r; have r0 : 0 < r by rewrite sqrtr_gt0 ltr0n.
split=> //; try by move=> x; rewrite scale1r.
  by rewrite sqr_sqrtr ?ler0n.
by rewrite mulr1 ler_paddr ?ler1n // mulr_ge0 ?ler0n // ltW.
Qed.
