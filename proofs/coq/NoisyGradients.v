(** * Noisy gradients, for every sketch (N10)

    Worker i uses C_i (grad f_i(C_i x) + xi_i): the xi_i have mean zero and covariance Sigma_i, are
    uncorrelated between workers and independent of the sketches and between rounds. Of their law,
    finite as all laws here, nothing else matters. All that is known without noise then holds with
    one matrix more, N = (1/n^2) sum E[C_i Sigma_i C_i].

    - [noisy_mean]: E x_k is that without noise.
    - [noisy_second_round]: E (x_k - m)(x_k - m)' obeys the recursion without noise and gains
      gamma^2 N in each round (m = 0: E x_k x_k'), so that after k rounds it exceeds the one without
      noise by gamma^2 sum_{j<k} T^j(N) ([noisy_excess]), T as in Stability.v.
    - [noisy_neighbourhood]: if Y = T(Y) + gamma^2 (N_w + N), with N_w the moment of the residual
      (Neighbourhood.v), then Y is the limit, in each entry, if some P ≻ 0 certifies a rate below 1.
    - [noise_block], [noise_perm], [noise_perm1], [noise_scaled], [noise_rand], [noise_identity]: N
      for each sketch; for Perm-1 it is the diagonal of the mean of the Sigma_i. *)

From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From Ist Require Import Probability TwoDraws Quadratic Problem Theorem1 FisherYates.
From Ist Require Import UniformPermutation Mask PermSketch RandSketch Dynamics.
From Ist Require Import LinearMoment Stability Neighbourhood.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Noise.

Variables (R : realFieldType) (n d : nat) (p : problem R n d) (s : sketch R n d) (gamma : R).
Variables (U : finType) (Q : dist R U) (xi : U -> 'I_n -> 'cV[R]_d) (Sigma : 'I_n -> 'M[R]_d).
Hypothesis noise_mean : forall i, EM Q (fun u => xi u i) = 0.
Hypothesis noise_cov : forall i k,
  EM Q (fun u => xi u i *m (xi u k)^T) = if i == k then Sigma i else 0.

Implicit Types (x y c m : 'cV[R]_d) (A Y : 'M[R]_d).

Notation outcome := (outcome s).
Notation T := (moment_map p s gamma).

Definition noisy_law : dist R [finType of outcome * U] := product (law s) Q.

Definition noisy_estimator (tu : outcome * U) x : 'cV[R]_d :=
  mean (fun i => C tu.1 i *m (grad_worker p i (C tu.1 i *m x) + xi tu.2 i)).

Definition noisy_round x tu : 'cV[R]_d := x - gamma *: noisy_estimator tu x.

(** E F(x_K) *)
Definition noisy_after K (F : 'cV[R]_d -> R) x : R := walk noisy_law noisy_round K F x.

(** N *)
Definition noise_moment : 'M[R]_d :=
  n%:R^-1 *: mean (fun i => EM (law s) (fun t => C t i *m Sigma i *m C t i)).

(** What the noise adds to the estimator. *)
Definition kick (t : outcome) u : 'cV[R]_d := mean (fun i => C t i *m xi u i).

Lemma noisy_roundE x t u : noisy_round x (t, u) = round p gamma x t - gamma *: kick t u.
Proof.
rewrite /noisy_round /noisy_estimator /round /estimator /kick /= -addrA -opprD -scalerDr.
congr (_ - _ *: _); rewrite /mean -scalerDr -big_split; congr (_ *: _).
by apply: eq_bigr => i _; rewrite mulmxDr.
Qed.

Lemma E_kick t : EM Q (kick t) = 0.
Proof.
rewrite EM_mean /mean big1 ?scaler0 // => i _.
by rewrite EM_mull noise_mean mulmx0.
Qed.

Lemma E_kick_outer t : EM Q (fun u => kick t u *m (kick t u)^T) =
  n%:R^-1 *: mean (fun i => C t i *m Sigma i *m C t i).
Proof.
have outer u : kick t u *m (kick t u)^T = n%:R^-1 *: (n%:R^-1 *: \sum_i \sum_k
    (C t i *m (xi u i *m (xi u k)^T) *m C t k)).
  rewrite /kick /mean linearZ /= -scalemxAl -scalemxAr linear_sum mulmx_suml /=.
  congr (_ *: (_ *: _)); apply: eq_bigr => i _; rewrite mulmx_sumr; apply: eq_bigr => k _.
  by rewrite tr_mul C_sym !mulmxA.
rewrite (eq_EM _ outer) !EM_scale EM_sum; congr (_ *: (_ *: _)); apply: eq_bigr => i _.
rewrite EM_sum (bigD1 i) //= big1 ?addr0 => [|k ki]; rewrite EM_mulr EM_mull noise_cov ?eqxx //.
by rewrite eq_sym (negbTE ki) mulmx0 mul0mx.
Qed.

Lemma noise_momentE : noise_moment = EM (law s) (fun t => EM Q (fun u => kick t u *m (kick t u)^T)).
Proof. by rewrite (eq_EM _ E_kick_outer) EM_scale EM_mean. Qed.

(** ** Means *)

Definition noisy_mean_at k x : 'cV[R]_d := mwalk noisy_law noisy_round k id x.

Lemma E_noisy_round x :
  EM noisy_law (noisy_round x) = EM (law s) (fun t => round p gamma x t).
Proof.
rewrite EM_product; apply: eq_EM => t; rewrite (eq_EM _ (noisy_roundE x t)).
by rewrite EM_sub EM_cst EM_scale E_kick scaler0 subr0.
Qed.

Theorem noisy_mean k x : noisy_mean_at k x = mean_at p s gamma x k.
Proof.
elim: k => [|k IH] //; rewrite mean_round /noisy_mean_at mwalkSr.
rewrite (eq_mwalk _ _ _ _ (fun y => etrans (E_noisy_round y) (E_round p s gamma y))).
by rewrite !mwalk_add mwalk_opp !mwalk_scale mwalk_mull mwalk_cst -/(noisy_mean_at k x) IH.
Qed.

(** ** Second moments *)

Section Second.

Variable m : 'cV[R]_d.

Notation outer y := ((y - m) *m (y - m)^T).
Notation D k x := (deviation p s gamma m k x).
Notation cross := (cross p s gamma m).

Definition noisy_deviation k x : 'M[R]_d := mwalk noisy_law noisy_round k (fun y => outer y) x.

Lemma noisy_one x : EM noisy_law (fun tu => outer (noisy_round x tu)) =
  EM (law s) (fun t => outer (round p gamma x t)) + gamma ^+ 2 *: noise_moment.
Proof.
rewrite EM_product noise_momentE -EM_scale -EM_add; apply: eq_EM => t.
set y := round p gamma x t - m.
have split u : outer (noisy_round x (t, u)) = y *m y^T - gamma *: (y *m (kick t u)^T) -
    gamma *: (kick t u *m y^T) + gamma ^+ 2 *: (kick t u *m (kick t u)^T).
  rewrite noisy_roundE addrAC -/y; move: (kick t u) y => w z; apply/matrixP => i j.
  have addE (Y Z : 'M[R]_d) k l : (Y + Z) k l = Y k l + Z k l by rewrite mxE.
  have oppE (Y : 'M[R]_d) k l : (- Y) k l = - Y k l by rewrite mxE.
  have scaleE a (Y : 'M[R]_d) k l : (a *: Y) k l = a * Y k l by rewrite mxE.
  have colE k : (z - gamma *: w) k 0 = z k 0 - gamma * w k 0 by rewrite !mxE.
  rewrite !(addE, oppE, scaleE) !outerE !colE.
  by move: (z i 0) (z j 0) (w i 0) (w j 0) => zi zj wi wj; ring.
rewrite (eq_EM _ split) EM_add !EM_sub EM_cst !EM_scale EM_mull EM_mulr EM_tr E_kick.
by rewrite trmx0 mulmx0 mul0mx !scaler0 !subr0.
Qed.

Theorem noisy_second_round k x : let c := cross (mean_at p s gamma x k - m) in
  noisy_deviation k.+1 x = T (noisy_deviation k x) + (c + c^T) +
    gamma ^+ 2 *: residual_moment p s m + gamma ^+ 2 *: noise_moment.
Proof.
move=> c; rewrite /noisy_deviation mwalkSr.
have one y := etrans (noisy_one y) (congr1 (+%R^~ _) (deviation_one p s gamma m y)).
rewrite (eq_mwalk _ _ _ _ one).
rewrite !mwalk_add !mwalk_cst mwalk_tr; congr (_ + _ + _ + _).
  by rewrite /moment_map mwalk_EM; apply: eq_EM => t; rewrite mwalk_mulr mwalk_mull.
have -> : mwalk noisy_law noisy_round k (fun y => cross (y - m)) x = c.
  rewrite /c /Neighbourhood.cross mwalk_EM; apply: eq_EM => t.
  rewrite mwalk_scale mwalk_mulr mwalk_mull mwalk_add mwalk_cst.
  by rewrite -/(noisy_mean_at k x) noisy_mean.
by [].
Qed.

Lemma iter_map_sum k Y : T (\sum_(j < k) iter j T Y) + Y = \sum_(j < k.+1) iter j T Y.
Proof.
rewrite big_ord_recl addrC /=; congr (_ + _); elim: k => [|k IH].
  by rewrite !big_ord0; apply: EM_cst_on => t; rewrite mulmx0 mul0mx.
by rewrite !big_ord_recr /= -IH moment_map_add.
Qed.

Theorem noisy_excess k x :
  noisy_deviation k x = D k x + gamma ^+ 2 *: \sum_(j < k) iter j T noise_moment.
Proof.
elim: k => [|k IH]; first by rewrite big_ord0 scaler0 addr0.
rewrite noisy_second_round deviation_round IH moment_map_add moment_map_scale -iter_map_sum.
by rewrite scalerDr -!addrA; congr (_ + _); do 2 (rewrite addrCA; congr (_ + _)); rewrite addrCA.
Qed.

(** With noise, a fixed moment has N beside the moment of the residual. *)
Definition noisy_fixed Y : Prop := Y = T Y + gamma ^+ 2 *: (residual_moment p s m + noise_moment).

Lemma sum_iter k Z : Z = T Z + gamma ^+ 2 *: noise_moment ->
  gamma ^+ 2 *: (\sum_(j < k) iter j T noise_moment) = Z - iter k T Z.
Proof.
move=> fixZ; elim: k => [|k IH]; first by rewrite big_ord0 scaler0 subrr.
rewrite -iter_map_sum scalerDr -moment_map_scale IH moment_map_sub /= addrAC.
by congr (_ - _); rewrite [RHS]fixZ.
Qed.

End Second.

End Noise.

(** ** The neighbourhood *)

Section Limit.

Variables (R : archiFieldType) (n d : nat) (p : problem R n d) (s : sketch R n d) (gamma : R).
Variables (U : finType) (Q : dist R U) (xi : U -> 'I_n -> 'cV[R]_d) (Sigma : 'I_n -> 'M[R]_d).
Hypothesis noise_mean : forall i, EM Q (fun u => xi u i) = 0.
Hypothesis noise_cov : forall i k,
  EM Q (fun u => xi u i *m (xi u k)^T) = if i == k then Sigma i else 0.

Variables (P : 'M[R]_d) (rho : R) (m : 'cV[R]_d) (Y : 'M[R]_d).
Hypothesis P_sym : symm P.
Hypothesis P_pd : pd P.
Hypothesis rho_ge0 : 0 <= rho.
Hypothesis rho_lt1 : rho < 1.
Hypothesis certificate : loewner (moment_map p s gamma P) (rho *: P).
Hypothesis mean_kept : EB p s *m m = Ev p s.
Hypothesis fixed : noisy_fixed p s gamma Sigma m Y.

Theorem noisy_neighbourhood x i j eps : 0 < eps -> exists N, forall k, (N <= k)%N ->
  `|noisy_deviation p s gamma Q xi m k x i j - Y i j| < eps.
Proof.
move=> eps0; have half0 : 0 < eps / 2%:R by rewrite divr_gt0 ?ltr0n.
have [Y0 fix0] := neighbourhood_exists P_sym P_pd rho_ge0 rho_lt1 certificate m.
pose Z := Y - Y0.
have fixZ : Z = moment_map p s gamma Z + gamma ^+ 2 *: noise_moment s Sigma.
  rewrite /Z moment_map_sub {1}fixed {1}fix0 scalerDr opprD addrACA; congr (_ + _).
  by rewrite addrAC subrr add0r.
have [N1 close] :=
  neighbourhood_entry P_sym P_pd rho_ge0 rho_lt1 certificate mean_kept fix0 x i j half0.
have [N2 small] := iter_vanishes P_sym P_pd rho_ge0 rho_lt1 certificate Z i j half0.
exists (maxn N1 N2) => k; rewrite geq_max => /andP[/close near /small far].
rewrite (noisy_excess p s gamma noise_mean noise_cov m k x) (sum_iter k fixZ).
set D := deviation p s gamma m k x in near *; set F := iter k _ Z in far *.
have -> : (D + (Z - F)) i j - Y i j = (D i j - Y0 i j) - F i j.
  rewrite /Z; have addE (V W : 'M[R]_d) : (V + W) i j = V i j + W i j by rewrite mxE.
  have oppE (V : 'M[R]_d) : (- V) i j = - V i j by rewrite mxE.
  by rewrite !(addE, oppE); move: (D i j) (Y i j) (Y0 i j) (F i j) => a b c e; ring.
apply: (le_lt_trans (ler_norm_sub _ _)).
by rewrite [eps]splitr ltr_add.
Qed.

End Limit.

(** ** N for each sketch *)

Section Sketches.

Variables (R : realFieldType) (n d q : nat) (p : problem R n d) (Sigma : 'I_n -> 'M[R]_d).
Hypothesis q_gt0 : (0 < q)%N.

Notation spread M := (diag_part M + rho R d q *: (M - diag_part M)).

Lemma mean_spread c (F : 'I_n -> 'M[R]_d) :
  mean (fun i => c *: spread (F i)) = c *: spread (mean F).
Proof.
rewrite mean_scale; congr (_ *: _).
by rewrite diag_part_mean -mean_sub -mean_scale /mean -scalerDr -big_split.
Qed.

Section Blocks.

Hypothesis d_nq : d = (n * q)%N.

Theorem noise_block (a : 'I_n -> 'I_d -> R) : noise_moment (block_sketch q a) Sigma =
  let M := mean (fun i => diag_of (a i) *m Sigma i *m diag_of (a i)) in
  n%:R^-1 *: (n%:R^-1 *: spread M).
Proof.
rewrite /noise_moment /= -mean_spread; congr (_ *: _); apply: eq_mean => i.
by rewrite E_mask_sandwich (slot_probability p d_nq q_gt0) (card_slot d_nq q_gt0).
Qed.

Theorem noise_perm : noise_moment (perm_sketch R n d q) Sigma = spread (mean Sigma).
Proof.
have n0 : n%:R != 0 :> R by exact: n_neq0 p.
rewrite noise_block /=.
have -> : mean (fun i => diag_of (fun _ => n%:R) *m Sigma i *m diag_of (fun _ => n%:R)) =
    n%:R ^+ 2 *: mean Sigma.
  rewrite -mean_scale; apply: eq_mean => i; apply/matrixP => j l.
  by rewrite mul_diag_ofE diag_of_mulE mxE expr2 mulrAC.
have -> : spread (n%:R ^+ 2 *: mean Sigma) = n%:R ^+ 2 *: spread (mean Sigma).
  apply/matrixP => j l; rewrite !mxE; case: (j == l); rewrite ?mulr1n ?mulr0n; ring.
by rewrite !scalerA (_ : _ * _ = 1) ?scale1r //; field.
Qed.

(** In units of D_i^-1/2 Sigma_i D_i^-1/2 = Diag(a_i) Sigma_i Diag(a_i) / n. *)
Theorem noise_scaled (a : 'I_n -> 'I_d -> R) : noise_moment (scaled_sketch q a) Sigma =
  n%:R^-1 *: spread (mean (fun i => n%:R^-1 *: (diag_of (a i) *m Sigma i *m diag_of (a i)))).
Proof.
rewrite noise_block mean_scale /=; congr (_ *: _); set M := mean _.
apply/matrixP => j l; rewrite !mxE; case: (j == l); rewrite ?mulr1n ?mulr0n; ring.
Qed.

End Blocks.

Theorem noise_rand : (q <= d)%N -> noise_moment (rand_sketch R n d q) Sigma =
  n%:R^-1 *: ((d%:R / q%:R) *: spread (mean Sigma)).
Proof.
move=> qd; have q0 : q%:R != 0 :> R by rewrite pnatr_eq0 -lt0n.
have d0 : d%:R != 0 :> R by rewrite pnatr_eq0 -lt0n (leq_trans q_gt0).
rewrite /noise_moment -mean_spread; congr (_ *: _); apply: eq_mean => i; set c := d%:R / q%:R.
rewrite (EM_worker q i
  (fun s => mask (fun=> c) (kept d q) s *m Sigma i *m mask (fun=> c) (kept d q) s)).
rewrite E_mask_sandwich /= (card_kept qd) diag_of_cst -/(rho R d q).
have -> : c%:M *m Sigma i *m c%:M = c ^+ 2 *: Sigma i.
  by rewrite mul_scalar_mx mul_mx_scalar scalerA expr2.
apply/matrixP => j l; rewrite !mxE /c; case: (j == l); rewrite ?mulr1n ?mulr0n;
  by move: (rho R d q) (Sigma i j l) (d%:R : R) (q%:R : R) d0 q0 => r z e f e0 f0; field;
    rewrite e0 f0.
Qed.

Theorem noise_identity : noise_moment (identity R n d) Sigma = n%:R^-1 *: mean Sigma.
Proof.
rewrite /noise_moment; congr (_ *: _); apply: eq_mean => i.
by apply: EM_cst_on => t; rewrite mul1mx mulmx1.
Qed.

End Sketches.

Theorem noise_perm1 (R : realFieldType) d (p : problem R d d) (Sigma : 'I_d -> 'M[R]_d) :
  noise_moment (perm_sketch R d d 1) Sigma = diag_part (mean Sigma).
Proof.
by rewrite (noise_perm p) ?muln1 // (rho1 R d) scale0r addr0.
Qed.
