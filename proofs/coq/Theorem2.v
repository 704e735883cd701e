(** * Theorem 2 of the 2023 preprint, exact and sharpened

    Any sketch with B = I surely, as scaled Perm-1 ([scaled1_B] in PermSketch.v):
    g = x - v. Let x_inf = E v, h = x* - x_inf, sigma^2 = E ||v - E v||_Lbar^2.

    - [estimator_bias] (27): E g = Lbar^-1 grad f(x) + h.
    - [noise_constant]: E ||g - E g||_Lbar^2 = sigma^2 at every x.
    - [mean_iterate] (28): E x_k = (1-gamma)^k x_0 + (1 - (1-gamma)^k) x_inf.
    - [second_moment_iterate] (N3): E ||x_k - c||_A^2 = ||E x_k - c||_A^2 +
      gamma/(2-gamma) (1 - (1-gamma)^2k) E ||v - E v||_A^2; [dist_fixed] (c = x_inf)
      and [grad_norm_iterate] (c = x*, A = Lbar) are its two cases.
    - [average_exact] (N1): the mean over k < K of E ||grad f(x_k)||^2 in the norm
      of Lbar^-1 is 2 (f_0 - E f_K)/(gamma K) + ||h||^2 + gamma sigma^2 -
      (1-gamma) (mean of E ||x_k - x_inf||^2), norms of Lbar.
    - [theorem2_sharp] (N2): for 0 < gamma <= 1, at most 2 (f_0 - E f_K)/(gamma K) +
      ||h||^2 + gamma sigma^2; [theorem2_reversed]: at least that for gamma >= 1. Equality at
      gamma = 1 ([theorem2_tight]), and for every gamma if sigma = 0 and x_0 = x_inf
      ([theorem2_equality]), as E ||x_k - x_inf||^2 = 0 then ([fixed_stays]).
    - [theorem2_printed] (29), (30): the preprint's bound, with h in the norm of Lbar, as the prose
      has it; as displayed, in that of Lbar^2, it is false (E9 in Corrections.v). [best_beta]: its
      constant is 4 + 5 gamma at best, attained in [best_beta_attained]; [theorem2_sharp] has 1. *)

From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From Ist Require Import Probability Quadratic Problem Theorem1.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Theorem2.

Variables (R : realFieldType) (n d : nat) (p : problem R n d) (s : sketch R n d).
Hypothesis B_one : forall t : outcome s, B p t = 1%:M.
Variable gamma : R.

Implicit Types (x c : 'cV[R]_d) (t : outcome s) (A : 'M[R]_d).

Notation after := (after p s gamma).

Definition x_inf : 'cV[R]_d := Ev p s.
Definition bias : 'cV[R]_d := xstar p - x_inf.
(** E ||v - E v||_A^2 *)
Definition variance A : R := E (law s) (fun t => quad A (v p t - x_inf)).
Definition sigma_sq : R := variance (Lbar p).
Definition grad_norm_sq x : R := quad (invmx (Lbar p)) (grad p x).

Lemma estimator_one t x : estimator p t x = x - v p t.
Proof. by rewrite estimator_affine B_one mul1mx. Qed.

Lemma round_one x t : round p gamma x t = (1 - gamma) *: x + gamma *: v p t.
Proof. by rewrite /round estimator_one scalerBr scalerBl scale1r opprB addrA addrAC. Qed.

Theorem estimator_bias x :
  EM (law s) (fun t => estimator p t x) = invmx (Lbar p) *m grad p x + bias.
Proof.
rewrite (eq_EM _ (fun t => estimator_one t x)) EM_sub EM_cst -/(Ev p s) -/x_inf.
by rewrite grad_xstar mulKmx ?Lbar_unit // /bias addrA subrK.
Qed.

Theorem noise_constant x :
  E (law s) (fun t => quad (Lbar p) (estimator p t x - EM (law s) (fun t => estimator p t x))) =
  sigma_sq.
Proof.
rewrite (eq_EM _ (fun t => estimator_one t x)) EM_sub EM_cst -/(Ev p s) -/x_inf.
apply: eq_E => t; rewrite estimator_one -quadN; congr (quad _ _).
by move: (v p t) x_inf => vt xi; vector_ring.
Qed.

(** ** Means and second moments of the iterates *)

(** The affine map that E x_k follows, after k rounds: (28). *)
Definition closed_form k x : 'cV[R]_d := (1 - gamma) ^+ k *: x + (1 - (1 - gamma) ^+ k) *: x_inf.

Lemma closed_formS k x :
  closed_form k ((1 - gamma) *: x + gamma *: x_inf) = closed_form k.+1 x.
Proof.
rewrite /closed_form scalerDr !scalerA -addrA -scalerDl exprS [(1 - gamma) * _]mulrC.
by congr (_ + _ *: _); ring.
Qed.

Lemma E_noise_inner A c : E (law s) (fun t => inner A c (v p t - x_inf)) = 0.
Proof. by rewrite E_inner_r EM_sub EM_cst subrr inner0r. Qed.

Theorem mean_iterate k x (u : 'cV[R]_d) : after k (dot u) x = dot u (closed_form k x).
Proof.
elim: k x => [|k IH] x; first by rewrite /closed_form expr0 scale1r subrr scale0r addr0.
rewrite /Problem.after /=.
transitivity (E (law s) (fun t => dot u (closed_form k.+1 x) +
    inner 1%:M ((1 - gamma) ^+ k * gamma *: u) (v p t - x_inf))).
  apply: eq_E => t; rewrite -[LHS]/(after k (dot u) _) IH round_one.
  rewrite -dot_inner dotZl -closed_formS /closed_form !dot_inner !innerDr !innerZr innerNr.
  by rewrite !innerDr !innerZr; ring.
by rewrite E_add E_cst E_noise_inner addr0.
Qed.

(** In each coordinate. *)
Corollary mean_iterate_entry k x j : after k (fun y => y j 0) x = closed_form k x j 0.
Proof.
have entry (y : 'cV[R]_d) : y j 0 = dot (delta_mx j 0) y.
  by rewrite /dot trmx_delta -rowE mxE.
by rewrite entry -mean_iterate; apply: eq_walk.
Qed.

Hypothesis gamma_neq2 : gamma != 2%:R.

Lemma two_gamma : 2%:R - gamma != 0.
Proof. by rewrite subr_eq0 eq_sym. Qed.

Theorem second_moment_iterate A k x c : symm A ->
  after k (fun y => quad A (y - c)) x =
  quad A (closed_form k x - c) + gamma / (2%:R - gamma) * (1 - (1 - gamma) ^+ (2 * k)) * variance A.
Proof.
move=> symA; elim: k x => [|k IH] x.
  by rewrite /closed_form expr0 scale1r subrr scale0r addr0 mulr0 mul0r addr0.
rewrite /Problem.after /=; set a := 1 - gamma.
pose w := closed_form k.+1 x - c.
transitivity (E (law s) (fun t => quad A w + 2%:R * (a ^+ k * gamma) * inner A w (v p t - x_inf) +
   (a ^+ k * gamma) ^+ 2 * quad A (v p t - x_inf) +
   gamma / (2%:R - gamma) * (1 - a ^+ (2 * k)) * variance A)).
  apply: eq_E => t; rewrite -[LHS]/(after k (fun y => quad A (y - c)) _) IH; congr (_ + _).
  have -> : closed_form k (round p gamma x t) - c = w + (a ^+ k * gamma) *: (v p t - x_inf).
    rewrite /w -closed_formS /closed_form round_one -/a !scalerDr !scalerA scalerN.
    by move: (v p t) x_inf => vt xi; vector_ring.
  by rewrite quadD // innerZr quadZ; ring.
rewrite !E_add !E_scale !E_cst E_noise_inner -/(variance A) -/w mulnS exprD.
rewrite /a mulnC exprM.
by field; exact: two_gamma.
Qed.

(** E ||x_k - x_inf||_A^2. *)
Corollary dist_fixed A k x : symm A ->
  after k (fun y => quad A (y - x_inf)) x =
  (1 - gamma) ^+ (2 * k) * quad A (x - x_inf) +
  gamma / (2%:R - gamma) * (1 - (1 - gamma) ^+ (2 * k)) * variance A.
Proof.
move=> symA; rewrite second_moment_iterate //; congr (_ + _).
have -> : closed_form k x - x_inf = (1 - gamma) ^+ k *: (x - x_inf).
  by rewrite /closed_form; move: x_inf => xi; vector_ring.
by rewrite quadZ -exprM mulnC.
Qed.

Lemma grad_norm_sqE x : grad_norm_sq x = quad (Lbar p) (x - xstar p).
Proof. exact: grad_norm. Qed.

(** E ||grad f(x_k)||^2 in the norm of Lbar^-1, that is 2 (E f(x_k) - f( x* )). *)
Corollary grad_norm_iterate k x :
  after k grad_norm_sq x =
  quad (Lbar p) ((1 - gamma) ^+ k *: (x - xstar p) - (1 - (1 - gamma) ^+ k) *: bias) +
  gamma / (2%:R - gamma) * (1 - (1 - gamma) ^+ (2 * k)) * sigma_sq.
Proof.
rewrite /Problem.after (eq_walk _ _ _ _ grad_norm_sqE).
rewrite -[LHS]/(after k (fun y => quad (Lbar p) (y - xstar p)) x).
rewrite second_moment_iterate; last exact: Lbar_sym.
congr (quad _ _ + _); rewrite /closed_form /bias.
by move: x_inf (xstar p) => xi xs; vector_ring.
Qed.

(** ** Theorem 2 *)

(** With sigma = 0 the iterates stay at x_inf in mean square, whatever gamma. *)
Theorem fixed_stays k : sigma_sq = 0 -> after k (fun x => quad (Lbar p) (x - x_inf)) x_inf = 0.
Proof.
move=> sigma0; pose Q x := quad (Lbar p) (x - x_inf).
have one x : E (law s) (fun t => Q (round p gamma x t)) = (1 - gamma) ^+ 2 * Q x.
  transitivity (E (law s) (fun t => (1 - gamma) ^+ 2 * Q x + 2%:R * gamma *
      inner (Lbar p) ((1 - gamma) *: (x - x_inf)) (v p t - x_inf) +
      gamma ^+ 2 * quad (Lbar p) (v p t - x_inf))).
    apply: eq_E => t; rewrite /Q -quadZ.
    have -> : round p gamma x t - x_inf =
        (1 - gamma) *: (x - x_inf) + gamma *: (v p t - x_inf).
      by rewrite round_one; move: (v p t) x_inf => vt xi; vector_ring.
    move: ((1 - gamma) *: _) (v p t - x_inf) => y z; rewrite quadD; last exact: Lbar_sym.
    by rewrite innerZr quadZ mulrA.
  by rewrite !E_add !E_scale E_cst E_noise_inner -/(variance _) -/sigma_sq sigma0 !mulr0 !addr0.
rewrite -/Q; elim: k => [|k IH]; first by rewrite /Problem.after /= /Q subrr quad0.
by rewrite /Problem.after walkSr (eq_walk _ _ _ _ one) walk_scale -/(after k Q x_inf) IH mulr0.
Qed.

(** One round, exactly. *)
Lemma grad_norm_round x :
  E (law s) (fun t => grad_norm_sq (round p gamma x t)) =
  (1 - gamma) * grad_norm_sq x + gamma * quad (Lbar p) bias + gamma ^+ 2 * sigma_sq -
  gamma * (1 - gamma) * quad (Lbar p) (x - x_inf).
Proof.
have symL := Lbar_sym p.
pose e := x - xstar p; pose w := (1 - gamma) *: e - gamma *: bias.
transitivity (E (law s) (fun t => quad (Lbar p) w +
   2%:R * gamma * inner (Lbar p) w (v p t - x_inf) + gamma ^+ 2 * quad (Lbar p) (v p t - x_inf))).
  apply: eq_E => t; rewrite grad_norm_sqE.
  have -> : round p gamma x t - xstar p = w + gamma *: (v p t - x_inf).
    rewrite round_one /w /e /bias; move: (v p t) x_inf (xstar p) => vt xi xs.
    by vector_ring.
  by clearbody w; move: (v p t - x_inf) => z; rewrite quadD // innerZr quadZ; ring.
rewrite !E_add !E_scale E_cst E_noise_inner -/(variance (Lbar p)) -/sigma_sq grad_norm_sqE -/e.
have -> : x - x_inf = e + bias by rewrite /e /bias addrA subrK.
rewrite /w; clear w; clearbody e; move: bias => h.
by rewrite quadB // !quadZ innerZl innerZr quadD //; ring.
Qed.

Section Average.

Variables (K : nat) (x0 : 'cV[R]_d).
Hypothesis K_gt0 : (0 < K)%N.

Notation average := (time_average p s gamma x0 K).

Let K_neq0 : K%:R != 0 :> R.
Proof. by rewrite pnatr_eq0 -lt0n. Qed.

(** 2 (f_0 - E f_K) / (gamma K). *)
Definition decrease : R := 2%:R * (f p x0 - after K (f p) x0) / (gamma * K%:R).

Lemma decreaseE : decrease = (grad_norm_sq x0 - after K grad_norm_sq x0) / (gamma * K%:R).
Proof.
congr (_ / _); rewrite mulrBr /Problem.after.
have gap y : grad_norm_sq y = 2%:R * f p y - 2%:R * f p (xstar p).
  by rewrite grad_norm_sqE -gap_star mulrBr.
rewrite (eq_walk _ _ _ _ gap) gap walk_sub walk_scale walk_cst; ring.
Qed.

Theorem average_exact : gamma != 0 ->
  average grad_norm_sq =
  decrease + quad (Lbar p) bias + gamma * sigma_sq -
  (1 - gamma) * average (fun x => quad (Lbar p) (x - x_inf)).
Proof.
move=> gamma_neq0; rewrite decreaseE !time_averageE.
pose Q x := quad (Lbar p) (x - x_inf).
pose S F (m : nat) : R := \sum_(k < m) after k F x0.
have S0 F : S F 0%N = 0 by exact: big_ord0.
have SS F m : S F m.+1 = S F m + after m F x0 by exact: big_ord_recr.
rewrite -[\sum_(k < K) after k grad_norm_sq x0]/(S _ K) -[\sum_(k < K) _]/(S Q K).
clearbody S.
have sums (m : nat) : gamma * S grad_norm_sq m =
    grad_norm_sq x0 - after m grad_norm_sq x0 +
    m%:R * (gamma * (quad (Lbar p) bias + gamma * sigma_sq)) -
    gamma * (1 - gamma) * S Q m.
  elim: m => [|m IH]; first by rewrite !S0 mul0r !mulr0 !subrr addr0 subr0.
  have -> : after m.+1 grad_norm_sq x0 = (1 - gamma) * after m grad_norm_sq x0 +
     gamma * (quad (Lbar p) bias + gamma * sigma_sq) - gamma * (1 - gamma) * after m Q x0.
    set c := gamma * (quad (Lbar p) bias + gamma * sigma_sq); rewrite /Problem.after walkSr.
    rewrite (eq_walk _ _ _ (G := fun y => (1 - gamma) * grad_norm_sq y + c - gamma * (1 - gamma) *
      Q y)).
      by rewrite walk_sub walk_add !walk_scale walk_cst.
    by move=> y; rewrite grad_norm_round /c /Q; ring.
  by rewrite !SS [gamma * (S _ _ + _)]mulrDr IH -addn1 natrD; ring.
have /(canRL (mulKf gamma_neq0)) -> := sums K.
by field; rewrite gamma_neq0 K_neq0.
Qed.

Lemma average_fixed_ge0 : 0 <= average (fun x => quad (Lbar p) (x - x_inf)).
Proof.
rewrite time_averageE mulr_ge0 ?invr_ge0 ?ler0n //.
by apply: sumr_ge0 => k _; apply: walk_ge0 => y; exact: Lbar_psd.
Qed.

Theorem theorem2_sharp : 0 < gamma -> gamma <= 1 ->
  average grad_norm_sq <= decrease + quad (Lbar p) bias + gamma * sigma_sq.
Proof.
move=> g0 g1; rewrite average_exact ?gt_eqF // ler_subl_addr ler_addl.
by rewrite mulr_ge0 ?subr_ge0 ?average_fixed_ge0.
Qed.

Theorem theorem2_reversed : 1 <= gamma ->
  decrease + quad (Lbar p) bias + gamma * sigma_sq <= average grad_norm_sq.
Proof.
move=> g1; rewrite average_exact ?gt_eqF ?(lt_le_trans ltr01) // ler_addl oppr_ge0.
by rewrite mulr_le0_ge0 ?subr_le0 ?average_fixed_ge0.
Qed.

(** Equality at gamma = 1. *)
Theorem theorem2_tight : gamma = 1 ->
  average grad_norm_sq = decrease + quad (Lbar p) bias + gamma * sigma_sq.
Proof. by move=> g1; rewrite average_exact g1 ?oner_neq0 // subrr mul0r subr0. Qed.

(** Equality for every gamma, if sigma = 0 and x_0 = x_inf. *)
Theorem theorem2_equality : gamma != 0 -> sigma_sq = 0 -> x0 = x_inf ->
  average grad_norm_sq = decrease + quad (Lbar p) bias + gamma * sigma_sq.
Proof.
move=> g0 sigma0 x0E; rewrite average_exact // time_averageE x0E big1 ?mulr0 ?subr0 // => k _.
exact: fixed_stays.
Qed.

Theorem theorem2_printed beta sigma2 :
  0 < beta -> 0 < gamma -> gamma <= (2%:R^-1 - beta) / (2%:R^-1 + beta) -> sigma_sq <= sigma2 ->
  average grad_norm_sq <=
  decrease + (2%:R * beta^-1 * (1 - gamma) + gamma) * quad (Lbar p) bias + gamma * sigma2.
Proof.
move=> b0 g0 g_le sigma_le.
have half0 : 0 < 2%:R^-1 + beta by rewrite addr_gt0 ?invr_gt0 ?ltr0n.
have g_le' : gamma * (2%:R^-1 + beta) <= 2%:R^-1 - beta by rewrite -ler_pdivl_mulr.
have b_lt : beta < 2%:R^-1.
  by rewrite -subr_gt0; apply: lt_le_trans g_le'; rewrite mulr_gt0.
have g1 : gamma <= 1.
  apply: (le_trans g_le); rewrite ler_pdivr_mulr // mul1r ler_add2l.
  by rewrite (le_trans (y := 0)) ?oppr_le0 // ltW.
apply: (le_trans (theorem2_sharp g0 g1)).
apply: ler_add; last by rewrite ler_pmul2l.
rewrite ler_add2l ler_pemull ?Lbar_psd //.
rewrite -subr_ge0.
have -> : 2%:R * beta^-1 * (1 - gamma) + gamma - 1 = (2%:R * beta^-1 - 1) * (1 - gamma) by ring.
rewrite mulr_ge0 ?subr_ge0 // ler_pdivl_mulr // mul1r.
rewrite (le_trans (ltW b_lt)) // (le_trans (y := 1)) ?ler1n //.
by rewrite invf_le1 ?ltr0n // ler1n.
Qed.

End Average.

(** No admissible beta makes the printed constant less than 4 + 5 gamma. *)
Theorem best_beta beta : 0 < beta -> 0 < gamma ->
  gamma <= (2%:R^-1 - beta) / (2%:R^-1 + beta) ->
  4%:R + 5%:R * gamma <= 2%:R * beta^-1 * (1 - gamma) + gamma.
Proof.
move=> b0 g0 g_le.
have half0 : 0 < 2%:R^-1 + beta by rewrite addr_gt0 ?invr_gt0 ?ltr0n.
have g_le' : gamma * (2%:R^-1 + beta) <= 2%:R^-1 - beta by rewrite -ler_pdivl_mulr.
rewrite -subr_ge0.
have -> : 2%:R * beta^-1 * (1 - gamma) + gamma - (4%:R + 5%:R * gamma) =
    4%:R / beta * ((2%:R^-1 - beta) - gamma * (2%:R^-1 + beta)) by field; rewrite gt_eqF.
by rewrite mulr_ge0 ?subr_ge0 // divr_ge0 ?ler0n // ltW.
Qed.

(** It is attained, at the largest beta that (29) admits. *)
Theorem best_beta_attained : 0 < gamma -> gamma < 1 ->
  let beta := (1 - gamma) / (2%:R * (1 + gamma)) in
  [/\ 0 < beta, gamma = (2%:R^-1 - beta) / (2%:R^-1 + beta) &
      2%:R * beta^-1 * (1 - gamma) + gamma = 4%:R + 5%:R * gamma].
Proof.
move=> g0 g1 beta; have p0 : 1 + gamma != 0 by rewrite gt_eqF // addr_gt0 ?ltr01.
have m0 : 1 - gamma != 0 by rewrite subr_eq0 eq_sym lt_eqF.
split; first by rewrite divr_gt0 ?subr_gt0 ?mulr_gt0 ?ltr0n ?addr_gt0 ?ltr01.
  have -> : 2%:R^-1 - beta = gamma / (1 + gamma) by rewrite /beta; field.
  have -> : 2%:R^-1 + beta = (1 + gamma)^-1 by rewrite /beta; field.
  by rewrite invrK divfK.
by rewrite /beta; field; rewrite m0 p0.
Qed.

End Theorem2.
