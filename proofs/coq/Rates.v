(** * Gradient descent's rate in the Euclidean norm, three times (P24)

    The 2023 preprint states it after item 1 of the discussion of Theorem 1, in (22) and in (24).
    With Lbar ⪯ lambda I, for instance lambda = lambda_max(Lbar), at the step gamma = 1/theta,

      (1/K) sum_(k<K) E ||grad f(x_k)||^2 <= 2 lambda (f_0 - E f_K) / K

    for each of

    - [identity_rate]: the identity, theta = lambda, here with any b and any 0 < gamma <= 1/lambda;
      [identity_rate_max] at gamma = 1/lambda; [identity_least_max]: the least theta of (14) is
      lambda_max(Lbar);
    - [perm1_rate] (22): Perm-1 on the preconditioned homogeneous problem (unit diagonal, b = 0),
      W = n Lbar, theta = n;
    - [scaled1_rate] (24): scaled Perm-1 with b = 0, W = Lbar, theta = 1.

    The last two follow from [euclidean_rate]: whenever W = w Lbar, Theorem 1 gives for every
    admissible gamma the bound 2 lambda (f_0 - E f_K) / (w gamma K). *)

From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From Ist Require Import Probability Quadratic Problem Theorem1 Spectrum PermSketch Homogeneous.
From Ist Require Import ScaledPermOne.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Lemma time_average_le (R : realFieldType) n d (p : problem R n d) (s : sketch R n d) gamma x0 K
    (F G : 'cV[R]_d -> R) : (forall x, F x <= G x) ->
  time_average p s gamma x0 K F <= time_average p s gamma x0 K G.
Proof.
move=> FG; rewrite !time_averageE ler_wpmul2l ?invr_ge0 ?ler0n //.
by apply: ler_sum => k _; exact: walk_le.
Qed.

Lemma time_average_scale (R : realFieldType) n d (p : problem R n d) (s : sketch R n d) gamma x0 K
    c (F : 'cV[R]_d -> R) :
  time_average p s gamma x0 K (fun x => c * F x) = c * time_average p s gamma x0 K F.
Proof.
rewrite !time_averageE [RHS]mulrCA [c * _]mulr_sumr; congr (_ * _); apply: eq_bigr => k _.
exact: walk_scale.
Qed.

(** ||grad f(x)||^2 *)
Definition grad_sq (R : realFieldType) n d (p : problem R n d) (x : 'cV[R]_d) : R :=
  quad 1%:M (grad p x).

Lemma bound_gt0 (R : realFieldType) n d (p : problem R n d) lambda : (0 < d)%N ->
  loewner (Lbar p) (lambda *: 1%:M) -> 0 < lambda.
Proof.
move=> d0 /(_ (const_mx 1)) bound.
have e0 : const_mx 1 != 0 :> 'cV[R]_d.
  by apply/eqP => /colP/(_ (Ordinal d0)); rewrite !mxE; apply/eqP; exact: oner_neq0.
have q1 : 0 < quad 1%:M (const_mx 1 : 'cV[R]_d) by exact: pd1.
by rewrite -(pmulr_lgt0 _ q1) -quad_scalem; apply: lt_le_trans bound; exact: Lbar_pd.
Qed.

Section Identity.

Variables (R : realFieldType) (n d : nat) (p : problem R n d).

Theorem identity_least_max lambda theta : is_max (Lbar p) lambda ->
  loewner (EBLB p (identity R n d)) (theta *: W p (identity R n d)) <-> lambda <= theta.
Proof. by move=> top; rewrite identity_least; exact: max_least. Qed.

Variable lambda : R.
Hypothesis lambda_gt0 : 0 < lambda.
Hypothesis lambda_bound : loewner (Lbar p) (lambda *: 1%:M).

(** f(x - gamma grad f(x)) <= f(x) - (gamma/2) ||grad f(x)||^2 *)
Lemma identity_descent gamma x : 0 < gamma -> gamma <= lambda^-1 ->
  f p (x - gamma *: grad p x) <= f p x - gamma / 2%:R * grad_sq p x.
Proof.
move=> g0 g1; rewrite (smooth_equality p x).
have -> : x - gamma *: grad p x - x = - gamma *: grad p x by rewrite addrAC subrr sub0r scaleNr.
rewrite quadZ dot_inner innerZr -[inner _ _ _]/(grad_sq p x) sqrrN.
have := lambda_bound (grad p x); rewrite quad_scalem -/(grad_sq p x).
have : 0 <= grad_sq p x by exact: quad1_ge0.
move: (grad_sq p x) (quad (Lbar p) _) => s l s0 ls.
rewrite -addrA ler_add2l -subr_ge0.
have -> : - (gamma / 2%:R * s) - (- gamma * s + 2%:R^-1 * (gamma ^+ 2 * l)) =
    gamma / 2%:R * (s - gamma * l) by field.
rewrite mulr_ge0 ?divr_ge0 ?ler0n ?(ltW g0) // subr_ge0.
apply: (@le_trans _ _ (gamma * (lambda * s))); first by rewrite ler_pmul2l.
by rewrite mulrA ler_pimull // -ler_pdivl_mulr // div1r.
Qed.

Theorem identity_rate gamma K x0 : (0 < K)%N -> 0 < gamma -> gamma <= lambda^-1 ->
  time_average p (identity R n d) gamma x0 K (grad_sq p) <=
  2%:R * (f p x0 - after p (identity R n d) gamma K (f p) x0) / (gamma * K%:R).
Proof.
move=> K0 g0 g1; have g2 : 0 < gamma / 2%:R by rewrite divr_gt0 // ltr0n.
have sum := @telescope _ _ _ p (identity R n d) gamma x0 K _ (f p) (grad_sq p) K0 g2.
apply: (le_trans (sum _)) => [x|].
  rewrite (eq_E _ (fun t => congr1 (f p) (identity_round p gamma x t))) E_cst.
  exact: identity_descent.
set D := _ - _; rewrite le_eqVlt; apply/orP; left; apply/eqP; field.
by rewrite pnatr_eq0 -lt0n K0 gt_eqF.
Qed.

Corollary identity_rate_max K x0 : (0 < K)%N ->
  time_average p (identity R n d) lambda^-1 x0 K (grad_sq p) <=
  2%:R * lambda * (f p x0 - after p (identity R n d) lambda^-1 K (f p) x0) / K%:R.
Proof.
move=> K0; have l0 : 0 < lambda^-1 by rewrite invr_gt0.
apply: (le_trans (identity_rate x0 K0 l0 (lexx _))).
set D := _ - _; rewrite le_eqVlt; apply/orP; left; apply/eqP; field.
by rewrite pnatr_eq0 -lt0n K0 gt_eqF.
Qed.

End Identity.

Section Proportional.

Variables (R : realFieldType) (n d : nat) (p : problem R n d) (s : sketch R n d).
Variables (w theta lambda gamma : R).
Hypothesis b_zero : interpolation p.
Hypothesis theta_gt0 : 0 < theta.
Hypothesis theta_bound : loewner (EBLB p s) (theta *: W p s).
Hypothesis gamma_gt0 : 0 < gamma.
Hypothesis gamma_le : gamma <= theta^-1.
Hypothesis w_gt0 : 0 < w.
Hypothesis W_Lbar : W p s = w *: Lbar p.
Hypothesis lambda_ge0 : 0 <= lambda.
Hypothesis lambda_bound : loewner (Lbar p) (lambda *: 1%:M).

Lemma grad_sq_le x : grad_sq p x <= lambda / w * grad_norm_W p s x.
Proof.
have -> : grad_norm_W p s x = w * quad (invmx (Lbar p)) (grad p x).
  by rewrite /grad_norm_W W_Lbar -scalemxAr -scalemxAl mulVmx ?Lbar_unit // mul1mx quad_scalem.
rewrite mulrA divfK ?gt_eqF // -quad_scalem.
by apply: (inv_bound (Lbar_sym p) (@Lbar_pd _ _ _ p)).
Qed.

Theorem euclidean_rate K x0 : (0 < K)%N ->
  time_average p s gamma x0 K (grad_sq p) <=
  2%:R * lambda * (f p x0 - after p s gamma K (f p) x0) / (w * gamma * K%:R).
Proof.
move=> K0; apply: (le_trans (time_average_le _ _ _ _ _ grad_sq_le)); rewrite time_average_scale.
have l0 : 0 <= lambda / w by rewrite divr_ge0 // ltW.
apply: (le_trans (ler_wpmul2l l0 (theorem1_average b_zero theta_gt0 theta_bound gamma_gt0
  gamma_le x0 K0))).
set D := _ - _; rewrite le_eqVlt; apply/orP; left; apply/eqP; field.
by rewrite pnatr_eq0 -lt0n K0 !gt_eqF.
Qed.

End Proportional.

(** (22), every admissible step and gamma = 1/theta = 1/n. *)
Theorem perm1_rate (R : realFieldType) d (p : problem R d d) (lambda gamma : R) K x0 :
  (forall i j, hess p i j j = 1) -> interpolation p -> loewner (Lbar p) (lambda *: 1%:M) ->
  (0 < K)%N -> let s := perm_sketch R d d 1 in
  (0 < gamma -> gamma <= d%:R^-1 ->
   time_average p s gamma x0 K (grad_sq p) <=
   2%:R * lambda * (f p x0 - after p s gamma K (f p) x0) / (d%:R * gamma * K%:R)) /\
  time_average p s d%:R^-1 x0 K (grad_sq p) <=
  2%:R * lambda * (f p x0 - after p s d%:R^-1 K (f p) x0) / K%:R.
Proof.
move=> unit_diag b0 bound K0 s; have l0 := bound_gt0 (workers_gt0 p) bound.
have d0 : 0 < d%:R :> R by exact: n_gt0 p.
have rate g : 0 < g -> g <= d%:R^-1 -> time_average p s g x0 K (grad_sq p) <=
    2%:R * lambda * (f p x0 - after p s g K (f p) x0) / (d%:R * g * K%:R).
  move=> g0 g1; apply: (euclidean_rate b0 d0 _ g0 g1 d0) => //.
  - by move=> x; rewrite perm1_unit_theta.
  - exact: perm1_unit_W.
  - exact: ltW l0.
split; first exact: rate.
have := rate d%:R^-1; rewrite invr_gt0 lexx mulfV ?gt_eqF // mul1r; exact.
Qed.

(** (24), every admissible step and gamma = 1/theta = 1. *)
Theorem scaled1_rate (R : realFieldType) d (p : problem R d d) (a : 'I_d -> 'I_d -> R)
    (lambda gamma : R) K x0 :
  (forall i j, a i j ^+ 2 * hess p i j j = d%:R) -> interpolation p ->
  loewner (Lbar p) (lambda *: 1%:M) -> (0 < K)%N -> let s := scaled_sketch 1 a in
  (0 < gamma -> gamma <= 1 ->
   time_average p s gamma x0 K (grad_sq p) <=
   2%:R * lambda * (f p x0 - after p s gamma K (f p) x0) / (gamma * K%:R)) /\
  time_average p s 1 x0 K (grad_sq p) <=
  2%:R * lambda * (f p x0 - after p s 1 K (f p) x0) / K%:R.
Proof.
move=> a_sqr b0 bound K0 s; have l0 := bound_gt0 (workers_gt0 p) bound.
have rate g : 0 < g -> g <= 1 -> time_average p s g x0 K (grad_sq p) <=
    2%:R * lambda * (f p x0 - after p s g K (f p) x0) / (g * K%:R).
  move=> g0 g1; rewrite -[g * _]mul1r mulrA.
  apply: (euclidean_rate b0 ltr01 _ g0 _ ltr01) => //.
  - by move=> x; rewrite scaled1_theta.
  - by rewrite invr1.
  - by rewrite scale1r; exact: scaled1_W.
  - exact: ltW l0.
split; first exact: rate.
by have := rate 1; rewrite ltr01 lexx mul1r; apply.
Qed.
