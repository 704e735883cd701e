(** * Finite probability

    Expectations over finite sample spaces with weights in an ordered field:
    everything the sketches of the 2023 preprint need, without measure theory.

    - [dist T]: weights on the finite type T, nonnegative, with sum 1.
    - [E P X], [EM P X]: expectation of a number, of a matrix; linear, monotone,
      and commuting with products by fixed matrices ([EM_mull], [EM_mulr],
      [E_bilinear]).
    - [uniform]: the uniform distribution; bijections preserve it
      ([E_uniform_bij]).
    - [family]: independent draws, one for each worker; expectations of products
      factor ([E_family_prod], [E_family_one], [E_family_two]).
    - [power], [walk]: K independent rounds. The expectation computed round by
      round is the expectation on the product space ([walk_power]), whatever the
      number of later rounds ([walk_prefix]). *)

From mathcomp Require Import all_ssreflect all_algebra.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Distribution.

Variable R : realFieldType.

Record dist (T : finType) := Dist {
  mass :> T -> R;
  mass_ge0 : forall t, 0 <= mass t;
  mass_sum : \sum_t mass t = 1
}.

Section Expectation.

Variables (T : finType) (P : dist T).

Definition E (X : T -> R) : R := \sum_t P t * X t.

Lemma eq_E X Y : X =1 Y -> E X = E Y.
Proof. by move=> XY; apply: eq_bigr => t _; rewrite XY. Qed.

Lemma E_cst c : E (fun=> c) = c.
Proof. by rewrite /E -mulr_suml mass_sum mul1r. Qed.

Lemma E_add X Y : E (fun t => X t + Y t) = E X + E Y.
Proof. by rewrite -big_split; apply: eq_bigr => t _; rewrite mulrDr. Qed.

Lemma E_scale c X : E (fun t => c * X t) = c * E X.
Proof. by rewrite /E mulr_sumr; apply: eq_bigr => t _; rewrite mulrCA. Qed.

Lemma E_opp X : E (fun t => - X t) = - E X.
Proof. by rewrite /E -sumrN; apply: eq_bigr => t _; rewrite mulrN. Qed.

Lemma E_sub X Y : E (fun t => X t - Y t) = E X - E Y.
Proof. by rewrite E_add E_opp. Qed.

Lemma E_sum (I : Type) (r : seq I) (Q : pred I) (X : I -> T -> R) :
  E (fun t => \sum_(i <- r | Q i) X i t) = \sum_(i <- r | Q i) E (X i).
Proof. by rewrite exchange_big; apply: eq_bigr => t _; rewrite mulr_sumr. Qed.

Lemma E_le X Y : (forall t, X t <= Y t) -> E X <= E Y.
Proof. by move=> XY; apply: ler_sum => t _; rewrite ler_wpmul2l ?mass_ge0. Qed.

Lemma E_ge0 X : (forall t, 0 <= X t) -> 0 <= E X.
Proof. by move=> X0; apply: sumr_ge0 => t _; rewrite mulr_ge0 ?mass_ge0. Qed.

Lemma E_cst_on X c : (forall t, X t = c) -> E X = c.
Proof. by move=> Xc; rewrite (eq_E Xc) E_cst. Qed.

Definition EM m n (X : T -> 'M[R]_(m, n)) : 'M[R]_(m, n) := \sum_t P t *: X t.

Lemma EM_entry m n (X : T -> 'M_(m, n)) i j : EM X i j = E (fun t => X t i j).
Proof. by rewrite /EM summxE; apply: eq_bigr => t _; rewrite mxE. Qed.

Lemma eq_EM m n (X Y : T -> 'M_(m, n)) : X =1 Y -> EM X = EM Y.
Proof. by move=> XY; apply: eq_bigr => t _; rewrite XY. Qed.

Lemma EM_cst m n (A : 'M_(m, n)) : EM (fun=> A) = A.
Proof. by rewrite /EM -scaler_suml mass_sum scale1r. Qed.

Lemma EM_add m n (X Y : T -> 'M_(m, n)) : EM (fun t => X t + Y t) = EM X + EM Y.
Proof. by rewrite -big_split; apply: eq_bigr => t _; rewrite scalerDr. Qed.

Lemma EM_opp m n (X : T -> 'M_(m, n)) : EM (fun t => - X t) = - EM X.
Proof. by rewrite /EM -sumrN; apply: eq_bigr => t _; rewrite scalerN. Qed.

Lemma EM_sub m n (X Y : T -> 'M_(m, n)) : EM (fun t => X t - Y t) = EM X - EM Y.
Proof. by rewrite EM_add EM_opp. Qed.

Lemma EM_scale m n c (X : T -> 'M_(m, n)) : EM (fun t => c *: X t) = c *: EM X.
Proof.
by rewrite /EM scaler_sumr; apply: eq_bigr => t _; rewrite !scalerA mulrC.
Qed.

Lemma EM_sum m n (I : Type) (r : seq I) (X : I -> T -> 'M_(m, n)) :
  EM (fun t => \sum_(i <- r) X i t) = \sum_(i <- r) EM (X i).
Proof. by rewrite exchange_big; apply: eq_bigr => t _; rewrite scaler_sumr. Qed.

Lemma EM_mull m n k (A : 'M_(k, m)) (X : T -> 'M_(m, n)) :
  EM (fun t => A *m X t) = A *m EM X.
Proof. by rewrite /EM mulmx_sumr; apply: eq_bigr => t _; rewrite scalemxAr. Qed.

Lemma EM_mulr m n k (A : 'M_(n, k)) (X : T -> 'M_(m, n)) :
  EM (fun t => X t *m A) = EM X *m A.
Proof. by rewrite /EM mulmx_suml; apply: eq_bigr => t _; rewrite scalemxAl. Qed.

Lemma EM_tr m n (X : T -> 'M_(m, n)) : EM (fun t => (X t)^T) = (EM X)^T.
Proof. by apply/matrixP => i j; rewrite mxE !EM_entry; apply: eq_E => t; rewrite mxE. Qed.

Lemma EM_cst_on m n (X : T -> 'M_(m, n)) A : (forall t, X t = A) -> EM X = A.
Proof. by move=> XA; rewrite (eq_EM XA) EM_cst. Qed.

(** E[u' X v] = u' E[X] v. *)
Lemma E_bilinear m n (u : 'M_(1, m)) (X : T -> 'M_(m, n)) (v : 'M_(n, 1)) :
  E (fun t => (u *m X t *m v) 0 0) = (u *m EM X *m v) 0 0.
Proof. by rewrite -EM_mull -EM_mulr EM_entry. Qed.

End Expectation.

(** ** The uniform distribution *)

Section Uniform.

Variables (T : finType) (t0 : T).

Lemma card_gt0 : (0 < #|T|)%N.
Proof. by apply/card_gt0P; exists t0. Qed.

Lemma uniform_ge0 (t : T) : 0 <= (#|T|%:R)^-1 :> R.
Proof. by rewrite invr_ge0 ler0n. Qed.

Lemma uniform_sum : \sum_(t : T) (#|T|%:R)^-1 = 1 :> R.
Proof.
by rewrite sumr_const -[LHS]mulr_natl divff // pnatr_eq0 -lt0n card_gt0.
Qed.

Definition uniform : dist T := Dist uniform_ge0 uniform_sum.

Lemma E_uniform X : E uniform X = (#|T|%:R)^-1 * \sum_t X t.
Proof. by rewrite /E mulr_sumr. Qed.

End Uniform.

Lemma E_uniform_bij (T U : finType) (t0 : T) (u0 : U) (f : T -> U) (X : U -> R) :
  bijective f -> E (uniform t0) (X \o f) = E (uniform u0) X.
Proof.
move=> bij_f; rewrite !E_uniform (bij_eq_card bij_f); congr (_ * _).
by rewrite [RHS](reindex f) //; exact: onW_bij.
Qed.

(** ** Independent draws, one for each index *)

Section Family.

Variables (I T : finType) (P : I -> dist T).

Definition family_mass (w : {ffun I -> T}) : R := \prod_i P i (w i).

Lemma family_ge0 w : 0 <= family_mass w.
Proof. by apply: prodr_ge0 => i _; exact: mass_ge0. Qed.

Lemma family_sum : \sum_w family_mass w = 1.
Proof.
rewrite /family_mass -(bigA_distr_bigA (fun i t => P i t)).
by apply: big1 => i _; exact: mass_sum.
Qed.

Definition family : dist [finType of {ffun I -> T}] := Dist family_ge0 family_sum.

Theorem E_family_prod (X : I -> T -> R) :
  E family (fun w => \prod_i X i (w i)) = \prod_i E (P i) (X i).
Proof.
rewrite /E bigA_distr_bigA; apply: eq_bigr => w _.
by rewrite -big_split.
Qed.

Theorem E_family_one i (X : T -> R) : E family (fun w => X (w i)) = E (P i) X.
Proof.
pose Y j t := if j == i then X t else 1.
transitivity (E family (fun w => \prod_j Y j (w j))).
  apply: eq_E => w; rewrite (bigD1 i) //= /Y eqxx big1 ?mulr1 // => j ji.
  by rewrite (negbTE ji).
rewrite E_family_prod (bigD1 i) //= big1 ?mulr1 => [|j ji].
  by apply: eq_E => t; rewrite /Y eqxx.
by apply: E_cst_on => t; rewrite /Y (negbTE ji).
Qed.

Theorem E_family_two i k (X Y : T -> R) : i != k ->
  E family (fun w => X (w i) * Y (w k)) = E (P i) X * E (P k) Y.
Proof.
move=> ik; have ki : k != i by rewrite eq_sym.
pose Z j t := if j == i then X t else if j == k then Y t else 1.
transitivity (E family (fun w => \prod_j Z j (w j))).
  apply: eq_E => w; rewrite (bigD1 i) //= (bigD1 k) //= /Z !eqxx (negbTE ki).
  by rewrite big1 ?mulr1 // => j /andP[/negbTE-> /negbTE->].
rewrite E_family_prod (bigD1 i) //= (bigD1 k) //= big1 ?mulr1.
  by congr (_ * _); apply: eq_E => t; rewrite /Z ?eqxx ?(negbTE ki).
by move=> j /andP[ji jk]; apply: E_cst_on => t; rewrite /Z (negbTE ji) (negbTE jk).
Qed.

End Family.

(** ** Trajectories: K independent rounds *)

Section Trajectory.

Variables (T : finType) (P : dist T).

Definition power_mass K (w : K.-tuple T) : R := \prod_(t <- w) P t.

Lemma power_mass_ge0 K (w : K.-tuple T) : 0 <= power_mass w.
Proof. by apply: prodr_ge0 => t _; exact: mass_ge0. Qed.

Lemma tuple_sum K (F : seq T -> R) :
  \sum_(w : K.+1.-tuple T) F w = \sum_t \sum_(w : K.-tuple T) F (t :: w).
Proof.
rewrite pair_big /=.
rewrite (reindex (fun p : T * K.-tuple T => [tuple of p.1 :: p.2])) //=.
exists (fun w : K.+1.-tuple T => (thead w, [tuple of behead w])) => [[t w]|w] _ /=.
  by congr (_, _); apply: val_inj.
by rewrite -tuple_eta.
Qed.

Lemma tuple_sum0 (F : seq T -> R) : \sum_(w : 0.-tuple T) F w = F [::].
Proof.
by rewrite (big_pred1 [tuple]) // => w; apply/esym/eqP; exact: tuple0.
Qed.

Lemma tuple_sum_cat j k (F : seq T -> R) :
  \sum_(w : (j + k).-tuple T) F w = \sum_(a : j.-tuple T) \sum_(b : k.-tuple T) F (a ++ b).
Proof.
elim: j F => [|j IH] F; first by rewrite (tuple_sum0 (fun a => \sum_(b : _.-tuple T) F (a ++ b))).
rewrite (tuple_sum _ F) (tuple_sum _ (fun a => \sum_(b : _.-tuple T) F (a ++ b))).
by apply: eq_bigr => t _; rewrite (IH (fun w => F (t :: w))).
Qed.

Lemma power_mass_sum K : \sum_(w : K.-tuple T) power_mass w = 1.
Proof.
rewrite /power_mass; elim: K => [|K IH].
  by rewrite (tuple_sum0 (fun w => \prod_(t <- w) P t)) big_nil.
rewrite (tuple_sum _ (fun w => \prod_(t <- w) P t)) -[RHS](mass_sum P).
apply: eq_bigr => t _; rewrite -[RHS]mulr1 -[X in _ = _ * X]IH mulr_sumr.
by apply: eq_bigr => w _; rewrite big_cons.
Qed.

(** The product space of K rounds. *)
Definition power K : dist [finType of K.-tuple T] := Dist (@power_mass_ge0 K) (@power_mass_sum K).

Lemma E_power0 (F : seq T -> R) : E (power 0) (fun w => F w) = F [::].
Proof.
by rewrite /E (tuple_sum0 (fun w => (\prod_(t <- w) P t) * F w)) big_nil mul1r.
Qed.

Lemma E_powerS K (F : seq T -> R) :
  E (power K.+1) (fun w => F w) = E P (fun t => E (power K) (fun w => F (t :: w))).
Proof.
rewrite /E (tuple_sum _ (fun w => (\prod_(t <- w) P t) * F w)).
apply: eq_bigr => t _; rewrite mulr_sumr; apply: eq_bigr => w _.
by rewrite big_cons mulrA.
Qed.

Variables (S : Type) (step : S -> T -> S).

(** E F(x_K), computed round by round; x_0 = x, x_{k+1} = step x_k t_k. *)
Fixpoint walk K (F : S -> R) (x : S) : R :=
  if K is K'.+1 then E P (fun t => walk K' F (step x t)) else F x.

Theorem walk_power K F x :
  walk K F x = E (power K) (fun w => F (foldl step x w)).
Proof.
elim: K x => [|K IH] x; first by rewrite (E_power0 (fun w => F (foldl step x w))).
rewrite (E_powerS _ (fun w => F (foldl step x w))) /=.
by apply: eq_E => t; rewrite IH.
Qed.

(** x_k does not depend on the rounds after the k-th. *)
Theorem walk_prefix k K F x : (k <= K)%N ->
  E (power K) (fun w => F (foldl step x (take k w))) = walk k F x.
Proof.
elim: k K x => [|k IH] K x.
  by move=> _ /=; apply: E_cst_on => w; rewrite take0.
case: K => // K kK; rewrite (E_powerS _ (fun w => F (foldl step x (take k.+1 w)))) /=.
by apply: eq_E => t; exact: IH.
Qed.

Lemma eq_walk K F G x : F =1 G -> walk K F x = walk K G x.
Proof. by move=> FG; elim: K x => [|K IH] x /=; [exact: FG | apply: eq_E]. Qed.

Lemma walkSr K F x : walk K.+1 F x = walk K (fun y => E P (fun t => F (step y t))) x.
Proof. by elim: K x => [|K IH] x //=; apply: eq_E => t; rewrite -IH. Qed.

Lemma walk_add K F G x : walk K (fun y => F y + G y) x = walk K F x + walk K G x.
Proof. by elim: K x => [|K IH] x //=; rewrite -E_add; exact: eq_E. Qed.

Lemma walk_scale K c F x : walk K (fun y => c * F y) x = c * walk K F x.
Proof. by elim: K x => [|K IH] x //=; rewrite -E_scale; exact: eq_E. Qed.

Lemma walk_cst K c x : walk K (fun=> c) x = c.
Proof. by elim: K x => [|K IH] x //=; exact: E_cst_on. Qed.

Lemma walk_sub K F G x : walk K (fun y => F y - G y) x = walk K F x - walk K G x.
Proof.
rewrite (eq_walk K (G := fun y => F y + (-1) * G y)) => [|y]; last by rewrite mulN1r.
by rewrite walk_add walk_scale mulN1r.
Qed.

Lemma walk_le K F G x : (forall y, F y <= G y) -> walk K F x <= walk K G x.
Proof. by move=> FG; elim: K x => [|K IH] x //=; exact: E_le. Qed.

Lemma walk_ge0 K F x : (forall y, 0 <= F y) -> 0 <= walk K F x.
Proof. by move=> F0; elim: K x => [|K IH] x //=; exact: E_ge0. Qed.

End Trajectory.

End Distribution.
