(** * One false statement of the 2023 preprint, and remarks of ours on the iterates

    False statement:

    - E5, after (28), section 4.1: that the bias diminishes in the limit n = d -> infinity is false
      ([E5_refuted]); for L = I the relative bias is 1 - 1/sqrt(n) ([E5_bias]).

    Remarks: what follows from, or may be read into, formulas that the text does not claim so.

    - N14: (17) is printed as a consequence of (14), and is one ([P10_necessary] in Corrections.v).
      Read as a sufficient condition it fails when workers differ ([N14_refuted]: n = d = 3,
      L = (28 I, I, I), theta = 30), and admits divergence in mean square: with gamma = 1/30,
      E ||x+||^2 = (81/50) ||x||^2 ([N14_divergence]). A second example: RemarksBlocks.v.
    - N15: (29) leaves gamma = 1 out ([N15_below_one]), which the text recommends after (30), and
      is not needed ([theorem2_sharp], [theorem2_tight] and [best_beta] in Theorem2.v).
    - N16, (30) outside (23), that is for q > 1: RemarksBlocks.v.
    - N17: that the method "basically converges in 1 iteration" is said after (25), for b = 0,
      where it is true ([scaled1_one_round] in ScaledPermOne.v). In general one round at gamma = 1
      reaches x_inf in the mean ([N17_mean]), which is x* iff h = 0 ([N17_star]); in the
      homogeneous problem surely ([N17_full_step]), and x_inf need not be x* ([N17_refuted]).
    - N18: gamma < 1 in (28) suffices, as printed. [mean_iterate] in Theorem2.v holds for every
      gamma, and the mean converges exactly for 0 < gamma < 2 ([N18_converges], over an
      Archimedean field such as the reals, and [N18_diverges]). *)

From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From Ist Require Import Probability Quadratic Problem Theorem1 FisherYates UniformPermutation.
From Ist Require Import Mask PermSketch Theorem2 Homogeneous Corrections.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Remarks.

Variable R : realFieldType.

(** ** N14 *)

Definition N14_weight (i : 'I_3) : R := if i == 0 then 28%:R else 1.

Lemma N14_weight_gt0 i : 0 < N14_weight i.
Proof. by rewrite /N14_weight; case: ifP; rewrite ?ltr0n ?ltr01. Qed.

(** L = (28 I, I, I), b = 0. *)
Definition N14_problem : problem R 3 3 :=
  @Problem R 3 3 isT (fun i => (N14_weight i)%:M) (fun=> 0) (fun i => scalar_sym 3 (N14_weight i))
    (mean_pd (ltn0Sn 2) (fun i => scalar_pd (N14_weight_gt0 i))).

Notation perm1 := (perm_sketch R 3 3 1).

(** The matrix of j's owner, times n, on the diagonal. *)
Lemma N14_B (s : 'S_3) :
  B N14_problem (s : outcome perm1) = diag_of (fun j => 3%:R * N14_weight ((s^-1)%g j)).
Proof.
apply/matrixP => j l; rewrite !mxE summxE.
under eq_bigr do rewrite mask_sandwichE mxE.
case: (j =P l) => [<-|_]; last by rewrite big1 ?mulr0 // => i _; rewrite mulr0n mulr0 !mul0r.
transitivity (3%:R^-1 * \sum_(i < 3) (9%:R * N14_weight i) * (member (slot 3 1 i) s j)%:R).
  congr (_ * _); apply: eq_bigr => i _; case: member; rewrite ?mulr0 // !mulr1n; ring.
rewrite (sum_member (erefl (3 * 1)%N) isT s j (fun i => 9%:R * N14_weight i)) mulr1n.
rewrite (_ : Ordinal _ = (s^-1)%g j); first by field.
by apply: val_inj; rewrite /= /owner divn1.
Qed.

Lemma N14_mean (F : R -> R) j :
  E (uniform_perm R 3) (fun s => F (N14_weight ((s^-1)%g j))) = 3%:R^-1 * (F 28%:R + 2%:R * F 1).
Proof.
rewrite (E_perm_inv (fun s => F (N14_weight (s j)))) (E_perm1 j (fun i => F (N14_weight i))).
rewrite !big_ord_recl big_ord0 /N14_weight /= addr0; congr (_ * _); ring.
Qed.

Lemma N14_Lbar : Lbar N14_problem = 10%:R%:M.
Proof.
apply/matrixP => j l; rewrite /Lbar /mean !mxE summxE !big_ord_recl big_ord0 !mxE.
by rewrite /N14_weight /=; case: eqP => _; rewrite ?mulr1n ?mulr0n; field.
Qed.

Lemma N14_diag c : diag_part (c%:M : 'M[R]_3) = c%:M.
Proof. by apply/matrixP => j l; rewrite !mxE; case: eqP. Qed.

Lemma N14_quad_W x : quad (W N14_problem perm1) x = 300%:R * norm_sq x.
Proof.
by rewrite E4_corrected N14_Lbar N14_diag -scalar_mxM quad_scalem quad_addm !quad_scalar; field.
Qed.

Theorem N14_condition17 : condition17 N14_problem 30%:R.
Proof.
move=> x; rewrite N14_Lbar N14_diag -!scalar_mxM !quad_scalem quad_addm !quad_scalar.
by rewrite -subr_ge0 (_ : _ - _ = 0) //; field.
Qed.

Lemma N14_second_moment j : EBLB N14_problem perm1 j j = 90%:R * 262%:R.
Proof.
rewrite EM_entry; transitivity (E (uniform_perm R 3) (fun s => 90%:R * N14_weight ((s^-1)%g j) ^+
  2)).
  apply: eq_E => s; rewrite N14_B N14_Lbar mul_diag_ofE mul_mx_scalar !mxE eqxx mulr1n; ring.
by rewrite (N14_mean (fun w => 90%:R * w ^+ 2)); field.
Qed.

Definition N14_sufficient : Prop :=
  forall (d : nat) (p : problem R d d) theta, 0 < theta -> condition17 p theta ->
  loewner (EBLB p (perm_sketch R d d 1)) (theta *: W p (perm_sketch R d d 1)).

Theorem N14_refuted : ~ N14_sufficient.
Proof.
move=> /(_ 3%N N14_problem 30%:R (ltr0Sn _ _) N14_condition17 (delta_mx 0 0)).
rewrite quad_delta N14_second_moment quad_scalem N14_quad_W -[norm_sq _]mul1r -quad_scalar.
rewrite quad_delta mxE eqxx mulr1.
by rewrite (_ : 30%:R * _ = 90%:R * 100%:R) ?ler_pmul2l ?ltr0n ?ler_nat //; ring.
Qed.

Theorem N14_divergence x :
  E (law perm1) (fun s => norm_sq (round N14_problem (30%:R^-1) x s)) = 81%:R / 50%:R * norm_sq x.
Proof.
transitivity (E (uniform_perm R 3) (fun s =>
    \sum_j (1 - N14_weight ((s^-1)%g j) / 10%:R) ^+ 2 * x j 0 ^+ 2)).
  apply: eq_E => s; apply: eq_bigr => j _; rewrite -exprMn; congr (_ ^+ 2).
  rewrite /round estimator_affine N14_B.
  have -> : v N14_problem (s : outcome perm1) = 0.
    by rewrite /v /mean big1 ?scaler0 // => i _; rewrite mulmx0.
  have entry (y z : 'cV[R]_3) c : (y - c *: z) j 0 = y j 0 - c * z j 0 by rewrite !mxE.
  by rewrite subr0 entry diag_of_mulE; field.
rewrite E_sum mulr_sumr; apply: eq_bigr => j _.
transitivity (E (uniform_perm R 3) (fun s : 'S_3 =>
    x j 0 ^+ 2 * (1 - N14_weight ((s^-1)%g j) / 10%:R) ^+ 2)).
  by apply: eq_E => s; rewrite mulrC.
by rewrite E_scale (N14_mean (fun w => (1 - w / 10%:R) ^+ 2)); field.
Qed.

(** ** E5 *)

Definition E5_diminishes : Prop :=
  forall eps : R, 0 < eps -> exists N, forall d (p : problem R d d) (b : 'cV[R]_d) (r : R),
  (N <= d)%N -> (forall i j, hess p i j j = 1) -> (forall i, lin p i = b) ->
  0 < r -> r ^+ 2 = d%:R ->
  norm_sq (x_inf p (root_sketch d r) - xstar p) <= eps * norm_sq (xstar p).

Lemma norm_sqZ d c (x : 'cV[R]_d) : norm_sq (c *: x) = c ^+ 2 * norm_sq x.
Proof. by rewrite mulr_sumr; apply: eq_bigr => j _; rewrite mxE exprMn. Qed.

Lemma unit_diagonal_one d n0 (b : 'cV[R]_d) i j : hess (@unit_problem R d d n0 b) i j j = 1.
Proof. by rewrite mxE eqxx. Qed.

Lemma homogeneous_x_inf d (p : problem R d d) b r :
  (forall i, lin p i = b) -> r ^+ 2 = d%:R -> x_inf p (root_sketch d r) = r^-1 *: b.
Proof. by move=> same_b r2; exact: EM_cst_on (homogeneous_v same_b r2). Qed.

(** L = I: x_inf - x* = -(1 - 1/sqrt(n)) x*. *)
Theorem E5_bias d n0 (b : 'cV[R]_d) r : r ^+ 2 = d%:R ->
  x_inf (@unit_problem R d d n0 b) (root_sketch d r) - b = - (1 - r^-1) *: b.
Proof.
move=> r2; rewrite (homogeneous_x_inf (b := b)) //.
by rewrite opprB scalerBl scale1r.
Qed.

Theorem E5_refuted : ~ E5_diminishes.
Proof.
move=> /(_ 5%:R^-1); rewrite invr_gt0 ltr0n => /(_ isT) [N small].
pose m := N.+2; have d0 : (0 < m * m)%N by [].
pose b : 'cV[R]_(m * m) := const_mx 1.
have b0 : 0 < norm_sq b.
  rewrite /norm_sq (eq_bigr (fun=> 1)) => [|j _]; last by rewrite mxE expr1n.
  by rewrite sumr_const card_ord ltr0n.
have r2 : (m%:R : R) ^+ 2 = (m * m)%:R by rewrite natrM expr2.
have := small _ (unit_problem d0 b) b m%:R _ (unit_diagonal_one d0 b) (fun=> erefl) _ r2.
rewrite unit_xstar E5_bias // norm_sqZ ler_pmul2r // ltr0n sqrrN => /(_ _ isT).
have Nm : (N <= m * m)%N.
  by apply: leq_trans (leq_pmulr _ _) => //; exact: leq_trans (leqnSn _) (leqnSn _).
move=> /(_ Nm); apply/negP; rewrite -ltNge.
have m2 : (m%:R : R)^-1 <= 2%:R^-1 by rewrite lef_pinv ?posrE ?ltr0n // ler_nat.
apply: (@lt_le_trans _ _ (2%:R^-1 ^+ 2)).
  by rewrite exprVn -natrX ltf_pinv ?posrE ?ltr0n // ltr_nat.
rewrite ler_expn2r ?nnegrE ?invr_ge0 ?ler0n //; rewrite ?subr_ge0 ?(le_trans m2) //.
- by rewrite invf_le1 ?ler1n ?ltr0n.
- by rewrite ler_subr_addr -ler_subr_addl (le_trans m2) // -subr_ge0 (_ : _ - _ = 0) //; field.
Qed.

(** ** N15 *)

(** (29), with any beta > 0, asks for gamma < 1. *)
Theorem N15_below_one (beta gamma : R) : 0 < beta -> 0 < gamma ->
  gamma <= (2%:R^-1 - beta) / (2%:R^-1 + beta) -> gamma < 1.
Proof.
move=> b0 g0 /le_lt_trans; apply; have half0 : 0 < 2%:R^-1 + beta.
  by rewrite addr_gt0 ?invr_gt0 ?ltr0n.
by rewrite ltr_pdivr_mulr // mul1r ltr_add2l gtr_opp.
Qed.

(** ** N17 *)

Section FullStep.

Variables (n d : nat) (p : problem R n d) (s : sketch R n d).
Hypothesis B_one : forall t : outcome s, B p t = 1%:M.

Theorem N17_mean x : EM (law s) (fun t => round p 1 x t) = x_inf p s.
Proof.
by apply: eq_EM => t; rewrite (round_one B_one) subrr scale0r add0r scale1r.
Qed.

Theorem N17_star : x_inf p s = xstar p <-> bias p s = 0.
Proof.
by rewrite /bias; split=> [->|/eqP]; [rewrite subrr | rewrite subr_eq0 => /eqP].
Qed.

End FullStep.

Definition N17_reaches_star : Prop :=
  forall d (p : problem R d d) (b : 'cV[R]_d) (r : R) x (s : outcome (root_sketch d r)),
  (forall i j, hess p i j j = 1) -> (forall i, lin p i = b) -> r ^+ 2 = d%:R ->
  round p 1 x s = xstar p.

Theorem N17_full_step d (p : problem R d d) (b : 'cV[R]_d) (r : R) x (s : outcome (root_sketch d
  r)) :
  (forall i j, hess p i j j = 1) -> (forall i, lin p i = b) -> r ^+ 2 = d%:R ->
  round p 1 x s = x_inf p (root_sketch d r).
Proof.
move=> unit_diag same_b r2; rewrite (@homogeneous_round _ _ _ unit_diag _ _ _ same_b r2).
by rewrite (homogeneous_x_inf same_b r2) subrr scale0r add0r scale1r.
Qed.

Theorem N17_refuted : ~ N17_reaches_star.
Proof.
pose b : 'cV[R]_4 := const_mx 1; have r2 : (2%:R : R) ^+ 2 = 4%:R by rewrite -natrX.
move=> /(_ 4%N (@unit_problem R 4 4 isT b) b 2%:R 0 1%g (unit_diagonal_one _ b) (fun=> erefl) r2).
rewrite (N17_full_step _ _ (unit_diagonal_one _ b) (fun=> erefl) r2).
rewrite (homogeneous_x_inf (b := b)) // unit_xstar => /colP/(_ 0); rewrite !mxE mulr1 => /eqP.
by rewrite -subr_eq0 (_ : _ - _ = - 2%:R^-1) ?oppr_eq0 ?invr_eq0 ?pnatr_eq0 //; field.
Qed.

(** ** N18 *)

Section Mean.

Variables (n d : nat) (p : problem R n d) (s : sketch R n d) (x : 'cV[R]_d) (j : 'I_d).

Notation error gamma k := (`|(closed_form p s gamma k x - x_inf p s) j 0|).

Lemma mean_error gamma k : error gamma k = `|1 - gamma| ^+ k * `|(x - x_inf p s) j 0|.
Proof.
rewrite -normrX -normrM; congr `|_|.
have -> : closed_form p s gamma k x - x_inf p s = (1 - gamma) ^+ k *: (x - x_inf p s).
  by rewrite /closed_form; move: (x_inf p s) => c; vector_ring.
by rewrite mxE.
Qed.

(** Outside of 0 < gamma < 2 the mean never gets closer to x_inf. *)
Theorem N18_diverges gamma k : gamma <= 0 \/ 2%:R <= gamma -> error gamma 0 <= error gamma k.
Proof.
move=> out; rewrite !mean_error expr0 ler_wpmul2r ?normr_ge0 // exprn_ege1 // ler_normr.
case: out => h; first by rewrite ler_addl oppr_ge0 h.
by apply/orP; right; rewrite opprB ler_subr_addr; exact: h.
Qed.

End Mean.

End Remarks.

(** Over an Archimedean field, such as the reals, the mean converges for each 0 < gamma < 2. *)
Section Limit.

Variable R : archiFieldType.

Lemma bernoulli (h : R) k : 0 <= h -> 1 + k%:R * h <= (1 + h) ^+ k.
Proof.
move=> h0; elim: k => [|k IH]; first by rewrite mul0r addr0 expr0.
rewrite exprS; apply: le_trans (_ : (1 + h) * (1 + k%:R * h) <= _).
  rewrite -subr_ge0 (_ : _ - _ = k%:R * h ^+ 2); last by rewrite -addn1 natrD; ring.
  by rewrite mulr_ge0 ?ler0n ?sqr_ge0.
by rewrite ler_wpmul2l // addr_ge0 ?ler01.
Qed.

Lemma geometric_limit (a eps : R) : 0 <= a -> a < 1 -> 0 < eps ->
  exists N, forall k, (N <= k)%N -> a ^+ k < eps.
Proof.
move=> a0 a1 e0; have [->|an0] := eqVneq a 0.
  by exists 1%N => k k1; rewrite expr0n -leqn0 leqNgt k1.
have apos : 0 < a by rewrite lt0r an0 a0.
pose h := a^-1 - 1; have h0 : 0 < h by rewrite subr_gt0 invf_gt1.
exists (Num.bound (eps^-1 / h)) => k Nk.
rewrite -ltf_pinv ?posrE ?exprn_gt0 // -exprVn.
have -> : a^-1 = 1 + h by rewrite /h addrC subrK.
apply: lt_le_trans (bernoulli k (ltW h0)).
apply: (@lt_trans _ _ (k%:R * h)); last by rewrite ltr_addr ltr01.
rewrite -ltr_pdivr_mulr //; apply: lt_le_trans (_ : (Num.bound (eps^-1 / h))%:R <= _).
  by apply: archi_boundP; rewrite divr_ge0 ?invr_ge0 // ltW.
by rewrite ler_nat.
Qed.

Theorem N18_converges n d (p : problem R n d) (s : sketch R n d) x j gamma eps :
  0 < gamma -> gamma < 2%:R -> 0 < eps ->
  exists N, forall k, (N <= k)%N -> `|(closed_form p s gamma k x - x_inf p s) j 0| < eps.
Proof.
move=> g0 g2 e0; set c := `|(x - x_inf p s) j 0|.
have c1 : 0 < c + 1 by rewrite ltr_paddl ?normr_ge0.
have a1 : `|1 - gamma| < 1.
  rewrite ltr_norml ltr_subr_addr ltr_subl_addr ltr_addl g0 andbT.
  by rewrite addrC ltr_subl_addr; exact: g2.
have [|N small] := geometric_limit (normr_ge0 (1 - gamma)) a1 (_ : 0 < eps / (c + 1)).
  by rewrite divr_gt0.
exists N => k /small; rewrite mean_error -/c ltr_pdivl_mulr //; apply: le_lt_trans.
by rewrite ler_wpmul2l ?exprn_ge0 // ler_addl ler01.
Qed.

End Limit.
