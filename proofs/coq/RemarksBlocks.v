(** * Remarks of ours: N14 (second example) and N16 (larger blocks), by counterexamples

    - N14, (17) read as a sufficient condition: n = d = 2, L_1 = 3/2 K, L_2 = 1/2 K,
      K = [[1,9/10],[9/10,1]]. (17) holds from theta = 2 on ([N14_pair_condition17]), (14) from
      theta = 23/2 on ([N14_pair_theta]). With gamma = 1/2 one round takes f(x) to (19/4) f(x) at
      x = (1,-1), whatever the draw ([N14_pair_ascent]): one round only, later ones converge.
    - N16: (30) is stated for (23), where q = 1. For scaled Perm-q with q > 1 its bound fails
      ([N16_blocks_refuted]): n = 1, d = q = 3, unit diagonal, off-diagonal 19/20, b = 0,
      x_0 = (1,1,1), gamma = 9/10, K = 2 gives 15.6 > -27.6 ([N16_average], [N16_decrease]). With
      n = 1 this is gradient descent with gamma > 2/lambda_max. *)

From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From Ist Require Import Probability Quadratic Problem Theorem1 FisherYates UniformPermutation.
From Ist Require Import Mask PermSketch Theorem2 Spectrum Conditioning Corrections.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(** The least theta of (14). *)
Definition least_theta (R : realFieldType) n d (p : problem R n d) (s : sketch R n d) theta : Prop
  :=
  loewner (EBLB p s) (theta *: W p s) /\
  forall theta', loewner (EBLB p s) (theta' *: W p s) -> theta <= theta'.

(** ** N14 *)

Section N14.

Variable R : realFieldType.

Definition N14_K : 'M[R]_2 := mx2 1 (9%:R / 10%:R) 1.
Definition N14_factor (i : 'I_2) : R := if i == 0 then 3%:R / 2%:R else 2%:R^-1.

Lemma N14_K_pd : pd N14_K.
Proof.
by apply: mx2_pd; rewrite ?ltr01 // (_ : _ - _ = 19%:R / 100%:R) ?divr_gt0 ?ltr0n //; field.
Qed.

Lemma N14_factor_gt0 i : 0 < N14_factor i.
Proof. by rewrite /N14_factor; case: ifP; rewrite ?divr_gt0 ?invr_gt0 ?ltr0n. Qed.

Lemma N14_hess_sym i : symm (N14_factor i *: N14_K).
Proof. by rewrite /symm linearZ /= mx2_sym. Qed.

Lemma N14_hess_pd i : pd (N14_factor i *: N14_K).
Proof. by move=> x x0; rewrite quad_scalem mulr_gt0 ?N14_factor_gt0 ?N14_K_pd. Qed.

Definition N14_pair : problem R 2 2 :=
  @Problem R 2 2 isT (fun i => N14_factor i *: N14_K) (fun=> 0) N14_hess_sym (mean_pd (ltn0Sn 1)
    N14_hess_pd).

Notation perm1 := (perm_sketch R 2 2 1).
Notation p := N14_pair.

Lemma N14_pair_Lbar : Lbar p = N14_K.
Proof.
rewrite /Lbar /mean /= -scaler_suml scalerA big_ord_recl big_ord1 /N14_factor /=.
by rewrite (_ : _ * _ = 1) ?scale1r //; field.
Qed.

Lemma N14_K_diag : diag_part N14_K = 1%:M.
Proof.
by apply/matrixP => j l; have [->|->] := ord2 j; have [->|->] := ord2 l; rewrite !mxE.
Qed.

Lemma N14_pair_B (s : 'S_2) :
  B p (s : outcome perm1) = diag_of (fun j => 2%:R * N14_factor ((s^-1)%g j)).
Proof.
apply/matrixP => j l; rewrite !mxE summxE.
case: (j =P l) => [<-|/eqP jl].
  transitivity (2%:R^-1 * \sum_(i < 2) (4%:R * N14_factor i) * (member (slot 2 1 i) s j)%:R).
    congr (_ * _); apply: eq_bigr => i _; rewrite mask_sandwichE mxE.
    have -> : N14_K j j = 1 by have [->|->] := ord2 j; rewrite mxE.
    by case: member; rewrite ?mulr0 ?mulr1 //; ring.
  rewrite (sum_member (erefl (2 * 1)%N) isT s j (fun i => 4%:R * N14_factor i)) mulr1n.
  rewrite (_ : Ordinal _ = (s^-1)%g j); first by field.
  by apply: val_inj; rewrite /= /owner divn1.
rewrite big1 ?mulr0 // => i _; rewrite mask_sandwichE !member_slot /owner !divn1.
case: eqP => [ji|_]; last by rewrite mul0r mulr0.
case: eqP => [li|_]; last by rewrite mulr0 mulr0.
by case/eqP: jl; apply/(@perm_inj _ (s^-1)%g)/val_inj; rewrite /= ji li.
Qed.

(** One worker draws each coordinate. *)
Lemma N14_factors (s : 'S_2) :
  (N14_factor ((s^-1)%g 0) = 3%:R / 2%:R /\ N14_factor ((s^-1)%g 1) = 2%:R^-1) \/
  (N14_factor ((s^-1)%g 0) = 2%:R^-1 /\ N14_factor ((s^-1)%g 1) = 3%:R / 2%:R).
Proof.
have neq : (s^-1)%g 0 != (s^-1)%g 1 by rewrite (inj_eq perm_inj).
move: neq; have [->|->] := ord2 ((s^-1)%g 0); have [->|->] := ord2 ((s^-1)%g 1);
  rewrite ?eqxx // => _; [left|right]; by [].
Qed.

Lemma N14_image (s : 'S_2) x :
  quad N14_K (B p (s : outcome perm1) *m x) =
  4%:R * (N14_factor ((s^-1)%g 0) ^+ 2 * x 0 0 ^+ 2) + 27%:R / 5%:R * (x 0 0 * x 1 0) +
  4%:R * (N14_factor ((s^-1)%g 1) ^+ 2 * x 1 0 ^+ 2).
Proof.
rewrite N14_pair_B quad_mx2 !diag_of_mulE; move: (x 0 0) (x 1 0) => y z.
by have [[-> ->]|[-> ->]] := N14_factors s; field.
Qed.

Lemma N14_mean_square j :
  E (uniform_perm R 2) (fun s => N14_factor ((s^-1)%g j) ^+ 2) = 5%:R / 4%:R.
Proof.
rewrite (E_perm_inv (fun s => N14_factor (s j) ^+ 2)) (E_perm1 j (fun i => N14_factor i ^+ 2)).
by rewrite big_ord_recl big_ord1 /N14_factor /=; field.
Qed.

Lemma N14_pair_quad_EBLB x :
  quad (EBLB p perm1) x =
  5%:R * x 0 0 ^+ 2 + 27%:R / 5%:R * (x 0 0 * x 1 0) + 5%:R * x 1 0 ^+ 2.
Proof.
rewrite -E_quad.
transitivity (E (uniform_perm R 2) (fun s =>
    4%:R * x 0 0 ^+ 2 * N14_factor ((s^-1)%g 0) ^+ 2 + 27%:R / 5%:R * (x 0 0 * x 1 0) +
    4%:R * x 1 0 ^+ 2 * N14_factor ((s^-1)%g 1) ^+ 2)).
  apply: eq_E => s; transitivity (quad N14_K (B p (s : outcome perm1) *m x)).
    by rewrite [RHS]/quad inner_mull inner_mulr B_sym N14_pair_Lbar.
  rewrite N14_image; move: (x 0 0) (x 1 0) => y z.
  by move: (N14_factor _) (N14_factor (_ 1)) => e e'; ring.
by rewrite !E_add !E_scale E_cst !N14_mean_square; field.
Qed.

Lemma N14_pair_quad_W x : quad (W p perm1) x = 2%:R * quad N14_K x.
Proof.
by rewrite E4_corrected N14_pair_Lbar N14_K_diag mulmx1 mul1mx quad_scalem quad_addm; field.
Qed.

Theorem N14_pair_condition17 theta : condition17 p theta <-> 2%:R <= theta.
Proof.
have quads x : (quad (2%:R *: (diag_part (Lbar p) *m Lbar p *m diag_part (Lbar p))) x <=
    quad ((theta / 2%:R) *: (Lbar p *m diag_part (Lbar p) + diag_part (Lbar p) *m Lbar p)) x) =
    (2%:R * quad N14_K x <= theta * quad N14_K x).
  rewrite N14_pair_Lbar N14_K_diag !mulmx1 !mul1mx !quad_scalem quad_addm.
  by congr (_ <= _); field.
split=> [/(_ (delta_mx 0 0))|le x]; last by rewrite quads ler_wpmul2r ?(pd_psd N14_K_pd).
by rewrite quads quad_delta mxE /= !mulr1.
Qed.

Theorem N14_pair_theta : least_theta p perm1 (23%:R / 2%:R).
Proof.
split=> [x|theta /(_ (\col_i (if i == 0 then 1 else -1)))].
  rewrite quad_scalem N14_pair_quad_W N14_pair_quad_EBLB quad_mx2 -subr_ge0.
  rewrite (_ : _ - _ = 18%:R * (x 0 0 + x 1 0) ^+ 2); last by move: (x 0 0) (x 1 0) => y z; field.
  by rewrite mulr_ge0 ?ler0n ?sqr_ge0.
rewrite quad_scalem N14_pair_quad_W N14_pair_quad_EBLB quad_mx2 !mxE /=.
rewrite (_ : _ + _ = 23%:R / 2%:R * (2%:R / 5%:R)); last by field.
rewrite (_ : _ * (2%:R * _) = theta * (2%:R / 5%:R)); last by field.
by rewrite ler_pmul2r // divr_gt0 ?ltr0n.
Qed.

Theorem N14_pair_ascent (s : outcome perm1) :
  let x : 'cV[R]_2 := \col_i (if i == 0 then 1 else -1) in
  f p (round p (2%:R^-1) x s) = 19%:R / 4%:R * f p x.
Proof.
move=> x; have bbar0 : bbar p = 0.
  by rewrite /bbar /mean big1 ?scaler0.
have fE y : f p y = 2%:R^-1 * quad N14_K y.
  by rewrite f_mean N14_pair_Lbar bbar0 /dot trmx0 mul0mx mxE subr0.
have v0 : v p s = 0 by rewrite /v /mean big1 ?scaler0 // => i _; rewrite mulmx0.
have entry j : round p (2%:R^-1) x s j 0 = (1 - N14_factor ((s^-1)%g j)) * x j 0.
  rewrite /round estimator_affine v0 subr0 N14_pair_B.
  have sub (y z : 'cV[R]_2) c : (y - c *: z) j 0 = y j 0 - c * z j 0 by rewrite !mxE.
  by rewrite sub diag_of_mulE; field.
rewrite !fE !quad_mx2 !entry !mxE /=.
by have [[-> ->]|[-> ->]] := N14_factors s; field.
Qed.

End N14.

(** ** N16 *)

Section N16.

Variable R : realFieldType.

(** The bound of (30) for scaled Perm-q with any q: E[B] x_fix = E v, h = x* - x_fix. *)
Definition N16_larger_blocks : Prop :=
  forall n d q (p : problem R n d) (a : 'I_n -> 'I_d -> R) (gamma beta sigma2 : R) K
    (x_fix x0 : 'cV[R]_d),
  let s := scaled_sketch q a in
  d = (n * q)%N -> (0 < q)%N -> (forall i j, a i j ^+ 2 * hess p i j j = n%:R) ->
  EB p s *m x_fix = Ev p s ->
  (forall x, E (law s) (fun t => quad (Lbar p)
    (estimator p t x - EM (law s) (fun t => estimator p t x))) <= sigma2) ->
  0 < beta -> 0 < gamma -> gamma <= (2%:R^-1 - beta) / (2%:R^-1 + beta) -> (0 < K)%N ->
  time_average p s gamma x0 K (grad_norm_sq p) <=
  decrease p s gamma K x0 + (2%:R * beta^-1 * (1 - gamma) + gamma) *
    quad (Lbar p) (xstar p - x_fix) + gamma * sigma2.

Definition N16_matrix : 'M[R]_3 := 20%:R^-1 *: (1%:M + 19%:R *: const_mx 1).

Lemma N16_quad x : quad N16_matrix x = 20%:R^-1 * (norm_sq x + 19%:R * (\sum_j x j 0) ^+ 2).
Proof.
rewrite quad_scalem quad_addm quad1_norm quad_scalem; congr (_ * (_ + _ * _)).
rewrite quad_sum_entries expr2 big_distrlr; apply: eq_bigr => i _; apply: eq_bigr => j _.
by rewrite mxE mulr1.
Qed.

Lemma N16_sym : symm N16_matrix.
Proof. by rewrite /symm linearZ /= linearD /= linearZ /= trmx1 trmx_const. Qed.

Lemma N16_pd : pd N16_matrix.
Proof.
move=> x x0; rewrite N16_quad mulr_gt0 ?invr_gt0 ?ltr0n // ltr_paddr //.
  by rewrite mulr_ge0 ?ler0n ?sqr_ge0.
by rewrite -quad1_norm; exact: pd1.
Qed.

Definition N16_problem : problem R 1 3 := same_problem (ltn0Sn 0) 0 N16_sym N16_pd.
Definition N16_sketch : sketch R 1 3 := scaled_sketch 3 (fun _ _ => 1).
Definition N16_start : 'cV[R]_3 := const_mx 1.

Notation p := N16_problem.
Notation gamma := (9%:R / 10%:R : R).
Notation ratio := (- (161%:R / 100%:R) : R).

Lemma N16_diagonal j : N16_matrix j j = 1.
Proof. by rewrite !mxE eqxx mulr1n; field. Qed.

Lemma N16_Lbar : Lbar p = N16_matrix.
Proof. exact: mean_cst. Qed.

(** One worker owns every coordinate. *)
Lemma N16_mask (s : 'S_3) (i : 'I_1) : mask (fun _ : 'I_3 => 1 : R) (slot 3 3 i) s = 1%:M.
Proof.
apply/matrixP => j l; rewrite !mxE member_slot /owner divn_small ?ltn_ord //.
by rewrite ord1 eqxx mulr1.
Qed.

Lemma N16_B (s : outcome N16_sketch) : B p s = N16_matrix.
Proof.
rewrite /B (eq_mean (G := fun=> N16_matrix)) ?mean_cst // => i.
by rewrite /= N16_mask mul1mx mulmx1.
Qed.

Lemma N16_v (s : outcome N16_sketch) : v p s = 0.
Proof. by rewrite /v /mean big1 ?scaler0 // => i _; rewrite mulmx0. Qed.

Lemma N16_star : xstar p = 0.
Proof. by rewrite /xstar (_ : bbar p = 0) ?mulmx0 // /bbar /mean big1 ?scaler0. Qed.

Lemma N16_round c (s : outcome N16_sketch) : round p gamma (c *: N16_start) s = (ratio * c) *:
  N16_start.
Proof.
have image : N16_matrix *m N16_start = (29%:R / 10%:R) *: N16_start.
  apply/colP => j; rewrite -scalemxAl mulmxDl mul1mx -scalemxAl.
  have -> : const_mx 1 *m N16_start = const_mx 3%:R :> 'cV[R]_3.
    apply/colP => k; rewrite mxE (eq_bigr (fun=> 1)) ?sumr_const ?card_ord ?mxE // => l _.
    by rewrite !mxE mulr1.
  by rewrite !mxE; field.
rewrite /round estimator_affine N16_B N16_v subr0 -scalemxAr image !scalerA -scalerBl.
by congr (_ *: _); field.
Qed.

Lemma N16_after k (F : 'cV[R]_3 -> R) c :
  after p N16_sketch gamma k F (c *: N16_start) = F ((ratio ^+ k * c) *: N16_start).
Proof.
elim: k c => [|k IH] c; first by rewrite mul1r.
rewrite /after /=; apply: E_cst_on => s; rewrite N16_round -[LHS]/(after p N16_sketch gamma k F _)
  IH.
by rewrite mulrA -exprSr.
Qed.

Lemma N16_grad_norm c : grad_norm_sq p (c *: N16_start) = 87%:R / 10%:R * c ^+ 2.
Proof.
rewrite grad_norm_sqE N16_star subr0 N16_Lbar quadZ N16_quad.
have -> : norm_sq N16_start = 3%:R.
  by rewrite /norm_sq (eq_bigr (fun=> 1)) ?sumr_const ?card_ord // => j _; rewrite mxE expr1n.
have -> : \sum_j N16_start j 0 = 3%:R.
  by rewrite (eq_bigr (fun=> 1)) ?sumr_const ?card_ord // => j _; rewrite mxE.
by field.
Qed.

Lemma N16_start1 : N16_start = 1 *: N16_start. Proof. by rewrite scale1r. Qed.

(** 3125127 / 200000 *)
Theorem N16_average :
  time_average p N16_sketch gamma N16_start 2 (grad_norm_sq p) =
  87%:R / 20%:R * (1 + (161%:R / 100%:R) ^+ 2).
Proof.
rewrite time_averageE N16_start1 big_ord_recl big_ord1 !N16_after !N16_grad_norm /=.
by field.
Qed.

(** -5528349663 / 200000000 *)
Theorem N16_decrease :
  decrease p N16_sketch gamma 2 N16_start = 29%:R / 6%:R * (1 - (161%:R / 100%:R) ^+ 4).
Proof. by rewrite decreaseE N16_start1 N16_after !N16_grad_norm; field. Qed.

Lemma N16_gap (t : R) :
  87%:R / 20%:R * (1 + t) - 29%:R / 6%:R * (1 - t ^+ 2) =
  29%:R / 60%:R * (10%:R * (t - 1) * (t + 1) + 9%:R * (1 + t)).
Proof. by field. Qed.

Theorem N16_blocks_refuted : ~ N16_larger_blocks.
Proof.
move=> /(_ 1%N 3%N 3%N p (fun _ _ => 1) gamma (38%:R^-1) 0 2%N 0 N16_start erefl isT) bound.
have : time_average p N16_sketch gamma N16_start 2 (grad_norm_sq p) <=
    decrease p N16_sketch gamma 2 N16_start.
  have := bound _ _ _ _ _ _ isT.
  rewrite N16_star subrr quad0 !mulr0 !addr0; apply.
  - by move=> i j; rewrite expr1n mul1r N16_diagonal.
  - by rewrite mulmx0 /Ev (EM_cst_on _ N16_v).
  - move=> x; rewrite le_eqVlt; apply/orP; left; apply/eqP; apply: E_cst_on => s.
    have est t : estimator p (t : outcome N16_sketch) x = N16_matrix *m x.
      by rewrite estimator_affine N16_B N16_v subr0.
    by rewrite (EM_cst_on _ est) est subrr quad0.
  - by rewrite invr_gt0 ltr0n.
  - by rewrite divr_gt0 ?ltr0n.
  - by rewrite le_eqVlt; apply/orP; left; apply/eqP; field.
apply/negP; rewrite -ltNge N16_average N16_decrease -subr_gt0.
have : 1 <= (161%:R / 100%:R) ^+ 2 :> R.
  by rewrite exprn_ege1 // ler_pdivl_mulr ?ltr0n // mul1r ler_nat.
have -> : (161%:R / 100%:R) ^+ 4 = ((161%:R / 100%:R) ^+ 2) ^+ 2 :> R by rewrite -exprM.
move: (_ ^+ 2) => t t1.
rewrite N16_gap.
have t2 : 0 < 1 + t by rewrite addr_gt0 ?ltr01 // (lt_le_trans ltr01).
rewrite mulr_gt0 ?divr_gt0 ?ltr0n // addrC ltr_paddr //.
  by rewrite mulr_ge0 ?mulr_ge0 ?ler0n ?subr_ge0 // addrC ltW.
by rewrite mulr_gt0 ?ltr0n.
Qed.

End N16.
