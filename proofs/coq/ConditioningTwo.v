(** * The condition number that guarantees W ⪰ 0 for d = 2 (N7)

    Conditioning.v has 3 + 2 sqrt(2), about 5.8, for every dimension. For d = 2 alone:

    - [conditioning2]: if m I ⪯ L ⪯ M I and M / m <= 7 + 4 sqrt(3), about 13.9, then
      L D + D L ⪰ 0, D = Diag(L);
    - [conditioning2_sharp]: no larger constant will do, over a real closed field. *)

From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From Ist Require Import Probability Quadratic Mask Spectrum.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Order2.

Variable R : realFieldType.
Implicit Types (a b c m M r : R) (L : 'M[R]_2).

Lemma symm_mx2 L : symm L -> L = mx2 (L 0 0) (L 0 1) (L 1 1).
Proof.
move=> symL; apply/matrixP => i j; have [->|->] := ord2 i; have [->|->] := ord2 j;
  rewrite mxE //=; by rewrite -{1}symL mxE.
Qed.

Lemma mx2_above a c b m : mx2 a c b - m *: 1%:M = mx2 (a - m) c (b - m).
Proof.
by apply/matrixP => i j; have [->|->] := ord2 i; have [->|->] := ord2 j;
  rewrite !mxE /= ?mulr1n ?mulr0n ?mulr1 ?mulr0 ?subr0.
Qed.

Lemma mx2_below a c b m : m *: 1%:M - mx2 a c b = mx2 (m - a) (- c) (m - b).
Proof.
by apply/matrixP => i j; have [->|->] := ord2 i; have [->|->] := ord2 j;
  rewrite !mxE /= ?mulr1n ?mulr0n ?mulr1 ?mulr0 ?sub0r.
Qed.

Lemma mx2_psd a c b : 0 < a -> 0 <= a * b - c ^+ 2 -> psd (mx2 a c b).
Proof.
move=> a0 det x; rewrite quad_mx2; move: (x 0 0) (x 1 0) => y z.
rewrite -(pmulr_rge0 _ a0).
have -> : a * (a * y ^+ 2 + 2%:R * c * (y * z) + b * z ^+ 2) =
  (a * y + c * z) ^+ 2 + (a * b - c ^+ 2) * z ^+ 2 by ring.
by rewrite addr_ge0 ?sqr_ge0 // mulr_ge0 ?sqr_ge0.
Qed.

Lemma mx2_det a c b : psd (mx2 a c b) -> 0 <= a * b - c ^+ 2.
Proof.
move=> psdM; have a_ge : 0 <= a by have := psdM (delta_mx 0 0); rewrite quad_delta mxE.
have [a0|a0] := eqVneq a 0; last first.
  by rewrite leNgt; apply/negP => /mx2_not_psd; apply; rewrite // lt0r a0.
have : mx2 a c b *m delta_mx 0 0 = 0 :> 'cV_2.
  by apply: psd_kernel => //; rewrite ?quad_delta ?mxE //; exact: mx2_sym.
rewrite -colE => /colP/(_ 1); rewrite !mxE /= => ->.
by rewrite a0 mul0r expr0n subrr.
Qed.

Lemma symmetrized a c b (L := mx2 a c b) :
  L *m diag_part L + diag_part L *m L =
  mx2 (2%:R * a ^+ 2) (c * (a + b)) (2%:R * b ^+ 2).
Proof.
by apply/matrixP => i j; have [->|->] := ord2 i; have [->|->] := ord2 j;
  do 3 rewrite ?mxE ?big_ord_recl ?big_ord0 /=; rewrite ?mulr1n ?mulr0n; ring.
Qed.

(** What m <= eigenvalues <= K m says of their sum s and product t, if K + 1/K = 14. *)
Lemma product_bound m s t K : 0 < m -> 13%:R <= K -> (K + 1) ^+ 2 = 16%:R * K ->
  2%:R * m <= s -> s <= 2%:R * (K * m) ->
  0 <= t - m * s + m ^+ 2 -> 0 <= t - K * m * s + (K * m) ^+ 2 -> s ^+ 2 <= 16%:R * t.
Proof.
move=> m0 K13 K2 low up h1 h2; rewrite -subr_ge0.
have K0 : 0 < K by apply: lt_le_trans K13; rewrite ltr0n.
have [le|/ltW ge] := lerP s ((K + 1) * m).
  have -> : 16%:R * t - s ^+ 2 = 16%:R * (t - m * s + m ^+ 2) +
      ((K + 1) * m - s) * (s - (15%:R - K) * m) - ((K + 1) ^+ 2 - 16%:R * K) * m ^+ 2 by ring.
  rewrite K2 subrr mul0r subr0 addr_ge0 ?(mulr_ge0 (ler0n _ _)) // mulr_ge0 ?subr_ge0 //.
  by apply: le_trans low; rewrite ler_pmul2r // ler_subl_addr -ler_subl_addl -natrB.
have -> : 16%:R * t - s ^+ 2 = 16%:R * (t - K * m * s + (K * m) ^+ 2) +
    (s - (K + 1) * m) * (K * (K + 1) * m - s) +
    ((K + 1) ^+ 2 - 16%:R * K) * (K * m ^+ 2 - m * s) by ring.
rewrite K2 subrr mul0r addr0 addr_ge0 ?(mulr_ge0 (ler0n _ _)) // mulr_ge0 ?subr_ge0 //.
apply: (le_trans up); rewrite mulrA ler_pmul2r // mulrC ler_pmul2l //.
by rewrite -[2%:R]/(1 + 1) ler_add2r (le_trans _ K13) // ler1n.
Qed.

Theorem conditioning2 L m M r : symm L -> 0 < m -> 0 < r -> r ^+ 2 = 3%:R ->
  loewner (m *: 1%:M) L -> loewner L (M *: 1%:M) -> M <= (7%:R + 4%:R * r) * m ->
  psd (L *m diag_part L + diag_part L *m L).
Proof.
move=> symL m0 r0 r2; rewrite (symm_mx2 symL); move: (L 0 0) (L 0 1) (L 1 1) => a c b low up cond.
set K := 7%:R + 4%:R * r in cond.
have K2 : (K + 1) ^+ 2 = 16%:R * K.
  have -> : (K + 1) ^+ 2 = 64%:R + 64%:R * r + 16%:R * r ^+ 2 by rewrite /K; ring.
  by rewrite r2 /K; ring.
have r_ge : 3%:R / 2%:R <= r.
  rewrite -(@ler_pexpn2r _ 2) ?nnegrE ?divr_ge0 ?ler0n ?(ltW r0) // r2 expr_div_n.
  by rewrite ler_pdivr_mulr ?exprn_gt0 ?ltr0n // -!natrX -natrM ler_nat.
have K13 : 13%:R <= K.
  rewrite -subr_ge0 (_ : _ - _ = 4%:R * (r - 3%:R / 2%:R)); last by rewrite /K; field.
  by rewrite mulr_ge0 ?ler0n ?subr_ge0.
have psd_low : psd (mx2 (a - m) c (b - m)).
  by move=> x; rewrite -mx2_above quad_subm subr_ge0; exact: low.
have psd_up : psd (mx2 (K * m - a) (- c) (K * m - b)).
  move=> x; rewrite -mx2_below quad_subm subr_ge0; apply: (le_trans (up x)).
  by rewrite !quad_scalem ler_wpmul2r ?quad1_ge0.
have entry (e h k : R) : psd (mx2 e h k) -> 0 <= e /\ 0 <= k.
  move=> psdM; have := psdM (delta_mx 0 0); have := psdM (delta_mx 1 0).
  by rewrite !quad_delta !mxE.
have [a_low b_low] := entry _ _ _ psd_low; have [a_up b_up] := entry _ _ _ psd_up.
rewrite subr_ge0 in a_low; rewrite subr_ge0 in b_low.
rewrite subr_ge0 in a_up; rewrite subr_ge0 in b_up.
have bound : (a + b) ^+ 2 <= 16%:R * (a * b - c ^+ 2).
  apply: (product_bound m0 K13 K2).
  - by rewrite mulr_natl mulr2n ler_add.
  - by rewrite mulr_natl mulr2n ler_add.
  - by have := mx2_det psd_low; rewrite (_ : _ - _ = a * b - c ^+ 2 - m * (a + b) + m ^+ 2) //;
      ring.
  - have := mx2_det psd_up.
    by rewrite (_ : _ - _ = a * b - c ^+ 2 - K * m * (a + b) + (K * m) ^+ 2) //; ring.
rewrite symmetrized; apply: mx2_psd.
  by rewrite mulr_gt0 ?ltr0n // exprn_gt0 // (lt_le_trans m0).
rewrite -subr_ge0 in bound.
have -> : 2%:R * a ^+ 2 * (2%:R * b ^+ 2) - (c * (a + b)) ^+ 2 =
    (2%:R * a * b - (a + b) ^+ 2 / 4%:R) ^+ 2 +
    (16%:R * (a * b - c ^+ 2) - (a + b) ^+ 2) * ((a + b) / 4%:R) ^+ 2 by field.
by rewrite addr_ge0 ?sqr_ge0 // mulr_ge0 ?sqr_ge0.
Qed.

End Order2.

(** L = [[2 + t, c], [c, 2 - t]] with t^2 = 2 has the eigenvalues 2 -+ sqrt(2 + c^2). *)
Theorem conditioning2_sharp (R : rcfType) (K : R) : 7%:R + 4%:R * Num.sqrt 3%:R < K ->
  exists (L : 'M[R]_2) m, [/\ symm L, 0 < m, loewner (m *: 1%:M) L, loewner L ((K * m) *: 1%:M) &
    ~ psd (L *m diag_part L + diag_part L *m L)].
Proof.
move=> K_gt; pose r : R := Num.sqrt 3%:R; pose t : R := Num.sqrt 2%:R.
have r0 : 0 < r by rewrite sqrtr_gt0 ltr0n.
have r2 : r ^+ 2 = 3%:R by rewrite sqr_sqrtr ?ler0n.
have t0 : 0 < t by rewrite sqrtr_gt0 ltr0n.
have t2 : t ^+ 2 = 2%:R by rewrite sqr_sqrtr ?ler0n.
have K1 : 1 < K.
  apply: le_lt_trans K_gt; rewrite ler_paddr ?ler1n // mulr_ge0 ?ler0n //; exact: ltW r0.
have K10 : 0 < K + 1 by rewrite addr_gt0 ?ltr01 ?(lt_trans ltr01 K1).
pose e := 2%:R * (K - 1) / (K + 1); pose m := 2%:R - e.
have mE : m = 4%:R / (K + 1) by rewrite /m /e; field; rewrite gt_eqF.
have m0 : 0 < m by rewrite mE divr_gt0 ?ltr0n.
have KmE : K * m = 2%:R + e by rewrite /m /e; field; rewrite gt_eqF.
have e0 : 0 < e by rewrite divr_gt0 ?mulr_gt0 ?ltr0n ?subr_gt0.
have e_gt : r < e.
  rewrite ltr_pdivl_mulr // -subr_gt0.
  have -> : 2%:R * (K - 1) - r * (K + 1) = (2%:R - r) * (K - (7%:R + 4%:R * r)) +
    4%:R * (3%:R - r ^+ 2) by ring.
  rewrite r2 subrr mulr0 addr0 mulr_gt0 ?subr_gt0 //.
  by rewrite -(@ltr_pexpn2r _ 2) ?nnegrE ?ler0n ?(ltW r0) // r2 -natrX ltr_nat.
have e2 : 3%:R < e ^+ 2 by rewrite -r2 ltr_pexpn2r ?nnegrE ?(ltW r0) ?(ltW e0).
pose c : R := Num.sqrt (e ^+ 2 - 2%:R).
have c2 : c ^+ 2 = e ^+ 2 - 2%:R.
  by rewrite sqr_sqrtr // subr_ge0 (le_trans _ (ltW e2)) // ler_nat.
have det0 : e ^+ 2 - t ^+ 2 - c ^+ 2 = 0 by rewrite c2 t2 subrr.
have te : t < e by rewrite (lt_trans _ e_gt) // ltr_sqrt ?ltr_nat // ltr0n.
exists (mx2 (2%:R + t) c (2%:R - t)), m; split=> //; first exact: mx2_sym.
- have := @mx2_psd _ (2%:R + t - m) c (2%:R - t - m); rewrite -mx2_above => psd_low x.
  rewrite -subr_ge0 -quad_subm; apply: psd_low.
    by have -> : 2%:R + t - m = t + e by [rewrite /m; ring]; exact: addr_gt0.
  have -> // : (2%:R + t - m) * (2%:R - t - m) - c ^+ 2 = 0.
  by rewrite -det0 /m; ring.
- have := @mx2_psd _ (K * m - (2%:R + t)) (- c) (K * m - (2%:R - t));
    rewrite -mx2_below => psd_up x.
  rewrite -subr_ge0 -quad_subm; apply: psd_up; rewrite KmE.
    by have -> : 2%:R + e - (2%:R + t) = e - t by [ring]; rewrite subr_gt0.
  have -> // : (2%:R + e - (2%:R + t)) * (2%:R + e - (2%:R - t)) - (- c) ^+ 2 = 0.
  by rewrite -det0; ring.
rewrite symmetrized; apply: mx2_not_psd; last first.
  by rewrite mulr_gt0 ?ltr0n // exprn_gt0 // addr_gt0 ?ltr0n.
have -> : 2%:R * (2%:R + t) ^+ 2 * (2%:R * (2%:R - t) ^+ 2) -
    (c * (2%:R + t + (2%:R - t))) ^+ 2 = 4%:R * (4%:R - t ^+ 2) ^+ 2 - 16%:R * c ^+ 2 by ring.
rewrite t2 c2 (_ : _ - _ = 16%:R * (3%:R - e ^+ 2)); last by ring.
by rewrite pmulr_rlt0 ?ltr0n // subr_lt0.
Qed.
