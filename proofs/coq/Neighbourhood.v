(** * The neighbourhood that the iterates tend to, exactly, for every sketch (N13, P22)

    With b_i not all zero there is in general no point that every round keeps, and the iterates do
    not converge: they tend to a neighbourhood of m, the point that the mean keeps, E[B] m = E[v].
    Let w = v - B m, of mean zero, N = E[w w'], and T the map of second moments (Stability.v).

    - [deviation_round]: D_k = E (x_k - m)(x_k - m)' obeys D+ = T(D) + c + c' + gamma^2 N, where
      c = gamma E[(I - gamma B) (E x_k - m) w'] vanishes if x_0 = m.
    - [from_mean]: from x_0 = m, if Y = T(Y) + gamma^2 N, then D_k = Y - T^k(Y).
    - [stationary]: a random start with mean m and second moment Y about it has those moments ever
      after.
    - [neighbourhood]: if P ≻ 0 certifies a rate below 1, then D_k -> Y from every start, and so in
      each entry ([neighbourhood_entry]). There is exactly one such Y ([neighbourhood_exists],
      [neighbourhood_unique]), symmetric and positive semidefinite ([neighbourhood_psd]).
    - [neighbourhood_one]: with B = I, as in scaled Perm-1, Y = gamma / (2 - gamma) Cov v, as in N3.

    Limits are those of an Archimedean field, in the norm of P: -eps P ⪯ D_k - Y ⪯ eps P. *)

From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From Ist Require Import Probability Quadratic Problem Theorem1 Dynamics Conditioning.
From Ist Require Import FisherYates Mask PermSketch Compressors MeanConvergence Remarks.
From Ist Require Import LinearMoment Theorem2 Instances Stability.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Deviation.

Variables (R : realFieldType) (n d : nat) (p : problem R n d) (s : sketch R n d) (gamma : R).
Variable m : 'cV[R]_d.
Hypothesis mean_kept : EB p s *m m = Ev p s.
Implicit Types (t : outcome s) (x y e : 'cV[R]_d) (Y : 'M[R]_d).

Notation T := (moment_map p s gamma).
Notation shrink := (shrink p gamma).

Definition residual t : 'cV[R]_d := v p t - B p t *m m.
Definition residual_moment : 'M[R]_d := EM (law s) (fun t => residual t *m (residual t)^T).

Lemma E_residual : EM (law s) residual = 0.
Proof. by rewrite EM_sub EM_mulr -/(EB p s) -/(Ev p s) mean_kept subrr. Qed.

Lemma round_residual x t : round p gamma x t - m = shrink t *m (x - m) + gamma *: residual t.
Proof.
rewrite -round_difference /round !estimator_affine /residual.
by move: (B p t *m x) (B p t *m m) (v p t) => a b c; vector_ring.
Qed.

(** E (x_k - m)(x_k - m)' *)
Definition deviation k x : 'M[R]_d :=
  mwalk (law s) (round p gamma) k (fun y => (y - m) *m (y - m)^T) x.

Lemma quad_mwalk k (F : 'cV[R]_d -> 'M[R]_d) x u :
  quad (mwalk (law s) (round p gamma) k F x) u =
  walk (law s) (round p gamma) k (fun y => quad (F y) u) x.
Proof. by elim: k x => [|k IH] x //=; rewrite -E_quad; apply: eq_E. Qed.

Lemma quad_outer (a b u : 'cV[R]_d) : quad (a *m b^T) u = dot u a * dot u b.
Proof.
rewrite /quad /inner mulmxA -mulmxA mxE big_ord1 /dot; congr (_ * _).
by rewrite -[b^T *m u]trmxK tr_mul trmxK mxE.
Qed.

(** gamma E[(I - gamma B) e w'] *)
Definition cross e : 'M[R]_d := EM (law s) (fun t => gamma *: (shrink t *m e *m (residual t)^T)).

Lemma deviation_one y :
  EM (law s) (fun t => (round p gamma y t - m) *m (round p gamma y t - m)^T) =
  T ((y - m) *m (y - m)^T) + (cross (y - m) + (cross (y - m))^T) + gamma ^+ 2 *: residual_moment.
Proof.
rewrite /cross -EM_tr -EM_scale -!EM_add; apply: eq_EM => t; rewrite round_residual.
have -> : shrink t *m ((y - m) *m (y - m)^T) *m shrink t =
    shrink t *m (y - m) *m (shrink t *m (y - m))^T.
  by rewrite tr_mul shrink_sym !mulmxA.
move: (shrink t *m (y - m)) (residual t) => a b; apply/matrixP => i j.
have addE (Y Z : 'M[R]_d) k l : (Y + Z) k l = Y k l + Z k l by rewrite mxE.
have scaleE c (Y : 'M[R]_d) k l : (c *: Y) k l = c * Y k l by rewrite mxE.
have trE (Y : 'M[R]_d) k l : Y^T k l = Y l k by rewrite mxE.
have colE k : (a + gamma *: b) k 0 = a k 0 + gamma * b k 0 by rewrite !mxE.
rewrite !(addE, scaleE, trE) !outerE !colE.
by move: (a i 0) (a j 0) (b i 0) (b j 0) => ai aj bi bj; ring.
Qed.

Lemma mwalk_map k (F : 'cV[R]_d -> 'M[R]_d) x :
  mwalk (law s) (round p gamma) k (fun y => T (F y)) x = T (mwalk (law s) (round p gamma) k F x).
Proof. by rewrite mwalk_EM; apply: eq_EM => t; rewrite mwalk_mulr mwalk_mull. Qed.

Lemma mwalk_cross k x : mwalk (law s) (round p gamma) k (fun y => cross (y - m)) x =
  cross (mean_at p s gamma x k - m).
Proof.
rewrite /cross mwalk_EM; apply: eq_EM => t; rewrite mwalk_scale mwalk_mulr mwalk_mull.
by rewrite mwalk_add mwalk_cst.
Qed.

Theorem deviation_round k x : let c := cross (mean_at p s gamma x k - m) in
  deviation k.+1 x = T (deviation k x) + (c + c^T) + gamma ^+ 2 *: residual_moment.
Proof.
rewrite /= /deviation mwalkSr (eq_mwalk _ _ _ _ deviation_one) !mwalk_add mwalk_map mwalk_tr.
by rewrite mwalk_cross mwalk_cst.
Qed.

Lemma mean_deviation k x :
  mean_at p s gamma x k - m = iter k (mulmx (EM (law s) shrink)) (x - m).
Proof. by rewrite (mean_run _ _ _ mean_kept) mean_shrink addrAC subrr add0r. Qed.

(** T and [cross] are linear. *)
Lemma moment_map_sub X Y : T (X - Y) = T X - T Y.
Proof.
rewrite /moment_map -EM_sub; apply: eq_EM => t; move: (shrink t) => S.
by rewrite mulmxBr mulmxBl.
Qed.

Lemma moment_map_add X Y : T (X + Y) = T X + T Y.
Proof.
rewrite /moment_map -EM_add; apply: eq_EM => t; move: (shrink t) => S.
by rewrite mulmxDr mulmxDl.
Qed.

Lemma moment_map_scale c X : T (c *: X) = c *: T X.
Proof.
by rewrite /moment_map -EM_scale; apply: eq_EM => t; rewrite -scalemxAr -scalemxAl.
Qed.

Lemma EM_exchange (U : finType) (Q : dist R U) a b (X : U -> outcome s -> 'M[R]_(a, b)) :
  EM Q (fun u => EM (law s) (X u)) = EM (law s) (fun t => EM Q (fun u => X u t)).
Proof.
rewrite /EM; transitivity (\sum_u \sum_t law s t *: (Q u *: X u t)).
  by apply: eq_bigr => u _; rewrite scaler_sumr; apply: eq_bigr => t _; rewrite !scalerA mulrC.
by rewrite exchange_big; apply: eq_bigr => t _; rewrite scaler_sumr.
Qed.

Lemma EM_cross (U : finType) (Q : dist R U) (F : U -> 'cV[R]_d) :
  EM Q (fun u => cross (F u)) = cross (EM Q F).
Proof.
by rewrite /cross EM_exchange; apply: eq_EM => t; rewrite EM_scale EM_mulr EM_mull.
Qed.

Lemma EM_moment_map (U : finType) (Q : dist R U) (F : U -> 'M[R]_d) :
  EM Q (fun u => T (F u)) = T (EM Q F).
Proof. by rewrite /moment_map EM_exchange; apply: eq_EM => t; rewrite EM_mulr EM_mull. Qed.

Lemma cross0 : cross 0 = 0.
Proof. by apply: EM_cst_on => t; rewrite mulmx0 mul0mx scaler0. Qed.

Lemma iter_mul0 k (A : 'M[R]_d) : iter k (mulmx A) 0 = 0 :> 'cV_d.
Proof. by elim: k => [|k IH] //=; rewrite IH mulmx0. Qed.

(** ** The fixed point *)

Definition fixed_moment Y : Prop := Y = T Y + gamma ^+ 2 *: residual_moment.

Theorem from_mean Y k : fixed_moment Y -> deviation k m = Y - iter k T Y.
Proof.
move=> fixed; elim: k => [|k IH]; first by rewrite /deviation /= subrr mul0mx subrr.
rewrite deviation_round mean_deviation subrr iter_mul0 cross0 trmx0 !addr0 IH moment_map_sub /=.
by rewrite addrAC -fixed.
Qed.

Theorem stationary (U : finType) (Q : dist R U) (start : U -> 'cV[R]_d) Y k :
  EM Q start = m -> EM Q (fun u => (start u - m) *m (start u - m)^T) = Y -> fixed_moment Y ->
  EM Q (fun u => mean_at p s gamma (start u) k) = m /\ EM Q (fun u => deviation k (start u)) = Y.
Proof.
move=> mean_start second_start fixed.
have mean_after j : EM Q (fun u => mean_at p s gamma (start u) j - m) = 0.
  rewrite (eq_EM _ (fun u => mean_deviation j (start u))).
  elim: j => [|j IH] /=; first by rewrite EM_sub EM_cst mean_start subrr.
  by rewrite EM_mull IH mulmx0.
split; first by apply/eqP; rewrite -subr_eq0 -(EM_cst Q m) -EM_sub mean_after.
elim: k => [|k IH]; first exact: second_start.
rewrite (eq_EM _ (fun u => deviation_round k (start u))) !EM_add EM_tr EM_cross EM_moment_map IH.
by rewrite mean_after cross0 trmx0 !addr0 EM_cst -fixed.
Qed.

Lemma moment_map_one X : (forall t, B p t = 1%:M) -> T X = (1 - gamma) ^+ 2 *: X.
Proof.
move=> one; apply: EM_cst_on => t; rewrite /Stability.shrink one scalemx1 -raddfB /=.
by rewrite mul_scalar_mx mul_mx_scalar scalerA expr2.
Qed.

Theorem neighbourhood_one : (forall t, B p t = 1%:M) -> gamma != 2%:R ->
  fixed_moment ((gamma / (2%:R - gamma)) *: cov_v p s).
Proof.
move=> one gamma2; have EB1 : EB p s = 1%:M by exact: EM_cst_on.
rewrite /fixed_moment.
have -> : residual_moment = cov_v p s.
  by apply: eq_EM => t; rewrite /residual one -mean_kept EB1 !mul1mx.
rewrite moment_map_one // scalerA -scalerDl; congr (_ *: _); field.
by rewrite subr_eq0 eq_sym.
Qed.

End Deviation.

(** ** The limit *)

(** |2 g a b| <= tau a^2 + g^2 b^2 / tau *)
Lemma young_numbers (R : realFieldType) (tau g a b : R) : 0 < tau ->
  `|2%:R * (g * (a * b))| <= tau * a ^+ 2 + tau^-1 * (g ^+ 2 * b ^+ 2).
Proof.
move=> tau0; have tau1 : tau != 0 by rewrite gt_eqF.
rewrite ler_norml; apply/andP; split; rewrite -subr_ge0.
  rewrite (_ : _ - _ = tau^-1 * (tau * a + g * b) ^+ 2); last by field.
  by rewrite mulr_ge0 ?sqr_ge0 // invr_ge0 ltW.
rewrite (_ : _ - _ = tau^-1 * (tau * a - g * b) ^+ 2); last by field.
by rewrite mulr_ge0 ?sqr_ge0 // invr_ge0 ltW.
Qed.

Section Limit.

Variables (R : archiFieldType) (n d : nat) (p : problem R n d) (s : sketch R n d) (gamma : R).
Variables (P : 'M[R]_d) (rho : R).
Hypothesis P_sym : symm P.
Hypothesis P_pd : pd P.
Hypothesis rho_ge0 : 0 <= rho.
Hypothesis rho_lt1 : rho < 1.
Hypothesis certificate : loewner (moment_map p s gamma P) (rho *: P).
Implicit Types (t : outcome s) (x y u e : 'cV[R]_d) (M Y : 'M[R]_d) (a : R).

Notation T := (moment_map p s gamma).
Notation shrink := (shrink p gamma).

Let psdP : psd P. Proof. exact: pd_psd P_pd. Qed.

(** ||E[I - gamma B] e||_P^2 <= rho ||e||_P^2 *)
Lemma mean_contracts k e : quad P (iter k (mulmx (EM (law s) shrink)) e) <= rho ^+ k * quad P e.
Proof.
elim: k => [|k IH] /=; first by rewrite expr0 mul1r.
set y := iter k _ e in IH *; rewrite -EM_mulr.
apply: (le_trans (jensen P_sym psdP (law s) (fun t => shrink t *m y))).
rewrite -quad_moment_map; apply: (le_trans (certificate y)).
by rewrite quad_scalem exprS -mulrA ler_wpmul2l.
Qed.

(** Every bilinear form is bounded by that of P. *)
Lemma bounded_form M : exists2 a, 0 <= a & forall x y, inner M x y <= a * (quad P x + quad P y).
Proof.
have [mu mu0 low] := pd_margin P_sym P_pd.
pose c := \sum_i \sum_j `|M i j|.
have c0 : 0 <= c by apply: sumr_ge0 => i _; apply: sumr_ge0.
exists (c / mu); first by rewrite divr_ge0 ?(ltW mu0).
move=> x y; apply: (@le_trans _ _ (c * (quad 1%:M x + quad 1%:M y))); last first.
  rewrite -mulrA ler_wpmul2l // mulrC ler_pdivl_mulr // mulrDl ler_add //;
    by rewrite mulrC -quad_scalem; exact: low.
have sqr_le (z : 'cV[R]_d) j : z j 0 ^+ 2 <= quad 1%:M z.
  by rewrite quad1_norm /norm_sq (bigD1 j) //= ler_addl; apply: sumr_ge0 => l _; exact: sqr_ge0.
have -> : inner M x y = \sum_i \sum_j x i 0 * M i j * y j 0.
  rewrite /inner mxE exchange_big; apply: eq_bigr => j _.
  by rewrite mxE mulr_suml; apply: eq_bigr => i _; rewrite mxE.
rewrite /c mulr_suml; apply: ler_sum => i _; rewrite mulr_suml; apply: ler_sum => j _.
apply: (le_trans (ler_norm _)); rewrite !normrM mulrAC mulrC ler_wpmul2l //.
apply: (@le_trans _ _ (x i 0 ^+ 2 + y j 0 ^+ 2)); last by rewrite ler_add.
rewrite -[x i 0 ^+ 2]real_normK ?num_real // -[y j 0 ^+ 2]real_normK ?num_real //.
move: `|x i 0| `|y j 0| (normr_ge0 (x i 0)) (normr_ge0 (y j 0)) => a b a0 b0.
rewrite -subr_ge0 (_ : _ - _ = (a - b) ^+ 2 + a * b); last by ring.
by rewrite addr_ge0 ?sqr_ge0 ?mulr_ge0.
Qed.

Lemma iter_shrinks M : exists2 a, 0 <= a &
  forall k x y, inner (iter k T M) x y <= rho ^+ k * (a * (quad P x + quad P y)).
Proof.
have [a a0 bound] := bounded_form M; exists a => //.
elim=> [|k IH] x y; first by rewrite expr0 mul1r.
have -> : inner (iter k.+1 T M) x y =
    E (law s) (fun t => inner (iter k T M) (shrink t *m x) (shrink t *m y)).
  rewrite /= -E_inner; apply: eq_E => t.
  by rewrite inner_mull inner_mulr shrink_sym.
apply: (le_trans (E_le _ (fun t => IH _ _))); rewrite !E_scale E_add -!quad_moment_map.
rewrite exprSr -mulrA ler_wpmul2l ?exprn_ge0 // mulrCA ler_wpmul2l // mulrDr ler_add //;
  by rewrite -quad_scalem; exact: certificate.
Qed.

(** T^k(M) -> 0 in each entry. *)
Lemma iter_vanishes M i j eps : 0 < eps ->
  exists N, forall k, (N <= k)%N -> `|iter k T M i j| < eps.
Proof.
move=> eps0; have [a a0 bound] := iter_shrinks M.
pose c := a * (quad P (delta_mx i 0) + quad P (delta_mx j 0)).
have c0 : 0 <= c by rewrite mulr_ge0 ?addr_ge0.
have ratio0 : 0 < eps / (c + 1) by rewrite divr_gt0 // ltr_paddl ?ltr01.
have [N small] := geometric_limit rho_ge0 rho_lt1 ratio0; exists N => k /small.
rewrite ltr_pdivl_mulr ?ltr_paddl ?ltr01 //; apply: le_lt_trans.
have entry : inner (iter k T M) (delta_mx i 0) (delta_mx j 0) = iter k T M i j.
  by rewrite /inner trmx_delta -rowE -colE !mxE.
apply: (@le_trans _ _ (rho ^+ k * c)); last first.
  by rewrite ler_wpmul2l ?exprn_ge0 // ler_addl ler01.
rewrite -entry ler_norml bound andbT ler_oppl -innerNl.
by apply: (le_trans (bound _ _ _)); rewrite quadN.
Qed.

(** T has no fixed point but 0. *)
Lemma moment_map_fixed M : T M = M -> M = 0.
Proof.
move=> fixed; have iter_M k : iter k T M = M by elim: k => //= k ->.
apply/matrixP => i j; rewrite [RHS]mxE; apply/eqP; rewrite -normr_eq0 eq_le normr_ge0 andbT.
rewrite leNgt; apply/negP => /(iter_vanishes M i j)[N /(_ N (leqnn N))].
by rewrite iter_M ltxx.
Qed.

Variable m : 'cV[R]_d.
Hypothesis mean_kept : EB p s *m m = Ev p s.

Theorem neighbourhood_unique Y Z :
  fixed_moment p s gamma m Y -> fixed_moment p s gamma m Z -> Y = Z.
Proof.
move=> fixY fixZ; apply/eqP; rewrite -subr_eq0; apply/eqP/moment_map_fixed.
by rewrite moment_map_sub {2}fixY {2}fixZ opprD addrACA subrr addr0.
Qed.

Notation D := (deviation p s gamma m).

(** E[(x_k - m)(x_k - m)'] - Y is within a P. *)
Definition within Y k x a : Prop := forall u, `|quad (D k x - Y) u| <= a * quad P u.

Lemma within_le Y k x a b : a <= b -> within Y k x a -> within Y k x b.
Proof. by move=> ab w u; apply: (le_trans (w u)); rewrite ler_wpmul2r. Qed.

Lemma within_some Y k x : exists2 a, 0 <= a & within Y k x a.
Proof.
have [a a0 bound] := bounded_form (D k x - Y); exists (2%:R * a); first by rewrite mulr_ge0 ?ler0n.
move=> u; rewrite -mulrA mulrCA mulr_natl mulr2n ler_norml; apply/andP; split; last exact: bound.
by rewrite ler_oppl -innerNl; apply: (le_trans (bound _ _)); rewrite quadN.
Qed.

(** What the mean's distance to m adds in a round, by Young's inequality. *)
Lemma cross_small delta x : 0 < delta -> exists N, forall k, (N <= k)%N ->
  let c := cross p s gamma m (mean_at p s gamma x k - m) in
  forall u, `|quad (c + c^T) u| <= delta * quad P u.
Proof.
move=> delta0; have [mu mu0 low] := pd_margin P_sym P_pd.
pose N := residual_moment p s m; have [nu nu0 upN] := bounded_form N.
pose beta := gamma ^+ 2 * (2%:R * nu).
have beta0 : 0 <= beta by rewrite mulr_ge0 ?sqr_ge0 // mulr_ge0 ?ler0n.
pose tau := 2%:R * beta / delta + 1.
have tau0 : 0 < tau.
  apply: ltr_paddl ltr01; apply: divr_ge0; last exact: ltW.
  by rewrite mulr_ge0 ?ler0n.
pose kappa := tau * (mu^-1 * (mu^-1 * quad P (x - m))).
have kappa0 : 0 <= kappa by rewrite !mulr_ge0 ?invr_ge0 ?(ltW tau0) ?(ltW mu0) ?psdP.
have half0 : 0 < delta / 2%:R / (kappa + 1).
  by rewrite !divr_gt0 ?ltr0n // ltr_paddl ?ltr01.
have [K small] := geometric_limit rho_ge0 rho_lt1 half0; exists K => k Kk c u.
set e := mean_at p s gamma x k - m.
have eP : quad P e <= rho ^+ k * quad P (x - m).
  by rewrite /e (mean_deviation gamma mean_kept); exact: mean_contracts.
pose w t := residual p m t.
have quad_c : quad (c + c^T) u =
    E (law s) (fun t => 2%:R * (gamma * (dot u (shrink t *m e) * dot u (w t)))).
  rewrite quad_addm quad_tr -mulr2n -[LHS]mulr_natl E_scale -E_quad; congr (_ * _).
  by apply: eq_E => t; rewrite quad_scalem quad_outer.
have young_t t : `|2%:R * (gamma * (dot u (shrink t *m e) * dot u (w t)))| <=
    tau * dot u (shrink t *m e) ^+ 2 + tau^-1 * (gamma ^+ 2 * dot u (w t) ^+ 2).
  exact: young_numbers.
have square_e t : dot u (shrink t *m e) ^+ 2 <=
    mu^-1 * quad P (shrink t *m u) * (mu^-1 * quad P e).
  have -> : dot u (shrink t *m e) = inner 1%:M (shrink t *m u) e.
    by rewrite -inner_dot inner_mull mulmx1 shrink_sym.
  apply: (le_trans (cauchy_schwarz _ _ (symm1 R d) (@pd1 R d))).
  have le_P (z : 'cV[R]_d) : quad 1%:M z <= mu^-1 * quad P z.
    by rewrite ler_pdivl_mull // -quad_scalem; exact: low.
  by rewrite ler_pmul ?quad1_ge0.
rewrite quad_c.
apply: (@le_trans _ _ (E (law s) (fun t => tau * (mu^-1 * quad P (shrink t *m u) *
    (mu^-1 * quad P e)) + tau^-1 * (gamma ^+ 2 * dot u (w t) ^+ 2)))).
  have bound t := le_trans (young_t t) (ler_add (ler_wpmul2l (ltW tau0) (square_e t)) (lexx _)).
  rewrite ler_norml; apply/andP; split; last first.
    by apply: E_le => t; apply: le_trans (bound t); exact: ler_norm.
  rewrite ler_oppl -E_opp; apply: E_le => t; apply: le_trans (bound t).
  by rewrite -normrN; exact: ler_norm.
have noise : E (law s) (fun t => dot u (w t) ^+ 2) = quad N u.
  by rewrite -E_quad; apply: eq_E => t; rewrite quad_outer expr2.
rewrite E_add !E_scale noise.
have -> : E (law s) (fun t => mu^-1 * quad P (shrink t *m u) * (mu^-1 * quad P e)) =
    mu^-1 * quad (T P) u * (mu^-1 * quad P e).
  rewrite quad_moment_map mulrAC -E_scale; apply: eq_E => t; exact: mulrAC.
have rate : quad (T P) u <= quad P u.
  apply: (le_trans (certificate u)); rewrite quad_scalem; apply: ler_pimull; last exact: ltW.
  exact: psdP.
apply: (@le_trans _ _ (delta / 2%:R * quad P u + delta / 2%:R * quad P u)); last first.
  by rewrite -mulrDl -splitr.
apply: ler_add; last first.
  have upper : gamma ^+ 2 * quad N u <= beta * quad P u.
    rewrite /beta -[X in _ <= X]mulrA ler_wpmul2l ?sqr_ge0 // -mulrA.
    apply: (le_trans (upN u u)).
    by rewrite mulrCA [2%:R * _]mulr_natl mulr2n.
  rewrite ler_pdivr_mull //; apply: (le_trans upper); rewrite mulrA ler_wpmul2r //.
  rewrite /tau mulrDl mul1r; apply: ler_paddr; first by apply: divr_ge0 (ler0n _ _); exact: ltW.
  by rewrite le_eqVlt; apply/orP; left; apply/eqP; field; rewrite gt_eqF.
have mean_part : tau * (mu^-1 * quad (T P) u * (mu^-1 * quad P e)) <=
    rho ^+ k * kappa * quad P u.
  rewrite /kappa.
  have -> : rho ^+ k * (tau * (mu^-1 * (mu^-1 * quad P (x - m)))) * quad P u =
      tau * (mu^-1 * quad P u * (mu^-1 * (rho ^+ k * quad P (x - m)))) by ring.
  rewrite ler_pmul2l //; apply: ler_pmul; rewrite ?mulr_ge0 ?invr_ge0 ?(ltW mu0) //.
  - by rewrite quad_moment_map; apply: E_ge0 => t; exact: psdP.
  - by rewrite ler_pmul2l ?invr_gt0.
  - by rewrite ler_pmul2l ?invr_gt0.
apply: (le_trans mean_part); rewrite ler_wpmul2r //.
have := ltW (small k Kk); rewrite ler_pdivl_mulr ?ltr_paddl ?ltr01 //; apply: le_trans.
by rewrite ler_wpmul2l ?exprn_ge0 // ler_addl ler01.
Qed.

Section Converges.

Variable Y : 'M[R]_d.
Hypothesis fixed : fixed_moment p s gamma m Y.

Lemma within_round k x a delta :
  (forall u, let c := cross p s gamma m (mean_at p s gamma x k - m) in
     `|quad (c + c^T) u| <= delta * quad P u) ->
  0 <= a -> within Y k x a -> within Y k.+1 x (rho * a + delta).
Proof.
move=> small a0 w u; rewrite deviation_round.
set c := cross _ _ _ _ _ in small *; set N := gamma ^+ 2 *: _.
rewrite {1}fixed -/N (_ : _ - _ = T (D k x - Y) + (c + c^T)); last first.
  by rewrite moment_map_sub opprD addrACA subrr addr0 addrAC.
rewrite quad_addm mulrDl; apply: (le_trans (ler_norm_add _ _)); apply: ler_add (small u).
rewrite quad_moment_map; apply: (@le_trans _ _ (a * quad (T P) u)).
  rewrite quad_moment_map -E_scale ler_norml -E_opp; apply/andP; split; apply: E_le => t.
    by rewrite ler_oppl; apply: le_trans (w _); rewrite -normrN; exact: ler_norm.
  by apply: le_trans (w _); exact: ler_norm.
by rewrite [rho * a]mulrC -[X in _ <= X]mulrA ler_wpmul2l // -quad_scalem; exact: certificate.
Qed.

Theorem neighbourhood x eps : 0 < eps -> exists N, forall k, (N <= k)%N -> within Y k x eps.
Proof.
move=> eps0; have half0 : 0 < eps / 2%:R by rewrite divr_gt0 ?ltr0n.
have gap0 : 0 < 1 - rho by rewrite subr_gt0.
pose delta := eps / 2%:R * (1 - rho); have delta0 : 0 < delta by rewrite mulr_gt0.
have [K small] := cross_small x delta0; have [a a0 start] := within_some Y K x.
have later j : within Y (K + j) x (rho ^+ j * a + eps / 2%:R).
  elim: j => [|j IH].
    by rewrite addn0 expr0 mul1r; apply: within_le start; rewrite ler_addl ltW.
  have b0 : 0 <= rho ^+ j * a + eps / 2%:R.
    by rewrite addr_ge0 ?(ltW half0) // mulr_ge0 ?exprn_ge0.
  have := within_round (small (K + j)%N (leq_addr j K)) b0 IH; rewrite -addnS.
  apply: within_le; rewrite /delta exprS le_eqVlt; apply/orP; left; apply/eqP.
  by move: (rho ^+ j) (eps / 2%:R) => r e; ring.
have ratio0 : 0 < eps / 2%:R / (a + 1) by rewrite divr_gt0 // ltr_paddl ?ltr01.
have [J tail] := geometric_limit rho_ge0 rho_lt1 ratio0.
exists (K + J)%N => k kN; have Kk : (K <= k)%N by apply: leq_trans kN; exact: leq_addr.
have := later (k - K)%N; rewrite subnKC //; apply: within_le.
rewrite [X in _ <= X]splitr ler_add2r.
have := ltW (tail (k - K)%N _); rewrite leq_subRL // => /(_ kN).
rewrite ler_pdivl_mulr ?ltr_paddl ?ltr01 //; apply: le_trans.
by rewrite ler_wpmul2l ?exprn_ge0 // ler_addl ler01.
Qed.

Lemma fixed_moment_sym : symm Y.
Proof.
apply: neighbourhood_unique fixed; rewrite /fixed_moment {1}fixed linearD /= linearZ /=.
congr (_ + _ *: _).
  by rewrite -EM_tr; apply: eq_EM => t; rewrite !tr_mul shrink_sym mulmxA.
by rewrite -EM_tr; apply: eq_EM => t; rewrite tr_mul trmxK.
Qed.

(** In each entry. *)
Corollary neighbourhood_entry x i j eps : 0 < eps ->
  exists N, forall k, (N <= k)%N -> `|D k x i j - Y i j| < eps.
Proof.
move=> eps0; pose up : 'cV[R]_d := delta_mx i 0 + delta_mx j 0.
pose um : 'cV[R]_d := delta_mx i 0 - delta_mx j 0.
pose c := quad P up + quad P um; have c0 : 0 <= c by rewrite addr_ge0.
have ratio0 : 0 < eps / (c + 1) by rewrite divr_gt0 // ltr_paddl ?ltr01.
have [N close] := neighbourhood x ratio0; exists N => k /close w.
have symD : symm (D k x - Y).
  rewrite /symm linearB /= fixed_moment_sym /deviation -mwalk_tr; congr (_ - _).
  by apply: eq_mwalk => y; rewrite tr_mul trmxK.
have entry : inner (D k x - Y) (delta_mx i 0) (delta_mx j 0) = D k x i j - Y i j.
  by rewrite /inner trmx_delta -rowE -colE !mxE.
have four : 4%:R * (D k x i j - Y i j) = quad (D k x - Y) up - quad (D k x - Y) um.
  by rewrite quadD // quadB // entry; ring.
have quarter : `|4%:R * (D k x i j - Y i j)| <= eps / (c + 1) * c.
  rewrite four mulrDr; apply: (le_trans (ler_norm_sub _ _)); exact: ler_add.
have le_eps : eps / (c + 1) * c < eps * 4%:R.
  rewrite mulrAC ltr_pdivr_mulr ?ltr_paddl ?ltr01 // -mulrA ltr_pmul2l //.
  rewrite (_ : 4%:R * (c + 1) = c + (3%:R * c + 4%:R)); last by ring.
  by rewrite ltr_addl ltr_paddl ?mulr_ge0 ?ltr0n ?ler0n.
have := le_lt_trans quarter le_eps; rewrite normrM (ger0_norm (ler0n _ _)) mulrC.
by rewrite ltr_pmul2r ?ltr0n.
Qed.

Theorem neighbourhood_psd : psd Y.
Proof.
move=> u; rewrite leNgt; apply/negP => neg; have eps0 : 0 < - quad Y u / (quad P u + 1).
  by rewrite divr_gt0 ?oppr_gt0 // ltr_paddl ?ltr01.
have [N close] := neighbourhood m eps0; have w := close N (leqnn N) u.
have D0 : 0 <= quad (D N m) u.
  by rewrite quad_mwalk; apply: walk_ge0 => y; rewrite quad_outer -expr2 sqr_ge0.
move: w; rewrite leNgt => /negP; apply; rewrite quad_subm mulrAC ltr_pdivr_mulr; last first.
  by rewrite ltr_paddl ?ltr01.
set y := quad Y u in neg *; set r := quad P u; have r0 : 0 <= r by exact: psdP.
rewrite ger0_norm; last by rewrite subr_ge0 (le_trans (ltW neg)).
rewrite mulrBl -subr_gt0 (_ : _ - _ = quad (D N m) u * (r + 1) - y); last by ring.
by rewrite subr_gt0 (lt_le_trans neg) // mulr_ge0 // addr_ge0 ?ler01.
Qed.

End Converges.

(** ** Existence *)

Definition fixed_defect Y : 'M[R]_d := Y - T Y.

Fact fixed_defect_linear : linear fixed_defect.
Proof.
move=> c Y Z; rewrite /fixed_defect (_ : T (c *: Y + Z) = c *: T Y + T Z); last first.
  by rewrite moment_map_add moment_map_scale.
by rewrite scalerBr opprD addrACA.
Qed.

Theorem neighbourhood_exists : exists Y, fixed_moment p s gamma m Y.
Proof.
pose A := lin_mx (Linear fixed_defect_linear).
have unitA : A \in unitmx.
  rewrite -row_free_unit -kermx_eq0; apply/rowV0P => w /sub_kermxP wA.
  have : fixed_defect (vec_mx w) = 0.
    apply: (can_inj mxvecK); rewrite linear0 -wA.
    by rewrite -(mul_vec_lin (Linear fixed_defect_linear)) vec_mxK.
  move=> /eqP; rewrite subr_eq0 => /eqP/esym/moment_map_fixed w0.
  by rewrite -[w]vec_mxK w0 linear0.
pose N := gamma ^+ 2 *: residual_moment p s m.
pose Y := vec_mx (mxvec N *m invmx A); exists Y.
have defect : fixed_defect Y = N.
  by apply: (can_inj mxvecK); rewrite -(mul_vec_lin (Linear fixed_defect_linear)) vec_mxK mulmxKV.
by rewrite /fixed_moment -/N -defect addrC subrK.
Qed.

End Limit.

(** ** An instance: scaled Perm-1 on L = (I + J)/2, b_i = e_i, where B = I *)

Section Instance.

Variable R : realFieldType.

Notation p := (central R).
Notation s := (scaled_sketch (R := R) (n := 4) (d := 4) 1 (fun _ _ => 2%:R)).
Notation m := (x_inf p s).

(** A certificate at gamma = 1/2, and the stationary start x_0 = v at gamma = 1. *)
Theorem neighbourhood_instance :
  [/\ EB p s *m m = Ev p s, loewner (moment_map p s 2%:R^-1 1%:M) (4%:R^-1 *: 1%:M),
      fixed_moment p s 2%:R^-1 m (3%:R^-1 *: cov_v p s), fixed_moment p s 1 m (cov_v p s) &
      EM (law s) (v p (s := s)) = m /\
      EM (law s) (fun t => (v p t - m) *m (v p t - m)^T) = cov_v p s].
Proof.
have [_ one kept _] := scaled_instance R; split=> //.
- have quarter : (1 - 2%:R^-1) ^+ 2 = 4%:R^-1 :> R by field.
  by move=> u; rewrite moment_map_one // quarter.
- rewrite (_ : 3%:R^-1 = 2%:R^-1 / (2%:R - 2%:R^-1)); last by field.
  apply: neighbourhood_one => //; rewrite lt_eqF // (@lt_trans _ _ 1) ?ltr1n //.
  by rewrite invf_lt1 ?ltr1n ?ltr0n.
have two : (1 : R) != 2%:R by rewrite lt_eqF ?ltr1n.
have := neighbourhood_one kept one two.
by rewrite (_ : 1 / (2%:R - 1) = 1) ?scale1r //; field.
Qed.

End Instance.
