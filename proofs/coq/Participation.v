(** * Partial participation (N12)

    In each round the workers of a random set A answer, drawn apart from the sketches; an absent
    worker's coordinates stay: g = (1/n) sum_{i in A} C_i grad f_i(C_i x) ([participate_estimator]).
    That is again a sketch, [participate], with 0 for the sketch of an absent worker, so that every
    theorem on sketches applies, the recursions of Dynamics.v and [noise] among them.
    With pi1 = P(i in A) and pi2 = P(i, k in A), i <> k:

    - [subset_one], [subset_two]: for m of n workers, uniformly, pi1 = m/n and
      pi2 = m(m-1)/(n(n-1)); that the sets are uniform is [rand_subset_uniform] in RandSketch.v.
    - For every sketch: [participate_EB], [participate_Ev], the first moments times pi1;
      [participate_mean]: E x_k is that of full participation with the step pi1 gamma;
      [participate_limit]: its fixed point is that of full participation, whatever pi1 <> 0;
      [participate_EBAB], [participate_EBAv], [participate_EBzv], [participate_EvvT]: in second
      moments the same-worker part times pi1, the cross part times pi2.
    - In closed form: [participate_second_moment], [participate_cross_moment],
      [participate_mixed_moment], [participate_outer_moment] for every sketch of the table of N4,
      each a [table_row]: [perm_row], [scaled_row], [rand_row], [identity_row]. *)

From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From Ist Require Import Probability TwoDraws Quadratic Problem Theorem1 FisherYates.
From Ist Require Import UniformPermutation Mask PermSketch RandSketch SecondMoment.
From Ist Require Import Dynamics LinearMoment RandMoment.
From Ist Require Import Instances.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(** ** Every sketch *)

Section Participation.

Variables (R : realFieldType) (n d : nat) (p : problem R n d) (s : sketch R n d).
Variables (U : finType) (Q : dist R U) (present : U -> 'I_n -> bool).

Implicit Types (u : U) (t : outcome s) (x : 'cV[R]_d).

Definition participant_C (w : U * outcome s) i : 'M[R]_d := (present w.1 i)%:R *: C w.2 i.

Lemma participant_sym w i : symm (participant_C w i).
Proof. by rewrite /symm linearZ /= C_sym. Qed.

Definition participate : sketch R n d :=
  @Sketch R n d _ (product Q (law s)) participant_C participant_sym.

Theorem participate_estimator u t x :
  estimator p ((u, t) : outcome participate) x =
  n%:R^-1 *: (\sum_(i | present u i) C t i *m grad_worker p i (C t i *m x)).
Proof.
congr (_ *: _); rewrite [RHS]big_mkcond; apply: eq_bigr => i _.
by rewrite /= /participant_C /=; case: present; rewrite ?scale1r // scale0r mul0mx.
Qed.

(** A worker's terms of B and v. *)
Definition worker_B t i : 'M[R]_d := n%:R^-1 *: (C t i *m hess p i *m C t i).
Definition worker_v t i : 'cV[R]_d := n%:R^-1 *: (C t i *m lin p i).

Lemma B_workers t : B p t = \sum_i worker_B t i.
Proof. by rewrite /B /mean scaler_sumr. Qed.

Lemma v_workers t : v p t = \sum_i worker_v t i.
Proof. by rewrite /v /mean scaler_sumr. Qed.

Lemma participate_B (w : outcome participate) :
  B p w = \sum_i (present w.1 i)%:R *: worker_B w.2 i.
Proof.
rewrite /B /mean scaler_sumr; apply: eq_bigr => i _ /=; rewrite /participant_C /worker_B.
by case: present; rewrite ?scale1r // !scale0r !mul0mx scaler0.
Qed.

Lemma participate_v (w : outcome participate) :
  v p w = \sum_i (present w.1 i)%:R *: worker_v w.2 i.
Proof.
rewrite /v /mean scaler_sumr; apply: eq_bigr => i _ /=; rewrite /participant_C /worker_v.
by case: present; rewrite ?scale1r // !scale0r mul0mx scaler0.
Qed.

Variables pi1 pi2 : R.
Hypothesis one : forall i, E Q (fun u => (present u i)%:R) = pi1.
Hypothesis two : forall i k, i != k -> E Q (fun u => (present u i && present u k)%:R) = pi2.

Lemma EM_present m l (X : outcome s -> 'I_n -> 'M[R]_(m, l)) :
  EM (product Q (law s)) (fun w => \sum_i (present w.1 i)%:R *: X w.2 i) =
  pi1 *: EM (law s) (fun t => \sum_i X t i).
Proof.
rewrite !EM_sum scaler_sumr; apply: eq_bigr => i _.
by rewrite (EM_product_scale Q (law s) (fun u => (present u i)%:R) (fun t => X t i)) one.
Qed.

Theorem participate_EB : EB p participate = pi1 *: EB p s.
Proof.
rewrite /EB (eq_EM _ participate_B) EM_present; congr (_ *: _).
by apply: eq_EM => t; rewrite B_workers.
Qed.

Theorem participate_Ev : Ev p participate = pi1 *: Ev p s.
Proof.
rewrite /Ev (eq_EM _ participate_v) EM_present; congr (_ *: _).
by apply: eq_EM => t; rewrite v_workers.
Qed.

Theorem participate_mean gamma x0 k :
  mean_at p participate gamma x0 k = mean_at p s (pi1 * gamma) x0 k.
Proof.
elim: k => [|k IH] //; rewrite !mean_round participate_EB participate_Ev IH -scalemxAl !scalerA.
by rewrite [gamma * pi1]mulrC.
Qed.

Theorem participate_limit x : pi1 != 0 ->
  (EB p participate *m x = Ev p participate) <-> (EB p s *m x = Ev p s).
Proof.
move=> pi0; rewrite participate_EB participate_Ev -scalemxAl.
by split=> [|->] //; exact: scalerI.
Qed.

(** Products of two sums over the workers present. *)
Lemma EM_present2 m l a b (X : outcome s -> 'I_n -> 'M[R]_(m, a)) (A : 'M[R]_(a, b))
    (Y : outcome s -> 'I_n -> 'M[R]_(b, l)) :
  let same := \sum_i EM (law s) (fun t => X t i *m A *m Y t i) in
  EM (product Q (law s)) (fun w =>
    (\sum_i (present w.1 i)%:R *: X w.2 i) *m A *m (\sum_i (present w.1 i)%:R *: Y w.2 i)) =
  pi1 *: same + pi2 *: (EM (law s) (fun t => (\sum_i X t i) *m A *m (\sum_i Y t i)) - same).
Proof.
move=> same; pose Z i k := EM (law s) (fun t => X t i *m A *m Y t k).
have expand (c : 'I_n -> R) t :
    (\sum_i c i *: X t i) *m A *m (\sum_i c i *: Y t i) =
    \sum_i \sum_k (c i * c k) *: (X t i *m A *m Y t k).
  rewrite !mulmx_suml; apply: eq_bigr => i _; rewrite mulmx_sumr; apply: eq_bigr => k _.
  by rewrite -!scalemxAl -scalemxAr scalerA.
have cross i k : EM (product Q (law s)) (fun w =>
    ((present w.1 i)%:R * (present w.1 k)%:R) *: (X w.2 i *m A *m Y w.2 k)) =
    (if i == k then pi1 else pi2) *: Z i k.
  rewrite (EM_product_scale Q (law s) (fun u => (present u i)%:R * (present u k)%:R)
    (fun t => X t i *m A *m Y t k)); congr (_ *: _); case: eqP => [<-|/eqP ik].
    by rewrite -(one i); apply: eq_E => u; rewrite -natrM mulnb andbb.
  by rewrite -(two ik); apply: eq_E => u; rewrite -natrM mulnb.
have full : EM (law s) (fun t => (\sum_i X t i) *m A *m (\sum_i Y t i)) = \sum_i \sum_k Z i k.
  rewrite -[RHS]/(\sum_i \sum_k EM (law s) (fun t => X t i *m A *m Y t k)).
  under [RHS]eq_bigr do rewrite -EM_sum; rewrite -EM_sum; apply: eq_EM => t.
  by rewrite !mulmx_suml; apply: eq_bigr => i _; rewrite mulmx_sumr.
rewrite (eq_EM _ (fun w => expand (fun i => (present w.1 i)%:R) w.2)) EM_sum full.
rewrite -sumrB !scaler_sumr -big_split; apply: eq_bigr => i _ /=.
rewrite EM_sum (eq_bigr _ (fun k _ => cross i k)) [in LHS](bigD1 i) //= eqxx; congr (_ + _).
rewrite [in RHS](bigD1 i) //= addrC addKr scaler_sumr; apply: eq_bigr => k ki.
by rewrite eq_sym (negbTE ki).
Qed.

Section SecondMoments.

Variables (A : 'M[R]_d) (z : 'cV[R]_d).

Theorem participate_EBAB :
  let same := \sum_i EM (law s) (fun t => worker_B t i *m A *m worker_B t i) in
  EBAB p A participate = pi1 *: same + pi2 *: (EBAB p A s - same).
Proof.
rewrite /EBAB; under eq_EM do rewrite participate_B.
by under [in RHS]eq_EM do rewrite B_workers; exact: EM_present2.
Qed.

Theorem participate_EBAv :
  let same := \sum_i EM (law s) (fun t => worker_B t i *m A *m worker_v t i) in
  EBAv p A participate = pi1 *: same + pi2 *: (EBAv p A s - same).
Proof.
rewrite /EBAv; under eq_EM do rewrite participate_B participate_v.
by under [in RHS]eq_EM do rewrite B_workers v_workers; exact: EM_present2.
Qed.

Let tr_sum (I : finType) (F : I -> 'cV[R]_d) : (\sum_i F i)^T = \sum_i (F i)^T.
Proof. exact: linear_sum. Qed.

Let tr_present u t : (\sum_i (present u i)%:R *: worker_v t i)^T =
  \sum_i (present u i)%:R *: (worker_v t i)^T.
Proof. by rewrite tr_sum; apply: eq_bigr => i _; rewrite linearZ. Qed.

Theorem participate_EBzv :
  let same := \sum_i EM (law s) (fun t => worker_B t i *m z *m (worker_v t i)^T) in
  EBzv p participate z = pi1 *: same + pi2 *: (EBzv p s z - same).
Proof.
rewrite /EBzv; under eq_EM do rewrite participate_B participate_v tr_present.
under [in RHS]eq_EM do rewrite B_workers v_workers tr_sum.
exact: (EM_present2 worker_B z (fun t i => (worker_v t i)^T)).
Qed.

Theorem participate_EvvT :
  let same := \sum_i EM (law s) (fun t => worker_v t i *m (worker_v t i)^T) in
  EvvT p participate = pi1 *: same + pi2 *: (EvvT p s - same).
Proof.
rewrite /EvvT; under eq_EM do rewrite participate_v tr_present.
under [in RHS]eq_EM do rewrite v_workers tr_sum.
have := EM_present2 worker_v 1%:M (fun t i => (worker_v t i)^T); rewrite /=.
under eq_EM do rewrite mulmx1; move=> ->; congr (_ *: _ + _ *: (_ - _)).
- by apply: eq_bigr => i _; apply: eq_EM => t; rewrite mulmx1.
- by apply: eq_EM => t; rewrite mulmx1.
- by apply: eq_bigr => i _; apply: eq_EM => t; rewrite mulmx1.
Qed.

End SecondMoments.

End Participation.

(** ** m of n workers, uniformly *)

Section Subset.

Variables (R : realFieldType) (n m : nat).
Hypothesis m_le_n : (m <= n)%N.

(** The workers in the first m places of a permutation. *)
Definition answers (r : 'S_n) (i : 'I_n) : bool := member (kept n m) r i.

Theorem subset_one i : E (uniform_perm R n) (fun r => (answers r i)%:R) = m%:R / n%:R.
Proof. by rewrite E_member card_kept. Qed.

Theorem subset_two i k : i != k ->
  E (uniform_perm R n) (fun r => (answers r i && answers r k)%:R) =
  m%:R * (m%:R - 1) / (n%:R * (n%:R - 1)).
Proof.
move=> ik; rewrite -{1 2}(card_kept m_le_n) -(E_member2 _ _ ik).
by apply: eq_E => r; rewrite -natrM mulnb.
Qed.

End Subset.

(** ** Closed forms *)

(** Each weight times c. *)
Definition weights_scale (R : realFieldType) (c : R) (k : weights R) : weights R :=
  Weights (c * w_none k) (c * w_ac k) (c * w_eb k) (c * w_ce k) (c * w_ae k) (c * w_cb k)
    (c * w_ab k) (c * w_ac_eb k) (c * w_ae_cb k) (c * w_ab_ce k) (c * w_ace k) (c * w_ceb k)
    (c * w_acb k) (c * w_aeb k) (c * w_all k).

Lemma at_indices_scale (R : realFieldType) d c k (i j l m : 'I_d) :
  at_indices (weights_scale c k) i j l m = c * at_indices k i j l m :> R.
Proof. by rewrite /at_indices /weights_scale /=; ring. Qed.

Lemma entry_scaled_sub (R : realFieldType) m l (x y : R) (X Y : 'M[R]_(m, l)) i j :
  (x *: X - y *: Y) i j = x * X i j - y * Y i j.
Proof. by rewrite !mxE. Qed.

Section Table.

Variables (R : realFieldType) (n d : nat) (p : problem R n d) (s : sketch R n d).

(** A row of the table of N4: B = c sum_i P_i M_i P_i and v = sum_i P_i u_i, worker by worker, for
    blocks with the pair law of weights ks and kd. *)
Record table_row (c : R) (owns : outcome s -> 'I_n -> 'I_d -> bool) (ks kd : weights R)
    (M : 'I_n -> 'M[R]_d) (u : 'I_n -> 'cV[R]_d) : Prop := TableRow {
  row_law : pair_law (law s) owns ks kd;
  row_B : forall t i, worker_B p t i =
    c *: (block_projector R owns t i *m M i *m block_projector R owns t i);
  row_v : forall t i, worker_v p t i = block_projector R owns t i *m u i
}.

Variables (c : R) (owns : outcome s -> 'I_n -> 'I_d -> bool) (ks kd : weights R).
Variables (M : 'I_n -> 'M[R]_d) (u : 'I_n -> 'cV[R]_d).
Hypothesis row : table_row c owns ks kd M u.

Variables (U : finType) (Q : dist R U) (present : U -> 'I_n -> bool) (pi1 pi2 : R).
Hypothesis one : forall i, E Q (fun u => (present u i)%:R) = pi1.
Hypothesis two : forall i k, i != k -> E Q (fun u => (present u i && present u k)%:R) = pi2.

Notation part := (participate s Q present).

Definition participant_owns (w : U * outcome s) i j : bool := present w.1 i && owns w.2 i j.

Theorem participate_pair_law :
  pair_law (law part) participant_owns (weights_scale pi1 ks) (weights_scale pi2 kd).
Proof.
move=> i k a b e f.
transitivity (E (product Q (law s)) (fun w => (present w.1 i && present w.1 k)%:R *
    [&& owns w.2 i a, owns w.2 i b, owns w.2 k e & owns w.2 k f]%:R)).
  apply: eq_E => w; rewrite -natrM mulnb /participant_owns; congr (nat_of_bool _)%:R.
  by case: present; case: present; rewrite ?andbF.
rewrite (E_product_mul Q (law s) (fun u => (present u i && present u k)%:R)
  (fun t => [&& owns t i a, owns t i b, owns t k e & owns t k f]%:R)) (row_law row).
case: eqP => [<-|/eqP ik]; last by rewrite at_indices_scale two.
by rewrite at_indices_scale -(one i); congr (_ * _); apply: eq_E => v; rewrite andbb.
Qed.

Lemma participant_projector (w : outcome part) i :
  block_projector R participant_owns w i = (present w.1 i)%:R *: block_projector R owns w.2 i.
Proof.
apply/matrixP => j l; rewrite !mxE /participant_owns.
by case: present; rewrite /= ?mul1r // mul0r mul0rn.
Qed.

Lemma participate_G (w : outcome part) : B p w = c *: G participant_owns M w.
Proof.
rewrite participate_B /G scaler_sumr; apply: eq_bigr => i _.
rewrite (row_B row) participant_projector.
by case: present; rewrite ?scale1r // !scale0r !mul0mx scaler0.
Qed.

Lemma participate_V (w : outcome part) : v p w = V participant_owns u w.
Proof.
rewrite participate_v; apply: eq_bigr => i _.
by rewrite (row_v row) participant_projector scalemxAl.
Qed.

(** Sums over the weights pi1 ks - pi2 kd and pi2 kd, in their two parts. *)
Lemma sum_parts m l (F : weights R -> 'I_n -> 'M[R]_(m, l)) (S : weights R -> 'M[R]_(m, l)) :
  (forall i, F (weights_sub (weights_scale pi1 ks) (weights_scale pi2 kd)) i =
    pi1 *: F ks i - pi2 *: F kd i) -> S (weights_scale pi2 kd) = pi2 *: S kd ->
  \sum_i F (weights_sub (weights_scale pi1 ks) (weights_scale pi2 kd)) i +
    S (weights_scale pi2 kd) =
  pi1 *: (\sum_i F ks i) + pi2 *: (S kd - \sum_i F kd i).
Proof.
move=> subF scaleS; rewrite scaleS (eq_bigr _ (fun i _ => subF i)) sumrB -!scaler_sumr.
by rewrite -addrA [X in _ + X]addrC scalerBr.
Qed.

Let at_parts (a b e f : 'I_d) :
  at_indices (weights_sub (weights_scale pi1 ks) (weights_scale pi2 kd)) a b e f =
  pi1 * at_indices ks a b e f - pi2 * at_indices kd a b e f.
Proof. by rewrite at_indices_sub !at_indices_scale. Qed.

Theorem participate_second_moment (A : 'M[R]_d) : symm A ->
  EBAB p A part = c ^+ 2 *: (pi1 *: (\sum_i terms ks A (M i) (M i)) +
    pi2 *: (terms kd A (\sum_i M i) (\sum_i M i) - \sum_i terms kd A (M i) (M i))).
Proof.
move=> symA; transitivity (c ^+ 2 *: EM (law part) (fun w =>
    G participant_owns M w *m A *m G participant_owns M w)).
  rewrite -EM_scale; apply: eq_EM => w.
  by rewrite participate_G -!scalemxAl -scalemxAr scalerA expr2.
rewrite (second_moment participate_pair_law M symA); congr (_ *: _).
have entries k X a b : terms k A X X a b = entry_sum k A X X a b by exact: terms_entry.
apply: (sum_parts (F := fun k i => terms k A (M i) (M i))
  (S := fun k => terms k A (\sum_i M i) (\sum_i M i))).
  move=> i; apply/matrixP => a b; rewrite entry_scaled_sub !entries.
  rewrite /entry_sum !mulr_sumr -sumrB; apply: eq_bigr => j _.
  by rewrite !mulr_sumr -sumrB; apply: eq_bigr => l _; rewrite at_parts; ring.
apply/matrixP => a b; rewrite [RHS]mxE !entries /entry_sum mulr_sumr; apply: eq_bigr => j _.
by rewrite mulr_sumr; apply: eq_bigr => l _; rewrite at_indices_scale; ring.
Qed.

Theorem participate_cross_moment (A : 'M[R]_d) :
  EBAv p A part = c *: (pi1 *: (\sum_i cross_terms (linear_of ks) A (M i) (u i)) +
    pi2 *: (cross_terms (linear_of kd) A (\sum_i M i) (\sum_i u i) -
      \sum_i cross_terms (linear_of kd) A (M i) (u i))).
Proof.
transitivity (c *: EM (law part) (fun w =>
    G participant_owns M w *m A *m V participant_owns u w)).
  by rewrite -EM_scale; apply: eq_EM => w; rewrite participate_G participate_V -!scalemxAl.
rewrite (cross_moment participate_pair_law); congr (_ *: _); rewrite -linear_of_sub.
apply: (sum_parts (F := fun k i => cross_terms (linear_of k) A (M i) (u i))
  (S := fun k => cross_terms (linear_of k) A (\sum_i M i) (\sum_i u i))).
  move=> i; apply/colP => a; rewrite entry_scaled_sub !cross_entry.
  rewrite !mulr_sumr -sumrB; apply: eq_bigr => j _; rewrite !mulr_sumr -sumrB.
  by apply: eq_bigr => l _; rewrite -!at_linear at_parts; ring.
apply/colP => a; rewrite [RHS]mxE !cross_entry mulr_sumr; apply: eq_bigr => j _.
by rewrite mulr_sumr; apply: eq_bigr => l _; rewrite -!at_linear at_indices_scale; ring.
Qed.

Theorem participate_mixed_moment (z : 'cV[R]_d) :
  EBzv p part z = c *: (pi1 *: (\sum_i mixed_terms (linear_of ks) z (M i) (u i)) +
    pi2 *: (mixed_terms (linear_of kd) z (\sum_i M i) (\sum_i u i) -
      \sum_i mixed_terms (linear_of kd) z (M i) (u i))).
Proof.
transitivity (c *: EM (law part) (fun w =>
    G participant_owns M w *m z *m (V participant_owns u w)^T)).
  by rewrite -EM_scale; apply: eq_EM => w; rewrite participate_G participate_V -!scalemxAl.
rewrite (mixed_moment participate_pair_law); congr (_ *: _); rewrite -linear_of_sub.
apply: (sum_parts (F := fun k i => mixed_terms (linear_of k) z (M i) (u i))
  (S := fun k => mixed_terms (linear_of k) z (\sum_i M i) (\sum_i u i))).
  move=> i; apply/matrixP => a b; rewrite entry_scaled_sub !mixed_entry.
  rewrite !mulr_sumr -sumrB; apply: eq_bigr => j _.
  by rewrite -!at_linear at_parts; ring.
apply/matrixP => a b; rewrite [RHS]mxE !mixed_entry mulr_sumr; apply: eq_bigr => j _.
by rewrite -!at_linear at_indices_scale; ring.
Qed.

Theorem participate_outer_moment :
  EvvT p part = pi1 *: (\sum_i outer_terms ks (u i)) +
    pi2 *: (outer_terms kd (\sum_i u i) - \sum_i outer_terms kd (u i)).
Proof.
transitivity (EM (law part) (fun w => V participant_owns u w *m (V participant_owns u w)^T)).
  by apply: eq_EM => w; rewrite participate_V.
rewrite (outer_moment participate_pair_law).
apply: (sum_parts (F := fun k i => outer_terms k (u i))
  (S := fun k => outer_terms k (\sum_i u i))).
  move=> i; apply/matrixP => a b; rewrite entry_scaled_sub !outer_entry.
  by rewrite at_parts; ring.
by apply/matrixP => a b; rewrite [RHS]mxE !outer_entry at_indices_scale; ring.
Qed.

End Table.

(** ** The rows *)

Section Rows.

Variables (R : realFieldType) (n d q : nat) (p : problem R n d).
Hypothesis q_gt0 : (0 < q)%N.

Notation ks := (kappa_same R d q).

Let nR0 : n%:R != 0 :> R. Proof. exact: n_neq0 p. Qed.

Section Blocks.

Hypothesis d_nq : d = (n * q)%N.

Notation owns := (@perm_owns n d q).
Notation kd := (kappa_diff R d q).

Theorem scaled_row (a : 'I_n -> 'I_d -> R) :
  @table_row _ _ _ p (scaled_sketch q a) 1 owns ks kd (Ltilde p a) (scaled_u p a).
Proof.
split=> [|t i|t i]; first exact: perm_pair_law.
  apply/matrixP => j l; rewrite mxE mask_sandwichE scale1r mul_diag_ofE diag_of_mulE LtildeE.
  by rewrite /perm_owns; ring.
apply/colP => j; rewrite mxE mask_colE diag_of_mulE mxE diag_of_mulE /perm_owns; ring.
Qed.

Theorem perm_row : @table_row _ _ _ p (perm_sketch R n d q) n%:R owns ks kd (hess p) (lin p).
Proof.
split=> [|t i|t i]; first exact: perm_pair_law.
  apply/matrixP => j l; rewrite mxE mask_sandwichE [RHS]mxE mul_diag_ofE diag_of_mulE /perm_owns.
  by field.
by apply/colP => j; rewrite mxE mask_colE diag_of_mulE /perm_owns; field.
Qed.

End Blocks.

Hypothesis q_le_d : (q <= d)%N.

Theorem rand_row :
  @table_row _ _ _ p (rand_sketch R n d q) (rand_c R n d q) (@rand_owns n d q) ks (rand_diff R d q)
    (hess p) (rand_u q p).
Proof.
have qR0 : q%:R != 0 :> R by rewrite pnatr_eq0 -lt0n.
split=> [|t i|t i]; first exact: rand_pair_law.
  apply/matrixP => j l; rewrite mxE mask_sandwichE [RHS]mxE mul_diag_ofE diag_of_mulE.
  rewrite /rand_owns /rand_c; set x := (member _ _ j)%:R; set y := (member _ _ l)%:R.
  by move: x y (hess p i j l) => x y h; field; rewrite nR0.
apply/colP => j; rewrite mxE mask_colE diag_of_mulE mxE /rand_owns; set x := (member _ _ j)%:R.
by move: x (lin p i j 0) => x h; field; rewrite nR0.
Qed.

End Rows.

Section Identity.

Variables (R : realFieldType) (n d : nat) (p : problem R n d).

(** Every worker has every coordinate. *)
Definition everything : weights R := Weights 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0.

Lemma terms_everything (A M N : 'M[R]_d) : terms everything A M N = M *m A *m N.
Proof. by rewrite /terms /= !scale0r scale1r !addr0. Qed.

Theorem identity_row :
  @table_row _ _ _ p (identity R n d) n%:R^-1 (fun _ _ _ => true) everything everything (hess p)
    (fun i => n%:R^-1 *: lin p i).
Proof.
have whole t i : block_projector R (fun (_ : unit) (_ : 'I_n) (_ : 'I_d) => true) t i = 1%:M.
  by apply/matrixP => j l; rewrite !mxE.
split=> [i k a b e f|t i|t i].
- by rewrite if_same /at_indices /= !mul0r !addr0; exact: E_cst.
- by rewrite whole /worker_B /= !mul1mx !mulmx1.
- by rewrite whole /worker_v /= !mul1mx.
Qed.

End Identity.

(** ** Instance: two of the four workers of the central example *)

Theorem participation_instance (R : realFieldType) : let Q := uniform_perm R 4 in
  [/\ forall i, E Q (fun r => (answers 2 r i)%:R) = 2%:R^-1,
      forall i k, i != k -> E Q (fun r => (answers 2 r i && answers 2 r k)%:R) = 6%:R^-1,
      (2%:R : R)^-1 != 0 &
      @table_row _ _ _ (central R) (perm_sketch R 4 4 1) 4%:R (@perm_owns 4 4 1)
        (kappa_same R 4 1) (kappa_diff R 4 1) (hess (central R)) (lin (central R))].
Proof.
move=> Q; split.
- by move=> i; rewrite subset_one //; field.
- by move=> i k ik; rewrite subset_two //; field.
- by rewrite invr_eq0 pnatr_eq0.
- exact: perm_row.
Qed.
