(** * Theorem 1 of the 2023 preprint, for every finite family of sketches

    Interpolation (b_i = 0). With W = 1/2 E[Lbar B + B Lbar], theta such that
    E[B Lbar B] ⪯ theta W (14), and 0 < gamma <= 1/theta:

    - [theorem1_descent]: E f(x+) <= f(x) - (gamma/2) ||x||_W^2.
    - [theorem1_average] (15): on the product space of K rounds, the mean over
      k < K of E ||grad f(x_k)||^2 in the norm of Lbar^-1 W Lbar^-1 is at most
      2 (f(x_0) - E f(x_K)) / (gamma K).
    - [theorem1_linear] (16): E ||x_k - x*||_Lbar^2 <= (1 - gamma lambda)^k
      ||x_0 - x*||_Lbar^2 for each lambda with lambda Lbar ⪯ W;
      lambda_min(Lbar^-1/2 W Lbar^-1/2) is the largest one ([contraction_root]).
    - [W_psd]: (14) with theta > 0 implies W ⪰ 0, which the preprint assumes.
    - [identity_round], [identity_W], [identity_least] (P08): the identity sketch is gradient
      descent, with W = Lbar^2, and theta satisfies (14) iff Lbar ⪯ theta I.
    - [theorem1_applies]: non-vacuity; the identity sketch satisfies every
      hypothesis with theta any bound of Lbar. *)

From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From Ist Require Import Probability Quadratic Problem.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(** ** Averages over the iterates of a run *)

Section Average.

Variables (R : realFieldType) (n d : nat) (p : problem R n d) (s : sketch R n d).
Variables (gamma : R) (x0 : 'cV[R]_d).

(** The iterate x_k of the run w. *)
Definition iterate (w : seq (outcome s)) k : 'cV[R]_d := foldl (round p gamma) x0 (take k w).

(** (1/K) sum_{k<K} E F(x_k), on the product space of K rounds. *)
Definition time_average K (F : 'cV[R]_d -> R) : R :=
  E (power (law s) K) (fun w => K%:R^-1 * \sum_(k < K) F (iterate w k)).

Lemma time_averageE K F :
  time_average K F = K%:R^-1 * \sum_(k < K) after p s gamma k F x0.
Proof.
rewrite /time_average E_scale E_sum; congr (_ * _); apply: eq_bigr => k _.
by rewrite /after -(walk_prefix (law s) (round p gamma) F x0 (ltnW (ltn_ord k))).
Qed.

(** A decrease in every round, summed. *)
Lemma telescope K c (F G : 'cV[R]_d -> R) : (0 < K)%N -> 0 < c ->
  (forall x, E (law s) (fun t => F (round p gamma x t)) <= F x - c * G x) ->
  time_average K G <= (F x0 - after p s gamma K F x0) / (c * K%:R).
Proof.
move=> K0 c0 descent; rewrite time_averageE.
have K0' : 0 < K%:R :> R by rewrite ltr0n.
rewrite ler_pdivl_mulr ?mulr_gt0 //.
set S := \sum_(k < K) _.
have -> : K%:R^-1 * S * (c * K%:R) = c * S by field; rewrite gt_eqF.
rewrite {}/S {K0 K0'}; elim: K => [|K IH]; first by rewrite big_ord0 mulr0 subrr.
rewrite big_ord_recr mulrDr; apply: le_trans (ler_add IH (lexx _)) _.
rewrite -addrA ler_add2l addrC -opprB ler_opp2 /after walkSr.
by apply: (le_trans (walk_le _ _ _ _ descent)); rewrite walk_sub walk_scale.
Qed.

End Average.

(** ** The theorem *)

Section Theorem1.

Variables (R : realFieldType) (n d : nat) (p : problem R n d) (s : sketch R n d).
Variables (theta gamma : R).
Hypothesis b_zero : interpolation p.
Hypothesis theta_gt0 : 0 < theta.
Hypothesis theta_bound : loewner (EBLB p s) (theta *: W p s).  (* (14) *)
Hypothesis gamma_gt0 : 0 < gamma.
Hypothesis gamma_le : gamma <= theta^-1.

Implicit Type x : 'cV[R]_d.

Theorem W_psd : psd (W p s).
Proof.
move=> x; have := le_trans (EBLB_psd p s x) (theta_bound x).
by rewrite quad_scalem pmulr_rge0.
Qed.

Lemma bbar_zero : bbar p = 0.
Proof. by rewrite /bbar /mean big1 ?scaler0 // => i _; exact: b_zero. Qed.

Lemma v_zero (t : outcome s) : v p t = 0.
Proof.
by rewrite /v /mean big1 ?scaler0 // => i _; rewrite b_zero mulmx0.
Qed.

Lemma xstar_zero : xstar p = 0.
Proof. by rewrite /xstar bbar_zero mulmx0. Qed.

Lemma f_quad x : f p x = 2%:R^-1 * quad (Lbar p) x.
Proof. by rewrite f_mean bbar_zero /dot trmx0 mul0mx mxE subr0. Qed.

Lemma round_zero x (t : outcome s) : round p gamma x t = x - gamma *: (B p t *m x).
Proof. by rewrite /round estimator_affine v_zero subr0. Qed.

(** E ||x+||_Lbar^2, exactly. *)
Lemma quad_round x :
  E (law s) (fun t => quad (Lbar p) (round p gamma x t)) =
  quad (Lbar p) x - gamma * 2%:R * quad (W p s) x + gamma ^+ 2 * quad (EBLB p s) x.
Proof.
transitivity (E (law s) (fun t => quad (Lbar p) x +
  (- (gamma * 2%:R)) * inner (Lbar p) x (B p t *m x) +
  gamma ^+ 2 * quad (B p t *m Lbar p *m B p t) x)).
  apply: eq_E => t; rewrite round_zero quadB; last exact: Lbar_sym.
  have -> : quad (B p t *m Lbar p *m B p t) x = quad (Lbar p) (B p t *m x).
    by rewrite /quad inner_mull inner_mulr B_sym.
  by rewrite quadZ innerZr; ring.
rewrite !E_add !E_scale E_cst E_quad -/(EBLB p s).
rewrite E_inner_r EM_mulr inner_mulr quad_W -/(EB p s); ring.
Qed.

Theorem theorem1_descent x :
  E (law s) (fun t => f p (round p gamma x t)) <= f p x - gamma / 2%:R * quad (W p s) x.
Proof.
rewrite (eq_E (law s) (fun t => f_quad _)) E_scale quad_round f_quad -subr_ge0.
set q := quad (Lbar p) x; set w := quad (W p s) x; set z := quad (EBLB p s) x.
have -> : 2%:R^-1 * q - gamma / 2%:R * w -
    2%:R^-1 * (q - gamma * 2%:R * w + gamma ^+ 2 * z) =
  2%:R^-1 * gamma * (w - gamma * z) by field.
rewrite !mulr_ge0 ?invr_ge0 ?ler0n ?(ltW gamma_gt0) // subr_ge0.
apply: (@le_trans _ _ (gamma * (theta * w))).
  by rewrite ler_pmul2l //; have := theta_bound x; rewrite quad_scalem.
rewrite mulrA ler_pimull ?W_psd //.
by rewrite -ler_pdivl_mulr // div1r.
Qed.

(** ||grad f(x)||^2 in the norm of Lbar^-1 W Lbar^-1. *)
Definition grad_norm_W x : R :=
  quad (invmx (Lbar p) *m W p s *m invmx (Lbar p)) (grad p x).

Lemma grad_norm_WE x : grad_norm_W x = quad (W p s) x.
Proof.
rewrite /grad_norm_W grad_xstar xstar_zero subr0 /quad inner_mull inner_mulr.
by rewrite Lbar_sym !mulmxA mulmxV ?Lbar_unit // mul1mx mulmxKV ?Lbar_unit.
Qed.

Theorem theorem1_average K x0 : (0 < K)%N ->
  time_average p s gamma x0 K grad_norm_W <=
  2%:R * (f p x0 - after p s gamma K (f p) x0) / (gamma * K%:R).
Proof.
move=> K0; have g2 : 0 < gamma / 2%:R by rewrite divr_gt0 // ltr0n.
have := @telescope _ _ _ p s gamma x0 K _ (f p) grad_norm_W K0 g2.
set D := f p x0 - _; move=> H; apply: (le_trans (H _)).
  by move=> x; rewrite grad_norm_WE; exact: theorem1_descent.
rewrite le_eqVlt; apply/orP; left; apply/eqP; field.
by rewrite pnatr_eq0 -lt0n K0 gt_eqF.
Qed.

Section Contraction.

Variable lambda : R.
Hypothesis lambda_bound : loewner (lambda *: Lbar p) (W p s).

Lemma contraction_step x :
  E (law s) (fun t => quad (Lbar p) (round p gamma x t)) <=
  (1 - gamma * lambda) * quad (Lbar p) x.
Proof.
have := theorem1_descent x.
rewrite (eq_E (law s) (fun t => f_quad _)) E_scale f_quad => desc.
have {desc} := ler_wpmul2l (ler0n R 2) desc.
rewrite mulrA divff ?pnatr_eq0 // mul1r => /le_trans; apply.
have := ler_wpmul2l (ltW gamma_gt0) (lambda_bound x); rewrite quad_scalem => h.
rewrite -subr_ge0.
have -> : (1 - gamma * lambda) * quad (Lbar p) x -
   2%:R * (2%:R^-1 * quad (Lbar p) x - gamma / 2%:R * quad (W p s) x) =
   gamma * quad (W p s) x - gamma * (lambda * quad (Lbar p) x) by field.
by rewrite subr_ge0.
Qed.

(** The contraction factor cannot be negative, unless the space is trivial. *)
Lemma contraction_ge0 x : x != 0 -> 0 <= 1 - gamma * lambda.
Proof.
move=> x0; rewrite -(pmulr_lge0 _ (Lbar_pd p x0)).
by apply: le_trans (contraction_step x); apply: E_ge0 => t; exact: Lbar_psd.
Qed.

Theorem theorem1_linear k x0 :
  after p s gamma k (fun x => quad (Lbar p) (x - xstar p)) x0 <=
  (1 - gamma * lambda) ^+ k * quad (Lbar p) (x0 - xstar p).
Proof.
rewrite xstar_zero subr0 /after.
rewrite (eq_walk (law s) (round p gamma) k (G := quad (Lbar p))); last first.
  by move=> x; rewrite subr0.
have [c0|c0] := boolP (0 <= 1 - gamma * lambda).
  elim: k => [|k IH]; first by rewrite expr0 mul1r.
  rewrite walkSr; apply: (le_trans (walk_le _ _ _ _ contraction_step)).
  by rewrite walk_scale exprS -mulrA ler_wpmul2l.
have all0 x : x = 0.
  by apply/eqP; apply: contraNT c0 => /contraction_ge0.
rewrite (all0 x0) quad0 mulr0 -(walk_cst (law s) (round p gamma) k 0 0).
by apply: walk_le => x; rewrite (all0 x) quad0.
Qed.

End Contraction.

(** lambda Lbar ⪯ W says that lambda is below the spectrum of S^-1 W S^-1, S^2 = Lbar. *)
Theorem contraction_root (S : 'M[R]_d) lambda : symm S -> S *m S = Lbar p -> S \in unitmx ->
  loewner (lambda *: 1%:M) (invmx S *m W p s *m invmx S) <-> loewner (lambda *: Lbar p) (W p s).
Proof.
move=> symS SS uS; have symI := symm_inv symS.
have qL x : quad (Lbar p) x = quad 1%:M (S *m x).
  by rewrite /quad inner_mull inner_mulr symS mulmx1 SS.
have qW x : quad (invmx S *m W p s *m invmx S) x = quad (W p s) (invmx S *m x).
  by rewrite /quad inner_mull inner_mulr symI.
split=> h x.
  by rewrite quad_scalem qL; have := h (S *m x); rewrite quad_scalem qW mulKmx.
by rewrite quad_scalem qW; have := h (invmx S *m x); rewrite quad_scalem qL mulKVmx.
Qed.

End Theorem1.

(** ** Non-vacuity and P08: with the identity sketch the method is gradient descent *)

Section Identity.

Variables (R : realFieldType) (n d : nat) (p : problem R n d).

Lemma unit_mass_ge0 (t : unit) : 0 <= 1 :> R. Proof. exact: ler01. Qed.
Lemma unit_mass_sum : \sum_(t : unit) 1 = 1 :> R.
Proof. by rewrite sumr_const card_unit. Qed.

(** The distribution of a constant. *)
Definition certain : dist R [finType of unit] := Dist unit_mass_ge0 unit_mass_sum.

Definition identity : sketch R n d :=
  @Sketch R n d _ certain (fun _ _ => 1%:M) (fun _ _ => symm1 R d).

Lemma identity_B (t : outcome identity) : B p t = Lbar p.
Proof. by apply: eq_mean => i; rewrite mul1mx mulmx1. Qed.

Theorem identity_round gamma x (t : outcome identity) :
  round p gamma x t = x - gamma *: grad p x.
Proof.
rewrite /round estimator_affine identity_B; congr (_ - _ *: (_ - _)).
by apply: eq_mean => i; rewrite mul1mx.
Qed.

Theorem identity_W : W p identity = Lbar p *m Lbar p.
Proof.
rewrite /W /EB (EM_cst_on _ identity_B) -mulr2n -scaler_nat scalerA mulVf ?scale1r //.
by rewrite pnatr_eq0.
Qed.

(** theta of (14) is exactly any upper bound of Lbar: the least one is lambda_max(Lbar). *)
Theorem identity_least theta :
  loewner (EBLB p identity) (theta *: W p identity) <-> loewner (Lbar p) (theta *: 1%:M).
Proof.
have cube : EBLB p identity = Lbar p *m Lbar p *m Lbar p.
  by apply: EM_cst_on => t; rewrite identity_B.
have LLL x : quad (Lbar p *m Lbar p *m Lbar p) x = quad (Lbar p) (Lbar p *m x).
  by rewrite /quad inner_mull inner_mulr Lbar_sym.
have LL x : quad (Lbar p *m Lbar p) x = quad 1%:M (Lbar p *m x).
  by rewrite /quad inner_mull inner_mulr Lbar_sym mulmx1.
rewrite cube identity_W; split=> bound x; last by rewrite LLL quad_scalem LL -quad_scalem.
have := bound (invmx (Lbar p) *m x).
by rewrite LLL quad_scalem LL mulKVmx ?Lbar_unit // -quad_scalem.
Qed.

Theorem identity_theta theta : loewner (Lbar p) (theta *: 1%:M) ->
  loewner (EBLB p identity) (theta *: W p identity).
Proof. by move=> ?; apply/identity_least. Qed.

End Identity.

(** A problem with the Hessian c I and no linear term. *)
Section Scalar.

Variables (R : realFieldType) (d : nat).

Lemma scalar_sym (c : R) : symm (c%:M : 'M[R]_d).
Proof. exact: tr_scalar_mx. Qed.

Lemma scalar_pd (c : R) : 0 < c -> pd (c%:M : 'M[R]_d).
Proof.
move=> c0 x x0; rewrite -scalemx1 quad_scalem mulr_gt0 //; exact: pd1.
Qed.

Definition scalar_problem n (n0 : (0 < n)%N) (c : R) (c0 : 0 < c) (b : 'I_n -> 'cV[R]_d) :=
  @Problem R n d n0 (fun=> c%:M) b (fun=> scalar_sym c)
    (mean_pd n0 (fun=> scalar_pd c0)).

(** Theorem 1's hypotheses hold together: one worker, f(x) = ||x||^2 / 2, gradient descent. *)
Theorem theorem1_applies :
  let p := @scalar_problem 1 (ltn0Sn 0) 1 ltr01 (fun=> 0) in
  [/\ interpolation p, 0 < 1 :> R, loewner (EBLB p (identity R 1 d)) (1 *: W p (identity R 1 d)),
      loewner (1 *: Lbar p) (W p (identity R 1 d)) & (1 : R) <= 1^-1].
Proof.
move=> p; have L1 : Lbar p = 1%:M.
  by rewrite /Lbar /mean big_ord1 invr1 scale1r.
split; rewrite ?invr1 ?ltr01 //.
  by apply: identity_theta => x; rewrite L1 scale1r.
by move=> x; rewrite identity_W L1 mulmx1 scale1r.
Qed.

End Scalar.
