(** * Several local steps (N9)

    Algorithm 1 of the 2023 preprint in full: z_i = C_i x, then T times
    z_i <- z_i - gamma C_i grad f_i(z_i), and x+ = (1/n) sum z_i ([local_round]). For T = 1 and
    (1/n) sum C_i = I that is the round (2) ([local_round_one]).

    The sketches are Diag(a_i) P_{S_i}. Where no worker's matrix couples two coordinates of its
    block ([decoupled]), as for q = 1 or diagonal L_i, with alpha_ij = 1 - gamma a_ij (L_i)_jj:

    - [local_model_entry]: an owner i of j ends at
      alpha_ij^T a_ij x_j + (1 - alpha_ij^T) b_ij / L_ijj ([drift_closed]; without division where
      L_ijj = 0); [local_round_affine]: the round is affine, made of blocks as B and v are.
    - [local_mean_round]: E x_j+ = A_j x_j + c_j; [local_mean_run]: E x_k from its fixed point xbar.
      Second moments, and the other rounds that are affine in this way: LocalMoments.v.
    - (a) Homogeneous, Perm: [homogeneous_local_run], surely x_k - y = alpha^(T k) (x_0 - y) with
      y_j = b_j / (n L_jj), whatever T ([homogeneous_local_steps]: T local steps in k rounds are
      one in T k rounds), so that [homogeneous_local_limit] the limit is y for every T >= 1.
    - (b) Heterogeneous: [perm_local_fixed], xbar_j(T) =
      sum_i (1 - alpha_ij^T) b_ij / L_ijj / (n sum_i (1 - alpha_ij^T)); [local_limit]: as T grows,
      it tends to the share of a worker (1/n for Perm) times the mean of the b_ij / L_ijj.
      [local_fixed_star], [local_limit_star]: when these are x*; [common_minimizer]: workers with
      diagonal matrices and one minimizer y have x* = y and xbar(T) = y / n for every T >= 1, so
      that x* is missed unless y = 0 or n = 1 ([common_minimizer_missed]).

    The sketches meet these hypotheses: [perm_masked], [perm_once], [perm_disjoint], [perm_owned]
    and [perm1_decoupled] for Perm and scaled Perm, [rand_masked], [rand_owned] and
    [rand1_decoupled] for Rand; the identity where the L_i are diagonal ([diagonal_decoupled]).
    Blocks of q > 1 coordinates that a matrix couples: LocalContraction.v. *)

From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From Ist Require Import Probability Quadratic Problem Theorem1 FisherYates UniformPermutation.
From Ist Require Import Mask PermSketch RandSketch SecondMoment Dynamics LinearMoment RandMoment.
From Ist Require Import Corrections Remarks Instances Limits.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Algorithm.

Variables (R : realFieldType) (n d : nat) (p : problem R n d) (s : sketch R n d) (gamma : R).
Implicit Types (t : outcome s) (x y z : 'cV[R]_d) (i : 'I_n) (j : 'I_d) (T : nat).

Definition local_step t i z : 'cV[R]_d := z - gamma *: (C t i *m grad_worker p i z).
Definition local_model T t i x : 'cV[R]_d := iter T (local_step t i) (C t i *m x).
Definition local_round T x t : 'cV[R]_d := mean (fun i => local_model T t i x).

Theorem local_round_one x t : mean (C t) = 1%:M -> local_round 1 x t = round p gamma x t.
Proof. exact: round_perfect. Qed.

(** ** Blocks that no matrix couples *)

Variables (a : 'I_n -> 'I_d -> R) (owns : outcome s -> 'I_n -> 'I_d -> bool).
Hypothesis masked : forall t i, C t i = diag_of (fun j => a i j * (owns t i j)%:R).

Lemma masked_mulE t i z j : (C t i *m z) j 0 = a i j * (owns t i j)%:R * z j 0.
Proof. by rewrite masked diag_of_mulE. Qed.

Definition decoupled : Prop :=
  forall t i j l, owns t i j -> owns t i l -> j != l -> hess p i j l = 0.

Lemma diagonal_decoupled : (forall i j l, j != l -> hess p i j l = 0) -> decoupled.
Proof. by move=> diag t i j l _ _; exact: diag. Qed.

Definition alpha i j : R := 1 - gamma * a i j * hess p i j j.
Definition drift T i j : R := gamma * a i j * lin p i j 0 * \sum_(k < T) alpha i j ^+ k.

Lemma driftS T i j : drift T.+1 i j = alpha i j * drift T i j + gamma * a i j * lin p i j 0.
Proof.
have sumS : \sum_(k < T.+1) alpha i j ^+ k = 1 + alpha i j * \sum_(k < T) alpha i j ^+ k.
  by rewrite big_ord_recl mulr_sumr; congr (_ + _); apply: eq_bigr => k _; rewrite -exprS.
by rewrite /drift sumS; move: (\sum_(k < T) _) => S; ring.
Qed.

Theorem drift_closed T i j : hess p i j j != 0 ->
  drift T i j = (1 - alpha i j ^+ T) * (lin p i j 0 / hess p i j j).
Proof.
move=> L0; have := subrX1 (alpha i j) T.
rewrite (_ : alpha i j - 1 = - (gamma * a i j * hess p i j j)); last by rewrite /alpha; ring.
rewrite /drift; move: (\sum_(k < T) _) => S h.
by rewrite -opprB h; field.
Qed.

Theorem local_model_entry T t i x j : decoupled ->
  local_model T t i x j 0 = (owns t i j)%:R * (alpha i j ^+ T * a i j * x j 0 + drift T i j).
Proof.
move=> apart; elim: T j => [|T IH] j.
  by rewrite /drift big_ord0 mulr0 addr0 expr0 mul1r masked_mulE; ring.
rewrite /local_model iterS -/(local_model T t i x); set z := local_model T t i x in IH *.
have -> : local_step t i z j 0 =
    z j 0 - gamma * (a i j * (owns t i j)%:R * ((hess p i *m z) j 0 - lin p i j 0)).
  have subE (y w : 'cV[R]_d) : (y - w) j 0 = y j 0 - w j 0 by rewrite !mxE.
  by rewrite subE [(_ *: (_ : 'cV_d)) j 0]mxE masked_mulE subE.
rewrite exprS driftS IH; case: (boolP (owns t i j)) => own; last first.
  by rewrite mulr0n mulr0 !mul0r mulr0 subr0.
have -> : (hess p i *m z) j 0 = hess p i j j * z j 0.
  rewrite mxE (bigD1 j) //= big1 ?addr0 // => l lj; rewrite IH.
  case: (boolP (owns t i l)) => own'; last by rewrite mul0r mulr0.
  by rewrite (apart t i j l) ?mul0r // eq_sym.
rewrite IH own !mulr1n mulr1 !mul1r; move: (drift T i j) (_ ^+ T) => D c.
by rewrite /alpha; move: (hess p i j j) (lin p i j 0) (x j 0) (a i j) => L b y e; ring.
Qed.

(** M_i and u_i of the round, as in the table of N4. *)
Definition local_hess T i : 'M[R]_d := n%:R^-1 *: diag_of (fun j => alpha i j ^+ T * a i j).
Definition local_lin T i : 'cV[R]_d := n%:R^-1 *: (\col_j drift T i j).

Theorem local_round_affine T x t : decoupled ->
  local_round T x t = G owns (local_hess T) t *m x + V owns (local_lin T) t.
Proof.
move=> apart; apply/colP => j; rewrite [RHS]mxE V_entry /local_round /mean mxE summxE mulr_sumr.
rewrite /G mulmx_suml summxE -big_split; apply: eq_bigr => i _ /=.
rewrite local_model_entry // -!mulmxA !diag_of_mulE -scalemxAl mxE diag_of_mulE diag_of_mulE.
rewrite /local_lin !mxE.
by case: owns; rewrite ?mul1r ?mulr1 ?mul0r ?mulr0 ?addr0 //; ring.
Qed.

(** ** Means *)

Variable share : R.
Hypothesis owned : forall i j, E (law s) (fun t => (owns t i j)%:R) = share.

(** A_j, c_j and xbar_j *)
Definition slope T j : R := share / n%:R * \sum_i alpha i j ^+ T * a i j.
Definition offset T j : R := share / n%:R * \sum_i drift T i j.
Definition local_fixed T j : R := offset T j / (1 - slope T j).

Lemma E_local_round T x j : decoupled ->
  EM (law s) (fun t => local_round T x t) j 0 = slope T j * x j 0 + offset T j.
Proof.
move=> apart; rewrite EM_entry.
transitivity (E (law s) (fun t => \sum_i n%:R^-1 * (alpha i j ^+ T * a i j * x j 0 + drift T i j) *
    (owns t i j)%:R)).
  apply: eq_E => t; rewrite /local_round /mean mxE summxE mulr_sumr; apply: eq_bigr => i _.
  by rewrite local_model_entry //; ring.
rewrite E_sum; under eq_bigr do rewrite E_scale owned.
rewrite /slope /offset !mulr_sumr mulr_suml -big_split; apply: eq_bigr => i _ /=.
by ring.
Qed.

Section Runs.

Variables (T : nat) (x0 : 'cV[R]_d).

Definition local_mean k : 'cV[R]_d := mwalk (law s) (local_round T) k id x0.

Theorem local_mean_round k j : decoupled ->
  local_mean k.+1 j 0 = slope T j * local_mean k j 0 + offset T j.
Proof.
move=> apart; rewrite /local_mean mwalkSr; pose D := diag_of (slope T); pose o := \col_l offset T l.
have one x : EM (law s) (fun t => local_round T x t) = D *m x + o.
  by apply/colP => l; rewrite E_local_round // [RHS]mxE diag_of_mulE [o _ _]mxE.
rewrite (eq_mwalk _ _ _ _ one) mwalk_add mwalk_mull mwalk_cst.
by rewrite mxE diag_of_mulE [o _ _]mxE.
Qed.

Theorem local_mean_run k j : decoupled -> slope T j != 1 ->
  local_mean k j 0 = local_fixed T j + slope T j ^+ k * (x0 j 0 - local_fixed T j).
Proof.
move=> apart; rewrite eq_sym -subr_eq0 => A1; elim: k => [|k IH].
  by rewrite expr0 mul1r addrC subrK.
by rewrite local_mean_round // IH exprS /local_fixed; field.
Qed.

End Runs.

End Algorithm.

(** ** Homogeneous problems, blocks that cover each coordinate once *)

Section Homogeneous.

Variables (R : realFieldType) (n d : nat) (p : problem R n d) (s : sketch R n d) (gamma : R).
Variables (a : 'I_n -> 'I_d -> R) (owns : outcome s -> 'I_n -> 'I_d -> bool).
Hypothesis masked : forall t i, C t i = diag_of (fun j => a i j * (owns t i j)%:R).
Hypothesis apart : decoupled p owns.
Hypothesis once : forall t j, \sum_i (owns t i j)%:R = 1 :> R.
Hypothesis a_n : forall i j, a i j = n%:R.
Hypothesis same : homogeneous p.

(** Any worker will do. *)
Variables (i : 'I_n) (j : 'I_d).

Notation alpha := (alpha p gamma a i j).
Notation run T x0 w := (foldl (local_round p gamma T) x0 w j 0).

(** b_j / (n L_jj) *)
Definition homogeneous_point : R := lin p i j 0 / (n%:R * hess p i j j).

Notation y := homogeneous_point.

Let nR0 : n%:R != 0 :> R. Proof. exact: n_neq0 p. Qed.

Lemma homogeneous_diag : hess p i j j != 0.
Proof.
have -> : hess p i = Lbar p.
  by rewrite /Lbar (eq_mean (fun k => (same k i).1)) mean_cst // (workers_gt0 p).
rewrite -quad_delta gt_eqF // Lbar_pd //; apply/eqP => /colP/(_ j); rewrite !mxE !eqxx.
by apply/eqP; exact: oner_neq0.
Qed.

Theorem homogeneous_local_round T x (t : outcome s) :
  local_round p gamma T x t j 0 = alpha ^+ T * x j 0 + (1 - alpha ^+ T) * y.
Proof.
have L0 := homogeneous_diag.
transitivity (\sum_k (n%:R^-1 * (alpha ^+ T * n%:R * x j 0 + drift p gamma a T i j)) *
    (owns t k j)%:R).
  rewrite /local_round /mean mxE summxE mulr_sumr; apply: eq_bigr => k _.
  rewrite (local_model_entry _ masked) // a_n /drift /LocalSteps.alpha !a_n.
  rewrite (same k i).1 (same k i).2; set S := \sum_(_ < T) _; move: (_ ^+ T) S => c S.
  by move: ((owns t k j)%:R) => o; ring.
rewrite -mulr_sumr once mulr1 drift_closed // /y; move: (alpha ^+ T) => c.
by field; rewrite L0 nR0.
Qed.

Theorem homogeneous_local_run T x0 (w : seq (outcome s)) :
  run T x0 w - y = alpha ^+ (T * size w) * (x0 j 0 - y).
Proof.
elim: w x0 => [|t w IH] x0; first by rewrite muln0 expr0 mul1r.
rewrite [LHS]IH homogeneous_local_round /= mulnS exprD.
by move: (alpha ^+ T) (alpha ^+ _) y (x0 j 0) => b c z u; ring.
Qed.

(** T local steps in k rounds are one step in T k rounds. *)
Theorem homogeneous_local_steps T x0 (w w' : seq (outcome s)) : size w' = (T * size w)%N ->
  run T x0 w = run 1 x0 w'.
Proof.
by move=> ww'; apply: (addIr (- y)); rewrite !homogeneous_local_run ww' mul1n.
Qed.

(** y is its fixed point, for every T. *)
Theorem homogeneous_local_fixed T (x : 'cV[R]_d) (t : outcome s) : x j 0 = y ->
  local_round p gamma T x t j 0 = y.
Proof. by move=> xy; rewrite homogeneous_local_round xy; ring. Qed.

End Homogeneous.

(** ** Perm: the fixed point of the mean, and when it is x* *)

Section Perm.

Variables (R : realFieldType) (n d : nat) (p : problem R n d) (gamma : R).

Notation a := (fun _ _ => n%:R).
Notation alpha i j := (alpha p gamma a i j).
Notation fixed T j := (local_fixed p gamma a n%:R^-1 T j).

Let nR0 : n%:R != 0 :> R. Proof. exact: n_neq0 p. Qed.

(** 1 - alpha_ij^T, the weight of worker i. *)
Definition local_weight T i j : R := 1 - alpha i j ^+ T.

Lemma perm_slope T j : 1 - slope p gamma a n%:R^-1 T j = n%:R^-1 * \sum_i local_weight T i j.
Proof.
rewrite /slope sumrB sumr_const card_ord mulrBr mulVf // -mulr_suml; congr (_ - _).
by move: (\sum_i _) => S; field.
Qed.

Theorem perm_local_fixed T j : (forall i, hess p i j j != 0) ->
  fixed T j = (\sum_i local_weight T i j * (lin p i j 0 / hess p i j j)) /
    (n%:R * \sum_i local_weight T i j).
Proof.
move=> L0; rewrite /local_fixed perm_slope /offset; under eq_bigr do rewrite drift_closed //.
rewrite -/(local_weight _ _ _) !invfM invrK.
move: (\sum_i _) (\sum_i _)^-1 => S W; by field.
Qed.

(** The mean is drawn to x* only if the workers' own minimizers average, with these weights, to
    n x*. *)
Theorem local_fixed_star T j : (forall i, hess p i j j != 0) -> \sum_i local_weight T i j != 0 ->
  fixed T j = xstar p j 0 <->
  \sum_i local_weight T i j * (lin p i j 0 / hess p i j j - n%:R * xstar p j 0) = 0.
Proof.
move=> L0 W0; rewrite perm_local_fixed //.
have -> : \sum_i local_weight T i j * (lin p i j 0 / hess p i j j - n%:R * xstar p j 0) =
    \sum_i local_weight T i j * (lin p i j 0 / hess p i j j) -
    xstar p j 0 * (n%:R * \sum_i local_weight T i j).
  rewrite !mulr_sumr -sumrB; apply: eq_bigr => i _; ring.
have nW : n%:R * (\sum_i local_weight T i j) != 0 by rewrite mulf_neq0.
by split=> [<-|/eqP]; rewrite ?divfK ?subrr // subr_eq0 => /eqP->; rewrite mulfK.
Qed.

(** Workers with diagonal matrices and one common minimizer y: x* = y, and the mean goes to y/n. *)
Section Common.

Variable y : 'cV[R]_d.
Hypothesis diagonal : forall i j l, j != l -> hess p i j l = 0.
Hypothesis positive : forall i j, hess p i j j != 0.
Hypothesis minimizer : forall i, grad_worker p i y = 0.

Theorem common_minimizer :
  xstar p = y /\ forall T j, \sum_i local_weight T i j != 0 -> fixed T j = y j 0 / n%:R.
Proof.
have lin_y i : lin p i = hess p i *m y.
  by apply/esym/eqP; rewrite -subr_eq0; apply/eqP; exact: minimizer.
split.
  by rewrite /xstar /bbar (eq_mean lin_y) mean_mulr -/(Lbar p) mulKmx // Lbar_unit.
move=> T j W0; rewrite perm_local_fixed //.
have own i : lin p i j 0 / hess p i j j = y j 0.
  rewrite lin_y mxE (bigD1 j) //= big1 ?addr0 => [|l lj]; last by rewrite diagonal ?mul0r // eq_sym.
  by rewrite mulrAC mulfV ?mul1r.
under eq_bigr do rewrite own; rewrite -mulr_suml.
by move: (\sum_i _) W0 => W W0; field; rewrite W0 nR0.
Qed.

Theorem common_minimizer_missed T j : (1 < n)%N -> y j 0 != 0 ->
  \sum_i local_weight T i j != 0 -> fixed T j != xstar p j 0.
Proof.
have [-> fixedE] := common_minimizer; move=> n1 y0 W0; rewrite fixedE // -subr_eq0.
rewrite (_ : _ - _ = y j 0 * (n%:R^-1 - 1)); last by ring.
by rewrite mulf_neq0 // subr_eq0 invr_eq1 -[1]/(1%:R) eqr_nat gtn_eqF.
Qed.

End Common.

End Perm.

(** ** More and more local steps *)

Section Limit.

Variables (R : archiFieldType) (n d : nat) (p : problem R n d) (s : sketch R n d) (gamma : R).
Variables (a : 'I_n -> 'I_d -> R) (share : R).

Lemma powers_vanish (c : R) : `|c| < 1 -> tends (fun T => c ^+ T) 0.
Proof.
move=> c1 eps e0; have [N small] := geometric_limit (normr_ge0 c) c1 e0.
by exists N => k /small; rewrite subr0 normrX.
Qed.

Theorem local_limit j : (forall i, `|alpha p gamma a i j| < 1) ->
  tends (fun T => local_fixed p gamma a share T j)
    (share / n%:R * \sum_i lin p i j 0 / hess p i j j).
Proof.
move=> small; have null i := powers_vanish (small i).
have L0 i : hess p i j j != 0.
  by apply: contraTneq (small i) => L0; rewrite /alpha L0 mulr0 subr0 normr1 ltxx.
apply: tends_fixed.
  have zero : share / n%:R * (\sum_(i < n) (0 : R)) = 0 by rewrite big1 ?mulr0.
  rewrite -[X in tends _ X]zero; apply: tends_scale; apply: tends_sum => i.
  have := tends_scale (a i j) (null i); rewrite mulr0.
  by apply: (tends_from (N := 0)) => k _; rewrite mulrC.
apply: tends_scale; apply: tends_sum => i; set b := lin p i j 0 / hess p i j j.
have := tends_add (tends_cst b) (tends_scale (- b) (null i)); rewrite mulr0 addr0.
by apply: (tends_from (N := 0)) => k _; rewrite drift_closed // -/b mulrBl mul1r mulNr
  [b * _]mulrC.
Qed.

(** Its limit as a point. *)
Definition local_limit_point : 'cV[R]_d :=
  \col_j (share / n%:R * \sum_i lin p i j 0 / hess p i j j).

Theorem local_limit_star :
  local_limit_point = xstar p <-> Lbar p *m local_limit_point = bbar p.
Proof.
split=> [->|e]; first exact: Lbar_xstar.
by rewrite -[LHS](mulKmx (Lbar_unit p)) e.
Qed.

Variable owns : outcome s -> 'I_n -> 'I_d -> bool.
Hypothesis masked : forall t i, C t i = diag_of (fun j => a i j * (owns t i j)%:R).

(** Homogeneous Perm: the limit of every run, the same for every T >= 1. *)
Theorem homogeneous_local_limit T x0 i j eps : decoupled p owns ->
  (forall t l, \sum_k (owns t k l)%:R = 1 :> R) -> (forall k l, a k l = n%:R) -> homogeneous p ->
  (0 < T)%N -> `|alpha p gamma a i j| < 1 -> 0 < eps ->
  exists N, forall w : seq (outcome s), (N <= size w)%N ->
  `|foldl (local_round p gamma T) x0 w j 0 - homogeneous_point p i j| < eps.
Proof.
move=> apart once a_n same T0 a1 e0; pose c := x0 j 0 - homogeneous_point p i j.
have [N small] := tends_scale c (powers_vanish a1) e0.
exists N => w Nw; rewrite (homogeneous_local_run gamma masked) // -/c mulrC.
have := small (T * size w)%N; rewrite mulr0 subr0; apply.
by apply: leq_trans Nw _; exact: leq_pmull.
Qed.

End Limit.

(** ** The sketches *)

Section Sketches.

Variables (R : realFieldType) (n d q : nat) (p : problem R n d).
Hypothesis q_gt0 : (0 < q)%N.

Section Blocks.

Hypothesis d_nq : d = (n * q)%N.
Variable a : 'I_n -> 'I_d -> R.

Notation owns := (@perm_owns n d q).

Lemma perm_masked (t : outcome (block_sketch q a)) i :
  C t i = diag_of (fun j => a i j * (owns t i j)%:R).
Proof. by []. Qed.

Lemma perm_once t j : \sum_i (owns t i j)%:R = 1 :> R.
Proof.
rewrite -[RHS](sum_member d_nq q_gt0 t j (fun=> 1)).
by apply: eq_bigr => i _; rewrite mul1r.
Qed.

Lemma perm_disjoint t i k j : owns t i j -> owns t k j -> i = k.
Proof. by rewrite /perm_owns !member_slot => /eqP ti /eqP tk; apply: val_inj; rewrite /= -ti. Qed.

Lemma perm_owned i j :
  E (law (block_sketch q a)) (fun t => (owns t i j)%:R) = n%:R^-1.
Proof. by rewrite E_member (slot_probability p d_nq q_gt0). Qed.

End Blocks.

Hypothesis q_le_d : (q <= d)%N.

Lemma rand_masked (t : outcome (rand_sketch R n d q)) i :
  C t i = diag_of (fun j => d%:R / q%:R * (@rand_owns n d q t i j)%:R).
Proof. by []. Qed.

Lemma rand_owned i j :
  E (law (rand_sketch R n d q)) (fun t => (@rand_owns n d q t i j)%:R) = q%:R / d%:R.
Proof.
rewrite (E_family_one (fun _ => uniform_perm R d) i (fun r => (member (kept d q) r j)%:R)).
by rewrite E_member card_kept.
Qed.

End Sketches.

(** One coordinate in each block. *)
Theorem perm1_decoupled (R : realFieldType) d (p : problem R d d) (a : 'I_d -> 'I_d -> R) :
  decoupled p (s := block_sketch 1 a) (@perm_owns d d 1).
Proof.
move=> t i j l; rewrite /perm_owns !member_slot /owner !divn1 => /eqP tj /eqP tl /eqP[].
by apply: (@perm_inj _ (t^-1)%g); apply: val_inj; rewrite /= tj tl.
Qed.

Theorem rand1_decoupled (R : realFieldType) n d (p : problem R n d) :
  decoupled p (s := rand_sketch R n d 1) (@rand_owns n d 1).
Proof.
move=> t i j l; rewrite /rand_owns /member !inE !ltnS !leqn0 => /eqP tj /eqP tl /eqP[].
by apply: (@perm_inj _ ((t i)^-1)%g); apply: val_inj; rewrite /= tj tl.
Qed.

(** ** Instances *)

(** Perm-1 on the central examples, b_i = e_i and b_i = (1, ..., 1), gamma = 1/8: alpha = 1/2. *)
Theorem local_instance (R : realFieldType) : let p := central R in let a := fun _ _ => 4%:R in
  let owns := @perm_owns 4 4 1 in let alpha := alpha p 8%:R^-1 a in
  [/\ decoupled p (s := perm_sketch R 4 4 1) owns, forall i j, hess p i j j != 0,
      forall i j, `|alpha i j| < 1,
      forall j, \sum_i local_weight p 8%:R^-1 1 i j != 0 /\ slope p 8%:R^-1 a 4%:R^-1 1 j != 1 &
      homogeneous (central_same R)].
Proof.
move=> p a owns al; have alE i j : al i j = 2%:R^-1.
  by rewrite /al /alpha half_ones_diag /a; field.
have weight j : \sum_i local_weight p 8%:R^-1 1 i j = 2%:R.
  rewrite (eq_bigr (fun=> 2%:R^-1)) => [|i _].
    by rewrite sumr_const card_ord -mulr_natl; field.
  by rewrite /local_weight -/a -/(al i j) alE expr1; field.
split=> //; first exact: perm1_decoupled.
- by move=> i j; rewrite half_ones_diag oner_neq0.
- move=> i j; rewrite alE ger0_norm ?invr_ge0 ?ler0n //.
  by rewrite invf_lt1 ?ltr0n // ltr1n.
move=> j; split; first by rewrite weight pnatr_eq0.
by rewrite eq_sym -subr_eq0 perm_slope weight mulf_neq0 // ?invr_eq0 pnatr_eq0.
Qed.

(** Two workers with L_i = I share the minimizer (1, 1). *)
Theorem common_instance (R : realFieldType) : let y : 'cV[R]_2 := const_mx 1 in
  let p := @unit_problem R 2 2 isT y in
  [/\ forall i j l, j != l -> hess p i j l = 0, forall i j, hess p i j j != 0,
      forall i, grad_worker p i y = 0, y 0 0 != 0 &
      \sum_i local_weight p 4%:R^-1 1 i 0 != 0].
Proof.
move=> y p; split=> [i j l jl|i j|i||].
- by rewrite mxE (negbTE jl).
- by rewrite mxE eqxx oner_neq0.
- by rewrite /grad_worker mul1mx subrr.
- by rewrite mxE oner_neq0.
rewrite (eq_bigr (fun=> 2%:R^-1)) => [|i _]; last first.
  by rewrite /local_weight /alpha mxE eqxx mulr1n expr1; field.
by rewrite sumr_const card_ord mulrn_eq0 /= invr_eq0 pnatr_eq0.
Qed.
