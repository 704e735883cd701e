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
      [noisy_fixed_one]: with B = I, Y = gamma / (2 - gamma) (N_w + N).
    - [noise_block], [noise_perm], [noise_perm1], [noise_scaled], [noise_rand], [noise_identity]: N
      for each sketch; for Perm-1 it is the diagonal of the mean of the Sigma_i.
    - With B = I, as in scaled Perm-1, sigma^2 + tr(Lbar N) stands where sigma^2 stood:
      [noisy_second_moment] (N3), [noisy_average_exact] (N1), [noisy_theorem2_sharp],
      [noisy_theorem2_reversed] (N2), [noisy_theorem2_printed] (Theorem 2). *)

From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From Ist Require Import Probability Quadratic Problem Theorem1 FisherYates UniformPermutation Mask.
From Ist Require Import PermSketch RandSketch Theorem2 Dynamics LinearMoment Instances Stability.
From Ist Require Import Neighbourhood.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(** ** Two independent draws *)

Section Product.

Variables (R : realFieldType) (T U : finType) (P : dist R T) (Q : dist R U).

Definition product_mass (tu : T * U) : R := P tu.1 * Q tu.2.

Lemma product_ge0 tu : 0 <= product_mass tu.
Proof. by rewrite mulr_ge0 ?mass_ge0. Qed.

Lemma product_sum : \sum_tu product_mass tu = 1.
Proof.
transitivity (\sum_t \sum_u P t * Q u); first by rewrite pair_big; exact: eq_bigr.
by rewrite -[RHS](mass_sum P); apply: eq_bigr => t _; rewrite -mulr_sumr mass_sum mulr1.
Qed.

Definition product : dist R [finType of T * U] := Dist product_ge0 product_sum.

Lemma E_product F : E product F = E P (fun t => E Q (fun u => F (t, u))).
Proof.
transitivity (\sum_t \sum_u P t * Q u * F (t, u)).
  by rewrite pair_big; apply: eq_bigr => -[t u].
by apply: eq_bigr => t _; rewrite mulr_sumr; apply: eq_bigr => u _; rewrite mulrA.
Qed.

Lemma EM_product m n (F : T * U -> 'M[R]_(m, n)) :
  EM product F = EM P (fun t => EM Q (fun u => F (t, u))).
Proof.
by apply/matrixP => i j; rewrite !EM_entry E_product; apply: eq_E => t; rewrite EM_entry.
Qed.

End Product.

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

(** ** N1, N2, N3 and Theorem 2 with noise *)

Lemma E_trace (R : realFieldType) d (V : finType) (P : dist R V) (F : V -> 'M[R]_d) :
  \tr (EM P F) = E P (fun v => \tr (F v)).
Proof. by rewrite /mxtrace E_sum; apply: eq_bigr => j _; rewrite EM_entry. Qed.

Lemma quad_outer_trace (R : realFieldType) d (A : 'M[R]_d) y : quad A y = \tr (A *m (y *m y^T)).
Proof. by rewrite mulmxA mxtrace_mulC mulmxA /mxtrace big_ord1. Qed.

Lemma walk_quad (R : realFieldType) d (V : finType) (P : dist R V) (S : Type) (step : S -> V -> S)
    k (A : 'M[R]_d) (F : S -> 'cV[R]_d) x :
  walk P step k (fun y => quad A (F y)) x =
  \tr (A *m mwalk P step k (fun y => F y *m (F y)^T) x).
Proof.
elim: k x => [|k IH] x /=; first exact: quad_outer_trace.
by rewrite -EM_mull E_trace; apply: eq_E => v; rewrite IH.
Qed.

Section Theorem2.

Variables (R : realFieldType) (n d : nat) (p : problem R n d) (s : sketch R n d) (gamma : R).
Variables (U : finType) (Q : dist R U) (xi : U -> 'I_n -> 'cV[R]_d) (Sigma : 'I_n -> 'M[R]_d).
Hypothesis noise_mean : forall i, EM Q (fun u => xi u i) = 0.
Hypothesis noise_cov : forall i k,
  EM Q (fun u => xi u i *m (xi u k)^T) = if i == k then Sigma i else 0.
Hypothesis B_one : forall t : outcome s, B p t = 1%:M.
Implicit Types (x c : 'cV[R]_d) (A : 'M[R]_d).

Notation N := (noise_moment s Sigma).
Notation after := (noisy_after p s gamma Q xi).
Notation noisy_round := (noisy_round (s := s) p gamma xi).
Notation x_inf := (x_inf p s).
Notation bias := (bias p s).

(** E ||v - E v||_A^2 + tr(A N), and sigma^2 + tr(Lbar N). *)
Definition noisy_variance A : R := variance p s A + \tr (A *m N).
Definition noisy_sigma_sq : R := noisy_variance (Lbar p).

Lemma noisy_round_quad A x c : symm A ->
  E (noisy_law s Q) (fun tu => quad A (noisy_round x tu - c)) =
  E (law s) (fun t => quad A (round p gamma x t - c)) + gamma ^+ 2 * \tr (A *m N).
Proof.
move=> symA; rewrite E_product (noise_momentE s noise_cov) -EM_mull.
rewrite E_trace -E_scale -E_add; apply: eq_E => t; rewrite -EM_mull E_trace -E_scale.
set y := round p gamma x t - c.
transitivity (E Q (fun u => quad A y - 2%:R * gamma * inner A y (kick xi t u) +
    gamma ^+ 2 * \tr (A *m (kick xi t u *m (kick xi t u)^T)))).
  apply: eq_E => u; rewrite noisy_roundE addrAC -/y -quad_outer_trace quadB // innerZr quadZ; ring.
by rewrite E_add E_sub E_cst E_scale E_inner_r (E_kick noise_mean) inner0r mulr0 subr0.
Qed.

(** One round, as [grad_norm_round] has it without noise. *)
Lemma noisy_grad_norm_round x :
  E (noisy_law s Q) (fun tu => grad_norm_sq p (noisy_round x tu)) =
  (1 - gamma) * grad_norm_sq p x + gamma * quad (Lbar p) bias + gamma ^+ 2 * noisy_sigma_sq -
  gamma * (1 - gamma) * quad (Lbar p) (x - x_inf).
Proof.
transitivity (E (law s) (fun t => grad_norm_sq p (round p gamma x t)) +
    gamma ^+ 2 * \tr (Lbar p *m N)).
  rewrite (eq_E _ (fun tu => grad_norm_sqE p _)) noisy_round_quad; last exact: Lbar_sym.
  by congr (_ + _); apply: eq_E => t; rewrite grad_norm_sqE.
by rewrite grad_norm_round // /noisy_sigma_sq /noisy_variance -/(sigma_sq p s); ring.
Qed.

(** N3 *)
Theorem noisy_second_moment A k x c : symm A -> gamma != 2%:R ->
  after k (fun y => quad A (y - c)) x = quad A (closed_form p s gamma k x - c) +
  gamma / (2%:R - gamma) * (1 - (1 - gamma) ^+ (2 * k)) * noisy_variance A.
Proof.
move=> symA gamma2.
have two : 2%:R - gamma != 0 by rewrite subr_eq0 eq_sym.
rewrite /noisy_variance [_ * (variance p s A + _)]mulrDr addrA.
rewrite -(second_moment_iterate B_one gamma2) //.
rewrite /noisy_after /Problem.after !walk_quad -/(noisy_deviation p s gamma Q xi c k x).
rewrite (noisy_excess p s gamma noise_mean noise_cov) mulmxDr mxtraceD; congr (_ + _).
have powers j : iter j (moment_map p s gamma) N = (1 - gamma) ^+ (2 * j) *: N.
  elim: j => [|j IH]; first by rewrite muln0 expr0 scale1r.
  by rewrite /= moment_map_one // IH scalerA mulnS exprD.
have sum : gamma ^+ 2 *: (\sum_(j < k) iter j (moment_map p s gamma) N) =
    (gamma / (2%:R - gamma) * (1 - (1 - gamma) ^+ (2 * k))) *: N.
  elim: (k) => [|j IH]; first by rewrite big_ord0 muln0 expr0 subrr mulr0 scale0r scaler0.
  rewrite big_ord_recr scalerDr IH powers scalerA -scalerDl; congr (_ *: _).
  by rewrite mulnS exprD; move: (_ ^+ (2 * j)) => r; field.
by rewrite sum -scalemxAr mxtraceZ.
Qed.

(** The neighbourhood of N3 with noise. *)
Theorem noisy_fixed_one m : gamma != 2%:R -> noisy_fixed p s gamma Sigma m
  ((gamma / (2%:R - gamma)) *: (residual_moment p s m + N)).
Proof.
move=> gamma2; rewrite /noisy_fixed moment_map_one // scalerA -scalerDl; congr (_ *: _).
by field; rewrite subr_eq0 eq_sym.
Qed.

Section Average.

Variables (K : nat) (x0 : 'cV[R]_d).
Hypothesis K_gt0 : (0 < K)%N.

(** (1/K) sum_{k<K} E F(x_k), on the product space of K rounds. *)
Definition noisy_average (F : 'cV[R]_d -> R) : R :=
  E (power (noisy_law s Q) K)
    (fun w => K%:R^-1 * \sum_(k < K) F (foldl noisy_round x0 (take k w))).

Lemma noisy_averageE F : noisy_average F = K%:R^-1 * \sum_(k < K) after k F x0.
Proof.
rewrite /noisy_average E_scale E_sum; congr (_ * _); apply: eq_bigr => k _.
by rewrite /noisy_after -(walk_prefix (noisy_law s Q) noisy_round F x0 (ltnW (ltn_ord k))).
Qed.

(** 2 (f_0 - E f_K) / (gamma K) *)
Definition noisy_decrease : R := 2%:R * (f p x0 - after K (f p) x0) / (gamma * K%:R).

Lemma noisy_decreaseE : noisy_decrease =
  (grad_norm_sq p x0 - after K (grad_norm_sq p) x0) / (gamma * K%:R).
Proof.
congr (_ / _); rewrite mulrBr /noisy_after.
have gap y : grad_norm_sq p y = 2%:R * f p y - 2%:R * f p (xstar p).
  by rewrite grad_norm_sqE -gap_star mulrBr.
rewrite (eq_walk _ _ _ _ gap) gap walk_sub walk_scale walk_cst; ring.
Qed.

(** N1 *)
Theorem noisy_average_exact : gamma != 0 ->
  noisy_average (grad_norm_sq p) =
  noisy_decrease + quad (Lbar p) bias + gamma * noisy_sigma_sq -
  (1 - gamma) * noisy_average (fun x => quad (Lbar p) (x - x_inf)).
Proof.
move=> gamma0; have K0 : K%:R != 0 :> R by rewrite pnatr_eq0 -lt0n.
rewrite noisy_decreaseE !noisy_averageE.
pose G k := after k (grad_norm_sq p) x0.
pose V k := after k (fun x => quad (Lbar p) (x - x_inf)) x0.
have step k : gamma * G k = G k - G k.+1 + gamma * (quad (Lbar p) bias + gamma * noisy_sigma_sq) -
    gamma * (1 - gamma) * V k.
  rewrite {3}/G /noisy_after walkSr (eq_walk _ _ _ _ noisy_grad_norm_round).
  rewrite walk_sub !walk_add !walk_scale !walk_cst -/(after k _ _) -/(G k) -/(after k _ _) -/(V k).
  ring.
have sums (m : nat) : gamma * (\sum_(k < m) G k) = G 0%N - G m +
    m%:R * (gamma * (quad (Lbar p) bias + gamma * noisy_sigma_sq)) -
    gamma * (1 - gamma) * \sum_(k < m) V k.
  elim: m => [|m IH]; first by rewrite !big_ord0 mul0r !mulr0 !subrr addr0 subr0.
  rewrite !big_ord_recr [gamma * (_ + G _)]mulrDr /= IH step -addn1 natrD.
  by move: (G 0%N) (G m) (G (m + 1)%N) (V m) (\sum_(k < m) V k) => g0 g g1 v S; ring.
have /(canRL (mulKf gamma0)) -> := sums K; rewrite -[grad_norm_sq p x0]/(G 0%N) -/(G K).
rewrite -[\sum_(k < K) after k (fun x => quad _ (x - x_inf)) x0]/(\sum_(k < K) V k).
move: (G 0%N) (G K) (\sum_(k < K) V k) noisy_sigma_sq (quad _ bias) (K%:R) K0 => g0 gK S z h k k0.
by field; rewrite gamma0 k0.
Qed.

Lemma noisy_average_ge0 : 0 <= noisy_average (fun x => quad (Lbar p) (x - x_inf)).
Proof.
rewrite noisy_averageE mulr_ge0 ?invr_ge0 ?ler0n //.
by apply: sumr_ge0 => k _; apply: walk_ge0 => y; exact: Lbar_psd.
Qed.

(** N2 *)
Theorem noisy_theorem2_sharp : 0 < gamma -> gamma <= 1 ->
  noisy_average (grad_norm_sq p) <= noisy_decrease + quad (Lbar p) bias + gamma * noisy_sigma_sq.
Proof.
move=> g0 g1; rewrite noisy_average_exact ?gt_eqF // ler_subl_addr ler_addl.
by rewrite mulr_ge0 ?subr_ge0 ?noisy_average_ge0.
Qed.

Theorem noisy_theorem2_reversed : 1 <= gamma ->
  noisy_decrease + quad (Lbar p) bias + gamma * noisy_sigma_sq <= noisy_average (grad_norm_sq p).
Proof.
move=> g1; rewrite noisy_average_exact ?gt_eqF ?(lt_le_trans ltr01) // ler_addl oppr_ge0.
by rewrite mulr_le0_ge0 ?subr_le0 ?noisy_average_ge0.
Qed.

(** (30), with its constant *)
Theorem noisy_theorem2_printed beta sigma2 :
  0 < beta -> 0 < gamma -> gamma <= (2%:R^-1 - beta) / (2%:R^-1 + beta) ->
  noisy_sigma_sq <= sigma2 ->
  noisy_average (grad_norm_sq p) <=
  noisy_decrease + (2%:R * beta^-1 * (1 - gamma) + gamma) * quad (Lbar p) bias + gamma * sigma2.
Proof.
move=> b0 g0 g_le sigma_le; have half0 : 0 < 2%:R^-1 + beta by rewrite addr_gt0 ?invr_gt0 ?ltr0n.
have g1 : gamma <= 1.
  apply: (le_trans g_le); rewrite ler_pdivr_mulr // mul1r ler_add2l.
  by rewrite (le_trans (y := 0)) ?oppr_le0 // ltW.
apply: (le_trans (noisy_theorem2_sharp g0 g1)); apply: ler_add; last by rewrite ler_pmul2l.
rewrite ler_add2l ler_pemull ?Lbar_psd //; apply: le_trans (best_beta b0 g0 g_le).
by rewrite ler_paddr ?mulr_ge0 ?ler0n ?ler1n // ltW.
Qed.

End Average.

End Theorem2.

(** ** An instance: each worker's first coordinate is off by 1 or -1, by a coin of its own *)

Section Instance.

Variable R : realFieldType.

Notation coins := (family (fun _ : 'I_4 => coin R)).
Notation p := (central R).
Notation s := (scaled_sketch (R := R) (n := 4) (d := 4) 1 (fun _ _ => 2%:R)).
Notation m := (x_inf p s).
Notation cov := (delta_mx 0 0 : 'M[R]_4).

Definition side (b : bool) : R := if b then 1 else -1.
Definition coin_noise (u : {ffun 'I_4 -> bool}) i : 'cV[R]_4 := side (u i) *: delta_mx 0 0.

Theorem noise_instance :
  [/\ forall i, EM coins (fun u => coin_noise u i) = 0,
      forall i k, EM coins (fun u => coin_noise u i *m (coin_noise u k)^T) =
        if i == k then cov else 0,
      forall t : outcome s, B p t = 1%:M, EB p s *m m = Ev p s &
      noisy_fixed p s 2%:R^-1 (fun=> cov) m
        ((2%:R^-1 / (2%:R - 2%:R^-1)) *: (residual_moment p s m + noise_moment s (fun=> cov)))].
Proof.
have side_mean : E (coin R) side = 0 by rewrite E_coin /side subrr mulr0.
have side_sqr : E (coin R) (fun b => side b * side b) = 1.
  by rewrite E_coin /side mulrNN mulr1; field.
have outerE u i k : coin_noise u i *m (coin_noise u k)^T = (side (u i) * side (u k)) *: cov.
  by rewrite linearZ /= trmx_delta -scalemxAl -scalemxAr scalerA mul_delta_mx.
have EM_scalar (F : {ffun 'I_4 -> bool} -> R) (M : 'M[R]_4) :
    EM coins (fun u => F u *: M) = E coins F *: M.
  by rewrite /EM /E scaler_suml; apply: eq_bigr => u _; rewrite scalerA.
have [_ one kept _] := scaled_instance R; split=> // [i|i k|].
- apply/matrixP => j l; rewrite EM_entry [RHS]mxE -[RHS](mulr0 ((delta_mx 0 0 : 'cV[R]_4) j l)).
  rewrite -side_mean -(E_family_one (fun _ : 'I_4 => coin R) i side) -E_scale.
  by apply: eq_E => u; rewrite mxE mulrC.
- rewrite (eq_EM _ (fun u => outerE u i k)) EM_scalar; case: (i =P k) => [<-|/eqP ik].
    rewrite (E_family_one (fun _ : 'I_4 => coin R) i (fun b => side b * side b)) side_sqr.
    by rewrite scale1r.
  by rewrite (E_family_two (fun _ : 'I_4 => coin R) side side ik) side_mean mul0r scale0r.
- apply: noisy_fixed_one => //; rewrite lt_eqF // (@lt_trans _ _ 1) ?ltr1n //.
  by rewrite invf_lt1 ?ltr1n ?ltr0n.
Qed.

End Instance.
