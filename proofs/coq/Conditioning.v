(** * A condition number that guarantees W ⪰ 0 in every dimension (N7)

    - [conditioning]: if m I ⪯ L ⪯ M I and M / m <= 3 + 2 sqrt(2), then
      L D + D L ⪰ 0, D = Diag(L): Remark 1's failure (18) needs worse conditioning. This follows
      from a known theorem on pairs of positive operators, K. Gustafson, Math. Z. 1968: their
      symmetrized product is positive semidefinite if sin A <= cos B. No larger constant will do for
      all dimensions at once (ConditioningSharp.v); for d = 2 alone it is larger
      (ConditioningTwo.v). *)

From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From Ist Require Import Probability Quadratic Mask.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Conditioning.

Variables (R : realFieldType) (d : nat).
Implicit Types (A L : 'M[R]_d) (x : 'cV[R]_d).

(** -delta I ⪯ A ⪯ delta I gives ||A x|| <= delta ||x||. *)
Lemma image_bound A delta x : symm A -> 0 < delta ->
  (forall y, quad A y <= delta * quad 1%:M y) -> (forall y, - (delta * quad 1%:M y) <= quad A y) ->
  quad 1%:M (A *m x) <= delta ^+ 2 * quad 1%:M x.
Proof.
move=> symA d0 up low; set y := A *m x.
have t1 : inner 1%:M x y = quad A x by rewrite inner_mulr mul1mx.
have u1 : inner A x y = quad 1%:M y.
  by rewrite /quad {2}/y inner_mull mulmx1 symA.
have := up (delta *: x + y); have := low (delta *: x - y).
have sym1 := symm1 R d.
rewrite !quadD // !innerNr !quadN !quadZ !innerZl t1 u1; set s := quad 1%:M x; set t := quad A x;
  set u := quad 1%:M y.
set w := quad A y.
rewrite -subr_ge0 => h1; rewrite -subr_ge0 => h2; rewrite -subr_ge0.
rewrite -(pmulr_rge0 _ (_ : 0 < 2%:R * delta)); last by rewrite mulr_gt0 ?ltr0n.
by have := addr_ge0 h1 h2; rewrite (_ : _ + _ = 2%:R * delta * (delta ^+ 2 * s - u)) //; ring.
Qed.

Lemma quad_diag_part L x : quad (diag_part L) x = \sum_j L j j * x j 0 ^+ 2.
Proof.
rewrite quad_sum_entries; apply: eq_bigr => j _.
rewrite (bigD1 j) //= big1 ?addr0 => [|k kj]; last by rewrite mxE eq_sym (negbTE kj) mulr0n mulr0
  mul0r.
by rewrite mxE eqxx mulr1n expr2; ring.
Qed.

Lemma quad1_norm x : quad 1%:M x = norm_sq x.
Proof. by rewrite -[RHS]mul1r -quad_scalar. Qed.

Lemma diag_part_sym L : symm (diag_part L).
Proof. by apply/matrixP => i j; rewrite !mxE eq_sym; case: eqP => [->|]. Qed.

(** ||x||^2 in L D + D L is twice the product of L x and D x. *)
Lemma quad_symmetrized L x : symm L ->
  quad (L *m diag_part L + diag_part L *m L) x =
  2%:R * inner 1%:M (L *m x) (diag_part L *m x).
Proof.
move=> symL; rewrite quad_addm -[quad (diag_part L *m L) x]quad_tr tr_mul symL diag_part_sym.
have -> : quad (L *m diag_part L) x = inner 1%:M (L *m x) (diag_part L *m x).
  by rewrite inner_mull inner_mulr mulmx1 symL.
by ring.
Qed.

Theorem conditioning L (m M r : R) : symm L -> 0 < m -> 0 < r -> r ^+ 2 = 2%:R ->
  loewner (m *: 1%:M) L -> loewner L (M *: 1%:M) -> M <= (3%:R + 2%:R * r) * m ->
  psd (L *m diag_part L + diag_part L *m L).
Proof.
move=> symL m0 r0 r2 low up cond x; set D := diag_part L.
have symD : symm D by exact: diag_part_sym.
pose c := (2%:R + r) * m; pose delta := (1 + r) * m.
have delta0 : 0 < delta by rewrite mulr_gt0 // addr_gt0 ?ltr01.
have low' y : m * quad 1%:M y <= quad L y by rewrite -quad_scalem.
have up' y : quad L y <= (3%:R + 2%:R * r) * m * quad 1%:M y.
  by apply: (le_trans (up y)); rewrite quad_scalem ler_wpmul2r ?quad1_ge0.
have one j : quad 1%:M (delta_mx j 0 : 'cV[R]_d) = 1 by rewrite quad_delta mxE eqxx.
have lowD y : m * quad 1%:M y <= quad D y.
  rewrite quad1_norm quad_diag_part mulr_sumr; apply: ler_sum => j _;
    rewrite ler_wpmul2r ?sqr_ge0 //.
  by have := low' (delta_mx j 0); rewrite one mulr1 quad_delta.
have upD y : quad D y <= (3%:R + 2%:R * r) * m * quad 1%:M y.
  rewrite quad1_norm quad_diag_part mulr_sumr; apply: ler_sum => j _;
    rewrite ler_wpmul2r ?sqr_ge0 //.
  by have := up' (delta_mx j 0); rewrite one mulr1 quad_delta.
have shift (N : 'M[R]_d) : symm N -> (forall y, m * quad 1%:M y <= quad N y) ->
    (forall y, quad N y <= (3%:R + 2%:R * r) * m * quad 1%:M y) ->
    quad 1%:M ((N - c *: 1%:M) *m x) <= delta ^+ 2 * quad 1%:M x.
  move=> symN lowN upN; apply: image_bound => // [|y|y].
  - by rewrite /symm linearB /= linearZ /= trmx1 symN.
  - rewrite quad_subm quad_scalem ler_subl_addr -mulrDl.
    by apply: (le_trans (upN y)); rewrite (_ : delta + c = (3%:R + 2%:R * r) * m) // /delta /c;
      ring.
  rewrite quad_subm quad_scalem ler_subr_addr -mulNr -mulrDl.
  by apply: le_trans (lowN y); rewrite (_ : - delta + c = m) // /delta /c; ring.
have hy := shift L symL low' up'; have hz := shift D symD lowD upD.
set y := _ *m x in hy; set z := _ *m x in hz; set s := quad 1%:M x in hy hz.
have Lx : L *m x = c *: x + y by rewrite /y mulmxBl -scalemxAl mul1mx addrC subrK.
have Dx : D *m x = c *: x + z by rewrite /z mulmxBl -scalemxAl mul1mx addrC subrK.
have sym1 := symm1 R d.
rewrite quad_symmetrized // Lx Dx; clearbody y z.
have pos := quad1_ge0 (c *: x + y + z).
have := addr_ge0 pos (addr_ge0 (_ : 0 <= delta ^+ 2 * s - quad 1%:M y) (_ : 0 <= delta ^+ 2 * s -
  quad 1%:M z)).
rewrite !subr_ge0 => /(_ hy hz).
rewrite (quadD (c *: x + y)) // (quadD (c *: x)) // !innerDl !innerDr !innerZl !innerZr quadZ -/s.
rewrite -[inner _ x x]/s (inner_sym y x sym1).
have c2 : c ^+ 2 = 2%:R * delta ^+ 2.
  have -> : c ^+ 2 = (4%:R + 4%:R * r + r ^+ 2) * m ^+ 2 by rewrite /c; ring.
  have -> : 2%:R * delta ^+ 2 = (2%:R + 4%:R * r + 2%:R * r ^+ 2) * m ^+ 2 by rewrite /delta; ring.
  by rewrite r2; ring.
set e := delta ^+ 2 in c2 *; rewrite c2 (_ : c * (c * s) = 2%:R * e * s);
  last by rewrite mulrA -expr2 c2.
set xy := inner _ x y; set xz := inner _ x z; set yz := inner _ y z.
set qy := quad _ y; set qz := quad _ z.
set lhs := _ + (_ - _ + (_ - _)); set goal := 2%:R * _.
by rewrite (_ : lhs = goal) // /lhs /goal; ring.
Qed.

End Conditioning.
