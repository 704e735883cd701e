(** * The kernel's permutations and blocks are the theorems'

    What the contracts say of permutations and blocks, in the text that WP hands to its provers
    (Exported.v), and the sketches of PermSketch.v.

    - [fisher_yates_join]: fisher_yates (ACSL) of draws in memory is [fy] of these draws, and so
      [shuffle], of which uniform draws make a uniform permutation (FisherYates.v).
    - [draws_exist]: whatever meets the precondition of ist_shuffle is such draws in memory.
    - [owner_join]: what ist_owner leaves is the owner of each coordinate.
    - [blocks_join]: what ist_blocks leaves for worker i lists the coordinates that it owns, each
      once, if these are q: so it is for Perm-q ([perm_blocks_join]), and for Rand-q
      ([rand_block_join]), where one worker keeps the first q places of its permutation. *)

From Coq Require Import ZArith Lia.
From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From Ist Require Import Exported FisherYates Mask PermSketch RandSketch.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Notation nat_Z := Z.of_nat.

Lemma shift_shift p i j : shift (shift p i) j = shift p (Z.add i j).
Proof. by rewrite /shift /=; congr addr'mk; lia. Qed.

Lemma entry_nat i a q : L_entry (nat_Z i) (nat_Z a) (nat_Z q) = nat_Z (i * q + a).
Proof. by rewrite /L_entry -[addn _ _]/(Nat.add _ _) -[muln _ _]/(Nat.mul _ _); lia. Qed.

(** The numbers that k < m stand for, in Z. *)
Lemma below_nat k m : Z.le 0 k -> Z.lt k (nat_Z m) -> exists k' : 'I_m, k = nat_Z k'.
Proof.
move=> k0 km; have lt : (Z.to_nat k < m)%N by apply/ltP; lia.
by exists (Ordinal lt); rewrite /=; lia.
Qed.

Lemma lt_nat k m : (k < m)%N -> Z.lt (nat_Z k) (nat_Z m).
Proof. by move/ltP; lia. Qed.

Lemma nat_inj k l : nat_Z k = nat_Z l -> k = l.
Proof. lia. Qed.

Lemma quot_nat k q : (0 < q)%N -> Z.quot (nat_Z k) (nat_Z q) = nat_Z (k %/ q).
Proof.
move=> q0; have q0Z := lt_nat q0; have := lt_nat (ltn_pmod k q0).
have := divn_eq k q; move: (k %/ q)%N (k %% q)%N => a r -> rq.
rewrite -[addn _ _]/(Nat.add _ _) -[muln _ _]/(Nat.mul _ _).
rewrite Z.quot_div_nonneg; try lia.
by symmetry; apply: (Z.div_unique _ _ _ (nat_Z r)); lia.
Qed.

Section Memory.

Variable Mint : addr -> Z.

(** Cells a, a + 1, ... hold S, each element once. *)
Definition lists d q (a : addr) (S : {set 'I_d}) : Prop :=
  exists f : 'I_q -> 'I_d, [/\ injective f, f @: 'I_q = S &
    forall k : 'I_q, Mint (shift a (nat_Z k)) = nat_Z (f k)].

(** ** From draws to the permutation *)

Lemma fy_exported draw f m j : (forall k, (k < m)%N -> Mint (shift draw (nat_Z k)) = nat_Z (f k)) ->
  L_fisher_yates Mint draw (nat_Z m) (nat_Z j) = nat_Z (fy f m j).
Proof.
elim: m j => [|m IH] j drawn.
  by have [base _] := L_fisher_yates_def Mint draw (nat_Z 0) (nat_Z j); exact: base.
have [_] := L_fisher_yates_def Mint draw (nat_Z m.+1) (nat_Z j).
have -> : Z.add (Z.opp 1) (nat_Z m.+1) = nat_Z m by lia.
rewrite drawn // => step; have {step} [last other] := step ltac:(lia).
have {}IH k := IH k (fun l lm => drawn l (ltnW lm)).
rewrite -[fy f m.+1 j]/(if j == m then fy f m (f m) else if j == f m then fy f m m else fy f m j).
case: eqP => [jm | jm]; first by rewrite last ?IH //; lia.
have {other} [drawn_last other] := other ltac:(lia).
by case: eqP => [jd | jd]; [rewrite drawn_last ?IH // jd | rewrite other ?IH //; lia].
Qed.

Variable d : nat.

(** The draws w stand in memory. *)
Definition drawn (draw : addr) (w : draws d) : Prop :=
  forall k : 'I_d, Mint (shift draw (nat_Z k)) = nat_Z (w k).

Theorem draws_exist draw :
  (forall k, Z.le 0 k -> Z.lt k (nat_Z d) ->
    Z.le 0 (Mint (shift draw k)) /\ Z.le (Mint (shift draw k)) k) ->
  exists w, drawn draw w.
Proof.
move=> range.
have lt (k : 'I_d) : (Z.to_nat (Mint (shift draw (nat_Z k))) < k.+1)%N.
  by have := range (nat_Z k) ltac:(lia) (lt_nat (ltn_ord k)); move=> ?; apply/ltP; lia.
exists [ffun k => Ordinal (lt k)] => k; rewrite ffunE /=.
by have := range (nat_Z k) ltac:(lia) (lt_nat (ltn_ord k)); lia.
Qed.

Variables (draw : addr) (w : draws d).
Hypothesis draw_w : drawn draw w.

Theorem fisher_yates_join (j : 'I_d) :
  L_fisher_yates Mint draw (nat_Z d) (nat_Z j) = nat_Z (shuffle w j).
Proof.
rewrite shuffleE; apply: fy_exported => k kd.
by rewrite -[k]/(val (Ordinal kd)) draw_w -draw_of_ord.
Qed.

(** ** From the permutation to blocks *)

Variables (p own block : addr) (n q : nat).
Hypothesis q_gt0 : (0 < q)%N.
Hypothesis p_shuffled : P_shuffled Mint draw p (nat_Z d).
Hypothesis own_owners : P_owners Mint p own (nat_Z d) (nat_Z q).
Hypothesis block_blocks : P_blocks Mint own block (nat_Z d) (nat_Z n) (nat_Z q).

Theorem owner_join (j : 'I_d) : Mint (shift own (nat_Z j)) = nat_Z (owner q (shuffle w) j).
Proof.
have [k ->] : exists k, j = shuffle w k by exists ((shuffle w)^-1%g j); rewrite permKV.
have := own_owners (i := nat_Z k) ltac:(lia) (lt_nat (ltn_ord k)).
rewrite p_shuffled ?fisher_yates_join; try lia; last exact: lt_nat.
by move=> ->; rewrite owner_block quot_nat.
Qed.

Theorem blocks_join (i : 'I_n) : #|[set j | member (slot d q i) (shuffle w) j]| = q ->
  lists q (shift block (L_entry (nat_Z i) 0 (nat_Z q)))
    [set j | member (slot d q i) (shuffle w) j].
Proof.
move=> q_owned; have [[increasing indices] members] := block_blocks.
have in_n := lt_nat (ltn_ord i).
have entry (a : nat) : shift (shift block (L_entry (nat_Z i) 0 (nat_Z q))) (nat_Z a) =
    shift block (L_entry (nat_Z i) (nat_Z a) (nat_Z q)).
  by rewrite shift_shift /L_entry; congr shift; lia.
pose at_ a := Mint (shift block (L_entry (nat_Z i) (nat_Z a) (nat_Z q))).
have in_d (a : 'I_q) : Z.le 0 (at_ a) /\ Z.lt (at_ a) (nat_Z d).
  exact: indices (nat_Z i) (nat_Z a) ltac:(lia) (lt_nat (ltn_ord a)) ltac:(lia) in_n.
have below (a : 'I_q) : (Z.to_nat (at_ a) < d)%N by apply/ltP; have := in_d a; lia.
pose f a : 'I_d := Ordinal (below a).
have at_f (a : 'I_q) : at_ a = nat_Z (f a) by rewrite Z2Nat.id //; have [] := in_d a.
have next (a : nat) : (a.+1 < q)%N -> Z.lt (at_ a) (at_ a.+1).
  move=> aq; have := increasing (nat_Z i) (nat_Z a.+1) ltac:(lia) (lt_nat aq) ltac:(lia) in_n.
  by rewrite /at_; have -> : Z.add (Z.opp 1) (nat_Z a.+1) = nat_Z a by lia.
have later (a b : nat) : (a < b)%N -> (b < q)%N -> Z.lt (at_ a) (at_ b).
  elim: b => // b IH; rewrite ltnS leq_eqVlt => /orP[/eqP -> | ab] bq; first exact: next.
  exact: Z.lt_trans (IH ab (ltnW bq)) (next b bq).
have inj : injective f.
  move=> a b fab; have same : at_ a = at_ b by rewrite !at_f fab.
  apply: val_inj; case: (ltngtP a b) => // lt.
    by have := later _ _ lt (ltn_ord b); rewrite same; lia.
  by have := later _ _ lt (ltn_ord a); rewrite same; lia.
exists f; split=> // [|a]; last by rewrite entry -at_f.
apply/eqP; rewrite eqEcard q_owned card_imset // card_ord leqnn andbT.
apply/subsetP => _ /imsetP[a _ ->]; rewrite inE member_slot.
have := members (nat_Z i) (nat_Z a) ltac:(lia) (lt_nat (ltn_ord a)) ltac:(lia) in_n.
by rewrite -/(at_ a) at_f owner_join => /nat_inj ->.
Qed.

Theorem perm_blocks_join (i : 'I_n) : d = (n * q)%N ->
  lists q (shift block (L_entry (nat_Z i) 0 (nat_Z q)))
    [set j | member (slot d q i) (shuffle w) j].
Proof. by move=> d_nq; apply: blocks_join; exact: card_block. Qed.

End Memory.

Section Rand.

Variables (Mint : addr -> Z) (d q : nat) (draw p own block : addr) (w : draws d).
Hypotheses (q_gt0 : (0 < q)%N) (q_le_d : (q <= d)%N).

Lemma kept_slot : kept d q = slot d q (ord0 : 'I_1).
Proof. by apply/setP => k; rewrite !inE -[RHS]leqn0 -[RHS]ltnS [RHS]ltn_divLR ?mul1n. Qed.

Lemma card_members (A : {set 'I_d}) s : #|[set j | member A s j]| = #|A|.
Proof.
rewrite -(card_imset _ (@perm_inj _ (s^-1)%g)); apply: eq_card => k.
apply/imsetP/idP => [[j]|kA]; first by rewrite inE /member => jA ->.
by exists (s k); rewrite ?inE /member permK.
Qed.

Theorem rand_block_join : drawn Mint draw w -> P_shuffled Mint draw p (nat_Z d) ->
  P_owners Mint p own (nat_Z d) (nat_Z q) -> P_blocks Mint own block (nat_Z d) 1 (nat_Z q) ->
  lists Mint q block [set j | member (kept d q) (shuffle w) j].
Proof.
move=> draw_w is_shuffled owners blocks.
have := blocks_join draw_w q_gt0 is_shuffled owners (n := 1) blocks (i := ord0).
rewrite -kept_slot card_members card_kept // => /(_ erefl) [f [inj all_ at_f]].
exists f; split=> // k; rewrite -at_f shift_shift; congr (Mint (shift _ _)).
by rewrite /L_entry [nat_Z (ord0 : 'I_1)]/=; lia.
Qed.

End Rand.
