(** * Exact dynamics of the mean and of the second moment, for every sketch (N5, N8)

    m = E x_k and X = E x_k x_k':
    - [mean_round] (N5): m+ = m - gamma E[B] m + gamma E[v].
    - [second_round] (N5): X+ = X - gamma (E[B] X + X E[B]) + gamma^2 E[B X B]
      + gamma (c + c') + gamma^2 E[v v'],  c = m E[v]' - gamma E[B m v'].
    - [mean_run] (N8): if E[B] x_inf = E[v], then
      E x_k = x_inf + (I - gamma E[B])^k (x_0 - x_inf). *)

From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From Ist Require Import Probability Quadratic Problem.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(** ** Expectations of matrices along a run *)

Section MatrixWalk.

Variables (R : realFieldType) (T : finType) (P : dist R T) (S : Type) (step : S -> T -> S).

Fixpoint mwalk m n K (F : S -> 'M[R]_(m, n)) (x : S) : 'M[R]_(m, n) :=
  if K is K'.+1 then EM P (fun t => mwalk K' F (step x t)) else F x.

Theorem mwalk_entry m n K (F : S -> 'M_(m, n)) x i j :
  mwalk K F x i j = walk P step K (fun y => F y i j) x.
Proof. by elim: K x => [|K IH] x //=; rewrite EM_entry; apply: eq_E. Qed.

Lemma eq_mwalk m n K (F G : S -> 'M_(m, n)) x : F =1 G -> mwalk K F x = mwalk K G x.
Proof. by move=> FG; elim: K x => [|K IH] x /=; [exact: FG | apply: eq_EM]. Qed.

Lemma mwalkSr m n K (F : S -> 'M_(m, n)) x :
  mwalk K.+1 F x = mwalk K (fun y => EM P (fun t => F (step y t))) x.
Proof. by elim: K x => [|K IH] x //=; apply: eq_EM => t; rewrite -IH. Qed.

Lemma mwalk_add m n K (F G : S -> 'M_(m, n)) x :
  mwalk K (fun y => F y + G y) x = mwalk K F x + mwalk K G x.
Proof. by elim: K x => [|K IH] x //=; rewrite -EM_add; exact: eq_EM. Qed.

Lemma mwalk_scale m n K c (F : S -> 'M_(m, n)) x :
  mwalk K (fun y => c *: F y) x = c *: mwalk K F x.
Proof. by elim: K x => [|K IH] x //=; rewrite -EM_scale; exact: eq_EM. Qed.

Lemma mwalk_opp m n K (F : S -> 'M_(m, n)) x : mwalk K (fun y => - F y) x = - mwalk K F x.
Proof. by elim: K x => [|K IH] x //=; rewrite -EM_opp; exact: eq_EM. Qed.

Lemma mwalk_mull m n k K (A : 'M_(k, m)) (F : S -> 'M_(m, n)) x :
  mwalk K (fun y => A *m F y) x = A *m mwalk K F x.
Proof. by elim: K x => [|K IH] x //=; rewrite -EM_mull; exact: eq_EM. Qed.

Lemma mwalk_mulr m n k K (A : 'M_(n, k)) (F : S -> 'M_(m, n)) x :
  mwalk K (fun y => F y *m A) x = mwalk K F x *m A.
Proof. by elim: K x => [|K IH] x //=; rewrite -EM_mulr; exact: eq_EM. Qed.

Lemma mwalk_tr m n K (F : S -> 'M_(m, n)) x : mwalk K (fun y => (F y)^T) x = (mwalk K F x)^T.
Proof. by elim: K x => [|K IH] x //=; rewrite -EM_tr; exact: eq_EM. Qed.

Lemma mwalk_cst m n K (A : 'M_(m, n)) x : mwalk K (fun=> A) x = A.
Proof. by elim: K x => [|K IH] x //=; exact: EM_cst_on. Qed.

Lemma mwalk_EM m n K (U : finType) (Q : dist R U) (F : U -> S -> 'M_(m, n)) x :
  mwalk K (fun y => EM Q (fun u => F u y)) x = EM Q (fun u => mwalk K (F u) x).
Proof.
elim: K x => [|K IH] x //=; rewrite (eq_EM P (fun t => IH (step x t))).
rewrite /EM [RHS](eq_bigr (fun u => \sum_t P t *: (Q u *: mwalk K (F u) (step x t)))).
  by rewrite exchange_big; apply: eq_bigr => t _; rewrite scaler_sumr.
by move=> u _; rewrite scaler_sumr; apply: eq_bigr => t _; rewrite !scalerA mulrC.
Qed.

End MatrixWalk.

(** ** The recursions *)

Section Recursions.

Variables (R : realFieldType) (n d : nat) (p : problem R n d) (s : sketch R n d).
Variables (gamma : R) (x0 : 'cV[R]_d).

Notation B := (B p (s := s)).
Notation v := (v p (s := s)).
Notation EB := (EB p s).
Notation Ev := (Ev p s).

(** E x_k and E x_k x_k'. *)
Definition mean_at k : 'cV[R]_d := mwalk (law s) (round p gamma) k id x0.
Definition second_at k : 'M[R]_d := mwalk (law s) (round p gamma) k (fun x => x *m x^T) x0.

Definition EvvT : 'M[R]_d := EM (law s) (fun t => v t *m (v t)^T).
Definition EBXB (X : 'M[R]_d) : 'M[R]_d := EM (law s) (fun t => B t *m X *m B t).
Definition EBzv (z : 'cV[R]_d) : 'M[R]_d := EM (law s) (fun t => B t *m z *m (v t)^T).

Lemma E_round x : EM (law s) (fun t => round p gamma x t) = x - gamma *: (EB *m x) + gamma *: Ev.
Proof.
by rewrite EM_sub EM_cst EM_scale E_estimator scalerBr opprB addrA addrAC.
Qed.

Theorem mean_round k : mean_at k.+1 = mean_at k - gamma *: (EB *m mean_at k) + gamma *: Ev.
Proof.
rewrite /mean_at mwalkSr (eq_mwalk _ _ _ _ E_round) !mwalk_add mwalk_opp !mwalk_scale.
by rewrite mwalk_mull mwalk_cst.
Qed.

Lemma outerE (y z : 'cV[R]_d) i j : (y *m z^T) i j = y i 0 * z j 0.
Proof. by rewrite mxE big_ord1 mxE. Qed.

(** (x - gamma (z - w)) (x - gamma (z - w))', expanded. *)
Lemma outer_step (x z w : 'cV[R]_d) : (x - gamma *: (z - w)) *m (x - gamma *: (z - w))^T =
  x *m x^T - gamma *: (z *m x^T + x *m z^T) + gamma ^+ 2 *: (z *m z^T)
  + gamma *: ((x *m w^T - gamma *: (z *m w^T)) + (x *m w^T - gamma *: (z *m w^T))^T)
  + gamma ^+ 2 *: (w *m w^T).
Proof.
have addE (Y Z : 'M[R]_d) i j : (Y + Z) i j = Y i j + Z i j by rewrite mxE.
have oppE (Y : 'M[R]_d) i j : (- Y) i j = - Y i j by rewrite mxE.
have scaleE c (Y : 'M[R]_d) i j : (c *: Y) i j = c * Y i j by rewrite mxE.
have trE (Y : 'M[R]_d) i j : Y^T i j = Y j i by rewrite mxE.
have stepE i : (x - gamma *: (z - w)) i 0 = x i 0 - gamma * (z i 0 - w i 0) by rewrite !mxE.
apply/matrixP => i j; rewrite outerE !stepE.
do 6 rewrite ?addE ?oppE ?scaleE ?trE; rewrite !outerE.
move: (x i 0) (x j 0) (z i 0) (z j 0) (w i 0) (w j 0) => xi xj zi zj wi wj; ring.
Qed.

Lemma round_outer x (t : outcome s) : round p gamma x t *m (round p gamma x t)^T =
  x *m x^T - gamma *: (B t *m (x *m x^T) + x *m x^T *m B t)
  + gamma ^+ 2 *: (B t *m (x *m x^T) *m B t)
  + gamma *: ((x *m (v t)^T - gamma *: (B t *m x *m (v t)^T)) +
              (x *m (v t)^T - gamma *: (B t *m x *m (v t)^T))^T)
  + gamma ^+ 2 *: (v t *m (v t)^T).
Proof.
rewrite /round estimator_affine outer_step; have zT : (B t *m x)^T = x^T *m B t.
  by rewrite tr_mul B_sym.
by rewrite zT !mulmxA.
Qed.

Theorem second_round k :
  let m := mean_at k in let X := second_at k in
  let c := m *m Ev^T - gamma *: EBzv m in
  second_at k.+1 = X - gamma *: (EB *m X + X *m EB) + gamma ^+ 2 *: EBXB X
    + gamma *: (c + c^T) + gamma ^+ 2 *: EvvT.
Proof.
move=> m X c.
pose cross (x : 'cV[R]_d) := x *m Ev^T - gamma *: EBzv x.
have one x : EM (law s) (fun t => round p gamma x t *m (round p gamma x t)^T) =
    x *m x^T - gamma *: (EB *m (x *m x^T) + x *m x^T *m EB) + gamma ^+ 2 *: EBXB (x *m x^T)
    + gamma *: (cross x + (cross x)^T) + gamma ^+ 2 *: EvvT.
  rewrite (eq_EM _ (round_outer x)) !EM_add EM_opp !EM_scale !EM_add EM_cst EM_mulr EM_mull -/EB.
  by rewrite EM_tr !EM_add !EM_opp !EM_scale EM_mull EM_tr.
have crossE : mwalk (law s) (round p gamma) k cross x0 = c.
  rewrite mwalk_add mwalk_opp mwalk_scale mwalk_mulr -/(mean_at k) -/m; congr (_ - _ *: _).
  by rewrite mwalk_EM; apply: eq_EM => t; rewrite mwalk_mulr mwalk_mull.
clearbody cross.
rewrite /second_at mwalkSr (eq_mwalk _ _ _ _ one) !mwalk_add mwalk_opp !mwalk_scale !mwalk_add.
rewrite mwalk_mull mwalk_mulr mwalk_cst mwalk_tr crossE -/(second_at k) -/X; congr (_ + _ *: _ + _ + _).
by rewrite mwalk_EM; apply: eq_EM => t; rewrite mwalk_mulr mwalk_mull.
Qed.

Theorem mean_run k x_inf : EB *m x_inf = Ev ->
  mean_at k = x_inf + iter k (mulmx (1%:M - gamma *: EB)) (x0 - x_inf).
Proof.
move=> fixed; elim: k => [|k IH]; first by rewrite /= addrC subrK.
rewrite mean_round IH /= mulmxBl mul1mx -scalemxAl; set e := iter _ _ _.
by rewrite mulmxDr fixed; move: (EB *m e) (Ev) => y w; clearbody e; vector_ring.
Qed.

End Recursions.
