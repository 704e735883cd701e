(** * The homogeneous trajectory in binary64, (28) and (31)

    One coordinate of scaled Perm-1 on the preconditioned homogeneous problem: x+ = a x + gamma c,
    a = 1 - gamma, each operation rounded; what ist_homogeneous_rounds computes. The definitions
    are those of spec/homogeneous.h, the bound is that of its contract:

    - [rounds_close]: for every k with min(k, 1/gamma) <= 2^47, the computed iterate is within
      4 u min(k, 1/gamma) M of the exact one, u = 2^-53, M = max(|x_0|, |c|) + 2^-1000.
    - [rounds_converge]: hence within (1-gamma)^k |x_0 - c| + 4 u min(k, 1/gamma) M of c.
    - [float_instance]: the hypotheses below can be met.
    - [float_rounds_correct]: Flocq's binary64 operations, from finite data of at most 2^161 in
      absolute value, give finite numbers that satisfy both; [float_rounds_finite]: for
      gamma >= 2^-47, after any number of rounds whatsoever. *)

From Coq Require Import ZArith Reals Lia Lra.
From Flocq Require Import Core Binary Bits.
From Ist Require Import Rounding.

Open Scope R_scope.

(** ** The exact iterates, their models in binary64, and the bound *)

Definition blend (p x0 c : R) : R := p * x0 + (1 - p) * c.
Definition homogeneous (gamma x0 c : R) (k : nat) : R := blend ((1 - gamma) ^ k) x0 c.

Definition fl_round (a gamma x c : R) : R := rnd (rnd (a * x) + rnd (gamma * c)).
Fixpoint fl_rounds (a gamma x0 c : R) (k : nat) : R :=
  match k with
  | O => x0
  | S k => fl_round a gamma (fl_rounds a gamma x0 c k) c
  end.

Definition memory (gamma : R) (k : nat) : R := Rmin (INR k) (1 / gamma).
Definition magnitude (x0 c : R) : R := Rmax (Rabs x0) (Rabs c) + bpow radix2 (-1000).
Definition drift (m M : R) : R := bpow radix2 (-51) * (m * M).

Notation u := unit_roundoff.
Notation eta := underflow_unit.

(** ** Constants *)

Lemma drift_unit m M : drift m M = 4 * u * (m * M).
Proof.
unfold drift, unit_roundoff; replace (-51)%Z with (2 + -53)%Z by reflexivity.
now rewrite bpow_plus; simpl bpow at 1.
Qed.

Lemma unit_small : 0 < u <= / 1000.
Proof.
split; [apply bpow_gt_0|]; apply Rle_trans with (bpow radix2 (-10)); [now apply bpow_le|].
simpl; lra.
Qed.

Lemma eta_small M : bpow radix2 (-1000) <= M -> 0 < eta <= / 1000 * (u * M).
Proof.
intros HM; split; [apply bpow_gt_0|].
apply Rle_trans with (bpow radix2 (-10) * (u * bpow radix2 (-1000))).
- unfold unit_roundoff; rewrite <- !bpow_plus; now apply bpow_le.
- pose proof (bpow_gt_0 radix2 (-53)) as Hu; fold u in Hu.
  apply Rmult_le_compat; [apply bpow_ge_0| | |apply Rmult_le_compat_l; lra].
  + apply Rmult_le_pos; [lra|apply bpow_ge_0].
  + simpl; lra.
Qed.

(** ** One round *)

(** The rounded 1 - gamma. *)
Definition complement (a gamma : R) : Prop :=
  0 < gamma <= 1 /\ Rabs (a - (1 - gamma)) <= 1001 / 1000 * u.

Lemma complement_rnd gamma : 0 < gamma <= 1 -> complement (rnd (1 - gamma)) gamma.
Proof.
intros Hg; split; [exact Hg|].
apply Rle_trans with (1 := rounding_all _).
assert (He : 0 < eta <= / 1000 * (u * 1)).
{ apply eta_small; change 1 with (bpow radix2 0); now apply bpow_le. }
rewrite Rabs_pos_eq by lra; pose proof unit_small; nra.
Qed.

Lemma abs_product a b A B : Rabs a <= A -> Rabs b <= B -> Rabs (a * b) <= A * B.
Proof. intros; rewrite Rabs_mult; apply Rmult_le_compat; auto using Rabs_pos. Qed.

(** Two rounded numbers, added and rounded. *)
Lemma sum_near r s B : Rabs r + Rabs s <= B ->
  Rabs (rnd (rnd r + rnd s) - (r + s)) <= (2 * u + u * u) * B + 4 * eta.
Proof.
intros HB; pose proof (rounding_all r) as Hr; pose proof (rounding_all s) as Hs.
pose proof (rounding_all (rnd r + rnd s)) as Ht; pose proof unit_small as Hu.
pose proof underflow_unit_gt0 as He.
assert (Hsum : Rabs (rnd r + rnd s) <= B + (u * B + 2 * eta)).
{ replace (rnd r + rnd s) with ((r + s) + ((rnd r - r) + (rnd s - s))) by ring.
  apply Rle_trans with (1 := Rabs_triang _ _).
  pose proof (Rabs_triang r s); pose proof (Rabs_triang (rnd r - r) (rnd s - s)); nra. }
replace (rnd (rnd r + rnd s) - (r + s)) with
  ((rnd (rnd r + rnd s) - (rnd r + rnd s)) + ((rnd r - r) + (rnd s - s))) by ring.
apply Rle_trans with (1 := Rabs_triang _ _).
pose proof (Rabs_triang (rnd r - r) (rnd s - s)).
apply Rle_trans with ((u * (B + (u * B + 2 * eta)) + eta) + (u * B + 2 * eta)); [|nra].
apply Rplus_le_compat; [|nra].
apply Rle_trans with (1 := Ht); apply Rplus_le_compat_r, Rmult_le_compat_l; lra.
Qed.

(** One round keeps 1 - gamma of the error before it and adds at most 4 u M. *)
Lemma round_near a gamma v w c M E : complement a gamma ->
  Rabs w <= M -> Rabs c <= M -> bpow radix2 (-1000) <= M -> Rabs (v - w) <= E -> E <= / 16 * M ->
  Rabs (fl_round a gamma v c - ((1 - gamma) * w + gamma * c)) <= (1 - gamma) * E + 4 * u * M.
Proof.
intros [Hg Ha] Hw Hc HM Hv HE.
pose proof unit_small as Hu; pose proof (eta_small M HM) as He.
assert (HM0 : 0 < M) by (apply Rlt_le_trans with (2 := HM); apply bpow_gt_0).
assert (Hv' : Rabs v <= 17 / 16 * M).
{ replace v with (w + (v - w)) by ring; pose proof (Rabs_triang w (v - w)); lra. }
assert (Hav : Rabs ((a - (1 - gamma)) * v) <= 1001 / 1000 * u * (17 / 16 * M)) by now apply
  abs_product.
assert (Hgv : Rabs ((1 - gamma) * v) <= (1 - gamma) * (17 / 16 * M)).
{ apply abs_product; [rewrite Rabs_pos_eq; lra|exact Hv']. }
assert (Hgc : Rabs (gamma * c) <= gamma * M).
{ apply abs_product; [rewrite Rabs_pos_eq; lra|exact Hc]. }
assert (Hge : Rabs ((1 - gamma) * (v - w)) <= (1 - gamma) * E).
{ apply abs_product; [rewrite Rabs_pos_eq; lra|exact Hv]. }
assert (HB : Rabs (a * v) + Rabs (gamma * c) <= 11 / 10 * M).
{ replace (a * v) with ((1 - gamma) * v + (a - (1 - gamma)) * v) by ring.
  pose proof (Rabs_triang ((1 - gamma) * v) ((a - (1 - gamma)) * v)); nra. }
pose proof (sum_near _ _ _ HB) as Hs; unfold fl_round.
replace (rnd (rnd (a * v) + rnd (gamma * c)) - ((1 - gamma) * w + gamma * c)) with
  ((rnd (rnd (a * v) + rnd (gamma * c)) - (a * v + gamma * c)) +
   ((a - (1 - gamma)) * v + (1 - gamma) * (v - w))) by ring.
apply Rle_trans with (1 := Rabs_triang _ _).
pose proof (Rabs_triang ((a - (1 - gamma)) * v) ((1 - gamma) * (v - w))).
assert (HuM : 0 < u * M) by (apply Rmult_lt_0_compat; lra).
assert (HuuM : u * u * M <= / 1000 * (u * M)) by (rewrite Rmult_assoc; apply Rmult_le_compat_r;
  lra).
assert ((2 * u + u * u) * (11 / 10 * M) <= 221 / 100 * (u * M)) by lra.
assert (1001 / 1000 * u * (17 / 16 * M) <= 107 / 100 * (u * M)) by lra.
lra.
Qed.

(** ** Any number of rounds *)

Lemma power_unit a k : 0 <= a <= 1 -> 0 <= a ^ k <= 1.
Proof. intros Ha; induction k as [|k IH]; simpl; [lra|nra]. Qed.

Lemma homogeneous_next gamma x0 c k :
  homogeneous gamma x0 c (S k) = (1 - gamma) * homogeneous gamma x0 c k + gamma * c.
Proof. unfold homogeneous, blend; simpl; ring. Qed.

Lemma homogeneous_bound gamma x0 c k M : 0 < gamma <= 1 -> Rabs x0 <= M -> Rabs c <= M ->
  Rabs (homogeneous gamma x0 c k) <= M.
Proof.
intros Hg Hx Hc; unfold homogeneous, blend.
assert (Hp := power_unit (1 - gamma) k ltac:(lra)); set (p := (1 - gamma) ^ k) in *.
apply Rle_trans with (1 := Rabs_triang _ _); rewrite !Rabs_mult.
rewrite (Rabs_pos_eq p), (Rabs_pos_eq (1 - p)) by lra; nra.
Qed.

Lemma memory_ge0 gamma k : 0 < gamma -> 0 <= memory gamma k.
Proof.
intros Hg; apply Rmin_glb; [apply pos_INR|apply Rlt_le, Rdiv_lt_0_compat; lra].
Qed.

Lemma memory_next gamma k : 0 < gamma <= 1 ->
  (1 - gamma) * memory gamma k + 1 <= memory gamma (S k).
Proof.
intros Hg; pose proof (memory_ge0 gamma k (proj1 Hg)) as H0.
assert (Hinv : gamma * (1 / gamma) = 1) by (field; lra).
pose proof (Rmin_l (INR k) (1 / gamma)) as Hl; pose proof (Rmin_r (INR k) (1 / gamma)) as Hr.
fold (memory gamma k) in Hl, Hr; apply Rmin_glb; [rewrite S_INR; nra|nra].
Qed.

Lemma memory_grows gamma k : memory gamma k <= memory gamma (S k).
Proof.
apply Rle_min_compat_r; rewrite S_INR; lra.
Qed.

Lemma magnitude_covers x0 c :
  Rabs x0 <= magnitude x0 c /\ Rabs c <= magnitude x0 c /\ bpow radix2 (-1000) <= magnitude x0 c.
Proof.
unfold magnitude; pose proof (Rmax_l (Rabs x0) (Rabs c)); pose proof (Rmax_r (Rabs x0) (Rabs c)).
pose proof (bpow_gt_0 radix2 (-1000)); pose proof (Rabs_pos x0); lra.
Qed.

Lemma drift_range m M : m <= bpow radix2 47 -> 0 <= M -> drift m M <= / 16 * M.
Proof.
intros Hm HM; unfold drift; rewrite <- Rmult_assoc; apply Rmult_le_compat_r; [exact HM|].
replace (/ 16) with (bpow radix2 (-51) * bpow radix2 47).
- apply Rmult_le_compat_l; [apply bpow_ge_0|exact Hm].
- rewrite <- bpow_plus; simpl; lra.
Qed.

Theorem rounds_close a gamma x0 c k : complement a gamma -> memory gamma k <= bpow radix2 47 ->
  Rabs (fl_rounds a gamma x0 c k - homogeneous gamma x0 c k) <=
  drift (memory gamma k) (magnitude x0 c).
Proof.
intros Ha; destruct (magnitude_covers x0 c) as (Hx & Hc & HM); set (M := magnitude x0 c) in *.
assert (HM0 : 0 < M) by (apply Rlt_le_trans with (2 := HM); apply bpow_gt_0).
pose proof Ha as [Hg _]; pose proof unit_small as Hu.
induction k as [|k IH]; intros Hm.
- unfold homogeneous, blend; simpl.
  replace (x0 - (1 * x0 + (1 - 1) * c)) with 0 by ring; rewrite Rabs_R0, drift_unit.
  pose proof (memory_ge0 gamma 0 (proj1 Hg)); apply Rmult_le_pos; [lra|].
  apply Rmult_le_pos; lra.
- assert (Hk : memory gamma k <= bpow radix2 47).
  { apply Rle_trans with (2 := Hm); apply memory_grows. }
  specialize (IH Hk); rewrite homogeneous_next.
  apply Rle_trans with (1 := round_near a gamma _ (homogeneous gamma x0 c k) c M
    (drift (memory gamma k) M) Ha (homogeneous_bound _ _ _ _ _ Hg Hx Hc) Hc HM IH
    (drift_range _ _ Hk (Rlt_le _ _ HM0))).
  rewrite !drift_unit; pose proof (memory_next gamma k Hg) as Hn.
  replace ((1 - gamma) * (4 * u * (memory gamma k * M)) + 4 * u * M) with
    (4 * u * (((1 - gamma) * memory gamma k + 1) * M)) by ring.
  apply Rmult_le_compat_l; [lra|]; apply Rmult_le_compat_r; lra.
Qed.

Theorem rounds_converge a gamma x0 c k : complement a gamma -> memory gamma k <= bpow radix2 47 ->
  Rabs (fl_rounds a gamma x0 c k - c) <=
  (1 - gamma) ^ k * Rabs (x0 - c) + drift (memory gamma k) (magnitude x0 c).
Proof.
intros Ha Hm; pose proof (rounds_close a gamma x0 c k Ha Hm) as H; destruct Ha as [Hg _].
assert (Hp := power_unit (1 - gamma) k ltac:(lra)).
replace (fl_rounds a gamma x0 c k - c) with
  ((1 - gamma) ^ k * (x0 - c) + (fl_rounds a gamma x0 c k - homogeneous gamma x0 c k))
  by (unfold homogeneous, blend; ring).
apply Rle_trans with (1 := Rabs_triang _ _);
  rewrite Rabs_mult, (Rabs_pos_eq ((1 - gamma) ^ k)) by lra.
lra.
Qed.

Lemma rounds_bound a gamma x0 c k : complement a gamma -> memory gamma k <= bpow radix2 47 ->
  Rabs (fl_rounds a gamma x0 c k) <= 17 / 16 * magnitude x0 c.
Proof.
intros Ha Hm; pose proof (rounds_close a gamma x0 c k Ha Hm) as H; destruct Ha as [Hg _].
destruct (magnitude_covers x0 c) as (Hx & Hc & HM); set (M := magnitude x0 c) in *.
assert (HM0 : 0 < M) by (apply Rlt_le_trans with (2 := HM); apply bpow_gt_0).
pose proof (drift_range _ _ Hm (Rlt_le _ _ HM0));
  pose proof (homogeneous_bound gamma x0 c k M Hg Hx Hc).
replace (fl_rounds a gamma x0 c k) with
  (homogeneous gamma x0 c k + (fl_rounds a gamma x0 c k - homogeneous gamma x0 c k)) by ring.
pose proof (Rabs_triang (homogeneous gamma x0 c k)
  (fl_rounds a gamma x0 c k - homogeneous gamma x0 c k)); lra.
Qed.

(** ** The same on Flocq's doubles *)

Definition one : double := b64_of_bits 4607182418800017408.

Lemma value_one : value one = 1 /\ finite one = true.
Proof. split; [unfold value, one; simpl; unfold F2R; simpl; lra|reflexivity]. Qed.

Definition float_round (a gamma x c : double) : double := add (mul a x) (mul gamma c).
Fixpoint float_rounds (a gamma x0 c : double) (k : nat) : double :=
  match k with
  | O => x0
  | S k => float_round a gamma (float_rounds a gamma x0 c k) c
  end.

Lemma fl_roundsS a gamma x0 c k :
  fl_rounds a gamma x0 c (S k) = fl_round a gamma (fl_rounds a gamma x0 c k) c.
Proof. reflexivity. Qed.

Lemma float_roundsS a gamma x0 c k :
  float_rounds a gamma x0 c (S k) = float_round a gamma (float_rounds a gamma x0 c k) c.
Proof. reflexivity. Qed.

Lemma bpow_limit e : (e <= 996)%Z -> bpow radix2 e <= magnitude_limit.
Proof. apply bpow_le. Qed.

(** The double [sub one gamma] is 1 - gamma, rounded. *)
Theorem float_complement gamma : finite gamma = true -> 0 < value gamma <= 1 ->
  finite (sub one gamma) = true /\ value (sub one gamma) = rnd (1 - value gamma).
Proof.
intros F H; destruct value_one as [V F1]; rewrite <- V; apply sub_correct; auto; rewrite V.
apply Rle_trans with (bpow radix2 0); [|apply bpow_limit; lia].
change (bpow radix2 0) with 1; rewrite Rabs_pos_eq; lra.
Qed.

Section Floats.

Variables a gamma x0 c : double.
Hypothesis finite_gamma : finite gamma = true.
Hypothesis finite_x0 : finite x0 = true.
Hypothesis finite_c : finite c = true.
Hypothesis gamma_range : 0 < value gamma <= 1.
Hypothesis x0_range : Rabs (value x0) <= bpow radix2 161.
Hypothesis c_range : Rabs (value c) <= bpow radix2 161.

Hypothesis finite_a : finite a = true.
Hypothesis value_a : value a = rnd (1 - value gamma).  (* a = sub one gamma *)

Notation M := (magnitude (value x0) (value c)).

Lemma bpow_four e : bpow radix2 (2 + e) = 4 * bpow radix2 e.
Proof. rewrite bpow_plus; apply f_equal2; reflexivity. Qed.

Lemma magnitude_size : 17 / 16 * M <= bpow radix2 163.
Proof.
unfold magnitude; pose proof (Rmax_lub _ _ _ x0_range c_range) as H.
assert (bpow radix2 (-1000) <= bpow radix2 161) by (apply bpow_le; lia).
pose proof (bpow_gt_0 radix2 161).
rewrite (bpow_four 161 : bpow radix2 163 = _); lra.
Qed.

Lemma near_double r B : Rabs r <= B -> bpow radix2 0 <= B -> Rabs (rnd r) <= 2 * B.
Proof.
intros Hr HB; pose proof (rounding_all r) as H; pose proof unit_small as Hu.
change (bpow radix2 0) with 1 in HB.
assert (He : 0 < eta <= / 1000 * (u * B)).
{ apply eta_small; apply Rle_trans with (2 := HB); change 1 with (bpow radix2 0); apply bpow_le;
  lia. }
replace (rnd r) with (r + (rnd r - r)) by ring.
pose proof (Rabs_triang r (rnd r - r)); pose proof (Rabs_pos r); nra.
Qed.

Theorem float_rounds_correct k : memory (value gamma) k <= bpow radix2 47 ->
  let x := float_rounds a gamma x0 c k in
  finite x = true /\
  value x = fl_rounds (rnd (1 - value gamma)) (value gamma) (value x0) (value c) k /\
  Rabs (value x - homogeneous (value gamma) (value x0) (value c) k) <=
    drift (memory (value gamma) k) M /\
  Rabs (value x - value c) <= (1 - value gamma) ^ k * Rabs (value x0 - value c) +
    drift (memory (value gamma) k) M.
Proof.
intros Hm x; pose proof (complement_rnd _ gamma_range) as Ha.
assert (same : finite x = true /\
  value x = fl_rounds (rnd (1 - value gamma)) (value gamma) (value x0) (value c) k).
{ unfold x; clear x; induction k as [|k IH]; [now split|].
  assert (Hk : memory (value gamma) k <= bpow radix2 47).
  { apply Rle_trans with (2 := Hm); apply memory_grows. }
  destruct (IH Hk) as [Fx Vx]; clear IH; rewrite float_roundsS, fl_roundsS.
  unfold float_round, fl_round.
  pose proof (rounds_bound _ _ (value x0) (value c) k Ha Hk) as Hx;
    pose proof magnitude_size as Hsize.
  rewrite <- value_a in Hx, Vx |- *; rewrite <- Vx in Hx |- *;
    set (y := float_rounds a gamma x0 c k) in *.
  pose proof unit_small as Hu.
  assert (Ha2 : Rabs (value a) <= bpow radix2 1).
  { rewrite value_a; replace (bpow radix2 1) with (2 * 1) by (simpl; lra).
    apply near_double; [rewrite Rabs_pos_eq; lra|simpl; lra]. }
  assert (Hay : Rabs (value a * value y) <= bpow radix2 164).
  { replace (bpow radix2 164) with (bpow radix2 1 * bpow radix2 163) by now rewrite <- bpow_plus.
    apply abs_product; lra. }
  assert (Hgc : Rabs (value gamma * value c) <= bpow radix2 164).
  { replace (bpow radix2 164) with (bpow radix2 0 * bpow radix2 164) by now rewrite <- bpow_plus.
    apply abs_product; [change (bpow radix2 0) with 1; rewrite Rabs_pos_eq; lra|].
    apply (Rle_trans _ _ _ c_range); apply bpow_le; lia. }
  destruct (mul_correct a y finite_a Fx) as [F1 V1].
  { apply Rle_trans with (1 := Hay); apply bpow_limit; lia. }
  destruct (mul_correct gamma c finite_gamma finite_c) as [F2 V2].
  { apply Rle_trans with (1 := Hgc); apply bpow_limit; lia. }
  rewrite <- V1, <- V2; apply add_correct; auto; rewrite V1, V2.
  assert (H164 : bpow radix2 0 <= bpow radix2 164) by (apply bpow_le; lia).
  pose proof (near_double _ _ Hay H164); pose proof (near_double _ _ Hgc H164).
  apply Rle_trans with (1 := Rabs_triang _ _); apply Rle_trans with (bpow radix2 166);
    [|apply bpow_limit; lia].
  rewrite (bpow_four 164 : bpow radix2 166 = _); lra. }
destruct same as [Fx Vx]; split; [exact Fx|]; split; [exact Vx|]; rewrite Vx; split.
- now apply rounds_close.
- now apply rounds_converge.
Qed.

Theorem float_rounds_finite k : bpow radix2 (-47) <= value gamma ->
  finite (float_rounds a gamma x0 c k) = true /\
  Rabs (value (float_rounds a gamma x0 c k) -
        homogeneous (value gamma) (value x0) (value c) k) <= drift (1 / value gamma) M.
Proof.
intros Hg; assert (Hinv : 1 / value gamma <= bpow radix2 47).
{ unfold Rdiv; rewrite Rmult_1_l; replace 47%Z with (- -47)%Z by reflexivity.
  rewrite bpow_opp; apply Rinv_le; [apply bpow_gt_0|exact Hg]. }
assert (Hm : memory (value gamma) k <= 1 / value gamma) by apply Rmin_r.
destruct (float_rounds_correct k (Rle_trans _ _ _ Hm Hinv)) as (F & _ & H & _); split; [exact F|].
apply Rle_trans with (1 := H); unfold drift; apply Rmult_le_compat_l; [apply bpow_ge_0|].
apply Rmult_le_compat_r; [|exact Hm].
destruct (magnitude_covers (value x0) (value c)) as (_ & _ & HM).
apply Rle_trans with (2 := HM); apply bpow_ge_0.
Qed.

End Floats.

(** gamma = x_0 = c = 1. *)
Theorem float_instance k :
  finite one = true /\ 0 < value one <= 1 /\ Rabs (value one) <= bpow radix2 161 /\
  memory (value one) k <= bpow radix2 47.
Proof.
destruct value_one as [-> F].
assert (H161 : bpow radix2 0 <= bpow radix2 161) by (apply bpow_le; lia).
assert (H47 : bpow radix2 0 <= bpow radix2 47) by (apply bpow_le; lia).
change (bpow radix2 0) with 1 in H161, H47.
split; [exact F|split; [lra|split; [rewrite Rabs_R1; exact H161|]]].
apply Rle_trans with (2 := H47); apply Rle_trans with (1 := Rmin_r _ _); lra.
Qed.
