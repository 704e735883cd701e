(** * The covariance of v under Perm-q and scaled Perm-q (N3, N4)

    - [block_covariance]: for every n and q, with e_i = u_i - (1/n) sum u, Cov v =
      sum_i p_1 Diag(e_i^2) + (p_2 - r_11) (e_i e_i' - Diag(e_i^2)): ist_linear_covariance;
      [perm_covariance] (u_i = b_i) and [block_covariance] (u_i = n^-1/2 D_i^-1/2 b_i).
    - [scaled1_covariance] (N3): for scaled Perm-1, with beta_i = D_i^-1/2 b_i and
      S = (1/n) sum (beta_i - betabar) (beta_i - betabar)',
      Cov v = Diag(S) / (n-1) - S / (n (n-1)).
    - [scaled1_sigma] (N3): sigma^2 = [tr(Dbar S) - tr(Lbar S) / n] / (n-1). *)

From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From Ist Require Import Probability Quadratic Problem FisherYates UniformPermutation Mask
  PermSketch.
From Ist Require Import Theorem2 SecondMoment Dynamics LinearMoment.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Blocks.

Variables (R : realFieldType) (n d q : nat) (p : problem R n d).
Hypothesis d_nq : d = (n * q)%N.
Hypothesis q_gt0 : (0 < q)%N.

Notation p1 := (pk R d q 1).
Notation p2 := (pk R d q 2).
Notation r11 := (rjk R d q 1 1).
Notation owns := (@perm_owns n d q).

Variable a : 'I_n -> 'I_d -> R.
Notation sketch := (block_sketch q a).
Notation u := (scaled_u p a).

(** e_i *)
Definition excess i : 'cV[R]_d := u i - mean u.

Lemma sum_excess : \sum_i excess i = 0.
Proof.
rewrite /excess sumrB sumr_const card_ord /mean -scaler_nat scalerA mulfV ?scale1r ?subrr //.
exact: n_neq0 p.
Qed.

Lemma block_mean : Ev p sketch = mean u.
Proof. by rewrite (block_Ev _ d_nq q_gt0) -mean_scale. Qed.

(** The blocks cover the coordinates, so that the mean can be taken off each u_i. *)
Lemma v_excess (s : 'S_d) : v p (s : outcome sketch) - Ev p sketch = V owns excess s.
Proof.
rewrite block_mean block_v; apply/colP => j; rewrite [LHS]mxE [(- mean u) j 0]mxE !V_entry.
have <- : \sum_i mean u j 0 * (owns s i j)%:R = mean u j 0.
  exact: (sum_member d_nq q_gt0 s j (fun=> mean u j 0)).
rewrite -sumrB; apply: eq_bigr => i _.
by rewrite -mulrBl; congr (_ * _); rewrite [RHS]mxE [(- mean u) j 0]mxE.
Qed.

Theorem block_covariance :
  cov_v p sketch =
  \sum_i (p1 *: diag_prod (excess i) (excess i) +
          (p2 - r11) *: (excess i *m (excess i)^T - diag_prod (excess i) (excess i))).
Proof.
transitivity (EM (uniform_perm R d) (fun s => V owns excess s *m (V owns excess s)^T)).
  by apply: eq_EM => s; rewrite v_excess.
rewrite (perm_outer d_nq q_gt0) /outer_pairs sum_excess trmx0 mulmx0 sub0r.
have -> : diag_prod (0 : 'cV[R]_d) 0 = 0.
  by apply/matrixP => j l; rewrite !mxE mul0r mul0rn.
rewrite oppr0 add0r scalerN scaler_sumr -sumrB; apply: eq_bigr => i _.
move: (excess i *m _) (diag_prod _ _) => U D; apply/matrixP => j l; rewrite !mxE.
by move: (U j l) (D j l) p1 p2 r11 => x y x1 x2 r; ring.
Qed.

End Blocks.

Theorem perm_covariance (R : realFieldType) n d q (p : problem R n d) :
  d = (n * q)%N -> (0 < q)%N ->
  let e i := lin p i - bbar p in
  cov_v p (perm_sketch R n d q) =
  \sum_i (pk R d q 1 *: diag_prod (e i) (e i) +
          (pk R d q 2 - rjk R d q 1 1) *: (e i *m (e i)^T - diag_prod (e i) (e i))).
Proof.
move=> d_nq q_gt0 e; rewrite (block_covariance p d_nq q_gt0).
have uE i : scaled_u p (fun _ _ => n%:R) i = lin p i.
  by rewrite /scaled_u diag_of_cst mul_scalar_mx scalerA mulVf ?scale1r ?(n_neq0 p).
by apply: eq_bigr => i _; rewrite /excess (eq_mean uE) uE.
Qed.

Section ScaledOne.

Variables (R : realFieldType) (d : nat) (p : problem R d d).
Variables (r : R) (root : 'I_d -> 'I_d -> R).
Hypothesis r_sqr : r ^+ 2 = d%:R.  (* r = sqrt(n) *)

(** root i j = 1 / sqrt((D_i)_jj), where that is meant: beta_i = D_i^-1/2 b_i. *)
Notation sketch := (scaled_sketch 1 (fun i j => r * root i j)).
Definition beta i : 'cV[R]_d := diag_of (root i) *m lin p i.
Definition spread : 'M[R]_d := mean (fun i => (beta i - mean beta) *m (beta i - mean beta)^T).

Let d_d1 : d = (d * 1)%N. Proof. by rewrite muln1. Qed.
Let dR0 : d%:R != 0 :> R. Proof. exact: n_neq0 p. Qed.

Lemma excess_beta i :
  excess p (fun i j => r * root i j) i = (d%:R^-1 * r) *: (beta i - mean beta).
Proof.
have uE k : scaled_u p (fun i j => r * root i j) k = (d%:R^-1 * r) *: beta k.
  apply/colP => j; rewrite /scaled_u /beta mxE diag_of_mulE [RHS]mxE diag_of_mulE.
  by rewrite !mulrA.
by rewrite /excess (eq_mean uE) uE mean_scale scalerBr.
Qed.

Lemma sum_outer_excess :
  \sum_i excess p (fun i j => r * root i j) i *m (excess p (fun i j => r * root i j) i)^T = spread.
Proof.
rewrite /spread /mean scaler_sumr; apply: eq_bigr => i _; rewrite excess_beta.
rewrite [(_ *: _)^T]linearZ /= -scalemxAl -scalemxAr scalerA; congr (_ *: _).
rewrite (_ : d%:R^-1 * r * (d%:R^-1 * r) = d%:R^-1 ^+ 2 * r ^+ 2); last by ring.
by rewrite r_sqr; field.
Qed.

Lemma diag_prod_outer (y : 'cV[R]_d) : diag_prod y y = diag_part (y *m y^T).
Proof. by apply/matrixP => j l; rewrite !mxE big_ord1 !mxE; case: eqP => [<-|]. Qed.

Lemma diag_part_sum (F : 'I_d -> 'M[R]_d) : diag_part (\sum_i F i) = \sum_i diag_part (F i).
Proof.
apply/matrixP => j l; rewrite summxE mxE summxE -sumrMnl; apply: eq_bigr => i _.
by rewrite mxE.
Qed.

(** One worker has no spread. *)
Lemma spread_one : d = 1%N -> spread = 0.
Proof.
move=> d1; rewrite /spread /mean big1 ?scaler0 // => i _.
have all_i k : beta k = beta i by congr beta; apply: val_inj; case: k i => [k lk] [i li] /=;
  move: lk li; rewrite d1 !ltnS !leqn0 => /eqP-> /eqP->.
rewrite (eq_bigr (fun=> beta i)) => [|k _]; last exact: all_i.
by rewrite sumr_const card_ord -scaler_nat scalerA mulVf // scale1r subrr mul0mx.
Qed.

Theorem scaled1_covariance :
  cov_v p sketch = (d%:R - 1)^-1 *: diag_part spread - (d%:R * (d%:R - 1))^-1 *: spread.
Proof.
rewrite (block_covariance p d_d1 (ltn0Sn 0)).
under eq_bigr do rewrite diag_prod_outer.
rewrite big_split /= -!scaler_sumr sumrB -diag_part_sum sum_outer_excess.
have [d1|d1] := eqVneq d 1%N.
  by rewrite spread_one // (_ : diag_part 0 = 0) ?subrr ?scaler0 ?subrr ?addr0 //;
    apply/matrixP => j l; rewrite !mxE mul0rn.
have dR1 : d%:R - 1 != 0 :> R by rewrite subr_eq0 -[1]/(1%:R) eqr_nat.
have -> : pk R d 1 1 = d%:R^-1 by rewrite /pk !ffactn1 div1r.
have -> : pk R d 1 2 = 0 by rewrite /pk mul0r.
have -> : rjk R d 1 1 1 = (d%:R * (d%:R - 1))^-1.
  by rewrite /rjk !ffactn1 mulr1 div1r natr_fall2.
apply/matrixP => j l; rewrite !mxE; move: (spread j l) (j == l) => x [].
  by rewrite mulr1n; field; rewrite dR0 dR1.
by rewrite mulr0n; field; rewrite dR0 dR1.
Qed.

Lemma trace_diag_part (A S : 'M[R]_d) : \tr (A *m diag_part S) = \tr (diag_part A *m S).
Proof.
by rewrite /mxtrace; apply: eq_bigr => j _; rewrite mul_diag_partE diag_part_mulE.
Qed.

Theorem scaled1_sigma :
  sigma_sq p sketch =
  (\tr (diag_part (Lbar p) *m spread) - \tr (Lbar p *m spread) / d%:R) / (d%:R - 1).
Proof.
have := E_quad_cov p sketch (Lbar p).
rewrite -[LHS]/(sigma_sq p sketch) => ->; rewrite scaled1_covariance; move: spread (Lbar p) => S L.
rewrite mulmxBr linearB /=.
rewrite -!scalemxAr !mxtraceZ trace_diag_part invfM.
by move: (\tr (diag_part L *m S)) (\tr (L *m S)) (d%:R^-1) ((d%:R - 1)^-1) => x y z w; ring.
Qed.

End ScaledOne.
