(** * The moments of the Rand-q sketch in closed form (N4)

    B = c G with c = (d/q)^2 / n and M_i = L_i, v = V with u_i = (d/(qn)) b_i, for independent
    blocks: p_jk = p_j p_k takes the place of r_jk.

    - [rand_pair_law]: the pair law; only coincidences within one worker's indices count.
    - [rand_second_moment]: E[B A B].
    - [rand_cross_moment], [rand_mixed_moment], [rand_outer_moment]: E[B A v], E[B z v'], E[v v'].
    - [rand_covariance]: Cov v, the sum of the workers' covariances, as in ist_linear_covariance. *)

From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From Ist Require Import Probability Quadratic Problem FisherYates UniformPermutation Mask
  PermSketch.
From Ist Require Import RandSketch SecondMoment Dynamics LinearMoment.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Rand.

Variables (R : realFieldType) (n d q : nat) (p : problem R n d).
Hypothesis q_gt0 : (0 < q)%N.
Hypothesis q_le_d : (q <= d)%N.

Notation kept := (kept d q).
Notation sketch := (rand_sketch R n d q).
Notation p1 := (pk R d q 1).
Notation p2 := (pk R d q 2).
Notation ks := (kappa_same R d q).
Notation ts := (linear_same R d q).

(** kappa_d of two independent workers. *)
Definition rand_diff : weights R :=
  let r11 := p1 * p1 in let r12 := p1 * p2 in let r22 := p2 * p2 in
  Weights r22 (r12 - r22) (r12 - r22) 0 0 0 0 (r11 - 2%:R * r12 + r22) 0 0 0 0 0 0 0.

(** tau_d *)
Definition rand_linear_diff : linear_weights R :=
  let r11 := p1 * p1 in let r21 := p2 * p1 in LinearWeights r21 (r11 - r21) 0 0 0.

Notation kd := rand_diff.
Notation td := rand_linear_diff.

Definition rand_owns (w : {ffun 'I_n -> 'S_d}) (i : 'I_n) (j : 'I_d) : bool := member kept (w i) j.

Lemma E_kept2 (a c : 'I_d) :
  E (uniform_perm R d) (fun s => (member kept s a && member kept s c)%:R) =
  p2 + (p1 - p2) * (a == c)%:R.
Proof.
transitivity (E (uniform_perm R d) (fun s => (all (member kept s) [:: a; c])%:R)).
  by apply: eq_E => s; rewrite /= andbT.
rewrite all_member (card_kept q_le_d) -[_ / _]/(pk R d q (size (undup [:: a; c]))) /= inE.
by case: (a == c); rewrite /= ?mulr1 ?mulr0 ?addr0 // addrC subrK.
Qed.

Theorem rand_pair_law : pair_law (law sketch) rand_owns ks kd.
Proof.
move=> i k a c e b; rewrite /rand_owns; case: (i =P k) => [<-|/eqP ik].
  rewrite -(same_block R _ _ _ _ (card_kept q_le_d)).
  rewrite -(E_family_one (fun _ => uniform_perm R d) i
    (fun s => (all (member kept s) [:: a; c; e; b])%:R)).
  by apply: eq_E => w; rewrite /= andbT.
transitivity (E (law sketch) (fun w : {ffun 'I_n -> 'S_d} =>
    (member kept (w i) a && member kept (w i) c)%:R *
    (member kept (w k) e && member kept (w k) b)%:R)).
  by apply: eq_E => w; rewrite -natrM mulnb -andbA.
rewrite (E_family_two (fun _ => uniform_perm R d)
  (fun s => (member kept s a && member kept s c)%:R)
  (fun s => (member kept s e && member kept s b)%:R) ik) !E_kept2.
rewrite /at_indices /rand_diff /=; move: p1 p2 => x y.
by case: (a == c); case: (e == b) => /=; ring.
Qed.

(** c *)
Definition rand_c : R := (d%:R / q%:R) ^+ 2 / n%:R.

Definition rand_u i : 'cV[R]_d := (d%:R / (q%:R * n%:R)) *: lin p i.

Lemma rand_B (w : outcome sketch) : B p w = rand_c *: G rand_owns (hess p) w.
Proof.
apply/matrixP => j l; rewrite /B /mean !mxE G_entry !summxE !mulr_sumr; apply: eq_bigr => i _.
rewrite mask_sandwichE -mulnb natrM /rand_c /rand_owns.
set x := (member _ _ j)%:R; set y := (member _ _ l)%:R; set z := d%:R / q%:R.
move: x y z (hess p i j l) (n%:R^-1) => x y z h m; ring.
Qed.

Lemma rand_v (w : outcome sketch) : v p w = V rand_owns rand_u w.
Proof.
apply/colP => j; rewrite V_entry /v /mean mxE summxE mulr_sumr; apply: eq_bigr => i _.
rewrite mask_colE mxE /rand_owns invfM.
move: (_%:R) (lin p i j 0) (d%:R) (q%:R^-1) (n%:R^-1) => x y z r m; ring.
Qed.

Lemma linear_rand : linear_of kd = td.
Proof. by rewrite /linear_of /= /rand_linear_diff; congr LinearWeights; ring. Qed.

Theorem rand_second_moment (A : 'M[R]_d) : symm A ->
  EBAB p A sketch = rand_c ^+ 2 *:
  (\sum_i terms (weights_sub ks kd) A (hess p i) (hess p i) +
   terms kd A (\sum_i hess p i) (\sum_i hess p i)).
Proof.
move=> symA; rewrite -(second_moment rand_pair_law) // -EM_scale; apply: eq_EM => w.
by rewrite rand_B -!scalemxAl -scalemxAr scalerA expr2.
Qed.

Theorem rand_cross_moment (A : 'M[R]_d) :
  EBAv p A sketch = rand_c *:
  (\sum_i cross_terms (linear_sub ts td) A (hess p i) (rand_u i) +
   cross_terms td A (\sum_i hess p i) (\sum_i rand_u i)).
Proof.
rewrite -linear_sameE -linear_rand -(cross_moment rand_pair_law) -EM_scale.
by apply: eq_EM => w; rewrite rand_B rand_v -!scalemxAl.
Qed.

Theorem rand_mixed_moment (z : 'cV[R]_d) :
  EBzv p sketch z = rand_c *:
  (\sum_i mixed_terms (linear_sub ts td) z (hess p i) (rand_u i) +
   mixed_terms td z (\sum_i hess p i) (\sum_i rand_u i)).
Proof.
rewrite -linear_sameE -linear_rand -(mixed_moment rand_pair_law) -EM_scale.
by apply: eq_EM => w; rewrite rand_B rand_v -!scalemxAl.
Qed.

Theorem rand_outer_moment :
  let u := rand_u in EvvT p sketch =
  \sum_i (p2 *: (u i *m (u i)^T) + (p1 - p2) *: diag_prod (u i) (u i)) +
  p1 ^+ 2 *: ((\sum_i u i) *m (\sum_i u i)^T - \sum_i u i *m (u i)^T).
Proof.
move=> u; transitivity (EM (law sketch) (fun w => V rand_owns u w *m (V rand_owns u w)^T)).
  by apply: eq_EM => w; rewrite rand_v.
rewrite (outer_moment rand_pair_law).
have entry k (y : 'cV[R]_d) (x z : R) : x = outer_all k -> z = outer_diag k ->
    outer_terms k y = x *: (y *m y^T) + z *: diag_prod y y by move=> -> ->.
rewrite (eq_bigr (fun i => (p2 *: (u i *m (u i)^T) + (p1 - p2) *: diag_prod (u i) (u i)) -
    p1 ^+ 2 *: (u i *m (u i)^T))) => [|i _]; last first.
  rewrite (entry _ _ (p2 - p1 ^+ 2) (p1 - p2)) /outer_all /outer_diag /=; try ring.
  by rewrite [(p2 - _) *: _]scalerBl addrAC.
rewrite sumrB -scaler_sumr -addrA; congr (_ + _).
rewrite (entry _ _ (p1 ^+ 2) 0) /outer_all /outer_diag /=; try ring.
by rewrite scale0r addr0 scalerBr addrC.
Qed.

Theorem rand_Ev : Ev p sketch = p1 *: \sum_i rand_u i.
Proof.
apply/colP => j; rewrite EM_entry mxE summxE.
transitivity (E (law sketch) (fun w => \sum_i rand_u i j 0 * (rand_owns w i j)%:R)).
  by apply: eq_E => w; rewrite rand_v V_entry.
rewrite E_sum mulr_sumr; apply: eq_bigr => i _; rewrite E_scale mulrC; congr (_ * _).
rewrite (E_family_one (fun _ => uniform_perm R d) i (fun s => (member kept s j)%:R)) E_member.
by rewrite (card_kept q_le_d) /pk !ffactn1.
Qed.

Theorem rand_covariance :
  let u := rand_u in cov_v p sketch =
  \sum_i ((p1 - p1 ^+ 2) *: diag_prod (u i) (u i) +
          (p2 - p1 ^+ 2) *: (u i *m (u i)^T - diag_prod (u i) (u i))).
Proof.
move=> u; rewrite cov_vE rand_outer_moment -/u rand_Ev -/u.
have -> : (p1 *: \sum_i u i) *m (p1 *: \sum_i u i)^T =
    p1 ^+ 2 *: ((\sum_i u i) *m (\sum_i u i)^T).
  by rewrite linearZ /= -scalemxAl -scalemxAr scalerA expr2.
rewrite scalerBr -addrA [_ - _ - _]addrAC subrr add0r scaler_sumr -sumrB; apply: eq_bigr => i _.
move: (u i *m _) (diag_prod _ _) => U D; apply/matrixP => a b; rewrite !mxE.
by move: (U a b) (D a b) p1 p2 => x y x1 x2; ring.
Qed.

End Rand.
