(** * No larger condition number than 3 + 2 sqrt(2) guarantees W ⪰ 0 in every dimension (N7)

    - [conditioning_sharp]: over an Archimedean field, such as the reals or the rationals, each
      K > 3 + 2 sqrt(2) has a dimension d = 2k and an L with m I ⪯ L ⪯ K m I for which L D + D L is
      not positive semidefinite, D = Diag(L). So the constant of [conditioning] is the best possible
      for all dimensions at once.

    L = I + alpha X with alpha = (K-1)/(K+1) and the reflection X = [[I - E, -E], [-E, E - I]],
    E = J/k the mean of k coordinates: X^2 = I, X exchanges the two means up to sign, and for large
    k its diagonal is nearly (1, ..., 1, -1, ..., -1). *)

From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From Ist Require Import Probability Quadratic Mask Conditioning.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Reflection.

Variables (R : realFieldType) (k : nat).
Hypothesis k_gt0 : (0 < k)%N.

Let kR0 : k%:R != 0 :> R. Proof. by rewrite pnatr_eq0 -lt0n. Qed.

(** The mean of k coordinates, in each of them. *)
Definition averaging : 'M[R]_k := const_mx k%:R^-1.

Lemma averaging_cst (c : R) : averaging *m const_mx c = const_mx c :> 'cV_k.
Proof.
apply/colP => j; rewrite !mxE (eq_bigr (fun=> k%:R^-1 * c)) => [|l _]; last by rewrite !mxE.
by rewrite sumr_const card_ord -[LHS]mulr_natl mulVKf.
Qed.

Lemma averaging_sqr : averaging *m averaging = averaging.
Proof.
apply/matrixP => i j; rewrite !mxE (eq_bigr (fun=> k%:R^-1 * k%:R^-1)) => [|l _].
  by rewrite sumr_const card_ord -[LHS]mulr_natl mulVKf.
by rewrite !mxE.
Qed.

Definition reflection : 'M[R]_(k + k) :=
  block_mx (1%:M - averaging) (- averaging) (- averaging) (averaging - 1%:M).

Lemma reflection_sym : symm reflection.
Proof. by rewrite /symm tr_block_mx !linearB /= !linearN /= trmx1 trmx_const. Qed.

Lemma reflection_sqr : reflection *m reflection = 1%:M.
Proof.
rewrite mulmx_block [RHS]scalar_mx_block; move: averaging averaging_sqr => e ee.
congr block_mx; rewrite !(mulmxDl, mulmxDr, mulNmx, mulmxN, mul1mx, mulmx1) ee;
  by apply/matrixP => i j; rewrite !mxE; move: (e i j) => w; case: (i == j) => /=; ring.
Qed.

Lemma reflection_bounds x : quad reflection x <= quad 1%:M x /\ - quad 1%:M x <= quad reflection x.
Proof.
have swap : quad 1%:M (reflection *m x) = quad 1%:M x.
  by rewrite {1}/quad inner_mull inner_mulr mulmx1 reflection_sym reflection_sqr.
have cross : inner 1%:M (reflection *m x) x = quad reflection x.
  by rewrite inner_mull mulmx1 reflection_sym.
have := quad1_ge0 (reflection *m x - x); have := quad1_ge0 (reflection *m x + x).
rewrite quadB ?quadD; try exact: symm1; rewrite swap cross => up low.
split; rewrite -subr_ge0 -(pmulr_rge0 _ (ltr0Sn R 1)).
  by rewrite (_ : _ * _ = quad 1%:M x - 2%:R * quad reflection x + quad 1%:M x) //; ring.
by rewrite (_ : _ * _ = quad 1%:M x + 2%:R * quad reflection x + quad 1%:M x) //; ring.
Qed.

(** x = 1 on the first k coordinates, q on the others. *)
Definition halves (c q : R) : 'cV[R]_(k + k) := col_mx (const_mx c) (const_mx q).

Lemma reflection_halves q : reflection *m halves 1 q = halves (- q) (-1).
Proof.
rewrite mul_block_col !(mulmxDl, mulNmx, mul1mx) !averaging_cst; congr col_mx;
  by apply/colP => j; rewrite !mxE; ring.
Qed.

Lemma halves_first c q (j : 'I_k) : halves c q (lshift k j) 0 = c.
Proof. by rewrite col_mxEu mxE. Qed.

Lemma halves_last c q (j : 'I_k) : halves c q (rshift k j) 0 = q.
Proof. by rewrite col_mxEd mxE. Qed.

Lemma reflection_first (j : 'I_k) : reflection (lshift k j) (lshift k j) = 1 - k%:R^-1.
Proof. by rewrite block_mxEul !mxE eqxx. Qed.

Lemma reflection_last (j : 'I_k) : reflection (rshift k j) (rshift k j) = - (1 - k%:R^-1).
Proof. by rewrite block_mxEdr !mxE eqxx opprB. Qed.

Lemma quad_halves alpha q (L := 1%:M + alpha *: reflection) (y := 1 - k%:R^-1) :
  quad (L *m diag_part L + diag_part L *m L) (halves 1 q) =
  2%:R * k%:R * (1 + q ^+ 2 - alpha * (2%:R * q + y * (q ^+ 2 - 1))).
Proof.
have symL : symm L by rewrite /symm linearD /= linearZ /= trmx1 reflection_sym.
rewrite quad_symmetrized // -mulrA; congr (_ * _).
have Lx : L *m halves 1 q = halves 1 q + alpha *: halves (- q) (-1).
  by rewrite mulmxDl mul1mx -scalemxAl reflection_halves.
have Dx j : (diag_part L *m halves 1 q) j 0 = L j j * halves 1 q j 0.
  rewrite mxE (bigD1 j) //= big1 ?addr0 => [|l lj]; first by rewrite mxE eqxx.
  by rewrite mxE eq_sym (negbTE lj) mulr0n mul0r.
have LE j : L j j = 1 + alpha * reflection j j by rewrite !mxE eqxx.
have LxE j : (L *m halves 1 q)^T 0 j = halves 1 q j 0 + alpha * halves (- q) (-1) j 0.
  by rewrite mxE Lx !mxE.
rewrite /inner mulmx1 mxE big_split_ord /=.
rewrite (eq_bigr (fun=> (1 - alpha * q) * (1 + alpha * y))) => [|j _]; last first.
  by rewrite Dx LxE LE !halves_first reflection_first -/y; ring.
rewrite [X in _ + X](eq_bigr (fun=> (q - alpha) * ((1 - alpha * y) * q))) => [|j _]; last first.
  by rewrite Dx LxE LE !halves_last reflection_last -/y; ring.
rewrite !sumr_const card_ord -[X in X + _]mulr_natl -[X in _ + X]mulr_natl -mulrDr.
by congr (_ * _); ring.
Qed.

End Reflection.

(** 3 < K and 8 < (K - 3)^2 say that K > 3 + 2 sqrt(2). *)
Theorem conditioning_sharp (R : archiFieldType) (K : R) : 3%:R < K -> 8%:R < (K - 3%:R) ^+ 2 ->
  exists d (L : 'M[R]_d) m, [/\ symm L, 0 < m, loewner (m *: 1%:M) L,
    loewner L ((K * m) *: 1%:M) & ~ psd (L *m diag_part L + diag_part L *m L)].
Proof.
move=> K3 K_gt; have K0 : 0 < K by rewrite (lt_trans _ K3) ?ltr0n.
have K10 : 0 < K + 1 by rewrite addr_gt0 ?ltr01.
pose alpha := (K - 1) / (K + 1); pose m := 2%:R / (K + 1).
have mE : m = 1 - alpha by rewrite /m /alpha; field; rewrite gt_eqF.
have KmE : K * m = 1 + alpha by rewrite /m /alpha; field; rewrite gt_eqF.
have m0 : 0 < m by rewrite divr_gt0 ?ltr0n.
have alpha0 : 0 < alpha by rewrite divr_gt0 // subr_gt0 (lt_trans _ K3) // ltr1n.
have alpha1 : alpha < 1 by rewrite -subr_gt0 -mE.
have gap : 0 < 2%:R * alpha ^+ 2 - 1.
  have -> : 2%:R * alpha ^+ 2 - 1 = ((K - 3%:R) ^+ 2 - 8%:R) / (K + 1) ^+ 2.
    by rewrite /alpha; field; rewrite gt_eqF.
  by rewrite divr_gt0 ?subr_gt0 ?exprn_gt0.
pose k := (Num.bound (2%:R / (2%:R * alpha ^+ 2 - 1))).+1; pose h : R := k%:R^-1.
have h0 : 0 < h by rewrite invr_gt0 ltr0n.
have h_small : 2%:R * h < 2%:R * alpha ^+ 2 - 1.
  rewrite ltr_pdivr_mulr ?ltr0n // mulrC -ltr_pdivr_mulr //.
  apply: (lt_le_trans (archi_boundP _)); first by rewrite divr_ge0 ?ler0n ?ltW.
  by rewrite ler_nat leqnSn.
have h1 : h <= 1 by rewrite invf_le1 ?ltr0n // ler1n.
have y0 : 0 < 1 - alpha * (1 - h).
  by rewrite subr_gt0 (le_lt_trans _ alpha1) // ler_pimulr ?(ltW alpha0) // ger_addl oppr_le0 ltW.
pose X := reflection R k; pose L := 1%:M + alpha *: X.
have LE x : quad L x = quad 1%:M x + alpha * quad X x by rewrite quad_addm quad_scalem.
pose q := alpha / (1 - alpha * (1 - h)).
exists (k + k)%N, L, m; split=> // [|x|x|/(_ (halves k 1 q))].
- by rewrite /symm linearD /= linearZ /= trmx1 reflection_sym.
- rewrite quad_scalem mE LE mulrBl mul1r ler_add2l -mulrN ler_pmul2l //.
  by have [] := reflection_bounds (ltn0Sn _ : 0 < k)%N x.
- rewrite quad_scalem KmE LE mulrDl mul1r ler_add2l ler_pmul2l //.
  by have [] := reflection_bounds (ltn0Sn _ : 0 < k)%N x.
rewrite quad_halves // leNgt => /negP; apply.
rewrite pmulr_rlt0 ?mulr_gt0 ?ltr0n // -/h.
have -> : 1 + q ^+ 2 - alpha * (2%:R * q + (1 - h) * (q ^+ 2 - 1)) =
    (1 - 2%:R * alpha ^+ 2 + alpha ^+ 2 * (2%:R * h) - (alpha * h) ^+ 2) /
    (1 - alpha * (1 - h)) by rewrite /q; field; rewrite gt_eqF.
rewrite pmulr_llt0 ?invr_gt0 // subr_lt0.
apply: (@le_lt_trans _ _ (1 - 2%:R * alpha ^+ 2 + 2%:R * h)).
  by rewrite ler_add2l ler_pimull ?mulr_ge0 ?ler0n ?(ltW h0) // expr_le1 ?(ltW alpha0) // ltW.
apply: (@lt_le_trans _ _ 0); last exact: sqr_ge0.
by rewrite addrC -[1 - _]opprB subr_lt0.
Qed.
