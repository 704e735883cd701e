(** * Corrections to formulas that the 2023 preprint displays

    Slips: the intended formula stands elsewhere in the text. As displayed each is refuted; the
    corrected one is proved.

    - E1 (23) displays the diagonal of L_i^-1/2; the sentence before it, (27) and Theorem 2 have
      D_i^-1/2, and nothing later depends on it. As displayed ([E1_printed]) it does not give
      B = I ([E1_refuted]: L = [[5,4],[4,5]] gives B = (20/9) I, so that gamma = 1 multiplies x by
      -11/9, [E1_step]). Corrected: [scaled1_B] in PermSketch.v.
    - E2 (21): lambda_min(A^-1) is not lambda_max(A) ([E2_refuted]: A = [[1,1/2],[1/2,1]]).
      Corrected: [is_min_inv] in Spectrum.v; with it (22) follows, which is right as displayed.
    - E4 (19): the displayed W lacks the factor n ([E4_refuted]); only its sign is used.
      [E4_corrected]: W = (n/2) (Lbar Dbar + Dbar Lbar).
    - E9 (30): as displayed, with h in the norm of Lbar^2, the bound is false ([E9_refuted]:
      [E9_left] > [E9_right]); the prose after it has the norm of Lbar, with which it holds
      ([theorem2_printed] in Theorem2.v).
    - E10, the display before (17): n^2 beside C_i, which has n already, makes E[B] n^2 times too
      large ([E10_value], [E10_refuted]). Corrected: [perm1_EB] in PermSketch.v.

    Two statements of the text that rest on E4's W:

    - P10 (17), printed as a consequence of (14), is one ([P10_necessary]). That it is not
      sufficient is a remark of ours: Remarks.v and RemarksBlocks.v.
    - P11, Remark 1 (18): for L = [[a,c],[c,b]], c > 2ab/(a+b), W is not PSD ([remark1]). *)

From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From Ist Require Import Probability Quadratic Problem Theorem1 FisherYates UniformPermutation.
From Ist Require Import Mask PermSketch Theorem2 Spectrum.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(** A homogeneous problem, n workers with the same matrix and the same linear term. *)
Definition same_problem (R : realFieldType) n d (n0 : (0 < n)%N) (L : 'M[R]_d) (b : 'cV[R]_d)
    (symL : symm L) (pdL : pd L) : problem R n d :=
  Problem n0 (fun=> b) (fun=> symL) (mean_pd n0 (fun=> pdL)).

Section Corrections.

Variable R : realFieldType.

(** ** E1 *)

(** Printed: the scale sqrt(n) [L_i^-1/2]_jj makes B = I; S_i stands for L_i^-1/2. *)
Definition E1_printed : Prop :=
  forall (d : nat) (p : problem R d d) (root : 'I_d -> 'M[R]_d) (r : R) (s : 'S_d),
  r ^+ 2 = d%:R -> (forall i, symm (root i)) -> (forall i, pd (root i)) ->
  (forall i, root i *m root i *m hess p i = 1%:M) ->
  B p (s := scaled_sketch 1 (fun i j => r * root i j j)) s = 1%:M.

Lemma E1_pd : pd (mx2 5%:R 4%:R 5%:R : 'M[R]_2).
Proof.
by apply: mx2_pd; rewrite ?ltr0n // (_ : _ - _ = 9%:R) ?ltr0n //; ring.
Qed.

Definition E1_problem : problem R 2 2 :=
  @same_problem R 2 2 isT _ 0 (mx2_sym 5%:R 4%:R 5%:R) E1_pd.

Definition E1_root : 'M[R]_2 := mx2 (2%:R / 3%:R) (- (1 / 3%:R)) (2%:R / 3%:R).

(** With [L^-1/2]_jj = 2/3, B = (20/9) I; here n may have any square root r. *)
Lemma E1_B r (s : 'S_2) : r ^+ 2 = 2%:R ->
  B E1_problem (s := scaled_sketch 1 (fun _ j => r * E1_root j j)) s = (20%:R / 9%:R)%:M.
Proof.
move=> r2; rewrite (@block1_B _ _ _ _ (40%:R / 9%:R)) => [|i j].
  by congr (_%:M); field.
by rewrite exprMn r2; have [->|->] := ord2 j; rewrite !mxE /=; field.
Qed.

Lemma E1_root_inverse : E1_root *m E1_root *m hess E1_problem 0 = 1%:M.
Proof.
apply/matrixP => i j.
have [->|->] := ord2 i; have [->|->] := ord2 j;
  by do 3 rewrite ?mxE ?big_ord_recl ?big_ord0 /=; field.
Qed.

Theorem E1_refuted (r : R) : r ^+ 2 = 2%:R -> ~ E1_printed.
Proof.
move=> r2 printed.
have pd_root : pd E1_root.
  apply: mx2_pd; first by rewrite divr_gt0 ?ltr0n.
  by rewrite (_ : _ - _ = 1 / 3%:R) ?divr_gt0 ?ltr0n ?ltr01 //; field.
have := printed 2%N E1_problem (fun=> E1_root) r 1%g r2 (fun=> mx2_sym _ _ _) (fun=> pd_root)
  (fun=> E1_root_inverse).
rewrite E1_B // => /matrixP/(_ 0 0); rewrite !mxE /= => /eqP.
rewrite -subr_eq0 (_ : _ - _ = 11%:R / 9%:R); last by field.
by rewrite mulf_eq0 invr_eq0 !pnatr_eq0.
Qed.

Theorem E1_step r x (s : 'S_2) : r ^+ 2 = 2%:R ->
  round E1_problem 1 x (s : outcome (scaled_sketch 1 (fun _ j => r * E1_root j j))) =
  - (11%:R / 9%:R) *: x.
Proof.
move=> r2; rewrite /round estimator_affine E1_B // scale1r mul_scalar_mx.
have -> : v E1_problem (s : outcome (scaled_sketch 1 (fun _ j => r * E1_root j j))) = 0.
  by rewrite /v /mean big1 ?scaler0 // => i _; rewrite mulmx0.
by rewrite subr0 -{1}[x]scale1r -scalerBl; congr (_ *: _); field.
Qed.

(** ** E2 *)

Definition E2_printed : Prop :=
  forall (d : nat) (A : 'M[R]_d) (lambda mu : R),
  symm A -> pd A -> is_max A lambda -> is_min (invmx A) mu -> mu = lambda.

Lemma is_min_unique d (A : 'M[R]_d) mu nu : is_min A mu -> is_min A nu -> mu = nu.
Proof.
have le m n' : is_min A m -> is_min A n' -> m <= n'.
  move=> [low _] [_ [x x0 at_x]]; have := low x.
  by rewrite quad_scalem at_x ler_pmul2r ?pd1.
by move=> h1 h2; apply: le_anti; rewrite !le.
Qed.

Theorem E2_refuted : ~ E2_printed.
Proof.
pose h : R := 2%:R^-1; pose A := mx2 1 h 1.
have pdA : pd A.
  apply: mx2_pd; rewrite ?ltr01 // (_ : _ - _ = 3%:R / 4%:R) ?divr_gt0 ?ltr0n //.
  by rewrite /h; field.
have maxA : is_max A (3%:R / 2%:R).
  split=> [x|].
    rewrite quad_scalem -subr_ge0 (_ : 1%:M = mx2 1 0 1); last first.
      apply/matrixP => i j; have [->|->] := ord2 i; have [->|->] := ord2 j; by rewrite !mxE.
    rewrite !quad_mx2 (_ : _ - _ = h * (x 0 0 - x 1 0) ^+ 2); last by rewrite /h; field.
    by rewrite mulr_ge0 ?sqr_ge0 // invr_ge0 ler0n.
  exists (const_mx 1); first by apply/eqP => /colP/(_ 0); rewrite !mxE; exact/eqP/oner_neq0.
  rewrite (_ : 1%:M = mx2 1 0 1); last first.
    apply/matrixP => i j; have [->|->] := ord2 i; have [->|->] := ord2 j; by rewrite !mxE.
  by rewrite !quad_mx2 !mxE /h; field.
move=> printed.
have minA := is_min_inv (mx2_sym 1 h 1) pdA maxA.
have /eqP := printed 2%N A _ _ (mx2_sym 1 h 1) pdA maxA minA.
rewrite -subr_eq0 (_ : _ - _ = - (5%:R / 6%:R)); last by field.
by rewrite oppr_eq0 mulf_eq0 invr_eq0 !pnatr_eq0.
Qed.

(** ** E4 and Remark 1 *)

Section PermOneW.

Variables (d : nat) (p : problem R d d).
Notation perm1 := (perm_sketch R d d 1).
Notation Dbar := (diag_part (Lbar p)).

Theorem E4_corrected :
  W p perm1 = (d%:R / 2%:R) *: (Lbar p *m Dbar + Dbar *m Lbar p).
Proof.
rewrite /W perm1_EB -scalemxAr -scalemxAl -scalerDr scalerA mulrC; congr (_ *: _).
Qed.

(** ** P10 *)

(** (17) *)
Definition condition17 (theta : R) : Prop :=
  loewner (d%:R *: (Dbar *m Lbar p *m Dbar))
    ((theta / 2%:R) *: (Lbar p *m Dbar + Dbar *m Lbar p)).

(** E[B Lbar B] ⪰ E[B] Lbar E[B]. *)
Lemma second_moment_ge n' d' (p' : problem R n' d') (s : sketch R n' d') :
  loewner (EB p' s *m Lbar p' *m EB p' s) (EBLB p' s).
Proof.
move=> x; rewrite -subr_ge0.
have psdV : psd (EM (law s) (fun t =>
    (B p' t - EB p' s) *m Lbar p' *m (B p' t - EB p' s))).
  apply: EM_psd => t; have sym : (B p' t - EB p' s)^T = B p' t - EB p' s.
    by rewrite linearB /= B_sym EB_sym.
  by rewrite -{1}sym; apply: psd_congr; exact: Lbar_psd.
have := psdV x; rewrite (_ : EM _ _ = EM (law s) (fun t => B p' t *m Lbar p' *m B p' t -
    B p' t *m (Lbar p' *m EB p' s) - EB p' s *m Lbar p' *m B p' t +
    EB p' s *m Lbar p' *m EB p' s)); last first.
  apply: eq_EM => t; rewrite mulmxBl mulmxBr !mulmxBl !mulmxA opprB addrA addrAC.
  by congr (_ + _); rewrite addrAC.
rewrite EM_add !EM_sub EM_cst EM_mulr EM_mull -/(EB p' s) -/(EBLB p' s) !mulmxA subrK.
by rewrite quad_subm.
Qed.

Theorem P10_necessary theta :
  loewner (EBLB p perm1) (theta *: W p perm1) -> condition17 theta.
Proof.
move=> bound x; have dR0 : 0 < d%:R :> R by exact: n_gt0 p.
have := le_trans (second_moment_ge p perm1 x) (bound x).
rewrite E4_corrected perm1_EB; move: (Lbar p) => L; move: (diag_part L) => D.
have -> : d%:R *: D *m L *m (d%:R *: D) = d%:R *: (d%:R *: (D *m L *m D)).
  by rewrite -scalemxAr -!scalemxAl.
rewrite !quad_scalem => h; rewrite -(ler_pmul2l dR0); move: h.
move: (quad (L *m D + D *m L) x) (quad (D *m L *m D) x) => q2 q1.
by rewrite (_ : d%:R * (theta / 2%:R * q2) = theta * (d%:R / 2%:R * q2)); last ring.
Qed.

End PermOneW.

Definition E4_printed : Prop :=
  forall (d : nat) (p : problem R d d),
  W p (perm_sketch R d d 1) =
  2%:R^-1 *: (Lbar p *m diag_part (Lbar p) + diag_part (Lbar p) *m Lbar p).

Definition unit_problem n d (n0 : (0 < n)%N) (b : 'cV[R]_d) : problem R n d :=
  same_problem n0 b (@symm1 R d) (@pd1 R d).

Lemma unit_Lbar n d (n0 : (0 < n)%N) (b : 'cV[R]_d) : Lbar (unit_problem n0 b) = 1%:M.
Proof. exact: mean_cst. Qed.

Lemma unit_xstar n d n0 (b : 'cV[R]_d) : xstar (@unit_problem n d n0 b) = b.
Proof. by rewrite /xstar unit_Lbar invmx1 mul1mx; exact: mean_cst. Qed.

Theorem E4_refuted : ~ E4_printed.
Proof.
move=> /(_ 2%N (@unit_problem 2 2 isT 0)); rewrite E4_corrected unit_Lbar.
have -> : diag_part 1%:M = 1%:M :> 'M[R]_2.
  by apply/matrixP => i j; rewrite !mxE; case: eqP.
rewrite mulmx1 => /matrixP/(_ 0 0); rewrite !mxE /= => /eqP.
by rewrite -subr_eq0 (_ : _ - _ = 1) ?oner_eq0 //; field.
Qed.

(** P11 *)
Theorem remark1 a b c (pd_abc : pd (mx2 a c b : 'M[R]_2)) : 0 < a -> 0 < b ->
  2%:R * a * b / (a + b) < c ->
  ~ psd (W (@same_problem R 2 2 isT _ 0 (mx2_sym a c b) pd_abc) (perm_sketch R 2 2 1)).
Proof.
move=> a0 b0 c_gt; rewrite E4_corrected.
have -> : Lbar (@same_problem R 2 2 isT _ 0 (mx2_sym a c b) pd_abc) = mx2 a c b.
  exact: mean_cst.
set M := _ *: _; have -> : M = mx2 (2%:R * a ^+ 2) (c * (a + b)) (2%:R * b ^+ 2).
  rewrite /M; apply/matrixP => i j; have [->|->] := ord2 i; have [->|->] := ord2 j;
  by do 3 rewrite ?mxE ?big_ord_recl ?big_ord0 /=; rewrite ?mulr1n ?mulr0n; field.
have ab0 : 0 < a + b by rewrite addr_gt0.
apply: mx2_not_psd; last by rewrite mulr_gt0 ?ltr0n // exprn_even_gt0 //= gt_eqF.
have q_lt : 2%:R * a * b < c * (a + b) by rewrite -ltr_pdivr_mulr.
have q0 : 0 < 2%:R * a * b by rewrite !mulr_gt0 ?ltr0n.
rewrite subr_lt0 (_ : _ * _ = (2%:R * a * b) ^+ 2); last by ring.
by rewrite ltr_expn2r // ?nnegrE ltW // (lt_trans q0).
Qed.

(** ** E9 *)

(** (30) with h in the norm of Lbar^2, at the generality of [theorem2_printed]. *)
Definition E9_printed : Prop :=
  forall n d (p : problem R n d) (s : sketch R n d) (gamma beta sigma2 : R) K (x0 : 'cV[R]_d),
  (forall t : outcome s, B p t = 1%:M) -> (0 < K)%N ->
  0 < beta -> 0 < gamma -> gamma <= (2%:R^-1 - beta) / (2%:R^-1 + beta) ->
  sigma_sq p s <= sigma2 ->
  time_average p s gamma x0 K (grad_norm_sq p) <=
  decrease p s gamma K x0 +
  (2%:R * beta^-1 * (1 - gamma) + gamma) * quad (Lbar p *m Lbar p) (bias p s) + gamma * sigma2.

Lemma hundredth_gt0 : 0 < 100%:R^-1 :> R.
Proof. by rewrite invr_gt0 ltr0n. Qed.

Definition ones : 'cV[R]_4 := const_mx 1.

(** n = d = 4, L_i = I / 100, b_i = (1, 1, 1, 1), the scale sqrt(n / L_jj) = 20. *)
Definition E9_problem : problem R 4 4 := scalar_problem (ltn0Sn 3) hundredth_gt0 (fun=> ones).
Definition E9_sketch : sketch R 4 4 := scaled_sketch 1 (fun _ _ => 20%:R).

Lemma E9_B (s : outcome E9_sketch) : B E9_problem s = 1%:M.
Proof. by apply: scaled1_B => i j; rewrite mxE eqxx mulr1n; field. Qed.

Lemma E9_v (s : outcome E9_sketch) : v E9_problem s = 5%:R *: ones.
Proof.
apply/colP => j; rewrite /v /mean mxE summxE [RHS]mxE.
transitivity (4%:R^-1 * \sum_(i < 4) 20%:R * (member (slot 4 1 i) s j)%:R : R).
  by congr (_ * _); apply: eq_bigr => i _; rewrite mask_colE mxE mulr1.
by rewrite (sum_member (esym (muln1 4%N)) (ltn0Sn 0) s j (fun=> 20%:R)) mxE; field.
Qed.

Lemma E9_x_inf : x_inf E9_problem E9_sketch = 5%:R *: ones.
Proof. exact: EM_cst_on E9_v. Qed.

Lemma E9_Lbar : Lbar E9_problem = (100%:R^-1)%:M.
Proof. exact: mean_cst. Qed.

Lemma E9_bias : bias E9_problem E9_sketch = 95%:R *: ones.
Proof.
have star : xstar E9_problem = 100%:R *: ones.
  apply: (canLR (mulKmx (Lbar_unit E9_problem))).
  rewrite E9_Lbar mul_scalar_mx scalerA mulVf ?pnatr_eq0 // scale1r; exact: mean_cst.
by rewrite /bias star E9_x_inf; apply/colP => j; rewrite !mxE; ring.
Qed.

Lemma E9_sigma : sigma_sq E9_problem E9_sketch = 0.
Proof. by apply: E_cst_on => s; rewrite E9_v E9_x_inf subrr quad0. Qed.

Lemma norm_ones : norm_sq ones = 4%:R.
Proof.
by rewrite /norm_sq (eq_bigr (fun=> 1)) ?sumr_const ?card_ord // => j _; rewrite mxE expr1n.
Qed.

Lemma E9_quad_bias c : quad c%:M (bias E9_problem E9_sketch) = c * (4%:R * 95%:R ^+ 2).
Proof. by rewrite E9_bias quadZ quad_scalar norm_ones; ring. Qed.

(** The iterates stay at x_inf. *)
Lemma E9_after gamma k F :
  after E9_problem E9_sketch gamma k F (x_inf E9_problem E9_sketch) =
  F (x_inf E9_problem E9_sketch).
Proof.
elim: k => // k IH; rewrite /after /=; apply: E_cst_on => s; rewrite -[RHS]IH.
congr (walk _ _ _ _ _); rewrite (round_one E9_B) E9_v E9_x_inf -scalerDl.
by rewrite subrK scale1r.
Qed.

(** Both sides of (30) from x_0 = x_inf, where sigma = 0: 361/4 = 90.25 in each coordinate. *)
Theorem E9_left gamma K : (0 < K)%N ->
  time_average E9_problem E9_sketch gamma (x_inf E9_problem E9_sketch) K (grad_norm_sq E9_problem) =
  4%:R * (361%:R / 4%:R).
Proof.
move=> K0; rewrite time_averageE (eq_bigr (fun=> 361%:R)) => [|k _].
  rewrite sumr_const card_ord -[361%:R *+ K]mulr_natl mulKf ?pnatr_eq0 -?lt0n //; by field.
rewrite E9_after grad_norm_sqE -quadN opprB -/(bias _ _) E9_Lbar E9_quad_bias; by field.
Qed.

Lemma E9_decrease gamma K :
  decrease E9_problem E9_sketch gamma K (x_inf E9_problem E9_sketch) = 0.
Proof. by rewrite /decrease E9_after subrr mulr0 mul0r. Qed.

(** gamma = 2/3, beta = 1/10: 11 * 361/600 = 3971/600 in each coordinate with Lbar^2, 3971/6 with
    Lbar. *)
Theorem E9_right K (c := 2%:R * (10%:R^-1)^-1 * (1 - 2%:R / 3%:R) + 2%:R / 3%:R : R) :
  decrease E9_problem E9_sketch (2%:R / 3%:R) K (x_inf E9_problem E9_sketch) +
  c * quad (Lbar E9_problem *m Lbar E9_problem) (bias E9_problem E9_sketch) +
  2%:R / 3%:R * sigma_sq E9_problem E9_sketch = 4%:R * (11%:R * 361%:R / 600%:R) /\
  decrease E9_problem E9_sketch (2%:R / 3%:R) K (x_inf E9_problem E9_sketch) +
  c * quad (Lbar E9_problem) (bias E9_problem E9_sketch) +
  2%:R / 3%:R * sigma_sq E9_problem E9_sketch = 4%:R * (11%:R * 361%:R / 6%:R).
Proof.
rewrite E9_decrease E9_sigma E9_Lbar -scalar_mxM !E9_quad_bias /c.
by split; field.
Qed.

Theorem E9_refuted : ~ E9_printed.
Proof.
move=> /(_ 4%N 4%N E9_problem E9_sketch (2%:R / 3%:R) 10%:R^-1 _ 1%N
  (x_inf E9_problem E9_sketch) E9_B isT) bound.
have {bound} := bound _ _ _ _ (lexx _); have [-> _] := E9_right 1; rewrite E9_left //.
rewrite invr_gt0 divr_gt0 ?ltr0n // => /(_ isT isT) bound.
have /bound : 2%:R / 3%:R <= (2%:R^-1 - 10%:R^-1) / (2%:R^-1 + 10%:R^-1) :> R.
  by rewrite le_eqVlt; apply/orP; left; apply/eqP; field.
rewrite ler_pmul2l ?ltr0n // -[11%:R * _ / _]mulrA mulrCA ler_pmul2l ?ltr0n //.
by rewrite ler_pdivl_mulr ?ltr0n // mulrC ler_pdivr_mulr ?ltr0n // -natrM ler_nat.
Qed.

(** ** E10 *)

(** E (1/n) sum n^2 C_i L_i C_i = E[B], with the sketches C_i of (7). *)
Definition E10_printed : Prop :=
  forall (d : nat) (p : problem R d d),
  EM (law (perm_sketch R d d 1))
    (fun t => mean (fun i => d%:R ^+ 2 *: (C t i *m hess p i *m C t i))) =
  EB p (perm_sketch R d d 1).

Theorem E10_value n d (p : problem R n d) (s : sketch R n d) :
  EM (law s) (fun t => mean (fun i => n%:R ^+ 2 *: (C t i *m hess p i *m C t i))) =
  n%:R ^+ 2 *: EB p s.
Proof. by rewrite /EB -EM_scale; apply: eq_EM => t; exact: mean_scale. Qed.

Theorem E10_refuted : ~ E10_printed.
Proof.
move=> /(_ 2%N (unit_problem (ltn0Sn 1) 0)); rewrite E10_value perm1_EB unit_Lbar.
move=> /matrixP/(_ 0 0); rewrite !mxE /= => /eqP.
by rewrite -subr_eq0 (_ : _ - _ = 6%:R) ?pnatr_eq0 //; ring.
Qed.

End Corrections.
