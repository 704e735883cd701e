(** * What the provers proved by induction, proved in Coq

    Of the lemmas of spec/*.h, a prover of [make verify] proves some by induction. Here each is
    proved again, from the text that WP hands to that prover (Exported.v).

    - [by_induction]: all of them ([induction]). Where the step from m to m + 1 bounds rounding
      errors, it is a lemma of its own, which the provers proved without induction: these are
      [steps_proved], and hypotheses here. *)

From Coq Require Import ZArith Reals Lia Lra.
From Ist Require Import LogicModel Exported.

Open Scope Z_scope.

(** ** Sums and counts below m *)

Lemma from_zero (P : Z -> Prop) :
  P 0 -> (forall m, 0 <= m -> P m -> P (1 + m)) -> forall m, 0 <= m -> P m.
Proof.
intros start next; apply natlike_ind; [exact start|].
intros m m0 Pm; replace (Z.succ m) with (1 + m) by lia; now apply next.
Qed.

Ltac ascend m m0 :=
  revert m m0;
  match goal with |- forall m, 0 <= m -> @?P m => apply (from_zero P) end; cbv beta.

Lemma steps_after {A} (base : A) step m : 0 <= m ->
  steps base step (1 + m) = step m (steps base step m).
Proof.
intros m0; rewrite steps_next by lia; replace (- (1) + (1 + m)) with m by lia; reflexivity.
Qed.

Lemma steps_same {A} (base : A) f g m :
  (forall k v, 0 <= k < m -> f k v = g k v) -> steps base f m = steps base g m.
Proof.
destruct (Z_le_dec m 0) as [le0 | pos]; [now rewrite !steps_base by exact le0|].
assert (m0 : 0 <= m) by lia; clear pos; ascend m m0; [easy|].
intros m m0 IH same; rewrite !steps_after by exact m0.
rewrite IH by (intros; apply same; lia); apply same; lia.
Qed.

Lemma sum_same f g m : (forall k, 0 <= k < m -> f k = g k) -> sum f m = sum g m.
Proof. intros same; apply steps_same; intros k v km; now rewrite same. Qed.

Lemma count_same f g m : (forall k, 0 <= k < m -> f k = g k) -> count f m = count g m.
Proof. intros same; apply steps_same; intros k v km; now rewrite same. Qed.

Lemma count_range f m : 0 <= m -> 0 <= count f m <= m.
Proof.
intros m0; ascend m m0; [now cbn|]; intros m m0 IH.
unfold count in *; rewrite steps_after by exact m0; destruct (f m); lia.
Qed.

Lemma count_more f m k : 0 <= m -> 0 <= k -> count f m <= count f (k + m).
Proof.
intros m0 k0; ascend k k0; [now cbn|]; intros k k0 IH.
unfold count in *; replace (1 + k + m) with (1 + (k + m)) by ring.
rewrite steps_after by lia; destruct (f (k + m)); lia.
Qed.

Lemma sum_within f g m : (forall k, Rabs (f k) <= g k)%R -> (Rabs (sum f m) <= sum g m)%R.
Proof.
intros within; destruct (Z_le_dec m 0) as [le0 | pos].
{ unfold sum; rewrite !steps_base, Rabs_R0 by exact le0; lra. }
assert (m0 : 0 <= m) by lia; clear pos; ascend m m0.
{ cbn; rewrite Rabs_R0; lra. }
intros m m0 IH; unfold sum in *; rewrite !steps_after by exact m0.
pose proof (Rabs_triang (steps 0 (fun k s => s + f k) m) (f m))%R; specialize (within m); lra.
Qed.

Lemma sum_bound f (b : R) m : 0 <= m -> (forall k, 0 <= k < m -> (0 <= f k <= b)%R) ->
  (0 <= sum f m <= b * IZR m)%R.
Proof.
intros m0; ascend m m0.
{ intros _; cbn; lra. }
intros m m0 IH range; unfold sum in *; rewrite steps_after, plus_IZR by exact m0.
specialize (IH (fun k km => range k ltac:(lia))); specialize (range m ltac:(lia)); lra.
Qed.

(** Everything of WP's text down to the definitions of LogicModel.v. *)
Ltac opened :=
  cbv beta zeta delta [
    t'real1 t'isFinite1 L_component
    L_dot L_abs_dot L_block_dot L_abs_block_dot L_sketched_dot L_radius_dot L_members L_owned
    L_merged L_abs_merged L_fl_dot L_fl_block_dot L_fl_merge L_power
    LogicModel.L_dot LogicModel.L_abs_dot LogicModel.L_block_dot LogicModel.L_abs_block_dot
    LogicModel.L_sketched_dot LogicModel.L_radius_dot LogicModel.L_members LogicModel.L_owned
    LogicModel.L_merged LogicModel.L_abs_merged LogicModel.L_fl_dot LogicModel.L_fl_block_dot
    LogicModel.L_fl_merge LogicModel.L_power real_of_int BuiltIn.IZR] in *.

(** ** The same in two states *)

Theorem block_dot_frames : Q_block_dot_frames.
Proof.
intros Mf64 Mint Mf641 Mint1 row w S q _ same; opened.
split; apply sum_same; intros k (k0 & kq); destruct (same k k0 kq) as [[_ w_] row_];
  opened; now rewrite w_, row_.
Qed.

Theorem dot_frames : Q_dot_frames.
Proof.
intros Mf64 Mf641 a x d _ a_ x_; opened.
split; apply sum_same; intros k (k0 & kd); specialize (a_ k k0 kd); specialize (x_ k k0 kd);
  opened; now rewrite a_, x_.
Qed.

Theorem fl_block_dot_frames : Q_fl_block_dot_frames.
Proof.
intros Mf64 Mint Mf641 Mint1 row w S q _ same; opened.
apply steps_same; intros k v (k0 & kq); destruct (same k k0 kq) as [w_ row_].
opened; now rewrite w_, row_.
Qed.

Theorem fl_dot_frames : Q_fl_dot_frames.
Proof.
intros Mf64 Mf641 a x d _ a_ x_; opened.
apply steps_same; intros k v (k0 & kd); specialize (a_ k k0 kd); specialize (x_ k k0 kd).
opened; now rewrite a_, x_.
Qed.

Theorem fl_dot_frame_inductive : Q_fl_dot_frame_inductive.
Proof. intros Mf64 Mf641 a x d d0 _; apply fl_dot_frames; lia. Qed.

Theorem fl_merge_frames : Q_fl_merge_frames.
Proof.
intros Mf64 Mint Mf641 Mint1 g block m j _ g_ block_; opened.
apply steps_same; intros k v (k0 & km); specialize (g_ k k0 km); specialize (block_ k k0 km).
opened; now rewrite g_, block_.
Qed.

Theorem fl_merge_frame_inductive : Q_fl_merge_frame_inductive.
Proof. intros Mf64 Mint Mf641 Mint1 g block m j m0 _; apply fl_merge_frames; lia. Qed.

Theorem merged_frames : Q_merged_frames.
Proof.
intros Mf64 Mint Mf641 Mint1 g block m j _ g_ block_; opened.
split; apply sum_same; intros k (k0 & km); specialize (g_ k k0 km); specialize (block_ k k0 km);
  opened; now rewrite g_, block_.
Qed.

Theorem members_frames : Q_members_frames.
Proof.
intros Mint Mint1 block m j _ block_; opened.
apply count_same; intros k (k0 & km); specialize (block_ k k0 km); opened; now rewrite block_.
Qed.

Theorem radius_frames : Q_radius_frames.
Proof.
intros Mf64 Mint Mf641 Mint1 row own whole S a m _ own_ whole_; opened.
apply sum_same; intros k (k0 & km); destruct (own_ k k0 km) as [[_ own_k] row_].
destruct (whole_ k k0 km) as [[_ whole_k] _]; opened; now rewrite own_k, whole_k, row_.
Qed.

Theorem sketched_frames : Q_sketched_frames.
Proof.
intros Mf64 Mint Mf641 Mint1 row S C X o q _ same; opened.
apply sum_same; intros k (k0 & kq); destruct (same k k0 kq) as [entry row_].
opened; now rewrite row_, entry.
Qed.

(** ** Bounds *)

Lemma product_range (v w A B : R) : (Rabs v <= A -> Rabs w <= B -> 0 <= Rabs (v * w) <= A * B)%R.
Proof.
intros v_ w_; rewrite Rabs_mult; pose proof (Rabs_pos v); pose proof (Rabs_pos w); split.
- now apply Rmult_le_pos.
- now apply Rmult_le_compat.
Qed.

Theorem abs_dot_bounds : Q_abs_dot_bounds.
Proof.
intros Mf64 a x d A X d0 a_ x_; opened.
apply sum_bound; [exact d0|]; intros k (k0 & kd).
apply product_range; [exact (proj1 (a_ k k0 kd)) | exact (proj1 (x_ k k0 kd))].
Qed.

Theorem abs_dot_bound_inductive : Q_abs_dot_bound_inductive.
Proof. intros Mf64 a x d A X d0 _; apply abs_dot_bounds; lia. Qed.

Theorem abs_block_dot_bounds : Q_abs_block_dot_bounds.
Proof.
intros Mf64 Mint row w S q d A W q0 row_ w_ S_; opened; rewrite (Rmult_comm A W).
apply sum_bound; [exact q0|]; intros k (k0 & kq); destruct (S_ k k0 kq) as (S0 & Sd).
apply product_range; [exact (proj1 (w_ k k0 kq)) | exact (proj1 (row_ _ S0 Sd))].
Qed.

Theorem abs_block_dot_bound_inductive : Q_abs_block_dot_bound_inductive.
Proof. intros Mf64 Mint row w S q d A W q0 _; apply abs_block_dot_bounds; lia. Qed.

Theorem abs_merged_bounds : Q_abs_merged_bounds.
Proof.
intros Mf64 Mint g block m j M m0 M0 g_; opened.
apply sum_bound; [exact m0|]; intros k (k0 & km).
destruct (_ =? _); [split; [apply Rabs_pos | exact (proj1 (g_ k k0 km))] | lra].
Qed.

Theorem abs_merged_bound_inductive : Q_abs_merged_bound_inductive.
Proof. intros Mf64 Mint g block m j M m0 _; apply abs_merged_bounds; lia. Qed.

Theorem dots_within : Q_dots_within.
Proof. intros Mf64 a x d _; apply sum_within; intros k; apply Rle_refl. Qed.

Theorem block_dots_within : Q_block_dots_within.
Proof. intros Mf64 Mint row w S q _; apply sum_within; intros k; apply Rle_refl. Qed.

Theorem power_units : Q_power_units.
Proof.
intros a k k0 a1 a0; opened; ascend k k0; [cbn; lra|].
intros k k0 (le1 & ge0); rewrite steps_after by exact k0; split; [|now apply Rmult_le_pos].
apply Rle_trans with (1 * 1)%R; [now apply Rmult_le_compat | lra].
Qed.

(** ** Counts and places *)

Theorem all_members_positive : Q_all_members_positive.
Proof. intros Mint block m j m0; apply (count_range _ m m0). Qed.

Theorem members_ranges : Q_members_ranges.
Proof. intros Mint block m j m0; apply and_comm, (count_range _ m m0). Qed.

Theorem owned_monotone : Q_owned_monotone.
Proof.
intros Mint owner i m k k0 m0; split; [apply (count_range _ m m0) | now apply count_more].
Qed.

Theorem owned_positive : Q_owned_positive.
Proof. intros Mint owner i m m0; now apply owned_monotone. Qed.

Theorem parts_order : Q_parts_order.
Proof. intros i k q; unfold L_entry; intros i0 ik q0; split; nia. Qed.

Theorem rows_inside : Q_rows_inside.
Proof. intros j d; unfold P_row_inside, L_entry; intros j0 jd _; split; nia. Qed.

Lemma shift_shift p i j : shift (shift p i) j = shift p (i + j).
Proof. unfold shift; cbn [base offset]; f_equal; ring. Qed.

Theorem bounded_joins : Q_bounded_joins.
Proof.
intros Mf64 a o k M before after i i0 ik.
destruct (Z_lt_dec i o) as [io | io]; [now apply before|].
specialize (after (i - o) ltac:(lia) ltac:(lia)).
rewrite shift_shift in after; now replace (o + (i - o)) with i in after by lia.
Qed.


(** ** Local steps, the same in two states *)

Section Local.

Variables (Mf64 Mf641 : addr -> t1) (Mint Mint1 : addr -> Z).
Variables (L b s x S : addr) (q d : Z) (gamma : R).

Notation real M a k := (LogicModel.t'real1 (M (shift a k))).
Notation model M I := (local_models M I L b s S x q d gamma).
Notation entry M I t a k := (L_fl_local M I L b s S x q d gamma t a k).
Notation inputs := (P_kept_1_ Mf64 Mint Mf641 Mint1 L b s S q d).

Lemma model_entry M I t a : entry M I t a (- (1)) = model M I t a.
Proof. reflexivity. Qed.

Lemma row_entry M I t a k : 0 <= k -> entry M I t a k =
  steps 0%R (fun l r => fl_add r (fl_mul (real M L (0 + d * I (shift S a) + I (shift S l)))
                                         (model M I t l))) k.
Proof.
intros k0; unfold L_fl_local, LogicModel.L_fl_local, local_row.
destruct (Z.ltb_spec k 0); [lia | reflexivity].
Qed.

(** All that is used of the inputs. *)
Lemma inputs_at : inputs ->
  (forall a, 0 <= a < q -> Mint1 (shift S a) = Mint (shift S a) /\ 0 <= Mint (shift S a) < d) /\
  (forall k, 0 <= k < d * d -> real Mf641 L k = real Mf64 L k) /\
  (forall k, 0 <= k < d -> real Mf641 b k = real Mf64 b k) /\
  (forall k, 0 <= k < d -> real Mf641 s k = real Mf64 s k).
Proof.
intros (((((_ & b_) & s_) & S_) & in_d) & L_).
split; [|split; [|split]]; intros k (k0 & kd); [|now apply L_ | now apply b_ | now apply s_].
pose proof (S_ k k0 kd) as index; pose proof (in_d k k0 kd) as range; cbv zeta in index.
rewrite index in *; now split.
Qed.

Lemma matrix_at a l : inputs -> 0 <= a < q -> 0 <= l < q ->
  real Mf641 L (0 + d * Mint1 (shift S a) + Mint1 (shift S l)) =
  real Mf64 L (0 + d * Mint (shift S a) + Mint (shift S l)).
Proof.
intros same aq lq; destruct (inputs_at same) as (S_ & L_ & _).
destruct (S_ a aq) as (-> & Sa), (S_ l lq) as (-> & Sl); apply L_; nia.
Qed.

Lemma sums_same t a k : 0 <= a < q -> 0 <= k <= q -> inputs ->
  P_local_frame Mf64 Mint Mf641 Mint1 L b s S x q d gamma t ->
  entry Mf641 Mint1 t a k = entry Mf64 Mint t a k.
Proof.
intros aq kq same models; rewrite !row_entry by lia; apply steps_same; intros l r lk.
rewrite (matrix_at a l same aq ltac:(lia)), <- !model_entry.
now rewrite (models l ltac:(lia) ltac:(lia)).
Qed.

Lemma model_next M I t a : 0 <= q -> 0 <= t -> model M I (1 + t) a =
  fl_sub (model M I t a) (fl_mul gamma (fl_mul (real M s (I (shift S a)))
    (fl_sub (entry M I t a q) (real M b (I (shift S a)))))).
Proof. intros q0 t0; unfold local_models at 1; now rewrite steps_after. Qed.

Lemma entries_same t a : 0 <= t -> 0 <= a < q -> inputs ->
  P_local_frame Mf64 Mint Mf641 Mint1 L b s S x q d gamma t ->
  entry Mf641 Mint1 (1 + t) a (- (1)) = entry Mf64 Mint (1 + t) a (- (1)).
Proof.
intros t0 aq same models; rewrite !model_entry, !model_next by lia.
rewrite (sums_same t a q aq ltac:(lia) same models), <- !model_entry.
rewrite (models a ltac:(lia) ltac:(lia)).
destruct (inputs_at same) as (S_ & _ & b_ & s_); destruct (S_ a aq) as (-> & Sd).
now rewrite (b_ _ Sd), (s_ _ Sd).
Qed.

End Local.

Theorem local_sum_frames : Q_local_sum_frames.
Proof.
intros Mf64 Mint Mf641 Mint1 L b s x S q d t a k gamma k0 a0 aq same models kq.
now apply sums_same.
Qed.

Theorem entry_frames : Q_entry_frames.
Proof.
intros Mf64 Mint Mf641 Mint1 L b s x S q d t a gamma q0 t0 a0 aq same models.
now apply entries_same.
Qed.

Theorem local_frames : Q_local_frames.
Proof.
intros Mf64 Mint Mf641 Mint1 L b s x S q d t gamma t0 q0 x_ same; ascend t t0.
- intros a a0 aq.
  destruct (inputs_at _ _ _ _ _ _ _ _ _ _ same) as (S_ & _ & _ & s_).
  destruct (S_ a (conj a0 aq)) as (index & Sd); specialize (x_ _ (proj1 Sd) (proj2 Sd)).
  rewrite !model_entry; cbn; rewrite index, (s_ _ Sd); opened; now rewrite x_.
- intros t t0 models a a0 aq; now apply entries_same.
Qed.

Theorem local_dots : Q_local_dots.
Proof.
intros Mf64 Mint Mf641 Mint1 L b s x z S q d t a k gamma k0 a0 aq kq same models.
rewrite row_entry by exact k0; opened; apply steps_same; intros l r lk.
rewrite (matrix_at Mf64 Mf641 Mint Mint1 L b s S q d a l same ltac:(lia) ltac:(lia)).
specialize (models l ltac:(lia) ltac:(lia)); rewrite model_entry in models; rewrite models.
now rewrite shift_shift.
Qed.

(** ** Rounding errors: from the steps that the provers proved *)

Ltac from_steps :=
  intros start next; hnf; intros;
  match goal with m0 : 0 <= ?m |- _ => solve [ascend m m0; auto] end.

Theorem dots_near : Q_dot_near_start -> Q_dot_near_inductive -> Q_dots_near.
Proof. from_steps. Qed.

Theorem block_dots_near : Q_block_dot_near_start -> Q_block_dot_near_inductive -> Q_block_dots_near.
Proof. from_steps. Qed.

Theorem merges_near : Q_merge_near_start -> Q_merge_near_inductive -> Q_merges_near.
Proof. from_steps. Qed.

Theorem forms_near : Q_form_near_start -> Q_form_near_inductive -> Q_forms_near.
Proof. from_steps. Qed.

Theorem rows_to : Q_row_to_start -> Q_row_to_step -> Q_rows_to.
Proof. from_steps. Qed.

Theorem merges_covered_to :
  Q_merge_covered_to_start -> Q_merge_covered_to_step -> Q_merges_covered_to.
Proof. from_steps. Qed.

Theorem all_covered_to : Q_covered_to_start -> Q_covered_to_inductive -> Q_all_covered_to.
Proof. from_steps. Qed.

Theorem power_close_all : Q_power_close_start -> Q_power_close_step -> Q_power_close_all.
Proof. from_steps. Qed.

Theorem rounds_close_all : Q_rounds_close_start -> Q_rounds_close_step -> Q_rounds_close_all.
Proof. from_steps. Qed.

(** ** All of them *)

Theorem by_induction : steps_proved -> induction.
Proof.
unfold steps_proved, induction; intros proved.
repeat match goal with H : _ /\ _ |- _ => destruct H end.
repeat match goal with |- _ /\ _ => split end;
  auto using abs_block_dot_bound_inductive, abs_block_dot_bounds, abs_dot_bound_inductive,
    abs_dot_bounds, abs_merged_bound_inductive, abs_merged_bounds, all_covered_to,
    all_members_positive, block_dot_frames, block_dots_near, block_dots_within, bounded_joins,
    dot_frames, dots_near, dots_within, entry_frames, fl_block_dot_frames, fl_dot_frame_inductive,
    fl_dot_frames, fl_merge_frame_inductive, fl_merge_frames, forms_near, local_dots, local_frames,
    local_sum_frames, members_frames, members_ranges, merged_frames, merges_covered_to, merges_near,
    owned_monotone, owned_positive, parts_order, power_close_all, power_units, radius_frames,
    rounds_close_all, rows_inside, rows_to, sketched_frames.
Qed.
