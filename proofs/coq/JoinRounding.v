(** * The contracts' rounding is IEEE-754's

    What spec/rounding.h says, in the text that WP hands to its provers (Exported.v).

    - [rnd_join]: rnd is [Rounding.rnd], rounding to nearest even, where nothing overflows.
    - [add_join], ..., [sqrt_join]: fl_add, ..., fl_sqrt are Flocq's operations on binary64.
    - [rounding_join], [rounding_exact_join]: the two axioms of spec/rounding.h. *)

From Coq Require Import ZArith Reals Lia Lra.
From Flocq Require Import Core BinarySingleNaN Binary.
From Ist Require Import Rounding LogicModel Exported.

Open Scope R_scope.

Lemma to_f64_value (r : R) : Rabs (Rounding.rnd r) < bpow radix2 1024 ->
  t'real1 (to_f64 r) = Rounding.rnd r /\ t'isFinite1 (to_f64 r).
Proof.
intros small.
pose proof (binary_normalize_correct 53 1024 eq_refl eq_refl mode_NE
  (ZnearestE (scaled_mantissa radix2 (FLT_exp emin prec) r)) (cexp radix2 (FLT_exp emin prec) r)
  false) as correct.
change (F2R _) with (Rounding.rnd r) in correct.
change (round radix2 _ _ (Rounding.rnd r)) with (Rounding.rnd (Rounding.rnd r)) in correct.
rewrite rounding_idempotent, Rlt_bool_true in correct by exact small.
destruct correct as (value & finite & _); split; [exact value | exact finite].
Qed.

Theorem rnd_join (r : R) : Rabs r <= magnitude_limit -> L_rnd r = Rounding.rnd r.
Proof. intros small; exact (proj1 (to_f64_value r (rounding_no_overflow r small))). Qed.

(** ** Operations *)

Theorem add_join (x y : double) : finite x = true -> finite y = true ->
  Rabs (value x + value y) <= magnitude_limit ->
  value (add x y) = L_fl_add (value x) (value y).
Proof.
intros fx fy small; unfold L_fl_add; rewrite rnd_join by exact small.
exact (proj2 (add_correct x y fx fy small)).
Qed.

Lemma minus_value (a b : R) : a + (- (1)) * b = a - b.
Proof. ring. Qed.

Theorem sub_join (x y : double) : finite x = true -> finite y = true ->
  Rabs (value x - value y) <= magnitude_limit ->
  value (sub x y) = L_fl_sub (value x) (value y).
Proof.
intros fx fy small; unfold L_fl_sub; rewrite minus_value, rnd_join by exact small.
exact (proj2 (sub_correct x y fx fy small)).
Qed.

Theorem mul_join (x y : double) : finite x = true -> finite y = true ->
  Rabs (value x * value y) <= magnitude_limit ->
  value (mul x y) = L_fl_mul (value x) (value y).
Proof.
intros fx fy small; unfold L_fl_mul; rewrite rnd_join by exact small.
exact (proj2 (mul_correct x y fx fy small)).
Qed.

Theorem div_join (x y : double) : finite x = true -> value y <> 0 ->
  Rabs (value x / value y) <= magnitude_limit ->
  value (div x y) = L_fl_div (value x) (value y).
Proof.
intros fx y0 small; unfold L_fl_div; rewrite rnd_join by exact small.
exact (proj2 (div_correct x y fx y0 small)).
Qed.

Theorem sqrt_join (x : double) : finite x = true -> 0 <= value x <= magnitude_limit ->
  value (sqrt64 x) = L_fl_sqrt (value x).
Proof.
intros fx (x0 & small); unfold L_fl_sqrt.
rewrite rnd_join; [exact (proj2 (sqrt_correct x fx x0)) |].
rewrite Rabs_pos_eq by apply sqrt_pos.
assert (one : 1 <= magnitude_limit) by (apply (bpow_le radix2 0 996); lia).
apply Rle_trans with (sqrt magnitude_limit); [now apply sqrt_le_1_alt|].
rewrite <- (sqrt_square magnitude_limit) at 2 by lra.
apply sqrt_le_1_alt; rewrite <- (Rmult_1_l magnitude_limit) at 1.
apply Rmult_le_compat_r; lra.
Qed.

(** ** The axioms of spec/rounding.h *)

Theorem rounding_join : Q_rounding.
Proof.
intros r magnitude small.
destruct rounding_constants as (limit & unit & underflow).
assert (below : Rabs r <= magnitude_limit).
{ rewrite limit; apply Rle_trans with (1 := small); rewrite pow_IZR; apply IZR_le.
  now apply Z.leb_le. }
rewrite rnd_join, minus_value by exact below.
pose proof (rounding r below) as bound; rewrite unit, underflow in bound.
rewrite !pow_IZR in bound; unfold magnitude.
replace (1 / _ + 1 / _ * Rabs r)
  with (/ IZR (2 ^ Z.of_nat 53) * Rabs r + / IZR (2 ^ Z.of_nat 1074)); [exact bound|].
unfold Rdiv; rewrite !Rmult_1_l, Rplus_comm; f_equal; f_equal; f_equal; now vm_compute.
Qed.

Theorem rounding_exact_join : Q_rounding_exact.
Proof.
intros k r small; unfold r, real_of_int, BuiltIn.IZR.
rewrite rnd_join; [now apply rounding_exact; change (2 ^ 53)%Z with 9007199254740992%Z|].
rewrite <- abs_IZR; apply Rle_trans with (IZR 9007199254740992); [now apply IZR_le|].
change (IZR 9007199254740992) with (bpow radix2 53); now apply bpow_le.
Qed.
