(** * Step schedules gamma_0, gamma_1, ... (N11)

    Round k uses the step gamma_k. For every sketch:

    - [schedule_mean_round], [schedule_second_round]: the recursions of E x_k and E x_k x_k'
      (N5), with gamma_k in place of gamma.
    - [schedule_jensen], [schedule_floor]: E f(x_k) - f( E x_k ) = 1/2 E ||x_k - E x_k||_Lbar^2, so
      that E f(x_k) - f* >= 1/2 ||E x_k - x*||_Lbar^2: no schedule removes the bias of the mean.
      [schedule_liminf_mean]: where E x_k -> y, the lower limit is at least f(y) - f*.

    Where B = I surely, as for scaled Perm-1 ([scaled1_B] in PermSketch.v), with
    Pi_k = prod_{j<k} (1 - gamma_j) and V_k = sum_{j<k} gamma_j^2 prod_{j<i<k} (1 - gamma_i)^2:

    - [schedule_mean_closed]: E x_k = x_inf + Pi_k (x_0 - x_inf), on the line through x_inf and x_0.
    - [schedule_second_closed]: E ||x_k - c||_A^2 = ||E x_k - c||_A^2 + V_k tr(A Cov v), any c and
      symmetric A; [schedule_distance]: r_k = E ||x_k - x_inf||_A^2 obeys
      r+ = (1 - gamma_k)^2 r + gamma_k^2 tr(A Cov v); [schedule_objective]: E f(x_k) - f* exactly.
    - gamma_k = 1/(k+1): [harmonic_run], in every run x_k is the mean of the k draws of v;
      [harmonic_distance], r_k = tr(A Cov v)/k; [harmonic_objective],
      E f(x_k) - f* = (||h||_Lbar^2 + sigma^2/k)/2, k >= 1.
    - [schedule_limit]: if Pi_k -> 0 and V_k -> 0 then E f(x_k) - f* -> ||h||_Lbar^2/2;
      [schedule_liminf]: if Pi_k -> 0, no lower limit is less. [vanishing_schedule]: both tend to 0
      if 0 <= gamma_k <= 1, gamma_k -> 0 and sum gamma_k diverges. Cases over an Archimedean field:
      [harmonic_limit], and [root_limit] for gamma_k = 1/sqrt(k+1), which the preprint names at
      (32): the terms with a factor gamma go, the bias stays. *)

From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From Ist Require Import Probability Quadratic Problem Theorem2 SecondMoment Dynamics LinearMoment.
From Ist Require Import PermSketch Instances Limits.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(** ** Every sketch *)

Section Schedule.

Variables (R : realFieldType) (n d : nat) (p : problem R n d) (s : sketch R n d).
Variables (gamma : nat -> R) (x0 : 'cV[R]_d).

Implicit Types (u : 'cV[R]_d) (F : 'cV[R]_d -> R).

Notation EB := (EB p s).
Notation Ev := (Ev p s).

(** The round that comes next, and the iterate. *)
Definition schedule_round (x : nat * 'cV[R]_d) (t : outcome s) : nat * 'cV[R]_d :=
  (x.1.+1, round p (gamma x.1) x.2 t).

(** E F(x_k), E x_k and E x_k x_k'. *)
Definition along k F : R := walk (law s) schedule_round k (fun y => F y.2) (0%N, x0).
Definition schedule_mean k : 'cV[R]_d := mwalk (law s) schedule_round k snd (0%N, x0).
Definition schedule_second k : 'M[R]_d :=
  mwalk (law s) schedule_round k (fun y => y.2 *m y.2^T) (0%N, x0).

Lemma mwalk_counter m l K (F : nat * 'cV[R]_d -> 'M[R]_(m, l)) j (x : 'cV[R]_d) :
  mwalk (law s) schedule_round K F (j, x) =
  mwalk (law s) schedule_round K (fun y => F ((j + K)%N, y.2)) (j, x).
Proof.
elim: K j x => [|K IH] j x; first by rewrite /= addn0.
by apply: eq_EM => t; rewrite [LHS]IH addSnnS.
Qed.

Lemma mwalk_last m l K (F : 'cV[R]_d -> 'M[R]_(m, l)) :
  mwalk (law s) schedule_round K.+1 (fun y => F y.2) (0%N, x0) =
  mwalk (law s) schedule_round K
    (fun y => EM (law s) (fun t => F (round p (gamma K) y.2 t))) (0%N, x0).
Proof. by rewrite mwalkSr mwalk_counter. Qed.

Lemma walk_counter K (F : nat * 'cV[R]_d -> R) j (x : 'cV[R]_d) :
  walk (law s) schedule_round K F (j, x) =
  walk (law s) schedule_round K (fun y => F ((j + K)%N, y.2)) (j, x).
Proof.
elim: K j x => [|K IH] j x; first by rewrite /= addn0.
by apply: eq_E => t; rewrite [LHS]IH addSnnS.
Qed.

Lemma along_last K F :
  along K.+1 F = along K (fun y => E (law s) (fun t => F (round p (gamma K) y t))).
Proof. by rewrite /along walkSr walk_counter. Qed.

Lemma eq_along k F G : F =1 G -> along k F = along k G.
Proof. by move=> FG; apply: eq_walk => y; exact: FG. Qed.

Lemma along_add_cst k F c : along k (fun x => F x + c) = along k F + c.
Proof. by rewrite /along walk_add walk_cst. Qed.

Lemma along_dot k u : along k (dot u) = dot u (schedule_mean k).
Proof. by rewrite /dot -mwalk_mull mwalk_entry. Qed.

Theorem schedule_mean_round k :
  schedule_mean k.+1 =
  schedule_mean k - gamma k *: (EB *m schedule_mean k) + gamma k *: Ev.
Proof.
rewrite /schedule_mean (mwalk_last k id).
rewrite (eq_mwalk _ _ _ _ (fun y => E_round p s (gamma k) y.2)) !mwalk_add mwalk_opp !mwalk_scale.
by rewrite mwalk_mull mwalk_cst.
Qed.

Theorem schedule_second_round k :
  let m := schedule_mean k in let X := schedule_second k in let g := gamma k in
  let c := m *m Ev^T - g *: EBzv p s m in
  schedule_second k.+1 = X - g *: (EB *m X + X *m EB) + g ^+ 2 *: EBXB p s X
    + g *: (c + c^T) + g ^+ 2 *: EvvT p s.
Proof.
move=> m X g c; rewrite /schedule_second (mwalk_last k (fun x => x *m x^T)).
rewrite (eq_mwalk _ _ _ _ (fun y => second_round p s g y.2 0)) /=.
rewrite /mean_at /second_at /=.
pose cross (y : nat * 'cV[R]_d) := y.2 *m Ev^T - g *: EBzv p s y.2.
have crossE : mwalk (law s) schedule_round k cross (0%N, x0) = c.
  rewrite mwalk_add mwalk_opp mwalk_scale mwalk_mulr; congr (_ - _ *: _).
  by rewrite mwalk_EM; apply: eq_EM => t; rewrite mwalk_mulr mwalk_mull.
rewrite -[fun y => _]/(fun y => _ + g *: (cross y + (cross y)^T) + _); clearbody cross.
rewrite !mwalk_add mwalk_opp !mwalk_scale !mwalk_add.
rewrite mwalk_mull mwalk_mulr mwalk_cst mwalk_tr crossE; congr (_ + _ *: _ + _ + _).
by rewrite mwalk_EM; apply: eq_EM => t; rewrite mwalk_mulr mwalk_mull.
Qed.

(** E f(x_k) exceeds f(E x_k) by half the variance in the norm of Lbar. *)
Theorem schedule_jensen k :
  along k (f p) = f p (schedule_mean k) +
  2%:R^-1 * along k (fun x => quad (Lbar p) (x - schedule_mean k)).
Proof.
set m := schedule_mean k; set g := grad p m; move cE: (f p m - dot g m) => c.
rewrite (eq_along k (G := fun x => c + dot g x + 2%:R^-1 * quad (Lbar p) (x - m))) => [|x].
  rewrite {1}/along !walk_add walk_scale walk_cst -/(along k (dot g)) along_dot -/m -cE.
  by rewrite subrK.
by rewrite (smooth_equality p m x) -/g dotBr -cE; ring.
Qed.

Theorem schedule_floor k :
  2%:R^-1 * quad (Lbar p) (schedule_mean k - xstar p) <= along k (f p) - f p (xstar p).
Proof.
rewrite -gap_star mulrA mulVf ?pnatr_eq0 // mul1r ler_add2r schedule_jensen ler_addl.
by rewrite mulr_ge0 ?invr_ge0 ?ler0n //; apply: walk_ge0 => y; exact: Lbar_psd.
Qed.

(** Wherever the mean goes, the objective is not below its value there in the limit. *)
Theorem schedule_liminf_mean x_lim eps :
  tends (fun k => quad (Lbar p) (schedule_mean k - x_lim)) 0 -> 0 < eps ->
  exists N, forall k, (N <= k)%N ->
  2%:R^-1 * quad (Lbar p) (x_lim - xstar p) - eps < along k (f p) - f p (xstar p).
Proof.
move=> lim e0; set w := x_lim - xstar p; have W0 : 0 <= quad (Lbar p) w by exact: Lbar_psd.
have W1 : 0 < quad (Lbar p) w + 1 by rewrite ltr_paddl ?ltr01.
pose c := eps / (quad (Lbar p) w + 1); have c0 : 0 < c by rewrite divr_gt0.
have [|N small] := lim (c * eps); first by rewrite mulr_gt0.
exists N => k /small; set u := schedule_mean k - x_lim.
have U0 : 0 <= quad (Lbar p) u by exact: Lbar_psd.
rewrite subr0 ger0_norm // => below; apply: lt_le_trans (schedule_floor k).
have -> : schedule_mean k - xstar p = u + w by rewrite /u /w addrA subrK.
have := young w (- u) (Lbar_sym p) (Lbar_psd p) c0; rewrite quadN innerNr => cross.
rewrite (quadD u w (Lbar_sym p)) (inner_sym u w (Lbar_sym p)).
have cw : c * quad (Lbar p) w < eps.
  by rewrite /c mulrAC ltr_pdivr_mulr // ltr_pmul2l // ltr_addl ltr01.
have cu : c^-1 * quad (Lbar p) u < eps by rewrite ltr_pdivr_mull.
move: (quad (Lbar p) w) (quad (Lbar p) u) (inner (Lbar p) w u) U0 cross cw cu => W U V U0 cross.
move=> cw cu; rewrite -subr_gt0.
have -> : 2%:R^-1 * (U + 2%:R * V + W) - (2%:R^-1 * W - eps) =
    2%:R^-1 * (U + (eps - c * W) + (eps - c^-1 * U) + (c * W + c^-1 * U - 2%:R * - V)).
  by field; rewrite gt_eqF.
rewrite mulr_gt0 ?invr_gt0 ?ltr0n // ltr_spaddl ?subr_ge0 // ltr_spaddr ?subr_gt0 //.
by rewrite ler_paddl ?subr_ge0 // ltW.
Qed.

(** ** B = I surely *)

(** Pi_k and V_k *)
Definition shrink k : R := \prod_(j < k) (1 - gamma j).
Definition noise_gain k : R :=
  \sum_(j < k) gamma j ^+ 2 * \prod_(j.+1 <= i < k) (1 - gamma i) ^+ 2.

Lemma shrinkS k : shrink k.+1 = (1 - gamma k) * shrink k.
Proof. by rewrite /shrink big_ord_recr mulrC. Qed.

Lemma noise_gainS k : noise_gain k.+1 = (1 - gamma k) ^+ 2 * noise_gain k + gamma k ^+ 2.
Proof.
rewrite /noise_gain big_ord_recr /= [\prod_(k.+1 <= i < _) _]big_geq // mulr1; congr (_ + _).
rewrite mulr_sumr; apply: eq_bigr => j _.
by rewrite big_nat_recr //= [RHS]mulrCA [X in _ * X]mulrC.
Qed.

Lemma noise_gain_ge0 k : 0 <= noise_gain k.
Proof.
elim: k => [|k IH]; first by rewrite /noise_gain big_ord0.
by rewrite noise_gainS addr_ge0 ?sqr_ge0 // mulr_ge0 ?sqr_ge0.
Qed.

Hypothesis B_one : forall t : outcome s, B p t = 1%:M.

Notation x_inf := (x_inf p s).

Theorem schedule_mean_closed k : schedule_mean k = x_inf + shrink k *: (x0 - x_inf).
Proof.
elim: k => [|k IH]; first by rewrite /shrink big_ord0 scale1r addrC subrK.
rewrite schedule_mean_round IH shrinkS /Problem.EB (EM_cst_on _ B_one) mul1mx -/x_inf.
by move: x_inf (shrink k) => xi c; vector_ring.
Qed.

Lemma variance_trace A : variance p s A = \tr (A *m cov_v p s).
Proof. exact: E_quad_cov. Qed.

(** For any multiple a x_k, so that one round turns (a, c) into another such pair. *)
Lemma schedule_second_scaled A a c k : symm A ->
  along k (fun x => quad A (a *: x - c)) =
  quad A (a *: schedule_mean k - c) + a ^+ 2 * noise_gain k * variance p s A.
Proof.
move=> symA; elim: k a c => [|k IH] a c.
  by rewrite /noise_gain big_ord0 mulr0 mul0r addr0.
pose g := gamma k; pose a' := a * (1 - g); pose c' := c - (a * g) *: x_inf.
rewrite along_last (eq_along k (G := fun x => quad A (a' *: x - c') +
    (a * g) ^+ 2 * variance p s A)) => [|x].
  rewrite along_add_cst IH noise_gainS -/g -addrA; congr (quad A _ + _).
    rewrite schedule_mean_round /Problem.EB (EM_cst_on _ B_one) mul1mx -/x_inf -/g /a' /c'.
    by move: (schedule_mean k) x_inf => m xi; vector_ring.
  by rewrite /a'; ring.
pose w := a' *: x - c'.
transitivity (E (law s) (fun t => quad A w + 2%:R * (a * g) * inner A w (v p t - x_inf) +
    (a * g) ^+ 2 * quad A (v p t - x_inf))).
  apply: eq_E => t; rewrite round_one // -/g.
  have -> : a *: ((1 - g) *: x + g *: v p t) - c = w + (a * g) *: (v p t - x_inf).
    by rewrite /w /a' /c'; move: (v p t) x_inf => vt xi; vector_ring.
  by rewrite (quadD w _ symA) innerZr quadZ; ring.
by rewrite !E_add !E_scale E_cst E_noise_inner mulr0 addr0.
Qed.

Theorem schedule_second_closed A c k : symm A ->
  along k (fun x => quad A (x - c)) =
  quad A (schedule_mean k - c) + noise_gain k * \tr (A *m cov_v p s).
Proof.
move=> symA; have := schedule_second_scaled 1 c k symA.
rewrite scale1r expr1n mul1r variance_trace => <-.
by apply: eq_along => x; rewrite scale1r.
Qed.

Theorem schedule_distance A k : symm A ->
  along k.+1 (fun x => quad A (x - x_inf)) =
  (1 - gamma k) ^+ 2 * along k (fun x => quad A (x - x_inf)) + gamma k ^+ 2 * \tr (A *m cov_v p s).
Proof.
move=> symA; rewrite !schedule_second_closed // !schedule_mean_closed noise_gainS shrinkS.
by rewrite ![x_inf + _]addrC !addrK !quadZ; ring.
Qed.

Theorem schedule_objective k :
  along k (f p) - f p (xstar p) =
  2%:R^-1 * (quad (Lbar p) (schedule_mean k - xstar p) + noise_gain k * sigma_sq p s).
Proof.
have := schedule_second_closed (xstar p) k (Lbar_sym p).
rewrite -variance_trace -/(sigma_sq p s) => <-.
rewrite -along_add_cst /along -walk_scale; apply: eq_walk => y.
by rewrite -gap_star mulrA mulVf ?pnatr_eq0 // mul1r.
Qed.

(** On the line: the bias of the mean, h = x* - x_inf. *)
Lemma quad_mean_bias k :
  quad (Lbar p) (schedule_mean k - xstar p) = quad (Lbar p) (bias p s) -
  2%:R * inner (Lbar p) (bias p s) (x0 - x_inf) * shrink k +
  quad (Lbar p) (x0 - x_inf) * (shrink k * shrink k).
Proof.
have -> : schedule_mean k - xstar p = shrink k *: (x0 - x_inf) - bias p s.
  rewrite schedule_mean_closed /bias; move: x_inf (xstar p) (shrink k) => xi xs c.
  by vector_ring.
rewrite (quadB (shrink k *: _) _ (Lbar_sym p)) quadZ innerZl.
rewrite (inner_sym (x0 - x_inf) _ (Lbar_sym p)); ring.
Qed.

Lemma tends_mean_bias : tends shrink 0 ->
  tends (fun k => quad (Lbar p) (schedule_mean k - xstar p)) (quad (Lbar p) (bias p s)).
Proof.
move=> null; have := tends_add (tends_add (tends_cst (quad (Lbar p) (bias p s)))
  (tends_scale (- (2%:R * inner (Lbar p) (bias p s) (x0 - x_inf))) null))
  (tends_scale (quad (Lbar p) (x0 - x_inf)) (tends_mul null null)).
rewrite !mulr0 !addr0; apply: (tends_from (N := 0)) => k _.
by rewrite quad_mean_bias mulNr.
Qed.

Theorem schedule_limit : tends shrink 0 -> tends noise_gain 0 ->
  tends (fun k => along k (f p) - f p (xstar p)) (2%:R^-1 * quad (Lbar p) (bias p s)).
Proof.
move=> null quiet; have := tends_scale 2%:R^-1
  (tends_add (tends_mean_bias null) (tends_scale (sigma_sq p s) quiet)).
rewrite mulr0 addr0; apply: (tends_from (N := 0)) => k _.
by rewrite schedule_objective [noise_gain k * _]mulrC.
Qed.

Theorem schedule_liminf eps : tends shrink 0 -> 0 < eps ->
  exists N, forall k, (N <= k)%N ->
  2%:R^-1 * quad (Lbar p) (bias p s) - eps < along k (f p) - f p (xstar p).
Proof.
move=> null e0; have [N small] := tends_scale 2%:R^-1 (tends_mean_bias null) e0.
exists N => k /small; rewrite ltr_norml => /andP[low _].
by apply: lt_le_trans (schedule_floor k); rewrite -ltr_subr_addl.
Qed.

End Schedule.

(** ** The harmonic schedule: running means *)

Section Harmonic.

Variables (R : realFieldType) (n d : nat) (p : problem R n d) (s : sketch R n d).
Hypothesis B_one : forall t : outcome s, B p t = 1%:M.
Variable x0 : 'cV[R]_d.

Definition harmonic k : R := k.+1%:R^-1.

Notation along := (along p s harmonic x0).
Notation x_inf := (x_inf p s).

Let kR0 k : k.+1%:R != 0 :> R.
Proof. by rewrite pnatr_eq0. Qed.

Let natS k : k.+1%:R = k%:R + 1 :> R.
Proof. by rewrite -addn1 natrD. Qed.

Lemma complement_harmonic k : 1 - harmonic k = k%:R / k.+1%:R.
Proof. by have := kR0 k; rewrite /harmonic natS => k0; field. Qed.

Theorem harmonic_run (w : seq (outcome s)) : (0 < size w)%N ->
  (foldl (schedule_round p harmonic) (0%N, x0) w).2 =
  (size w)%:R^-1 *: (\sum_(t <- w) v p t).
Proof.
have [_ sums] : let y := foldl (schedule_round p harmonic) (0%N, x0) w in
    y.1 = size w /\ (size w)%:R *: y.2 = \sum_(t <- w) v p t.
  elim/last_ind: w => [|w t]; first by rewrite /= big_nil scale0r.
  rewrite foldl_rcons size_rcons; case: (foldl _ _ w) => j x [/= -> sums].
  split=> //; rewrite -cats1 big_cat big_seq1 -sums (round_one B_one) complement_harmonic.
  move: (v p t) => vt; rewrite scalerDr !scalerA.
  have k0 := kR0 (size w); congr (_ *: _ + _); first by rewrite mulrCA mulfV ?mulr1.
  by rewrite /harmonic mulfV // scale1r.
by move=> w0; rewrite -sums scalerA mulVf ?scale1r // pnatr_eq0 -lt0n.
Qed.

Lemma harmonic_shrink k : (0 < k)%N -> shrink harmonic k = 0.
Proof.
case: k => // k _; rewrite /shrink big_ord_recl /= complement_harmonic mul0r; exact: mul0r.
Qed.

Lemma harmonic_noise_gain k : (0 < k)%N -> noise_gain harmonic k = k%:R^-1.
Proof.
case: k => // k _; elim: k => [|k IH].
  by rewrite noise_gainS /noise_gain big_ord0 mulr0 add0r /harmonic !invr1 expr1n.
rewrite noise_gainS IH complement_harmonic /harmonic.
by have := kR0 k; have := kR0 k.+1; rewrite !natS => k2 k1; field; rewrite k1 k2.
Qed.

Theorem harmonic_distance A k : symm A -> (0 < k)%N ->
  along k (fun x => quad A (x - x_inf)) = \tr (A *m cov_v p s) / k%:R.
Proof.
move=> symA k0; rewrite schedule_second_closed // schedule_mean_closed //.
by rewrite harmonic_shrink // scale0r addr0 subrr quad0 add0r harmonic_noise_gain // mulrC.
Qed.

Theorem harmonic_objective k : (0 < k)%N ->
  along k (f p) - f p (xstar p) =
  2%:R^-1 * (quad (Lbar p) (bias p s) + sigma_sq p s / k%:R).
Proof.
move=> k0; rewrite schedule_objective // schedule_mean_closed // harmonic_shrink //.
rewrite scale0r addr0 harmonic_noise_gain // [_ * sigma_sq p s]mulrC -quadN opprB; congr (_ * _).
Qed.

End Harmonic.

(** ** Schedules that vanish slowly enough *)

Section Vanishing.

Variables (R : realFieldType) (gamma : nat -> R).
Hypothesis gamma_ge0 : forall k, 0 <= gamma k.
Hypothesis gamma_le1 : forall k, gamma k <= 1.

(** prod (1 - gamma_j) (1 + sum gamma_j) <= 1, from any start. *)
Lemma shrink_sum i k :
  \prod_(i <= j < i + k) (1 - gamma j) * (1 + \sum_(i <= j < i + k) gamma j) <= 1.
Proof.
elim: k => [|k IH]; first by rewrite addn0 !big_geq // addr0 mulr1.
rewrite addnS !big_nat_recr ?leq_addr //=.
set P := \prod_(_ <= j < _) _ in IH *; set S := \sum_(_ <= j < _) _ in IH *; set g := gamma _.
have P0 : 0 <= P by apply: prodr_ge0 => j _; rewrite subr_ge0.
have S0 : 0 <= S by apply: sumr_ge0 => j _.
apply: le_trans IH; rewrite -subr_ge0.
rewrite (_ : _ - _ = P * (g * (S + g))); last by ring.
by rewrite !mulr_ge0 ?addr_ge0 ?gamma_ge0.
Qed.

Hypothesis gamma_diverges : forall M, exists k, M < \sum_(j < k) gamma j.

Lemma tail_vanishes i : tends (fun k => \prod_(i <= j < i + k) (1 - gamma j)) 0.
Proof.
move=> eps e0; have [N big] := gamma_diverges (eps^-1 + \sum_(0 <= j < i) gamma j).
have sum_mono k : (N <= k)%N -> \sum_(j < N) gamma j <= \sum_(0 <= j < i + k) gamma j.
  move=> Nk; rewrite -(big_mkord xpredT gamma) [X in _ <= X](big_cat_nat _ (n := N)) //=.
    by rewrite ler_addl sumr_ge0.
  exact: leq_trans (leq_addl _ _).
exists N => k Nk; have P0 : 0 <= \prod_(i <= j < i + k) (1 - gamma j).
  by apply: prodr_ge0 => j _; rewrite subr_ge0.
have large : eps^-1 < 1 + \sum_(i <= j < i + k) gamma j.
  have := lt_le_trans big (sum_mono k Nk).
  rewrite (@big_cat_nat _ _ _ i 0%N (i + k)%N) ?leq_addr //= addrC ltr_add2l => h.
  by apply: (lt_trans h); rewrite ltr_addr ltr01.
have pos : 0 < eps^-1 by rewrite invr_gt0.
rewrite subr0 ger0_norm // -[eps]invrK.
apply: le_lt_trans (_ : (1 + \sum_(i <= j < i + k) gamma j)^-1 < _).
  by rewrite -[X in _ <= X]mul1r ler_pdivl_mulr ?shrink_sum // (lt_trans pos).
by rewrite ltf_pinv ?posrE // (lt_trans pos).
Qed.

Hypothesis gamma_vanishes : tends gamma 0.

Theorem vanishing_schedule : tends (shrink gamma) 0 /\ tends (noise_gain gamma) 0.
Proof.
split.
  apply: (tends_from (N := 0)) (tail_vanishes 0) => k _.
  by rewrite add0n big_mkord.
move=> eps e0; have h0 : 0 < eps / 2%:R by rewrite divr_gt0 ?ltr0n.
have [N small] := gamma_vanishes h0.
have step k : noise_gain gamma (N + k) - eps / 2%:R <=
    \prod_(N <= j < N + k) (1 - gamma j) * noise_gain gamma N.
  elim: k => [|k IH].
    by rewrite addn0 big_geq // mul1r ler_subl_addr ler_addl ltW.
  rewrite addnS noise_gainS big_nat_recr ?leq_addr //=.
  set P := \prod_(_ <= j < _) _ in IH *; set V := noise_gain gamma (N + k) in IH *.
  set g := gamma (N + k); have g0 : 0 <= g by exact: gamma_ge0.
  have V0 : 0 <= V by exact: noise_gain_ge0.
  have g1 : 0 <= 1 - g by rewrite subr_ge0; exact: gamma_le1.
  have gh : g <= eps / 2%:R.
    by have := small _ (leq_addr k N); rewrite subr0 ger0_norm // => /ltW.
  apply: (@le_trans _ _ ((1 - g) * (V - eps / 2%:R))).
    rewrite -subr_ge0 (_ : _ - _ = (1 - g) * (g * V) + g * (eps / 2%:R - g)); last by ring.
    by rewrite addr_ge0 // !mulr_ge0 // subr_ge0.
  by rewrite [P * _]mulrC -mulrA ler_wpmul2l.
have [M tail] := tends_scale (noise_gain gamma N) (tail_vanishes N) h0.
exists (N + M)%N => k NM; have Nk : (N <= k)%N by apply: leq_trans NM; exact: leq_addr.
have := tail (k - N)%N; rewrite leq_subRL // => /(_ NM).
rewrite mulr0 !subr0 => /(le_lt_trans (ler_norm _)) below; rewrite ger0_norm ?noise_gain_ge0 //.
have -> : k = (N + (k - N))%N by rewrite subnKC.
rewrite (_ : eps = eps / 2%:R + eps / 2%:R); last by field.
rewrite -ltr_subl_addr; apply: (le_lt_trans (step _)).
by rewrite mulrC.
Qed.

End Vanishing.

(** ** Over an Archimedean field *)

Section Archimedean.

Variables (R : archiFieldType) (n d : nat) (p : problem R n d) (s : sketch R n d).
Hypothesis B_one : forall t : outcome s, B p t = 1%:M.
Variable x0 : 'cV[R]_d.

Lemma harmonic_vanishes : tends (harmonic R) 0.
Proof.
move=> eps e0; exists (Num.bound eps^-1) => k Nk.
rewrite subr0 ger0_norm ?invr_ge0 ?ler0n // -[eps]invrK ltf_pinv ?posrE ?invr_gt0 ?ltr0n //.
apply: (lt_le_trans (archi_boundP _)); first by rewrite invr_ge0 ltW.
by rewrite ler_nat leqW.
Qed.

(** The harmonic series doubles its terms for each half that it gains. *)
Lemma harmonic_diverges M : exists k, M < \sum_(j < k) harmonic R j.
Proof.
have double k : (0 < k)%N ->
    \sum_(j < k) harmonic R j + 2%:R^-1 <= \sum_(j < k + k) harmonic R j.
  move=> k0; rewrite big_split_ord /= ler_add2l.
  apply: (@le_trans _ _ (\sum_(j < k) (k + k)%:R^-1)).
    rewrite sumr_const card_ord -mulr_natl natrD le_eqVlt; apply/orP; left; apply/eqP.
    have kR : 0 < k%:R :> R by rewrite ltr0n.
    by field; rewrite !gt_eqF ?addr_gt0.
  apply: ler_sum => j _; rewrite lef_pinv ?posrE ?ltr0n ?addn_gt0 ?k0 //.
  by rewrite ler_nat -addnS leq_add2l.
have grows m : m%:R / 2%:R <= \sum_(j < 2 ^ m) harmonic R j.
  elim: m => [|m IH]; first by rewrite mul0r sumr_ge0 // => j _; rewrite invr_ge0 ler0n.
  rewrite expnS mul2n -addnn; apply: le_trans (double _ _); last by rewrite expn_gt0.
  by rewrite -addn1 natrD mulrDl mul1r ler_add2r.
exists (2 ^ Num.bound (2%:R * `|M|))%N; apply: lt_le_trans (grows _).
rewrite (le_lt_trans (ler_norm M)) // ltr_pdivl_mulr ?ltr0n // mulrC.
by apply: archi_boundP; rewrite mulr_ge0 ?ler0n ?normr_ge0.
Qed.

Theorem harmonic_limit :
  tends (fun k => along p s (harmonic R) x0 k (f p) - f p (xstar p))
    (2%:R^-1 * quad (Lbar p) (bias p s)).
Proof.
apply: schedule_limit => //.
  apply: (tends_from (N := 1)) (tends_cst _) => k; exact: harmonic_shrink.
move=> eps /harmonic_vanishes [N small]; exists N.+1 => -[|k] // Nk.
by rewrite harmonic_noise_gain //; exact: small.
Qed.

(** gamma_k = 1/sqrt(k+1); the roots are a hypothesis. *)
Theorem root_limit (r : nat -> R) : (forall k, 0 < r k) -> (forall k, r k ^+ 2 = k.+1%:R) ->
  tends (fun k => along p s (fun j => (r j)^-1) x0 k (f p) - f p (xstar p))
    (2%:R^-1 * quad (Lbar p) (bias p s)).
Proof.
move=> r0 r2; have rr j k : (j <= k)%N -> r j <= r k.
  by move=> jk; rewrite -ler_sqr ?nnegrE ?(ltW (r0 _)) // !r2 ler_nat.
have r_grows M : exists k, M < r k.
  exists (Num.bound (M ^+ 2)); rewrite (le_lt_trans (ler_norm M)) //.
  rewrite -ltr_sqr ?nnegrE ?normr_ge0 ?(ltW (r0 _)) // r2 real_normK ?num_real //.
  apply: (lt_trans (archi_boundP _)); first exact: sqr_ge0.
  by rewrite ltr_nat.
have [||||null quiet] := @vanishing_schedule R (fun j => (r j)^-1).
- by move=> k; rewrite invr_ge0 ltW.
- move=> k; rewrite invf_le1 // -ler_sqr ?nnegrE ?ler01 ?(ltW (r0 _)) //.
  by rewrite expr1n r2 ler1n.
- move=> M; have [k big] := r_grows M; exists k.+1; apply: (lt_le_trans big).
  apply: (@le_trans _ _ (\sum_(j < k.+1) (r k)^-1)).
    by rewrite sumr_const card_ord -mulr_natl -r2 expr2 mulfK ?gt_eqF.
  by apply: ler_sum => j _; rewrite lef_pinv ?posrE // rr // -ltnS.
- move=> eps e0; have [N big] := r_grows eps^-1; exists N => k Nk.
  rewrite subr0 ger0_norm ?invr_ge0 ?(ltW (r0 _)) // -[eps]invrK.
  by rewrite ltf_pinv ?posrE ?invr_gt0 // (lt_le_trans big) // rr.
exact: schedule_limit.
Qed.

End Archimedean.

(** ** Instances *)

Theorem schedule_instance (R : archiFieldType) : let gamma := harmonic R in
  [/\ forall t : outcome (scaled_sketch 1 (fun _ _ => 2%:R)), B (central R) t = 1%:M,
      forall k, 0 <= gamma k /\ gamma k <= 1, forall M, exists k, M < \sum_(j < k) gamma j,
      tends gamma 0 & tends (shrink gamma) 0 /\ tends (noise_gain gamma) 0].
Proof.
move=> gamma; have [_ one _ _] := scaled_instance R.
have range k : 0 <= gamma k /\ gamma k <= 1.
  by rewrite invr_ge0 ler0n invf_le1 ?ltr0n ?ler1n.
split=> //; [exact: harmonic_diverges | exact: harmonic_vanishes |].
apply: vanishing_schedule => [k|k||]; [by case: (range k) | by case: (range k) | |].
  exact: harmonic_diverges.
exact: harmonic_vanishes.
Qed.

(** The roots of [root_limit]. *)
Theorem roots_instance (R : rcfType) : let r k : R := Num.sqrt k.+1%:R in
  forall k, 0 < r k /\ r k ^+ 2 = k.+1%:R.
Proof. by move=> r k; rewrite sqrtr_gt0 ltr0n sqr_sqrtr ?ler0n. Qed.
