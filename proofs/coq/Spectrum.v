(** * Extremal eigenvalues, and two-dimensional examples

    - [is_max], [is_min]: lambda is the largest (least) value of ||x||_A^2 / ||x||^2, attained.
    - [max_least]: lambda_max(A) is the least theta with A ⪯ theta I.
    - [inv_bound]: A ⪯ m I gives I ⪯ m A^-1.
    - [is_min_inv] (E2, corrects (21)): for A positive definite,
      lambda_min(A^-1) = 1 / lambda_max(A).
    - [mx2]: symmetric matrices of order 2; [mx2_pd]. *)

From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From Ist Require Import Probability Quadratic.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Extremal.

Variables (R : realFieldType) (d : nat).
Implicit Types (A M : 'M[R]_d) (x y : 'cV[R]_d).

Definition is_max A (lambda : R) : Prop :=
  loewner A (lambda *: 1%:M) /\ exists2 x, x != 0 & quad A x = lambda * quad 1%:M x.
Definition is_min A (lambda : R) : Prop :=
  loewner (lambda *: 1%:M) A /\ exists2 x, x != 0 & quad A x = lambda * quad 1%:M x.

(** A positive semidefinite form vanishes only on the kernel. *)
Lemma psd_kernel M x : symm M -> psd M -> quad M x = 0 -> M *m x = 0.
Proof.
move=> symM psdM Mx; apply/eqP; rewrite -quad1_eq0; apply: contraT => nz.
have pos : 0 < quad 1%:M (M *m x) by rewrite lt0r nz quad1_ge0.
set z := M *m x in nz pos *; set s := quad 1%:M z in pos.
have key t : 0 <= t * (t * quad M z - 2%:R * s).
  have := psdM (x - t *: z); rewrite quadB // Mx quadZ innerZr.
  have -> : inner M x z = s by rewrite /s /quad {2}/z inner_mull symM mulmx1.
  by set g := quad M z; move=> h; rewrite (_ : _ * _ = 0 - 2%:R * (t * s) + t ^+ 2 * g) //; ring.
have q0 : 0 <= quad M z by exact: psdM.
have q1 : 0 < quad M z + 1 by rewrite ltr_paddl ?ltr01.
have t0 : 0 < s / (quad M z + 1) by rewrite divr_gt0.
have := key (s / (quad M z + 1)); rewrite pmulr_rge0 // subr_ge0 mulrAC ler_pdivl_mulr //.
rewrite -subr_ge0 (_ : _ - _ = - (s * (quad M z + 2%:R))); last by ring.
by rewrite oppr_ge0 pmulr_rle0 // leNgt ltr_paddl ?ltr0n.
Qed.

Theorem max_least A lambda theta : is_max A lambda ->
  loewner A (theta *: 1%:M) <-> lambda <= theta.
Proof.
move=> [up [x x0 top]]; have q1 : 0 < quad 1%:M x by exact: pd1.
split=> [/(_ x)|le y]; first by rewrite top quad_scalem ler_pmul2r.
by apply: (le_trans (up y)); rewrite !quad_scalem ler_wpmul2r ?quad1_ge0.
Qed.

Theorem inv_bound A m : symm A -> pd A -> loewner A (m *: 1%:M) ->
  loewner 1%:M (m *: invmx A).
Proof.
move=> symA pdA up y; have [->|y0] := eqVneq y 0; first by rewrite !quad0.
have q1 : 0 < quad 1%:M y by exact: pd1.
have uA := pd_unit pdA; have upy : quad A y <= m * quad 1%:M y by rewrite -quad_scalem.
have m0 : 0 < m by rewrite -(pmulr_lgt0 _ q1); apply: lt_le_trans upy; exact: pdA.
have := young (invmx A *m y) y symA (pd_psd pdA) m0.
have -> : inner A (invmx A *m y) y = quad 1%:M y.
  by rewrite inner_mull symm_inv // mulVmx.
have -> : quad A (invmx A *m y) = quad (invmx A) y.
  by rewrite -{2}(mulKVmx uA y) quad_inv.
have h : m^-1 * quad A y <= quad 1%:M y by rewrite ler_pdivr_mull.
move=> /le_trans/(_ (ler_add (lexx _) h)); rewrite quad_scalem.
by rewrite (_ : 2%:R * _ = quad 1%:M y + quad 1%:M y) ?ler_add2r //; ring.
Qed.

Theorem is_min_inv A lambda : symm A -> pd A -> is_max A lambda -> is_min (invmx A) lambda^-1.
Proof.
move=> symA pdA [ub [x x0 top]].
have q1 : 0 < quad 1%:M x by exact: pd1.
have l0 : 0 < lambda by rewrite -(pmulr_lgt0 _ q1) -top; exact: pdA.
have uA := pd_unit pdA; split.
  by move=> y; rewrite quad_scalem ler_pdivr_mull // -quad_scalem; exact: inv_bound.
exists x => //.
have eigen : A *m x = lambda *: x.
  have : (lambda *: 1%:M - A) *m x = 0.
    apply: psd_kernel.
    - by rewrite /symm linearB /= linearZ /= trmx1 symA.
    - by move=> y; rewrite quad_subm subr_ge0; exact: ub.
    - by rewrite quad_subm quad_scalem top subrr.
  by rewrite mulmxBl -scalemxAl mul1mx => /eqP; rewrite subr_eq0 => /eqP.
have -> : quad (invmx A) x = lambda^-1 * quad 1%:M x; last by [].
have inv_x : invmx A *m x = lambda^-1 *: x.
  by apply: (scalerI (lt0r_neq0 l0)); rewrite scalemxAr -eigen mulKmx // scalerA divff ?scale1r
    ?gt_eqF.
by rewrite /quad /inner -!mulmxA inv_x mul1mx -scalemxAr mxE.
Qed.

End Extremal.

(** ** Order 2 *)

Section Order2.

Variable R : realFieldType.
Implicit Types a b c : R.

Lemma ord2 (i : 'I_2) : i = 0 \/ i = 1.
Proof. by case: i => [[|[|]]] // h; [left|right]; apply: val_inj. Qed.

(** [[a, c], [c, b]] *)
Definition mx2 a c b : 'M[R]_2 :=
  \matrix_(i, j) (if i == 0 then if j == 0 then a else c else if j == 0 then c else b).

Lemma mx2_sym a c b : symm (mx2 a c b).
Proof. by apply/matrixP => i j; rewrite !mxE; case: (j == 0); case: (i == 0). Qed.

Lemma quad_mx2 a c b x :
  quad (mx2 a c b) x = a * x 0 0 ^+ 2 + 2%:R * c * (x 0 0 * x 1 0) + b * x 1 0 ^+ 2.
Proof.
rewrite quad_sum_entries !big_ord_recl !big_ord0 !mxE /=.
have -> : lift ord0 ord0 = 1 :> 'I_2 by apply: val_inj.
have -> : ord0 = 0 :> 'I_2 by apply: val_inj.
by move: (x 0 0) (x 1 0) => y z; ring.
Qed.

Lemma mx2_pd a c b : 0 < a -> 0 < a * b - c ^+ 2 -> pd (mx2 a c b).
Proof.
move=> a0 det0 x x0; rewrite -(pmulr_rgt0 _ a0) quad_mx2.
have -> : a * (a * x 0 0 ^+ 2 + 2%:R * c * (x 0 0 * x 1 0) + b * x 1 0 ^+ 2) =
  (a * x 0 0 + c * x 1 0) ^+ 2 + (a * b - c ^+ 2) * x 1 0 ^+ 2 by ring.
have [y0|y0] := eqVneq (x 1 0) 0; last first.
  by rewrite ltr_paddl ?sqr_ge0 // mulr_gt0 // exprn_even_gt0.
have z0 : x 0 0 != 0.
  apply: contra x0 => /eqP z0; apply/eqP/colP => i; rewrite mxE.
  by case: (ord2 i) => ->.
by rewrite y0 mulr0 addr0 expr0n mulr0 addr0 exprn_even_gt0 //= mulf_neq0 // gt_eqF.
Qed.

(** A negative determinant refutes positive semidefiniteness. *)
Lemma mx2_not_psd a c b : a * b - c ^+ 2 < 0 -> 0 < a -> ~ psd (mx2 a c b).
Proof.
move=> det0 a0 /(_ (\col_i (if i == 0 then - c else a))); rewrite quad_mx2 !mxE /=.
rewrite (_ : _ + _ = a * (a * b - c ^+ 2)); last by ring.
by rewrite pmulr_rge0 // leNgt det0.
Qed.

Lemma vec2 (x y : 'cV[R]_2) : x 0 0 = y 0 0 -> x 1 0 = y 1 0 -> x = y.
Proof.
by move=> e0 e1; apply/colP => i; case: (ord2 i) => ->.
Qed.

End Order2.
