(** * Rounding in IEEE-754 binary64

    The rounding axioms of the ACSL library, proved with Flocq: [rnd] is
    rounding to nearest, ties to even, into binary64 (precision 53, smallest
    positive number 2^-1074).

    Main theorems.
    - [rounding]: |rnd r - r| <= 2^-53 |r| + 2^-1074, for |r| <= 2^996 (in fact
      for every r, [rounding_all]).
    - [rounding_exact]: rnd k = k for every integer k with |k| <= 2^53.
    - [rounding_monotone], [rounding_exact_zero], [rounding_opp],
      [rounding_idempotent], [rounding_abs].
    - [rounding_no_overflow]: |r| <= 2^996 gives |rnd r| < 2^1024.
    - [add_correct], [sub_correct], [mul_correct], [div_correct],
      [sqrt_correct]: on binary64 data whose exact result is at most 2^996 in
      absolute value, each operation returns a finite number whose real value is
      [rnd] of the exact result. *)

From Coq Require Import ZArith Reals Lia Lra.
From Flocq Require Import Core Relative BinarySingleNaN Binary Bits.

Open Scope R_scope.

Definition emin : Z := (-1074)%Z.
Definition prec : Z := 53%Z.

(** The real number to which the C cast [(double) r] rounds r. *)
Definition rnd (r : R) : R := round radix2 (FLT_exp emin prec) ZnearestE r.

(** Unit roundoff u, underflow unit eta, and the magnitude limit of the axioms. *)
Definition unit_roundoff : R := bpow radix2 (-53).
Definition underflow_unit : R := bpow radix2 (-1074).
Definition magnitude_limit : R := bpow radix2 996.

#[local] Instance prec_gt_0 : Prec_gt_0 prec.
Proof. reflexivity. Qed.

#[local] Instance exp_valid : Valid_exp (FLT_exp emin prec).
Proof. apply FLT_exp_valid; exact prec_gt_0. Qed.

Lemma underflow_unit_gt0 : 0 < underflow_unit.
Proof. apply bpow_gt_0. Qed.

Theorem rounding_all (r : R) :
  Rabs (rnd r - r) <= unit_roundoff * Rabs r + underflow_unit.
Proof.
unfold rnd, unit_roundoff, underflow_unit.
destruct (error_N_FLT radix2 emin prec prec_gt_0 (fun x => negb (Z.even x)) r)
  as (eps & eta & Heps & Heta & _ & ->).
replace (r * (1 + eps) + eta - r) with (r * eps + eta) by ring.
apply Rle_trans with (1 := Rabs_triang _ _).
rewrite Rabs_mult, Rmult_comm.
assert (Hu : / 2 * bpow radix2 (- prec + 1) = bpow radix2 (-53)).
{ change (- prec + 1)%Z with (-53 + 1)%Z; rewrite bpow_plus_1; simpl IZR; field. }
apply Rplus_le_compat.
- rewrite <- Hu; apply Rmult_le_compat_r; [apply Rabs_pos | exact Heps].
- apply Rle_trans with (1 := Heta); unfold emin.
  pose proof (bpow_gt_0 radix2 (-1074)); lra.
Qed.

(** The ACSL axiom [rounding]. *)
Theorem rounding (r : R) : Rabs r <= magnitude_limit ->
  Rabs (rnd r - r) <= unit_roundoff * Rabs r + underflow_unit.
Proof. intros _; apply rounding_all. Qed.

(** The ACSL axiom [rounding_exact]. *)
Theorem rounding_exact (k : Z) : (Z.abs k <= 2 ^ 53)%Z -> rnd (IZR k) = IZR k.
Proof.
intros Hk; apply round_generic; [typeclasses eauto|].
destruct (Z.eq_dec (Z.abs k) (2 ^ 53)) as [E|E].
- replace (IZR k) with (F2R (Float radix2 (Z.sgn k) 53)).
  + apply generic_format_F2R' with (Float radix2 (Z.sgn k) 53); [reflexivity|].
    intros _; unfold cexp; rewrite mag_F2R_Zdigits by lia.
    unfold FLT_exp, emin, prec; simpl Fexp.
    assert (Hd : Zdigits radix2 (Z.sgn k) = 1%Z) by (destruct k; reflexivity || lia).
    rewrite Hd; lia.
  + unfold F2R; simpl Fnum; simpl Fexp.
    change (bpow radix2 53) with (IZR (2 ^ 53)); rewrite <- E, <- mult_IZR.
    now rewrite Z.mul_comm, Z.abs_sgn.
- replace (IZR k) with (F2R (Float radix2 k 0)) by (unfold F2R; simpl; ring).
  apply generic_format_FLT; exists (Float radix2 k 0); [reflexivity | simpl Fnum; change (radix2 : Z) with 2%Z; unfold prec; lia | unfold emin; simpl; lia].
Qed.

(** The constants of [rounding] as powers of two. *)
Theorem rounding_constants :
  magnitude_limit = 2 ^ 996 /\ unit_roundoff = / 2 ^ 53 /\ underflow_unit = / 2 ^ 1074.
Proof.
split; [|split]; unfold magnitude_limit, unit_roundoff, underflow_unit.
- replace 996%Z with (Z.of_nat 996) by reflexivity.
  now rewrite bpow_powerRZ, <- pow_powerRZ.
- replace (-53)%Z with (- Z.of_nat 53)%Z by reflexivity.
  now rewrite bpow_opp, bpow_powerRZ, <- pow_powerRZ.
- replace (-1074)%Z with (- Z.of_nat 1074)%Z by reflexivity.
  now rewrite bpow_opp, bpow_powerRZ, <- pow_powerRZ.
Qed.

Theorem rounding_monotone (r s : R) : r <= s -> rnd r <= rnd s.
Proof. intros rs; apply round_le; try exact rs; typeclasses eauto. Qed.

Theorem rounding_exact_zero : rnd 0 = 0.
Proof. apply round_0; typeclasses eauto. Qed.

Theorem rounding_opp (r : R) : rnd (- r) = - rnd r.
Proof. apply round_NE_opp. Qed.

Theorem rounding_abs (r : R) : rnd (Rabs r) = Rabs (rnd r).
Proof. apply round_NE_abs; typeclasses eauto. Qed.

Theorem rounding_idempotent (r : R) : rnd (rnd r) = rnd r.
Proof. apply round_generic; [typeclasses eauto | apply generic_format_round; typeclasses eauto]. Qed.

Lemma magnitude_limit_lt : magnitude_limit <= bpow radix2 1000.
Proof. now apply bpow_le. Qed.

Theorem rounding_no_overflow (r : R) :
  Rabs r <= magnitude_limit -> Rabs (rnd r) < bpow radix2 1024.
Proof.
intros Hr; rewrite <- rounding_abs.
apply Rle_lt_trans with (bpow radix2 1000); [|now apply bpow_lt].
replace (bpow radix2 1000) with (rnd (bpow radix2 1000)).
- apply rounding_monotone; exact (Rle_trans _ _ _ Hr magnitude_limit_lt).
- apply round_generic; [typeclasses eauto|].
  apply generic_format_bpow; unfold FLT_exp, emin, prec; lia.
Qed.

(** ** Flocq's binary64 operations compute [rnd] of the exact result *)

Definition double := binary64.
Definition value (x : double) : R := B2R 53 1024 x.
Definition finite (x : double) : bool := is_finite 53 1024 x.

Definition add : double -> double -> double := b64_plus mode_NE.
Definition sub : double -> double -> double := b64_minus mode_NE.
Definition mul : double -> double -> double := b64_mult mode_NE.
Definition div : double -> double -> double := b64_div mode_NE.
Definition sqrt64 : double -> double := b64_sqrt mode_NE.

Theorem value_representable (x : double) : rnd (value x) = value x.
Proof. apply round_generic; [typeclasses eauto | exact (generic_format_B2R 53 1024 x)]. Qed.

Theorem add_correct (x y : double) : finite x = true -> finite y = true ->
  Rabs (value x + value y) <= magnitude_limit ->
  finite (add x y) = true /\ value (add x y) = rnd (value x + value y).
Proof.
intros Fx Fy Hr.
pose proof (Bplus_correct 53 1024 eq_refl eq_refl binop_nan_pl64 mode_NE x y Fx Fy) as H.
rewrite Rlt_bool_true in H by exact (rounding_no_overflow _ Hr); destruct H as (H & F & _); split; [exact F | exact H].
Qed.

Theorem sub_correct (x y : double) : finite x = true -> finite y = true ->
  Rabs (value x - value y) <= magnitude_limit ->
  finite (sub x y) = true /\ value (sub x y) = rnd (value x - value y).
Proof.
intros Fx Fy Hr.
pose proof (Bminus_correct 53 1024 eq_refl eq_refl binop_nan_pl64 mode_NE x y Fx Fy) as H.
rewrite Rlt_bool_true in H by exact (rounding_no_overflow _ Hr); destruct H as (H & F & _); split; [exact F | exact H].
Qed.

Theorem mul_correct (x y : double) : finite x = true -> finite y = true ->
  Rabs (value x * value y) <= magnitude_limit ->
  finite (mul x y) = true /\ value (mul x y) = rnd (value x * value y).
Proof.
intros Fx Fy Hr.
pose proof (Bmult_correct 53 1024 eq_refl eq_refl binop_nan_pl64 mode_NE x y) as H.
rewrite Rlt_bool_true in H by exact (rounding_no_overflow _ Hr); destruct H as (H & F & _); split; [|exact H].
unfold finite in Fx, Fy; rewrite Fx, Fy in F; exact F.
Qed.

Theorem div_correct (x y : double) : finite x = true -> value y <> 0 ->
  Rabs (value x / value y) <= magnitude_limit ->
  finite (div x y) = true /\ value (div x y) = rnd (value x / value y).
Proof.
intros Fx Zy Hr.
pose proof (Bdiv_correct 53 1024 eq_refl eq_refl binop_nan_pl64 mode_NE x y Zy) as H.
rewrite Rlt_bool_true in H by exact (rounding_no_overflow _ Hr); destruct H as (H & F & _); split; [|exact H].
unfold finite in Fx; rewrite Fx in F; exact F.
Qed.

Theorem sqrt_correct (x : double) : finite x = true -> 0 <= value x ->
  finite (sqrt64 x) = true /\ value (sqrt64 x) = rnd (sqrt (value x)).
Proof.
intros Fx Px.
destruct (Bsqrt_correct 53 1024 eq_refl eq_refl unop_nan_pl64 mode_NE x) as (H & F & _).
split; [|exact H].
unfold finite, sqrt64, b64_sqrt; rewrite F.
destruct x as [s|s|s pl Hpl|[|] m e He]; try easy.
exfalso; revert Px; apply Rlt_not_le; now apply F2R_lt_0.
Qed.
