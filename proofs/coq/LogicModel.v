(** * What the exported logic leaves open, by the names it has there

    WP's text of the contracts (Exported.v) has doubles, sequences of reals and recursive functions
    without a definition. Here is one for each.

    - [t1], [t'real1], [t'isFinite1], [to_f64]: binary64 numbers, the real value of one, whether it
      is finite, and the rounding of a real number to one: those of Flocq.
    - [A_vector], [L_component]: sequences of real numbers.
    - [steps]: m steps from a base, of which every recursive function is an instance; an equation
      determines its function, so that there is no other.
    - [equation]: proves that the function meets its equation in WP's text. *)

From Coq Require Import ZArith Reals Lia Lra.
From Flocq Require Import Core BinarySingleNaN Binary.
From Ist Require Import Rounding Primitives.

Definition t1 : Type := Rounding.double.
Definition t'real1 : t1 -> R := Rounding.value.
Definition t'isFinite1 (x : t1) : Prop := Rounding.finite x = true.

(** The double nearest to r: integer significand and exponent as in the definition of [round]. *)
Definition to_f64 (r : R) : t1 :=
  binary_normalize 53 1024 eq_refl eq_refl mode_NE
    (ZnearestE (scaled_mantissa radix2 (FLT_exp emin prec) r)) (cexp radix2 (FLT_exp emin prec) r)
    false.

Definition A_vector : Type := Z -> R.
Definition L_component (v : A_vector) (j : Z) : R := v j.

(** ** Recursion over the integers below m *)

Fixpoint steps_from {A} (base : A) (step : Z -> A -> A) (k : nat) : A :=
  match k with
  | O => base
  | S k' => step (Z.of_nat k') (steps_from base step k')
  end.

Definition steps {A} (base : A) (step : Z -> A -> A) (m : Z) : A :=
  steps_from base step (Z.to_nat m).

Lemma steps_base {A} (base : A) step m : (m <= 0)%Z -> steps base step m = base.
Proof. intros le0; unfold steps; now replace (Z.to_nat m) with O by lia. Qed.

Lemma steps_next {A} (base : A) step m : ~ (m <= 0)%Z ->
  steps base step m = step (-(1) + m)%Z (steps base step (-(1) + m)%Z).
Proof.
intros pos; unfold steps.
replace (Z.to_nat m) with (S (Z.to_nat (-(1) + m))) by lia.
cbn [steps_from]; f_equal; lia.
Qed.

(** Conditions that the hypotheses decide. *)
Ltac decided :=
  repeat match goal with
  | |- context [Z.eqb ?a ?b] =>
      first [rewrite (proj2 (Z.eqb_eq a b)) by lia | rewrite (proj2 (Z.eqb_neq a b)) by lia]
  | |- context [Z.leb ?a ?b] =>
      first [rewrite (proj2 (Z.leb_le a b)) by lia | rewrite (proj2 (Z.leb_gt a b)) by lia]
  | |- context [Z.ltb ?a ?b] =>
      first [rewrite (proj2 (Z.ltb_lt a b)) by lia | rewrite (proj2 (Z.ltb_ge a b)) by lia]
  end.

(** ** The functions *)

Section Memory.

Variables (Mf64 : addr -> t1) (Mint : addr -> Z).

Notation real a k := (t'real1 (Mf64 (shift a k))).
Notation index a k := (Mint (shift a k)).

Definition sum (term : Z -> R) (m : Z) : R := steps 0%R (fun k s => (s + term k)%R) m.
Definition count (of : Z -> bool) (m : Z) : Z :=
  steps 0%Z (fun k s => (s + (if of k then 1 else 0))%Z) m.

Definition rnd (r : R) : R := t'real1 (to_f64 r).
Definition fl_add (a b : R) : R := rnd (a + b).
Definition fl_mul (a b : R) : R := rnd (a * b).
Definition fl_sub (a b : R) : R := rnd (a + - (1) * b).

Local Open Scope R_scope.

Definition L_dot a x := sum (fun k => real a k * real x k).
Definition L_abs_dot a x := sum (fun k => Rabs (real a k * real x k)).
Definition L_abs_sum x := sum (fun k => Rabs (real x k)).
Definition L_form A x d := sum (fun k => real x k * L_dot (shift A (0 + d * k)) x d).
Definition L_abs_form A x d :=
  sum (fun k => Rabs (real x k) * L_abs_dot (shift A (0 + d * k)) x d).
Definition L_block_dot row S w := sum (fun k => real w k * real row (index S k)).
Definition L_abs_block_dot row S w := sum (fun k => Rabs (real w k * real row (index S k))).
Definition L_sketched_dot row S (C : A_vector) o (X : A_vector) :=
  sum (fun k => X (index S k) * C (o + index S k)%Z * real row (index S k)).
Definition L_radius_dot row S own whole (a : Z) :=
  sum (fun k => (if (1 + a =? 1 + k)%Z then real own k else real whole k)
                * Rabs (real row (index S k))).

Definition L_members block m j := count (fun k => (index block k =? j)%Z) m.
Definition L_owned owner i := count (fun k => (index owner k =? i)%Z).
Definition L_merged g block m j :=
  sum (fun k => if (index block k =? j)%Z then real g k else 0) m.
Definition L_abs_merged g block m j :=
  sum (fun k => if (index block k =? j)%Z then Rabs (real g k) else 0) m.
Definition L_merged_components (G : A_vector) block m j :=
  sum (fun k => if (index block k =? j)%Z then G k else 0) m.

Definition L_fl_dot a x := steps 0 (fun k s => fl_add s (fl_mul (real a k) (real x k))).
Definition L_fl_block_dot row S w :=
  steps 0 (fun k s => fl_add s (fl_mul (real row (index S k)) (real w k))).
Definition L_fl_merge g block m j :=
  steps 0 (fun k s => if (index block k =? j)%Z then fl_add s (real g k) else s) m.

(** T local steps on a submodel: entry a of the submodel (k < 0), or the first k terms of row a's
    product with it. *)
Section Local.

Variables (A b s S x : addr) (q d : Z) (gamma : R).

Definition local_row (z : Z -> R) (a k : Z) : R :=
  if (k <? 0)%Z then z a else
  steps 0 (fun l r => fl_add r (fl_mul (real A (0 + d * index S a + index S l)%Z) (z l))) k.
Definition local_models (t : Z) : Z -> R :=
  steps (fun a => fl_mul (real s (index S a)) (real x (index S a)))
    (fun _ z a => fl_sub (z a) (fl_mul gamma
       (fl_mul (real s (index S a)) (fl_sub (local_row z a q) (real b (index S a)))))) t.
Definition L_fl_local (t a k : Z) : R := local_row (local_models t) a k.

End Local.

Definition L_own_part row x s S (X : A_vector) (a m : Z) : R :=
  if (a <? m)%Z then
    real s (index S a) * (real x (index S a) + - (1) * X (index S a)) * real row (index S a)
  else 0.

Definition L_fisher_yates (draw : addr) : Z -> Z -> Z :=
  steps (fun j => j)
    (fun k p j => if (1 + j =? 1 + k)%Z then p (index draw k) else
                  if (index draw k =? j)%Z then p k else p j).

End Memory.

Definition L_power (a : R) : Z -> R := steps 1%R (fun _ p => (a * p)%R).
Definition L_fl_power (a : R) : Z -> R := steps 1%R (fun _ p => fl_mul a p).
Definition L_fl_rounds (a gamma x0 c : R) : Z -> R :=
  steps x0 (fun _ x => fl_add (fl_mul a x) (fl_mul gamma c)).

Definition L_part (a : addr) (o : Z) : addr := if (o =? 0)%Z then a else shift a o.
Definition L_block_fill (i k q : Z) : Z :=
  if (k <=? i * q)%Z then 0%Z else
  if (q + i * q <=? k)%Z then q else (k + - (1) * (i * q))%Z.

(** What WP's text says of a function, from its definition here. *)
Ltac equation :=
  intros; repeat match goal with x := _ |- _ => subst x end;
  repeat match goal with |- _ /\ _ => split | |- _ -> _ => intro end;
  unfold sum, count, L_fl_local, local_row, local_models, fl_add, fl_sub, fl_mul, rnd; decided;
  try match goal with
  | |- context [steps _ _ ?m] =>
      first [rewrite (steps_next _ _ m) by lia | rewrite (steps_base _ _ m) by lia]
  end;
  cbv beta; decided; reflexivity.
