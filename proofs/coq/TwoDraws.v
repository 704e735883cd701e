(** * Two independent draws

    [product]: the law of a pair whose parts are independent; [E_product], [EM_product]:
    expectations part by part; [E_product_mul], [EM_product_scale]: those of
    products of both parts. *)

From mathcomp Require Import all_ssreflect all_algebra.
From Ist Require Import Probability.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Product.

Variables (R : realFieldType) (T U : finType) (P : dist R T) (Q : dist R U).

Definition product_mass (tu : T * U) : R := P tu.1 * Q tu.2.

Lemma product_ge0 tu : 0 <= product_mass tu.
Proof. by rewrite mulr_ge0 ?mass_ge0. Qed.

Lemma product_sum : \sum_tu product_mass tu = 1.
Proof.
transitivity (\sum_t \sum_u P t * Q u); first by rewrite pair_big; exact: eq_bigr.
by rewrite -[RHS](mass_sum P); apply: eq_bigr => t _; rewrite -mulr_sumr mass_sum mulr1.
Qed.

Definition product : dist R [finType of T * U] := Dist product_ge0 product_sum.

Lemma E_product F : E product F = E P (fun t => E Q (fun u => F (t, u))).
Proof.
transitivity (\sum_t \sum_u P t * Q u * F (t, u)).
  by rewrite pair_big; apply: eq_bigr => -[t u].
by apply: eq_bigr => t _; rewrite mulr_sumr; apply: eq_bigr => u _; rewrite mulrA.
Qed.

Lemma EM_product m n (F : T * U -> 'M[R]_(m, n)) :
  EM product F = EM P (fun t => EM Q (fun u => F (t, u))).
Proof.
by apply/matrixP => i j; rewrite !EM_entry E_product; apply: eq_E => t; rewrite EM_entry.
Qed.

Lemma E_product_mul (X : T -> R) (Y : U -> R) :
  E product (fun tu => X tu.1 * Y tu.2) = E P X * E Q Y.
Proof.
rewrite E_product mulrC -E_scale; apply: eq_E => t.
by rewrite mulrC -E_scale.
Qed.

Lemma EM_product_scale m n (X : T -> R) (Y : U -> 'M[R]_(m, n)) :
  EM product (fun tu => X tu.1 *: Y tu.2) = E P X *: EM Q Y.
Proof.
apply/matrixP => i j; rewrite EM_entry mxE EM_entry -E_product_mul.
by apply: eq_E => tu; rewrite mxE.
Qed.

End Product.
