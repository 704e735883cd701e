(** * Mean-square stability and its rate, certified from both sides (N13)

    For every sketch. Two runs of the same outcomes differ by e+ = (I - gamma B) e, whatever the
    b_i, and B is symmetric; so T(X) = E[(I - gamma B) X (I - gamma B)], its own adjoint, decides
    how fast a run forgets where it started. Where a point z is kept surely (B z = v; z = 0 if all
    b_i = 0), z is one of the two runs. No eigenvalue theory is needed: a matrix certifies a rate,
    and checking it takes one value of T.

    - [moment_mapE]: T(X) = X - gamma (E[B] X + X E[B]) + gamma^2 E[B X B].
    - [second_run]: E (x_k - z)(x_k - z)' = T^k((x_0 - z)(x_0 - z)'); [second_run_zero]:
      E x_k x_k' = T^k(x_0 x_0') if all b_i = 0.
    - [certificate_above]: P ⪰ 0 with T(P) ⪯ rho P gives E ||x_k - z||_P^2 <= rho^k ||x_0 - z||_P^2;
      [certificate_above_norm]: so E ||x_k - z||^2 <= rho^k ||x_0 - z||_P^2 / mu if mu I ⪯ P.
    - [certificate_below]: X ⪰ 0 with T(X) ⪰ rho X gives E ||x_k - z||^2 >=
      rho^k ||x_0 - z||_X^2 / tr X, for every x_0; [certificate_below_start]: if X <> 0, then
      c rho^k with c > 0 from some x_0.
    - [forgets_above], [forgets_below]: the same of two runs of the same outcomes, for all b_i.
    - [certificates_agree]: X's rho is at most P's, so the two enclose the rate;
      [mean_square_stable], [mean_square_unstable]: E ||x_k - z||^2 -> 0 from every start if P ≻ 0
      has rho < 1; from some start it stays above a c > 0 if X <> 0 has rho >= 1. Over an
      Archimedean field.
    - [stable_below]: a certificate P with rho at gamma is one, with 1 - c (1 - rho), at each
      c gamma, 0 <= c <= 1: the stable steps are an interval.
    - [theorem1_certificate], [theorem1_rate]: Theorem 1 is the case P = Lbar: (14) and
      lambda Lbar ⪯ W give T(Lbar) ⪯ (1 - gamma lambda) Lbar, hence (16). *)

From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From Ist Require Import Probability Quadratic Problem Theorem1 Dynamics Conditioning Spectrum.
From Ist Require Import FisherYates UniformPermutation Mask PermSketch Homogeneous MeanConvergence.
From Ist Require Import Remarks Instances.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(** ** Functions that a random step multiplies by at most, or at least, a factor in the mean *)

Section Factor.

Variables (R : realFieldType) (T : finType) (P : dist R T) (S : Type) (step : S -> T -> S).
Variables (F : S -> R) (rho : R).

Lemma walk_at_most k y : (forall x, 0 <= F x) ->
  (forall x, E P (fun t => F (step x t)) <= rho * F x) -> walk P step k F y <= rho ^+ k * F y.
Proof.
move=> F0 le; have [rho0|rho_neg] := boolP (0 <= rho).
  elim: k => [|k IH]; first by rewrite expr0 mul1r.
  rewrite walkSr; apply: (le_trans (walk_le _ _ _ _ le)).
  by rewrite walk_scale exprS -mulrA ler_wpmul2l.
have zero x : F x = 0.
  apply: le_anti; rewrite F0 andbT; have := le_trans (E_ge0 P (fun t => F0 (step x t))) (le x).
  by rewrite nmulr_rge0 // ltNge.
by rewrite zero mulr0 -(walk_cst P step k 0 y) (eq_walk P step k y zero).
Qed.

Lemma walk_at_least k y : 0 <= rho ->
  (forall x, rho * F x <= E P (fun t => F (step x t))) -> rho ^+ k * F y <= walk P step k F y.
Proof.
move=> rho0 ge; elim: k => [|k IH]; first by rewrite expr0 mul1r.
rewrite walkSr; apply: le_trans (walk_le _ _ _ _ ge).
by rewrite walk_scale exprS -mulrA ler_wpmul2l.
Qed.

End Factor.

(** A semidefinite form other than zero is positive somewhere. *)
Lemma psd_nonzero (R : realFieldType) d (X : 'M[R]_d) : symm X -> psd X -> X != 0 ->
  exists y, 0 < quad X y.
Proof.
move=> symX psdX X0; have [j Xj] : exists j, X j j != 0.
  apply/existsP; apply: contraNT X0 => /existsPn zero; apply/eqP/matrixP => i j.
  have diag l : X l l = 0 by apply/eqP; have := zero l; rewrite negbK.
  have kernel : X *m delta_mx j 0 = 0 :> 'cV_d.
    by apply: psd_kernel => //; rewrite quad_delta.
  by move/colP/(_ i): kernel; rewrite -colE !mxE.
by exists (delta_mx j 0); rewrite lt0r psdX quad_delta Xj.
Qed.

(** ** The map of second moments *)

Section Map.

Variables (R : realFieldType) (n d : nat) (p : problem R n d) (s : sketch R n d) (gamma : R).
Implicit Types (t : outcome s) (x y z : 'cV[R]_d) (X P : 'M[R]_d).

(** I - gamma B *)
Definition shrink t : 'M[R]_d := 1%:M - gamma *: B p t.

(** T *)
Definition moment_map X : 'M[R]_d := EM (law s) (fun t => shrink t *m X *m shrink t).

Lemma shrink_sym t : symm (shrink t).
Proof. by rewrite /symm linearB /= linearZ /= trmx1 B_sym. Qed.

Lemma mean_shrink : EM (law s) shrink = 1%:M - gamma *: EB p s.
Proof. by rewrite EM_sub EM_cst EM_scale. Qed.

Theorem moment_mapE X :
  moment_map X = X - gamma *: (EB p s *m X + X *m EB p s) + gamma ^+ 2 *: EBXB p s X.
Proof.
transitivity (EM (law s) (fun t => X - gamma *: (B p t *m X + X *m B p t) +
    gamma ^+ 2 *: (B p t *m X *m B p t))).
  apply: eq_EM => t; rewrite /shrink; move: (B p t) => C.
  rewrite mulmxBl mul1mx mulmxBr mulmx1 -scalemxAl -scalemxAr mulmxBl -scalemxAl.
  move: (X *m C) (C *m X) => c b; move: (b *m C) => a.
  have addE (Y Z : 'M[R]_d) i j : (Y + Z) i j = Y i j + Z i j by rewrite mxE.
  have oppE (Y : 'M[R]_d) i j : (- Y) i j = - Y i j by rewrite mxE.
  have scaleE r (Y : 'M[R]_d) i j : (r *: Y) i j = r * Y i j by rewrite mxE.
  apply/matrixP => i j; rewrite !(addE, oppE, scaleE).
  by move: (a i j) (b i j) (c i j) (X i j) => a' b' c' x'; ring.
by rewrite EM_add EM_sub EM_cst !EM_scale EM_add EM_mull EM_mulr.
Qed.

Lemma quad_moment_map X y : quad (moment_map X) y = E (law s) (fun t => quad X (shrink t *m y)).
Proof.
rewrite -E_quad; apply: eq_E => t.
by rewrite /quad inner_mull inner_mulr shrink_sym.
Qed.

Lemma moment_map_sym X : symm X -> symm (moment_map X).
Proof.
by move=> symX; rewrite /symm -EM_tr; apply: eq_EM => t; rewrite !tr_mul shrink_sym symX mulmxA.
Qed.

Lemma moment_map_le X Y : loewner X Y -> loewner (moment_map X) (moment_map Y).
Proof. by move=> XY y; rewrite !quad_moment_map; apply: E_le => t; exact: XY. Qed.

Lemma round_difference x y t :
  round p gamma x t - round p gamma y t = shrink t *m (x - y).
Proof.
rewrite /round !estimator_affine /shrink mulmxBr !mulmxBl !mul1mx; move: (B p t) => C.
by rewrite -!scalemxAl; move: (C *m x) (C *m y) (v p t) => a b c; vector_ring.
Qed.

(** ** Certificates, for two runs of the same outcomes *)

Definition both (xy : 'cV[R]_d * 'cV[R]_d) t := (round p gamma xy.1 t, round p gamma xy.2 t).

(** E F(x_k - y_k) *)
Definition apart k (F : 'cV[R]_d -> R) x y : R :=
  walk (law s) both k (fun xy => F (xy.1 - xy.2)) (x, y).

Lemma quad_apart X xy :
  E (law s) (fun t => quad X ((both xy t).1 - (both xy t).2)) = quad (moment_map X) (xy.1 - xy.2).
Proof. by rewrite quad_moment_map; apply: eq_E => t; rewrite round_difference. Qed.

Theorem forgets_above P rho k x y : psd P -> loewner (moment_map P) (rho *: P) ->
  apart k (quad P) x y <= rho ^+ k * quad P (x - y).
Proof.
move=> psdP cert; apply: (walk_at_most k (x, y)) => xy; first exact: psdP.
by rewrite quad_apart; have := cert (xy.1 - xy.2); rewrite quad_scalem.
Qed.

Theorem forgets_below X rho k x y : symm X -> psd X -> 0 <= rho ->
  loewner (rho *: X) (moment_map X) ->
  rho ^+ k * quad X (x - y) <= \tr X * apart k (quad 1%:M) x y.
Proof.
move=> symX psdX rho0 cert; apply: (@le_trans _ _ (apart k (quad X) x y)).
  apply: (walk_at_least k (x, y)) => // xy.
  by rewrite quad_apart; have := cert (xy.1 - xy.2); rewrite quad_scalem.
by rewrite /apart -walk_scale; apply: walk_le => xy; exact: psd_trace.
Qed.

(** ** Certificates, where a point is kept surely *)

(** Each outcome's round leaves z where it is. *)
Definition kept_surely z := forall t, B p t *m z = v p t.

Lemma kept_zero : interpolation p -> kept_surely 0.
Proof. by move=> b0 t; rewrite mulmx0 v_zero. Qed.

Section Kept.

Variable z : 'cV[R]_d.
Hypothesis kept : kept_surely z.

Lemma kept_round t : round p gamma z t = z.
Proof. by rewrite /round estimator_affine kept subrr scaler0 subr0. Qed.

Lemma round_kept x t : round p gamma x t - z = shrink t *m (x - z).
Proof. by rewrite -round_difference kept_round. Qed.

Lemma apart_kept k F x : apart k F x z = after p s gamma k (fun y => F (y - z)) x.
Proof.
rewrite /apart /after; elim: k x => [|k IH] x //=; apply: eq_E => t.
by rewrite -IH /both /= kept_round.
Qed.

Theorem second_run k x :
  mwalk (law s) (round p gamma) k (fun y => (y - z) *m (y - z)^T) x =
  iter k moment_map ((x - z) *m (x - z)^T).
Proof.
elim: k => [|k IH] //=; rewrite -IH [LHS]mwalkSr.
have one y : EM (law s) (fun t => (round p gamma y t - z) *m (round p gamma y t - z)^T) =
    moment_map ((y - z) *m (y - z)^T).
  by apply: eq_EM => t; rewrite round_kept tr_mul shrink_sym !mulmxA.
rewrite (eq_mwalk _ _ _ _ one) mwalk_EM; apply: eq_EM => t.
by rewrite mwalk_mulr mwalk_mull.
Qed.

Theorem certificate_above P rho k x : psd P -> loewner (moment_map P) (rho *: P) ->
  after p s gamma k (fun y => quad P (y - z)) x <= rho ^+ k * quad P (x - z).
Proof. by move=> psdP cert; rewrite -(apart_kept k (quad P)); exact: forgets_above. Qed.

Corollary certificate_above_norm P rho mu k x : 0 < mu -> loewner (mu *: 1%:M) P ->
  loewner (moment_map P) (rho *: P) ->
  after p s gamma k (fun y => quad 1%:M (y - z)) x <= mu^-1 * (rho ^+ k * quad P (x - z)).
Proof.
move=> mu0 low cert; have psdP : psd P.
  by move=> y; apply: le_trans (low y); rewrite quad_scalem mulr_ge0 ?quad1_ge0 ?ltW.
rewrite ler_pdivl_mull //; apply: le_trans (certificate_above k x psdP cert).
by rewrite /after -walk_scale; apply: walk_le => y; rewrite -quad_scalem.
Qed.

Theorem certificate_below X rho k x : symm X -> psd X -> 0 <= rho ->
  loewner (rho *: X) (moment_map X) ->
  rho ^+ k * quad X (x - z) <= \tr X * after p s gamma k (fun y => quad 1%:M (y - z)) x.
Proof. by move=> *; rewrite -(apart_kept k (quad 1%:M)); exact: forgets_below. Qed.

Corollary certificate_below_start X rho : symm X -> psd X -> X != 0 -> 0 <= rho ->
  loewner (rho *: X) (moment_map X) ->
  exists x c, 0 < c /\
    forall k, c * rho ^+ k <= after p s gamma k (fun y => quad 1%:M (y - z)) x.
Proof.
move=> symX psdX X0 rho0 cert; have [y Xy] := psd_nonzero symX psdX X0.
have tr0 : 0 < \tr X.
  rewrite ltNge; apply/negP => tr_le; have := psd_trace y symX psdX.
  by rewrite leNgt (le_lt_trans _ Xy) // mulr_le0_ge0 ?quad1_ge0.
exists (z + y), (quad X y / \tr X); split=> [|k]; first by rewrite divr_gt0.
have := certificate_below k (z + y) symX psdX rho0 cert; rewrite [z + y - z]addrAC subrr add0r.
by rewrite mulrAC ler_pdivr_mulr // mulrC [X in _ <= X]mulrC.
Qed.

End Kept.

Corollary second_run_zero k x : interpolation p ->
  second_at p s gamma x k = iter k moment_map (x *m x^T).
Proof.
move=> b0; have := second_run (kept_zero b0) k x; rewrite subr0 => <-.
by apply: eq_mwalk => y; rewrite subr0.
Qed.

End Map.

(** ** Smaller steps *)

Section Steps.

Variables (R : realFieldType) (n d : nat) (p : problem R n d) (s : sketch R n d).

(** T is convex in gamma, in the Loewner order, and the identity at gamma = 0. *)
Lemma quad_moment_map_step gamma c P y : symm P ->
  quad (moment_map p s (c * gamma) P) y =
  (1 - c) * quad P y + c * quad (moment_map p s gamma P) y -
  c * (1 - c) * gamma ^+ 2 * E (law s) (fun t => quad P (B p t *m y)).
Proof.
move=> symP; rewrite !quad_moment_map.
transitivity (E (law s) (fun t => (1 - c) * quad P y + c * quad P (shrink p gamma t *m y) -
    c * (1 - c) * gamma ^+ 2 * quad P (B p t *m y))); last by rewrite E_sub E_add !E_scale E_cst.
apply: eq_E => t; rewrite /shrink; move: (B p t) => C; rewrite !mulmxBl !mul1mx.
by rewrite -!scalemxAl !quadB // !quadZ !innerZr; ring.
Qed.

Theorem stable_below gamma c P rho : symm P -> psd P -> 0 <= c -> c <= 1 ->
  loewner (moment_map p s gamma P) (rho *: P) ->
  loewner (moment_map p s (c * gamma) P) ((1 - c * (1 - rho)) *: P).
Proof.
move=> symP psdP c0 c1 cert y; rewrite quad_moment_map_step //.
have spread : 0 <= c * (1 - c) * gamma ^+ 2 * E (law s) (fun t => quad P (B p t *m y)).
  apply: mulr_ge0; last by apply: E_ge0 => t; exact: psdP.
  by rewrite mulr_ge0 ?sqr_ge0 // mulr_ge0 ?subr_ge0.
rewrite ler_subl_addr; apply: ler_paddr => //.
have := ler_wpmul2l c0 (cert y); rewrite !quad_scalem => h.
move: (quad P y) h => q h; apply: (@le_trans _ _ ((1 - c) * q + c * (rho * q))).
  by rewrite ler_add2l.
by rewrite le_eqVlt; apply/orP; left; apply/eqP; ring.
Qed.

End Steps.

(** ** Theorem 1 *)

Section Theorem1.

Variables (R : realFieldType) (n d : nat) (p : problem R n d) (s : sketch R n d).
Variables (theta gamma lambda : R).
Hypothesis theta_gt0 : 0 < theta.
Hypothesis theta_bound : loewner (EBLB p s) (theta *: W p s).  (* (14) *)
Hypothesis gamma_gt0 : 0 < gamma.
Hypothesis gamma_le : gamma <= theta^-1.
Hypothesis lambda_bound : loewner (lambda *: Lbar p) (W p s).

Theorem theorem1_certificate :
  loewner (moment_map p s gamma (Lbar p)) ((1 - gamma * lambda) *: Lbar p).
Proof.
move=> y; have -> : quad (moment_map p s gamma (Lbar p)) y =
    quad (Lbar p) y - gamma * (2%:R * quad (W p s) y) + gamma ^+ 2 * quad (EBLB p s) y.
  rewrite moment_mapE quad_addm quad_subm !quad_scalem; congr (_ - _ * _ + _).
  by rewrite mulrA divff ?mul1r ?pnatr_eq0 // addrC.
rewrite quad_scalem -subr_ge0.
set q := quad (Lbar p) y; set w := quad (W p s) y; set z := quad (EBLB p s) y.
have -> : (1 - gamma * lambda) * q - (q - gamma * (2%:R * w) + gamma ^+ 2 * z) =
    gamma * ((w - lambda * q) + (w - gamma * z)) by ring.
have low : 0 <= w - lambda * q by rewrite subr_ge0 -quad_scalem; exact: lambda_bound.
apply: (mulr_ge0 (ltW gamma_gt0)); apply: (addr_ge0 low); rewrite subr_ge0.
apply: (@le_trans _ _ (gamma * (theta * w))).
  by rewrite ler_pmul2l //; have := theta_bound y; rewrite quad_scalem.
by rewrite mulrA ler_pimull ?(W_psd theta_gt0 theta_bound) // -ler_pdivl_mulr // div1r.
Qed.

(** (16), as [theorem1_linear] has it. *)
Corollary theorem1_rate k x : interpolation p ->
  after p s gamma k (fun y => quad (Lbar p) (y - xstar p)) x <=
  (1 - gamma * lambda) ^+ k * quad (Lbar p) (x - xstar p).
Proof.
move=> b0; rewrite (xstar_zero b0).
by apply: certificate_above theorem1_certificate; [exact: kept_zero | exact: Lbar_psd].
Qed.

End Theorem1.

(** ** Both certificates together, over an Archimedean field *)

Section Limit.

Variables (R : archiFieldType) (n d : nat) (p : problem R n d) (s : sketch R n d) (gamma : R).

Notation T := (moment_map p s gamma).

Lemma factor_ge0 P rho (y : 'cV[R]_d) : pd P -> loewner (T P) (rho *: P) -> y != 0 -> 0 <= rho.
Proof.
move=> pdP cert y0; have := cert y; rewrite quad_scalem quad_moment_map => le.
rewrite -(pmulr_lge0 _ (pdP y y0)); apply: le_trans le.
by apply: E_ge0 => t; exact: pd_psd pdP _.
Qed.

Theorem certificates_agree P X rhoP rhoX : symm P -> pd P -> loewner (T P) (rhoP *: P) ->
  symm X -> psd X -> X != 0 -> 0 <= rhoX -> loewner (rhoX *: X) (T X) -> rhoX <= rhoP.
Proof.
move=> symP pdP certP symX psdX X0 rhoX0 certX; have [y Xy] := psd_nonzero symX psdX X0.
have y0 : y != 0 by apply: contraTneq Xy => ->; rewrite quad0 ltxx.
have rhoP0 := factor_ge0 pdP certP y0.
have [mu mu0 low] := pd_margin symP pdP.
have tr0 : 0 <= \tr X by apply: sumr_ge0 => j _; rewrite -quad_delta.
rewrite leNgt; apply/negP => lt; have X1 : 0 < rhoX by apply: le_lt_trans lt.
pose c := \tr X * (mu^-1 * quad P y).
have c0 : 0 <= c by rewrite !mulr_ge0 ?invr_ge0 ?(ltW mu0) ?(pd_psd pdP).
have bound k : rhoX ^+ k * quad X y <= rhoP ^+ k * c.
  have := forgets_below k y 0 symX psdX rhoX0 certX; rewrite subr0 => /le_trans; apply.
  rewrite /c mulrCA ler_wpmul2l // mulrCA ler_pdivl_mull //.
  have := forgets_above k y 0 (pd_psd pdP) certP; rewrite subr0; apply: le_trans.
  by rewrite /apart -walk_scale; apply: walk_le => xy; rewrite -quad_scalem.
have ratio0 : 0 <= rhoP / rhoX by rewrite divr_ge0.
have ratio1 : rhoP / rhoX < 1 by rewrite ltr_pdivr_mulr ?mul1r.
have eps0 : 0 < quad X y / (c + 1) by rewrite divr_gt0 // ltr_paddl ?ltr01.
have [N small] := geometric_limit ratio0 ratio1 eps0.
have := small N (leqnn N); rewrite ltNge => /negP; apply.
rewrite expr_div_n ler_pdivr_mulr ?ltr_paddl ?ltr01 // mulrAC ler_pdivl_mulr ?exprn_gt0 //.
by rewrite [X in X <= _]mulrC (le_trans (bound N)) // ler_wpmul2l ?exprn_ge0 // ler_addl ler01.
Qed.

Variable z : 'cV[R]_d.
Hypothesis kept : kept_surely p s z.

Theorem mean_square_stable P rho x eps : symm P -> pd P -> loewner (T P) (rho *: P) -> rho < 1 ->
  0 < eps -> exists N, forall k, (N <= k)%N ->
  after p s gamma k (fun y => quad 1%:M (y - z)) x < eps.
Proof.
move=> symP pdP cert rho1 eps0; have [mu mu0 low] := pd_margin symP pdP.
have [xz|xz] := eqVneq (x - z) 0.
  exists 0%N => k _; apply: le_lt_trans (certificate_above_norm kept k x mu0 low cert) _.
  by rewrite xz quad0 !mulr0.
have rho0 := factor_ge0 pdP cert xz; have q0 := pdP _ xz.
have eps1 : 0 < eps * mu / quad P (x - z) by rewrite !divr_gt0 ?mulr_gt0.
have [N small] := geometric_limit rho0 rho1 eps1; exists N => k /small.
rewrite ltr_pdivl_mulr // => lt.
apply: le_lt_trans (certificate_above_norm kept k x mu0 low cert) _.
by rewrite ltr_pdivr_mull // [mu * eps]mulrC.
Qed.

Theorem mean_square_unstable X rho : symm X -> psd X -> X != 0 -> 1 <= rho ->
  loewner (rho *: X) (T X) ->
  exists x c, 0 < c /\ forall k, c <= after p s gamma k (fun y => quad 1%:M (y - z)) x.
Proof.
move=> symX psdX X0 rho1 cert.
have [x [c [c0 grows]]] := certificate_below_start kept symX psdX X0 (le_trans ler01 rho1) cert.
exists x, c; split=> // k; apply: le_trans (grows k).
by rewrite ler_pemulr ?exprn_ege1 // ltW.
Qed.

End Limit.

(** ** An instance: Perm-1 on L = (I + J)/2, where B = 4 I *)

Section Instance.

Variable R : realFieldType.

Notation T := (moment_map (central_zero R) (perm_sketch R 4 4 1)).

Lemma central_map gamma X : T gamma X = (1 - 4%:R * gamma) ^+ 2 *: X.
Proof.
have B4 t : B (central_zero R) (s := perm_sketch R 4 4 1) t = 4%:R%:M.
  by rewrite perm1_unit_B // => i j; exact: half_ones_diag.
apply: EM_cst_on => t; rewrite /shrink B4 scale_scalar_mx -raddfB /=.
by rewrite mul_scalar_mx mul_mx_scalar scalerA; congr (_ *: _); ring.
Qed.

(** gamma = 1/8 is stable with rate 1/4 on both sides, gamma = 1 is not. *)
Theorem stability_instance :
  [/\ kept_surely (central_zero R) (perm_sketch R 4 4 1) 0, (1%:M : 'M[R]_4) != 0,
      loewner (T 8%:R^-1 1%:M) (4%:R^-1 *: 1%:M), loewner (4%:R^-1 *: 1%:M) (T 8%:R^-1 1%:M) &
      loewner (9%:R *: 1%:M) (T 1 1%:M)].
Proof.
have rate : (1 - 4%:R * 8%:R^-1) ^+ 2 = 4%:R^-1 :> R by field.
have growth : (1 - 4%:R * 1) ^+ 2 = 9%:R :> R by ring.
split; try by move=> x; rewrite central_map ?rate ?growth.
- exact: kept_zero.
- by apply/eqP => /matrixP/(_ 0 0); rewrite !mxE; apply/eqP; exact: oner_neq0.
Qed.

End Instance.
