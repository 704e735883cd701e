(** * Fisher-Yates: uniform draws give a uniform permutation

    [fy draw m j] is the content of p[j] after the first m rounds of
    [ist_shuffle]: from the identity, round k swaps p[k] with p[draw[k]], where
    draw[k] <= k.

    - [shuffle_bij]: draws to permutations of d coordinates is a bijection.
    - [draws_independent]: the uniform law on draws is that of independent draws,
      the k-th uniform on {0, ..., k}.
    - [shuffle_uniform]: hence the permutation is uniform on all d!. *)

From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From Ist Require Import Probability.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.

(** ** The model of the C function, on naturals *)

Fixpoint fy (draw : nat -> nat) (m j : nat) : nat :=
  if m is m'.+1 then
    if j == m' then fy draw m' (draw m')
    else if j == draw m' then fy draw m' m'
    else fy draw m' j
  else j.

Section Model.

Variable draw : nat -> nat.
Hypothesis draw_le : forall k, draw k <= k.

Lemma fy_id m j : m <= j -> fy draw m j = j.
Proof.
elim: m j => //= m IH j mj; rewrite (gtn_eqF mj).
by rewrite (gtn_eqF (leq_ltn_trans (draw_le m) mj)) IH // ltnW.
Qed.

Lemma fy_inj m : injective (fy draw m).
Proof.
elim: m => [|m IH] i j //=.
by case: (i =P m) => [->|im]; case: (j =P m) => [->|jm];
   do ?case: eqP => [->|?]; move/IH => // h; subst.
Qed.

Lemma fy_lt m j : j < m -> fy draw m j < m.
Proof.
move=> jm; rewrite ltnNge; apply/negP => le_m.
have := fy_id le_m => /fy_inj e; by rewrite e leqNgt jm in le_m.
Qed.

(** The value m stands where the last round put it. *)
Lemma fy_last m : fy draw m.+1 (draw m) = m.
Proof. by rewrite /= eqxx; case: eqP => [e|_]; rewrite ?e fy_id. Qed.

End Model.

(** The permutation determines the draws. *)
Lemma fy_determines (draw1 draw2 : nat -> nat) m :
  (forall k, draw1 k <= k) -> (forall k, draw2 k <= k) ->
  fy draw1 m =1 fy draw2 m -> forall k, k < m -> draw1 k = draw2 k.
Proof.
move=> le1 le2; elim: m => // m IH same.
have same_last : draw1 m = draw2 m.
  by apply: (@fy_inj draw2 m.+1); rewrite -{1}same !fy_last.
have same_before : fy draw1 m =1 fy draw2 m.
  move=> j; have [->|jm] := eqVneq j m; first by rewrite !fy_id.
  have [->|jd] := eqVneq j (draw1 m).
    by have := same m; rewrite /= eqxx same_last.
  by have := same j; rewrite /= (negbTE jm) -same_last (negbTE jd).
by move=> k; rewrite ltnS leq_eqVlt => /orP[/eqP-> //|]; exact: IH.
Qed.

(** ** The map from draws to permutations *)

Section Shuffle.

Variable d : nat.

(** One draw in {0, ..., k} for each k < d. *)
Definition draws : finType := [finType of {dffun forall k : 'I_d, 'I_k.+1}].

Definition draw_of (w : draws) (k : nat) : nat :=
  if insub k is Some k' then w k' else 0.

Lemma draw_of_ord w (k : 'I_d) : draw_of w k = w k.
Proof. by rewrite /draw_of valK. Qed.

Lemma draw_of_le w k : draw_of w k <= k.
Proof.
by rewrite /draw_of; case: insubP => //= k' _ <-; rewrite -ltnS ltn_ord.
Qed.

Definition place (w : draws) (j : 'I_d) : 'I_d :=
  Ordinal (fy_lt (draw_of_le w) (ltn_ord j)).

Lemma place_inj w : injective (place w).
Proof. by move=> i j /(congr1 val) /= /fy_inj /val_inj. Qed.

(** p as a permutation: [shuffle w k] is p[k]. *)
Definition shuffle (w : draws) : 'S_d := perm (@place_inj w).

Lemma shuffleE w (j : 'I_d) : shuffle w j = fy (draw_of w) d j :> nat.
Proof. by rewrite permE. Qed.

Lemma shuffle_inj : injective shuffle.
Proof.
move=> w1 w2 same; apply/ffunP => k; apply: val_inj; rewrite /= -!draw_of_ord.
apply: (@fy_determines _ _ d); rewrite ?ltn_ord //; try exact: draw_of_le.
move=> j; have [jd|dj] := ltnP j d; last by rewrite !fy_id //; exact: draw_of_le.
by rewrite -(shuffleE w1 (Ordinal jd)) same shuffleE.
Qed.

Lemma card_draws : #|draws| = d`!.
Proof.
rewrite card_dep_ffun foldrE big_map big_enum /=.
rewrite fact_prod big_add1 big_mkord; apply: eq_bigr => k _; exact: card_ord.
Qed.

Theorem shuffle_bij : bijective shuffle.
Proof.
by apply: inj_card_bij; [exact: shuffle_inj | rewrite card_draws card_Sn].
Qed.

End Shuffle.

Local Open Scope ring_scope.

Section Uniformity.

Variables (R : realFieldType) (d : nat).

Definition first_draws : draws d := [ffun k : 'I_d => ord0].

Definition uniform_draws : dist R (draws d) := uniform R first_draws.
Definition uniform_perm : dist R [finType of 'S_d] := uniform R (1%g : 'S_d).

(** The weight of each sequence of draws is the product of the weights 1/(k+1) of its draws. *)
Theorem draws_independent (w : draws d) : uniform_draws w = \prod_(k < d) (k.+1%:R)^-1.
Proof.
rewrite /= card_draws prodfV; congr (_^-1).
by rewrite fact_prod big_add1 big_mkord natr_prod.
Qed.

Theorem shuffle_uniform (X : 'S_d -> R) :
  E uniform_draws (fun w => X (shuffle w)) = E uniform_perm X.
Proof. exact: (E_uniform_bij _ _ X (shuffle_bij d)). Qed.

(** Each permutation has probability 1/d!. *)
Theorem shuffle_probability (s : 'S_d) :
  E uniform_draws (fun w => (shuffle w == s)%:R) = (d`!%:R)^-1.
Proof.
rewrite (shuffle_uniform (fun p => (p == s)%:R)) E_uniform card_Sn.
rewrite (bigD1 s) //= eqxx big1 ?addr0 ?mulr1 // => p; by move/negbTE->.
Qed.

End Uniformity.
