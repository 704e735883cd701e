(** * Limits of sequences in an ordered field

    [tends u l]: u_k -> l, by epsilon and N. The limits of the theorems on schedules and on local
    steps (Schedules.v, LocalSteps.v) are made of the sums, products and quotients here; no
    completeness is needed, and where powers vanish the field is Archimedean
    ([geometric_limit] in Remarks.v). *)

From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.algebra_tactics Require Import ring.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Limits.

Variable R : realFieldType.
Implicit Types (u w : nat -> R) (l m c eps : R).

Definition tends u l : Prop :=
  forall eps, 0 < eps -> exists N, forall k, (N <= k)%N -> `|u k - l| < eps.

Lemma tends_cst c : tends (fun=> c) c.
Proof. by move=> eps e0; exists 0%N => k _; rewrite subrr normr0. Qed.

(** Only the tail counts. *)
Lemma tends_from N u w l : (forall k, (N <= k)%N -> u k = w k) -> tends w l -> tends u l.
Proof.
move=> uw lim eps /lim [M small]; exists (maxn N M) => k.
by rewrite geq_max => /andP[/uw-> /small].
Qed.

Lemma tends_add u w l m : tends u l -> tends w m -> tends (fun k => u k + w k) (l + m).
Proof.
move=> lu lw eps e0; have h0 : 0 < eps / 2%:R by rewrite divr_gt0 ?ltr0n.
have [N small] := lu _ h0; have [M small'] := lw _ h0.
exists (maxn N M) => k; rewrite geq_max => /andP[/small a /small' b].
have -> : u k + w k - (l + m) = (u k - l) + (w k - m) by ring.
apply: (le_lt_trans (ler_norm_add _ _)).
by rewrite (_ : eps = eps / 2%:R + eps / 2%:R) ?ltr_add //; field.
Qed.

Lemma tends_scale c u l : tends u l -> tends (fun k => c * u k) (c * l).
Proof.
move=> lu eps e0; have c1 : 0 < `|c| + 1 by rewrite ltr_paddl ?normr_ge0.
have [|N small] := lu (eps / (`|c| + 1)); first by rewrite divr_gt0.
exists N => k /small; rewrite ltr_pdivl_mulr // -mulrBr normrM => h; apply: le_lt_trans h.
by rewrite mulrC ler_wpmul2l // ler_addl ler01.
Qed.

Lemma tends_sum (I : finType) (u : I -> nat -> R) (l : I -> R) :
  (forall i, tends (u i) (l i)) -> tends (fun k => \sum_i u i k) (\sum_i l i).
Proof.
move=> lim; elim: (index_enum I) => [|i r IH].
  by apply: (tends_from (N := 0)) (tends_cst _) => k _; rewrite !big_nil.
by rewrite big_cons; apply: (tends_from (N := 0)) (tends_add (lim i) IH) => k _; rewrite big_cons.
Qed.

(** Near a limit a sequence is bounded. *)
Lemma tends_bounded u l : tends u l -> exists N, forall k, (N <= k)%N -> `|u k| <= `|l| + 1.
Proof.
move=> lim; have [N small] := lim 1 ltr01; exists N => k /small h.
have -> : u k = l + (u k - l) by rewrite addrC subrK.
by apply: (le_trans (ler_norm_add _ _)); rewrite ler_add2l ltW.
Qed.

Lemma tends_mul u w l m : tends u l -> tends w m -> tends (fun k => u k * w k) (l * m).
Proof.
move=> lu lw; have [N0 bounded] := tends_bounded lw.
have null : tends (fun k => (u k - l) * w k) 0.
  move=> eps e0; have m1 : 0 < `|m| + 1 by rewrite ltr_paddl ?normr_ge0.
  have [|N small] := lu (eps / (`|m| + 1)); first by rewrite divr_gt0.
  exists (maxn N0 N) => k; rewrite geq_max => /andP[/bounded b /small].
  rewrite ltr_pdivl_mulr // subr0 normrM; apply: le_lt_trans.
  by rewrite ler_wpmul2l.
have := tends_add null (tends_scale l lw); rewrite add0r.
by apply: (tends_from (N := 0)) => k _; ring.
Qed.

(** The fixed point c / (1 - a) of x -> a x + c, for a -> 0. *)
Lemma tends_fixed u w l : tends u 0 -> tends w l -> tends (fun k => w k / (1 - u k)) l.
Proof.
move=> lu lw.
have num : tends (fun k => (w k - l) + u k * l) 0.
  have := tends_add (tends_add lw (tends_cst (- l))) (tends_mul lu (tends_cst l)).
  by rewrite mul0r addr0 subrr.
move=> eps e0; have h0 : 0 < eps / 2%:R by rewrite divr_gt0 ?ltr0n.
have [N small] := num _ h0; have [|M half] := lu 2%:R^-1; first by rewrite invr_gt0 ltr0n.
exists (maxn N M) => k; rewrite geq_max => /andP[/small a /half b].
rewrite !subr0 in a b; have below : 2%:R^-1 < 1 - u k.
  rewrite ltr_subr_addl -ltr_subr_addr (_ : 1 - 2%:R^-1 = 2%:R^-1); last by field.
  exact: le_lt_trans (ler_norm _) b.
have pos : 0 < 1 - u k by apply: lt_trans below; rewrite invr_gt0 ltr0n.
have -> : w k / (1 - u k) - l = ((w k - l) + u k * l) / (1 - u k).
  by field; rewrite gt_eqF.
rewrite normrM normfV (gtr0_norm pos) ltr_pdivr_mulr //; apply: (lt_trans a).
by rewrite ltr_pmul2l.
Qed.

End Limits.
